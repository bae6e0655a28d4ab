"""Plain sentences and numbers in words, in the language of the page.

Figures in, words out. Sentences that belong to the app and to no fact are rows
of `data/phrases.csv`; `Words` fills them in. How a language writes numbers,
money, days and lists comes from Babel. What is rounded, and how, is the same in
every language and stands here as plain functions.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent

DAY_FIRST: Mapping[str, str] = {"en": "en_GB"}
"""Days and lists of plain English are written as `22 November 2026` and `a, b and c`."""


@dataclass(frozen=True)
class Words:
    """The sentences of the app, by name. `words("facts.count", n=3)` fills a sentence in.

    `language` is a code that Babel knows (`en`, `fr`, `pt_BR`): how figures, days and lists are written.
    """

    phrases: Mapping[str, str]
    language: str = "en"

    def __call__(self, phrase: str, **values: object) -> str:
        """Return a sentence with its blanks filled in. Raises KeyError for a name that does not exist."""
        return self.phrases[phrase].format(**values)

    @cached_property
    def _locale(self) -> Locale:
        return Locale.parse(self.language)

    @cached_property
    def _locale_of_days(self) -> Locale:
        return Locale.parse(DAY_FIRST.get(self.language, self.language))

    @cached_property
    def _whole_money(self) -> str:
        return self._locale.currency_formats["standard"].pattern.replace(".00", "")

    def listing(self, names: Iterable[str]) -> str:
        """Return `a`, `a and b` or `a, b and c`."""
        return format_list(list(names), "standard", self._locale_of_days)

    def either(self, names: Iterable[str]) -> str:
        """Return `a`, `a or b` or `a, b or c`."""
        return format_list(list(names), "or", self._locale_of_days)

    def number(self, value: float) -> str:
        """Return a figure as a person would say it: whole from 10, one decimal below, no trailing zero."""
        return _decimal(rounded(value) + 0.0, self.language)

    def exact(self, value: float) -> str:
        """Return a figure as it was given, nothing rounded."""
        return format_decimal(value, locale=self._locale, decimal_quantization=False)

    def percent(self, share: float) -> str:
        """Return a share (0 to 1) in whole percent."""
        return format_percent(round(share * 100) / 100, locale=self._locale)

    def hours(self, value: float) -> str:
        """Return hours in words; under one hour in minutes."""
        if 0 < value < 0.95:
            return self("value.minutes", n=max(5, round(value * 60 / 5) * 5))
        value = max(value, 1.0) if value else value
        return self("value.hour") if rounded(value) == 1 else self("value.hours", n=self.number(value))

    def duration(self, days: float) -> str:
        """Return days, weeks or months as a person would say them."""
        count, unit = period(days)
        if not count:
            return self("duration.less")
        return self(f"duration.{unit}") if count == 1 else self(f"duration.{unit}s", n=self.number(count))

    def day(self, date: datetime.date) -> str:
        """Return a date as `22 November 2026`."""
        return _day(date, self._locale_of_days)

    def money(self, value: float, currency: str) -> str:
        """Return an amount rounded to two figures (below 100 to the unit), with the sign of its currency."""
        step = 1 if value < 100 else 10 ** (len(str(int(value))) - 2)
        return self._whole(round(value / step) * step, currency)

    def exact_money(self, value: float, currency: str) -> str:
        """Return an amount as a price list prints it."""
        cents = round(value, 2)
        return (
            self._whole(cents, currency)
            if cents == int(cents)
            else format_currency(cents, currency, None, self._locale)
        )

    def _whole(self, value: float, currency: str) -> str:
        return _money(float(value), currency, self._whole_money, self.language)

    def out_of(self, value: float, per: int) -> str:
        """Return `54 of 100`; a risk that rounds to none or all but is not reads `fewer than 1` or `more than 99`."""
        return self._people(*counted(value, per), per)

    def others_of(self, value: float, per: int) -> str:
        """Return the people in whom it does not happen, so that both counts add up to all."""
        kind, count = counted(value, per)
        return self._people({"fewer": "more", "more": "fewer"}.get(kind, kind), per - count, per)

    def _people(self, kind: str, count: int, per: int) -> str:
        return self(f"people.{kind}", n=self.number(count), per=self.number(per))

    def span(self, low: float | None, high: float | None) -> str:
        """Return people as `42 to 66`, or nothing where an end is not known."""
        return "" if low is None or high is None else self.interval(people(low), people(high))

    def interval(self, low: float, high: float) -> str:
        """Return two figures as `1.5 to 3`."""
        return self("interval", low=self.number(low), high=self.number(high))


@lru_cache(maxsize=1024)
def _day(date: datetime.date, locale: Locale | str) -> str:
    """Return a date as a language writes it. Kept, as every cell says on which day its row was checked."""
    return format_date(date, "long", locale)


@lru_cache(maxsize=4096)
def _decimal(value: float, language: str) -> str:
    """Return a figure as a language writes it. Kept, as a page says the same few figures again and again."""
    return format_decimal(value, locale=Locale.parse(language))


@lru_cache(maxsize=4096)
def _money(value: float, currency: str, pattern: str, language: str) -> str:
    """Return an amount as a language writes it, by a pattern of Babel."""
    return format_currency(value, currency, pattern, Locale.parse(language), currency_digits=False)


def sentence(text: str) -> str:
    """Return the text with a capital at the start."""
    return text[:1].upper() + text[1:]


def rounded(value: float) -> float:
    """Round a figure as a person would say it: whole from 10, one decimal below."""
    return round(value) if abs(value) >= 10 else round(value, 1)


def people(value: float) -> int:
    """Round a risk per 100 or 1,000 to whole people, halves up; one rule for words, figures and pictures."""
    return int(value + 0.5)


def counted(value: float, per: int) -> tuple[str, int]:
    """Return people out of `per` as they are said: `of` so many, `fewer` than 1, or `more` than all but one."""
    count = people(value)
    if count == 0 and value > 0:
        return "fewer", 1
    if count == per and value < per:
        return "more", per - 1
    return "of", count


def period(days: float) -> tuple[int, str]:
    """Return a time as a count and its unit (day, week, month); a count of 0 is less than a day."""
    if days < 1:
        return 0, "day"
    size, unit = (1, "day") if days < 14 else (7, "week") if days < 70 else (30.4, "month")
    return round(days / size), unit
