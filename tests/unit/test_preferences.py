"""Answers to weights, and figures to values: what counts, between which ends, and how sure."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import ask, effect, outcome, price, regimen, role, tables

from decision import Scenario, compare
from decision.comparison import taking_part
from decision.effects import Estimate
from decision.preferences import CERTAINTY_STEP, MOST_ASKED, SLACK, WIDEN, Profile, bounds, profiles, speaks
from decision.rows import OnsetRow
from decision.scenario import CRITERIA

OPTIONS = ("ivig", "scig", "corticosteroids")


def found(*, situation="calm", **rows):
    """Return the profiles of three options by criterion, from the rows of a test."""
    roles = [role(name) for name in rows.pop("options", OPTIONS)]
    return {p.criterion: p for p in profiles(ask(tables(roles=roles, **rows), situation).options)}


def proportions(**percent):
    """Return a compared figure in percent for each option."""
    return [effect(name, "proportion", value) for name, value in percent.items()]


def visits(of, hours, **cells):
    return regimen(of, **{"sessions": 1, "interval_weeks": 4, "hours_per_session": hours, **cells})


# --------------------------------------------------------------- answers to weights


@pytest.mark.parametrize(
    ("scores", "pairs", "expected"),
    [
        # one criterion says nothing
        ([7], [], set()),
        # as much of either: the ratio lies between a half and twice
        ([5, 5], [], {(0, 1, 2.0), (1, 0, 2.0)}),
        # more of the first: at least as much weight, at most twice the ratio of the scores
        ([10, 8], [], {(0, 1, 2.5), (1, 0, 1.0)}),
        # far more of the first: at least half the ratio
        ([10, 2], [], {(0, 1, 10.0), (1, 0, 0.4)}),
        # the order in which they are asked changes nothing
        ([2, 10], [], {(1, 0, 10.0), (0, 1, 0.4)}),
        ([10, 5, 5], [], {(0, 1, 4.0), (1, 0, 1.0), (0, 2, 4.0), (2, 0, 1.0), (1, 2, 2.0), (2, 1, 2.0)}),
    ],
)
def test_scores_as_inequalities(scores, pairs, expected):
    said = bounds(scores, pairs)
    assert len(said) == len(expected)
    assert {(i, j, round(times, 9)) for i, j, times in said} == expected


@pytest.mark.parametrize("scores", [[5, 5], [10, 2], [5, 5, 8]])
def test_a_direct_answer_says_that_the_other_weighs_at_most_as_much(scores):
    assert (1, 0, 1.0) in bounds(scores, [(0, 1)])
    assert (0, 1, 1.0) in bounds(scores, [(1, 0)])


def test_a_direct_answer_leaves_the_other_scores_alone():
    others = {bound for bound in bounds([5, 5, 8]) if 2 in bound[:2]}
    assert others <= set(bounds([5, 5, 8], [(0, 1)]))


@given(st.lists(st.floats(0.5, 10), min_size=2, max_size=8))
def test_the_scores_themselves_meet_what_they_say(scores):
    for i, j, times in bounds(scores):
        assert scores[i] <= times * scores[j] * (1 + 1e-12)


@given(st.lists(st.floats(0.5, 10), min_size=2, max_size=8), st.sampled_from((0.25, 0.5, 2, 4)))
def test_only_ratios_of_scores_count(scores, factor):
    before, after = bounds(scores), bounds([factor * score for score in scores])
    assert [bound[:2] for bound in after] == [bound[:2] for bound in before]
    assert [bound[2] for bound in after] == pytest.approx([bound[2] for bound in before])


@given(st.lists(st.floats(0.5, 10), min_size=2, max_size=8), st.randoms(use_true_random=False))
def test_relabelling_criteria_relabels_what_is_said(scores, random):
    order = random.sample(range(len(scores)), len(scores))
    again = {(order[i], order[j], times) for i, j, times in bounds([scores[k] for k in order])}
    assert again == set(bounds(scores))


@given(st.floats(0.5, 10), st.floats(0.5, 10))
def test_the_ratio_of_two_weights_stays_within_slack_of_the_answers(one, other):
    most = {(i, j): times for i, j, times in bounds([one, other])}
    assert most[0, 1] <= SLACK * one / other * (1 + 1e-12)
    assert most[1, 0] <= SLACK * other / one * (1 + 1e-12)
    if one > other:
        assert most[1, 0] <= 1


# ------------------------------------------------------------------ what is asked


def test_only_criteria_on_which_options_differ_are_asked():
    two = ("ivig", "scig")
    same = [visits("ivig", 4), visits("scig", 4)]
    assert not found(options=two, effects=proportions(ivig=60, scig=60), regimens=same)
    assert set(found(options=two, effects=proportions(ivig=60, scig=61))) == {"benefit"}
    assert set(found(options=two, regimens=[visits("ivig", 4), visits("scig", 6)])) == {"time"}


def test_one_known_figure_is_no_difference():
    names = found(effects=proportions(ivig=60), regimens=[visits("ivig", 4)])
    assert set(names) == {"certainty"}, "of an option without a figure the evidence is the least sure"


def test_nothing_known_is_nothing_to_ask():
    assert not found()


def test_figures_that_differ_by_rounding_only_do_not_differ():
    assert not found(options=("ivig", "scig"), effects=proportions(ivig=100 * (0.1 + 0.2), scig=30.0))


def test_at_most_eight_in_the_order_of_the_contract(catalogue):
    asked = [
        [profile.criterion for profile in profiles(part)]
        for place in catalogue.roles
        if len(part := taking_part(compare(catalogue, Scenario(*place)).options)) > 1
    ]
    assert len(asked) >= 30
    assert max(len(names) for names in asked) == MOST_ASKED
    for names in asked:
        assert names == sorted(names, key=CRITERIA.index)
        assert len(names) == len(set(names))


def test_of_nine_that_differ_the_first_eight_are_asked():
    of = {"serious_harm": "harm", "common_side_effects": "harm", "benefit": "benefit"}
    outcomes = [outcome(name, criterion=name, direction=way, position=n) for n, (name, way) in enumerate(of.items(), 1)]
    rated = {"ivig": "high", "scig": "low"}
    effects = [
        effect(name, "proportion", 10 + 10 * n, outcome=kind, certainty=rated[name])
        for kind in of
        for n, name in enumerate(rated)
    ]
    onset = [
        OnsetRow.model_construct(condition="tiny", situation="calm", option=name, text="soon", days_low=n, days_high=n)
        for n, name in enumerate(rated, 1)
    ]
    doses = [
        visits("ivig", 4, needles_per_session=1, grams_per_kg=1),
        visits("scig", 1, needles_per_session=2, grams_per_kg=2, sessions=2),
    ]
    names = list(
        found(outcomes=outcomes, effects=effects, onset=onset, regimens=doses, prices=[price(), price("scig")])
    )
    assert names == list(CRITERIA[:MOST_ASKED])


# ------------------------------------------------------------------- swing ends


@pytest.mark.parametrize(("direction", "worst", "best"), [("benefit", 0.4, 0.7), ("harm", 0.7, 0.4)])
def test_the_ends_are_the_worst_and_the_best_figure_at_hand(direction, worst, best):
    figures = proportions(ivig=60, scig=70, corticosteroids=40)
    profile = found(outcomes=[outcome(direction=direction)], effects=figures)["benefit"]
    assert (profile.worst, profile.best) == (worst, best)
    assert (profile.value(worst), profile.value(best)) == (0, 1)
    assert profile.value(0.55) == pytest.approx(0.5)


@pytest.mark.parametrize("criterion", ["time", "needles", "independence", "cost", "plasma_use"])
def test_less_is_better_of_every_load(criterion):
    few = {"sessions": 1, "needles_per_session": 1, "grams_per_kg": 1, "hours_per_session": 2}
    many = {"sessions": 3, "needles_per_session": 2, "grams_per_kg": 2, "hours_per_session": 2}
    rows = [regimen("ivig", interval_weeks=4, **many), regimen("scig", interval_weeks=4, **few)]
    profile = found(options=("ivig", "scig"), regimens=rows, prices=[price(), price("scig")])[criterion]
    assert profile.worst > profile.best
    assert profile.worst == profile.figures["ivig"].value
    assert profile.best == profile.figures["scig"].value


def test_surer_evidence_is_better():
    rated = [effect("ivig", "proportion", 60, certainty="high"), effect("scig", "proportion", 60, certainty="very_low")]
    profile = found(effects=rated)["certainty"]
    assert (profile.worst, profile.best) == (CERTAINTY_STEP["very_low"], CERTAINTY_STEP["high"])
    assert list(CERTAINTY_STEP.values())[:4] == sorted(CERTAINTY_STEP.values())[-4:]


def test_an_option_without_a_compared_figure_has_the_least_sure_evidence():
    rated = [
        effect("ivig", "proportion", 60, certainty="high"),
        effect("scig", "proportion", 60, comparison="single_arm"),
    ]
    profile = found(effects=rated)["certainty"]
    assert {name: figure.value for name, figure in profile.figures.items()} == {
        "ivig": 3.0,
        "scig": 0.0,
        "corticosteroids": 0.0,
    }


@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(0, 1))
def test_value_grows_evenly_from_worst_to_best(worst, best, part):
    if math.isclose(worst, best, abs_tol=1e-3):
        return
    assert Profile("time", {}, worst, best).value(worst + part * (best - worst)) == pytest.approx(part, abs=1e-6)


# --------------------------------------------------------------- figures and ranges


@pytest.mark.parametrize("comparison", ["single_arm", "none"])
def test_a_figure_that_was_not_compared_never_enters(comparison):
    rows = [*proportions(ivig=60, scig=50), effect("corticosteroids", "proportion", 99, comparison=comparison)]
    profile = found(effects=rows)["benefit"]
    assert profile.figures["corticosteroids"] is None
    assert (profile.worst, profile.best) == (0.5, 0.6)


def test_no_single_arm_figure_enters_anywhere(catalogue):
    entered = 0
    for place in catalogue.roles:
        part = taking_part(compare(catalogue, Scenario(*place)).options)
        for profile in profiles(part) if len(part) > 1 else ():
            if profile.criterion not in ("benefit", "serious_harm", "common_side_effects"):
                continue
            for result in part:
                figure = profile.figures[result.option.option]
                cells = [cell for cell in result.outcomes if cell.outcome.criterion == profile.criterion]
                compared = [cell.risk.with_option for cell in cells if cell.risk.comparison in ("direct", "indirect")]
                assert figure is None or figure.value in [risk.value for risk in compared if risk]
                entered += figure is not None
    assert entered > 40


def test_what_is_not_known_is_none_and_may_be_anything():
    profile = found(effects=proportions(ivig=60, scig=50))["benefit"]
    assert profile.figures["corticosteroids"] is None
    assert profile.ends("corticosteroids") == (0.0, 1.0)
    assert speaks(profile, "corticosteroids") == "unknown"


@pytest.mark.parametrize("certainty", list(WIDEN))
def test_a_range_is_widened_by_its_certainty(certainty):
    sure = effect("ivig", "proportion", 60, low=50, high=65, certainty=certainty)
    profile = found(effects=[sure, *proportions(scig=40)])["benefit"]
    figure, wider = profile.figures["ivig"], WIDEN[certainty]
    assert (figure.value, figure.low, figure.high) == pytest.approx((0.6, 0.6 - 0.1 * wider, 0.6 + 0.05 * wider))


def test_the_less_sure_the_wider():
    assert [WIDEN[word] for word in ("high", "moderate", "low", "very_low")] == sorted(WIDEN.values())[:4]
    assert min(WIDEN.values()) >= 1
    assert WIDEN["not_rated"] == max(WIDEN.values())


def test_a_widened_risk_stays_a_risk():
    rows = [
        effect("ivig", "proportion", 95, low=80, high=99, certainty="very_low"),
        effect("scig", "proportion", 5, low=1, high=40, certainty="very_low"),
    ]
    figures = found(effects=rows)["benefit"].figures
    assert (figures["ivig"].high, figures["scig"].low) == (1.0, 0.0)


def test_a_health_figure_without_a_range_gets_one():
    figures = found(effects=proportions(ivig=60, scig=50))["benefit"].figures
    for figure in (figures["ivig"], figures["scig"]):
        assert figure.low < figure.value < figure.high


def test_a_load_without_a_range_is_taken_as_it_is():
    profile = found(regimens=[visits("ivig", 4), visits("scig", 6)])["time"]
    assert profile.ends("ivig") == (1.0, 1.0)
    assert profile.ends("scig") == (0.0, 0.0)


@pytest.mark.parametrize("turned", [False, True])
@given(st.lists(st.floats(0, 1), min_size=3, max_size=3).map(sorted), st.booleans(), st.booleans())
def test_ends_hold_the_value_and_every_known_end(turned, numbers, with_low, with_high):
    low, value, high = numbers
    figure = Estimate(value, low if with_low else None, high if with_high else None)
    profile = Profile("benefit", {"ivig": figure}, *((0.8, 0.1) if turned else (0.1, 0.8)))
    least, most = profile.ends("ivig")
    known = [profile.value(end) for end in (figure.low, value, figure.high) if end is not None]
    assert (least, most) == (min(known), max(known))


# ------------------------------------------------------------------- for or against


@pytest.mark.parametrize(
    ("percent", "side"), [(90, "for"), (71, "for"), (69, "even"), (51, "even"), (49, "against"), (30, "against")]
)
def test_the_best_third_speaks_for_and_the_worst_against(percent, side):
    profile = Profile("benefit", {"ivig": Estimate(percent / 100)}, 0.3, 0.9)
    assert speaks(profile, "ivig") == side


@pytest.mark.parametrize("number", range(2, 6))
def test_the_best_speaks_for_itself_and_the_worst_against(number):
    names = ("ivig", "scig", "corticosteroids", "plasma_exchange", "fcrn_blocker")[:number]
    figures = {name: 20 + 12 * n for n, name in enumerate(names)}
    profile = found(options=names, effects=proportions(**figures))["benefit"]
    sides = [speaks(profile, name) for name in names]
    assert (sides[0], sides[-1]) == ("against", "for")
    order = ("against", "even", "for")
    assert all(order.index(a) <= order.index(b) for a, b in pairwise(sides))


def test_a_course_given_once_is_spread_over_the_first_year():
    once = regimen(
        "ivig", pattern="single", sessions=6, interval_weeks=None, hours_per_session=4, needles_per_session=1
    )
    again = visits("scig", 4, needles_per_session=1)
    profile = found(regimens=[once, again], options=("ivig", "scig"))["time"]
    alone = ask(tables(roles=[role("ivig")], regimens=[once])).option("ivig").burden.hours
    assert profile.figures["ivig"].value == pytest.approx(alone.value / 12)
    assert profile.figures["scig"].value == pytest.approx((4 + 1) * 13 / 12)
