"""What moves the answer: every change is where it is said to be, and none is missed."""

import math
from itertools import pairwise
from random import Random

import pytest
from people import anyone, shipped
from tiny import agent, price, regimen, role, rule, tables

from decision import Scenario, compare
from decision.scenario import CHOICES, NUMBERS
from decision.sensitivity import PIECES, first_step, in_words, inputs, one_way, span, with_input
from decision.wording import Words

WORDS = Words(shipped().phrases)
PLACES = sorted(shipped().roles)
GRID = 50


def verdicts(catalogue, scenario):
    return {result.option.option: result.verdict for result in compare(catalogue, scenario).options}


def leaders(catalogue, scenario):
    found = compare(catalogue, scenario)
    ahead = found.match.leaders if found.match else ()
    return tuple(result.option.option for result in found.options if result.option.option in ahead)


def somebody(seed, **said):
    """Return a random scenario without weights, and a number of it to change."""
    rng = Random(seed)
    scenario = anyone(rng, rng.choice(PLACES))
    scenario = Scenario(**{**{k: getattr(scenario, k) for k in scenario.__dataclass_fields__}, "weights": {}, **said})
    prices = [key for key in inputs(shipped(), scenario) if key.startswith("price.")]
    return scenario, rng.choice([*NUMBERS, *NUMBERS, *prices[:4]])


@pytest.mark.parametrize("seed", range(12))
def test_a_verdict_changes_where_it_is_said_to_and_nowhere_else(seed):
    """Just before a threshold the old verdict holds, at it the new one; between thresholds nothing changes."""
    scenario, key = somebody(seed)
    found = one_way(shipped(), scenario, key)
    low, high = span(shipped(), scenario, key)
    assert (found.low, found.high) == (low, high)
    assert [change.at for change in found.changes] == sorted(change.at for change in found.changes)
    fine = 2e-7 * (high - low)
    for change in found.changes:
        before = verdicts(shipped(), with_input(scenario, key, max(low, change.at - fine)))
        after = verdicts(shipped(), with_input(scenario, key, change.at))
        moved = {option: (before[option], after[option]) for option in before if before[option] != after[option]}
        assert moved == {flip.option: (flip.before, flip.after) for flip in change.flips}
    thresholds = [change.at for change in found.changes]
    points = [low + (high - low) * n / GRID for n in range(GRID + 1)]
    at = {point: verdicts(shipped(), with_input(scenario, key, point)) for point in points}
    for left, right in pairwise(points):
        between = any(left < threshold <= right for threshold in thresholds)
        assert between or at[left] == at[right], f"missed between {left} and {right}"


@pytest.mark.parametrize("seed", range(6))
def test_the_lead_changes_where_it_is_said_to(seed):
    """The lead is found to a step of halving; before that step the old lead holds, at the change the new one."""
    rng = Random(seed)
    place = rng.choice([("cidp", "maintenance"), ("mg_long_term", "long_term"), ("itp_adult", "long_lasting")])
    weights = {name: float(rng.choice((2, 5, 8, 10))) for name in ("benefit", "time", "needles", "cost")}
    scenario = Scenario(*place, weights=weights)
    key = rng.choice(("w.cost", "w.time", "w.benefit"))
    found = one_way(shipped(), scenario, key)
    width = 10 / PIECES
    while width > found.step / 2:
        width /= 2
    for change in found.changes:
        assert change.flips == ()
        assert leaders(shipped(), with_input(scenario, key, change.at)) == change.lead.after
        assert leaders(shipped(), with_input(scenario, key, change.at - width)) == change.lead.before
    chain = [change.lead for change in found.changes]
    assert all(one.after == other.before for one, other in pairwise(chain))
    ends = tuple(leaders(shipped(), with_input(scenario, key, end)) for end in (0, 10))
    assert (chain[0].before if chain else ends[0], chain[-1].after if chain else ends[0]) == ends


def test_a_lead_that_changes_with_a_verdict_stands_beside_it():
    scenario = Scenario("cidp", "maintenance", hours_per_month=10, weights={"benefit": 8, "time": 8, "cost": 2})
    found = one_way(shipped(), scenario, "hours_per_month")
    both = [change for change in found.changes if change.flips and change.lead]
    assert both
    for change in both:
        shown = compare(shipped(), with_input(scenario, "hours_per_month", change.at))
        assert set(change.lead.after) == set(shown.match.leaders if shown.match else ())


ROAD = tables(
    roles=[role("ivig"), role("scig")],
    agents=[agent("drip", of="ivig"), agent("pump", of="scig", routes="skin", at_home="yes")],
    regimens=[
        regimen(
            "ivig", sessions=1, interval_weeks=52 / 12, hours_per_session=2, needles_per_session=1, grams_per_kg=0.5
        ),
        regimen("scig", sessions=4, interval_weeks=52 / 12, hours_per_session=1, setting="home", grams_per_kg=1),
    ],
    prices=[price("ivig", 10), price("scig", 10)],
    rules=[
        rule("road", "travel_minutes>=90", "caution", options="ivig", kind="logistics"),
        rule("hours", "hours_per_month>=0", "not_suitable", kind="logistics", needs="over_hours"),
        rule("money", "budget_per_year>=0", "not_suitable", kind="cost", needs="low_cost_over_budget"),
        rule("place", "place=home_only", "not_suitable", options="ivig", kind="logistics"),
    ],
)


def changes(key, **said):
    found = one_way(ROAD, Scenario("tiny", "calm", **said), key)
    return [(change.at, [(flip.option, flip.before, flip.after) for flip in change.flips]) for change in found.changes]


def test_a_floor_in_a_rule_is_found_to_the_digit():
    assert changes("travel_minutes") == [(90.0, [("ivig", "suitable", "caution")])]


def test_a_limit_is_crossed_where_the_hours_pass_it():
    """Two hours of drip and an hour on the road for each half hour of travel: over 5 hours from 90 minutes on."""
    [floor, (at, flips)] = changes("travel_minutes", hours_per_month=6)
    assert floor[0] == 90.0
    assert math.isclose(at, 120, abs_tol=1e-3)
    assert at > 120
    assert flips == [("ivig", "caution", "not_suitable")]


def test_a_limit_of_hours_lets_options_in_where_it_reaches_their_hours():
    assert changes("hours_per_month", travel_minutes=30) == [
        (3.0, [("ivig", "not_suitable", "suitable")]),
        (4.0, [("scig", "not_suitable", "suitable")]),
    ]


def test_money_follows_the_weight_of_the_body():
    """0.5 g per kg twelve times a year at 10 each: 60 a kg and year; the limit of 6,000 is passed above 100 kg."""
    [(scig, _), (ivig, flips)] = changes("weight_kg", budget_per_year=6000)
    assert math.isclose(scig, 50, abs_tol=1e-3)
    assert math.isclose(ivig, 100, abs_tol=1e-3)
    assert flips == [("ivig", "suitable", "not_suitable")]


def test_an_own_price_is_an_input():
    [(at, flips)] = changes("price.ivig", budget_per_year=6000)
    assert math.isclose(at, 6000 / (0.5 * 70 * 12), abs_tol=1e-3)
    assert [flip[0] for flip in flips] == ["ivig"]


def test_a_choice_is_tried_value_by_value():
    found = one_way(ROAD, Scenario("tiny", "calm"), "place")
    assert [(change.at, [flip.option for flip in change.flips]) for change in found.changes] == [
        ("home_only", ["ivig"])
    ]
    assert (found.low, found.high, found.now) == (None, None, "any")


@pytest.mark.parametrize("seed", range(6))
def test_every_value_of_a_choice_says_what_the_engine_says(seed):
    scenario, _ = somebody(seed)
    for key in inputs(shipped(), scenario):
        if key not in CHOICES:
            continue
        before = verdicts(shipped(), scenario)
        for change in one_way(shipped(), scenario, key).changes:
            after = verdicts(shipped(), with_input(scenario, key, change.at))
            assert {flip.option: flip.after for flip in change.flips} == {
                option: after[option] for option in after if after[option] != before[option]
            }


@pytest.mark.parametrize(
    "key", ["nothing", "health", "own_prices", "weights", "condition", "w.nothing", "price.nothing", ""]
)
def test_what_is_no_input_is_refused(key):
    with pytest.raises(ValueError):
        one_way(shipped(), Scenario("cidp", "maintenance"), key)


def test_nothing_moves_in_an_emergency_by_road_alone():
    """In GBS that keeps people from walking, the way to the hospital changes no verdict."""
    assert one_way(shipped(), Scenario("gbs", "cannot_walk"), "travel_minutes").changes == ()


# -------------------------------------------------------------------- in words


def test_words_name_the_step_the_verdicts_and_the_reason():
    scenario = Scenario("cidp", "maintenance")
    [said] = in_words(one_way(shipped(), scenario, "travel_minutes"), compare(shipped(), scenario), shipped(), WORDS)
    assert said.when == "From 1 h 30 min"
    assert said.texts[0].startswith("IVIG: “Fits” becomes “Needs care”. It means a long way")


@pytest.mark.parametrize("seed", range(8))
def test_every_change_can_be_said(seed):
    scenario, key = somebody(seed)
    found = one_way(shipped(), scenario, key)
    said = in_words(found, compare(shipped(), scenario), shipped(), WORDS)
    assert len(said) == len(found.changes)
    assert all(change.when and change.texts and "{" not in "".join(change.texts) for change in said)


@pytest.mark.parametrize("seed", range(20))
def test_a_change_holds_at_the_step_that_is_said(seed):
    scenario, key = somebody(seed)
    found = one_way(shipped(), scenario, key)
    ats = [change.at for change in found.changes]
    for index, change in enumerate(found.changes):
        step = first_step(change.at, found.step)
        assert 0 <= step - change.at < found.step + 1e-6
        if index + 1 == len(ats) or step < ats[index + 1]:
            shown = verdicts(shipped(), with_input(scenario, key, min(step, found.high)))
            assert all(shown[flip.option] == flip.after for flip in change.flips)
