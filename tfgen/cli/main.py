"""The entry point: commands loaded when they are called, one handler for every fault."""

from __future__ import annotations

import importlib
import io
import os
import sys
from pathlib import Path
from typing import Any, Final

import click

from tfgen.cli import exit_codes
from tfgen.errors import SpecError, TfgenError

COMMANDS: Final = {
    "validate": "Check specs and say everything that is wrong with them.",
    "render": "Write the Terraform modules of a spec.",
    "drift": "Compare live user pools with their spec.",
    "explain": "Show what tfgen knows of a spec property or Terraform argument.",
    "schema": "Print the JSON Schema of the spec language.",
    "policy": "Print the least IAM policy that a drift check needs.",
    "init": "Write a commented starter spec.",
    "demo": "Show the whole job on an AWS emulator, without an AWS account.",
}
"""Command → its one line of help, so that `tfgen --help` imports none of them."""


class LazyGroup(click.Group):
    """Imports a command's module only when that command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All command names, in the order a user needs them."""
        del ctx
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"tfgen.cli.{cmd_name}")
        command: click.Command = module.command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Names the nearest command for a mistyped one."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            import difflib

            near = difflib.get_close_matches(name, COMMANDS, 1)
            hint = f" Did you mean {near[0]}?" if near else f" Commands: {', '.join(COMMANDS)}."
            ctx.fail(f"No such command {name!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands from the table above."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if not value or ctx.resilient_parsing:
        return
    from importlib.metadata import version

    click.echo(f"tfgen {version('cognito-tfgen')}")
    ctx.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.option(
    "--version", is_flag=True, callback=_version, expose_value=False, is_eager=True, help="Show the version."
)
def cli() -> None:
    """Cognito user pools from one spec: Terraform, drift checks and review.

    \b
    tfgen init > pools.yml                    a starter spec
    tfgen validate pools.yml                  everything that is wrong with it
    tfgen render pools.yml -o infra           Terraform modules
    tfgen drift pools.yml --region eu-west-1  live pools against the spec

    Exit codes: 0 clean, 1 error or not everything could be checked, 2 drift or
    change found, 130 interrupted.
    """


def main(args: list[str] | None = None) -> None:
    """Runs the command line and exits; never shows a traceback for a user's mistake."""
    _open_standard_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal or log that is not UTF-8 gets escapes, never a crash in the middle of a report.
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(args))


def _open_standard_streams() -> None:
    """Puts /dev/null where the caller closed a stream (`>&-`): Python has None for it, and the next
    file that is opened would get its number, and what other libraries print.
    """
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            mode = "w" if number else "r"
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - open until the end


def _told(fault: TfgenError) -> str:
    """A fault as text; the problems of a spec as `tfgen validate` prints them."""
    if not isinstance(fault, SpecError):
        return str(fault)
    from tfgen.report.problems import failures

    return "\n".join(failures(fault.problems))


def run(args: list[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    try:
        code: Any = cli.main(args=args, prog_name="tfgen", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as fault:
        fault.show()
        return exit_codes.ERROR
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return exit_codes.INTERRUPTED
    except TfgenError as fault:
        from tfgen.hidden import visible

        # It may quote a spec, a file name or an answer of AWS: nothing of it may steer a terminal.
        click.echo(visible(_told(fault), lines=True), err=True)
        return exit_codes.ERROR
    except BrokenPipeError:
        # Whoever read the output went away (`| head`): nothing more to say, to nobody.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return exit_codes.ERROR
    except OSError as fault:
        click.echo(f"{fault.filename or 'output'}: {fault.strerror or fault}", err=True)
        return exit_codes.ERROR
    return code if isinstance(code, int) else exit_codes.CLEAN
