"""Reading grade: how many years of school a text asks for, and what a person reads here.

The measure is the Flesch-Kincaid grade (Kincaid and others 1975, Research
Branch Report 8-75, Naval Technical Training Command), worked out by textstat
with the syllables of the CMU Pronouncing Dictionary.

Two things are changed in a text before it is graded. A name counts as one
short word: medicines and brands of `agents.csv`, and the words of
`reading_names.csv`, each with the reason why it cannot be said more simply.
And a point inside a number ends no sentence. A label of three words or fewer
is no sentence, and no formula holds for it: it is plain where none of its
words has more than three syllables, names and words of the glossary aside.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from statistics import median

import textstat

from decision.abbreviations import without_terms
from decision.catalogue import Catalogue
from decision.passages import Place, passages
from decision.rows import Agent, GlossaryTerm, ReadingName

HIGHEST = 8.0
"""No passage may ask for more years of school."""

MEDIAN = 6.0
"""Half of all passages, of each table and of each situation, ask for no more."""

LABEL = 3
"""A text of so many words or fewer is a label."""

SYLLABLES = 3
"""Most syllables of a word in a label."""


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
    names: int
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
        names=len(known),
        median=median(graded or [0.0]),
        highest=max(graded, default=0.0),
        too_hard=tuple(too_hard),
        parts={name: Part(len(values), median(values), max(values)) for name, values in parts.items()},
        library=f"textstat {version('textstat')}",
    )


def _finding(
    place: Place, text: str, measured: float | None, names: Collection[str], glossary: Sequence[GlossaryTerm]
) -> Finding | None:  # fmt: skip
    if measured is not None:
        return Finding(place, text, measured, ()) if measured > HIGHEST else None
    words = long_words(text, names, glossary)
    return Finding(place, text, None, words) if words else None
