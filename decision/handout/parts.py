"""The parts of the sheet besides the table: what was said, questions, what comes next, when to call for help.

Each part is one function, so that a new one is one more line in `sheet`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from decision.handout.questions import Suggestion, suggest
from decision.handout.said import Told, limits_said, match_said, priorities_said
from decision.result import OptionResult
from decision.rows import Message

OFFERED_QUESTIONS = 3
"""Questions printed where the person ticked none and wrote none."""

MOST_CHECKS = 2
"""Checks before the start that are printed in full; the clinician sheet has all."""


@dataclass(frozen=True)
class Point:
    """One line of a part: a text, with a label before it where it has one."""

    text: str
    label: str = ""


@dataclass(frozen=True)
class Part:
    """A titled part of the sheet. `ticks`: each point has a box to tick; `blanks`: labels of lines to write on."""

    id: str
    title: str
    points: tuple[Point, ...] = ()
    ticks: bool = False
    blanks: tuple[str, ...] = ()


def decision(told: Told) -> Part:
    """Return the decision in one sentence."""
    return _part(told, "decision", "handout.decision", [told.comparison.situation.decision])


def limits(told: Told) -> Part:
    """Return what limits the person."""
    said = limits_said(told)
    if told.hides_body:
        said.append(told.words("handout.body_left_out"))
    return _part(told, "limits", "limits.title", said or [told.words("handout.nothing_said")])


def matters(told: Told) -> Part:
    """Return what matters to the person."""
    said = priorities_said(told)
    return _part(told, "matters", "nav.to_values", said or [told.words("handout.nothing_said")])


def match(told: Told) -> Part:
    """Return what the answers speak for, where the person asked for it."""
    said = " ".join(match_said(told))
    return _part(told, "match", "values.result.title", [said] if said else [])


def questions(told: Told) -> Part:
    """Return the questions ticked and written, else the first of those offered."""
    texts = asked(told) or [one.text for one in _offered(told)[:OFFERED_QUESTIONS]]
    title = told.words("handout.questions")
    return Part("questions", title, tuple(Point(text) for text in texts), ticks=True)


def asked(told: Told) -> list[str]:
    """Return the questions that the person ticked, then those of their own."""
    return [*(one.text for one in _offered(told) if one.id in told.visit.ticked), *told.visit.own_questions]


def _offered(told: Told) -> tuple[Suggestion, ...]:
    return suggest(told.comparison, told.shown, told.visit, told.words)


def next_steps(told: Told) -> Part:
    """Return what happens next: what comes before the start of the option leant to, and lines to write on."""
    checks = (*_page(told.messages("before_start")), *_grouped(told, "before_start", _leaning(told)))
    more = len(checks) - MOST_CHECKS
    points = (*checks[:MOST_CHECKS], *((Point(told.words("handout.next.more", n=more)),) if more > 0 else ()))
    blanks = tuple(told.words(f"handout.next.{name}") for name in ("decided", "visit", "again"))
    return Part("next", told.words("handout.next"), points, blanks=blanks)


def decide_again(told: Told) -> Part:
    """Return when to look again: the review of the option leant to; else the time of each in one line."""
    words = told.words
    known = [(result.name, result.review) for result in _leaning(told) or told.shown if result.review is not None]
    dated = [(name, row) for name, row in known if row.weeks_low is not None]
    if _leaning(told):
        points = [Point(row.text, name) for name, row in dated]
    else:
        times = [
            words("handout.again.time", name=name, time=words.duration(7 * (row.weeks_low or 0))) for name, row in dated
        ]
        points = [Point(words("handout.again.times", times=words.listing(times)))] if times else []
    return Part("again", words("handout.again"), (*points, Point(words("handout.again.ask"))))


def works(told: Told) -> Part:
    """Return how to tell whether it works: where to look, and what is watched for with the option leant to."""
    first = Point(told.words("handout.works.ask"))
    watched = (*_page(told.messages("monitor")), *_grouped(told, "monitor", _leaning(told)))
    return Part("works", told.words("handout.works"), (first, *watched))


def call(told: Told) -> Part:
    """Return the signs for which to call for help: those of the illness, then those of each option."""
    title = told.words("urgent.title" if told.comparison.situation.urgent else "app.call")
    points = (*_page(told.messages("urgent")), *_grouped(told, "urgent", told.shown))
    return Part("call", title, points)


def stay(told: Told) -> Part:
    """Return why nothing here is a reason to stop."""
    own = (*_page(told.messages("do_not_stop")), *_grouped(told, "do_not_stop", told.shown))
    return Part("stay", told.words("handout.stay"), (Point(told.words("never_stop")), *own))


def notes(told: Told) -> Part:
    """Return what the person wrote down."""
    return _part(told, "notes", "handout.notes", [line for line in told.visit.notes.splitlines() if line.strip()])


def _part(told: Told, name: str, title: str, texts: Sequence[str]) -> Part:
    return Part(name, told.words(title), tuple(Point(text) for text in texts))


def _leaning(told: Told) -> list[OptionResult]:
    return [result for result in told.shown if result.option.option == told.visit.lean]


def _page(messages: Sequence[Message]) -> tuple[Point, ...]:
    return tuple(Point(message.text) for message in messages)


def _grouped(told: Told, kind: str, results: Sequence[OptionResult]) -> tuple[Point, ...]:
    return tuple(Point(message.text, told.words.listing(names)) for message, names in told.grouped(kind, results))
