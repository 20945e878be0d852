"""Arguments that several properties of the spec decide together, and how to get back from them.

Each function answers none, one or several lists of (spec path, value); whether one of them gives
the live value, and changes nothing else, is found out by trying it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from tfgen.drift.edits.case import NOTHING, Case
from tfgen.drift.edits.inverse_parts import details, mapping, schema
from tfgen.kinds.types import CLIENT as _CLIENT
from tfgen.kinds.types import DOMAIN as _DOMAIN
from tfgen.kinds.types import POOL as _POOL
from tfgen.kinds.types import PROVIDER as _PROVIDER
from tfgen.spec.nodes import Path

Puts = tuple[tuple[Path, Any], ...]
Inverse = Callable[[Case], Iterator[Puts]]


def inverses(case: Case) -> Iterator[Puts]:
    """What to write into the pool's properties; nothing for what they cannot say, and for gateways."""
    if case.pool is None:
        return
    found = INVERSES.get((case.resource.kind, case.difference.argument))
    if found is None:
        block = case.difference.argument.partition(".")[0]
        found = INVERSES.get((case.resource.kind, f"{block}.*"))
    if found is not None:
        for puts in found(case):
            if puts:
                yield puts


def _set(case: Case, **properties: Any) -> Puts:
    """Writes of properties that are not already so; None takes one away."""
    puts: list[tuple[Path, Any]] = []
    assert case.pool is not None  # noqa: S101 - `inverses` sees to it
    for name, value in properties.items():
        dotted = name.replace("__", ".")
        if value is None:
            if case.pool.declared(dotted):
                puts.append((case.pool.spec_path(dotted), NOTHING))
        elif case.pool.get(dotted) != value:
            puts.append((case.pool.spec_path(dotted), value))
    return tuple(puts)


def _verified(case: Case) -> Iterator[Puts]:
    """What Cognito verifies follows from how users prove their address."""
    live = case.difference.live or frozenset()
    today = case.pool.get("userVerificationType") if case.pool is not None else None
    by_type = {"email-code": "email", "email-link": "email", "sms": "phone_number", "none": None}
    for kind, proves in sorted(by_type.items(), key=lambda pair: pair[0] != today):
        if (proves is None and live) or (proves is not None and proves not in live):
            continue
        more = live - {proves}
        yield _set(
            case,
            userVerificationType=kind,
            requireEmailVerification=True if "email" in more else None,
            requirePhoneNumberVerification=True if "phone_number" in more else None,
        )


def _user_names(case: Case) -> Iterator[Puts]:
    live = case.difference.live or frozenset()
    yield _set(
        case,
        allowEmailAsUserName="email" in live,
        allowPhoneNumberAsUserName="phone_number" in live,
    )


def _temporary_days(case: Case) -> Iterator[Puts]:
    """One setting under two names: whichever the spec uses, the policy's where it uses none."""
    assert case.pool is not None  # noqa: S101
    policy, account = "passwordPolicy.temporaryPasswordValidityDays", "unusedAccountValidityDays"
    used = [name for name in (policy, account) if case.pool.declared(name)] or [policy]
    yield tuple((case.pool.spec_path(name), case.difference.live) for name in used)


def _email_option(case: Case) -> Iterator[Puts]:
    by_link = case.difference.live == "CONFIRM_WITH_LINK"
    yield _set(case, userVerificationType="email-link" if by_link else "email-code")


def _message(case: Case) -> Iterator[Puts]:
    """A text of the verification template."""
    (name,) = case.difference.field.spec_paths
    assert case.pool is not None  # noqa: S101
    live = case.difference.live
    yield ((case.pool.spec_path(name), NOTHING if live is None else live),)


def _sender(case: Case) -> Iterator[Puts]:
    """Your own sender is one with an SES identity."""
    live = case.live.values.get("email_configuration") or {}
    own = case.difference.live == "DEVELOPER"
    identity = live.get("source_arn") if own else None
    if own and identity is None:
        return
    yield _set(case, emailConfiguration__sesAddressArn=identity)


def _mfa(case: Case) -> Iterator[Puts]:
    """Status and factors belong together: first the one that differs, then both as they are live."""
    live = case.live.values
    status = live.get("mfa_configuration") or "OFF"
    assert case.pool is not None  # noqa: S101
    today = tuple(case.pool.get("mfaConfiguration.enabledTypes"))
    factors = {
        "SMS": bool(live.get("sms_configuration")) and "SMS" in today,
        "SOFTWARE_TOKEN": bool((live.get("software_token_mfa_configuration") or {}).get("enabled")),
        "EMAIL_OTP": bool(live.get("email_mfa_configuration")),
    }
    by_argument = {
        "software_token_mfa_configuration": "SOFTWARE_TOKEN",
        "email_mfa_configuration": "EMAIL_OTP",
    }
    factor = by_argument.get(case.difference.argument.partition(".")[0])
    if factor is not None:
        kept = [name for name in today if name != factor]
        yield _factors(case, [*kept, factor] if factors[factor] else kept)
    elif status != "OFF":
        yield _set(case, mfaConfiguration__status=status)
    wanted = [name for name in (*today, *(name for name in factors if name not in today)) if factors[name]]
    yield (*_set(case, mfaConfiguration__status=status), *_factors(case, wanted if status != "OFF" else []))


def _factors(case: Case, wanted: list[str]) -> Puts:
    assert case.pool is not None  # noqa: S101
    name = "mfaConfiguration.enabledTypes"
    if list(case.pool.get(name)) == wanted:
        return ()
    return ((case.pool.spec_path(name), wanted or NOTHING),)


def _list(case: Case) -> Iterator[Puts]:
    """A list of the spec that is a set in Terraform."""
    assert case.pool is not None  # noqa: S101
    path = case.pool.spec_path(case.difference.field.spec_paths[0])
    live = case.difference.live
    if live:
        yield ((path, live),)
    else:
        yield ((path, NOTHING),)
        yield ((path, []),)


def _first_callback(case: Case) -> Iterator[Puts]:
    """The default callback is the first of the list."""
    assert case.pool is not None  # noqa: S101
    urls = [url for url in case.pool.get("callbackURLs") if url != case.difference.live]
    if len(urls) < len(case.pool.get("callbackURLs")):
        yield ((case.pool.spec_path("callbackURLs"), [case.difference.live, *urls]),)


def _offered(case: Case) -> Iterator[Puts]:
    """Without COGNITO, only the external providers are offered."""
    local = "COGNITO" in (case.difference.live or ())
    yield _set(case, allowOnlyExternalIdentityProviders=None if local else True)
    if local:
        yield _set(case, allowOnlyExternalIdentityProviders=False)


def _secret_client(case: Case) -> Iterator[Puts]:
    yield _set(case, generateClientSecret=bool(case.difference.live))


def _domain(case: Case) -> Iterator[Puts]:
    custom = case.resource.address.label == "custom"
    name = "customDomain__domainName" if custom else "hostedUiDomainPrefix"
    yield _set(case, **{name: case.difference.live})


def _certificate(case: Case) -> Iterator[Puts]:
    if case.resource.address.label == "custom" and case.difference.live is not None:
        yield _set(case, customDomain__customCertificateArn=case.difference.live)


INVERSES: Final[dict[tuple[str, str], Inverse]] = {
    (_POOL, "auto_verified_attributes"): _verified,
    (_POOL, "username_attributes"): _user_names,
    (_POOL, "mfa_configuration"): _mfa,
    (_POOL, "software_token_mfa_configuration.*"): _mfa,
    (_POOL, "email_mfa_configuration.*"): _mfa,
    (_POOL, "password_policy.temporary_password_validity_days"): _temporary_days,
    (_POOL, "verification_message_template.default_email_option"): _email_option,
    (_POOL, "verification_message_template.email_message"): _message,
    (_POOL, "verification_message_template.email_message_by_link"): _message,
    (_POOL, "verification_message_template.email_subject"): _message,
    (_POOL, "verification_message_template.email_subject_by_link"): _message,
    (_POOL, "email_configuration.email_sending_account"): _sender,
    (_POOL, "schema"): schema,
    (_POOL, "schema.*"): schema,
    (_CLIENT, "allowed_oauth_flows"): _list,
    (_CLIENT, "allowed_oauth_scopes"): _list,
    (_CLIENT, "default_redirect_uri"): _first_callback,
    (_CLIENT, "generate_secret"): _secret_client,
    (_CLIENT, "supported_identity_providers"): _offered,
    (_DOMAIN, "domain"): _domain,
    (_DOMAIN, "certificate_arn"): _certificate,
    (_PROVIDER, "attribute_mapping"): mapping,
    (_PROVIDER, "provider_details"): details,
}
"""(kind, argument, or block and `.*`) → the way back."""
