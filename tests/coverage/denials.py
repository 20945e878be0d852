"""Every read call refused, one at a time, and what a drift run says then."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.coverage.account import ALONE, SPEC, Deployment, operations
from tests.coverage.mutations import NotCoveredError
from tests.live.cloud import Account
from tfgen.cli import exit_codes
from tfgen.finding import Status
from tfgen.kinds import KINDS
from tfgen.kinds.field import Source
from tfgen.live import operations as listed
from tfgen.live.trail import LOOKUP

SETTINGS: Final[dict[str, str]] = {
    listed.FUNCTION_EXISTS.operation: "where a function has no policy",
    listed.WHO_AM_I.operation: "where the spec has no pool",
}
"""The calls that only some runs make."""


@dataclass(frozen=True, slots=True)
class Denial:
    """One refused call; `lost`: Terraform address → the paths that were not checked, "" for all."""

    source: Source
    code: int
    lost: dict[str, tuple[str, ...]]


def denials() -> list[Denial]:
    """Of every call, in the order of the tables. Raises NotCoveredError.

    The same run is clean when nothing is refused.
    """
    with Account() as server, tempfile.TemporaryDirectory() as folder:
        done: dict[str, Denial] = {}
        for name, text, without_policy in (
            ("whole", SPEC, False),
            ("no-policy", SPEC, True),
            ("no-pool", ALONE, False),
        ):
            here = Path(folder) / name
            here.mkdir()
            deployment = Deployment(server, here, text)
            deployment.without_policy = without_policy
            for denial in _refused(deployment):
                done.setdefault(denial.source.operation, denial)
    missing = [source.operation for source in operations() if source.operation not in done]
    if missing:
        raise NotCoveredError(f"no run makes the calls {missing}")
    return [done[source.operation] for source in operations()]


def _refused(deployment: Deployment) -> Iterator[Denial]:
    """The calls that this deployment takes, each refused once."""
    code, before = deployment.drift()
    if code == exit_codes.ERROR or any(item["status"] == Status.NOT_CHECKED.value for item in before):
        raise NotCoveredError(f"not clean although nothing is refused: {before}")
    called = deployment.called
    for source in operations():
        if source.operation in called or listed.called(source) in called:
            yield _judged(source, *deployment.drift(source), before)


def _judged(source: Source, code: int, found: list[dict[str, Any]], before: list[dict[str, Any]]) -> Denial:
    lost: dict[str, list[str]] = {}
    for item in found:
        if item["status"] == Status.NOT_CHECKED.value:
            lost.setdefault(item["resource"], []).append(item["path"])
        elif not any(_same(item, other) for other in before):
            raise NotCoveredError(f"{source.operation} refused is told as {item}")
    said = any(f"allow the IAM action {source.action}" in item["reason"] for item in found)
    if code != exit_codes.ERROR or not lost or not (said or source is listed.WHO_AM_I):
        raise NotCoveredError(f"{source.operation} refused: exit code {code}, {found}")
    return Denial(source, code, {address: tuple(paths) for address, paths in sorted(lost.items())})


def _same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(one[key] == other[key] for key in ("status", "resource", "path"))


def blame_refused() -> int:
    """The exit code of a run with drift whose `--blame` is refused. Raises NotCoveredError.

    The writes of every finding must say so, and the code must be that of the same run without it.
    """
    with Account() as server, tempfile.TemporaryDirectory() as folder:
        deployment = Deployment(server, Path(folder))
        deployment.without_policy = True
        before, _ = deployment.drift()
        code, found = deployment.drift(LOOKUP, "--blame")
    said = f"NOT_CHECKED: LookupEvents is refused: allow the IAM action {LOOKUP.action}"
    if code != before or not found or not all(item["writes"][0].startswith(said) for item in found):
        raise NotCoveredError(f"--blame refused: exit code {code}, {found}")
    return code


def kind_of(address: str) -> str:
    """`aws_cognito_user_pool` of `module.people.aws_cognito_user_pool.this`."""
    return next(part for part in address.split(".") if part in KINDS)


def compressed(kind: str, paths: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """("all", ()), ("all but", the others) or ("", these), whatever is shortest."""
    if paths == ("",):
        return "all", ()
    walked = [path for path, field in KINDS[kind].walk() if not field.is_block and field.answered]
    others = tuple(path for path in walked if not _covered(path, paths))
    if len(others) < len(paths):
        return ("all but", others) if others else ("all", ())
    return "", tuple(sorted(paths))


def _covered(path: str, paths: tuple[str, ...]) -> bool:
    return any(path == other or path.startswith(f"{other}.") for other in paths)
