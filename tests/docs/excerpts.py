"""Real output in Markdown: a block below `<!-- NAME -->` holds what the command NAME stands for prints."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Final

from tests.docs.pieces import accepted, blame, cross, templates
from tfgen.cli.main import run

CHECKOUT: Final = Path(__file__).parents[2]
SPEC: Final = "fixtures/demo/spec.yml"
STAGE: Final = ("--stage", "prod")
_BLOCK: Final = re.compile(
    r"(?<=^<!-- )(?P<name>[^>\n]+)( -->\n```\w*\n)(?P<text>.*?)(?=^```$)", re.MULTILINE | re.DOTALL
)


@cache
def printed(*args: str) -> str:
    """What a tfgen command prints on standard output; run it in the checkout."""
    with redirect_stdout(StringIO()) as out:
        code = run(list(args))
    assert code == 0, args
    return out.getvalue()


def _pool() -> str:
    files = printed("render", SPEC, *STAGE, "--stdout").split("# ---- ")
    (text,) = (file.partition("\n")[2] for file in files if file.startswith("modules/customers/main.tf"))
    head, _, rest = text.partition("  # spec: mfaConfiguration.enabledTypes")
    tail = rest[rest.index("  # spec: passwordPolicy") :]
    return f"{head.partition(chr(10) * 2)[2]}  # …\n\n{tail}".rstrip() + "\n"


def _drift() -> str:
    return printed("demo").partition(": after that")[2].partition("\n")[2].rstrip() + "\n"


def _policy() -> str:
    return printed("policy", SPEC, *STAGE, "--region", "eu-west-1", "--account", "123456789012")


EXCERPTS: Final[dict[str, dict[str, Callable[[], str]]]] = {
    "README.md": {
        f"file: {SPEC}": lambda: (CHECKOUT / SPEC).read_text(encoding="utf-8"),
        "render: the pool": _pool,
        "demo: the second drift run": _drift,
        "policy": _policy,
    },
    "docs/accept.md": {"accept: two values": accepted},
    "docs/cross-checks.md": {"cross: a finding": cross},
    "docs/drift.md": {"blame: a finding": blame},
    "docs/templates.md": {"templates: what it writes": templates},
}


def current(page: str) -> str:
    """The text of a page with each of its excerpts as the commands print it now; run it in the checkout."""
    known = EXCERPTS[page]

    def block(found: re.Match[str]) -> str:
        name = found["name"]
        return f"{name}{found[2]}{known[name]() if name in known else found['text']}"

    return _BLOCK.sub(block, (CHECKOUT / page).read_text(encoding="utf-8"))
