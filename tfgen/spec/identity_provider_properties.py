"""Properties of an external identity provider."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import field_validator

from tfgen.sensitive import Sensitive
from tfgen.spec.expressions import Expression
from tfgen.spec.provider_facts import FACTS
from tfgen.spec.secrets import is_secret
from tfgen.spec.types import Properties, Secret, Single, Text, prop, secret

ProviderType = Literal["Facebook", "Google", "LoginWithAmazon", "OIDC", "SAML", "SignInWithApple"]

AttributeName = Annotated[str, Text(1, 32, runtime=False)]
ClaimName = Annotated[str | Expression, Text(0, 131072)]
PROVIDER_NAME = r"[^_\s](?:.{0,30}[^_\s])?"


DEFAULT_MAPPING: Final = (("email", "email"),)


class IdentityProvider(Properties):
    """Another service that users may sign in with."""

    type: ProviderType = prop(..., "type", "The kind of service.")
    name: (
        Annotated[
            str,
            Text(1, 32, PROVIDER_NAME, "1 to 32 characters, no space or _ at either end", runtime=False),
        ]
        | None
    ) = prop(
        None,
        "name",
        "The provider's name in the pool; OIDC and SAML only, the others are named by their type.",
        stacktape="the type; two providers of one type fail",
        default_text="the type",
        why="a pool may have several OIDC and SAML providers",
    )
    client_id: Annotated[str | Expression, Text(1, 131072)] = prop(
        ..., "clientId", "The id that the service gave to your application (Apple: the Services ID)."
    )
    client_secret: Annotated[Sensitive | Expression, Secret()] = prop(
        ..., "clientSecret", "The secret that belongs to the id; best $Secret('name.key')."
    )
    attribute_mapping: dict[AttributeName, ClaimName] = prop(
        None,
        "attributeMapping",
        "Which claim of the service fills which attribute of the pool.",
        stacktape="email: email",
        default_text=", ".join(f"{name}: {claim}" for name, claim in DEFAULT_MAPPING),
        factory=lambda: dict(DEFAULT_MAPPING),
    )
    authorize_scopes: tuple[Annotated[str | Expression, Text(1, 2048)], ...] | None = prop(
        None,
        "authorizeScopes",
        "What the application asks the service for.",
        stacktape="by type",
        default_text="by type: "
        + "; ".join(
            f"{name} {' '.join(facts.default_scopes)}"
            for name, facts in FACTS.items()
            if facts.default_scopes
        ),
    )
    provider_details: dict[str, Annotated[Any, Single()]] = prop(
        None,
        "providerDetails",
        "Further settings by their names in the Cognito API; they win over the other properties.",
        stacktape="none",
        factory=dict,
    )

    @field_validator("provider_details", mode="after")
    @classmethod
    def _wrap_secrets(cls, details: dict[str, Any]) -> dict[str, Any]:
        return {key: secret(value) if is_secret(key) else value for key, value in details.items()}
