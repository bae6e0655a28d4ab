"""Whether an item of the standards for decision aids holds in a situation, worked out from what the app shows there.

A check gets one situation (`ipdas_place`) and says whether the item holds
there. No check looks for words on a page. A check on figures does not hold where there is
no figure. What holds only because the app says that something differs (another
time, no range) is counted by `SAID_SO`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from decision import review, summary
from decision.cells import Cell
from decision.comparison import taking_part
from decision.effects import reference_risk
from decision.handout.questions import suggest
from decision.ipdas_place import Place
from decision.knowledge import FEWEST, knowledge_questions
from decision.living import aspects
from decision.preferences import profiles
from decision.reading import MEDIAN
from decision.result import OutcomeResult
from decision.rows import EffectRow, Outcome
from decision.scenario import OPTIONS
from decision.visit import Visit

LONGEST = datetime.timedelta(days=366)
"""No fact may stand for longer than a year before it is due to be checked again."""

RATED = ("high", "moderate", "low", "very_low")
CITED_ROWS = ("onset", "time", "cost", "guideline")
"""Rows besides the outcomes in which a figure needs its source; what immunoglobulin is made of needs none."""


Check = Callable[[Place], bool]


def _row(figure: OutcomeResult) -> EffectRow | Outcome:
    """Return the row that a figure comes from."""
    return figure.row or figure.outcome


def _each(found: Iterable[bool]) -> bool:
    """Say whether all hold; what was asked of nothing does not."""
    held = list(found)
    return bool(held) and all(held)


# ------------------------------------------------------------------- qualifying


def _condition(here: Place) -> bool:
    row = here.comparison.condition
    return bool(row.description.strip() and row.why_treat.strip() and row.source_ids)


def _decision(here: Place) -> bool:
    return bool(here.comparison.situation.decision.strip())


def _options(here: Place) -> bool:
    """Every option there is stands in the answer with a reason, and so does no treatment."""
    given = {result.option.option: result for result in here.comparison.options}
    reasons = (any(reason.text.strip() for reason in result.screened.reasons) for result in given.values())
    return set(given) == set(OPTIONS) and "no_treatment" in here.ids and _each(reasons)


def _good_points(here: Place) -> bool:
    return _points(here, ("benefit",))


def _bad_points(here: Place) -> bool:
    return _points(here, ("serious_harm", "common_side_effects"))


def _points(here: Place, criteria: Sequence[str]) -> bool:
    """Every option has a figure for each outcome of these kinds, or says that it is not known and why."""
    asked = [(figure, cell) for figure, cell in here.answers if figure.outcome.criterion in criteria]
    return _each(_told(figure) and bool(cell.headline.strip()) for figure, cell in asked)


def _told(figure: OutcomeResult) -> bool:
    """Say whether an answer is a figure or a row that says why there is none."""
    if figure.known:
        return True
    if figure.is_reference and figure.row is None:
        return bool(figure.outcome.reference_reason)
    return figure.row is not None and bool(figure.row.unknown_reason and figure.row.note)


def _living(here: Place) -> bool:
    """Every option says how it is given and what it means for each side of life."""
    sides = aspects(here.comparison.scenario)
    return _each(result.regimen is not None and all(result.living.get(side) for side in sides) for result in here.used)


# ---------------------------------------------------------------- certification


def _equal_detail(here: Place) -> bool:
    """Every option answers the same questions, each from a row of its own, on good points and on bad ones."""
    asked = (*here.rows, *here.living, here.again)
    same = all(tuple(cell.option for cell in row.cells) == here.ids for row in asked)
    own = (
        result.onset and result.regimen and result.review and all(map(_told, result.outcomes)) for result in here.used
    )
    return same and _each(map(bool, own)) and _good_points(here) and _bad_points(here)


def _sources(here: Place) -> bool:
    """Every figure names its sources; what it does and how soon rests on more than our own word."""
    outcomes = {row.outcome for row in here.outcomes}
    cited = (
        _cites(cell, row.id in outcomes or row.id == "onset")
        for row in here.rows
        if row.id in outcomes or row.id in CITED_ROWS
        for cell in row.cells
        if cell.known
    )
    return _each(cited)


def _cites(cell: Cell, others: bool) -> bool:
    named = cell.origin.sources if cell.origin else ()
    return any(source.type != "own_wording" or not others for source in named)


def _dates(here: Place) -> bool:
    return _each(row.checked <= here.today for row in here.facts)


def _review(here: Place) -> bool:
    """Every fact is due again within a year, and where one is overdue the page says so."""
    in_time = all(row.checked < review.due(row) <= row.checked + LONGEST for row in here.facts)
    late = any(review.is_stale(row, here.today) for row in here.facts)
    return in_time and (not late or bool(summary.overdue(here.comparison, here.today, here.catalogue.words)))


def _uncertainty(here: Place) -> bool:
    return _each(bool(cell.certainty and _row(figure).certainty_reason) for figure, cell in here.figures)


def _funding(here: Place) -> bool:
    """The project says who paid for it, and each source who paid for that, or that it is not known."""
    return bool(here.phrase("card.who.text")) and _each(bool(here.phrase(f"funding.{s.funding}")) for s in here.sources)


# ---------------------------------------------------------------------- quality


def _no_treatment(here: Place) -> bool:
    row = here.comparison.situation
    return "no_treatment" in here.ids and bool(row.without_treatment.strip() and row.source_ids)


def _side_by_side(here: Place) -> bool:
    return _each(len(row.cells) > 1 for row in here.rows)


def _chances(here: Place) -> bool:
    """There is a figure, and every answer without one says why."""
    return bool(here.figures) and all(_told(figure) for figure, _ in here.answers)


def _people_counted(here: Place) -> bool:
    return _each(bool(_row(figure).population) for figure, _ in here.figures)


def _event_rates(here: Place) -> bool:
    """Every figure counts people out of 100 or 1,000, never a relative risk alone."""
    return _each(figure.outcome.per in (100, 1000) and _counted(figure, cell, here) for figure, cell in here.figures)


def _counted(figure: OutcomeResult, cell: Cell, here: Place) -> bool:
    risk, per = figure.risk.with_option, figure.outcome.per
    return risk is not None and cell.headline == here.catalogue.words.out_of(risk.value * per, per)


def _same_time(here: Place) -> bool:
    """The time is given, and a figure over another time than its row says so."""
    return _each(
        bool(_row(figure).follow_up) and (not figure.other_time or _other_time(figure, here) in cell.lines)
        for figure, cell in here.figures
    )


def _other_time(figure: OutcomeResult, here: Place) -> str:
    return here.catalogue.words("cell.other_time", time=_row(figure).follow_up, row=figure.outcome.follow_up)


def _same_people(here: Place) -> bool:
    """All figures of a row are out of the same number, and each says whom or what its study counted."""
    return _each(
        cell.picture is not None
        and cell.picture.top == figure.outcome.per
        and (figure.row is None or bool(figure.row.denominator))
        for figure, cell in here.figures
    )


def _views(here: Place) -> bool:
    """Every figure is there as a picture, as a number, and as a sentence that counts both sides."""
    return _each(
        bool(cell.picture and cell.picture.kind == "people" and cell.headline.strip() and (cell.sentence or "").strip())
        for _, cell in here.figures
    )


def _values(here: Place) -> bool:
    """Good and bad points can be marked as what matters most."""
    named = {outcome.criterion for outcome in here.outcomes}
    return "benefit" in named and bool(named - {"benefit"}) and bool(here.phrase("rows.matter.hint"))


def _steps(here: Place) -> bool:
    """Each of the six steps has something to show or ask here."""
    asked = knowledge_questions(here.comparison, here.catalogue, list(here.ids))
    plan = all(any(line.strip() for line in (cell.headline, *cell.lines)) for cell in here.again.cells)
    reviewed = all(result.review is not None for result in here.used)
    return _decision(here) and len(here.used) > 1 and _values(here) and len(asked) >= FEWEST and plan and reviewed


def _questions(here: Place) -> bool:
    """A list of questions for the visit is made for this situation."""
    shown = [result for result in here.used if result.verdict != "not_suitable"]
    said = Visit(here.comparison.scenario.to_query())
    made = suggest(here.comparison, shown, said, here.catalogue.words)
    return _each(bool(question.text.strip()) for question in made)


def _methods(here: Place) -> bool:
    """What was read, why this comparison group and why a figure is missing is written down for every figure."""
    groups = (bool(row.reference_reason) for row in here.outcomes if reference_risk(row))
    read = _each(bool(_row(figure).as_read) for figure, _ in here.figures)
    return bool(here.phrase("about.evidence.found")) and read and all(groups) and _chances(here)


def _certainty(here: Place) -> bool:
    """Every figure has a GRADE rating and says who rated it, and every source says what kind it is."""
    rated = (_row(figure).certainty in RATED and bool(_row(figure).certainty_by) for figure, _ in here.figures)
    return _each(rated) and all(here.phrase(f"source.{source.type}") for source in here.sources)


def _authors(here: Place) -> bool:
    return bool(here.phrase("about.made") and here.phrase("about.reviewed"))


def _reading(here: Place) -> bool:
    """The reading grade was measured, and half of what is read here asks for six years of school or less."""
    part = here.reading.parts.get(here.name) if here.reading else None
    return part is not None and part.passages > 0 and part.median <= MEDIAN


CHECKS: Mapping[str, Check] = MappingProxyType(
    {
        "condition": _condition,
        "decision": _decision,
        "options": _options,
        "good_points": _good_points,
        "bad_points": _bad_points,
        "living": _living,
        "equal_detail": _equal_detail,
        "sources": _sources,
        "dates": _dates,
        "review": _review,
        "uncertainty": _uncertainty,
        "funding": _funding,
        "no_treatment": _no_treatment,
        "side_by_side": _side_by_side,
        "chances": _chances,
        "people_counted": _people_counted,
        "event_rates": _event_rates,
        "same_time": _same_time,
        "same_people": _same_people,
        "views": _views,
        "values": _values,
        "steps": _steps,
        "questions": _questions,
        "methods": _methods,
        "certainty": _certainty,
        "authors": _authors,
        "reading": _reading,
    }
)
"""The function of each word in the column `check` of `ipdas.csv`."""


# ------------------------------------------------------- what holds because it is said


def _late(here: Place) -> Iterator[Hashable]:
    return (row for row in here.facts if review.is_stale(row, here.today))


def _no_range(here: Place) -> Iterator[Hashable]:
    for figure, cell in here.figures:
        risk = figure.risk.with_option
        if risk is None or risk.low is None or risk.high is None:
            yield here.name, cell.option, figure.outcome.outcome


def _payer_unknown(here: Place) -> Iterator[Hashable]:
    return (source.source for source in here.sources if source.funding == "unknown")


def _no_benefit_figure(here: Place) -> Iterator[Hashable]:
    if not any(figure.outcome.criterion == "benefit" for figure, _ in here.figures):
        yield here.name


def _of_another_time(here: Place) -> Iterator[Hashable]:
    return ((here.name, cell.option, figure.outcome.outcome) for figure, cell in here.figures if figure.other_time)


def _not_people(here: Place) -> Iterator[Hashable]:
    """Figures whose study counted something else than the other figures of their row."""
    for outcome in here.outcomes:
        counted = {cell.option: f.row.denominator for f, cell in here.figures if f.outcome is outcome and f.row}
        names = list(counted.values())
        odd = [option for option, name in counted.items() if names.count(name) * 2 <= len(names) and len(names) > 1]
        yield from ((here.name, option, outcome.outcome) for option in odd)


def _not_weighed(here: Place) -> Iterator[Hashable]:
    part = taking_part(here.comparison.options)
    if len(part) < 2 or not profiles(part):
        yield here.name


SAID_SO: Mapping[str, Callable[[Place], Iterable[Hashable]]] = MappingProxyType(
    {
        "review": _late,
        "uncertainty": _no_range,
        "funding": _payer_unknown,
        "chances": _no_benefit_figure,
        "same_time": _of_another_time,
        "same_people": _not_people,
        "values": _not_weighed,
    }
)
"""What differs and says so, for a check that then holds; each thing once over all situations."""
