"""A page in another language: text a third longer fits a phone and a desktop, and the browser knows the language."""

from __future__ import annotations

import pytest
from driving import DESKTOP, HEIGHT, PHONE, Visit, menu, running_app, sideways_at, visiting
from playwright.sync_api import expect
from pseudo_language import LANGUAGE, write_pseudo_language

COMPARISON = "?condition=cidp&situation=maintenance&all=yes&travel_minutes=95&ig_supply=critical&health=diabetes"
BESIDES = (
    "?condition=gbs&situation=cannot_walk&view=numbers",
    "matters?condition=cidp&situation=maintenance&w.benefit=8&w.time=8&w.needles=5&w.cost=2&match=yes&never=plasma",
)


@pytest.fixture(scope="module")
def abroad(tmp_path_factory):
    """Run the app in the made-up language, and return its address."""
    tables = write_pseudo_language(tmp_path_factory.mktemp("language"))
    with running_app(IG_OPTIONS_DATA=str(tables), IG_OPTIONS_LANGUAGE=LANGUAGE) as address:
        yield address


def stand_still(visited: Visit) -> None:
    """Wait until the page has run and grows no more: parts of it are drawn after the run."""
    visited.idle()
    heights = [0]
    while len(heights) < 4 or len(set(heights[-3:])) > 1:
        visited.page.wait_for_timeout(200)
        heights.append(visited.page.get_by_test_id("stMain").evaluate("main => main.scrollHeight"))


def test_no_page_scrolls_sideways_with_text_a_third_longer(chromium, profiles, abroad):
    with visiting(chromium, abroad, profiles) as visit:
        visited = visit(COMPARISON)
        assert visited.page.evaluate("document.documentElement.lang") == LANGUAGE
        pages = menu(visited)
        assert len(set(pages)) >= 5
        found = {}
        for address in (*pages, COMPARISON, *BESIDES):
            visited.page.set_viewport_size({"width": DESKTOP, "height": HEIGHT[DESKTOP]})
            visited.page.goto(f"{visited.app}/{address}")
            expect(visited.page.get_by_role("heading", level=1)).to_contain_text("⟦")
            stand_still(visited)
            found |= {(address, width): sideways_at(visited.page, width) for width in (DESKTOP, PHONE)}
        assert {where: pixels for where, pixels in found.items() if pixels > 0} == {}
