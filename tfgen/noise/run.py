"""Noise control of a run in the one order that is right.

First the history, which knows what is live whoever accepted it; then the baseline; then the ignore rules;
last the selection. Files are read once, before AWS is asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tfgen.drift.verdict import Policy, fails
from tfgen.errors import UsageError
from tfgen.finding import Finding, Result
from tfgen.noise.baseline import Baseline, BaselineOutcome, apply_baseline
from tfgen.noise.history import HistoryOutcome
from tfgen.noise.ignore import IgnoreOutcome, IgnoreRule, apply_rules
from tfgen.noise.scope import Scope
from tfgen.noise.select import Selection, select
from tfgen.noise.selectors import check_addresses, parse
from tfgen.resource import State


@dataclass(frozen=True, slots=True)
class Noise:
    """What keeps a run quiet: `read` makes one from the files and options of a command."""

    rules: Sequence[IgnoreRule] = ()
    baseline: Baseline | None = None
    history: Path | None = None
    only: Sequence[str] = ()
    skip: Sequence[str] = ()
    new_only: bool = False


@dataclass(frozen=True, slots=True)
class NoiseOutcome:
    """`result` is what a report shows, `complete` all that the comparison found.

    `baseline` and `history`: None where the run has none.
    """

    result: Result
    complete: Result
    ignoring: IgnoreOutcome
    selection: Selection
    baseline: BaselineOutcome | None
    history: HistoryOutcome | None
    new_only: bool = False

    def policy(self, policy: Policy) -> Policy:
        """`policy` for this run: `--new-only` excuses what the history knows."""
        if not self.new_only or self.history is None:
            return policy
        return self.history.policy(policy)

    def fails(self, finding: Finding, policy: Policy) -> bool:
        """Whether a finding is drift that this run fails for."""
        return fails(finding, self.policy(policy))

    @property
    def expired(self) -> list[IgnoreRule]:
        """Rules that are over; a run with any of them fails, whatever it found."""
        return self.ignoring.expired

    def warnings(self) -> Iterator[str]:
        """What fails the run, or would have, a line each."""
        yield from (f"expired: {rule}" for rule in self.expired)
        for finding, rule in self.ignoring.not_checked:
            yield f"not checked, and ignored: {finding.address} {finding.path}".rstrip() + f" ({rule})"

    def notes(self) -> Iterator[str]:
        """What a person wants to know besides, a line each: nothing goes out quietly."""
        yield from (f"ignores nothing: {rule}" for rule in self.ignoring.unmatched)
        if self.baseline is not None:
            yield from _about(self.baseline)
        if self.selection.left_out:
            yield f"{_findings(len(self.selection.left_out))} left out by --only and --skip"


def read(
    *,
    ignore: Path | None = None,
    baseline: Path | None = None,
    history: Path | None = None,
    only: Sequence[str] = (),
    skip: Sequence[str] = (),
    new_only: bool = False,
) -> Noise:
    """Noise control from the files and options of a command.

    Raises SpecError with all problems of a file, UsageError for options that say nothing.
    """
    from tfgen.noise.baseline_file import load_baseline
    from tfgen.noise.ignore_file import load_rules

    if new_only and history is None:
        raise UsageError("--new-only needs --history FILE: without one, nothing is known")
    parse("--only", only)
    parse("--skip", skip)
    return Noise(
        rules=() if ignore is None else load_rules(ignore),
        baseline=None if baseline is None else load_baseline(baseline),
        history=history,
        only=only,
        skip=skip,
        new_only=new_only,
    )


def apply(
    noise: Noise, result: Result, desired: State, live: State, *, scope: Scope, now: datetime
) -> NoiseOutcome:
    """The quiet result of a comparison of `desired` with `live`; rules end by the days of UTC.

    Raises UsageError for a baseline of another deployment, OutputError for a history that cannot be read,
    ValueError for a `now` without a time zone.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    history = None
    if noise.history is not None:
        from tfgen.noise.history_file import look

        history = look(noise.history, result, live, now, scope)
    baseline = None
    accepted = result
    if noise.baseline is not None:
        baseline = apply_baseline(result, noise.baseline, desired, live, scope)
        accepted = baseline.result
    ignoring = apply_rules(accepted, noise.rules, scope, now.astimezone(UTC).date())
    selection = select(ignoring.result, noise.only, noise.skip)
    shown = selection.result if history is None else history.told(selection.result)
    return NoiseOutcome(shown, result, ignoring, selection, baseline, history, new_only=noise.new_only)


def check_places(noise: Noise, results: Sequence[Result], states: Sequence[State]) -> None:
    """Raises UsageError for a pool or address of `--only` that is nowhere in the whole run.

    `states`: the desired ones of all deployments; `results`: what was found there.
    """
    addresses = {address for state in states for address in state.resources}
    addresses |= {finding.address for result in results for finding in result.findings}
    check_addresses("--only", parse("--only", noise.only), addresses)


def keep(noise: Noise, *outcomes: NoiseOutcome) -> None:
    """Writes the history, once the report is out. Raises OutputError when it cannot."""
    if noise.history is not None:
        from tfgen.noise.history_file import keep as write

        write(noise.history, *(outcome.history for outcome in outcomes if outcome.history is not None))


def accepted(noise: Noise, outcome: NoiseOutcome, live: State, scope: Scope, now: datetime) -> str:
    """The text of a baseline that accepts what the run found; what rules ignore needs none.

    Made from the whole comparison, never from what an earlier baseline left of it.
    """
    from tfgen.noise.baseline_text import record

    rest = apply_rules(outcome.complete, noise.rules, scope, now.astimezone(UTC).date()).result
    return record(rest, live, scope)


def _about(baseline: BaselineOutcome) -> Iterator[str]:
    said = (
        (baseline.settled, "no longer needed in the baseline"),
        (baseline.unsure, "in the baseline, and could not be looked at"),
        (baseline.elsewhere, "in the baseline, of a pool that this run does not look at"),
    )
    for entries, text in said:
        for entry in entries:
            where = f" ({entry.position})" if entry.position is not None else ""
            yield f"{text}: {entry.address} {entry.path}".rstrip() + where


def _findings(number: int) -> str:
    return "1 finding" if number == 1 else f"{number:,} findings"
