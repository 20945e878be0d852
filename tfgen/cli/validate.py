"""tfgen validate"""

from __future__ import annotations

from pathlib import Path

import click

from tfgen.cli import exit_codes
from tfgen.cli.options import format_option, pairs


@click.command("validate")
@click.argument("specs", nargs=-1, required=True, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--stage", help="Stage name: part of names, and the value of $Stage().")
@click.option("--service-name", help="Service name: part of names; overrides the spec's serviceName.")
@click.option("--region", help="AWS region, and the value of $Region().")
@click.option("--arg", "args", multiple=True, metavar="NAME=VALUE", help="Value of $CliArgs('NAME').")
@click.option("-v", "--verbose", is_flag=True, help="Also say what was tolerated and ignored.")
@click.option("-q", "--quiet", is_flag=True, help="Say errors only.")
@format_option("text", "json")
def command(
    specs: tuple[Path, ...],
    stage: str | None,
    service_name: str | None,
    region: str | None,
    args: tuple[str, ...],
    verbose: bool,
    quiet: bool,
    form: str,
) -> int:
    """Check specs and say everything that is wrong with them.

    \b
    tfgen validate pools.yml
    tfgen validate pools.yml api.yml --stage prod --format json
    """
    from tfgen.errors import SpecError
    from tfgen.kinds import lower
    from tfgen.report import problems
    from tfgen.spec import Options, load

    options = Options(stage=stage, service_name=service_name, region=region, args=pairs(args, "--arg"))
    try:
        spec = load(specs, options)
        lower(spec)
        errors, warnings = (), () if quiet else spec.warnings
        notices = spec.notices if verbose else ()
    except SpecError as fault:
        errors, warnings, notices = fault.problems, (), ()
    click.echo(problems.render(form, errors, warnings, notices, [str(path) for path in specs]), nl=False)
    return exit_codes.ERROR if errors else exit_codes.CLEAN
