"""Treatment burden: hours, visits and needles in a month, from regimen and travel.

A month is 52/12 weeks. For an option that is given once the figures are those
of the month of the treatment.
"""

from __future__ import annotations

from dataclasses import dataclass

from decision.effects import Estimate
from decision.rows import Regimen

WEEKS_PER_MONTH = 52 / 12
WEEKS_PER_YEAR = 52
CHECK_UP_HOURS = 1.0
"""Hours counted for a check-up visit, besides the way there: an assumption, stated where hours are shown."""

VISIT_SETTINGS = ("hospital_stay", "hospital", "infusion_unit", "clinic")


@dataclass(frozen=True)
class Burden:
    """What an option asks of a person in a month; None where not known.

    `hours` includes treatment, preparation, the way there and back, and check-ups.
    """

    hours: Estimate | None
    treatment_hours: float | None
    travel_hours: float | None
    visits: float | None
    needles: Estimate | None
    sessions: float | None
    setting: str
    pattern: str


def sessions_per_month(regimen: Regimen, sessions: float | None) -> float | None:
    """Return treatment sessions in a month (repeated) or in the course (single); None where not known."""
    if sessions is None or regimen.pattern == "none":
        return None
    if regimen.pattern == "single" or sessions == 0:
        return sessions
    if regimen.interval_weeks is None:
        return None
    return sessions * WEEKS_PER_MONTH / regimen.interval_weeks


def sessions_per_year(regimen: Regimen, sessions: float | None) -> float | None:
    """Return treatment sessions in a year (repeated) or in the course (single); None where not known."""
    monthly = sessions_per_month(regimen, sessions)
    return monthly if monthly is None or regimen.pattern == "single" else monthly * 12


def burden(regimen: Regimen | None, travel_minutes: float) -> Burden:
    """Return the burden of a regimen for a person who lives so far away.

    In: the regimen (None where the option is not used) and minutes one way, 0 to 600.
    """
    if regimen is None:
        return Burden(None, None, None, None, None, None, "none", "none")
    trip = 2 * travel_minutes / 60
    check_ups = (regimen.monitoring_visits_per_year or 0) / 12
    sessions = sessions_per_month(regimen, regimen.sessions)
    trips = _trips(regimen, sessions)
    treatment = _treatment_hours(regimen, sessions, regimen.hours_per_session)
    low = _treatment_hours(regimen, _monthly(regimen, "low"), regimen.hours_low)
    high = _treatment_hours(regimen, _monthly(regimen, "high"), regimen.hours_high)
    hours = travel = None
    if treatment is not None and trips is not None:
        travel = (trips + check_ups) * trip
        rest = travel + check_ups * CHECK_UP_HOURS
        trip_low = (_trips(regimen, _monthly(regimen, "low")) or 0) - trips
        trip_high = (_trips(regimen, _monthly(regimen, "high")) or 0) - trips
        hours = Estimate(
            treatment + rest,
            None if low is None else max(0.0, low + rest + min(0.0, trip_low) * trip),
            None if high is None else high + rest + max(0.0, trip_high) * trip,
        )
    return Burden(
        hours=hours,
        treatment_hours=treatment,
        travel_hours=travel,
        visits=None if trips is None else trips + check_ups,
        needles=_needles(regimen, sessions),
        sessions=sessions,
        setting=regimen.setting,
        pattern=regimen.pattern,
    )


def _monthly(regimen: Regimen, side: str) -> float | None:
    end = getattr(regimen, f"sessions_{side}")
    return sessions_per_month(regimen, regimen.sessions if end is None else end)


def _trips(regimen: Regimen, sessions: float | None) -> float | None:
    """Return journeys in a month: one for a hospital stay, one for each session away from home."""
    if regimen.setting == "hospital_stay":
        return 1.0 if regimen.pattern == "single" else sessions_per_month(regimen, 1)
    if regimen.setting in VISIT_SETTINGS:
        return sessions
    return None if sessions is None else 0.0


def _treatment_hours(regimen: Regimen, sessions: float | None, hours: float | None) -> float | None:
    """Return hours of treatment and preparation in a month, days in hospital counted whole."""
    if regimen.setting == "hospital_stay" and regimen.hospital_days is not None:
        stays = 1.0 if regimen.pattern == "single" else sessions_per_month(regimen, 1)
        return None if stays is None else stays * regimen.hospital_days * 24
    each = regimen.hours_per_session if hours is None else hours
    if sessions == 0:
        return 0.0
    if sessions is None or each is None:
        return None
    return sessions * (each + (regimen.preparation_hours or 0))


def _needles(regimen: Regimen, sessions: float | None) -> Estimate | None:
    if sessions == 0:
        return Estimate(0.0)
    if sessions is None or regimen.needles_per_session is None:
        return None
    low, high = _monthly(regimen, "low"), _monthly(regimen, "high")
    few = regimen.needles_per_session if regimen.needles_low is None else regimen.needles_low
    many = regimen.needles_per_session if regimen.needles_high is None else regimen.needles_high
    return Estimate(
        sessions * regimen.needles_per_session,
        None if low is None else low * few,
        None if high is None else high * many,
    )
