"""The values of a class: what several people said matters, held together without names.

Only weights and leaders are kept of a file; health, age, notes and all else a person
said is dropped. Nothing is shown of fewer than FEWEST people: in a
group so small a spread gives single answers away (a threshold of five is one of
those in use: Glossary of Statistical Disclosure Control, UNECE 2005). The spread
is the middle half, not the two ends, as each end is one person's answer.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import quantiles

from decision.catalogue import Catalogue
from decision.comparison import compare
from decision.handout import saved
from decision.scenario import CRITERIA, Scenario, read

FEWEST = 5
"""People below whom nothing is shown."""

LARGEST = 1_000_000
"""Bytes above which a file is not opened."""

TOO_CLOSE = "too_close"
"""Stands for the leader where a person's answers are too close to call."""

Place = tuple[str, str]


@dataclass(frozen=True)
class Voice:
    """What is kept of one person: the decision, the weights stated (0 to 10), and which option leads with them."""

    place: Place
    weights: Mapping[str, float]
    leader: str


@dataclass(frozen=True)
class Spread:
    """The weights that people gave a criterion: how many gave one, the middle one, and the middle half."""

    criterion: str
    answered: int
    low: float
    middle: float
    high: float


@dataclass(frozen=True)
class ClassValues:
    """A class on one decision: the spread of each weight, and for how many people each option leads.

    `spreads` holds only criteria that at least FEWEST people answered; `leaders`
    adds up to `people`, with TOO_CLOSE for those whose answers name no single one.
    """

    place: Place
    people: int
    left_out: int
    spreads: tuple[Spread, ...]
    too_few: tuple[str, ...]
    """Criteria that someone answered, but fewer than FEWEST."""
    leaders: Mapping[str, int]


def read_saved(content: bytes, catalogue: Catalogue) -> Scenario | None:
    """Return what a saved file says, or None where it is no file of this app.

    In: the page or the JSON that the app saves; anything else a person may pick by
    mistake or on purpose. Never raises: each value goes through the same door as a link.
    """
    if len(content) > LARGEST:
        return None
    try:
        body = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        visit = saved.read(content, catalogue).visit
        return visit.scenario(catalogue) if visit else None
    said = body.get("scenario") if isinstance(body, dict) else None
    if not isinstance(said, dict):
        return None
    pairs = {key: value for key, value in said.items() if isinstance(value, str | int | float)}
    condition, situation = pairs.get("condition"), pairs.get("situation")
    if condition not in catalogue.conditions or situation not in catalogue.situation_ids(str(condition)):
        return None
    return read(pairs, catalogue)[0]


def voice(scenario: Scenario, catalogue: Catalogue) -> Voice | None:
    """Return what counts of a scenario, or None where it states no weights or leaves nothing to weigh."""
    match = compare(catalogue, scenario).match
    if match is None:
        return None
    leader = match.leaders[0] if len(match.leaders) == 1 and not match.too_close_to_call else TOO_CLOSE
    return Voice((scenario.condition, scenario.situation), dict(scenario.weights), leader)


def class_values(voices: Sequence[Voice]) -> ClassValues | None:
    """Return the class on the decision that most files are about, or None where they are fewer than FEWEST.

    Files about another decision are left out and counted: their weights are about other changes.
    """
    if not voices:
        return None
    place = Counter(voice.place for voice in voices).most_common(1)[0][0]
    here = [voice for voice in voices if voice.place == place]
    if len(here) < FEWEST:
        return None
    given = {name: [voice.weights[name] for voice in here if name in voice.weights] for name in CRITERIA}
    return ClassValues(
        place=place,
        people=len(here),
        left_out=len(voices) - len(here),
        spreads=tuple(_spread(name, weights) for name, weights in given.items() if len(weights) >= FEWEST),
        too_few=tuple(name for name, weights in given.items() if 0 < len(weights) < FEWEST),
        leaders=dict(Counter(voice.leader for voice in here)),
    )


def _spread(criterion: str, weights: Sequence[float]) -> Spread:
    low, middle, high = quantiles(weights, n=4, method="inclusive")
    return Spread(criterion, len(weights), low, middle, high)
