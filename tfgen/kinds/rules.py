"""Known AWS behaviours that are not drift: each a named rule with its reason and source."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tfgen.kinds.provider_details import added_by_aws


@dataclass(frozen=True, slots=True)
class Rule:
    """Something live that is not reported although no spec asks for it.

    `applies(value, live)` gets the undeclared live value and all live values of the resource.
    """

    id: str
    reason: str
    source: str
    applies: Callable[[Any, dict[str, Any]], bool]


def _always(value: Any, live: dict[str, Any]) -> bool:
    return True


DEPRECATED_TWINS = Rule(
    "deprecated-twins",
    "DescribeUserPool answers the verification texts twice; the template's member counts",
    "API reference of VerificationMessageTemplateType; recorded answers of the AWS CLI",
    lambda value, live: False,  # the table reads a twin only where it differs from the template
)
LITE_TIER = Rule(
    "lite-tier-era",
    "pools made before November 2024 stay on the LITE plan until somebody changes it",
    "Amazon Cognito feature plans, documentation of UserPoolTier",
    lambda value, live: value == "LITE",
)
POOL_REGION = Rule(
    "region-of-the-call",
    "the region is where the pool was read; it can only differ where the spec writes it",
    "hashicorp/aws 6.0 enhanced region support",
    _always,
)
SMS_STAYS = Rule(
    "sms-configuration-stays",
    "AWS has no way to remove an SMS configuration; without MFA it sends nothing by itself",
    "hashicorp/aws documentation of sms_configuration",
    lambda value, live: live.get("mfa_configuration", "OFF") == "OFF",
)
PRE_TOKEN_MIRROR = Rule(
    "pre-token-generation-mirror",
    "AWS mirrors a plain pre token generation hook as version V1_0 of its configuration",
    "API reference of PreTokenGenerationVersionConfigType; recorded answers of the AWS CLI",
    lambda value, live: False,  # the table reads the configuration only where it is no mirror
)
ROTATION_OFF = Rule(
    "rotation-disabled",
    "a client whose rotation is DISABLED behaves as one that never had the setting",
    "API reference of RefreshTokenRotationType",
    lambda value, live: isinstance(value, dict) and value.get("feature", "DISABLED") == "DISABLED",
)
ENRICHED_DETAILS = Rule(
    "enriched-provider-details",
    "AWS adds the addresses of the service to what was written",
    "hashicorp/terraform-provider-aws issues 4831, 42157, 35588; CreateIdentityProvider API reference",
    lambda value, live: all(
        added_by_aws(
            str(live.get("provider_type")), key, item, (live.get("provider_details") or {}).get("oidc_issuer")
        )
        for key, item in value.items()
    ),
)
USERNAME_MAPPING = Rule(
    "username-mapping",
    "AWS maps the service's own user id to `username`",
    "hashicorp/aws acceptance tests of aws_cognito_identity_provider",
    lambda value, live: set(value) == {"username"} and value["username"] in ("sub", "id", "user_id"),
)
IMAGE_NEVER_READ = Rule(
    "image-never-read",
    "GetUICustomization answers an address for the logo, never the image itself",
    "API reference of UICustomizationType",
    lambda value, live: True,
)
QUICK_CREATE = Rule(
    "quick-create-never-read",
    "quick-create arguments are used once and never answered",
    "hashicorp/aws documentation of aws_apigatewayv2_api",
    _always,
)
API_BODY = Rule(
    "api-body-never-read",
    "an imported OpenAPI document is not answered; its routes are read as routes",
    "hashicorp/aws documentation of aws_apigatewayv2_api",
    _always,
)
JWT_PAYLOAD = Rule(
    "jwt-payload-version",
    "a payload format has no effect on a JWT authorizer; one emulator answers it all the same",
    "API reference of CreateAuthorizer; ministack 1.5",
    lambda value, live: live.get("authorizer_type") == "JWT",
)
AUTHORIZER_TTL = Rule(
    "jwt-result-ttl",
    "a result is kept for authorizers that ask a function only",
    "API reference of CreateAuthorizer",
    lambda value, live: live.get("authorizer_type") == "JWT",
)
LAMBDA_PROXY_POST = Rule(
    "lambda-proxy-post",
    "API Gateway calls a function with POST whatever was written",
    "hashicorp/terraform-provider-aws issue 13266",
    lambda value, live: value == "POST" and live.get("integration_type") == "AWS_PROXY",
)
PASSTHROUGH_DEFAULT = Rule(
    "passthrough-websocket-only",
    "the behaviour exists for WebSocket APIs only",
    "hashicorp/terraform-provider-aws issue 13893",
    lambda value, live: live.get("integration_type") == "AWS_PROXY",
)
