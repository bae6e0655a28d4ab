"""What limits me: widgets, chips and the address are one and the same scenario."""

from __future__ import annotations

import json

import pytest
from page_reading import (
    address,
    chips,
    columns,
    document,
    expected,
    fill,
    having,
    listed_out,
    notices,
    only,
    out,
    tap,
    text,
    used,
    widget,
)

from decision import export
from decision.scenario import BODY_KEYS

STORY = {"condition": "cidp", "situation": "maintenance", "travel_minutes": "120", "ig_supply": "critical"}


def test_the_story_with_widgets(open_page, catalogue, words):
    at = open_page()
    widget(at, "selectbox", words("pick.condition")).set_value("cidp").run()
    widget(at, "selectbox", words("pick.situation")).set_value("maintenance").run()
    widget(at, "selectbox", words("field.travel_minutes")).set_value(120).run()
    widget(at, "radio", words("field.ig_supply")).set_value("critical").run()
    widget(at, "toggle", words("columns.all")).set_value(True).run()
    assert not at.exception
    assert address(at) == {**STORY, "all": "yes"}
    comparison = expected(STORY, catalogue)
    assert columns(at) == used(comparison, words)
    assert listed_out(at) == out(comparison)
    assert len(chips(at)) == 2


def test_a_link_sets_the_scenario(open_page, catalogue, words):
    at = open_page({**STORY, "all": "yes"})
    assert not at.exception
    assert not notices(at)
    assert widget(at, "selectbox", words("pick.condition")).value == "cidp"
    assert widget(at, "selectbox", words("pick.situation")).value == "maintenance"
    assert widget(at, "selectbox", words("field.travel_minutes")).value == 120
    assert widget(at, "radio", words("field.ig_supply")).value == "critical"
    assert address(at) == {**STORY, "all": "yes"}
    assert columns(at) == used(expected(STORY, catalogue), words)
    minutes = words("row.time.note", minutes="120")
    assert minutes in text(only(document(at), "compare"))


def test_what_cannot_be_used_is_named_and_nothing_else_is_lost(open_page, catalogue, words):
    wrong = {"colour": "blue", "veins": "purple", "hours_per_month": "many", "health": "migraine,tired"}
    at = open_page({**STORY, **wrong, "all": "yes"})
    assert not at.exception
    named = expected({**STORY, **wrong}, catalogue).notices
    assert len(named) == 4
    assert notices(at) == list(named)
    for wrong_text in ("colour", "purple", "many", "tired"):
        assert sum(wrong_text in notice for notice in notices(at)) == 1
    assert columns(at) == used(expected({**STORY, "health": "migraine"}, catalogue), words)
    assert address(at) == {**STORY, "all": "yes"}
    assert [words("health.migraine") in label for label in chips(at)].count(True) == 1


def test_a_number_out_of_range_is_clamped_and_named(open_page, catalogue, words):
    at = open_page({**STORY, "travel_minutes": "9999"})
    assert len(notices(at)) == 1
    assert "9999" in notices(at)[0]
    assert at.query_params["travel_minutes"] == "600"


def test_what_is_said_about_a_body_counts_but_leaves_the_address(open_page, catalogue, words):
    body = {
        "health": "thrombosis_risk,diabetes",
        "pregnancy": "pregnant",
        "age_group": "older_adult",
        "weight_kg": "81",
    }
    assert set(body) == set(BODY_KEYS)
    at = open_page({**STORY, **body, "all": "yes"})
    assert not at.exception
    assert columns(at) == used(expected({**STORY, **body}, catalogue), words)
    assert columns(at) != used(expected(STORY, catalogue), words)
    assert address(at) == {**STORY, "all": "yes"}
    assert len(chips(at)) == 2 + 5
    widget(at, "radio", words("field.veins")).set_value("poor").run()
    said = {**STORY, **body, "veins": "poor"}
    assert columns(at) == used(expected(said, catalogue), words), "the body is kept for the session"
    assert not set(at.query_params) & set(BODY_KEYS)


def test_the_link_carries_the_body_only_when_asked(open_page, words):
    at = open_page({**STORY, "health": "diabetes", "weight_kg": "81"})
    assert not at.code, "what copies an address is large: it comes when it is opened"
    tap(at, "link").run()
    link = at.code[0].value
    assert link.startswith("?")
    assert "travel_minutes=120" in link
    assert "diabetes" not in link
    assert "81" not in link
    widget(at, "checkbox", words("take.body")).check().run()
    assert "health=diabetes" in at.code[0].value
    assert "weight_kg=81" in at.code[0].value
    assert words("take.body.warn") in [caption.value for caption in at.caption]
    assert not set(at.query_params) & set(BODY_KEYS)


def test_widgets_for_the_body_never_write_the_address(open_page, catalogue, words):
    at = open_page(STORY)
    widget(at, "button_group", words("field.health")).set_value(["diabetes"]).run()
    widget(at, "radio", words("field.pregnancy")).set_value("pregnant").run()
    widget(at, "radio", words("field.age_group")).set_value("older_adult").run()
    widget(at, "number_input", words("field.weight_kg")).set_value(55).run()
    assert not at.exception
    assert address(at) == STORY
    widget(at, "toggle", words("columns.all")).set_value(True).run()
    body = {"health": "diabetes", "pregnancy": "pregnant", "age_group": "older_adult", "weight_kg": "55"}
    assert columns(at) == used(expected({**STORY, **body}, catalogue), words)


def test_another_condition_starts_with_its_own_situation(open_page, catalogue, words):
    at = open_page({**STORY, "show": "ivig,scig"})
    widget(at, "selectbox", words("pick.condition")).set_value("gbs").run()
    assert not at.exception
    assert not at.error
    first = catalogue.situation_ids("gbs")[0]
    assert widget(at, "selectbox", words("pick.situation")).value == first
    assert address(at) == {**STORY, "condition": "gbs", "situation": first}
    widget(at, "selectbox", words("pick.condition")).set_value("cidp").run()
    assert at.query_params["situation"] == catalogue.situation_ids("cidp")[0]


def test_a_chip_takes_its_limit_back(open_page, catalogue, words):
    said = {**STORY, "health": "diabetes,migraine", "budget_per_year": "20000", "price.ivig": "50"}
    at = open_page({**said, "all": "yes"})
    everything = chips(at)
    assert len(everything) == 6
    for key, value in (("travel_minutes", ""), ("health", "migraine"), ("price.ivig", ""), ("budget_per_year", "")):
        before = chips(at)
        next(button for button in at.button if button.key == f"chip-{key}-{value}").click().run()
        assert not at.exception
        assert len(chips(at)) == len(before) - 1
        if value:
            said[key] = ",".join(flag for flag in said[key].split(",") if flag != value)
        else:
            del said[key]
        assert columns(at) == used(expected(said, catalogue), words)
    assert address(at) == {"condition": "cidp", "situation": "maintenance", "ig_supply": "critical", "all": "yes"}
    assert widget(at, "selectbox", words("field.travel_minutes")).value == 30
    assert widget(at, "button_group", words("field.health")).value == ["diabetes"]


def test_an_answer_that_is_the_default_leaves_the_address(open_page, words):
    at = open_page(STORY)
    widget(at, "selectbox", words("field.travel_minutes")).set_value(30).run()
    widget(at, "radio", words("field.ig_supply")).set_value("normal").run()
    assert address(at) == {"condition": "cidp", "situation": "maintenance"}
    assert not chips(at)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("travel_minutes", "12.5"),
        ("travel_minutes", "75"),
        ("hours_per_month", "7.25"),
        ("budget_per_year", "1234567"),
        ("budget_per_year", "25000.5"),
        ("price.ivig", "50"),
        ("price.ivig", "101.475"),
        ("price.fcrn_blocker", "17079.55"),
    ],
)
def test_a_number_from_a_link_is_kept_to_the_last_figure(open_page, key, value):
    at = open_page({"condition": "cidp", "situation": "maintenance", key: value})
    assert not at.exception
    assert not notices(at)
    assert float(at.query_params[key]) == float(value)


@pytest.mark.parametrize("price", [17079.55, 250.0, 0.0])
def test_a_price_of_ones_own_is_used_to_the_last_figure(open_page, catalogue, words, price):
    query = {"condition": "cidp", "situation": "maintenance"}
    at = open_page(query)
    comparison = expected(query, catalogue)
    option = comparison.option("fcrn_blocker").option
    unit = words(f"unit.{option.price_unit}")
    label = words("field.own_price", option=option.name, unit=unit)
    widget(at, "number_input", label).set_value(price).run()
    assert not at.exception
    assert float(at.query_params["price.fcrn_blocker"]) == price
    at.run()
    assert not at.exception, "the page still works after the next click"
    assert widget(at, "number_input", label).value == price
    assert open_page(dict(at.query_params)).query_params == at.query_params


@pytest.mark.parametrize(("age", "kilos"), [("child", 20.0), ("infant", 6.0), ("older_adult", 70.0)])
def test_the_weight_follows_the_age_until_a_weight_is_given(open_page, catalogue, words, age, kilos):
    """The default weight belongs to the age group: nobody asked for a child of 70 kg."""
    query = {"condition": "cidp", "situation": "maintenance"}
    at = open_page(query)
    widget(at, "radio", words("field.age_group")).set_value(age).run()
    assert not at.exception
    assert widget(at, "number_input", words("field.weight_kg")).value == kilos
    note = words("row.cost.note", weight=f"{kilos:g}", currency=words("currency.usd"))
    assert note in text(only(document(at), "compare"))


def test_a_weight_that_was_given_stays_when_the_age_changes(open_page, words):
    at = open_page({"condition": "cidp", "situation": "maintenance", "weight_kg": "33"})
    widget(at, "radio", words("field.age_group")).set_value("child").run()
    assert widget(at, "number_input", words("field.weight_kg")).value == 33


def test_another_condition_brings_its_own_age_group(open_page, tables, words):
    """In a copy of the tables GBS is an illness of children: to pick it must not keep the adult nobody chose."""
    fill(
        tables / "conditions.csv",
        "default_age_group",
        lambda row: "child" if row["condition"] == "gbs" else row["default_age_group"],
    )
    at = open_page({"condition": "cidp"})
    widget(at, "selectbox", words("pick.condition")).set_value("gbs").run()
    assert not at.exception
    assert widget(at, "radio", words("field.age_group")).value == "child"
    assert widget(at, "number_input", words("field.weight_kg")).value == 20
    assert not chips(at), "nobody said anything yet"


def test_only_what_can_change_something_is_asked(open_page, words):
    """The antibody of myasthenia is a question for myasthenia only."""
    at = open_page(STORY)
    labels = {radio.label for radio in at.radio}
    assert {words("field.age_group"), words("field.ig_supply"), words("field.apheresis")} <= labels
    assert words("field.mg_antibody") not in labels


def test_page_and_json_hold_the_same_figures(open_page, catalogue, words):
    """The download is made from what is shown: the verdict words on the page are those of the JSON."""
    at = open_page({**STORY, "all": "yes"})
    body = json.loads(json.dumps(export.as_json(expected(STORY, catalogue), catalogue)))
    shown = dict(columns(at))
    for option in body["options"]:
        if option["role"] != "not_used":
            assert shown[option["name"]] == words(f"verdict.{option['verdict']}")
    tap(at, "data").run()
    offered = [button.label for button in at.get("download_button")]
    assert offered == [words(f"take.{name}") for name in ("pdf", "csv", "json")]


def test_limits_that_rule_out_say_what_would_change_it(open_page, catalogue, words):
    query = {"condition": "cidp", "situation": "maintenance", "apheresis": "none", "place": "home_only"}
    at = open_page(query)
    comparison = expected(query, catalogue)
    ruled = [o for o in comparison.options if o.used and o.verdict == "not_suitable"]
    shown = [text(item) for item in having(document(at), "out")[0]]
    assert len(ruled) == len(shown)
    for option, line in zip(ruled, shown, strict=True):
        reason = option.screened.reasons[0]
        assert words(f"heading.{option.screened.heading}") in line
        assert " ".join((reason.changes_if or words("out.nothing")).split()) in line
