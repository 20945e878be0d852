"""Known AWS behaviours that are not drift: each a named rule with its reason and source.

Four sorts, by where a table names them: `Field.quiet` explains an undeclared live value, `Field.folds` is
what a field's reading function leaves out, `Field.silent` says why a member that AWS leaves out has the
value it has, and `Source.usual` is about members that Terraform has no argument for. Forms in which
values are compared, and answers that are no settings, have theirs in `tfgen.kinds.ruled`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tfgen.kinds.provider_details import added_by_aws

API: Final = "Amazon Cognito API reference"
GUIDE: Final = "Amazon Cognito developer guide"
PROVIDER: Final = "hashicorp/terraform-provider-aws"
CLI: Final = "recorded answers in the AWS CLI's examples"


@dataclass(frozen=True, slots=True)
class Rule:
    """Something live that is not reported although no spec asks for it.

    `applies(value, live)` gets the live value and what it stands in: all live values of the resource for
    `quiet`, AWS's answer for the others. A reading function that asks no rule of its own leaves it open.
    `era`: which pools or clients show it.
    """

    id: str
    reason: str
    source: str
    applies: Callable[[Any, Mapping[str, Any]], bool]
    era: str = ""


def always(value: Any, live: Mapping[str, Any]) -> bool:
    """Applies to every value; what it is about is decided by where it stands."""
    return True


def usually(*usual: Any) -> Callable[[Any, Mapping[str, Any]], bool]:
    """Applies to AWS's own values."""
    return lambda value, live: value in usual


def _no_code_by_sms(value: Any, live: Mapping[str, Any]) -> bool:
    """Neither the first nor a second factor of a sign-in comes by text message."""
    first = (live.get("sign_in_policy") or {}).get("allowed_first_auth_factors") or ()
    return live.get("mfa_configuration", "OFF") == "OFF" and "SMS_OTP" not in first


def _for_jwt(value: Any, live: Mapping[str, Any]) -> bool:
    return live.get("authorizer_type") == "JWT"


# Undeclared live values: Field.quiet

LITE_TIER = Rule(
    "lite-tier-era",
    "pools from before the feature plans are on LITE until somebody changes it; whatever a higher plan "
    "would add is an argument of its own",
    f"{GUIDE}, feature plans; {API}, CreateUserPool: UserPoolTier is ESSENTIALS for new pools; "
    f"{PROVIDER} issue 40467",
    usually("LITE"),
    "pools from before 22 November 2024",
)
POOL_REGION = Rule(
    "region-of-the-call",
    "the region is where the pool was read; it can only differ where the spec writes it",
    "hashicorp/aws 6.0 enhanced region support",
    always,
)
SMS_STAYS = Rule(
    "sms-configuration-stays",
    "AWS has no way to remove an SMS configuration; without codes by SMS, as first or second factor, nothing "
    "is sent with it but what other arguments ask for",
    f"hashicorp/aws documentation of sms_configuration; {PROVIDER} issue 7261",
    _no_code_by_sms,
    "pools that had SMS once",
)
CASE_INSENSITIVE = Rule(
    "console-case-insensitive",
    "a pool made in the console takes `Anna` and `anna` for one user, which is AWS's advice; it cannot be "
    "changed later. A pool that tells them apart although the spec says otherwise is reported",
    f"{GUIDE}, user pool case sensitivity",
    usually(False),
    "pools made in the console since 12 February 2020",
)
_CONSOLE_TEXTS: Final[frozenset[str]] = frozenset(
    {"Your verification code is {####}.", "Your verification code"}
)
"""Each text without the space that it ends with."""
CONSOLE_TEXTS = Rule(
    "console-default-texts",
    "the console writes AWS's own wording into the pool: users get what they would get without it, and "
    "Terraform keeps it",
    f"{CLI} (describe-user-pool); moto's cognitoidp, which took its default texts from there",
    lambda value, live: isinstance(value, str) and value.rstrip() in _CONSOLE_TEXTS,
    "pools made in the console",
)
_PROFILE: Final = frozenset(
    {
        "address", "birthdate", "email", "family_name", "gender", "given_name", "locale", "middle_name",
        "name", "nickname", "phone_number", "picture", "preferred_username", "profile", "updated_at",
        "website", "zoneinfo",
    }
)  # fmt: skip
_DEFAULT_PERMISSIONS: Final[tuple[frozenset[str], ...]] = (
    _PROFILE,
    _PROFILE | {"email_verified", "phone_number_verified"},
)
"""What may be written, and what may be read: the two flags are Cognito's own to write."""
DEFAULT_ATTRIBUTES = Rule(
    "default-attribute-permissions",
    "a list of exactly the attributes that a client may use without any list permits nothing more",
    f"{API}, UserPoolClientType: ReadAttributes and WriteAttributes; {CLI} (describe-user-pool-client)",
    lambda value, live: value in _DEFAULT_PERMISSIONS,
    "app clients made in the console",
)

ROTATION_OFF = Rule(
    "rotation-disabled",
    "a client whose rotation is DISABLED behaves as one that never had the setting",
    f"{API}, RefreshTokenRotationType; {PROVIDER} issue 45646",
    lambda value, live: isinstance(value, dict) and value.get("feature", "DISABLED") == "DISABLED",
    "app clients since 2025",
)
ENRICHED_DETAILS = Rule(
    "enriched-provider-details",
    "AWS adds the addresses of the service to what was written; one on another host is reported",
    f"{PROVIDER} issues 4831, 42157, 35588; {API}, CreateIdentityProvider; {CLI} "
    "(describe-identity-provider)",
    lambda value, live: all(
        added_by_aws(
            str(live.get("provider_type")), key, item, (live.get("provider_details") or {}).get("oidc_issuer")
        )
        for key, item in value.items()
    ),
    "identity providers since June 2017",
)
USERNAME_MAPPING = Rule(
    "username-mapping",
    "AWS maps the service's own user id to `username`",
    f"hashicorp/aws acceptance tests of aws_cognito_identity_provider; {CLI} (describe-identity-provider)",
    lambda value, live: set(value) == {"username"} and value["username"] in ("sub", "id", "user_id"),
    "identity providers since June 2017",
)
IMAGE_NEVER_READ = Rule(
    "image-never-read",
    "GetUICustomization answers an address for the logo, never the image itself",
    f"{API}, UICustomizationType",
    always,
)
QUICK_CREATE = Rule(
    "quick-create-never-read",
    "quick-create arguments are used once and never answered",
    "hashicorp/aws documentation of aws_apigatewayv2_api",
    always,
)
API_BODY = Rule(
    "api-body-never-read",
    "an imported OpenAPI document is not answered; its routes are read as routes",
    "hashicorp/aws documentation of aws_apigatewayv2_api",
    always,
)
JWT_PAYLOAD = Rule(
    "jwt-payload-version",
    "a payload format has no effect on a JWT authorizer; one emulator answers it all the same",
    "API reference of CreateAuthorizer; ministack 1.5",
    _for_jwt,
)
AUTHORIZER_TTL = Rule(
    "jwt-result-ttl",
    "a result is kept for authorizers that ask a function only",
    "API reference of CreateAuthorizer",
    _for_jwt,
)
AUTO_DEPLOYED = Rule(
    "auto-deployment-id",
    "a stage that deploys by itself has the deployment that API Gateway made last",
    "hashicorp/aws documentation of aws_apigatewayv2_stage: deployment_id; API reference of CreateStage",
    lambda value, live: live.get("auto_deploy") is True,
)
LAMBDA_PROXY_POST = Rule(
    "lambda-proxy-post",
    "API Gateway calls a function with POST whatever was written",
    f"{PROVIDER} issue 13266",
    lambda value, live: value == "POST" and live.get("integration_type") == "AWS_PROXY",
)
PASSTHROUGH_DEFAULT = Rule(
    "passthrough-websocket-only",
    "the behaviour exists for WebSocket APIs only",
    f"{PROVIDER} issue 13893",
    lambda value, live: live.get("integration_type") == "AWS_PROXY",
)
