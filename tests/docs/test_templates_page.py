"""The page about templates: its example works as written, and its tables are those of the code."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.excerpts import CHECKOUT
from tests.docs.pieces import page_templates
from tests.hcl import states
from tfgen.explain.fixtures import fixture
from tfgen.hcl import views
from tfgen.hcl.modules import build
from tfgen.hcl.parse import arguments
from tfgen.hcl.render import render
from tfgen.hcl.templates import Templates
from tfgen.kinds import KINDS, lower
from tfgen.spec import Options, load

PAGE = (CHECKOUT / "docs/templates.md").read_text(encoding="utf-8")


@pytest.fixture
def files(tmp_path: Path) -> dict[str, str]:
    """The demo's pool, rendered with the templates of the page."""
    for name, text in page_templates().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    spec = load([fixture("demo/spec.yml")], Options(stage="prod"))
    return render(lower(spec), sources=spec.sources, templates=tmp_path)


def test_the_example_does_what_the_page_says(files: dict[str, str]) -> None:
    assert len(page_templates()) == 3
    assert all(text.startswith("# Owned by the identity team.") for text in files.values())
    assert "modules/customers/client.tf" not in files
    both = arguments(files["modules/customers/main.tf"])
    assert both.keys() >= {"aws_cognito_user_pool.this", "aws_cognito_user_pool_client.this"}
    (own,) = arguments(files["modules/customers/parameter.tf"]).values()
    assert own["name"] == '"/identity/customers/pool_id"'


def test_the_page_has_every_attribute() -> None:
    (module,) = build(states.state(states.pool()), KINDS)
    view = views.ModuleView(module, KINDS)
    (resource,) = view.rest()
    for item in (view, resource, views.outputs(module)[0], views.CallView(module, {})):
        for name in vars(item):
            assert name.startswith("_") or f"`{name}`" in PAGE, name


def test_the_page_has_every_shared_template() -> None:
    for name in Templates().names:
        if name.startswith("common/"):
            assert f"`{name}`" in PAGE
