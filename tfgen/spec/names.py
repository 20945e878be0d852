"""The names that a pool's parts get, as Stacktape gives them where stage and service are known.

A name that is too long is cut and ends in a hash of the whole, so that it stays stable
and distinct (SHAKE-256 with three bytes, as Stacktape does it).
"""

from __future__ import annotations

import hashlib
from typing import Final

from tfgen.spec.model import Spec

MAX_COGNITO_NAME: Final = 128
MAX_ROLE_NAME: Final = 64
_HASH_BYTES: Final = 3


def stack_name(spec: Spec) -> str | None:
    """`<service>-<stage>`, None when one of the two is not known."""
    if spec.service_name and spec.stage:
        return f"{spec.service_name}-{spec.stage}"
    return None


def shortened(name: str, limit: int) -> str:
    """`name` itself, or its first `limit - 7` characters with `-` and six hex digits."""
    if len(name) <= limit:
        return name
    digest = hashlib.shake_256(name.encode()).hexdigest(_HASH_BYTES)
    return f"{name[: limit - 1 - 2 * _HASH_BYTES]}-{digest}"


def pool_name(spec: Spec, key: str) -> str:
    """The user pool's name in AWS (at most 128 characters)."""
    return _name(spec, key, "user-pool", MAX_COGNITO_NAME)


def client_name(spec: Spec, key: str) -> str:
    """The app client's name in AWS (at most 128 characters)."""
    return _name(spec, key, "user-pool-client", MAX_COGNITO_NAME)


def sms_role_name(spec: Spec, key: str) -> str:
    """The name of the role that sends SMS (at most 64 characters, IAM's limit)."""
    stack = stack_name(spec)
    return shortened(f"{stack}-{key}-send-sms" if stack else f"{key}-send-sms", MAX_ROLE_NAME)


def default_domain_prefix(spec: Spec, key: str) -> str:
    """The domain prefix where a domain is needed and the spec names none; not cut."""
    stack = stack_name(spec)
    return (f"{stack}-{key}" if stack else key).lower()


def _name(spec: Spec, key: str, part: str, limit: int) -> str:
    stack = stack_name(spec)
    return shortened(f"{stack}-{key}-{part}", limit) if stack else key
