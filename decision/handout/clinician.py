"""The clinician sheet: the same visit as plain text, to be pasted into a record.

What was discussed and what was not opened, every figure with range, certainty
and source, the rules that fired, dose and grams for the weight, what is checked
before, watched for and dangerous, and what the person said and asked.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence

from decision import cells, summary, wording
from decision.catalogue import Catalogue
from decision.cells import Cell, Question
from decision.comparison import ORDER_OF_MESSAGES, Comparison
from decision.handout import parts
from decision.handout.said import Told, limits_said, match_said, priorities_said
from decision.handout.sheet import shown_options
from decision.result import OptionResult
from decision.rows import Source
from decision.visit import Visit
from decision.wording import Words

Block = tuple[str, Sequence[str]]
"""A title and its lines."""


def record(
    comparison: Comparison,
    catalogue: Catalogue,
    visit: Visit,
    today: datetime.date,
    *,
    with_body: bool = False,
) -> str:
    """Return the clinician sheet of a visit as plain text, a line for each item, none wrapped.

    In: as for `sheet`; `with_body` is the person's say that health, age, weight
    and pregnancy are named.
    """
    words = catalogue.words
    told = Told(comparison, catalogue, visit, words, shown_options(comparison, visit), with_body)
    rows = cells.questions(comparison, catalogue, [result.option.option for result in told.shown])
    cited = _Cited(catalogue)
    blocks = [
        (_title("record.problem", words), _problem(told)),
        (_title("record.limits", words), _said(limits_said(told), told)),
        (_title("record.matters", words), _said([*priorities_said(told), *match_said(told)], told)),
        (_title("record.options", words), _options(told)),
        *_figures(told, rows, cited),
        (_title("record.rules", words), list(_rules(told, cited))),
        (_title("record.dose", words), list(_doses(told, cited))),
        (_title("record.safety", words), list(_safety(told, cited))),
        (_title("record.questions", words), parts.asked(told)),
        (_title("record.notes", words), [point.text for point in parts.notes(told).points]),
        (_title("record.sources", words), list(_sources(cited, words))),
    ]
    head = [
        words("record.title", condition=comparison.condition.name, situation=comparison.situation.name),
        f"{words.day(today)}. {words('handout.status')}",
    ]
    foot = words("footer", dates=summary.dates(catalogue, words), version=comparison.catalogue_version)
    body = ["\n".join([title, *(f"- {line}" for line in lines)]) for title, lines in blocks if lines]
    return "\n\n".join(["\n".join(head), *body, foot]) + "\n"


def _title(phrase: str, words: Words) -> str:
    return words(phrase).upper()


class _Cited:
    """The sources in the order of their first use; a line names them in brackets."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.found: dict[str, Source] = {}

    def after(self, text: str, sources: Iterable[str]) -> str:
        """Return a line with the short names of its sources; our own words are no source."""
        rows = [self._catalogue.sources[name] for name in dict.fromkeys(sources)]
        read = [row for row in rows if row.type != "own_wording"]
        self.found.update((row.source, row) for row in read)
        return f"{text} [{'; '.join(row.short for row in read)}]" if read else text


def _problem(told: Told) -> list[str]:
    condition, situation = told.comparison.condition, told.comparison.situation
    code = told.words("record.icd10", code=condition.icd10) if condition.icd10 else ""
    return [f"{condition.name}. {code}".strip(), wording.sentence(situation.hint), situation.decision]


def _said(lines: list[str], told: Told) -> list[str]:
    hidden = [told.words("handout.body_left_out")] if told.hides_body else []
    return [*lines, *hidden] or [told.words("handout.nothing_said")]


def _options(told: Told) -> list[str]:
    """Return the options discussed, each with its verdict, and those that were not opened."""
    words = told.words
    used = [result for result in told.comparison.options if result.used]
    discussed = {result.option.option for result in told.shown} | set(told.visit.opened)
    lines = []
    for result in used:
        if result.option.option in discussed:
            agents = words.listing([agent.agent for agent in result.agents])
            verdict = f"{words(f'verdict.{result.verdict}')} ({words(f'heading.{result.screened.heading}')})"
            lines.append(words("record.discussed", name=_name(result.name, agents), verdict=verdict))
    closed = [result.name for result in used if result.option.option not in discussed]
    if closed:
        lines.append(words("record.not_opened", names=", ".join(closed)))
    return lines


def _name(name: str, agents: str) -> str:
    return f"{name} ({agents})" if agents and agents.lower() != name.lower() else name


def _figures(told: Told, rows: Sequence[Question], cited: _Cited) -> Iterator[Block]:
    """Yield a block for each outcome and for how soon, with a line for each option."""
    names = {outcome.outcome: outcome.name for outcome in told.catalogue.outcomes[told.place]}
    for row in rows:
        if row.id in names or row.id == "onset":
            title = f"{names.get(row.id, row.text)} ({row.note})"
            yield title, [_figure(told, cell, cited) for cell in row.cells]


def _figure(told: Told, cell: Cell, cited: _Cited) -> str:
    words, facts = told.words, dict(cell.origin.facts) if cell.origin else {}
    said = [f"{cell.name}: {cell.headline}.", *cell.lines]
    if cell.certainty:
        by = facts.get(words("origin.rated"), "")
        said.append(words("record.certainty", certainty=cell.certainty, by=by))
        said.append(facts.get(words("origin.certainty"), ""))
    people = facts.get(words("origin.people"))
    if people and cell.known:
        said.append(f"{words('origin.people')}: {people}.")
    if cell.origin and not cell.origin.checked:
        said.append(f"{words('unchecked')}.")
    text = " ".join(part for part in said if part)
    return cited.after(text, (row.source for row in cell.origin.sources) if cell.origin and cell.known else ())


def _rules(told: Told, cited: _Cited) -> Iterator[str]:
    """Yield every reason of the verdict of each option on the sheet, with what would change it and its sources."""
    words = told.words
    for result in told.shown:
        for reason in told.reasons(result):
            change = f" {words('out.open')} {reason.changes_if}" if reason.changes_if else ""
            text = f"{result.name}: {words(f'record.effect.{reason.effect}')}. {reason.text}{change}"
            yield cited.after(text, reason.source_ids)
        if len(told.reasons(result)) < len(result.screened.reasons):
            yield f"{result.name}: {words('handout.health_decides')}"


def _doses(told: Told, cited: _Cited) -> Iterator[str]:
    """Yield the regimen of each option in clinical words, with grams for the weight and the cost of a year."""
    words = told.words
    weight = f"{told.scenario.weight_kg:g}"
    if "weight_kg" not in told.visit.query:
        yield words("record.weight.assumed", weight=weight)
    else:
        yield words("record.weight", weight=weight) if told.with_body else words("record.weight.hidden")
    for result in told.shown:
        regimen = result.regimen
        if regimen is None:
            continue
        text = " ".join([f"{result.name}: {regimen.clinical}", *_amounts(result, words)])
        price = result.cost.price.source_ids if result.cost.price and result.cost.per_year else ()
        yield cited.after(text, (*regimen.source_ids, *price))


def _amounts(result: OptionResult, words: Words) -> Iterator[str]:
    grams, total = result.supply.grams, result.cost.per_year
    if grams is not None and grams.value:
        phrase = "supply.grams_once" if result.burden.pattern == "single" else "supply.grams"
        yield words(phrase, grams=words.number(grams.value))
    if total is not None:
        yield words("record.cost", cost=words.money(total.value, result.cost.currency))
    if result.regimen is not None and result.regimen.derived_from:
        yield words("time.derived", what=result.regimen.derived_from)


def _safety(told: Told, cited: _Cited) -> Iterator[str]:
    """Yield what is dangerous, not to be stopped, checked before and watched for, with the options it is about."""
    for kind in ORDER_OF_MESSAGES:
        label = told.words(f"message.{kind}")
        for message in told.messages(kind):
            yield cited.after(f"{label} {message.text}", message.source_ids)
        for message, names in told.grouped(kind, told.shown):
            yield cited.after(f"{label} {told.words.listing(names)}: {message.text}", message.source_ids)
    yield told.words("never_stop")


def _sources(cited: _Cited, words: Words) -> Iterator[str]:
    for row in cited.found.values():
        address = f"https://doi.org/{row.doi}" if row.doi else row.url or ""
        paid = f"{words('origin.paid')}: {words(f'funding.{row.funding}')}."
        yield f"{row.short}: {row.citation} {address} {paid}".replace("  ", " ")
