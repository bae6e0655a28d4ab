"""Questions for the visit: made from the situation, from what is not known and from what matters to the person.

Each has an id that stays the same, so that a tick survives; words are rows of
the phrases, and each question says why it is there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from decision.comparison import Comparison
from decision.result import OptionResult
from decision.visit import Visit
from decision.wording import Words

MOST = 12
"""As many as are offered; the first ones ask about what is nearest to this decision."""

FAR_MINUTES = 60
TOP_WEIGHTS = 3


@dataclass(frozen=True)
class Suggestion:
    """A question that a person may take along, with the reason why it is offered."""

    id: str
    text: str
    why: str


def suggest(
    comparison: Comparison, shown: Sequence[OptionResult], visit: Visit, words: Words
) -> tuple[Suggestion, ...]:  # fmt: skip
    """Return the questions offered for a visit, the nearest first. In: the options on the sheet."""
    matters = list(islice(_matters(comparison, words), TOP_WEIGHTS))
    checks = list(_checks(shown, words))
    unknown = list(_unknown(shown, words))
    found = [
        *_urgent(comparison, words),
        *matters[:1],
        *checks[:1],
        *unknown[:1],
        *_lean(shown, visit, words),
        *_limits(comparison, words),
        *matters[1:],
        *checks[1:],
        *unknown[1:2],
        *_not_compared(shown, words),
        *(_ask(name, name, words) for name in ("waiting", "again", "call")),
    ]
    return tuple(found[:MOST])


def _ask(id_: str, phrase: str, words: Words, **blanks: str) -> Suggestion:
    return Suggestion(id_, words(f"ask.{phrase}", **blanks), words(f"ask.{phrase}.why", **blanks))


def _urgent(comparison: Comparison, words: Words) -> Iterator[Suggestion]:
    if comparison.situation.urgent:
        yield _ask("urgent", "urgent", words)


def _matters(comparison: Comparison, words: Words) -> Iterator[Suggestion]:
    """Ask about what matters most first; what does not matter is not asked."""
    weights = comparison.scenario.weights
    for criterion in sorted(weights, key=lambda name: -weights[name]):
        if weights[criterion] > 0:
            why = words("ask.matters.why", criterion=words(f"criterion.{criterion}"))
            yield Suggestion(f"matters-{criterion}", words(f"ask.matters.{criterion}"), why)


def _checks(shown: Sequence[OptionResult], words: Words) -> Iterator[Suggestion]:
    """Ask what has to be checked for an option that needs care, and whether a ruled-out one could open."""
    for result in shown:
        option, verdict = result.option.option, result.verdict
        if verdict != "suitable":
            yield _ask(f"check-{option}", f"check.{verdict}", words, name=result.name)


def _unknown(shown: Sequence[OptionResult], words: Words) -> Iterator[Suggestion]:
    """Ask about what is not known for an option on the sheet, benefit and serious harm first."""
    rows = sorted(
        zip(*(result.outcomes for result in shown), strict=True),
        key=lambda cells: ("benefit", "serious_harm", "common_side_effects").index(cells[0].outcome.criterion),
    )
    for cells in rows:
        names = [result.name for result in shown if not _cell_known(result, cells[0].outcome.outcome)]
        if names:
            outcome = cells[0].outcome
            what = {"question": outcome.question, "names": words.listing(names)}
            yield _ask(f"unknown-{outcome.outcome}", "unknown", words, **what)


def _cell_known(result: OptionResult, outcome: str) -> bool:
    return any(cell.known for cell in result.outcomes if cell.outcome.outcome == outcome)


def _not_compared(shown: Sequence[OptionResult], words: Words) -> Iterator[Suggestion]:
    """Ask how far figures without a comparison group hold."""
    names = [result.name for result in shown if any(cell.risk.comparison == "single_arm" for cell in result.outcomes)]
    if names:
        yield _ask("not-compared", "not_compared", words, names=words.listing(names))


def _lean(shown: Sequence[OptionResult], visit: Visit, words: Words) -> Iterator[Suggestion]:
    for result in shown:
        if result.option.option == visit.lean:
            yield _ask("lean", "lean", words, name=result.name)


def _limits(comparison: Comparison, words: Words) -> Iterator[Suggestion]:
    """Ask about what limits the person; about health without naming any of it."""
    said = comparison.scenario
    limits = {
        "health": bool(said.health),
        "shortage": said.ig_supply != "normal",
        "travel": said.travel_minutes >= FAR_MINUTES,
    }
    for name, holds in limits.items():
        if holds:
            yield _ask(name, name, words)
