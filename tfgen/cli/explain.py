"""tfgen explain"""

from __future__ import annotations

import click

from tfgen.cli.options import format_option
from tfgen.errors import UsageError


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
    property or a path in AWS's answer, also as a drift report prints it.
    Without PATH: all properties of the spec.

    \b
    tfgen explain passwordPolicy.minimumLength
    tfgen explain user_pool.password_policy
    tfgen explain UserPool.Policies.PasswordPolicy.MinimumLength
    tfgen explain --rules
    """
    from tfgen.explain import show
    from tfgen.explain.lookup import look_up

    if rules and path is not None:
        raise UsageError("--rules lists all rules; it goes without PATH")
    if rules:
        text = show.rules(form)
    else:
        text = show.overview(form) if path is None else show.topic(form, look_up(path))
    click.echo(text, nl=False)
