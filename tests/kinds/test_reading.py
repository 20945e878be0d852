"""Every field of every kind: what AWS answers comes back as the value it was made from."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kinds.synthetic import answers, block_instances, sample
from tfgen.kinds import KINDS
from tfgen.kinds.field import Field, Type
from tfgen.kinds.reading import read_resource
from tfgen.resource import Address, Sensitive

NEVER_READ = {
    (kind.type, path) for kind in KINDS.values() for path, field in kind.walk() if not field.answered
}


def readable(fields: tuple[Field, ...], values: dict[str, Any]) -> dict[str, Any]:
    """`values` less the arguments that AWS never answers."""
    done: dict[str, Any] = {}
    for field in fields:
        value = values.get(field.name)
        if value is None or (field.name, value) == ("generate_secret", False):
            continue
        if field.type is Type.BLOCK:
            value = readable(field.fields, value) or None
        elif field.type is not Type.BLOCKS and field.live is None:
            continue
        if value is not None:
            done[field.name] = Sensitive(str(value)) if field.secret else value
    return done


def test_what_aws_never_answers_is_known() -> None:
    """A new field without a live path must be meant: this list is short."""
    assert sorted(NEVER_READ) == [
        ("aws_apigatewayv2_api", "body"),
        ("aws_apigatewayv2_api", "credentials_arn"),
        ("aws_apigatewayv2_api", "fail_on_warnings"),
        ("aws_apigatewayv2_api", "region"),
        ("aws_apigatewayv2_api", "route_key"),
        ("aws_apigatewayv2_api", "target"),
        ("aws_apigatewayv2_authorizer", "region"),
        ("aws_apigatewayv2_authorizer", "timeouts.delete"),
        ("aws_apigatewayv2_integration", "region"),
        ("aws_apigatewayv2_integration", "response_parameters.status_code"),
        ("aws_apigatewayv2_route", "region"),
        ("aws_apigatewayv2_route", "request_parameter.request_parameter_key"),
        ("aws_apigatewayv2_stage", "region"),
        ("aws_apigatewayv2_stage", "route_settings.route_key"),
        ("aws_cognito_identity_provider", "region"),
        ("aws_cognito_user_pool_client", "region"),
        ("aws_cognito_user_pool_domain", "region"),
        ("aws_cognito_user_pool_ui_customization", "image_file"),
        ("aws_cognito_user_pool_ui_customization", "region"),
        ("aws_iam_role", "force_detach_policies"),
        ("aws_lambda_permission", "region"),
        ("aws_lambda_permission", "statement_id_prefix"),
        ("aws_wafv2_web_acl_association", "region"),
        ("aws_wafv2_web_acl_association", "timeouts.create"),
    ]


@pytest.mark.parametrize("variant", [0, 1])
@pytest.mark.parametrize("kind", sorted(KINDS))
def test_round_trip_of_a_whole_resource(kind: str, variant: int) -> None:
    table = KINDS[kind]
    values = {field.name: sample(field, variant) for field in table.fields}
    resource, unread = read_resource(table, Address("m", kind), answers(table, values))
    assert unread == []
    assert resource.values == readable(table.fields, values)


@pytest.mark.parametrize(
    ("kind", "name"), [(kind.type, field.name) for kind in KINDS.values() for field in kind.fields]
)
def test_round_trip_of_one_field(kind: str, name: str) -> None:
    table = KINDS[kind]
    field = table.by_name[name]
    values = {name: block_instances(field, 0) if field.type is Type.BLOCKS else sample(field, 0)}
    resource, unread = read_resource(table, Address("m", kind), answers(table, values))
    assert unread == []
    expected = readable(table.fields, values)
    assert resource.values == resource.values | expected
    assert len(resource.values) <= len(expected) + 1, "the id of some kinds is an argument too"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_nothing_live_is_nothing(kind: str) -> None:
    table = KINDS[kind]
    resource, unread = read_resource(table, Address("m", kind), {source: {} for source in table.sources})
    assert (resource.values, unread) == ({}, [])


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_unknown_keys_are_named(kind: str) -> None:
    """At the top, and inside every object that the table knows: each as its own path."""
    table = KINDS[kind]
    live = answers(table, {field.name: sample(field, 0) for field in table.fields})
    for source in table.sources:
        for path, holder in list(_objects(live[source], "")):
            if not _has_fields(kind, path):
                continue
            holder["BrandNew"] = {"Setting": 1}
            _, unread = read_resource(table, Address("m", kind), live)
            del holder["BrandNew"]
            assert len(unread) == 1, path
            assert unread[0].paths[0].endswith("BrandNew")
            assert table.sources[source].operation.replace("_", "") in unread[0].reason.lower()


def _objects(value: Any, path: str) -> Any:
    if isinstance(value, list):
        for item in value:
            yield from _objects(item, path)
    elif isinstance(value, dict):
        yield path, value
        for key, item in list(value.items()):
            yield from _objects(item, f"{path}.{key}".strip("."))


def _has_fields(kind: str, path: str) -> bool:
    """Whether an object's keys are the table's, not a person's (tags, details, mappings)."""
    free = {"UserPoolTags", "Tags", "ProviderDetails", "AttributeMapping", "StageVariables"}
    free |= {"RequestModels", "RequestTemplates", "AssumeRolePolicyDocument", "PolicyDocument"}
    if kind == "aws_apigatewayv2_integration":
        free |= {"RequestParameters", "ResponseParameters"}
    first = path.split(".", maxsplit=1)[0]
    return first not in free and path not in {"RouteSettings", "RequestParameters"}
