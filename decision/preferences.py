"""Preferences: swing weights, value functions, and what speaks for and against an option.

A criterion is asked as a swing in its own unit: from the worst to the best
figure among the options at hand (swing weighting, von Winterfeldt & Edwards
1986). Between the two ends value grows evenly (linear value function).
What is not known has no value here; the robustness analysis lets it stand
anywhere between the ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from decision.effects import Estimate
from decision.scenario import CRITERIA

if TYPE_CHECKING:
    from decision.comparison import OptionResult, OutcomeResult

SLACK = 2.0
"""How far the ratio of two weights may lie from the ratio of the answers, either way."""

WIDEN: Mapping[str, float] = {"high": 1.0, "moderate": 1.0, "low": 1.5, "very_low": 2.0, "not_rated": 2.0}
"""How much a range grows on each side where the figure is less sure (GRADE words)."""

NO_RANGE = 0.2
"""Half-width, as a share of the scale, given to a health outcome whose range is not known."""

CERTAINTY_STEP = {"very_low": 0.0, "low": 1.0, "moderate": 2.0, "high": 3.0, "not_rated": 0.0}
MOST_ASKED = 8
BEST_THIRD, WORST_THIRD = 2 / 3, 1 / 3


@dataclass(frozen=True)
class Profile:
    """One criterion across the options: figures with range (None: not known), and the two ends of the swing."""

    criterion: str
    figures: Mapping[str, Estimate | None]
    worst: float
    best: float

    def value(self, figure: float) -> float:
        """Return the value of a figure: 0 at the worst end, 1 at the best."""
        return (figure - self.worst) / (self.best - self.worst)

    def ends(self, option: str) -> tuple[float, float]:
        """Return the least and most value an option may have; what is not known may be anything from 0 to 1."""
        figure = self.figures[option]
        if figure is None:
            return 0.0, 1.0
        values = [self.value(end) for end in (figure.low, figure.value, figure.high) if end is not None]
        return min(values), max(values)


def profiles(results: Sequence[OptionResult]) -> tuple[Profile, ...]:
    """Return the criteria on which these options differ, in the order of the contract, at most eight.

    In: the options that take part. A criterion counts where at least two
    options have figures that differ.
    """
    found = []
    for criterion in CRITERIA:
        figures, more_is_better = _FIGURES[criterion](results)
        known = [figure.value for figure in figures.values() if figure is not None]
        if len(known) < 2 or max(known) - min(known) <= 1e-9 * max(1.0, abs(max(known))):
            continue
        ends = (min(known), max(known)) if more_is_better else (max(known), min(known))
        found.append(Profile(criterion, _with_ranges(criterion, figures, ends), *ends))
    return tuple(found[:MOST_ASKED])


def bounds(scores: Sequence[float], pairs: Iterable[tuple[int, int]] = ()) -> list[tuple[int, int, float]]:
    """Return what answers say about weights, as (i, j, k): weight i is at most k times weight j.

    In: scores 0 to 10, all above zero, one a criterion; `pairs` of (i, j): asked
    directly, i mattered more. A higher score means at least as much weight, and
    the ratio may differ from that of the scores by SLACK either way. A direct
    answer takes the place of the two scores.
    """
    asked = {frozenset(pair) for pair in pairs}
    found = [(j, i, 1.0) for i, j in pairs]
    for i, high in enumerate(scores):
        for j, low in enumerate(scores):
            if i == j or frozenset((i, j)) in asked:
                continue
            most = SLACK * low / high
            found.append((j, i, min(most, 1.0) if high > low else most))
    return found


def speaks(profile: Profile, option: str) -> str:
    """Say whether a criterion speaks `for`, `against` or neither (`even`), or is `unknown`."""
    figure = profile.figures[option]
    if figure is None:
        return "unknown"
    value = profile.value(figure.value)
    if value >= BEST_THIRD:
        return "for"
    return "against" if value <= WORST_THIRD else "even"


# ------------------------------------------------------------------- figures

Figures = dict[str, Estimate | None]


def _with_ranges(criterion: str, figures: Figures, ends: tuple[float, float]) -> Figures:
    """Give a health outcome without a range one, so that silence is not taken for precision."""
    if criterion not in ("benefit", "serious_harm", "common_side_effects"):
        return figures
    half = NO_RANGE * abs(ends[1] - ends[0])
    return {
        option: figure
        if figure is None or (figure.low is not None and figure.high is not None)
        else Estimate(figure.value, figure.value - half, figure.value + half)
        for option, figure in figures.items()
    }


def _outcome(criterion: str) -> Callable[[Sequence[OptionResult]], tuple[Figures, bool]]:
    def figures(results: Sequence[OptionResult]) -> tuple[Figures, bool]:
        """Take the outcome of this criterion that most options have a compared figure for."""
        rows = [
            [result.outcomes[index] for result in results]
            for index, cell in enumerate(results[0].outcomes)
            if cell.outcome.criterion == criterion
        ]
        if not rows:
            return {result.option.option: None for result in results}, True
        row = max(rows, key=lambda cells: sum(_compared(cell) is not None for cell in cells))
        found = {result.option.option: _compared(cell) for result, cell in zip(results, row, strict=True)}
        return found, row[0].outcome.direction == "benefit"

    return figures


def _compared(cell: OutcomeResult) -> Estimate | None:
    """Return a compared figure with its range widened by its certainty; a single-arm figure is not compared."""
    risk = cell.risk.with_option
    if risk is None or cell.risk.comparison not in ("direct", "indirect"):
        return None
    wider = WIDEN[(cell.row or cell.outcome).certainty]
    low = None if risk.low is None else max(0.0, risk.value - wider * (risk.value - risk.low))
    high = None if risk.high is None else min(1.0, risk.value + wider * (risk.high - risk.value))
    return Estimate(risk.value, low, high)


def _plain(pick: Callable[[OptionResult], Estimate | None]) -> Callable[[Sequence[OptionResult]], tuple[Figures, bool]]:
    return lambda results: ({result.option.option: pick(result) for result in results}, False)


def _speed(result: OptionResult) -> Estimate | None:
    row = result.onset
    if row is None or row.days_low is None:
        return None
    high = row.days_low if row.days_high is None else row.days_high
    return Estimate((row.days_low + high) / 2, row.days_low, high)


def _certainty(results: Sequence[OptionResult]) -> tuple[Figures, bool]:
    """Rate the evidence of the first benefit; an option without a compared figure stands at the lowest step."""
    found: Figures = {}
    for result in results:
        rated = [c for c in result.outcomes if c.outcome.criterion == "benefit" and _compared(c) is not None]
        step = CERTAINTY_STEP[(rated[0].row or rated[0].outcome).certainty] if rated else 0.0
        found[result.option.option] = Estimate(step)
    return found, True


_FIGURES: Mapping[str, Callable[[Sequence[OptionResult]], tuple[Figures, bool]]] = {
    "benefit": _outcome("benefit"),
    "speed": _plain(_speed),
    "serious_harm": _outcome("serious_harm"),
    "common_side_effects": _outcome("common_side_effects"),
    "time": _plain(lambda result: result.burden.hours),
    "needles": _plain(lambda result: result.burden.needles),
    "independence": _plain(lambda result: None if result.burden.visits is None else Estimate(result.burden.visits)),
    "cost": _plain(lambda result: result.cost.per_year),
    "plasma_use": _plain(lambda result: result.supply.grams),
    "certainty": _certainty,
}
