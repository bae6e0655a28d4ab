"""Preferences: swing weights, value functions, and what speaks for and against an option.

A criterion is asked as a swing in its own unit: from the worst to the best
figure among the options at hand (swing weighting, von Winterfeldt & Edwards
1986). Between the two ends value grows evenly (linear value function).
What is not known has no value here; the robustness analysis lets it stand
anywhere between the ends.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from decision import wording
from decision.effects import Estimate
from decision.result import OptionResult, OutcomeResult
from decision.rows import Outcome
from decision.scenario import CRITERIA

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
    outcome: Outcome | None = None
    """The outcome whose figures these are, for the criteria that are outcomes."""

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
    options have figures that differ, in the rounding in which they are shown.
    """
    found = []
    for criterion in CRITERIA:
        figures, more_is_better, outcome = _FIGURES[criterion](results)
        known = [figure.value for figure in figures.values() if figure is not None]
        if len(known) < 2 or max(known) - min(known) <= 1e-9 * max(1.0, abs(max(known))):
            continue
        ends = (min(known), max(known)) if more_is_better else (max(known), min(known))
        if _as_shown(criterion, ends[0], outcome) != _as_shown(criterion, ends[1], outcome):
            found.append(Profile(criterion, _with_ranges(criterion, figures, ends), *ends, outcome))
    return tuple(found[:MOST_ASKED])


def bounds(scores: Sequence[float], pairs: Iterable[tuple[int, int]] = ()) -> list[tuple[int, int, float]]:
    """Return what answers say about weights, as (i, j, k): weight i is at most k times weight j.

    In: scores 0 to 10, all above zero, one a criterion; `pairs` of (i, j): asked
    directly, i mattered more. A higher score means at least as much weight, and
    the ratio may differ from that of the scores by SLACK either way. A direct
    answer decides which of the two weighs more, whatever the scores.
    """
    answered = set(pairs)
    found = []
    for i, here in enumerate(scores):
        for j, there in enumerate(scores):
            if i == j:
                continue
            most = SLACK * there / here  # weight j at most so many times weight i
            if (i, j) in answered:
                most = 1.0
            elif (j, i) in answered:
                most = max(most, SLACK)
            elif here > there:
                most = min(most, 1.0)
            found.append((j, i, most))
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
Found = tuple[Figures, bool, "Outcome | None"]
"""Figures by option, whether more is better, and the outcome they belong to."""


def _as_shown(criterion: str, figure: float, outcome: Outcome | None) -> Hashable:
    """Return a figure in the rounding in which it is shown."""
    if outcome is not None:
        return wording.counted(figure * outcome.per, outcome.per)
    return wording.period(figure) if criterion == "speed" else wording.rounded(figure)


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


def _outcome(criterion: str) -> Callable[[Sequence[OptionResult]], Found]:
    def figures(results: Sequence[OptionResult]) -> Found:
        """Take the outcome of this criterion that most options have a compared figure for."""
        rows = [
            [result.outcomes[index] for result in results]
            for index, cell in enumerate(results[0].outcomes)
            if cell.outcome.criterion == criterion
        ]
        if not rows:
            return {result.option.option: None for result in results}, True, None
        row = max(rows, key=lambda cells: sum(_compared(cell) is not None for cell in cells))
        found = {result.option.option: _compared(cell) for result, cell in zip(results, row, strict=True)}
        return found, row[0].outcome.direction == "benefit", row[0].outcome

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


def _plain(pick: Callable[[OptionResult], Estimate | None]) -> Callable[[Sequence[OptionResult]], Found]:
    return lambda results: ({result.option.option: pick(result) for result in results}, False, None)


def _a_month(result: OptionResult, load: Estimate | None) -> Estimate | None:
    """Return a burden as the mean month of the first year: a course given once is spread over twelve."""
    if load is None or result.burden.pattern != "single":
        return load
    return Estimate(load.value / 12, *(None if end is None else end / 12 for end in (load.low, load.high)))


def _visits(result: OptionResult) -> Estimate | None:
    return None if result.burden.visits is None else Estimate(result.burden.visits)


def _speed(result: OptionResult) -> Estimate | None:
    row = result.onset
    if row is None or row.days_low is None:
        return None
    high = row.days_low if row.days_high is None else row.days_high
    return Estimate((row.days_low + high) / 2, row.days_low, high)


def _certainty(results: Sequence[OptionResult]) -> Found:
    """Rate the evidence of the first benefit; an option without a compared figure stands at the lowest step."""
    found: Figures = {}
    for result in results:
        rated = [c for c in result.outcomes if c.outcome.criterion == "benefit" and _compared(c) is not None]
        step = CERTAINTY_STEP[(rated[0].row or rated[0].outcome).certainty] if rated else 0.0
        found[result.option.option] = Estimate(step)
    return found, True, None


_FIGURES: Mapping[str, Callable[[Sequence[OptionResult]], Found]] = {
    "benefit": _outcome("benefit"),
    "speed": _plain(_speed),
    "serious_harm": _outcome("serious_harm"),
    "common_side_effects": _outcome("common_side_effects"),
    "time": _plain(lambda result: _a_month(result, result.burden.hours)),
    "needles": _plain(lambda result: _a_month(result, result.burden.needles)),
    "independence": _plain(lambda result: _a_month(result, _visits(result))),
    "cost": _plain(lambda result: result.cost.per_year),
    "plasma_use": _plain(lambda result: result.supply.grams),
    "certainty": _certainty,
}
