"""Dose to grams, grams to money, worked out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import option, price, regimen

from decision.cost import choose_price, cost, grams_per_year

DOSE = {"grams_per_kg": 1, "interval_weeks": 4, "sessions": 1}
RANGE = {"sessions": 2, "sessions_low": 1, "sessions_high": 3}


def estimate(found):
    return None if found is None else (found.value, found.low, found.high)


@pytest.mark.parametrize(
    ("what", "cells", "weight", "grams"),
    [
        ("1 g/kg every 4 weeks: 13 times a year", DOSE, 70, (910, None, None)),
        ("half the weight, half the grams", DOSE, 35, (455, None, None)),
        ("with 2 g/kg to start", {**DOSE, "loading_g_per_kg": 2}, 70, (1050, None, None)),
        ("with a range", {**DOSE, "grams_per_kg_low": 0.5, "grams_per_kg_high": 2}, 70, (910, 455, 1820)),
        ("one course", {"pattern": "single", "grams_per_kg": 2}, 70, (140, None, None)),
        ("dose not known", {**DOSE, "grams_per_kg": None}, 70, None),
        ("interval not known", {**DOSE, "interval_weeks": None}, 70, None),
    ],
)
def test_grams(what, cells, weight, grams):
    assert estimate(grams_per_year(regimen(**cells), weight)) == grams


def test_no_regimen_takes_no_grams_that_are_known():
    assert grams_per_year(None, 70) is None


@pytest.mark.parametrize(
    ("what", "unit", "cells", "expected"),
    [
        ("grams", "gram", DOSE, (91_000, None, None)),
        ("sessions", "session", {"sessions": 2, "interval_weeks": 4}, (2600, None, None)),
        ("sessions with a range", "session", {**RANGE, "interval_weeks": 4}, (2600, 1300, 3900)),
        ("doses of one course", "dose", {"pattern": "single", "sessions": 5}, (500, None, None)),
        ("months", "month", {"sessions": 30, "interval_weeks": 4}, (1200, None, None)),
        ("a month for one course", "month", {"pattern": "single"}, (100, None, None)),
        ("a year", "year", {"sessions": 1, "interval_weeks": 4}, (100, None, None)),
        ("a course", "course", {"pattern": "single"}, (100, None, None)),
        ("sessions not known", "session", {"interval_weeks": 4}, None),
        ("no session at all", "session", {"sessions": 0, "setting": "none"}, None),
        ("regimen not known", "year", {"pattern": "none"}, None),
    ],
)  # fmt: skip
def test_a_year_at_a_hundred_a_unit(what, unit, cells, expected):
    found = cost(option("ivig"), regimen(**cells), [price(unit=unit)], [], 70, "us", None)
    assert estimate(found.per_year) == expected
    assert found.currency == "USD"


def test_ends_are_multiplied_with_ends():
    cells = {**DOSE, "grams_per_kg_low": 0.5, "grams_per_kg_high": 2}
    found = cost(option("ivig"), regimen(**cells), [price(low=80, high=150)], [], 100, "us", None)
    assert estimate(found.per_year) == (1300 * 100, 650 * 80, 2600 * 150)


def test_an_end_that_only_one_side_knows_counts_with_the_value_of_the_other():
    found = cost(option("ivig"), regimen(**DOSE), [price(low=80)], [], 100, "us", None)
    assert estimate(found.per_year) == (1300 * 100, 1300 * 80, None)


def test_an_own_price_overrides_the_table():
    found = cost(option("ivig"), regimen(**DOSE), [price(amount=100, unit="course")], [], 100, "uk", 7.0)
    assert estimate(found.per_year) == (9100, None, None)
    assert (found.price, found.own_price, found.unit, found.currency) == (None, 7.0, "gram", "GBP")


def test_a_price_of_nothing_is_a_price():
    found = cost(option("ivig"), regimen(**DOSE), [], [], 100, "us", 0.0)
    assert estimate(found.per_year) == (0, None, None)


def test_without_a_price_the_cost_is_not_known():
    found = cost(option("ivig"), regimen(**DOSE), [], [], 70, "france", None)
    assert (found.per_year, found.price, found.currency) == (None, None, "EUR")


ANY = price(amount=1)
HERE = price(amount=2, condition="tiny")
AGENT = price(amount=3, agent="brand")
HERE_AGENT = price(amount=4, condition="tiny", agent="brand")
OTHER_AGENT = price(amount=5, agent="generic")
ELSEWHERE = price(amount=6, condition="elsewhere")
NOT_USED = price(amount=7, agent="not used here")


@pytest.mark.parametrize(
    ("possible", "wanted", "chosen"),
    [
        ([ANY], None, ANY),
        ([ANY, HERE], None, HERE),
        ([ANY, AGENT], "brand", AGENT),
        ([ANY, AGENT], None, ANY),
        ([AGENT, OTHER_AGENT, ANY], "generic", OTHER_AGENT),
        ([HERE, AGENT], "brand", HERE),
        ([ANY, HERE, AGENT, HERE_AGENT], "brand", HERE_AGENT),
        # a dose of one agent is never paid at the price of another
        ([OTHER_AGENT], "brand", None),
        ([OTHER_AGENT, ANY], "brand", ANY),
        ([OTHER_AGENT], None, OTHER_AGENT),
        ([ELSEWHERE], None, None),
        ([NOT_USED], None, None),
        ([ELSEWHERE, NOT_USED, ANY], "brand", ANY),
        ([], None, None),
    ],
)
def test_the_price_that_fits_best(possible, wanted, chosen):
    assert choose_price(possible, regimen(agent=wanted), ["brand", "generic"]) == chosen


def test_an_option_that_is_not_used_has_no_price():
    assert choose_price([ANY], None, []) is None


AMOUNTS = st.lists(st.floats(0, 1000), min_size=3, max_size=3).map(sorted)


@given(AMOUNTS, AMOUNTS, st.floats(2, 250))
def test_the_range_holds_the_value(doses, amounts, weight):
    cells = {"grams_per_kg_low": doses[0], "grams_per_kg": doses[1], "grams_per_kg_high": doses[2]}
    each = price(low=amounts[0], amount=amounts[1], high=amounts[2])
    found = cost(option("ivig"), regimen(interval_weeks=3, **cells), [each], [], weight, "us", None).per_year
    assert 0 <= found.low <= found.value * (1 + 1e-9)
    assert found.value <= found.high * (1 + 1e-9)
