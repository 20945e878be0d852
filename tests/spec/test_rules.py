from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.spec.rule_cases import POOL_CASES, Case
from tfgen.errors import Problem, SpecError
from tfgen.spec import Options, Spec, load
from tfgen.spec.rules import POOL_RULES, SPEC_RULES

BASE = "resources.p.properties."

# Where a rule lives when no function carries it: in a limit of a model, or because what
# tfgen decides cannot break it (tests/spec/test_decisions.py).
BY_LIMITS = {"R11", "R18", "R30", "R41"}
BY_DECISION = {"R20", "R26", "R31", "R42", "R44", "R50"}


def said(text: str, path: Path, case: Case) -> list[Problem]:
    path.write_text(
        f"resources:\n  p:\n    type: user-auth-pool\n    properties:\n{textwrap.indent(text, ' ' * 6)}\n"
    )
    try:
        spec = load([path], Options(**dict(case.options)))
    except SpecError as error:
        return list(error.problems) if case.severity == "error" else pytest.fail(str(error))
    return list({"error": (), "warning": spec.warnings, "notice": spec.notices}[case.severity])


@pytest.mark.parametrize("case", POOL_CASES, ids=lambda case: f"{case.rule}-{case.at}")
def test_a_rule_blames_the_property_that_breaks_it_and_no_other_spec(case: Case, tmp_path: Path) -> None:
    spelled = case.at.replace("allowedOAuthFlows", "allowedOathFlows") if "Oath" in case.bad else case.at
    assert BASE + spelled in [problem.path for problem in said(case.bad, tmp_path / "bad.yml", case)]
    good = [problem for problem in said(case.good, tmp_path / "good.yml", case) if case.severity == "error"]
    assert good == []
    assert BASE + case.at not in [problem.path for problem in said(case.good, tmp_path / "good.yml", case)]


def test_every_rule_of_the_language_has_a_home_and_a_case() -> None:
    registered = {rule.id for rule in POOL_RULES} | {rule.id for rule in SPEC_RULES}
    language = {f"R{number}" for number in (*range(10, 19), *range(20, 49), *range(50, 58))} | {"R33b"}
    assert language - registered - BY_LIMITS - BY_DECISION == set()
    elsewhere = {rule.id for rule in SPEC_RULES} | {"R17", "R24", "R27", "R29", "R55"}
    assert registered - elsewhere - {case.rule for case in POOL_CASES} == set()


Lines = Callable[..., list[str]]


def pool(properties: str = "", overrides: str = "") -> str:
    return (
        "resources:\n  p:\n    type: user-auth-pool\n"
        + (f"    properties:\n{textwrap.indent(properties, ' ' * 6)}\n" if properties else "")
        + (f"    overrides:\n{textwrap.indent(overrides, ' ' * 6)}\n" if overrides else "")
    )


def test_r17_aliases_exclude_user_name_attributes(problems: Lines, loaded: Callable[..., object]) -> None:
    alias = "UserPool: {AliasAttributes: [email]}"
    (line,) = problems(pool(overrides=alias))
    assert "spec.yml:5:18: resources.p.overrides.UserPool.AliasAttributes: excludes" in line
    loaded(pool("allowEmailAsUserName: false\nallowPhoneNumberAsUserName: false", alias))


def test_r27_email_codes_need_a_tier_above_lite(problems: Lines, loaded: Callable[..., object]) -> None:
    properties = (
        "emailConfiguration: {sesAddressArn: 'arn:aws:ses:eu-west-1:123456789012:identity/a.b'}\n"
        "mfaConfiguration: {status: ON, enabledTypes: [EMAIL_OTP]}"
    )
    (line,) = problems(pool(properties, "UserPool: {UserPoolTier: LITE}"))
    assert "tier LITE" in line
    loaded(pool(properties, "aws_cognito_user_pool: {user_pool_tier: PLUS}"))


@pytest.mark.parametrize(
    ("setting", "wrong"),
    [
        ("[{Name: verified_email, Priority: 1}]", ""),
        ("[{Name: verified_email, Priority: 1}, {Name: verified_phone_number, Priority: 2}]", ""),
        ("[{Name: verified_mail, Priority: 1}]", "is no way to recover"),
        ("[{Name: verified_email, Priority: 1}, {Name: verified_email, Priority: 2}]", "twice"),
        ("[{Name: verified_email, Priority: 1}, {Name: verified_phone_number, Priority: 1}]", "twice"),
        ("[{Name: admin_only, Priority: 1}, {Name: verified_email, Priority: 2}]", "beside another"),
        ("[{Name: admin_only, Priority: 1}]", ""),
    ],
)
def test_r29_recovery_by_overrides(
    setting: str, wrong: str, problems: Lines, loaded: Callable[..., object]
) -> None:
    text = pool(overrides=f"UserPool: {{AccountRecoverySetting.RecoveryMechanisms: {setting}}}")
    if not wrong:
        loaded(text)
        return
    assert any(wrong in line for line in problems(text))


def test_r24_and_r26_recovery_by_overrides_fits_the_second_factors(
    problems: Lines, loaded: Callable[..., object]
) -> None:
    both = "[{Name: verified_email, Priority: 1}, {Name: verified_phone_number, Priority: 2}]"
    override = f"UserPool: {{AccountRecoverySetting: {{RecoveryMechanisms: {both}}}}}"
    sms = "mfaConfiguration: {status: ON, enabledTypes: [SMS]}"
    email = (
        "emailConfiguration: {sesAddressArn: 'arn:aws:ses:eu-west-1:123456789012:identity/a.b'}\n"
        "mfaConfiguration: {status: ON, enabledTypes: [EMAIL_OTP]}"
    )
    alone = override.replace(", {Name: verified_phone_number, Priority: 2}", "")
    assert "verified_phone_number cannot go with the second factor SMS" in problems(pool(sms, override))[0]
    assert "one way is too few with the second factor EMAIL_OTP" in problems(pool(email, alone))[0]
    loaded(pool(sms, alone))
    loaded(pool(email, override))


def test_r55_a_firewall_is_a_regional_one_of_the_spec(problems: Lines, loaded: Callable[..., Spec]) -> None:
    wall = "  wall:\n    type: web-app-firewall\n    properties: {scope: %s}\n"
    use = pool("useFirewall: wall")
    for found, text in {
        "'wal' is no web-app-firewall of the spec; did you mean wall?": pool("useFirewall: wal")
        + wall % "regional",
        "'wall' has the scope cdn, which guards no pool; a firewall with the scope regional": use
        + wall % "cdn",
        "'wall' is a function, no web-app-firewall of the spec; declare one: type: web-app-firewall, "
        "properties: {scope: regional}": use + "  wall: {type: function}\n",
        "'p' is a user-auth-pool, no web-app-firewall of the spec": pool("useFirewall: p")
        + wall % "regional",
        "cannot be a value that only a deployment knows": pool("useFirewall: $Secret('wall')")
        + wall % "regional",
    }.items():
        (line,) = problems(text)
        assert f": {BASE}useFirewall: {found}" in line
    # The scope may be for Stacktape to say, as anything of a resource that tfgen leaves alone.
    for scope in ("regional", "$Var().scope"):
        assert loaded(use + wall % f'"{scope}"').warnings == ()
    assert loaded(use + "  wall: {type: web-app-firewall}\n").warnings == ()


def test_a_rule_is_skipped_when_what_it_reads_is_wrong_itself(problems: Lines) -> None:
    lines = problems(
        pool("callbackURLs: 7\nallowedOAuthFlows: [code]\nschema: [{name: tier, required: true}]")
    )
    said = [line.partition("properties.")[2] for line in lines]
    assert said == [
        "callbackURLs: must be a list, not a number; begin each member with '- '",
        "schema[0].required: 'tier' is a custom attribute, which cannot be required; remove it",
    ]
