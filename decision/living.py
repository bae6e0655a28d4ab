"""Living with a treatment: which sides of life to show, and the row that fits each most closely.

A row may be narrowed to situations, conditions, agents or age groups. Of the
rows that hold, the most closely fitting one is taken for each agent that
stands for the option: a situation counts before a condition, a condition
before an agent, an agent before an age group.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from decision.rows import Aspect, Living
from decision.scenario import Scenario
from decision.trigger import selects

ASPECTS: tuple[str, ...] = get_args(Aspect)
YOUNG = ("child", "infant")
NO_PREGNANCY_HERE = ("scid_combined", "kawasaki")
"""Conditions of babies and small children: a pregnancy would not be that of the person treated."""


@dataclass(frozen=True)
class Fit:
    """A row that is shown, and the agents here for which it speaks (none where the option has none)."""

    row: Living
    agents: tuple[str, ...]


def aspects(scenario: Scenario) -> tuple[str, ...]:
    """Return the sides of life that can matter for this person, in a fixed order.

    School stands for children and infants, work for everybody else. Pregnancy
    stands for adults, and for a child or an older adult only where it was named.
    """
    return tuple(aspect for aspect in ASPECTS if _can_matter(aspect, scenario))


def _can_matter(aspect: str, scenario: Scenario) -> bool:
    if aspect == "school":
        return scenario.age_group in YOUNG
    if aspect == "work":
        return scenario.age_group not in YOUNG
    if aspect == "pregnancy":
        if scenario.age_group == "infant" or scenario.condition in NO_PREGNANCY_HERE:
            return False
        return scenario.age_group == "adult" or scenario.pregnancy != "no"
    return True


def fitting(
    rows: Sequence[Living], condition: str, situation: str, agents: Iterable[str], age_group: str
) -> tuple[Fit, ...]:
    """Return the rows to show for one option and side of life: the closest for each agent, each row once.

    In: the rows of that option and aspect, the place, the agents that stand
    for the option there (none for an option without agents), the age group.
    """
    here = [row for row in rows if selects(row.conditions, condition, situation) and _of_age(row, age_group)]
    chosen: dict[str, Living] = {}
    speaks_for: dict[str, tuple[str, ...]] = {}
    for agent in tuple(agents) or (None,):
        holds = [row for row in here if not row.agents or agent in row.agents]
        if holds:
            closest = max(holds, key=lambda row: closeness(row, condition, situation))
            chosen[closest.living] = closest
            speaks_for[closest.living] = (*speaks_for.get(closest.living, ()), *((agent,) if agent else ()))
    return tuple(Fit(row, speaks_for[name]) for name, row in chosen.items())


def closeness(row: Living, condition: str, situation: str) -> tuple[int, bool, bool]:
    """Return how closely a row that holds fits: the place, then the agent, then the age group."""
    place = 2 if f"{condition}/{situation}" in row.conditions else 1 if condition in row.conditions else 0
    return place, bool(row.agents), bool(row.age_groups)


def _of_age(row: Living, age_group: str) -> bool:
    return not row.age_groups or age_group in row.age_groups
