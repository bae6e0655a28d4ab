"""Popovers are drawn when they are open; what is answered in them stays when they are closed."""

from __future__ import annotations

import pytest
from page_reading import POPOVERS, address, chips, columns, figures, tap, widget

EVERYTHING = {
    "condition": "cidp",
    "situation": "maintenance",
    "travel_minutes": "120",
    "needles": "anxious",
    "hours_per_month": "6",
    "budget_per_year": "20000",
    "price.ivig": "61",
    "prices": "canada",
    "ig_supply": "critical",
    "show": "ivig,plasma_exchange",
    "first": "cost,time",
    "hide": "supply",
    "view": "numbers",
    "frame": "happens_not",
    "detail": "clinical",
}
BODY = {"health": "migraine", "age_group": "adult", "weight_kg": "81"}
KINDS = ("radio", "number_input", "checkbox", "toggle", "button_group", "selectbox")


def drawn(at) -> int:
    """Return the number of fields on the page."""
    return sum(len(at.get(kind)) for kind in KINDS)


def test_what_a_link_says_is_kept_without_its_widgets(open_page):
    opened, closed = open_page({**EVERYTHING, **BODY}), open_page({**EVERYTHING, **BODY}, closed=POPOVERS)
    assert drawn(closed) < drawn(opened) / 3
    for at in (closed, closed.run(), closed.run()):
        assert address(at) == address(opened) == EVERYTHING
        assert chips(at) == chips(opened)
        assert columns(at) == columns(opened)
        assert figures(at) == figures(opened)


def test_words_nobody_knows_leave_the_address_without_the_widgets(open_page):
    at = open_page({"condition": "cidp", "situation": "maintenance", "show": "ivig,colour,scig"}, closed=POPOVERS)
    assert address(at)["show"] == "ivig,scig"


@pytest.mark.parametrize("popover", POPOVERS)
def test_each_is_empty_until_it_is_opened(open_page, popover):
    closed = open_page(EVERYTHING, closed=POPOVERS).run()
    opened = open_page(EVERYTHING, closed=set(POPOVERS) - {popover}).run()
    count = {at: sum(1 for _ in at.main) for at in (closed, opened)}
    assert count[opened] > count[closed]
    assert sum(1 for _ in tap(closed, popover).run().main) == count[opened]


@pytest.mark.parametrize(
    ("popover", "kind", "label", "value", "key", "said"),
    [
        ("limits-life", "radio", "field.veins", "poor", "veins", "poor"),
        ("limits-life", "number_input", "field.hours_per_month", 9.0, "hours_per_month", "9"),
        ("limits-cost", "number_input", "field.budget_per_year", 9000.0, "budget_per_year", "9000"),
        ("limits-supply", "radio", "field.ig_supply", "tight", "ig_supply", "tight"),
        ("columns", "toggle", "columns.all", True, "all", "yes"),
    ],
)
def test_an_answer_just_before_closing_is_kept(open_page, words, popover, kind, label, value, key, said):
    at = open_page({"condition": "cidp", "situation": "maintenance"}, closed=set(POPOVERS) - {popover})
    widget(at, kind, words(label)).set_value(value)
    tap(at, popover, open=False).run()  # the browser sends both at once
    assert address(at)[key] == said
    with_it = drawn(at)
    assert drawn(at.run()) < with_it
    assert address(at)[key] == said
    tap(at, popover).run()
    assert widget(at, kind, words(label)).value == value


def test_the_browser_holds_what_was_said_about_a_body_and_asks_for_it_in_the_first_run(open_page, words):
    """It stands in no address: if the server dies, the widgets of the open page bring it to the next one."""
    label = words("field.health")
    asked = lambda at: [one.label for one in at.get("button_group")].count(label)  # noqa: E731
    healthy, ill = open_page(EVERYTHING, closed=POPOVERS), open_page({**EVERYTHING, **BODY}, closed=POPOVERS)
    assert (asked(healthy), asked(ill)) == (1, 1)
    assert (asked(healthy.run()), asked(ill.run())) == (0, 1)


def test_what_is_changed_elsewhere_is_shown_when_it_is_opened_again(open_page, words):
    at = open_page(EVERYTHING, closed=set(POPOVERS) - {"limits-life"})
    assert widget(at, "radio", words("field.needles")).value == "anxious"
    tap(at, "limits-life", open=False).run()
    next(button for button in at.button if str(button.key).startswith("chip-needles")).click().run()
    tap(at, "limits-life").run()
    assert widget(at, "radio", words("field.needles")).value == "ok"
