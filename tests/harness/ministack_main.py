"""Starts ministack, mended where its answers are known to differ from AWS's.

Runs in ministack's own environment: only the standard library and ministack are there. Each
mend names the difference; without it Terraform or tfgen would rightly report it as a change.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from ministack import app as server
from ministack.services import apigateway, cognito

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

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


# An SDK that waits too long for a busy machine asks again, with the same id. AWS is never that slow, and a
# second authorizer of one name, made by such a second attempt, would be drift.
_INVOCATION = b"amz-sdk-invocation-id"
_REMEMBERED = 1000


def _mend_repeats() -> None:
    """A call that was made twice is carried out once, and answered alike."""
    answer = server.app
    done: OrderedDict[bytes, asyncio.Task[list[Message]]] = OrderedDict()

    async def carried_out(scope: Message, body: list[Message]) -> list[Message]:
        sent: list[Message] = []

        async def receive() -> Message:
            return body.pop(0) if body else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        await answer(scope, receive, send)
        return sent

    async def mended(scope: Message, receive: Receive, send: Send) -> None:
        invocation = dict(scope.get("headers") or ()).get(_INVOCATION)
        if scope["type"] != "http" or invocation is None:
            await answer(scope, receive, send)
            return
        body = [await receive()]
        while body[-1].get("more_body"):
            body.append(await receive())
        task = done.get(invocation)
        if task is None:
            # A task of its own: the first attempt is carried out though nobody waits for it any more.
            task = done[invocation] = asyncio.ensure_future(carried_out(scope, body))
            if len(done) > _REMEMBERED:
                done.popitem(last=False)
        sent = await asyncio.shield(task)
        if sent and sent[0].get("status", 500) >= 500:
            done.pop(invocation, None)  # a failure may be tried again
        for message in sent:
            await send(message)

    server.app = mended


if __name__ == "__main__":
    _mend_authorizers()
    _mend_user_pools()
    _mend_repeats()
    server.main()
