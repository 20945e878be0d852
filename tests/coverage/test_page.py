"""docs/coverage.md is what the changes and refusals give now, and leaves nothing out."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.coverage import denials as refusing
from tests.coverage import mutations
from tests.coverage.account import ALONE, SPEC, Deployment, operations
from tests.coverage.denials import denials
from tests.coverage.mutations import Matrix, NotCoveredError, matrices
from tests.coverage.page import EFFECTS, LEGEND, PAGE, page
from tests.drift import single
from tests.drift.conftest import TEXT
from tests.live.cloud import Account
from tfgen.finding import Finding
from tfgen.kinds import KINDS
from tfgen.kinds.field import Change, Source, Type
from tfgen.live import operations as listed
from tfgen.live.policy import policy
from tfgen.spec import Spec, load


@pytest.fixture(autouse=True)
def _credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> Spec:
    path = tmp_path_factory.mktemp("spec") / "spec.yml"
    path.write_text(TEXT)
    return load([path])


@pytest.fixture(scope="module")
def tables(spec: Spec) -> list[Matrix]:
    return matrices(spec)


def test_the_page_is_current() -> None:
    text = page()
    assert PAGE.read_text(encoding="utf-8") == text, "stale: python -m tests.coverage.generate"
    assert "canary" not in text


def test_every_argument_of_every_kind_is_there(tables: list[Matrix]) -> None:
    assert [table.kind.type for table in tables] == list(KINDS)
    for table in tables:
        told = {row.argument for row in table.rows} | {name for name, _ in table.another} | {*table.never}
        wanted = {path for path, field in table.kind.walk() if field.type is not Type.BLOCK}
        assert told - {""} == wanted


def test_what_apply_does_is_what_the_tables_say(tables: list[Matrix]) -> None:
    for table in tables:
        fields = dict(table.kind.walk())
        for row in table.rows:
            if row.argument in fields and not fields[row.argument].is_block:
                change = fields[row.argument].change
                assert (change is Change.REPLACES) == row.finding.replaces, row.argument
                assert (change is Change.ADD_ONLY) == ("apply fails" in row.finding.effect), row.argument


def test_every_word_is_explained() -> None:
    for word in EFFECTS.values():
        assert any(word.strip("*").startswith(known) for known in LEGEND), word


def test_every_call_is_there_and_in_the_policy(tmp_path: Path) -> None:
    shown = PAGE.read_text(encoding="utf-8").partition("## One refused call")[2]
    assert [source.operation for source in operations() if f"\n| `{source.operation}`" not in shown] == []
    with Account() as server:
        allowed = {
            action
            for statement in policy(Deployment(server, tmp_path).world.desired)["Statement"]
            for action in statement["Action"]
        }
    wanted = {action for source in operations() if source is not listed.WHO_AM_I for action in source.actions}
    assert allowed == wanted


def test_every_call_that_tfgen_knows_is_in_one_of_the_lists() -> None:
    """A source that some module of tfgen.live keeps for itself would not be tried."""
    folder = Path(listed.__file__).parent
    files = {file.name for file in folder.glob("*.py") if re.search(r"\bSource\(", file.read_text())}
    assert files == {"operations.py", "trail.py"}


def test_a_finding_that_is_missing_is_noticed(spec: Spec, monkeypatch: pytest.MonkeyPatch) -> None:
    whole_run = single.run

    def blind(*args: Any, **options: Any) -> Any:
        result = whole_run(*args, **options)
        result.findings = [item for item in result.findings if item.path != "password_policy.minimum_length"]
        return result

    monkeypatch.setattr(mutations, "run", blind)
    with pytest.raises(NotCoveredError, match=r"password_policy\.minimum_length"):
        matrices(spec)


def test_a_second_finding_is_noticed(spec: Spec, monkeypatch: pytest.MonkeyPatch) -> None:
    whole_run = single.run

    def double(*args: Any, **options: Any) -> Any:
        result = whole_run(*args, **options)
        result.findings *= 2
        return result

    monkeypatch.setattr(mutations, "run", double)
    with pytest.raises(NotCoveredError):
        matrices(spec)


@pytest.mark.parametrize("text", [SPEC, ALONE], ids=["whole", "no pool"])
def test_without_refusals_it_is_clean(text: str, tmp_path: Path) -> None:
    with Account() as server:
        assert Deployment(server, tmp_path, text).drift() == (0, [])
        assert not server.unprepared


def test_a_refusal_that_costs_nothing_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    drift = Deployment.drift

    def unmoved(self: Deployment, refused: Any = None) -> Any:
        return (0, []) if refused is listed.LIST_CLIENTS else drift(self, refused)

    monkeypatch.setattr(Deployment, "drift", unmoved)
    with pytest.raises(NotCoveredError, match="list_user_pool_clients"):
        denials()


def test_a_call_that_no_run_makes_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    more = (*operations(), Source("get_tags", "cognito-idp:GetTags", "", {}))
    monkeypatch.setattr(refusing, "operations", lambda: more)
    with pytest.raises(NotCoveredError, match="get_tags"):
        denials()


def test_secrets_are_masked(tables: list[Matrix]) -> None:
    secrets: list[Finding] = [
        row.finding for table in tables for row in table.rows if "client_secret" in row.finding.path
    ]
    assert secrets
    assert "canary" not in repr(secrets)
