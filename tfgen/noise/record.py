"""What a run accepts for later ones, beside what an earlier record has of what this run did not look at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tfgen.finding import Result, Status
from tfgen.noise.baseline import Baseline, Recorded, Section, acceptable, recorded
from tfgen.noise.deployments import different
from tfgen.noise.hides import hides
from tfgen.noise.plain import plain
from tfgen.noise.scope import Scope


@dataclass(frozen=True, slots=True)
class Record:
    """`baseline`: what is to be written. `kept`: deployments of the earlier file that stay as they were
    there. `hidden`: their entries, one by one, of deployments that could not be read whole.
    """

    baseline: Baseline
    kept: tuple[Section, ...] = ()
    hidden: tuple[Recorded, ...] = ()


def record(looks: Iterable[tuple[Result, Scope]], earlier: Baseline | None = None) -> Record:
    """A baseline that accepts all that can be accepted of each result.

    Of `earlier`, what is there already, everything stays that these looks could not have found again:
    other deployments, those whose account is not known this time, and what may be behind something that
    was not read.
    """
    sections: list[Section] = []
    hidden: list[Recorded] = []
    left = list(earlier.sections) if earlier is not None else []
    for result, scope in looks:
        before = [section for section in left if _is_of(section, scope)]
        if None in (scope.account, scope.region) and (before or not scope.prefixed):
            continue  # too little was read: as it was, or nothing
        left = [section for section in left if section not in before]
        old = [entry for section in before for entry in section.entries if _behind(entry, result)]
        new = [recorded(finding) for finding in result.findings if acceptable(finding)]
        there = {entry.place for entry in new}
        old = [entry for entry in {entry.place: entry for entry in old}.values() if entry.place not in there]
        hidden += old
        section = Section(_without_fleet(scope), (*new, *old), unread=_unread(result))
        if (
            section.entries or section.unread or not scope.in_fleet
        ):  # of a clean target there is nothing to say
            sections.append(section)
    return Record(Baseline((*sections, *left)), tuple(left), tuple(hidden))


def _is_of(section: Section, scope: Scope) -> bool:
    """Whether a section is the earlier record of a deployment: of its target, else of its place."""
    if scope.in_fleet:
        return section.scope.target == scope.target
    return not section.scope.target and not different(section.scope, scope)


def _without_fleet(scope: Scope) -> Scope:
    """The scope as a file has it: the name of a spec is none of a target."""
    return replace(scope.recorded, target=scope.target if scope.in_fleet else "")


def _behind(entry: Recorded, result: Result) -> bool:
    return any(hides(finding, entry.address, entry.path) for finding in result.findings)


def _unread(result: Result) -> tuple[str, ...]:
    places = {
        f"{finding.address} {plain(finding.path)}".strip()
        for finding in result.findings
        if finding.status is Status.NOT_CHECKED
    }
    return tuple(sorted(places))


def names(sections: Sequence[Section], most: int = 10) -> str:
    """Deployments in words, the first few by name."""
    said = "; ".join(str(section.scope) for section in sections[:most])
    return f"{said}; and {len(sections) - most:,} more" if len(sections) > most else said
