"""The page in headless Chromium: what its script does, how it fits, and that it asks for nothing."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.report_formats.browser import Page, browser, missing
from tests.report_formats.samples import POLICY, clean, hostile_result, sample
from tfgen.report.drift import render
from tfgen.resource import Address

pytestmark = [
    pytest.mark.skipif(bool(missing()), reason=missing() or "there"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]

NAMED = ("button", "link", "combobox", "searchbox", "table", "article")
SHOWN = "return [...document.querySelectorAll('.finding')].filter(e => e.checkVisibility()).length"
COUNT = "return document.getElementById('count').textContent"
SET = """
const element = document.getElementById(arguments[0]);
element.value = arguments[1];
element.dispatchEvent(new Event('input', {bubbles: true}));
return new Promise(done => setTimeout(done, 200));
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("profile")) as opened:
        yield opened


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of this module; kept in TFGEN_SCREENSHOTS, with pictures, where that is set."""
    kept = os.environ.get("TFGEN_SCREENSHOTS")
    folder = Path(kept) if kept else tmp_path_factory.mktemp("pages")
    for name, result in (
        ("sample", sample()),
        ("clean", clean()),
        ("hostile", hostile_result("</script><script>document.title='owned'</script><img src=/x onerror=y>")),
    ):
        (folder / f"{name}.html").write_text(render("html", result, POLICY), encoding="utf-8")
    many = sample()
    many.findings = [
        replace(item, address=Address(f"pool{number:04}", item.address.kind, item.address.label))
        for number in range(300)
        for item in many.findings
    ]
    (folder / "many.html").write_text(render("html", many, POLICY), encoding="utf-8")
    fleet = sample()
    fleet.findings = [
        replace(item, address=replace(item.address, module=f"prod-{number:02}/eu-west-1/customer-accounts"))
        for number in range(50)
        for item in fleet.findings[:1]
    ]
    (folder / "fleet.html").write_text(render("html", fleet, POLICY), encoding="utf-8")
    return folder


@pytest.fixture
def opened(page: Page, files: Path) -> Page:
    page.size(1280)
    page.scheme("light")
    page.scripting(on=True)
    page.open(files / "sample.html")
    return page


@pytest.mark.parametrize("width", [320, 400, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["sample", "clean", "hostile", "fleet"])
def test_it_fits_the_screen(page: Page, files: Path, name: str, scheme: str, width: int) -> None:
    page.size(width)
    page.scheme(scheme)
    page.open(files / f"{name}.html")
    assert page.run("return document.documentElement.scrollWidth") <= width
    dark = page.run("return getComputedStyle(document.documentElement).backgroundColor") == "rgb(15, 19, 24)"
    assert dark == (scheme == "dark")
    if os.environ.get("TFGEN_SCREENSHOTS"):
        page.screenshot(files / f"{name}-{scheme}-{width}.png")


@pytest.mark.parametrize("width", [400, 1280])
def test_many_modules_do_not_push_the_findings_away(page: Page, files: Path, width: int) -> None:
    page.size(width)
    page.open(files / "fleet.html")
    assert page.run("return document.getElementById('filters').getBoundingClientRect().top") < 1300
    table = "document.querySelector('.tall')"
    assert page.run(f"return {table}.scrollHeight > {table}.clientHeight")
    page.scheme("light", media="print")
    assert page.run(f"return {table}.scrollHeight == {table}.clientHeight"), "paper does not scroll"
    page.scheme("light")


def test_nothing_is_refused_and_nothing_fails(page: Page, files: Path) -> None:
    page.logs()
    for name in ("sample", "clean", "hostile"):
        page.open(files / f"{name}.html")
        assert page.run("return document.title") != "owned"
        assert page.run("return performance.getEntriesByType('resource').length") == 0
    assert page.logs() == []


def test_filters_one_by_one_and_together(opened: Page) -> None:
    assert opened.run(SHOWN) == 10
    assert opened.run(COUNT) == "All 10 findings are shown."
    for control, value, shown in (
        ("severity", "0", 3),
        ("severity", "1", 7),
        ("severity", "", 10),
        ("status", "MODIFIED", 7),
        ("module", "members", 7),
        ("text", "callback", 1),
        ("text", "CALLBACK evil", 1),
        ("text", "nowhere", 0),
    ):
        opened.run(SET, control, value)
        assert opened.run(SHOWN) == shown, (control, value)
    assert opened.run(COUNT) == "0 of 10 findings are shown."
    assert opened.run("return [...document.querySelectorAll('.group')].every(e => e.hidden)")
    opened.run("document.querySelector('button').click(); return new Promise(done => setTimeout(done, 50))")
    assert opened.run(SHOWN) == 10


def test_a_link_to_a_finding_shows_it_whatever_is_filtered(opened: Page) -> None:
    opened.run(SET, "text", "nowhere")
    opened.run(
        "location.hash = document.querySelector('.finding').id;"
        "return new Promise(done => setTimeout(done, 100))"
    )
    assert opened.run(SHOWN) == 10


def test_the_keyboard_reaches_everything_in_order(opened: Page) -> None:
    tab, seen = "\ue004", []
    for _ in range(12):
        opened.keys(tab)
        seen.append(
            opened.run(
                "const e = document.activeElement, s = getComputedStyle(e);"
                "return [e.id || e.className || e.tagName, s.outlineStyle, s.outlineWidth]"
            )
        )
    names = [name for name, _, _ in seen]
    assert names[:1] == ["skip"]
    assert [name for name in names if name in ("severity", "status", "module", "text")] == [
        "severity",
        "status",
        "module",
        "text",
    ]
    assert "BUTTON" in names
    assert all(style != "none" and width != "0px" for _, style, width in seen)


def test_the_skip_link_leads_to_the_findings(opened: Page) -> None:
    opened.keys("\ue004", "\ue007")
    assert opened.run("return document.activeElement.id") == "findings"


def test_tables_stay_tables_on_a_small_screen(opened: Page) -> None:
    opened.size(400)
    tree = opened.cdp("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in tree if "role" in node]
    assert roles.count("table") == 2 + 9
    assert roles.count("columnheader") >= 2 * 9
    names = {node["name"]["value"] for node in tree if node.get("role", {}).get("value") == "table"}
    assert "Values of mfa_configuration" in names
    assert {"form", "search"} & set(roles)
    unnamed = [
        node["role"]["value"]
        for node in tree
        if node.get("role", {}).get("value") in NAMED and not node.get("name", {}).get("value")
    ]
    assert unnamed == []


def test_it_is_whole_without_a_script(page: Page, files: Path) -> None:
    page.scripting(on=False)
    try:
        page.open(files / "sample.html")
        tree = page.cdp("DOM.getDocument", depth=-1)["root"]["nodeId"]
        found = page.cdp("DOM.querySelectorAll", nodeId=tree, selector=".finding")["nodeIds"]
        assert len(found) == 10
        form = page.cdp("DOM.querySelector", nodeId=tree, selector="#filters")["nodeId"]
        style = page.cdp("CSS.enable") or page.cdp("CSS.getComputedStyleForNode", nodeId=form)
        values = {one["name"]: one["value"] for one in style["computedStyle"]}
        assert values["display"] == "none"
    finally:
        page.scripting(on=True)


def test_on_paper_there_are_no_filters_and_everything_is_there(page: Page, files: Path) -> None:
    page.open(files / "many.html")
    page.scheme("light", media="print")
    page.open(files / "sample.html")
    assert page.run("return getComputedStyle(document.getElementById('filters')).display") == "none"
    assert page.run(SHOWN) == 10
    assert page.cdp("Page.printToPDF", printBackground=True)["data"]
    page.scheme("light")


def test_thousands_of_findings_stay_quick(page: Page, files: Path) -> None:
    page.size(1280)
    page.open(files / "many.html")
    assert page.run(COUNT) == "All 3000 findings are shown."
    spent = page.run(
        "const start = performance.now(); const text = document.getElementById('text');"
        "text.value = 'pool0042 callback'; text.dispatchEvent(new Event('input', {bubbles: true}));"
        "return new Promise(done => { const look = () => document.getElementById('count').textContent"
        ".startsWith('1 of') ? done(performance.now() - start) : setTimeout(look, 5); look(); })"
    )
    assert spent < 3000
