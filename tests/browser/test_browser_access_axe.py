"""Every page and state against axe-core: nothing is wrong but what Streamlit itself causes, and that list only shrinks.

Each page is loaded once. Its popovers and boxes are opened in that session, which then goes through both colour
schemes and both widths. A popover is looked at in both schemes at the width of a desktop, and in light on a phone:
its colours do not depend on the width. One that stands on several pages is looked at once. In the dark only the
rules about colour are run, for the markup is the same.
"""

from __future__ import annotations

import csv
import itertools
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
import pytest
from driving import DESKTOP, HEIGHT, PHONE, Visit, sideways_at
from playwright.sync_api import Browser, expect

from decision.wording import Words

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
KNOWN = Path(__file__).with_name("axe_known.csv")
PLACE = "condition=cidp&situation=maintenance"
LIMITS = f"{PLACE}&travel_minutes=120&ig_supply=critical"
WEIGHTS = "w.benefit=8&w.time=5&w.needles=2&match=yes"


SMALLEST = 320
"""Width in CSS pixels of a window of 1,280 that is zoomed to 400% (WCAG 1.4.10)."""

COLOUR = ("color-contrast", "link-in-text-block")
RUN = """async ([where, rules]) => {
  const options = {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}};
  if (rules.length) options.runOnly = {type: 'rule', values: rules};
  const context = where ? {include: [where]} : document;
  const found = await axe.run(context, options);
  const place = element => {
    const own = (element.getAttribute('class') || '').split(' ');
    const names = own.filter(name => name && !/^st|^e[0-9a-z]{5,}$|emotion|^[a-z]{1,2}$/.test(name));
    const part = element.closest('[data-testid]');
    const inner = part ? null : element.querySelector('[data-testid]');
    const role = element.getAttribute('role');
    const tag = [element.tagName.toLowerCase(), ...names].join('.') + (role ? `[role=${role}]` : '');
    if (inner) return `${tag}:has([data-testid=${inner.dataset.testid}])`;
    const test = part ? `[data-testid=${part.dataset.testid}]` : '';
    return part === element ? tag + test : `${test} ${tag}`.trim();
  };
  return found.violations.flatMap(one => one.nodes.map(node => {
    const element = document.querySelector(node.target[0]);
    return [one.id, element ? place(element) : node.target.join(' '),
            `${one.impact}: ${node.html.slice(0, 160)} ${(node.failureSummary || '').slice(0, 240)}`];
  }));
}"""

FACTS = """() => ({
  title: document.title,
  lang: document.documentElement.lang,
  headings: [...document.querySelectorAll('h1,h2,h3,h4,h5,h6,[role=heading]')].filter(one => one.checkVisibility())
    .map(one => [Number(one.getAttribute('aria-level') || one.tagName[1]), one.textContent.trim()]),
  mains: document.querySelectorAll('main').length,
  unnamed: [...document.querySelectorAll('main svg, main img')]
    .filter(one => !one.closest('[aria-hidden=true], button, summary, .js-plotly-plot, [data-testid=stIconMaterial]'))
    .filter(one => one.checkVisibility() && one.getAttribute('aria-hidden') !== 'true')
    .filter(one => !one.alt && !(one.getAttribute('role') === 'img'
      && (one.getAttribute('aria-label') || one.querySelector('title'))))
    .map(one => one.outerHTML.slice(0, 120)),
  headless: [...document.querySelectorAll('main table')]
    .filter(one => !one.querySelector('caption') && one.querySelector('th'))
    .filter(one => !one.closest('[data-testid=stMarkdownContainer]') || one.className)
    .map(one => one.outerHTML.slice(0, 120)),
  scopeless: [...document.querySelectorAll('main table[class] th')].filter(one => !one.scope)
    .map(one => one.outerHTML.slice(0, 120)),
})"""


@dataclass
class Walk:
    """What was found on the way through one page."""

    opened: set[str]
    """Popovers that were looked at, on this page or one before: those with the same name hold the same."""
    violations: dict[tuple[str, str], list[str]] = field(default_factory=dict)
    facts: dict = field(default_factory=dict)
    sideways: int = 0

    def add(self, state: str, found: list[list[str]]) -> None:
        """Take over what axe found in a state."""
        for rule, place, told in found:
            self.violations.setdefault((rule, place), []).append(f"{state}: {told}")


BACK = {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 20, 23)"}


def turn(visited: Visit, scheme: str) -> None:
    """Show the page in light or in the dark. All of it is drawn anew, so do it seldom."""
    visited.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    expect(visited.page.get_by_test_id("stApp")).to_have_css("background-color", BACK[scheme])


def look(visited: Visit, walk: Walk, state: str, scheme: str, where: str | None = None) -> None:
    """Run axe, in the dark only the rules about colour."""
    rules = COLOUR if scheme == "dark" else ()
    walk.add(f"{state}, {scheme}", visited.page.evaluate(RUN, [where, list(rules)]))


def open_all(visited: Visit) -> None:
    """Open every box and every detail of the page."""
    page = visited.page
    for box in page.get_by_test_id("stExpander").all():
        if box.locator("details").first.get_attribute("open") is None:
            box.locator("summary").first.click()
            expect(box.locator("details").first).to_have_attribute("open", "")
            visited.quiet()
    page.locator("main details:not([open])").evaluate_all("all => all.forEach(one => { one.open = true })")


def each_popover(visited: Visit, walk: Walk, state: str, scheme: str) -> None:
    """Open each popover of the page that was not yet seen, and look at what is in it."""
    page = visited.page
    for button in page.get_by_test_id("stPopoverButton").all():
        name = f"{state}, {scheme}, {button.inner_text().splitlines()[0]}"
        if name in walk.opened:
            continue
        walk.opened.add(name)
        button.click()
        expect(page.get_by_test_id("stPopoverBody").locator(".stElementContainer").first).to_be_visible()
        visited.idle()
        look(visited, walk, name, scheme, "[data-testid=stPopoverBody]")
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
        visited.quiet()


def menus(visited: Visit, walk: Walk) -> None:
    """Open the menus of pages: those at the top of a desktop, the one that is folded away on a phone."""
    page = visited.page
    folded = page.get_by_test_id("stExpandSidebarButton")
    if folded.is_visible():
        folded.click()
        expect(page.get_by_test_id("stSidebarNavLink").first).to_be_visible()
        look(visited, walk, "menu", "light")
        page.get_by_test_id("stSidebarCollapseButton").get_by_role("button").click()
        expect(page.get_by_test_id("stSidebarNavLink").first).to_be_hidden()
    for button in page.get_by_test_id("stTopNavSection").all():
        button.click()
        look(visited, walk, "menu", "light")
        page.keyboard.press("Escape")


def answers(visited: Visit, words: Words) -> None:
    """Answer the first question of the check, and those of the SURE test with no."""
    page = visited.page
    page.get_by_test_id("stRadio").first.locator("label").nth(1).click()
    visited.idle()
    for question in page.get_by_test_id("stRadio").all()[-4:]:
        question.locator("label").last.click()
        visited.idle()
    expect(page.locator(".reply")).to_have_count(1)


def all_frames(visited: Visit, words: Words) -> None:
    """Show every wording at once."""
    visited.page.get_by_role("button", name=words("framing.all")).click()
    expect(visited.page.locator("table.frames")).to_be_visible()


def part(name: str) -> Callable[[Visit, Words], None]:
    """Return what opens a part of the evidence page."""

    def open_(visited: Visit, words: Words) -> None:
        visited.page.get_by_role("radio", name=words(f"evidence.part.{name}"), exact=True).click()
        visited.idle()

    return open_


def nothing(visited: Visit, words: Words) -> None:
    """Leave a page as it is."""


PAGES: dict[str, tuple[str, str, Callable[[Visit, Words], None]]] = {
    "compare": (f"?{LIMITS}", "table.compare", nothing),
    "urgent": ("?condition=gbs&situation=cannot_walk", "table.compare", nothing),
    "situation": (f"situation?{LIMITS}", ".st-key-steps", nothing),
    "options": (f"options?{LIMITS}", ".st-key-steps", nothing),
    "figures": (f"side-by-side?{LIMITS}", ".st-key-steps", nothing),
    "living": (f"side-by-side?{PLACE}&part=living", ".st-key-steps", nothing),
    "calendar": (f"side-by-side?{PLACE}&part=calendar", ".st-key-steps", nothing),
    "matters": (f"matters?{PLACE}&{WEIGHTS}", "section.match", nothing),
    "check": (f"check?{PLACE}", ".st-key-steps", answers),
    "plan": (f"plan?{PLACE}", ".st-key-steps", nothing),
    "facts": ("evidence", "div.fact", nothing),
    "coverage": ("evidence", "div.fact", part("coverage")),
    "sources": ("evidence", "div.fact", part("sources")),
    "tables": ("evidence", "div.fact", part("tables")),
    "lesson": ("teach?exercise=lesson&answers=yes", "[data-testid=stCode]", nothing),
    "contrast": ("teach?exercise=contrast", "[data-testid=stCode]", nothing),
    "moves": ("teach?exercise=moves&even=yes", "[data-testid=stCode]", nothing),
    "framing": ("teach?exercise=framing", "[data-testid=stCode]", all_frames),
    "class": ("teach?exercise=class", "[data-testid=stCode]", nothing),
    "methods": ("methods", "h2 >> nth=-1", nothing),
    "about": ("about", "[data-testid=stExpander] >> nth=-1", nothing),
}
"""Each page: its address, what shows that it is drawn, and what is done there first."""


def walk_through(visited: Visit, name: str, words: Words, opened: set[str]) -> Walk:
    """Open all there is on a page and look at it in both colour schemes and at both widths."""
    page, walk = visited.page, Walk(opened)
    page.evaluate(AXE)
    turn(visited, "light")
    PAGES[name][2](visited, words)
    each_popover(visited, walk, f"{DESKTOP}", "light")
    if name == "methods":  # the shortest page: the menus are the same on all
        menus(visited, walk)
    if name != "urgent":  # it has the same boxes as the comparison
        open_all(visited)
    visited.quiet()
    walk.facts = page.evaluate(FACTS)
    look(visited, walk, f"{DESKTOP}", "light")
    turn(visited, "dark")
    each_popover(visited, walk, f"{DESKTOP}", "dark")
    look(visited, walk, f"{DESKTOP}", "dark")
    page.set_viewport_size({"width": PHONE, "height": HEIGHT[PHONE]})
    look(visited, walk, f"{PHONE}", "dark")
    turn(visited, "light")
    look(visited, walk, f"{PHONE}", "light")
    each_popover(visited, walk, f"{PHONE}", "light")
    if name == "methods":
        menus(visited, walk)
    walk.sideways = sideways_at(page, SMALLEST)
    return walk


@pytest.fixture(scope="session")
def walks(app: str, chromium: Browser, words: Words) -> dict[str, Walk]:
    """Go through all pages once: the tests of this file run in one worker, while another does the other files."""
    found: dict[str, Walk] = {}
    opened: set[str] = set()
    context = chromium.new_context(viewport={"width": DESKTOP, "height": HEIGHT[DESKTOP]}, reduced_motion="reduce")
    for name, (query, drawn, _) in PAGES.items():
        visited = Visit(context.new_page(), app)
        visited.page.goto(f"{app}/{query}")
        expect(visited.page.locator(drawn).first).to_be_visible(timeout=60_000)
        visited.quiet()
        found[name] = walk_through(visited, name, words, opened)
        visited.page.close()
    context.close()
    return found


def known() -> dict[tuple[str, str], dict[str, str]]:
    """Return what Streamlit itself causes, by rule and element."""
    with KNOWN.open(encoding="utf-8", newline="") as file:
        return {(row["rule"], row["selector"]): row for row in csv.DictReader(file)}


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_new(walks, name):
    new = {key: told[:2] for key, told in walks[name].violations.items() if key not in known()}
    assert not new, "\n".join(f"{rule} at {place}: {told}" for (rule, place), told in new.items())


def test_the_list_of_known_faults_only_shrinks(walks):
    """A fault that is gone must leave the list; and none of our own parts may stand there."""
    found = {key for walk in walks.values() for key in walk.violations}
    assert set(known()) <= found, "not found any more: take these rows out of axe_known.csv"
    for (_, selector), row in known().items():
        assert "[data-testid=st" in selector, f"{selector} is ours: mend it"
        assert row["why"]
        assert row["address"]


def test_the_language_one_main_part_and_titles_of_their_own(walks):
    assert {walk.facts["lang"] for walk in walks.values()} == {"en"}
    assert {walk.facts["mains"] for walk in walks.values()} == {1}
    addresses = {query.partition("?")[0] for query, _, _ in PAGES.values()}
    titles = Counter(walk.facts["title"] for walk in walks.values())
    assert len(titles) == len(addresses), titles


@pytest.mark.parametrize("name", PAGES)
def test_headings_are_in_order(walks, name):
    headings = walks[name].facts["headings"]
    levels = [level for level, _ in headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    jumps = [after for before, after in itertools.pairwise(headings) if after[0] > before[0] + 1]
    assert not jumps
    assert all(text for _, text in headings)


@pytest.mark.parametrize("name", PAGES)
def test_no_page_scrolls_sideways_at_400_percent(walks, name):
    assert walks[name].sideways <= 0


@pytest.mark.parametrize("name", PAGES)
def test_pictures_have_words_and_tables_have_heads(walks, name):
    facts = walks[name].facts
    assert facts["unnamed"] == []
    assert facts["headless"] == []
    assert facts["scopeless"] == []
