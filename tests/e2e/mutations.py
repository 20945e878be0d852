"""One changed live value for every argument of every kind, made from the field tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.e2e.deployment import Deployment
from tests.e2e.not_changed import NO_ADDING, NO_CALL, NO_CHANGING
from tests.golden.cases import Case, desired_of
from tfgen.kinds import KINDS
from tfgen.kinds.answers import live_path, main_source
from tfgen.kinds.field import Field, Kind, Type
from tfgen.resource import Address, FromData, Resource


@dataclass(frozen=True)
class Target:
    """One argument of one live resource.

    `declared`: the spec (or a default of tfgen's) decides it. `key`: of the repeated block it is in.
    """

    case: Case
    address: Address
    path: str
    fields: tuple[Field, ...]
    declared: bool
    key: str | None = None

    @property
    def field(self) -> Field:
        return self.fields[-1]

    @property
    def kind(self) -> Kind:
        return KINDS[self.address.kind]

    @property
    def id(self) -> tuple[str, str]:
        return self.address.kind, self.path

    @property
    def live(self) -> tuple[str, str]:
        """Source, and dotted path in its answer."""
        path = ""
        for field in self.fields:
            path = live_path(path, field)
        source, _, inner = path.partition(":")
        return source or main_source(self.kind), inner

    def shown(self, after: Any) -> set[str]:
        """The paths that a report names; a map's are its changed keys."""
        if self.field.type is Type.MAP:
            return {f'{self.path}["{key}"]' for key in after}
        return {self.path}


def targets(deployment: Deployment) -> Iterator[Target]:
    """Each argument twice: on a resource that declares it, and on another one that does not.

    Arguments without a live path are never answered by AWS, so nobody can see them change.
    """
    resources = [
        (case, resource) for case in deployment.cases for resource in desired_of(case).resources.values()
    ]
    used: set[tuple[str, Address]] = set()
    for declared in (True, False):
        for kind in KINDS.values():
            for path, fields in _arguments(kind.fields, (), ""):
                if (kind.type, path) in NO_CALL or fields[-1].live is None:
                    continue
                if (kind.type, path) in (NO_CHANGING if declared else NO_ADDING):
                    continue
                found = [
                    (case, resource)
                    for case, resource in resources
                    if resource.kind == kind.type and _declares(resource, path) is declared
                ]
                if not declared:
                    found = [item for item in found if (item[0].name, item[1].address) not in used] or found
                if found:
                    case, resource = found[0]
                    yield Target(case, resource.address, path, fields, declared)
                    if declared:
                        used.add((case.name, resource.address))


def _arguments(
    fields: tuple[Field, ...], above: tuple[Field, ...], prefix: str
) -> Iterator[tuple[str, tuple[Field, ...]]]:
    for field in fields:
        path = f"{prefix}.{field.name}" if prefix else field.name
        chain = (*above, field)
        if field.type is Type.BLOCK:
            yield from _arguments(field.fields, chain, path)
        else:
            yield path, chain


def _declares(resource: Resource, path: str) -> bool:
    value: Any = resource.values
    for step in path.split("."):
        value = value.get(step) if isinstance(value, dict) else None
    return value not in (None, {}) and not isinstance(value, FromData)  # that is secret or not read


SPECIAL: dict[tuple[str, str], Any] = {
    ("aws_cognito_user_pool", "schema"): lambda now: [
        *now,
        {
            "Name": "custom:added",
            "AttributeDataType": "String",
            "Mutable": True,
            "DeveloperOnlyAttribute": False,
            "Required": False,
            "StringAttributeConstraints": {"MinLength": "0", "MaxLength": "10"},
        },
    ],
    ("aws_cognito_user_pool", "account_recovery_setting.recovery_mechanism"): lambda now: [
        {"Name": "admin_only", "Priority": 1}
    ],
    ("aws_iam_role", "assume_role_policy"): lambda now: {
        **now,
        "Statement": [{**now["Statement"][0], "Principal": {"AWS": "arn:aws:iam::999999999999:root"}}],
    },
    ("aws_iam_role", "permissions_boundary"): lambda now: "arn:aws:iam::123456789012:policy/boundary",
    ("aws_iam_role_policy", "policy"): lambda now: {
        **now,
        "Statement": [{**now["Statement"][0], "Action": "sns:*"}],
    },
    ("aws_apigatewayv2_route", "route_key"): lambda now: "GET /somewhere/else",
    ("aws_apigatewayv2_route", "request_parameter"): lambda now: {
        "route.request.querystring.page": {"Required": True}
    },
    # In a block that is left out, provider 5.100 takes a value of 1 for the block's own count and hides it.
    ("aws_apigatewayv2_stage", "default_route_settings.throttling_burst_limit"): lambda now: (now or 4) + 1,
    ("aws_apigatewayv2_stage", "default_route_settings.throttling_rate_limit"): lambda now: (now or 4) + 1,
    ("aws_apigatewayv2_stage", "route_settings"): lambda now: {"GET /x": {"ThrottlingBurstLimit": 5}},
    ("aws_apigatewayv2_integration", "response_parameters"): lambda now: {"200": {"overwrite:header.x": "y"}},
    ("aws_lambda_permission", "action"): lambda now: "lambda:GetFunction",
    ("aws_lambda_permission", "principal"): lambda now: "s3.amazonaws.com",
    ("aws_lambda_permission", "source_account"): lambda now: "999999999999",
    ("aws_lambda_permission", "principal_org_id"): lambda now: "o-0123456789",
    ("aws_route53_record", "type"): lambda now: "AAAA",
    # With LITE, AWS refuses half of the other changes.
    ("aws_cognito_user_pool", "user_pool_tier"): lambda now: "ESSENTIALS" if now == "PLUS" else "PLUS",
    ("aws_cognito_user_pool", "mfa_configuration"): lambda now: "OPTIONAL" if now != "OPTIONAL" else "OFF",
}
"""New values that the type of an argument does not suggest, from the present one."""


def other(target: Target, now: Any) -> Any:
    """Another live value than `now`, as AWS would answer it."""
    field = target.field
    special = SPECIAL.get(target.id)
    if special is not None:
        return special(now)
    match field.type:
        case Type.BOOL:
            return not (field.unset if now is None else now)
        case Type.NUMBER:
            return _number(field, now)
        case Type.SET | Type.LIST:
            return _members(field, now or [])
        case Type.MAP:
            return {**(now or {}), **_entry(now or {})}
        case _ if field.allowed:
            return next(
                (item for item in field.allowed if item != (field.unset if now is None else now)), now
            )
        case _:
            return _text(field, now)


def _number(field: Field, now: Any) -> int:
    low, high = field.range or (1, 2_000_000)
    start = next((value for value in (now, field.unset) if value is not None), low)
    return int(start) + 1 if low <= int(start) + 1 <= high else int(start) - 1


def _members(field: Field, now: Sequence[str]) -> list[str]:
    for candidate in field.allowed:
        if set(now) != {candidate} != set(field.unset or ()):
            return [candidate]
    return [*now, "https://evil.example/somewhere"] if "url" in field.name else [*now, "added"]


def _entry(now: dict[str, Any]) -> dict[str, str]:
    """One key: a present one with another value, or a new one."""
    for key in sorted(now):
        if key not in ("client_secret", "private_key"):
            return {key: "changed"}
    return {"added": "changed"}


def _text(field: Field, now: Any) -> str:
    high = (field.range or (1, 2048))[1]
    if isinstance(now, str) and now.startswith("arn:"):
        return f"{now}x"
    if field.name.endswith("_arn") or field.live == "KMSKeyID":
        return "arn:aws:lambda:us-east-1:999999999999:function:other"
    text = f"{now or 'Somebody changed this: {####} {username}'} (changed)"
    return text if len(text) <= high else f"changed{text[: high - 7]}"
