"""`tfgen drift --fleet FILE`: many deployments in one run, and its own options."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from tfgen.errors import UsageError

if TYPE_CHECKING:
    from tfgen.cli.fleet_run import FleetRun
    from tfgen.cli.options import Command, Sources


_OF_ONE_DEPLOYMENT = frozenset(
    {
        "specs", "stage", "service_name", "region", "args", "pool_ids", "outputs", "state", "variables",
        "profile", "role_arn", "external_id", "endpoint_url",
    }
)  # fmt: skip
"""Parameters of `tfgen drift` that a fleet's targets have of their own."""


@dataclass(frozen=True, slots=True)
class FleetOptions:
    """`file`: None for a run over one deployment."""

    file: Path | None
    targets: tuple[str, ...]
    resume: bool
    discover: bool
    dask: str | None

    def check_alone(self) -> None:
        """Raises UsageError for the options of a fleet without `--fleet`."""
        given = {
            "--target": self.targets,
            "--resume": self.resume,
            "--discover": self.discover,
            "--dask": self.dask,
        }
        for option, value in given.items():
            if value:
                raise UsageError(f"{option} goes with --fleet FILE")

    def check_with(self, context: click.Context) -> None:
        """Raises UsageError for options of one deployment beside `--fleet`: its file has them by target.

        Where it is `--accept`, the error says what to run instead.
        """
        from tfgen.cli.fleet_accept import refused

        given = [
            option.opts[-1]
            for option in context.command.params
            if option.name in _OF_ONE_DEPLOYMENT
            and context.get_parameter_source(option.name) is ParameterSource.COMMANDLINE
            and context.params.get(option.name) != ()  # click 8.2 says so of no arguments at all
        ]
        if given:
            raise UsageError(
                f"{', '.join(given)} cannot stand beside --fleet: its file has them, target by target"
            )
        if context.params.get("paths") and self.file is not None:
            raise refused(self.file, self.targets, context.params["paths"])

    def run(self, sources: Sources, *, blame: bool) -> FleetRun:
        """The run over the fleet, not begun."""
        from tfgen.cli.fleet_run import FleetRun

        assert self.file is not None  # noqa: S101 - for mypy
        return FleetRun(
            self.file,
            self.targets,
            sources,
            dask=self.dask,
            resume=self.resume,
            discover=self.discover,
            blame=blame,
        )


def fleet_option(command: Command) -> Command:
    """`--fleet` and what goes with it; the command gets `fleet`."""

    @click.option(
        "--fleet",
        "file",
        type=click.Path(path_type=Path, dir_okay=False),
        help="File of many deployments, instead of specs.",
    )
    @click.option(
        "--target", "targets", multiple=True, metavar="GLOB", help="Only these targets of the fleet."
    )
    @click.option("--resume", is_flag=True, help="Go on with an interrupted fleet run.")
    @click.option("--discover", is_flag=True, help="Also report user pools that no spec of the fleet covers.")
    @click.option("--dask", metavar="ADDRESS", help="Run the fleet on the Dask scheduler at this address.")
    @wraps(command)
    def with_fleet(
        file: Path | None,
        targets: tuple[str, ...],
        resume: bool,
        discover: bool,
        dask: str | None,
        **rest: Any,
    ) -> Any:
        return command(fleet=FleetOptions(file, targets, resume, discover, dask), **rest)

    return with_fleet
