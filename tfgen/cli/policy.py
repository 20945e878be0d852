"""tfgen policy"""

from __future__ import annotations

import click

from tfgen.cli.aws_options import KnownSources, known_options
from tfgen.cli.options import Sources, spec_options


@click.command("policy")
@spec_options
@known_options
@click.option("--account", metavar="ID", help="AWS account, to narrow the resources of the policy.")
def command(sources: Sources, known: KnownSources, account: str | None) -> None:
    """Print the least IAM policy that a drift check needs.

    It only reads. Ids that are known (--outputs, --state, --pool-id), the
    region and the account make it narrower. AWS is not asked.

    \b
    tfgen policy pools.yml --region eu-west-1 > drift-policy.json
    tfgen policy pools.yml --account 123456789012 --outputs outputs.json
    """
    import json

    from tfgen.kinds import lower
    from tfgen.live.policy import policy

    spec = sources.spec()
    given = known.read(spec)
    given.region = sources.region
    given.account = account
    click.echo(json.dumps(policy(lower(spec), given), indent=2))
