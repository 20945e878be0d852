"""Rules about the login domain and its style sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tfgen.spec.decisions import domain_prefix
from tfgen.spec.hosted_ui_properties import DOMAIN_PREFIX, DOMAIN_PREFIX_SAYS
from tfgen.spec.model import Spec, UserPool
from tfgen.spec.problems import nearest
from tfgen.spec.rules.base import PoolFaults, PoolRule, fault, literal

RESERVED: Final = ("aws", "amazon", "cognito")
CSS_RECOMMENDED_BYTES: Final = 3 * 1024

CUSTOMIZABLE: Final = tuple(
    f"{name}-customizable"
    for name in (
        "background", "banner", "errorMessage", "idpButton", "idpDescription", "inputField", "label",
        "legalText", "logo", "passwordCheck-notValid", "passwordCheck-valid", "redirect", "socialButton",
        "submitButton", "textDescription",
    )
)  # fmt: skip
"""The classes of the hosted UI that a style sheet may name.

https://docs.aws.amazon.com/cognito/latest/developerguide/hosted-ui-classic-branding.html
"""

_COMMENT: Final = re.compile(r"/\*[\s\S]*?\*/")
_AT_RULE: Final = re.compile(r"@([A-Za-z-]+)")
_SELECTORS: Final = re.compile(r"([^{}]*)\{[^{}]*\}")
_CLASS: Final = re.compile(r"\.([A-Za-z_][\w-]*)")


def reserved_word(pool: UserPool, spec: Spec) -> PoolFaults:
    """AWS keeps some words of a domain prefix for itself."""
    for name, prefix in _prefix(pool, spec):
        for word in sorted(set(prefix.split("-")) & set(RESERVED)):
            yield fault(
                pool, name, f"{prefix!r} has the part {word!r}, which AWS keeps for itself", _PREFIX_HINT
            )


def reserved_letters(pool: UserPool, spec: Spec) -> PoolFaults:
    """AWS's documentation forbids the words anywhere; measured, only as a whole part."""
    for name, prefix in _prefix(pool, spec):
        if not set(prefix.split("-")) & set(RESERVED):
            for word in (word for word in RESERVED if word in prefix):
                yield fault(pool, name, f"{prefix!r} contains {word!r}, which AWS may refuse", _PREFIX_HINT)


def prefix_form(pool: UserPool, spec: Spec) -> PoolFaults:
    """A prefix made of service, stage and resource names has to fit too."""
    for name, prefix in _prefix(pool, spec):
        if not re.fullmatch(DOMAIN_PREFIX, prefix):
            yield fault(
                pool,
                name,
                f"is needed, because {prefix[:80]!r} cannot be a domain prefix",
                DOMAIN_PREFIX_SAYS,
            )


def style_rules(pool: UserPool, _spec: Spec) -> PoolFaults:
    """The login pages take no at-rules."""
    css = literal(pool.properties.hosted_ui_css)
    for rule in sorted(set(_AT_RULE.findall(_COMMENT.sub("", css or "")))):
        if rule.lower() in ("import", "media", "supports", "page"):
            yield fault(
                pool, "hostedUiCSS", f"has an @{rule} rule, which the login pages do not take", "remove it"
            )


def style_classes(pool: UserPool, _spec: Spec) -> PoolFaults:
    """The login pages have a fixed set of classes."""
    css = _COMMENT.sub("", literal(pool.properties.hosted_ui_css) or "")
    used = {name for selectors in _SELECTORS.findall(css) for name in _CLASS.findall(selectors)}
    for name in sorted(used - set(CUSTOMIZABLE)):
        yield fault(
            pool,
            "hostedUiCSS",
            f"styles .{name[:60]}, which the login pages do not have",
            near=nearest(name, CUSTOMIZABLE),
        )


def style_size(pool: UserPool, _spec: Spec) -> PoolFaults:
    """AWS's guide asks for a small style sheet."""
    size = len((literal(pool.properties.hosted_ui_css) or "").encode())
    if size > CSS_RECOMMENDED_BYTES:
        yield fault(pool, "hostedUiCSS", f"has {size:,} bytes", "AWS asks for 3 KB at most")


def _prefix(pool: UserPool, spec: Spec) -> Iterator[tuple[str, str]]:
    prefix = literal(domain_prefix(pool, spec))
    if prefix is not None:
        yield "hostedUiDomainPrefix", prefix


_PREFIX_HINT: Final = "choose another hostedUiDomainPrefix"

RULES: tuple[PoolRule, ...] = (
    PoolRule("R40", "error", reserved_word),
    PoolRule("R40", "error", prefix_form),
    PoolRule("R40", "warning", reserved_letters),
    PoolRule("R43", "error", style_rules),
    PoolRule("R43", "warning", style_classes),
    PoolRule("R43", "warning", style_size),
)
