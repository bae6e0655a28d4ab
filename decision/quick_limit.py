"""Limits that people often name, each offered as one tap where it can change something."""

from __future__ import annotations

from collections.abc import Mapping

from decision.catalogue import Catalogue
from decision.comparison import cases_of
from decision.rows import QuickLimit
from decision.scenario import HEALTH, NUMBERS, Scenario, read
from decision.screening import Screened, askable, screen

MOST_OFFERED = 8


def offered(catalogue: Catalogue, scenario: Scenario, now: Mapping[str, Screened]) -> list[QuickLimit]:
    """Return the limits that change a verdict or a reason here and were not said yet, in their fixed order.

    In: `now` has the verdict of each option with its reasons, as `screen` gives it for this scenario.
    An answer that was given is never offered again in another strength: one tap must not take back what was said.
    """
    asked = askable(catalogue, scenario.condition, scenario.situation)
    said = scenario.to_query(with_body=True)
    found: list[QuickLimit] = []
    for row in catalogue.quick_limits:
        can_matter = row.key in asked and (row.key in NUMBERS or row.value in asked[row.key])
        is_open = row.value not in scenario.health if row.key == "health" else row.key not in said
        if len(found) < MOST_OFFERED and can_matter and is_open and _changes(row, catalogue, scenario, now):
            found.append(row)
    return found


def taken(row: QuickLimit, scenario: Scenario) -> str:
    """Return the value of the row's key once the limit is taken over; to a list it is added."""
    if row.key != "health":
        return row.value
    return ",".join(flag for flag in HEALTH if flag in (*scenario.health, row.value))


def _changes(row: QuickLimit, catalogue: Catalogue, scenario: Scenario, now: Mapping[str, Screened]) -> bool:
    """Whether taking the limit over changes something; in: the verdicts and reasons as they are now.

    Pregnancy, say, does not count for an infant, and eight hours a month are no limit where nothing takes longer.
    """
    after, _ = read({**scenario.to_query(with_body=True), row.key: taken(row, scenario)}, catalogue)
    if row.key in NUMBERS:
        return screen(catalogue, after, cases_of(catalogue, after, catalogue.options)) != now
    return after != scenario
