"""The passages of the plain view: every text that a person can read, as they meet it, with where it stands.

A passage is a cell of a table, or a sentence that is put together: a sentence
of the app with its blanks filled in, and all that `compare` and `questions`
say in each situation, for each option, in both frames, for people of whom
nothing is known and for people who meet the rules. What is written for
clinicians (`NOT_PLAIN`) is no passage.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from string import Formatter
from types import MappingProxyType
from typing import get_args, get_type_hints

from decision import wording
from decision.calendar_picture import sentences
from decision.catalogue import Catalogue
from decision.cells import living_questions, questions, review_question, texts
from decision.comparison import Comparison, compare, taking_part
from decision.knowledge import knowledge_questions
from decision.match import figure_words
from decision.preferences import profiles
from decision.rows import (
    TABLES,
    Agent,
    EffectRow,
    Outcome,
    Phrase,
    Price,
    Prose,
    Regimen,
    RoleRow,
    Rule,
    SupplyTier,
    TreatmentReview,
)  # fmt: skip
from decision.scenario import CHOICES, CRITERIA, HEALTH, Scenario
from decision.summary import counts, dates
from decision.swing import swing
from decision.treatment_calendar import treatment_calendar
from decision.wording import Words

NOT_PLAIN: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sources": ("citation", "short"),
        "reading_names": ("name", "reason"),
        "glossary": ("term", "expansion"),
        "conditions": ("name", "icd10", "orphanet"),
        "agents": ("agent",),
        "agent_properties": ("meaning",),
        "outcomes": ("name", "as_read"),
        "effects": ("agent", "comparator", "as_read"),
        "onset": ("as_read",),
        "regimens": ("agent", "clinical", "as_read"),
        "prices": ("agent", "as_read"),
        "guidelines": ("body", "strength", "as_read"),
        "supply_tiers": ("word",),
        "rules": ("code", "when"),
        "messages": ("when",),
    }
)
"""Columns that no person reads in the plain view: citations, the record for clinicians, names, codes.

A glossary term is the word that is explained; its meaning is a passage. The word of a shortage plan is quoted in a
sentence, which is a passage. Property meanings are for who edits the tables.
"""

CITATIONS = ("ipdas.source", "methods.sources")
"""Phrases that hold citations."""

NOT_PLAIN_PHRASES: Mapping[str, str] = MappingProxyType(
    {
        "cohort.": "Answers of the command that reads a ward list. Who runs it is on the staff.",
        "record.": "The clinician sheet: text for the record, in the words of the clinic.",
    }
)
"""Beginnings of the names of phrases that no person reads in the plain view, each with the reason."""

PIECES = ("handout.again.time", "framing.cell.name")
"""Phrases that are only said inside another one and are measured there, or that only put two passages in one line."""

PEOPLE: tuple[Mapping[str, object], ...] = (
    {},
    {
        "travel_minutes": 240, "place": "home_only", "needles": "severe_fear", "self_infusion": "no", "veins": "poor",
        "apheresis": "none", "hours_per_month": 3, "budget_per_year": 1000, "igg": "above_6", "mg_antibody": "musk",
    },
    {
        "ig_supply": "critical", "supply_plan": "uk", "health": HEALTH, "pregnancy": "pregnant", "igg": "below_4",
        "mg_antibody": "achr", "prices": "uk",
    },
    {
        "ig_supply": "tight", "supply_plan": "canada", "pregnancy": "planning", "place": "prefer_home",
        "needles": "anxious", "self_infusion": "with_helper", "apheresis": "by_transfer", "age_group": "child",
        "mg_antibody": "none", "prices": "canada", "weight_kg": 30,
    },
    {"ig_supply": "critical", "supply_plan": "france", "pregnancy": "breastfeeding", "prices": "france"},
)  # fmt: skip
"""What is said by the people for whom every situation is read: nothing, and much that meets the rules."""


@dataclass(frozen=True)
class Place:
    """Where a passage stands: a table with row and column, or a situation with what is asked there."""

    part: str
    where: str

    def __str__(self) -> str:
        return f"{self.part}, {self.where}"


def passages(catalogue: Catalogue) -> Iterator[tuple[Place, str]]:
    """Yield every text of the plain view, each once for a table or situation, with where it stands.

    First the cells of the tables, then the sentences of the app and the rules
    with their blanks filled in, then what is put together in each situation.
    """
    seen: set[tuple[str, str]] = set()
    for place, text in _all(catalogue):
        if text.strip() and (place.part, text) not in seen:
            seen.add((place.part, text))
            yield place, text


def _all(catalogue: Catalogue) -> Iterator[tuple[Place, str]]:
    words = catalogue.words
    yield from _cells(catalogue)
    yield from _filled_phrases(catalogue, words)
    yield from _filled_rules(catalogue, words)
    for condition, situation in catalogue.roles:
        part = f"{condition}/{situation}"
        yield from ((Place(part, where), text) for where, text in _situation(catalogue, condition, situation, words))


# ------------------------------------------------------------------------ tables


def plain_columns(table: str) -> tuple[str, ...]:
    """Return the columns of a table that hold text which a person reads in the plain view."""
    hints = get_type_hints(TABLES[table], include_extras=True)
    texts = [name for name in TABLES[table].model_fields if hints[name] == Prose or Prose in get_args(hints[name])]
    return tuple(name for name in texts if name not in NOT_PLAIN.get(table, ()))


def _cells(catalogue: Catalogue) -> Iterator[tuple[Place, str]]:
    """Yield the cells of the tables; sentences with blanks come filled in."""
    for table, rows in catalogue.tables.items():
        columns = plain_columns(table)
        for line, row in enumerate(rows, 2):
            for column in columns:
                text = getattr(row, column)
                if text and not _blanks(text) and is_plain(getattr(row, "phrase", "")):
                    yield Place(f"{table}.csv", f"row {line}, column {column}"), text


def is_plain(phrase: str) -> bool:
    """Say whether a phrase is read in the plain view, as a passage of its own."""
    return phrase not in CITATIONS + PIECES and not phrase.startswith(tuple(NOT_PLAIN_PHRASES))


def _blanks(text: str) -> tuple[str, ...]:
    """Return the names of the blanks of a sentence; a brace that stands alone is none."""
    try:
        return tuple(name for _, name, _, _ in Formatter().parse(text) if name)
    except ValueError:
        return ()


# ------------------------------------------------------- sentences with blanks


def _filled_phrases(catalogue: Catalogue, words: Words) -> Iterator[tuple[Place, str]]:
    """Yield the sentences of the app with their blanks filled in, with what each blank can hold in turn."""
    anywhere, here = _held(catalogue, words), _held_in_one(catalogue, words)
    for line, row in enumerate(catalogue.rows("phrases", Phrase), 2):
        blanks = _blanks(row.text)
        if not blanks or not is_plain(row.phrase) or "text" in blanks:  # a whole text is measured where it is filled in
            continue
        held = {blank: here.get((row.phrase, blank)) or anywhere.get(blank) or ("6",) for blank in blanks}
        for turn in range(max(map(len, held.values()))):
            filled = {blank: values[turn % len(values)] for blank, values in held.items()}
            yield Place("phrases.csv", f"row {line}, {row.phrase}"), row.text.format(**filled)


def _held(catalogue: Catalogue, words: Words) -> dict[str, tuple[str, ...]]:
    """Return what the blanks of a sentence can hold; a blank that is not here takes a number."""
    phrases = catalogue.phrases
    option = _different(_shown_name(catalogue, role) for role in _used(catalogue))
    criterion = _said(phrases, (f"criterion.{name}" for name in CRITERIA))
    prices, outcomes = catalogue.rows("prices", Price), catalogue.rows("outcomes", Outcome)
    time = _different(row.follow_up or "" for row in outcomes)
    counted = (f"time.{name}s" for name in ("session", "visit", "needle"))
    return {
        "option": option,
        "name": option,
        "names": _in_threes(criterion, words),
        "criterion": criterion,
        "a": criterion,
        "b": criterion[1:] + criterion[:1],
        "what": tuple(wording.sentence(text) for text in criterion),
        "condition": _different(row.short_name for row in catalogue.conditions.values()),
        "why": _different(row.text for row in catalogue.dealbreakers.values()),
        "unit": _said(phrases, (name for name in phrases if name.startswith("unit.") and not _blanks(phrases[name]))),
        "price": (words.exact_money(120, "USD"),),
        "date": _different(row.price_date for row in prices),
        "covers": _different(row.covers for row in prices),
        "dates": (dates(catalogue, words),) if catalogue.tables["effects"] else (),
        "count": tuple(words(name, n=3) for name in counted if name in phrases),
        "hours": (words.hours(40), words.hours(1 / 3)),
        "time": time,
        "row": time[:1],  # which two times meet is measured in the situations
        "range": (words.span(42, 66),),
        "share": ("72%",),
        "value": (words.out_of(54, 100), words.money(120000, "USD")),
        "worst": (words.out_of(40, 100), words.hours(200)),
        "best": (words.out_of(72, 100), words.hours(3)),
        "word": _different(row.word for row in catalogue.rows("supply_tiers", SupplyTier)),
        "table": _said(phrases, (name for name in phrases if name.startswith("table."))),
        "plan": _said(phrases, (f"plan.{plan}" for plan in CHOICES["supply_plan"][1:])),
        "supply": _said(phrases, (f"supply.{supply}" for supply in CHOICES["ig_supply"])),
        "currency": _said(phrases, (name for name in phrases if name.startswith("currency."))),
        "better": _said(phrases, ("outcome.more", "outcome.fewer")),
    }


def _held_in_one(catalogue: Catalogue, words: Words) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return what a blank holds in one sentence only, by sentence and blank."""
    phrases = catalogue.phrases
    regimens, outcomes = catalogue.rows("regimens", Regimen), catalogue.rows("outcomes", Outcome)
    chips = {
        (".".join(("chip", key)), "value"): _said(phrases, (f"value.{key}.{value}" for value in values))
        for key, values in CHOICES.items()
    }
    options = _different(_shown_name(catalogue, role) for role in _used(catalogue))
    listed = _different(_shown_first(catalogue, words))
    asked = _different(row.question for row in outcomes)
    compared = _different(wording.sentence(row.reference_name or "") for row in outcomes)
    reviewed = [
        _review(catalogue, row, words)
        for row in catalogue.rows("reviews", TreatmentReview)
        if row.weeks_low is not None
    ]
    of_people = (words.out_of(54, 100), words.out_of(0.5, 1000))
    besides = _said(phrases, (name for name in phrases if name.startswith("handout.also.")))
    return {
        **chips,
        ("ask.not_compared", "names"): listed,
        ("ask.unknown", "names"): listed,
        ("ask.unknown", "question"): asked,
        ("ask.unknown.why", "names"): listed,
        ("framing.drawn.group", "name"): tuple(wording.sentence(row.reference_name or "") for row in outcomes),
        ("framing.drawn.group", "count"): of_people,
        ("framing.drawn.group", "happens"): tuple(row.happens for row in outcomes),
        ("handout.again.times", "times"): _different(reviewed),
        ("handout.also", "what"): besides,
        ("handout.because", "what"): besides,
        ("handout.caption", "names"): listed,
        ("handout.never", "what"): _different(row.text for row in catalogue.dealbreakers.values()),
        ("handout.other_time", "time"): _different(_other_times(catalogue)),
        ("knowledge.right", "why"): _said(phrases, ("knowledge.unknown.why", "knowledge.decides.why")),
        ("picture.beside", "name"): compared,
        ("picture.beside", "count"): of_people,
        ("sensitivity.close", "names"): listed,
        ("sensitivity.leads", "names"): options,
        ("row.supply.note", "plan"): tuple(
            words("supply.plan", plan=phrases[f"plan.{plan}"]) for plan in ("uk", "france")
        ),
        ("cell.reference", "name"): _different(row.reference_name or "" for row in outcomes),
        ("cell.reference", "value"): of_people,
        ("time.derived", "what"): _different(row.derived_from or "" for row in regimens),
        ("limits.remove", "what"): _said(phrases, (f"health.{name}" for name in HEALTH)),
        ("columns.showing", "names"): _different(_shown_first(catalogue, words)),
        ("stale.banner", "what"): (words.listing(words(name, n=3) for name in ("stale.prices", "stale.onset")),),
    }


def _different(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the texts that are not blank, each once."""
    return tuple(dict.fromkeys(text for text in texts if text))


def _said(phrases: Mapping[str, str], names: Iterable[str]) -> tuple[str, ...]:
    return _different(phrases.get(name, "") for name in names)


def _in_threes(texts: Sequence[str], words: Words) -> tuple[str, ...]:
    return tuple(words.listing(texts[i : i + 3]) for i in range(max(1, len(texts) - 2)))


def _used(catalogue: Catalogue) -> Iterator[RoleRow]:
    return (role for roles in catalogue.roles.values() for role in roles.values() if role.role != "not_used")


def _shown_name(catalogue: Catalogue, role: RoleRow) -> str:
    return role.display_name or catalogue.options[role.option].name


def _other_times(catalogue: Catalogue) -> Iterator[str]:
    """Yield the times of figures that were counted over another time than the row in which they stand."""
    time = {(row.condition, row.situation, row.outcome): row.follow_up for row in catalogue.rows("outcomes", Outcome)}
    for row in catalogue.rows("effects", EffectRow):
        if row.follow_up and row.follow_up != time.get((row.condition, row.situation, row.outcome)):
            yield row.follow_up


def _review(catalogue: Catalogue, row: TreatmentReview, words: Words) -> str:
    """Return when an option is looked at again, as the hand-out lists it; rows for no option name none."""
    role = catalogue.roles.get((row.condition, row.situation), {}).get(row.option or "")
    if role is None or row.weeks_low is None:
        return ""
    return words("handout.again.time", name=_shown_name(catalogue, role), time=words.duration(7 * row.weeks_low))


def _shown_first(catalogue: Catalogue, words: Words) -> Iterator[str]:
    """Yield, for each situation, the names of up to four options that are treatments of the first or second rank."""
    for roles in catalogue.roles.values():
        ranked = (roles[option] for option in catalogue.options if option in roles)
        high = (role for role in ranked if role.role in ("first_choice", "alternative"))
        yield words.listing(_shown_name(catalogue, role) for role in islice(high, 4))


def _filled_rules(catalogue: Catalogue, words: Words) -> Iterator[tuple[Place, str]]:
    """Yield the sentences of the rules with their blanks filled in."""
    agents = catalogue.rows("agents", Agent)
    medicines = [agent.agent for agent in agents if re.fullmatch(r"[\w-]+", agent.agent)]
    filled = {
        "hours": words.hours(40),
        "limit": words.hours(3),
        "cost": words.money(120000, "USD"),
        "budget": words.money(1000, "USD"),
        "travel": words.hours(8),
    }
    for line, row in enumerate(catalogue.rows("rules", Rule), 2):
        touched = row.agents or tuple(agent.agent for agent in agents if row.property in agent.properties)
        filled["agents"] = words.listing(sorted(set(touched))[:2])
        filled["others"] = words.listing(medicines[:2])
        for tier in catalogue.rows("supply_tiers", SupplyTier)[:1]:
            filled["word"] = tier.word
        for column in ("text", "changes_if"):
            text = getattr(row, column)
            if text and _blanks(text):
                yield Place("rules.csv", f"row {line}, column {column}"), text.format(**filled)


# -------------------------------------------------------------------- situations


def _situation(
    catalogue: Catalogue, condition: str, situation: str, words: Words
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Yield what a person can read in a situation, whoever they are."""
    for said in PEOPLE:
        comparison = compare(catalogue, Scenario(condition, situation, **said))  # type: ignore[arg-type]
        yield from _page(comparison, words)
        if said:
            yield from _table(comparison, catalogue, [row.option.option for row in comparison.options if row.used])
            continue
        # What is not used here, and the other frame, are the same for everybody.
        yield from _table(comparison, catalogue, list(catalogue.options))
        yield from _table(comparison, catalogue, list(catalogue.options), happens=False)
        yield from _weighing(comparison, words)
        yield from _life(comparison, catalogue, words)
        yield from _check(comparison, catalogue)


def _life(comparison: Comparison, catalogue: Catalogue, words: Words) -> Iterator[tuple[str, str]]:
    """Yield living with each option, when to look again, and the calendar in sentences."""
    used = [result.option.option for result in comparison.options if result.used]
    rows = (*living_questions(comparison, catalogue, used), review_question(comparison, catalogue, used))
    yield from (("living", text) for text in texts(rows))
    for result in comparison.options:
        if result.used:
            calendar = treatment_calendar(result, comparison.scenario.travel_minutes)
            told = sentences(result, calendar, words)
            yield from ((f"calendar, {result.option.option}", text) for text in told)


def _check(comparison: Comparison, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """Yield the questions on what one takes from this, and what is said after an answer."""
    used = [result.option.option for result in comparison.options if result.used]
    for question in knowledge_questions(comparison, catalogue, used):
        yield f"check, {question.id}", question.text
        yield f"check, {question.id}", question.explanation


def _page(comparison: Comparison, words: Words) -> Iterator[tuple[str, str]]:
    """Yield the sentences around the table: decision, messages, verdicts with reasons, what would change them."""
    row = comparison.situation
    yield from (("situation", text) for text in (row.decision, row.hint, row.without_treatment))
    yield from (("notice", text) for text in comparison.notices)
    yield from (("message", message.text) for message in comparison.messages)
    counted = counts(comparison, words)
    yield from (("count", text) for text in (counted.total, *(text for _, text in counted.parts), counted.advice or ""))
    for result in comparison.options:
        where = result.option.option
        yield where, result.name
        yield where, words(f"heading.{result.screened.heading}")
        yield from ((where, message.text) for message in result.messages)
        for reason in result.screened.reasons:
            yield f"{where}, reason {reason.code}", reason.text
            yield f"{where}, reason {reason.code}", reason.changes_if or ""


def _table(
    comparison: Comparison, catalogue: Catalogue, options: Sequence[str], happens: bool = True
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Yield the rows of the table: question, note, and each headline and line; guideline bodies are citations."""
    positions = {row.body: row.position for result in comparison.options for row in result.guidelines}
    for row in questions(comparison, catalogue, options, happens):
        yield row.id, row.text
        yield row.id, row.note
        for cell in row.cells:
            for text in (cell.headline, *cell.lines, cell.sentence or "", cell.statement or ""):
                body = row.id == "guideline" and next((body for body in positions if text.startswith(body)), None)
                yield f"{row.id}, {cell.option}", positions[body] if body else text


def _weighing(comparison: Comparison, words: Words) -> Iterator[tuple[str, str]]:
    """Yield what is asked of a person who says what matters, and what can be answered.

    No weights are drawn: every option stands first once, and every figure of every option is said once.
    """
    part = taking_part(comparison.options)
    for profile in profiles(part) if len(part) > 1 else ():
        yield "swing", swing(profile, part, words)
        criterion = words(f"criterion.{profile.criterion}")
        for result in part:
            figure = profile.figures[result.option.option]
            if figure is not None:
                value = figure_words(result, profile, figure.value, words)
                yield f"match, {result.option.option}", words("match.point", criterion=criterion, value=value)
    for turn, result in enumerate(part):
        others = (*part[turn + 1 :], *part[:turn])[:2]
        said = [words("match.first", name=result.name, n=6), *(words("match.next", name=o.name, n=2) for o in others)]
        yield "match", f"{'. '.join(said)}."
        yield "match", f"{words('match.too_close')} {'. '.join(said)}."
