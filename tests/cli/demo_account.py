"""The demo's pool in an emulator of the test's own, and `tfgen drift` on it."""

from __future__ import annotations

from tests.cli.conftest import Invoke, Outcome
from tests.harness.emulators import Emulator
from tfgen.explain.fixtures import fixture
from tfgen.kinds import lower
from tfgen.live.demo import Account
from tfgen.live.options import AwsOptions
from tfgen.spec import Options, load

SPEC = fixture("demo/spec.yml")
STAGE = ("--stage", "prod")

__all__ = ["SPEC", "STAGE", "Account", "drift", "made"]


def made(moto: Emulator) -> Account:
    """The account with the pool in it, as the spec wants it."""
    account = Account(AwsOptions(region=moto.region, endpoint_url=moto.url), moto.client("cognito-idp"))
    account.create(lower(load([SPEC], Options(stage="prod"))))
    return account


def drift(tfgen: Invoke, moto: Emulator, *args: object, stdin: str = "") -> Outcome:
    """`tfgen drift` of the demo's spec as a process."""
    return tfgen("drift", SPEC, *STAGE, *args, env=moto.environment(), stdin=stdin)
