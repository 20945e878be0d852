"""The public controls that findings name: only ones that exist, and all that a pool's settings touch."""

from __future__ import annotations

from tfgen.explain.lookup import look_up
from tfgen.kinds import KINDS

SECURITY_HUB = {
    "Cognito.1": "threat protection of standard sign-in is enforced",
    "Cognito.3": "password policy",
    "Cognito.4": "threat protection of custom sign-in is enforced",
    "Cognito.5": "MFA",
    "Cognito.6": "deletion protection",
    "APIGateway.8": "routes have an authorization type",
    "APIGateway.9": "stages of HTTP APIs log who called",
    "APIGateway.10": "integrations through a VPC link use TLS",
    "Lambda.1": "a function's policy lets not everybody in",
}
"""AWS Security Hub user guide, controls for Amazon Cognito, API Gateway and Lambda. Not there: Cognito.2
is about identity pools, APIGateway.1 to .5 and .11 about other kinds of API, the other Lambda controls
about functions themselves."""
COGNITO = {
    "account_recovery_sms_not_preferred",
    "advanced_security_enabled",
    "client_prevent_user_existence_errors",
    "client_token_revocation_enabled",
    "deletion_protection_enabled",
    "mfa_enabled",
    "password_policy_lowercase",
    "password_policy_minimum_length_14",
    "password_policy_number",
    "password_policy_symbol",
    "password_policy_uppercase",
    "self_registration_disabled",
    "temporary_password_expiration",
    "waf_acl_attached",
}
"""Checks of prowler-cloud/prowler, folder providers/aws/services/cognito. Not there: identity pools and
risk configurations (two), which are no arguments of our kinds."""
OTHERS = {
    "apigatewayv2_api_access_logging_enabled",
    "apigatewayv2_api_authorizers_enabled",
    "awslambda_function_not_publicly_accessible",
}
"""The same of the folders apigatewayv2 and awslambda."""


def test_controls_are_the_published_ones() -> None:
    named = {control for kind in KINDS.values() for _, field in kind.walk() for control in field.controls}
    named |= {control for kind in KINDS.values() for control in (*kind.controls, *kind.rogue_controls)}
    prowler = OTHERS | {f"cognito_user_pool_{name}" for name in COGNITO}
    assert named == {f"SecurityHub {name}" for name in SECURITY_HUB} | {f"prowler {name}" for name in prowler}


def test_every_control_leads_to_what_it_is_about() -> None:
    for kind in KINDS.values():
        for control in (*kind.controls, *kind.rogue_controls):
            assert kind in look_up(control).kinds, control
        for path, field in kind.walk():
            for control in field.controls:
                assert f"{kind.type}.{path}" in [found.name for found in look_up(control).arguments], control


def test_password_controls_are_on_every_member() -> None:
    policy = KINDS["aws_cognito_user_pool"].by_name["password_policy"]
    touched = {field.name for field in policy.fields if "SecurityHub Cognito.3" in field.controls}
    assert touched == {field.name for field in policy.fields} - {"password_history_size"}
