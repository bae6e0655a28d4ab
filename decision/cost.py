"""Cost: dose by weight to grams, grams or sessions to money, with low and high.

Prices are dated and never converted from one country to another: where a
country has no price, the cost is not known until the person gives a price.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from decision.burden import WEEKS_PER_YEAR, sessions_per_year
from decision.effects import Estimate
from decision.rows import Option, Price, Regimen

CURRENCY = {"us": "USD", "uk": "GBP", "canada": "CAD", "australia": "AUD", "france": "EUR"}


@dataclass(frozen=True)
class Cost:
    """Money for a year of an option (for the whole course where it is given once); None where not known."""

    per_year: Estimate | None
    currency: str
    unit: str
    units: Estimate | None
    price: Price | None
    own_price: float | None


def grams_per_year(regimen: Regimen | None, weight_kg: float) -> Estimate | None:
    """Return grams of immunoglobulin in the first year, or in the course; None where the dose is not known.

    A repeated regimen: the starting course, then 52 weeks at its interval.
    """
    if regimen is None or regimen.grams_per_kg is None:
        return None
    start = (regimen.loading_g_per_kg or 0) * weight_kg
    if regimen.pattern == "single":
        courses = 1.0
    elif regimen.interval_weeks is not None:
        courses = WEEKS_PER_YEAR / regimen.interval_weeks
    else:
        return None

    def grams(per_kg: float | None) -> float | None:
        return None if per_kg is None else start + per_kg * weight_kg * courses

    value = start + regimen.grams_per_kg * weight_kg * courses
    return Estimate(value, grams(regimen.grams_per_kg_low), grams(regimen.grams_per_kg_high))


def cost(
    option: Option,
    regimen: Regimen | None,
    prices: Sequence[Price],
    agents: Sequence[str],
    weight_kg: float,
    jurisdiction: str,
    own_price: float | None,
) -> Cost:
    """Return the cost of an option for a year.

    In: the regimen (None: not used), the prices of the option in this
    jurisdiction, the agents it stands for here, weight in kg, and the person's
    own price for `option.price_unit`, which overrides the table.
    """
    price = None if own_price is not None else choose_price(prices, regimen, agents)
    unit = option.price_unit if price is None else price.unit
    units = _units(unit, regimen, weight_kg)
    each = Estimate(own_price) if own_price is not None else _price_range(price)
    total = None if units is None or each is None else _times(units, each)
    return Cost(total, CURRENCY[jurisdiction], unit, units, price, own_price)


def choose_price(prices: Sequence[Price], regimen: Regimen | None, agents: Sequence[str]) -> Price | None:
    """Return the price that fits best: this condition before any, the regimen's own agent before the class.

    A dose of one agent is never paid at the price of another: only where the
    regimen names none does the price of any agent in use stand for the option.
    """
    if regimen is None:
        return None
    fitting = agents if regimen.agent is None else (regimen.agent,)
    possible = [
        price
        for price in prices
        if price.condition in (None, regimen.condition) and (price.agent is None or price.agent in fitting)
    ]
    return min(possible, key=lambda price: (price.condition is None, price.agent != regimen.agent), default=None)


def _units(unit: str, regimen: Regimen | None, weight_kg: float) -> Estimate | None:
    """Return how many price units a year (or the course) takes."""
    if regimen is None or regimen.pattern == "none":
        return None
    if unit == "gram":
        return grams_per_year(regimen, weight_kg)
    if unit in ("session", "dose"):
        value = sessions_per_year(regimen, regimen.sessions)
        if not value:
            return None
        low = sessions_per_year(regimen, regimen.sessions_low)
        return Estimate(value, low, sessions_per_year(regimen, regimen.sessions_high))
    if unit == "month":
        return Estimate(12.0 if regimen.pattern == "repeated" else 1.0)
    return Estimate(1.0)


def _price_range(price: Price | None) -> Estimate | None:
    return None if price is None else Estimate(price.amount, price.low, price.high)


def _times(units: Estimate, each: Estimate) -> Estimate:
    """Multiply ends with ends; an end that is not known counts as the value."""
    ends = []
    for side in ("low", "high"):
        a, b = getattr(units, side), getattr(each, side)
        known = a is not None or b is not None
        ends.append((units.value if a is None else a) * (each.value if b is None else b) if known else None)
    return Estimate(units.value * each.value, ends[0], ends[1])
