"""The text report: for a terminal of 100 columns and for a plain CI log."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.drift.world import World
from tests.spec.texts import EVERY_PROPERTY, SEED
from tfgen.drift import Policy
from tfgen.finding import Finding, Result, Status
from tfgen.kinds.field import Severity
from tfgen.report import drift as report
from tfgen.resource import Address, Sensitive, Unread

Make = Callable[..., World]
POOL, CLIENT = "aws_cognito_user_pool", "aws_cognito_user_pool_client"
PROVIDER = "aws_cognito_identity_provider"


def text(result: Result, *, color: bool | None = False, **policy: Any) -> str:
    return report.render("text", result, Policy(**policy), color=color)


def finding(**facts: Any) -> Finding:
    given: dict[str, Any] = {
        "status": Status.MODIFIED,
        "address": Address("p", POOL),
        "path": "x",
        "severity": Severity.HIGH,
    }
    return Finding(**(given | facts))


def turned_upside_down(made: World) -> World:
    """Every text of every answer is another one."""

    def other(value: Any) -> Any:
        match value:
            case dict():
                return {key: other(item) for key, item in value.items()}
            case list():
                return [other(item) for item in value]
            case bool():
                return not value
            case int():
                return value + 1
            case str():
                return f"{value} and more"
            case _:
                return value

    keep = {
        "ProviderName",
        "ClientName",
        "RouteKey",
        "Sid",
        "PolicyName",
        "Name",
        "RoleName",
        "Domain",
        "Arn",
    }
    for answers in made.answers.values():
        for source, answer in answers.items():
            if source != "context":
                answers[source] = {key: item if key in keep else other(item) for key, item in answer.items()}
    return made


def test_a_whole_report(world: Make) -> None:
    made = world(SEED)
    made.of(POOL)["Policies"]["PasswordPolicy"]["MinimumLength"] = 6
    made.of(CLIENT)["CallbackURLs"] = ["https://evil.example/in"]
    made.unread.append(Unread("myGateway", "aws_apigatewayv2_integration", "AccessDenied", None))
    assert (
        text(made.compare())
        == """\
Drift:

CRITICAL  MODIFIED module.myUserPool.aws_cognito_user_pool_client.this
          callback_urls
            + "https://evil.example/in"
          at spec.yml:19:5 (resources.myUserPool.properties.callbackURLs)
          mend: apply sets it back in place
          accept: callbackURLs: ["https://evil.example/in"]

HIGH      MODIFIED module.myUserPool.aws_cognito_user_pool.this
          password_policy.minimum_length
            spec: 8
            live: 6
          at spec.yml:22:9 (resources.myUserPool.properties.passwordPolicy.minimumLength)
          mend: apply sets it back in place
          accept: passwordPolicy.minimumLength: 6
          controls: SecurityHub Cognito.3, prowler
                    cognito_user_pool_password_policy_minimum_length_14

Not checked:

HIGH      NOT_CHECKED module.myGateway.aws_apigatewayv2_integration.*
          at spec.yml:10:13 (resources.createPost.properties.events.0.properties.httpApiGatewayName)
          why: AccessDenied

DRIFT: 2 findings (1 critical, 1 high); 1 not checked
6 resources and 160 arguments compared
"""
    )


def test_clean(world: Make) -> None:
    said = text(world(EVERY_PROPERTY).compare())
    assert said.startswith("IN_SYNC: no drift\n")
    assert "secrets compared by presence only" in said


def test_no_line_is_longer_than_it_must_be(world: Make) -> None:
    made = turned_upside_down(world(EVERY_PROPERTY))
    said = text(made.compare(), strict=True, fail_on=Severity.INFO)
    assert said.count("MODIFIED") > 80
    long = [line for line in said.splitlines() if len(line) > 100]
    assert [line for line in long if len(line.strip().split(": ", 1)[-1].split()) > 1] == []


def test_no_secret(world: Make) -> None:
    made = turned_upside_down(world(EVERY_PROPERTY))
    for answers in made.answers.values():
        details = answers.get("provider", {}).get("ProviderDetails")
        if details:
            details["client_secret"] = "canary-live"
    for form in report.FORMATS:
        said = report.render(form, made.compare(), Policy(strict=True), color=False)
        assert "canary" not in said
    secret = finding(desired=Sensitive("canary"), live={"a": Sensitive("canary")})
    assert "canary" not in text(Result(findings=[secret]))


def test_no_colour_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    result = Result(findings=[finding(desired="a", live="b")])
    assert "\x1b" not in text(result, color=None)
    assert "\x1b[" in text(result, color=True)
    assert text(result, color=False) == text(result, color=None)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("hidden", ["\x1b[31m", "\u202e", "\u2066", "\x00", "\x07", "\u200b", "\x9b"])
def test_hidden_characters_are_shown_as_escapes(hidden: str, world: Make) -> None:
    made = world(SEED)
    made.of(POOL)["Name"] = f"a{hidden}b"
    made.of(CLIENT)["ClientName"] = f"c{hidden}d"
    made.unread.append(Unread("myUserPool", PROVIDER, f"why{hidden}", f"label{hidden}"))
    for form in report.FORMATS:
        said = report.render(form, made.compare(), Policy(), color=False)
        assert hidden not in said.replace("\\u", "").replace("\\x", "")


def test_long_texts_are_short_diffs(world: Make) -> None:
    made = world(EVERY_PROPERTY)
    css = made.of("aws_cognito_user_pool_ui_customization")
    css["CSS"] = "\n".join(f".a{number} {{ color: red; }}" for number in range(60))
    said = text(made.compare())
    assert "more lines differ" in said
    assert len(said.splitlines()) < 30


def test_sets_show_what_differs(world: Make) -> None:
    made = world(EVERY_PROPERTY)
    made.of(CLIENT)["AllowedOAuthScopes"] = ["openid", "email", "phone"]
    said = text(made.compare())
    assert '            + "phone"\n            - "profile"\n' in said
    assert '"openid"' not in said.split("accept:")[0]


def test_undeclared_values_stand_apart(world: Make) -> None:
    made = world(SEED)
    made.of(POOL)["UserPoolTags"] = {"team": "x"}
    said = text(made.compare())
    assert said.startswith("Also found (does not fail the run):\n\nINFO      MODIFIED ")
    assert 'tags["team"]' in said
    assert "IN_SYNC: no drift" in said
    assert text(made.compare(), strict=True, fail_on=Severity.INFO).startswith("Drift:")


def test_totals_and_remarks(world: Make) -> None:
    made = world(SEED + "    overrides: {UserPoolClient: {region: eu-west-1}}\n")
    made.of(POOL)["SmsConfigurationFailure"] = "no role"
    said = text(made.compare())
    assert "not compared, because AWS never answers it: module.myUserPool" in " ".join(said.split())
    assert "AWS cannot send text messages for this pool: no role" in " ".join(said.split())
    assert all(len(line) <= 100 for line in said.splitlines())


@pytest.mark.parametrize("word", ["::error::x", "::stop-commands::t", "##[add-path]x", "##vso[task.x]y"])
def test_no_value_is_a_command_to_a_runner(word: str) -> None:
    """A long remark is wrapped, so that any of its words may begin a line."""
    address = Address("members", "aws_cognito_user_pool")
    said = " ".join([word] * 60)
    one = Finding(
        status=Status.MODIFIED,
        address=address,
        path="name",
        severity=Severity.LOW,
        desired=f"{word}\n{word}",
        live=f"{word}\nother {word}",
        reason=said,
        effect=said,
        accept=said,
    )
    out = report.render("text", Result(findings=[one], remarks=[(address, said)]), Policy(), color=False)
    assert not [line for line in out.splitlines() if line.lstrip().startswith("::")]
    assert not re.search(r"##\w*\[", out)
    assert word.lstrip(":#") in out


def test_what_is_not_read_for_one_reason_is_one_block() -> None:
    gone = "DescribeUserPool is refused because the session has expired"
    items = [
        finding(status=Status.NOT_CHECKED, path=path, severity=severity, reason=reason)
        for path, severity, reason in (
            ("mfa_configuration", Severity.CRITICAL, gone),
            ("name", Severity.LOW, gone),
            ("tags", Severity.LOW, "another reason"),
            ('tags["a"]', Severity.INFO, gone),
        )
    ]
    out = text(Result(findings=items))
    assert out.count(gone) == 1
    assert out.count("NOT_CHECKED module") == 2
    assert "CRITICAL  NOT_CHECKED module.p.aws_cognito_user_pool.this\n" in out
    assert '          3 arguments: mfa_configuration, name, tags["a"]\n' in out
    assert "          tags\n" in out
