"""How often AWS lets one account read in one region.

Source: Amazon Cognito developer guide, "Quotas in Amazon Cognito" (request rates of user pool API
categories), Amazon API Gateway developer guide, "Quotas for configuring and running an HTTP API"
(10 requests a second over all control plane operations of an account), and AWS WAF developer guide,
"AWS WAF quotas" (one GetWebACLForResource a second, which cannot be raised).
"""

from __future__ import annotations

from typing import Final

QUOTAS: Final[dict[str, int]] = {
    "UserPoolRead": 15,
    "UserPoolResourceRead": 20,
    "UserPoolClientRead": 15,
    "ApiGateway": 10,
    "Firewall": 1,
    "CloudTrail": 2,
    "Other": 10,
}
"""Category → requests a second, for an account and region. `CloudTrail`: AWS CloudTrail API reference,
LookupEvents. `Other`: IAM, Lambda, Route 53 and STS, which
publish no rate of this kind (Route 53 allows five a second, and is asked for one record a pool at most).
"""

ONE_POOL: Final = 5
"""Requests a second of one operation on one pool, for all but UserPoolRead."""

CATEGORIES: Final[dict[str, str]] = {
    "DescribeUserPool": "UserPoolRead",
    "ListUserPools": "UserPoolRead",
    "GetUserPoolMfaConfig": "UserPoolResourceRead",
    "ListIdentityProviders": "UserPoolResourceRead",
    "DescribeIdentityProvider": "UserPoolResourceRead",
    "DescribeUserPoolDomain": "UserPoolResourceRead",
    "GetUICustomization": "UserPoolResourceRead",
    "DescribeUserPoolClient": "UserPoolClientRead",
    "ListUserPoolClients": "UserPoolClientRead",
    "GetWebACLForResource": "Firewall",
    "GetApi": "ApiGateway",
    "GetApis": "ApiGateway",
    "GetAuthorizers": "ApiGateway",
    "GetIntegrations": "ApiGateway",
    "GetRoutes": "ApiGateway",
    "GetStages": "ApiGateway",
    "LookupEvents": "CloudTrail",
}
"""Operation → category; every other one is `Other`."""

PER_POOL: Final = frozenset({"UserPoolResourceRead", "UserPoolClientRead"})

THROTTLED: Final = frozenset(
    {
        "LimitExceededException",
        "PriorRequestNotComplete",
        "RequestLimitExceeded",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "429",
    }
)
"""Error codes that say: slower."""
