"""Each cross-resource check: silent where all fits, one finding where it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.drift.world import ACCOUNT, FUNCTION, REGION, World
from tests.spec.texts import EVERY_PROPERTY, SEED
from tfgen.drift.cross import CHECKS, cross_checks, merged
from tfgen.drift.cross.hooks import _obstacle
from tfgen.drift.match import match
from tfgen.finding import Finding, Status
from tfgen.kinds.field import Severity
from tfgen.resource import Address, Resource, State, Unread

TEXT = """\
resources:
  pool:
    type: user-auth-pool
    properties:
      userVerificationType: sms
      mfaConfiguration: {status: 'ON', enabledTypes: [SOFTWARE_TOKEN, SMS]}
      emailConfiguration: {sesAddressArn: "arn:aws:ses:eu-west-1:123456789012:identity/shop.example"}
      generateClientSecret: true
      callbackURLs: [https://shop.example/in]
      hostedUiDomainPrefix: shop-login
      identityProviders:
        - {type: OIDC, name: Partner, clientId: a, clientSecret: $Secret('partner'), \
providerDetails: {oidc_issuer: "https://p.example", attributes_request_method: GET}}
      hooks:
        preSignUp: $ResourceParam('check', 'arn')
  other:
    type: user-auth-pool
  gate:
    type: http-api-gateway
  check:
    type: function
    properties:
      events:
        - type: http-api-gateway
          properties: {httpApiGatewayName: gate, path: /orders, method: GET, \
authorizer: {type: cognito, properties: {userPoolName: pool}}}
"""
POOL, CLIENT = "aws_cognito_user_pool", "aws_cognito_user_pool_client"
AUTHORIZER, ROUTE = "aws_apigatewayv2_authorizer", "aws_apigatewayv2_route"
PERMISSION, PROVIDER = "aws_lambda_permission", "aws_cognito_identity_provider"
DOMAIN = "aws_cognito_user_pool_domain"


class Cross:
    """A deployment whose live resources a test changes."""

    def __init__(self, folder: Path, text: str = TEXT) -> None:
        self.world = World(folder, text)
        self.live = self.world.live()
        self.pairs: dict[Address, Resource] = self.matched().pairs

    def matched(self) -> Any:
        return match(self.world.desired, self.live, self.world.known).resolver

    def of(self, kind: str, module: str = "pool") -> Resource:
        return next(live for at, live in self.pairs.items() if (at.kind, at.module) == (kind, module))

    def drop(self, resource: Resource) -> None:
        del self.live.resources[resource.address]

    def add(self, kind: str, ident: str, values: dict[str, Any], module: str = "pool") -> None:
        self.live.add(Resource(Address(module, kind, ident), values, attributes={"id": ident}))

    def checks(self) -> list[Finding]:
        return cross_checks(self.world.spec, self.world.desired, self.live, self.matched())

    def all(self) -> list[Finding]:
        from tfgen.drift import compare

        world = self.world
        return merged(compare(world.spec, world.desired, self.live, world.known).findings, self.checks())

    def one(self, check: str) -> Finding:
        (found,) = [one for one in self.checks() if f"tfgen {check}" in one.controls]
        return found


@pytest.fixture
def cross(tmp_path: Path) -> Cross:
    return Cross(tmp_path)


@pytest.mark.parametrize("text", [TEXT, SEED, EVERY_PROPERTY], ids=["own", "seed", "every property"])
def test_what_apply_made_fits(text: str, tmp_path: Path) -> None:
    cross = Cross(tmp_path, text)
    assert cross.checks() == []
    assert cross.all() == []


def test_every_check_says_what_it_is() -> None:
    ids = [check.id for check in CHECKS]
    assert len(set(ids)) == len(ids)
    for check in CHECKS:
        assert check.doc
        assert check.why
        assert check.source


def test_an_audience_without_the_client(cross: Cross) -> None:
    cross.of(AUTHORIZER, "gate").values["jwt_configuration"]["audience"] = frozenset({"somebody"})
    found = cross.one("authorizer-audience")
    assert (found.severity, found.path) == (Severity.CRITICAL, "jwt_configuration.audience")
    assert "refuses the tokens of the app client of pool" in found.reason
    assert found.effect == "apply puts it right"
    (one,) = cross.all()
    assert (one.status, one.reason) == (Status.MODIFIED, found.reason)
    assert one.desired == frozenset({cross.of(CLIENT).attributes["id"]})


def test_an_audience_of_a_client_that_nobody_knows(cross: Cross) -> None:
    cross.add(CLIENT, "rogue", {"name": "x", "user_pool_id": "p"})
    cross.of(AUTHORIZER, "gate").values["jwt_configuration"]["audience"] = frozenset({"rogue"})
    assert "takes the tokens of rogue" in cross.one("authorizer-audience").reason


def test_an_audience_with_the_client_and_more_is_for_the_comparison(cross: Cross) -> None:
    audience = cross.of(AUTHORIZER, "gate").values["jwt_configuration"]["audience"]
    cross.of(AUTHORIZER, "gate").values["jwt_configuration"]["audience"] = audience | {"more"}
    assert cross.checks() == []


def test_a_client_that_was_made_again(cross: Cross) -> None:
    cross.of(CLIENT).attributes["id"] = "new-id"
    assert cross.one("authorizer-audience").desired == ["new-id"]


def test_an_issuer_that_is_another_pool(cross: Cross) -> None:
    other = cross.of(POOL, "other").attributes["endpoint"]
    cross.of(AUTHORIZER, "gate").values["jwt_configuration"]["issuer"] = f"https://{other}"
    assert "the tokens of pool other of this spec" in cross.one("authorizer-issuer").reason
    cross.of(AUTHORIZER, "gate").values["jwt_configuration"]["issuer"] = "https://evil.example"
    found = cross.one("authorizer-issuer")
    assert "a pool that is in no spec" in found.reason
    assert [one.path for one in cross.all()] == ["jwt_configuration.issuer"]


def test_an_issuer_with_a_slash_is_the_same(cross: Cross) -> None:
    cross.of(AUTHORIZER, "gate").values["jwt_configuration"]["issuer"] += "/"
    assert [one for one in cross.checks() if "issuer" in one.path] == []


def test_a_route_that_lost_its_authorizer(cross: Cross) -> None:
    route = cross.of(ROUTE, "gate").values
    route["authorization_type"] = "NONE"
    del route["authorizer_id"]
    assert cross.one("route-unprotected").severity is Severity.CRITICAL
    (first, *_) = cross.all()
    assert "anybody may call it" in first.reason
    assert len(cross.all()) == 2  # its type and its authorizer, as the comparison has them


def test_a_route_that_names_a_deleted_authorizer(cross: Cross) -> None:
    cross.of(ROUTE, "gate").values["authorizer_id"] = "gone"
    found = cross.one("route-authorizer-gone")
    assert "does not exist" in found.reason
    assert [one.path for one in cross.all()] == ["authorizer_id"]
    cross.live.unread.append(Unread("gate", AUTHORIZER, "refused"))
    assert [one for one in cross.checks() if "tfgen route-authorizer-gone" in one.controls] == []


def test_a_client_that_offers_what_the_pool_lacks(cross: Cross) -> None:
    cross.drop(cross.of(PROVIDER))
    found = cross.one("client-provider-gone")
    assert "no identity provider Partner" in found.reason
    assert found.effect == "apply puts it right"
    # What apply will call the provider is known, so that the client's list is compared all the same.
    offers = [one for one in cross.all() if one.path == "supported_identity_providers"]
    assert offers == [found]
    cross.live.unread.append(Unread("pool", PROVIDER, "refused"))
    assert cross.checks() == []


def test_a_provider_of_an_unmanaged_client(cross: Cross) -> None:
    cross.add(CLIENT, "rogue", {"name": "x", "supported_identity_providers": frozenset({"Gone", "COGNITO"})})
    found = cross.one("client-provider-gone")
    assert (found.address.label, found.declared) == ("rogue", False)
    assert found.effect == "Terraform does not know it and leaves it as it is"


def test_a_client_without_its_secret(cross: Cross) -> None:
    del cross.of(CLIENT).values["generate_secret"]
    assert "sends the secret is refused" in cross.one("client-secret-missing").reason
    (one,) = cross.all()
    assert one.replaces


def test_a_domain_that_no_client_uses(cross: Cross) -> None:
    cross.of(CLIENT).values["allowed_oauth_flows_user_pool_client"] = False
    found = cross.one("domain-unused")
    assert (found.address.kind, found.path, found.severity) == (DOMAIN, "", Severity.LOW)
    cross.of(POOL).values["verification_message_template"]["default_email_option"] = "CONFIRM_WITH_LINK"
    assert [one for one in cross.checks() if "tfgen domain-unused" in one.controls] == []


def test_a_spec_that_asks_for_it_is_not_mended_by_apply(tmp_path: Path) -> None:
    text = "resources:\n  pool:\n    type: user-auth-pool\n    properties: {hostedUiDomainPrefix: shop}\n"
    found = Cross(tmp_path, text).one("domain-unused")
    assert (found.effect, found.declared) == ("apply does nothing about it", False)


def test_a_function_that_does_not_let_the_pool_in(cross: Cross) -> None:
    permission = cross.of(PERMISSION)
    cross.drop(permission)
    found = cross.one("hook-permission")
    assert (found.address.kind, found.path) == (PERMISSION, "")
    deleted = [one for one in cross.all() if one.address == found.address]
    assert [one.status for one in deleted] == [Status.DELETED]
    assert "does not let this pool call it" in deleted[0].reason
    assert deleted[0].effect == "apply makes it again"


@pytest.mark.parametrize(
    ("change", "allowed"),
    [
        ({"source_arn": f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/*"}, True),
        ({"source_arn": None}, True),
        ({"function_name": "check"}, True),
        ({"source_arn": f"arn:aws:cognito-idp:{REGION}:{ACCOUNT}:userpool/{REGION}_other"}, False),
        ({"principal": "apigateway.amazonaws.com"}, False),
        ({"action": "lambda:GetFunction"}, False),
    ],
)
def test_what_a_permission_must_say(change: dict[str, Any], allowed: bool, cross: Cross) -> None:
    values = cross.of(PERMISSION).values
    values.update(change)
    for name in [name for name, value in change.items() if value is None]:
        del values[name]
    found = [one for one in cross.checks() if "tfgen hook-permission" in one.controls]
    assert bool(found) is not allowed
    # One cause, one finding: at what is wrong of the permission, with the comparison's values.
    told = [one for one in cross.all() if "tfgen hook-permission" in one.controls]
    assert [(one.address.kind, [one.path]) for one in told] == [(PERMISSION, list(change))] * (not allowed)
    assert len(cross.all()) <= 1


@pytest.mark.parametrize(
    ("hook", "permission", "allowed"),
    [
        ({}, {}, True),
        ({"pre_sign_up": f"{FUNCTION}check:live"}, {}, False),
        ({"pre_sign_up": f"{FUNCTION}check:live"}, {"qualifier": "live"}, True),
        ({"pre_sign_up": f"{FUNCTION}check:live"}, {"function_name": f"{FUNCTION}check:live"}, True),
        ({"pre_sign_up": f"{FUNCTION}check:live"}, {"function_name": "check", "qualifier": "live"}, True),
        ({"pre_sign_up": f"{FUNCTION}check:live"}, {"qualifier": "old"}, False),
        ({}, {"qualifier": "live"}, False),
        ({}, {"function_name": f"{ACCOUNT}:function:check"}, True),
        ({}, {"source_account": ACCOUNT}, True),
        ({}, {"source_account": "999999999999"}, False),
    ],
)
def test_a_permission_is_for_one_version(
    hook: dict[str, str], permission: dict[str, str], allowed: bool, cross: Cross
) -> None:
    """A statement about the function lets nobody call its alias, nor the other way round."""
    cross.of(POOL).values["lambda_config"] |= hook
    one, pool = cross.of(PERMISSION), cross.of(POOL)
    one.values.update(permission)
    function = str(pool.values["lambda_config"]["pre_sign_up"])
    assert (_obstacle(one, pool, function) == "") is allowed


def test_a_hook_that_only_the_live_pool_names(cross: Cross) -> None:
    """It is a finding as it is; whether it may be called is not ours to say, its policy is not read."""
    cross.of(POOL).values["lambda_config"]["pre_sign_up"] = f"{FUNCTION}other"
    assert cross.checks() == []
    (one,) = cross.all()
    assert (one.status, one.path) == (Status.MODIFIED, "lambda_config.pre_sign_up")


@pytest.mark.parametrize(
    ("state", "status"),
    [(True, None), (False, Status.MODIFIED), ("GetFunction is refused", Status.NOT_CHECKED)],
)
def test_a_function_that_is_gone(state: Any, status: Status | None, cross: Cross) -> None:
    function = f"{FUNCTION}check"
    cross.of(POOL).attributes["functions"] = {function: state}
    found = [one.status for one in cross.checks()]
    assert found == ([] if status is None else [status])


def test_a_function_that_took_its_permission_with_it(cross: Cross) -> None:
    cross.of(POOL).attributes["functions"] = {f"{FUNCTION}check": False}
    cross.drop(cross.of(PERMISSION))
    (one,) = cross.all()
    assert (one.status, one.address.kind) == (Status.DELETED, PERMISSION)
    assert "does not exist" in one.reason
    assert one.effect.startswith("apply fails")
    assert one.controls[-1] == "tfgen hook-function-gone"


def test_an_authorizer_of_another_app_is_let_be(cross: Cross) -> None:
    """On an API that several apps share, only what guards a route of the spec is the spec's business."""
    issuer = cross.of(AUTHORIZER, "gate").values["jwt_configuration"]["issuer"]
    jwt = {"issuer": issuer, "audience": frozenset({"mobile"})}
    cross.add(AUTHORIZER, "other-app", {"authorizer_type": "JWT", "jwt_configuration": jwt}, "gate")
    assert cross.checks() == []
    cross.of(ROUTE, "gate").values["authorizer_id"] = "other-app"
    assert cross.one("authorizer-audience").address.label == "other-app"


def test_two_clients_and_two_providers(cross: Cross) -> None:
    """Each client is looked at by itself, and one client with OAuth is enough for the domain."""
    offers = {"name": "x", "supported_identity_providers": frozenset({"Gone", "Partner"})}
    cross.add(CLIENT, "b", offers | {"allowed_oauth_flows_user_pool_client": True})
    cross.of(CLIENT).values["allowed_oauth_flows_user_pool_client"] = False
    assert [(one.address.label, one.path) for one in cross.checks()] == [
        ("b", "supported_identity_providers")
    ]


def test_a_forgotten_password_by_phone_only(cross: Cross) -> None:
    values = cross.of(POOL).values
    del values["sms_configuration"]
    values["auto_verified_attributes"] = frozenset({"email"})
    by_phone = {"verified_phone_number": {"name": "verified_phone_number", "priority": 1}}
    values["account_recovery_setting"] = {"recovery_mechanism": by_phone}
    assert "forgotten password" in cross.one("sms-role-missing").reason
    by_phone["verified_email"] = {"name": "verified_email", "priority": 2}
    assert cross.checks() == []


def test_every_finding_says_what_to_do_either_way(cross: Cross, tmp_path: Path) -> None:
    cross.of(CLIENT).values["allowed_oauth_flows_user_pool_client"] = False
    cross.of(ROUTE, "gate").values["authorizer_id"] = "gone"
    cross.of(AUTHORIZER, "gate").values["jwt_configuration"]["issuer"] = "https://evil.example"
    cross.add(CLIENT, "rogue", {"name": "x", "supported_identity_providers": frozenset({"Gone"})})
    (tmp_path / "asked").mkdir()
    text = "resources:\n  pool:\n    type: user-auth-pool\n    properties: {hostedUiDomainPrefix: shop}\n"
    asked = Cross(tmp_path / "asked", text)
    told = [*cross.checks(), *asked.checks(), *cross.all(), *asked.all()]
    assert len(told) > 8
    assert [
        one for one in told if one.status is not Status.NOT_CHECKED and not (one.effect and one.accept)
    ] == []


def test_codes_by_email_without_a_sender(cross: Cross) -> None:
    values = cross.of(POOL).values
    del values["email_configuration"]["source_arn"]
    assert "its sender is DEVELOPER" in cross.one("email-sender-missing").reason
    values["email_configuration"]["email_sending_account"] = "COGNITO_DEFAULT"
    assert cross.checks() == []
    values["email_mfa_configuration"] = {"message": "x"}
    assert "second factor" in cross.one("email-sender-missing").reason
    values["mfa_configuration"] = "OFF"
    assert cross.checks() == []
    values["sign_in_policy"] = {"allowed_first_auth_factors": frozenset({"EMAIL_OTP"})}
    assert "first factor" in cross.one("email-sender-missing").reason


def test_text_messages_without_a_role(cross: Cross) -> None:
    values = cross.of(POOL).values
    del values["sms_configuration"]
    assert "phone numbers are verified" in cross.one("sms-role-missing").reason
    values["auto_verified_attributes"] = frozenset({"email"})
    assert cross.checks() == []
    del values["software_token_mfa_configuration"]
    assert "only second factor left" in cross.one("sms-role-missing").reason


def test_nothing_is_said_of_what_was_not_read(cross: Cross) -> None:
    for kind in (POOL, CLIENT, PROVIDER, PERMISSION, DOMAIN):
        cross.live.unread.append(Unread("pool", kind, "refused"))
    for kind in (AUTHORIZER, ROUTE):
        cross.live.unread.append(Unread("gate", kind, "refused"))
    cross.of(POOL).values.clear()
    cross.of(CLIENT).values.clear()
    cross.of(AUTHORIZER, "gate").values.clear()
    assert cross.checks() == []


def test_no_live_resource_at_all(cross: Cross) -> None:
    cross.live = State()
    assert cross.checks() == []
