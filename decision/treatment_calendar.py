"""A typical month and the first year of an option, from its regimen, onset and review.

The year has 52 weeks and twelve months of equal length, as in `burden`; the
typical month is drawn as four weeks. Sessions fall on whole days:

- The first session falls on day 1, the next one an interval later. A start phase
  comes first where there is one, and the repeated sessions begin after it.
- A year that does not hold a whole number of sessions is rounded to the nearest;
  what would be one too many at its end belongs to the next year. So a year
  without a start phase holds twelve months of `burden`, to half a session.
- Check-ups are spread evenly, the last one at the end of the year.
- An interval of more than four weeks is drawn by the month that holds its sessions.

What is not known stays unknown: a calendar without a known pattern says so and has no days.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from decision.burden import CHECK_UP_HOURS, VISIT_SETTINGS, WEEKS_PER_YEAR
from decision.result import OptionResult
from decision.rows import Regimen, SessionDays

KINDS = ("stay", "treatment", "visit", "home", "medicine", "check_up")
"""What a day can hold: a day in hospital, a session on such a day, a session in a unit or clinic, a session
at home, medicine at home, a check-up."""

DAYS_DRAWN = 28
DAYS_IN_YEAR = 7 * WEEKS_PER_YEAR
MONTHS = 12
HOURS_IN_DAY = 24

Span = tuple[int, int | None]
"""First and last month, counted from 1; a month above 12 is after the first year; last None: no end is known."""


@dataclass(frozen=True)
class Month:
    """One month of the first year. None where not known."""

    number: int
    sessions: int
    start_sessions: int
    """Those of the sessions that belong to the start phase."""
    journeys: int
    """Ways to a hospital, unit or clinic and back, check-ups included."""
    check_ups: int | None
    hours: float | None


@dataclass(frozen=True)
class Calendar:
    """The calendar of an option. Totals are those of the first year, or of the course for what is given once.

    `known` False: no pattern is known, and every figure is None. `days` None: what the days hold is not known.
    `months` empty: the totals are known but not when the sessions fall.
    """

    known: bool
    pattern: str
    days: tuple[tuple[str, ...], ...] | None = None
    interval_weeks: float | None = None
    months: tuple[Month, ...] = ()
    sessions: int | None = None
    start_sessions: int = 0
    journeys: int | None = None
    check_ups: int | None = None
    hours: float | None = None
    stay_days: float | None = None
    stay_unknown: bool = False
    """True where there is a stay in hospital whose length is not known."""
    notes: tuple[str, ...] = ()
    """How days were set where no source names them."""
    may_know: Span | None = None
    """When one would know that it works; None where not known, and for no treatment."""
    decide_again: Span | None = None

    def count(self, kind: str) -> int:
        """Return on how many of the days drawn something of a kind stands."""
        return len(self.days_of(kind))

    def days_of(self, kind: str) -> tuple[int, ...]:
        """Return the days drawn, counted from 1, on which something of a kind stands."""
        return tuple(number for number, day in enumerate(self.days or (), 1) if kind in day)


def treatment_calendar(result: OptionResult, travel_minutes: float) -> Calendar:
    """Return the calendar of an option for a person who lives so many minutes away (one way, 0 to 600)."""
    regimen, known_days = result.regimen, result.session_days
    may_know, decide_again = _onset_months(result), _review_months(result)
    by_mouth = any("mouth" in agent.routes for agent in result.agents)
    plan = _plan(regimen, known_days, by_mouth) if regimen else None
    if regimen is None or plan is None:
        return Calendar(False, "none", may_know=may_know, decide_again=decide_again)
    check_ups = None if regimen.monitoring_visits_per_year is None else _whole(regimen.monitoring_visits_per_year)
    trip = 2 * travel_minutes / 60
    months = () if plan.year is None else _months(plan, plan.year, regimen, check_ups, trip)
    totals = months or (_undated(plan, regimen, check_ups, trip),)
    hours = [month.hours for month in totals]
    return Calendar(
        known=True,
        pattern=regimen.pattern,
        days=_drawn(plan, regimen, check_ups),
        interval_weeks=regimen.interval_weeks if plan.each else None,
        months=months,
        sessions=sum(month.sessions for month in totals),
        start_sessions=sum(month.start_sessions for month in totals),
        journeys=sum(month.journeys for month in totals),
        check_ups=check_ups,
        hours=None if result.burden.hours is None or None in hours else sum(hour for hour in hours if hour is not None),
        stay_days=regimen.hospital_days if plan.stays else None,
        stay_unknown=bool(plan.stays) and regimen.hospital_days is None,
        notes=tuple(row.note for row in known_days.values() if row.note),
        may_know=may_know,
        decide_again=decide_again,
    )


# ------------------------------------------------------------------------ plan


@dataclass(frozen=True)
class _Session:
    """A session on a day, the first day being 0."""

    day: int
    kind: str
    hours: float | None
    starts: bool = False


@dataclass(frozen=True)
class _Plan:
    """When things happen: in the year, and in the weeks that are drawn."""

    kind: str
    each: int
    """Sessions of a course or of an interval."""
    total: int
    """Sessions of the course, or of a year without a start phase."""
    year: tuple[_Session, ...] | None
    """None: it is not known when the sessions fall."""
    drawn: tuple[int, ...] | None
    stays: tuple[int, ...]
    """Days on which a stay in hospital begins."""
    medicine: tuple[int, ...] | None
    """Days drawn on which medicine is taken; None: not known."""


def _plan(regimen: Regimen, rows: Mapping[str, SessionDays], by_mouth: bool) -> _Plan | None:
    """Return the plan of a regimen, or None where no pattern is known. Sessions are counted whole."""
    if regimen.pattern == "none" or regimen.sessions is None or regimen.sessions != int(regimen.sessions):
        return None
    each, interval = int(regimen.sessions), regimen.interval_weeks
    if each == 0:
        return _without_sessions(regimen, rows.get("medicine"), by_mouth)
    in_hospital = regimen.setting == "hospital_stay"
    kind = "treatment" if in_hospital else "visit" if regimen.setting in VISIT_SETTINGS else "home"
    medicine, hours = _medicine(rows.get("medicine"), ()), _hours_each(regimen)
    if regimen.pattern == "single":
        offsets = _offsets(each, rows.get("course"))
        year = None if offsets is None else tuple(_Session(day, kind, hours) for day in offsets)
        return _Plan(kind, each, each, year, offsets, (0,) if in_hospital else (), medicine)
    if interval is None:
        return None
    offsets, total = _offsets(each, rows.get("interval")), _whole(each * WEEKS_PER_YEAR / interval)
    start = rows.get("start")
    begins = (start.next_day or 1) - 1 if start else 0
    stays = _repeated((0,), interval, begins, DAYS_IN_YEAR) if in_hospital else []
    first_stays = tuple(stays[: _whole(WEEKS_PER_YEAR / interval)])
    if offsets is None:
        return _Plan(kind, each, total, None, None, first_stays, medicine)
    days = _repeated(offsets, interval, begins, DAYS_IN_YEAR)[:total]
    sessions = (*_start(start, regimen, kind), *(_Session(day, kind, hours) for day in days))
    drawn = tuple(_repeated(offsets, interval, 0, DAYS_DRAWN))
    return _Plan(kind, each, total, sessions, drawn, first_stays, medicine)


def _without_sessions(regimen: Regimen, row: SessionDays | None, by_mouth: bool) -> _Plan | None:
    """Return the plan of tablets or of no treatment; None where nothing says what is taken when."""
    if regimen.option == "no_treatment":
        medicine: tuple[int, ...] | None = _medicine(row, ())
    elif row is None and not by_mouth:
        return None
    else:
        medicine = _medicine(row, tuple(range(DAYS_DRAWN)) if regimen.pattern == "repeated" else None)
    return _Plan("home", 0, 0, (), (), (), medicine)


def _start(row: SessionDays | None, regimen: Regimen, kind: str) -> tuple[_Session, ...]:
    """Return the sessions of a start phase."""
    if row is None:
        return ()
    if row.setting is not None:
        kind = "visit" if row.setting in VISIT_SETTINGS else "home"
    hours = _hours_each(regimen) if row.hours_per_session is None else row.hours_per_session
    return tuple(_Session(day - 1, kind, hours, True) for day in row.days)


def _medicine(row: SessionDays | None, otherwise: tuple[int, ...] | None) -> tuple[int, ...] | None:
    """Return the days drawn with medicine at home: those the row names (none: not known), else `otherwise`."""
    if row is None:
        return otherwise
    return tuple(day - 1 for day in row.days if day <= DAYS_DRAWN) or None


def _offsets(each: int, row: SessionDays | None) -> tuple[int, ...] | None:
    """Return the days of the sessions within a course or an interval, or None where they are not known."""
    if row is not None and row.days:
        return tuple(day - 1 for day in row.days)
    return tuple(range(each)) if each <= 1 else None


def _repeated(offsets: Sequence[int], interval_weeks: float, begins: int, ends: int) -> list[int]:
    """Return the days from `begins` on, before `ends`, on which a repeated session falls."""
    found: list[int] = []
    step = 7 * interval_weeks
    for index in range(math.ceil((ends - begins) / step) if ends > begins else 0):
        first = begins + math.floor(index * step + 1e-9)
        found += [first + offset for offset in offsets if first + offset < ends]
    return sorted(found)


def _hours_each(regimen: Regimen) -> float | None:
    if regimen.hours_per_session is None:
        return None
    return regimen.hours_per_session + (regimen.preparation_hours or 0)


# ------------------------------------------------------------------------ year


def _months(
    plan: _Plan, year: Sequence[_Session], regimen: Regimen, check_ups: int | None, trip: float
) -> tuple[Month, ...]:
    checks = _check_up_days(check_ups or 0, DAYS_IN_YEAR)
    found = []
    for index in range(MONTHS):
        sessions = [session for session in year if _month_of(session.day) == index]
        stays = sum(_month_of(day) == index for day in plan.stays)
        checked = sum(_month_of(day) == index for day in checks)
        away = sum(session.kind == "visit" for session in sessions) + stays
        found.append(
            Month(
                number=index + 1,
                sessions=len(sessions),
                start_sessions=sum(session.starts for session in sessions),
                journeys=away + checked,
                check_ups=None if check_ups is None else checked,
                hours=_add(
                    _treatment_hours(plan, regimen, sessions, index),
                    (away + checked) * trip + checked * CHECK_UP_HOURS,
                ),
            )
        )
    return tuple(found)


def _treatment_hours(plan: _Plan, regimen: Regimen, sessions: Iterable[_Session], index: int) -> float | None:
    if plan.stays and regimen.hospital_days is not None:
        first, last = index * DAYS_IN_YEAR / MONTHS, (index + 1) * DAYS_IN_YEAR / MONTHS
        spent = (min(day + regimen.hospital_days, last) - max(day, first) for day in plan.stays)
        return HOURS_IN_DAY * sum(days for days in spent if days > 0)
    hours = [session.hours for session in sessions]
    return None if None in hours else sum(hour for hour in hours if hour is not None)


def _undated(plan: _Plan, regimen: Regimen, check_ups: int | None, trip: float) -> Month:
    """Return the totals of sessions whose days are not known, as if in one month."""
    away = len(plan.stays) if plan.stays else plan.total if plan.kind == "visit" else 0
    each = _hours_each(regimen)
    treatment = None if each is None else plan.total * each
    if plan.stays and regimen.hospital_days is not None:
        treatment = len(plan.stays) * regimen.hospital_days * HOURS_IN_DAY
    checked = check_ups or 0
    rest = (away + checked) * trip + checked * CHECK_UP_HOURS
    return Month(1, plan.total, 0, away + checked, check_ups, _add(treatment, rest))


def _add(known: float | None, more: float) -> float | None:
    return None if known is None else known + more


def _month_of(day: int) -> int:
    """Return the month of a day, both counted from 0; 12 and above are after the first year."""
    return day * MONTHS // DAYS_IN_YEAR


def _check_up_days(count: int, length: int) -> list[int]:
    return [math.floor((index + 1) * length / count) - 1 for index in range(count)]


def _whole(value: float) -> int:
    """Round to the nearest whole number, halves up."""
    return math.floor(value + 0.5 + 1e-9)


# -------------------------------------------------------------- the weeks drawn


def _drawn(plan: _Plan, regimen: Regimen, check_ups: int | None) -> tuple[tuple[str, ...], ...] | None:
    """Return what each day of the four weeks holds, or None where that is not known."""
    if plan.drawn is None or plan.medicine is None:
        return None
    stays: Iterable[int] = ()
    if plan.stays:
        length = math.ceil(regimen.hospital_days or 0)
        begins = _repeated((0,), regimen.interval_weeks, 0, DAYS_DRAWN) if regimen.interval_weeks else [0]
        stays = plan.drawn if not length else (day + more for day in begins for more in range(length))
    checks = _check_up_days(_whole((check_ups or 0) * DAYS_DRAWN / DAYS_IN_YEAR), DAYS_DRAWN)
    holds = {"stay": stays, plan.kind: plan.drawn, "medicine": plan.medicine, "check_up": checks}
    found = {kind: set(days) for kind, days in holds.items()}
    return tuple(tuple(kind for kind in KINDS if day in found.get(kind, ())) for day in range(DAYS_DRAWN))


# --------------------------------------------------------- knowing, and deciding


def _onset_months(result: OptionResult) -> Span | None:
    row = result.onset
    if row is None or row.days_low is None or result.option.option == "no_treatment":
        return None
    return _span(row.days_low, row.days_high)


def _review_months(result: OptionResult) -> Span | None:
    row = result.review
    if row is None or row.weeks_low is None:
        return None
    return _span(7 * row.weeks_low, None if row.weeks_high is None else 7 * row.weeks_high)


def _span(low: float, high: float | None) -> Span:
    """Return the months of a span of days; a day that ends a month belongs to it."""
    first, last = _ending(low), None if high is None else _ending(high)
    return first, last


def _ending(days: float) -> int:
    return max(1, math.ceil(days * MONTHS / DAYS_IN_YEAR - 1e-9))
