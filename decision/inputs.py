"""The inputs of a scenario in words: what is asked, and what was said to it."""

from __future__ import annotations

from collections.abc import Sequence

from decision import limit, wording
from decision.catalogue import Catalogue
from decision.cost import CURRENCY
from decision.scenario import CHOICES, Scenario
from decision.wording import Words


def label(key: str, catalogue: Catalogue, words: Words) -> str:
    """Return the name of an input. In: a key of the scenario as in a link, such as `travel_minutes` or `w.cost`."""
    if key in ("condition", "situation"):
        return words(f"pick.{key}")
    if key.startswith("w."):
        return words("input.weight", criterion=words(f"criterion.{key[2:]}"))
    if key.startswith("price."):
        option = catalogue.options[key[6:]]
        return words("field.own_price", option=option.name, unit=words(f"unit.{option.price_unit}"))
    return words(f"field.{key}")


def answer(key: str, value: object, scenario: Scenario, catalogue: Catalogue, words: Words) -> str:
    """Return what was said to an input; the scenario gives the currency and the condition. None: nothing was said."""
    if value is None or value == "":
        return words("input.nothing")
    if key == "condition":
        return catalogue.conditions[str(value)].short_name
    if key == "situation":
        return wording.sentence(catalogue.situation(scenario.condition, str(value)).name)
    if key == "health":
        flags: Sequence[str] = str(value).split(",")
        return words.listing(words(f"health.{flag}") for flag in flags)
    if key in CHOICES:
        return words(f"value.{key}.{value}")
    return _number(key, float(str(value)), scenario, words)


def _number(key: str, value: float, scenario: Scenario, words: Words) -> str:
    if key == "travel_minutes":
        return limit.minutes(value, words)
    if key == "weight_kg":
        return words("chip.weight_kg", value=words.exact(value))
    if key == "hours_per_month":
        return words.hours(value)
    if key.startswith("w."):
        return words("input.of_ten", n=words.exact(value))
    return words.exact_money(value, CURRENCY[scenario.prices])
