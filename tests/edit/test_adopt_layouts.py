"""Accepting in specs of any layout: valid afterwards, nothing differs any more, comments are still there."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.edit import layouts
from tests.edit.live import Drifted, after
from tests.edit.test_layouts import comments
from tests.edit.test_text import read

POOL, CLIENT = "aws_cognito_user_pool", "aws_cognito_user_pool_client"
TREE: Final[dict[str, Any]] = {
    "resources": {
        "pool": {
            "type": "user-auth-pool",
            "properties": {
                "passwordPolicy": {"minimumLength": 14, "requireSymbols": True},
                "mfaConfiguration": {"status": "ON", "enabledTypes": ["SOFTWARE_TOKEN"]},
                "inviteMessageConfig": {"emailSubject": "Hi", "emailMessage": "A {username}\n{####}\n"},
                "callbackURLs": ["https://a.example/in", "https://b.example/in"],
                "refreshTokenValidityDays": 7,
                "schema": [{"name": "tier", "mutable": True}, {"name": "hat", "stringMaxLength": 9}],
            },
            "overrides": {
                "UserPool": {
                    "UserPoolTags": {"team": "a"},
                    "Policies": {"PasswordPolicy": {"MinimumLength": 15}},
                },
                "aws_cognito_user_pool": {"user_pool_tier": "PLUS"},
            },
        },
    }
}
INVITE = ("admin_create_user_config", "invite_message_template")
CHANGES: Final[tuple[tuple[str, tuple[str, ...], Any], ...]] = (
    (POOL, ("password_policy", "minimum_length"), 9),
    (POOL, ("password_policy", "require_symbols"), False),
    (POOL, ("password_policy", "require_numbers"), False),
    (POOL, ("mfa_configuration",), "OPTIONAL"),
    (POOL, (*INVITE, "email_subject"), "Grüße: #1 'ü' {x}, [y]"),
    (POOL, (*INVITE, "email_message"), "B {username}\n\n  {####}: # x"),
    (POOL, ("tags", "team"), "b: c"),
    (POOL, ("tags", "x.y z"), "true"),
    (POOL, ("user_pool_tier",), "LITE"),
    (POOL, ("deletion_protection",), "INACTIVE"),
    (POOL, ("schema", "tier", "mutable"), False),
    (POOL, ("schema", "hat"), None),
    (CLIENT, ("refresh_token_validity",), 30),
    (CLIENT, ("explicit_auth_flows",), frozenset({"ALLOW_USER_AUTH"})),
    (CLIENT, ("callback_urls",), frozenset({"https://a.example/in", "https://c.example/in?x=[1],{2}"})),
)


@settings(max_examples=30, deadline=None)
@given(st.data())
def test_any_layout(data: st.DataObject) -> None:
    text = layouts.text(data, TREE)
    assume(read(text) == TREE)
    chosen = data.draw(
        st.lists(st.sampled_from(CHANGES), min_size=1, max_size=4, unique_by=lambda one: one[1])
    )
    with tempfile.TemporaryDirectory() as folder:
        drifted = Drifted(Path(folder), json.dumps(TREE))
        drifted.path.write_bytes(text.encode())
        for kind, steps, live in chosen:
            drifted.change(kind, steps, live)
        adopted = drifted.adopt()
        assert [one.refused for one in adopted.outcomes if one.refused] == []
        assert drifted.again(after(adopted)) == []
    if ("schema", "hat") not in [steps for _, steps, _ in chosen]:  # its comments go with it
        assert comments(after(adopted)) == comments(text)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_marks_and_line_ends(mark: bytes, newline: str, tmp_path: Path) -> None:
    """Byte for byte: the one value is another one."""
    text = (
        "# x\nresources:\n  pool:   # é\n    type: user-auth-pool\n"
        "    properties: {passwordPolicy: {minimumLength: 14}}\n"
    )
    drifted = Drifted(tmp_path, text)
    drifted.path.write_bytes(mark + text.replace("\n", newline).encode())
    drifted.change(POOL, ("password_policy", "minimum_length"), 9)
    new = after(drifted.adopt())
    assert new == text.replace("14", "9").replace("\n", newline)
