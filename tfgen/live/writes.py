"""Which calls change a resource, and which of their parameters say which one: beside the reads of
`operations` and of the kinds' sources, the one table of writes. tfgen makes none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from tfgen.kinds import types
from tfgen.resource import Resource

_US_EAST_1: Final = "us-east-1"


@dataclass(frozen=True, slots=True)
class Writes:
    """The writes of one kind.

    `service`: boto3's name of the service; `calls`: its operations, the most telling first; `keys`:
    parameter → attribute or argument of the resource that it must equal. `region`: where CloudTrail
    has them when it is not the region of the call (services that are global).
    """

    service: str
    calls: tuple[str, ...]
    keys: dict[str, str]
    region: str | None = None

    def wanted(self, resource: Resource) -> dict[str, str]:
        """Parameter (lower case) → value, as far as the resource knows it."""
        found: dict[str, str] = {}
        for parameter, name in self.keys.items():
            value = resource.attributes.get(name, resource.values.get(name))
            if isinstance(value, (str, int)) and not isinstance(value, bool):
                found[parameter.lower()] = str(value)
        return found


_COGNITO, _GATEWAY, _IAM = "cognito-idp", "apigatewayv2", "iam"

WRITES: Final[dict[str, Writes]] = {
    types.POOL: Writes(
        _COGNITO,
        ("UpdateUserPool", "SetUserPoolMfaConfig", "AddCustomAttributes", "CreateUserPool", "DeleteUserPool"),
        {"UserPoolId": "id"},
    ),
    types.CLIENT: Writes(
        _COGNITO,
        ("UpdateUserPoolClient", "CreateUserPoolClient", "DeleteUserPoolClient"),
        {"UserPoolId": "user_pool_id", "ClientId": "id"},
    ),
    types.PROVIDER: Writes(
        _COGNITO,
        ("UpdateIdentityProvider", "CreateIdentityProvider", "DeleteIdentityProvider"),
        {"UserPoolId": "user_pool_id", "ProviderName": "provider_name"},
    ),
    types.DOMAIN: Writes(
        _COGNITO,
        ("UpdateUserPoolDomain", "CreateUserPoolDomain", "DeleteUserPoolDomain"),
        {"UserPoolId": "user_pool_id", "Domain": "domain"},
    ),
    types.STYLE: Writes(
        _COGNITO, ("SetUICustomization",), {"UserPoolId": "user_pool_id", "ClientId": "client_id"}
    ),
    types.FIREWALL: Writes(
        "wafv2", ("DisassociateWebACL", "AssociateWebACL"), {"ResourceArn": "resource_arn"}
    ),
    types.API: Writes(_GATEWAY, ("UpdateApi", "ReimportApi", "CreateApi", "DeleteApi"), {"ApiId": "id"}),
    types.STAGE: Writes(
        _GATEWAY,
        ("UpdateStage", "CreateStage", "DeleteStage"),
        {"ApiId": "api_id", "StageName": "name"},
    ),
    types.AUTHORIZER: Writes(
        _GATEWAY,
        ("UpdateAuthorizer", "CreateAuthorizer", "DeleteAuthorizer"),
        {"ApiId": "api_id", "AuthorizerId": "id"},
    ),
    types.INTEGRATION: Writes(
        _GATEWAY,
        ("UpdateIntegration", "CreateIntegration", "DeleteIntegration"),
        {"ApiId": "api_id", "IntegrationId": "id"},
    ),
    types.ROUTE: Writes(
        _GATEWAY, ("UpdateRoute", "CreateRoute", "DeleteRoute"), {"ApiId": "api_id", "RouteId": "id"}
    ),
    types.PERMISSION: Writes(
        "lambda",
        ("AddPermission", "RemovePermission"),
        {"FunctionName": "function_name", "StatementId": "statement_id"},
    ),
    types.ROLE: Writes(
        _IAM,
        ("UpdateAssumeRolePolicy", "UpdateRole", "CreateRole", "DeleteRole"),
        {"RoleName": "name"},
        _US_EAST_1,
    ),
    types.ROLE_POLICY: Writes(
        _IAM,
        ("PutRolePolicy", "DeleteRolePolicy"),
        {"RoleName": "role", "PolicyName": "name"},
        _US_EAST_1,
    ),
    types.RECORD: Writes("route53", ("ChangeResourceRecordSets",), {"HostedZoneId": "zone_id"}, _US_EAST_1),
}
"""Kind → its writes."""

_RENAMED: Final = {"lambda": "{}20150331v2"}
"""Lambda's events carry the API's version (Lambda developer guide, CloudTrail)."""


def event_name(service: str, call: str) -> str:
    """What CloudTrail calls an operation."""
    renamed = _RENAMED.get(service, "{}")
    return renamed.format(call) if call in ("AddPermission", "RemovePermission") else call
