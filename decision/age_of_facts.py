"""How old the facts are: for each table the oldest and newest look at a source, what is overdue, what is due next."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from decision.facts import Fact
from decision.review import due, is_stale


@dataclass(frozen=True)
class Age:
    """The facts of one table: how many, first and last day of a check, how many are overdue or not checked."""

    table: str
    facts: int
    oldest: datetime.date
    newest: datetime.date
    overdue: int
    unchecked: int
    """Facts that are marked as not checked against a source."""
    next_due: datetime.date
    """The day from which the next fact, or one that is overdue already, has to be checked again."""


def ages(found: Sequence[Fact], today: datetime.date) -> tuple[Age, ...]:
    """Return the age of the facts by table on a day, in the order in which the tables come."""
    tables = dict.fromkeys(fact.table for fact in found)
    return tuple(_age(table, [fact for fact in found if fact.table == table], today) for table in tables)


def _age(table: str, found: Sequence[Fact], today: datetime.date) -> Age:
    days = [fact.row.checked for fact in found]
    return Age(
        table=table,
        facts=len(found),
        oldest=min(days),
        newest=max(days),
        overdue=sum(is_stale(fact.row, today) for fact in found),
        unchecked=sum(fact.row.status == "unchecked" for fact in found),
        next_due=min(due(fact.row) for fact in found),
    )
