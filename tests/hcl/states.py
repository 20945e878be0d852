"""Resources made by hand, without a spec: what several tests of this room render."""

from __future__ import annotations

import json
from typing import Any

from tfgen.resource import (
    Address,
    Call,
    DataSource,
    FromData,
    Ref,
    Resource,
    Sensitive,
    State,
    Template,
    Variable,
)

POOL = "aws_cognito_user_pool"
CLIENT = "aws_cognito_user_pool_client"
PROVIDER = "aws_cognito_identity_provider"
AUTHORIZER = "aws_apigatewayv2_authorizer"
PERMISSION = "aws_lambda_permission"
SECRET = "not-for-any-file"


def state(*resources: Resource) -> State:
    """A state of these resources, in this order."""
    made = State()
    for resource in resources:
        made.add(resource)
    return made


def pool(key: str = "main", **values: Any) -> Resource:
    """A user pool that Terraform must not destroy."""
    path = ("resources", key, "properties")
    return Resource(
        Address(key, POOL),
        {"name": key, "password_policy": {"minimum_length": 8}, **values},
        {"name": path, "password_policy.minimum_length": (*path, "passwordPolicy", "minimumLength")},
        lifecycle={"prevent_destroy": True},
    )


def client(key: str = "main", label: str = "this", **values: Any) -> Resource:
    """An app client of a pool."""
    return Resource(
        Address(key, CLIENT, label),
        {"name": label, "user_pool_id": Ref(Address(key, POOL), "id"), **values},
    )


def provider(key: str = "main", label: str = "Google", secret: Any = None, **details: Any) -> Resource:
    """An identity provider; its client secret comes from Secrets Manager if nothing else is given."""
    source = DataSource("aws_secretsmanager_secret_version", "google", (("secret_id", "google/${x}"),))
    found = FromData(source, "secret_string", sensitive=True)
    value = Call("jsondecode", (found,), json.loads, index="the key") if secret is None else secret
    return Resource(
        Address(key, PROVIDER, label),
        {
            "user_pool_id": Ref(Address(key, POOL), "id"),
            "provider_name": label,
            "provider_type": "Google",
            "provider_details": {"client_id": "id", "client_secret": value, **details},
        },
        lifecycle={"ignore_changes": ['provider_details["token_url"]']},
    )


def gateway(key: str = "api", user_pool: str = "main", function: str = "createPost") -> list[Resource]:
    """An authorizer for a pool, and a permission for a function."""
    api = Variable("api_ids", "Id of each HTTP API.", key=key)
    return [
        Resource(
            Address(key, AUTHORIZER, user_pool.lstrip("0123456789") or "pool"),
            {
                "api_id": api,
                "authorizer_type": "JWT",
                "identity_sources": ["$request.header.Authorization"],
                "name": f"{key}-{user_pool}",
                "jwt_configuration": {
                    "audience": frozenset({Ref(Address(user_pool, CLIENT), "id")}),
                    "issuer": Template(("https://", Ref(Address(user_pool, POOL), "endpoint"))),
                },
            },
        ),
        Resource(
            Address(key, PERMISSION, "createPost"),
            {
                "action": "lambda:InvokeFunction",
                "function_name": Variable("function_arns", "ARN of each function.", key=function),
                "principal": "apigateway.amazonaws.com",
                "source_arn": Template(
                    ("arn:aws:execute-api:", Variable("region", "Region."), ":", api, "/*/*")
                ),
                "statement_id": f"{key}-create",
            },
        ),
    ]


def many() -> State:
    """Several pools and a gateway that lean on each other in every way there is."""
    literal = provider("main", "Facebook", Sensitive(SECRET), token="${not an expression}")
    borrowed = provider("1st-pool", "Google", Ref(Address("main", CLIENT), "client_secret"))
    return state(
        pool("main", tags={"for": "x", "a b": "%{ y }"}),
        client("main"),
        client("main", "mobile", callback_urls=frozenset({"https://b", "https://a"})),
        provider("main"),
        literal,
        pool("1st-pool"),
        client("1st-pool"),
        borrowed,
        *gateway("api", "main"),
        *gateway("other", "1st-pool", function="9-to-5"),
    )
