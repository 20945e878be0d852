"""`fixtures/eras/*/drift.txt` and `docs/eras.md`; `python -m tests.eras.page` writes them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from tests.eras.era import Era, eras, text
from tests.eras.switches import without
from tfgen.finding import Result
from tfgen.kinds.ruled import all_rules

PAGE: Final = Path(__file__).parents[2] / "docs/eras.md"
_INTRO: Final = """\
# Pools of ten years

A user pool answers what existed when somebody last set it: one of 2016 has no deletion protection, no token
revocation and no recovery setting, and never will unless it is written. `tfgen drift` knows these eras. What
only looks like a difference is left out by a rule that has a name, a reason and a source:
`tfgen explain --rules` lists them all. What is weaker than the spec is reported, whatever its age.

**None of this was run against a real AWS account.** The pools below are in `fixtures/eras`: their answers
were written after AWS's documentation, the API's own model and answers that others have published; each says
where from. Every member of them is one of the API.

For each pool a test checks that the findings are exactly these; that every rule in its list is needed, so
that without it there would be another finding; that every value of its answers is compared, or left out by a
named rule; and that every weakening of it is still found.
"""


@cache
def needed(era: Era) -> tuple[str, ...]:
    """The rules without which this pool would have another finding, by id."""
    before = _places(era.check())
    done = []
    for name, rule in all_rules().items():
        with without(rule):
            if _places(era.check()) - before:
                done.append(name)
    return tuple(done)


def _places(result: Result) -> set[tuple[object, ...]]:
    return {(finding.address, finding.path, finding.status) for finding in result.findings}


def golden(era: Era) -> str:
    """What drift.txt of an era is."""
    findings = [text(finding) for finding in era.check().findings] or ["no findings"]
    return "\n".join([*findings, "", "without these rules there would be more:", *needed(era), ""])


def page() -> str:
    """docs/eras.md"""
    parts = [_INTRO, *map(_section, eras()), _rules()]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def _section(era: Era) -> str:
    told = (era.folder / "README.md").read_text(encoding="utf-8")
    rules = ", ".join(f"`{name}`" for name in needed(era))
    return f"#{told}\nRules that this pool needs: {rules}.\n"


def _rules() -> str:
    rows = ["| rule | why | seen in | source |", "|---|---|---|---|"]
    rows += [
        f"| `{rule.id}` | {_cell(rule.reason)} | {_cell(rule.era)} | {_cell(rule.source)} |"
        for rule in all_rules().values()
    ]
    return "\n".join(["## Every rule", "", *rows, ""])


def _cell(told: str) -> str:
    return told.replace("|", "\\|").replace("<", "&lt;")


def files() -> Iterator[tuple[Path, str]]:
    """Every generated file."""
    for era in eras():
        yield era.folder / "drift.txt", golden(era)
    yield PAGE, page()


if __name__ == "__main__":
    for path, content in files():
        path.write_text(content, encoding="utf-8")
