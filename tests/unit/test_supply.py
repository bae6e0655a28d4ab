"""What is taken from the supply, and what the plan says."""

import pytest
import tiny
from tiny import regimen, role

from decision.supply import tier

ALWAYS = tiny.tier("second", word="blue")
UNLESS_EXCHANGE = tiny.tier("highest", unless_suitable="plasma_exchange")


@pytest.mark.parametrize(
    ("rows", "exchange", "expected"),
    [
        ([], "suitable", None),
        ([ALWAYS], "suitable", ALWAYS),
        ([ALWAYS, UNLESS_EXCHANGE], "suitable", ALWAYS),
        ([ALWAYS, UNLESS_EXCHANGE], "caution", UNLESS_EXCHANGE),
        ([UNLESS_EXCHANGE, ALWAYS], "not_suitable", UNLESS_EXCHANGE),
        ([UNLESS_EXCHANGE], "suitable", None),
    ],
)
def test_the_tier_of_a_plan(rows, exchange, expected):
    assert tier(rows, {"plasma_exchange": exchange}) == expected


TABLES = tiny.tables(
    roles=[role("ivig"), role("scig"), role("corticosteroids"), role("fscig", "not_used")],
    regimens=[regimen("ivig", grams_per_kg=1, interval_weeks=4), regimen("scig"), regimen("corticosteroids")],
    supply_tiers=[tiny.tier("highest", plan="uk")],
)


@pytest.mark.parametrize(
    ("option", "plan", "grams", "has_tier"),
    [
        ("ivig", "uk", 910, "highest"),
        ("ivig", "none", 910, None),
        ("ivig", "france", 910, None),
        ("scig", "uk", None, "highest"),
        ("fscig", "uk", None, "highest"),
        ("corticosteroids", "uk", 0, None),
    ],
)
def test_what_an_option_takes_from_the_supply(option, plan, grams, has_tier):
    found = tiny.ask(TABLES, supply_plan=plan).option(option).supply
    assert (found.grams.value if found.grams else None) == grams
    assert (found.tier.tier if found.tier else None) == has_tier
    assert found.plan == plan
