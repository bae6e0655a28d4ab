"""What the person told us: strict in Python, lenient from a URL, the same value either way."""

import pytest
import tiny
from hypothesis import given
from hypothesis import strategies as st

from decision.scenario import (
    BODY_KEYS,
    CHOICES,
    CRITERIA,
    DEFAULT_WEIGHT,
    HEALTH,
    NUMBERS,
    OPTIONS,
    Scenario,
    read,
)

AGES = {"cidp": "adult", "itp_child": "child", "kawasaki": "child", "scid_combined": "infant"}
KNOWN = tiny.tables(
    conditions=[tiny.condition(name, n, default_age_group=age) for n, (name, age) in enumerate(AGES.items())],
    situations=[tiny.situation(name, of, n) for of in AGES for n, name in enumerate(("first", "later"))],
)

# ---------------------------------------------------------------- strict


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ({"needles": "afraid"}, "needles: 'afraid' is not one of ok, anxious, severe_fear"),
        ({"age_group": ""}, "age_group: '' is not one of adult, older_adult, child, infant"),
        ({"health": "diabetes,tall"}, r"health: \['tall'\] not known; use thrombosis_risk, kidney_disease"),
        ({"health": ("tall",)}, r"health: \['tall'\]"),
        ({"weight_kg": 1}, "weight_kg: 1 is not a number from 2 to 250"),
        ({"weight_kg": None}, "weight_kg: None is not a number from 2 to 250"),
        ({"weight_kg": "70"}, "weight_kg: '70' is not a number"),
        ({"weight_kg": True}, "weight_kg: True is not a number"),
        ({"weight_kg": float("nan")}, "weight_kg: nan is not a number"),
        ({"travel_minutes": 601}, "travel_minutes: 601 is not a number from 0 to 600"),
        ({"hours_per_month": -1}, "hours_per_month: -1 is not a number from 0 to 744"),
        ({"budget_per_year": float("inf")}, "budget_per_year: inf is not a number"),
        ({"own_prices": {"tea": 3}}, "own_prices: 'tea' is not one of ivig, scig"),
        ({"own_prices": {"ivig": -3}}, r"own_prices\[ivig\]: -3 is not a number from 0"),
        ({"weights": {"luck": 3}}, "weights: 'luck' is not one of benefit, speed"),
        ({"weights": {"cost": 11}}, r"weights\[cost\]: 11 is not a number from 0 to 10"),
    ],
)
def test_python_says_which_key_is_wrong_and_what_is_allowed(said, message):
    with pytest.raises(ValueError, match=message):
        Scenario("cidp", "first", **said)


def test_flags_stand_in_one_order_once():
    assert Scenario("cidp", "first", health="seizures, diabetes,seizures").health == ("diabetes", "seizures")


def test_equal_scenarios_are_one_key():
    one = Scenario("cidp", "first", health=("seizures", "diabetes"), weight_kg=70.0, weights={"cost": 1, "speed": 2})
    two = Scenario("cidp", "first", health="diabetes,seizures", weight_kg=70, weights={"speed": 2, "cost": 1})
    assert one == two
    assert len({one, two, Scenario("cidp", "first")}) == 2


def test_a_scenario_never_changes():
    prices = {"ivig": 80.0}
    scenario = Scenario("cidp", "first", own_prices=prices)
    prices["ivig"] = 1.0
    assert scenario.own_prices == {"ivig": 80.0}
    with pytest.raises(TypeError):
        scenario.own_prices["ivig"] = 2.0
    with pytest.raises(AttributeError):
        scenario.veins = "poor"


# ---------------------------------------------------------------- lenient


@pytest.mark.parametrize(
    ("pairs", "kept", "notice"),
    [
        ({"needles": "afraid"}, {"needles": "ok"}, "“afraid” is not known for needles. It was left out."),
        ({"condition": "gout"}, {"condition": "cidp"}, "“gout” is not known for condition. It was left out."),
        ({"situation": "soon"}, {"situation": "first"}, "“soon” is not known for where you are. It was left out."),
        ({"shoe_size": "44"}, {}, "“shoe_size” is not something this page knows. It was left out."),
        ({"price.tea": "3"}, {"own_prices": {}}, "“price.tea” is not something this page knows. It was left out."),
        ({"w.luck": "3"}, {"weights": {}}, "“w.luck” is not something this page knows. It was left out."),
        ({"health": "tall,diabetes"}, {"health": ("diabetes",)}, "“tall” is not a health point this page knows."),
        ({"weight_kg": "heavy"}, {"weight_kg": 70}, "“heavy” is not a number for weight kg. It was left out."),
        ({"weight_kg": "nan"}, {"weight_kg": 70}, "“nan” is not a number for weight kg. It was left out."),
        ({"weight_kg": "1"}, {"weight_kg": 2}, "1 is out of range for weight kg. 2 is used instead."),
        ({"weight_kg": "inf"}, {"weight_kg": 250}, "inf is out of range for weight kg. 250 is used instead."),
        ({"travel_minutes": "-5"}, {"travel_minutes": 0}, "-5 is out of range for travel minutes. 0 is used"),
        ({"hours_per_month": "800"}, {"hours_per_month": 744}, "800 is out of range for hours per month."),
        ({"price.ivig": "-1"}, {"own_prices": {"ivig": 0}}, "-1 is out of range for price.ivig. 0 is used instead."),
        ({"w.cost": "11"}, {"weights": {"cost": 10}}, "11 is out of range for w.cost. 10 is used instead."),
        ({"x" * 90: "1"}, {}, "“" + "x" * 39 + "…” is not something this page knows."),
    ],
)
def test_what_cannot_be_used_is_named_and_nothing_else_is_lost(pairs, kept, notice):
    scenario, notices = read({"veins": "poor", **pairs}, KNOWN)
    assert [notice in said for said in notices] == [True]
    assert {key: getattr(scenario, key) for key in kept} == kept
    assert scenario.veins == "poor"


def test_each_thing_that_is_dropped_has_its_own_notice():
    pairs = {"a": "1", "needles": "x", "health": "y,z,diabetes", "weight_kg": "999", "w.cost": "much"}
    _, notices = read(pairs, KNOWN)
    assert len(notices) == 6


@pytest.mark.parametrize("pairs", [{}, {"weight_kg": ""}, {"condition": "  "}, {"health": ","}, {"needles": " ok "}])
def test_what_says_nothing_is_passed_over(pairs):
    assert read(pairs, KNOWN) == (Scenario("cidp", "first"), ())


@pytest.mark.parametrize("condition", AGES)
def test_age_and_weight_follow_the_condition(condition):
    scenario, _ = read({"condition": condition}, KNOWN)
    assert scenario.age_group == AGES[condition]
    assert scenario.weight_kg == {"adult": 70, "child": 20, "infant": 6}[AGES[condition]]


@pytest.mark.parametrize(("age_group", "weight"), [("adult", 70), ("older_adult", 70), ("child", 20), ("infant", 6)])
def test_weight_follows_the_age_that_was_said(age_group, weight):
    assert read({"condition": "kawasaki", "age_group": age_group}, KNOWN)[0].weight_kg == weight


def test_an_age_that_is_not_known_falls_back_to_that_of_the_condition():
    scenario, notices = read({"condition": "scid_combined", "age_group": "old"}, KNOWN)
    assert (scenario.age_group, scenario.weight_kg, len(notices)) == ("infant", 6, 1)


@pytest.mark.parametrize(
    ("condition", "age_group", "kept"),
    [
        ("cidp", "adult", True),
        ("cidp", "older_adult", True),
        ("cidp", "child", True),
        ("cidp", "infant", False),
        ("scid_combined", "infant", False),
        ("scid_combined", "adult", False),
        ("kawasaki", "child", False),
        ("kawasaki", "adult", False),
        ("itp_child", "child", True),
        ("itp_child", "adult", False),
        ("itp_child", "infant", False),
    ],
)
@pytest.mark.parametrize("pregnancy", CHOICES["pregnancy"][1:])
def test_pregnancy_is_that_of_the_person_treated(condition, age_group, pregnancy, kept):
    scenario, notices = read({"condition": condition, "age_group": age_group, "pregnancy": pregnancy}, KNOWN)
    assert scenario.pregnancy == (pregnancy if kept else "no")
    assert len(notices) == (0 if kept else 1)


KEYS = st.one_of(
    st.sampled_from(
        ["condition", "situation", "health", *CHOICES, *NUMBERS]
        + [f"price.{option}" for option in OPTIONS]
        + [f"w.{criterion}" for criterion in CRITERIA]
    ),
    st.text(max_size=50),
)
VALUES = st.one_of(
    st.text(max_size=50),
    st.sampled_from([value for values in CHOICES.values() for value in values]),
    st.lists(st.sampled_from(HEALTH)).map(",".join),
    st.floats().map(str),
    st.integers().map(str),
)


@given(st.dictionaries(KEYS, VALUES, max_size=12))
def test_any_pairs_of_text_give_a_scenario_and_words(pairs):
    scenario, notices = read(pairs, KNOWN)
    assert scenario.condition in AGES
    assert scenario.situation in ("first", "later")
    assert all(isinstance(notice, str) and len(notice) < 160 for notice in notices)


@given(st.dictionaries(st.text(min_size=1, max_size=50), st.text(min_size=1, max_size=50), max_size=6))
def test_unknown_keys_change_nothing_but_the_notices(pairs):
    ours = {key: value for key, value in pairs.items() if key.isascii() is False}
    scenario, notices = read({"condition": "cidp", **ours}, KNOWN)
    assert scenario == Scenario("cidp", "first")
    assert len(notices) == sum(bool(value.strip()) for value in ours.values())


@given(st.dictionaries(KEYS, VALUES, max_size=12))
def test_what_was_read_is_read_again_without_a_word(pairs):
    scenario, _ = read(pairs, KNOWN)
    assert read(scenario.to_query(with_body=True), KNOWN) == (scenario, ())


# ------------------------------------------------------------------- the link

FULL = Scenario(
    "itp_child",
    "later",
    age_group="child",
    pregnancy="pregnant",
    weight_kg=33.5,
    health=("diabetes", "seizures"),
    needles="anxious",
    travel_minutes=95,
    hours_per_month=6,
    budget_per_year=1200,
    ig_supply="tight",
    own_prices={"ivig": 80.5},
    weights={"benefit": 9, "cost": 0},
)


def test_a_link_holds_what_differs_from_the_default():
    assert Scenario("cidp", "first").to_query() == {"condition": "cidp", "situation": "first"}
    assert FULL.to_query() == {
        "condition": "itp_child",
        "situation": "later",
        "needles": "anxious",
        "travel_minutes": "95",
        "hours_per_month": "6",
        "budget_per_year": "1200",
        "ig_supply": "tight",
        "price.ivig": "80.5",
        "w.benefit": "9",
        "w.cost": "0",
    }


def test_what_says_something_about_a_body_is_in_a_link_only_when_asked_for():
    assert not set(BODY_KEYS) & set(FULL.to_query())
    body = {key: value for key, value in FULL.to_query(with_body=True).items() if key in BODY_KEYS}
    assert body == {
        "age_group": "child",
        "pregnancy": "pregnant",
        "weight_kg": "33.5",
        "health": "diabetes,seizures",
    }


def test_a_link_with_the_body_brings_everything_back():
    assert read(FULL.to_query(with_body=True), KNOWN) == (FULL, ())


def test_a_link_without_the_body_brings_back_the_rest():
    scenario, notices = read(FULL.to_query(), KNOWN)
    assert notices == ()
    assert (scenario.age_group, scenario.weight_kg, scenario.health) == ("child", DEFAULT_WEIGHT["child"], ())
    assert scenario.to_query() == FULL.to_query()


def test_the_json_of_a_scenario_holds_every_key_of_the_contract():
    keys = ["condition", "situation", "health", *NUMBERS, *CHOICES]
    keys += [f"price.{option}" for option in OPTIONS] + [f"w.{criterion}" for criterion in CRITERIA]
    said = FULL.as_json()
    assert sorted(said) == sorted(keys)
    assert (said["health"], said["price.ivig"], said["price.scig"]) == ("diabetes,seizures", 80.5, None)
    assert (said["w.cost"], said["w.time"], said["hours_per_month"]) == (0, None, 6)
