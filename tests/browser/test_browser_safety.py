"""What must not happen: requests to others, scripts from an address, wrong data, a page one cannot use or see."""

from __future__ import annotations

import csv
import shutil
from urllib.parse import quote, urlencode

import pytest
from driving import DESKTOP, PHONE, by_menu, running_app, shown_verdicts, sideways, sideways_at, visiting
from playwright.sync_api import expect

from decision.catalogue import DATA_DIR

CIDP = "?condition=cidp&situation=maintenance"
HOSTILE = (
    "<script>window.broken=1;alert(1)</script>",
    '"><img src=x onerror="window.broken=1;alert(1)">',
    "<svg onload=alert(1)>",
    "javascript:alert(1)",
    "<iframe src=javascript:alert(1)></iframe>",
)


def test_nothing_is_asked_of_another_machine(visit, words):
    visited = visit(f"{CIDP}&all=yes")
    page = visited.page
    page.locator("summary").get_by_text(words("charts.title"), exact=True).click()
    expect(page.locator(".js-plotly-plot .bars").first).to_be_visible(timeout=30_000)
    page.locator("table.compare details.origin summary").first.click()
    by_menu(visited, words("page.more"), words("page.about"))
    expect(page.get_by_role("heading", name=words("about.title"))).to_be_visible()
    visited.idle()
    assert visited.requests
    assert visited.strangers() == []


def test_hostile_text_in_the_address_does_not_run(visit):
    hostile = "".join(HOSTILE)
    said = dict.fromkeys(["situation", "health", "show", "view", "colour", hostile], hostile)
    visited = visit("?" + urlencode({"condition": "cidp", **said}))
    page = visited.page
    expect(page.locator("table.compare")).to_be_visible()
    assert visited.dialogs == []
    assert page.evaluate("window.broken") is None
    main = page.get_by_test_id("stMain")
    assert main.locator("script:not([data-each] + script), iframe, img, [onerror], [onload]").count() == 0
    assert main.locator("a[href^='javascript']").count() == 0
    assert visited.strangers() == []


@pytest.mark.parametrize(
    "typed", ["![x](http://127.0.0.2:9/a.png)", "[Dose](https://example.org)", ":red[Stop] **now**"]
)
def test_an_address_puts_no_picture_link_or_colour_of_its_own_on_the_page(visit, typed):
    """A notice repeats what a stranger typed as plain text, not as Markdown."""
    visited = visit(f"{CIDP}&veins={quote(typed)}")
    page = visited.page
    expect(page.locator("table.compare")).to_be_visible()
    notice = page.locator("[data-testid=stAlert], .notice").first
    expect(notice).to_be_visible()
    assert visited.strangers() == []
    assert notice.locator("img, a, h1").count() == 0
    expect(notice).to_contain_text(typed)


def test_an_empty_line_in_a_cell_does_not_break_the_table(chromium, profiles, tables):
    """Markdown ends a block of HTML at an empty line; the rest of the table would be lost."""
    path = tables / "roles.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    column = rows[0].index("reason")
    for row in rows[1:]:
        row[column] += "\n\n    second"
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    with running_app(IG_OPTIONS_DATA=str(tables)) as address, visiting(chromium, address, profiles) as visit:
        page = visit(CIDP).page
        if page.get_by_role("heading", name="The tables are not in order").count():
            expect(page.get_by_text("roles.csv").first).to_be_visible()
        else:
            assert page.locator("table.compare tbody th").count() >= 5


def test_broken_tables_close_the_page_and_mended_ones_open_it_without_a_restart(chromium, profiles, tables):
    with running_app(IG_OPTIONS_DATA=str(tables)) as address, visiting(chromium, address, profiles) as visit:
        visited = visit(CIDP)
        page = visited.page
        assert shown_verdicts(page)
        path = tables / "roles.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        lines[1] = lines[1].replace(",first_choice,", ",best_of_all,", 1)
        path.write_text("".join(lines), encoding="utf-8")
        page.reload()
        visited.settle()
        expect(page.get_by_role("heading", name="The tables are not in order")).to_be_visible()
        expect(page.get_by_text("roles.csv, row 2, column role").first).to_be_visible()
        expect(page.get_by_text("best_of_all").first).to_be_visible()
        assert page.locator("table.compare, .verdict, .mark, p.count").count() == 0
        assert sideways(page) <= 0
        shutil.copy(DATA_DIR / "roles.csv", path)
        page.reload()
        visited.settle()
        expect(page.locator("table.compare")).to_be_visible()
        assert shown_verdicts(page)
        assert visited.query["condition"] == "cidp"


FOCUS = (
    "() => { const e = document.activeElement; let seen = false;"
    " for (let n = e, i = 0; n && i < 4; n = n.parentElement, i++) {"
    " const s = getComputedStyle(n); seen ||= s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2; }"
    " return {tag: e.tagName, role: e.getAttribute('role'), text: e.textContent.trim().slice(0, 60),"
    " inside: e.closest('[data-testid]')?.dataset.testid ?? '', table: !!e.closest('table.compare'), seen}; }"
)


def test_the_keyboard_reaches_everything_and_the_focus_is_seen(visit, words):
    visited = visit(CIDP)
    page = visited.page
    met: dict[str, dict] = {}
    unseen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUS)
        if now["tag"] == "BODY":
            break
        if not now["seen"]:
            unseen.append(now)
        if now["role"] == "combobox":
            met.setdefault("box", now)
        if now["tag"] == "BUTTON" and now["text"].startswith(words("limits.life")):
            met.setdefault("popover", now)
            page.keyboard.press("Enter")
            expect(page.get_by_test_id("stPopoverBody")).to_be_focused()
            visited.idle()
            page.keyboard.press("Escape")
            expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
        if now["tag"] == "SUMMARY" and now["table"]:
            met.setdefault("details", now)
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.parentElement.open")
            break
    assert set(met) == {"box", "popover", "details"}
    assert all(one["seen"] for one in met.values())
    assert unseen == []


def test_a_condition_is_chosen_with_the_keyboard_alone(visit, words):
    visited = visit(CIDP)
    page = visited.page
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('role')") == "combobox":
            break
    page.keyboard.type("Guillain")
    expect(page.get_by_role("option").first).to_contain_text("GBS")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("GBS")


LIGHT = (
    "colours => { const c = document.createElement('canvas').getContext('2d', {willReadFrequently: true});"
    " for (const colour of colours) { c.fillStyle = colour; c.fillRect(0, 0, 1, 1); }"
    " return [...c.getImageData(0, 0, 1, 1).data].slice(0, 3).map(v => v / 255)"
    " .map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)"
    " .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0); }"
)
"""The relative luminance of colours painted over each other, as WCAG has it."""

READ = (
    "h1",
    "p.decision",
    "p.not-reviewed",
    "p.count",
    "p.quiet",
    "table.compare .name",
    "table.compare .plain",
    "table.compare .headline",
    "table.compare .sure",
    "table.compare .note",
    "table.compare summary",
)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("query", [CIDP, "?condition=gbs&situation=cannot_walk"], ids=["calm", "urgent"])
def test_light_and_dark_can_be_read(visit, dark, query):
    page = visit(query, dark=dark).page
    ground = page.get_by_test_id("stApp").evaluate("e => getComputedStyle(e).backgroundColor")
    below = page.evaluate(LIGHT, [ground])
    assert (below < 0.05) is dark

    def contrast(selector: str, what: str) -> float:
        colour = page.locator(selector).first.evaluate(f"e => getComputedStyle(e).{what}")
        above = page.evaluate(LIGHT, [ground, colour])
        return (max(above, below) + 0.05) / (min(above, below) + 0.05)

    too_pale = {part: value for part in READ if (value := contrast(part, "color")) < 4.5}
    assert too_pale == {}
    assert contrast("table.compare .mark-line", "stroke") >= 3


WIDTHS = (DESKTOP, 768, PHONE, 320)


@pytest.mark.parametrize("path", ["about", "evidence"])
def test_the_other_pages_fit_every_width(visit, path):
    visited = visit(path)
    expect(visited.page.get_by_role("heading", level=1)).to_be_visible()
    assert visited.page.get_by_test_id("stException").count() == 0
    assert {width: over for width in WIDTHS if (over := sideways_at(visited.page, width)) > 0} == {}
    assert visited.strangers() == []


@pytest.mark.parametrize(
    ("place", "columns"),
    [
        (("cidp", "maintenance"), "yes"),
        (("gbs", "cannot_walk"), "no"),
        (("itp_adult", "bleeding_now"), "yes"),
        (("pi_antibody", "start"), "no"),
    ],
    ids=["cidp-all", "gbs-some", "itp-all", "pi-some"],
)
def test_the_comparison_fits_every_width(visit, place, columns):
    """The table may scroll in its own frame; the page never does."""
    page = visit(f"?condition={place[0]}&situation={place[1]}&all={columns}").page
    assert {width: over for width in WIDTHS if (over := sideways_at(page, width)) > 0} == {}


def test_what_to_do_now_stands_on_the_first_screen_of_a_phone(visit, words):
    page = visit("?condition=itp_adult&situation=bleeding_now", width=PHONE).page
    head = page.locator(".urgent h2")
    expect(head).to_have_text(words("urgent.title"))
    expect(head).to_be_in_viewport()
    expect(page.locator(".urgent li").first).to_be_in_viewport()
