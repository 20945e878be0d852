"""Clients without a network: answers by operation, for services the replay server does not speak."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from botocore.exceptions import ClientError

from tfgen.live import Aws, AwsOptions


def refusal(code: str, operation: str) -> ClientError:
    """An error answer as boto3 raises it."""
    error: Any = {"Error": {"Code": code, "Message": "canary"}, "ResponseMetadata": {"HTTPStatusCode": 403}}
    return ClientError(error, operation)


class Stub:
    """One client for all services; `answers` maps method names to answers, exceptions or functions."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = answers
        self.calls: list[tuple[str, dict[str, Any]]] = []

    def __getattr__(self, operation: str) -> Callable[..., Any]:
        def call(**parameters: Any) -> Any:
            self.calls.append((operation, parameters))
            answer = self.answers[operation]
            if isinstance(answer, Exception):
                raise answer
            return answer(parameters) if callable(answer) else answer

        return call

    def get_paginator(self, operation_name: str, /) -> Any:
        stub = self

        class Pages:
            def paginate(self, **parameters: Any) -> Iterable[Any]:
                del parameters["PaginationConfig"]
                answer = getattr(stub, operation_name)(**parameters)
                return answer if isinstance(answer, list) else [answer]

        return Pages()

    def aws(self, region: str = "eu-west-1") -> Aws:
        """The way to this stub."""
        return Aws(lambda service, where: self, AwsOptions(region=region), region)
