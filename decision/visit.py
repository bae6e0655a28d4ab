"""The visit: everything a person said in a session, ready to be put on paper, into a link or into a file.

What was chosen is a query, with the keys of the scenario and of the views;
what was typed freely (own questions, notes) is kept apart from it, so that it
can never slip into a link. A Visit is strict; `read` is lenient.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from urllib.parse import urlencode

from decision import scenario
from decision.catalogue import Catalogue
from decision.scenario import BODY_KEYS, CHOICES, CRITERIA, NUMBERS, OPTIONS, Scenario

VIEW_CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "all": ("yes",),
        "view": ("picture", "numbers", "words"),
        "frame": ("happens", "happens_not"),
        "lean": (*OPTIONS, "not_sure"),
        "match": ("yes",),
        "order": ("match",),
        "part": ("living", "calendar"),
    }
)
"""Keys of the views that take one word."""

VIEW_KEYS = (
    "show", "all", "view", "frame", "first", "hide", "q", "part", "cal",
    "lean", "pairs", "never", "back", "match", "order",
)  # fmt: skip
"""Keys of the views, in the order in which a link holds them.

Options, figures, order of rows, question and calendar looked at; leaning, answers and order of the match.
"""

ROW_KEYS = ("first", "hide", "q")
"""Keys of the views that name rows of the comparison."""

MOST_QUESTIONS, LONGEST_QUESTION, LONGEST_NOTES, MOST_TICKED = 12, 200, 2000, 40
LONGEST_VALUE = 600
ID = re.compile(r"[a-z0-9_.-]{1,60}")
TURNED = {*range(0x202A, 0x202F), *range(0x2066, 0x206A)}
"""Signs that turn the direction of the text after them: they could make a sheet read as something else."""


@dataclass(frozen=True)
class Visit:
    """What a person said. Raises ValueError, naming what is wrong, for anything out of its limits.

    `query`: keys of the scenario and of the views to words, as a link holds
    them, the body with them; `ticked`: generated questions by id; `opened`:
    options whose details were opened.
    """

    query: Mapping[str, str]
    ticked: tuple[str, ...] = ()
    own_questions: tuple[str, ...] = ()
    notes: str = ""
    opened: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for key, value in self.query.items():
            _require(_is_key(key), f"query: {key!r} is not a key of the scenario or of a view")
            _require(isinstance(value, str) and len(value) <= LONGEST_VALUE, f"query[{key}]: not a short text")
        _require("condition" in self.query, "query: the condition is missing")
        _require("situation" in self.query, "query: the situation is missing")
        _require(len(self.ticked) <= MOST_TICKED, f"ticked: more than {MOST_TICKED}")
        _require(all(ID.fullmatch(name) for name in self.ticked), "ticked: not an id")
        _require(len(self.own_questions) <= MOST_QUESTIONS, f"own_questions: more than {MOST_QUESTIONS}")
        clean = all(one and one == line(one) for one in self.own_questions)
        _require(clean, f"own_questions: empty, longer than {LONGEST_QUESTION}, or with signs that cannot be shown")
        shown = f"notes: longer than {LONGEST_NOTES}, or with signs that cannot be shown"
        _require(self.notes == text(self.notes, LONGEST_NOTES), shown)
        _require(set(self.opened) <= set(OPTIONS), f"opened: not one of {', '.join(OPTIONS)}")
        object.__setattr__(self, "query", MappingProxyType(dict(self.query)))

    def __hash__(self) -> int:
        return hash((*self.query.items(), *self.ticked, *self.own_questions, self.notes, *self.opened))

    @property
    def said_body(self) -> bool:
        """Whether something about the body was said."""
        return any(key in self.query for key in BODY_KEYS)

    @property
    def lean(self) -> str | None:
        """Return the option the person leans to, None where they are not sure."""
        found = self.query.get("lean")
        return found if found in OPTIONS else None

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the either-or answers; the first of each pair mattered more."""
        return tuple((first, second) for first, _, second in (word.partition("~") for word in self.listed("pairs")))

    def listed(self, key: str) -> tuple[str, ...]:
        """Return the words of a list, such as the options shown."""
        return tuple(word for word in self.query.get(key, "").split(",") if word)

    def scenario(self, catalogue: Catalogue) -> Scenario:
        """Return the scenario that the query makes."""
        return scenario.read(_of_scenario(self.query), catalogue)[0]

    def without_body(self) -> Visit:
        """Return the visit without what says something about a body."""
        return replace(self, query={key: value for key, value in self.query.items() if key not in BODY_KEYS})

    def link(self, address: str, with_body: bool = False) -> str:
        """Return the link that opens the same view. Nothing that was typed freely is in it."""
        chosen = self if with_body else self.without_body()
        return f"{address}?{urlencode(dict(chosen.query), safe=',~')}"


def read(
    query: Mapping[str, object],
    catalogue: Catalogue,
    ticked: Iterable[str] = (),
    own_questions: Iterable[str] = (),
    notes: str = "",
    opened: Iterable[str] = (),
) -> tuple[Visit, tuple[str, ...]]:
    """Make a Visit of what a session or a file holds; never raises.

    Out: the visit, and a plain notice for each thing of the query that was
    dropped or clamped. Texts are cut to their limits, unknown ids are dropped.
    """
    words = catalogue.words
    said = {str(key): str(value)[:LONGEST_VALUE] for key, value in query.items()}
    found, notices = scenario.read(_of_scenario(said), catalogue)
    clean = found.to_query(with_body=True)
    if said.get("age_group", "").strip() not in CHOICES["age_group"]:
        del clean["age_group"]
    if not _is_number(said.get("weight_kg", "")):
        del clean["weight_kg"]
    for key in VIEW_KEYS:
        kept, dropped = _view_words(key, said.get(key, ""), catalogue)
        if kept:
            clean[key] = ",".join(kept)
        notices += tuple(words("visit.left_out", what=word[:40]) for word in dropped)
    lines = [line(one) for one in own_questions]
    return Visit(
        clean,
        tuple(dict.fromkeys(name for name in ticked if ID.fullmatch(name)))[:MOST_TICKED],
        tuple(dict.fromkeys(one for one in lines if one))[:MOST_QUESTIONS],
        text(notes, LONGEST_NOTES),
        tuple(option for option in OPTIONS if option in set(opened)),
    ), notices


def text(typed: str, longest: int) -> str:
    """Return what was typed as plain text: line breaks kept, signs that cannot be shown left out, cut to a length."""
    lines = "\n".join(re.split(r"\r\n|[\n\r\v\f\x85\u2028\u2029]", typed.replace("\t", " ")))
    shown = "".join(sign for sign in lines if sign == "\n" or _can_be_shown(sign))
    return shown.strip()[:longest].strip()


def line(typed: str) -> str:
    """Return what was typed as one line of plain text, cut to the length of a question."""
    return " ".join(text(typed, 10 * LONGEST_QUESTION).split())[:LONGEST_QUESTION].strip()


def _can_be_shown(sign: str) -> bool:
    """Say whether a sign is text: no control sign, half of a pair, private sign, turner of direction or no sign."""
    code = ord(sign)
    nothing = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    return not nothing and code not in TURNED and unicodedata.category(sign) not in ("Cc", "Cs", "Co")


def _view_words(key: str, said: str, catalogue: Catalogue) -> tuple[list[str], list[str]]:
    """Return the words of a view's key that are known, and those that are not."""
    given = list(dict.fromkeys(word.strip() for word in said.split(",") if word.strip()))
    kept = [word for word in given if _is_word(key, word, catalogue)]
    if key in VIEW_CHOICES:
        kept = kept[:1]
    return kept, [word for word in given if word not in kept]


def _is_word(key: str, word: str, catalogue: Catalogue) -> bool:
    if key in VIEW_CHOICES:
        return word in VIEW_CHOICES[key]
    if key in ROW_KEYS:
        return ID.fullmatch(word) is not None
    if key == "never":
        return word in catalogue.dealbreakers
    if key == "pairs":
        first, _, second = word.partition("~")
        return first in CRITERIA and second in CRITERIA and first != second
    return word in OPTIONS


def _of_scenario(query: Mapping[str, str]) -> dict[str, str]:
    return {key: value for key, value in query.items() if key not in VIEW_KEYS}


def _is_number(said: str) -> bool:
    try:
        return not math.isnan(float(said))
    except ValueError:
        return False


def _is_key(key: object) -> bool:
    if not isinstance(key, str):
        return False
    kind, sign, name = key.partition(".")
    if sign:
        return (kind == "price" and name in OPTIONS) or (kind == "w" and name in CRITERIA)
    return key in ("condition", "situation", "health", *CHOICES, *NUMBERS, *VIEW_KEYS)


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)
