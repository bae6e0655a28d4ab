"""What holds for anyone, on the shipped tables."""

import json
from itertools import combinations, pairwise
from random import Random
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import anyone, facts, places, scribble, shipped

from decision import Scenario, compare
from decision.export import as_json
from decision.scenario import CHOICES, HEALTH, OPTIONS, read
from decision.screening import WORST
from decision.supply import IG_FAMILY

RANK = {"suitable": 0, "caution": 1, "not_suitable": 2}
EFFECT = {"suitable": "note", "caution": "caution", "not_suitable": "not_suitable"}
LIMITS = [
    *[(key, CHOICES[key]) for key in ("veins", "needles", "self_infusion", "place", "apheresis")],
    ("ig_supply", ("normal", "tight", "critical")),
    ("travel_minutes", (0, 30, 89, 90, 240, 600)),
    ("hours_per_month", (None, 744, 40, 20, 10, 5, 1, 0)),
    ("budget_per_year", (None, 1e8, 200_000, 50_000, 10_000, 1000, 0)),
]
"""Each limit with its values, every next one harder than the one before."""

STEPS = [(key, easy, hard) for key, values in LIMITS for easy, hard in combinations(values, 2)]

SAID = [(key, value) for key in ("igg", "mg_antibody", "pregnancy", "age_group") for value in CHOICES[key][1:]]
"""What is compared with not having said it, at the same weight."""


def verdicts(scenario):
    return {option.option.option: option.verdict for option in compare(shipped(), scenario).options}


def with_facts(place, said, /, **more):
    return Scenario(*place, **{**said, **more})


def lifted(before, after):
    """Return what became more suitable."""
    return {option for option in before if RANK[after[option]] < RANK[before[option]]}


def may_be_lifted(scenario, before, after):
    """In a critical shortage immunoglobulin is held back less where what could stand in for it fits no more.

    The settled rules S3 and S4 ask for this; the tables name what can stand in.
    """
    if scenario.ig_supply != "critical":
        return set()
    place = (scenario.condition, scenario.situation)
    stand_ins = {row.option for row in shipped().roles[place].values() if row.can_replace_ig}
    rows = shipped().supply_tiers.get((scenario.supply_plan, *place), ())
    stand_ins |= {row.unless_suitable for row in rows if row.unless_suitable}
    if not any(before[option] == "suitable" != after[option] for option in stand_ins):
        return set()
    return {option for option, row in shipped().options.items() if row.family == IG_FAMILY}


def worsened(one, two):
    before, after = verdicts(one), verdicts(two)
    return lifted(before, after) - may_be_lifted(two, before, after)


# ------------------------------------------------------- one thing more, everywhere


@pytest.mark.parametrize("flag", HEALTH)
def test_a_health_flag_alone_lifts_nothing(flag):
    found = {}
    for place in shipped().roles:
        found[place] = worsened(Scenario(*place), Scenario(*place, health=flag))
    assert {place: options for place, options in found.items() if options} == {}


@pytest.mark.parametrize(("key", "values"), LIMITS, ids=[key for key, _ in LIMITS])
def test_a_harder_limit_alone_lifts_nothing(key, values):
    found = {}
    for place in shipped().roles:
        scenarios = [Scenario(*place, **{key: value}) for value in values]
        found[place] = set().union(*(worsened(*pair) for pair in pairwise(scenarios)))
    assert {place: options for place, options in found.items() if options} == {}


@pytest.mark.parametrize(("key", "value"), SAID)
def test_what_is_said_about_a_body_lifts_nothing(key, value):
    found = {}
    for place in shipped().roles:
        found[place] = worsened(Scenario(*place), Scenario(*place, **{key: value}))
    assert {place: options for place, options in found.items() if options} == {}


# ------------------------------------------------- one thing more, whatever was said


@given(places(), facts(), st.sampled_from(HEALTH))
def test_another_health_flag_lifts_nothing(place, said, flag):
    before = with_facts(place, said)
    after = with_facts(place, said, health=(*said.get("health", ()), flag))
    assert worsened(before, after) == set()


@given(places(), facts(), st.sampled_from(STEPS))
def test_a_harder_limit_lifts_nothing(place, said, limit):
    key, easy, hard = limit
    before, after = (with_facts(place, said, **{key: value}) for value in (easy, hard))
    assert worsened(before, after) == set()


@given(places(), facts(), st.sampled_from(SAID))
def test_saying_more_about_a_body_lifts_nothing(place, said, more):
    key, value = more
    before, after = (with_facts(place, said, **{key: word}) for word in (CHOICES[key][0], value))
    assert worsened(before, after) == set()


@given(places(), facts())
def test_no_verdict_is_better_than_the_role_allows(place, said):
    for option in compare(shipped(), with_facts(place, said)).options:
        assert RANK[option.verdict] >= RANK[option.role.base_verdict]


@given(places(), facts())
def test_a_verdict_is_its_worst_reason_and_each_code_stands_once(place, said):
    for option in compare(shipped(), with_facts(place, said)).options:
        reasons = option.screened.reasons
        assert EFFECT[option.verdict] == reasons[0].effect
        assert reasons[0].effect == max((reason.effect for reason in reasons), key=WORST.__getitem__)
        assert len({reason.code for reason in reasons}) == len(reasons)
        assert sum(reason.code.startswith("role-") for reason in reasons) == 1


@given(places(), facts())
def test_what_is_not_used_is_never_touched(place, said):
    plain = compare(shipped(), Scenario(*place))
    for option in compare(shipped(), with_facts(place, said)).options:
        if not option.used:
            assert option.screened == plain.option(option.option.option).screened


@given(places(urgent=True), facts())
def test_in_urgent_situations_practical_limits_bar_no_protected_option(place, said):
    practical = {k: v for k, v in said.items() if k in ("needles", "self_infusion", "place", "travel_minutes")}
    limits = {k: v for k, v in said.items() if k in ("hours_per_month", "budget_per_year", "own_prices", "weight_kg")}
    for option in compare(shipped(), with_facts(place, {**practical, **limits})).options:
        role = option.role
        if role.role in ("first_choice", "alternative") or (role.role, role.base_verdict) == ("add_on", "suitable"):
            effects = {reason.kind: reason.effect for reason in option.screened.reasons if reason.kind != "role"}
            assert effects.get("logistics", "note") == "note"
            assert effects.get("cost", "note") != "not_suitable"


# -------------------------------------------------------------------- any answer


def complaints(answer):
    """Yield what is wrong with an answer as JSON, whoever asked."""
    if [option["id"] for option in answer["options"]] != list(OPTIONS):
        yield "the nineteen options are not all there in the neutral order"
    for option in answer["options"]:
        name = option["id"]
        if option["verdict"] not in RANK or not option["reasons"] or not option["name"]:
            yield f"{name}: no verdict, reason or name"
        for cell in option["outcomes"]:
            numbers = [x for x in (cell["low"], cell["value"], cell["high"]) if x is not None]
            if (cell["comparison"] == "none") != (cell["value"] is None):
                yield f"{name}, {cell['id']}: unknown and null do not go together"
            if numbers != sorted(numbers) or not all(0 <= x <= cell["per"] for x in numbers):
                yield f"{name}, {cell['id']}: {numbers} out of {cell['per']}"
            if cell["comparison"] == "single_arm" and cell["difference"] is not None:
                yield f"{name}, {cell['id']}: a single arm is compared"
        money = [
            x for x in (option["cost"]["low"], option["cost"]["per_year"], option["cost"]["high"]) if x is not None
        ]
        amounts = [*money, *(x for key, x in option["burden"].items() if isinstance(x, int | float))]
        if money != sorted(money) or any(x < 0 for x in amounts):
            yield f"{name}: {amounts}"
        unknown = {source for reason in option["reasons"] for source in reason["sources"]} - set(answer["sources"])
        if unknown:
            yield f"{name}: {unknown} cited and not listed"


@given(places(), facts())
def test_anyone_gets_a_whole_answer(place, said):
    answer = as_json(compare(shipped(), with_facts(place, said)), shipped())
    assert list(complaints(answer)) == []
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer


@given(places(), facts())
def test_the_same_question_has_the_same_answer(place, said):
    scenario = with_facts(place, said)
    assert compare(shipped(), scenario) == compare(shipped(), scenario)


@pytest.mark.parametrize("seed", range(8))
def test_ten_thousand_people(seed):
    rng, places, asked = Random(seed), list(shipped().roles), set(OPTIONS)
    for _ in range(1250):
        found = compare(shipped(), anyone(rng, rng.choice(places)))
        assert {option.option.option for option in found.options if option.verdict in RANK} == asked


def test_a_thousand_strangers_typing_addresses():
    rng = Random(20261122)
    for _ in range(1000):
        query = scribble(rng)
        scenario, notices = read(dict(parse_qsl(query, keep_blank_values=True)), shipped())
        answer = as_json(compare(shipped(), scenario, notices), shipped())
        assert list(complaints(answer)) == [], query
        assert json.dumps(answer, allow_nan=False), query


def test_what_no_source_knows_is_null_for_everyone():
    """An effect row that says `none` never becomes a number, least of all zero."""
    shown = []
    for place in shipped().roles:
        for option in as_json(compare(shipped(), Scenario(*place)), shipped())["options"]:
            for cell in option["outcomes"]:
                row = shipped().effects.get((*place, cell["id"]), {}).get(option["id"])
                unknown = option["role"] == "not_used" or (row is not None and row.comparison == "none")
                numbers = [cell[key] for key in ("value", "low", "high", "difference")]
                if unknown and (numbers != [None] * 4 or cell["comparison"] != "none"):
                    shown.append((*place, option["id"], cell["id"], numbers))
    assert shown == []
