"""Changes that weaken a live pool, whatever its age: each must be found, and where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from tests.eras.era import Answers
from tfgen.kinds.field import Severity

Item = dict[str, Any]


@dataclass(frozen=True)
class Weakening:
    """One change to every answer of an operation: where it shows, and how bad that is at least.

    `path` begins the path of the finding; "" is a resource as a whole. `unread`: Terraform has no argument
    for it, so that the run says it could not be checked. `where`: the answers it is a change for.
    """

    name: str
    operation: str
    change: Callable[[Item], object]
    path: str
    severity: Severity = Severity.HIGH
    unread: bool = False
    where: Callable[[Item], bool] = lambda item: True

    def apply(self, answers: Answers) -> bool:
        """Changes the answers in place; whether there was anything to change."""
        found = [item for item in map(_inside, answers.get(self.operation, ())) if self.where(item)]
        for item in found:
            self.change(item)
        return bool(found)


def _inside(answer: Item) -> Item:
    """The object that an answer holds; the answer itself where its members are the object's."""
    (first, *others) = answer.values()
    return first if not others and isinstance(first, dict) else answer


def _set(*path: str, to: Any) -> Callable[[Item], None]:
    def change(item: Item) -> None:
        for step in path[:-1]:
            item = item.setdefault(step, {})
        item[path[-1]] = to

    return change


def _add(member: str, value: str) -> Callable[[Item], None]:
    return lambda item: item.setdefault(member, []).append(value)


def _pool(name: str, change: Callable[[Item], object], path: str, *more: Any, **facts: Any) -> Weakening:
    return Weakening(name, "describe_user_pool", change, path, *more, **facts)


def _client(name: str, change: Callable[[Item], object], path: str, *more: Any, **facts: Any) -> Weakening:
    return Weakening(name, "describe_user_pool_client", change, path, *more, **facts)


def _no_mfa(item: Item) -> None:
    item.clear()
    item["MfaConfiguration"] = "OFF"


def _weak_policy(member: str, to: Any) -> Callable[[Item], None]:
    return _set("Policies", "PasswordPolicy", member, to=to)


def _a_year_of_invitations(item: Item) -> None:
    item["AdminCreateUserConfig"]["UnusedAccountValidityDays"] = 365
    policy = item["Policies"]["PasswordPolicy"]
    if "TemporaryPasswordValidityDays" in policy:
        policy["TemporaryPasswordValidityDays"] = 365


def _a_day(item: Item) -> None:
    item["AccessTokenValidity"] = 1
    item["TokenValidityUnits"] = {**item.get("TokenValidityUnits", {}), "AccessToken": "days"}


def _schema(item: Item) -> None:
    email = next(one for one in item["SchemaAttributes"] if one["Name"] == "email")
    email["Required"] = not email["Required"]


def _details(member: str, to: str) -> Callable[[Item], None]:
    return _set("ProviderDetails", member, to=to)


_EVIL_FUNCTION = "arn:aws:lambda:eu-west-1:999999999999:function:listen"
_EVIL = "https://login.attacker.example.org"
CRITICAL, HIGH, MEDIUM = Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM

WEAKENINGS: Final = (
    Weakening(
        "MFA is off",
        "get_user_pool_mfa_config",
        _no_mfa,
        "mfa_configuration",
        CRITICAL,
        where=lambda item: item["MfaConfiguration"] != "OFF",
    ),
    Weakening(
        "the SMS that stayed is a second factor again",
        "get_user_pool_mfa_config",
        _set("MfaConfiguration", to="OPTIONAL"),
        "sms_configuration",
        where=lambda item: "SmsMfaConfiguration" in item and item["MfaConfiguration"] == "OFF",
    ),
    _pool(
        "the SMS that stayed is a first factor",
        _set("Policies", "SignInPolicy", to={"AllowedFirstAuthFactors": ["PASSWORD", "SMS_OTP"]}),
        "sms_configuration",
        where=lambda item: "SmsConfiguration" in item and item["MfaConfiguration"] == "OFF",
    ),
    Weakening(
        "a passkey is a second factor",
        "get_user_pool_mfa_config",
        _set("WebAuthnConfiguration", "FactorConfiguration", to="MULTI_FACTOR_WITH_USER_VERIFICATION"),
        "WebAuthnConfiguration",
        unread=True,
    ),
    _pool(
        "anybody may register",
        _set("AdminCreateUserConfig", "AllowAdminCreateUserOnly", to=False),
        "admin_create_user_config.allow_admin_create_user_only",
        CRITICAL,
        where=lambda item: item["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"],
    ),
    _pool("passwords of six", _weak_policy("MinimumLength", 6), "password_policy.minimum_length"),
    _pool("no digits", _weak_policy("RequireNumbers", to=False), "password_policy.require_numbers"),
    _pool(
        "a year of invitations",
        _a_year_of_invitations,
        "password_policy.temporary_password_validity_days",
        MEDIUM,
    ),
    _pool(
        "recovery by phone",
        _set(
            "AccountRecoverySetting",
            "RecoveryMechanisms",
            to=[{"Priority": 1, "Name": "verified_phone_number"}],
        ),
        "account_recovery_setting",
    ),
    _pool("a trigger", _set("LambdaConfig", "PostConfirmation", to=_EVIL_FUNCTION), "lambda_config", HIGH),
    _pool("a migration", _set("LambdaConfig", "UserMigration", to=_EVIL_FUNCTION), "lambda_config", CRITICAL),
    _pool(
        "a newer event of another function",
        _set(
            "LambdaConfig",
            "PreTokenGenerationConfig",
            to={"LambdaVersion": "V2_0", "LambdaArn": _EVIL_FUNCTION},
        ),
        "lambda_config.pre_token_generation_config",
        CRITICAL,
    ),
    _pool(
        "somebody else sends the codes",
        _set("LambdaConfig", "CustomEmailSender", to={"LambdaVersion": "V1_0", "LambdaArn": _EVIL_FUNCTION}),
        "lambda_config.custom_email_sender",
        CRITICAL,
    ),
    _pool("nothing is verified", _set("AutoVerifiedAttributes", to=[]), "auto_verified_attributes"),
    _pool("another alias", _add("AliasAttributes", "preferred_username"), "alias_attributes"),
    _pool(
        "no threat protection",
        _set("UserPoolAddOns", "AdvancedSecurityMode", to="OFF"),
        "user_pool_add_ons.advanced_security_mode",
        where=lambda item: item.get("UserPoolAddOns", {}).get("AdvancedSecurityMode", "OFF") != "OFF",
    ),
    _pool(
        "codes instead of passwords",
        _set("Policies", "SignInPolicy", to={"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}),
        "sign_in_policy",
    ),
    _pool(
        "devices are remembered",
        _set(
            "DeviceConfiguration",
            to={"ChallengeRequiredOnNewDevice": False, "DeviceOnlyRememberedOnUserPrompt": False},
        ),
        "device_configuration",
        MEDIUM,
    ),
    _pool(
        "the pool can be deleted",
        _set("DeletionProtection", to="INACTIVE"),
        "deletion_protection",
        where=lambda item: "DeletionProtection" in item,
    ),
    _pool(
        "a cheaper plan",
        _set("UserPoolTier", to="LITE"),
        "user_pool_tier",
        MEDIUM,
        where=lambda item: item["UserPoolTier"] == "PLUS",
    ),
    _pool("another attribute", _schema, 'schema["email"]'),
    _pool(
        "another role for messages",
        _set("SmsConfiguration", "SnsCallerArn", to="arn:aws:iam::999999999999:role/x"),
        "sms_configuration",
        where=lambda item: item["MfaConfiguration"] != "OFF",
    ),
    _pool(
        "another wording in a twin",
        _set("EmailVerificationMessage", to="Enter {####} at " + _EVIL),
        "email_verification_message",
        Severity.LOW,
    ),
    _pool(
        "a key of the customer's",
        _set("KeyConfiguration", to={"KeyType": "CUSTOMER_MANAGED_KEY", "KmsKeyArn": "arn:aws:kms:x"}),
        "KeyConfiguration",
        unread=True,
    ),
    _pool(
        "another issuer",
        _set("IssuerConfiguration", to={"Type": "UPDATED"}),
        "IssuerConfiguration",
        unread=True,
    ),
    _pool(
        "a level that says more than it is",
        _set("AcrConfiguration", to={"Level1": {"AcrValue": "urn:cognito:loa:4"}}),
        "AcrConfiguration",
        unread=True,
    ),
    _pool(
        "federated users are rewritten",
        _set("LambdaConfig", "InboundFederation", to={"LambdaVersion": "V1_0", "LambdaArn": _EVIL_FUNCTION}),
        "LambdaConfig.InboundFederation",
        unread=True,
    ),
    _pool(
        "messages go another way",
        _set("SmsConfiguration", "EumsSms", to={"OriginationIdentity": "+15550100"}),
        "SmsConfiguration.EumsSms",
        unread=True,
    ),
    _pool(
        "clients register themselves",
        _set("DcrConfiguration", to={"EnableStatus": "Enabled", "OpenDcrEnabled": True}),
        "DcrConfiguration",
        unread=True,
    ),
    _client("another callback", _add("CallbackURLs", _EVIL), "callback_urls", CRITICAL),
    _client(
        "another provider",
        _add("SupportedIdentityProviders", "Rogue"),
        "supported_identity_providers",
        CRITICAL,
    ),
    _client(
        "tokens in addresses",
        _add("AllowedOAuthFlows", "implicit"),
        "allowed_oauth_flows",
        where=lambda item: "implicit" not in item.get("AllowedOAuthFlows", ()),
    ),
    _client(
        "administration by token",
        _add("AllowedOAuthScopes", "aws.cognito.signin.user.admin"),
        "allowed_oauth_scopes",
    ),
    _client(
        "passwords in clear",
        _set("ExplicitAuthFlows", to=["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH"]),
        "explicit_auth_flows",
    ),
    _client(
        "no revocation",
        lambda item: item.pop("EnableTokenRevocation"),
        "enable_token_revocation",
        where=lambda item: item.get("EnableTokenRevocation", False),
    ),
    _client(
        "tells who has an account",
        lambda item: item.pop("PreventUserExistenceErrors"),
        "prevent_user_existence_errors",
        where=lambda item: item.get("PreventUserExistenceErrors") == "ENABLED",
    ),
    _client("tokens for a day", _a_day, "access_token_validity", MEDIUM),
    _client(
        "units that make an hour a day",
        _set("TokenValidityUnits", to={"RefreshToken": "hours"}),
        "refresh_token_validity",
        Severity.LOW,
        where=lambda item: item["RefreshTokenValidity"],
    ),
    _client("years of sessions", _set("RefreshTokenValidity", to=3650), "refresh_token_validity", MEDIUM),
    _client(
        "users write what they are", _set("WriteAttributes", to=["custom:role", "email"]), "write_attributes"
    ),
    _client(
        "no secret",
        lambda item: item.pop("ClientSecretArn"),
        "generate_secret",
        where=lambda item: "ClientSecretArn" in item,
    ),
    _client("a client of its own making", _set("ClientType", to="DCR"), "ClientType", unread=True),
    Weakening(
        "users go somewhere else",
        "describe_identity_provider",
        _details("authorize_url", f"{_EVIL}/oauth"),
        "provider_details",
        CRITICAL,
        where=lambda item: "authorize_url" in item["ProviderDetails"],
    ),
    Weakening(
        "a page of anybody's at the service itself",
        "describe_identity_provider",
        _details("authorize_url", "https://sites.google.com/view/sign-in"),
        "provider_details",
        CRITICAL,
        where=lambda item: item["ProviderType"] == "Google",
    ),
    Weakening(
        "tokens in the clear",
        "describe_identity_provider",
        lambda item: item["ProviderDetails"].update(
            token_url=item["ProviderDetails"]["token_url"].replace("https:", "http:")
        ),
        "provider_details",
        CRITICAL,
        where=lambda item: "token_url" in item["ProviderDetails"],
    ),
    Weakening(
        "another provider's word for its levels",
        "describe_identity_provider",
        _set("AcrMapping", to={"Level4": "weak"}),
        "AcrMapping",
        unread=True,
    ),
    Weakening(
        "somebody else vouches",
        "describe_identity_provider",
        _details("jwks_uri", f"{_EVIL}/keys"),
        "provider_details",
        CRITICAL,
    ),
    Weakening(
        "other metadata",
        "describe_identity_provider",
        _details("MetadataURL", f"{_EVIL}/metadata"),
        "provider_details",
        CRITICAL,
    ),
    Weakening(
        "another claim is the address",
        "describe_identity_provider",
        _set("AttributeMapping", "email", to="nickname"),
        "attribute_mapping",
    ),
    Weakening(
        "another user name",
        "describe_identity_provider",
        _set("AttributeMapping", "username", to="email"),
        "attribute_mapping",
    ),
    Weakening(
        "another certificate",
        "describe_user_pool_domain",
        _set("CustomDomainConfig", "CertificateArn", to="arn:aws:acm:us-east-1:999999999999:certificate/x"),
        "certificate_arn",
        where=lambda item: item["CustomDomainConfig"],
    ),
    Weakening(
        "TLS of the last century",
        "describe_user_pool_domain",
        _set("CustomDomainConfig", "SecurityPolicy", to="TLS_V1"),
        "CustomDomainConfig.SecurityPolicy",
        unread=True,
    ),
    Weakening(
        "other login pages",
        "describe_user_pool_domain",
        _set("ManagedLoginVersion", to=2),
        "managed_login_version",
        MEDIUM,
    ),
    Weakening(
        "another style", "get_ui_customization", _set("CSS", to="* { display: none }"), "css", Severity.LOW
    ),
    Weakening(
        "anybody takes the role",
        "get_role",
        _set(
            "AssumeRolePolicyDocument",
            "Statement",
            to=[{"Effect": "Allow", "Principal": "*", "Action": "sts:AssumeRole"}],
        ),
        "assume_role_policy",
        CRITICAL,
    ),
    Weakening(
        "the role may do everything",
        "get_role_policy",
        _set("PolicyDocument", "Statement", to=[{"Effect": "Allow", "Action": "*", "Resource": "*"}]),
        "policy",
    ),
    Weakening(
        "an open route",
        "get_routes",
        lambda item: item["Items"][0].update(AuthorizationType="NONE"),
        "authorization_type",
        CRITICAL,
    ),
    Weakening(
        "another audience",
        "get_authorizers",
        lambda item: item["Items"][0]["JwtConfiguration"]["Audience"].append("7rogue"),
        "jwt_configuration.audience",
        CRITICAL,
    ),
    Weakening(
        "another issuer of tokens",
        "get_authorizers",
        lambda item: item["Items"][0]["JwtConfiguration"].update(Issuer=_EVIL),
        "jwt_configuration.issuer",
        CRITICAL,
    ),
)
