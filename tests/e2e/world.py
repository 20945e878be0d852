"""What an account has before a pool comes: functions, secrets, a certificate, a hosted zone, …

A fixture's root module asks for it by variables; `inputs` answers them all.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from tests.golden.cases import Case, desired_of
from tests.harness.emulators import Emulator
from tfgen.resource import Call, Template, Variable

SECRETS = {
    "bookshop-oidc": {"clientSecret": "open sesame one"},
    "sign-in": {
        name: f"open sesame {name}"
        for name in (
            "google",
            "facebook",
            "amazon",
            "apple",
            "applePrivateKey",
            "partners",
            "staff",
            "unused",
        )
    },
    "tuned-oidc": "open sesame two",
    "ledger-oidc": "open sesame three",
    "partners-oidc": "open sesame four",
    'hostile ${x} "secret" \\': {'key "${y}': "open sesame ${five}"},
}
"""Secrets Manager's secrets that the fixtures name, by name."""

FUNCTIONS = {"claims"}
"""Functions that a fixture names by their ARN."""

OPEN_FUNCTIONS = {"mailer", "texter", "tokens"}
"""The same; their owner lets every pool call them."""

PARAMETERS = {"/mail/reply-to": "answers@app.example.com"}
STACKS = {"partners": {"ClientId": "partners-client", "AuthorizeUrl": "https://partners.example/authorize"}}
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
    ],
}


def furnish(emulator: Emulator, functions: set[str]) -> None:
    """Makes everything that the fixtures' data sources and variables name."""
    secrets = emulator.client("secretsmanager")
    for name, value in SECRETS.items():
        secrets.create_secret(Name=name, SecretString=value if isinstance(value, str) else json.dumps(value))
    for name, text in PARAMETERS.items():
        emulator.client("ssm").put_parameter(Name=name, Value=text, Type="SecureString")
    for name, outputs in STACKS.items():
        template = {
            "Resources": {"Topic": {"Type": "AWS::SNS::Topic"}},
            "Outputs": {key: {"Value": value} for key, value in outputs.items()},
        }
        emulator.client("cloudformation").create_stack(StackName=name, TemplateBody=json.dumps(template))
    make_functions(emulator, functions | FUNCTIONS | OPEN_FUNCTIONS)
    for name in sorted(OPEN_FUNCTIONS):
        emulator.client("lambda").add_permission(
            FunctionName=name,
            StatementId="pools",
            Action="lambda:InvokeFunction",
            Principal="cognito-idp.amazonaws.com",
        )


def make_functions(emulator: Emulator, functions: set[str]) -> dict[str, str]:
    """Functions that do nothing, for their policies; name → ARN."""
    role = emulator.client("iam").create_role(
        RoleName="functions", AssumeRolePolicyDocument=json.dumps(TRUST)
    )["Role"]["Arn"]
    code = io.BytesIO()
    with zipfile.ZipFile(code, "w") as archive:
        archive.writestr("index.py", "def handler(event, context):\n    return event\n")
    client = emulator.client("lambda")
    return {
        name: client.create_function(
            FunctionName=name,
            Runtime="python3.12",
            Role=role,
            Handler="index.handler",
            Code={"ZipFile": code.getvalue()},
        )["FunctionArn"]
        for name in sorted(functions)
    }


def hosted_zone(emulator: Emulator, domain: str) -> str:
    """A new hosted zone's id."""
    zone = emulator.client("route53").create_hosted_zone(Name=domain, CallerReference=domain)
    return str(zone["HostedZone"]["Id"]).removeprefix("/hostedzone/")


def certificate(emulator: Emulator, domain: str) -> str:
    """A new certificate's ARN."""
    return str(emulator.client("acm").request_certificate(DomainName=domain)["CertificateArn"])


def web_acl(emulator: Emulator, name: str) -> str:
    """The ARN of a new regional web ACL that lets everybody in."""
    made = emulator.client("wafv2").create_web_acl(
        Name=name,
        Scope="REGIONAL",
        DefaultAction={"Allow": {}},
        VisibilityConfig={
            "SampledRequestsEnabled": False,
            "CloudWatchMetricsEnabled": False,
            "MetricName": name,
        },
    )
    return str(made["Summary"]["ARN"])


def api(emulator: Emulator, name: str) -> str:
    """The id of an HTTP API that no spec declares."""
    return str(emulator.client("apigatewayv2").create_api(Name=name, ProtocolType="HTTP")["ApiId"])


def variables(case: Case) -> dict[str, list[str]]:
    """The input variables of a case: name → its keys where it is a mapping, none for a single value."""
    found: dict[str, set[str]] = {}
    for resource in desired_of(case).resources.values():
        for variable in _variables(resource.values):
            found.setdefault(variable.name, set()).update([variable.key] if variable.key else [])
    if case.options().region is None:
        found["region"] = set()
    return {name: sorted(keys) for name, keys in found.items()}


def _variables(value: Any) -> Iterator[Variable]:
    match value:
        case Variable():
            yield value
        case Template(parts=inner) | Call(arguments=inner):
            yield from _variables(list(inner))
        case dict():
            yield from _variables(list(value.values()))
        case list() | frozenset() | tuple():
            for item in value:
                yield from _variables(item)
        case _:
            pass


def functions_of(case: Case) -> list[str]:
    """The functions whose ARNs a case asks for."""
    return variables(case).get("function_arns", [])


def inputs(emulator: Emulator, case: Case) -> dict[str, Any]:
    """A value for every input variable of a case, made on the emulator where it must exist."""
    return {name: _input(emulator, case, name, members) for name, members in variables(case).items()}


def _input(emulator: Emulator, case: Case, name: str, members: list[str]) -> Any:
    match name:
        case "function_arns":
            return {key: function_arn(emulator, f"{case.name}-{key}") for key in members}
        case "web_acl_arns":
            return {key: web_acl(emulator, f"{case.name}-{key}") for key in members}
        case "hosted_zone_ids":
            return {key: hosted_zone(emulator, f"{key}.example") for key in members}
        case "certificate_arn":
            return {key: certificate(emulator, f"login.{key}.example") for key in members}
        case "api_ids":
            return {key: api(emulator, key) for key in members}
        case "integration_ids":
            return dict.fromkeys(members, "someone1")
        case "region":
            return emulator.region
        case _ if members:
            return dict.fromkeys(members, f"{name} of somebody else")
        case _:
            return f"{name} of somebody else"


def function_arn(emulator: Emulator, name: str) -> str:
    """The ARN of a function that `make_functions` made."""
    found = emulator.client("lambda").get_function(FunctionName=name)
    return str(found["Configuration"]["FunctionArn"])
