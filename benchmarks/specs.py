"""Specs of any size, each pool with a client, OAuth, a domain, MFA and a custom attribute."""

from __future__ import annotations

_POOL = """\
  pool{number}:
    type: user-auth-pool
    properties:
      userVerificationType: email-code
      allowOnlyAdminsToCreateAccount: true
      passwordPolicy:
        minimumLength: 12
        requireSymbols: false
      mfaConfiguration:
        status: OPTIONAL
        enabledTypes: [SOFTWARE_TOKEN]
      callbackURLs:
        - https://app{number}.example.com/callback
      logoutURLs:
        - https://app{number}.example.com/bye
      hostedUiDomainPrefix: app{number}-example
      inviteMessageConfig:
        emailSubject: Welcome to app {number}
        emailMessage: "Hello {{username}}, your code is {{####}}"
      schema:
        - name: dept
          attributeDataType: String
          stringMaxLength: 20
"""


def pools(count: int, first: int = 0) -> str:
    """A spec of `count` pools, some 20 lines each, numbered from `first`."""
    return "resources:\n" + "".join(_POOL.format(number=number) for number in range(first, first + count))


SEED = """\
resources:
  createPost:
    type: function
    properties:
      packageConfig:
        filePath: src/index.ts
      events:
        - type: http-api-gateway
          properties:
            httpApiGatewayName: myGateway
            path: /post/create
            method: POST
            authorizer:
              type: cognito
              properties:
                userPoolName: myUserPool
  myGateway:
    type: http-api-gateway
  myUserPool:
    type: user-auth-pool
    properties:
      userVerificationType: email-code
      passwordPolicy:
        minimumLength: 8
"""
"""One protected route, its gateway and its pool."""
