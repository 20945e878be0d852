"""Findings made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import strategies as st

from tfgen.drift.declared import outline
from tfgen.finding import Finding, Result, Status
from tfgen.kinds import KINDS
from tfgen.kinds.field import Severity, Type
from tfgen.resource import Address

POOL, CLIENT = "aws_cognito_user_pool", "aws_cognito_user_pool_client"
CANARY = "canary-5up3r-s3cr3t"


def finding(path: str = "", status: Status | None = None, **given: Any) -> Finding:
    """A declared difference of the pool `members`, or what `given` says."""
    module, kind = given.pop("module", "members"), given.pop("kind", POOL)
    return Finding(
        status=status or (Status.MODIFIED if path else Status.DELETED),
        address=given.pop("address", Address(module, kind, given.pop("label", "this"))),
        path=path,
        severity=given.pop("severity", Severity.MEDIUM),
        **given,
    )


def result(*findings: Finding, **given: Any) -> Result:
    return Result(findings=sorted(findings, key=lambda item: item.sort_key), **given)


def looked(given: Result, *, this: dict[str, Any] | None = None, live: str = "") -> Result:
    """`given`, of a pool `members` that is there, whose spec says the arguments `this`.

    `live`: the label of a live app client that is the spec's `web`.
    """
    pool, web = Address("members", POOL), Address("members", CLIENT, "web")
    values = {"name": "members"} | (this or {})
    found = [(pool, "pool-1", values), *([(web, live, {"name": "web"})] if live else [])]
    return replace(
        given,
        compared=[address for address, _, _ in found],
        labels=[label for _, label, _ in found],
        declared=[outline(said) for _, _, said in found],
        absent=[] if live else [web],
    )


def key(item: Finding) -> tuple[Any, ...]:
    """What a finding is about."""
    return item.address, item.path, item.status


def _paths() -> list[tuple[str, str]]:
    """Every argument of every kind as a finding names it: kind and path."""
    found = []
    for kind in KINDS.values():
        for path, _ in kind.walk():
            shown, fields = "", kind.by_name
            for name in path.split("."):
                field, fields = fields[name], fields[name].by_name
                shown += f".{name}" if shown else name
                if field.type in (Type.BLOCKS, Type.MAP):
                    shown += '["KEY"]'
            found.append((kind.type, shown))
    return found


PATHS = _paths()
keys = st.text(st.characters(exclude_characters='"]', exclude_categories=["Cs", "Cc"]), max_size=8)
modules = st.sampled_from(["members", "staff", "gate"])
labels = st.sampled_from(["this", "web", "4a8b2c", "auth.example.com"])


arguments = st.dictionaries(st.sampled_from(["name", "callback_urls"]), st.text(max_size=5))


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """Any finding that a comparison could make."""
    kind, path = draw(st.sampled_from(PATHS))
    status = draw(st.sampled_from(Status))
    whole = status in (Status.DELETED, Status.UNMANAGED) or draw(st.booleans())
    shown = "" if whole and status is not Status.MODIFIED else path.replace("KEY", draw(keys))
    return Finding(
        status=status,
        address=Address(draw(modules), kind, draw(labels)),
        path=shown,
        severity=draw(st.sampled_from(Severity)),
        live=draw(st.none() | st.text(max_size=5) | st.booleans() | st.frozensets(st.text(max_size=3))),
        declared=status is not Status.UNMANAGED and draw(st.booleans()),
        arguments=draw(arguments) if status is Status.UNMANAGED else {},
    )


results = st.lists(findings(), max_size=12, unique_by=key).map(lambda items: result(*items))
