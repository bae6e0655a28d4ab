"""Robustness of a preference: what must hold for any figures and weights, and cases with an exact answer.

Where draws are compared with an exact answer, the standard error is taken from
the chains, which are independent of each other; draws of one chain are not.
"""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from decision import robustness
from decision.robustness import (
    CHAINS,
    draw_values,
    draw_weights,
    entropy,
    most_telling_pair,
    rank_shares,
    smaa,
    weighted_sum,
)

MANY = 20_000
FEW = 500
ROUNDING = 1e-9


# ------------------------------------------------------------------ what is drawn for a test


@st.composite
def cases(draw, deep=None, criteria=(1, 5)):
    """Return values (draws, options, criteria) or (options, criteria), and weights that fit.

    All are multiples of a power of two, so that sums are exact and equal scores are equal.
    """
    options, count = draw(st.integers(2, 6)), draw(st.integers(*criteria))
    draws = draw(st.integers(1, 40))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    deep = draw(st.booleans()) if deep is None else deep
    shape = (draws, options, count) if deep else (options, count)
    steps = draw(st.sampled_from((2, 8, 1024)))
    return rng.integers(0, steps + 1, shape) / steps, rng.integers(1, 257, (draws, count)) / 256


@st.composite
def ranges(draw):
    """Return the middle of each value (options, criteria), the first option ahead everywhere, and half-widths."""
    options, criteria = draw(st.integers(2, 5)), draw(st.integers(1, 5))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    middle = rng.random((options, criteria))
    middle[0] = middle.max(axis=0) + 0.01
    return middle, rng.random((options, criteria))


def first(values, weights):
    return smaa(values, weights).rank_shares[:, 0]


def by_chain(figures):
    """Return mean and standard error of figures (draws, ...) of which every CHAINS-th is of one chain."""
    chains = figures.reshape(-1, CHAINS, *figures.shape[1:]).mean(axis=0)
    return chains.mean(axis=0), chains.std(axis=0, ddof=1) / math.sqrt(CHAINS)


# --------------------------------------------------------------- ranks, for any case


@given(cases())
def test_shares_sum_to_one_by_option_and_by_rank(case):
    result = smaa(*case)
    assert result.rank_shares.min() >= 0
    assert result.rank_shares.sum(axis=0) == pytest.approx(1)
    assert result.rank_shares.sum(axis=1) == pytest.approx(1)


@given(cases(), st.randoms(use_true_random=False))
def test_a_dominated_option_never_leads_more_than_its_dominator(case, random):
    values, weights = case
    better, worse = random.sample(range(values.shape[-2]), 2)
    values[..., better, :] = np.maximum(values[..., better, :], values[..., worse, :])
    shares = smaa(values, weights).rank_shares
    assert (shares[better].cumsum() >= shares[worse].cumsum() - ROUNDING).all(), "nor any rank or better"


@pytest.mark.parametrize("seed", range(5))
def test_nor_where_its_whole_range_is_below_that_of_its_dominator(seed):
    rng = np.random.default_rng(seed)
    low, width = rng.random((5, 4)), rng.random((5, 4))
    low[1] = low[0] + 0.2 * rng.random(4)
    width[1] = width[0]
    shares = first(draw_values(low, low + width), draw_weights(4, ()))
    assert shares[1] >= shares[0] - 3 / math.sqrt(robustness.DRAWS)


@given(cases(), st.integers(-6, 6))
def test_scaling_weights_changes_nothing(case, power):
    values, weights = case
    assert (smaa(values, weights * 2.0**power).rank_shares == smaa(values, weights).rank_shares).all()


@given(cases(), st.integers(-6, 6), st.integers(-4, 4))
def test_scaling_values_changes_no_rank(case, power, shift):
    values, weights = case
    weights = np.ones_like(weights) * weights[0]
    assert (smaa(values * 2.0**power + shift, weights).rank_shares == smaa(values, weights).rank_shares).all()


@given(cases(), st.randoms(use_true_random=False))
def test_relabelling_options_relabels_the_answer(case, random):
    values, weights = case
    order = random.sample(range(values.shape[-2]), values.shape[-2])
    before, after = smaa(values, weights), smaa(values[..., order, :], weights)
    assert after.rank_shares == pytest.approx(before.rank_shares[order])
    assert after.central_weights == pytest.approx(before.central_weights[order], nan_ok=True)


@given(cases(), st.randoms(use_true_random=False))
def test_relabelling_criteria_changes_nothing(case, random):
    values, weights = case
    order = random.sample(range(values.shape[-1]), values.shape[-1])
    before, after = smaa(values, weights), smaa(values[..., order], weights[:, order])
    assert after.rank_shares == pytest.approx(before.rank_shares)
    assert after.central_weights == pytest.approx(before.central_weights[:, order], nan_ok=True)


@given(cases(), st.integers(0, 10**6))
def test_a_new_option_never_raises_the_first_rank_share_of_another(case, seed):
    values, weights = case
    new = np.random.default_rng(seed).integers(0, 9, values[..., :1, :].shape) / 8
    assert (first(np.concatenate([values, new], axis=-2), weights)[:-1] <= first(values, weights) + ROUNDING).all()


@given(cases(), st.randoms(use_true_random=False))
def test_equal_options_share_equally(case, random):
    values, weights = case
    one, other = random.sample(range(values.shape[-2]), 2)
    values[..., one, :] = values[..., other, :]
    shares = smaa(values, weights).rank_shares
    assert shares[one] == pytest.approx(shares[other])


@pytest.mark.parametrize("criteria", [1, 3, 8, 10])
def test_equal_options_share_equally_whatever_their_figures(criteria):
    """Figures with a full mantissa: rounding must not tell twins apart."""
    rng = np.random.default_rng(criteria)
    for options in range(2, 20):
        values = rng.random((options, criteria))
        values[-1] = values[0]
        shares = first(values, draw_weights(criteria, (), FEW))
        assert shares[-1] == shares[0]


@given(st.integers(2, 6))
def test_all_equal_is_all_even(options):
    shares = smaa(np.full((options, 3), 0.25), draw_weights(3, (), FEW)).rank_shares
    assert shares == pytest.approx(1 / options)


@given(cases(), st.data())
def test_an_extreme_weight_gives_the_best_of_that_criterion(case, data):
    values, weights = case
    criterion = data.draw(st.integers(0, values.shape[-1] - 1))
    weights[:] = 0
    weights[:, criterion] = 1
    best = values[..., criterion] == values[..., criterion].max(axis=-1, keepdims=True)
    even = best / best.sum(axis=-1, keepdims=True)
    assert first(values, weights) == pytest.approx(even.reshape(-1, values.shape[-2]).mean(axis=0))


def test_ranks_by_hand():
    scores = np.array([[3.0, 2.0, 1.0], [1.0, 1.0, 0.0], [0.0, 5.0, 5.0], [2.0, 2.0, 2.0]])
    third = 1 / 3
    expected = [[1 + 0.5 + 0 + third, 0.5 + third, 1 + third], [0.5 + 0.5 + third, 1 + 0.5 + 0.5 + third, third]]
    expected.append([0.5 + third, 0.5 + third, 2 + third])
    assert rank_shares(scores) * 4 == pytest.approx(np.array(expected))


# ------------------------------------------------------ central weights, confidence


@given(cases())
def test_central_weights_put_their_option_first_where_figures_are_certain(case):
    values, weights = case
    values = values if values.ndim == 2 else values[0]
    result = smaa(values, weights / weights.sum(axis=1, keepdims=True))
    for option in range(len(values)):
        leads = result.rank_shares[option, 0] > 0
        assert np.isnan(result.confidence[option]) == (not leads)
        assert np.isnan(result.central_weights[option]).all() == (not leads)
        if leads:
            assert result.central_weights[option].sum() == pytest.approx(1)
            scores = values @ result.central_weights[option]
            assert scores[option] >= scores.max() - ROUNDING, "the weights that put it first are convex"


@given(cases(deep=True))
def test_confidence_is_a_share(case):
    known = smaa(*case).confidence
    known = known[~np.isnan(known)]
    assert ((known >= 0) & (known <= 1)).all()


@pytest.mark.parametrize("shape", [(5, 3, 4), (3, 4), (9, 3, 3)])
def test_shapes_that_do_not_fit_are_refused(shape):
    with pytest.raises(ValueError, match="do not fit"):
        smaa(np.zeros(shape), np.ones((10, 3)))


@given(cases())
def test_the_score_is_the_weighted_sum(case):
    values, weights = case
    scores = weighted_sum(values, weights)
    for draw in range(len(weights)):
        here = values if values.ndim == 2 else values[draw]
        assert scores[draw] == pytest.approx((here * weights[draw]).sum(axis=1))


# ------------------------------------------------------------------ wider ranges


@given(ranges(), st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=50)
def test_wider_ranges_never_raise_the_share_of_the_leader_on_symmetric_cases(case, one, other):
    """The leader is ahead in the middle of every range; both ends of a range move by as much."""
    middle, half = case
    weights = draw_weights(middle.shape[1], (), FEW)
    shares = [
        first(draw_values(middle - wide * half, middle + wide * half, FEW), weights)[0] for wide in sorted((one, other))
    ]
    assert shares[1] <= shares[0] + ROUNDING


@pytest.mark.parametrize("seed", range(5))
def test_a_figure_that_is_not_known_never_helps_the_leader_on_symmetric_cases(seed):
    rng = np.random.default_rng(seed)
    middle = 0.25 + 0.5 * rng.random((3, 4))
    middle[0] = middle.max(axis=0) + 0.05
    middle[:, 0] = 0.5
    low, high = middle - 0.2, middle + 0.2
    weights = draw_weights(4, ())
    shares = []
    for half in (0.0, 0.5):
        low[0, 0], high[0, 0] = 0.5 - half, 0.5 + half
        shares.append(first(draw_values(low, high), weights)[0])
    assert shares[1] < shares[0]


def test_values_are_drawn_evenly_from_their_ranges():
    low, high = np.array([[0.0, 0.5], [0.25, -1.0]]), np.array([[1.0, 0.5], [0.75, 3.0]])
    values = draw_values(low, high)
    assert values.shape == (robustness.DRAWS, 2, 2)
    assert ((values >= low) & (values <= high)).all()
    error = (high - low) / math.sqrt(12 * robustness.DRAWS)
    assert (np.abs(values.mean(axis=0) - (low + high) / 2) <= 4 * error).all()
    assert values.std(axis=0) == pytest.approx((high - low) / math.sqrt(12), rel=0.03)


# --------------------------------------------------------------------- weights


@st.composite
def answers(draw):
    """Return a number of criteria and bounds that some weights meet, those weights with room on every side."""
    criteria = draw(st.integers(2, 8))
    hidden = draw(st.lists(st.floats(0.1, 1), min_size=criteria, max_size=criteria))
    index = st.integers(0, criteria - 1)
    places = draw(st.lists(st.tuples(index, index).filter(lambda pair: pair[0] != pair[1]), max_size=10))
    return criteria, [(i, j, draw(st.floats(1.2, 4)) * hidden[i] / hidden[j]) for i, j in places]


@given(answers(), st.integers(0, 2**32 - 1))
@settings(max_examples=40)
def test_weights_meet_every_bound_and_sum_to_one(answer, seed):
    criteria, bounds = answer
    weights = draw_weights(criteria, bounds, FEW, seed)
    assert weights.shape == (FEW, criteria)
    assert weights.min() >= 0
    assert weights.sum(axis=1) == pytest.approx(1)
    for i, j, times in bounds:
        assert (weights[:, i] <= times * weights[:, j] + ROUNDING).all()
    assert len(np.unique(weights, axis=0)) > FEW / 2


@pytest.mark.parametrize("bounds", [(), [(1, 0, 1.0)], [(0, 1, 1.5), (1, 2, 1.5)]], ids=["free", "one", "two"])
def test_the_same_seed_gives_the_same_weights_and_values(bounds):
    assert (draw_weights(3, bounds) == draw_weights(3, bounds)).all()
    assert (draw_weights(3, bounds, seed=1) != draw_weights(3, bounds, seed=2)).any()
    ends = np.zeros((2, 3)), np.ones((2, 3))
    assert (draw_values(*ends) == draw_values(*ends)).all()


def test_weights_and_values_of_one_seed_are_not_the_same_numbers():
    values = draw_values(np.zeros((2, 3)), np.ones((2, 3)))[:, 0]
    related = np.corrcoef(draw_weights(3, ()).T, values.T)[:3, 3:]
    assert np.abs(related).max() < 4 / math.sqrt(robustness.DRAWS)


def test_one_criterion_has_all_the_weight():
    assert (draw_weights(1, (), 7) == np.ones((7, 1))).all()


@pytest.mark.parametrize("criteria", [2, 3, 10])
def test_free_weights_are_even_over_the_simplex(criteria):
    """Each weight is Beta(1, n - 1): mean 1/n, and below 1/n in 1 - (1 - 1/n)^(n-1) of the draws."""
    weights = draw_weights(criteria, (), MANY)
    spread = math.sqrt((criteria - 1) / (criteria**2 * (criteria + 1)) / MANY)
    assert (np.abs(weights.mean(axis=0) - 1 / criteria) <= 4 * spread).all()
    below = 1 - (1 - 1 / criteria) ** (criteria - 1)
    assert (np.abs((weights <= 1 / criteria).mean(axis=0) - below) <= 4 * math.sqrt(0.25 / MANY)).all()


@pytest.mark.parametrize("criteria", [2, 3, 5, 8, 10])
def test_ordered_weights_agree_with_their_closed_form(criteria):
    """Weights in a stated order: the k-th largest is on average (1/n) (1/k + ... + 1/n)."""
    weights = draw_weights(criteria, [(i + 1, i, 1.0) for i in range(criteria - 1)], MANY)
    exact = [sum(1 / k for k in range(rank, criteria + 1)) / criteria for rank in range(1, criteria + 1)]
    mean, error = by_chain(weights)
    assert (np.abs(mean - exact) <= 4 * error).all(), mean / exact


@pytest.mark.parametrize("times", [(0.5, 0.5), (0.9, 0.4, 0.7), (0.6, 0.8, 0.5, 0.9), (0.5,) * 7])
def test_weights_in_a_chain_agree_with_mean_and_spread_of_their_simplex(times):
    """Each weight at most so many times the one before: a simplex, whose moments its corners give."""
    criteria = len(times) + 1
    steps = np.cumprod([1, *times])
    corners = np.array([[*steps[: last + 1], *[0.0] * (criteria - last - 1)] for last in range(criteria)])
    corners /= corners.sum(axis=1, keepdims=True)
    exact = corners.mean(axis=0)
    variance = ((corners - exact) ** 2).sum(axis=0) / (criteria * (criteria + 1))
    weights = draw_weights(criteria, [(i + 1, i, k) for i, k in enumerate(times)], MANY)
    mean, error = by_chain(weights)
    assert (np.abs(mean - exact) <= 4 * error).all(), mean / exact
    square, error = by_chain((weights - exact) ** 2)
    assert (np.abs(square - variance) <= 4 * error).all(), square / variance


@pytest.mark.parametrize(("most", "least"), [(1.0, 0.0), (2.0, 0.5), (4.0, 1.0), (1.1, 0.9), (30.0, 20.0)])
def test_two_criteria_with_bounds_are_even_on_an_interval(most, least):
    """The first weight is at most `most` and at least `least` times the second."""
    bounds = [(0, 1, most)] + ([(1, 0, 1 / least)] if least else [])
    low, high = least / (1 + least), most / (1 + most)
    weight = draw_weights(2, bounds, MANY)[:, 0]
    assert weight.min() >= low - ROUNDING
    assert weight.max() <= high + ROUNDING
    mean, error = by_chain(weight)
    assert abs(mean - (low + high) / 2) <= 4 * error
    for part in (0.1, 0.5, 0.8):
        mean, error = by_chain(weight <= low + part * (high - low))
        assert abs(mean - part) <= 4 * error


@pytest.mark.parametrize(
    ("criteria", "bounds"),
    [
        (2, [(0, 1, 0.5), (1, 0, 0.5)]),
        (2, [(0, 1, 1.0), (1, 0, 0.99)]),
        (3, [(0, 1, 0.9), (1, 2, 0.9), (2, 0, 1.0)]),
        (4, [(0, 1, 2.0), (1, 0, 0.4), (2, 3, 1.0)]),
    ],
)
def test_bounds_that_no_weights_meet_are_refused(criteria, bounds):
    with pytest.raises(ValueError, match="no weights fit"):
        draw_weights(criteria, bounds)


@pytest.mark.parametrize(
    ("criteria", "bounds"),
    [
        (10, [(i + 1, i, 1.0) for i in range(9)]),
        (5, [(i + 1, i, 0.3) for i in range(4)]),
        (2, [(0, 1, 2e-6), (1, 0, 1e6 * 2)]),
        (4, [(i, 3, 2e-4) for i in range(3)]),
    ],
    ids=["order of ten", "steep chain", "one in a million", "one far above all"],
)
def test_bounds_that_some_weights_meet_are_never_refused(criteria, bounds):
    weights = draw_weights(criteria, bounds, FEW)
    for i, j, times in bounds:
        assert (weights[:, i] <= times * weights[:, j] + ROUNDING).all()


# ------------------------------------------------------------- closed form of the whole


@pytest.mark.parametrize(
    ("one", "other"), [((1, 0), (0, 1)), ((1, 0.2), (0.4, 1)), ((0.9, 0), (0.8, 1)), ((0.3, 1), (0.5, 0))]
)
def test_two_criteria_agree_with_the_analytic_result(one, other):
    """The first option leads where its first weight lies on one side of a threshold; weights are even on 0 to 1."""
    gain, loss = one[0] - other[0], other[1] - one[1]
    threshold = loss / (gain + loss)
    exact = 1 - threshold if gain > 0 else threshold
    result = smaa(np.array([one, other], float), draw_weights(2, ()))
    error = math.sqrt(exact * (1 - exact) / robustness.DRAWS)
    assert abs(result.rank_shares[0, 0] - exact) <= 3 * error
    side = (1 + threshold) / 2 if gain > 0 else threshold / 2
    assert result.central_weights[0, 0] == pytest.approx(side, abs=4 * error)
    assert result.confidence == pytest.approx(1)


@pytest.mark.parametrize("threshold", [0.3, 0.4, 0.5, 0.6])
def test_two_criteria_with_answers_agree_with_the_analytic_result(threshold):
    """As before, with the first weight at most twice and at least a third of the second: even on 1/4 to 2/3."""
    values = np.array([[1 - threshold, 0], [0, threshold]])
    weights = draw_weights(2, [(0, 1, 2.0), (1, 0, 3.0)], MANY)
    exact = (2 / 3 - threshold) / (2 / 3 - 1 / 4)
    lead = values[0] @ weights.T > values[1] @ weights.T
    _, error = by_chain(lead.astype(float))
    assert abs(first(values, weights)[0] - exact) <= 3 * error


def test_one_criterion_with_ranges_agrees_with_the_analytic_result():
    """Even on 0 to 1 against even on 0.5 to 1: the first leads in a quarter of the draws."""
    values = draw_values(np.array([[0.0], [0.5]]), np.array([[1.0], [1.0]]))
    share = first(values, draw_weights(1, ()))[0]
    assert abs(share - 0.25) <= 3 * math.sqrt(0.25 * 0.75 / robustness.DRAWS)


def test_three_options_agree_with_the_analytic_result():
    """Options that are best on one criterion each, all alike: a third each."""
    shares = smaa(np.eye(3), draw_weights(3, ())).rank_shares
    assert np.abs(shares - 1 / 3).max() <= 3 * math.sqrt(2 / 9 / robustness.DRAWS)


# ------------------------------------------------------------------ the next question


def test_the_spread_of_certain_even_and_uneven_shares():
    assert entropy(np.array([1.0, 0.0, 0.0])) == 0
    assert entropy(np.full(8, 1 / 8)) == pytest.approx(3)
    assert entropy(np.array([0.75, 0.25, 0.0])) == pytest.approx(2 - 0.75 * math.log2(3))


def test_the_pair_that_settles_all_is_asked():
    """Two options part on the first two criteria; the third speaks for neither."""
    values = np.array([[1.0, 0.0, 0.5], [0.0, 1.0, 0.5]])
    assert most_telling_pair(values, draw_weights(3, ()), [(2, 0), (1, 0), (2, 1)]) == (1, 0)


def test_no_question_where_nothing_is_open():
    weights = draw_weights(3, ())
    assert most_telling_pair(np.array([[1.0, 1, 1], [0, 0, 0]]), weights, [(0, 1), (1, 2)]) is None
    open_case = np.array([[1.0, 0, 0.5], [0, 1, 0.5]])
    assert most_telling_pair(open_case, weights, []) is None
    ordered = draw_weights(3, [(1, 0, 1.0)])
    assert most_telling_pair(open_case, ordered, [(0, 1)]) is None, "what is known is not asked again"


@given(cases(criteria=(2, 5)))
def test_the_question_narrows_the_draws_on_average(case):
    values, weights = case
    pairs = [(i, j) for i in range(weights.shape[1]) for j in range(i)]
    pair = most_telling_pair(values, weights, pairs)
    if pair is None:
        return
    assert pair in pairs
    more = weights[:, pair[0]] > weights[:, pair[1]]
    after = 0.0
    for side in (more, ~more):
        here = values[side] if values.ndim == 3 else values
        after += side.mean() * entropy(first(here, weights[side]))
    assert after < entropy(first(values, weights))
