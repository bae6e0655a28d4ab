"""From relative effects and reference risks to people, with range."""

import math

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tiny import effect, outcome

from decision.effects import Estimate, apply_effect, option_risk, risk_ratio, wilson

RATIOS = ("RR", "OR", "HR")
NO_EFFECT = {"RR": 1, "OR": 1, "HR": 1, "RD": 0}
probability = st.floats(0.001, 0.999)
ratio = st.floats(0.01, 50)
arms = st.integers(1, 2000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


def numbers(estimate: Estimate) -> tuple[float | None, float | None, float | None]:
    return estimate.value, estimate.low, estimate.high


@st.composite
def ranges(draw, of=ratio):
    low, value, high = sorted((draw(of), draw(of), draw(of)))
    return Estimate(value, low, high)


# ------------------------------------------------------------------- one arm


@pytest.mark.parametrize(
    ("events", "total", "low", "high"),
    [
        # Newcombe 1998, doi 10.1002/(SICI)1097-0258(19980430)17:8<857, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0000, 0.1611),
        (1, 29, 0.0061, 0.1718),
        # with no or all events one end is exact: z2 / (n + z2)
        (0, 10, 0.0000, 3.841459 / 13.841459),
        (10, 10, 10 / 13.841459, 1.0000),
    ],
)
def test_wilson_gives_the_published_interval(events, total, low, high):
    assert numbers(wilson(events, total)) == pytest.approx((events / total, low, high), abs=5e-5)


@pytest.mark.parametrize(("events", "total"), [(32, 59), (13, 58), (0, 10), (10, 10), (1, 1000)])
def test_the_ends_of_wilson_solve_the_score_equation(events, total):
    """Each end x is a root of (p - x)^2 = z^2 x (1 - x) / n."""
    p, z2 = events / total, 1.959963984540054**2
    a, b, c = 1 + z2 / total, 2 * p + z2 / total, p * p
    root = math.sqrt(b * b - 4 * a * c)
    assert numbers(wilson(events, total))[1:] == pytest.approx(((b - root) / (2 * a), (b + root) / (2 * a)), abs=1e-12)


@given(arms)
def test_wilson_lies_between_none_and_all_around_its_value(arm):
    value, low, high = numbers(wilson(*arm))
    assert 0 <= low <= value <= high <= 1


@given(arms, st.integers(2, 20))
def test_wilson_narrows_with_more_people(arm, times):
    few, many = wilson(*arm), wilson(arm[0] * times, arm[1] * times)
    assert many.high - many.low < few.high - few.low


@given(arms)
def test_wilson_of_the_others_is_its_mirror(arm):
    events, total = arm
    value, low, high = numbers(wilson(total - events, total))
    assert numbers(wilson(events, total)) == pytest.approx((1 - value, 1 - high, 1 - low), abs=1e-12)


@pytest.mark.parametrize(("events", "total"), [(-1, 10), (11, 10), (0, 0), (1, 0)])
def test_what_is_no_proportion_is_refused(events, total):
    with pytest.raises(ValueError, match=f"{events} of {total}"):
        wilson(events, total)


# ------------------------------------------------------------------- two arms


@pytest.mark.parametrize(
    ("arms", "expected"),
    [
        # Physicians' Health Study as in Agresti, Categorical Data Analysis: placebo against aspirin
        ((189, 11034, 104, 11037), (1.82, 1.43, 2.31)),
        # se of the log is sqrt(1/15 - 1/100 + 1/30 - 1/100) = sqrt(0.08)
        ((15, 100, 30, 100), (0.5, 0.5 * math.exp(-1.959964 * math.sqrt(0.08)), 0.5 * math.exp(0.554362))),
        # no event in one arm: 0.5/11 against 5.5/11, se of the log is sqrt(2)
        ((0, 10, 5, 10), (1 / 11, math.exp(-2.771808) / 11, math.exp(2.771808) / 11)),
        ((5, 10, 0, 10), (11, 11 * math.exp(-2.771808), 11 * math.exp(2.771808))),
    ],
)
def test_the_risk_ratio_of_two_arms(arms, expected):
    assert numbers(risk_ratio(*arms)) == pytest.approx(expected, abs=0.006)


def test_no_event_in_either_arm_says_nothing_either_way():
    found = risk_ratio(0, 10, 0, 10)
    assert found.value == pytest.approx(1)
    assert found.low < 0.05
    assert found.high > 20


@given(arms, arms)
def test_the_risk_ratio_turned_round_is_its_inverse(one, two):
    there, back = risk_ratio(*one, *two), risk_ratio(*two, *one)
    assert numbers(there) == pytest.approx((1 / back.value, 1 / back.high, 1 / back.low))
    assert 0 < there.low <= there.value <= there.high


# ------------------------------------------------- an effect on a reference risk


@pytest.mark.parametrize(
    ("measure", "effect", "expected"),
    [
        # of a reference of 20 in 100, without a range of its own
        ("RR", (0.5, 0.25, 1.0), (0.10, 0.05, 0.20)),
        ("OR", (0.5, 0.25, 1.0), (0.125 / 1.125, 0.0625 / 1.0625, 0.20)),
        ("HR", (0.5, 0.25, 1.0), (1 - 0.8**0.5, 1 - 0.8**0.25, 0.20)),
        ("RD", (-0.05, -0.10, 0.0), (0.15, 0.10, 0.20)),
        ("RR", (3.0, 2.0, 4.0), (0.60, 0.40, 0.80)),
        ("OR", (4.0, 1.0, 16.0), (0.50, 0.20, 0.80)),
        ("HR", (2.0, 1.0, 3.0), (0.36, 0.20, 0.488)),
        ("RD", (0.30, 0.10, 0.50), (0.50, 0.30, 0.70)),
        # never beyond all or none
        ("RR", (10.0, 2.0, 50.0), (1.0, 0.40, 1.0)),
        ("RD", (-0.30, -0.50, -0.10), (0.0, 0.0, 0.10)),
        ("RD", (0.90, 0.70, 0.95), (1.0, 0.90, 1.0)),
    ],
)
def test_an_effect_on_twenty_in_a_hundred(measure, effect, expected):
    assert numbers(apply_effect(Estimate(0.2), measure, Estimate(*effect))) == pytest.approx(expected)


def test_both_ranges_are_joined_on_the_scale_of_the_effect():
    """Half and double on either side: the joined distance is the root of twice the square of log 2."""
    found = apply_effect(Estimate(0.2, 0.1, 0.4), "RR", Estimate(0.5, 0.25, 1.0))
    away = math.exp(math.sqrt(2) * math.log(2))
    assert numbers(found) == pytest.approx((0.1, 0.1 / away, 0.1 * away))


@pytest.mark.parametrize("measure", NO_EFFECT)
@given(ranges(of=probability))
def test_no_effect_returns_the_reference_and_its_range(measure, reference):
    same = NO_EFFECT[measure]
    found = apply_effect(reference, measure, Estimate(same, same, same))
    assert numbers(found) == pytest.approx(numbers(reference))


@pytest.mark.parametrize("measure", RATIOS)
@given(ranges(of=probability), ranges())
def test_a_ratio_gives_a_risk_inside_its_range(measure, reference, change):
    value, low, high = numbers(apply_effect(reference, measure, change))
    assert 0 <= low <= value <= high <= 1


@given(ranges(of=probability), ranges(of=st.floats(-1, 1)))
def test_a_difference_gives_a_risk_inside_its_range(reference, change):
    value, low, high = numbers(apply_effect(reference, "RD", change))
    assert 0 <= low <= value <= high <= 1


@pytest.mark.parametrize("measure", RATIOS)
@given(probability, ratio, ratio)
def test_a_larger_ratio_never_gives_a_smaller_risk(measure, reference, one, two):
    small, large = sorted((one, two))
    risks = [apply_effect(Estimate(reference), measure, Estimate(x)).value for x in (small, large)]
    assert risks == sorted(risks)


@pytest.mark.parametrize("measure", RATIOS)
@given(ranges(of=probability), ranges())
def test_a_range_of_the_reference_never_makes_the_answer_surer(measure, reference, change):
    unsure = apply_effect(reference, measure, change)
    sure = apply_effect(Estimate(reference.value), measure, change)
    assert unsure.low <= sure.low + 1e-12
    assert unsure.high >= sure.high - 1e-12


@pytest.mark.parametrize("measure", RATIOS)
@pytest.mark.parametrize("risk", [0, 1])
def test_a_ratio_says_nothing_where_none_or_all_have_it(measure, risk):
    assert apply_effect(Estimate(risk), measure, Estimate(0.5, 0.2, 0.9)) is None


@pytest.mark.parametrize("measure", NO_EFFECT)
@pytest.mark.parametrize(
    ("ends", "known"), [((None, None), (False, False)), ((0.4, None), (True, False)), ((None, 0.9), (False, True))]
)
def test_an_end_that_is_not_known_stays_unknown(measure, ends, known):
    found = apply_effect(Estimate(0.3, 0.2, 0.4), measure, Estimate(0.6, *ends))
    assert (found.low is not None, found.high is not None) == known


def test_a_range_down_to_none_does_not_break():
    found = apply_effect(Estimate(0.2, 0.0, 0.5), "RR", Estimate(0.5, 0.0, 2.0))
    assert found.low == pytest.approx(0, abs=1e-6)
    assert found.value == pytest.approx(0.1)


# ------------------------------------------------------------ an option's risk

PLACEBO = {"reference_option": "no_treatment", "reference_events": 20, "reference_total": 100}


def test_the_reference_option_has_the_reference_risk():
    risk = option_risk(outcome(**PLACEBO), "no_treatment", {})
    assert numbers(risk.with_option) == numbers(wilson(20, 100))
    assert (risk.difference, risk.comparison) == (0.0, "direct")


def test_an_effect_works_on_the_reference():
    risk = option_risk(outcome(**PLACEBO), "ivig", {"ivig": effect("ivig", "RR", 2.0, low=1.5, high=3.0)})
    assert numbers(risk.with_option) == numbers(apply_effect(wilson(20, 100), "RR", Estimate(2.0, 1.5, 3.0)))
    assert risk.difference == pytest.approx(0.2)


def test_a_difference_in_percent_works_on_the_reference():
    risk = option_risk(outcome(reference_value=20), "ivig", {"ivig": effect("ivig", "RD", 10, low=5, high=15)})
    assert numbers(risk.with_option) == pytest.approx((0.30, 0.25, 0.35))
    assert risk.difference == pytest.approx(0.10)


def test_an_arm_of_the_same_trial_is_shown_as_observed():
    arms = {"events": 40, "total": 100, "comparator_events": 20, "comparator_total": 100}
    risk = option_risk(outcome(**PLACEBO), "ivig", {"ivig": effect("ivig", "RR", **arms)})
    assert numbers(risk.with_option) == numbers(wilson(40, 100))
    assert risk.difference == pytest.approx(0.2)


def test_arms_of_another_trial_work_as_a_ratio():
    arms = {"events": 30, "total": 60, "comparator_events": 10, "comparator_total": 60}
    risk = option_risk(outcome(**PLACEBO), "ivig", {"ivig": effect("ivig", "RR", **arms)})
    assert risk.with_option.value == pytest.approx(0.6)
    assert numbers(risk.with_option) == numbers(apply_effect(wilson(20, 100), "RR", risk_ratio(30, 60, 10, 60)))


def test_a_ratio_is_used_even_where_only_one_arm_is_counted():
    """Neither arm of the reference is counted here, so nothing says that they are the same trial."""
    row = effect("ivig", "RR", 0.5, low=0.4, high=0.6, events=9, total=10)
    risk = option_risk(outcome(reference_value=40), "ivig", {"ivig": row})
    assert risk.with_option.value == pytest.approx(0.2)


def test_a_comparison_with_another_option_goes_through_it():
    rows = {
        "ivig": effect("ivig", "RR", 2.0, low=2.0, high=2.0),
        "scig": effect("scig", "RR", 1.5, low=1.5, high=1.5, versus="ivig", comparison="indirect"),
    }
    risk = option_risk(outcome(reference_value=20), "scig", rows)
    assert risk.with_option.value == pytest.approx(0.2 * 2 * 1.5)
    assert risk.reference.value == pytest.approx(0.2)
    assert risk.difference == pytest.approx(0.4)
    assert risk.comparison == "indirect"


def test_two_steps_are_less_sure_than_one():
    rows = {
        "ivig": effect("ivig", "RR", 2.0, low=1.5, high=2.6),
        "scig": effect("scig", "RR", 1.0, low=0.8, high=1.25, versus="ivig", comparison="indirect"),
    }
    place = outcome(**PLACEBO)
    near, far = (option_risk(place, option, rows).with_option for option in ("ivig", "scig"))
    assert far.value == pytest.approx(near.value)
    assert far.low < near.low
    assert far.high > near.high


def test_a_single_arm_is_shown_and_never_compared():
    row = effect("ivig", "proportion", events=8, total=10, comparison="single_arm")
    risk = option_risk(outcome(**PLACEBO), "ivig", {"ivig": row})
    assert numbers(risk.with_option) == numbers(wilson(8, 10))
    assert (risk.difference, risk.comparison) == (None, "single_arm")


UNKNOWN = effect("ivig", "none", comparison="none", unknown_reason="no_trial", note="No trial.")


@pytest.mark.parametrize(
    ("what", "given", "rows"),
    [
        ("no row", PLACEBO, {}),
        ("a row that says so", PLACEBO, {"ivig": UNKNOWN}),
        ("a ratio without a reference", {}, {"ivig": effect("ivig", "RR", 0.5)}),
        ("a ratio where none have it", {"reference_value": 0}, {"ivig": effect("ivig", "RR", 0.5)}),
        ("through an unknown option", PLACEBO, {"ivig": effect("ivig", "RR", 0.5, versus="scig")}),
    ],
)
def test_what_is_not_known_stays_unknown(what, given, rows):
    risk = option_risk(outcome(**given), "ivig", rows)
    assert (risk.with_option, risk.difference, risk.comparison) == (None, None, "none")


def test_the_reference_is_unknown_where_the_table_gives_none():
    risk = option_risk(outcome(reference_option="no_treatment"), "no_treatment", {})
    assert (risk.with_option, risk.reference, risk.difference, risk.comparison) == (None, None, None, "none")


@given(arms, arms)
def test_the_difference_is_the_gap_between_the_two_figures(reference, arm):
    assume(0 < reference[0] < reference[1])
    given = {"reference_events": reference[0], "reference_total": reference[1]}
    cells = {"events": arm[0], "total": arm[1], "comparator_events": reference[0], "comparator_total": reference[1]}
    risk = option_risk(outcome(**given), "ivig", {"ivig": effect("ivig", "RR", **cells)})
    assert risk.difference == pytest.approx(arm[0] / arm[1] - reference[0] / reference[1])


@pytest.mark.parametrize(
    ("measure", "effect_range", "clear"),
    [
        ("RR", (0.5, 0.3, 0.9), True),
        ("RR", (0.5, 0.3, 1.2), False),
        ("RR", (0.5, 0.3, 1.0), False),
        ("OR", (3.0, 2.0, 4.0), True),
        ("RD", (10, 2, 18), True),
        ("RD", (10, -2, 22), False),
        ("RR", (0.5, None, None), None),
        ("RR", (0.5, 0.3, None), None),
    ],
)
def test_whether_a_difference_is_clear(measure, effect_range, clear):
    value, low, high = effect_range
    risk = option_risk(outcome(**PLACEBO), "ivig", {"ivig": effect("ivig", measure, value, low=low, high=high)})
    assert risk.clear is clear


def test_whether_a_difference_is_clear_is_not_said_of_a_single_arm():
    row = effect("ivig", "proportion", events=8, total=10, comparison="single_arm")
    assert option_risk(outcome(**PLACEBO), "ivig", {"ivig": row}).clear is None
