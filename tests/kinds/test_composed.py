"""Terraform brings every string to Unicode's composed form, so a comparison must too."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from tfgen.kinds import KINDS
from tfgen.kinds.reading import canonical

_NAME = "Zo\u00eb"
_APART = unicodedata.normalize("NFD", _NAME)


@pytest.mark.parametrize(
    ("kind", "field", "written", "answered"),
    [
        ("aws_cognito_user_pool", "sms_authentication_message", _APART, _NAME),
        ("aws_cognito_user_pool_client", "callback_urls", [f"https://{_APART}"], [f"https://{_NAME}"]),
        ("aws_cognito_identity_provider", "idp_identifiers", [_APART], [_NAME]),
        ("aws_cognito_user_pool", "tags", {"who": _APART}, {"who": _NAME}),
    ],
)
def test_one_text_in_two_forms_is_no_difference(kind: str, field: str, written: Any, answered: Any) -> None:
    assert written != answered
    table = KINDS[kind].by_name[field]
    assert canonical(table, written) == canonical(table, answered)
