"""Arguments that the mutation test cannot change or compare, each with the reason."""

from __future__ import annotations

POOL = "aws_cognito_user_pool"
CLIENT = "aws_cognito_user_pool_client"
DOMAIN = "aws_cognito_user_pool_domain"
PROVIDER = "aws_cognito_identity_provider"
AUTHORIZER = "aws_apigatewayv2_authorizer"
INTEGRATION = "aws_apigatewayv2_integration"
STAGE = "aws_apigatewayv2_stage"
STYLE = "aws_cognito_user_pool_ui_customization"

_FIXED = "is fixed when it is made"
_IDENTITY = "names the thing itself: another value is another thing"

NO_CALL: dict[tuple[str, str], str] = {
    (POOL, "alias_attributes"): _FIXED,
    (POOL, "username_attributes"): _FIXED,
    (POOL, "username_configuration.case_sensitive"): _FIXED,
    (POOL, "region"): _FIXED,
    (CLIENT, "user_pool_id"): _IDENTITY,
    (CLIENT, "generate_secret"): _FIXED,
    (DOMAIN, "domain"): _IDENTITY,
    (DOMAIN, "user_pool_id"): _IDENTITY,
    (PROVIDER, "provider_name"): _IDENTITY,
    (PROVIDER, "provider_type"): _FIXED,
    (PROVIDER, "user_pool_id"): _IDENTITY,
    (STYLE, "client_id"): _IDENTITY,
    (STYLE, "user_pool_id"): _IDENTITY,
    ("aws_apigatewayv2_api", "protocol_type"): _FIXED,
    ("aws_apigatewayv2_stage", "name"): _IDENTITY,
    ("aws_apigatewayv2_stage", "deployment_id"): "with automatic deployments it is API Gateway's own",
    ("aws_apigatewayv2_integration", "integration_type"): _FIXED,
    ("aws_apigatewayv2_integration", "integration_subtype"): _FIXED,
    **{
        (f"aws_apigatewayv2_{kind}", "api_id"): _IDENTITY
        for kind in ("stage", "authorizer", "integration", "route")
    },
    ("aws_iam_role", "name"): _IDENTITY,
    ("aws_iam_role", "path"): _FIXED,
    ("aws_iam_role_policy", "name"): _IDENTITY,
    ("aws_iam_role_policy", "role"): _IDENTITY,
    ("aws_lambda_permission", "function_name"): _IDENTITY,
    ("aws_lambda_permission", "statement_id"): _IDENTITY,
    ("aws_lambda_permission", "qualifier"): _IDENTITY,
    ("aws_wafv2_web_acl_association", "resource_arn"): _IDENTITY,
    ("aws_route53_record", "name"): _IDENTITY,
    ("aws_route53_record", "type"): _IDENTITY,
    ("aws_route53_record", "zone_id"): _IDENTITY,
}
"""AWS itself has no call that changes it."""

NO_CHANGING: dict[tuple[str, str], str] = {
    (POOL, "lambda_config.custom_email_sender.lambda_version"): "has one value only",
    (POOL, "lambda_config.custom_sms_sender.lambda_version"): "has one value only",
}
"""It can be added, but has no second value."""

NO_ADDING: dict[tuple[str, str], str] = {
    (DOMAIN, "certificate_arn"): "a prefix domain has no certificate",
    **{
        (POOL, f"{name}_verification_{part}"): "AWS mirrors the template's text, and twins are one finding"
        for name, part in (("email", "message"), ("email", "subject"), ("sms", "message"))
    },
    (POOL, "sms_authentication_message"): "the rule sms-configuration-stays: without MFA nobody gets it",
    **{
        (POOL, f"sms_configuration.{name}"): "the rule sms-configuration-stays: without MFA it sends nothing"
        for name in ("external_id", "sns_caller_arn", "sns_region")
    },
    **{
        (AUTHORIZER, name): "asks a function; a JWT authorizer has none"
        for name in (
            "authorizer_credentials_arn",
            "authorizer_payload_format_version",
            "authorizer_result_ttl_in_seconds",
            "authorizer_uri",
            "enable_simple_responses",
        )
    },
    (INTEGRATION, "passthrough_behavior"): "the rule passthrough-websocket-only",
    (AUTHORIZER, "jwt_configuration.audience"): "a REQUEST authorizer checks no token",
    (AUTHORIZER, "jwt_configuration.issuer"): "a REQUEST authorizer checks no token",
}
"""It cannot be there where the spec does not say it."""

_NO_NAME = "the emulator does not rename a pool"
_NO_ROTATION = "the emulator forgets RefreshTokenRotation"

NOT_STORED: dict[str, dict[tuple[str, str], str]] = {
    "ministack": {
        (POOL, "name"): _NO_NAME,
        (CLIENT, "refresh_token_rotation.feature"): _NO_ROTATION,
        (CLIENT, "refresh_token_rotation.retry_grace_period_seconds"): _NO_ROTATION,
        (AUTHORIZER, "authorizer_type"): "ministack's UpdateAuthorizer leaves it as it is",
        **{
            (INTEGRATION, name): "ministack's integrations do not have it"
            for name in (
                "connection_id",
                "credentials_arn",
                "template_selection_expression",
                "tls_config.server_name_to_verify",
            )
        },
        ("aws_apigatewayv2_api", "ip_address_type"): "ministack's APIs do not have it",
        ("aws_apigatewayv2_api", "tags"): "ministack's TagResource does not reach the API",
        (STAGE, "tags"): "ministack's TagResource does not reach the stage",
    },
    "moto": {
        ("aws_apigatewayv2_api", "ip_address_type"): "moto's UpdateApi leaves it as it is",
        **{
            ("aws_lambda_permission", name): "moto's policies have conditions on source ARN and account only"
            for name in (
                "event_source_token",
                "function_url_auth_type",
                "invoked_via_function_url",
                "principal_org_id",
            )
        },
    },
}
"""The emulator does not keep it."""

TERRAFORM_DIFFERS: dict[tuple[str, str], str] = {
    ("aws_lambda_permission", "invoked_via_function_url"): "came with provider 6.28",
}
"""Where a plan of provider 5.100 is not what the table says."""
