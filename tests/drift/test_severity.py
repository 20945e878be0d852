"""How bad a difference is, seen by somebody who must decide at night whether to get up."""

from __future__ import annotations

from typing import Any

import pytest

from tests.drift.single import changed, run, whole
from tfgen.kinds import KINDS
from tfgen.kinds.field import Severity
from tfgen.resource import Sensitive
from tfgen.spec import Spec

POOL, CLIENT = "aws_cognito_user_pool", "aws_cognito_user_pool_client"
ROUTE, AUTHORIZER, API = "aws_apigatewayv2_route", "aws_apigatewayv2_authorizer", "aws_apigatewayv2_api"
PROVIDER = "aws_cognito_identity_provider"
A, B = frozenset({"https://a"}), frozenset({"https://b"})


@pytest.mark.parametrize(
    ("kind", "path", "desired", "live", "severity"),
    [
        # Who may get in without, or with less, proof.
        (POOL, "mfa_configuration", "ON", "OFF", "critical"),
        (POOL, "mfa_configuration", "ON", "OPTIONAL", "critical"),
        (POOL, "mfa_configuration", "OPTIONAL", "OFF", "critical"),
        (POOL, "mfa_configuration", "OPTIONAL", "ON", "medium"),
        (POOL, "mfa_configuration", None, "ON", "medium"),
        (POOL, "software_token_mfa_configuration.enabled", True, None, "critical"),
        (POOL, "software_token_mfa_configuration.enabled", None, True, "medium"),
        (POOL, "admin_create_user_config.allow_admin_create_user_only", True, False, "critical"),
        (POOL, "admin_create_user_config.allow_admin_create_user_only", False, True, "medium"),
        (POOL, "sign_in_policy.allowed_first_auth_factors", {"PASSWORD"}, {"PASSWORD", "SMS_OTP"}, "high"),
        (POOL, "sign_in_policy.allowed_first_auth_factors", {"PASSWORD", "SMS_OTP"}, {"PASSWORD"}, "medium"),
        (POOL, "password_policy.minimum_length", 12, 8, "high"),
        (POOL, "password_policy.minimum_length", 12, 14, "low"),
        (POOL, "password_policy.require_symbols", True, False, "high"),
        (POOL, "password_policy.require_symbols", False, True, "low"),
        (POOL, "password_policy.password_history_size", 5, None, "medium"),
        (POOL, "password_policy.password_history_size", 5, 6, "low"),
        (POOL, "password_policy.temporary_password_validity_days", 7, 90, "medium"),
        (POOL, "password_policy.temporary_password_validity_days", 7, 1, "low"),
        (POOL, "user_pool_add_ons.advanced_security_mode", "ENFORCED", "AUDIT", "high"),
        (POOL, "user_pool_add_ons.advanced_security_mode", "ENFORCED", None, "high"),
        (POOL, "user_pool_add_ons.advanced_security_mode", "OFF", "ENFORCED", "medium"),
        (POOL, "auto_verified_attributes", {"email"}, None, "high"),
        (POOL, "username_attributes", {"email"}, {"email", "phone_number"}, "high"),
        (POOL, "user_attribute_update_settings.attributes_require_verification_before_update",
         {"email"}, None, "high"),
        (POOL, "user_attribute_update_settings.attributes_require_verification_before_update",
         None, {"email"}, "low"),
        # Functions that see or decide sign-ins.
        (POOL, "lambda_config.pre_sign_up", "arn:a", "arn:b", "critical"),
        (POOL, "lambda_config.pre_authentication", "arn:a", None, "critical"),
        (POOL, "lambda_config.user_migration", None, "arn:b", "critical"),
        (POOL, "lambda_config.post_authentication", "arn:a", None, "medium"),
        (POOL, "lambda_config.post_authentication", None, "arn:b", "high"),
        (POOL, "lambda_config.kms_key_id", None, "arn:key", "critical"),
        # What protects the pool itself, what is only text.
        (POOL, "deletion_protection", "ACTIVE", "INACTIVE", "high"),
        (POOL, "deletion_protection", "INACTIVE", "ACTIVE", "info"),
        (POOL, "name", "a", "b", "low"),
        (POOL, "sms_authentication_message", "{####} a", "{####} b", "low"),
        # The app client.
        (CLIENT, "callback_urls", A, A | B, "critical"),
        (CLIENT, "callback_urls", A | B, A, "medium"),
        (CLIENT, "callback_urls", A, B, "critical"),
        (CLIENT, "callback_urls", A, None, "medium"),
        (CLIENT, "logout_urls", A, A | B, "high"),
        (CLIENT, "allowed_oauth_flows", {"code"}, {"code", "implicit"}, "high"),
        (CLIENT, "allowed_oauth_flows", {"code"}, None, "medium"),
        (CLIENT, "allowed_oauth_flows_user_pool_client", False, True, "high"),
        (CLIENT, "allowed_oauth_flows_user_pool_client", True, False, "medium"),
        (CLIENT, "explicit_auth_flows", {"ALLOW_USER_SRP_AUTH"},
         {"ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"}, "high"),
        (CLIENT, "supported_identity_providers", {"COGNITO"}, {"COGNITO", "Evil"}, "critical"),
        (CLIENT, "supported_identity_providers", {"COGNITO", "Google"}, {"COGNITO"}, "medium"),
        (CLIENT, "prevent_user_existence_errors", "ENABLED", None, "high"),
        (CLIENT, "enable_token_revocation", True, False, "high"),
        (CLIENT, "enable_token_revocation", False, True, "low"),
        (CLIENT, "refresh_token_rotation.feature", "ENABLED", None, "high"),
        (CLIENT, "refresh_token_rotation.feature", "DISABLED", "ENABLED", "medium"),
        (CLIENT, "generate_secret", True, None, "high"),
        (CLIENT, "write_attributes", {"email"}, {"email", "custom:role"}, "high"),
        # Who vouches for users.
        (PROVIDER, 'provider_details["client_id"]', None, None, "critical"),
        (PROVIDER, "attribute_mapping", {"email": "email"}, {"email": "other"}, "high"),
        # The API.
        (ROUTE, "authorization_type", "JWT", None, "critical"),
        (ROUTE, "authorization_type", "JWT", "CUSTOM", "high"),
        (ROUTE, "authorizer_id", "a", "b", "critical"),
        (ROUTE, "authorization_scopes", {"a"}, None, "high"),
        (ROUTE, "authorization_scopes", None, {"a"}, "medium"),
        (AUTHORIZER, "jwt_configuration.issuer", "https://a", "https://b", "critical"),
        (AUTHORIZER, "jwt_configuration.audience", {"a"}, {"a", "b"}, "critical"),
        (AUTHORIZER, "jwt_configuration.audience", {"a", "b"}, {"a"}, "medium"),
        (AUTHORIZER, "authorizer_uri", "arn:a", "arn:b", "critical"),
        (AUTHORIZER, "authorizer_result_ttl_in_seconds", 60, 3600, "medium"),
        (API, "cors_configuration.allow_origins", {"https://a"}, {"*"}, "high"),
        (API, "disable_execute_api_endpoint", True, False, "high"),
    ],
)  # fmt: skip
def test_direction(kind: str, path: str, desired: Any, live: Any, severity: str, small: Spec) -> None:
    table = KINDS[kind]
    if path.startswith("provider_details"):
        details = {"client_id": "a", "client_secret": Sensitive("s")}
        desired, live, path = details, details | {"client_id": "b"}, "provider_details"
    steps = tuple(path.split("."))
    sides = [
        changed(whole(table), steps, frozenset(value) if isinstance(value, (set, frozenset)) else value)
        for value in (desired, live)
    ]
    (finding,) = run(small, table, *sides).findings
    assert finding.path.startswith(path)
    assert str(finding.severity) == severity


def test_levels_are_ordered() -> None:
    assert sorted(Severity) == [
        Severity.INFO,
        Severity.LOW,
        Severity.MEDIUM,
        Severity.HIGH,
        Severity.CRITICAL,
    ]


@pytest.mark.parametrize(
    ("kind", "deleted", "unmanaged"),
    [
        (POOL, "critical", "info"),
        (CLIENT, "high", "critical"),
        (PROVIDER, "high", "critical"),
        ("aws_cognito_user_pool_domain", "high", "high"),
        ("aws_cognito_user_pool_ui_customization", "low", "low"),
        (AUTHORIZER, "critical", "medium"),
        (ROUTE, "medium", "high"),
        ("aws_iam_role_policy", "high", "high"),
        ("aws_lambda_permission", "high", "info"),
    ],
)
def test_whole_resources(kind: str, deleted: str, unmanaged: str) -> None:
    assert (str(KINDS[kind].deleted), str(KINDS[kind].unmanaged)) == (deleted, unmanaged)
