"""aws_cognito_identity_provider: another service whose users may sign in."""

from __future__ import annotations

from collections.abc import Iterator

from tfgen.kinds import types
from tfgen.kinds.context import Context
from tfgen.kinds.expressions import label
from tfgen.kinds.field import Change, Field, Kind, Severity, Source, Type, attr
from tfgen.kinds.lowering import lower_resource
from tfgen.kinds.pool_parts import REGION, USER_POOL_ID
from tfgen.kinds.provider_details import canonical_details, enriched_keys
from tfgen.kinds.rules import ENRICHED_DETAILS, USERNAME_MAPPING
from tfgen.resource import Address, Resource
from tfgen.spec import Spec, UserPool, identity_providers

TYPE = types.PROVIDER


def provider_label(name: str) -> str:
    """The Terraform name of a provider: its own name, with a hash where letters had to go."""
    return label(name)


FIELDS: tuple[Field, ...] = (
    attr(
        "attribute_mapping",
        Type.MAP,
        "Which claim of the service fills which user attribute.",
        live="AttributeMapping",
        spec=("attributeMapping",),
        derive=lambda context: identity_providers.attribute_mapping(context.item),
        quiet=(USERNAME_MAPPING,),
        keeps=True,
        severity=Severity.HIGH,
    ),
    attr(
        "idp_identifiers",
        Type.LIST,
        "Other names (e-mail domains) that lead to this provider.",
        live="IdpIdentifiers",
        severity=Severity.HIGH,
    ),
    attr(
        "provider_details",
        Type.MAP,
        "How Cognito talks to the service. AWS adds members of its own.",
        live="ProviderDetails",
        spec=("providerDetails", "clientId", "clientSecret", "authorizeScopes"),
        derive=lambda context: identity_providers.provider_details(context.item),
        canonical=canonical_details,
        quiet=(ENRICHED_DETAILS,),
        required=True,
        severity=Severity.CRITICAL,
    ),
    attr(
        "provider_name",
        Type.STRING,
        "Name in the pool; social providers are named by their type.",
        live="ProviderName",
        derive=lambda context: identity_providers.provider_name(context.item),
        spec=("name",),
        required=True,
        range=(1, 32),
        change=Change.REPLACES,
        severity=Severity.CRITICAL,
    ),
    attr(
        "provider_type",
        Type.STRING,
        "Kind of service.",
        live="ProviderType",
        derive=lambda context: context.item.type,
        spec=("type",),
        required=True,
        allowed=("SAML", "Facebook", "Google", "LoginWithAmazon", "SignInWithApple", "OIDC"),
        change=Change.REPLACES,
        severity=Severity.CRITICAL,
    ),
    REGION,
    USER_POOL_ID,
)

KIND = Kind(
    type=TYPE,
    doc="An external identity provider of a user pool.",
    fields=FIELDS,
    identity=("provider_name",),
    sources={
        "provider": Source(
            operation="describe_identity_provider",
            action="cognito-idp:DescribeIdentityProvider",
            answer="IdentityProvider",
            ignored={"CreationDate": "a date", "LastModifiedDate": "a date"},
        ),
    },
    attributes={"id": "ProviderName", "provider_name": "ProviderName"},
    child="UserPoolIdentityProvider",
    cfn_type="AWS::Cognito::UserPoolIdentityProvider",
    deleted=Severity.HIGH,
    unmanaged=Severity.CRITICAL,
    import_id="<user_pool_id>:<provider_name>",
)


def lower(spec: Spec, pool: UserPool) -> Iterator[Resource]:
    """One provider for each entry of `identityProviders`.

    AWS adds members to `provider_details`, which the provider would plan to remove for ever:
    Terraform is told to ignore just those that the spec does not write.
    """
    for index, item in enumerate(pool.get("identityProviders") or ()):
        name = identity_providers.provider_name(item)
        address = Address(pool.key, TYPE, provider_label(name))
        context = Context(spec, address, pool, item, base=f"identityProviders.{index}")
        resource = lower_resource(KIND, context)
        written = resource.values["provider_details"]
        added = sorted(key for key in enriched_keys(item.type) if key not in written)
        if added:
            resource.lifecycle["ignore_changes"] = [f'provider_details["{key}"]' for key in added]
        yield resource
