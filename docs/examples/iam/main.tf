# The role of the nightly check: GitHub's runs on the main branch may assume it, and it may only read.
#
# drift-policy.json is what this prints:
# tfgen policy pools.yml --stage prod --region eu-west-1 --account 123456789012

variable "repository" {
  type        = string
  description = "owner/name of the repository that the check runs in"
}

resource "aws_iam_openid_connect_provider" "github" {
  url            = "https://token.actions.githubusercontent.com"
  client_id_list = ["sts.amazonaws.com"]
}

data "aws_iam_policy_document" "trust" {
  statement {
    actions = ["sts:AssumeRoleWithWebIdentity"]

    principals {
      type        = "Federated"
      identifiers = [aws_iam_openid_connect_provider.github.arn]
    }

    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:aud"
      values   = ["sts.amazonaws.com"]
    }

    # Not "repo:owner/name:*": a pull request would run with the role too.
    condition {
      test     = "StringEquals"
      variable = "token.actions.githubusercontent.com:sub"
      values   = ["repo:${var.repository}:ref:refs/heads/main"]
    }
  }
}

resource "aws_iam_role" "drift" {
  name                 = "tfgen-drift"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = 3600
}

resource "aws_iam_role_policy" "drift" {
  name   = "read-cognito"
  role   = aws_iam_role.drift.name
  policy = file("${path.module}/drift-policy.json")
}

output "role_arn" {
  value = aws_iam_role.drift.arn
}
