"""Reading grade: how many years of school a text asks for, and what a person reads here.

The measure is the Flesch-Kincaid grade (Kincaid and others 1975, Research
Branch Report 8-75, Naval Technical Training Command), worked out by textstat
with the syllables of the CMU Pronouncing Dictionary. Everything that a person
can read in the plain view is a passage: each cell of the tables, and each
sentence that is put together from them in every situation. What is written for
clinicians (`NOT_PLAIN`) is no passage.

Two things are taken out of a text before it is graded. A name counts as one
short word: medicines and brands of `agents.csv`, and the words of
`reading_names.csv`, each with the reason why it cannot be said more simply.
A point inside a number ends no sentence. A label of three words or fewer is no
sentence, and no formula holds for it: it is plain where none of its words has
more than three syllables, names and words of the glossary aside.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import islice
from statistics import median
from string import Formatter
from types import MappingProxyType
from typing import get_args, get_type_hints

import textstat

from decision.abbreviations import without_terms
from decision.catalogue import Catalogue
from decision.cells import questions
from decision.comparison import Comparison, compare, taking_part
from decision.match import figure_words
from decision.preferences import profiles
from decision.rows import TABLES, Agent, GlossaryTerm, Outcome, Prose, ReadingName, Regimen, Rule
from decision.scenario import CHOICES, CRITERIA, HEALTH, Scenario
from decision.summary import counts
from decision.swing import swing
from decision.wording import Words

HIGHEST = 8.0
"""No passage may ask for more years of school."""

MEDIAN = 6.0
"""Half of all passages, of each table and of each situation, ask for no more."""

LABEL = 3
"""A text of so many words or fewer is a label."""

SYLLABLES = 3
"""Most syllables of a word in a label."""

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

CITATIONS = ("methods.sources",)
"""Phrases that hold citations."""

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


@dataclass(frozen=True)
class Part:
    """The passages of a table or a situation: how many are graded, their median and highest grade."""

    passages: int
    median: float
    highest: float


@dataclass(frozen=True)
class Finding:
    """A passage that is too hard: its grade, or for a label its long words."""

    place: Place
    text: str
    grade: float | None
    long_words: tuple[str, ...]

    def __str__(self) -> str:
        why = f"grade {self.grade:.1f}" if self.grade is not None else f"long: {', '.join(self.long_words)}"
        return f"{self.place}: {why}: {self.text}"


@dataclass(frozen=True)
class Report:
    """What was measured. Grades are years of school; a text that stands in many places counts once."""

    passages: int
    labels: int
    median: float
    highest: float
    too_hard: tuple[Finding, ...]
    parts: Mapping[str, Part]
    library: str


# ------------------------------------------------------------------- the measure


def grade(text: str, names: Collection[str] = ()) -> float:
    """Return the Flesch-Kincaid grade of a text, in years of school (below 0 for the easiest).

    In: names, in small letters, that count as one short word each. The result
    grows with the words in a sentence and the syllables in a word.

    >>> grade("The dog ran.") < grade("The antibodies deteriorated.")
    True
    """
    return textstat.flesch_kincaid_grade(_prepared(text, names))


def is_label(text: str) -> bool:
    """Say whether a text is too short for a formula: three words or fewer."""
    return textstat.lexicon_count(text) <= LABEL


def long_words(text: str, names: Collection[str], glossary: Sequence[GlossaryTerm]) -> tuple[str, ...]:
    """Return the words of a label with more than three syllables that are neither names nor in the glossary."""
    words = re.findall(r"[^\W\d_]+", _prepared(without_terms(text, glossary), names))
    return tuple(word for word in words if textstat.syllable_count(word) > SYLLABLES)


def names(catalogue: Catalogue) -> frozenset[str]:
    """Return the words that count as names, in small letters: medicines and brands, and the reviewed list.

    A procedure (an operation, filtering, a transplant) is no name, and neither is a name of more than one word.
    """
    agents = [
        agent
        for agent in catalogue.rows("agents", Agent)
        if agent.routes != ("operation",) and "filters_blood" not in agent.properties
    ]
    medicines = {agent.agent for agent in agents} | {product for agent in agents for product in agent.products}
    listed = {row.name for row in catalogue.rows("reading_names", ReadingName)}
    return frozenset(name.lower() for name in medicines | listed if re.fullmatch(r"[\w-]+", name))


def _prepared(text: str, names: Collection[str]) -> str:
    """Return a text as it is graded: each name one short word, no point inside a number."""
    shortened = re.sub(r"[^\W\d_][\w-]*", lambda found: _shortened(found[0], names), text)
    return re.sub(r"(?<=\d)\.(?=\d)", "", shortened)


def _shortened(word: str, names: Collection[str]) -> str:
    """Return a stand-in of one syllable for a name, its plural too; in a compound for the part that is a name."""
    if word.lower() in names or word.lower().removesuffix("s") in names:
        return "Ann"
    if "-" not in word:
        return word
    return "-".join(_shortened(part, names) for part in word.split("-"))


# ------------------------------------------------------------------ the passages


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
    yield from _filled_phrases(catalogue)
    yield from _filled_rules(catalogue)
    for condition, situation in catalogue.roles:
        part = f"{condition}/{situation}"
        yield from ((Place(part, where), text) for where, text in _situation(catalogue, condition, situation, words))


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
                if text and not _blanks(text) and getattr(row, "phrase", None) not in CITATIONS:
                    yield Place(f"{table}.csv", f"row {line}, column {column}"), text


def _blanks(text: str) -> tuple[str, ...]:
    """Return the names of the blanks of a sentence; a brace that stands alone is none."""
    try:
        return tuple(name for _, name, _, _ in Formatter().parse(text) if name)
    except ValueError:
        return ()


def _filled_phrases(catalogue: Catalogue) -> Iterator[tuple[Place, str]]:
    """Yield the sentences of the app with their blanks filled in, with what each blank can hold in turn."""
    choices, special = _examples(catalogue), _examples_of_one(catalogue)
    for line, row in enumerate(catalogue.tables["phrases"], 2):
        phrase, text = row.phrase, row.text  # type: ignore[attr-defined]
        blanks = _blanks(text)
        if not blanks or "text" in blanks:  # a blank for a whole text is measured where it is filled in
            continue
        held = {blank: special.get(f"{phrase}.{blank}") or choices.get(blank, ("6",)) for blank in blanks}
        for turn in range(max(map(len, held.values()))):
            filled = {blank: values[turn % len(values)] for blank, values in held.items()}
            yield Place("phrases.csv", f"row {line}, {phrase}"), text.format(**filled)


def _examples(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Return what the blanks of a sentence can hold; a blank that is not here takes a number."""
    option = _option_names(catalogue)
    criterion = tuple(text for name in CRITERIA if (text := catalogue.phrases.get(f"criterion.{name}")))
    condition = tuple(row.short_name for row in catalogue.conditions.values())
    dealbreaker = tuple(row.text for row in catalogue.dealbreakers.values()) or ("",)
    unit = tuple(text for name, text in catalogue.phrases.items() if name.startswith("unit.") and not _blanks(text))
    return {
        "option": option,
        "name": option,
        "names": tuple(catalogue.words.listing(option[i : i + 3]) for i in range(max(1, len(option) - 2))),
        "criterion": criterion,
        "a": criterion,
        "b": criterion[1:] + criterion[:1],
        "condition": condition,
        "what": tuple(text[:1].upper() + text[1:] for text in criterion),
        "worst": ("200 hours a month", "40 of 100", "$120,000", "3 weeks", "very low"),
        "best": ("3 hours a month", "72 of 100", "$9,500", "2 days", "high"),
        "why": dealbreaker,
        "unit": unit,
        "price": ("$120",),
        "date": ("June 2025",),
        "dates": ("20 November 2026 to 22 November 2026",),
        "covers": ("the product only",),
        "count": ("3 visits", "1 needle", "2 treatment days"),
        "hours": ("40 hours", "20 minutes"),
        "time": ("6 months",),
        "row": ("12 months",),
        "range": ("42 to 66",),
        "share": ("72%",),
        "word": tuple({row.word: "" for row in catalogue.tables["supply_tiers"]}) or ("red",),  # type: ignore[attr-defined]
        "table": ("prices",),
        "value": ("54 of 100", "$120,000", "40 hours a month"),
        "plan": ("",),
        "supply": ("critical",),
        "currency": ("US dollars",),
        "better": ("More is better",),
    }


def _examples_of_one(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Return what a blank holds in one sentence only, by the name of the sentence and the blank."""
    held = {
        ".".join(("chip", key, "value")): tuple(catalogue.phrases.get(f"value.{key}.{value}", "") for value in values)
        for key, values in CHOICES.items()
    }
    criterion = tuple(text for name in CRITERIA if (text := catalogue.phrases.get(f"criterion.{name}")))
    listed = tuple(catalogue.words.listing(criterion[i : i + 3]) for i in range(max(1, len(criterion) - 2)))
    regimens, outcomes = catalogue.rows("regimens", Regimen), catalogue.rows("outcomes", Outcome)
    return {
        **held,
        "cell.reference.value": ("54 of 100", "fewer than 1 of 1,000"),
        "cell.reference.name": tuple({row.reference_name: "" for row in outcomes if row.reference_name}),
        "time.derived.what": tuple({row.derived_from: "" for row in regimens if row.derived_from}),
        "limits.remove.what": tuple(text for name in HEALTH if (text := catalogue.phrases.get(f"health.{name}"))),
        "columns.showing.names": tuple(dict.fromkeys(_shown_first(catalogue))),
        "stale.banner.what": ("3 of prices and 2 of guidelines",),
        "values.left_out.names": listed,
        "values.not_weighed.names": listed,
    }


def _option_names(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the names under which options are shown where they are used."""
    used = (role for roles in catalogue.roles.values() for role in roles.values() if role.role != "not_used")
    return tuple({role.display_name or catalogue.options[role.option].name: "" for role in used}) or ("IVIG",)


def _shown_first(catalogue: Catalogue) -> Iterator[str]:
    """Yield, for each situation, the names of the options that are treatments of the first or second rank."""
    for roles in catalogue.roles.values():
        high = [roles[option] for option in catalogue.options if roles[option].role in ("first_choice", "alternative")]
        yield catalogue.words.listing(role.display_name or catalogue.options[role.option].name for role in high[:4])


def _filled_rules(catalogue: Catalogue) -> Iterator[tuple[Place, str]]:
    """Yield the sentences of the rules with their blanks filled in."""
    filled = {
        "hours": "40 hours", "limit": "3 hours", "cost": "$120,000", "budget": "$1,000",
        "travel": "8 hours on the road in a month", "word": "red",
    }  # fmt: skip
    agents = [row.agent for row in catalogue.rows("agents", Agent) if re.fullmatch(r"[\w-]+", row.agent)]
    for line, row in enumerate(catalogue.rows("rules", Rule), 2):
        touched = list(row.agents) or [
            agent.agent for agent in catalogue.rows("agents", Agent) if row.property in agent.properties
        ]
        named = {
            "agents": catalogue.words.listing(sorted(set(touched))[:2]),
            "others": catalogue.words.listing(islice(agents, 2)),
        }
        for column in ("text", "changes_if"):
            text = getattr(row, column)
            if text and _blanks(text):
                yield Place("rules.csv", f"row {line}, column {column}"), text.format(**filled, **named)


# -------------------------------------------------------------------- situations


def _situation(
    catalogue: Catalogue, condition: str, situation: str, words: Words
) -> Iterator[tuple[str, str]]:  # fmt: skip
    """Yield what a person can read in a situation, whoever they are."""
    for said in PEOPLE:
        comparison = compare(catalogue, Scenario(condition, situation, **said))  # type: ignore[arg-type]
        yield from _page(comparison, words)
        yield from _table(comparison, catalogue, True)
        if not said:
            yield from _table(comparison, catalogue, False)  # the other frame is the same for everybody
            yield from _weighing(comparison, words)


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


def _table(comparison: Comparison, catalogue: Catalogue, happens: bool) -> Iterator[tuple[str, str]]:
    """Yield the rows of the table: question, note, and each headline and line; guideline bodies are citations."""
    bodies = {f"{row.body}": row.position for result in comparison.options for row in result.guidelines}
    for row in questions(comparison, catalogue, list(catalogue.options), happens):
        yield row.id, row.text
        yield row.id, row.note
        for cell in row.cells:
            for text in (cell.headline, *cell.lines):
                cited = row.id == "guideline" and next((body for body in bodies if text.startswith(body)), None)
                yield f"{row.id}, {cell.option}", bodies[cited] if cited else text


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


# -------------------------------------------------------------------- the report


def report(catalogue: Catalogue) -> Report:
    """Measure every passage.

    Out: median and highest grade of all sentences, how many labels, every
    passage that is too hard, and the same for each table and situation.
    """
    known = names(catalogue)
    grades: dict[str, float | None] = {}
    parts: dict[str, list[float]] = defaultdict(list)
    too_hard = []
    for place, text in passages(catalogue):
        if text not in grades:
            grades[text] = None if is_label(text) else grade(text, known)
            found = _finding(place, text, grades[text], known, catalogue.glossary)
            too_hard += [found] if found else []
        value = grades[text]
        if value is not None:
            parts[place.part].append(value)
    graded = [value for value in grades.values() if value is not None]
    return Report(
        passages=len(graded),
        labels=len(grades) - len(graded),
        median=median(graded or [0.0]),
        highest=max(graded, default=0.0),
        too_hard=tuple(too_hard),
        parts={name: Part(len(values), median(values), max(values)) for name, values in parts.items()},
        library=f"textstat {version('textstat')}",
    )


def _finding(
    place: Place, text: str, grade: float | None, names: Collection[str], glossary: Sequence[GlossaryTerm]
) -> Finding | None:  # fmt: skip
    if grade is not None:
        return Finding(place, text, grade, ()) if grade > HIGHEST else None
    words = long_words(text, names, glossary)
    return Finding(place, text, None, words) if words else None
