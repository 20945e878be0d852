"""tfgen policy"""

from __future__ import annotations

import re

import click

from tfgen.cli.aws_options import KnownSources, known_options
from tfgen.cli.options import Sources, spec_options
from tfgen.errors import UsageError


@click.command("policy")
@spec_options
@known_options
@click.option("--account", metavar="ID", help="AWS account, to narrow the resources of the policy.")
@click.option("--blame", is_flag=True, help="Also what `tfgen drift --blame` asks CloudTrail for.")
@click.option("--discover", is_flag=True, help="Also what `tfgen drift --discover` lists.")
def command(sources: Sources, known: KnownSources, account: str | None, blame: bool, discover: bool) -> None:
    """Print the least IAM policy that a drift check needs.

    It only reads. Ids that are known (--outputs, --state, --pool-id), the
    region and the account make it narrower. AWS is not asked.

    \b
    tfgen policy pools.yml --region eu-west-1 > drift-policy.json
    tfgen policy pools.yml --account 123456789012 --outputs outputs.json
    tfgen policy pools.yml --blame --discover
    """
    import json

    from tfgen.kinds import lower
    from tfgen.live.policy import policy

    if account is not None and not re.fullmatch(r"\d{12}", account, re.ASCII):
        raise UsageError("--account: an AWS account has twelve digits")
    spec = sources.spec()
    desired = lower(spec)
    given = known.read(spec, desired)
    given.region = sources.region
    given.account = account
    document = policy(desired, given, blame=blame, discover=discover)
    click.echo(json.dumps(document, indent=2))
