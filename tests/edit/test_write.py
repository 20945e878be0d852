"""Writing a changed spec: at once, with its mode, never over somebody else's change."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from tfgen.errors import OutputError
from tfgen.spec.edit import write, write_all


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "spec.yml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2")
    path.chmod(0o640)
    return path


def test_mode_mark_and_line_ends_stay(spec: Path) -> None:
    write(str(spec), "a: 1\r\nb: 2", "a: 3\r\nb: 2")
    assert spec.read_bytes() == b"\xef\xbb\xbfa: 3\r\nb: 2"
    assert stat.S_IMODE(spec.stat().st_mode) == 0o640
    assert [path.name for path in spec.parent.iterdir()] == ["spec.yml"]


def test_a_file_that_changed_is_left_alone(spec: Path) -> None:
    spec.write_text("a: other\n")
    with pytest.raises(OutputError, match="was changed since it was read"):
        write(str(spec), "a: 1\r\nb: 2", "a: 3")
    assert spec.read_text() == "a: other\n"


def test_a_link_stays_a_link(spec: Path) -> None:
    link = spec.with_name("link.yml")
    link.symlink_to(spec)
    write(str(link), "a: 1\r\nb: 2", "a: 4")
    assert link.is_symlink()
    assert spec.read_bytes() == b"\xef\xbb\xbfa: 4"


def test_nothing_to_write_touches_nothing(spec: Path) -> None:
    before = spec.stat().st_ino
    write(str(spec), "a: 1\r\nb: 2", "a: 1\r\nb: 2")
    assert spec.stat().st_ino == before


def test_a_full_disk_leaves_the_old_file(spec: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OutputError, match="No space left"):
        write(str(spec), "a: 1\r\nb: 2", "a: 3")
    assert spec.read_bytes() == b"\xef\xbb\xbfa: 1\r\nb: 2"
    assert [path.name for path in spec.parent.iterdir()] == ["spec.yml"]


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot be read"):
        write(str(tmp_path / "no.yml"), "a", "b")


def test_a_write_protected_file_stays(spec: Path) -> None:
    """A file can be replaced in a folder that takes files; whoever protects it does not want that."""
    spec.chmod(0o440)
    with pytest.raises(OutputError, match="write-protected"):
        write(str(spec), "a: 1\r\nb: 2", "a: 3")
    assert spec.read_bytes() == b"\xef\xbb\xbfa: 1\r\nb: 2"
    assert [path.name for path in spec.parent.iterdir()] == ["spec.yml"]


@pytest.mark.parametrize("fault", ["changed", "protected", "gone"])
def test_of_several_files_all_are_written_or_none(fault: str, spec: Path) -> None:
    other = spec.with_name("other.yml")
    other.write_text("c: 1\n")
    changes = [(str(spec), "a: 1\r\nb: 2", "a: 3"), (str(other), "c: 1\n", "c: 2\n")]
    before = spec.read_bytes()
    match fault:
        case "changed":
            other.write_text("c: 9\n")
        case "protected":
            other.chmod(0o400)
        case _:
            other.unlink()
    with pytest.raises(OutputError, match=r"other\.yml"):
        write_all(changes)
    assert spec.read_bytes() == before
    assert not [path for path in spec.parent.iterdir() if path.name.startswith(".")]
    other.unlink(missing_ok=True)
    other.write_text("c: 1\n")
    write_all(changes)
    assert (spec.read_bytes(), other.read_text()) == (b"\xef\xbb\xbfa: 3", "c: 2\n")
