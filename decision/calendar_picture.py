"""The calendar of an option as tables and as sentences that say the same.

A kind of day has a letter and words, never a colour alone: the letter is drawn,
the words are read aloud, the key beside the table says both. Every text is
escaped here.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from decision.result import OptionResult
from decision.treatment_calendar import DAYS_DRAWN, KINDS, MONTHS, Calendar, Month, Span
from decision.wording import Words

DAYS_IN_WEEK = 7
SHORT_RUN = 2
"""Up to so many days in a row are named one by one."""


def key(calendar: Calendar, words: Words) -> str:
    """Return what the letters mean, for the kinds of day that stand in this calendar, as a description list."""
    kinds = [kind for kind in KINDS if calendar.count(kind)]
    parts = "".join(
        f'<div><dt class="{_class(kind)}">{escape(words(f"calendar.letter.{kind}"))}</dt>'
        f"<dd>{escape(words(f'calendar.kind.{kind}'))}</dd></div>"
        for kind in kinds
    )
    return f'<dl class="calendar-key">{parts}</dl>' if parts else ""


def month_table(result: OptionResult, calendar: Calendar, words: Words) -> str:
    """Return the four weeks drawn as a table of weeks and days; where they are not known, a paragraph that says so."""
    if calendar.days is None:
        return f'<p class="unknown">{escape(_month_unknown(calendar, words))}</p>'
    heads = "".join(
        f'<th scope="col">{escape(words("calendar.day", n=day))}</th>' for day in range(1, DAYS_IN_WEEK + 1)
    )
    rows = ""
    for week in range(DAYS_DRAWN // DAYS_IN_WEEK):
        days = calendar.days[week * DAYS_IN_WEEK : (week + 1) * DAYS_IN_WEEK]
        cells = "".join(f"<td>{_day(kinds, words)}</td>" for kinds in days)
        rows += f'<tr><th scope="row">{escape(words("calendar.week", n=week + 1))}</th>{cells}</tr>'
    caption = escape(words("calendar.month.caption", name=result.name))
    corner = f'<td class="corner"><span class="unseen">{escape(words("calendar.month.corner"))}</span></td>'
    return (
        f'<table class="calendar calendar-month"><caption>{caption}</caption>'
        f"<thead><tr>{corner}{heads}</tr></thead><tbody>{rows}</tbody></table>"
    )


def year_table(result: OptionResult, calendar: Calendar, words: Words) -> str:
    """Return the first year as a table of months; where they are not known, a paragraph that says so."""
    if not calendar.months:
        return f'<p class="unknown">{escape(_year_unknown(calendar, words))}</p>'
    columns = ("sessions", "journeys", "check_ups", "hours", "marks")
    heads = "".join(f'<th scope="col">{escape(words(f"calendar.column.{name}"))}</th>' for name in ("month", *columns))
    rows = "".join(_month_row(month, calendar, words) for month in calendar.months)
    total = "".join(
        f"<td>{escape(_figure(value, words))}</td>"
        for value in (calendar.sessions, calendar.journeys, calendar.check_ups, calendar.hours)
    )
    foot = f'<tr><th scope="row">{escape(words("calendar.year.total"))}</th>{total}<td></td></tr>'
    caption = escape(words("calendar.year.caption", name=result.name))
    return (
        f'<table class="calendar calendar-year"><caption>{caption}</caption>'
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody><tfoot>{foot}</tfoot></table>"
    )


def sentences(result: OptionResult, calendar: Calendar, words: Words) -> tuple[str, ...]:
    """Return the calendar in sentences: how it is given, the four weeks, the year, when to know, when to look again."""
    given = [result.regimen.text] if result.regimen else []
    look_again = result.review.text if result.review else words("calendar.decide.unknown")
    return (
        *given,
        *month_sentences(calendar, words),
        *year_sentences(calendar, words),
        *calendar.notes,
        *_know(result, calendar, words),
        look_again,
    )


def month_sentences(calendar: Calendar, words: Words) -> tuple[str, ...]:
    """Return the four weeks drawn in sentences: what stands on how many days, and on which."""
    if calendar.days is None:
        return (_month_unknown(calendar, words),)
    found = []
    for kind in KINDS:
        days = calendar.days_of(kind)
        if days:
            which = words("calendar.every_day") if len(days) == DAYS_DRAWN else words.listing(_runs(days, words))
            found.append(words("calendar.in_month", kind=words(f"calendar.kind.{kind}"), n=len(days), days=which))
    if not found:
        found.append(words("calendar.month.nothing"))
    if calendar.interval_weeks is not None and calendar.interval_weeks * DAYS_IN_WEEK > DAYS_DRAWN:
        found.append(words("calendar.month.seldom", weeks=words.number(calendar.interval_weeks)))
    if calendar.stay_unknown:
        found.append(words("calendar.stay_unknown"))
    return tuple(found)


def year_sentences(calendar: Calendar, words: Words) -> tuple[str, ...]:
    """Return the first year, or the one course, in sentences."""
    if not calendar.known:
        return ()
    span = "course" if calendar.pattern == "single" else "year"
    figures = {
        "sessions": _figure(calendar.sessions, words),
        "journeys": _figure(calendar.journeys, words),
        "check_ups": _figure(calendar.check_ups, words),
        "hours": _figure(calendar.hours, words),
    }
    found = [words(f"calendar.sum.{span}", **figures)]
    if calendar.start_sessions:
        found.append(words("calendar.start", n=calendar.start_sessions))
    if calendar.hours is not None and calendar.check_ups is None:
        found.append(words("calendar.hours_without_checks"))
    if not calendar.months:
        found.append(_year_unknown(calendar, words))
    return tuple(found)


def _day(kinds: tuple[str, ...], words: Words) -> str:
    if not kinds:
        return f'<span class="unseen">{escape(words("calendar.nothing"))}</span>'
    return " ".join(
        f'<span class="{_class(kind)}"><span aria-hidden="true">{escape(words(f"calendar.letter.{kind}"))}</span>'
        f'<span class="unseen">{escape(words(f"calendar.kind.{kind}"))}</span></span>'
        for kind in kinds
    )


def _month_row(month: Month, calendar: Calendar, words: Words) -> str:
    values = (month.sessions, month.journeys, month.check_ups, month.hours)
    figures = "".join(f"<td>{escape(_figure(value, words))}</td>" for value in values)
    marks = [
        words(f"calendar.mark.{name}")
        for name, span in (("know", calendar.may_know), ("decide", calendar.decide_again))
        if span is not None and _within(month.number, span)
    ]
    if month.start_sessions:
        marks.insert(0, words("calendar.mark.start", n=month.start_sessions))
    said = "; ".join(marks)
    return f'<tr><th scope="row">{month.number}</th>{figures}<td>{escape(said)}</td></tr>'


def _within(month: int, span: Span) -> bool:
    first, last = span
    return first <= month <= (first if last is None else last)


def _know(result: OptionResult, calendar: Calendar, words: Words) -> tuple[str, ...]:
    """Return when one would know that it works: the months, and what the source says.

    No treatment does not work or fail; what is known of its course stands alone.
    """
    said = result.onset.text.removeprefix(f"{words('unknown')}.").strip() if result.onset else ""
    if result.option.option == "no_treatment":
        return (said,) if said else ()
    if calendar.may_know is None:
        return (words("calendar.know.unknown", text=said).strip(),)
    first, last = calendar.may_know
    if first > MONTHS:
        name = "later"
    elif last is None:
        name = "from"
    elif first == last:
        name = "in"
    else:
        name = "span" if last <= MONTHS else "beyond"
    return (words(f"calendar.know.{name}", first=first, last=last, text=said),)


def _runs(days: Sequence[int], words: Words) -> list[str]:
    """Return days as words; three or more in a row become one run."""
    runs: list[list[int]] = []
    for day in days:
        if runs and day == runs[-1][-1] + 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    found = []
    for run in runs:
        if len(run) > SHORT_RUN:
            found.append(words("calendar.run", first=run[0], last=run[-1]))
        else:
            found += map(str, run)
    return found


def _month_unknown(calendar: Calendar, words: Words) -> str:
    return words("calendar.month.unknown" if calendar.known else "calendar.unknown")


def _year_unknown(calendar: Calendar, words: Words) -> str:
    return words("calendar.year.unknown" if calendar.known else "calendar.unknown")


def _figure(value: float | None, words: Words) -> str:
    return words("unknown") if value is None else words.number(value)


def _class(kind: str) -> str:
    return f"day day-{kind.replace('_', '-')}"
