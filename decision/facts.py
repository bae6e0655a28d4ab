"""Every row that states a fact, as one list: what it says, about what, and in what state it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from decision.catalogue import Catalogue
from decision.rows import (
    EffectRow,
    Guideline,
    Living,
    Message,
    OnsetRow,
    Outcome,
    Price,
    Regimen,
    RoleRow,
    Rule,
    SessionDays,
    Sourced,
    SupplyTier,
    TreatmentReview,
)
from decision.wording import sentence

TABLES_OF_FACTS = (
    "outcomes", "effects", "onset", "regimens", "prices", "guidelines", "supply_tiers", "roles", "rules", "messages",
    "living", "session_days", "reviews",
)  # fmt: skip


@dataclass(frozen=True)
class Fact:
    """A fact and what it is about; blank condition, situation or option: it holds for more than one."""

    table: str
    condition: str
    situation: str
    option: str
    text: str
    known: bool
    conflict: str
    row: Sourced

    def mentions(self, word: str) -> bool:
        """Say whether a word stands in the fact or in the figures as read."""
        read = getattr(self.row, "as_read", None) or ""
        return word in f"{self.text} {self.conflict} {read} {self.condition} {self.option}".lower()


def facts(catalogue: Catalogue) -> tuple[Fact, ...]:
    """Return every fact of the tables, in the order of the tables."""
    return tuple(
        _fact(table, row, catalogue)
        for table in TABLES_OF_FACTS
        for row in catalogue.tables[table]
        if isinstance(row, Sourced)
    )


def find(
    among: Iterable[Fact],
    words: str = "",
    table: str | None = None,
    condition: str | None = None,
    option: str | None = None,
    view: str = "all",
) -> Iterator[Fact]:
    """Yield the facts that hold all words and fit the filters.

    `view`: all, conflicts (sources disagree), gaps (not known), unchecked.
    """
    wanted = words.lower().split()
    for fact in among:
        if table is not None and fact.table != table:
            continue
        if condition is not None and fact.condition not in ("", condition):
            continue
        if option is not None and option not in fact.option.split(";"):
            continue
        if _in_view(fact, view) and all(fact.mentions(word) for word in wanted):
            yield fact


def conflicts_by_condition(among: Iterable[Fact]) -> dict[str, int]:
    """Return for how many facts the sources do not agree, by condition, in the order in which they come."""
    return dict(Counter(fact.condition for fact in among if fact.conflict))


def _in_view(fact: Fact, view: str) -> bool:
    return {
        "all": True,
        "conflicts": bool(fact.conflict),
        "gaps": not fact.known,
        "unchecked": fact.row.status == "unchecked",
    }[view]


def _fact(table: str, row: Sourced, catalogue: Catalogue) -> Fact:
    text, known = _statement(row, catalogue)
    option = ";".join(row.options) if isinstance(row, Rule | Message) else getattr(row, "option", None) or ""
    return Fact(
        table=table,
        condition=getattr(row, "condition", None) or "",
        situation=getattr(row, "situation", None) or "",
        option=option,
        text=text,
        known=known,
        conflict=getattr(row, "conflict", None) or "",
        row=row,
    )


def _statement(row: Sourced, catalogue: Catalogue) -> tuple[str, bool]:
    """Return what a row says in one line, and whether it says a figure or that there is none."""
    words = catalogue.words
    match row:
        case EffectRow():
            outcome = next(o for o in catalogue.outcomes[row.condition, row.situation] if o.outcome == row.outcome)
            if row.comparison == "none":
                return f"{outcome.question} {row.note}", False
            return f"{outcome.question} {row.as_read or ''}", True
        case Outcome():
            known = row.reference_events is not None or row.reference_value is not None
            if not known:
                return f"{row.question} {row.reference_reason or ''}", False
            return f"{row.question} {sentence(row.reference_name or '')}: {row.as_read or ''}", True
        case OnsetRow():
            return row.text, row.days_low is not None
        case Regimen():
            return f"{row.text} {row.clinical}", row.pattern != "none"
        case Price():
            said = {
                "price": words.exact_money(row.amount, row.currency),
                "unit": words(f"unit.{row.unit}"),
                "agent": row.agent,
                "date": row.price_date,
                "covers": row.covers,
            }
            return words("fact.price_of" if row.agent else "fact.price", **said), True
        case Guideline():
            return f"{row.body}: {row.position}", True
        case SupplyTier():
            return f"{words(f'plan.{row.plan}')}: {row.word}. {row.note or ''}", True
        case RoleRow():
            return row.reason, True
        case Rule() | Message():
            return row.text, True
        case Living():
            return row.text, row.known
        case SessionDays():
            return f"{row.note or ''} {', '.join(map(str, row.days))}".strip(), bool(row.days)
        case TreatmentReview():
            return f"{row.text} {row.looked_at}", row.weeks_low is not None
    raise TypeError(f"{type(row).__name__} states no fact")
