"""An account in which a spec with every kind was just applied; any of its calls can be refused.

The answers are those that the field tables make (`tests.drift.world`); Cognito, API Gateway, Lambda and
AWS WAF give them over HTTP, IAM, Route 53 and STS by clients without a network.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any, Final
from unittest import mock

from tests.drift.world import ACCOUNT, REGION, World
from tests.harness.http_replay import ACCESS_DENIED, JSON_SERVICES, NOT_FOUND, REST_SERVICES
from tests.live.cloud import Account, Gone
from tests.live.stubs import Stub, refusal
from tfgen.cli.main import run
from tfgen.kinds import KINDS, dns_record, firewall, http_api, identity_provider, lambda_permission, sms_role
from tfgen.kinds import authorizer as authorizers
from tfgen.kinds import http_api_stage as stages
from tfgen.kinds import integration as integrations
from tfgen.kinds import route as routes
from tfgen.kinds import ui_customization as styles
from tfgen.kinds import user_pool as pools
from tfgen.kinds import user_pool_client as clients
from tfgen.kinds import user_pool_domain as domains
from tfgen.kinds.answers import main_source
from tfgen.kinds.field import Source
from tfgen.live import Aws, AwsOptions, connect
from tfgen.live import operations as listed
from tfgen.live.clients import MakeClient

SPEC: Final = """\
resources:
  check: {type: function}
  createPost:
    type: function
    properties:
      events:
        - type: http-api-gateway
          properties:
            httpApiGatewayName: front
            path: /posts
            method: POST
            authorizer: {type: cognito, properties: {userPoolName: people}}
  front: {type: http-api-gateway}
  wall: {type: web-app-firewall}
  people:
    type: user-auth-pool
    properties:
      userVerificationType: sms
      mfaConfiguration: {status: ON, enabledTypes: [SMS, SOFTWARE_TOKEN]}
      hostedUiCSS: ".banner { color: red }"
      callbackURLs: [https://shop.example.com/back]
      hooks: {preSignUp: "$ResourceParam('check', 'arn')"}
      useFirewall: wall
      customDomain:
        domainName: login.example.com
        customCertificateArn: arn:aws:acm:us-east-1:123456789012:certificate/0a1b
      identityProviders:
        - {type: Google, clientId: 1234.apps.googleusercontent.com, clientSecret: "$Secret('google.secret')"}
"""
ALONE: Final = "\n".join(
    line for line in SPEC.partition("  people:")[0].splitlines() if "authorizer" not in line
)
"""Without a pool: only then the account has to be asked for."""
CONDITIONS: Final = {"SourceArn": ("ArnLike", "AWS:SourceArn")}
SERVED: Final = (*JSON_SERVICES, *REST_SERVICES)


def operations() -> tuple[Source, ...]:
    """Every read call that tfgen knows: of all kinds' tables, and those of no kind."""
    calls = [source for kind in KINDS.values() for source in kind.sources.values()]
    calls += [item for item in vars(listed).values() if isinstance(item, Source)]
    return tuple({source.operation: source for source in calls}.values())


class Deployment:
    """An applied spec behind a server; `drift` checks it as the command does."""

    def __init__(self, server: Account, folder: Path, text: str = SPEC) -> None:
        self.server = server
        self.world = World(folder, text)
        self.spec = folder / "spec.yml"
        self.without_policy = False
        """Whether the functions have no policy at all, as after a permission was taken away."""
        self.called: set[str] = set()
        """boto3's names of what the last check asked."""
        self._make: MakeClient = connect(
            AwsOptions(region=REGION, attempts=1, endpoint_url=server.emulator.url)
        ).new_client
        self._clients: dict[tuple[str, str], Any] = {}
        if pools.TYPE in {address.kind for address in self.world.answers}:
            self._one(pools.TYPE)["CustomDomain"] = self._one(domains.TYPE)["Domain"]
            self._one(domains.TYPE)["Status"] = "ACTIVE"
        server.forget()
        for operation, answer in self._answers().items():
            server.answer(operation, answer)

    def drift(self, refused: Source | None = None, *more: str) -> tuple[int, list[dict[str, Any]]]:
        """Exit code and findings of `tfgen drift --format json`; one call may be refused."""
        stub = Stub(self._stubbed())
        if refused is not None and listed.service_of(refused) in SERVED:
            self.server.fail(listed.called(refused), ACCESS_DENIED)
        elif refused is not None:
            stub.answers = {**stub.answers, refused.operation: refusal("AccessDenied", refused.operation)}

        def client(service: str, region: str) -> Any:
            if service not in SERVED:
                return stub
            if (service, region) not in self._clients:
                self._clients[service, region] = self._make(service, region)
            return self._clients[service, region]

        options = [
            part
            for name, value in self.world.known.variables.items()
            for part in ("--var", f"{name}={value}")
        ]
        aws = Aws(client, AwsOptions(region=REGION, attempts=1), REGION)
        before = len(self.server.calls)
        with mock.patch("tfgen.live.connect", return_value=aws), redirect_stdout(StringIO()) as out:
            code = run(
                ["drift", str(self.spec), "--region", REGION, "--format", "json", "-q", *options, *more]
            )
        if refused is not None:
            self.server._always.clear()
        self.called = {call.operation for call in self.server.calls[before:]} | {
            name for name, _ in stub.calls
        }
        return code, json.loads(out.getvalue())["findings"]

    def _all(self, kind: str, source: str = "") -> list[dict[str, Any]]:
        name = source or main_source(KINDS[kind])
        return [item[name] for address, item in self.world.answers.items() if address.kind == kind]

    def _one(self, kind: str, source: str = "") -> dict[str, Any]:
        return self._all(kind, source)[0]

    def _answers(self) -> dict[str, Callable[[Any], dict[str, Any]]]:
        """By AWS's name of the operation, for the server."""
        pool, client = pools.TYPE, clients.TYPE

        def items(kind: str) -> Callable[[Any], dict[str, Any]]:
            return lambda request: {"Items": self._all(kind)}

        return {
            "ListUserPools": lambda request: {
                "UserPools": [{key: item[key] for key in ("Id", "Name")} for item in self._all(pool)]
            },
            "DescribeUserPool": lambda request: {"UserPool": self._one(pool)},
            "GetUserPoolMfaConfig": lambda request: self._one(pool, "mfa"),
            "ListUserPoolClients": lambda request: {
                "UserPoolClients": [
                    {key: item[key] for key in ("ClientId", "ClientName")} for item in self._all(client)
                ]
            },
            "DescribeUserPoolClient": lambda request: {"UserPoolClient": self._one(client)},
            "ListIdentityProviders": lambda request: {
                "Providers": [
                    {key: item[key] for key in ("ProviderName", "ProviderType")}
                    for item in self._all(identity_provider.TYPE)
                ]
            },
            "DescribeIdentityProvider": lambda request: {
                "IdentityProvider": self._one(identity_provider.TYPE)
            },
            "DescribeUserPoolDomain": lambda request: {"DomainDescription": self._one(domains.TYPE)},
            "GetUICustomization": self._style,
            "GetWebACLForResource": lambda request: {"WebACL": self._one(firewall.TYPE)},
            "GetApis": items(http_api.TYPE),
            "GetApi": lambda request: self._one(http_api.TYPE),
            "GetStages": items(stages.TYPE),
            "GetAuthorizers": items(authorizers.TYPE),
            "GetIntegrations": items(integrations.TYPE),
            "GetRoutes": items(routes.TYPE),
            "GetPolicy": self._policy,
            "GetFunctionConcurrency": lambda request: {},
        }

    def _style(self, request: Any) -> dict[str, Any]:
        wanted = request["ClientId"]
        found = [item for item in self._all(styles.TYPE) if item.get("ClientId") == wanted]
        return {"UICustomization": found[0] if found else {}}

    def _policy(self, request: Any) -> dict[str, Any]:
        """The statements of one function's policy, from the parts that AddPermission names."""
        name = request["FunctionName"]
        if self.without_policy:
            raise Gone(NOT_FOUND)
        statements = [
            {
                "Sid": item["Sid"],
                "Effect": "Allow",
                "Principal": {"Service": item["Principal"]},
                "Action": item["Action"],
                "Resource": name,
                "Condition": {
                    operator: {key: item[part]}
                    for part, (operator, key) in CONDITIONS.items()
                    if part in item
                },
            }
            for item in self._all(lambda_permission.TYPE)
            if item["FunctionName"] == name
        ]
        return {"Policy": json.dumps({"Version": "2012-10-17", "Statement": statements})}

    def _stubbed(self) -> dict[str, Any]:
        """By boto3's name of the operation, for the services the server does not speak."""
        policy = sms_role.POLICY_KIND.type
        return {
            "get_role": lambda request: {"Role": self._one(sms_role.ROLE_KIND.type)},
            "list_role_policies": {"PolicyNames": [item["PolicyName"] for item in self._all(policy)]},
            "get_role_policy": lambda request: self._one(policy),
            "list_resource_record_sets": {
                "ResourceRecordSets": [
                    {key: value for key, value in item.items() if key != "HostedZoneId"}
                    for item in self._all(dns_record.TYPE)
                ]
            },
            "get_caller_identity": {"Account": ACCOUNT, "Arn": f"arn:aws:sts::{ACCOUNT}:user/x"},
        }
