"""Numbers and lists in words."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision import wording
from decision.wording import Words


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (iter(["a", "b"]), "a and b"),
    ],
)
def test_listing(words, names, expected):
    assert words.listing(names) == expected


def test_listing_of_what_is_possible(words):
    assert words.either(["a", "b", "c"]) == "a, b or c"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0"),
        (0.04, "0"),
        (0.26, "0.3"),
        (1.0, "1"),
        (4.33, "4.3"),
        (9.94, "9.9"),
        (9.97, "10"),
        (10.4, "10"),
        (54.6, "55"),
        (999.6, "1,000"),
        (12345.6, "12,346"),
    ],
)
def test_number(words, value, expected):
    assert words.number(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "0 hours"),
        (0.01, "5 minutes"),
        (0.25, "15 minutes"),
        (0.5, "30 minutes"),
        (0.9, "55 minutes"),
        (0.95, "1 hour"),
        (1, "1 hour"),
        (1.04, "1 hour"),
        (1.06, "1.1 hours"),
        (2, "2 hours"),
        (120, "120 hours"),
        (1440, "1,440 hours"),
    ],
)
def test_hours(words, value, expected):
    assert words.hours(value) == expected


@pytest.mark.parametrize(
    ("value", "currency", "expected"),
    [
        (0, "USD", "$0"),
        (7.4, "USD", "$7"),
        (99.4, "EUR", "€99"),
        (104, "EUR", "€100"),
        (1234, "GBP", "£1,200"),
        (1278, "GBP", "£1,300"),
        (91_000, "USD", "$91,000"),
        (91_499, "CAD", "CA$91,000"),
        (996, "AUD", "A$1,000"),
        (2_345_678, "USD", "$2,300,000"),
    ],
)
def test_money_to_two_figures(words, value, currency, expected):
    assert words.money(value, currency) == expected


@given(st.floats(100, 1e9))
def test_money_is_within_five_in_a_hundred_of_the_figure(words, value):
    shown = float(words.money(value, "USD").removeprefix("$").replace(",", ""))
    assert abs(shown - value) <= 0.051 * value


@pytest.mark.parametrize(
    ("value", "expected"), [(80, "$80"), (80.5, "$80.50"), (12345.678, "$12,345.68"), (0.004, "$0")]
)
def test_a_price_as_the_list_prints_it(words, value, expected):
    assert words.exact_money(value, "USD") == expected


@pytest.mark.parametrize(
    ("value", "per", "expected"),
    [
        (0, 100, "0 of 100"),
        (0.2, 100, "fewer than 1 of 100"),
        (0.5, 100, "1 of 100"),
        (54.2, 100, "54 of 100"),
        (54.5, 100, "55 of 100"),
        (55.5, 100, "56 of 100"),
        (100, 100, "100 of 100"),
        (3.4, 1000, "3 of 1,000"),
        (1000, 1000, "1,000 of 1,000"),
    ],
)
def test_people_out_of(words, value, per, expected):
    assert words.out_of(value, per) == expected


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [(41.6, 66.3, "42 to 66"), (0, 0.4, "0 to 0"), (None, 66, ""), (42, None, ""), (990, 1000, "990 to 1,000")],
)
def test_span(words, low, high, expected):
    assert words.span(low, high) == expected


@given(st.floats(0, 1000), st.floats(0, 1000))
def test_rounding_keeps_the_order(one, two):
    small, large = sorted((one, two))
    assert wording.people(small) <= wording.people(large)


@given(st.integers(0, 1000))
def test_whole_people_stay_as_they_are(count):
    assert wording.people(float(count)) == count


def test_a_sentence_is_filled_in():
    assert Words({"fits": "{n} of {all} fit"})("fits", n=3, all=19) == "3 of 19 fit"


def test_a_sentence_that_does_not_exist_is_an_error():
    with pytest.raises(KeyError, match="gone"):
        Words({})("gone")


# ---------------------------------------------------------- another language


@pytest.mark.parametrize(
    ("language", "number", "money", "cents", "share", "day", "names", "either"),
    [
        ("en", "1,234", "$91,000", "$80.50", "46%", "2 November 2026", "a, b and c", "a, b or c"),
        ("fr", "1\u202f234", "91\u202f000\xa0$US", "80,50\xa0$US", "46\xa0%", "2 novembre 2026", "a, b et c",
         "a, b ou c"),
        ("de", "1.234", "91.000\xa0$", "80,50\xa0$", "46\xa0%", "2. November 2026", "a, b und c", "a, b oder c"),
        ("pt_BR", "1.234", "US$\xa091.000", "US$\xa080,50", "46%", "2 de novembro de 2026", "a, b e c", "a, b ou c"),
    ],
)  # fmt: skip
def test_figures_as_a_language_writes_them(words, language, number, money, cents, share, day, names, either):
    said = Words(words.phrases, language)
    assert said.number(1234.4) == number
    assert said.money(91_000, "USD") == money
    assert said.exact_money(80.5, "USD") == cents
    assert said.percent(0.46) == share
    assert said.day(datetime.date(2026, 11, 2)) == day
    assert (said.listing("abc"), said.either("abc")) == (names, either)


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (0.5, "less than a day"),
        (1, "1 day"),
        (13, "13 days"),
        (14, "2 weeks"),
        (69, "10 weeks"),
        (70, "2 months"),
        (400, "13 months"),
    ],
)
def test_duration(words, days, expected):
    assert words.duration(days) == expected


@pytest.mark.parametrize(
    ("value", "per", "expected"),
    [
        (0, 100, "100 of 100"),
        (0.2, 100, "more than 99 of 100"),
        (54.2, 100, "46 of 100"),
        (999.8, 1000, "fewer than 1 of 1,000"),
        (1000, 1000, "0 of 1,000"),
    ],
)
def test_the_others(words, value, per, expected):
    assert words.others_of(value, per) == expected


@pytest.mark.parametrize(("value", "expected"), [(70.0, "70"), (33.5, "33.5"), (12.25, "12.25"), (1000, "1,000")])
def test_a_figure_as_given(words, value, expected):
    assert words.exact(value) == expected
