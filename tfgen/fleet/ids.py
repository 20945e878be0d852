"""What is known of a target's deployment besides what AWS answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from tfgen.errors import UsageError
from tfgen.fleet.target import Target
from tfgen.kinds import user_pool
from tfgen.known import Known, variables_of
from tfgen.known_sources import from_outputs, from_state
from tfgen.resource import Address, State
from tfgen.spec.problems import few, nearest


def known_of(target: Target, desired: State) -> Known:
    """Ids and variables of a target: its own `pool_ids` and `vars` win over outputs, these over states.

    Files are read in the order written, a later one wins. Raises UsageError for a file that is
    something else, and for a pool or a variable that the specs do not have.
    """
    _check_names(target, desired)
    known = Known()
    _add(target.state, from_state, known, "state")
    _add(target.outputs, from_outputs, known, "outputs")
    known.variables |= target.vars
    for name, pool_id in target.pool_ids.items():
        address = Address(name, user_pool.TYPE)
        if address not in desired.resources:
            pools = sorted(one.module for one in desired.resources if one.kind == user_pool.TYPE)
            raise UsageError(
                f"pool_ids: the specs have no pool {name}; they have {', '.join(pools) or 'none'}"
            )
        known.ids[str(address)] = pool_id
    return known


def _check_names(target: Target, desired: State) -> None:
    """A variable that nothing uses is a slip, and what was meant would stay unknown.

    One of the defaults may be for other targets' specs, unless its name is nearly one that is missing.
    """
    if not target.vars:
        return
    used = variables_of(desired)
    for name in target.vars:
        if name in used:
            continue
        near = nearest(name, used - target.vars.keys())
        if near or name not in target.shared_vars:
            hint = f"did you mean {near}?" if near else f"they use {few(sorted(used)) or 'none'}"
            raise UsageError(f"vars: the specs use no variable {name}; {hint}")


def _add(files: Iterable[Path], add: Callable[[Any, Known], None], known: Known, member: str) -> None:
    for file in files:
        try:
            document = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as fault:
            raise UsageError(f"{member} {file}: {getattr(fault, 'strerror', None) or 'is no text'}") from None
        except json.JSONDecodeError as fault:
            # The text may hold secrets (a state does), so nothing of it is shown.
            at = f"line {fault.lineno}, column {fault.colno}"
            raise UsageError(f"{member} {file}: no JSON at {at}") from None
        try:
            add(document, known)
        except UsageError as fault:
            raise UsageError(f"{member} {file}: {str(fault).partition(': ')[2]}") from None
