"""Files are written whole or not at all, and a person's files are never lost."""

from __future__ import annotations

import errno
import json
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tfgen.errors import OutputError
from tfgen.hcl import manifest
from tfgen.hcl.write import write

FILES = {
    "main.tf": "root\n",
    "modules/a/main.tf": "a\n",
    "modules/a/client.tf": "client\n",
    "modules/b/main.tf": "b\n",
}
LATER = {
    "main.tf": "root, later\n",
    "outputs.tf": "new\n",
    "modules/a/main.tf": "a, later\n",
    "modules/a/ui.tf": "ui\n",
    "modules/c/main.tf": "c\n",
}


def tree(folder: Path) -> dict[str, str]:
    """Every file below a folder but the manifest; links shown as what they are."""
    return {
        path.relative_to(folder).as_posix(): f"-> {path.readlink()}"
        if path.is_symlink()
        else path.read_text()
        for path in sorted(folder.rglob("*"))
        if (path.is_symlink() or path.is_file()) and path.name != manifest.NAME
    }


def folders(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_dir()}


def test_writes_what_is_not_there_and_says_so(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "er"
    assert write(FILES, out).changed == tuple(sorted(FILES))
    assert tree(out) == FILES
    again = write(FILES, out)
    assert (again.changed, again.removed, again.unchanged) == ((), (), tuple(sorted(FILES)))
    assert not [path for path in out.iterdir() if path.name.startswith(".tfgen-")]


def test_stale_files_and_their_folders_go(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    done = write(LATER, tmp_path)
    assert done.removed == ("modules/a/client.tf", "modules/b/main.tf")
    assert done.changed == tuple(sorted(LATER))
    assert tree(tmp_path) == LATER
    assert folders(tmp_path) == {"modules", "modules/a", "modules/c"}
    write({"main.tf": "alone\n"}, tmp_path)
    assert folders(tmp_path) == set()


def test_unchanged_files_are_not_touched(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    before = (tmp_path / "modules/a/client.tf").stat()
    write({**FILES, "modules/a/main.tf": "other\n"}, tmp_path)
    after = (tmp_path / "modules/a/client.tf").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_the_manifest_has_hashes_sources_and_no_date(tmp_path: Path) -> None:
    write(FILES, tmp_path / "x", sources=["/secret/place/b.yml", "a.yml"])
    write(dict(reversed(FILES.items())), tmp_path / "y", sources=["a.yml", "b.yml"])
    text = (tmp_path / "x" / manifest.NAME).read_text()
    assert text == (tmp_path / "y" / manifest.NAME).read_text()
    document = json.loads(text)
    assert list(document) == ["format", "tfgen", "sources", "files"]
    assert document["sources"] == ["a.yml", "b.yml"]
    assert document["files"]["main.tf"] == manifest.digest(b"root\n")


@pytest.mark.parametrize("path", ["main.tf", "modules/a/main.tf"])
def test_a_file_that_tfgen_did_not_write_stays(tmp_path: Path, path: str) -> None:
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_text("mine\n")
    with pytest.raises(OutputError, match=rf"did not write .*{path}; --force"):
        write(FILES, tmp_path)
    assert tree(tmp_path) == {path: "mine\n"}
    write(FILES, tmp_path, force=True)
    assert tree(tmp_path) == FILES


@pytest.mark.parametrize("files", [{**FILES, "modules/a/main.tf": "newer\n"}, {"main.tf": "root\n"}])
def test_an_edited_file_is_neither_overwritten_nor_removed(tmp_path: Path, files: dict[str, str]) -> None:
    write(FILES, tmp_path)
    (tmp_path / "modules/a/main.tf").write_text("by hand\n")
    with pytest.raises(OutputError, match=r"edited since .*modules/a/main\.tf"):
        write(files, tmp_path)
    assert tree(tmp_path) == {**FILES, "modules/a/main.tf": "by hand\n"}
    write(files, tmp_path, force=True)
    assert tree(tmp_path) == files


def test_foreign_files_beside_ours_are_left_alone(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    mine = {
        "extra.tf": "x\n",
        "modules/a/extra.tf": "x\n",
        "modules/b/.terraform/lock": "x\n",
        "terraform.tfstate": "{}",
    }
    for path, text in mine.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    inode = (tmp_path / "modules/a/extra.tf").stat().st_ino
    write(LATER, tmp_path, force=True)
    assert tree(tmp_path) == {**LATER, **mine}
    assert (tmp_path / "modules/a/extra.tf").stat().st_ino == inode


def test_links_are_never_followed(tmp_path: Path) -> None:
    outside, out = tmp_path / "outside", tmp_path / "out"
    outside.mkdir()
    (outside / "main.tf").write_text("precious\n")
    (out / "modules").mkdir(parents=True)
    (out / "modules/a").symlink_to(outside)
    for force in (False, True):
        with pytest.raises(OutputError, match=r"modules/a is a link"):
            write(FILES, out, force=force)
    (out / "modules/a").unlink()
    (out / "main.tf").symlink_to(outside / "main.tf")
    with pytest.raises(OutputError, match="did not write"):
        write(FILES, out)
    write(FILES, out, force=True)
    assert tree(out) == FILES
    assert tree(outside) == {"main.tf": "precious\n"}


def test_stale_files_behind_a_link_are_not_removed(tmp_path: Path) -> None:
    outside, out = tmp_path / "outside", tmp_path / "out"
    write(FILES, out)
    (out / "modules/a").rename(outside)
    (out / "modules/a").symlink_to(outside)
    with pytest.raises(OutputError, match="link"):
        write({"main.tf": "root\n"}, out, force=True)
    assert (outside / "main.tf").exists()


@pytest.mark.parametrize(
    "path", ["../x", "/etc/x", "a/../../x", "", ".", "a//b", "a\\b", "a\0b", ".tfgen.json", "./x"]
)
def test_paths_never_leave_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(OutputError, match="not a path inside"):
        write({path: "x"}, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    document = {"format": 1, "files": {path: "0"}}
    (tmp_path / manifest.NAME).write_text(json.dumps(document))
    with pytest.raises(OutputError, match="not a path inside"):
        write(FILES, tmp_path)


@pytest.mark.parametrize(
    "text", ["", "[]", "{", '{"format": 2}', '{"format": 1}', '{"format": 1, "files": {"a": 1}}']
)
def test_a_strange_manifest_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / manifest.NAME).write_text(text)
    with pytest.raises(OutputError, match=r"manifest|release|damaged"):
        write(FILES, tmp_path)
    assert tree(tmp_path) == {}


def test_out_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("x")
    with pytest.raises(OutputError, match="is a file"):
        write(FILES, tmp_path / "out")
    with pytest.raises(OutputError, match=r"cannot write|is a file"):
        write(FILES, tmp_path / "out" / "below")


def test_a_folder_that_refuses_is_called_by_its_own_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not by that of the folder which tfgen wanted to make in it."""

    def refuse(*_: object, **facts: object) -> str:
        raise PermissionError(errno.EACCES, "Permission denied", f"{facts['dir']}/.tfgen-staging-x")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    with pytest.raises(OutputError) as caught:
        write({"main.tf": "# Generated by tfgen\n"}, tmp_path)
    assert str(caught.value) == f"cannot write {tmp_path}: Permission denied"


def test_a_folder_where_a_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "main.tf").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        write(FILES, tmp_path, force=True)


def test_out_may_be_a_link_itself(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "real")
    write(FILES, tmp_path / "out")
    assert tree(tmp_path / "real") == FILES


def test_two_runs_at_once(tmp_path: Path) -> None:
    import fcntl

    descriptor = os.open(tmp_path, os.O_RDONLY)
    fcntl.flock(descriptor, fcntl.LOCK_EX)
    try:
        with pytest.raises(OutputError, match="another run"):
            write(FILES, tmp_path)
    finally:
        os.close(descriptor)
    write(FILES, tmp_path)


OPERATIONS = ("rename", "replace", "mkdir", "rmdir", "unlink", "write_bytes")


def failing(monkeypatch: pytest.MonkeyPatch, count: int, fail: Callable[[], Any]) -> list[str]:
    """Lets the `count`-th change to the disk fail; gives the changes that were tried."""
    done: list[str] = []
    for name in OPERATIONS:
        real = getattr(Path, name)

        def act(
            self: Path, *args: Any, _real: Callable[..., Any] = real, _name: str = name, **kwargs: Any
        ) -> Any:
            done.append(_name)
            if len(done) == count:
                fail()
            return _real(self, *args, **kwargs)

        monkeypatch.setattr(Path, name, act)
    return done


def no_space() -> None:
    raise OSError(28, "No space left on device", "somewhere")


def interrupt() -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("fail", [no_space, interrupt])
@pytest.mark.parametrize("foreign", [False, True])
def test_a_failure_at_any_step_changes_nothing(
    tmp_path: Path, fail: Callable[[], Any], foreign: bool
) -> None:
    write(FILES, tmp_path)
    if foreign:
        (tmp_path / "modules/a/mine").write_text("x\n")
    before = tree(tmp_path), folders(tmp_path), (tmp_path / manifest.NAME).read_text()
    for count in range(1, 500):
        with pytest.MonkeyPatch.context() as patch:
            done = failing(patch, count, fail)
            try:
                write(LATER, tmp_path)
            except OutputError as error:
                assert "No space left on device" in str(error)  # noqa: PT017
            except KeyboardInterrupt:
                assert fail is interrupt
        if len(done) < count:
            break
        assert (tree(tmp_path), folders(tmp_path), (tmp_path / manifest.NAME).read_text()) == before, done[-1]
    else:
        pytest.fail("never went through")
    assert count > 20
    assert tree(tmp_path) == LATER | ({"modules/a/mine": "x\n"} if foreign else {})


def test_a_failure_in_a_fresh_folder_leaves_none(tmp_path: Path) -> None:
    for count in range(1, 500):
        with pytest.MonkeyPatch.context() as patch:
            done = failing(patch, count, no_space)
            try:
                write(FILES, tmp_path / "a" / "b")
            except OutputError:
                assert not (tmp_path / "a").exists(), done[-1]
            else:
                break
    assert tree(tmp_path / "a" / "b") == FILES


KILLED = """
    import os, sys
    from pathlib import Path
    from tests.hcl.test_write import LATER, OPERATIONS
    from tfgen.hcl.write import write
    left = int(sys.argv[2])
    def dying(real):
        def act(*args, **kwargs):
            global left
            left -= 1
            if left < 0:
                os._exit(9)
            return real(*args, **kwargs)
        return act
    for name in OPERATIONS:
        setattr(Path, name, dying(getattr(Path, name)))
    write(LATER, Path(sys.argv[1]))
"""


def module(files: dict[str, str], name: str) -> dict[str, str]:
    """The files of one module."""
    return {path: text for path, text in files.items() if path.startswith(f"modules/{name}/")}


def test_a_killed_run_leaves_whole_modules_and_the_next_run_mends(tmp_path: Path) -> None:
    """The old module, the new one, or none: never some files of each."""
    states = set()
    pid = os.getpid()
    for count in range(60):
        out = tmp_path / f"{pid}-{count}"
        write(FILES, out)
        command = [sys.executable, "-c", textwrap.dedent(KILLED), str(out), str(count)]
        code = subprocess.run(command, check=False, cwd=Path(__file__).parents[2]).returncode
        for module in ("a", "b", "c"):
            part = {path: text for path, text in tree(out).items() if path.startswith(f"modules/{module}/")}
            wanted = [
                {p: t for p, t in files.items() if p.startswith(f"modules/{module}/")}
                for files in (FILES, LATER)
            ]
            assert part in [*wanted, {}]
        states.add(json.dumps(tree(out)))
        write(LATER, out)
        assert tree(out) == LATER
        assert not list(out.glob(".tfgen-*"))
        if code == 0:
            break
        assert code == 9
    else:
        pytest.fail("never went through")
    assert len(states) > 5


def test_an_interrupt_while_files_are_moved_waits_for_the_end(tmp_path: Path) -> None:
    write(FILES, tmp_path)
    real = Path.replace

    def interrupted(self: Path, target: Path) -> Path:
        os.kill(os.getpid(), signal.SIGINT)
        return real(self, target)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", interrupted)
        with pytest.raises(KeyboardInterrupt):
            write(LATER, tmp_path)
    assert tree(tmp_path) == LATER
    assert write(LATER, tmp_path).changed == ()


def test_modules_that_differ_in_case_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {"modules/a/main.tf": "1\n", "modules/A/main.tf": "2\n"}
    write(files, tmp_path / "x")
    assert tree(tmp_path / "x") == files
    real = Path.exists
    monkeypatch.setattr(Path, "exists", lambda self: self.name == "A" or real(self))
    with pytest.raises(OutputError, match="modules/A and modules/a are one folder on this disk"):
        write(files, tmp_path / "y")


def test_a_disk_without_locks_or_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def refuse(*_: object, **__: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(fcntl, "flock", refuse)
    monkeypatch.setattr(os, "link", refuse)
    write(FILES, tmp_path)
    write(LATER, tmp_path)
    assert tree(tmp_path) == LATER


def test_a_full_disk_is_one_line(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with pytest.raises(OutputError) as caught:
        write(FILES, full / "out")
    assert "\n" not in str(caught.value)


def test_new_files_have_the_modes_of_the_users_choice(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write(FILES, tmp_path / "out")
        (tmp_path / "out/modules/a").chmod(0o770)
        write(LATER, tmp_path / "out")
    finally:
        os.umask(before)
    assert (tmp_path / "out/main.tf").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "out/modules/c").stat().st_mode & 0o777 == 0o750
    assert (tmp_path / "out/modules/a").stat().st_mode & 0o777 == 0o770
