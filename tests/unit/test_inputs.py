"""Whatever can be said in a link has a name and an answer in words."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import anyone, shipped

from decision import Scenario
from decision.inputs import answer, label
from decision.limit import minutes
from decision.scenario import CHOICES, CRITERIA, OPTIONS
from decision.wording import Words

WORDS = Words(shipped().phrases)
PLACES = sorted(shipped().roles)


@settings(max_examples=40)
@given(st.integers(0, 10**9))
def test_everything_in_a_link_can_be_said(seed):
    rng = Random(seed)
    scenario = anyone(rng, rng.choice(PLACES))
    said = {key: value for key, value in scenario.as_json().items() if key != "detail"}
    for key, value in said.items():
        assert label(key, shipped(), WORDS)
        shown = answer(key, value, scenario, shipped(), WORDS)
        assert shown
        assert (shown == WORDS("input.nothing")) == (value is None or value == "")


@pytest.mark.parametrize("key", [key for key in CHOICES if key != "detail"])
def test_the_values_of_a_choice_are_told_apart(key):
    scenario = Scenario("cidp", "maintenance")
    shown = [answer(key, value, scenario, shipped(), WORDS) for value in CHOICES[key]]
    assert len(set(shown)) == len(shown)


def test_inputs_are_told_apart():
    keys = ["condition", "situation", "health", "weight_kg", "travel_minutes", "hours_per_month", "budget_per_year"]
    keys += [key for key in CHOICES if key != "detail"]
    keys += [f"w.{name}" for name in CRITERIA] + [f"price.{name}" for name in OPTIONS]
    names = [label(key, shipped(), WORDS) for key in keys]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize(
    ("count", "shown"),
    [(0, "0 minutes"), (45, "45 minutes"), (60, "1 hour"), (90, "1 h 30 min"), (120, "2 hours"), (600, "10 hours")],
)
def test_minutes(count, shown):
    assert minutes(count, WORDS) == shown


def test_money_is_in_the_money_of_the_scenario():
    scenario = Scenario("cidp", "maintenance", prices="uk")
    assert answer("budget_per_year", 60000, scenario, shipped(), WORDS) == "£60,000"
