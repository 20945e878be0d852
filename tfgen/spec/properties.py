"""The properties of a `user-auth-pool`: names, types, limits, defaults and what they are for.

One model per type of the spec language. Defaults are tfgen's own decisions; each says
beside it what Stacktape does and why tfgen differs. Limits are those of the Cognito API
(model 2016-04-18) unless a comment says otherwise.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from tfgen.spec.expressions import Expression
from tfgen.spec.hosted_ui_properties import (
    DOMAIN_PREFIX,
    DOMAIN_PREFIX_SAYS,
    CustomDomain,
    OAuthFlow,
    OAuthScope,
    Url,
)
from tfgen.spec.identity_provider_properties import IdentityProvider
from tfgen.spec.message_properties import (
    EmailConfiguration,
    InviteMessageConfig,
    UserVerificationMessageConfig,
)
from tfgen.spec.security_properties import (
    DEFAULT_TEMPORARY_PASSWORD_DAYS,
    AttributeSchema,
    MfaConfiguration,
    PasswordPolicy,
    UserPoolHooks,
)
from tfgen.spec.types import Properties, ResourceName, Text, Whole, prop

SPELLINGS = {"allowedOathFlows": "allowedOAuthFlows"}
"""Older spellings that mean the same as today's."""


class UserPoolProperties(Properties):
    """Everything under `properties` of a `user-auth-pool`."""

    allow_only_admins_to_create_account: bool = prop(
        False,
        "allowOnlyAdminsToCreateAccount",
        "Only administrators create accounts; nobody can sign up.",
        stacktape="false",
    )
    unused_account_validity_days: Annotated[int, Whole(0, 365)] | None = prop(
        None,
        "unusedAccountValidityDays",
        "Days after which an invitation that nobody used expires; the same setting as "
        "passwordPolicy.temporaryPasswordValidityDays.",
        stacktape="31",
        why="AWS's own default; two settings of Stacktape are one in today's API",
        default_text=str(DEFAULT_TEMPORARY_PASSWORD_DAYS),
    )
    require_email_verification: bool = prop(
        False,
        "requireEmailVerification",
        "New accounts must verify their e-mail address.",
        stacktape="ignored",
        why="tfgen adds email to the verified attributes",
    )
    require_phone_number_verification: bool = prop(
        False,
        "requirePhoneNumberVerification",
        "New accounts must verify their phone number.",
        stacktape="ignored",
        why="tfgen adds phone_number to the verified attributes",
    )
    enable_hosted_ui: bool = prop(
        False,
        "enableHostedUi",
        "Give the pool AWS's own login pages, which need a domain.",
        stacktape="false, but there is always a domain",
        why="a domain only where something needs one",
        since="newer",
    )
    hosted_ui_domain_prefix: (
        Annotated[str | Expression, Text(1, 63, DOMAIN_PREFIX, DOMAIN_PREFIX_SAYS)] | None
    ) = prop(
        None,
        "hostedUiDomainPrefix",
        "The first part of the login pages' address <prefix>.auth.<region>.amazoncognito.com.",
        stacktape="<stack>-<resource> in lower case, always",
        why="a domain only where something needs one",
        default_text="<stack>-<resource> in lower case, where a domain is needed",
    )
    hosted_ui_css: Annotated[str | Expression, Text(1, 131072)] | None = prop(
        None, "hostedUiCSS", "The style sheet of the login pages.", stacktape="none"
    )
    custom_domain: CustomDomain | None = prop(
        None, "customDomain", "A domain of your own for the login pages.", stacktape="none", since="newer"
    )
    email_configuration: EmailConfiguration = prop(
        None,
        "emailConfiguration",
        "The sender of the pool's e-mails.",
        stacktape="Cognito's own sender",
        factory=EmailConfiguration,
    )
    invite_message_config: InviteMessageConfig = prop(
        None,
        "inviteMessageConfig",
        "The texts that invite a user whom an administrator created.",
        stacktape="Cognito's own texts",
        factory=InviteMessageConfig,
    )
    user_verification_type: Literal["email-code", "email-link", "none", "sms"] = prop(
        "email-code",
        "userVerificationType",
        "How a new user proves the address: a code or a link by e-mail, a code by SMS, or not at all.",
        stacktape="email-code",
    )
    user_verification_message_config: UserVerificationMessageConfig = prop(
        None,
        "userVerificationMessageConfig",
        "The texts that carry the verification code or link.",
        stacktape="Cognito's own texts",
        factory=UserVerificationMessageConfig,
    )
    mfa_configuration: MfaConfiguration = prop(
        None,
        "mfaConfiguration",
        "Whether users sign in with a second factor, and which.",
        stacktape="OFF",
        factory=MfaConfiguration,
    )
    password_policy: PasswordPolicy = prop(
        None,
        "passwordPolicy",
        "What a password must have.",
        stacktape="AWS's default: 8 characters, all four classes",
        factory=PasswordPolicy,
    )
    attribute_schema: tuple[AttributeSchema, ...] = prop(
        (), "schema", "Own attributes of the users, and changes to standard ones.", stacktape="none"
    )
    allow_phone_number_as_user_name: bool = prop(
        True,
        "allowPhoneNumberAsUserName",
        "Users may sign in with their phone number. Changing it replaces the pool: all users are lost.",
        stacktape="true",
    )
    allow_email_as_user_name: bool = prop(
        True,
        "allowEmailAsUserName",
        "Users may sign in with their e-mail address. Changing it replaces the pool: all users are lost.",
        stacktape="true",
    )
    access_token_validity_seconds: Annotated[int, Whole(300, 86400)] = prop(
        3600,
        "accessTokenValiditySeconds",
        "Seconds until an access token expires.",
        stacktape="1 hour; a given number of seconds is sent as hours",
    )
    id_token_validity_seconds: Annotated[int, Whole(300, 86400)] = prop(
        3600,
        "idTokenValiditySeconds",
        "Seconds until an ID token expires.",
        stacktape="1 hour; a given number of seconds is sent as hours",
    )
    refresh_token_validity_days: Annotated[int, Whole(1, 3650)] = prop(
        30, "refreshTokenValidityDays", "Days until a refresh token expires.", stacktape="30"
    )
    generate_client_secret: bool = prop(
        False,
        "generateClientSecret",
        "The app client has a secret. Changing it replaces the client.",
        stacktape="false",
        since="newer",
    )
    allowed_oauth_flows: Annotated[tuple[OAuthFlow, ...], Field(max_length=3)] = prop(
        ("code",),
        "allowedOAuthFlows",
        "The OAuth flows of the app client; allowedOathFlows is the older spelling.",
        stacktape="code, implicit",
        why="the implicit flow puts tokens into URLs; it is on only when written",
        default_text="code, where OAuth is used",
    )
    allowed_oauth_scopes: Annotated[tuple[OAuthScope, ...], Field(max_length=50)] = prop(
        ("email", "openid", "profile"),
        "allowedOAuthScopes",
        "The OAuth scopes that the app client may ask for.",
        stacktape="email, openid, profile",
        default_text="email, openid, profile, where OAuth is used",
    )
    callback_urls: Annotated[tuple[Url, ...], Field(max_length=100)] = prop(
        (),
        "callbackURLs",
        "Where users land after signing in; the first one is the default.",
        stacktape="http://localhost:3000/api/auth/callback/cognito",
        why="no localhost address in a pool that did not ask for one",
    )
    logout_urls: Annotated[tuple[Url, ...], Field(max_length=100)] = prop(
        (), "logoutURLs", "Where users land after signing out.", stacktape="none"
    )
    identity_providers: tuple[IdentityProvider, ...] = prop(
        (), "identityProviders", "Other services that users may sign in with.", stacktape="none"
    )
    allow_only_external_identity_providers: bool = prop(
        False,
        "allowOnlyExternalIdentityProviders",
        "The login pages offer the identity providers only, no local accounts.",
        stacktape="false",
        since="newer",
    )
    use_firewall: ResourceName | None = prop(
        None,
        "useFirewall",
        "The web-app-firewall of the spec, with the scope regional, that guards the pool.",
        stacktape="none",
        since="newer",
    )
    hooks: UserPoolHooks = prop(
        None, "hooks", "Lambda functions that Cognito calls.", stacktape="none", factory=UserPoolHooks
    )
