"""Options of commands that look at AWS, and where ids come from."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tfgen.cli.options import Command, Sources, pairs
from tfgen.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection

    from tfgen.known import Known
    from tfgen.resource import State
    from tfgen.spec import Spec

_NAMED = 20


def aws_options(command: Command) -> Command:
    """How to reach AWS; goes below `spec_options`. The command gets `aws`, with the region of `--region`."""

    @click.option("--profile", help="AWS profile.")
    @click.option("--role-arn", help="Role to assume.")
    @click.option("--external-id", help="External id of that role.")
    @click.option("--endpoint-url", help="Another endpoint than AWS's, e.g. an emulator.")
    @wraps(command)
    def with_aws(
        profile: str | None,
        role_arn: str | None,
        external_id: str | None,
        endpoint_url: str | None,
        sources: Sources,
        **rest: Any,
    ) -> Any:
        from tfgen.live import AwsOptions

        aws = AwsOptions(
            region=sources.region,
            profile=profile,
            role_arn=role_arn,
            external_id=external_id,
            endpoint_url=endpoint_url,
        )
        return command(aws=aws, sources=sources, **rest)

    return with_aws


@dataclass(frozen=True, slots=True)
class KnownSources:
    """Where ids and variables come from that somebody already knows."""

    pool_ids: dict[str, str]
    outputs: str | None
    state: str | None
    variables: dict[str, str]

    def read(self, spec: Spec, desired: State) -> Known:
        """What is known of this spec's deployment; the command line wins over outputs, these over a state.

        Raises UsageError for files that are something else, and for a pool or a variable that the spec
        does not have.
        """
        from tfgen.kinds import user_pool
        from tfgen.known import Known
        from tfgen.known_sources import from_outputs, from_state
        from tfgen.resource import Address

        self._check_names(spec, desired)
        known = Known()
        if self.state is not None:
            from_state(_json(self.state, "--state"), known)
        if self.outputs is not None:
            from_outputs(_json(self.outputs, "--outputs"), known)
        known.variables |= self.variables
        for name, pool_id in self.pool_ids.items():
            known.ids[str(Address(name, user_pool.TYPE))] = pool_id
        return known

    def _check_names(self, spec: Spec, desired: State) -> None:
        """A name that the spec does not have is a typo, and what was meant would stay unknown."""
        for name in self.pool_ids:
            if name not in spec.pools:
                said = _other(name, spec.pools, "it has")
                raise UsageError(f"--pool-id {name}: the spec has no pool of this name; {said}")
        if not self.variables:
            return
        from tfgen.known import variables_of

        used = variables_of(desired)
        for name in self.variables:
            if name not in used:
                said = _other(name, used, "it uses")
                raise UsageError(f"--var {name}: the spec uses no variable of this name; {said}")


def known_options(command: Command) -> Command:
    """Ids and variables that somebody already knows; goes below `spec_options`, the command gets `known`."""

    @click.option(
        "--pool-id",
        "pool_ids",
        multiple=True,
        metavar="NAME=ID",
        help="Id of the pool that the spec calls NAME.",
    )
    @click.option("--outputs", metavar="FILE|-", help="Output of `terraform output -json tfgen`.")
    @click.option("--state", metavar="FILE|-", help="Terraform state, or output of `terraform show -json`.")
    @click.option(
        "--var",
        "variables",
        multiple=True,
        metavar="NAME=VALUE",
        help="Value of a Terraform variable (map.key=VALUE).",
    )
    @wraps(command)
    def with_known(
        pool_ids: tuple[str, ...],
        outputs: str | None,
        state: str | None,
        variables: tuple[str, ...],
        sources: Sources,
        **rest: Any,
    ) -> Any:
        if [state, outputs, *map(str, sources.paths)].count("-") > 1:
            raise UsageError("- stands for standard input, which can be read only once")
        known = KnownSources(pairs(pool_ids, "--pool-id"), outputs, state, pairs(variables, "--var"))
        return command(known=known, sources=sources, **rest)

    return with_known


def _other(name: str, names: Collection[str], lead: str) -> str:
    """The name that was meant, if one is near, or those that there are."""
    from tfgen.spec.problems import nearest

    near = nearest(name, names)
    if near:
        return f"did you mean {near}?"
    rest = len(names) - _NAMED
    more = f" and {rest} more" if rest > 0 else ""
    return f"{lead} {', '.join(sorted(names)[:_NAMED]) or 'none'}{more}"


def _json(source: str, option: str) -> Any:
    """JSON of a file or of stdin ("-"); raises UsageError when there is none."""
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(f"{option} {source}: {getattr(fault, 'strerror', None) or fault}") from None
    try:
        return json.loads(text)
    except json.JSONDecodeError as fault:
        # The text may hold secrets (a state does), so nothing of it is shown.
        raise UsageError(f"{option} {source}: no JSON at line {fault.lineno}, column {fault.colno}") from None
