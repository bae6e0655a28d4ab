"""The main job and the whole way with the keyboard alone: the focus is always seen, and it follows the page."""

from __future__ import annotations

import itertools
import re

import pytest
from driving import STEPS, Visit
from playwright.sync_api import Page, expect

PLACE = "?condition=cidp&situation=maintenance"
MOST_TABS = 90

FOCUS = """() => {
  const element = document.activeElement;
  const label = element.closest('label');
  const ring = one => {
    const style = getComputedStyle(one);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  };
  const box = element.getBoundingClientRect();
  window.before = window.now;
  window.now = element;
  const after = window.before && window.before.isConnected
    ? Boolean(window.before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING) : true;
  return {
    tag: element.tagName,
    name: (element.getAttribute('aria-label') || (label || element).innerText || '').trim(),
    ring: ring(element) || Boolean(label && ring(label)),
    seen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    hidden: !element.checkVisibility(),
    after,
  };
}"""


class Keyboard:
    """A person who has a keyboard and no mouse, and who looks where the focus is after each key."""

    def __init__(self, visited: Visit) -> None:
        self.visited = visited
        self.page: Page = visited.page

    def press(self, key: str) -> dict:
        """Press a key and return what has the focus."""
        self.page.keyboard.press(key)
        return self.page.evaluate(FOCUS)

    def tab(self) -> dict:
        """Go one stop on; it can be seen, has a ring and comes later in the page."""
        now = self.press("Tab")
        if not now["ring"]:  # the browser may draw it with its next picture of the page
            self.page.wait_for_timeout(200)
            now = {**self.page.evaluate(FOCUS), "after": now["after"]}
        assert now["tag"] != "BODY", "the focus left the page"
        assert now["ring"], f"no ring around {now}"
        assert now["seen"], f"out of sight: {now}"
        assert not now["hidden"], now
        assert now["after"], f"not in the order of the page: {now}"
        return now

    def tab_to(self, text: str) -> dict:
        """Press Tab until something with this text has the focus."""
        for _ in range(MOST_TABS):
            now = self.tab()
            if text in now["name"] and now["tag"] != "MAIN":
                return now
        pytest.fail(f"{text} was not reached")


def test_the_main_job(visit, words):
    """Pick a condition, say a limit, choose options, read the reasons, and take it along."""
    visited = visit(PLACE)
    keyboard, page = Keyboard(visited), visited.page
    assert keyboard.tab()["name"] == "Skip to main content"
    keyboard.press("Enter")
    assert keyboard.press("Tab")["name"].startswith(words("nav.to_steps")[:10]), "past the menus"

    keyboard.tab_to(words("pick.condition"))
    while page.evaluate("() => document.activeElement.tagName") != "INPUT":
        keyboard.tab()
    page.keyboard.type("low platelets")
    expect(page.get_by_role("option").first).to_be_visible()
    keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ITP")
    visited.idle()

    keyboard.tab_to("The hospital is 2 hours away")
    keyboard.press("Enter")
    expect(page).to_have_url(re.compile("travel_minutes=120"))
    visited.idle()

    page.evaluate("() => { window.now = null }")  # the button went with the answer
    keyboard.tab_to(words("columns.choose"))
    keyboard.press("Enter")
    body = page.get_by_test_id("stPopoverBody")
    first = body.get_by_role("checkbox").first
    expect(first).to_be_visible()
    expect(body).to_be_focused()
    columns = page.locator("table.compare thead th")
    many = columns.count()
    page.evaluate("() => { window.now = null }")  # what opens stands elsewhere in the page
    assert keyboard.press("Tab")["ring"], "the next stop is in what was opened"
    assert first.evaluate("box => box === document.activeElement")
    keyboard.press("Space")
    expect(columns).not_to_have_count(many)
    visited.idle()
    keyboard.press("Escape")
    expect(body).to_have_count(0)

    page.evaluate("() => { window.now = null }")
    keyboard.tab_to(words("take.pdf"))
    with page.expect_download() as download:
        keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".pdf")

    keyboard.tab_to(words("reasons.title"))
    keyboard.press("Enter")
    details = page.locator("table.compare thead details").first
    expect(details.locator("li").first).to_be_visible()


def test_all_six_steps(visit, words):
    """From the first step to the plan; each new page starts at its top, and the next stop is in it."""
    visited = visit(f"situation{PLACE}")
    keyboard, page = Keyboard(visited), visited.page
    for step, after in itertools.pairwise(STEPS):
        keyboard.tab_to(words("step.next", step=words(f"step.{after}")))
        keyboard.press("Enter")
        visited.at_step(after)
        for _ in range(50):
            if visited.scrolled() == 0:
                break
            page.wait_for_timeout(100)
        assert visited.scrolled() == 0, f"{after} starts at its top"
        page.evaluate("() => { window.now = document.querySelector('h1') }")
        first = keyboard.press("Tab")
        inside = "() => Boolean(document.activeElement.closest('main')) && !document.activeElement.matches('main')"
        assert page.evaluate(inside), f"{after} after {step}: {first}"
        assert first["after"], "below the title"
        assert first["ring"]
