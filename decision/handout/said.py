"""What a person said, in words: limits, priorities, what the answers speak for; and what of it may be printed.

What says something about a body is printed only with the person's say. The
verdicts count it all the same: a sheet that hides a danger would be worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from decision import limit, wording
from decision.catalogue import Catalogue
from decision.comparison import Comparison, taken_out, taking_part, weigh
from decision.result import OptionResult
from decision.rows import Message
from decision.scenario import BODY_KEYS, OPTIONS, Scenario
from decision.screening import Reason
from decision.trigger import parse
from decision.visit import Visit
from decision.wording import Words

LEVELS = (2, 5, 8, 10)


@dataclass(frozen=True)
class Told:
    """What every part of a hand-out is made from: the comparison, the visit, the options on the sheet."""

    comparison: Comparison
    catalogue: Catalogue
    visit: Visit
    words: Words
    shown: Sequence[OptionResult]
    with_body: bool

    @property
    def scenario(self) -> Scenario:
        return self.comparison.scenario

    @property
    def place(self) -> tuple[str, str]:
        return self.scenario.condition, self.scenario.situation

    @property
    def hides_body(self) -> bool:
        """Whether something about the body was said that may not be printed."""
        return self.visit.said_body and not self.with_body

    def may_say(self, message: Message) -> bool:
        """Say whether a message may be printed: one that follows from the body only with the person's say."""
        asked = parse(message.when) if message.when else ()
        return not self.hides_body or not any(clause.key in BODY_KEYS for clause in asked)

    def reasons(self, result: OptionResult) -> list[Reason]:
        """Return the reasons of an option that may be printed, the deciding one first."""
        return [one for one in result.screened.reasons if one.kind != "health" or not self.hides_body]

    def messages(self, kind: str) -> list[Message]:
        """Return the messages of a kind that hold whatever is chosen."""
        return [one for one in self.comparison.messages if one.kind == kind and self.may_say(one)]

    def grouped(self, kind: str, results: Iterable[OptionResult]) -> list[tuple[Message, list[str]]]:
        """Return the messages of a kind, each text once, with the names of the options that it is about."""
        found: dict[str, tuple[Message, list[str]]] = {}
        for result in results:
            for message in result.messages:
                if message.kind == kind and self.may_say(message) and not for_every_treatment(message):
                    found.setdefault(message.text, (message, []))[1].append(result.name)
        return list(found.values())


def for_every_treatment(message: Message) -> bool:
    """Whether a message holds for every treatment there is; a hand-out says that in a sentence of its own."""
    return len(message.options) >= len(OPTIONS) - 1


def limits_said(told: Told) -> list[str]:
    """Return what limits the person, each in words; what says something about the body only with their say."""
    found = limit.said(told.visit.query, told.scenario, told.catalogue)
    return [one.text for one in found if told.with_body or one.key not in BODY_KEYS]


def priorities_said(told: Told) -> list[str]:
    """Return what matters to the person, what matters most first, then either-or answers, deal-breakers, leaning."""
    words, weights = told.words, told.scenario.weights
    said = []
    for criterion in sorted(weights, key=lambda name: -weights[name]):
        if weights[criterion] > 0:
            level = min(LEVELS, key=lambda level: abs(level - weights[criterion]))
            name = wording.sentence(words(f"criterion.{criterion}"))
            said.append(words("handout.matters", criterion=name, level=words(f"values.level.{level}").lower()))
    for first, second in told.visit.pairs:
        pair = words("values.pair.answer", a=words(f"criterion.{first}"), b=words(f"criterion.{second}"))
        said.append(wording.sentence(pair))
    said += [words("handout.never", what=told.catalogue.dealbreakers[name].text) for name in _never(told)]
    if told.visit.lean:
        said.append(words("handout.lean", name=told.comparison.option(told.visit.lean).name))
    return said


def _never(told: Told) -> list[str]:
    return [name for name in told.visit.listed("never") if name in told.catalogue.dealbreakers]


def part_of_match(told: Told) -> list[OptionResult]:
    """Return the options that are weighed: as on the page, with what was put back and without deal-breakers."""
    concerned = taking_part(told.comparison.options, told.visit.listed("back"))
    out = taken_out(concerned, [told.catalogue.dealbreakers[name] for name in _never(told)])
    return [result for result in concerned if result.option.option not in out]


def match_said(told: Told) -> list[str]:
    """Return what the answers speak for, in words, where the person asked for it."""
    if told.visit.query.get("match") != "yes":
        return []
    match = weigh(part_of_match(told), told.scenario.weights, told.words, told.visit.pairs)
    if match is None:
        return []
    gaps = told.words("values.not_weighed", names=", ".join(match.not_weighed)) if match.not_weighed else None
    return [line for line in (match.text, match.hangs_on, match.notice, gaps) if line]
