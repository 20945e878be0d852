"""Options that several commands share, and what they turn into."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tfgen.errors import UsageError

if TYPE_CHECKING:
    from tfgen.spec import Spec

Command = Callable[..., Any]


def spec_options(command: Command) -> Command:
    """The specs and what their directives need; the command gets one valid `spec`."""

    @click.argument("specs", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
    @click.option("--stage", help="Stage name: part of names, and the value of $Stage().")
    @click.option("--service-name", help="Service name: part of names; overrides the spec's serviceName.")
    @click.option("--region", help="AWS region, and the value of $Region().")
    @click.option("--arg", "args", multiple=True, metavar="NAME=VALUE", help="Value of $CliArgs('NAME').")
    @click.option("-v", "--verbose", is_flag=True, help="Also say what was tolerated and ignored.")
    @click.option("-q", "--quiet", is_flag=True, help="Say nothing but results and errors.")
    @wraps(command)
    def with_spec(
        specs: tuple[Path, ...],
        stage: str | None,
        service_name: str | None,
        args: tuple[str, ...],
        verbose: bool,
        quiet: bool,
        region: str | None,
        **rest: Any,
    ) -> Any:
        from tfgen.spec import Options, load

        options = Options(stage=stage, service_name=service_name, region=region, args=pairs(args, "--arg"))
        spec = load(specs, options)
        say(spec, verbose=verbose, quiet=quiet)
        return command(spec=spec, region=region, **rest)

    return with_spec


def say(spec: Spec, *, verbose: bool, quiet: bool) -> None:
    """Warnings of a valid spec, and with -v what was tolerated, on stderr."""
    if quiet:
        return
    for problem in spec.warnings:
        click.echo(f"warning: {problem}", err=True)
    for problem in spec.notices if verbose else ():
        click.echo(f"note: {problem}", err=True)


def pairs(given: tuple[str, ...], option: str) -> dict[str, str]:
    """`NAME=VALUE` options as a dict; raises UsageError for one without `=`."""
    done: dict[str, str] = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not name or not equals:
            raise UsageError(f"{option} {item}: write it as NAME=VALUE")
        done[name] = value
    return done


def format_option(*formats: str) -> Callable[[Command], Command]:
    """`--format`, the first one being the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="Report format.",
    )
