"""tfgen drift"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from tfgen.cli import exit_codes
from tfgen.cli.accept_option import Accept, accept_option
from tfgen.cli.aws_options import KnownSources, aws_options, known_options
from tfgen.cli.fleet_option import FleetOptions, fleet_option
from tfgen.cli.noise_options import NoiseOptions, noise_options
from tfgen.cli.options import Sources, color_option, format_option, spec_options
from tfgen.cli.report_option import report_option
from tfgen.errors import UsageError

if TYPE_CHECKING:
    from tfgen.cli.fleet_run import FleetRun
    from tfgen.drift import Policy
    from tfgen.finding import Finding, Result
    from tfgen.known import Known
    from tfgen.live import Aws, AwsOptions
    from tfgen.report.output import Target

_LEVELS = ("info", "low", "medium", "high", "critical")


@click.command("drift")
@partial(spec_options, required=False)
@known_options
@aws_options
@fleet_option
@noise_options
@accept_option
@click.option("--blame", is_flag=True, help="Ask CloudTrail who wrote last to what has drifted.")
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
    fleet: FleetOptions,
    noise: NoiseOptions,
    accept: Accept,
    blame: bool,
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
    tfgen drift pools.yml --accept password_policy.minimum_length
    tfgen drift --fleet tfgen.yml --target 'prod/*'

    Exit codes: 0 no drift, 1 an error or not everything could be checked, 2 drift.
    """
    from tfgen.drift import Policy, check
    from tfgen.drift.match import match
    from tfgen.kinds import lower
    from tfgen.kinds.field import Severity
    from tfgen.live import connect, fetch
    from tfgen.live.traces import traces
    from tfgen.noise.scope import Scope
    from tfgen.report.output import publish

    policy = Policy(Severity[fail_on.upper()], strict)
    if fleet.file is not None:
        return _fleet(fleet.run(sources, blame=blame), fleet, noise, reports, policy, color)
    fleet.check_alone()
    if not sources.paths:
        raise UsageError("give the spec's file, or --fleet FILE")
    spec = sources.spec()
    texts = accept.read(sources, spec)
    desired = lower(spec)
    given = known.read(spec, desired)
    quiet = noise.read()
    account = connect(aws)
    live = fetch(desired, given, account)
    matched = match(desired, live, given)
    result = check(spec, desired, live, given, matched)
    region = given.region or account.region or ""
    result.traces = traces(result.findings, desired, live, matched.resolver.pairs, region)
    scope = Scope(given.account, given.region, spec.stage, spec.service_name or "")
    outcome = noise.apply(quiet, result, scope)
    policy = quiet.policy(policy)
    shown = outcome.result
    places = {"stage": spec.stage, "region": region, "account": given.account}
    shown.where = {name: value for name, value in places.items() if value}
    interrupted = False
    if blame:
        try:
            shown.findings = _blamed(account, shown.findings, result, region)
        except KeyboardInterrupt:  # CloudTrail is slow, and all else is known by now
            interrupted = True
    _say_where(sources, given, result)
    publish(reports, shown, policy, say=partial(click.echo, nl=False), color=color)
    noise.tell(quiet, [outcome], sources)
    if interrupted:
        click.echo("interrupted: the reports are written, without who wrote last", err=True)
        noise.say_unwritten(sources)
        return exit_codes.INTERRUPTED
    noise.write(quiet, [outcome], sources)
    left, accepted = shown.findings, True
    if texts is not None:
        left, accepted = accept.apply(texts, left, live, given, sources)
    return _exit_code(left, policy, whole=accepted and not outcome.expired)


def _fleet(
    run: FleetRun,
    fleet: FleetOptions,
    noise: NoiseOptions,
    reports: tuple[Target, ...],
    policy: Policy,
    color: bool | None,
) -> int:
    """The run over a fleet: one report of all its targets."""
    from tfgen.report.output import publish

    fleet.check_with(click.get_current_context())
    quiet = noise.read()
    run.check(quiet)
    policy = quiet.policy(policy)
    publish(reports, run.result, policy, say=partial(click.echo, nl=False), color=color)
    noise.tell(quiet, run.outcomes, run.sources, run.names)
    if run.interrupted:
        noise.say_unwritten(run.sources)
        return exit_codes.INTERRUPTED
    noise.write(quiet, run.outcomes, run.sources)
    return _exit_code(run.result.findings, policy, whole=run.whole)


def _exit_code(findings: list[Finding], policy: Policy, *, whole: bool) -> int:
    """What was not checked or not done weighs more than what was found."""
    from tfgen.drift import fails
    from tfgen.finding import Status

    if not whole or any(finding.status is Status.NOT_CHECKED for finding in findings):
        return exit_codes.ERROR
    return exit_codes.CHANGED if any(fails(finding, policy) for finding in findings) else exit_codes.CLEAN


def _blamed(account: Aws, findings: list[Finding], result: Result, region: str) -> list[Finding]:
    """The findings with who wrote last to their resources."""
    from tfgen.live.blame import blamed
    from tfgen.live.traces import traces_left
    from tfgen.live.trail import last_writes

    return blamed(findings, last_writes(account, traces_left(findings, result, region)))


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
