"""Hours, visits and needles in a month, worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import regimen

from decision.burden import burden

EVERY_4_WEEKS = {"sessions": 1, "interval_weeks": 4, "hours_per_session": 4, "needles_per_session": 1}
COURSE = {"sessions": 5, "needles_per_session": 1}
MONTH = 52 / 12 / 4  # a session every four weeks, in a month


@pytest.mark.parametrize(
    ("what", "cells", "minutes", "hours", "visits", "needles"),
    [
        ("a drip in a unit", EVERY_4_WEEKS, 0, MONTH * 4, MONTH, MONTH),
        ("the same, half an hour away", EVERY_4_WEEKS, 30, MONTH * 5, MONTH, MONTH),
        ("two days each time", {**EVERY_4_WEEKS, "sessions": 2}, 30, MONTH * 10, MONTH * 2, MONTH * 2),
        ("with preparation", {**EVERY_4_WEEKS, "preparation_hours": 0.5}, 30, MONTH * 5.5, MONTH, MONTH),
        (
            "four check-ups a year: a third of one, an hour each and the way",
            {**EVERY_4_WEEKS, "monitoring_visits_per_year": 4},
            30,
            MONTH * 5 + 2 / 3,
            MONTH + 1 / 3,
            MONTH,
        ),
        ("at home nobody travels", {**EVERY_4_WEEKS, "setting": "home"}, 300, MONTH * 4, 0, MONTH),
        (
            "at home, but for check-ups",
            {**EVERY_4_WEEKS, "setting": "home", "monitoring_visits_per_year": 12},
            60,
            MONTH * 4 + 2 + 1,
            1,
            MONTH,
        ),
        ("one course is not spread", {**EVERY_4_WEEKS, "pattern": "single", "sessions": 5}, 30, 25, 5, 5),
        (
            "a stay in hospital: whole days, one journey",
            {"pattern": "single", "setting": "hospital_stay", "hospital_days": 5, **COURSE},
            60,
            122,
            1,
            5,
        ),
        ("nothing is given", {"sessions": 0, "setting": "none"}, 60, 0, 0, 0),
        ("needles not known", {**EVERY_4_WEEKS, "needles_per_session": None}, 0, MONTH * 4, MONTH, None),
        ("hours not known", {**EVERY_4_WEEKS, "hours_per_session": None}, 0, None, MONTH, MONTH),
        ("interval not known", {**EVERY_4_WEEKS, "interval_weeks": None}, 0, None, None, None),
        ("nothing known", {"pattern": "none"}, 0, None, None, None),
    ],
)  # fmt: skip
def test_a_month(what, cells, minutes, hours, visits, needles):
    found = burden(regimen(**cells), minutes)
    got = [found.hours and found.hours.value, found.visits, found.needles and found.needles.value]
    assert got == [None if x is None else pytest.approx(x) for x in (hours, visits, needles)]


def test_an_option_that_is_not_used_asks_nothing_that_is_known():
    found = burden(None, 60)
    assert (found.hours, found.visits, found.needles, found.sessions) == (None, None, None, None)


def test_the_range_joins_sessions_hours_and_journeys():
    cells = {"sessions": 2, "sessions_low": 1, "sessions_high": 4, "hours_per_session": 3, "hours_low": 2}
    found = burden(regimen(pattern="single", hours_high=5, needles_per_session=1, **cells), 30)
    assert (found.hours.low, found.hours.value, found.hours.high) == pytest.approx((1 * 2 + 1, 2 * 3 + 2, 4 * 5 + 4))
    assert (found.needles.low, found.needles.value, found.needles.high) == (1, 2, 4)


NUMBER = st.floats(0, 100)


@st.composite
def regimens(draw):
    sessions, hours, needles = (sorted(draw(st.tuples(NUMBER, NUMBER, NUMBER))) for _ in range(3))
    cells = {}
    for name, triple in {"sessions": sessions, "hours": hours, "needles": needles}.items():
        one = {"sessions": "sessions", "hours": "hours_per_session", "needles": "needles_per_session"}[name]
        cells.update({f"{name}_low": triple[0], one: triple[1], f"{name}_high": triple[2]})
    return regimen(
        pattern=draw(st.sampled_from(["single", "repeated"])),
        setting=draw(st.sampled_from(["hospital_stay", "hospital", "infusion_unit", "clinic", "home", "none"])),
        interval_weeks=draw(st.floats(0.5, 52)),
        hospital_days=draw(st.none() | st.floats(0, 60)),
        preparation_hours=draw(st.none() | st.floats(0, 5)),
        monitoring_visits_per_year=draw(st.none() | st.floats(0, 52)),
        **cells,
    )


@given(regimens(), st.floats(0, 600))
def test_a_range_holds_its_value_and_nothing_is_below_none(given_regimen, minutes):
    found = burden(given_regimen, minutes)
    for estimate in (found.hours, found.needles):
        if estimate is not None:
            ends = [x for x in (0, estimate.low, estimate.value, estimate.high) if x is not None]
            assert ends == pytest.approx(sorted(ends))


@given(regimens(), st.floats(0, 600), st.floats(0, 600))
def test_a_longer_way_never_takes_less_time(given_regimen, one, two):
    near, far = (burden(given_regimen, minutes).hours for minutes in sorted((one, two)))
    assert (near is None) == (far is None)
    if near is not None:
        assert near.value <= far.value + 1e-9
