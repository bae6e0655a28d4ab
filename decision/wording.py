"""Plain sentences and numbers in words.

Pure functions: figures in, words out. Sentences that belong to the app and to
no fact are rows of `data/phrases.csv`; `Words` fills them in.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SYMBOL = {"USD": "$", "GBP": "£", "CAD": "CA$", "AUD": "A$", "EUR": "€"}


@dataclass(frozen=True)
class Words:
    """The sentences of the app, by name. `words("facts.count", n=3)` fills a sentence in."""

    phrases: Mapping[str, str]

    def __call__(self, phrase: str, **values: object) -> str:
        """Return a sentence with its blanks filled in. Raises KeyError for a name that does not exist."""
        return self.phrases[phrase].format(**values)


def listing(names: Sequence[str] | Iterable[str], last: str = "and") -> str:
    """Return `a`, `a and b` or `a, b and c`."""
    words = list(names)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def sentence(text: str) -> str:
    """Return the text with a capital at the start."""
    return text[:1].upper() + text[1:]


def number(value: float) -> str:
    """Return a figure as a person would say it: whole from 10, one decimal below, no trailing zero."""
    rounded = round(value) if abs(value) >= 10 else round(value, 1)
    return f"{rounded:,g}" if rounded != int(rounded) else f"{int(rounded):,}"


def hours(value: float) -> str:
    """Return hours in words; under one hour in minutes."""
    if 0 < value < 0.95:
        return f"{max(5, round(value * 60 / 5) * 5)} minutes"
    value = max(value, 1.0) if value else value
    rounded = float(number(value).replace(",", ""))
    return f"{number(value)} {'hour' if rounded == 1 else 'hours'}"


def duration(days: float) -> str:
    """Return days, weeks or months as a person would say them."""
    if days < 1:
        return "less than a day"
    size, name = (1, "day") if days < 14 else (7, "week") if days < 70 else (30.4, "month")
    count = round(days / size)
    return f"{count} {name}{'' if count == 1 else 's'}"


def day(date: datetime.date) -> str:
    """Return a date as `22 November 2026`."""
    return f"{date.day} {date:%B %Y}"


def money(value: float, currency: str) -> str:
    """Return an amount rounded to two figures (below 100 to the unit), with the sign of its currency."""
    if value < 100:
        return f"{SYMBOL[currency]}{value:,.0f}"
    step = 10 ** (len(str(int(value))) - 2)
    return f"{SYMBOL[currency]}{round(value / step) * step:,.0f}"


def exact_money(value: float, currency: str) -> str:
    """Return an amount as a price list prints it."""
    return f"{SYMBOL[currency]}{value:,.2f}".removesuffix(".00")


def out_of(value: float, per: int) -> str:
    """Return `54 of 100`; a risk that rounds to none or all but is not reads `fewer than 1` or `more than 99`."""
    count = people(value)
    if count == 0 and value > 0:
        return f"fewer than 1 of {per:,}"
    if count == per and value < per:
        return f"more than {per - 1:,} of {per:,}"
    return f"{count:,} of {per:,}"


def others_of(value: float, per: int) -> str:
    """Return the people in whom it does not happen, so that both counts add up to all."""
    count = people(value)
    if count == 0 and value > 0:
        return f"more than {per - 1:,} of {per:,}"
    if count == per and value < per:
        return f"fewer than 1 of {per:,}"
    return f"{per - count:,} of {per:,}"


def people(value: float) -> int:
    """Round a risk per 100 or 1,000 to whole people, halves up; one rule for words, figures and pictures."""
    return int(value + 0.5)


def span(low: float | None, high: float | None) -> str:
    """Return `42 to 66`, or nothing where an end is not known."""
    if low is None or high is None:
        return ""
    return f"{people(low):,} to {people(high):,}"
