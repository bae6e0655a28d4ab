"""What a figure says about an option, as a GRADE informative statement: size of the effect and certainty in words.

The form of the words is fixed by certainty: "there are" (high), "there are
probably" (moderate), "there may be" (low), "we are very unsure" (very low).
Source: Santesso et al. 2020, GRADE guidelines 26: informative statements, doi
10.1016/j.jclinepi.2019.10.014. Where a size begins is data
(`effect_sizes.csv`), as GRADE leaves it to those who decide.

One step more careful than that: where the range leaves room for something else
(no difference, or a real one where none shows), the words are those of low
certainty whatever the rating, and a second sentence says what else there could be.

A statement speaks of those in whom the outcome happens, whichever people the
cells count: "fewer people do not get better" would say it twice over.
"""

from __future__ import annotations

from collections.abc import Sequence

from decision import wording
from decision.effects import Risk
from decision.result import OptionResult, OutcomeResult
from decision.rows import EffectSize, Outcome
from decision.wording import Words

SIZES = ("large", "moderate", "small")
"""Sizes of a difference, from the top; what reaches none of them is `none`."""


def statement(
    cell: OutcomeResult, result: OptionResult, sizes: Sequence[EffectSize], words: Words
) -> str | None:  # fmt: skip
    """Return what a cell says about an option, in words, or None for the group that is measured against.

    In: the cell, its option, the rows of `effect_sizes.csv`, the sentences.
    Unknown, unchecked, unrated or uncompared figures give a sentence that says so and claims nothing.
    Raises KeyError where no row of sizes holds for the outcome.
    """
    outcome, risk, row = cell.outcome, cell.risk, cell.row
    told = {"name": result.name, "happens": outcome.happens}
    if not cell.known:
        return words("statement.unknown", **told)
    if cell.is_reference or row is None:
        return None
    if "unchecked" in (row.status, outcome.status):
        return words("statement.unchecked", **told)
    difference = shown_difference(risk, outcome.per)
    if risk.comparison == "single_arm" or difference is None:
        return words("statement.single_arm", **told)
    told["group"] = wording.sentence(outcome.reference_name or "")
    if row.certainty in ("very_low", "not_rated"):
        return words(f"statement.{row.certainty}", **told)
    steps = effect_size(outcome, sizes)
    found = size(difference, outcome.per, steps)
    also = _also(risk, outcome.per, steps, difference, found)
    hedge = "low" if also else row.certainty
    if found == "none":
        said = words(f"statement.{hedge}.none", **told)
    else:
        said = words(f"statement.{hedge}.{found}.{'more' if difference > 0 else 'fewer'}", **told)
    return f"{said} {words(f'statement.also.{also}')}" if also else said


def shown_difference(risk: Risk, per: int) -> int | None:
    """Return how many more (or, below zero, fewer) of `per` people, as the rounded figures of the cell show it."""
    if risk.with_option is None or risk.reference is None or risk.difference is None:
        return None
    return _people(risk.with_option.value, per) - _people(risk.reference.value, per)


def effect_size(outcome: Outcome, sizes: Sequence[EffectSize]) -> EffectSize:
    """Return the steps that hold for an outcome: those that name it, else those of its criterion.

    Raises KeyError where there are none (the check of the tables does not let that happen).
    """
    here = [row for row in sizes if row.criterion == outcome.criterion]
    for row in here:
        if outcome.outcome in row.outcomes:
            return row
    for row in here:
        if not row.outcomes:
            return row
    raise KeyError(f"no effect size for {outcome.criterion}")


def size(difference: float, per: int, steps: EffectSize) -> str:
    """Return the size of a difference of so many of `per` people: large, moderate, small or none."""
    of_100 = abs(difference) * 100 / per
    return next((name for name in SIZES if of_100 >= getattr(steps, name)), "none")


def _also(risk: Risk, per: int, steps: EffectSize, difference: int, found: str) -> str | None:
    """Say what else the range leaves room for: no difference, the other way, or a real difference where none shows."""
    assert risk.with_option is not None
    assert risk.reference is not None
    reference = _people(risk.reference.value, per)
    low, high = (
        None if end is None else _people(end, per) - reference for end in (risk.with_option.low, risk.with_option.high)
    )
    if risk.clear is None or low is None or high is None:
        return "no_range"
    fewer = low < 0 and size(low, per, steps) != "none"
    more = high > 0 and size(high, per, steps) != "none"
    if found == "none":
        return "more_or_fewer" if more and fewer else "more" if more else "fewer" if fewer else None
    if risk.clear:
        return None
    other = fewer if difference > 0 else more
    return ("none_or_fewer" if difference > 0 else "none_or_more") if other else "none"


def _people(risk: float, per: int) -> int:
    return wording.people(risk * per)
