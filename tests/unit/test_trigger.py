"""When a row holds, and where."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.trigger import TriggerError, holds, parse, selects

SAID = {
    "needles": "severe_fear",
    "health": ("diabetes", "migraine"),
    "travel_minutes": 90,
    "hours_per_month": None,
    "igg": "4_to_6",
}


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        (None, True),
        ("needles=severe_fear", True),
        ("needles=anxious", False),
        ("needles=anxious|severe_fear", True),
        ("igg=4_to_6", True),
        ("health=diabetes", True),
        ("health=seizures", False),
        ("health=seizures|migraine", True),
        ("travel_minutes>=90", True),
        ("travel_minutes>=90.5", False),
        ("travel_minutes >= 60", True),
        ("hours_per_month>=0", False),
        ("not_a_key=1", False),
        ("needles=severe_fear and health=diabetes", True),
        ("needles=severe_fear and health=seizures", False),
        ("health=diabetes and health=migraine", True),
        ("health>=1", False),
        ("needles>=1", False),
    ],
)
def test_when(when, expected):
    assert holds(when, SAID) is expected


@pytest.mark.parametrize(
    "when",
    ["", "needles", "needles=", "=ok", "needles!=ok", "travel_minutes>90", "needles=ok and", "needles=ok or x=y"],
)
def test_a_trigger_that_cannot_be_read_says_how_to_write_it(when):
    with pytest.raises(TriggerError, match="write key=value"):
        parse(when)


@pytest.mark.parametrize("when", ["travel_minutes>=far", "travel_minutes>=1|2", "travel_minutes>=1.2.3"])
def test_a_floor_that_is_no_number_is_named(when):
    with pytest.raises(TriggerError, match="is not a number"):
        parse(when)


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ("*", True),
        ("", True),
        ("cidp", True),
        ("gbs", False),
        ("gbs;cidp", True),
        ("cidp/maintenance", True),
        ("cidp/first_treatment", False),
        ("*;!cidp", False),
        ("*;!gbs", True),
        ("!gbs", True),
        ("*;!cidp/maintenance", False),
        ("*;!cidp/first_treatment", True),
        ("cidp;!cidp/maintenance", False),
    ],
)
def test_where(conditions, expected):
    assert selects([word for word in conditions.split(";") if word], "cidp", "maintenance") is expected


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_in_words(text):
    with contextlib.suppress(TriggerError):
        assert all(clause.key for clause in parse(text))


@given(st.floats(0, 600), st.integers(0, 600))
def test_a_floor_holds_from_its_number_on(minutes, floor):
    assert holds(f"travel_minutes>={floor}", {"travel_minutes": minutes}) is (minutes >= floor)
