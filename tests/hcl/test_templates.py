"""A team's own templates: used, or said to be useless; never a way to lose a resource."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hcl import states
from tests.hcl.test_render import rendered
from tfgen.errors import OutputError
from tfgen.hcl import templates as room
from tfgen.hcl.templates import Templates, built_in

STATE = states.state(states.pool(), states.client())


def own(tmp_path: Path, **files: str) -> Path:
    for name, text in files.items():
        path = tmp_path / name.replace("__", "/")
        path = path.with_name(f"{path.name}.tf.j2")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_one_template_replaces_one_file(tmp_path: Path) -> None:
    header = own(tmp_path, common__header="# Ours, from {{ sources }}\n")
    before, after = rendered(STATE), rendered(STATE, templates=header)
    assert before.keys() == after.keys()
    for path, text in after.items():
        assert text.startswith("# Ours, from spec.yml\n\n")
        assert text.partition("\n\n")[2] == before[path].partition("\n\n")[2]


def test_a_template_may_move_resources_and_add_files(tmp_path: Path) -> None:
    folder = own(
        tmp_path,
        module__main='{% import "common/macros.tf.j2" as hcl %}\n{{ hcl.resources(module.rest()) }}',
        module__extra='\nlocals {\n  pool = "{{ module.name }}"\n}\n',
    )
    files = rendered(STATE, templates=folder)
    assert "modules/main/client.tf" not in files
    assert files["modules/main/main.tf"].count("\nresource ") == 2
    assert 'pool = "main"' in files["modules/main/extra.tf"]


def test_a_template_cannot_lose_a_resource(tmp_path: Path) -> None:
    folder = own(tmp_path, module__client="# nothing\n", module__other="")
    with pytest.raises(
        OutputError, match=r"no template in module/ writes aws_cognito_user_pool_client\.this"
    ):
        rendered(STATE, templates=folder)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("module/cleint.txt", "never be used"),
        ("modul/client.tf.j2", "did you mean module/client.tf.j2"),
        ("client.tf.j2", "did you mean"),
        ("common/varaibles.tf.j2", "did you mean common/variables.tf.j2"),
    ],
)
def test_a_misspelt_name_is_said(tmp_path: Path, name: str, hint: str) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text("")
    with pytest.raises(OutputError, match=hint):
        rendered(STATE, templates=tmp_path)


def test_hidden_files_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("")
    (tmp_path / ".DS_Store").write_text("")
    assert rendered(STATE, templates=tmp_path) == rendered(STATE)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("\n{% if %}", r"module/main\.tf\.j2, line 2"),
        ("{{ nope }}", r"module/main\.tf\.j2: 'nope' is undefined"),
        ("{{ module.nope }}", "no attribute 'nope'"),
        ("{% import 'nope' as x %}", "nope"),
        ("{{ 1 / 0 }}", r"module/main\.tf\.j2: division by zero"),
        ("{{ module.take(1)[0].x() }}", r"module/main\.tf\.j2"),
    ],
)
def test_a_broken_template_is_one_clear_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(OutputError, match=message) as caught:
        rendered(STATE, templates=own(tmp_path, module__main=text))
    assert "\n" not in str(caught.value)


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="not a folder"):
        rendered(STATE, templates=tmp_path / "none")


def test_an_installed_package_brings_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert built_in() == Path(__file__).parents[2] / "templates"
    (tmp_path / "_templates").mkdir()
    monkeypatch.setattr(room, "_PACKAGE", tmp_path)
    assert built_in() == tmp_path / "_templates"


def test_the_catch_all_comes_last() -> None:
    for folder in ("module", "gateway"):
        assert Templates().files(folder)[-1] == "other"
