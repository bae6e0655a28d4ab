"""A lesson: a case in its two scenarios, with role cards, questions, points and the answer key.

The key is made from the cells of the comparison, so that no figure in it can
differ from what the comparison shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl

from decision.catalogue import Catalogue
from decision.cells import Question, questions
from decision.comparison import Comparison, compare
from decision.contrast import reason_text, tenths
from decision.rows import Case, CasePart
from decision.scenario import Scenario, read
from decision.wording import Words


@dataclass(frozen=True)
class Answer:
    """A line of the answer key: what is asked, the option, and what its cell says on these sides."""

    sides: tuple[str, ...]
    option: str
    row: str
    text: str


@dataclass(frozen=True)
class Part:
    """A question or a point, with the answers that its cells give."""

    text: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True)
class Lesson:
    """Everything a teacher needs for a case."""

    case: Case
    a: Comparison
    b: Comparison
    role_cards: tuple[CasePart, ...]
    questions: tuple[Part, ...]
    points: tuple[Part, ...]


def side_names(answer: Answer, words: Words) -> str:
    """Return the sides of an answer: `A`, or `A and B`."""
    return words.listing(words(f"contrast.{side}") for side in answer.sides)


def scenario(case: Case, side: str, catalogue: Catalogue) -> Scenario:
    """Return a scenario of a case. In: the side, `a` or `b`."""
    given = {"condition": case.condition, "situation": case.situation}
    query = getattr(case, f"scenario_{side}") or ""
    return read({**given, **dict(parse_qsl(query))}, catalogue)[0]


def lesson(catalogue: Catalogue, case: str) -> Lesson:
    """Return the lesson of a case. Raises KeyError where there is no such case."""
    row = catalogue.cases[case]
    sides = {side: Side(compare(catalogue, scenario(row, side, catalogue)), catalogue) for side in ("a", "b")}
    parts = catalogue.case_parts[case]

    def made(kind: str) -> tuple[Part, ...]:
        return tuple(
            Part(part.text, _joined(_answer(cell, sides) for cell in part.cells)) for part in parts if part.kind == kind
        )

    cards = tuple(part for part in parts if part.kind == "role_card")
    return Lesson(row, sides["a"].comparison, sides["b"].comparison, cards, made("question"), made("point"))


@dataclass(frozen=True)
class Side:
    """One comparison of a lesson, with its rows as questions and cells."""

    comparison: Comparison
    catalogue: Catalogue

    @cached_property
    def words(self) -> Words:
        return self.catalogue.words

    @cached_property
    def rows(self) -> Mapping[str, Question]:
        used = [result.option.option for result in self.comparison.options if result.used]
        return {row.id: row for row in questions(self.comparison, self.catalogue, used)}


def _joined(answers: Iterable[Answer]) -> tuple[Answer, ...]:
    """Join the sides that give the same answer, and bring together what answers the same row."""
    found: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for answer in answers:
        key = (answer.row, answer.option, answer.text)
        found[key] = (*found.get(key, ()), *answer.sides)
    rows = list(dict.fromkeys(row for row, _, _ in found))
    joined = (Answer(sides, option, row, text) for (row, option, text), sides in found.items())
    return tuple(sorted(joined, key=lambda answer: rows.index(answer.row)))


def _answer(cell: str, sides: Mapping[str, Side]) -> Answer:
    name, option, row = cell.split("/")
    side = sides[name]
    result, words = side.comparison.option(option), side.words
    if row == "verdict":
        verdict = words(f"verdict.{result.verdict}")
        text = words("lesson.verdict", verdict=verdict, reason=result.screened.reasons[0].text)
        return Answer((name,), result.name, words("contrast.verdict"), text)
    if row == "reasons":
        found = [reason for reason in result.screened.reasons if reason.kind not in ("role", "trial")]
        texts = [reason_text(reason, words) for reason in found] or [words("lesson.no_reason")]
        return Answer((name,), result.name, words("contrast.reason"), " ".join(texts))
    if row == "match":
        match = side.comparison.match
        shares = {each.option: each.tenths for each in match.options} if match else {}
        return Answer((name,), result.name, words("contrast.match"), tenths(shares.get(option), words))
    question = side.rows[row]
    shown = next(shown for shown in question.cells if shown.option == option)
    text = f"{shown.headline}. {shown.lines[0]}" if shown.lines else f"{shown.headline}."
    return Answer((name,), result.name, question.text, text)
