"""What was done is not done again, what changed is, and a torn line costs one target."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tfgen.errors import OutputError, Position, UsageError
from tfgen.finding import Finding, Result, Status
from tfgen.fleet import Target, TargetResult, journal_path, resumable
from tfgen.fleet.journal import Journal, fingerprint
from tfgen.kinds.field import Severity
from tfgen.resource import Address
from tfgen.sensitive import Sensitive

NAMES = ["a", "b", "c", "d"]


def targets(folder: Path) -> list[Target]:
    found = []
    for name in NAMES:
        spec = folder / f"{name}.yml"
        if not spec.exists():
            spec.write_text(f"resources: {{{name}: 1}}")
        found.append(Target(name, (spec,), Position("tfgen.yml", 1, 1), vars={"token": "canary-7"}))
    return found


def finding(status: Status) -> Finding:
    address = Address("p", "aws_cognito_user_pool")
    return Finding(
        status=status, address=address, path="x", severity=Severity.LOW, desired=Sensitive("canary-8")
    )


class Runner:
    """Stands for `run`: what it was asked to check, and what becomes of it."""

    def __init__(self, stop_after: int | None = None, **results: TargetResult) -> None:
        self.asked: list[str] = []
        self.stop_after = stop_after
        self.results = results

    def __call__(self, asked: Sequence[Target]) -> Iterator[TargetResult]:
        for number, target in enumerate(asked):
            if number == self.stop_after:
                raise KeyboardInterrupt
            self.asked.append(target.name)
            whole = TargetResult(name=target.name, result=Result(findings=[finding(Status.MODIFIED)]))
            yield self.results.get(target.name, whole)


def go(folder: Path, runner: Runner, *, resume: bool, said: list[str] | None = None) -> list[TargetResult]:
    done: list[TargetResult] = []
    path = journal_path(folder / "tfgen.yml")
    say = (said if said is not None else []).append
    try:
        done.extend(resumable(targets(folder), runner, path, resume=resume, say=say))
    except KeyboardInterrupt:
        return done
    return done


def test_an_interrupted_run_goes_on_where_it_was(tmp_path: Path) -> None:
    first = Runner(stop_after=2)
    go(tmp_path, first, resume=False)
    journal = tmp_path / ".tfgen.yml.journal"
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    assert "canary" not in journal.read_text()
    second = Runner()
    done = go(tmp_path, second, resume=True)
    assert (first.asked, second.asked) == (["a", "b"], ["c", "d"])
    assert [one.name for one in done] == NAMES
    assert [one.earlier is not None for one in done] == [True, True, False, False]
    assert all(one.result is not None and len(one.result.findings) == 1 for one in done)
    assert not journal.exists(), "a whole run leaves nothing to resume"
    assert Runner().asked == []
    third = Runner()
    go(tmp_path, third, resume=True)
    assert third.asked == NAMES


def test_without_resume_a_run_begins_anew(tmp_path: Path) -> None:
    go(tmp_path, Runner(stop_after=2), resume=False)
    second = Runner(stop_after=1)
    go(tmp_path, second, resume=False)
    third = Runner()
    go(tmp_path, third, resume=True)
    assert (second.asked, third.asked) == (["a"], ["b", "c", "d"])


def test_what_changed_is_checked_again(tmp_path: Path) -> None:
    go(tmp_path, Runner(stop_after=3), resume=False)
    (tmp_path / "b.yml").write_text("resources: {b: 2}")
    second = Runner()
    done = go(tmp_path, second, resume=True)
    assert second.asked == ["b", "d"]
    assert sorted(one.name for one in done) == NAMES


@pytest.mark.parametrize("member", ["stage", "region", "profile", "role_arn", "external_id", "endpoint_url"])
def test_every_member_of_a_target_counts(tmp_path: Path, member: str) -> None:
    one = targets(tmp_path)[0]
    assert fingerprint(replace(one, **{member: "x"})) != fingerprint(one)  # type: ignore[arg-type]
    assert fingerprint(replace(one, position=Position("f", 9, 9))) == fingerprint(one)
    assert fingerprint(replace(one, vars={"token": "other"})) != fingerprint(one)
    assert fingerprint(replace(one, state=(tmp_path / "b.yml",))) != fingerprint(one)


def test_a_spec_that_reads_other_files_is_always_checked(tmp_path: Path) -> None:
    (tmp_path / "a.yml").write_text("x: $File('a.json')")
    assert fingerprint(targets(tmp_path)[0]) is None
    go(tmp_path, Runner(stop_after=2), resume=False)
    second = Runner()
    go(tmp_path, second, resume=True)
    assert second.asked == ["a", "c", "d"]


def test_what_failed_or_was_not_checked_is_checked_again(tmp_path: Path) -> None:
    failed = TargetResult(name="a", failure="no access")
    partly = TargetResult(name="c", result=Result(findings=[finding(Status.NOT_CHECKED)]))
    done = go(tmp_path, Runner(a=failed, c=partly), resume=False)
    assert [one.failure for one in done] == ["no access", "", "", ""]
    assert journal_path(tmp_path / "tfgen.yml").exists()
    second = Runner()
    assert len(go(tmp_path, second, resume=True)) == 4
    assert second.asked == ["a", "c"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(cut=st.floats(0, 1), tail=st.sampled_from([b"", b"\0\0\0", b'{"target":"c"', b"\xff{}\n", b"[]\n"]))
def test_a_journal_may_end_anywhere(tmp_path: Path, cut: float, tail: bytes) -> None:
    """Whatever a crash leaves behind: each target comes once, only whole lines count."""
    path = journal_path(tmp_path / "tfgen.yml")
    path.unlink(missing_ok=True)
    go(tmp_path, Runner(stop_after=2), resume=False)
    data = path.read_bytes()
    kept = data[: round(cut * len(data))]
    path.write_bytes(kept + tail)
    whole = kept.count(b"\n")
    second = Runner(stop_after=1)
    first_done = go(tmp_path, second, resume=True)
    assert [one.name for one in first_done] == NAMES[: whole + 1]
    third = Runner()
    done = go(tmp_path, third, resume=True)
    assert sorted(one.name for one in done) == NAMES
    assert third.asked == NAMES[whole + 1 :]


def test_two_runs_never_share_a_journal(tmp_path: Path) -> None:
    path = journal_path(tmp_path / "tfgen.yml")
    with Journal(path, keep=False), pytest.raises(UsageError, match="in use by another run"):
        go(tmp_path, Runner(), resume=True)
    assert len(go(tmp_path, Runner(), resume=True)) == 4


def test_a_journal_that_cannot_be_written_costs_only_the_resuming(tmp_path: Path) -> None:
    journal_path(tmp_path / "tfgen.yml").mkdir()
    said: list[str] = []
    assert len(go(tmp_path, Runner(), resume=False, said=said)) == 4
    assert len(said) == 1
    assert said[0].startswith("this run cannot be resumed: ")
    with pytest.raises(OutputError, match="Is a directory"):
        go(tmp_path, Runner(), resume=True)


def test_a_full_disk_costs_only_the_resuming(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OutputError("no space left")

    monkeypatch.setattr(Journal, "add", full)
    said: list[str] = []
    assert len(go(tmp_path, Runner(), resume=False, said=said)) == 4
    assert said == ["from here on this run cannot be resumed: no space left"]
