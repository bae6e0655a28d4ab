"""The hand-out as a person meets it: from disk, without a network, on paper, on a phone, by a screen reader."""

from __future__ import annotations

import datetime
import io

import pypdf
import pytest
import zxingcpp
from axe_playwright_python.sync_playwright import Axe
from driving import DESKTOP, PHONE
from PIL import Image

from decision import compare, load_catalogue, visit
from decision.handout import html, saved
from decision.handout.sheet import sheet

USUAL = {
    "condition": "cidp", "situation": "maintenance", "travel_minutes": "120", "ig_supply": "critical",
    "w.benefit": "10", "w.time": "8", "w.needles": "2", "show": "ivig,scig,fcrn_blocker",
}  # fmt: skip
FOUR = {**USUAL, "show": "ivig,scig,fcrn_blocker,corticosteroids", "lean": "ivig", "match": "yes"}
GBS = {"condition": "gbs", "situation": "cannot_walk"}
OWN = ("May I travel with it?", "Who orders it?", "What if I miss a week?")
HOSTILE = "</script><script>window.broken=1</script><img src=http://127.0.0.2:9/x onerror='window.broken=1'>"
ADDRESS = "https://options.example.org/"
PT = 96 / 72


@pytest.fixture(scope="module")
def tables():
    return load_catalogue()


@pytest.fixture
def open_sheet(chromium, tables, tmp_path):
    """Save the sheet of a visit to disk and open it there, with the network off; return the page and its requests."""
    contexts = []

    def open_(query, width=DESKTOP, media=None, **typed):
        said, _ = visit.read(query, tables, **typed)
        result = compare(tables, said.scenario(tables))
        made = sheet(result, tables, said, datetime.date(2026, 11, 22), with_body=True, address=ADDRESS)
        path = tmp_path / "visit.html"
        path.write_text(html.page(made), encoding="utf-8")
        context = chromium.new_context(viewport={"width": width, "height": 900}, offline=True)
        contexts.append(context)
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.emulate_media(media=media)
        page.goto(path.as_uri())
        return page, [url for url in asked if url != path.as_uri()]

    yield open_
    for context in contexts:
        context.close()


@pytest.mark.parametrize("query", [USUAL, FOUR, GBS], ids=["usual", "four", "urgent"])
@pytest.mark.parametrize("width", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_axe_finds_no_barrier(open_sheet, query, width):
    page, _ = open_sheet(query, width, own_questions=OWN, notes="A note.")
    found = Axe().run(page)
    assert [(one["id"], len(one["nodes"])) for one in found.response["violations"]] == []
    assert len(found.response["passes"]) > 15


def test_it_opens_from_disk_and_asks_nobody_for_anything(open_sheet):
    page, asked = open_sheet(USUAL, own_questions=[HOSTILE], notes=HOSTILE)
    assert [url for url in asked if not url.startswith("data:font/")] == []
    assert page.evaluate("window.broken") is None
    assert page.evaluate("document.fonts.check('10pt Sheet')")
    assert page.locator("img, iframe, form, input").count() == 0
    assert page.get_by_role("heading", level=1).inner_text() == "My visit: CIDP, keeping treatment going"
    assert page.get_by_role("columnheader").count() == 3


@pytest.mark.parametrize("paper", ["A4", "Letter"])
@pytest.mark.parametrize(("query", "most"), [(USUAL, 1), (FOUR, 2)], ids=["usual", "four"])
def test_pages_when_printed(open_sheet, paper, query, most):
    page, _ = open_sheet(query, own_questions=OWN)
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format=paper)))
    assert len(printed.pages) <= most
    text = " ".join(" ".join(sheet_.extract_text() for sheet_ in printed.pages).split())
    for wanted in ("The decision", "42 of 100 (26 to 59)", *OWN, "When to call for help now", "Nobody paid"):
        assert wanted in text


def test_on_paper_what_a_person_reads_is_large_enough(open_sheet):
    page, _ = open_sheet(USUAL, media="print", own_questions=OWN, notes="A note.")
    sizes = page.evaluate(
        """() => [...document.querySelectorAll('h1, h2, li, td, th .name, th .verdict, tbody th, .status, p')]
            .filter(one => !one.closest('footer') && !one.matches('.below'))
            .map(one => [one.textContent.slice(0, 30), parseFloat(getComputedStyle(one).fontSize)])"""
    )
    assert len(sizes) > 40
    assert [found for found in sizes if found[1] < 10.5 * PT - 0.01] == []


def test_nothing_is_wider_than_a_small_phone(open_sheet):
    page, _ = open_sheet(FOUR, 320, notes="x" * 300, own_questions=["y" * 200])
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_phone_reads_the_code_from_the_screen(open_sheet, tables):
    page, _ = open_sheet(USUAL)
    picture = Image.open(io.BytesIO(page.locator("svg.qr").screenshot()))
    wanted = visit.read(USUAL, tables)[0].link(ADDRESS)
    assert [found.text for found in zxingcpp.read_barcodes(picture)] == [wanted]


def test_what_a_browser_saves_opens_again(open_sheet, tables):
    """Saving the page from the browser writes what it made of it, not the bytes it read."""
    page, _ = open_sheet(USUAL, own_questions=[*OWN, HOSTILE], notes=HOSTILE)
    wanted = visit.read(USUAL, tables, own_questions=[*OWN, HOSTILE], notes=HOSTILE)[0]
    found = saved.read(page.content().encode(), tables)
    assert (found.visit, found.sentences) == (wanted, ())
