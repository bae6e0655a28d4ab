"""The table of the sheet: the options side by side, each figure with its range, in as few words as paper has room for.

The figures and their words are those of the screen (`cells`); what a cell has
no room for stands below the table as a remark with a letter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from decision import charts, wording
from decision.catalogue import Catalogue
from decision.cells import Cell, Question
from decision.cost import CURRENCY
from decision.handout.said import Told, part_of_match
from decision.preferences import profiles, speaks
from decision.result import OptionResult, OutcomeResult
from decision.wording import Words

LETTERS = "abcdefghijklmnopqrstuvwxyz"
IN_FULL = ("role", "trial")
"""Kinds of deciding reasons told in full, as health always is; the others are named by their kind."""

CRITERION_OF_ROW = {"onset": "speed", "time": "time", "cost": "cost"}


@dataclass(frozen=True)
class Column:
    """The head of an option: its name, the agents it stands for, verdict as sign and word, and why."""

    option: str
    name: str
    agents: str
    verdict: str
    word: str
    why: str


@dataclass(frozen=True)
class Said:
    """A short line of a cell, with a label before it where it has one."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Entry:
    """One cell: a headline, short lines, letters of the remarks below the table, a picture and the text for it."""

    headline: str
    lines: tuple[Said, ...] = ()
    letters: str = ""
    known: bool = True
    svg: str = ""
    text: str = ""


@dataclass(frozen=True)
class Line:
    """A row: the question, what and whom it is about, the numbers of its sources, a cell for each option."""

    id: str
    question: str
    note: str
    sources: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Cited:
    """A source: its number on the sheet, short name, citation, address (blank where there is none) and who paid."""

    number: int
    short: str
    citation: str
    address: str
    paid: str


class Register:
    """Letters for remarks and numbers for sources, in the order of their first use."""

    def __init__(self) -> None:
        self._remarks: dict[str, str] = {}
        self._sources: dict[str, int] = {}

    def letters(self, remarks: Iterable[str]) -> str:
        """Return the letters of remarks, in the order of the alphabet."""
        found = (self._remarks.setdefault(text, LETTERS[len(self._remarks) % len(LETTERS)]) for text in remarks)
        return "".join(sorted(found))

    def numbers(self, cells: Iterable[Cell], words: Words) -> str:
        """Return the numbers of the sources of known cells, runs joined; our own words are no source."""
        known = (source for cell in cells if cell.known and cell.origin for source in cell.origin.sources)
        names = [row.source for row in known if row.type != "own_wording"]
        return _runs(sorted({self._sources.setdefault(name, len(self._sources) + 1) for name in names}), words)

    def remarks(self) -> tuple[Said, ...]:
        """Return the remarks with their letters."""
        return tuple(Said(text, letter) for text, letter in self._remarks.items())

    def cited(self, catalogue: Catalogue, words: Words) -> tuple[Cited, ...]:
        """Return the sources with their numbers."""
        found = []
        for name, number in self._sources.items():
            row = catalogue.sources[name]
            address = f"https://doi.org/{row.doi}" if row.doi else row.url or ""
            found.append(Cited(number, row.short, row.citation, address, words(f"funding.{row.funding}")))
        return tuple(found)


def _runs(numbers: Sequence[int], words: Words) -> str:
    """Return numbers with three or more in a row as `4 to 7`."""
    runs: list[list[int]] = []
    for before, number in pairwise([-1, *numbers]):
        if number == before + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    said = [
        [words("handout.span", low=run[0], high=run[-1])] if len(run) > 2 else [str(number) for number in run]
        for run in runs
    ]
    return ", ".join(text for run in said for text in run)


# ----------------------------------------------------------------------- columns


def columns(told: Told) -> tuple[Column, ...]:
    """Return the heads of the options on the sheet."""
    return tuple(_column(told, result) for result in told.shown)


def _column(told: Told, result: OptionResult) -> Column:
    words = told.words
    agents = words.either(agent.agent for agent in result.agents)
    is_class = result.option.family not in ("immunoglobulin", "blood_filtering", "none")
    stands_for = agents if is_class and agents.lower() != result.name.lower() else ""
    word = words(f"verdict.{result.verdict}")
    return Column(result.option.option, result.name, stands_for, result.verdict, word, _why(told, result))


def _why(told: Told, result: OptionResult) -> str:
    """Return why an option is not simply suitable: health in full, a limit by its kind; else its place here."""
    words = told.words
    lowering = [reason for reason in result.screened.reasons if reason.effect != "note"]
    if not lowering:
        return words(f"role.{result.role.role}")
    in_full = [one for one in lowering if one.kind == "health" or (one is lowering[0] and one.kind in IN_FULL)]
    texts = [one.text for one in in_full if one.kind != "health" or not told.hides_body]
    if len(texts) < len(in_full):
        texts.append(words("handout.health_decides"))
    kinds = dict.fromkeys(one.kind for one in lowering if one not in in_full)
    if kinds:
        what = words.listing(words(f"handout.also.{kind}") for kind in kinds)
        texts.append(words("handout.also" if texts else "handout.because", what=what))
    return " ".join(texts)


# -------------------------------------------------------------------------- rows


def lines(told: Told, rows: Sequence[Question], register: Register) -> Iterator[Line]:
    """Yield the rows: each outcome, how soon, time, money, and what speaks for and against."""
    by_id = {row.id: row for row in rows}
    for index, outcome in enumerate(told.catalogue.outcomes[told.place]):
        yield _outcome_line(told, by_id[outcome.outcome], index, register)
    for name, maker in _SHORT.items():
        yield _short_line(told, by_id[name], maker, register)
    if speaking := _speaking_line(told, rows):
        yield speaking


def _outcome_line(told: Told, row: Question, index: int, register: Register) -> Line:
    words = told.words
    figures = [result.outcomes[index] for result in told.shown]
    outcome = figures[0].outcome
    compared = [figure for figure in figures if _is_compared(figure)]
    note = [row.note]
    if compared and outcome.reference_name:
        reference = compared[0].risk.reference
        value = words.out_of(reference.value * outcome.per, outcome.per) if reference else ""
        note.append(words("cell.reference", name=wording.sentence(outcome.reference_name), value=value))
    entries = tuple(
        _outcome_entry(told, row, cell, figure, register) for figure, cell in zip(figures, row.cells, strict=True)
    )
    return Line(row.id, row.text, " ".join(note), register.numbers(row.cells, words), entries)


def _is_compared(figure: OutcomeResult) -> bool:
    """Whether a figure is shown as a difference to the reference."""
    risk = figure.risk
    return (
        risk.with_option is not None
        and risk.reference is not None
        and not figure.is_reference
        and risk.comparison != "single_arm"
    )


def _outcome_entry(told: Told, row: Question, cell: Cell, figure: OutcomeResult, register: Register) -> Entry:
    words, per, risk = told.words, figure.outcome.per, figure.risk
    if cell.picture is None or not cell.known or risk.with_option is None:
        return Entry(cell.headline, known=False)
    span = words.span(cell.picture.low, cell.picture.high)
    headline = words("handout.range", value=cell.headline, range=span) if span else cell.headline
    said = []
    if figure.is_reference:
        said.append(words("handout.reference_self"))
    elif _is_compared(figure) and risk.reference is not None:
        said.append(_difference(risk.with_option.value * per, risk.reference.value * per, risk.clear, words))
    said.append(words("handout.sure", certainty=cell.certainty))
    text = words("handout.picture", name=cell.name, question=row.text, figure=headline, more=", ".join(said))
    letters = register.letters(_outcome_remarks(cell, figure, words))
    svg = charts.icon_array(cell.picture, text)
    return Entry(headline, tuple(Said(line) for line in said), letters, svg=svg, text=text)


def _outcome_remarks(cell: Cell, figure: OutcomeResult, words: Words) -> Iterator[str]:
    if figure.risk.comparison in ("single_arm", "indirect"):
        yield words(f"cell.{figure.risk.comparison}")
    if figure.other_time and figure.row is not None:
        yield words("handout.other_time", time=figure.row.follow_up)
    if figure.row is not None and figure.row.conflict:
        yield words("cell.conflict_flag")
    if cell.origin is not None and not cell.origin.checked:
        yield words("unchecked")


def _difference(value: float, against: float, clear: bool | None, words: Words) -> str:
    """Say the difference of the two rounded counts, so that it adds up with the figures beside it."""
    more = wording.people(value) - wording.people(against)
    if more == 0:
        return words("cell.same")
    chance = ".unclear" if clear is False else ""
    return words(f"handout.more{chance}" if more > 0 else f"handout.fewer{chance}", n=abs(more))


Made = tuple[Entry, tuple[str, ...]]
"""A cell, and its remarks."""


def _short_line(
    told: Told, row: Question, maker: Callable[[Words, OptionResult, Cell], Made], register: Register
) -> Line:  # fmt: skip
    entries = []
    for result, cell in zip(told.shown, row.cells, strict=True):
        if not cell.known:
            entries.append(Entry(cell.headline, known=False))
            continue
        made, remarks = maker(told.words, result, cell)
        if cell.origin is not None and not cell.origin.checked:
            remarks = (*remarks, told.words("unchecked"))
        entries.append(Entry(made.headline, made.lines, register.letters(remarks)))
    return Line(row.id, row.text, _note(told, row), register.numbers(row.cells, told.words), tuple(entries))


def _note(told: Told, row: Question) -> str:
    """Return the note of a row; a weight that was said is named only with the person's say."""
    if row.id != "cost" or not (told.hides_body and "weight_kg" in told.visit.query):
        return row.note
    currency = told.words(f"currency.{CURRENCY[told.scenario.prices].lower()}")
    return told.words("handout.cost.note", currency=currency)


def _onset_entry(words: Words, result: OptionResult, cell: Cell) -> Made:  # noqa: ARG001 - one shape for all
    return Entry(cell.headline), ()


def _time_entry(words: Words, result: OptionResult, cell: Cell) -> Made:
    hours, setting = result.burden.hours, result.burden.setting
    headline = cell.headline
    if hours and hours.low is not None and hours.high is not None and hours.low != hours.high:
        headline = _range(words, headline, words.number(hours.low), words.number(hours.high))
    where = (Said(words(f"setting.{setting}")),) if setting != "none" else ()
    derived = result.regimen.derived_from if result.regimen else None
    return Entry(headline, where), (words("time.derived", what=derived),) if derived else ()


def _cost_entry(words: Words, result: OptionResult, cell: Cell) -> Made:
    total, price, currency = result.cost.per_year, result.cost.price, result.cost.currency
    headline = cell.headline
    if total and total.low is not None and total.high is not None and total.low != total.high:
        headline = _range(words, headline, words.money(total.low, currency), words.money(total.high, currency))
    if price is None:
        return Entry(headline), (words("handout.own_price"),)
    phrase = "handout.priced" if price.is_current else "handout.dated"
    return Entry(headline), (words(phrase, date=price.price_date),)


def _range(words: Words, value: str, low: str, high: str) -> str:
    return words("handout.range", value=value, range=words("handout.span", low=low, high=high))


_SHORT: Mapping[str, Callable[[Words, OptionResult, Cell], Made]] = {
    "onset": _onset_entry,
    "time": _time_entry,
    "cost": _cost_entry,
}


# -------------------------------------------------- for, against, and not known


def _speaking_line(told: Told, rows: Sequence[Question]) -> Line | None:
    """Return what speaks for and against each option, by what matters or by every figure, and what is not known."""
    words, weights = told.words, told.scenario.weights
    part = part_of_match(told)
    found = profiles(part) if len(part) > 1 else ()
    stated = any(weights.values())
    counted = sorted(
        (profile for profile in found if not stated or weights.get(profile.criterion, 0) > 0),
        key=lambda profile: -weights.get(profile.criterion, 0),
    )
    taking = {result.option.option for result in part}
    entries = []
    for result in told.shown:
        option = result.option.option
        sides: dict[str, list[str]] = {"for": [], "against": []}
        for profile in counted if option in taking else ():
            side = speaks(profile, option)
            if side in sides:
                sides[side].append(words(f"criterion.{profile.criterion}"))
        said = [
            Said(words.listing(names) or words("handout.nothing"), words(f"handout.speaks.{side}"))
            for side, names in sides.items()
        ]
        if option not in taking:
            said = [Said(words("handout.no_part"))]
        gaps = _gaps(rows, option, told)
        if gaps:
            said.append(Said(words.listing(gaps), words("handout.speaks.unknown")))
        entries.append(Entry("", tuple(said)))
    note = words("handout.speaks.note.stated" if stated else "handout.speaks.note")
    return Line("speaks", words("handout.speaks"), note, "", tuple(entries))


def _gaps(rows: Sequence[Question], option: str, told: Told) -> list[str]:
    """Return what is not known of an option, by criterion; `in part` where some of its rows have a figure."""
    criteria = {outcome.outcome: outcome.criterion for outcome in told.catalogue.outcomes[told.place]}
    states: dict[str, list[bool]] = {}
    for row in rows:
        criterion = criteria.get(row.id) or CRITERION_OF_ROW.get(row.id)
        if criterion:
            states.setdefault(criterion, []).extend(cell.known for cell in row.cells if cell.option == option)
    said = []
    for criterion, known in states.items():
        name = told.words(f"criterion.{criterion}")
        if not all(known):
            said.append(told.words("handout.in_part", what=name) if any(known) else name)
    return said
