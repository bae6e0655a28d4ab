"""Limits that people often name, each offered as one tap where it can change something."""

from __future__ import annotations

from decision.catalogue import Catalogue
from decision.rows import QuickLimit
from decision.scenario import HEALTH, NUMBERS, Scenario, read
from decision.screening import askable

MOST_OFFERED = 8


def offered(catalogue: Catalogue, scenario: Scenario) -> list[QuickLimit]:
    """Return the limits that can change a verdict here and were not said yet, in their fixed order."""
    asked = askable(catalogue, scenario.condition, scenario.situation)
    can_matter = [
        row
        for row in catalogue.quick_limits
        if row.key in asked and (row.key in NUMBERS or row.value in asked[row.key])
    ]
    return [row for row in can_matter if _is_new(row, catalogue, scenario)][:MOST_OFFERED]


def taken(row: QuickLimit, scenario: Scenario) -> str:
    """Return the value of the row's key once the limit is taken over; to a list it is added."""
    if row.key != "health":
        return row.value
    return ",".join(flag for flag in HEALTH if flag in (*scenario.health, row.value))


def _is_new(row: QuickLimit, catalogue: Catalogue, scenario: Scenario) -> bool:
    """Whether taking the limit over says something that was not said: pregnancy, say, does not count for an infant."""
    after, _ = read({**scenario.to_query(with_body=True), row.key: taken(row, scenario)}, catalogue)
    return after != scenario
