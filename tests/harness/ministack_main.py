"""Starts ministack, mended where its answers are known to differ from AWS's.

Runs in ministack's own environment: only the standard library and ministack are there. Each
mend names the difference; without it Terraform or tfgen would rightly report it as a change.
"""

from __future__ import annotations

from typing import Any

from ministack.services import apigateway, cognito

# AWS keeps these for REQUEST authorizers alone; ministack answers with defaults for JWT ones too.
_REQUEST_ONLY = (
    "authorizerPayloadFormatVersion",
    "authorizerResultTtlInSeconds",
    "authorizerUri",
    "authorizerCredentialsArn",
    "enableSimpleResponses",
)


def _mend_authorizers() -> None:
    respond = apigateway._apigw_response

    def mended(data: dict[str, Any], status: int = 200) -> Any:
        items = data.get("items")
        if isinstance(items, list):
            data = {**data, "items": [_authorizer_as_aws_has_it(item) for item in items]}
        return respond(_authorizer_as_aws_has_it(data), status)

    apigateway._apigw_response = mended


def _authorizer_as_aws_has_it(item: dict[str, Any]) -> dict[str, Any]:
    """Without what its type does not have; other things (routes, APIs) have no authorizer type."""
    match item.get("authorizerType"):
        case "JWT":
            absent: tuple[str, ...] = _REQUEST_ONLY
        case "REQUEST":
            absent = ("jwtConfiguration",)
        case _:
            absent = ()
    return {name: value for name, value in item.items() if name not in absent}


# GetUserPoolMfaConfig answers these; a UserPoolType has no such members.
_MFA_ONLY = (
    "EmailMfaConfiguration",
    "SmsMfaConfiguration",
    "SoftwareTokenMfaConfiguration",
    "WebAuthnConfiguration",
)


def _mend_user_pools() -> None:
    shown = cognito._pool_out

    def mended(pool: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in shown(pool).items() if name not in _MFA_ONLY}

    cognito._pool_out = mended


if __name__ == "__main__":
    from ministack.app import main

    _mend_authorizers()
    _mend_user_pools()
    main()
