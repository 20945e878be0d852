# ruff: noqa: E501 - a case is one line of a table
"""What a spec's decisions become: one test for each, with the line of the spec that a reader is sent to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.spec.texts import EVERY_PROPERTY, SEED
from tfgen.kinds import lower
from tfgen.resource import Address, FromData, Ref, Resource, State, Template, Variable
from tfgen.spec import Options, load

Lowered = Callable[..., State]
POOL, CLIENT, DOMAIN = "aws_cognito_user_pool", "aws_cognito_user_pool_client", "aws_cognito_user_pool_domain"
ROLE, POLICY, RECORD = "aws_iam_role", "aws_iam_role_policy", "aws_route53_record"
PERMISSION, PROVIDER = "aws_lambda_permission", "aws_cognito_identity_provider"
STYLE = "aws_cognito_user_pool_ui_customization"
API, STAGE = "aws_apigatewayv2_api", "aws_apigatewayv2_stage"
ROUTE, AUTHORIZER = "aws_apigatewayv2_route", "aws_apigatewayv2_authorizer"
INTEGRATION = "aws_apigatewayv2_integration"


def pool_spec(properties: str = "", rest: str = "") -> str:
    indented = "".join(f"      {line}\n" for line in properties.splitlines())
    body = f"    properties:\n{indented}" if properties else ""
    return f"resources:\n  p:\n    type: user-auth-pool\n{body}{rest}"


def gateway_spec(*events: str, rest: str = "", properties: str = "") -> str:
    lines = "".join(f"        - {{type: http-api-gateway, properties: {{{event}}}}}\n" for event in events)
    return (
        f"resources:\n  call:\n    type: function\n    properties:\n      events:\n{lines}"
        f"  p: {{type: user-auth-pool}}\n{rest}"
    )


def one(state: State, kind: str, label: str = "this") -> Resource:
    (found,) = [item for item in state.resources.values() if (item.kind, item.address.label) == (kind, label)]
    return found


def kinds(state: State) -> set[str]:
    return {item.kind for item in state.resources.values()}


def labels(state: State, kind: str) -> list[str]:
    return [item.address.label for item in state.resources.values() if item.kind == kind]


# --- verification, sign-in names, MFA ---


@pytest.mark.parametrize(
    ("properties", "verified", "option"),
    [
        ("", {"email"}, "CONFIRM_WITH_CODE"),
        ("userVerificationType: email-code", {"email"}, "CONFIRM_WITH_CODE"),
        ("userVerificationType: email-link", {"email"}, "CONFIRM_WITH_LINK"),
        ("userVerificationType: sms", {"phone_number"}, "CONFIRM_WITH_CODE"),
        ("userVerificationType: none", set(), "CONFIRM_WITH_CODE"),
        ("requirePhoneNumberVerification: true", {"email", "phone_number"}, "CONFIRM_WITH_CODE"),
        (
            "userVerificationType: sms\nrequireEmailVerification: true",
            {"email", "phone_number"},
            "CONFIRM_WITH_CODE",
        ),
    ],
)
def test_verification(properties: str, verified: set[str], option: str, lowered: Lowered) -> None:
    values = one(lowered(pool_spec(properties)), POOL).values
    assert set(values.get("auto_verified_attributes", ())) == verified
    assert values["verification_message_template"]["default_email_option"] == option


@pytest.mark.parametrize("link", [False, True])
def test_only_the_texts_in_use_are_written(link: bool, lowered: Lowered) -> None:
    properties = (
        f"userVerificationType: {'email-link' if link else 'email-code'}\n"
        "userVerificationMessageConfig:\n"
        "  emailMessageUsingCode: 'Code {####}'\n  emailMessageUsingLink: '{##Click##}'\n"
        "  emailSubjectUsingCode: A\n  emailSubjectUsingLink: B\n"
    )
    template = one(lowered(pool_spec(properties)), POOL).values["verification_message_template"]
    texts = {name for name in template if name.startswith("email_")}
    ending = "_by_link" if link else ""
    assert texts == {f"email_message{ending}", f"email_subject{ending}"}


@pytest.mark.parametrize(
    ("email", "phone", "expected"),
    [
        (True, True, {"email", "phone_number"}),
        (True, False, {"email"}),
        (False, True, {"phone_number"}),
        (False, False, set()),
    ],
)
def test_user_names(email: bool, phone: bool, expected: set[str], lowered: Lowered) -> None:
    properties = (
        f"allowEmailAsUserName: {str(email).lower()}\nallowPhoneNumberAsUserName: {str(phone).lower()}"
    )
    assert one(lowered(pool_spec(properties)), POOL).values["username_attributes"] == frozenset(expected)


@pytest.mark.parametrize(
    ("mfa", "mode", "token", "email", "sms", "recovery"),
    [
        ("", "OFF", None, False, False, ["verified_email", "verified_phone_number"]),
        ("{status: OFF}", "OFF", None, False, False, ["verified_email", "verified_phone_number"]),
        ("{status: ON, enabledTypes: [SOFTWARE_TOKEN]}", "ON", True, False, False,
         ["verified_email", "verified_phone_number"]),
        ("{status: OPTIONAL, enabledTypes: [SMS]}", "OPTIONAL", None, False, True, ["verified_email"]),
        ("{status: ON, enabledTypes: [SMS, SOFTWARE_TOKEN]}", "ON", True, False, True, ["verified_email"]),
        ("{status: ON, enabledTypes: [EMAIL_OTP]}", "ON", None, True, False,
         ["verified_email", "verified_phone_number"]),
    ],
)  # fmt: skip
def test_mfa(
    mfa: str, mode: str, token: bool | None, email: bool, sms: bool, recovery: list[str], lowered: Lowered
) -> None:
    ses = "emailConfiguration: {sesAddressArn: 'arn:aws:ses:eu-west-1:123456789012:identity/a@b.example'}"
    state = lowered(pool_spec(f"{ses}\nmfaConfiguration: {mfa}" if mfa else ses))
    values = one(state, POOL).values
    assert values.get("mfa_configuration", "OFF") == mode
    assert values.get("software_token_mfa_configuration", {}).get("enabled") is token
    assert ("email_mfa_configuration" in values) is email
    assert ("sms_configuration" in values) is sms
    assert {ROLE, POLICY} <= kinds(state) if sms else not {ROLE, POLICY} & kinds(state)
    assert list(values["account_recovery_setting"]["recovery_mechanism"]) == recovery


@pytest.mark.parametrize(
    ("properties", "sms"),
    [
        ("", False),
        ("userVerificationType: sms", True),
        ("inviteMessageConfig: {smsMessage: '{username} {####}'}", True),
        ("userVerificationMessageConfig: {smsMessage: 'Code {####}'}", True),
        ("allowPhoneNumberAsUserName: true", False),
    ],
)
def test_text_messages_only_where_they_are_sent(properties: str, sms: bool, lowered: Lowered) -> None:
    state = lowered(pool_spec(properties), stage="dev", service_name="shop")
    assert ("sms_configuration" in one(state, POOL).values) is sms
    if sms:
        configuration, role = one(state, POOL).values["sms_configuration"], one(state, ROLE, "sms")
        assert configuration["external_id"] == "shop-dev-p-user-pool"
        assert configuration["sns_caller_arn"] == Ref(role.address, "arn")
        assert "shop-dev-p-user-pool" in repr(role.values["assume_role_policy"])


# --- passwords, e-mail, schema, hooks ---


def test_a_password_policy_in_part_keeps_the_rest(lowered: Lowered) -> None:
    given = "passwordPolicy: {minimumLength: 12, requireSymbols: false}"
    assert one(lowered(pool_spec(given)), POOL).values["password_policy"] == {
        "minimum_length": 12,
        "require_lowercase": True,
        "require_numbers": True,
        "require_symbols": False,
        "require_uppercase": True,
        "temporary_password_validity_days": 7,
    }


def test_who_sends_the_mails(lowered: Lowered) -> None:
    assert one(lowered(pool_spec()), POOL).values["email_configuration"] == {
        "email_sending_account": "COGNITO_DEFAULT"
    }
    arn = "arn:aws:ses:eu-west-1:123456789012:identity/a@b.example"
    given = (
        f"emailConfiguration: {{sesAddressArn: '{arn}', from: a@b.example, replyToEmailAddress: r@b.example}}"
    )
    assert one(lowered(pool_spec(given)), POOL).values["email_configuration"] == {
        "email_sending_account": "DEVELOPER",
        "from_email_address": "a@b.example",
        "reply_to_email_address": "r@b.example",
        "source_arn": arn,
    }


def test_schema_carries_its_constraints(lowered: Lowered) -> None:
    given = (
        "schema:\n"
        "  - {name: tier, attributeDataType: String}\n"
        "  - {name: visits, attributeDataType: Number, numberMinValue: 0, mutable: false}\n"
        "  - {name: born, attributeDataType: DateTime}\n"
        "  - {name: email, attributeDataType: String, required: true}\n"
        "  - {name: locale, attributeDataType: String}\n"
    )
    schema = one(lowered(pool_spec(given)), POOL).values["schema"]
    assert list(schema) == ["tier", "visits", "born", "email"], "locale is as AWS has it anyway"
    assert schema["tier"]["string_attribute_constraints"] == {"min_length": "0", "max_length": "2048"}
    assert schema["visits"]["number_attribute_constraints"] == {"min_value": "0"}
    assert schema["born"].keys() == {
        "name", "attribute_data_type", "developer_only_attribute", "mutable", "required"
    }  # fmt: skip
    assert [item["mutable"] for item in schema.values()] == [True, False, True, True]
    assert schema["email"]["required"] is True


def test_hooks_and_their_permissions(lowered: Lowered) -> None:
    state = lowered(EVERY_PROPERTY)
    hooks = one(state, POOL).values["lambda_config"]
    assert len(hooks) == 10
    assert hooks["pre_sign_up"] == Variable(
        "function_arns", "ARN of each Lambda function of the spec, by its name.", key="trigger"
    )
    permissions = {item.address.label: item for item in state.resources.values() if item.kind == PERMISSION}
    assert permissions.keys() == hooks.keys()
    assert len({item.values["statement_id"] for item in permissions.values()}) == 10
    for label, permission in permissions.items():
        assert permission.values["function_name"] == hooks[label]
        assert permission.values["principal"] == "cognito-idp.amazonaws.com"
        assert permission.values["source_arn"] == Ref(Address("everything", POOL), "arn")


# --- the app client ---


@pytest.mark.parametrize(
    ("properties", "flows", "scopes"),
    [
        ("", set(), set()),
        ("callbackURLs: ['https://a.example']", {"code"}, {"email", "openid", "profile"}),
        ("allowedOathFlows: [implicit]\ncallbackURLs: ['https://a.example']", {"implicit"},
         {"email", "openid", "profile"}),
        ("allowedOAuthFlows: [code]\ncallbackURLs: ['https://a.example']\nallowedOAuthScopes: [openid]", {"code"},
         {"openid"}),
        ("allowedOAuthFlows: [client_credentials]\ngenerateClientSecret: true\nallowedOAuthScopes: [api/read]",
         {"client_credentials"}, {"api/read"}),
    ],
)  # fmt: skip
def test_oauth(properties: str, flows: set[str], scopes: set[str], lowered: Lowered) -> None:
    values = one(lowered(pool_spec(properties)), CLIENT).values
    assert values["allowed_oauth_flows_user_pool_client"] is bool(flows)
    assert values["allowed_oauth_flows"] == frozenset(flows)
    assert values["allowed_oauth_scopes"] == frozenset(scopes)


def test_first_callback_is_the_default(lowered: Lowered) -> None:
    values = one(
        lowered(pool_spec("callbackURLs: ['https://b.example', 'https://a.example']")), CLIENT
    ).values
    assert values["default_redirect_uri"] == "https://b.example"
    assert values["callback_urls"] == frozenset({"https://a.example", "https://b.example"})


def test_units_are_always_written(lowered: Lowered) -> None:
    units = {"access_token": "seconds", "id_token": "seconds", "refresh_token": "days"}
    assert one(lowered(pool_spec()), CLIENT).values["token_validity_units"] == units
    given = "accessTokenValiditySeconds: 300\nidTokenValiditySeconds: 600\nrefreshTokenValidityDays: 10"
    values = one(lowered(pool_spec(given)), CLIENT).values
    assert values["token_validity_units"] == units
    assert [values[f"{token}_validity"] for token in units] == [300, 600, 10]


def test_secret_only_when_asked_for(lowered: Lowered) -> None:
    assert "generate_secret" not in one(lowered(pool_spec()), CLIENT).values
    assert "generate_secret" not in one(lowered(pool_spec("generateClientSecret: false")), CLIENT).values
    assert one(lowered(pool_spec("generateClientSecret: true")), CLIENT).values["generate_secret"] is True


def test_the_client_is_hardened(lowered: Lowered) -> None:
    values = one(lowered(pool_spec()), CLIENT).values
    assert values["prevent_user_existence_errors"] == "ENABLED"
    assert values["enable_token_revocation"] is True
    assert values["explicit_auth_flows"] == frozenset({"ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"})


def test_custom_sign_in_where_there_are_challenges(lowered: Lowered) -> None:
    arn = "arn:aws:lambda:eu-west-1:123456789012:function:f"
    hooks = ", ".join(
        f"{hook}: '{arn}'"
        for hook in ("createAuthChallenge", "defineAuthChallenge", "verifyAuthChallengeResponse")
    )
    values = one(lowered(pool_spec(f"hooks: {{{hooks}}}")), CLIENT).values
    assert "ALLOW_CUSTOM_AUTH" in values["explicit_auth_flows"]


def test_providers_are_made_before_the_client(lowered: Lowered) -> None:
    state = lowered(EVERY_PROPERTY)
    names = one(state, CLIENT).values["supported_identity_providers"]
    assert {name.address.label for name in names} == set(labels(state, PROVIDER))
    assert "COGNITO" not in names, "only external ones are allowed there"


def test_members_that_aws_adds_are_ignored_one_by_one(lowered: Lowered) -> None:
    google = one(lowered(EVERY_PROPERTY), PROVIDER, "Google")
    written = google.values["provider_details"]
    ignored = google.lifecycle["ignore_changes"]
    assert 'provider_details["oidc_issuer"]' in ignored
    assert not [name for name in written if f'provider_details["{name}"]' in ignored]


# --- domains ---


def test_custom_domain(lowered: Lowered) -> None:
    given = "customDomain: {domainName: login.b.example}"
    state = lowered(pool_spec(given))
    assert labels(state, DOMAIN) == ["custom"]
    domain = one(state, DOMAIN, "custom").values
    assert domain["domain"] == "login.b.example"
    assert isinstance(domain["certificate_arn"], Variable)
    record = one(state, RECORD).values
    assert (record["name"], record["type"]) == ("login.b.example", "A")
    target = Address("p", DOMAIN, "custom")
    assert record["alias"]["name"] == Ref(target, "cloudfront_distribution")
    assert record["alias"]["zone_id"] == Ref(target, "cloudfront_distribution_zone_id")
    off = "customDomain: {domainName: login.b.example, disableDnsRecordCreation: true}"
    assert RECORD not in kinds(lowered(pool_spec(off)))


def test_prefix_beside_a_custom_domain(lowered: Lowered) -> None:
    given = "customDomain: {domainName: login.b.example}\nhostedUiDomainPrefix: shop"
    assert labels(lowered(pool_spec(given)), DOMAIN) == ["prefix", "custom"]


@pytest.mark.parametrize(
    ("properties", "prefix"),
    [
        ("", None),
        ("enableHostedUi: true\ncallbackURLs: ['https://a.example']", "shop-dev-p"),
        ("userVerificationType: email-link", "shop-dev-p"),
        ("hostedUiCSS: '.a {}'\ncallbackURLs: ['https://a.example']", "shop-dev-p"),
        ("hostedUiDomainPrefix: mine", "mine"),
    ],
)
def test_domain_only_where_one_is_needed(properties: str, prefix: str | None, lowered: Lowered) -> None:
    state = lowered(pool_spec(properties), stage="dev", service_name="shop")
    assert labels(state, DOMAIN) == ([] if prefix is None else ["prefix"])
    if prefix is not None:
        assert one(state, DOMAIN, "prefix").values["domain"] == prefix


def test_the_style_waits_for_the_domain(lowered: Lowered) -> None:
    state = lowered(EVERY_PROPERTY)
    assert one(state, STYLE).values["user_pool_id"] == Ref(
        Address("everything", DOMAIN, "prefix"), "user_pool_id"
    )


# --- the gateway ---

COGNITO = "httpApiGatewayName: g, method: GET, authorizer: {type: cognito, properties: {userPoolName: p}}"


def test_routes_share_an_authorizer(lowered: Lowered) -> None:
    other = COGNITO.replace("userPoolName: p", "userPoolName: p, identitySources: ['$request.header.X']")
    state = lowered(gateway_spec(f"{COGNITO}, path: /a", f"{COGNITO}, path: /b", f"{other}, path: /c"))
    assert len(labels(state, AUTHORIZER)) == 2
    assert labels(state, AUTHORIZER)[0] == "p"
    used = [one(state, ROUTE, f"get_{path}").values["authorizer_id"].address.label for path in "ab"]
    assert used == ["p", "p"]
    values = one(state, AUTHORIZER, "p").values
    assert values["authorizer_type"] == "JWT"
    assert values["jwt_configuration"]["audience"] == frozenset({Ref(Address("p", CLIENT), "id")})
    assert values["jwt_configuration"]["issuer"] == Template(
        ("https://", Ref(Address("p", POOL), "endpoint"))
    )
    assert "authorizer_payload_format_version" not in values


def test_a_route_without_authorizer_says_so(lowered: Lowered) -> None:
    state = lowered(gateway_spec("httpApiGatewayName: g, method: GET, path: /a"))
    assert one(state, ROUTE, "get_a").values["authorization_type"] == "NONE"
    assert "authorizer_id" not in one(state, ROUTE, "get_a").values


def test_lambda_authorizer(lowered: Lowered) -> None:
    guard = (
        "httpApiGatewayName: g, method: GET, path: /a, authorizer: {type: lambda, properties: "
        "{functionName: guard, identitySources: ['$request.header.X'], cacheResultSeconds: 60}}"
    )
    state = lowered(gateway_spec(guard, rest="  guard: {type: function}\n"))
    (label,) = labels(state, AUTHORIZER)
    values = one(state, AUTHORIZER, label).values
    assert (values["authorizer_type"], values["authorizer_payload_format_version"]) == ("REQUEST", "2.0")
    assert (values["authorizer_result_ttl_in_seconds"], values["enable_simple_responses"]) == (60, True)
    assert one(state, ROUTE, "get_a").values["authorization_type"] == "CUSTOM"
    assert labels(state, PERMISSION) == ["call", "guard"]


def test_an_undeclared_gateway_is_a_variable(lowered: Lowered) -> None:
    event = "httpApiGatewayName: g, method: GET, path: /a"
    state = lowered(gateway_spec(event))
    assert not {API, STAGE} & kinds(state)
    assert one(state, ROUTE, "get_a").values["api_id"] == Variable(
        "api_ids", "Id of each HTTP API that the spec uses and does not declare.", key="g"
    )
    declared = lowered(gateway_spec(event, rest="  g: {type: http-api-gateway}\n"))
    assert {API, STAGE} <= kinds(declared)
    assert one(declared, ROUTE, "get_a").values["api_id"] == Ref(Address("g", API), "id")


def test_one_integration_for_each_function_and_format(lowered: Lowered) -> None:
    event = "httpApiGatewayName: g, method: GET"
    state = lowered(gateway_spec(f"{event}, path: /a", f"{event}, path: /b"))
    assert labels(state, INTEGRATION) == ["call"]
    new = lowered(gateway_spec(f"{event}, path: /a, payloadFormat: '2.0'"))
    assert labels(new, INTEGRATION) == ["call_v2"]
    assert one(new, INTEGRATION, "call_v2").values["payload_format_version"] == "2.0"


def test_containers_bring_their_own_integration(lowered: Lowered) -> None:
    text = """\
resources:
  p: {type: user-auth-pool}
  web:
    type: multi-container-workload
    properties:
      containers:
        - name: a
          events:
            - type: http-api-gateway
              properties: {httpApiGatewayName: g, method: GET, path: /a, containerPort: 80}
"""
    state = lowered(text)
    assert not {INTEGRATION, PERMISSION} & kinds(state)
    (_, integration) = one(state, ROUTE, "get_a").values["target"].parts
    assert isinstance(integration, Variable)
    assert integration.path == "integration_ids.web"


# --- origins, order, names ---


def test_origins_are_lines_of_the_spec(tmp_path: Path) -> None:
    """Each origin is a place that exists, at or below the property that decides the argument."""
    path = tmp_path / "spec.yml"
    path.write_text(EVERY_PROPERTY)
    spec = load([path])
    lines = EVERY_PROPERTY.splitlines()
    for resource in lower(spec).resources.values():
        for argument, origin in resource.origins.items():
            position = spec.position(origin)
            word = next((str(step) for step in reversed(origin) if isinstance(step, str)), "")
            said = lines[position.line - 1]
            if isinstance(origin[-1], int):
                assert said.lstrip().startswith("- ")
                continue
            known = word.split(".")[-1] in said or not _written(spec, origin)
            assert known, (resource.address, argument, origin, said)


def _written(spec: Any, origin: tuple[str | int, ...]) -> bool:
    """Whether the spec has the property itself (else the nearest part of it is meant)."""
    return bool(spec.position(origin) != spec.position(origin[:-1]))


@pytest.mark.parametrize(
    ("argument", "line"),
    [
        ("password_policy.minimum_length", "minimumLength: 12"),
        ("mfa_configuration", "status: OPTIONAL"),
        ("auto_verified_attributes", "userVerificationType: email-code"),
        ("admin_create_user_config.allow_admin_create_user_only", "allowOnlyAdminsToCreateAccount: true"),
        ("email_configuration.from_email_address", "from: Shop"),
        ("lambda_config.pre_sign_up", "preSignUp:"),
        ("schema", "schema:"),
        ('schema["tier"]', "- name: tier"),
        ('schema["visits"]', "- name: visits"),
        ("user_pool_tier", "UserPoolTier: PLUS"),
    ],
)
def test_where_a_finding_points(argument: str, line: str, tmp_path: Path) -> None:
    path = tmp_path / "spec.yml"
    path.write_text(EVERY_PROPERTY)
    spec = load([path])
    position = spec.position(one(lower(spec), POOL).origins[argument])
    assert line in EVERY_PROPERTY.splitlines()[position.line - 1]


def test_the_order_of_keys_means_nothing(tmp_path: Path) -> None:
    def backwards(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: backwards(item) for key, item in reversed(value.items())}
        return [backwards(item) for item in value] if isinstance(value, list) else value

    import json

    from ruamel.yaml import YAML

    data = YAML(typ="safe").load(EVERY_PROPERTY)
    states = []
    for name, content in (("a", data), ("b", backwards(data))):
        (tmp_path / name).write_text(json.dumps(content))
        states.append(lower(load([tmp_path / name], Options(stage="dev"))))
    first, second = ([(item.address, item.values) for item in state.resources.values()] for state in states)
    assert first == second
    assert list(states[0].resources) == list(states[1].resources)


def test_every_reference_leads_to_a_resource(lowered: Lowered) -> None:
    for text in (SEED, EVERY_PROPERTY):
        state = lowered(text)
        for resource in state.resources.values():
            for target in _references(resource.values):
                assert target.address in state.resources


def _references(value: Any) -> list[Ref]:
    match value:
        case Ref():
            return [value]
        case Template(parts=parts):
            return [found for part in parts for found in _references(part)]
        case dict():
            return [found for item in value.values() for found in _references(item)]
        case list() | frozenset():
            return [found for item in value for found in _references(item)]
        case _:
            return []


def test_no_literal_secret_is_left(lowered: Lowered) -> None:
    for resource in lowered(EVERY_PROPERTY).resources.values():
        for name, value in resource.values.get("provider_details", {}).items():
            if name in ("client_secret", "private_key"):
                assert not isinstance(value, str)
    assert FromData is not None
