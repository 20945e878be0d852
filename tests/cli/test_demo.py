"""`tfgen demo`: clean first, then the three changes and nothing else."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Invoke, environment
from tfgen.cli.main import run
from tfgen.live.demo import MISSING, emulated

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What the demo prints, as a process of its own with AWS settings that must not matter."""
    hostile = {
        "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
        "AWS_PROFILE": "nobody",
        "AWS_REGION": "us-west-2",
        "HTTP_PROXY": "http://127.0.0.1:9",
        "http_proxy": "http://127.0.0.1:9",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tfgen", "demo"],
        capture_output=True,
        text=True,
        cwd=CHECKOUT,
        env=environment(hostile),
        timeout=120,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def section(shown: str, title: str) -> str:
    found = re.search(rf"^== {title}.*\n((?:(?!== ).*\n)*)", shown, re.MULTILINE)
    assert found, title
    return found.group(1)


def test_it_shows_the_spec_and_its_hcl(shown: str) -> None:
    assert section(shown, "The spec").rstrip() == (CHECKOUT / "fixtures/demo/spec.yml").read_text().rstrip()
    assert 'resource "aws_cognito_user_pool" "this" {' in section(shown, "tfgen render")


def test_the_first_run_is_clean(shown: str) -> None:
    first = section(shown, "tfgen drift spec.yml --stage prod: as it was made")
    assert first.startswith("IN_SYNC: no drift\n")
    assert "not declared" not in first


def test_the_second_run_shows_the_three_changes_and_nothing_else(shown: str) -> None:
    changes = section(shown, "Somebody changes the live pool").strip().splitlines()
    second = section(shown, "tfgen drift spec.yml --stage prod: after that")
    assert len(changes) == 3
    assert re.findall(r"^(\w+) +(\w+) module", second, re.MULTILINE) == [
        ("CRITICAL", "MODIFIED"),
        ("HIGH", "MODIFIED"),
        ("MEDIUM", "MODIFIED"),
    ]
    assert "DRIFT: 3 findings (1 critical, 1 high, 1 medium)" in second


def test_without_the_emulator_it_says_what_to_install(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "moto.server", None)
    done = invoke("demo")
    assert done.code == 1
    assert done.out == ""
    assert done.err == f"{MISSING}\n"
    assert "pip install 'cognito-tfgen[demo]'" in done.err


def test_the_environment_is_as_before_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "mine")
    before = dict(os.environ)
    with emulated():
        assert "AWS_PROFILE" not in os.environ
    assert dict(os.environ) == before


def test_twice_in_one_process(capsys: pytest.CaptureFixture[str]) -> None:
    """The emulator's account is empty each time."""
    for _ in range(2):
        assert run(["demo"]) == 0
        assert "IN_SYNC: no drift" in capsys.readouterr().out
