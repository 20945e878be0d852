"""`--accept` beside `--fleet` is refused: what to run instead."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Sequence
from pathlib import Path

from tfgen.errors import UsageError
from tfgen.fleet import Fleet, Target, load_fleet

_HIDDEN = "…"
"""Stands for what may be a secret, and came from the environment as likely as not."""


def refused(file: Path, patterns: Sequence[str], paths: Sequence[str]) -> UsageError:
    """The error: with the whole command for one target where one was chosen.

    Raises SpecError with all problems of the file, UsageError for a target that is not there.
    """
    fleet = load_fleet(file, os.environ)
    targets = fleet.select(patterns)
    lead = "--accept cannot stand beside --fleet: targets share specs, and an edit for one is an edit for all"
    if len(targets) != 1:
        names = "--target NAME"
        return UsageError(f"{lead}. Choose one with {names} to see the command that does it for that one")
    (target,) = targets
    said = [f"{lead}. Run", f"  {shlex.join(_command(target, paths))}"]
    others = [one.name for one in _sharing(fleet, target)]
    if others:
        some = ", ".join(others[:5]) + (f" and {len(others) - 5} more" if len(others) > 5 else "")
        said.append(f"It edits the spec of {some} too")
    return UsageError("\n".join(said))


def _sharing(fleet: Fleet, target: Target) -> Iterator[Target]:
    specs = set(target.specs)
    return (one for one in fleet.targets if one.name != target.name and specs & set(one.specs))


def _command(target: Target, paths: Sequence[str]) -> list[str]:
    """`tfgen drift` for what a target is, as one deployment."""
    single = {
        "--stage": target.stage,
        "--service-name": target.service_name,
        "--region": target.region,
        "--profile": target.profile,
        "--role-arn": target.role_arn,
        "--external-id": target.external_id and _HIDDEN,
        "--endpoint-url": target.endpoint_url,
    }
    words = ["tfgen", "drift", *map(str, target.specs)]
    for option, value in single.items():
        words += [option, value] if value is not None else []
    for option, files in (("--outputs", target.outputs), ("--state", target.state)):
        if files:  # one deployment has one of them
            words += [option, str(files[0]) if len(files) == 1 else _HIDDEN]
    words += [word for name, pool in target.pool_ids.items() for word in ("--pool-id", f"{name}={pool}")]
    words += [word for name in target.vars for word in ("--var", f"{name}={_HIDDEN}")]
    words += [word for name in target.args for word in ("--arg", f"{name}={_HIDDEN}")]
    return words + [word for path in paths for word in ("--accept", path)]
