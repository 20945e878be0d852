"""The public controls that findings name: only ones that exist, and all that a pool's settings touch."""

from __future__ import annotations

from tfgen.kinds import KINDS

SECURITY_HUB = {1, 3, 4, 5, 6}
"""Cognito.2 is about identity pools. (AWS Security Hub user guide, controls for Amazon Cognito)"""
PROWLER = {
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


def test_controls_are_the_published_ones() -> None:
    named = {control for kind in KINDS.values() for _, field in kind.walk() for control in field.controls}
    named |= {control for kind in KINDS.values() for control in kind.controls}
    assert named == {f"SecurityHub Cognito.{number}" for number in SECURITY_HUB} | {
        f"prowler cognito_user_pool_{name}" for name in PROWLER
    }


def test_password_controls_are_on_every_member() -> None:
    policy = KINDS["aws_cognito_user_pool"].by_name["password_policy"]
    touched = {field.name for field in policy.fields if "SecurityHub Cognito.3" in field.controls}
    assert touched == {field.name for field in policy.fields} - {"password_history_size"}
