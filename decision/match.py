"""The match: what a person's answers speak for, and how sure that is.

Never a bare score. For each option: what speaks for it, what speaks against
it, what is not known; and in how many of the ways of weighing that fit the
answers it would come first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from decision import robustness
from decision.preferences import Profile, bounds, profiles, speaks
from decision.result import OptionResult
from decision.wording import Words

TOO_CLOSE = 0.2
"""Gap between the two highest first-rank shares below which the result is too close to call."""

OUTCOMES = ("benefit", "serious_harm", "common_side_effects")

LEAST = 0.1
"""The least that a score above zero counts: what matters at all is not worked out to nothing."""

OFTEN = 0.5
"""Share of draws in which an option has to lead, where one criterion matters most, to be named for it."""


@dataclass(frozen=True)
class OptionMatch:
    """What the answers say about one option; shares from 0 to 1."""

    option: str
    speaks_for: tuple[str, ...]
    speaks_against: tuple[str, ...]
    unknown: tuple[str, ...]
    first_rank_share: float
    tenths: int
    rank_shares: tuple[float, ...]
    confidence: float | None
    contributions: Mapping[str, tuple[float, float, float] | None]
    """Criterion to mean contribution with low and high end, on the scale of the whole (0 to 1); None: not known."""
    leads_if: str | None


@dataclass(frozen=True)
class Match:
    """The answer to the answers, in words, with the next question that would settle most."""

    options: tuple[OptionMatch, ...]
    too_close_to_call: bool
    leaders: tuple[str, ...]
    text: str
    hangs_on: str | None
    left_out: tuple[str, ...]
    not_weighed: tuple[str, ...]
    """Health outcomes for which too few options have a compared figure: they could not count."""
    telling_pair: tuple[str, str] | None
    spread: float
    """Spread of the first-rank shares in bits."""
    notice: str | None

    @property
    def longest_contribution(self) -> float:
        """Return the highest end of all contributions: the scale that their bars share."""
        ends = [ends[2] for option in self.options for ends in option.contributions.values() if ends]
        return max(ends, default=0.0) or 1.0


def match(
    results: Sequence[OptionResult],
    weights: Mapping[str, float],
    words: Words,
    pairs: Collection[tuple[str, str]] = (),
) -> Match | None:
    """Return what the answers speak for, or None where there is nothing to weigh.

    In: the options that take part (ruled-out ones do not), weights 0 to 10 by
    criterion, and direct answers (the first mattered more). The same answers
    give the same result: the draws have a fixed seed.
    """
    if len(results) < 2:
        return None
    found = profiles(results)
    counted = [profile for profile in found if weights.get(profile.criterion, 0) > 0]
    if not counted:
        return None
    names = [profile.criterion for profile in counted]
    answers = [(names.index(a), names.index(b)) for a, b in pairs if a in names and b in names]
    drawn, notice = _draw(len(counted), [max(LEAST, weights[name]) for name in names], answers, words)
    low, high = _ends(counted, results)
    values = robustness.draw_values(low, high)
    result = robustness.smaa(values, drawn)
    shares = result.rank_shares[:, 0]
    order = [int(i) for i in np.argsort(-shares, kind="stable")]
    close = bool(len(order) > 1 and shares[order[0]] - shares[order[1]] < TOO_CLOSE)
    leaders = [i for i in order if shares[order[0]] - shares[i] < TOO_CLOSE] if close else order[:1]
    open_pairs = [
        (i, j) for i in range(len(names)) for j in range(i) if (i, j) not in answers and (j, i) not in answers
    ]
    telling = robustness.most_telling_pair(values, drawn, open_pairs)
    means = drawn.mean(axis=0)
    ids = [r.option.option for r in results]
    leads = _leads_if(values, counted)
    ways = tenths(shares)
    top = names[int(np.argmax(means))]
    return Match(
        options=tuple(
            OptionMatch(
                option=ids[i],
                speaks_for=_said(results[i], counted, "for", means, words),
                speaks_against=_said(results[i], counted, "against", means, words),
                unknown=tuple(_criterion(p, words) for p in counted if speaks(p, ids[i]) == "unknown"),
                first_rank_share=float(shares[i]),
                tenths=ways[i],
                rank_shares=tuple(float(share) for share in result.rank_shares[i]),
                confidence=None if np.isnan(result.confidence[i]) else float(result.confidence[i]),
                contributions={
                    name: None
                    if speaks(counted[k], ids[i]) == "unknown"
                    else _contribution(means[k], low[i, k], high[i, k])
                    for k, name in enumerate(names)
                },
                leads_if=None if i in leaders else _would_lead(leads[i], top, words),
            )
            for i in range(len(results))
        ),
        too_close_to_call=close,
        leaders=tuple(ids[i] for i in leaders),
        text=_text(results, shares, order, close, words),
        hangs_on=_hangs_on(values, means, order, counted, words),
        left_out=tuple(_criterion(p, words) for p in found if p.criterion not in names),
        not_weighed=tuple(words(f"criterion.{name}") for name in OUTCOMES if name not in {p.criterion for p in found}),
        telling_pair=(names[telling[0]], names[telling[1]]) if telling else None,
        spread=robustness.entropy(shares),
        notice=notice,
    )


def _contribution(weight: float, low: float, high: float) -> tuple[float, float, float]:
    """Return weight times value in the middle of the range and at its ends."""
    return float(weight * (low + high) / 2), float(weight * low), float(weight * high)


def figure_words(result: OptionResult, profile: Profile, figure: float, words: Words) -> str:
    """Return a figure of a criterion in its own unit."""
    kind = profile.criterion
    if profile.outcome is not None:
        return words.out_of(figure * profile.outcome.per, profile.outcome.per)
    if kind == "cost":
        return words.money(figure, result.cost.currency)
    if kind == "time":
        return words("unit.time", hours=words.hours(figure)) if figure else words("unit.none")
    if kind == "certainty":
        return words(f"certainty.{('very_low', 'low', 'moderate', 'high')[round(figure)]}")
    if kind == "speed":
        return words.duration(figure)
    return words(f"unit.{kind}", n=words.number(figure))


def _draw(
    criteria: int, scores: list[float], answers: list[tuple[int, int]], words: Words
) -> tuple[robustness.Array, str | None]:
    """Draw weights; where the direct answers contradict each other, keep the scores and say so."""
    try:
        return robustness.draw_weights(criteria, bounds(scores, answers)), None
    except ValueError:
        return robustness.draw_weights(criteria, bounds(scores)), words("match.contradiction")


def _ends(counted: Sequence[Profile], results: Sequence[OptionResult]) -> tuple[robustness.Array, robustness.Array]:
    ends = np.array([[profile.ends(result.option.option) for profile in counted] for result in results])
    return ends[:, :, 0], ends[:, :, 1]


def _criterion(profile: Profile, words: Words) -> str:
    return words(f"criterion.{profile.criterion}")


def _said(
    result: OptionResult, counted: Sequence[Profile], side: str, means: robustness.Array, words: Words
) -> tuple[str, ...]:
    """Return what speaks for or against an option, what matters most first, each with its figure."""
    order = np.argsort(-means, kind="stable")
    said = []
    for k in order:
        profile = counted[int(k)]
        figure = profile.figures[result.option.option]
        if figure is not None and speaks(profile, result.option.option) == side:
            value = figure_words(result, profile, figure.value, words)
            said.append(words("match.point", criterion=_criterion(profile, words), value=value))
    return tuple(said)


def _leads_if(values: robustness.Array, counted: Sequence[Profile]) -> list[str | None]:
    """Return, for each option, the criterion that would put it first most often if it mattered most."""
    free = robustness.draw_weights(len(counted), ())
    scores = robustness.weighted_sum(values, free)
    first = scores == scores.max(axis=1, keepdims=True)
    top = free.argmax(axis=1)
    found: list[str | None] = []
    for option in range(scores.shape[1]):
        leads = [first[top == k, option].mean() if (top == k).any() else 0.0 for k in range(len(counted))]
        best = int(np.argmax(leads))
        found.append(counted[best].criterion if leads[best] >= OFTEN else None)
    return found


def _would_lead(criterion: str | None, top: str, words: Words) -> str:
    if criterion is None:
        return words("match.never_leads")
    if criterion == top:
        return words("match.leads_if_more", a=words(f"criterion.{criterion}"))
    return words("match.leads_if", a=words(f"criterion.{criterion}"), b=words(f"criterion.{top}"))


def _text(
    results: Sequence[OptionResult], shares: robustness.Array, order: Sequence[int], close: bool, words: Words
) -> str:
    ways = tenths(shares)
    named = [(results[i].name, ways[i]) for i in order[:3]]
    parts = [words("match.first", name=named[0][0], n=words.number(named[0][1]))]
    parts += [words("match.next", name=name, n=words.number(n)) for name, n in named[1:] if n > 0]
    return f"{words('match.too_close')} {'. '.join(parts)}." if close else f"{'. '.join(parts)}."


def tenths(shares: robustness.Array) -> list[int]:
    """Return shares as tenths that add up to ten, by the largest remainder (Hamilton's method)."""
    whole = np.floor(shares * 10 + 1e-9).astype(int)
    for i in np.argsort(-(shares * 10 - whole), kind="stable")[: 10 - int(whole.sum())]:
        whole[i] += 1
    return [int(n) for n in whole]


def _hangs_on(
    values: robustness.Array,
    means: robustness.Array,
    order: Sequence[int],
    counted: Sequence[Profile],
    words: Words,
) -> str | None:
    """Name the criterion that separates the two options that come first most often."""
    gap = means * (values[:, order[0]] - values[:, order[1]]).mean(axis=0)
    return words("match.hangs_on", criterion=_criterion(counted[int(np.argmax(np.abs(gap)))], words))
