"""aws_cognito_user_pool_client: the app that signs users in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tfgen.kinds import types
from tfgen.kinds.context import Context
from tfgen.kinds.eras import (
    LEGACY_ERRORS,
    NO_FLOWS,
    NO_REVOCATION,
    REGULAR_CLIENT,
    SECRET_ELSEWHERE,
    SESSION_OF_3_MINUTES,
)
from tfgen.kinds.field import Change, Default, Field, Kind, Severity, Source, Type, attr, block
from tfgen.kinds.identity_provider import TYPE as PROVIDER
from tfgen.kinds.identity_provider import provider_label
from tfgen.kinds.lowering import lower_resource
from tfgen.kinds.pool_parts import REGION, USER_POOL_ID
from tfgen.kinds.rules import DEFAULT_ATTRIBUTES
from tfgen.kinds.severities import only_more, only_when
from tfgen.kinds.user_pool_client_tokens import ROTATION, VALIDITY_UNITS, normalise, validity
from tfgen.resource import Address, Ref, Resource
from tfgen.spec import Spec, UserPool, decisions, names

TYPE = types.CLIENT


def _providers(context: Context) -> frozenset[Any]:
    """COGNITO and the pool's providers, these by reference so that Terraform makes them first."""
    module = context.pool.key
    return frozenset(
        name if name == "COGNITO" else Ref(Address(module, PROVIDER, provider_label(name)), "provider_name")
        for name in decisions.supported_identity_providers(context.pool)
    )


def _has_secret(answers: dict[str, Any]) -> bool:
    client = answers.get("client", {})
    elsewhere = SECRET_ELSEWHERE.applies(client.get("ClientSecretArn"), client)
    return client.get("ClientSecret") is not None or elsewhere


def _urls(name: str, doc: str, live: str, spec: str, more: Severity) -> Field:
    return attr(
        name,
        Type.SET,
        doc,
        live=live,
        spec=spec,
        derive=lambda context: frozenset(context.pool.get(spec) or ()),
        keeps=True,
        severity=more,
        weakens=only_more(Severity.MEDIUM),
    )


def _oauth(list_of: Callable[[UserPool], Any]) -> Callable[[Context], Any]:
    """Off is written as the empty set: the provider keeps what a left-out argument had."""
    return lambda context: (
        frozenset(list_of(context.pool)) if decisions.oauth_enabled(context.pool) else frozenset()
    )


FIELDS: tuple[Field, ...] = (
    attr(
        "name",
        Type.STRING,
        "Name of the app client.",
        live="ClientName",
        derive=lambda context: names.client_name(context.spec, context.pool.key),
        required=True,
        range=(1, 128),
        severity=Severity.LOW,
    ),
    USER_POOL_ID,
    validity(
        "access_token",
        "How long an access token is good.",
        "AccessTokenValidity",
        "accessTokenValiditySeconds",
    ),
    attr(
        "allowed_oauth_flows",
        Type.SET,
        "OAuth flows the client may use.",
        live="AllowedOAuthFlows",
        spec=("allowedOAuthFlows",),
        derive=_oauth(decisions.oauth_flows),
        keeps=True,
        allowed=("code", "implicit", "client_credentials"),
        severity=Severity.HIGH,
        weakens=only_more(Severity.MEDIUM),
    ),
    attr(
        "allowed_oauth_flows_user_pool_client",
        Type.BOOL,
        "OAuth is on for this client.",
        live="AllowedOAuthFlowsUserPoolClient",
        spec=("allowedOAuthFlows", "callbackURLs", "enableHostedUi", "identityProviders"),
        derive=lambda context: decisions.oauth_enabled(context.pool),
        unset=False,
        keeps=True,
        severity=Severity.HIGH,
        weakens=only_when(True, Severity.MEDIUM),
    ),
    attr(
        "allowed_oauth_scopes",
        Type.SET,
        "Scopes the client may ask for.",
        live="AllowedOAuthScopes",
        spec=("allowedOAuthScopes",),
        derive=_oauth(decisions.oauth_scopes),
        keeps=True,
        severity=Severity.HIGH,
        weakens=only_more(Severity.MEDIUM),
    ),
    attr(
        "auth_session_validity",
        Type.NUMBER,
        "Minutes between two challenges of a sign-in.",
        live="AuthSessionValidity",
        unset=3,
        silent=SESSION_OF_3_MINUTES,
        keeps=True,
        range=(3, 15),
        severity=Severity.LOW,
    ),
    _urls(
        "callback_urls",
        "Where the hosted UI sends a signed-in user; an address of somebody else's steals the code.",
        "CallbackURLs",
        "callbackURLs",
        Severity.CRITICAL,
    ),
    attr(
        "default_redirect_uri",
        Type.STRING,
        "The callback that is used when a request names none: the first of the spec.",
        live="DefaultRedirectURI",
        spec=("callbackURLs",),
        derive=lambda context: decisions.default_redirect_uri(context.pool),
        keeps=True,
        range=(1, 1024),
        severity=Severity.HIGH,
    ),
    attr(
        "enable_propagate_additional_user_context_data",
        Type.BOOL,
        "The app may pass the user's IP address to threat protection.",
        live="EnablePropagateAdditionalUserContextData",
        unset=False,
        keeps=True,
    ),
    attr(
        "enable_token_revocation",
        Type.BOOL,
        "Refresh tokens can be revoked.",
        live="EnableTokenRevocation",
        default=Default(True, "a stolen refresh token can be revoked"),
        unset=False,
        silent=NO_REVOCATION,
        keeps=True,
        severity=Severity.HIGH,
        weakens=only_when(False, Severity.LOW),
        controls=("prowler cognito_user_pool_client_token_revocation_enabled",),
    ),
    attr(
        "explicit_auth_flows",
        Type.SET,
        "Ways to sign in through the API.",
        live="ExplicitAuthFlows",
        spec=("hooks.defineAuthChallenge",),
        derive=lambda context: frozenset(decisions.explicit_auth_flows(context.pool)),
        unset=frozenset({"ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"}),
        silent=NO_FLOWS,
        keeps=True,
        allowed=(
            "ADMIN_NO_SRP_AUTH",
            "CUSTOM_AUTH_FLOW_ONLY",
            "USER_PASSWORD_AUTH",
            "ALLOW_ADMIN_USER_PASSWORD_AUTH",
            "ALLOW_CUSTOM_AUTH",
            "ALLOW_USER_PASSWORD_AUTH",
            "ALLOW_USER_SRP_AUTH",
            "ALLOW_REFRESH_TOKEN_AUTH",
            "ALLOW_USER_AUTH",
        ),
        severity=Severity.HIGH,
        weakens=only_more(Severity.MEDIUM),
    ),
    attr(
        "generate_secret",
        Type.BOOL,
        "The client has a secret. Written only when true: the provider replaces a client on any change.",
        live="ClientSecret",
        cfn="GenerateSecret",
        spec="generateClientSecret",
        derive=lambda context: True if context.pool.get("generateClientSecret") else None,
        read=lambda answers: _has_secret(answers) or None,
        folds=(SECRET_ELSEWHERE,),
        change=Change.REPLACES,
        severity=Severity.HIGH,
    ),
    validity("id_token", "How long an identity token is good.", "IdTokenValidity", "idTokenValiditySeconds"),
    _urls(
        "logout_urls",
        "Where the hosted UI sends a signed-out user.",
        "LogoutURLs",
        "logoutURLs",
        Severity.HIGH,
    ),
    attr(
        "prevent_user_existence_errors",
        Type.STRING,
        "Answers do not tell whether a user exists.",
        live="PreventUserExistenceErrors",
        default=Default("ENABLED", "answers that tell whether a user exists help to guess accounts"),
        unset="LEGACY",
        silent=LEGACY_ERRORS,
        keeps=True,
        allowed=("LEGACY", "ENABLED"),
        severity=Severity.HIGH,
        weakens=only_when("LEGACY", Severity.LOW),
        controls=("prowler cognito_user_pool_client_prevent_user_existence_errors",),
    ),
    attr(
        "read_attributes",
        Type.SET,
        "User attributes the client may read.",
        live="ReadAttributes",
        quiet=(DEFAULT_ATTRIBUTES,),
        keeps=True,
    ),
    validity(
        "refresh_token",
        "How long a refresh token is good.",
        "RefreshTokenValidity",
        "refreshTokenValidityDays",
        "days",
    ),
    REGION,
    attr(
        "supported_identity_providers",
        Type.SET,
        "Providers a user may sign in with; COGNITO is the pool itself.",
        live="SupportedIdentityProviders",
        spec=("identityProviders", "allowOnlyExternalIdentityProviders"),
        derive=_providers,
        keeps=True,
        severity=Severity.CRITICAL,
        weakens=only_more(Severity.MEDIUM),
    ),
    attr(
        "write_attributes",
        Type.SET,
        "User attributes the client may change.",
        live="WriteAttributes",
        quiet=(DEFAULT_ATTRIBUTES,),
        keeps=True,
        severity=Severity.HIGH,
    ),
    block(
        "analytics_configuration",
        "Amazon Pinpoint analytics.",
        attr("application_arn", Type.STRING, "ARN of the Pinpoint project.", live="ApplicationArn"),
        attr("application_id", Type.STRING, "Id of the Pinpoint project.", live="ApplicationId"),
        # Hidden as the pool's own external id is: the live answer comes with it masked.
        attr("external_id", Type.STRING, "External id of the role.", live="ExternalId", secret=True),
        attr("role_arn", Type.STRING, "Role that may publish.", live="RoleArn", keeps=True),
        attr(
            "user_data_shared",
            Type.BOOL,
            "User data goes along.",
            live="UserDataShared",
            unset=False,
            keeps=True,
        ),
        live="AnalyticsConfiguration",
    ),
    ROTATION,
    VALIDITY_UNITS,
)


KIND = Kind(
    type=TYPE,
    doc="An app client of a user pool.",
    fields=FIELDS,
    identity=("name",),
    sources={
        "client": Source(
            operation="describe_user_pool_client",
            action="cognito-idp:DescribeUserPoolClient",
            answer="UserPoolClient",
            ignored={
                "ClientId": "assigned by AWS",
                "ClientSecretArn": "where a secret is kept; that there is one is read as generate_secret",
                "CreationDate": "a date",
                "LastModifiedDate": "a date",
            },
            usual={"ClientType": REGULAR_CLIENT},
        ),
    },
    attributes={"id": "ClientId"},
    child="UserPoolClient",
    cfn_type="AWS::Cognito::UserPoolClient",
    deleted=Severity.HIGH,
    unmanaged=Severity.CRITICAL,
    import_id="<user_pool_id>/<client_id>",
    normalise=normalise,
)


def lower(spec: Spec, pool: UserPool) -> Iterator[Resource]:
    """The one app client of a `user-auth-pool`."""
    yield lower_resource(KIND, Context(spec, Address(pool.key, TYPE), pool))
