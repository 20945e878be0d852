"""Options that several commands share, and what they turn into."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tfgen.errors import UsageError

if TYPE_CHECKING:
    from tfgen.errors import Problem
    from tfgen.spec import Options, Spec

Command = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Sources:
    """The specs of a command line, and what their directives need."""

    paths: tuple[Path, ...]
    stage: str | None
    service_name: str | None
    region: str | None
    args: dict[str, str]
    verbose: bool
    quiet: bool

    def options(self) -> Options:
        """What the spec's directives and names are made with."""
        from tfgen.spec import Options

        return Options(stage=self.stage, service_name=self.service_name, region=self.region, args=self.args)

    def load(self) -> Spec:
        """One valid spec of all files; raises SpecError with all that is wrong with them."""
        from tfgen.spec import load

        if self.paths.count(Path("-")) > 1:
            raise UsageError("- stands for standard input, which can be read only once")
        return load(self.paths, self.options())

    def spec(self) -> Spec:
        """As `load`; says warnings, and with -v what was tolerated, on stderr."""
        from tfgen.errors import SpecError

        try:
            spec = self.load()
        except SpecError as fault:
            self.tell("warning", fault.warnings)
            raise
        self.tell("warning", spec.warnings)
        if self.verbose:
            self.tell("note", spec.notices)
        return spec

    def tell(self, kind: str, problems: Sequence[Problem]) -> None:
        """What is no error (`kind`: warning, note) on stderr, a line each; nothing with -q."""
        if problems and not self.quiet:
            from tfgen.report.problems import remarks

            for line in remarks(kind, problems, every=self.verbose):
                self.say(line)

    def say(self, text: str) -> None:
        """One line on stderr, without anything that steers a terminal; nothing with -q."""
        from tfgen.hidden import visible

        if not self.quiet:
            click.echo(visible(text), err=True)


def spec_options(command: Command, *, required: bool = True) -> Command:
    """The specs and what their directives need; the command gets `sources`."""

    @click.argument("specs", nargs=-1, required=required, type=click.Path(path_type=Path, allow_dash=True))
    @click.option("--stage", help="Stage name: part of names, and the value of $Stage().")
    @click.option("--service-name", help="Service name: part of names; overrides the spec's serviceName.")
    @click.option("--region", help="AWS region, and the value of $Region().")
    @click.option("--arg", "args", multiple=True, metavar="NAME=VALUE", help="Value of $CliArgs('NAME').")
    @click.option("-v", "--verbose", is_flag=True, help="Also say what was tolerated and ignored.")
    @click.option("-q", "--quiet", is_flag=True, help="Say nothing but results and errors.")
    @wraps(command)
    def with_sources(
        specs: tuple[Path, ...],
        stage: str | None,
        service_name: str | None,
        region: str | None,
        args: tuple[str, ...],
        verbose: bool,
        quiet: bool,
        **rest: Any,
    ) -> Any:
        sources = Sources(specs, stage, service_name, region, pairs(args, "--arg"), verbose, quiet)
        return command(sources=sources, **rest)

    return with_sources


def pairs(given: tuple[str, ...], option: str) -> dict[str, str]:
    """`NAME=VALUE` options as a dict; raises UsageError for one without `=` and for one given twice."""
    done: dict[str, str] = {}
    for item in given:
        name, equals, value = item.partition("=")
        if not name or not equals:
            # The value may be a secret (`--var password` with the name forgotten), so it is not shown.
            raise UsageError(f"{option}: write it as NAME=VALUE")
        if name in done:
            raise UsageError(f"{option} {name} is given twice")
        done[name] = value
    return done


def format_option(*formats: str) -> Callable[[Command], Command]:
    """`--format`, the first one being the default; the command gets `form`."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="Report format.",
    )


def color_option(command: Command) -> Command:
    """`--no-color`; the command gets `color`: False, or None to let the terminal decide.

    Any value of the environment variable NO_COLOR but the empty one counts (https://no-color.org).
    """

    @click.option("--no-color", is_flag=True, help="Plain text; NO_COLOR in the environment too.")
    @wraps(command)
    def with_color(no_color: bool, **rest: Any) -> Any:
        return command(color=False if no_color or os.environ.get("NO_COLOR") else None, **rest)

    return with_color
