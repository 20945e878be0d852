"""What a pool is to be where the spec leaves it open: one answer for the rules and for the kinds.

Pure functions over a UserPool. Names are the Cognito API's (`email`, `verified_email`,
`ALLOW_USER_SRP_AUTH`).
"""

from __future__ import annotations

from typing import Final

from tfgen.spec import names
from tfgen.spec.expressions import Expression
from tfgen.spec.identity_providers import provider_name
from tfgen.spec.model import Spec, UserPool
from tfgen.spec.security_properties import DEFAULT_TEMPORARY_PASSWORD_DAYS

LOCAL_PROVIDER: Final = "COGNITO"


def auto_verified_attributes(pool: UserPool) -> frozenset[str]:
    """The attributes that Cognito verifies itself; empty where nothing is verified."""
    properties = pool.properties
    by_type = {"email-code": {"email"}, "email-link": {"email"}, "sms": {"phone_number"}, "none": set[str]()}
    verified = set(by_type[properties.user_verification_type])
    if properties.require_email_verification:
        verified.add("email")
    if properties.require_phone_number_verification:
        verified.add("phone_number")
    return frozenset(verified)


def username_attributes(pool: UserPool) -> frozenset[str]:
    """What users may sign in with instead of a user name; a change replaces the pool."""
    properties = pool.properties
    allowed = {
        "email": properties.allow_email_as_user_name,
        "phone_number": properties.allow_phone_number_as_user_name,
    }
    return frozenset(name for name, is_allowed in allowed.items() if is_allowed)


def mfa_factors(pool: UserPool) -> frozenset[str]:
    """The second factors in use (SMS, SOFTWARE_TOKEN, EMAIL_OTP); empty when MFA is off."""
    mfa = pool.properties.mfa_configuration
    return frozenset() if mfa.status == "OFF" else frozenset(mfa.enabled_types)


def sms_used(pool: UserPool) -> bool:
    """Whether the pool sends SMS and so needs a role and an SMS configuration."""
    properties = pool.properties
    return (
        "phone_number" in auto_verified_attributes(pool)
        or "SMS" in mfa_factors(pool)
        or properties.invite_message_config.sms_message is not None
        or properties.user_verification_message_config.sms_message is not None
    )


def domain_needed(pool: UserPool) -> bool:
    """Whether anything in the spec needs a login domain."""
    properties = pool.properties
    return (
        properties.hosted_ui_domain_prefix is not None
        or properties.custom_domain is not None
        or properties.enable_hosted_ui
        or properties.user_verification_type == "email-link"
        or properties.hosted_ui_css is not None
        or bool(properties.identity_providers)
    )


def domain_prefix(pool: UserPool, spec: Spec) -> str | Expression | None:
    """The prefix of the pool's AWS domain; None when it has none, or a custom domain only."""
    if pool.properties.hosted_ui_domain_prefix is not None:
        return pool.properties.hosted_ui_domain_prefix
    if not domain_needed(pool) or pool.properties.custom_domain is not None:
        return None
    return names.default_domain_prefix(spec, pool.key)


def oauth_enabled(pool: UserPool) -> bool:
    """Whether the app client may use OAuth flows."""
    properties = pool.properties
    return (
        pool.declared("allowedOAuthFlows")
        or bool(properties.callback_urls)
        or properties.enable_hosted_ui
        or bool(properties.identity_providers)
    )


def oauth_flows(pool: UserPool) -> tuple[str, ...]:
    """The OAuth flows in the spec's order; empty when OAuth is not used."""
    return pool.properties.allowed_oauth_flows if oauth_enabled(pool) else ()


def oauth_scopes(pool: UserPool) -> tuple[str | Expression, ...]:
    """The OAuth scopes in the spec's order; empty when OAuth is not used.

    A client of the client_credentials flow may have scopes of resource servers only, so
    the default ones are not for it.
    """
    if not oauth_enabled(pool):
        return ()
    if "client_credentials" in oauth_flows(pool) and not pool.declared("allowedOAuthScopes"):
        return ()
    return pool.properties.allowed_oauth_scopes


def default_redirect_uri(pool: UserPool) -> str | Expression | None:
    """The first callback URL."""
    urls = pool.properties.callback_urls
    return urls[0] if urls and oauth_enabled(pool) else None


def account_recovery(pool: UserPool) -> tuple[tuple[int, str], ...]:
    """Ways to recover an account as (priority, name).

    Cognito refuses recovery by phone where SMS is a second factor (aws-cdk issue 11478).
    """
    by_email = (1, "verified_email")
    if "SMS" in mfa_factors(pool):
        return (by_email,)
    return (by_email, (2, "verified_phone_number"))


def temporary_password_days(pool: UserPool) -> int:
    """Days that a temporary password (and an unused invitation) is valid; AWS reads 0 as its default."""
    given = pool.properties.password_policy.temporary_password_validity_days
    if given is None:
        given = pool.properties.unused_account_validity_days
    return given or DEFAULT_TEMPORARY_PASSWORD_DAYS


def supported_identity_providers(pool: UserPool) -> tuple[str, ...]:
    """The names of the providers that the app client offers, COGNITO for local accounts first."""
    local = () if pool.properties.allow_only_external_identity_providers else (LOCAL_PROVIDER,)
    return (*local, *(provider_name(provider) for provider in pool.properties.identity_providers))


def explicit_auth_flows(pool: UserPool) -> tuple[str, ...]:
    """How the app client may sign users in; no flow sends a password to Cognito in clear."""
    hooks = pool.properties.hooks
    challenges = (
        hooks.create_auth_challenge,
        hooks.define_auth_challenge,
        hooks.verify_auth_challenge_response,
    )
    custom = ("ALLOW_CUSTOM_AUTH",) if any(hook is not None for hook in challenges) else ()
    return (*custom, "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH")
