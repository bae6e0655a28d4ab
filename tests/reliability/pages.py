"""What the reliability tests and the benchmarks look for on a page: the one place that knows how it is drawn."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit

from playwright.sync_api import Locator, Page, expect
from session import Session, Shown, option_text
from streamlit.proto.WidgetStates_pb2 import WidgetState

COMPARISON = "table.compare"
COMPARISON_HTML = 'class="compare"'
CLOSED = "The tables are not in order"
PAGES = ("", "values", "evidence", "methods", "about")
QUERY = (
    "?condition=cidp&situation=maintenance&travel_minutes=120&ig_supply=critical&needles=anxious"
    "&show=ivig,plasma_exchange"
)
"""A comparison with much said: what is lost can be seen."""

LIFE = "+ Daily life and travel"
"""The popover of the questions about the way, veins and needles."""

PLAIN = {"condition": "cidp", "situation": "maintenance"}


def next_answer(shown: Shown, turn: int) -> WidgetState:
    """Return another answer to the question of the way: it changes figures, verdicts and the address."""
    question = next(box for box in shown.of("selectbox") if any("minutes" in option_text(o) for o in box.options))
    return WidgetState(id=question.id, string_value=option_text(question.options[turn % len(question.options)]))


async def asked(visitor: Session) -> Shown:
    """Open a page and bring the question of the way onto it; a blank app asks without a popover."""
    shown = await visitor.open(PLAIN)
    return await visitor.tap(LIFE) if shown.boxes else shown


def settled(page: Page) -> None:
    """Wait until no run of the app is under way."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=120_000)


def opened(page: Page, address: str) -> None:
    """Open an address and wait for the comparison."""
    page.goto(address)
    expect(page.locator(COMPARISON)).to_be_visible(timeout=120_000)
    settled(page)


def as_query(said: dict[str, str]) -> str:
    """Return what was said as an address holds it."""
    return urlencode(said)


def answer_something(page: Page) -> None:
    """Give an answer that the address shows, and wait for it."""
    show_veins(page)
    veins(page, 0).click()
    page.wait_for_url(re.compile("veins=poor"))
    settled(page)


def show_veins(page: Page) -> None:
    """Bring the question about veins onto the screen; it stands in a popover of the comparison."""
    radio = page.get_by_test_id("stRadio").filter(has_text=re.compile("veins", re.IGNORECASE)).first
    button = page.get_by_role("button", name=LIFE).first
    expect(radio.or_(button).first).to_be_visible(timeout=30_000)
    if not radio.is_visible():
        button.click()
    expect(radio).to_be_visible()


def veins(page: Page, turn: int) -> Locator:
    """Return the answer about veins that is not chosen now: it changes a verdict."""
    radio = page.get_by_test_id("stRadio").filter(has_text=re.compile("veins", re.IGNORECASE)).first
    return radio.locator("label:has(input)").nth(1 - turn % 2)


def query(page: Page) -> dict[str, str]:
    """Return the query of the address."""
    return {key: values[-1] for key, values in parse_qs(urlsplit(page.url).query).items()}


def columns(page: Page) -> list[list[str]]:
    """Return name and verdict of each column of the comparison."""
    return page.locator(f"{COMPARISON} thead th").evaluate_all(
        "heads => heads.map(head => [head.querySelector('.name').textContent,"
        " head.querySelector('.verdict b').textContent])"
    )


def figures(page: Page) -> list[str]:
    """Return the figures of the comparison."""
    return page.locator(f"{COMPARISON} .headline").all_text_contents()
