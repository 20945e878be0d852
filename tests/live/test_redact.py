"""No secret of an answer is ever text: not in values, exceptions, logs or prints."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Any

import pytest

from tests.live import specs
from tests.live.cloud import CLIENT_SECRET, PROVIDER_SECRET, Cloud
from tests.live.test_pool import full, known_function
from tfgen.kinds import KINDS
from tfgen.live.redact import is_secret, redacted
from tfgen.resource import Address, State
from tfgen.sensitive import MASK, Sensitive

Read = Callable[..., State]
TODAY = dt.datetime.now(dt.UTC)


def test_secrets_at_any_depth() -> None:
    client = {"ClientSecret": "canary", "CreationDate": TODAY, "ClientId": "c"}
    details = {"client_secret": "canary", "private_key": "canary", "client_id": "i"}
    answer = {
        "ResponseMetadata": {"RequestId": "x"},
        "UserPoolClient": client,
        "Items": [{"ProviderDetails": details}],
        "New": {"ClientSecretValue": "canary", "AdminPassword": "canary"},
    }
    clean = redacted(answer)
    assert "canary" not in repr(clean)
    assert clean["UserPoolClient"] == {"ClientSecret": Sensitive("canary"), "ClientId": "c"}
    assert clean["Items"][0]["ProviderDetails"]["client_id"] == "i"
    assert "ResponseMetadata" not in clean
    assert client["ClientSecret"] == "canary"  # the answer itself stays as it is


def test_settings_about_secrets_are_no_secrets() -> None:
    answer: dict[str, Any] = {
        "GenerateSecret": True,
        "PasswordPolicy": {"MinimumLength": 8, "RequireSymbols": True},
        "AllowedFirstAuthFactors": ["PASSWORD"],
        "TokenValidityUnits": {"AccessToken": "hours"},
        "UserPoolTags": {"secret-owner": "team-a"},
        "AttributeMapping": {"password_hint": "hint"},
    }
    assert redacted(answer) == answer


def test_every_secret_that_a_table_names_is_redacted() -> None:
    assert all(is_secret(name) for name in ("client_secret", "private_key", "ClientSecret"))
    live = [field.live for kind in KINDS.values() for _, field in kind.walk() if field.secret and field.live]
    assert [path for path in live if not is_secret(path.rpartition(".")[2])] == []


def test_a_whole_run_shows_no_secret(cloud: Cloud, read: Read, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    full(cloud)
    state = read(specs.FULL, known_function())
    shown = repr(state) + str(state) + caplog.text + repr([vars(record) for record in caplog.records])
    assert CLIENT_SECRET not in shown
    assert PROVIDER_SECRET not in shown
    provider = state.resources[Address("people", "aws_cognito_identity_provider", "Google")]
    secret = provider.values["provider_details"]["client_secret"]
    assert secret == Sensitive(PROVIDER_SECRET)
    assert str(secret) == MASK


def test_botocore_would_log_whole_answers_and_is_kept_from_it(cloud: Cloud, read: Read) -> None:
    cloud.add("people")
    read(specs.PLAIN)
    assert not logging.getLogger("botocore.parsers").isEnabledFor(logging.DEBUG)
