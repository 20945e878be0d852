"""`--report FORMAT[=FILE]`: several reports of one run."""

from __future__ import annotations

import difflib
import os
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource
from click.shell_completion import CompletionItem

from tfgen.errors import UsageError
from tfgen.report.drift import FORMATS

if TYPE_CHECKING:
    from tfgen.cli.options import Command
    from tfgen.report.output import Target


class ReportType(click.ParamType):
    """`FORMAT`, `FORMAT=-` or `FORMAT=FILE`."""

    name = "FORMAT[=FILE]"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Target:
        """The target; fails at once for what could only fail after all of AWS was read."""
        from tfgen.report.output import Target

        form, equals, name = str(value).partition("=")
        if form not in FORMATS:
            near = difflib.get_close_matches(form, FORMATS, 1)
            hint = f" Did you mean {near[0]}?" if near else f" Formats: {', '.join(FORMATS)}."
            self.fail(f"no such format {form!r}.{hint}", param, ctx)
        if not equals or name == "-":
            return Target(form)
        if not name:
            self.fail(f"{form}= lacks its file; without = it goes to standard output", param, ctx)
        file = Path(name)
        if file.is_dir() or name.endswith(("/", os.sep)):
            self.fail(f"{name} is a folder; name a file in it", param, ctx)
        if not file.parent.is_dir():
            self.fail(f"{file.parent} is not a folder, so {file.name} cannot be written there", param, ctx)
        return Target(form, file)

    def shell_complete(
        self, ctx: click.Context, param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Format names, with what each is for; the shell's own file names behind the `=`."""
        del ctx, param
        form, equals, name = incomplete.partition("=")
        if equals:
            return [CompletionItem(name, type="file", prefix=f"{form}=")]
        return [CompletionItem(form, help=text) for form, text in FORMATS.items() if form.startswith(incomplete)]


def report_option(command: Command) -> Command:
    """`--report`; the command gets `reports`, and `form` None when one of them takes standard output.

    To be put above `format_option`, whose `form` it looks at.
    """

    @click.option(
        "--report",
        "reports",
        multiple=True,
        type=ReportType(),
        help=f"Also write a report, to FILE or (once) to standard output instead of --format's: "
        f"{', '.join(FORMATS)}. Repeatable.",
    )
    @wraps(command)
    def with_reports(reports: tuple[Target, ...], form: str, **rest: Any) -> Any:
        _no_clash(reports)
        return command(reports=reports, form=form, **rest)

    return with_reports


def _no_clash(reports: tuple[Target, ...]) -> None:
    """Raises UsageError where two reports would go to one place."""
    on_stdout = [f"--report {target.form}" for target in reports if target.file is None]
    source = click.get_current_context().get_parameter_source("form")
    if on_stdout and source is ParameterSource.COMMANDLINE:
        on_stdout.append("--format")
    if len(on_stdout) > 1:
        raise UsageError(
            f"{' and '.join(on_stdout)} would both go to standard output: give one of them a file, "
            "--report FORMAT=FILE"
        )
    files = [target.file.resolve() for target in reports if target.file is not None]
    for file in files:
        if files.count(file) > 1:
            raise UsageError(f"two reports would be written to {file}")
