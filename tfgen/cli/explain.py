"""tfgen explain"""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tfgen.cli.options import format_option
from tfgen.errors import UsageError

if TYPE_CHECKING:
    from tfgen.explain.lookup import Named


def _complete(_: click.Context, __: click.Parameter, begun: str) -> list[str]:
    """Properties, and Terraform arguments by their short names, for the shell."""
    from tfgen.explain.arguments import arguments
    from tfgen.explain.language import properties

    names = [found.path for found in properties()] + [found.short for found in arguments()]
    return [name for name in names if name.startswith(begun)]


@click.command("explain")
@click.argument("path", required=False, shell_complete=_complete)
@click.option("--rules", is_flag=True, help="List the known AWS behaviours that are no drift.")
@format_option("text", "json")
def command(path: str | None, rules: bool, form: str) -> None:
    """Show what tfgen knows of a spec property or Terraform argument.

    PATH is a property of the spec, a Terraform argument, a CloudFormation
    property, a path in AWS's answer, a public control, a rule or a check
    across resources, as a drift report prints it.
    Without PATH: all properties of the spec.

    \b
    tfgen explain passwordPolicy.minimumLength
    tfgen explain user_pool.password_policy
    tfgen explain UserPool.Policies.PasswordPolicy.MinimumLength
    tfgen explain Cognito.5
    tfgen explain --rules
    """
    from tfgen.explain import show
    from tfgen.explain.lookup import look_up

    if rules and path is not None:
        raise UsageError("--rules lists all rules; it goes without PATH")
    if rules:
        text = show.rules(form)
    else:
        text = show.overview(form) if path is None else show.topic(form, look_up(path, _checks(path)))
    click.echo(text, nl=False)


def _checks(word: str) -> list[Named]:
    """The checks across resources, where the word may name one."""
    if "-" not in word:
        return []
    from tfgen.drift.cross import CHECKS
    from tfgen.explain.lookup import Named

    return [
        Named(
            "check",
            one.id,
            f"Finds {one.doc}.",
            {"then": one.why, "severity": str(one.severity), "source": one.source},
        )
        for one in CHECKS
    ]
