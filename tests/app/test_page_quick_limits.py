"""A limit of one tap: it says what it says, becomes a chip, and comes back when the chip is taken away."""

from __future__ import annotations

import pytest
from page_reading import address, chips, columns, document, expected, text, used, widget
from people import offered_to
from streamlit.testing.v1 import AppTest

from decision import limit, load_catalogue
from decision.quick_limit import taken
from decision.scenario import BODY_KEYS, read
from decision.ui.path import PAGE

CATALOGUE = load_catalogue()
LIMITS = {row.quick_limit: row for row in CATALOGUE.quick_limits}
PLACE = {"condition": "cidp", "situation": "maintenance"}
KINDS = {"travel_minutes": "selectbox", "hours_per_month": "number_input", "health": "button_group"}


def quick(at: AppTest) -> list[str]:
    """Return which limits are offered, in the order of the page."""
    return [str(button.key).removeprefix("quick-") for button in at.button if str(button.key).startswith("quick-")]


def tap(at: AppTest, key: str) -> None:
    next(button for button in at.button if button.key == key).click().run()
    assert not at.exception


def before(name: str) -> dict[str, str]:
    """Return what must have been said for a limit to be offered: only so many stand on the page at a time."""
    said = dict(PLACE)
    while True:
        scenario, _ = read(said, CATALOGUE)
        found = offered_to(CATALOGUE, scenario)
        if name in [row.quick_limit for row in found]:
            return said
        said[found[0].key] = taken(found[0], scenario)


@pytest.fixture(scope="module")
def session(open_page) -> AppTest:
    """Return one session of the first step for all places; a link opened in it replaces what was said before."""
    return open_page().switch_page(PAGE["situation"]).run()


@pytest.mark.parametrize("name", LIMITS)
def test_a_limit_is_taken_over_becomes_a_chip_and_comes_back(open_page, catalogue, words, name):
    row, said = LIMITS[name], before(name)
    at = open_page({**said, "all": "yes"})
    former_chips, former_offer = chips(at), quick(at)
    former_verdicts, former_address = columns(at), address(at)
    assert next(b for b in at.button if b.key == f"quick-{name}").label == f"+ {row.text}"
    tap(at, f"quick-{name}")

    now = {**said, row.key: taken(row, read(said, catalogue)[0])}
    comparison = expected(now, catalogue)
    assert columns(at) == used(comparison, words), "it counts"
    assert name not in quick(at), "and is not offered twice"
    (new,) = set(chips(at)) - set(former_chips)
    keys = [key for key in now if key not in PLACE]
    told = {one.text: one for one in limit.said(keys, comparison.scenario, catalogue)}
    assert told[new.removesuffix(" ✕")].key == row.key
    if row.key in BODY_KEYS:
        assert address(at) == former_address, "a body is never in the address"
    else:
        assert at.query_params[row.key] == row.value
    shown = widget(at, KINDS.get(row.key, "radio"), words(f"field.{row.key}")).value
    assert row.value in shown if row.key == "health" else str(shown).removesuffix(".0") == row.value

    tap(at, f"chip-{row.key}-{row.value if row.key == 'health' else ''}")
    assert quick(at) == former_offer
    assert chips(at) == former_chips
    assert columns(at) == former_verdicts
    assert address(at) == former_address


@pytest.mark.parametrize("place", list(CATALOGUE.roles), ids="-".join)
def test_what_the_page_offers_is_what_can_change_something(session, catalogue, place):
    at = session
    at.query_params.clear()
    at.query_params.update(dict(zip(("condition", "situation"), place, strict=True)))
    at.run()
    assert not at.exception
    scenario, _ = read(dict(at.query_params), catalogue)
    assert quick(at) == [row.quick_limit for row in offered_to(catalogue, scenario)]


def test_three_taps_are_three_limits(open_page, catalogue, words):
    at = open_page({**PLACE, "all": "yes"})
    for name in ("far", "short_supply", "poor_veins"):
        tap(at, f"quick-{name}")
    said = {**PLACE, "travel_minutes": "120", "ig_supply": "tight", "veins": "poor"}
    assert address(at) == {**said, "all": "yes"}
    assert columns(at) == used(expected(said, catalogue), words)
    assert len(chips(at)) == 3


def test_a_stronger_answer_is_not_offered_away(open_page):
    at = open_page({**PLACE, "ig_supply": "critical", "travel_minutes": "240", "needles": "severe_fear"})
    assert not {"short_supply", "far", "needle_fear"} & set(quick(at))


def test_a_limit_taken_on_step_1_is_there_on_the_other_pages(open_page, catalogue, words):
    at = open_page(PLACE)
    at.switch_page(PAGE["situation"]).run()
    tap(at, "quick-no_exchange")
    at.switch_page(PAGE["options"]).run()
    ruled = expected({**PLACE, "apheresis": "none"}, catalogue).option("plasma_exchange")
    assert ruled.verdict == "not_suitable"
    assert " ".join(ruled.screened.reasons[0].text.split()) in text(document(at))
