"""The part of docs/spec.md about what stands around the properties: file, overrides, directives.

What words mean is written here; which words there are comes from the code, and a test compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from tfgen.kinds import KINDS
from tfgen.spec.merge import IGNORED_ROOT_KEYS

EXAMPLE: Final = """\
serviceName: shop

resources:
  customers:
    type: user-auth-pool
    properties:
      callbackURLs:
        - $Format('https://{}.example.com/', $Stage())
    overrides:
      UserPool:
        UserPoolTier: PLUS
      UserPoolClient:
        explicit_auth_flows: [ALLOW_USER_SRP_AUTH, ALLOW_REFRESH_TOKEN_AUTH, ALLOW_USER_AUTH]
  api:
    type: http-api-gateway
  orders:
    type: function
    properties:
      events:
        - type: http-api-gateway
          properties:
            httpApiGatewayName: api
            path: /orders
            method: GET
            authorizer:
              type: cognito
              properties:
                userPoolName: customers
"""

DIRECTIVES: Final = {
    "$Stage()": "the value of `--stage`, else an input variable",
    "$Region()": "the value of `--region`, else an input variable",
    "$AwsAccountId()": "the account that Terraform works in",
    "$Profile()": "an input variable; a warning says that it differs from machine to machine",
    "$Format('{}-x', $Stage())": "a text with values in place of `{}`",
    "$CfFormat('{}-x', $Region())": "the same",
    "$Var().name": "a value below `variables:` of the same file",
    "$This().resources.name": "a value of the same file",
    "$File('settings.json').name": "a value of a YAML or JSON file beside the spec",
    "$FileRaw('login.css')": "the text of a file beside the spec",
    "$CliArgs('name', 'default')": "the value of `--arg name=VALUE`",
    "$GitInfo('commit')": "what git says of the checkout; a warning says that it changes",
    "$Secret('name.key')": "a secret of AWS Secrets Manager, or one key of it, as a data source",
    "$SsmParam('/a/b')": "a parameter of SSM Parameter Store, as a data source",
    "$ResourceParam('orders', 'arn')": (
        "an attribute of another resource of the spec; of a function: an input variable"
    ),
    "$CfResourceParam('LogicalId', 'Arn')": "an attribute of a CloudFormation resource: an input variable",
    "$StackOutput('stack', 'output')": "an output of a CloudFormation stack, as a data source",
    "$CfStackOutput('stack', 'output')": "the same",
}
"""Call → what stands in its place."""


def sections() -> Iterator[str]:
    """Markdown, section by section."""
    yield "## The file"
    yield f"```yaml\n{EXAMPLE}```"
    ignored = ", ".join(f"`{key}`" for key in IGNORED_ROOT_KEYS)
    yield (
        "`serviceName` and `--stage` are the first parts of names in AWS; without both, the resource's own\n"
        "name is used. `variables` holds values for `$Var()`. Several files are read as one spec.\n"
        f"Root keys of Stacktape that say nothing about pools are not read: {ignored}."
    )
    yield "## Overrides"
    yield (
        "`overrides` reaches every argument of the Terraform resources, by child resource and by\n"
        "CloudFormation property or Terraform argument; a dotted name reaches into blocks. Unknown names\n"
        "and wrong values are errors. `tfgen explain CHILD` lists what there is."
    )
    rows = [f"| `{kind.child}` | `{kind.type}` | {kind.doc} |" for kind in KINDS.values()]
    yield "\n".join(["| child | Terraform | |", "|---|---|---|", *rows])
    yield "## Directives"
    yield (
        "A value may be one of these instead. A directive inside a longer text is not expanded: build the\n"
        "text with `$Format`. An unknown directive is an error."
    )
    rows = [f"| `{call}` | {meaning} |" for call, meaning in DIRECTIVES.items()]
    yield "\n".join(["| directive | what stands in its place |", "|---|---|", *rows])
