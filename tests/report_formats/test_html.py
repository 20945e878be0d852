"""The page as a document: no browser needed."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from tests.report_formats.samples import POLICY, clean, hostile_result, sample
from tests.report_formats.test_every_format import HOSTILE
from tfgen.finding import Result
from tfgen.report.drift import render
from tfgen.report.drift_html import FOLDER

CSS = (FOLDER / "page.css").read_text(encoding="utf-8")
VOID = {"meta", "link", "input", "br", "img"}


class Document(HTMLParser):
    """Elements with their attributes and text; fails for one that is closed wrongly."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def text(self, tag: str) -> str:
        return "".join(data for name, data in self.texts if name == tag)


RESULTS = {"sample": sample(), "clean": clean(), "empty": Result(), "hostile": hostile_result('"><b x=')}
ALL = pytest.mark.parametrize("result", RESULTS.values(), ids=RESULTS)


def page(result: Result) -> Document:
    return Document(render("html", result, POLICY))


@ALL
def test_it_asks_for_nothing(result: Result) -> None:
    document = page(result)
    for _, attributes in document.elements:
        assert set(attributes).isdisjoint({"src", "srcset", "action", "background", "style", "poster"})
        assert not [name for name in attributes if name.startswith("on")]
        assert attributes.get("href", "#").startswith(("#", "data:,"))
    assert "@import" not in CSS
    assert "url(" not in CSS


@ALL
def test_its_policy_lets_in_its_own_style_and_script_only(result: Result) -> None:
    document = page(result)
    (policy,) = [
        one["content"] for one in document.all("meta") if one.get("http-equiv") == "Content-Security-Policy"
    ]
    for tag in ("style", "script"):
        digest = base64.b64encode(hashlib.sha256(document.text(tag).encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
        assert len(document.all(tag)) == 1
    assert policy.startswith("default-src 'none'; img-src data:; ")
    assert "unsafe" not in policy


@ALL
def test_names_and_labels_for_people_who_do_not_see_it(result: Result) -> None:
    document = page(result)
    ids = [attributes["id"] for _, attributes in document.elements if "id" in attributes]
    assert len(set(ids)) == len(ids)
    assert document.all("html") == [{"lang": "en"}]
    assert document.text("title")
    assert len(document.all("h1")) == len(document.all("main")) == 1
    for _, attributes in document.elements:
        for name in ("aria-labelledby", "for"):
            if name in attributes:
                assert attributes[name] in ids
        if attributes.get("href", "").startswith("#"):
            assert attributes["href"][1:] in ids
    labelled = {one["for"] for one in document.all("label")}
    for control in (*document.all("select"), *document.all("input")):
        assert control["id"] in labelled
    assert len(document.all("caption")) == len(document.all("table"))
    assert all("scope" in one for one in document.all("th"))
    for count in [one for one in document.all("p") if one.get("id") == "count"]:
        assert count["aria-live"] == "polite"
    levels = [int(tag[1]) for tag, _ in document.elements if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_it_holds_every_finding_without_a_script() -> None:
    document = page(sample())
    assert len(document.all("article")) == len(sample().findings)
    assert not [one for one in document.all("article") if "hidden" in one]
    (form,) = document.all("form")
    assert "hidden" in form  # the script shows it
    assert 'type="search"' in render("html", sample(), POLICY)


@pytest.mark.parametrize("text", [text for text in HOSTILE if text.strip()])
def test_hostile_values_make_no_element(text: str) -> None:
    plain = [tag for tag, _ in page(hostile_result("x")).elements if tag not in ("mark", "option")]
    assert [tag for tag, _ in page(hostile_result(text)).elements if tag not in ("mark", "option")] == plain


def test_the_modules_without_findings_are_listed() -> None:
    text = render("html", sample(), POLICY)
    assert "1 module is in sync, without a finding" in text
    assert "<li><code>staff</code></li>" in text


# Contrast, as WCAG 2.2 computes it.


def colors(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", css))


def luminance(color: str) -> float:
    channels = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


LIGHT = colors(CSS.partition("@media")[0])
DARK = colors(CSS.partition("prefers-color-scheme: dark")[2].partition("\n* {")[0])


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_can_be_read(scheme: dict[str, str]) -> None:
    assert set(scheme) == set(LIGHT)
    pairs = [(text, ground) for text in ("text", "muted", "accent") for ground in ("page", "panel")]
    pairs += [(name, name.removeprefix("on-")) for name in scheme if name.startswith("on-")]
    assert len(pairs) == 14
    for text, ground in pairs:
        assert contrast(scheme[text], scheme[ground]) >= 4.5, (text, ground)
    for ground in ("page", "panel"):
        assert contrast(scheme["control"], scheme[ground]) >= 3, ground


def test_colours_stand_nowhere_but_in_the_two_schemes() -> None:
    rest = CSS.partition("\n* {")[2].partition("@media print")[0]
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b(?![\w-]*\s*[,{:\[])", rest)
