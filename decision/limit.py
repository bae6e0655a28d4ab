"""What a person said limits them, in words; one wording for the chips on the page and for the hand-out."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from decision.catalogue import Catalogue
from decision.cost import CURRENCY
from decision.scenario import CHOICES, Scenario
from decision.wording import Words

FIELDS = (
    "age_group", "pregnancy", "weight_kg", "igg", "mg_antibody", "travel_minutes", "place", "needles", "veins",
    "self_infusion", "apheresis", "hours_per_month", "prices", "budget_per_year", "ig_supply", "supply_plan",
)  # fmt: skip
"""Fields of a scenario that limit a person, besides health, in the order in which they are told."""

OWN_CHIP = ("self_infusion", "ig_supply", "apheresis", "needles")
"""Fields whose answers have a sentence each: inside one, a word is not written as it stands alone."""


@dataclass(frozen=True)
class Limit:
    """One limit in words; `key` of the scenario that holds it, and `value` where the key holds a list."""

    text: str
    key: str
    value: str = ""


def said(keys: Collection[str], scenario: Scenario, catalogue: Catalogue) -> Iterator[Limit]:
    """Yield what was said, health first, then field by field, then the person's own prices.

    In: the keys that were said; what is a default by itself says nothing.
    """
    words = catalogue.words
    for flag in scenario.health:
        yield Limit(words(f"health.{flag}"), "health", flag)
    for field in FIELDS:
        if field in keys:
            yield Limit(_text(field, scenario, words), field)
    for option in scenario.own_prices:
        yield Limit(words("chip.own_price", option=catalogue.options[option].name), f"price.{option}")


def minutes(count: float, words: Words) -> str:
    """Return minutes as `45 minutes`, `1 hour` or `1 hour 30 minutes`."""
    hours, rest = divmod(count, 60)
    if not hours:
        return words("value.minutes", n=words.exact(rest))
    if rest:
        return words("value.hours_minutes", h=words.exact(hours), min=words.exact(rest))
    return words("value.hour") if hours == 1 else words("value.hours", n=words.exact(hours))


def _text(field: str, scenario: Scenario, words: Words) -> str:
    value = getattr(scenario, field)
    if field in OWN_CHIP:
        return words(f"chip.{field}.{value}")
    if field == "travel_minutes":
        shown = minutes(value, words)
    elif field == "budget_per_year":
        shown = words.exact_money(value, CURRENCY[scenario.prices])
    elif field in CHOICES:
        shown = words(f"value.{field}.{value}")
    else:
        shown = words.exact(value)
    return words(f"chip.{field}", value=shown)
