"""The names of Terraform's resource types, for rooms that need a name before they need its table."""

from __future__ import annotations

from typing import Final

POOL: Final = "aws_cognito_user_pool"
CLIENT: Final = "aws_cognito_user_pool_client"
DOMAIN: Final = "aws_cognito_user_pool_domain"
STYLE: Final = "aws_cognito_user_pool_ui_customization"
PROVIDER: Final = "aws_cognito_identity_provider"
API: Final = "aws_apigatewayv2_api"
STAGE: Final = "aws_apigatewayv2_stage"
AUTHORIZER: Final = "aws_apigatewayv2_authorizer"
ROUTE: Final = "aws_apigatewayv2_route"
INTEGRATION: Final = "aws_apigatewayv2_integration"
PERMISSION: Final = "aws_lambda_permission"
ROLE: Final = "aws_iam_role"
ROLE_POLICY: Final = "aws_iam_role_policy"
RECORD: Final = "aws_route53_record"
FIREWALL: Final = "aws_wafv2_web_acl_association"
