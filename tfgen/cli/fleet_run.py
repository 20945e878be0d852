"""A run over a fleet: results as they come, then noise control over all of them, then one report."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tfgen.errors import Position, UsageError
from tfgen.finding import Result, Trace
from tfgen.fleet import (
    Discovered,
    Fleet,
    Progress,
    Target,
    TargetResult,
    failed,
    journal_path,
    load_fleet,
    resumable,
    run,
    run_on_dask,
    together,
    unmanaged,
)
from tfgen.hidden import visible
from tfgen.noise import Look, Noise, NoiseOutcome, Scope, apply, check_places
from tfgen.resource import Address
from tfgen.spec.problems import few

if TYPE_CHECKING:
    from tfgen.cli.options import Sources
    from tfgen.errors import Problem


@dataclass(slots=True)
class FleetRun:
    """One run over a fleet file: `check` first, then what it came to.

    `result`: what the reports show. `whole`: False where a target was not checked whole, or a rule or the
    baseline does not hold any more. `outcomes`: noise control, target by target.
    """

    file: Path
    patterns: Sequence[str]
    sources: Sources
    dask: str | None = None
    resume: bool = False
    discover: bool = False
    blame: bool = False
    result: Result = field(default_factory=Result)
    whole: bool = True
    interrupted: bool = False
    outcomes: list[NoiseOutcome] = field(default_factory=list)
    names: tuple[str, ...] = ()
    others: list[Discovered] = field(default_factory=list)

    def check(self, noise: Noise) -> None:
        """Checks the targets; Ctrl-C ends the run with what is known.

        Raises SpecError with all problems of the file, UsageError for a target that is not there.
        """
        fleet = load_fleet(self.file, os.environ)
        self.names = tuple(target.name for target in fleet.targets)
        targets = fleet.select(self.patterns)
        done = sorted(self._results(fleet, targets), key=lambda one: one.name)
        left = [target.name for target in targets if target.name not in {one.name for one in done}]
        missed = f"{len(left)} of {len(targets)} targets: {few(left)}; --resume does them"
        if self.discover and not self.interrupted:
            missed = self._look_for_others(fleet, targets, done)
        by_name = {target.name: target for target in targets}
        looks = [_look(one, by_name[one.name]) for one in done]
        looks += [
            Look(one.result, Scope.without_spec(one.name, one.account, one.region)) for one in self.others
        ]
        self.outcomes = apply(noise, looks, datetime.now(UTC))
        self._check_places(noise)
        self.whole = self.whole and not any(one.expired or one.refused for one in self.outcomes)
        self.result = together(
            [replace(one, result=found.result) for one, found in zip(done, self.outcomes, strict=False)],
            targets,
        )
        for outcome in self.outcomes[len(done) :]:
            self.result.findings += outcome.result.findings
            self.result.resolved += outcome.result.resolved
        if self.interrupted:
            self._left_out(fleet, missed)
        self.result.findings.sort(key=lambda finding: finding.sort_key)
        if self.blame and not self.interrupted:
            self._ask_who(fleet, by_name)

    def _results(self, fleet: Fleet, targets: Sequence[Target]) -> list[TargetResult]:
        done: list[TargetResult] = []
        warnings: dict[Problem, None] = {}
        with Progress(len(targets), sys.stderr, quiet=self.sources.quiet) as progress:

            def go(some: Sequence[Target]) -> Iterator[TargetResult]:
                if self.dask is not None:
                    return run_on_dask(some, self.dask, quotas=fleet.quotas)
                return run(some, quotas=fleet.quotas, watch=progress)

            journal = journal_path(fleet.path)
            try:
                for one in resumable(targets, go, journal, resume=self.resume, say=_say):
                    warnings |= dict.fromkeys(one.warnings)
                    done.append(replace(one, warnings=()))
                    progress.done(one)
            except KeyboardInterrupt:
                self.interrupted = True
        # Targets share specs: what many of them say is said once.
        self.sources.tell("warning", sorted(warnings, key=lambda one: (one.position, one.path, one.message)))
        if self.interrupted:
            _say(f"interrupted: {len(done)} of {len(targets)} targets are done; --resume does the others")
        return done

    def _check_places(self, noise: Noise) -> None:
        """A slip in `--only` must not look like a clean fleet; the others' results are not lost for it."""
        if self.interrupted or not all(one.look.read for one in self.outcomes):
            return  # what was not read may have it
        try:
            check_places(noise, [one.look for one in self.outcomes])
        except UsageError as fault:
            _say(str(fault))
            self.whole = False

    def _look_for_others(self, fleet: Fleet, targets: Sequence[Target], done: list[TargetResult]) -> str:
        """Looks for pools that no spec covers; what was left out by Ctrl-C."""
        try:
            self.others = unmanaged(fleet, targets, done)
        except KeyboardInterrupt:
            self.interrupted = True
            return "pools that no spec covers"
        return ""

    def _left_out(self, fleet: Fleet, what: str) -> None:
        """What the run did not come to is in the reports too: they outlive what was said beside them."""
        reason = f"interrupted before all was checked, what is left out: {what}"
        place = Position(str(fleet.path), 1, 1)
        self.result.findings += failed(fleet.path.name, reason, place).findings

    def _ask_who(self, fleet: Fleet, targets: dict[str, Target]) -> None:
        """Adds to each finding who wrote to its resource last."""
        from tfgen.fleet import ask, ask_on_dask, blame
        from tfgen.live.blame import with_lines

        known = targets | {Scope.without_spec(one.name, None, None).target: one.target for one in self.others}
        asked = blame.places(
            (known[one.look.scope.target], self._traces(one, targets)) for one in self.outcomes
        )
        resources = [address for place in asked for address in place.resources]
        if not resources:
            return
        answers: blame.Lines = {}
        why = ""
        self.sources.say(
            f"asking CloudTrail about {len(resources):,} resources in {len(asked):,} accounts and regions, "
            f"at most {blame.CALLS} requests in each"
        )
        try:
            if self.dask is None:
                ask(asked, fleet.quotas, answers)
            else:
                ask_on_dask(asked, self.dask, fleet.quotas, answers)
        except KeyboardInterrupt:
            self.interrupted, why = True, "the run was interrupted"
        except UsageError as fault:
            why = str(fault)  # a cluster that went away costs no finding
        answers = dict(answers)  # threads that an interrupt left behind may still add to the other one
        answers |= blame.not_asked([one for one in resources if one not in answers], why)
        self.result.findings = with_lines(self.result.findings, answers)
        for line in blame.summary(answers):
            self.sources.say(line)

    @staticmethod
    def _traces(one: NoiseOutcome, targets: dict[str, Target]) -> dict[Address, Trace]:
        from tfgen.fleet import blame

        target = targets.get(one.look.scope.target)
        if target is not None:
            return blame.of_target(target, one.look.result, one.result.findings)
        there = {finding.address for finding in one.result.findings}
        return {address: trace for address, trace in one.look.result.traces.items() if address in there}


def _look(one: TargetResult, target: Target) -> Look:
    scope = Scope(one.account or target.account, one.region, one.stage, one.name, in_fleet=True)
    if one.result is None:
        return Look(failed("", one.failure, target.position), scope, read=False)
    made = datetime.fromisoformat(one.earlier) if one.earlier is not None else None
    return Look(one.result, scope, made)


def _say(line: str) -> None:
    click.echo(visible(line), err=True)
