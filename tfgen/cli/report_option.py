"""`--report FORMAT[=FILE]`: several reports of one run."""

from __future__ import annotations

import difflib
import os
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from tfgen.errors import UsageError
from tfgen.report.drift import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tfgen.cli.options import Command
    from tfgen.report.output import Target


_STDOUT: Final = ("-", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1")
_READ: Final = ("specs", "outputs", "state", "ignore", "baseline", "record", "history", "file")
"""Parameters of `tfgen drift` that name files: none of them may be written over with a report."""


def report_option(command: Command) -> Command:
    """`--report`, to be put above `format_option`; the command gets `reports`, with `--format`'s among them.

    A report on standard output takes the place of what `--format` gives by default.
    """

    @click.option(
        "--report",
        "reports",
        multiple=True,
        metavar="FORMAT[=FILE]",
        callback=_targets,
        shell_complete=_complete,
        help="Write a report to FILE, or instead of --format's to standard output; may be given several "
        f"times. Formats: {', '.join(FORMATS)}.",
    )
    @wraps(command)
    def with_reports(reports: tuple[Target, ...], form: str, **rest: Any) -> Any:
        return command(reports=_all(reports, form), **rest)

    return with_reports


def _targets(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[Target, ...]:
    return tuple(_target(value, ctx, param) for value in values)


def _target(value: str, ctx: click.Context, param: click.Parameter) -> Target:
    """`FORMAT`, `FORMAT=-` or `FORMAT=FILE`; what could only fail after all of AWS was read fails at once."""
    from tfgen.report.output import Target

    def wrong(text: str) -> click.BadParameter:
        return click.BadParameter(text, ctx, param)

    form, equals, name = value.partition("=")
    if form not in FORMATS:
        near = difflib.get_close_matches(form, FORMATS, 1)
        hint = f" Did you mean {near[0]}?" if near else f" Formats: {', '.join(FORMATS)}."
        raise wrong(f"no such format {form!r}.{hint}")
    if not equals or name in _STDOUT:
        return Target(form)
    file = Path(name)
    if not name:
        raise wrong(f"{form}= lacks its file; without = it goes to standard output")
    if file.is_dir() or name.endswith(("/", os.sep)):
        raise wrong(f"{name} is a folder; name a file in it")
    if not file.parent.is_dir():
        raise wrong(f"{file.parent} is not a folder, so {file.name} cannot be written there")
    if not os.access(file.parent, os.W_OK) and not file.exists():
        raise wrong(f"{file.parent} may not be written to")
    return Target(form, file)


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Format names, with what each is for; the shell's own file names behind the `=`."""
    del ctx, param
    form, equals, name = incomplete.partition("=")
    if equals:
        return [CompletionItem(name, type="file", prefix=f"{form}=")]
    return [CompletionItem(name, help=text) for name, text in FORMATS.items() if name.startswith(form)]


def _all(reports: tuple[Target, ...], form: str) -> tuple[Target, ...]:
    """All reports of the run; raises UsageError where two would go to one place."""
    from tfgen.report.output import Target

    on_stdout = [f"--report {target.form}" for target in reports if target.file is None]
    if click.get_current_context().get_parameter_source("form") is ParameterSource.COMMANDLINE:
        on_stdout.append(f"--format {form}")
    if len(on_stdout) > 1:
        raise UsageError(
            f"{' and '.join(on_stdout)} would go to standard output together: "
            "give one of them a file, --report FORMAT=FILE"
        )
    files = [target.file.resolve() for target in reports if target.file is not None]
    others = {file.resolve() for file in _others()}
    for file in files:
        if files.count(file) > 1:
            raise UsageError(f"two reports would be written to {file}")
        if file in others:
            raise UsageError(f"a report would be written over {file}, which this run reads or writes itself")
    return reports if any(target.file is None for target in reports) else (*reports, Target(form))


def _others() -> Iterator[Path]:
    """The other files of the command line."""
    given = click.get_current_context().params
    for name in _READ:
        value = given.get(name)
        for file in value if isinstance(value, tuple) else (value,):
            if file is not None and str(file) != "-":
                yield Path(file)
