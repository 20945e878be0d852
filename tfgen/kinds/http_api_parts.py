"""What everything of an HTTP API says of the API it belongs to."""

from __future__ import annotations

from typing import Any

from tfgen.kinds.field import Change, Field, Severity, Type, attr
from tfgen.kinds.types import API
from tfgen.resource import Address, DataSource, FromData, Ref, Template, Variable
from tfgen.spec import Spec

REGION = attr(
    "region",
    Type.STRING,
    "Region of the API where it differs from the provider's.",
    keeps=True,
    change=Change.REPLACES,
    since="6.0.0",
)


def api_id(spec: Spec, gateway: str) -> Any:
    """The API's id: by reference when the spec declares it, else an input variable."""
    if spec.gateways[gateway].declared:
        return Ref(Address(gateway, API), "id")
    return Variable("api_ids", "Id of each HTTP API that the spec uses and does not declare.", key=gateway)


def execution_arn(spec: Spec, gateway: str) -> Template:
    """What a function's permission names: every stage, method and path of the API."""
    if spec.gateways[gateway].declared:
        return Template((Ref(Address(gateway, API), "execution_arn"), "/*/*"))
    region = spec.region or Variable("region", "The AWS region of the pools.")
    return Template(
        (
            "arn:",
            FromData(DataSource("aws_partition", "current"), "partition"),
            ":execute-api:",
            region,
            ":",
            FromData(DataSource("aws_caller_identity", "current"), "account_id"),
            ":",
            api_id(spec, gateway),
            "/*/*",
        )
    )


def api_id_field(owner: str, **facts: Any) -> Field:
    """The argument by which everything of an API names it."""
    return attr(
        "api_id",
        Type.STRING,
        f"The API the {owner} belongs to.",
        live="ApiId",
        derive=lambda context: api_id(context.spec, context.address.module),
        required=True,
        change=Change.REPLACES,
        severity=Severity.CRITICAL,
        **facts,
    )
