"""Which live resource is which: by id, by name, through what refers to it, and never by a guess."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.drift.world import World
from tests.spec.texts import EVERY_PROPERTY, SEED
from tfgen.drift import compare
from tfgen.finding import Finding, Status
from tfgen.kinds.field import Severity
from tfgen.resource import Address, Resource, Unread

POOL, CLIENT, DOMAIN = "aws_cognito_user_pool", "aws_cognito_user_pool_client", "aws_cognito_user_pool_domain"
ROUTE, AUTHORIZER = "aws_apigatewayv2_route", "aws_apigatewayv2_authorizer"
INTEGRATION, PROVIDER = "aws_apigatewayv2_integration", "aws_cognito_identity_provider"
PERMISSION = "aws_lambda_permission"

Make = Callable[..., World]


def statuses(findings: list[Finding]) -> list[tuple[str, str]]:
    return sorted((item.address.kind, item.status.value) for item in findings)


def only(world: World, kind: str) -> Address:
    (address,) = [one for one in world.answers if one.kind == kind]
    return address


def test_a_renamed_client_is_one_that_is_gone_and_one_that_nobody_knows(world: Make) -> None:
    made = world(SEED)
    made.of(CLIENT)["ClientName"] = "renamed"
    findings = made.findings()
    assert statuses(findings)[-2:] == [(CLIENT, "DELETED"), (CLIENT, "UNMANAGED")]
    gone, rogue = (
        next(item for item in findings if item.status is one) for one in (Status.DELETED, Status.UNMANAGED)
    )
    assert gone.desired == "myUserPool"
    assert (rogue.severity, rogue.declared) == (Severity.CRITICAL, False)
    assert "renamed" in rogue.live
    assert rogue.live.endswith(f"id {made.of(CLIENT)['ClientId']}")
    audience = next(item for item in findings if item.address.kind == AUTHORIZER)
    assert (audience.status, audience.path) == (Status.NOT_CHECKED, "jwt_configuration.audience")


def test_a_renamed_client_whose_id_is_known_is_renamed(world: Make) -> None:
    made = world(SEED)
    made.known.ids[str(only(made, CLIENT))] = made.of(CLIENT)["ClientId"]
    made.of(CLIENT)["ClientName"] = "renamed"
    finding = made.one()
    assert (finding.status, finding.path, finding.live) == (Status.MODIFIED, "name", "renamed")


def test_another_client_of_the_same_name_is_another_client(world: Make) -> None:
    """Somebody replaced the app client: the id that Terraform knows is gone."""
    made = world(SEED)
    made.known.ids[str(only(made, CLIENT))] = "the-real-one"
    assert {(CLIENT, "DELETED"), (CLIENT, "UNMANAGED")} <= set(statuses(made.findings()))


def test_ids_that_terraform_writes_otherwise_fall_back_to_the_name(world: Make) -> None:
    made = world(EVERY_PROPERTY)
    made.known.ids |= {
        str(address): f"eu-west-1_x:{address.label}" for address in made.answers if address.kind == PROVIDER
    }
    assert made.findings() == []


@pytest.mark.parametrize("kind", [CLIENT])
def test_two_of_one_name_are_not_guessed_at(kind: str, world: Make) -> None:
    made = world(SEED)
    twin = Address("myUserPool", kind, "twin")
    made.answers[twin] = {"client": made.of(kind, label="this") | {"ClientId": "rogue-id"}}
    finding = next(item for item in made.findings() if item.address.kind == kind)
    assert (finding.status, finding.severity) == (Status.NOT_CHECKED, Severity.CRITICAL)
    assert "rogue-id" in finding.reason
    assert "--outputs or --state" in finding.reason
    made.known.ids[str(only_label(made, kind, "this"))] = made.answers[only_label(made, kind, "this")][
        "client"
    ]["ClientId"]
    finding = made.one()
    assert (finding.status, finding.address.label) == (Status.UNMANAGED, "rogue-id")


def only_label(world: World, kind: str, label: str) -> Address:
    return next(one for one in world.answers if (one.kind, one.label) == (kind, label))


def test_an_unknown_provider_is_critical(world: Make) -> None:
    made = world(SEED)
    made.answers[Address("myUserPool", PROVIDER, "evil")] = {
        "provider": {
            "ProviderName": "evil", "ProviderType": "OIDC", "UserPoolId": "x",
            "ProviderDetails": {"client_secret": "canary"},
        }
    }  # fmt: skip
    finding = made.one()
    assert (finding.status, finding.severity, finding.live) == (
        Status.UNMANAGED,
        Severity.CRITICAL,
        "provider_name evil",
    )
    assert finding.accept.startswith("delete it in AWS")


@pytest.mark.parametrize(
    ("authorization", "severity"),
    [("NONE", Severity.CRITICAL), (None, Severity.CRITICAL), ("JWT", Severity.HIGH)],
)
def test_an_unknown_route(authorization: str | None, severity: Severity, world: Make) -> None:
    made = world(SEED)
    route = {"RouteId": "r", "RouteKey": "GET /evil", "ApiId": "a", "AuthorizationType": authorization}
    made.answers[Address("myGateway", ROUTE, "r")] = {"route": route}
    finding = made.one()
    assert (finding.status, finding.severity) == (Status.UNMANAGED, severity)
    assert finding.live == "route_key GET /evil, id r"


@pytest.mark.parametrize(
    ("principal", "bounds", "severity"),
    [
        ("*", {}, Severity.CRITICAL),
        ("*", {"PrincipalOrgID": "o-1"}, Severity.INFO),
        ("s3.amazonaws.com", {}, Severity.INFO),
    ],
)
def test_an_unknown_permission(
    principal: str, bounds: dict[str, str], severity: Severity, world: Make
) -> None:
    made = world(SEED)
    statement = {
        "Sid": "x",
        "Action": "lambda:InvokeFunction",
        "FunctionName": "f",
        "Principal": principal,
    } | bounds
    made.answers[Address("myGateway", PERMISSION, "x")] = {"statement": statement}
    assert made.one().severity is severity


def test_a_renamed_authorizer_is_found_through_its_route(world: Make) -> None:
    made = world(SEED)
    made.of(AUTHORIZER)["Name"] = "renamed"
    finding = made.one()
    assert (finding.address.kind, finding.status, finding.path) == (AUTHORIZER, Status.MODIFIED, "name")


def test_an_exchanged_function_is_found_through_the_route(world: Make) -> None:
    made = world(SEED)
    made.of(INTEGRATION)["IntegrationUri"] = "arn:aws:lambda:eu-west-1:666666666666:function:evil"
    finding = made.one()
    assert (finding.address.kind, finding.path, finding.severity) == (
        INTEGRATION,
        "integration_uri",
        Severity.CRITICAL,
    )


def test_an_integration_is_found_though_its_function_is_not_known(world: Make) -> None:
    made = world(SEED)
    made.known.variables = {
        key: value for key, value in made.known.variables.items() if "function" not in key
    }
    findings = made.findings()
    assert {item.status for item in findings} == {Status.NOT_CHECKED}
    assert (INTEGRATION, "integration_uri") in {(item.address.kind, item.path) for item in findings}


def test_a_route_without_its_authorizer(world: Make) -> None:
    made = world(SEED)
    made.of(ROUTE).pop("AuthorizerId")
    made.of(ROUTE)["AuthorizationType"] = "NONE"
    findings = made.findings()
    assert [(item.path, item.severity) for item in findings] == [
        ("authorization_type", Severity.CRITICAL),
        ("authorizer_id", Severity.CRITICAL),
    ]
    assert all(item.position is not None and item.position.line == 13 for item in findings)


def test_a_missing_pool_is_one_finding_that_names_what_went_with_it(world: Make) -> None:
    made = world(SEED)
    made.answers = {address: item for address, item in made.answers.items() if address.module != "myUserPool"}
    findings = [item for item in made.findings() if item.status is Status.DELETED]
    assert len(findings) == 1
    finding = findings[0]
    assert (finding.address.kind, finding.severity, finding.path) == (POOL, Severity.CRITICAL, "")
    assert finding.reason == "gone with it: aws_cognito_user_pool_client.this"
    assert finding.effect == "apply makes a new one, without the users of the old one"
    assert finding.position is not None
    assert finding.position.line == 17
    others = [item for item in made.findings() if item.status is not Status.DELETED]
    assert {item.status for item in others} == {Status.NOT_CHECKED}, (
        "the authorizer's issuer is not known now"
    )


def test_a_missing_api_is_one_finding(world: Make) -> None:
    made = world(SEED + "  myGateway:\n    type: http-api-gateway\n")
    made.answers = {address: item for address, item in made.answers.items() if address.module != "myGateway"}
    finding = made.one()
    assert (finding.address.kind, finding.status) == ("aws_apigatewayv2_api", Status.DELETED)
    assert "aws_apigatewayv2_route.post_post_create" in finding.reason


@pytest.mark.parametrize("kind", [CLIENT, ROUTE, AUTHORIZER])
def test_what_was_not_read_is_never_deleted(kind: str, world: Make) -> None:
    made = world(SEED)
    address = only(made, kind)
    del made.answers[address]
    assert (kind, "DELETED") in statuses(made.findings())
    made.unread.append(Unread(address.module, kind, "AccessDenied"))
    assert (kind, "DELETED") not in statuses(made.findings())
    assert (kind, "NOT_CHECKED") in statuses(made.findings())


def test_a_refusal_of_one_hides_no_other(world: Make) -> None:
    made = world(EVERY_PROPERTY)
    for label in ("Google", "Facebook"):
        del made.answers[only_label(made, PROVIDER, label)]
    made.unread.append(Unread("everything", PROVIDER, "AccessDenied", "Google"))
    own = [item for item in made.findings() if item.address.kind == PROVIDER]
    assert {(item.address.label, item.status) for item in own} == {
        ("Google", Status.NOT_CHECKED),
        ("Facebook", Status.DELETED),
    }


def test_prefix_and_custom_domain_are_two_slots(world: Make) -> None:
    made = world(EVERY_PROPERTY)
    made.of(DOMAIN, label="prefix")["Domain"] = "other-prefix"
    findings = [item for item in made.findings() if item.address.kind == DOMAIN]
    assert [(item.address.label, item.path, item.replaces) for item in findings] == [
        ("prefix", "domain", True)
    ]


def test_a_prefix_made_of_directives_is_a_prefix(world: Make) -> None:
    text = (
        SEED
        + "      hostedUiDomainPrefix: $Format('{}-shop', $Stage())\n      callbackURLs: ['https://a.example']\n"
    )
    made = world(text)
    made.known.variables["stage"] = "dev"
    made.of(DOMAIN)["Domain"] = "dev-shop"
    assert made.findings() == []
    made.of(DOMAIN)["Domain"] = "evil"
    assert (made.one().path, made.one().live) == ("domain", "evil")


def test_deliveries_that_fail_are_remarks(world: Make) -> None:
    made = world(SEED)
    made.of(POOL)["SmsConfigurationFailure"] = "InvalidSmsRoleAccessPolicyException"
    result = made.compare()
    assert result.findings == []
    assert [text for _, text in result.remarks] == [
        "AWS cannot send text messages for this pool: InvalidSmsRoleAccessPolicyException"
    ]


def test_the_number_of_users_is_told_where_they_would_be_lost(world: Make) -> None:
    made = world(SEED)
    made.of(POOL)["UsernameAttributes"] = ["email"]
    finding = made.one()
    assert finding.replaces
    assert finding.effect == (
        "apply destroys and recreates the pool and loses all of its about 4321 users; "
        "prevent_destroy stops it"
    )


@pytest.mark.parametrize("text", [SEED, EVERY_PROPERTY], ids=["seed", "every property"])
def test_the_order_of_live_resources_means_nothing(text: str, world: Make) -> None:
    made = world(text)
    for address in list(made.answers)[::2]:
        del made.answers[address]
    once = made.findings()
    made.answers = dict(reversed(made.answers.items()))
    assert made.findings() == once


def test_a_finding_points_at_its_own_entry(world: Make) -> None:
    made = world(EVERY_PROPERTY)
    for item in made.of(POOL)["SchemaAttributes"]:
        if item["Name"] == "custom:visits":
            item["Mutable"] = False
    finding = made.one()
    assert finding.path == 'schema["visits"].mutable'
    assert finding.position is not None
    assert "- name: visits" in EVERY_PROPERTY.splitlines()[finding.position.line - 1]
    assert "apply fails" in finding.effect


@pytest.mark.parametrize("key", ["authorize_url", "token_url", "jwks_uri", "attributes_url"])
def test_an_address_on_a_foreign_host_is_drift(key: str, world: Make) -> None:
    """Nobody wrote it in the spec, yet it decides who vouches for users."""
    made = world(EVERY_PROPERTY)
    details = made.of(PROVIDER, label="corporate")["ProviderDetails"]
    details[key] = "https://id.example.com/own"
    assert made.findings() == []
    details[key] = "https://evil.example/keys"
    finding = made.one()
    assert (finding.path, finding.severity) == (f'provider_details["{key}"]', Severity.CRITICAL)
    assert not finding.declared
    assert finding.effect == "apply does nothing: the HCL leaves it to AWS, so Terraform does not see it"
    assert finding.accept == f'identityProviders[4].providerDetails.{key}: "https://evil.example/keys"'


GUARDED = """\
resources:
  pool:
    type: user-auth-pool
    properties:
      callbackURLs: [https://shop.example]
      identityProviders: [{type: Google, clientId: a, clientSecret: $Secret('g')}]
  gate: {type: http-api-gateway}
  f:
    type: function
    properties:
      events:
        - type: http-api-gateway
          properties: {httpApiGatewayName: gate, path: /x, method: GET, \
authorizer: {type: cognito, properties: {userPoolName: pool}}}
"""


def test_what_names_a_gone_resource_is_wrong_not_unknown(world: Make) -> None:
    """Its id will be a new one: the old one in the audience cannot be right, and the run ends with 2."""
    made = world(GUARDED)
    live = made.live()
    for address in [one for one in live.resources if one.kind == CLIENT]:
        del live.resources[address]
    found = compare(made.spec, made.desired, live, made.known).findings
    assert {one.status for one in found} == {Status.DELETED, Status.MODIFIED}
    (audience,) = [one for one in found if one.path == "jwt_configuration.audience"]
    assert audience.desired == frozenset({"(the new id of module.pool.aws_cognito_user_pool_client.this)"})
    assert "settle that first" in audience.accept
    # A client that nobody knows may be the same one under another name.
    live.add(Resource(Address("pool", CLIENT, "x"), {"name": "x"}, attributes={"id": "x"}))
    found = compare(made.spec, made.desired, live, made.known).findings
    assert [one.status for one in found if one.path == audience.path] == [Status.NOT_CHECKED]


def test_what_a_gone_resource_is_called_is_known(world: Make) -> None:
    made = world(GUARDED)
    live = made.live()
    for address in [one for one in live.resources if one.kind == PROVIDER]:
        del live.resources[address]
    (found,) = compare(made.spec, made.desired, live, made.known).findings
    assert (found.status, found.address.kind) == (Status.DELETED, PROVIDER)
    assert found.accept == (
        "take resources.pool.properties.identityProviders.0 out of the spec: it follows from it"
    )


def test_a_part_of_every_pool_cannot_be_left_out(world: Make) -> None:
    made = world(GUARDED)
    live = made.live()
    for address in [one for one in live.resources if one.kind == CLIENT]:
        del live.resources[address]
    found = compare(made.spec, made.desired, live, made.known).findings
    told = {one.address.kind: one.accept for one in found}
    assert told[CLIENT] == "the spec cannot leave it out: it belongs to resources.pool"
