"""Arguments that the mutation test cannot change or compare, each with the reason."""

from __future__ import annotations

POOL = "aws_cognito_user_pool"
CLIENT = "aws_cognito_user_pool_client"
DOMAIN = "aws_cognito_user_pool_domain"
PROVIDER = "aws_cognito_identity_provider"
STYLE = "aws_cognito_user_pool_ui_customization"

_FIXED = "is fixed when it is made"
_IDENTITY = "names the thing itself: another value is another thing"

NO_CALL: dict[tuple[str, str], str] = {
    (POOL, "alias_attributes"): _FIXED,
    (POOL, "username_attributes"): _FIXED,
    (POOL, "username_configuration.case_sensitive"): _FIXED,
    (POOL, "region"): _FIXED,
    (POOL, "lambda_config.custom_email_sender.lambda_version"): "has one value only",
    (POOL, "lambda_config.custom_sms_sender.lambda_version"): "has one value only",
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
    ("aws_route53_record", "name"): _IDENTITY,
    ("aws_route53_record", "type"): _IDENTITY,
    ("aws_route53_record", "zone_id"): _IDENTITY,
}
"""AWS itself has no call that changes it."""

NOT_STORED: dict[str, dict[tuple[str, str], str]] = {"ministack": {}, "moto": {}}
"""The emulator does not keep it."""

TERRAFORM_DIFFERS: dict[tuple[str, str], str] = {}
"""Where the plan of provider 5.100 is not what the table says of later ones, or of AWS."""
