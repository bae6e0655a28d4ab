"""The order of the rows of a comparison: neutral unless the person puts something first or hides it.

Position is read as importance, so the order starts from a stated rule and
changes by the person's own hand only (Bansback 2014, PMID 24961445).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from decision.cells import Question


def arranged(rows: Sequence[Question], first: Sequence[str], hidden: Collection[str]) -> tuple[Question, ...]:
    """Return the rows that are shown: what was put first in the order said, then the rest in the neutral order.

    In: all rows, ids of rows put first, ids of hidden rows. Ids that are no row are passed over.
    """
    by_id = {row.id: row for row in rows if row.id not in hidden}
    leading = [by_id[name] for name in dict.fromkeys(first) if name in by_id]
    return (*leading, *(row for row in by_id.values() if row not in leading))


def put_first(name: str, first: Sequence[str]) -> list[str]:
    """Return the list of rows put first with one more at its head."""
    return [name, *(other for other in first if other != name)]
