"""What Terraform plans and AWS holds, compared with the spec by code that knows nothing of tfgen."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.e2e.deployment import Deployment
from tests.golden.cases import FIXTURES

POOL, CLIENT = "aws_cognito_user_pool.this", "aws_cognito_user_pool_client.this"
Planned = dict[str, dict[str, Any]]


def _live(deployment: Deployment, styled: bool) -> dict[str, Any]:
    """The live pool, client, style and provider of hostile_strings, as boto3 has them."""
    state, cognito = deployment.terraform.state_values(), deployment.emulator.client("cognito-idp")
    prefix = "module.hostile_strings.module.hostile"
    pool, client = state[f"{prefix}.{POOL}"]["id"], state[f"{prefix}.{CLIENT}"]["id"]
    name = _spec("hostile_strings")["hostile"]["properties"]["identityProviders"][0]["name"]
    return {
        "pool": cognito.describe_user_pool(UserPoolId=pool)["UserPool"],
        "client": cognito.describe_user_pool_client(UserPoolId=pool, ClientId=client)["UserPoolClient"],
        "style": cognito.get_ui_customization(UserPoolId=pool, ClientId=client)["UICustomization"]
        if styled
        else None,
        "provider": cognito.describe_identity_provider(UserPoolId=pool, ProviderName=name)[
            "IdentityProvider"
        ],
    }


def _spec(name: str) -> dict[str, Any]:
    text = (FIXTURES / name / "spec.yml").read_text(encoding="utf-8")
    resources: dict[str, Any] = YAML(typ="safe", pure=True).load(text)["resources"]
    return resources


def every_property_is_planned(planned: Planned) -> None:
    spec = _spec("every_property")["members"]["properties"]
    pool = planned[f"module.every_property.module.members.{POOL}"]
    client = planned[f"module.every_property.module.members.{CLIENT}"]
    policy, wanted = pool["password_policy"][0], spec["passwordPolicy"]
    assert policy["minimum_length"] == wanted["minimumLength"]
    assert policy["require_lowercase"] == wanted["requireLowercase"]
    assert policy["require_numbers"] == wanted["requireNumbers"]
    assert policy["require_symbols"] == wanted["requireSymbols"]
    assert policy["require_uppercase"] == wanted["requireUppercase"]
    assert policy["temporary_password_validity_days"] == spec["unusedAccountValidityDays"]
    assert pool["admin_create_user_config"][0]["allow_admin_create_user_only"] is True
    invite = pool["admin_create_user_config"][0]["invite_message_template"][0]
    assert invite["email_message"] == spec["inviteMessageConfig"]["emailMessage"]
    assert invite["email_subject"] == spec["inviteMessageConfig"]["emailSubject"]
    assert invite["sms_message"] == spec["inviteMessageConfig"]["smsMessage"]
    texts, said = pool["verification_message_template"][0], spec["userVerificationMessageConfig"]
    assert texts["email_message"] == said["emailMessageUsingCode"]
    assert texts["email_subject"] == said["emailSubjectUsingCode"]
    assert texts["sms_message"] == said["smsMessage"]
    assert texts["default_email_option"] == "CONFIRM_WITH_CODE"
    assert pool["username_attributes"] == ["email"]
    assert sorted(pool["auto_verified_attributes"]) == ["email", "phone_number"]
    assert pool["mfa_configuration"] == "OPTIONAL"
    assert pool["software_token_mfa_configuration"] == [{"enabled": True}]
    assert pool["deletion_protection"] == "ACTIVE"
    sender, mail = pool["email_configuration"][0], spec["emailConfiguration"]
    assert sender["source_arn"] == mail["sesAddressArn"]
    assert sender["from_email_address"] == mail["from"]
    assert sender["reply_to_email_address"] == mail["replyToEmailAddress"]
    assert sender["email_sending_account"] == "DEVELOPER"
    assert pool["tags"] == {"team": "accounts"}
    schema = {item["name"]: item for item in pool["schema"]}
    assert schema.keys() == {item["name"] for item in spec["schema"]}
    assert schema["department"]["string_attribute_constraints"] == [{"min_length": "2", "max_length": "40"}]
    assert schema["loyaltyPoints"]["number_attribute_constraints"] == [
        {"min_value": "0", "max_value": "100000"}
    ]
    assert schema["memberSince"]["mutable"] is False
    assert schema["email"]["required"] is True
    assert client["access_token_validity"] == spec["accessTokenValiditySeconds"]
    assert client["id_token_validity"] == spec["idTokenValiditySeconds"]
    assert client["refresh_token_validity"] == spec["refreshTokenValidityDays"]
    assert client["token_validity_units"] == [
        {"access_token": "seconds", "id_token": "seconds", "refresh_token": "days"}
    ]
    assert client["generate_secret"] is True
    assert sorted(client["allowed_oauth_flows"]) == sorted(spec["allowedOAuthFlows"])
    assert sorted(client["allowed_oauth_scopes"]) == sorted(spec["allowedOAuthScopes"])
    assert sorted(client["callback_urls"]) == sorted(spec["callbackURLs"])
    assert client["default_redirect_uri"] == spec["callbackURLs"][0]
    assert client["logout_urls"] == spec["logoutURLs"]
    assert client["supported_identity_providers"] == ["Staff"]
    assert client["prevent_user_existence_errors"] == "ENABLED"
    provider = planned["module.every_property.module.members.aws_cognito_identity_provider.Staff"]
    assert provider["attribute_mapping"] | {"username": ""} == spec["identityProviders"][0][
        "attributeMapping"
    ] | {"username": ""}
    hooks = pool["lambda_config"][0]
    assert hooks["pre_sign_up"].endswith(":function:every_property-onSignUp")
    assert hooks["define_auth_challenge"].endswith(":function:every_property-onChallenge")


def the_seed_is_protected(planned: Planned) -> None:
    route = planned["module.seed.module.myGateway.aws_apigatewayv2_route.post_post_create"]
    assert (route["authorization_type"], route["route_key"]) == ("JWT", "POST /post/create")
    policy = planned[f"module.seed.module.myUserPool.{POOL}"]["password_policy"][0]
    classes = ("lowercase", "numbers", "symbols", "uppercase")
    assert policy["minimum_length"] == 8
    assert all(policy[f"require_{name}"] for name in classes)


def names_carry_service_and_stage(planned: Planned) -> None:
    assert planned[f"module.names.module._2fa.{POOL}"]["name"] == "ledger-prod-2fa-user-pool"
    long = next(
        value["name"] for key, value in planned.items() if "ExtremelyLong" in key and "iam_role.sms" in key
    )
    assert len(long) <= 64


def hostile_texts_arrived_unchanged(deployment: Deployment, *, styled: bool) -> None:
    """What the spec says and what AWS holds afterwards: the same characters."""
    applied = _live(deployment, styled)
    spec = _spec("hostile_strings")["hostile"]
    properties, pool = spec["properties"], applied["pool"]
    said, texts = properties["userVerificationMessageConfig"], pool["VerificationMessageTemplate"]
    assert texts["EmailMessage"] == said["emailMessageUsingCode"]
    assert texts["EmailSubject"] == said["emailSubjectUsingCode"]
    assert texts["SmsMessage"] == said["smsMessage"]
    invite, asked = pool["AdminCreateUserConfig"]["InviteMessageTemplate"], properties["inviteMessageConfig"]
    assert invite["EmailMessage"] == asked["emailMessage"]
    assert invite["EmailSubject"] == asked["emailSubject"]
    assert invite["SMSMessage"] == asked["smsMessage"]
    assert pool["UserPoolTags"] == spec["overrides"]["UserPool"]["UserPoolTags"]
    assert applied["client"]["CallbackURLs"] == properties["callbackURLs"]
    css = (FIXTURES / "hostile_strings" / "long.css").read_bytes().decode()
    assert len(css) == 20_000
    assert not styled or applied["style"]["CSS"] == css
    provider, wanted = applied["provider"], properties["identityProviders"][0]
    assert provider["ProviderName"] == wanted["name"]
    assert provider["ProviderDetails"]["client_id"] == wanted["clientId"]
    assert provider["ProviderDetails"]["client_secret"] == "open sesame ${five}"
    assert provider["ProviderDetails"]["authorize_scopes"] == " ".join(wanted["authorizeScopes"])
    assert provider["AttributeMapping"]["email"] == wanted["attributeMapping"]["email"]


def no_secret_is_in_any_file(deployment: Deployment) -> None:
    """The values of the secret store come from data sources; only the state knows them."""
    for file in Path(deployment.terraform.directory).rglob("*.tf"):
        assert "open sesame" not in file.read_text(encoding="utf-8"), file
