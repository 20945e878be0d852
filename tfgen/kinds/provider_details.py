"""The members of an identity provider's details: which are secret, which AWS adds, how they compare."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import urlsplit

from tfgen.resource import Sensitive
from tfgen.spec.provider_facts import FACTS
from tfgen.spec.secrets import is_secret

NEVER_RETURNED = frozenset({"private_key"})

_KNOWN: Final = frozenset(
    key for facts in FACTS.values() for key in (*facts.required, *facts.optional, *facts.answered)
)
_SUSPECT: Final = re.compile(r"secret|passw|passphrase|token|credential|private|key|signature", re.IGNORECASE)
"""In the name of a member that tfgen does not know: what AWS adds one day may well be a secret."""

_HOSTS: dict[str, tuple[str, ...]] = {
    "Google": (
        "accounts.google.com",
        "oauth2.googleapis.com",
        "openidconnect.googleapis.com",
        "people.googleapis.com",
        "www.googleapis.com",
    ),
    "Facebook": ("graph.facebook.com", "www.facebook.com"),
    "LoginWithAmazon": ("api.amazon.com", "www.amazon.com"),
    "SignInWithApple": ("appleid.apple.com",),
}
"""Where the addresses that AWS adds for a social provider live: whole names, as anybody may have pages below
others of these services (IdentityProviderType's examples; Google's own discovery document).
"""

_ADDRESSES = frozenset({"attributes_url", "authorize_url", "jwks_uri", "oidc_issuer", "token_url"})


def enriched_keys(provider_type: str) -> tuple[str, ...]:
    """The members that AWS adds for a type of provider; none for a type that is not known."""
    found = FACTS.get(provider_type)
    return () if found is None else found.answered


def added_by_aws(provider_type: str, key: str, value: Any, issuer: str | None = None) -> bool:
    """True for a member AWS adds itself; an address anywhere but on the service's own host, by HTTPS, is not.

    The addresses of an OIDC provider decide who vouches for users (`jwks_uri`): only those on the host of
    its `issuer`, or on one above or below it, are AWS's own addition. Others are for the spec to name.
    """
    if key not in enriched_keys(provider_type):
        return False
    if key not in _ADDRESSES:
        return True
    scheme, host = _scheme_and_host(value)
    if scheme != "https":
        return False
    if provider_type == "OIDC":
        known = _scheme_and_host(issuer)[1]
        return _within(host, known) or _within(known, host)
    return host in _HOSTS.get(provider_type, ())


def _scheme_and_host(address: Any) -> tuple[str, str]:
    try:
        parts = urlsplit(address) if isinstance(address, str) else urlsplit("")
        return parts.scheme, parts.hostname or ""
    except ValueError:
        return "", ""


def _within(host: str, known: str) -> bool:
    """Whether a host is a known one or below it; a top-level domain holds nobody's hosts."""
    return host == known != "" or ("." in known and host.endswith(f".{known}"))


def canonical_details(details: Any) -> Any:
    """Details in the form that is compared: scopes sorted, booleans and methods in one case.

    Members that AWS never answers (Apple's private key) are left out of both sides.
    """
    if not isinstance(details, dict):
        return details
    return {
        key: _canonical(key, value)
        for key, value in details.items()
        if value not in ("", None) and key not in NEVER_RETURNED
    }


def _canonical(key: str, value: Any) -> Any:
    if isinstance(value, str) and (is_secret(key) or (key not in _KNOWN and _SUSPECT.search(key))):
        return Sensitive(value)
    if not isinstance(value, str):
        return value
    if key == "authorize_scopes":
        return " ".join(sorted(value.replace(",", " ").split()))
    if key.endswith("_request_method"):
        return value.upper()
    if key == "oidc_issuer":
        return value.removesuffix("/")
    if key == "MetadataFile":
        return value.replace("\r\n", "\n").strip()
    return value.lower() if value.lower() in ("true", "false") else value
