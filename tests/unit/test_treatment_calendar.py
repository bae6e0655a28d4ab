"""A typical month and the first year: worked out by hand, and held against the burden of a mean month."""

import math
from dataclasses import replace

import pytest
import tiny
from hypothesis import assume, given
from hypothesis import strategies as st
from people import places, shipped
from tiny import agent, regimen, role

from decision import Scenario, compare
from decision.burden import burden
from decision.rows import OnsetRow, SessionDays, TreatmentReview
from decision.treatment_calendar import DAYS_DRAWN, KINDS, MONTHS, treatment_calendar

UNIT = {"sessions": 1, "interval_weeks": 4, "hours_per_session": 4, "setting": "infusion_unit"}


def calendar(minutes=0, days=(), onset=None, review=None, option="ivig", agents=(), **cells):
    """Return the calendar of an option with this regimen."""
    given_tables = tiny.tables(
        roles=[role(option)],
        regimens=[regimen(option, **cells)],
        agents=tuple(agents) or (agent("one", of=option),),
    )
    result = tiny.ask(given_tables).option(option)
    known = {row.phase: row for row in days}
    return treatment_calendar(replace(result, session_days=known, onset=onset, review=review), minutes)


def on(phase, days, **cells):
    return SessionDays(
        condition="tiny", situation="calm", option="ivig", phase=phase, days=";".join(map(str, days)),
        **{**tiny.READ, **cells},
    )  # fmt: skip


def months_with(found):
    return {month.number: month.sessions for month in found.months if month.sessions}


@pytest.mark.parametrize(
    ("what", "cells", "days", "drawn", "sessions", "journeys", "hours"),
    [
        ("every four weeks", UNIT, [], {"visit": (1,)}, 13, 13, 13 * 5),
        ("every three weeks: 17.33 is 17", {**UNIT, "interval_weeks": 3}, [], {"visit": (1, 22)}, 17, 17, 17 * 5),
        ("weekly at home", {**UNIT, "interval_weeks": 1, "setting": "home"}, [], {"home": (1, 8, 15, 22)}, 52, 0, 208),
        ("twice a year", {**UNIT, "interval_weeks": 26}, [], {"visit": (1,)}, 2, 2, 10),
        (
            "2 days in a row every four weeks",
            {**UNIT, "sessions": 2},
            [on("interval", (1, 2))],
            {"visit": (1, 2)},
            26,
            26,
            26 * 5,
        ),
        (
            "with preparation and four check-ups of an hour",
            {**UNIT, "setting": "home", "preparation_hours": 0.5, "monitoring_visits_per_year": 4},
            [],
            {"home": (1,)},
            13,
            4,
            13 * 4.5 + 4 * 2,
        ),
        (
            "monthly check-ups are drawn",
            {**UNIT, "sessions": 0, "interval_weeks": None, "setting": "home", "monitoring_visits_per_year": 12},
            [on("medicine", range(1, 29))],
            {"medicine": tuple(range(1, 29)), "check_up": (28,)},
            0,
            12,
            24,
        ),
        (
            "one course",
            {**UNIT, "pattern": "single", "sessions": 4},
            [on("course", (1, 8, 15, 22))],
            {"visit": (1, 8, 15, 22)},
            4,
            4,
            20,
        ),
        (
            "a stay: whole days, one journey",
            {"pattern": "single", "setting": "hospital_stay", "hospital_days": 5, "sessions": 2},
            [on("course", (1, 2))],
            {"stay": (1, 2, 3, 4, 5), "treatment": (1, 2)},
            2,
            1,
            121,
        ),
        (
            "a start phase, then every three weeks",
            {**UNIT, "interval_weeks": 3},
            [on("start", (1, 2), next_day=22)],
            {"visit": (1, 22)},
            19,
            19,
            19 * 5,
        ),
        (
            "a start in a unit, then at home",
            {**UNIT, "interval_weeks": 1, "setting": "home", "hours_per_session": 1},
            [on("start", (1,), next_day=8, setting="infusion_unit", hours_per_session=3)],
            {"home": (1, 8, 15, 22)},
            52,
            1,
            3 + 1 + 51,
        ),
        (
            "a start of which nothing more falls into the year",
            {**UNIT, "interval_weeks": 26},
            [on("start", (1, 15), next_day=365)],
            {"visit": (1,)},
            2,
            2,
            10,
        ),
    ],
)
def test_a_calendar(what, cells, days, drawn, sessions, journeys, hours):
    found = calendar(30, days, **cells)
    assert found.known
    assert {kind: found.days_of(kind) for kind in KINDS if found.count(kind)} == drawn
    assert (found.sessions, found.journeys) == (sessions, journeys)
    assert found.hours == pytest.approx(hours)


def test_the_months_of_a_year():
    assert months_with(calendar(**UNIT)) == {**dict.fromkeys(range(1, 13), 1), 1: 2}
    assert months_with(calendar(**{**UNIT, "interval_weeks": 26})) == {1: 1, 7: 1}
    found = calendar(days=[on("start", (1, 2), next_day=29)], **UNIT)
    assert [(m.sessions, m.start_sessions) for m in found.months][:2] == [(3, 2), (1, 0)]


def test_check_ups_are_spread_evenly():
    found = calendar(**{**UNIT, "monitoring_visits_per_year": 4})
    assert {month.number for month in found.months if month.check_ups} == {3, 6, 9, 12}
    assert calendar(**UNIT).check_ups is None


@pytest.mark.parametrize(
    ("what", "cells"),
    [
        ("no pattern", {"pattern": "none"}),
        ("no interval", {"sessions": 1}),
        ("sessions not known", {"sessions": None, "interval_weeks": 4}),
        ("no tablets and no sessions", {"sessions": 0}),
    ],
)
def test_what_is_not_known_is_no_empty_calendar(what, cells):
    found = calendar(**cells)
    assert not found.known
    assert (found.days, found.months, found.sessions, found.journeys, found.hours) == (None, (), None, None, None)


def test_sessions_on_unknown_days_are_counted_and_not_drawn():
    found = calendar(30, **{**UNIT, "pattern": "single", "sessions": 11})
    assert (found.known, found.days, found.months) == (True, None, ())
    assert (found.sessions, found.journeys, found.hours) == (11, 11, 55)
    again = calendar(30, **{**UNIT, "sessions": 3})
    assert (again.days, again.months, again.sessions, again.hours) == (None, (), 39, 39 * 5)


def test_hours_that_are_not_known_stay_unknown():
    found = calendar(30, **{**UNIT, "hours_per_session": None})
    assert (found.sessions, found.hours) == (13, None)
    assert {month.hours for month in found.months if month.sessions} == {None}


def test_a_stay_of_unknown_length_says_so():
    found = calendar(pattern="single", setting="hospital_stay", sessions=1)
    assert found.stay_unknown
    assert found.days_of("stay") == (1,)
    assert not calendar(pattern="single", setting="hospital_stay", sessions=1, hospital_days=3).stay_unknown


def test_tablets_are_taken_every_day_unless_the_table_names_the_days():
    tablets = {"sessions": 0, "setting": "home", "agents": [agent("pill", of="ivig", routes="mouth")]}
    assert calendar(**tablets).count("medicine") == DAYS_DRAWN
    assert calendar(days=[on("medicine", (1, 3))], **tablets).days_of("medicine") == (1, 3)
    unknown = calendar(days=[on("medicine", ())], **tablets)
    assert (unknown.known, unknown.days, unknown.sessions) == (True, None, 0)


def test_no_treatment_has_days_without_treatment():
    found = calendar(option="no_treatment", sessions=0)
    assert found.known
    assert found.days == ((),) * DAYS_DRAWN


ONSET = {**tiny.HERE, **tiny.RATED, "option": "ivig", "text": "Soon."}
REVIEW = {**tiny.HERE, **tiny.READ, "option": "ivig", "text": "Then.", "looked_at": "Strength."}


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (None, None, None),
        (0, 1, (1, 1)),
        (21, 42, (1, 2)),
        (90, 180, (3, 6)),
        (14, None, (1, None)),
        (300, 730, (10, 25)),
        (364, 364, (12, 12)),
    ],
)
def test_months_in_which_one_would_know(low, high, expected):
    found = calendar(onset=OnsetRow(**ONSET, days_low=low, days_high=high), **UNIT)
    assert found.may_know == expected
    weeks = [None if days is None else days / 7 for days in (low, high)]
    found = calendar(review=TreatmentReview(**REVIEW, weeks_low=weeks[0], weeks_high=weeks[1]), **UNIT)
    assert found.decide_again == expected


# ------------------------------------------------------------------ properties


@st.composite
def repeated(draw):
    """Return a repeated regimen with whole sessions, and the days of them in an interval."""
    weeks = draw(st.integers(1, 52))
    sessions = draw(st.integers(1, min(5, weeks * 7)))
    cells = {
        "interval_weeks": weeks,
        "sessions": sessions,
        "hours_per_session": draw(st.floats(0, 10)),
        "preparation_hours": draw(st.none() | st.floats(0, 2)),
        "setting": draw(st.sampled_from(["hospital", "infusion_unit", "clinic", "home", "none"])),
        "monitoring_visits_per_year": draw(st.none() | st.integers(0, 12)),
    }
    return cells, on("interval", range(1, sessions + 1))


@given(repeated(), st.floats(0, 600))
def test_a_year_is_twelve_months_of_burden_to_half_a_session(drawn, minutes):
    cells, days = drawn
    found, month = calendar(minutes, [days], **cells), burden(regimen(**cells), minutes)
    exact = 12 * month.sessions
    assert abs(found.sessions - exact) <= 0.5 + 1e-9
    assert found.sessions == sum(each.sessions for each in found.months)
    checks = cells["monitoring_visits_per_year"] or 0
    assert found.journeys == (found.sessions if cells["setting"] not in ("home", "none") else 0) + checks
    each = cells["hours_per_session"] + (cells["preparation_hours"] or 0)
    trip = 2 * minutes / 60 * (cells["setting"] not in ("home", "none"))
    assert abs(found.hours - 12 * month.hours.value) <= (each + trip) / 2 + 1e-6
    if math.isclose(exact, round(exact)):
        assert found.sessions == round(exact)
        assert found.hours == pytest.approx(12 * month.hours.value)


@given(repeated(), st.integers(2, 60), st.integers(1, 4))
def test_a_start_phase_comes_on_top_and_nothing_else_changes_the_year(drawn, next_day, extra):
    assume(extra < next_day)
    cells, days = drawn
    start = on("start", range(1, extra + 1), next_day=next_day)
    without, found = calendar(0, [days], **cells), calendar(0, [days, start], **cells)
    assert found.start_sessions == extra
    assert found.sessions - extra <= without.sessions
    assert found.days == without.days


@given(st.integers(1, 12), st.floats(0, 10), st.integers(0, 60), st.booleans(), st.floats(0, 600))
def test_a_course_is_the_month_of_burden(sessions, hours, length, stay, minutes):
    cells = {"pattern": "single", "sessions": sessions, "hours_per_session": hours, "setting": "infusion_unit"}
    if stay:
        cells.update(setting="hospital_stay", hospital_days=length)
    found = calendar(minutes, [on("course", range(1, sessions + 1))], **cells)
    month = burden(regimen(**cells), minutes)
    assert (found.sessions, found.journeys) == (month.sessions, month.visits)
    assert found.hours == pytest.approx(month.hours.value)


@given(places(), st.floats(0, 600))
def test_shipped_calendars_agree_with_the_burden_beside_them(place, minutes):
    for result in compare(shipped(), Scenario(*place, travel_minutes=minutes)).options:
        found = treatment_calendar(result, minutes)
        pattern = result.regimen.pattern if result.regimen else "none"
        assert found.known or (found.days, found.months, found.sessions, found.hours) == (None, (), None, None)
        if not found.known:
            continue
        assert (found.hours is None) == (result.burden.hours is None)
        assert found.days is None or len(found.days) == DAYS_DRAWN
        assert len(found.months) in (0, MONTHS)
        if pattern == "single":
            assert found.sessions == result.burden.sessions
        elif not found.start_sessions:
            assert abs(found.sessions - 12 * result.burden.sessions) <= 0.5 + 1e-9
