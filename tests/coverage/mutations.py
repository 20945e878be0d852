"""One live change for every argument of every kind, and what the comparison says of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from tests.drift.single import Steps, address_of, at, changed, copied, least, run, whole
from tests.kinds.synthetic import sample
from tfgen.drift import compare
from tfgen.explain.links import back_links
from tfgen.finding import Finding, Result, Status
from tfgen.kinds import KINDS
from tfgen.kinds.field import Field, Kind, Severity, Type
from tfgen.kinds.reading import canonical
from tfgen.known import Known
from tfgen.report.values import short
from tfgen.resource import Resource, State
from tfgen.spec import Spec

Values = dict[str, Any]

SECRET: Final = "client_secret"
_POOL: Final = "aws_cognito_user_pool"
NO_FINDING_ALONE: Final = {
    f"{_POOL}.lambda_config.pre_token_generation_config.lambda_version": "nothing without its function",
}
"""Values that mean nothing when they are all that is live, beside units, whose number is missing then."""


class NotCoveredError(Exception):
    """A live change that is not told as exactly one finding at the right place."""


@dataclass(frozen=True, slots=True)
class Row:
    """One change: of `argument` (a table's path), as the finding `finding` tells it.

    `reverse`: the severity of the opposite change, None where there is none. `silent`: the finding of
    the same value where the spec says nothing, or in words why there is none.
    """

    argument: str
    properties: tuple[str, ...]
    finding: Finding
    reverse: Severity | None = None
    silent: Finding | str = ""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A kind's rows; `another`: arguments whose other value is another object, and how that is told.

    `never`: arguments that no answer of AWS has.
    """

    kind: Kind
    rows: tuple[Row, ...]
    another: tuple[tuple[str, str], ...]
    never: tuple[str, ...]


def matrices(spec: Spec) -> list[Matrix]:
    """Of all kinds, in table order. Raises NotCoveredError."""
    return [_Kind(spec, kind).matrix() for kind in KINDS.values()]


class _Kind:
    def __init__(self, spec: Spec, kind: Kind) -> None:
        self.spec = spec
        self.kind = kind
        self.whole = whole(kind)
        self.least = least(kind)
        self.another: dict[str, str] = {}
        self.never: list[str] = []

    def matrix(self) -> Matrix:
        rows = (*self._resource(), *self._rows(self.kind.fields, "", ()))
        return Matrix(self.kind, rows, tuple(self.another.items()), tuple(self.never))

    def _resource(self) -> Iterator[Row]:
        """The whole resource gone; and one that the spec does not have, where AWS can have several."""
        address = address_of(self.kind)
        one, none = State(), State()
        one.add(Resource(address, copied(self.whole)))
        gone = compare(self.spec, one, none, Known()).findings
        yield Row("", (), self._only(gone, "", Status.DELETED))
        more = compare(self.spec, State(), one, Known()).findings
        if not self.kind.root:
            yield Row("", (), self._only(more, "", Status.UNMANAGED))

    def _rows(self, fields: tuple[Field, ...], outer: str, steps: Steps) -> Iterator[Row]:
        for field in fields:
            path = f"{outer}.{field.name}" if outer else field.name
            here = (*steps, field.name)
            if not field.answered:
                self.never.append(path)
            elif field.type is Type.BLOCK:
                yield from self._rows(field.fields, path, here)
            elif field.type is Type.BLOCKS:
                yield from self._block(field, path, here)
            else:
                yield from self._argument(field, path, here)

    def _block(self, field: Field, path: str, steps: Steps) -> Iterator[Row]:
        """One instance gone, one more, and the members of an instance that has each."""
        instances: Values = at(self.whole, steps)
        key = next(iter(instances))
        shown = _shown(self.kind, (*steps, key))
        without = changed(self.whole, (*steps, key), None)
        yield Row(path, self._properties(path), self._one(self.whole, without, shown))
        yield Row(path, self._properties(path), self._one(without, self.whole, shown, declared=None))
        self.another[f"{path}.{field.key}"] = "another block: one gone and one more"
        for member in field.fields:
            if member.name != field.key:
                owner = next(name for name, item in instances.items() if member.name in item)
                yield from self._rows((member,), path, (*steps, owner))

    def _argument(self, field: Field, path: str, steps: Steps) -> Iterator[Row]:
        start = self.whole
        if field.name == "attribute_data_type":  # only such an attribute has no constraints of its own
            start = changed(start, steps[:-1], {**_plain(at(start, steps[:-1])), field.name: "Boolean"})
        value = "DateTime" if field.name == "attribute_data_type" else sample(field, 1)
        if value == at(start, steps):
            value = None
        live = changed(start, steps, value)
        found = run(self.spec, self.kind, start, live).findings
        if len(steps) == 1 and field.name in self.kind.identity and len(found) != 1:
            told = sorted(finding.status.value for finding in found)
            if told != [Status.DELETED.value, Status.UNMANAGED.value]:
                raise NotCoveredError(f"{self.kind.type}.{path}: {told}")
            self.another[path] = "another resource: one gone and one more"
            return
        shown = field.folded_into or _shown(self.kind, steps, _member(field))
        finding = self._only(found, shown, declared=True)
        reverse = None if value is None else self._one(live, start, shown).severity
        yield Row(path, self._properties(path), finding, reverse, self._silent(field, path, steps, shown))
        if field.type is Type.MAP and SECRET in at(start, steps):
            secret = changed(start, (*steps, SECRET), type(at(start, steps)[SECRET])("another"))
            shown = _shown(self.kind, steps, SECRET)
            yield Row(path, self._properties(path), self._one(start, secret, shown))

    def _silent(self, field: Field, path: str, steps: Steps, shown: str) -> Finding | str:
        """What a value is told as that the spec says nothing of."""
        if steps[0] in self.kind.identity:
            return "always given"
        if any(self.kind.by_name[steps[0]] is outer for outer in self._repeated(steps)):
            return "with its block"
        if field.folded_into is not None:
            return f"with `{field.folded_into}`"
        value = self._alone(field, steps)
        if value is None:
            return "AWS's own default"
        result = run(self.spec, self.kind, self.least, changed(self.least, steps, value))
        # Another text for one half of a message is AWS's own text for the other half.
        found = [item for item in result.findings if item.path == shown]
        if len(found) == 1 and {item.path for item in result.findings} <= self._siblings(steps):
            if found[0].declared:
                raise NotCoveredError(f"{self.kind.type}.{path} is told as declared where the spec is silent")
            return found[0]
        if not result.findings and result.quiet:
            return f"no drift: {result.quiet[0][2]}"
        reason = NO_FINDING_ALONE.get(f"{self.kind.type}.{path}")
        if result.findings or reason is None:
            told = [item.path for item in result.findings]
            raise NotCoveredError(f"{self.kind.type}.{path}, the spec silent: {told}")
        return reason

    def _alone(self, field: Field, steps: Steps) -> Any:
        """A value that is not the one of a resource nobody configured; None when there is none."""
        for variant in (0, 1):
            value = sample(field, variant)
            if field.type is Type.MAP:
                member = _member(field)
                value = {member: value[member]}
            if value != canonical(field, field.unset):
                return value
        return None

    def _repeated(self, steps: Steps) -> Iterator[Field]:
        """The repeated blocks around an argument."""
        field = self.kind.by_name[steps[0]]
        if field.type is Type.BLOCKS or any(inner.type is Type.BLOCKS for inner in field.fields):
            yield field

    def _siblings(self, steps: Steps) -> set[str]:
        block = self.kind.by_name[steps[0]]
        if block.name == "email_mfa_configuration":
            return {f"{block.name}.{member.name}" for member in block.fields}
        return {_shown(self.kind, steps), _shown(self.kind, steps, _member_of(self.kind, steps))}

    def _properties(self, path: str) -> tuple[str, ...]:
        return back_links().get(f"{self.kind.type}.{path}", ())

    def _one(self, desired: Values, live: Values, path: str, declared: bool | None = True) -> Finding:
        result: Result = run(self.spec, self.kind, desired, live)
        return self._only(result.findings, path, declared=declared)

    def _only(
        self,
        found: list[Finding],
        path: str,
        status: Status = Status.MODIFIED,
        declared: bool | None = None,
    ) -> Finding:
        told = [(item.status, item.path) for item in found]
        if told != [(status, path)]:
            raise NotCoveredError(f"{self.kind.type}.{path}: {told}")
        (finding,) = found
        if not finding.effect or (declared is not None and finding.declared is not declared):
            raise NotCoveredError(f"{self.kind.type}.{path}: {finding}")
        return finding


def _plain(attribute: Values) -> Values:
    return {name: value for name, value in attribute.items() if not name.endswith("_constraints")}


def _member(field: Field) -> str | None:
    """The member of a map that a change is made at."""
    if field.type is not Type.MAP:
        return None
    return "client_id" if field.name == "provider_details" else "k"


def _member_of(kind: Kind, steps: Steps) -> str | None:
    field = kind.by_name[steps[0]]
    return _member(field) if len(steps) == 1 else None


def _shown(kind: Kind, steps: Steps, member: str | None = None) -> str:
    return kind.field_at((*steps, member) if member else steps)[0]


def values(finding: Finding) -> tuple[str, str]:
    """Both sides, one line each."""
    return short(finding.desired), short(finding.live)
