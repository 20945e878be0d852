"""What a person wants to know of noise control besides the report: nothing goes out quietly."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from tfgen.noise.baseline import BaselineOutcome, Recorded
from tfgen.noise.ignore import unmatched_everywhere
from tfgen.noise.run import Noise, NoiseOutcome
from tfgen.noise.scope import NO_SPEC, Scope


def warnings(outcomes: Sequence[NoiseOutcome]) -> Iterator[str]:
    """What fails the run, or would have, a line each; in a fleet behind the target's name."""
    for outcome in outcomes:
        yield from (f"{_lead(outcome)}{line}" for line in outcome.warnings())


def ignored(outcomes: Sequence[NoiseOutcome]) -> Iterator[str]:
    """What rules ignore, a line each."""
    for outcome in outcomes:
        for finding, rule in outcome.ignoring.ignored:
            what = f"{finding.status.value} {finding.address} {finding.path} ({rule})"
            yield f"{_lead(outcome)}ignored: {what}"


def notes(noise: Noise, outcomes: Sequence[NoiseOutcome], targets: Collection[str] = ()) -> Iterator[str]:
    """What helps nothing any more, or went out without a rule, a line each.

    `targets`: the names of all targets of the fleet, also of those that this run did not look at.
    """
    if len(outcomes) == 1 and not outcomes[0].look.scope.in_fleet:
        yield from (f"ignores nothing: {rule}" for rule in outcomes[0].ignoring.unmatched)
    else:
        looked = [outcome.ignoring for outcome in outcomes if outcome.look.read]
        yield from (f"ignores nothing: {rule}" for rule in unmatched_everywhere(looked, noise.rules))
    for outcome in outcomes:
        if outcome.baseline is not None:
            yield from _about(outcome.baseline, outcome.look.scope)
    yield from _needless(noise, outcomes, targets)
    left_out = sum(len(outcome.selection.left_out) for outcome in outcomes)
    if left_out:
        number = "1 finding" if left_out == 1 else f"{left_out:,} findings"
        yield f"{number} left out by --only and --skip"


def _lead(outcome: NoiseOutcome) -> str:
    scope = outcome.look.scope
    return f"{scope.target}: " if scope.in_fleet else ""


def _about(baseline: BaselineOutcome, scope: Scope) -> Iterator[str]:
    said = (
        (baseline.settled, "no longer needed in the baseline"),
        (baseline.unsure, "in the baseline, and could not be looked at"),
        (baseline.elsewhere, "in the baseline, of a pool that this run does not look at"),
    )
    for entries, text in said:
        for entry in entries:
            yield f"{text}: {_place(entry, scope)}"


def _needless(noise: Noise, outcomes: Sequence[NoiseOutcome], targets: Collection[str]) -> Iterator[str]:
    """Sections that are for no target, and entries for several targets that are nothing in any."""
    if noise.baseline is None or not targets:
        return
    held = {id(section) for one in outcomes if one.baseline is not None for section in one.baseline.sections}
    for section in noise.baseline.sections:
        # Pools without a spec are looked for with --discover only.
        known = section.scope.target in targets or section.scope.target.startswith(NO_SPEC)
        if id(section) not in held and not known:
            yield f"in the baseline, and for no target of this run: {section.scope} ({section.position})"
    used: set[int] = set()
    idle: dict[int, Recorded] = {}
    for outcome in outcomes:
        if outcome.baseline is not None:
            found = (*outcome.baseline.accepted, *outcome.baseline.changed)
            used.update(id(entry) for _, entry in found)
            used.update(id(entry) for entry in outcome.baseline.unsure)
            idle |= {id(entry): entry for entry in outcome.baseline.idle}
    for key, entry in idle.items():
        if key not in used:
            yield f"accepts nothing in any target that it is for: {_place(entry, Scope())}"


def _place(entry: Recorded, scope: Scope) -> str:
    where = f" ({entry.position})" if entry.position is not None else ""
    return f"{scope.shown(entry.address)} {entry.path}".rstrip() + where
