"""What `terraform apply` would do, told for each thing the field table knows of a change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.drift.single import changed, run, whole
from tests.drift.world import World
from tfgen.drift import Policy
from tfgen.kinds import KINDS
from tfgen.report import drift as report
from tfgen.spec import Spec

POOL, CLIENT = "aws_cognito_user_pool", "aws_cognito_user_pool_client"
DOMAIN = "aws_cognito_user_pool_domain"


@pytest.mark.parametrize(
    ("kind", "path", "desired", "live", "effect", "replaces"),
    [
        (POOL, "mfa_configuration", "ON", "OFF", "apply sets it back in place", False),
        (
            POOL,
            "name",
            "a",
            "b",
            "apply sets it back; providers before 6.6.0 plan a replacement instead",
            False,
        ),
        (POOL, "user_pool_tier", None, "PLUS", "apply does nothing: the HCL leaves it to AWS", False),
        (POOL, "alias_attributes", None, frozenset({"email"}), "apply destroys and recreates the pool", True),
        (POOL, "sms_configuration.external_id", "a", "b", "apply sets it back in place", False),
        (POOL, "lambda_config.pre_sign_up", None, "arn:x", "apply removes it", False),
        (POOL, "deletion_protection", None, "ACTIVE", "apply sets AWS's own default again", False),
        (
            POOL,
            "lambda_config.pre_token_generation",
            None,
            "arn:x",
            "apply does nothing: the HCL leaves it",
            False,
        ),
        (CLIENT, "user_pool_id", "a", "b", "apply destroys and recreates the resource", True),
        (DOMAIN, "certificate_arn", "arn:a", "arn:b", "apply sets it back in place", False),
        (DOMAIN, "certificate_arn", "arn:a", None, "apply destroys and recreates the resource", True),
        (DOMAIN, "certificate_arn", None, "arn:a", "apply destroys and recreates the resource", True),
    ],
)
def test_effect(
    kind: str, path: str, desired: Any, live: Any, effect: str, replaces: bool, small: Spec
) -> None:
    table, steps = KINDS[kind], tuple(path.split("."))
    sides = [changed(whole(table), steps, value) for value in (desired, live)]
    (finding,) = run(small, table, *sides).findings
    assert finding.effect.startswith(effect)
    assert finding.replaces is replaces


def test_schema(small: Spec) -> None:
    table = KINDS[POOL]
    values = whole(table)
    gone = changed(values, ("schema", "tier"), None)
    assert [item.effect for item in run(small, table, values, gone).findings] == ["apply adds it"]
    fails = "apply fails: AWS can neither change nor remove it"
    assert [item.effect for item in run(small, table, gone, values).findings] == [fails]
    other = changed(values, ("schema", "tier", "mutable"), not values["schema"]["tier"]["mutable"])
    assert [item.effect for item in run(small, table, values, other).findings] == [fails]


def test_sms_cannot_be_removed(small: Spec) -> None:
    """Written without its block, with MFA on: AWS keeps it, and it is told."""
    table = KINDS[POOL]
    desired = changed(whole(table), ("sms_configuration",), None)
    findings = run(small, table, desired, whole(table)).findings
    assert findings
    assert all(item.effect.startswith("apply does nothing") for item in findings)


@pytest.mark.parametrize(
    ("users", "said"),
    [
        (None, "loses all users; prevent_destroy stops it"),
        (0, "loses all users, of which AWS counts none; prevent_destroy stops it"),
        (1, "loses all of its about 1 user; prevent_destroy stops it"),
        (4321, "loses all of its about 4321 users; prevent_destroy stops it"),
    ],
)
@pytest.mark.parametrize("form", ["json", "markdown", "html", "text", "junit", "sarif", "github"])
def test_how_many_users_a_replacement_costs_is_in_every_report(
    users: int | None, said: str, form: str, tmp_path: Path
) -> None:
    made = World(tmp_path, "resources:\n  pool:\n    type: user-auth-pool\n")
    pool = made.of(POOL)
    pool.pop("EstimatedNumberOfUsers")
    if users is not None:
        pool["EstimatedNumberOfUsers"] = users
    pool["UsernameAttributes"] = ["email"]
    result = made.compare()
    assert [finding.effect.endswith(said) for finding in result.findings] == [True]
    text = " ".join(report.render(form, result, Policy()).replace("\\", "").split())
    assert said in text
