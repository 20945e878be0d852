"""A small AWS account behind the replay server: real-shaped answers that know each other."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Self

from tests.harness.http_replay import NOT_FOUND, Fault, ReplayServer

ACCOUNT = "123456789012"
REGION = "eu-west-1"
POOL_ID = "eu-west-1_Ab1Cd2Ef3"
CLIENT_ID = "1h57kf5cpq17m0eml12EXAMPLE"
API_ID = "a1b2c3d4e5"
CREATED = dt.datetime(2024, 5, 1, 9, 30, tzinfo=dt.UTC)
CHANGED = dt.datetime(2025, 2, 3, 4, 5, tzinfo=dt.UTC)
DATES = {"CreationDate": CREATED, "LastModifiedDate": CHANGED}
CLIENT_SECRET = "canary-client-secret-51e8"
PROVIDER_SECRET = "canary-provider-secret-77d0"


def pool_answer(name: str, pool_id: str = POOL_ID, **members: Any) -> dict[str, Any]:
    """DescribeUserPool's UserPool of a plain pool (shape of the AWS CLI's documented example)."""
    region = pool_id.partition("_")[0]
    schema = [
        {
            "Name": attribute,
            "AttributeDataType": "String",
            "DeveloperOnlyAttribute": False,
            "Mutable": attribute != "sub",
            "Required": attribute == "sub",
            "StringAttributeConstraints": {
                "MinLength": "1" if attribute == "sub" else "0",
                "MaxLength": "2048",
            },
        }
        for attribute in ("sub", "name", "email", "phone_number")
    ]
    policy = {
        "MinimumLength": 8,
        "RequireUppercase": True,
        "RequireLowercase": True,
        "RequireNumbers": True,
        "RequireSymbols": True,
        "TemporaryPasswordValidityDays": 7,
    }
    return {
        "Id": pool_id,
        "Name": name,
        "Arn": f"arn:aws:cognito-idp:{region}:{ACCOUNT}:userpool/{pool_id}",
        "Policies": {"PasswordPolicy": policy, "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]}},
        "DeletionProtection": "ACTIVE",
        "LambdaConfig": {},
        "SchemaAttributes": schema,
        "AutoVerifiedAttributes": ["email"],
        "UsernameAttributes": ["email", "phone_number"],
        "VerificationMessageTemplate": {"DefaultEmailOption": "CONFIRM_WITH_CODE"},
        "MfaConfiguration": "OFF",
        "EstimatedNumberOfUsers": 42,
        "EmailConfiguration": {"EmailSendingAccount": "COGNITO_DEFAULT"},
        "UserPoolTags": {"secret-owner": "team-a"},
        "AdminCreateUserConfig": {"AllowAdminCreateUserOnly": False, "UnusedAccountValidityDays": 7},
        "UserPoolTier": "ESSENTIALS",
        **DATES,
        **members,
    }


def client_answer(
    name: str, client_id: str = CLIENT_ID, pool_id: str = POOL_ID, **members: Any
) -> dict[str, Any]:
    """DescribeUserPoolClient's UserPoolClient, with its secret."""
    return {
        "UserPoolId": pool_id,
        "ClientName": name,
        "ClientId": client_id,
        "ClientSecret": CLIENT_SECRET,
        "RefreshTokenValidity": 30,
        "AccessTokenValidity": 3600,
        "IdTokenValidity": 3600,
        "TokenValidityUnits": {"AccessToken": "seconds", "IdToken": "seconds", "RefreshToken": "days"},
        "ExplicitAuthFlows": ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
        "PreventUserExistenceErrors": "ENABLED",
        "EnableTokenRevocation": True,
        "AllowedOAuthFlowsUserPoolClient": False,
        **DATES,
        **members,
    }


def provider_answer(name: str = "Google", pool_id: str = POOL_ID, **details: str) -> dict[str, Any]:
    """DescribeIdentityProvider's IdentityProvider, enriched as AWS does it."""
    return {
        "UserPoolId": pool_id,
        "ProviderName": name,
        "ProviderType": "Google",
        "ProviderDetails": {
            "client_id": "1234.apps.googleusercontent.com",
            "client_secret": PROVIDER_SECRET,
            "authorize_scopes": "openid email",
            "attributes_url": "https://people.googleapis.com/v1/people/me?personFields=",
            "attributes_url_add_attributes": "true",
            "authorize_url": "https://accounts.google.com/o/oauth2/v2/auth",
            "oidc_issuer": "https://accounts.google.com",
            "token_request_method": "POST",
            "token_url": "https://www.googleapis.com/oauth2/v4/token",
            **details,
        },
        "AttributeMapping": {"email": "email", "username": "sub"},
        **DATES,
    }


def domain_answer(domain: str, pool_id: str = POOL_ID, **members: Any) -> dict[str, Any]:
    """DescribeUserPoolDomain's DomainDescription of a prefix domain."""
    return {
        "UserPoolId": pool_id,
        "AWSAccountId": ACCOUNT,
        "Domain": domain,
        "S3Bucket": "aws-cognito-prod-dub-assets",
        "CloudFrontDistribution": "d111111abcdef8.cloudfront.net",
        "Version": "20240501093000",
        "Status": "ACTIVE",
        "CustomDomainConfig": {},
        "ManagedLoginVersion": 1,
        **members,
    }


def web_acl_answer(arn: str) -> dict[str, Any]:
    """GetWebACLForResource's WebACL: the web ACL as a whole, with its rules."""
    *_, name, ident = arn.split("/")
    visibility = {"SampledRequestsEnabled": True, "CloudWatchMetricsEnabled": True, "MetricName": name}
    limit = {"RateBasedStatement": {"Limit": 1000, "AggregateKeyType": "IP"}}
    rule = {"Name": "rate", "Priority": 0, "Statement": limit, "VisibilityConfig": visibility}
    return {
        "Name": name,
        "Id": ident,
        "ARN": arn,
        "DefaultAction": {"Allow": {}},
        "Rules": [{**rule, "Action": {"Block": {}}}],
        "VisibilityConfig": visibility,
        "Capacity": 2,
        "ManagedByFirewallManager": False,
        "LabelNamespace": f"awswaf:{ACCOUNT}:webacl:{name}:",
    }


@dataclass
class LivePool:
    """One pool with its parts; tests change what they like."""

    pool: dict[str, Any]
    mfa: dict[str, Any] = field(default_factory=lambda: {"MfaConfiguration": "OFF"})
    clients: list[dict[str, Any]] = field(default_factory=list)
    providers: list[dict[str, Any]] = field(default_factory=list)
    domains: dict[str, dict[str, Any]] = field(default_factory=dict)
    styles: dict[str, dict[str, Any]] = field(default_factory=dict)
    web_acl: str | None = None
    """ARN of the web ACL in front of it."""

    @property
    def id(self) -> str:
        return str(self.pool["Id"])


Respond = Callable[[Any], dict[str, Any]]


class Cloud:
    """Answers of one account. `page` items make a page of a listing."""

    def __init__(self, server: ReplayServer) -> None:
        self.server = server
        self.pools: dict[str, LivePool] = {}
        self.apis: dict[str, dict[str, Any]] = {}
        self.parts: dict[str, dict[str, list[dict[str, Any]]]] = {}
        self.policies: dict[str, list[dict[str, Any]]] = {}
        self.gone_functions: set[str] = set()  # every other function exists
        self.page = 60
        answers: dict[str, Respond] = {
            "ListUserPools": lambda request: self._listed(
                request,
                "UserPools",
                [
                    {"Id": pool.id, "Name": pool.pool["Name"], "LambdaConfig": {}, **DATES}
                    for pool in self.pools.values()
                ],
            ),
            "DescribeUserPool": lambda request: {"UserPool": self._pool(request).pool},
            "GetUserPoolMfaConfig": lambda request: self._pool(request).mfa,
            "ListUserPoolClients": lambda request: self._listed(
                request,
                "UserPoolClients",
                [
                    {name: client[name] for name in ("ClientId", "ClientName", "UserPoolId")}
                    for client in self._pool(request).clients
                ],
            ),
            "DescribeUserPoolClient": lambda request: {
                "UserPoolClient": _first(self._pool(request).clients, ClientId=request["ClientId"])
            },
            "ListIdentityProviders": lambda request: self._listed(
                request,
                "Providers",
                [
                    {"ProviderName": item["ProviderName"], "ProviderType": item["ProviderType"], **DATES}
                    for item in self._pool(request).providers
                ],
            ),
            "DescribeIdentityProvider": lambda request: {
                "IdentityProvider": _first(
                    self._pool(request).providers, ProviderName=request["ProviderName"]
                )
            },
            "DescribeUserPoolDomain": self._domain,
            "GetUICustomization": self._style,
            "GetWebACLForResource": self._web_acl,
            "GetApis": lambda request: self._listed(request, "Items", list(self.apis.values())),
            "GetApi": self._api,
            "GetPolicy": self._policy,
            "GetFunctionConcurrency": self._function,
        }
        for operation in ("GetStages", "GetAuthorizers", "GetIntegrations", "GetRoutes"):
            answers[operation] = self._part(operation.removeprefix("Get").lower())
        for operation, answer in answers.items():
            server.answer(operation, answer)

    def add(self, name: str, pool_id: str = POOL_ID, **members: Any) -> LivePool:
        """A pool with one client."""
        pool = LivePool(pool_answer(name, pool_id, **members))
        pool.clients.append(client_answer(name, pool_id=pool_id))
        self.pools[pool_id] = pool
        return pool

    def add_api(self, name: str, api_id: str = API_ID) -> None:
        """An HTTP API without parts; `parts` takes its authorizers, integrations, routes and stages."""
        self.apis[api_id] = {
            "ApiId": api_id,
            "Name": name,
            "ProtocolType": "HTTP",
            "ApiEndpoint": f"https://{api_id}.execute-api.{REGION}.amazonaws.com",
            "RouteSelectionExpression": "$request.method $request.path",
            "ApiKeySelectionExpression": "$request.header.x-api-key",
            "DisableExecuteApiEndpoint": False,
            "IpAddressType": "ipv4",
            "CreatedDate": CREATED,
            "Tags": {},
        }
        self.parts[api_id] = {}

    def _pool(self, request: Any) -> LivePool:
        pool = self.pools.get(request["UserPoolId"])
        if pool is None:
            raise Gone(NOT_FOUND)
        return pool

    def _domain(self, request: Any) -> dict[str, Any]:
        for pool in self.pools.values():
            if request["Domain"] in pool.domains:
                return {"DomainDescription": pool.domains[request["Domain"]]}
        return {"DomainDescription": {}}

    def _style(self, request: Any) -> dict[str, Any]:
        styles = self._pool(request).styles
        return {"UICustomization": styles.get(request["ClientId"]) or styles.get("ALL") or {}}

    def _web_acl(self, request: Any) -> dict[str, Any]:
        for pool in self.pools.values():
            if request["ResourceArn"] == pool.pool["Arn"]:
                return {"WebACL": web_acl_answer(pool.web_acl)} if pool.web_acl else {}
        raise Gone(Fault("WAFNonexistentItemException", 400))

    def _api(self, request: Any) -> dict[str, Any]:
        if request["ApiId"] not in self.apis:
            raise Gone(Fault("NotFoundException", 404))
        return self.apis[request["ApiId"]]

    def _part(self, part: str) -> Respond:
        def answer(request: Any) -> dict[str, Any]:
            self._api(request)
            return self._listed(request, "Items", self.parts[request["ApiId"]].get(part, []))

        return answer

    def _policy(self, request: Any) -> dict[str, Any]:
        statements = self.policies.get(request["FunctionName"])
        if statements is None:
            raise Gone(NOT_FOUND)
        return {"Policy": json.dumps({"Version": "2012-10-17", "Id": "default", "Statement": statements})}

    def _function(self, request: Any) -> dict[str, Any]:
        if request["FunctionName"] in self.gone_functions:
            raise Gone(NOT_FOUND)
        return {}

    def _listed(self, request: Any, member: str, items: list[dict[str, Any]]) -> dict[str, Any]:
        start = int(request.get("NextToken") or 0)
        more = {"NextToken": str(start + self.page)} if start + self.page < len(items) else {}
        return {member: items[start : start + self.page], **more}


class Gone(Exception):
    """An answer that is a fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault


def _first(items: list[dict[str, Any]], **wanted: str) -> dict[str, Any]:
    for item in items:
        if all(item[key] == value for key, value in wanted.items()):
            return item
    raise Gone(NOT_FOUND)


class Account(ReplayServer):
    """A replay server whose answers may be faults."""

    def __enter__(self) -> Self:
        super().__enter__()
        if self._server is not None:  # small answers would wait 40 ms for the client's delayed ACK
            vars(self._server)["RequestHandlerClass"].disable_nagle_algorithm = True
        return self

    def forget(self) -> None:
        """An account without anything, as at the start."""
        for memory in (self.calls, self.unprepared, self._answers, self._faults, self._always):
            memory.clear()

    def respond(self, operation: str, request: Any) -> Any:
        try:
            return super().respond(operation, request)
        except Gone as gone:
            return gone.fault
