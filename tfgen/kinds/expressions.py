"""Directives that only a deployment knows, as Terraform values."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tfgen.kinds.context import Context
from tfgen.kinds.types import CLIENT, DOMAIN, POOL
from tfgen.resource import Address, Call, DataSource, FromData, Ref, Template, Variable
from tfgen.spec import expressions as spec_expressions
from tfgen.spec.firewalls import is_firewall


def to_value(value: Any, context: Context) -> Any:
    """A spec value with every directive turned into a reference, a variable or a data source."""
    match value:
        case spec_expressions.Expression():
            return _expression(value, context)
        case dict():
            return {key: to_value(item, context) for key, item in value.items()}
        case list() | tuple():
            return [to_value(item, context) for item in value]
        case frozenset():
            return frozenset(to_value(item, context) for item in value)
        case _:
            return value


def _expression(value: spec_expressions.Expression, context: Context) -> Any:
    match value:
        case spec_expressions.StageName():
            return Variable("stage", "The stage the pools belong to.")
        case spec_expressions.RegionName():
            return Variable("region", "The AWS region of the pools.")
        case spec_expressions.ProfileName():
            return Variable("profile", "The AWS profile name the spec asks for.")
        case spec_expressions.AccountId():
            return FromData(DataSource("aws_caller_identity", "current"), "account_id")
        case spec_expressions.Secret(name=name, key=key):
            return _secret(name, key)
        case spec_expressions.SsmParam(name=name):
            source = DataSource("aws_ssm_parameter", label(name), (("name", name),))
            return FromData(source, "value", sensitive=True)
        case spec_expressions.ResourceParam(resource=resource, param=param):
            return _resource_param(resource, param, context)
        case spec_expressions.StackResourceParam(logical_id=logical_id, attribute=attribute):
            name = f"{label(logical_id)}_{label(attribute)}"
            return Variable(name, f"{attribute} of the CloudFormation resource {logical_id}.")
        case spec_expressions.StackOutput(stack=stack, output=output, region=region):
            arguments = (("name", stack), *((("region", region),) if region else ()))
            source = DataSource("aws_cloudformation_stack", label(f"{region or ''}{stack}"), arguments)
            return FromData(source, "outputs", key=output)
        case spec_expressions.Format(parts=parts):
            return Template(tuple(_flat(to_value(part, context) for part in parts)))
    raise TypeError(f"no Terraform value for {type(value).__name__}")


def _flat(parts: Iterable[Any]) -> Iterator[Any]:
    """A template within a template is one text."""
    for part in parts:
        yield from part.parts if isinstance(part, Template) else (part,)


def _secret(name: str, key: str | None) -> Any:
    source = DataSource("aws_secretsmanager_secret_version", label(name), (("secret_id", name),))
    text = FromData(source, "secret_string", sensitive=True)
    return text if key is None else Call("jsondecode", (text,), json.loads, index=key)


def _resource_param(resource: str, param: str, context: Context) -> Any:
    """`$ResourceParam`: a pool's attribute, a function's ARN, or an input variable."""
    if resource in context.spec.pools:
        return _pool_param(resource, param, context)
    if param == "arn" and resource in context.spec.functions:
        return function_arn(resource)
    if param == "arn" and is_firewall(context.spec, resource):
        return web_acl_arn(resource)
    return Variable(f"{resource}_{label(param)}", f"{param} of the spec's resource {resource}.")


def _pool_param(pool: str, param: str, context: Context) -> Any:
    match param:
        case "id" | "arn":
            return Ref(Address(pool, POOL), param)
        case "clientId":
            return Ref(Address(pool, CLIENT), "id")
        case "clientSecret":
            return Ref(Address(pool, CLIENT), "client_secret")
        case "providerUrl":
            return issuer(pool)
        case _:
            return domain_name(pool, context)


def domain_name(pool: str, context: Context) -> Any:
    """The host name of a pool's hosted UI, custom or `<prefix>.auth.<region>.amazoncognito.com`."""
    custom = context.spec.pools[pool].get("customDomain.domainName")
    if custom is not None:
        return to_value(custom, context)
    region = context.spec.region or Variable("region", "The AWS region of the pools.")
    prefix = Ref(Address(pool, DOMAIN, "prefix"), "domain")
    return Template((prefix, ".auth.", region, ".amazoncognito.com"))


def issuer(pool: str) -> Template:
    """The issuer of a pool's tokens; the provider's `endpoint` has no scheme."""
    return Template(("https://", Ref(Address(pool, POOL), "endpoint")))


def function_arn(function: str) -> Variable:
    """A Lambda function of the spec: tfgen does not deploy it, so its ARN comes from outside."""
    return Variable("function_arns", "ARN of each Lambda function of the spec, by its name.", key=function)


def web_acl_arn(firewall: str) -> Variable:
    """A firewall of the spec: tfgen does not make its web ACL, so its ARN comes from outside."""
    return Variable(
        "web_acl_arns", "ARN of the web ACL of each web-app-firewall of the spec, by its name.", key=firewall
    )


def label(text: str) -> str:
    """A Terraform name that tells two texts apart: a hash is added wherever letters were lost."""
    import hashlib

    kept = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in text).strip("_")
    if kept == text and not text[:1].isdigit():
        return kept
    digest = hashlib.sha256(text.encode()).hexdigest()[:6]
    return (
        f"{kept}__{digest}" if kept and not kept[0].isdigit() else f"r_{kept}__{digest}".replace("___", "__")
    )
