"""`tfgen drift --fleet FILE`: many deployments in one run, and its own options."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from tfgen.errors import UsageError
from tfgen.hidden import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tfgen.cli.options import Command
    from tfgen.finding import Result
    from tfgen.fleet import Fleet, Target, TargetResult
    from tfgen.noise import Noise, NoiseOutcome


_OF_ONE_DEPLOYMENT = frozenset(
    {
        "specs", "stage", "service_name", "region", "args", "pool_ids", "outputs", "state", "variables",
        "profile", "role_arn", "external_id", "endpoint_url", "baseline", "record", "history", "new_only",
        "paths", "blame",
    }
)  # fmt: skip
"""Parameters of `tfgen drift` that a fleet's targets have of their own, or that need one deployment."""


@dataclass(frozen=True, slots=True)
class FleetRun:
    """What a fleet run came to: `whole` False where a target was not checked whole, or a rule is over."""

    result: Result
    whole: bool
    interrupted: bool


@dataclass(frozen=True, slots=True)
class FleetOptions:
    """`file`: None for a run over one deployment."""

    file: Path | None
    targets: tuple[str, ...]
    resume: bool
    discover: bool
    dask: str | None

    def check_alone(self) -> None:
        """Raises UsageError for the options of a fleet without `--fleet`."""
        given = {
            "--target": self.targets,
            "--resume": self.resume,
            "--discover": self.discover,
            "--dask": self.dask,
        }
        for option, value in given.items():
            if value:
                raise UsageError(f"{option} goes with --fleet FILE")

    def check_with(self, context: click.Context) -> None:
        """Raises UsageError for options of one deployment beside `--fleet`: its file has them by target."""
        given = [
            option.opts[-1]
            for option in context.command.params
            if option.name in _OF_ONE_DEPLOYMENT
            and context.get_parameter_source(option.name) is ParameterSource.COMMANDLINE
        ]
        if given:
            raise UsageError(f"{', '.join(given)} cannot stand beside --fleet")

    def run(self, noise: Noise, *, quiet: bool, show_ignored: bool) -> FleetRun:
        """Checks the targets; Ctrl-C ends the run with what is known.

        Raises SpecError with all problems of the file, UsageError for a target that is not there.
        """
        from tfgen.fleet import load_fleet, together, unmanaged
        from tfgen.noise.ignore import unmatched_everywhere

        assert self.file is not None  # noqa: S101 - for mypy
        fleet = load_fleet(self.file, os.environ)
        targets = fleet.select(self.targets)
        done, interrupted = self._results(fleet, targets, quiet=quiet)
        outcomes = {one.name: _quiet(noise, one) for one in done if one.result is not None}
        shown = [replace(one, result=outcomes[one.name].result) if one.result else one for one in done]
        result = together(shown, targets)
        if self.discover and not interrupted:
            result.findings += unmanaged(fleet, targets, done).findings
            result.findings.sort(key=lambda finding: finding.sort_key)
        for name, outcome in outcomes.items():
            _tell(name, outcome, show_ignored=show_ignored)
        if not quiet:
            for rule in unmatched_everywhere([one.ignoring for one in outcomes.values()], noise.rules):
                click.echo(visible(f"ignores nothing: {rule}"), err=True)
        whole = all(one.complete for one in shown) and not any(one.expired for one in outcomes.values())
        return FleetRun(result, whole, interrupted)

    def _results(
        self, fleet: Fleet, targets: Sequence[Target], *, quiet: bool
    ) -> tuple[list[TargetResult], bool]:
        from tfgen.drift import check
        from tfgen.fleet import Progress, journal_path, resumable, run, run_on_dask

        done: list[TargetResult] = []
        with Progress(len(targets), sys.stderr, quiet=quiet) as progress:

            def go(some: Sequence[Target]) -> Iterator[TargetResult]:
                if self.dask is not None:
                    return run_on_dask(some, self.dask, quotas=fleet.quotas, compare_with=check)
                return run(some, quotas=fleet.quotas, watch=progress, compare_with=check)

            journal = journal_path(fleet.path)
            try:
                for one in resumable(targets, go, journal, resume=self.resume, say=_say):
                    done.append(one)
                    progress.done(one)
            except KeyboardInterrupt:
                _say(f"interrupted: {len(done)} of {len(targets)} targets are done; --resume does the others")
                return done, True
        return done, False


def _quiet(noise: Noise, one: TargetResult) -> NoiseOutcome:
    """One target's result less what is ignored and left out; its ignore rules are for its own scope."""
    from tfgen.finding import Result
    from tfgen.noise import apply
    from tfgen.noise.scope import Scope
    from tfgen.resource import State

    scope = Scope(one.account, one.region, one.stage, one.name)
    return apply(noise, one.result or Result(), State(), State(), scope=scope, now=datetime.now(UTC))


def _tell(name: str, outcome: NoiseOutcome, *, show_ignored: bool) -> None:
    for line in outcome.warnings():
        _say(f"{name}: {line}")
    for finding, rule in outcome.ignoring.ignored if show_ignored else ():
        _say(f"{name}: ignored: {finding.status.value} {finding.address} {finding.path} ({rule})")


def _say(line: str) -> None:
    click.echo(visible(line), err=True)


def fleet_option(command: Command) -> Command:
    """`--fleet` and what goes with it; the command gets `fleet`."""

    @click.option(
        "--fleet",
        "file",
        type=click.Path(path_type=Path, dir_okay=False),
        help="File of many deployments, instead of specs.",
    )
    @click.option(
        "--target", "targets", multiple=True, metavar="GLOB", help="Only these targets of the fleet."
    )
    @click.option("--resume", is_flag=True, help="Go on with an interrupted fleet run.")
    @click.option("--discover", is_flag=True, help="Also report user pools that no spec of the fleet covers.")
    @click.option("--dask", metavar="ADDRESS", help="Run the fleet on the Dask scheduler at this address.")
    @wraps(command)
    def with_fleet(
        file: Path | None,
        targets: tuple[str, ...],
        resume: bool,
        discover: bool,
        dask: str | None,
        **rest: Any,
    ) -> Any:
        return command(fleet=FleetOptions(file, targets, resume, discover, dask), **rest)

    return with_fleet
