"""Whether an edit does what it should and nothing else, found out by comparing again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from tfgen.drift import trees, unknowns
from tfgen.drift.adopt.outcome import Change
from tfgen.drift.compare import compare
from tfgen.drift.differences import Difference, differences
from tfgen.drift.differences import argument as named
from tfgen.drift.edits import NOTHING, Candidate
from tfgen.drift.match import match
from tfgen.drift.paths import argument, overlaps
from tfgen.drift.resolve import Resolver
from tfgen.errors import SpecError
from tfgen.finding import Finding, Result
from tfgen.kinds import KINDS, lower
from tfgen.known import Known
from tfgen.resource import Address, Resource, State
from tfgen.sensitive import MASK
from tfgen.spec import Spec
from tfgen.spec.edit import CannotEditError, Texts, plain_at, put, reload, remove
from tfgen.spec.nodes import Path, dotted
from tfgen.spec.secrets import is_secret

Key = tuple[Any, ...]


class FailedError(Exception):
    """Why an edit does not work; holds no secret."""


@dataclass(frozen=True, slots=True)
class Side:
    """A spec as its texts are, and what comparing it with the live state gives."""

    texts: Texts
    live: State
    known: Known
    spec: Spec
    desired: State
    resolver: Resolver
    result: Result

    @classmethod
    def of(cls, texts: Texts, live: State, known: Known) -> Side:
        """Loads, lowers and compares. Raises SpecError."""
        spec = reload(texts)
        desired = lower(spec)
        resolver = match(desired, live, known).resolver
        return cls(texts, live, known, spec, desired, resolver, compare(spec, desired, live, known))

    def on(self, texts: Texts) -> Side:
        """The same live state beside other texts. Raises FailedError where they are no valid spec."""
        try:
            return Side.of(texts, self.live, self.known)
        except SpecError as error:
            problem = error.problems[0]
            raise FailedError(f"the spec cannot say it: {problem.path} {problem.message}") from None

    def file_of(self, owner: Path) -> str:
        """The file in which a resource of the spec stands."""
        return self.spec.position(owner).file

    def text_of(self, owner: Path) -> str:
        """The text of that file."""
        return self.texts.text(self.file_of(owner))

    def pair(self, finding: Finding) -> tuple[Resource, Resource]:
        """The desired and the live resource of a finding that has both."""
        return self.desired.resources[finding.address], self.resolver.pairs[finding.address]

    def difference(self, finding: Finding) -> Difference | None:
        """What differs where the finding says; None where nothing does any more."""
        resource = self.desired.resources.get(finding.address)
        live = self.resolver.pairs.get(finding.address)
        if resource is None or live is None:
            return None
        kind = KINDS[resource.kind]
        actual = trees.complete(kind.fields, trees.normalised(kind, live.values))
        expected, _ = unknowns.set_aside(self.tree(resource), actual)
        found = differences(kind, resource, expected, actual, live.values)
        return next((one for one in found if one.path == finding.path and one.rule is None), None)

    def tree(self, resource: Resource) -> dict[str, Any]:
        """The complete values of a desired resource as far as they are known."""
        kind = KINDS[resource.kind]
        values = trees.normalised(kind, unknowns.evaluated(resource.values, self.resolver.lookup))
        return trees.complete(kind.fields, values)


def written(side: Side, owner: Path, candidate: Candidate) -> tuple[Texts, tuple[Change, ...]]:
    """The texts with a candidate's values. Raises FailedError where the text does not allow it."""
    file = side.file_of(owner)
    text = side.texts.text(file)
    changes: list[Change] = []
    try:
        for path, value in candidate.puts:
            old = plain_at(text, path)
            new = _ordered(old, value) if isinstance(value, frozenset) else value
            if new is NOTHING:
                text = remove(text, path) if _is_there(text, path) else text
            else:
                text = put(text, path, new)
            changes.append(_change(file, path, old, None if new is NOTHING else new))
    except CannotEditError as error:
        raise FailedError(str(error)) from None
    if text == side.texts.text(file):
        raise FailedError("the spec cannot say it: it already says what an edit would write")
    return side.texts.with_text({file: text}), tuple(changes)


def _change(file: str, path: Path, old: Any, new: Any) -> Change:
    """What to tell of an edit; `adopt` refuses secrets, and no neighbour of one is shown either."""
    if any(is_secret(str(step)) for step in path):
        return Change(file, dotted(path), MASK, MASK)
    return Change(file, dotted(path), _shown(old), _shown(new))


def _shown(value: Any) -> Any:
    match value:
        case dict():
            return {key: MASK if is_secret(str(key)) else _shown(item) for key, item in value.items()}
        case list():
            return [_shown(item) for item in value]
        case _:
            return value


def _is_there(text: str, path: Path) -> bool:
    parent = plain_at(text, path[:-1])
    return path[-1] in parent if isinstance(parent, dict) else isinstance(parent, list)


def _ordered(old: Any, wanted: frozenset[Any]) -> list[Any]:
    """A list for a set: what is there already keeps its place."""
    kept = [item for item in old if item in wanted] if isinstance(old, list) else []
    return [*kept, *sorted(item for item in wanted if item not in kept)]


def failure(before: Side, after: Side, finding: Finding) -> str:
    """Why `after` is not `before` with this one finding settled; "" when it is."""
    old = {_key(one): one for one in before.result.findings}
    new = {_key(one): one for one in after.result.findings}
    if any((one.address, one.path) == (finding.address, finding.path) for one in after.result.findings):
        return "the spec cannot say it: what decides it stands elsewhere"
    for key, one in new.items():
        if key not in old or (one.desired, one.live) != (old[key].desired, old[key].live):
            return f"the spec cannot say it alone: {one.address.kind} {one.path} would differ too".rstrip()
    settled = [one for key, one in old.items() if key not in new]
    for address, path in _changed(before, after):
        if not any(one.address == address and overlaps(argument(one.path), path) for one in settled):
            return f"the spec cannot say it alone: {address.kind} {path} would change too".rstrip()
    return ""


def _key(finding: Finding) -> Key:
    return finding.status, finding.address, finding.path


def _changed(before: Side, after: Side) -> Iterator[tuple[Address, str]]:
    """Every argument whose desired value is another one, "" for a resource that is new or gone."""
    for address in {**before.desired.resources, **after.desired.resources}:
        old, new = before.desired.resources.get(address), after.desired.resources.get(address)
        if old is None or new is None:
            yield address, ""
        elif old.values != new.values:
            kind = KINDS[address.kind]
            left, right = before.tree(old), after.tree(new)
            for steps in _leaves(left, right, ()):
                yield address, named(kind, steps)
            for path, field in kind.walk():
                if not field.answered and _dig(old.values, path) != _dig(new.values, path):
                    yield address, path


def _leaves(left: Any, right: Any, steps: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Where two trees differ."""
    if left == right:
        return
    if isinstance(left, dict) and isinstance(right, dict):
        for name in {**left, **right}:
            yield from _leaves(left.get(name), right.get(name), (*steps, name))
        return
    yield steps


def _dig(values: Any, path: str) -> Any:
    for step in path.split("."):
        values = values.get(step) if isinstance(values, dict) else None
    return values
