"""tfgen drift"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from tfgen.cli import exit_codes
from tfgen.cli.aws_options import KnownSources, aws_options, known_options
from tfgen.cli.noise_options import NoiseOptions, noise_options
from tfgen.cli.options import Sources, color_option, format_option, spec_options
from tfgen.cli.report_option import report_option

if TYPE_CHECKING:
    from tfgen.finding import Result
    from tfgen.known import Known
    from tfgen.live import AwsOptions
    from tfgen.report.output import Target

_LEVELS = ("info", "low", "medium", "high", "critical")


@click.command("drift")
@spec_options
@known_options
@aws_options
@noise_options
@report_option
@format_option("text", "json")
@click.option(
    "--fail-on",
    type=click.Choice(_LEVELS),
    default="low",
    show_default=True,
    help="Least severity that is drift.",
)
@click.option("--strict", is_flag=True, help="Values that the spec is silent on count from --fail-on too.")
@color_option
def command(
    sources: Sources,
    known: KnownSources,
    aws: AwsOptions,
    noise: NoiseOptions,
    reports: tuple[Target, ...],
    fail_on: str,
    strict: bool,
    color: bool | None,
) -> int:
    """Compare live user pools with their spec. Reads AWS, never writes.

    \b
    tfgen drift pools.yml --region eu-west-1
    terraform output -json tfgen | tfgen drift pools.yml --outputs -
    tfgen drift pools.yml --pool-id myUserPool=eu-west-1_AbCdEf123 --format json
    tfgen drift pools.yml --report html=drift.html --report sarif=drift.sarif
    tfgen drift pools.yml --record accepted.yml    later --baseline accepted.yml

    Exit codes: 0 no drift, 1 an error or not everything could be checked, 2 drift.
    """
    from tfgen.drift import Policy, compare, fails, not_checked
    from tfgen.drift.scope import Scope
    from tfgen.kinds import lower
    from tfgen.kinds.field import Severity
    from tfgen.live import connect, fetch
    from tfgen.report.output import publish

    spec = sources.spec()
    desired = lower(spec)
    given = known.read(spec)
    quiet = noise.read()
    live = fetch(desired, given, connect(aws))
    result = compare(spec, desired, live, given)
    scope = Scope(given.account, given.region, spec.stage, spec.service_name or "")
    outcome = noise.apply(quiet, result, desired, live, scope)
    policy = outcome.policy(Policy(Severity[fail_on.upper()], strict))
    _say_where(sources, given, result)
    publish(reports, outcome.result, policy, say=partial(click.echo, nl=False), color=color)
    noise.finish(quiet, outcome, live, scope, sources)
    if not_checked(outcome.result) or outcome.expired:
        return exit_codes.ERROR
    drifted = any(fails(finding, policy) for finding in outcome.result.findings)
    return exit_codes.CHANGED if drifted else exit_codes.CLEAN


def _say_where(sources: Sources, known: Known, result: Result) -> None:
    """A pool or API that is nowhere may be looked for in the wrong place: then the place is said."""
    from tfgen.finding import Status
    from tfgen.kinds import KINDS

    if any(item.status is Status.DELETED and KINDS[item.address.kind].root for item in result.findings):
        account = f" of account {known.account}" if known.account else ""
        sources.say(
            f"looked in region {known.region}{account}; what is in another region or account, or has the "
            "name of another --stage or --service-name, seems deleted"
        )
