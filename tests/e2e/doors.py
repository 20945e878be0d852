"""Live resources as AWS's own calls read and write them: how somebody changes one behind Terraform's back.

A door's `read` gives the answers that the field table reads, by source; `write` takes changed
answers and calls what the console would call. Nothing here is tfgen's.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from tests.e2e.world import web_acl
from tests.harness.emulators import Emulator

Answers = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Place:
    """Where a live resource is: `ids` are all ids of its case, by address."""

    emulator: Emulator
    module: str
    address: str
    ids: Mapping[str, str]
    values: Mapping[str, Any]
    """What Terraform's state has of it."""

    @property
    def own(self) -> str:
        return self.ids[self.address]

    def of(self, kind: str) -> str:
        """The id of the one resource of another kind in this module."""
        return self.ids[f"module.{self.module}.{kind}.this"]


@dataclass(frozen=True)
class Door:
    read: Callable[[Place], Answers]
    write: Callable[[Place, Answers, Answers], None]
    """write(place, before, after)"""


def _members(client: Any, operation: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """What of an answer the update call takes too; emulators answer "" where AWS has nothing."""
    shape = client.meta.service_model.operation_model(operation).input_shape
    return {name: _said(value) for name, value in given.items() if name in shape.members and value != ""}


def _said(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _said(item) for key, item in value.items() if item != ""}
    return value


def _cognito(place: Place) -> Any:
    return place.emulator.client("cognito-idp")


def _read_pool(place: Place) -> Answers:
    cognito = _cognito(place)
    mfa = cognito.get_user_pool_mfa_config(UserPoolId=place.own)
    mfa.pop("ResponseMetadata")
    return {"pool": cognito.describe_user_pool(UserPoolId=place.own)["UserPool"], "mfa": mfa}


def _write_pool(place: Place, before: Answers, after: Answers) -> None:
    cognito, pool = _cognito(place), after["pool"]
    if pool != before["pool"]:
        given = _members(cognito, "UpdateUserPool", pool) | {"UserPoolId": place.own}
        given.pop("MfaConfiguration", None)
        given |= {"PoolName": pool["Name"]} if pool["Name"] != before["pool"]["Name"] else {}
        # The validity lives in the password policy; AWS refuses a request that says it twice.
        given.get("AdminCreateUserConfig", {}).pop("UnusedAccountValidityDays", None)
        cognito.update_user_pool(**given)
        known = {item["Name"] for item in before["pool"]["SchemaAttributes"]}
        added = [
            item | {"Name": item["Name"].removeprefix("custom:")}  # AWS puts it there itself
            for item in pool["SchemaAttributes"]
            if item["Name"] not in known
        ]
        if added:
            cognito.add_custom_attributes(UserPoolId=place.own, CustomAttributes=added)
    if after["mfa"] != before["mfa"]:
        cognito.set_user_pool_mfa_config(UserPoolId=place.own, **after["mfa"])


def _read_client(place: Place) -> Answers:
    found = _cognito(place).describe_user_pool_client(UserPoolId=place.of(POOL), ClientId=place.own)
    return {"client": found["UserPoolClient"]}


def _write_client(place: Place, before: Answers, after: Answers) -> None:
    cognito = _cognito(place)
    cognito.update_user_pool_client(**_members(cognito, "UpdateUserPoolClient", after["client"]))


def _read_domain(place: Place) -> Answers:
    return {"domain": _cognito(place).describe_user_pool_domain(Domain=place.own)["DomainDescription"]}


def _write_domain(place: Place, before: Answers, after: Answers) -> None:
    cognito = _cognito(place)
    given = _members(cognito, "UpdateUserPoolDomain", after["domain"])
    if not given.get("CustomDomainConfig"):
        given.pop("CustomDomainConfig", None)  # a prefix domain has none
    cognito.update_user_pool_domain(**given)


def _read_provider(place: Place) -> Answers:
    name = place.values["provider_name"]
    found = _cognito(place).describe_identity_provider(UserPoolId=place.of(POOL), ProviderName=name)
    return {"provider": found["IdentityProvider"]}


def _write_provider(place: Place, before: Answers, after: Answers) -> None:
    cognito = _cognito(place)
    cognito.update_identity_provider(**_members(cognito, "UpdateIdentityProvider", after["provider"]))


def _read_style(place: Place) -> Answers:
    found = _cognito(place).get_ui_customization(UserPoolId=place.of(POOL), ClientId=place.of(CLIENT))
    return {"style": found["UICustomization"]}


def _write_style(place: Place, before: Answers, after: Answers) -> None:
    cognito = _cognito(place)
    cognito.set_ui_customization(**_members(cognito, "SetUICustomization", after["style"]))


def _gateway(source: str, noun: str, own: str) -> Door:
    """A door of API Gateway's: GetX, UpdateX, and tags through TagResource."""

    def call(place: Place) -> dict[str, Any]:
        return {"ApiId": place.own} if own == "ApiId" else {"ApiId": place.values["api_id"], own: place.own}

    def read(place: Place) -> Answers:
        answer = getattr(place.emulator.client("apigatewayv2"), f"get_{noun}")(**call(place))
        answer.pop("ResponseMetadata")
        return {source: answer}

    def write(place: Place, before: Answers, after: Answers) -> None:
        client, answer = place.emulator.client("apigatewayv2"), after[source]
        given = _members(client, f"Update{noun.capitalize()}", answer)
        given.pop("DeploymentId", None)  # with automatic deployments it is API Gateway's own
        getattr(client, f"update_{noun}")(**given | call(place))
        if answer.get("Tags") != before[source].get("Tags"):
            client.tag_resource(ResourceArn=place.values["arn"], Tags=answer["Tags"])

    return Door(read, write)


def _read_role(place: Place) -> Answers:
    role = place.emulator.client("iam").get_role(RoleName=place.own)["Role"]
    return {"role": role | {"Tags": {tag["Key"]: tag["Value"] for tag in role.get("Tags", [])}}}


def _write_role(place: Place, before: Answers, after: Answers) -> None:
    iam, role = place.emulator.client("iam"), after["role"]
    iam.update_role(**_members(iam, "UpdateRole", role))
    document = json.dumps(role["AssumeRolePolicyDocument"])
    iam.update_assume_role_policy(RoleName=place.own, PolicyDocument=document)
    if role["Tags"]:
        iam.tag_role(
            RoleName=place.own, Tags=[{"Key": key, "Value": text} for key, text in role["Tags"].items()]
        )
    boundary = role.get("PermissionsBoundary", {}).get("PermissionsBoundaryArn")
    if boundary:
        iam.put_role_permissions_boundary(RoleName=place.own, PermissionsBoundary=boundary)


def _read_policy(place: Place) -> Answers:
    role, _, name = place.own.partition(":")
    return {"policy": place.emulator.client("iam").get_role_policy(RoleName=role, PolicyName=name)}


def _write_policy(place: Place, before: Answers, after: Answers) -> None:
    role, _, name = place.own.partition(":")
    document = json.dumps(after["policy"]["PolicyDocument"])
    place.emulator.client("iam").put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=document)


def _read_record(place: Place) -> Answers:
    zone, name = place.values["zone_id"], place.values["name"]
    records = place.emulator.client("route53").list_resource_record_sets(HostedZoneId=zone)
    found = next(item for item in records["ResourceRecordSets"] if item["Name"].rstrip(".") == name)
    return {"record": found | {"HostedZoneId": zone}}


def _write_record(place: Place, before: Answers, after: Answers) -> None:
    record = dict(after["record"])
    zone = record.pop("HostedZoneId")
    changes = {"Changes": [{"Action": "UPSERT", "ResourceRecordSet": record}]}
    place.emulator.client("route53").change_resource_record_sets(HostedZoneId=zone, ChangeBatch=changes)


def _read_association(place: Place) -> Answers:
    arn = place.values["resource_arn"]
    found = place.emulator.client("wafv2").get_web_acl_for_resource(ResourceArn=arn)["WebACL"]
    return {"acl": {"ARN": found["ARN"], "ResourceArn": arn}}


def _write_association(place: Place, before: Answers, after: Answers) -> None:
    """A web ACL has to exist: a new one stands for the wanted ARN."""
    wafv2, arn = place.emulator.client("wafv2"), place.values["resource_arn"]
    wafv2.disassociate_web_acl(ResourceArn=arn)  # moto would keep both
    wafv2.associate_web_acl(WebACLArn=web_acl(place.emulator, f"another-{place.module}"), ResourceArn=arn)


_CONDITIONS = {
    "SourceArn": ("ArnLike", "AWS:SourceArn"),
    "SourceAccount": ("StringEquals", "AWS:SourceAccount"),
    "PrincipalOrgID": ("StringEquals", "aws:PrincipalOrgID"),
    "EventSourceToken": ("StringEquals", "lambda:EventSourceToken"),
    "FunctionUrlAuthType": ("StringEquals", "lambda:FunctionUrlAuthType"),
    "InvokedViaFunctionUrl": ("Bool", "lambda:InvokedViaFunctionUrl"),
}


def _read_permission(place: Place) -> Answers:
    policy = place.emulator.client("lambda").get_policy(FunctionName=place.values["function_name"])["Policy"]
    found = next(item for item in json.loads(policy)["Statement"] if item["Sid"] == place.own)
    answer = {"Sid": found["Sid"], "Action": found["Action"], "FunctionName": place.values["function_name"]}
    principal = found["Principal"]
    answer["Principal"] = next(iter(principal.values())) if isinstance(principal, dict) else principal
    for name, (operator, key) in _CONDITIONS.items():
        conditions = {
            key.lower(): value for key, value in found.get("Condition", {}).get(operator, {}).items()
        }
        if key.lower() in conditions:
            value = conditions[key.lower()]
            answer[name] = str(value).lower() == "true" if operator == "Bool" else value
    return {"statement": answer}


def _write_permission(place: Place, before: Answers, after: Answers) -> None:
    given = dict(after["statement"])
    client, name = place.emulator.client("lambda"), given["FunctionName"]
    client.remove_permission(FunctionName=name, StatementId=place.own)
    client.add_permission(StatementId=given.pop("Sid"), **given)


POOL, CLIENT, API = "aws_cognito_user_pool", "aws_cognito_user_pool_client", "aws_apigatewayv2_api"

DOORS: dict[str, Door] = {
    POOL: Door(_read_pool, _write_pool),
    CLIENT: Door(_read_client, _write_client),
    "aws_cognito_user_pool_domain": Door(_read_domain, _write_domain),
    "aws_cognito_identity_provider": Door(_read_provider, _write_provider),
    "aws_cognito_user_pool_ui_customization": Door(_read_style, _write_style),
    API: _gateway("api", "api", "ApiId"),
    "aws_apigatewayv2_stage": _gateway("stage", "stage", "StageName"),
    "aws_apigatewayv2_authorizer": _gateway("authorizer", "authorizer", "AuthorizerId"),
    "aws_apigatewayv2_integration": _gateway("integration", "integration", "IntegrationId"),
    "aws_apigatewayv2_route": _gateway("route", "route", "RouteId"),
    "aws_iam_role": Door(_read_role, _write_role),
    "aws_iam_role_policy": Door(_read_policy, _write_policy),
    "aws_wafv2_web_acl_association": Door(_read_association, _write_association),
    "aws_route53_record": Door(_read_record, _write_record),
    "aws_lambda_permission": Door(_read_permission, _write_permission),
}


def changed(answers: Answers, source: str, path: str, value: Any) -> Answers:
    """A copy with `value` at a dotted path."""
    done = deepcopy(answers)
    target = done[source]
    *steps, last = path.split(".")
    for step in steps:
        target = target.setdefault(step, {})
    target[last] = value
    return done
