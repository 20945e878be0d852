"""No literal secret of a spec is ever shown, however wrong the spec is around it."""

from __future__ import annotations

import json
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.spec.conftest import Load
from tfgen.errors import SpecError
from tfgen.sensitive import MASK, Sensitive
from tfgen.spec import Options, load
from tfgen.spec.identity_provider_properties import IdentityProvider
from tfgen.spec.identity_providers import provider_details

CANARY = "CANARY7f3a"

POOL = """
variables: {secret: CANARY7f3a, deep: {secret: CANARY7f3a}, text: "CANARY7f3a $Stage()"}
resources:
  p:
    type: user-auth-pool
    properties:
      callbackURLs: ["https://a.example.com"]
      identityProviders:
        - type: %s
          clientId: a
          clientSecret: %s
          providerDetails: {%s}
"""
WRONG_SECRETS = (
    "[CANARY7f3a]",
    "{CANARY7f3a}",
    "{CANARY7f3a: CANARY7f3a, CANARY7f3a: 1}",
    "{a: CANARY7f3a}",
    "{a: [{b: CANARY7f3a}]}",
    "!CANARY7f3a x",
    "!CANARY7f3a!x y",
    "!<CANARY7f3a> x",
    "*CANARY7f3a",
    "$CANARY7f3a('x')",
    "$Secrt('CANARY7f3a')",
    "$Secret(CANARY7f3a",
    "x-$Secret('CANARY7f3a')",
    "$Format('CANARY7f3a{}', $Stage())",
    "$Format('CANARY7f3a{}')",
    "$Var().text",
    "$Var().deep",
    "$Var().CANARY7f3a",
    "$ResourceParam('CANARY7f3a', 'x')",
    "$File('CANARY7f3a.json').x",
    "$FileRaw('../CANARY7f3a')",
    "$CliArgs('CANARY7f3a')",
    '"CANARY7f3a\\0"',
    '"CANARY7f3a\\ud800"',
    '"CANARY7f3a\\q"',
    "'CANARY7f3a",
    "CANARY7f3a: x",
    "@CANARY7f3a",
    "`CANARY7f3a`",
    "%CANARY7f3a",
    "CANARY7f3a\x01",
    "{CANARY7f3a",
    "[CANARY7f3a",
    "|CANARY7f3a",
    "? CANARY7f3a",
    "&CANARY7f3a &CANARY7f3a x",
    "<<: CANARY7f3a",
    "''",
    "~",
    "7",
    "true",
    "1e999",
)


def everything_said(text: str, path: Path) -> str:
    """All that a user, a log or a debugger could see of one load."""
    path.write_text(text)
    try:
        spec = load([path], Options())
    except SpecError as error:
        chained = error.__context__, error.__cause__
        return f"{error} {error!r} {error.problems!r} {chained!r}"
    pool = spec.pools["p"]
    values = pool.properties.model_dump()
    dumped = values, json.dumps(values, default=str)
    return f"{spec!r} {spec} {dumped!r} {pool.overrides!r} {spec.warnings} {spec.notices} {spec.root!r}"


@pytest.mark.parametrize("secret", [CANARY, "'CANARY7f3a'", "$Var().secret", "|\n            CANARY7f3a"])
def test_a_literal_secret_is_wrapped_and_warned_about(secret: str, tmp_path: Path) -> None:
    said = everything_said(POOL % ("Google", secret, ""), tmp_path / "spec.yml")
    assert CANARY not in said
    assert MASK in said
    assert "a literal secret stands in the spec" in said


def test_the_secret_is_there_all_the_same(loaded: Load) -> None:
    provider = loaded(POOL % ("Google", CANARY, "")).pools["p"].properties.identity_providers[0]
    assert provider_details(provider)["client_secret"] == Sensitive(CANARY)
    with pytest.raises(TypeError):
        pickle.dumps(provider.client_secret)


@pytest.mark.parametrize("secret", WRONG_SECRETS)
@pytest.mark.parametrize("type_", ["Google", "Gogle", "OIDC", "[Google]"])
def test_a_wrong_secret_is_not_shown_either(secret: str, type_: str, tmp_path: Path) -> None:
    said = everything_said(POOL % (type_, secret, "oidc_issuer: 'http://x'"), tmp_path / "spec.yml")
    assert CANARY not in said


@pytest.mark.parametrize("secret", WRONG_SECRETS)
def test_private_keys_and_overrides_are_secrets_too(secret: str, tmp_path: Path) -> None:
    inline = POOL % ("SignInWithApple", "$Secret('x')", f"private_key: {secret}")
    block = POOL % ("SignInWithApple", "$Secret('x')", "team_id: a") + f"            private_key: {secret}\n"
    override = (
        "    overrides:\n      PGoogleUserPoolIdentityProvider:\n        ProviderDetails.client_secret: "
    )
    for text in (inline, block, POOL % ("Google", "$Secret('x')", "") + f"{override}{secret}\n"):
        assert CANARY not in everything_said(text, tmp_path / "spec.yml")


def test_overridden_secrets_are_wrapped(loaded: Load) -> None:
    text = (
        POOL % ("Google", "$Secret('x')", "")
        + "    overrides: {A: {ProviderDetails: {client_secret: CANARY7f3a}}}\n"
    )
    value = loaded(text).pools["p"].overrides["A"]["ProviderDetails"]["client_secret"]
    assert value == Sensitive(CANARY)


@pytest.mark.parametrize("value", [CANARY, [CANARY], {CANARY: 1}, 7, None])
def test_the_model_itself_never_shows_one(value: object) -> None:
    data = {
        "type": "Google",
        "clientId": "a",
        "clientSecret": value,
        "providerDetails": {"private_key": value},
    }
    try:
        said = repr(IdentityProvider.model_validate(data))
    except ValueError as error:
        said = f"{error} {error!r}"
    assert CANARY not in said


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=6, max_size=30))
@settings(max_examples=200, deadline=None)
def test_no_text_after_the_key_is_echoed(tail: str) -> None:
    """Whatever YAML makes of it: neither the message nor the path carries the text behind the key."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        said = everything_said(POOL % ("Google", CANARY + tail, ""), Path(folder) / "spec.yml")
    assert CANARY not in said


def test_wrong_secrets_are_errors(problems: Callable[..., list[str]]) -> None:
    for secret in ("[a]", "{a: b}", "7", "true", "''", "~", "$Stag()", "$Format('a{}', $Stage())"):
        lines = problems(POOL % ("Google", secret, ""))
        assert any("identityProviders[0].clientSecret: " in line for line in lines), (secret, lines)


def test_each_place_of_a_secret_is_told_once(spec_file: Callable[[str], Path]) -> None:
    """A warning about the place of an error would say a second thing about one mistake."""
    with pytest.raises(SpecError) as caught:
        load([spec_file(POOL % ("Google", "!CANARY7f3a x", "client_secret: $Secret('CANARY7f3a"))])
    places = [item.position for item in (*caught.value.problems, *caught.value.warnings)]
    assert len(places) == len(set(places)) == 2
    assert all(CANARY not in str(item) for item in (*caught.value.problems, *caught.value.warnings))
