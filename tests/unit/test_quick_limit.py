"""Limits of one tap: offered only where they change something, and they never take back what was said."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from people import facts, offered_to, places, shipped

from decision import Scenario, compare
from decision.quick_limit import MOST_OFFERED, taken
from decision.rows import QuickLimit
from decision.scenario import CHOICES, HEALTH, NUMBERS, read

LIMITS = {row.quick_limit: row for row in shipped().quick_limits}
PLACES = sorted(shipped().roles)


def someone(where: tuple[str, str], **said) -> Scenario:
    """Return the scenario of a person who has said this and nothing more."""
    query = {"condition": where[0], "situation": where[1], **{key: str(value) for key, value in said.items()}}
    return read(query, shipped())[0]


def after(row: QuickLimit, scenario: Scenario) -> tuple[Scenario, tuple[str, ...]]:
    """Return the scenario once the limit is taken over, with the notices."""
    return read({**scenario.to_query(with_body=True), row.key: taken(row, scenario)}, shipped())


def reasons(scenario: Scenario) -> list[object]:
    return [result.screened for result in compare(shipped(), scenario).options]


@pytest.mark.parametrize("row", LIMITS.values(), ids=LIMITS)
def test_each_limit_is_a_value_that_a_scenario_takes(row):
    allowed = HEALTH if row.key == "health" else CHOICES.get(row.key, ())
    if row.key in NUMBERS:
        low, high = NUMBERS[row.key]
        assert low < float(row.value) <= high
        per = 60 if row.key == "travel_minutes" else 1
        assert float(row.value) / per in [float(n) for n in re.findall(r"\d+", row.text)], "the text names the value"
    else:
        assert row.value in allowed
        assert row.value != allowed[0] or row.key == "health", "the default is no limit"


@pytest.mark.parametrize("place", PLACES, ids="-".join)
def test_what_is_offered_changes_a_verdict_or_a_reason(place):
    scenario = someone(place)
    found = offered_to(shipped(), scenario)
    assert found, "there is always something to tap"
    before = reasons(scenario)
    idle = [row.quick_limit for row in found if reasons(after(row, scenario)[0]) == before]
    assert idle == []


@given(place=places(), said=facts())
def test_any_person_is_offered_only_what_was_not_said(place, said):
    scenario = Scenario(*place, **said)
    found = offered_to(shipped(), scenario)
    assert len(found) <= MOST_OFFERED
    assert [row.position for row in found] == sorted({row.position for row in found})
    default = Scenario(*place)
    for row in found:
        if row.key == "health":
            assert row.value not in scenario.health
        else:
            assert getattr(scenario, row.key) == getattr(default, row.key), "what was said is never overwritten"


@given(place=places(), said=facts())
@settings(max_examples=30)
def test_taking_a_limit_says_that_and_nothing_else_and_taking_it_back_undoes_it(place, said):
    scenario, _ = read(Scenario(*place, **said).to_query(with_body=True), shipped())
    for row in offered_to(shipped(), scenario):
        new, notices = after(row, scenario)
        assert notices == ()
        given_now = getattr(new, row.key)
        if row.key == "health":
            assert set(given_now) == {*scenario.health, row.value}
        else:
            assert str(given_now) == row.value or float(given_now) == float(row.value)
        assert replace(new, **{row.key: getattr(scenario, row.key)}) == scenario
        assert row not in offered_to(shipped(), new), "nothing is offered twice"


@pytest.mark.parametrize(
    ("said", "not_offered"),
    [
        ({"ig_supply": "critical"}, "short_supply"),
        ({"travel_minutes": 240}, "far"),
        ({"travel_minutes": 60}, "far"),
        ({"needles": "severe_fear"}, "needle_fear"),
        ({"place": "home_only"}, "home"),
        ({"hours_per_month": 3}, "few_hours"),
        ({"apheresis": "by_transfer"}, "no_exchange"),
        ({"self_infusion": "with_helper"}, "no_self_infusion"),
    ],
    ids=str,
)
def test_a_stricter_or_another_answer_is_not_taken_back_by_a_tap(said, not_offered):
    place = ("cidp", "maintenance")
    assert not_offered in {row.quick_limit for row in offered_to(shipped(), someone(place))}
    assert not_offered not in {row.quick_limit for row in offered_to(shipped(), someone(place, **said))}
