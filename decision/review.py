"""Review periods: how long a fact may stand before it has to be checked again.

Facts are reviewed every twelve months, prices and shortage plans every three.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import MappingProxyType

from decision.rows import Price, Sourced, SupplyTier

REVIEW_DAYS: Mapping[type[Sourced], int] = MappingProxyType({Price: 92, SupplyTier: 92})
REVIEW_DAYS_OTHERWISE = 366


def due(row: Sourced) -> datetime.date:
    """Return the day from which a row counts as stale."""
    days = next((days for kind, days in REVIEW_DAYS.items() if isinstance(row, kind)), REVIEW_DAYS_OTHERWISE)
    return row.checked + datetime.timedelta(days=days)


def is_stale(row: Sourced, today: datetime.date) -> bool:
    """Say whether a row is past its review period on a day."""
    return today >= due(row)
