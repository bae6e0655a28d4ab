"""How the app stands against the standards for decision aids (IPDASi version 4), worked out and never claimed.

Items: Joseph-Williams and others 2014, Med Decis Making 34:699-710, doi
10.1177/0272989X13501721; in our own words. An item is met where its check
holds in every situation. Items that only people can meet are unmet, and items
about tests that look for an illness do not apply; both say why.

python -m decision.ipdas --write    write docs/ipdas.md
python -m decision.ipdas            print it
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from decision.catalogue import Catalogue, load_catalogue
from decision.ipdas_checks import CHECKS, SAID_SO
from decision.ipdas_place import Place, places
from decision.reading import Report, report
from decision.rows import IpdasGroup, IpdasItem, Sourced

State = Literal["met", "unmet", "not_applicable"]
GROUPS: tuple[str, ...] = get_args(IpdasGroup)
DOCUMENT = Path(__file__).resolve().parent.parent / "docs" / "ipdas.md"


@dataclass(frozen=True)
class Assessed:
    """An item with its state, and for a check in how many of all situations it holds."""

    item: IpdasItem
    state: State
    holds: int = 0
    of: int = 0
    fails: tuple[str, ...] = ()
    """Situations in which it does not hold, as `condition/situation`."""
    said_so: int = 0
    """How much holds only because the app says that it differs."""


@dataclass(frozen=True)
class Tally:
    """How many items of a group are met, of how many that apply."""

    group: str
    met: int
    of: int
    not_applicable: int


def assess(catalogue: Catalogue, today: datetime.date, reading: Report | None) -> tuple[Assessed, ...]:
    """Return every item with its state on a day, in the order of the table.

    In: what was measured of the reading grade, or None where it was not (then that item is unmet).
    """
    here = list(places(catalogue, today, reading))
    return tuple(_assessed(item, here) for item in catalogue.ipdas)


def _assessed(item: IpdasItem, here: Sequence[Place]) -> Assessed:
    if item.check == "not_applicable":
        return Assessed(item, "not_applicable")
    if item.check == "people":
        return Assessed(item, "unmet")
    fails = tuple(place.name for place in here if not CHECKS[item.check](place))
    count = SAID_SO.get(item.check)
    said_so = len({thing for place in here for thing in count(place)}) if count else 0
    state: State = "met" if here and not fails else "unmet"
    return Assessed(item, state, len(here) - len(fails), len(here), fails, said_so)


def tallies(found: Iterable[Assessed]) -> tuple[Tally, ...]:
    """Return how many items of each group are met."""
    listed = list(found)
    result = []
    for group in GROUPS:
        states = [one.state for one in listed if one.item.group == group]
        apply = [state for state in states if state != "not_applicable"]
        result.append(Tally(group, apply.count("met"), len(apply), len(states) - len(apply)))
    return tuple(result)


def newest(catalogue: Catalogue) -> datetime.date:
    """Return the day on which the newest fact was checked: the day for which the written assessment holds."""
    return max(row.checked for rows in catalogue.tables.values() for row in rows if isinstance(row, Sourced))


# ------------------------------------------------------------------- the document


def document(catalogue: Catalogue, today: datetime.date, reading: Report) -> str:
    """Return the filled-in assessment as Markdown. The same tables give the same text."""
    words, found = catalogue.words, assess(catalogue, today, reading)
    lines = [
        "# Self-assessment: the standards for decision aids (IPDASi version 4)",
        "",
        "Written by `python -m decision.ipdas --write` from the tables and the app; a test proves that it is current.",
        f"Nobody outside the project has assessed it. State of {words.day(today)}; the About page works it out anew",
        "for the day on which it is read.",
        "",
        f"Items in our own words after {words('ipdas.source')}",
        "The wording of the instrument is under copyright, so only its numbers are used here.",
        "",
        "| group | met | of those that apply | do not apply |",
        "|---|---|---|---|",
        *(f"| {words(f'ipdas.{t.group}')} | {t.met} | {t.of} | {t.not_applicable} |" for t in tallies(found)),
        "",
        "“Situations” says in how many of the situations of all illnesses the check holds. A check on figures does not",
        "hold where there is no figure. “Says so” counts what holds only because the app says that something differs.",
    ]
    for group in GROUPS:
        lines += ["", f"## {words(f'ipdas.{group}')}", ""]
        lines += ["| item | what is asked | state | where it is met, or why not | situations | says so |"]
        lines += ["|---|---|---|---|---|---|"]
        lines += [_line(one, catalogue) for one in found if one.item.group == group]
    fails = [f"- {label(one.item, catalogue)}: {_named(one)}" for one in found if one.fails]
    if fails:
        lines += ["", "## Situations in which a check does not hold", "", *fails]
    return "\n".join(lines) + "\n"


def _named(one: Assessed) -> str:
    return ", ".join(one.fails) if one.holds else "all"


def _line(one: Assessed, catalogue: Catalogue) -> str:
    words = catalogue.words
    counted = f"{one.holds} of {one.of}" if one.of else ""
    cells = [
        label(one.item, catalogue),
        one.item.text,
        words(f"ipdas.state.{one.state}"),
        where(one, catalogue),
        counted,
        str(one.said_so or ""),
    ]
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def label(item: IpdasItem, catalogue: Catalogue) -> str:
    """Return the number of an item as the standards have it: 3, C2, Q11."""
    return catalogue.words(f"ipdas.number.{item.group}", n=item.number)


def where(one: Assessed, catalogue: Catalogue) -> str:
    """Return where an item is met and what to look at there, or why it is not met or does not apply."""
    words, item = catalogue.words, one.item
    if item.reason:
        return item.reason
    holds = words("ipdas.holds", n=words.number(one.holds), all=words.number(one.of))
    if not one.holds:
        return holds
    said = words("ipdas.where", pages=words.listing(words(page) for page in item.pages), look=item.look_at)
    phrase = f"ipdas.said.{item.check}"
    if one.said_so and phrase in catalogue.phrases:
        said += f" {words(phrase, n=words.exact(one.said_so))}"
    return said if one.state == "met" else f"{holds} {said}"


def main(arguments: Sequence[str]) -> int:
    """Write or print the assessment of the shipped tables."""
    catalogue = load_catalogue()
    text = document(catalogue, newest(catalogue), report(catalogue))
    if "--write" in arguments:
        DOCUMENT.write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
