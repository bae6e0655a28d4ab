"""Coverage: what is known, not known, not checked or stale, for every cell that the app can show.

A cell is a used option of a situation and a question: each outcome, how soon,
how it is given, what it costs, what guidelines say. Every cell is in exactly
one state; `missing` would be a cell that nobody has filled in, and the checks
of the catalogue keep it at none for outcomes, onset and regimens.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from decision.catalogue import Catalogue
from decision.effects import option_risk
from decision.review import is_stale
from decision.rows import RoleRow, Sourced
from decision.wording import Words

STATES = ("known", "unknown", "unchecked", "stale", "missing")
COST, GUIDELINE, ONSET, REGIMEN = "cost", "guideline", "onset", "regimen"


@dataclass(frozen=True)
class Covered:
    """One cell and its state; `why` says what is missing or not known."""

    condition: str
    situation: str
    option: str
    question: str
    state: str
    why: str


def cells(catalogue: Catalogue, today: datetime.date) -> Iterator[Covered]:
    """Yield every cell of every situation with its state on a day."""
    for (condition, situation), roles in catalogue.roles.items():
        for option, role in roles.items():
            if role.role != "not_used":
                for question, state, why in _states(catalogue, role, today):
                    yield Covered(condition, situation, option, question, state, why)


def totals(found: Iterable[Covered]) -> dict[str, int]:
    """Return how many cells are in each state."""
    counted = Counter(cell.state for cell in found)
    return {state: counted[state] for state in STATES}


def share_settled(counted: dict[str, int]) -> float:
    """Return the share of cells (0 to 1) that are sourced or explicitly not known, checked and not stale."""
    total = sum(counted.values())
    return (counted["known"] + counted["unknown"]) / total if total else 1.0


def without_benefit(catalogue: Catalogue) -> tuple[tuple[str, str], ...]:
    """Return the situations (condition, situation) in which no option has a figure for how well it works."""
    return tuple(place for place in catalogue.roles if not any(_benefits(catalogue, place)))


def _benefits(catalogue: Catalogue, place: tuple[str, str]) -> Iterator[bool]:
    """Yield for each option and benefit of a situation whether there is a figure."""
    for outcome in catalogue.outcomes[place]:
        if outcome.criterion == "benefit":
            rows = catalogue.effects.get((*place, outcome.outcome), {})
            for option, role in catalogue.roles[place].items():
                yield role.role != "not_used" and option_risk(outcome, option, rows).with_option is not None


def _states(catalogue: Catalogue, role: RoleRow, today: datetime.date) -> Iterator[tuple[str, str, str]]:
    words, place, option = catalogue.words, (role.condition, role.situation), role.option
    for outcome in catalogue.outcomes[place]:
        row = catalogue.effects.get((*place, outcome.outcome), {}).get(option)
        if row is None and outcome.reference_option == option:
            known = outcome.reference_events is not None or outcome.reference_value is not None
            yield outcome.outcome, *_state(outcome, known, outcome.reference_reason or "", today, words)
        else:
            known = row is not None and row.comparison != "none"
            yield outcome.outcome, *_state(row, known, (row.note or "") if row else "", today, words)
    onset = catalogue.onset.get((*place, option))
    known = onset is not None and onset.days_low is not None
    yield ONSET, *_state(onset, known, onset.text if onset else "", today, words)
    regimen = catalogue.regimens.get((*place, option))
    known = regimen is not None and regimen.pattern != "none"
    yield REGIMEN, *_state(regimen, known, regimen.text if regimen else "", today, words)
    prices = [row for (name, _), rows in catalogue.prices.items() if name == option for row in rows]
    here = [row for row in prices if row.condition in (None, role.condition)]
    newest = max(here, key=lambda row: row.checked, default=None)
    yield COST, *(_state(newest, True, "", today, words) if newest else ("unknown", words("coverage.why.cost")))
    positions = catalogue.guidelines.get((role.condition, option), ())
    said = next((row for row in positions if row.situation in (None, role.situation)), None)
    yield GUIDELINE, *(_state(said, True, "", today, words) if said else ("unknown", words("coverage.why.guideline")))


def _state(row: Sourced | None, known: bool, why: str, today: datetime.date, words: Words) -> tuple[str, str]:
    if row is None:
        return "missing", words("coverage.why.missing")
    if not known:
        return "unknown", why
    if row.status == "unchecked":
        return "unchecked", words("coverage.why.unchecked")
    if is_stale(row, today):
        return "stale", words("coverage.why.stale", day=row.checked.isoformat())
    return "known", ""
