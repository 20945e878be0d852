"""tfgen demo"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tfgen.cli.options import color_option

if TYPE_CHECKING:
    from tfgen.live.demo import Account
    from tfgen.resource import State
    from tfgen.spec import Spec

_STAGE = "prod"
_WIDTH = 80


@click.command("demo")
@color_option
def command(color: bool | None) -> None:
    """Show the whole job on an AWS emulator, without an AWS account.

    Renders a spec, makes its pool in an emulator inside this process, checks it,
    changes three live values behind the spec's back, and checks it again.
    Needs no Terraform; writes no file.

    \b
    pip install 'cognito-tfgen[demo]'
    tfgen demo

    Exit codes: 0 the demo ran, 1 an error.
    """
    from tfgen.explain.fixtures import fixture
    from tfgen.hcl.render import render
    from tfgen.kinds import lower
    from tfgen.live.demo import REGION, emulated
    from tfgen.spec import Options, load

    path = fixture("demo/spec.yml")
    if path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    spec = load([path], Options(stage=_STAGE, region=REGION))
    desired = lower(spec)
    with emulated() as account:
        _head("The spec", color)
        click.echo(path.read_text(encoding="utf-8"))
        _head(f"tfgen render spec.yml --stage {_STAGE} --region {REGION} -o infra", color)
        files = render(desired, sources=("spec.yml",), region=REGION)
        click.echo("\n".join(files))
        click.echo(f"\n{_pool(files)}")
        account.create(desired)
        _head(f"tfgen drift spec.yml --stage {_STAGE}: as it was made", color)
        _drift(spec, desired, account, color)
        _head("Somebody changes the live pool", color)
        click.echo("\n".join(f"- {said}" for said in account.change()) + "\n")
        _head(f"tfgen drift spec.yml --stage {_STAGE}: after that", color)
        _drift(spec, desired, account, color)


def _head(text: str, color: bool | None) -> None:
    click.secho(f"== {text} {'=' * (_WIDTH - 4 - len(text))}", bold=True, color=color)


def _pool(files: dict[str, str]) -> str:
    """The pool's own file: the one that a reviewer reads first."""
    return next(text for path, text in files.items() if Path(path).match("modules/*/main.tf"))


def _drift(spec: Spec, desired: State, account: Account, color: bool | None) -> None:
    from tfgen.drift import Policy, check
    from tfgen.known import Known
    from tfgen.live import connect, fetch
    from tfgen.report import drift as report

    known = Known()
    live = fetch(desired, known, connect(account.options))
    result = check(spec, desired, live, known)
    click.echo(report.render("text", result, Policy(), color=color))
