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
CHAINS, BURN_IN, THIN = 500, 60, 5
"""Hit-and-run: chains side by side, steps before the first draw is kept, steps between kept draws."""


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
    better = (scores[:, None, :] > scores[:, :, None]).sum(axis=2)
    tied = (scores[:, None, :] == scores[:, :, None]).sum(axis=2)
    shares = np.zeros((options, options))
    for rank in range(options):
        inside = (better <= rank) & (rank < better + tied)
        shares[:, rank] = (inside / tied).sum(axis=0) / draws
    return shares


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
    criteria: int, bounds: Sequence[tuple[int, int, float]], draws: int = DRAWS, seed: int = SEED
) -> Array:
    """Draw weights evenly from those that fit what was said.

    In: number of criteria; `bounds` of (i, j, k), each meaning weight i is at
    most k times weight j. Out: (draws, criteria), rows summing to one.
    Without bounds by normalised exponentials, else by hit-and-run
    (Smith 1984, doi 10.1287/opre.32.6.1296; Tervonen et al. 2013,
    doi 10.1016/j.ejor.2012.08.026). Raises ValueError where no weights fit.
    """
    rng = np.random.default_rng(seed)
    if criteria == 1:
        return np.ones((draws, 1))
    if not bounds:
        parts = rng.standard_exponential((draws, criteria))
        return parts / parts.sum(axis=1, keepdims=True)
    walls = np.zeros((len(bounds) + criteria, criteria))
    for row, (i, j, times) in enumerate(bounds):
        walls[row, i] += 1
        walls[row, j] -= times
    walls[len(bounds) :] = -np.eye(criteria)
    return _hit_and_run(walls, _inner_point(walls), draws, rng)


def _inner_point(walls: Array) -> Array:
    """Return weights strictly inside the walls, by relaxation; raises ValueError where there are none."""
    lengths = np.linalg.norm(walls - walls.mean(axis=1, keepdims=True), axis=1)
    point = np.full(walls.shape[1], 1 / walls.shape[1])
    margin = 0.02
    while margin > 1e-5:
        for _ in range(400):
            excess = walls @ point + margin * lengths
            worst = int(np.argmax(excess / np.maximum(lengths, 1e-12)))
            if excess[worst] <= 1e-12:
                return point
            push = walls[worst] - walls[worst].mean()
            point = point - 1.5 * excess[worst] / (push @ push) * push
        margin /= 4
        point = np.full(walls.shape[1], 1 / walls.shape[1])
    raise ValueError("no weights fit these answers")


def _hit_and_run(walls: Array, start: Array, draws: int, rng: np.random.Generator) -> Array:
    """Walk many chains side by side: a random direction, then a point drawn evenly from the line inside the walls."""
    criteria = len(start)
    kept = -(-draws // CHAINS)
    points = np.tile(start, (CHAINS, 1))
    slack = -(points @ walls.T)
    found = np.empty((kept, CHAINS, criteria))
    for step in range(BURN_IN + kept * THIN):
        way = rng.standard_normal((CHAINS, criteria))
        way -= way.mean(axis=1, keepdims=True)
        along = way @ walls.T
        with np.errstate(divide="ignore", invalid="ignore"):
            limit = slack / along
        ahead = np.where(along > 1e-12, limit, np.inf).min(axis=1)
        behind = np.where(along < -1e-12, limit, -np.inf).max(axis=1)
        length = behind + (ahead - behind) * rng.random(CHAINS)
        points = points + length[:, None] * way
        slack = np.maximum(slack - length[:, None] * along, 0.0)
        if step >= BURN_IN and (step - BURN_IN) % THIN == THIN - 1:
            found[(step - BURN_IN) // THIN] = points
    flat = np.clip(found.reshape(-1, criteria)[:draws], 0, None)
    return flat / flat.sum(axis=1, keepdims=True)


def entropy(shares: Array) -> float:
    """Return the spread of first-rank shares in bits: 0 where one option always leads (Shannon 1948)."""
    known = shares[shares > 0]
    return float(-(known * np.log2(known)).sum())


def most_telling_pair(values: Array, weights: Array, pairs: Sequence[tuple[int, int]]) -> tuple[int, int] | None:
    """Return the pair of criteria whose either-or answer would narrow the lead most, or None where none would.

    For each pair the draws are split by which weight is larger, and the spread
    expected after the answer is compared.
    """
    scores = weighted_sum(values, weights)
    best, least = None, entropy(_first(scores)) - 1e-3
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
