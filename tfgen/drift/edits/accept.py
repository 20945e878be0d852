"""What a finding says about accepting the live value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tfgen.drift.differences import Difference, at
from tfgen.drift.edits.candidates import candidates
from tfgen.drift.edits.case import Case
from tfgen.drift.edits.plain import override_edit
from tfgen.drift.edits.words import below, line
from tfgen.drift.resolve import NEW
from tfgen.kinds import KINDS
from tfgen.resource import Resource, Sensitive, Unknown
from tfgen.spec import Spec
from tfgen.spec.directives.syntax import is_directive
from tfgen.spec.secrets import is_secret


def accept(spec: Spec, resource: Resource, live: Resource, difference: Difference) -> str:
    """The plainest edit as a text, or why there is none. It is a proposal: nothing is tried."""
    why = refusal(spec, resource, difference)
    if why:
        return why
    case = Case(spec, resource, live, difference)
    first = next(candidates(case))
    if not first.decides:
        return str(override_edit(KINDS[resource.kind], resource, difference))
    return "; ".join(line(below(case.owner, path), value) for path, value in first.puts)


def refusal(spec: Spec, resource: Resource, difference: Difference) -> str:
    """Why the spec cannot say the live value; "" where it can."""
    if _any(difference.live, _hides) or difference.field.secret or is_secret(difference.steps[-1]):
        return "a secret is not accepted into a spec: put it where the spec's directive points"
    beside = next((path for path in difference.field.excludes if at(resource.values, path.split("."))), None)
    if beside is not None:
        return f"the spec cannot say it: the provider refuses it beside {beside}"
    module = resource.address.module
    if module not in spec.pools and not (module in spec.gateways and spec.gateways[module].declared):
        return "the spec cannot say it: it does not declare this gateway"
    if _any(difference.desired, lambda value: isinstance(value, str) and NEW in value):
        return "it names a resource that is gone: settle that first"
    if _any(difference.live, _is_directive):
        return "the spec cannot say it: it would read the live text as a directive"
    return ""


def _hides(value: Any) -> bool:
    return isinstance(value, (Sensitive, Unknown))


def _is_directive(value: Any) -> bool:
    return isinstance(value, str) and is_directive(value)


def _any(value: Any, test: Any) -> bool:
    """Whether `test` holds for a value or a member of it."""
    match value:
        case Mapping():
            return any(_any(item, test) for item in value.values())
        case frozenset() | list() | tuple():
            return any(_any(item, test) for item in value)
        case _:
            return bool(test(value))
