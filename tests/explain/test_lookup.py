"""Whatever name somebody has for a thing leads to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tfgen.cli.main import run
from tfgen.drift.cross import CHECKS
from tfgen.errors import SpecError, UsageError
from tfgen.explain.arguments import Argument, arguments, short_type
from tfgen.explain.language import Property, properties
from tfgen.explain.links import back_links, links
from tfgen.explain.lookup import look_up
from tfgen.kinds import KINDS, lower
from tfgen.kinds.field import Field, Type
from tfgen.kinds.override_names import names_below
from tfgen.spec import load


@pytest.mark.parametrize("found", properties(), ids=lambda found: found.path)
def test_every_property_is_found_by_its_path_and_where_it_stands(found: Property) -> None:
    for name in (found.path, found.where, found.path.upper(), *found.aliases):
        assert found in look_up(name).properties


@pytest.mark.parametrize("argument", arguments(), ids=lambda argument: argument.name)
def test_every_argument_is_found_by_all_its_names(argument: Argument) -> None:
    names = [argument.name, argument.short, f"module.x.{argument.kind.type}.this.{argument.path}"]
    if argument.cfn:
        names.append(f"{argument.kind.child}.{argument.cfn}")
    if argument.live:
        names.append(".".join(argument.live))
    for name in names:
        assert argument in look_up(name).arguments, name


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.type)
def test_every_kind_is_found_by_its_names(kind: object) -> None:
    known = next(item for item in KINDS.values() if item is kind)
    for name in (known.type, short_type(known), known.child, known.cfn_type):
        assert look_up(name).kinds == (known,)


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("resources.shop.properties.schema.0.mutable", "schema[].mutable"),
        ('schema["tenant"].mutable', "schema[].mutable"),
        ("schema[3].mutable", "schema[].mutable"),
        ("resources.f.properties.events.0.properties.method", "event.method"),
        ("UserPool.Policies.PasswordPolicy.MinimumLength", "passwordPolicy.minimumLength"),
        ("DescribeUserPool.UserPool.Policies.PasswordPolicy.MinimumLength", "passwordPolicy.minimumLength"),
        ("MinimumLength", "passwordPolicy.minimumLength"),
        ("minimum_length", "passwordPolicy.minimumLength"),
        ("allowedOathFlows", "allowedOAuthFlows"),
    ],
)
def test_names_as_people_and_reports_write_them(name: str, path: str) -> None:
    assert path in [found.path for found in look_up(name).properties]


@pytest.mark.parametrize(
    ("name", "argument"),
    [
        ("overrides.UserPool.UserPoolTier", "user_pool.user_pool_tier"),
        ("resources.shop.overrides.UserPool.UserPoolTier", "user_pool.user_pool_tier"),
        ("UserPool.password_policy.minimum_length", "user_pool.password_policy.minimum_length"),
        ("UserPool.Policies.PasswordPolicy.minimum_length", "user_pool.password_policy.minimum_length"),
        ("UserPool.UserPoolTags.team", "user_pool.tags"),
        ("shopUserPoolClient.CallbackURLs", "user_pool_client.callback_urls"),
        ("overrides.UserPoolDomain.prefix.ManagedLoginVersion", "user_pool_domain.managed_login_version"),
        ("HttpApiRoute.get_orders.AuthorizationType", "route.authorization_type"),
        ("UserPoolIdentityProvider.Google.ProviderDetails", "identity_provider.provider_details"),
        ("aws_cognito_user_pool.this.mfa_configuration", "user_pool.mfa_configuration"),
        ("aws_cognito_user_pool.this:mfa_configuration", "user_pool.mfa_configuration"),
        ("snsRoleSendSmsFromCognito.RoleName", "iam_role.name"),
        ("UserPool.EnabledMfas", "user_pool.software_token_mfa_configuration.enabled"),
        ("AWS::Cognito::UserPool.EnabledMfas", "user_pool.email_mfa_configuration"),
        ("identityProviders[1].providerDetails.jwks_uri", "identity_provider.provider_details"),
        ("SecurityHub Cognito.5", "user_pool.mfa_configuration"),
        ("cognito.3", "user_pool.password_policy.require_symbols"),
        ("prowler cognito_user_pool_mfa_enabled", "user_pool.mfa_configuration"),
        ("cognito_user_pool_mfa_enabled", "user_pool.mfa_configuration"),
    ],
)
def test_names_as_overrides_and_findings_have_them(name: str, argument: str) -> None:
    assert argument in [found.short for found in look_up(name).arguments]


def test_every_name_that_overrides_take_is_known() -> None:
    for kind in KINDS.values():
        for steps, chain in names_below(Field(name="", type=Type.BLOCK, doc="", fields=kind.fields), ""):
            name = f"{kind.child}.{'.'.join(steps)}"
            assert chain[-1] in [found.field for found in look_up(name).arguments], name


def test_rules_and_checks_have_names_of_their_own(capsys: pytest.CaptureFixture[str]) -> None:
    (rule,) = look_up("lite-tier-era").named
    assert rule.kind == "rule"
    for check in CHECKS:
        assert run(["explain", f"tfgen {check.id}"]) == 0
        assert check.id in capsys.readouterr().out


def test_a_list_of_cloudformation_is_no_override(tmp_path: Path) -> None:
    """The fault names the arguments that say it."""
    spec = tmp_path / "spec.yml"
    spec.write_text(
        "resources:\n  a:\n    type: user-auth-pool\n"
        "    overrides: {UserPool: {EnabledMfas: [SOFTWARE_TOKEN_MFA]}}\n"
    )
    with pytest.raises(SpecError) as fault:
        lower(load([spec]))
    assert "software_token_mfa_configuration.enabled" in fault.value.problems[0].allowed


def test_a_property_and_its_argument_lead_to_each_other() -> None:
    by_property = look_up("passwordPolicy.minimumLength")
    by_argument = look_up("user_pool.password_policy.minimum_length")
    assert by_property == by_argument
    assert [found.name for found in by_property.arguments] == [
        "aws_cognito_user_pool.password_policy.minimum_length"
    ]


def test_a_word_that_many_have_is_ambiguous() -> None:
    found = look_up("name")
    assert found.ambiguous
    assert len(found.properties) + len(found.arguments) > 5


def test_the_beginning_of_a_name_leads_to_what_is_below() -> None:
    found = look_up("event")
    assert found.ambiguous
    assert {item.path.partition(".")[0] for item in found.properties} == {"event"}


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ("minimumLenght", "passwordPolicy.minimumLength"),
        ("pasword_policy", "passwordPolicy"),
        ("passwordPolicy.minLength", "passwordPolicy.minimumLength"),
        ("user_pool.mfa_config", "user_pool.mfa_configuration"),
        ("callbackUrl", "callbackURLs"),
    ],
)
def test_a_wrong_name_gets_the_nearest(wrong: str, near: str) -> None:
    with pytest.raises(UsageError) as fault:
        look_up(wrong)
    assert near in str(fault.value)


@pytest.mark.parametrize("wrong", ["", ".", "zzzzzzzz", "[]", "a" * 5000])
def test_nothing_near_says_how_to_list_all(wrong: str) -> None:
    with pytest.raises(UsageError, match="tfgen explain"):
        look_up(wrong)


def test_links_hold_both_ways_and_name_real_properties() -> None:
    paths = {found.path for found in properties()}
    assert set(links()) <= paths
    for path, found in links().items():
        for argument in found:
            assert path in back_links()[argument.name]


def test_only_these_properties_decide_no_argument() -> None:
    """Mappings do it by their members; the others name or leave out resources."""
    without = {found.path for found in properties() if found.path not in links() and found.type != "mapping"}
    assert without == {"customDomain.disableDnsRecordCreation", "event.containerPort"}
