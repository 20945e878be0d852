"""tfgen: Cognito user pools from one spec: Terraform, drift checks and review."""
