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
        warnings = spec.warnings
        notices = spec.notices if sources.verbose else ()
        lower(spec)
    except SpecError as fault:
        errors = fault.problems
        warnings = warnings or fault.warnings
    if sources.quiet:
        warnings = notices = ()
    files = [str(path) for path in sources.paths]
    report = problems.render(form, errors, warnings, notices, files, every=sources.verbose)
    click.echo(report, nl=False)
    return exit_codes.ERROR if errors else exit_codes.CLEAN
