"""Reports on disk and on standard output."""

from __future__ import annotations

import os
import stat
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.report_formats.samples import POLICY, clean, sample
from tfgen.errors import OutputError
from tfgen.finding import Result
from tfgen.report.drift import FORMATS, render
from tfgen.report.output import Target, publish, write


def publish_all(*targets: Target, result: Result | None = None) -> list[str]:
    said: list[str] = []
    publish(targets, result or sample(), POLICY, say=said.append, color=False)
    return said


def test_every_format_to_its_file(tmp_path: Path) -> None:
    targets = [Target(form, tmp_path / form) for form in FORMATS]
    assert publish_all(*targets, Target("text")) == [render("text", sample(), POLICY, color=False)]
    for form in FORMATS:
        written = (tmp_path / form).read_bytes().decode()
        assert written == render(form, sample(), POLICY, color=False)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(FORMATS)


def test_a_file_of_text_has_no_colours(tmp_path: Path) -> None:
    publish([Target("text", tmp_path / "a")], sample(), POLICY, say=print, color=True)
    assert "\x1b" not in (tmp_path / "a").read_text()


def test_others_may_read_a_new_file(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        write(tmp_path / "a.prom", "x\n")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.prom").stat().st_mode) == 0o644


def test_an_old_file_keeps_its_permissions_and_its_link(tmp_path: Path) -> None:
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    write(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_a_pipe_is_written_to_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text()))
    reader.start()
    write(pipe, "through")
    reader.join(10)
    assert got == ["through"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_a_failed_write_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "a"
    file.write_text("old")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_one_that_cannot_be_written_keeps_no_other_from_it(tmp_path: Path) -> None:
    said: list[str] = []
    targets = [
        Target("json", tmp_path / "gone/a.json"),
        Target("html", tmp_path / "a.html"),
        Target("text"),
        Target("junit", tmp_path / "gone/b.xml"),
    ]
    with pytest.raises(OutputError) as caught:
        publish(targets, sample(), POLICY, say=said.append, color=False)
    lines = str(caught.value).splitlines()
    assert len(lines) == 2
    assert lines[0].startswith("cannot write the json report to ")
    assert lines[0].endswith("gone/a.json: No such file or directory")
    assert (tmp_path / "a.html").exists()
    assert len(said) == 1


def test_files_are_there_before_standard_output_breaks(tmp_path: Path) -> None:
    def broken(_: str) -> None:
        raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        publish([Target("text"), Target("json", tmp_path / "a")], sample(), POLICY, say=broken)
    assert (tmp_path / "a").exists()


def test_the_step_summary_is_appended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "summary"
    file.write_text("# Build\n\n")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    publish_all(Target("github"), result=clean())
    assert file.read_text() == "# Build\n\n" + render("markdown", clean(), POLICY)
    publish_all(Target("json"))
    assert file.read_text().count("tfgen drift") == 1


@pytest.mark.parametrize("used", [0, 500_000, 1_040_000, 1_048_576])
def test_the_step_summary_leaves_room_for_what_stands_before_it(
    used: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GitHub takes 1 MiB of a step, or nothing."""
    file = tmp_path / "summary"
    file.write_text("x" * used)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    result = sample()
    result.findings = [
        replace(item, address=replace(item.address, module=f"pool{number}"))
        for number in range(400)
        for item in result.findings
    ]
    publish_all(Target("github"), result=result)
    assert max(used, 1_000_000) - 60_000 <= file.stat().st_size <= 1_048_576


def test_a_step_summary_that_cannot_be_written_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "gone/summary"))
    said: list[str] = []
    with pytest.raises(OutputError, match="gone/summary"):
        publish([Target("github")], sample(), POLICY, say=said.append)
    assert len(said) == 1


def test_interrupted_writes_leave_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: Any, **__: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fdopen", stop)
    with pytest.raises(KeyboardInterrupt):
        write(tmp_path / "a", "x")
    assert list(tmp_path.iterdir()) == []
