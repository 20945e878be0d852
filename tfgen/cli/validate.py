"""tfgen validate"""

from __future__ import annotations

import click

from tfgen.cli import exit_codes
from tfgen.cli.options import Sources, format_option, spec_options


@click.command("validate")
@spec_options
@format_option("text", "json")
def command(sources: Sources, form: str) -> int:
    """Check specs and say everything that is wrong with them.

    \b
    tfgen validate pools.yml
    tfgen validate pools.yml api.yml --stage prod --format json
    cat pools.yml | tfgen validate -

    Exit codes: 0 valid, 1 not valid.
    """
    from tfgen.errors import Problem, SpecError
    from tfgen.kinds import lower
    from tfgen.report import problems

    errors: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    try:
        spec = sources.load()
        lower(spec)
        if not sources.quiet:
            warnings = spec.warnings
            notices = spec.notices if sources.verbose else ()
    except SpecError as fault:
        errors = fault.problems
    files = [str(path) for path in sources.paths]
    click.echo(problems.render(form, errors, warnings, notices, files), nl=False)
    return exit_codes.ERROR if errors else exit_codes.CLEAN
