from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from tests.spec.conftest import Load
from tfgen.spec import Spec, UserPool, decisions
from tfgen.spec.expressions import Format, StageName

Pool = Callable[..., UserPool]
CALLBACK = "callbackURLs: ['https://a.example.com', 'https://b.example.com']\n"


@pytest.fixture
def spec_of(loaded: Load) -> Callable[..., Spec]:
    def load_pool(properties: str = "", **options: Any) -> Spec:
        body = textwrap.indent(properties or "{}", " " * 6)
        return loaded(f"resources:\n  p:\n    type: user-auth-pool\n    properties:\n{body}\n", **options)

    return load_pool


@pytest.fixture
def pool_of(spec_of: Callable[..., Spec]) -> Pool:
    return lambda properties="", **options: spec_of(properties, **options).pools["p"]


@pytest.mark.parametrize(
    ("properties", "verified"),
    [
        ("", {"email"}),
        ("userVerificationType: email-code", {"email"}),
        ("userVerificationType: email-link", {"email"}),
        ("userVerificationType: sms", {"phone_number"}),
        ("userVerificationType: none", set()),
        ("requirePhoneNumberVerification: true", {"email", "phone_number"}),
        ("userVerificationType: sms\nrequireEmailVerification: true", {"email", "phone_number"}),
    ],
)
def test_verified_attributes(properties: str, verified: set[str], pool_of: Pool) -> None:
    assert decisions.auto_verified_attributes(pool_of(properties)) == verified


@pytest.mark.parametrize(
    ("properties", "names"),
    [
        ("", {"email", "phone_number"}),
        ("allowEmailAsUserName: false", {"phone_number"}),
        ("allowPhoneNumberAsUserName: false", {"email"}),
        ("allowEmailAsUserName: false\nallowPhoneNumberAsUserName: false", set()),
    ],
)
def test_user_names(properties: str, names: set[str], pool_of: Pool) -> None:
    assert decisions.username_attributes(pool_of(properties)) == names


@pytest.mark.parametrize(
    ("properties", "used"),
    [
        ("", False),
        ("userVerificationType: sms", True),  # R20
        ("requirePhoneNumberVerification: true", True),
        ("mfaConfiguration: {status: OPTIONAL, enabledTypes: [SMS]}", True),
        ("mfaConfiguration: {status: OPTIONAL, enabledTypes: [SOFTWARE_TOKEN]}", False),
        ("inviteMessageConfig: {smsMessage: '{username} {####}'}", True),
        ("userVerificationMessageConfig: {smsMessage: '{####} code'}", True),
    ],
)
def test_sms(properties: str, used: bool, pool_of: Pool) -> None:
    assert decisions.sms_used(pool_of(properties)) is used


def test_recovery_by_phone_ends_where_sms_is_a_factor(pool_of: Pool) -> None:
    """R24 and R26."""
    both = ((1, "verified_email"), (2, "verified_phone_number"))
    assert decisions.account_recovery(pool_of()) == both
    assert decisions.account_recovery(pool_of("userVerificationType: sms")) == both
    with_sms = pool_of("mfaConfiguration: {status: OPTIONAL, enabledTypes: [SMS]}")
    assert decisions.account_recovery(with_sms) == ((1, "verified_email"),)
    with_email = pool_of(
        "emailConfiguration: {sesAddressArn: 'arn:aws:ses:eu-west-1:123456789012:identity/a.b'}\n"
        "mfaConfiguration: {status: ON, enabledTypes: [EMAIL_OTP]}"
    )
    assert len(decisions.account_recovery(with_email)) == 2


@pytest.mark.parametrize(
    ("properties", "prefix"),
    [
        ("", None),
        (CALLBACK, None),
        ("hostedUiDomainPrefix: shop", "shop"),
        ("hostedUiDomainPrefix: $Stage()", StageName()),
        ("hostedUiDomainPrefix: $Format('shop-{}', $Stage())", Format(("shop-", StageName()))),
        ("enableHostedUi: true\n" + CALLBACK, "p"),
        ("userVerificationType: email-link", "p"),  # R44
        ("hostedUiCSS: '.logo-customizable {}'", "p"),  # R42
        ("customDomain: {domainName: login.example.com}", None),
        ("customDomain: {domainName: login.example.com}\nhostedUiDomainPrefix: shop", "shop"),
    ],
)
def test_domain_prefix(properties: str, prefix: object, spec_of: Callable[..., Spec]) -> None:
    spec = spec_of(properties)
    assert decisions.domain_prefix(spec.pools["p"], spec) == prefix
    needed = prefix is not None or "customDomain" in properties
    assert decisions.domain_needed(spec.pools["p"]) is needed


def test_the_default_prefix_is_lower_case_service_stage_and_key(loaded: Load) -> None:
    pool = "{type: user-auth-pool, properties: {userVerificationType: email-link}}"
    spec = loaded(f"serviceName: Shop\nresources: {{myPool: {pool}}}", stage="Prod")
    assert decisions.domain_prefix(spec.pools["myPool"], spec) == "shop-prod-mypool"


def test_oauth_is_on_when_something_asks_for_it(pool_of: Pool) -> None:
    off = pool_of("hostedUiDomainPrefix: shop")
    assert not decisions.oauth_enabled(off)
    assert (decisions.oauth_flows(off), decisions.oauth_scopes(off), decisions.default_redirect_uri(off)) == (
        (),
        (),
        None,
    )
    on = pool_of(CALLBACK)
    assert decisions.oauth_flows(on) == ("code",)
    assert decisions.oauth_scopes(on) == ("email", "openid", "profile")
    assert decisions.default_redirect_uri(on) == "https://a.example.com"


def test_machines_get_no_scopes_of_people(pool_of: Pool) -> None:
    machine = pool_of(
        "allowedOathFlows: [client_credentials]\nallowedOAuthScopes: [api/x]\ngenerateClientSecret: true"
    )
    assert decisions.oauth_scopes(machine) == ("api/x",)


@pytest.mark.parametrize(
    ("properties", "days"),
    [
        ("", 7),
        ("unusedAccountValidityDays: 3", 3),
        ("passwordPolicy: {temporaryPasswordValidityDays: 9}", 9),
        ("passwordPolicy: {temporaryPasswordValidityDays: 0}", 7),
        ("unusedAccountValidityDays: 0", 7),
        ("unusedAccountValidityDays: 9\npasswordPolicy: {temporaryPasswordValidityDays: 9}", 9),
    ],
)
def test_temporary_passwords(properties: str, days: int, pool_of: Pool) -> None:
    assert decisions.temporary_password_days(pool_of(properties)) == days


def test_auth_flows_never_send_a_password(pool_of: Pool) -> None:
    assert decisions.explicit_auth_flows(pool_of()) == ("ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH")
    for hook in ("createAuthChallenge", "defineAuthChallenge", "verifyAuthChallengeResponse"):
        pool = pool_of(f"hooks: {{{hook}: 'arn:aws:lambda:eu-west-1:123456789012:function:f'}}")
        assert "ALLOW_CUSTOM_AUTH" in decisions.explicit_auth_flows(pool)
    for flow in decisions.explicit_auth_flows(pool_of()):
        assert "PASSWORD" not in flow


def test_tokens_never_outlive_the_refresh_token(pool_of: Pool) -> None:
    """R31: the shortest refresh token lives as long as the longest access token may."""
    pool = pool_of(
        "refreshTokenValidityDays: 1\naccessTokenValiditySeconds: 86400\nidTokenValiditySeconds: 86400"
    )
    assert (
        pool.properties.access_token_validity_seconds <= pool.properties.refresh_token_validity_days * 86400
    )
