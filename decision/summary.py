"""Short answers about a whole comparison: what counts, which columns first, its link."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlencode

from decision.catalogue import Catalogue
from decision.cells import Question
from decision.comparison import Comparison
from decision.result import OptionResult
from decision.review import is_stale
from decision.rows import Condition, Sourced
from decision.scenario import Scenario
from decision.screening import ROLE_RANK
from decision.wording import Words

FEWEST_COLUMNS, MOST_COLUMNS = 2, 4
WHY = {
    "role": "why.role", "trial": "why.trial", "health": "why.health", "logistics": "why.limits", "cost": "why.limits",
    "supply": "why.supply",
}  # fmt: skip


@dataclass(frozen=True)
class Counts:
    """What fits, in words: the total, a part for each verdict, and what follows where nothing fits."""

    total: str
    parts: tuple[tuple[str, str], ...]
    advice: str | None


def counts(comparison: Comparison, words: Words) -> Counts:
    """Count the verdicts of the options that are treatments here; the others are counted apart."""
    used = [option for option in comparison.options if option.used]
    by = Counter(option.verdict for option in used)
    parts = [
        ("suitable", words("count.fit" if by["suitable"] == 1 else "count.fits", n=words.number(by["suitable"]))),
        ("caution", words("count.cares" if by["caution"] == 1 else "count.care", n=words.number(by["caution"]))),
        ("not_suitable", _out(used, words)),
    ]
    shown = tuple(part for part in parts if by[part[0]])
    return Counts(words("count.options", n=words.number(len(used))), shown, _advice(comparison, by, words))


def _out(used: list[OptionResult], words: Words) -> str:
    """Say how many are ruled out by what; where there is one reason only, its count is not said twice."""
    out = [option for option in used if option.verdict == "not_suitable"]
    why = Counter(WHY[option.screened.reasons[0].kind] for option in out)
    named = [words(phrase, n="" if len(why) == 1 else words.number(n)).strip() for phrase, n in why.items()]
    return words("count.out_by", n=words.number(len(out)), why=words.listing(named))


def _advice(comparison: Comparison, by: Counter[str], words: Words) -> str | None:
    if by["suitable"]:
        return None
    if by["caution"]:
        return words("nothing_fits")
    return words("nothing_left" if comparison.situation.urgent else "nothing_left_calm")


def first_columns(comparison: Comparison) -> list[str]:
    """Return the options shown first, in the neutral order.

    The highest roles, one of each family before a second; what the role itself
    rules out only where fewer than two are left.
    """
    used = [option for option in comparison.options if option.used]
    possible = [option for option in used if option.role.base_verdict != "not_suitable"]
    used = possible if len(possible) >= FEWEST_COLUMNS else used
    met: Counter[str] = Counter()
    rank = {}
    for option in sorted(used, key=_role_rank):
        rank[option.option.option] = (_role_rank(option), met[option.option.family])
        met[option.option.family] += 1
    first = sorted(used, key=lambda option: rank[option.option.option])[:MOST_COLUMNS]
    return [option.option.option for option in used if option in first]


def _role_rank(option: OptionResult) -> int:
    return ROLE_RANK.get(option.role.role, len(ROLE_RANK))


def picker_label(condition: Condition) -> str:
    """Return the name of a condition with its other names, so that typing any of them finds it."""
    names = dict.fromkeys((condition.short_name, condition.plain_name, condition.name, *condition.synonyms))
    first, *others = names
    return f"{first}: {', '.join(others)}" if others else first


def link(scenario: Scenario, with_body: bool) -> str:
    """Return the query that opens the same comparison."""
    return "?" + urlencode(scenario.to_query(with_body), safe=",")


def axis(row: Question, comparison: Comparison, words: Words) -> str:
    """Return the title of a chart's axis."""
    return row.note if row.id != "cost" else words(f"currency.{comparison.options[0].cost.currency.lower()}")


def overdue(comparison: Comparison, today: datetime.date, words: Words) -> str:
    """Return which kinds of the facts shown are past their review period, in words; blank where none is."""
    shown: dict[str, list[Sourced]] = {"effects": [], "onset": [], "regimens": [], "prices": [], "supply_tiers": []}
    for result in comparison.options:
        shown["effects"] += [cell.row for cell in result.outcomes if cell.row]
        shown["onset"] += [result.onset] if result.onset else []
        shown["regimens"] += [result.regimen] if result.regimen else []
        shown["prices"] += [result.cost.price] if result.cost.price else []
        shown["supply_tiers"] += [result.supply.tier] if result.supply.tier else []
    late = {table: sum(is_stale(row, today) for row in rows) for table, rows in shown.items()}
    return words.listing(words(f"stale.{table}", n=words.number(n)) for table, n in late.items() if n)


def dates(catalogue: Catalogue, words: Words) -> str:
    """Return the day, or the first and last day, on which the facts were checked."""
    first, last = (words.day(end) for end in catalogue.checked)
    return first if first == last else words("interval", low=first, high=last)
