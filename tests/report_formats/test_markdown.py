"""Markdown as a GitHub-like parser reads it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from tests.report_formats.samples import POLICY, clean, hostile_result, sample
from tests.report_formats.test_every_format import HOSTILE
from tfgen.finding import Result, Status
from tfgen.report import drift_github, drift_markdown
from tfgen.report.drift import render

PARSER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])


def tokens(text: str) -> list[Token]:
    flat = []
    for token in PARSER.parse(text):
        flat.append(token)
        flat += token.children or []
    return flat


def many(number: int) -> Result:
    result = sample()
    result.findings = [
        # Not read for a reason of its own each: for the same one they would be one row.
        replace(item, reason=f"{item.reason} {index}") if item.status is Status.NOT_CHECKED else item
        for item in result.findings
        for index in range(number)
    ]
    return result


def test_headline_table_and_folded_details() -> None:
    text = render("markdown", sample(), POLICY)
    found = tokens(text)
    assert sum(1 for token in found if token.type == "table_open") == 2
    assert sum(1 for token in found if token.type == "tr_open") == 1 + 8 + 1 + 1
    assert text.count("<details>") == text.count("</details>") == 2
    assert "**DRIFT: 8 findings (3 critical, 3 high, 1 medium, 1 low); 1 not checked**" in text


def test_a_clean_run_is_two_lines() -> None:
    assert render("markdown", clean(), POLICY) == (
        "### tfgen drift\n\n**IN\\_SYNC: no drift**\n\n2 resources and 120 arguments compared\n"
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_values_make_no_markup(text: str) -> None:
    out = render("markdown", hostile_result(text), POLICY)
    found = tokens(out)
    html = {token.content.strip() for token in found if token.type.startswith("html")}
    assert all(re.fullmatch(r"<details>\n<summary>[\w (),:]+</summary>|</details>", one) for one in html)
    kinds = {token.type for token in found}
    assert kinds.isdisjoint(
        {"link_open", "image", "s_open", "em_open", "fence", "code_block", "blockquote_open"}
    )
    columns = [token for token in found if token.type in ("th_open", "td_open")]
    rows = [token for token in found if token.type == "tr_open"]
    tables = [token for token in found if token.type == "table_open"]
    assert len(tables) == 2
    assert len(columns) == 7 * (len(rows) - 2) + 5 * 2
    for token in found:
        if token.type == "text":
            assert "@" not in token.content


def test_a_value_comes_out_of_its_code_span_whole() -> None:
    for text in ("a|b", "`", "``", "a`b``c", " x ", "\\|", "\\", "*x*", "<b>", "a\\`"):
        out = drift_markdown._code(text)
        (cell,) = [
            token.children
            for token in PARSER.parse(f"| a |\n|---|\n| {out} |\n")
            if token.type == "inline" and token.content != "a"
        ]
        assert cell is not None
        (code,) = [token for token in cell if token.type == "code_inline"]
        assert code.content == text
        assert len([token for token in cell if token.content]) == 1


def test_prose_has_nothing_that_a_host_makes_a_link_or_a_call_of() -> None:
    text = drift_markdown._prose("see https://evil.example or www.evil.example, @everyone, a@b.example")
    assert "://" not in text
    assert "www." not in text
    assert "@" not in text.replace("`@`", "")


@pytest.mark.parametrize("number", [1, 5, 40, 400, 4000])
def test_a_comment_never_gets_too_long_and_says_what_it_left_out(number: int) -> None:
    text = render("markdown", many(number), POLICY)
    assert len(text.encode()) <= drift_markdown.LIMIT
    assert text.count("<details>") == text.count("</details>")
    failing, _, rest = text.partition("**Not checked: ")
    unread, details = rest.split("\n\n**Details" if "**Details" in rest else "<details>")[:2]
    for part, row, all_of_them in (
        (failing, r"^\| \*\*\w+\*\* \|", 8 * number),
        (unread, r"^\| high \|", number),
        (details, r"^- \*\*", 8 * number),
    ):
        shown = len(re.findall(row, part, re.MULTILINE))
        note = re.search(r"\*\*([\d,]+) of ([\d,]+) are left out", part)
        left = int(note[1].replace(",", "")) if note else 0
        assert shown + left == all_of_them
        assert note is None or int(note[2].replace(",", "")) == all_of_them
        assert shown > 0 or number >= 400
    assert (number >= 40) == ("left out" in text)


def test_many_remarks_are_counted() -> None:
    result = sample()
    result.remarks *= 5000
    text = render("markdown", result, POLICY)
    assert len(text.encode()) <= drift_markdown.LIMIT
    assert "… and 4,991 more notes" in text


def test_hostile_texts_are_cut_too() -> None:
    text = render("markdown", hostile_result("\u202e" * 100_000), POLICY)
    assert len(text.encode()) <= 65_536


def test_the_step_summary_has_more_room() -> None:
    result = many(400)
    assert len(drift_github.summary(result, POLICY)) > len(render("markdown", result, POLICY))
    assert len(drift_github.summary(many(4000), POLICY).encode()) <= 1024 * 1024


def test_what_is_not_read_for_one_reason_is_one_row() -> None:
    result = sample()
    (unread,) = [item for item in result.findings if item.status is Status.NOT_CHECKED]
    result.findings = [replace(unread, path=f"a{number}") for number in range(500)]
    text = render("markdown", result, POLICY)
    assert "| 500 arguments: `a0, a1, a2" in text
    assert text.count(unread.reason) == 1
    assert len(text) < 3000
