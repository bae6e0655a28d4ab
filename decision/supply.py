"""Supply: grams of plasma product in a year, and the priority tier by national plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from decision.effects import Estimate
from decision.rows import SupplyTier

IG_FAMILY = "immunoglobulin"


@dataclass(frozen=True)
class Supply:
    """What an option takes from the immunoglobulin supply, and what the plan says.

    `grams` is 0 for an option that is not immunoglobulin, None where the dose
    is not known; `tier` is None where no plan is chosen or its tier is not known.
    """

    grams: Estimate | None
    tier: SupplyTier | None
    plan: str


def tier(rows: Sequence[SupplyTier], verdicts: Mapping[str, str]) -> SupplyTier | None:
    """Return the tier of a situation in a plan.

    In: the plan's rows for the situation, and the verdicts reached without the
    supply rules: a row may hold only where another option is not suitable.
    """
    for row in sorted(rows, key=lambda row: row.unless_suitable is None):
        if row.unless_suitable is None or verdicts.get(row.unless_suitable) != "suitable":
            return row
    return None
