"""Robustness of a preference: stochastic multicriteria acceptability analysis (SMAA).

Which option comes first depends on weights and figures that nobody knows
exactly. SMAA draws both many times from everything that fits what was said and
what was measured, and counts (Lahdelma, Hokkanen & Salminen 1998,
doi 10.1016/S0377-2217(97)00163-X; Lahdelma & Salminen 2001,
doi 10.1287/opre.49.3.444.11220; Tervonen & Lahdelma 2007,
doi 10.1016/j.ejor.2005.12.037). Plain NumPy arrays in and out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
DRAWS = 10_000
SEED = 20_261_122
TELLING = 0.02
"""Bits by which an either-or answer has to narrow the lead to be worth asking."""

CHAINS, BURN_IN, THIN = 1000, 100, 5
"""Gibbs sampling: chains side by side, sweeps before the first draw is kept, sweeps between kept draws."""


@dataclass(frozen=True)
class Acceptability:
    """What SMAA counts.

    `rank_shares[option, rank]`: share of draws (0 to 1) in which the option has
    the rank, the first being 0. `central_weights[option]`: mean weights of the
    draws that put it first (not a number where none did). `confidence[option]`:
    share of draws of the figures in which it comes first with those weights.
    """

    rank_shares: Array
    central_weights: Array
    confidence: Array


def rank_shares(scores: Array) -> Array:
    """Return how often each option has each rank.

    In: scores (draws, options), more is better. Out: shares (options, ranks),
    each row and column summing to one. Ties are split evenly.
    """
    draws, options = scores.shape
    order = np.argsort(-scores, axis=1)
    ranked = np.take_along_axis(scores, order, axis=1)
    equal = ranked[:, 1:] == ranked[:, :-1]
    counts = np.zeros((options, options))
    if equal.any():  # rare: the two ways of counting are kept apart, as the plain one is many times faster
        tied = equal.any(axis=1)
        counts, order = _tied_ranks(scores[tied]), order[~tied]
    order *= options
    order += np.arange(options)
    return (counts + np.bincount(order.ravel(), minlength=options * options).reshape(options, options)) / draws


def _tied_ranks(scores: Array) -> Array:
    """Count ranks where some scores are equal: those that share them get an equal part of each."""
    options = scores.shape[1]
    better = (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
    equal = (scores[:, None, :] == scores[:, :, None]).sum(axis=2)
    counts = np.zeros((options, options))
    for rank in range(options):
        inside = (better <= rank) & (rank < better + equal)
        counts[:, rank] = (inside / equal).sum(axis=0)
    return counts


def smaa(values: Array, weights: Array) -> Acceptability:
    """Run SMAA on values already drawn.

    In: values (draws, options, criteria) or (options, criteria), from 0 worst
    to 1 best; weights (draws, criteria), each row summing to one.
    Raises ValueError where the shapes do not fit.
    """
    if values.shape[-1] != weights.shape[1] or (values.ndim == 3 and len(values) != len(weights)):
        raise ValueError(f"values {values.shape} do not fit weights {weights.shape}")
    scores = weighted_sum(values, weights)
    options = scores.shape[1]
    first = scores == scores.max(axis=1, keepdims=True)
    share = first / first.sum(axis=1, keepdims=True)
    with np.errstate(invalid="ignore"):
        central = (share.T @ weights) / share.sum(axis=0)[:, None]
    confidence = np.full(options, np.nan)
    for option in np.flatnonzero(share.sum(axis=0) > 0):
        again = values @ central[option]
        again = again if again.ndim == 2 else again[None, :]
        top = again == again.max(axis=1, keepdims=True)
        confidence[option] = (top[:, option] / top.sum(axis=1)).mean()
    return Acceptability(rank_shares(scores), central, confidence)


def weighted_sum(values: Array, weights: Array) -> Array:
    """Return the additive value of each option in each draw (Keeney & Raiffa 1976)."""
    if values.ndim == 2:
        return weights @ values.T
    return np.einsum("doc,dc->do", values, weights)


def draw_values(low: Array, high: Array, draws: int = DRAWS, seed: int = SEED) -> Array:
    """Draw each value evenly from its range. In: ends (options, criteria); out: (draws, options, criteria)."""
    rng = np.random.default_rng(seed)
    return low + (high - low) * rng.random((draws, *low.shape))


def draw_weights(
    criteria: int,
    bounds: Sequence[tuple[int, int, float]],
    draws: int = DRAWS,
    seed: int = SEED,
) -> Array:
    """Draw weights evenly from those that fit what was said.

    In: number of criteria; `bounds` of (i, j, k), each meaning weight i is at
    most k times weight j. Out: (draws, criteria), rows summing to one.
    Normalised exponentials are even over all weights (Devroye 1986, chapter V).
    With bounds they are drawn in turn, each between its own bounds (Gibbs
    sampling, Geman & Geman 1984, doi 10.1109/TPAMI.1984.4767596): the bounds
    hold for any multiple of the weights, so normalising keeps them even.
    Raises ValueError where no weights fit.
    """
    rng = np.random.default_rng(seed)
    if criteria == 1:
        return np.ones((draws, 1))
    if not bounds:
        parts = rng.standard_exponential((draws, criteria))
        parts /= (parts @ np.ones(criteria))[:, None]  # a product sums short rows faster than sum does
        return parts
    return _gibbs(_inner_point(criteria, bounds), bounds, draws, rng)


def _inner_point(criteria: int, bounds: Sequence[tuple[int, int, float]]) -> Array:
    """Return weights inside all bounds, with as much room to spare as a few tries find.

    In logarithms a bound is a difference, so shortest paths (Bellman 1958,
    doi 10.1090/qam/102435) give weights that fit, or show that none do.
    Raises ValueError where none do.
    """
    for room in (0.3, 0.1, 0.03, 0.01, 1e-3, 1e-6):
        levels = np.zeros(criteria)
        for _ in range(criteria + 1):
            before = levels.copy()
            for i, j, times in bounds:
                levels[i] = min(levels[i], levels[j] + np.log(times) - room)
            if (levels == before).all():
                weights = np.exp(levels - levels.max())
                return weights / weights.sum()
    raise ValueError("no weights fit these answers")


def _gibbs(start: Array, bounds: Sequence[tuple[int, int, float]], draws: int, rng: np.random.Generator) -> Array:
    """Draw each part in turn from the exponential cut off at its bounds, many chains side by side."""
    criteria = len(start)
    above = [[(i, times) for i, j, times in bounds if j == k] for k in range(criteria)]  # part i <= times * part k
    below = [[(j, times) for i, j, times in bounds if i == k] for k in range(criteria)]  # part k <= times * part j
    parts = start[:, None] * rng.gamma(criteria, size=CHAINS)
    kept = -(-draws // CHAINS)
    found = np.empty((kept, CHAINS, criteria))
    for sweep in range(BURN_IN + kept * THIN):
        for k in range(criteria):
            low, high = np.zeros(CHAINS), np.full(CHAINS, np.inf)
            for i, times in above[k]:
                np.maximum(low, parts[i] / times, out=low)
            for j, times in below[k]:
                np.minimum(high, parts[j] * times, out=high)
            inside = rng.random(CHAINS) * -np.expm1(low - high)
            parts[k] = np.clip(low - np.log1p(-inside), low, high)
        parts *= rng.gamma(criteria, size=CHAINS) / parts.sum(axis=0)
        if sweep >= BURN_IN and (sweep - BURN_IN) % THIN == THIN - 1:
            found[(sweep - BURN_IN) // THIN] = (parts / parts.sum(axis=0)).T
    return found.reshape(-1, criteria)[:draws]


def entropy(shares: Array) -> float:
    """Return the spread of first-rank shares in bits: 0 where one option always leads (Shannon 1948)."""
    known = shares[shares > 0]
    return abs(float((known * np.log2(known)).sum()))


def most_telling_pair(values: Array, weights: Array, pairs: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the pair of criteria whose either-or answer would narrow the lead most, or None where none would.

    For each pair the draws are split by which weight is larger, and the spread
    expected after the answer is compared.
    """
    scores = weighted_sum(values, weights)
    best, least = None, entropy(_first(scores)) - TELLING
    for i, j in pairs:
        more = weights[:, i] > weights[:, j]
        share = more.mean()
        if not 0.05 < share < 0.95:
            continue
        after = share * entropy(_first(scores[more])) + (1 - share) * entropy(_first(scores[~more]))
        if after < least:
            best, least = (i, j), after
    return best


def _first(scores: Array) -> Array:
    first = scores == scores.max(axis=1, keepdims=True)
    return (first / first.sum(axis=1, keepdims=True)).mean(axis=0)
