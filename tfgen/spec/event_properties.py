"""Properties of an `http-api-gateway` event and of its authorizer."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from tfgen.spec.types import Properties, ResourceName, Text, Whole, prop

PayloadFormat = Literal["1.0", "2.0"]
Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "*"]

_VARIABLE = r"\{[A-Za-z0-9._:-]+\}"
_ROUTE = rf"\*|\$default|/|(?:/(?:[^\s{{}}/]+|{_VARIABLE}))*(?:/(?:\{{[A-Za-z0-9._:-]+\+\}})?)?"
RoutePath = Annotated[
    str, Text(1, 1024, _ROUTE, "/x, /x/{id}, /x/{proxy+}, or * for every other request", runtime=False)
]
IdentitySource = Annotated[
    str, Text(2, 1024, r"\$.+", "such as $request.header.Authorization", runtime=False)
]
DEFAULT_IDENTITY_SOURCE = "$request.header.Authorization"


class CognitoAuthorizerProperties(Properties):
    """Lets in who holds a token of a user pool."""

    user_pool_name: ResourceName = prop(..., "userPoolName", "The user-auth-pool whose tokens are accepted.")
    identity_sources: tuple[IdentitySource, ...] = prop(
        (DEFAULT_IDENTITY_SOURCE,),
        "identitySources",
        "Where the token stands in the request.",
        stacktape=DEFAULT_IDENTITY_SOURCE,
        since="newer",
    )


class LambdaAuthorizerProperties(Properties):
    """Asks a function whether a request may pass."""

    function_name: ResourceName = prop(..., "functionName", "The function that decides.", since="newer")
    iam_response: bool = prop(
        False,
        "iamResponse",
        "The function answers with an IAM policy instead of true or false.",
        stacktape="false",
        since="newer",
    )
    identity_sources: tuple[IdentitySource, ...] = prop(
        (),
        "identitySources",
        "Parts of the request that a cached answer depends on.",
        stacktape="none",
        since="newer",
    )
    cache_result_seconds: Annotated[int, Whole(0, 3600)] = prop(
        0, "cacheResultSeconds", "Seconds that an answer is kept.", stacktape="0", since="newer"
    )


class Authorizer(Properties):
    """What protects a route."""

    type: Literal["cognito", "lambda"] = prop(..., "type", "cognito or lambda.")
    properties: dict[str, Any] = prop(None, "properties", "Settings of the authorizer.", factory=dict)


class HttpEventProperties(Properties):
    """A route of an HTTP API."""

    http_api_gateway_name: ResourceName = prop(
        ..., "httpApiGatewayName", "The http-api-gateway of the route."
    )
    path: RoutePath = prop(
        ..., "path", "The route's path: /x, /x/{id}, /x/{proxy+}, or * for every other request."
    )
    method: Method = prop(..., "method", "The HTTP method, * for every method.")
    authorizer: dict[str, Any] | None = prop(
        None, "authorizer", "Who may call the route.", stacktape="everybody"
    )
    payload_format: PayloadFormat | None = prop(
        None,
        "payloadFormat",
        "The shape in which the function gets a request.",
        stacktape="the gateway's, else 1.0",
        default_text="the gateway's, else 1.0",
        since="newer",
    )
    container_port: Annotated[int, Whole(1, 65535)] | None = prop(
        None, "containerPort", "The container's port; containers only.", since="newer"
    )
