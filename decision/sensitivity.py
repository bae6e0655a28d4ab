"""What moves the answer: one input changed over its range, everything else as it is.

One-way sensitivity analysis (Briggs et al. 2012, doi 10.1177/0272989X12458348). A
number is searched on the engine itself: between two points with different
results the range is halved until the change is found. A choice is tried value
by value. Every rule reads a number as "at least so much", and hours, grams and
money grow evenly with it, so that each rule changes at most once over the range
and none is missed between two points with the same result.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise

from decision.catalogue import Catalogue
from decision.comparison import Comparison, compare
from decision.inputs import answer
from decision.result import OptionResult
from decision.scenario import CHOICES, CRITERIA, NUMBERS, OPTIONS, PRICE_RANGE, WEIGHT_RANGE, Scenario
from decision.screening import WORST, Reason, askable
from decision.wording import Words

VERDICT_ORDER = ("suitable", "caution", "not_suitable")

INPUTS = frozenset(
    (*NUMBERS, *CHOICES, *(f"price.{option}" for option in OPTIONS), *(f"w.{criterion}" for criterion in CRITERIA))
)
"""Keys of a link that stand for one number or one choice."""

PERSON_KG: Mapping[str, tuple[float, float]] = {
    "adult": (30, 200), "older_adult": (30, 200), "child": (5, 120), "infant": (2, 20),
}  # fmt: skip
"""Body weights looked at by age group, kg: a range in which nearly all people lie."""

TIMES_THE_PRICE = 4.0
"""A price is looked at from nothing to so many times the price at hand."""

NO_PRICE = 1000.0
"""What stands for the price at hand where none is known."""

OVER_THE_COST = 1.5
"""A budget is looked at from nothing to so many times the highest cost of an option."""

STEP: Mapping[str, float] = {"travel_minutes": 1, "weight_kg": 1, "hours_per_month": 0.1, "budget_per_year": 1}
"""Step in which an input is said; a change is named by the first step at which it holds."""

STEP_OF_WEIGHT, STEP_OF_PRICE = 0.1, 0.01
"""Steps of `w.CRITERION` and `price.OPTION`."""

PIECES = 20
"""Pieces into which a range is cut before leaders are compared: a lead that comes and goes within one is not seen."""

FINE = 1e-7
"""Share of the range to which a change of verdict is found."""

FINE_LEAD = 1e-3
"""Share of the range to which a change of the lead is found, or the step where that is larger."""


@dataclass(frozen=True)
class Flip:
    """An option whose verdict changes, with the reason that decides on the stricter side."""

    option: str
    name: str
    before: str
    after: str
    reason: Reason


@dataclass(frozen=True)
class Lead:
    """The options that lead the match before and after; empty where nothing can be weighed."""

    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """Where something changes: the first number at which it holds, or the value of a choice."""

    at: float | str
    flips: tuple[Flip, ...]
    lead: Lead | None


@dataclass(frozen=True)
class OneWay:
    """All changes over the range of one input; for a choice, each is against what holds now."""

    key: str
    low: float | None
    high: float | None
    now: object
    step: float
    changes: tuple[Change, ...]


def inputs(catalogue: Catalogue, scenario: Scenario) -> tuple[str, ...]:
    """Return the keys that can be changed here: what a rule asks for, numbers, prices and stated weights."""
    asked = askable(catalogue, scenario.condition, scenario.situation)
    roles = catalogue.roles[scenario.condition, scenario.situation]
    choices = [key for key in CHOICES if key in asked and key != "detail"]
    prices = [f"price.{option}" for option, role in roles.items() if _priced(catalogue, scenario, option, role.role)]
    weights = [f"w.{criterion}" for criterion in scenario.weights]
    return (*NUMBERS, *choices, "supply_plan", *prices, *weights)


def _priced(catalogue: Catalogue, scenario: Scenario, option: str, role: str) -> bool:
    regimen = catalogue.regimens.get((scenario.condition, scenario.situation, option))
    return role != "not_used" and regimen is not None and regimen.pattern != "none" and option != "no_treatment"


def with_input(scenario: Scenario, key: str, value: float | str | None) -> Scenario:
    """Return the scenario with one input changed. In: a key as in a link. Raises ValueError for a wrong value."""
    if key.startswith("w."):
        return replace(scenario, weights={**scenario.weights, key[2:]: value})  # type: ignore[dict-item]
    if key.startswith("price."):
        return replace(scenario, own_prices={**scenario.own_prices, key[6:]: value})  # type: ignore[dict-item]
    return replace(scenario, **{key: value})  # type: ignore[arg-type]


def one_way(catalogue: Catalogue, scenario: Scenario, key: str) -> OneWay:
    """Return where a verdict or the lead changes when one input changes.

    In: a key as in a link: a number of the scenario, a choice, `price.OPTION` or `w.CRITERION`.
    Raises ValueError for a key that is none of these.
    """
    if key not in INPUTS:
        raise ValueError(f"{key!r} is no input that can be changed")
    now = _now(scenario, key)
    if key in CHOICES:
        return OneWay(key, None, None, now, 0, tuple(_choices(catalogue, scenario, key)))
    low, high = span(catalogue, scenario, key)
    step = _step(key)
    verdicts = [*_verdict_changes(catalogue, scenario, key, low, high)]
    leads = [*_lead_changes(catalogue, scenario, key, low, high, verdicts)] if any(scenario.weights.values()) else []
    return OneWay(key, low, high, now, step, tuple(_merged(verdicts, leads)))


def span(catalogue: Catalogue, scenario: Scenario, key: str) -> tuple[float, float]:
    """Return the range in which a number is looked at. In: a key as in `one_way`, but for a choice."""
    if key == "weight_kg":
        low, high = PERSON_KG[scenario.age_group]
        return min(low, scenario.weight_kg), max(high, scenario.weight_kg)
    if key == "budget_per_year":
        costs = [result.cost.per_year for result in compare(catalogue, replace(scenario, weights={})).options]
        highest = max((max(cost.value, cost.high or 0) for cost in costs if cost), default=0.0)
        return 0.0, min(NUMBERS[key][1], math.ceil(OVER_THE_COST * highest) or 1.0)
    if key in NUMBERS:
        return NUMBERS[key]
    if key.startswith("w."):
        return WEIGHT_RANGE
    cost = compare(catalogue, replace(scenario, weights={})).option(key.removeprefix("price.")).cost
    price = cost.own_price or (cost.price.amount if cost.price else None) or NO_PRICE
    return 0.0, min(PRICE_RANGE[1], math.ceil(TIMES_THE_PRICE * price))


def _now(scenario: Scenario, key: str) -> object:
    if key.startswith("w."):
        return scenario.weights.get(key[2:])
    return scenario.own_prices.get(key[6:]) if key.startswith("price.") else getattr(scenario, key, None)


def _step(key: str) -> float:
    if key.startswith("w."):
        return STEP_OF_WEIGHT
    return STEP_OF_PRICE if key.startswith("price.") else STEP[key]


# ---------------------------------------------------------------------- choices


def _choices(catalogue: Catalogue, scenario: Scenario, key: str) -> Iterator[Change]:
    before = compare(catalogue, scenario)
    for value in CHOICES[key]:
        if value == getattr(scenario, key):
            continue
        after = compare(catalogue, with_input(scenario, key, value))
        flips, lead = _flips(before, after), _lead(_leaders(before), _leaders(after))
        if flips or lead:
            yield Change(value, flips, lead)


# ---------------------------------------------------------------------- numbers

Look = Callable[[float], object]


def _crossings(look: Look, low: float, high: float, width: float) -> Iterator[tuple[float, float]]:
    """Yield pairs of points no wider apart than `width` between which a look differs, in order."""
    if look(low) == look(high):
        return
    if high - low <= width:
        yield low, high
        return
    middle = (low + high) / 2
    yield from _crossings(look, low, middle, width)
    yield from _crossings(look, middle, high, width)


def _verdict_changes(
    catalogue: Catalogue, scenario: Scenario, key: str, low: float, high: float
) -> Iterator[tuple[float, float, tuple[Flip, ...]]]:
    """Yield the last number before and the first number after each change of a verdict, with what flips."""

    @cache
    def at(value: float) -> Comparison:
        return compare(catalogue, with_input(replace(scenario, weights={}), key, value))

    def look(value: float) -> object:
        """Return verdicts and reasons: a rule that comes and one that goes are both seen, though a verdict stays."""
        return tuple(
            (result.verdict, frozenset((reason.code, reason.effect) for reason in result.screened.reasons))
            for result in at(value).options
        )

    if key.startswith("w."):
        return
    for before, after in _crossings(look, low, high, FINE * (high - low)):
        first = _simplest(before, after)
        if look(first) != look(after) or look(math.nextafter(first, -math.inf)) != look(before):
            first = after
        flips = _flips(at(before), at(after))
        if flips:
            yield before, first, flips


def _simplest(low: float, high: float) -> float:
    """Return the shortest decimal above `low` and at most `high`, as a floor in a rule is written."""
    for digits in range(12):
        found = math.floor(high * 10**digits) / 10**digits
        if low < found <= high:
            return found
    return high


def _lead_changes(
    catalogue: Catalogue,
    scenario: Scenario,
    key: str,
    low: float,
    high: float,
    verdicts: list[tuple[float, float, tuple[Flip, ...]]],
) -> Iterator[tuple[float, float, Lead]]:
    """Yield where the lead changes. What decides is counted from draws, so it is found to a step, not further."""

    @cache
    def look(value: float) -> object:
        return _leaders(compare(catalogue, with_input(scenario, key, value)))

    even = (low + (high - low) * piece / PIECES for piece in range(PIECES + 1))
    points = sorted({*(even if _weighs(key) else (low, high)), *(end for pair in verdicts for end in pair[:2])})
    jumps = {pair[:2] for pair in verdicts}
    for left, right in pairwise(points):
        width = right - left if (left, right) in jumps else max(_step(key) / 2, FINE_LEAD * (high - low))
        for before, after in _crossings(look, left, right, width):
            yield before, after, Lead(look(before), look(after))  # type: ignore[arg-type]


def _weighs(key: str) -> bool:
    """Whether an input changes figures that are weighed, and not the verdicts alone."""
    return key not in ("hours_per_month", "budget_per_year")


def _merged(
    verdicts: list[tuple[float, float, tuple[Flip, ...]]], leads: list[tuple[float, float, Lead]]
) -> Iterator[Change]:
    """Yield all changes in order; a lead that changes with a verdict belongs to it."""
    flips = {pair[:2]: pair[2] for pair in verdicts}
    lead = {pair[:2]: pair[2] for pair in leads}
    for ends in sorted(flips.keys() | lead.keys()):
        yield Change(ends[1], flips.get(ends, ()), lead.get(ends))


# --------------------------------------------------------------------- what changed


def _flips(before: Comparison, after: Comparison) -> tuple[Flip, ...]:
    return tuple(
        Flip(a.option.option, b.name, a.verdict, b.verdict, _stricter(a, b).screened.reasons[0])
        for a, b in zip(before.options, after.options, strict=True)
        if a.verdict != b.verdict
    )


def _stricter(a: OptionResult, b: OptionResult) -> OptionResult:
    return max(a, b, key=lambda result: WORST[result.screened.reasons[0].effect])


def _leaders(comparison: Comparison) -> tuple[str, ...]:
    """Return the options that lead, in the neutral order."""
    found = set(comparison.match.leaders) if comparison.match else set()
    return tuple(result.option.option for result in comparison.options if result.option.option in found)


def _lead(before: tuple[str, ...], after: tuple[str, ...]) -> Lead | None:
    return Lead(before, after) if before != after else None


# -------------------------------------------------------------------- in words


@dataclass(frozen=True)
class Said:
    """A change in words: when it holds, and what is then different."""

    when: str
    texts: tuple[str, ...]


def in_words(found: OneWay, comparison: Comparison, catalogue: Catalogue, words: Words) -> tuple[Said, ...]:
    """Return each change as words. In: what was found, and the comparison that it was found for."""
    names = {result.option.option: result.name for result in comparison.options}

    def when(at: float | str) -> str:
        value = at if isinstance(at, str) else first_step(at, found.step)
        shown = answer(found.key, value, comparison.scenario, catalogue, words)
        return shown if isinstance(at, str) else words("sensitivity.from", value=shown)

    return tuple(
        Said(
            when(change.at),
            (
                *(_flip(flip, words) for flip in change.flips),
                *([_leading(change.lead, names, words)] if change.lead else []),
            ),
        )
        for change in found.changes
    )


def first_step(at: float, step: float) -> float:
    """Return the first step at which a change that starts at a number holds.

    >>> first_step(90, 1), first_step(94.28, 1), first_step(1.03, 0.1)
    (90.0, 95.0, 1.1)
    """
    return round(float(math.ceil(at / step - 1e-9) * step), 2)


def _flip(flip: Flip, words: Words) -> str:
    before, after = (words(f"verdict.{verdict}") for verdict in (flip.before, flip.after))
    stricter = VERDICT_ORDER.index(flip.after) > VERDICT_ORDER.index(flip.before)
    name = "sensitivity.stricter" if stricter else "sensitivity.milder"
    return words(name, name=flip.name, before=before, after=after, reason=flip.reason.text)


def _leading(lead: Lead, names: Mapping[str, str], words: Words) -> str:
    if not lead.after:
        return words("sensitivity.nothing_left")
    after = words.listing(names[option] for option in lead.after)
    return words("sensitivity.leads" if len(lead.after) == 1 else "sensitivity.close", names=after)
