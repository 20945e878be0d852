"""The spec that `tfgen init` writes: a small pool that works, everything else commented out.

Only example values stand here; what each property means, its limits and its default come from the
property models. A line `#name: value` is a property switched off, a line `# text` is talk.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from functools import cache
from typing import Final

from tfgen.explain.language import Property, properties

ACTIVE: Final = {
    "userVerificationType": "email-code",
    "allowEmailAsUserName": "true",
    "allowPhoneNumberAsUserName": "false",
    "passwordPolicy.minimumLength": "12",
    "mfaConfiguration.status": "OPTIONAL",
    "mfaConfiguration.enabledTypes": "[SOFTWARE_TOKEN]",
}
PROPOSED: Final = {
    "allowOnlyAdminsToCreateAccount": "true",
    "requireEmailVerification": "true",
    "passwordPolicy.temporaryPasswordValidityDays": "3",
    "accessTokenValiditySeconds": "3600",
    "idTokenValiditySeconds": "3600",
    "refreshTokenValidityDays": "30",
    "hostedUiDomainPrefix": "my-service-login",
    "allowedOAuthFlows": "[code]",
    "allowedOAuthScopes": "[openid, email]",
    "callbackURLs": "[https://app.example.com/callback]",
    "logoutURLs": "[https://app.example.com/]",
    "emailConfiguration.sesAddressArn": "arn:aws:ses:eu-west-1:123456789012:identity/example.com",
    "emailConfiguration.from": "My service <hello@example.com>",
    "inviteMessageConfig.emailSubject": "Your account",
    "inviteMessageConfig.emailMessage": '"Hello {username}, your first password is {####}"',
    "userVerificationMessageConfig.emailSubjectUsingCode": "Your code",
    "userVerificationMessageConfig.emailMessageUsingCode": '"Your code is {####}"',
    "schema[].name": "tenant",
    "schema[].attributeDataType": "String",
    "schema[].mutable": "false",
    "hooks.preSignUp": "$ResourceParam('checkSignUp', 'arn')",
    "identityProviders[].type": "Google",
    "identityProviders[].clientId": "1234567890.apps.googleusercontent.com",
    "identityProviders[].clientSecret": "$Secret('google.client_secret')",
}
_HEAD: Final = """\
# User pools for tfgen.
#
#   tfgen validate FILE           what is wrong with this file
#   tfgen render FILE -o infra    Terraform modules
#   tfgen drift FILE              live pools against this file
#   tfgen explain                 all properties; tfgen explain NAME: one of them
#
# A line that begins with # and a name is a property you may switch on by removing the #.

# The first part of every name in AWS; --stage gives the second one.
#serviceName: my-service

resources:
  myUserPool:
    type: user-auth-pool
    properties:
"""
_TAIL: Final = """\

  # A function behind an HTTP API that lets in users of the pool only.
  #createPost:
    #type: function
    #properties:
      #packaging:
        #properties:
          #entryfilePath: src/index.ts
      #events:
        #- type: http-api-gateway
          #properties:
            #httpApiGatewayName: myGateway
            #path: /post/create
            #method: POST
            #authorizer:
              #type: cognito
              #properties:
                #userPoolName: myUserPool
  #checkSignUp:
    #type: function
"""
_INDENT: Final = " " * 6
_WIDTH: Final = 88


@cache
def starter() -> str:
    """The starter spec as YAML with comments; ends in a newline."""
    lines: list[str] = []
    known = {found.path: found for found in properties()}
    examples = {**ACTIVE, **PROPOSED}
    groups: dict[str, list[str]] = {}
    for path in known:
        if path in examples:
            groups.setdefault(path.partition(".")[0], []).append(path)
    for group, paths in sorted(groups.items(), key=lambda item: not any(path in ACTIVE for path in item[1])):
        lines += ["", *_group(known[group], [known[path] for path in paths], examples)]
    return _HEAD + "\n".join(lines[1:]) + "\n" + _TAIL


def _group(head: Property, found: list[Property], examples: dict[str, str]) -> Iterator[str]:
    """One top-level property, with the members that have examples."""
    active = any(item.path in ACTIVE for item in found)
    yield from _talk(head, _INDENT)
    if head in found:
        yield _line(_INDENT, f"{head.path}: {examples[head.path]}", active)
        return
    yield _line(_INDENT, f"{head.path.removesuffix('[]')}:", active)
    listed = head.path.endswith("[]")
    for number, item in enumerate(found):
        inside = f"{_INDENT}{'    ' if listed and number else '  '}"
        yield from _talk(item, f"{_INDENT}    " if listed else inside)
        name = item.path.rpartition(".")[2]
        mark = "- " if listed and not number else ""
        yield _line(inside, f"{mark}{name}: {examples[item.path]}", item.path in ACTIVE)


def _line(indent: str, text: str, active: bool) -> str:
    return f"{indent}{text}" if active else f"{indent}#{text}"


def _talk(found: Property, indent: str) -> Iterator[str]:
    said = [found.doc, *(f"{limit[:1].upper()}{limit[1:]}." for limit in found.limits)]
    if found.default:
        said.append(f"Default: {found.default}.")
    yield from textwrap.wrap(
        " ".join(said),
        _WIDTH,
        initial_indent=f"{indent}# ",
        subsequent_indent=f"{indent}# ",
        break_on_hyphens=False,
    )
