# ruff: noqa: E501, ISC004 - a case is one line of a table
"""`overrides`: both kinds of names, every depth, and errors that say what would be right."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from tests.kinds.synthetic import sample
from tfgen.kinds import KINDS
from tfgen.kinds.field import Type
from tfgen.kinds.overrides import cfn_path
from tfgen.resource import Address, FromData, State, Variable

Lowered = Callable[..., State]
Refused = Callable[..., list[str]]
POOL, CLIENT = "aws_cognito_user_pool", "aws_cognito_user_pool_client"

HEAD = """\
resources:
  call: {type: function}
  myUserPool:
    type: user-auth-pool
    properties:
      allowEmailAsUserName: false
      allowPhoneNumberAsUserName: false
      userVerificationType: sms
      hooks: {preSignUp: "$ResourceParam('call', 'arn')"}
      hostedUiCSS: ".a {}"
      callbackURLs: ["https://a.example/in"]
      identityProviders:
        - {type: Google, clientId: g, clientSecret: "$Secret('g')"}
        - {type: OIDC, name: corp, clientId: o, clientSecret: "$Secret('o')", providerDetails: {oidc_issuer: "https://i.example"}}
    overrides:
"""
LINE = HEAD.count("\n") + 1


def text(overrides: str) -> str:
    return HEAD + textwrap.indent(textwrap.dedent(overrides).lstrip("\n"), "      ")


def values(state: State, kind: str = POOL, label: str = "this") -> dict[str, Any]:
    return state.resources[Address("myUserPool", kind, label)].values


@pytest.mark.parametrize(
    ("override", "kind", "path", "expected"),
    [
        ("UserPool: {UserPoolTier: PLUS}", POOL, "user_pool_tier", "PLUS"),
        ("UserPool: {user_pool_tier: PLUS}", POOL, "user_pool_tier", "PLUS"),
        ("aws_cognito_user_pool: {user_pool_tier: PLUS}", POOL, "user_pool_tier", "PLUS"),
        ("MyUserPoolUserPool: {UserPoolTier: PLUS}", POOL, "user_pool_tier", "PLUS"),
        ("userPool: {UserPoolTier: PLUS}", POOL, "user_pool_tier", "PLUS"),
        ("UserPool: {Policies.PasswordPolicy.MinimumLength: 20}", POOL, "password_policy.minimum_length", 20),
        ("UserPool: {Policies: {PasswordPolicy: {MinimumLength: 20}}}", POOL, "password_policy.minimum_length", 20),
        ("UserPool: {Policies.PasswordPolicy: {PasswordHistorySize: 5}}", POOL, "password_policy.password_history_size", 5),
        ("UserPool: {password_policy.minimum_length: 20}", POOL, "password_policy.minimum_length", 20),
        ("UserPool: {password_policy: {MinimumLength: 20}}", POOL, "password_policy.minimum_length", 20),
        ("UserPool: {PasswordPolicy.MinimumLength: 20}", POOL, None, None),
        ("UserPool: {UsernameConfiguration: {CaseSensitive: false}}", POOL, "username_configuration.case_sensitive", False),
        ("UserPool: {UserPoolAddOns.AdvancedSecurityMode: AUDIT}", POOL, "user_pool_add_ons.advanced_security_mode", "AUDIT"),
        ("UserPool: {WebAuthnRelyingPartyID: example.com}", POOL, "web_authn_configuration.relying_party_id", "example.com"),
        ("UserPool: {EmailAuthenticationSubject: Code}", POOL, "email_mfa_configuration.subject", "Code"),
        ("UserPool: {UserPoolTags: {team: a}}", POOL, "tags", {"team": "a"}),
        ("UserPool: {UserPoolTags.team: a}", POOL, "tags", {"team": "a"}),
        ("UserPool: {SmsAuthenticationMessage: $Stage()}", POOL, "sms_authentication_message",
         Variable("stage", "The stage the pools belong to.")),
        ("MyUserPoolUserPoolClient: {ExplicitAuthFlows: [ALLOW_USER_AUTH]}", CLIENT, "explicit_auth_flows",
         frozenset({"ALLOW_USER_AUTH"})),
        ("UserPoolClient: {TokenValidityUnits: {AccessToken: minutes}, AccessTokenValidity: 5}", CLIENT,
         "token_validity_units.access_token", "minutes"),
        ("UserPoolClient: {RefreshTokenRotation.Feature: ENABLED}", CLIENT, "refresh_token_rotation.feature", "ENABLED"),
        ("MyUserPoolUserPoolDomain: {ManagedLoginVersion: 2}", "aws_cognito_user_pool_domain/prefix", "managed_login_version", 2),
        ("MyUserPoolSendSmsRole: {Path: /sms/}", "aws_iam_role/sms", "path", "/sms/"),
        ("snsRoleSendSmsFromCognito: {Path: /sms/}", "aws_iam_role/sms", "path", "/sms/"),
        ("SendSmsRole: {Tags: [{Key: a, Value: b}]}", "aws_iam_role/sms", "tags", {"a": "b"}),
        ("SendSmsRole: {AssumeRolePolicyDocument: {Version: '2012-10-17'}}", "aws_iam_role/sms",
         "assume_role_policy", '{"Version": "2012-10-17"}'),
        ("MyUserPoolGoogleUserPoolIdentityProvider: {IdpIdentifiers: [b, a]}", "aws_cognito_identity_provider/Google",
         "idp_identifiers", ["b", "a"]),
        ("MyUserPoolOIDCUserPoolIdentityProvider: {IdpIdentifiers: [a]}", "aws_cognito_identity_provider/corp",
         "idp_identifiers", ["a"]),
        ("UserPoolIdentityProvider.corp: {IdpIdentifiers: [a]}", "aws_cognito_identity_provider/corp", "idp_identifiers", ["a"]),
        ("MyUserPoolUserPoolUiCustomizationAttachment: {CSS: '.b {}'}", "aws_cognito_user_pool_ui_customization", "css", ".b {}"),
        ("MyUserPoolPreSignUpPermission: {SourceAccount: '123456789012'}", "aws_lambda_permission/pre_sign_up",
         "source_account", "123456789012"),
    ],
)  # fmt: skip
def test_names(
    override: str, kind: str, path: str | None, expected: Any, lowered: Lowered, refused: Refused
) -> None:
    if path is None:
        assert "did you mean password_policy.MinimumLength?" in refused(text(override))[0]
        return
    kind, _, label = kind.partition("/")
    state = lowered(text(override))
    found: Any = values(state, kind, label or "this")
    for step in path.split("."):
        found = found[step]
    assert found == expected
    origin = state.resources[Address("myUserPool", kind, label or "this")].origins[path]
    assert origin[:3] == ("resources", "myUserPool", "overrides")


def test_one_child_of_several(lowered: Lowered) -> None:
    state = lowered(text("UserPoolIdentityProvider.corp: {IdpIdentifiers: [a]}"))
    assert "idp_identifiers" not in values(state, "aws_cognito_identity_provider", "Google")
    both = lowered(text("UserPoolIdentityProvider: {IdpIdentifiers: [a]}"))
    assert values(both, "aws_cognito_identity_provider", "Google")["idp_identifiers"] == ["a"]
    assert values(both, "aws_cognito_identity_provider", "corp")["idp_identifiers"] == ["a"]


def test_maps_are_merged(lowered: Lowered) -> None:
    details = values(
        lowered(
            text(
                "UserPoolIdentityProvider.corp: {ProviderDetails: {authorize_scopes: openid, oidc_issuer: null}}"
            )
        ),
        "aws_cognito_identity_provider",
        "corp",
    )["provider_details"]
    assert details["authorize_scopes"] == "openid"
    assert details["client_id"] == "o"
    assert "oidc_issuer" not in details
    assert isinstance(details["client_secret"], FromData)


@pytest.mark.parametrize(
    "override",
    [
        "UserPool: {AccountRecoverySetting.RecoveryMechanisms.1: null,"
        " AccountRecoverySetting.RecoveryMechanisms.0.Name: admin_only}",
        "UserPool: {AccountRecoverySetting: {RecoveryMechanisms.1: null, RecoveryMechanisms.0.Name: admin_only}}",
        "UserPool: {account_recovery_setting: {recovery_mechanism: [{Name: admin_only, priority: 1}]}}",
        "UserPool: {AccountRecoverySetting.RecoveryMechanisms: [{name: admin_only, Priority: 1}]}",
    ],
)
def test_repeated_blocks(override: str, lowered: Lowered) -> None:
    found = values(lowered(text(override)))["account_recovery_setting"]["recovery_mechanism"]
    assert found == {"admin_only": {"name": "admin_only", "priority": 1}}


def test_schema_items_are_completed(lowered: Lowered) -> None:
    state = lowered(
        text(
            "UserPool: {Schema: [{Name: tier, AttributeDataType: String}, {Name: locale, AttributeDataType: String}]}"
        )
    )
    assert values(state)["schema"] == {
        "tier": {
            "name": "tier",
            "attribute_data_type": "String",
            "developer_only_attribute": False,
            "mutable": True,
            "required": False,
            "string_attribute_constraints": {"min_length": "0", "max_length": "2048"},
        }
    }


def test_null_takes_away(lowered: Lowered) -> None:
    state = lowered(
        text("""
        UserPool:
          DeletionProtection: null
          EmailConfiguration.EmailSendingAccount: null
          AccountRecoverySetting: null
          Policies: {PasswordPolicy: {MinimumLength: null}}
        """)
    )
    found = values(state)
    assert "deletion_protection" not in found
    assert "email_configuration" not in found
    assert "account_recovery_setting" not in found
    assert "minimum_length" not in found["password_policy"]


@pytest.mark.parametrize(
    ("override", "message"),
    [
        ("Nothing: {A: 1}",
         f"{LINE}:7: resources.myUserPool.overrides.Nothing: Nothing is not a child resource of myUserPool; it has"),
        ("UserPoolClint: {A: 1}", "did you mean UserPoolClient?"),
        ("UserPool: {UserPoolTeir: PLUS}", "UserPoolTeir is no argument of aws_cognito_user_pool; a CloudFormation "
         "property or a Terraform argument of it; did you mean UserPoolTier?"),
        ("UserPool: {UserPoolTier: PLUSS}", f"{LINE}:18: resources.myUserPool.overrides.UserPool.UserPoolTier: "
         "user_pool_tier cannot be PLUSS; allowed: LITE, ESSENTIALS, PLUS; did you mean PLUS?"),
        ("UserPool: {Policies.PasswordPolicy.MinimumLength: 5}", "password_policy.minimum_length must be 6 to 99"),
        ("UserPool: {Policies.PasswordPolicy.MinimumLength: long}", "password_policy.minimum_length must be a number"),
        ("UserPool: {Policies.PasswordPolicy.MinimumLength: true}", "password_policy.minimum_length must be a number"),
        ("UserPool: {UsernameConfiguration.CaseSensitive: 1}", "case_sensitive must be true or false"),
        ("UserPool: {UserPoolName: [a]}", "name must be text"),
        ("UserPool: {UserPoolName: ''}", "name must be 1 to 128 characters"),
        ("UserPoolClient: {ReadAttributes: email}", "read_attributes must be a list of texts"),
        ("UserPoolClient: {ReadAttributes: [1]}", "read_attributes must be a list of texts"),
        ("UserPool: {UserPoolTags: {a: [b]}}", "tags must be a mapping of texts"),
        ("UserPool: {password_policy: 8}", "password_policy must be a mapping"),
        ("UserPool: {Policies: 8}", "Policies is no argument of aws_cognito_user_pool"),
        ("UserPool: {AutoVerifiedAttributes.0: email}", "auto_verified_attributes has no order: write the whole list"),
        ("UserPool: {UserPoolTier.x: 1}", "user_pool_tier is string"),
        ("UserPool: {AccountRecoverySetting.RecoveryMechanisms.7.Name: admin_only}",
         "account_recovery_setting.recovery_mechanism has no 7; a place in the list, 0 to 2, or the whole list"),
        ("UserPool: {AccountRecoverySetting.RecoveryMechanisms.2.Name: admin_only}", "needs priority"),
        ("UserPool: {AccountRecoverySetting.RecoveryMechanisms.1.Name: verified_email}", "has verified_email twice"),
        ("UserPool: {AccountRecoverySetting.RecoveryMechanisms.0.Name: nobody}", "name cannot be nobody; allowed: verified_email"),
        ("UserPool: {AccountRecoverySetting.RecoveryMechanisms: {a: b}}", "must be a list of mappings"),
        ("UserPool: {AccountRecoverySetting.RecoveryMechanisms: [a]}", "must be a list of mappings"),
        ("UserPool: {AccountRecoverySetting: {RecoveryMechanisms: [{Nam: a}]}}", "Nam is no argument of "
         "account_recovery_setting.recovery_mechanism; it has name, priority"),
        ("UserPool: {Schema: [{Name: tier}]}", "each schema needs attribute_data_type"),
        ("UserPool: {Schema: [{Name: tier, AttributeDataType: Text}]}", "attribute_data_type cannot be Text"),
        ("UserPool: {Schema: [{Name: tier, AttributeDataType: String, StringAttributeConstraints: {MinLen: 1}}]}",
         "MinLen is no argument of schema.string_attribute_constraints"),
        ("UserPoolIdentityProvider: {IdpIdentifiers.5: a}", "idp_identifiers has 0 members"),
    ],
)  # fmt: skip
def test_errors(override: str, message: str, refused: Refused) -> None:
    (problem, *_) = refused(text(override))
    assert message in problem


def test_errors_point_at_the_innermost_key(refused: Refused) -> None:
    problems = refused(text("""
        UserPool:
          Policies:
            PasswordPolicy:
              MinimumLength: 3
              MinimLength: 3
          Schema:
            - Name: tier
              AttributeDataType: Text
        """))  # fmt: skip
    assert [problem.split(": ")[0] for problem in problems] == [
        f"{LINE + 3}:13",
        f"{LINE + 4}:13",
        f"{LINE + 7}:13",
    ]


def test_all_problems_at_once(refused: Refused) -> None:
    assert (
        len(refused(text("{Nothing: {A: 1}, UserPool: {A: 1, UserPoolTier: x}, UserPoolClient: {B: 2}}")))
        == 4
    )


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_no_two_arguments_share_a_name(kind: str) -> None:
    """A CloudFormation name that means two arguments would set the wrong one quietly."""
    seen: dict[str, str] = {}
    for path, field in KINDS[kind].walk():
        name = cfn_path(KINDS[kind], path)
        if name and not field.is_block:
            assert seen.setdefault(name, path) == path


# Properties of AWS::Cognito::UserPool in CloudFormation's resource reference.
CFN_POOL = frozenset(
    {
        "AccountRecoverySetting",
        "AdminCreateUserConfig",
        "AliasAttributes",
        "AutoVerifiedAttributes",
        "DeletionProtection",
        "DeviceConfiguration",
        "EmailAuthenticationMessage",
        "EmailAuthenticationSubject",
        "EmailConfiguration",
        "EmailVerificationMessage",
        "EmailVerificationSubject",
        "EnabledMfas",
        "LambdaConfig",
        "MfaConfiguration",
        "Policies",
        "Schema",
        "SmsAuthenticationMessage",
        "SmsConfiguration",
        "SmsVerificationMessage",
        "UserAttributeUpdateSettings",
        "UserPoolAddOns",
        "UserPoolName",
        "UserPoolTags",
        "UserPoolTier",
        "UsernameAttributes",
        "UsernameConfiguration",
        "VerificationMessageTemplate",
        "WebAuthnFactorConfiguration",
        "WebAuthnRelyingPartyID",
        "WebAuthnUserVerification",
    }
)


def test_the_cloudformation_names_of_a_pool_are_cloudformations() -> None:
    """GetUserPoolMfaConfig has blocks that CloudFormation says in single properties, or not at all."""
    names = {path: cfn_path(KINDS[POOL], path) for path, _ in KINDS[POOL].walk()}
    assert {path: name for path, name in names.items() if name and name.split(".")[0] not in CFN_POOL} == {}
    assert names["email_mfa_configuration.subject"] == "EmailAuthenticationSubject"
    assert names["software_token_mfa_configuration.enabled"] == ""


def test_every_argument_of_a_pool_can_be_overridden(lowered: Lowered) -> None:
    """By its Terraform and by its CloudFormation name."""
    table = KINDS[POOL]
    for path, field in table.walk():
        inside = any(
            path.startswith(f"{one}.") for one in ("schema", "account_recovery_setting.recovery_mechanism")
        )
        if field.is_block or inside:
            continue
        value = sample(field, 0)
        written = sorted(value) if field.type is Type.SET else value
        for name in {path, cfn_path(table, path) or path}:
            found: Any = values(
                lowered(
                    text(
                        f"UserPool: {{{name}: {written!r}}}".replace("True", "true").replace("False", "false")
                    )
                )
            )
            for step in path.split("."):
                found = found[step]
            assert found == value, name


def test_terraform_sees_what_an_override_writes(lowered: Lowered) -> None:
    def ignored(overrides: str) -> list[str]:
        state = lowered(text(overrides))
        provider = state.resources[Address("myUserPool", "aws_cognito_identity_provider", "corp")]
        found: list[str] = provider.lifecycle.get("ignore_changes", [])
        return found

    uri = 'provider_details["jwks_uri"]'
    assert uri in ignored("UserPool: {}")
    assert uri not in ignored(
        "UserPoolIdentityProvider.corp: {ProviderDetails.jwks_uri: 'https://i.example/k'}"
    )
    assert uri not in ignored(
        "UserPoolIdentityProvider.corp: {ProviderDetails: {jwks_uri: 'https://i.example/k'}}"
    )
