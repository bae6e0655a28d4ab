"""What matters to me with the keyboard alone: leaning, swings, either-or, and what the answers speak for."""

from __future__ import annotations

import re

import pytest
from driving import DESKTOP, PHONE, Visit, compared, sideways
from playwright.sync_api import Page, expect

PLACE = "matters?condition=cidp&situation=maintenance"
MOST_KEYS = 150
"""Keys that a person may press in all: at one a second less than three minutes."""

FOCUS = (
    "() => { const e = document.activeElement;"
    " const group = e.closest('[data-testid=stButtonGroup], [data-testid=stRadio], [data-testid=stCheckbox]');"
    " return {tag: e.tagName, text: (e.closest('label') ?? e).innerText.trim(),"
    " of: group?.querySelector('[data-testid=stWidgetLabel]')?.innerText.trim() ?? '',"
    " top: e.getBoundingClientRect().top, bottom: e.getBoundingClientRect().bottom}; }"
)


class Keyboard:
    """A person who has a keyboard and no mouse."""

    def __init__(self, visited: Visit) -> None:
        self.page: Page = visited.page
        self.idle = visited.idle
        self.pressed = 0

    def press(self, key: str) -> dict:
        """Press a key and return what has the focus then."""
        self.pressed += 1
        self.page.keyboard.press(key)
        return self.focus()

    def focus(self) -> dict:
        return self.page.evaluate(FOCUS)

    def tab_to(self, text: str, of: str = "") -> None:
        """Press Tab until the element with this text, or of the question with this text, has the focus."""
        for _ in range(40):
            now = self.press("Tab")
            if now["tag"] in ("MAIN", "BODY"):
                continue
            if (of and now["of"].startswith(of)) or (text and text in now["text"]):
                return
        pytest.fail(f"{of or text} was not reached")

    def answer(self, of: str, level: str) -> None:
        """Go to a question and choose one of its answers with the arrows."""
        self.tab_to("", of=of)
        for _ in range(12):
            if self.focus()["text"] == level:
                break
            self.press("ArrowRight")
        assert self.focus()["text"] == level
        self.press("Space")
        self.idle()


def open_values(visit, words, width, query=PLACE) -> tuple[Keyboard, Page]:
    """Open the page from a link."""
    visited = visit(query, width=width)
    keyboard = Keyboard(visited)
    expect(visited.page.get_by_role("heading", level=1)).to_contain_text("What matters to me")
    expect(visited.page.get_by_text(words("values.show"))).to_be_visible()
    visited.idle()
    return keyboard, visited.page


def test_leaning_swings_either_or_and_the_result_with_the_keyboard_alone(visit, words, width):
    keyboard, page = open_values(visit, words, width)
    expect(page.locator("section.match")).to_have_count(0)
    assert sideways(page) <= 0

    keyboard.tab_to("", of=words("values.lean"))
    for name in ("ivig", "scig"):
        keyboard.press("ArrowDown")
        expect(page).to_have_url(re.compile(f"lean={name}"))
        keyboard.idle()

    much = words("values.level.8")
    keyboard.answer("How well it works", much)
    expect(page).to_have_url(re.compile(r"w\.benefit=8"))
    keyboard.answer("Time it takes", much)
    expect(page).to_have_url(re.compile(r"w\.time=8"))
    keyboard.answer("Needles", much)
    expect(page).to_have_url(re.compile(r"w\.needles=8"))
    assert sideways(page) <= 0
    expect(page.locator("section.match")).to_have_count(0)

    expect(page.get_by_text(words("values.pairs.title"), exact=True)).to_be_visible()
    question = page.get_by_role("radiogroup", name=words("values.pair"))
    expect(question.get_by_role("radio")).to_have_count(2)
    expect(question.get_by_role("radio", checked=True)).to_have_count(0)
    keyboard.tab_to("", of=words("values.pair"))
    keyboard.press("Space")
    expect(page).to_have_url(re.compile("pairs=[a-z]+(~|%7E)[a-z]+"))
    keyboard.idle()

    keyboard.tab_to(words("values.show"))
    keyboard.press("Space")
    result = page.get_by_role("heading", name=words("values.result.title"))
    expect(result).to_be_visible()
    keyboard.idle()
    assert keyboard.pressed <= MOST_KEYS

    answer = compared("cidp", "maintenance", "w.benefit=8", "w.time=8", "w.needles=2")
    part = [option["name"] for option in answer["options"] if option["match"]]
    blocks = page.locator("section.match")
    expect(blocks).to_have_count(len(part))
    assert blocks.locator("h3").all_text_contents() == part, "the order stays neutral"
    expect(page.get_by_text(re.compile(r"In about \d+ of 10 ways of weighing that fit your answers, "))).to_be_visible()
    expect(page.get_by_text(re.compile("^At the start you picked this: "))).to_be_visible()
    expect(page.get_by_text(words("values.surprise"), exact=True)).to_be_visible()
    for side in ("for", "against", "unknown"):
        expect(blocks.first.get_by_text(words(f"values.speaks.{side}"), exact=True)).to_be_visible()
    bars = blocks.first.locator(".contribution")
    expect(bars).to_have_count(3)
    assert sideways(page) <= 0

    keyboard.tab_to(words("values.order"))
    keyboard.press("Space")
    expect(page).to_have_url(re.compile("order=match"))
    expect(page.get_by_text(words("values.order.match"))).to_be_visible()
    keyboard.idle()
    assert sorted(blocks.locator("h3").all_text_contents()) == sorted(part)


def test_answers_given_fast_are_all_kept(visit, words):
    """Nobody waits for a page: the next answer comes while the last one is still being worked out."""
    keyboard, page = open_values(visit, words, DESKTOP)
    keyboard.tab_to("", of=words("values.lean"))
    for _ in range(3):
        keyboard.press("ArrowDown")
    for start in ("How well it works", "Time it takes", "Needles", "Cost"):
        keyboard.tab_to("", of=start)
        keyboard.press("ArrowRight")
        keyboard.press("Space")
    for key in ("lean=fscig", "w.benefit=2", "w.time=2", "w.needles=2", "w.cost=2"):
        expect(page).to_have_url(re.compile(re.escape(key)))
    keyboard.idle()
    expect(page.get_by_role("radio", name=words("values.level.2"), checked=True)).to_have_count(4)


def test_an_either_or_answer_keeps_the_place_of_the_keyboard(visit, words):
    """After an answer the next Tab goes on near it; a person is not sent back to the start of the page."""
    keyboard, page = open_values(visit, words, PHONE, f"{PLACE}&w.time=8&w.benefit=8&w.cost=8&w.needles=8")
    keyboard.tab_to("", of=words("values.pair"))
    keyboard.press("Space")
    expect(page).to_have_url(re.compile("pairs="))
    keyboard.idle()
    after = keyboard.press("Tab")
    near = (words("values.pair"), words("values.show"), words("values.pairs.title"), "First ")
    assert any(text in f"{after['text']} {after['of']}" for text in near), after
    assert 0 <= after["top"] <= page.viewport_size["height"], "and it is on the screen"


def test_an_either_or_answer_is_taken_back_with_the_keyboard(visit, words, width):
    query = f"{PLACE}&w.time=8&w.benefit=8&w.cost=8&w.needles=8&pairs=time~benefit&match=yes"
    keyboard, page = open_values(visit, words, width, query)
    line = words("values.pair.answer", a=words("criterion.time"), b=words("criterion.benefit"))
    expect(page.get_by_role("button", name=re.compile(re.escape(line)))).to_be_visible()
    keyboard.tab_to(line)
    keyboard.press("Enter")
    expect(page.get_by_role("button", name=re.compile(re.escape(line)))).to_have_count(0)
    keyboard.idle()
    expect(page.get_by_role("radiogroup", name=words("values.pair"))).to_be_visible()
    assert "time~benefit" not in page.url.replace("%7E", "~")


def test_a_deal_breaker_with_the_keyboard(visit, words, width):
    keyboard, page = open_values(visit, words, width, f"{PLACE}&w.time=8&w.benefit=8&match=yes")
    blocks = page.locator("section.match")
    many = blocks.count()
    keyboard.tab_to("Nothing made from plasma")
    keyboard.press("Space")
    expect(page.get_by_text(words("values.way_back"))).to_be_visible()
    keyboard.idle()
    assert blocks.count() < many
    assert sideways(page) <= 0
    keyboard.press("Space")
    expect(page.get_by_text(words("values.way_back"))).to_have_count(0)
    expect(blocks).to_have_count(many)


def test_the_contributions_are_drawn_with_a_text(visit, words, width):
    """The sanitiser drops pictures from some elements; a bar that is not drawn is no picture of contributions."""
    _, page = open_values(visit, words, width, f"{PLACE}&w.time=8&w.benefit=8&w.cost=2&match=yes")
    bars = page.locator("section.match .contribution:not(.unknown) svg")
    expect(bars.first).to_be_visible()
    known = page.locator("section.match .contribution:not(.unknown)").count()
    assert bars.count() == known
    for bar in bars.evaluate_all(
        "all => all.map(one => ({role: one.getAttribute('role'), label: one.getAttribute('aria-label'),"
        " box: one.getBoundingClientRect().toJSON()}))"
    ):
        assert bar["role"] == "img"
        assert bar["label"]
        assert bar["box"]["width"] >= 60
        assert bar["box"]["right"] <= width
