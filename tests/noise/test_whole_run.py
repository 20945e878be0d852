"""Noise control after real comparisons of whole specs."""

from __future__ import annotations

import copy
import json
from datetime import date
from pathlib import Path

import pytest

from tests.coverage.mutations import matrices
from tests.drift.world import World
from tests.noise.made import CANARY, CLIENT, POOL
from tests.noise.test_baseline import text_of
from tests.spec.texts import EVERY_PROPERTY
from tfgen.drift import check
from tfgen.drift.presence import unmanaged
from tfgen.finding import Result, Status
from tfgen.noise.baseline import BaselineOutcome, acceptable, apply_entries
from tfgen.noise.baseline_file import load_baseline
from tfgen.noise.ignore import apply_rules
from tfgen.noise.ignore_file import load_rules
from tfgen.noise.plain import plain
from tfgen.noise.scope import Scope
from tfgen.resource import Address, Sensitive

SPEC = "resources:\n  members:\n    type: user-auth-pool\n"
HERE = Scope(account="123456789012", region="eu-west-1")


class Accepting:
    """A deployment with one client too many and an undeclared setting, both accepted."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder, SPEC)
        self.file = folder / "accepted.yml"
        (ours,) = [address for address in self.world.answers if address.kind == CLIENT]
        self.app = Address("members", CLIENT, "rogue")
        answers = copy.deepcopy(self.world.answers[ours])
        answers["client"] |= {
            "ClientName": "rogue",
            "ClientId": "4a8b",
            "CallbackURLs": ["https://a.example"],
        }
        self.world.answers[self.app] = answers
        self.world.of(POOL)["UserPoolTier"] = "PLUS"
        result = self.check()
        assert {item.status for item in result.findings} == {Status.UNMANAGED, Status.MODIFIED}
        self.file.write_text(text_of(result))

    def check(self) -> Result:
        world = self.world
        return check(world.spec, world.desired, world.live(), world.known)

    def run(self) -> BaselineOutcome:
        (section,) = load_baseline(self.file).sections
        return apply_entries(self.check(), section.entries)


@pytest.fixture
def accepting(tmp_path: Path) -> Accepting:
    return Accepting(tmp_path)


def test_accepted_is_quiet(accepting: Accepting) -> None:
    outcome = accepting.run()
    assert outcome.result.findings == []
    assert {entry.address.label for _, entry in outcome.accepted} >= {"4a8b"}


def test_a_changed_client_is_told(accepting: Accepting) -> None:
    accepting.world.answers[accepting.app]["client"]["CallbackURLs"].append("https://evil.example")
    (kept,) = accepting.run().result.findings
    assert kept.status is Status.UNMANAGED
    assert "callback_urls was" in kept.reason
    assert "https://evil.example" in kept.reason


def test_a_client_that_went_is_told(accepting: Accepting) -> None:
    del accepting.world.answers[accepting.app]
    (gone,) = accepting.run().result.findings
    assert (gone.status, gone.address.label) == (Status.DELETED, "4a8b")


def test_declared_drift_stays(accepting: Accepting) -> None:
    accepting.world.of(POOL)["DeletionProtection"] = "INACTIVE"
    (kept,) = accepting.run().result.findings
    assert kept.path == "deletion_protection"


def test_no_secret_of_anything_unmanaged(tmp_path: Path) -> None:
    world = World(tmp_path, EVERY_PROPERTY)
    live = world.live()
    for resource in live.resources.values():
        for name, value in list(resource.values.items()):
            if isinstance(value, Sensitive):
                resource.values[name] = Sensitive(CANARY)
    given = Result(findings=list(unmanaged(world.spec, list(live.resources.values()))))
    text = text_of(given)
    assert "canary" not in text
    assert "(sensitive value)" in text
    (tmp_path / "a.yml").write_text(text)
    (section,) = load_baseline(tmp_path / "a.yml").sections
    assert len(section.entries) == len(live.resources)


def test_a_client_is_ignored_by_its_address(accepting: Accepting, tmp_path: Path) -> None:
    path = tmp_path / "tfgen.ignore.yml"
    path.write_text("rules:\n  - resource: aws_cognito_user_pool_client.4a8b\n    reason: of another team\n")
    outcome = apply_rules(accepting.check(), load_rules(path), HERE, date(2026, 11, 24))
    assert [kept.path for kept in outcome.result.findings] == ["user_pool_tier"]
    assert [gone.address.label for gone, _ in outcome.ignored] == ["4a8b"]


def test_a_record_says_of_every_argument_what_aws_has_by_itself(tmp_path: Path) -> None:
    """And it accepts what it says, whatever the value is."""
    world = World(tmp_path, SPEC)
    silent = [row.silent for table in matrices(world.spec) for row in table.rows]
    found = [one for one in silent if not isinstance(one, str) and one.path and acceptable(one)]
    assert len(found) > 150
    for one in found:
        given = Result(findings=[one])
        text = text_of(given)
        assert f" By itself AWS has {json.dumps(plain(one.desired), ensure_ascii=False)}.\n" in text
        (tmp_path / "one.yml").write_text(text, encoding="utf-8")
        (section,) = load_baseline(tmp_path / "one.yml").sections
        assert apply_entries(given, section.entries).result.findings == []
