"""The page about accepting shows what really happens."""

from __future__ import annotations

import re
from pathlib import Path

from tests.edit.live import Drifted, after

PAGE = (Path(__file__).parents[2] / "docs/accept.md").read_text(encoding="utf-8")


def example(name: str) -> str:
    (found,) = re.findall(rf"<!-- {name} -->\n```yaml\n(.*?)```", PAGE, re.DOTALL)
    return str(found)


def test_the_example_is_real(tmp_path: Path) -> None:
    drifted = Drifted(tmp_path, example("before"))
    pool, client = "aws_cognito_user_pool", "aws_cognito_user_pool_client"
    drifted.change(pool, ("password_policy", "minimum_length"), 10)
    drifted.change(pool, ("mfa_configuration",), "ON")
    drifted.change(pool, ("user_pool_tier",), "PLUS")
    drifted.change(client, ("callback_urls",), frozenset({"https://shop.example/in"}))
    assert after(drifted.adopt()) == example("after")
