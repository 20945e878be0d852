"""Values that only the deployment knows: presence is compared, nothing is ever called equal unseen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.drift.single import changed, field_ids, find, run, whole
from tfgen.finding import Status
from tfgen.kinds.field import Type
from tfgen.resource import Call, DataSource, FromData, Sensitive, Template, Variable
from tfgen.spec import Spec

UNKNOWN = Variable("some", "A value of the deployment.")
SECRET = Variable("some", "A secret.", sensitive=True)
STORE = FromData(DataSource("aws_ssm_parameter", "x"), "value", sensitive=True)
CLIENT, PROVIDER = "aws_cognito_user_pool_client", "aws_cognito_identity_provider"


def texts() -> list[tuple[str, str]]:
    """Arguments that a directive may fill: texts that AWS answers, and that do not name a resource."""
    done = []
    for kind, dotted in field_ids():
        table, _, steps, field = find(kind, dotted)
        plain = (
            field.type is Type.STRING and field.answered and not field.allowed and field.folded_into is None
        )
        inside = table.by_name[steps[0]].type is Type.BLOCKS
        if plain and steps[0] not in table.identity and not inside and "recovery_mechanism" not in steps:
            done.append((kind, dotted))
    return done


@pytest.mark.parametrize(("kind", "dotted"), texts())
def test_an_unknown_text(kind: str, dotted: str, small: Spec) -> None:
    table, path, steps, _ = find(kind, dotted)
    desired = changed(whole(table), steps, UNKNOWN)
    (finding,) = run(small, table, desired, whole(table)).findings
    assert (finding.status, finding.path) == (Status.NOT_CHECKED, path)
    assert "--var some=" in finding.reason


@pytest.mark.parametrize(("kind", "dotted"), texts())
def test_an_unknown_text_that_is_not_there(kind: str, dotted: str, small: Spec) -> None:
    table, path, steps, field = find(kind, dotted)
    if field.unset is not None or (kind, dotted) == ("aws_cognito_user_pool", "region"):
        return
    desired = changed(whole(table), steps, UNKNOWN)
    result = run(small, table, desired, changed(whole(table), steps, None))
    if dotted.startswith("lambda_config.pre_token_generation_config"):
        return  # without its version, or its function, it is no configuration
    if "email_mfa" in dotted:
        return  # the other text says that the factor is on
    findings = [item for item in result.findings if item.path == path]
    assert [(item.status, item.live) for item in findings] == [(Status.MODIFIED, None)]


@pytest.mark.parametrize("value", [SECRET, STORE], ids=["variable", "store"])
def test_secrets_by_presence(value: Any, small: Spec) -> None:
    table = find(PROVIDER, "provider_details")[0]
    desired = changed(whole(table), ("provider_details", "client_secret"), value)
    result = run(small, table, desired, whole(table))
    assert result.findings == []
    assert [path for _, path in result.by_presence] == ['provider_details["client_secret"]']
    gone = changed(whole(table), ("provider_details", "client_secret"), None)
    (finding,) = run(small, table, desired, gone).findings
    assert (finding.path, finding.live) == ('provider_details["client_secret"]', None)
    assert finding.status is Status.MODIFIED


def test_a_key_of_a_secret_store(small: Spec) -> None:
    table = find(PROVIDER, "provider_details")[0]
    secret = FromData(DataSource("aws_secretsmanager_secret_version", "x"), "secret_string", sensitive=True)
    value = Call("jsondecode", (secret,), lambda text: text, index="key")
    desired = changed(whole(table), ("provider_details", "client_secret"), value)
    result = run(small, table, desired, whole(table))
    assert (result.findings, len(result.by_presence)) == ([], 1)


def test_sets_with_an_unknown_member(small: Spec) -> None:
    table = find(CLIENT, "callback_urls")[0]
    live = changed(whole(table), ("callback_urls",), frozenset({"https://a", "https://b"}))
    same = changed(whole(table), ("callback_urls",), frozenset({"https://a", UNKNOWN}))
    (finding,) = run(small, table, same, live).findings
    assert (finding.status, finding.path) == (Status.NOT_CHECKED, "callback_urls")
    for wrong in (
        frozenset({"https://a", "https://b", UNKNOWN}),
        frozenset({UNKNOWN}),
        frozenset({"https://other", UNKNOWN}),
    ):
        desired = changed(whole(table), ("callback_urls",), wrong)
        (finding,) = run(small, table, desired, live).findings
        assert (finding.status, finding.path) == (Status.MODIFIED, "callback_urls")


def test_two_unknown_members_are_two(small: Spec) -> None:
    """One variable in two addresses: the set has two members all the same."""
    table = find(CLIENT, "callback_urls")[0]
    urls = frozenset({Template(("https://", UNKNOWN, "/a")), Template(("https://", UNKNOWN, "/b"))})
    live = changed(whole(table), ("callback_urls",), frozenset({"https://x/a", "https://x/b"}))
    (finding,) = run(small, table, changed(whole(table), ("callback_urls",), urls), live).findings
    assert (finding.status, finding.path) == (Status.NOT_CHECKED, "callback_urls")
    fewer = changed(live, ("callback_urls",), frozenset({"https://x/a"}))
    (finding,) = run(small, table, changed(whole(table), ("callback_urls",), urls), fewer).findings
    assert (finding.status, finding.path) == (Status.MODIFIED, "callback_urls")


@pytest.mark.parametrize("name", ["allow_headers", "allow_methods", "allow_origins", "expose_headers"])
def test_unknown_members_keep_through_canonical_forms(name: str, small: Spec) -> None:
    table, path, steps, _ = find("aws_apigatewayv2_api", f"cors_configuration.{name}")
    desired = changed(whole(table), steps, frozenset({UNKNOWN}))
    (finding,) = run(small, table, desired, whole(table)).findings
    assert (finding.status, finding.path) == (Status.NOT_CHECKED, path)


def test_a_literal_secret_is_compared_and_never_shown(small: Spec) -> None:
    table = find(PROVIDER, "provider_details")[0]
    desired = changed(whole(table), ("provider_details", "client_secret"), Sensitive("canary-other"))
    (finding,) = run(small, table, desired, whole(table)).findings
    assert finding.path == 'provider_details["client_secret"]'
    assert "canary" not in repr(finding)
