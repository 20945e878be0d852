"""Noise control of a run in the one order that is right.

First the history, which knows what is live whoever accepted it; then the baseline; then the ignore rules;
last the selection. Files are read once, before AWS is asked. One deployment is a run of one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tfgen.drift.verdict import Policy
from tfgen.errors import UsageError
from tfgen.finding import Result
from tfgen.noise.baseline import Baseline, BaselineOutcome, apply_entries
from tfgen.noise.deployments import Chosen, choose
from tfgen.noise.history import HistoryOutcome, new_only
from tfgen.noise.ignore import IgnoreOutcome, IgnoreRule, apply_rules
from tfgen.noise.look import Look
from tfgen.noise.select import Selection, select
from tfgen.noise.selectors import check_addresses, parse


@dataclass(frozen=True, slots=True)
class Noise:
    """What keeps a run quiet: `read` makes one from the files and options of a command.

    `earlier`: what the file to record in has already, None where nothing is recorded, or for the first time.
    """

    rules: Sequence[IgnoreRule] = ()
    baseline: Baseline | None = None
    earlier: Baseline | None = None
    history: Path | None = None
    only: Sequence[str] = ()
    skip: Sequence[str] = ()
    new_only: bool = False

    def policy(self, policy: Policy) -> Policy:
        """`policy` for this run: `--new-only` excuses what the history knows."""
        return new_only(policy) if self.new_only else policy


@dataclass(frozen=True, slots=True)
class NoiseOutcome:
    """One deployment: `result` is what a report shows of it, `complete` all that the comparison found.

    `baseline` and `history`: None where the run has none.
    """

    look: Look
    result: Result
    ignoring: IgnoreOutcome
    selection: Selection
    baseline: BaselineOutcome | None
    history: HistoryOutcome | None

    @property
    def complete(self) -> Result:
        """All that the comparison found."""
        return self.look.result

    @property
    def expired(self) -> list[IgnoreRule]:
        """Rules that are over; a run with any of them fails, whatever it found."""
        return self.ignoring.expired

    @property
    def refused(self) -> str:
        """Why its section of the baseline does not hold, which fails the run; "" mostly."""
        return self.baseline.refused if self.baseline is not None else ""

    def warnings(self) -> Iterator[str]:
        """What fails the run, or would have, a line each."""
        yield from (f"expired: {rule}" for rule in self.expired)
        if self.refused:
            yield f"nothing of the baseline is accepted: {self.refused}"
        for finding, rule in self.ignoring.not_checked:
            yield f"not checked, and ignored: {finding.address} {finding.path}".rstrip() + f" ({rule})"


def read(
    *,
    ignore: Path | None = None,
    baseline: Path | None = None,
    record: Path | None = None,
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
        earlier=load_baseline(record) if record is not None and _has_text(record) else None,
        history=history,
        only=only,
        skip=skip,
        new_only=new_only,
    )


def _has_text(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def apply(noise: Noise, looks: Sequence[Look], now: datetime) -> list[NoiseOutcome]:
    """The quiet results of all deployments of a run, in their order; rules end by the days of UTC.

    Raises UsageError for a baseline of another deployment than the only one, OutputError for a history
    that cannot be read, ValueError for a `now` without a time zone.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    histories: Sequence[HistoryOutcome | None] = [None] * len(looks)
    if noise.history is not None:
        from tfgen.noise.history_file import look as look_up

        histories = look_up(noise.history, looks, now)
    chosen: Sequence[Chosen | None] = [None] * len(looks)
    if noise.baseline is not None:
        chosen = choose(noise.baseline, [look.scope for look in looks])
    return [
        _quiet(noise, look, sections, history, now)
        for look, sections, history in zip(looks, chosen, histories, strict=True)
    ]


def _quiet(
    noise: Noise, look: Look, chosen: Chosen | None, history: HistoryOutcome | None, now: datetime
) -> NoiseOutcome:
    baseline = None if chosen is None or not look.read else _accepted(look.result, chosen)
    rest = look.result if baseline is None else baseline.result
    # What failed as a whole is told in any case: no rule is about it.
    rules, only, skip = (noise.rules, noise.only, noise.skip) if look.read else ((), (), ())
    ignoring = apply_rules(rest, rules, look.scope, now.astimezone(UTC).date())
    selection = select(ignoring.result, only, skip, look.scope)
    shown = selection.result if history is None else history.told(selection.result)
    return NoiseOutcome(look, shown, ignoring, selection, baseline, history)


def _accepted(result: Result, chosen: Chosen) -> BaselineOutcome:
    outcome = apply_entries(result, *chosen.entries())
    outcome.unsure += [entry for section in chosen.unsure for entry in section.entries]
    outcome.sections = [*chosen.own, *chosen.shared, *chosen.unsure]
    outcome.refused = chosen.refused
    return outcome


def check_places(noise: Noise, looks: Sequence[Look]) -> None:
    """Raises UsageError for a pool or address of `--only` that is nowhere in the whole run."""
    if not noise.only:
        return
    places = {
        (address, look.scope)
        for look in looks
        for address in (
            *look.result.compared,
            *look.result.absent,
            *(finding.address for finding in look.result.findings),
        )
    }
    check_addresses("--only", parse("--only", noise.only), places)


def keep(noise: Noise, outcomes: Sequence[NoiseOutcome]) -> None:
    """Writes the history, once the report is out. Raises OutputError when it cannot."""
    if noise.history is not None:
        from tfgen.noise.history_file import keep as write

        write(noise.history, *(outcome.history for outcome in outcomes if outcome.history is not None))


def accepted(noise: Noise, outcomes: Sequence[NoiseOutcome], now: datetime) -> tuple[str, list[str]]:
    """The text of a baseline that accepts what the run found, and what is to be said about it, line by line.

    Made from whole comparisons, never from what an earlier baseline left of them; what rules ignore needs
    no entry. What the run did not look at stays as the file has it.
    """
    from tfgen.noise.baseline_text import written
    from tfgen.noise.record import names, record

    today = now.astimezone(UTC).date()
    looks = [
        (apply_rules(one.complete, noise.rules, one.look.scope, today).result, one.look.scope)
        for one in outcomes
        if one.look.read
    ]
    done = record(looks, noise.earlier)
    said = []
    if done.kept:
        said.append(f"kept as recorded before, not looked at now: {names(done.kept)}")
    if done.hidden:
        places = ", ".join(f"{entry.address} {entry.path}".rstrip() for entry in done.hidden[:5])
        more = f" and {len(done.hidden) - 5} more" if len(done.hidden) > 5 else ""
        said.append(f"kept as recorded before, could not be read now: {places}{more}")
    return written(done.baseline), said
