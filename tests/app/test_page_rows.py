"""The rows of the comparison: hidden, put on top and put back by the person's own hand, and kept in the address."""

from __future__ import annotations

import pytest
from page_reading import address, document, expected, only, widget
from streamlit.testing.v1 import AppTest

from decision import summary
from decision.cells import questions

CIDP = {"condition": "cidp", "situation": "maintenance"}


@pytest.fixture
def names(catalogue) -> dict[str, str]:
    """Return the rows in the neutral order: id and question."""
    comparison = expected(CIDP, catalogue)
    return {row.id: row.text for row in questions(comparison, catalogue, summary.first_columns(comparison))}


def rows(at: AppTest) -> list[str]:
    """Return the questions of the table, in the order in which they stand there."""
    assert not at.exception
    return [(line.find("th").text or "").strip() for line in only(document(at), "compare").findall("tbody/tr")]


def box(at: AppTest, name: str):
    """Return the box that shows or hides a row."""
    return next(found for found in at.checkbox if str(found.key).partition("~")[0].endswith(f"-maintenance-{name}"))


def button(at: AppTest, key: str):
    return next(found for found in at.button if found.key == key)


def test_the_order_is_neutral_until_a_person_changes_it(open_page, names, words):
    at = open_page(CIDP)
    assert rows(at) == list(names.values())
    assert button(at, "rows-back").disabled
    assert words("rows.rule") in [caption.value for caption in at.caption], "the rule is printed"


def test_a_row_is_hidden_and_shown_again(open_page, names):
    at = open_page(CIDP)
    box(at, "cost").uncheck().run()
    assert rows(at) == [question for name, question in names.items() if name != "cost"]
    assert address(at) == {**CIDP, "hide": "cost"}
    box(at, "time").uncheck().run()
    assert at.query_params["hide"] == "time,cost"
    box(at, "cost").check().run()
    assert rows(at) == [question for name, question in names.items() if name != "time"]
    box(at, "time").check().run()
    assert address(at) == CIDP
    assert rows(at) == list(names.values())


def test_to_the_top_and_again_to_the_top(open_page, names):
    at = open_page(CIDP)
    button(at, "up-cost").click().run()
    button(at, "up-time").click().run()
    assert address(at) == {**CIDP, "first": "time,cost"}
    others = [question for name, question in names.items() if name not in ("time", "cost")]
    assert rows(at) == [names["time"], names["cost"], *others]
    button(at, "up-cost").click().run()
    assert rows(at) == [names["cost"], names["time"], *others]


def test_what_matters_most_stands_first_in_the_order_of_the_taps(open_page, names, words):
    at = open_page(CIDP)
    pills = words("rows.matter.hint")
    widget(at, "pills", pills).set_value(["supply"]).run()
    widget(at, "pills", pills).set_value(["supply", "onset"]).run()
    others = [question for name, question in names.items() if name not in ("supply", "onset")]
    assert rows(at) == [names["supply"], names["onset"], *others]
    assert at.query_params["first"] == "supply,onset"
    widget(at, "pills", pills).set_value(["onset"]).run()
    assert rows(at)[0] == names["onset"]
    widget(at, "pills", pills).set_value([]).run()
    assert rows(at) == list(names.values())
    assert address(at) == CIDP


def test_all_is_put_back_with_one_tap(open_page, names, words):
    at = open_page({**CIDP, "first": "cost,onset", "hide": "time,sure", "ig_supply": "tight"})
    assert rows(at)[:2] == [names["cost"], names["onset"]]
    assert len(rows(at)) == len(names) - 2
    button(at, "rows-back").click().run()
    assert rows(at) == list(names.values())
    assert address(at) == {**CIDP, "ig_supply": "tight"}, "and nothing else is lost"
    assert button(at, "rows-back").disabled
    assert all(found.value for found in at.checkbox if str(found.key).startswith("seen-"))
    assert widget(at, "pills", words("rows.matter.hint")).value == []


def test_every_row_can_be_hidden_and_there_is_a_way_back(open_page, names):
    at = open_page(CIDP)
    for name in names:
        box(at, name).uncheck()
    at.run()
    assert rows(at) == []
    button(at, "rows-back").click().run()
    assert rows(at) == list(names.values())


def test_a_link_brings_the_order_back(open_page, names, words):
    said = {**CIDP, "first": "cost,onset", "hide": "time"}
    at = open_page(said)
    assert address(at) == said
    assert not box(at, "time").value
    assert widget(at, "pills", words("rows.matter.hint")).value == ["cost", "onset"]
    assert rows(open_page(dict(at.query_params))) == rows(at)


def test_the_order_stays_when_something_else_changes(open_page, names, words):
    at = open_page({**CIDP, "first": "cost", "hide": "time"})
    before = rows(at)
    widget(at, "radio", words("field.ig_supply")).set_value("critical").run()
    widget(at, "button_group", words("frame.title")).set_value("happens_not").run()
    next(found for found in at.checkbox if str(found.key).startswith("show-")).uncheck().run()
    assert rows(at) == before
    at.switch_page("decision/ui/pages/plan.py").run()
    at.switch_page("decision/ui/pages/compare.py").run()
    assert rows(at) == before
    assert at.query_params["first"] == "cost"
    assert at.query_params["hide"] == "time"


@pytest.mark.parametrize(
    ("key", "value", "left"),
    [
        ("first", "nothing,cost,cost,", "cost"),
        ("first", "COST", None),
        ("first", "cost;time", None),
        ("hide", "time,nowhere,time", "time"),
        ("hide", ",,,", None),
        ("hide", "*", None),
    ],
)
def test_rows_that_are_none_are_passed_over(open_page, names, key, value, left):
    at = open_page({**CIDP, key: value})
    assert at.query_params.get(key) == left
    found = rows(at)
    assert set(found) <= set(names.values())
    assert len(found) == len(set(found)) == len(names) - (left is not None and key == "hide")
