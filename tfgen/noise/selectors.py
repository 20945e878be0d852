"""What `--only` and `--skip` may say.

A selector is one or more conditions, joined by commas, that must all hold:

    severity:high          exactly this severity; severity:high+ is this one and worse
    status:UNMANAGED       one status
    pool:members           the spec's key of a pool or HTTP API, as a glob; in a fleet also target/key
    resource:*client*      an address, as a glob
    path:password_policy   an argument, as a glob
    *client*               a glob alone: an address or an argument
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from tfgen.drift.globs import GlobError, Globs, Subject, globs
from tfgen.errors import UsageError
from tfgen.finding import Finding, Status
from tfgen.kinds.field import Severity
from tfgen.noise.scope import Scope
from tfgen.resource import Address
from tfgen.spec.problems import few, nearest

KEYS: Final = ("severity", "status", "pool", "resource", "path")

_KEYED: Final = re.compile(r"(?P<key>[A-Za-z_-]+):(?P<value>.*)", re.DOTALL)
_COMMA: Final = re.compile(r",(?![^\[]*\])")
"""A comma outside of brackets; a map's key may hold one."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One word of a selector; `key` is "" for a glob alone."""

    key: str
    value: str
    holds: Callable[[Finding, Scope], bool]
    at_address: Callable[[Address, Scope], bool] | None = None
    """Whether a resource can have a finding that it holds for; None when all can."""


@dataclass(frozen=True, slots=True)
class Selector:
    """Conditions that must all hold; `text` is what the user wrote."""

    text: str
    conditions: tuple[Condition, ...]

    def holds(self, finding: Finding, scope: Scope) -> bool:
        """Whether it is about the finding of a deployment."""
        return all(condition.holds(finding, scope) for condition in self.conditions)

    def names(self, key: str) -> bool:
        """Whether one of its conditions has this key."""
        return any(condition.key == key for condition in self.conditions)

    def of_key(self, key: str) -> Iterator[Condition]:
        """Its conditions with this key."""
        return (condition for condition in self.conditions if condition.key == key)


def parse(option: str, texts: Iterable[str]) -> list[Selector]:
    """The selectors of `--only` or `--skip` (`option`); raises UsageError with all that is wrong."""
    found: list[Selector] = []
    wrong: list[str] = []
    for text in texts:
        try:
            found.append(Selector(text, tuple(_condition(word) for word in _COMMA.split(text))))
        except UsageError as error:
            wrong.append(f"{option} {text[:80]}: {error}")
    if wrong:
        raise UsageError("\n".join(wrong))
    return found


def check_addresses(
    option: str, selectors: Sequence[Selector], addresses: Iterable[tuple[Address, Scope]]
) -> None:
    """Raises UsageError for a pool or resource that none of `addresses` is: a slip would select nothing.

    `addresses`: every desired resource and every finding's, of all deployments of the run.
    """
    places = list(addresses)
    wrong = [
        f"{option} {selector.text[:80]}: {_nowhere(condition, places)}"
        for selector in selectors
        for condition in selector.conditions
        if condition.at_address is not None and not any(condition.at_address(*place) for place in places)
    ]
    if wrong:
        raise UsageError("\n".join(wrong))


def _nowhere(condition: Condition, places: list[tuple[Address, Scope]]) -> str:
    pools = sorted({name for place, scope in places for name in scope.modules(place)})
    if condition.key == "pool":
        near = nearest(condition.value, pools)
        return f"no pool or HTTP API is called this; {_hint(near, pools)}"
    kinds = sorted({place.kind for place, _ in places} | {place.label for place, _ in places})
    near = nearest(condition.value, kinds)
    return f"no resource has this address; {_hint(near, ['module.<pool>.<type>.<name>'])}"


def _condition(word: str) -> Condition:
    word = word.strip()
    match = _KEYED.fullmatch(word)
    if match is None:
        return _either(word)
    key, value = match["key"], match["value"].strip()
    if key not in KEYS:
        hint = _hint(nearest(key, KEYS), KEYS)
        raise UsageError(f"{key!r} cannot be selected by; {hint}; a path with a colon is path:…")
    if not value:
        raise UsageError(f"nothing stands after {key}:")
    if key == "severity":
        return _severity(value)
    if key == "status":
        status = _choice(value.upper(), [one.value for one in Status], "status")
        return Condition(key, value, lambda finding, _: finding.status.value == status)
    if key == "pool":
        pools = _globs(value, "name")
        return Condition(
            key,
            value,
            lambda finding, scope: pools.matches(*scope.modules(finding.address)),
            lambda at, scope: pools.matches(*scope.modules(at)),
        )
    if key == "resource":
        places = _globs(value, "resource")
        return Condition(
            key,
            value,
            lambda finding, scope: places.matches(*scope.addresses(finding.address)),
            lambda at, scope: places.matches(*scope.addresses(at)),
        )
    paths = _globs(value, "path")
    return Condition(key, value, lambda finding, _: finding.path != "" and paths.matches(finding.path))


def _either(word: str) -> Condition:
    if not word:
        raise UsageError(f"a selector is empty; {_hint('', KEYS)}, or a glob")
    places, paths = _globs(word, "resource"), _globs(word, "path")

    def holds(finding: Finding, scope: Scope) -> bool:
        at_path = finding.path != "" and paths.matches(finding.path)
        return at_path or places.matches(*scope.addresses(finding.address))

    return Condition("", word, holds)


def _severity(value: str) -> Condition:
    name = _choice(value.removesuffix("+").lower(), [str(level) for level in Severity], "severity")
    level = Severity[name.upper()]
    if value.endswith("+"):
        return Condition("severity", value, lambda finding, _: finding.severity >= level)
    return Condition("severity", value, lambda finding, _: finding.severity == level)


def _choice(value: str, allowed: list[str], what: str) -> str:
    if value in allowed:
        return value
    raise UsageError(f"{value[:60]!r} is no {what}; {_hint(nearest(value, allowed), allowed)}")


def _globs(value: str, subject: Subject) -> Globs:
    try:
        return globs([value], subject)
    except GlobError as error:
        raise UsageError(f"{error}; {error.allowed}") from None


def _hint(near: str, allowed: Sequence[str]) -> str:
    said = f"one of {few(allowed)}" if len(allowed) != 1 else f"it is {allowed[0]}"
    return f"{said}; did you mean {near}?" if near else said
