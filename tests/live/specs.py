"""Specs and the desired states they stand for."""

from __future__ import annotations

from pathlib import Path

from tfgen.kinds import lower
from tfgen.resource import State
from tfgen.spec import Options, load

PLAIN = """\
resources:
  people:
    type: user-auth-pool
    properties:
      userVerificationType: email-code
"""

FULL = """\
resources:
  check:
    type: function
  people:
    type: user-auth-pool
    properties:
      hostedUiDomainPrefix: shop-login
      hostedUiCSS: ".banner { color: red }"
      generateClientSecret: true
      callbackURLs: [https://shop.example.com/back]
      hooks:
        preSignUp: $ResourceParam('check', 'arn')
      identityProviders:
        - type: Google
          clientId: 1234.apps.googleusercontent.com
          clientSecret: $Secret('google.secret')
"""

GATEWAY = """\
resources:
  people:
    type: user-auth-pool
    properties: {}
  createPost:
    type: function
    properties:
      events:
        - type: http-api-gateway
          properties:
            httpApiGatewayName: front
            path: /posts
            method: POST
            authorizer:
              type: cognito
              properties:
                userPoolName: people
"""

DECLARED = (
    GATEWAY
    + """\
  front:
    type: http-api-gateway
"""
)


def desired(text: str, directory: Path, options: Options | None = None) -> State:
    """The desired state of a spec's text."""
    path = directory / "spec.yml"
    path.write_text(text)
    return lower(load([path], options))
