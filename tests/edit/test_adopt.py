"""Accepting: which edit is made, and when none is."""

from __future__ import annotations

import dataclasses
import difflib
from pathlib import Path
from typing import Any

import pytest

from tests.edit.live import Drifted, after
from tests.edit.specs import PLAIN, RICH
from tfgen.drift.adopt import Outcome
from tfgen.errors import OutputError, SpecError
from tfgen.finding import Status
from tfgen.spec import Options, load
from tfgen.spec.edit import read_texts

POOL, CLIENT = "aws_cognito_user_pool", "aws_cognito_user_pool_client"
PROVIDER = "aws_cognito_identity_provider"
CFN = "UserPool.Policies.PasswordPolicy.MinimumLength"


def lines(old: str, new: str) -> list[str]:
    """The changed lines alone."""
    diff = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    return [line for line in diff if not line.startswith(("---", "+++", "@@"))]


def accepted(drifted: Drifted) -> list[str]:
    """The lines that change when everything is accepted; after that, nothing differs."""
    adopted = drifted.adopt()
    assert [outcome.refused for outcome in adopted.outcomes if outcome.refused] == []
    assert drifted.again(after(adopted)) == []
    return lines(drifted.text, after(adopted))


def refused(drifted: Drifted) -> Outcome:
    adopted = drifted.adopt()
    assert adopted.after == adopted.before
    assert list(adopted.changed()) == []
    return adopted.outcomes[0]


def test_a_number_keeps_its_comment(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, RICH)
    drifted.change(POOL, ("password_policy", "minimum_length"), 10)
    assert accepted(drifted) == [
        "-        minimumLength: 14   # was 8",
        "+        minimumLength: 10   # was 8",
    ]
    (change,) = drifted.adopt().outcomes[0].changes
    assert (change.path, change.old, change.new) == (
        "resources.pool.properties.passwordPolicy.minimumLength",
        14,
        10,
    )


def test_a_property_that_is_missing_is_made_with_its_parents(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, PLAIN)
    drifted.change(POOL, ("password_policy", "require_symbols"), False)
    assert accepted(drifted) == [
        "-    properties: {}",
        "+    properties: {passwordPolicy: {requireSymbols: false}}",
    ]


@pytest.mark.parametrize(
    ("live", "written"),
    [
        (frozenset({"phone_number"}), None),
        (frozenset(), ["-      userVerificationType: email-code", "+      userVerificationType: none"]),
        (frozenset({"email", "phone_number"}), ["+      requirePhoneNumberVerification: true"]),
    ],
)
def test_verified_attributes(live: Any, written: list[str] | None, tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, RICH)
    drifted.change(POOL, ("auto_verified_attributes",), live or None)
    made = accepted(drifted)
    assert written is None or made == written


def test_user_names(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, RICH)
    drifted.change(POOL, ("username_attributes",), frozenset({"email"}))
    assert accepted(drifted) == ["+      allowPhoneNumberAsUserName: false"]


def test_a_factor_that_was_switched_off(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, RICH)
    drifted.change(POOL, ("software_token_mfa_configuration",), None)
    assert accepted(drifted) == [
        "-      mfaConfiguration: { status: 'OPTIONAL', enabledTypes: [SOFTWARE_TOKEN, \"SMS\"] }  # both",
        "+      mfaConfiguration: { status: 'OPTIONAL', enabledTypes: [\"SMS\"] }  # both",
    ]


def test_mfa_that_was_switched_off_altogether(tmp_path: Path) -> None:
    text = RICH.replace(', "SMS"', "")
    drifted = Drifted(tmp_path, text)
    drifted.change(POOL, ("software_token_mfa_configuration",), None)
    drifted.change(POOL, ("mfa_configuration",), "OFF")
    assert accepted(drifted) == [
        "-      mfaConfiguration: { status: 'OPTIONAL', enabledTypes: [SOFTWARE_TOKEN] }  # both",
        "+      mfaConfiguration: { status: 'OFF' }  # both",
    ]
    assert [outcome.settled for outcome in drifted.adopt().outcomes] == [False, True]


def test_a_list_keeps_its_order_and_comments(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, RICH)
    drifted.change(CLIENT, ("callback_urls",), frozenset({"https://a.example/in", "https://shop.example/in"}))
    assert accepted(drifted) == [
        '-      - "https://test.shop.example/in"',
        "-      - https://old.shop.example/in",
        "+      - https://a.example/in",
    ]


def test_the_default_callback_comes_first(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, RICH)
    drifted.change(CLIENT, ("default_redirect_uri",), "https://old.shop.example/in")
    adopted = after(drifted.adopt())
    assert drifted.again(adopted) == []
    assert "overrides:\n      UserPool:" in adopted
    spec = load([drifted.path], drifted.options)
    assert spec.pools["pool"].get("callbackURLs")[0] == "https://shop.example/in"  # the file is as it was


def test_validities_in_the_unit_of_the_spec(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, RICH)
    drifted.change(CLIENT, ("refresh_token_validity",), 14)
    drifted.change(CLIENT, ("access_token_validity",), 1200)
    assert accepted(drifted) == [
        "-      accessTokenValiditySeconds: 900",
        "-      refreshTokenValidityDays: 7",
        "+      accessTokenValiditySeconds: 1200",
        "+      refreshTokenValidityDays: 14",
    ]
    drifted.change(CLIENT, ("refresh_token_validity",), 90)
    drifted.change(CLIENT, ("token_validity_units", "refresh_token"), "minutes")
    assert "+        RefreshTokenValidity: 5400" in accepted(drifted)


def test_an_older_spelling_stays(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, RICH)
    drifted.change(CLIENT, ("allowed_oauth_flows",), frozenset({"implicit", "code"}))
    assert accepted(drifted) == [
        "-      allowedOathFlows: [code]",
        "+      allowedOathFlows: [code, implicit]",
    ]


def test_an_override_is_edited_where_it_stands(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, RICH)
    drifted.change(POOL, ("tags", "team"), "b")
    drifted.change(
        POOL, ("admin_create_user_config", "invite_message_template", "sms_message"), "Hi {####} {username}"
    )
    assert accepted(drifted) == [
        "-        UserPoolTags: { team: a }   # billing",
        '-        AdminCreateUserConfig.InviteMessageTemplate.SMSMessage: "Code {####}, {username}"',
        "+        UserPoolTags: { team: b }   # billing",
        '+        AdminCreateUserConfig.InviteMessageTemplate.SMSMessage: "Hi {####} {username}"',
    ]


def test_what_the_language_lacks_becomes_an_override(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, RICH)
    drifted.change(POOL, ("user_pool_tier",), "PLUS")
    drifted.change(CLIENT, ("explicit_auth_flows",), frozenset({"ALLOW_USER_PASSWORD_AUTH"}))
    assert accepted(drifted) == [
        "+        UserPoolTier: PLUS",
        "+      UserPoolClient:",
        "+        ExplicitAuthFlows:",
        "+          - ALLOW_USER_PASSWORD_AUTH",
    ]


def test_attributes(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, RICH)
    live = drifted.of(POOL).values["schema"]
    new = live["tier"] | {"name": "shade", "mutable": False}
    drifted.change(POOL, ("schema", "shade"), new)
    drifted.change(
        POOL, ("schema", "visits", "number_attribute_constraints"), {"min_value": "0", "max_value": "9"}
    )
    drifted.change(POOL, ("schema", "tier", "mutable"), False)
    assert accepted(drifted) == [
        "-          mutable: true",
        "+          mutable: false",
        "-        - { name: visits, attributeDataType: Number, numberMinValue: 0 }",
        "+        - { name: visits, attributeDataType: Number, numberMinValue: 0, numberMaxValue: 9 }",
        "+        - name: shade",
        "+          mutable: false",
        "+          stringMaxLength: 40",
    ]


def test_identity_providers(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, RICH)
    partner = drifted.of(PROVIDER, "Partner").values
    partner["provider_details"] = partner["provider_details"] | {
        "client_id": "other",
        "oidc_issuer": "https://other.example",
        "authorize_scopes": "openid email groups",
    }
    drifted.change(PROVIDER, ("attribute_mapping", "name"), "full", label="Partner")
    drifted.change(PROVIDER, ("attribute_mapping", "name"), "name", label="Google")
    made = accepted(drifted)
    assert "+          clientId: other   # from their portal" in made
    assert "+            oidc_issuer: https://other.example" in made
    assert "+            name: full" in made
    assert "attributeMapping: {email: email, name: name}}" in "".join(made)
    assert "overrides" not in "".join(made)


@pytest.mark.parametrize(
    ("text", "kind", "steps", "live", "why"),
    [
        (RICH, POOL, ("lambda_config", "pre_sign_up"), "arn:aws:lambda:eu-west-1:1:function:x", "directive"),
        (
            RICH.replace("minimumLength: 14", "minimumLength: &length 14") + "variables: { n: *length }\n",
            POOL,
            ("password_policy", "minimum_length"),
            9,
            "anchor",
        ),
        (
            RICH.replace("minimumLength: 14", "minimumLength: $Var('n')") + "variables: { n: 14 }\n",
            POOL,
            ("password_policy", "minimum_length"),
            9,
            "directive",
        ),
        (RICH, POOL, ("alias_attributes",), frozenset({"email"}), "refuses it beside username_attributes"),
    ],
)
def test_what_is_refused(text: str, kind: str, steps: Any, live: Any, why: str, tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, text)
    drifted.change(kind, steps, live)
    assert why in refused(drifted).refused


def test_a_text_that_would_be_a_directive(tmp_path: Path) -> None:
    """No quotes keep a text from being read as one."""
    drifted = Drifted(tmp_path, RICH)
    drifted.change(POOL, ("admin_create_user_config", "invite_message_template", "email_subject"), "$Stage()")
    assert "as a directive" in refused(drifted).refused
    assert "as a directive" in drifted.findings()[0].accept
    drifted.change(POOL, ("admin_create_user_config", "invite_message_template", "email_subject"), "Pay $5()")
    assert drifted.findings()[0].accept == 'inviteMessageConfig.emailSubject: "Pay $5()"'


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("UserPool: {Policies.PasswordPolicy.MinimumLength: 14}", CFN),
        ("UserPool: {Policies: {PasswordPolicy: {MinimumLength: 14}}}", CFN),
        (f"{POOL}: {{password_policy: {{minimum_length: 14}}}}", f"{POOL}.password_policy.minimum_length"),
        (f"{POOL}: {{password_policy.minimum_length: 14}}", f"{POOL}.password_policy.minimum_length"),
    ],
)  # fmt: skip
def test_an_override_is_found_under_any_of_its_names(before: str, after: str, tmp_path: Path) -> None:
    """The report names it as it is written, and the edit is made there: two of them would be a trap."""
    drifted = Drifted(tmp_path, PLAIN + f"    overrides: {{{before}}}\n")
    drifted.change(POOL, ("password_policy", "minimum_length"), 9)
    assert drifted.findings()[0].accept == f"overrides.{after}: 9"
    assert accepted(drifted) == [
        f"-    overrides: {{{before}}}",
        f"+    overrides: {{{before.replace('14', '9')}}}",
    ]


def test_secrets_are_refused_and_never_shown(tmp_path: Path) -> None:
    text = RICH.replace("clientSecret: $Secret('partner.secret')", "clientSecret: canary-literal")
    drifted = Drifted(
        tmp_path,
        text,
    )
    details = drifted.of(PROVIDER, "Partner").values["provider_details"]
    details.pop("client_secret")
    adopted = drifted.adopt()
    assert [outcome.refused[:8] for outcome in adopted.outcomes] == ["a secret"]
    assert "canary" not in repr(adopted.outcomes)


def test_what_is_not_modified_is_refused(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, RICH)
    found = drifted.of(PROVIDER, "Partner")
    del drifted.live.resources[found.address]
    adopted = drifted.adopt()
    gone = [outcome for outcome in adopted.outcomes if outcome.finding.status is Status.DELETED]
    assert gone
    assert all("gone in AWS" in outcome.refused for outcome in gone)


def test_a_finding_of_a_check_across_resources_is_refused(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, RICH)
    drifted.change(CLIENT, ("generate_secret",), True)
    (found,) = drifted.findings()
    across = dataclasses.replace(found, path="")
    (outcome,) = drifted.adopt([across]).outcomes
    assert "several resources" in outcome.refused
    assert not outcome.settled


def test_edits_go_into_the_file_that_has_the_pool(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, RICH)
    other = tmp_path / "other.yml"
    other.write_text("resources:\n  staff: {type: user-auth-pool}\n")
    spec = load([drifted.path, other], drifted.options)
    texts = read_texts(spec, drifted.options)
    assert texts.text(str(other)).startswith("resources")
    drifted.change(POOL, ("password_policy", "minimum_length"), 10)
    (changed,) = drifted.adopt().changed()
    assert changed[0] == str(drifted.path)


def test_windows_line_ends_and_a_missing_last_one(tmp_path: Path) -> None:
    text = RICH.replace("\n", "\r\n").removesuffix("\r\n")
    (tmp_path / "spec.yml").write_bytes(text.encode())
    drifted = Drifted(tmp_path, RICH)
    drifted.path.write_bytes(text.encode())
    drifted.change(POOL, ("user_pool_tier",), "PLUS")
    new = after(drifted.adopt())
    assert new == text.replace('{username}"\r\n', '{username}"\r\n        UserPoolTier: PLUS\r\n')


def test_a_spec_from_standard_input_cannot_be_edited(tmp_path: Path) -> None:
    spec = dataclasses.replace(Drifted(tmp_path, PLAIN).world.spec, sources=("<stdin>",))
    with pytest.raises(OutputError, match="standard input"):
        read_texts(spec, Options())


def test_a_file_that_broke_meanwhile(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, PLAIN)
    drifted.change(POOL, ("password_policy", "minimum_length"), 10)
    found = drifted.findings()
    drifted.path.write_text("resources: 1\n")
    with pytest.raises(SpecError):
        drifted.adopt(found)
