"""The golden samples, one of each format; `python -m tests.report_formats.golden_files` writes them."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path
from typing import Final

from tests.report_formats.samples import POLICY, sample
from tfgen.report.drift import FORMATS, render

FOLDER: Final = Path(__file__).with_name("golden")
SUFFIXES: Final = {
    "text": "txt",
    "json": "json",
    "markdown": "md",
    "junit": "xml",
    "sarif": "sarif",
    "html": "html",
    "github": "github",
    "prometheus": "prom",
}


def file(form: str) -> Path:
    """The golden file of a format."""
    return FOLDER / f"drift.{SUFFIXES[form]}"


def rendered(form: str) -> str:
    """The sample in a format; without tfgen's own version, which a release changes."""
    text = render(form, sample(), POLICY, color=False)
    return text.replace(f'"version": "{version("cognito-tfgen")}"', '"version": "0.0.0"')


if __name__ == "__main__":
    for form in FORMATS:
        file(form).write_text(rendered(form), encoding="utf-8", newline="\n")
