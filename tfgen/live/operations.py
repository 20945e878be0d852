"""The calls that no kind has a source for: listings, and who we are.

A kind's own `Source` says the same of the calls that it is read from, so a run's calls and the
policy it needs come from these two tables alone.
"""

from __future__ import annotations

from typing import Any, Final

from tfgen.kinds.field import Source

LIST_POOLS: Final = Source("list_user_pools", "cognito-idp:ListUserPools", "UserPools", {})
LIST_CLIENTS: Final = Source(
    "list_user_pool_clients", "cognito-idp:ListUserPoolClients", "UserPoolClients", {}
)
LIST_PROVIDERS: Final = Source(
    "list_identity_providers", "cognito-idp:ListIdentityProviders", "Providers", {}
)
LIST_APIS: Final = Source("get_apis", "apigateway:GET", "Items", {})
LIST_ROLE_POLICIES: Final = Source("list_role_policies", "iam:ListRolePolicies", "PolicyNames", {})
FUNCTION_EXISTS: Final = Source("get_function_concurrency", "lambda:GetFunctionConcurrency", "", {})
"""The one answer about a function that says nothing of what it holds: its environment may be secret."""
WHO_AM_I: Final = Source("get_caller_identity", "sts:GetCallerIdentity", "", {})

PAGE_SIZES: Final[dict[str, int]] = {
    "list_user_pools": 60,
    "list_user_pool_clients": 60,
    "list_identity_providers": 60,
    "get_apis": 100,
    "get_stages": 100,
    "get_authorizers": 100,
    "get_integrations": 100,
    "get_routes": 100,
}
"""Objects a page: the most that each service gives (its API reference, `MaxResults`)."""

_SERVICES: Final = {"apigateway": "apigatewayv2"}


def service_of(operation: Source) -> str:
    """boto3's name of the service that an IAM action belongs to."""
    prefix = operation.action.partition(":")[0]
    return _SERVICES.get(prefix, prefix)


def called(operation: Source) -> str:
    """An operation as AWS writes it: `describe_user_pool` is DescribeUserPool."""
    action = operation.action.partition(":")[2]
    if action != "GET":
        return action
    return "".join(word.capitalize() for word in operation.operation.split("_"))


def permissions(operation: Source) -> str:
    """The IAM actions that an operation needs, its own first."""
    more = f" (and {', '.join(operation.also)})" if operation.also else ""
    return f"{operation.action}{more}"


def page_size(operation: Source) -> dict[str, Any]:
    """The paginator's configuration for an operation."""
    size = PAGE_SIZES.get(operation.operation)
    return {"PageSize": size} if size else {}
