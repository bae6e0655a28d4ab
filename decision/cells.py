"""The comparison as questions and cells: one anatomy for every figure, whoever shows it.

A cell holds a headline, one or two lines, how sure it is, and its origin. The
screen, the hand-out and a screen reader get the same words, because they are
put together here and nowhere else. Nothing is worked out that `compare` has
not worked out; this file rounds and phrases.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from decision import wording
from decision.catalogue import Catalogue
from decision.comparison import Comparison
from decision.effects import Estimate
from decision.living import Fit, aspects
from decision.result import OptionResult, OutcomeResult
from decision.rows import EffectRow, Outcome, Source, Sourced
from decision.statement import statement
from decision.wording import Words

FEW_A_MONTH = 2.5
"""Below so many a month a count is said for a year, as "1.4 a month" says little."""


@dataclass(frozen=True)
class Picture:
    """What a picture of a cell shows: people out of `top`, a bar that ends at `top`, or `top` people not known.

    `beside` is the comparison group at the same size, with its name.
    """

    kind: str
    value: float
    low: float | None
    high: float | None
    top: float
    beside: tuple[str, Picture] | None = None


@dataclass(frozen=True)
class Origin:
    """Where a cell comes from: labelled facts in reading order, and the sources.

    `checked` is False where a source is named but was not read; our own judgement names itself.
    """

    facts: tuple[tuple[str, str], ...]
    sources: tuple[Source, ...]
    checked: bool


@dataclass(frozen=True)
class Cell:
    """One answer: for one option, to one question."""

    option: str
    name: str
    known: bool
    headline: str
    lines: tuple[str, ...] = ()
    certainty: str | None = None
    origin: Origin | None = None
    picture: Picture | None = None
    compared: bool = True
    """False for a figure without a comparison group: it says nothing of a difference."""
    apart: bool = False
    """Whether the figure must not be read beside the others: no comparison group, or counted over another time."""
    sentence: str | None = None
    """The headline as a whole sentence: how many it happens to, and how many not."""
    statement: str | None = None
    """What the figure means in words, by how sure it is and how large the effect."""


@dataclass(frozen=True)
class Question:
    """A row of the comparison: the question, whom and what time it is about, an answer for each option."""

    id: str
    text: str
    note: str
    cells: tuple[Cell, ...]


def questions(
    comparison: Comparison, catalogue: Catalogue, options: Sequence[str], happens: bool = True
) -> tuple[Question, ...]:
    """Return the rows of the comparison for these options, in the neutral order.

    In: option ids; `happens` False counts the people in whom an outcome does not happen.
    """
    words = catalogue.words
    results = [result for result in comparison.options if result.option.option in options]
    return (
        *_outcome_rows(comparison, catalogue, results, words, happens),
        _onset_row(catalogue, results, words),
        _time_row(comparison, catalogue, results, words),
        _cost_row(comparison, catalogue, results, words),
        _supply_row(comparison, catalogue, results, words),
        _sure_row(catalogue, results, words),
        _guideline_row(comparison, catalogue, results, words),
    )


def texts(rows: Sequence[Question]) -> list[str]:
    """Return all that a reader sees of these rows, in reading order."""
    return [
        text
        for row in rows
        for text in (
            row.text,
            row.note,
            *(part for cell in row.cells for part in (cell.name, cell.headline, *cell.lines)),
        )
    ]


def living_questions(comparison: Comparison, catalogue: Catalogue, options: Sequence[str]) -> tuple[Question, ...]:
    """Return what living with these options is like: a row for each side of life that can matter here.

    The ids are `living.work`, `living.travel` and so on, so that a page can show or hide them as a group.
    """
    words = catalogue.words
    results = [result for result in comparison.options if result.option.option in options]
    return tuple(
        Question(
            f"living.{aspect}",
            words(f"living.{aspect}"),
            words("living.note"),
            tuple(_living_cell(result, result.living.get(aspect, ()), catalogue, words) for result in results),
        )
        for aspect in aspects(comparison.scenario)
    )


def review_question(comparison: Comparison, catalogue: Catalogue, options: Sequence[str]) -> Question:
    """Return when it is time to look again, for these options (`living.review`)."""
    words = catalogue.words
    cells = []
    for result in comparison.options:
        row = result.review
        if result.option.option not in options:
            continue
        if row is None:
            cells.append(_unknown(result, words, result.screened.reasons[0].text))
            continue
        headline, lines = _headed(row.text)
        if row.weeks_low is None:
            headline, lines = words("unknown"), (row.text,)
        known = row.weeks_low is not None
        found = origin(row, catalogue, words)
        cells.append(Cell(result.option.option, result.name, known, headline, (*lines, row.looked_at), None, found))
    return Question("living.review", words("living.review"), words("living.review.note"), tuple(cells))


def origin(row: Sourced, catalogue: Catalogue, words: Words) -> Origin:
    """Return the origin of any sourced row: people, time, rating, figures as read, funding, date, sources."""
    sources = tuple(catalogue.sources[source] for source in row.source_ids)
    paid = words.listing(dict.fromkeys(words(f"funding.{source.funding}") for source in sources))
    said = {
        "people": getattr(row, "population", None),
        "time": getattr(row, "follow_up", None),
        "counted": getattr(row, "denominator", None),
        "certainty": getattr(row, "certainty_reason", None),
        "rated": getattr(row, "certainty_by", None),
        "read": getattr(row, "as_read", None),
        "paid": paid,
        "checked": words.day(row.checked),
    }
    facts = tuple((words(f"origin.{name}"), text) for name, text in said.items() if text)
    ours = all(source.type == "own_wording" for source in sources)
    return Origin(facts, sources, ours or row.status == "seen")


# ------------------------------------------------------------------- outcomes


def _outcome_rows(
    comparison: Comparison, catalogue: Catalogue, results: Sequence[OptionResult], words: Words, happens: bool
) -> tuple[Question, ...]:
    rows = []
    for index, outcome in enumerate(catalogue.outcomes[comparison.condition.condition, comparison.situation.situation]):
        clinical = comparison.scenario.detail == "clinical"
        cells = tuple(
            _outcome_cell(result, result.outcomes[index], catalogue, words, happens, clinical) for result in results
        )
        better = words("outcome.more" if (outcome.direction == "benefit") == happens else "outcome.fewer")
        time = wording.sentence(outcome.follow_up or "")
        note = words("outcome.note", time=time, per=words.number(outcome.per), better=better)
        rows.append(Question(outcome.outcome, outcome.question, note, cells))
    return tuple(rows)


def _outcome_cell(
    result: OptionResult, cell: OutcomeResult, catalogue: Catalogue, words: Words, happens: bool, clinical: bool
) -> Cell:  # fmt: skip
    outcome, row, risk = cell.outcome, cell.row, cell.risk
    per = outcome.per
    source = row or (outcome if cell.is_reference else None)
    said = statement(cell, result, catalogue.effect_sizes, words)
    found = origin(source, catalogue, words) if source else None
    if found is not None and row is not None and risk.with_option is not None:
        besides = (("note", row.note), ("conflict", row.conflict))
        more = tuple((words(f"origin.{name}"), text) for name, text in besides if text)
        found = Origin((*more, *found.facts), found.sources, found.checked)
    if risk.with_option is None:
        lines = [result.screened.reasons[0].text]
        if row and row.note:
            has_figures = any(letter.isdigit() for letter in row.note)
            lines = [words("cell.instead", text=row.note) if has_figures else row.note]
        if row and row.conflict:
            lines.append(f"{words('cell.conflict')} {row.conflict}")
        empty = Picture("unknown", 0, None, None, per)
        unknown = words("unknown")
        return Cell(result.option.option, result.name, False, unknown, tuple(lines), None, found, empty, statement=said)
    shown, against = _framed(risk.with_option, per, happens), _framed(risk.reference, per, happens)
    assert shown is not None
    headline = (words.out_of if happens else words.others_of)(risk.with_option.value * per, per)
    others = (words.others_of if happens else words.out_of)(risk.with_option.value * per, per)
    what, what_not = outcome.happens, outcome.happens_not
    if not happens:
        what, what_not = what_not, what
    lines = [] if happens else [outcome.happens_not]
    figures = []
    beside = None
    if span := words.span(shown.low, shown.high):
        figures.append(words("cell.range", range=span))
    if cell.is_reference:
        figures.append(words("cell.reference_self"))
    elif risk.comparison != "single_arm" and risk.reference is not None and against is not None:
        value = (words.out_of if happens else words.others_of)(risk.reference.value * per, per)
        name = wording.sentence(outcome.reference_name or "")
        figures.append(words("cell.reference", name=name, value=value))
        beside = (name, Picture("people", against.value, against.low, against.high, per))
        figures.append(_difference(shown, against, per, words))
        if risk.clear is False:
            figures.append(words("cell.unclear"))
    if figures:
        lines.append(" ".join(figures))
    if risk.comparison in ("single_arm", "indirect"):
        lines.append(words(f"cell.{risk.comparison}"))
    if cell.other_time and row is not None:
        lines.append(words("cell.other_time", time=row.follow_up, row=outcome.follow_up))
    if row is not None and row.conflict:
        lines.append(words("cell.conflict_flag"))
    if clinical:
        lines.append(_clinical(outcome, row))
    return Cell(
        option=result.option.option,
        name=result.name,
        known=True,
        headline=headline,
        lines=tuple(lines),
        certainty=words(f"certainty.{source.certainty if source else 'not_rated'}"),
        origin=found,
        picture=Picture("people", shown.value, shown.low, shown.high, per, beside),
        compared=risk.comparison != "single_arm",
        apart=risk.comparison == "single_arm" or cell.other_time,
        sentence=words("cell.sentence", count=headline, what=what, others=others, what_not=what_not),
        statement=said,
    )


def _clinical(outcome: Outcome, row: EffectRow | None) -> str:
    """Return the outcome by its clinical name, with the figures as they were read."""
    read = (row.as_read if row else outcome.as_read) or ""
    return f"{outcome.name}. {read}".strip()


def _framed(risk: Estimate | None, per: int, happens: bool) -> Estimate | None:
    """Return people out of `per` in whom it happens; or whole people in whom it does not, so that both add up."""
    if risk is None:
        return None
    ends = [None if end is None else end * per for end in (risk.value, risk.low, risk.high)]
    if not happens:
        value, high, low = (None if end is None else float(per - wording.people(end)) for end in ends)
        ends = [value, low, high]
    assert ends[0] is not None
    return Estimate(ends[0], ends[1], ends[2])


def _difference(shown: Estimate, against: Estimate, per: int, words: Words) -> str:
    """Say the difference of the two rounded counts, so that the words add up with the figures beside them."""
    more = wording.people(shown.value) - wording.people(against.value)
    if more == 0:
        return words("cell.same")
    return words("cell.more" if more > 0 else "cell.fewer", n=words.number(abs(more)), per=words.number(per))


# ------------------------------------------------------------ onset, time, money


def _onset_row(catalogue: Catalogue, results: Sequence[OptionResult], words: Words) -> Question:
    cells = []
    for result in results:
        row = result.onset
        known = row is not None and row.days_low is not None
        if row is None:
            cells.append(_unknown(result, words, result.screened.reasons[0].text))
            continue
        headline, _, rest = row.text.partition(". ")
        if not known:
            headline, rest = words("unknown"), row.text.removeprefix(f"{words('unknown')}.").strip()
        cells.append(
            Cell(
                result.option.option,
                result.name,
                known,
                headline.rstrip("."),
                (rest,) if rest else (),
                words(f"certainty.{row.certainty}") if known else None,
                origin(row, catalogue, words),
            )
        )
    return Question("onset", words("row.onset"), words("row.onset.note"), tuple(cells))


def _time_row(
    comparison: Comparison, catalogue: Catalogue, results: Sequence[OptionResult], words: Words
) -> Question:  # fmt: skip
    top = _highest(result.burden.hours for result in results)
    clinical = comparison.scenario.detail == "clinical"
    cells = tuple(_time_cell(result, catalogue, words, top, clinical) for result in results)
    note = words("row.time.note", minutes=words.exact(comparison.scenario.travel_minutes))
    return Question("time", words("row.time"), note, cells)


def _time_cell(result: OptionResult, catalogue: Catalogue, words: Words, top: float, clinical: bool) -> Cell:
    regimen, load = result.regimen, result.burden
    if regimen is None:
        return _unknown(result, words, result.screened.reasons[0].text)
    found = origin(regimen, catalogue, words)
    if load.hours is None:
        return _unknown(result, words, f"{words('time.unknown')} {regimen.text}", found)
    once = load.pattern == "single"
    spent = words.hours(load.hours.value) if load.hours.value else words("time.none")
    lines = []
    if load.hours.low is not None and load.hours.high is not None and load.hours.low != load.hours.high:
        lines.append(words("cell.range", range=words.interval(load.hours.low, load.hours.high)))
    lines.append(". ".join(wording.sentence(part) for part in _time_parts(result, words)) + ".")
    lines.append(regimen.clinical if clinical else regimen.text)
    if regimen.derived_from:
        lines.append(words("time.derived", what=regimen.derived_from))
    return Cell(
        option=result.option.option,
        name=result.name,
        known=True,
        headline=words("time.once", hours=spent) if once and load.hours.value else spent,
        lines=tuple(lines),
        origin=found,
        picture=Picture("bar", load.hours.value, load.hours.low, load.hours.high, top),
    )


def _time_parts(result: OptionResult, words: Words) -> list[str]:
    load, regimen = result.burden, result.regimen
    parts = []
    if regimen is not None and regimen.hospital_days and regimen.setting == "hospital_stay":
        parts.append(words("time.days", n=words.number(regimen.hospital_days)))
    elif load.sessions:
        parts.append(_count(load.sessions, "session", load.pattern, words))
    if load.setting != "none" and (load.sessions or load.setting == "hospital_stay"):
        parts.append(words(f"setting.{load.setting}"))
    if load.visits is not None:
        parts.append(_count(load.visits, "visit", load.pattern, words))
    if load.travel_hours:
        parts.append(words("time.road", hours=words.hours(load.travel_hours)))
    if load.needles is None:
        parts.append(words("time.needles_unknown"))
    else:
        parts.append(_count(load.needles.value, "needle", load.pattern, words))
    return parts


def _count(value: float, name: str, pattern: str, words: Words) -> str:
    """Say none, one or so many of a thing: in all for a course, else about so many a month or a year."""
    if not value:
        return words(f"time.no_{name}s")
    if pattern == "single":
        return words(f"time.{name}") if wording.rounded(value) == 1 else words(f"time.{name}s", n=words.number(value))
    if value < FEW_A_MONTH:
        return words("time.a_year", count=_about(value * 12, name, words))
    return words("time.a_month", count=_about(value, name, words))


def _about(value: float, name: str, words: Words) -> str:
    count = max(1, round(value))
    return words(f"time.{name}") if count == 1 else words(f"time.{name}s", n=words.number(count))


def _cost_row(
    comparison: Comparison, catalogue: Catalogue, results: Sequence[OptionResult], words: Words
) -> Question:  # fmt: skip
    top = _highest(result.cost.per_year for result in results)
    cells = tuple(_cost_cell(result, catalogue, words, top) for result in results)
    currency = words(f"currency.{results[0].cost.currency.lower()}") if results else ""
    note = words("row.cost.note", weight=words.exact(comparison.scenario.weight_kg), currency=currency)
    return Question("cost", words("row.cost"), note, cells)


def _cost_cell(result: OptionResult, catalogue: Catalogue, words: Words, top: float) -> Cell:
    price, total, currency = result.cost.price, result.cost.per_year, result.cost.currency
    found = origin(price, catalogue, words) if price else None
    lines = []
    if result.cost.own_price is not None:
        own = words.exact_money(result.cost.own_price, currency)
        lines.append(words("cost.own", price=own, unit=words(f"unit.{result.cost.unit}")))
    elif price is not None:
        each, unit = words.exact_money(price.amount, currency), words(f"unit.{price.unit}")
        if price.agent:
            unit += f" ({price.agent})"
        phrase = "cost.price" if price.is_current else "cost.dated"
        lines.append(words(phrase, price=each, unit=unit, date=price.price_date, covers=price.covers))
    if total is None:
        missing = words("cost.unknown") if price is None and result.cost.own_price is None else words("cost.no_regimen")
        return _unknown(result, words, " ".join((missing, *lines)), found)
    if total.low is not None and total.high is not None and total.low != total.high:
        low, high = words.money(total.low, currency), words.money(total.high, currency)
        lines.insert(0, words("cost.range", low=low, high=high))
    if result.cost.unit == "gram" and result.cost.units is not None:
        lines.append(words("cost.grams", grams=words.number(result.cost.units.value)))
    return Cell(
        option=result.option.option,
        name=result.name,
        known=True,
        headline=words.money(total.value, currency),
        lines=tuple(lines),
        origin=found,
        picture=Picture("bar", total.value, total.low, total.high, top),
    )


def _supply_row(
    comparison: Comparison, catalogue: Catalogue, results: Sequence[OptionResult], words: Words
) -> Question:  # fmt: skip
    said = comparison.scenario
    plan = words("supply.plan", plan=words(f"plan.{said.supply_plan}")) if said.supply_plan != "none" else ""
    note = words("row.supply.note", supply=words(f"supply.{said.ig_supply}"), plan=plan)
    return Question("supply", words("row.supply"), note, tuple(_supply_cell(r, catalogue, words) for r in results))


def _supply_cell(result: OptionResult, catalogue: Catalogue, words: Words) -> Cell:
    option, plan_tier = result.option, result.supply.tier
    if option.family != "immunoglobulin":
        plasma = any("from_plasma" in agent.properties for agent in result.agents)
        headline, line = (
            ("supply.donors_too", "supply.no_ig") if plasma else ("supply.not_affected", "supply.no_plasma")
        )
        return Cell(option.option, result.name, True, words(headline), (words(line),))
    lines = []
    grams = result.supply.grams
    if grams is None:
        lines.append(words("supply.grams_unknown"))
    else:
        phrase = "supply.grams_once" if result.burden.pattern == "single" else "supply.grams"
        lines.append(words(phrase, grams=words.number(grams.value)))
    lines += [reason.text for reason in result.screened.reasons if reason.kind == "supply"]
    if plan_tier is None:
        headline = words("supply.draws")
        if result.supply.plan != "none":
            lines.append(words("plan.unknown_tier"))
        return Cell(option.option, result.name, True, headline, tuple(lines))
    if result.supply.plan != "none" and not any(reason.kind == "supply" for reason in result.screened.reasons):
        lines.append(words("tier.word", word=plan_tier.word))
    if plan_tier.note:
        lines.append(plan_tier.note)
    found = origin(plan_tier, catalogue, words)
    return Cell(option.option, result.name, True, words(f"tier.{plan_tier.tier}"), tuple(lines), origin=found)


# ------------------------------------------------------------- living with it


def _living_cell(result: OptionResult, fits: Sequence[Fit], catalogue: Catalogue, words: Words) -> Cell:
    """Return what is said about one side of life; where rows differ by agent each names its own."""
    if not fits:
        return _unknown(result, words, result.screened.reasons[0].text)
    found = _joined([origin(fit.row, catalogue, words) for fit in fits])
    known = any(fit.row.known for fit in fits)
    if len(fits) == 1:
        text = fits[0].row.text
        headline, lines = _headed(text) if known else (words("unknown"), (text,))
        return Cell(result.option.option, result.name, known, headline, lines, None, found)
    lines = tuple(
        words("living.agents", agents=wording.sentence(words.listing(fit.agents)), text=fit.row.text) for fit in fits
    )
    return Cell(result.option.option, result.name, known, words("living.by_agent"), lines, None, found)


def _headed(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the first sentence of a text and, if there is more, the rest."""
    headline, _, rest = text.partition(". ")
    return headline.rstrip("."), (rest,) if rest else ()


def _joined(origins: Sequence[Origin]) -> Origin:
    """Return one origin for several rows: their facts and sources in order, each once; checked only if all are."""
    facts = tuple(dict.fromkeys(fact for found in origins for fact in found.facts))
    sources = tuple(dict.fromkeys(source for found in origins for source in found.sources))
    return Origin(facts, sources, all(found.checked for found in origins))


# ---------------------------------------------------------- certainty, guidelines


def _sure_row(catalogue: Catalogue, results: Sequence[OptionResult], words: Words) -> Question:
    cells = []
    for result in results:
        benefits = [cell for cell in result.outcomes if cell.outcome.criterion == "benefit" and cell.known]
        known = sum(cell.known for cell in result.outcomes)
        counted = words("sure.count", known=words.number(known), all=words.number(len(result.outcomes)))
        if not benefits:
            cells.append(_unknown(result, words, counted))
            continue
        rated = benefits[0].row or benefits[0].outcome
        cells.append(
            Cell(
                result.option.option,
                result.name,
                True,
                wording.sentence(words(f"certainty.{rated.certainty}")),
                (words(f"certainty.long.{rated.certainty}"), rated.certainty_reason, counted),
                origin=origin(rated, catalogue, words),
            )
        )
    return Question("sure", words("row.sure"), words("row.sure.note"), tuple(cells))


def _guideline_row(
    comparison: Comparison, catalogue: Catalogue, results: Sequence[OptionResult], words: Words
) -> Question:  # fmt: skip
    clinical = comparison.scenario.detail == "clinical"
    cells = []
    for result in results:
        newest = sorted(result.guidelines, key=lambda row: (row.old, -(row.year or 0)))[:2]
        if not newest:
            cells.append(_unknown(result, words, words("guideline.none")))
            continue
        lines = []
        for row in newest:
            age = f" ({words('guideline.old')})" if row.old else ""
            strength = f" ({row.strength})" if clinical and row.strength else ""
            lines.append(f"{row.body}{age}: {row.position}{strength}")
        cells.append(
            Cell(
                result.option.option,
                result.name,
                True,
                words("guideline.count", n=words.number(len(result.guidelines))),
                tuple(lines),
                origin=origin(newest[0], catalogue, words),
            )
        )
    return Question("guideline", words("row.guideline"), words("row.guideline.note"), tuple(cells))


def _highest(estimates: Iterable[Estimate | None]) -> float:
    """Return the end of the scale that all bars of a row share."""
    return max((max(e.value, e.high or 0.0) for e in estimates if e), default=0.0) or 1.0


def _unknown(result: OptionResult, words: Words, instead: str, found: Origin | None = None) -> Cell:
    return Cell(result.option.option, result.name, False, words("unknown"), (instead.strip(),), None, found)
