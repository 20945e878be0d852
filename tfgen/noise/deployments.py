"""Which sections of a baseline are for which deployments of a run.

A section is for a deployment when every member that its scope names is the deployment's. Where account or
region of a run are not known, too little was read to tell: nothing is accepted then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tfgen.errors import UsageError
from tfgen.noise.baseline import Baseline, Recorded, Section
from tfgen.noise.scope import Scope

MEMBERS: Final = ("target", "account", "region", "stage")
"""Members of a section's scope, in the order of the file."""
_PLACE: Final = MEMBERS[1:]
_NAMED: Final = 5


@dataclass(slots=True)
class Chosen:
    """Of one deployment: `own` sections, those that are `shared` with others of the run, and those of which
    it is not known (`unsure`). `refused`: how the section of this target is for somewhere else.
    """

    own: list[Section] = field(default_factory=list)
    shared: list[Section] = field(default_factory=list)
    unsure: list[Section] = field(default_factory=list)
    refused: str = ""

    def entries(self) -> tuple[list[Recorded], list[Recorded]]:
        """Own entries and shared ones, those of the section that names more behind the others."""
        return _entries(self.own), _entries(self.shared)


def choose(baseline: Baseline, scopes: Sequence[Scope]) -> list[Chosen]:
    """The sections for each of `scopes`, all deployments of a run.

    Raises UsageError for the only deployment of a run when no section is for it, or several targets' are.
    """
    chosen = [_fitting(baseline, scope) for scope in scopes]
    uses = Counter(id(section) for one in chosen for section in one.own)
    for one in chosen:
        one.shared = [section for section in one.own if uses[id(section)] > 1]
        one.own = [section for section in one.own if uses[id(section)] == 1]
    for one, scope in zip(chosen, scopes, strict=True):
        if not scope.in_fleet:
            _check_alone(one, scope, baseline)
    return chosen


def _fitting(baseline: Baseline, scope: Scope) -> Chosen:
    chosen = Chosen()
    for section in baseline.sections:
        theirs = section.scope
        if scope.in_fleet and theirs.target and theirs.target != scope.target:
            continue
        other = different(theirs, scope)
        if other:
            if theirs.target and scope.in_fleet:
                chosen.refused = f"the baseline was {other}"
        elif any(getattr(theirs, name) and not getattr(scope, name) for name in ("account", "region")):
            chosen.unsure.append(section)
        else:
            chosen.own.append(section)
    return chosen


def different(recorded: Scope, scope: Scope) -> str:
    """How a section's scope is another one than a deployment's, "" where it may be the same."""
    for name in _PLACE:
        theirs, ours = getattr(recorded, name), getattr(scope, name)
        if theirs is None or theirs == ours or (ours is None and name != "stage"):
            continue
        who = scope.target if scope.in_fleet else "this run"
        found = f"looks at {name} {ours}" if ours is not None else f"has no {name}"
        return f"recorded for {name} {theirs}, and {who} {found}"
    return ""


def _check_alone(chosen: Chosen, scope: Scope, baseline: Baseline) -> None:
    fitting = [*chosen.own, *chosen.unsure]
    if not fitting and len(baseline.sections) == 1:
        raise UsageError(f"the baseline was {different(baseline.sections[0].scope, scope)}")
    if not fitting and baseline.sections:
        there = "; ".join(str(section.scope) for section in baseline.sections[:_NAMED])
        more = "; …" if len(baseline.sections) > _NAMED else ""
        raise UsageError(f"the baseline has nothing for this run ({scope}); it is for {there}{more}")
    targets = [section.scope.target for section in fitting if section.scope.target]
    if len(targets) > 1:
        names = ", ".join(targets[:_NAMED])
        raise UsageError(
            f"the baseline has {len(targets)} targets in this place ({names}): which one is meant cannot be "
            "told; use --fleet FILE --target NAME"
        )


def _entries(sections: Sequence[Section]) -> list[Recorded]:
    def named(section: Section) -> int:
        return sum(bool(getattr(section.scope, name)) for name in MEMBERS)

    return [entry for section in sorted(sections, key=named) for entry in section.entries]
