"""The spec language: text to a valid Spec. Knows YAML and the language, no Terraform, no AWS.

`load(paths, options)` is the way in; everything else here is what it gives back.
"""

from __future__ import annotations

from tfgen.spec.load import load
from tfgen.spec.model import (
    CognitoAuthorizer,
    Function,
    Gateway,
    HttpEvent,
    LambdaAuthorizer,
    Spec,
    UserPool,
)
from tfgen.spec.options import Options
from tfgen.spec.properties import UserPoolProperties

__all__ = [
    "CognitoAuthorizer",
    "Function",
    "Gateway",
    "HttpEvent",
    "LambdaAuthorizer",
    "Options",
    "Spec",
    "UserPool",
    "UserPoolProperties",
    "load",
]
