"""docs/reports.md says what is so."""

from __future__ import annotations

import re

from tests.report_formats.docs_page import EXCERPTS, PAGE, current
from tests.report_formats.golden_files import rendered
from tfgen.report import drift_markdown, drift_sarif
from tfgen.report.drift import FORMATS

TEXT = PAGE.read_text(encoding="utf-8")


def test_excerpts_are_real() -> None:
    assert current(TEXT) == TEXT, "stale: python -m tests.report_formats.docs_page"
    for name in EXCERPTS:
        assert f"<!-- {name} -->" in TEXT


def test_every_format_has_its_row_and_its_chapter() -> None:
    table = re.findall(r"^\| `(\w+)` \| ", TEXT.partition("## ")[0], re.MULTILINE)
    assert table == list(FORMATS)
    chapters = re.findall(r"^## (\w+)$", TEXT, re.MULTILINE)
    assert chapters == [form for form in FORMATS if form not in ("text", "json")]


def test_metrics_and_limits_are_those_of_the_code() -> None:
    documented = set(re.findall(r"^\| `(tfgen_drift_\w+)`", TEXT, re.MULTILINE))
    assert documented == set(re.findall(r"^# TYPE (\w+) gauge", rendered("prometheus"), re.MULTILINE))
    assert f"{drift_markdown.LIMIT:,}" in TEXT
    scores = " ".join(drift_sarif._SECURITY.values())
    assert f"is {', '.join(scores.split()[:3])} or {scores.split()[3]};" in TEXT
