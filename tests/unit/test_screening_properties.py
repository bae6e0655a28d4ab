"""What holds for anyone, on the shipped tables."""

import json
from random import Random
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import anyone, facts, scribble

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

SAID = [(key, value) for key in ("igg", "mg_antibody", "pregnancy", "age_group") for value in CHOICES[key][1:]]
"""What is compared with not having said it, at the same weight."""


def verdicts(catalogue, scenario):
    return {option.option.option: option.verdict for option in compare(catalogue, scenario).options}


def with_facts(place, said, **more):
    return Scenario(*place, **{**said, **more})


def lifted(before, after):
    """Return what became more suitable."""
    return {option for option in before if RANK[after[option]] < RANK[before[option]]}


def may_be_lifted(catalogue, scenario, before, after):
    """In a critical shortage immunoglobulin is held back less where what could stand in for it fits no more.

    The settled rules S3 and S4 ask for this; the tables name what can stand in.
    """
    if scenario.ig_supply != "critical":
        return set()
    place = (scenario.condition, scenario.situation)
    stand_ins = {row.option for row in catalogue.roles[place].values() if row.can_replace_ig}
    rows = catalogue.supply_tiers.get((scenario.supply_plan, *place), ())
    stand_ins |= {row.unless_suitable for row in rows if row.unless_suitable}
    if not any(before[option] == "suitable" != after[option] for option in stand_ins):
        return set()
    return {option for option, row in catalogue.options.items() if row.family == IG_FAMILY}


def worsened(catalogue, one, two):
    before, after = verdicts(catalogue, one), verdicts(catalogue, two)
    return lifted(before, after) - may_be_lifted(catalogue, two, before, after)


# ------------------------------------------------------- one thing more, everywhere


@pytest.mark.parametrize("flag", HEALTH)
def test_a_health_flag_alone_lifts_nothing(catalogue, flag):
    found = {}
    for place in catalogue.roles:
        found[place] = worsened(catalogue, Scenario(*place), Scenario(*place, health=flag))
    assert {place: options for place, options in found.items() if options} == {}


@pytest.mark.parametrize(("key", "values"), LIMITS, ids=[key for key, _ in LIMITS])
def test_a_harder_limit_alone_lifts_nothing(catalogue, key, values):
    found = {}
    for place in catalogue.roles:
        scenarios = [Scenario(*place, **{key: value}) for value in values]
        found[place] = set().union(
            *(worsened(catalogue, *pair) for pair in zip(scenarios, scenarios[1:], strict=False))
        )
    assert {place: options for place, options in found.items() if options} == {}


@pytest.mark.parametrize(("key", "value"), SAID)
def test_what_is_said_about_a_body_lifts_nothing(catalogue, key, value):
    found = {}
    for place in catalogue.roles:
        found[place] = worsened(catalogue, Scenario(*place), Scenario(*place, **{key: value}))
    assert {place: options for place, options in found.items() if options} == {}


# ------------------------------------------------- one thing more, whatever was said


@given(st.data(), facts(), st.sampled_from(HEALTH))
def test_another_health_flag_lifts_nothing(catalogue, data, said, flag):
    place = data.draw(st.sampled_from(list(catalogue.roles)))
    before = with_facts(place, said)
    after = with_facts(place, said, health=(*said.get("health", ()), flag))
    assert worsened(catalogue, before, after) == set()


@given(st.data(), facts(), st.sampled_from(LIMITS))
def test_a_harder_limit_lifts_nothing(catalogue, data, said, limit):
    place, (key, values) = data.draw(st.sampled_from(list(catalogue.roles))), limit
    easy = data.draw(st.integers(0, len(values) - 2))
    hard = data.draw(st.integers(easy + 1, len(values) - 1))
    before, after = (with_facts(place, said, **{key: values[step]}) for step in (easy, hard))
    assert worsened(catalogue, before, after) == set()


@given(st.data(), facts(), st.sampled_from(SAID))
def test_saying_more_about_a_body_lifts_nothing(catalogue, data, said, more):
    place, (key, value) = data.draw(st.sampled_from(list(catalogue.roles))), more
    before, after = (with_facts(place, said, **{key: word}) for word in (CHOICES[key][0], value))
    assert worsened(catalogue, before, after) == set()


@given(st.data(), facts())
def test_no_verdict_is_better_than_the_role_allows(catalogue, data, said):
    place = data.draw(st.sampled_from(list(catalogue.roles)))
    for option in compare(catalogue, with_facts(place, said)).options:
        assert RANK[option.verdict] >= RANK[option.role.base_verdict]


@given(st.data(), facts())
def test_a_verdict_is_its_worst_reason_and_each_code_stands_once(catalogue, data, said):
    place = data.draw(st.sampled_from(list(catalogue.roles)))
    for option in compare(catalogue, with_facts(place, said)).options:
        reasons = option.screened.reasons
        assert EFFECT[option.verdict] == reasons[0].effect
        assert reasons[0].effect == max((reason.effect for reason in reasons), key=WORST.__getitem__)
        assert len({reason.code for reason in reasons}) == len(reasons)
        assert sum(reason.code.startswith("role-") for reason in reasons) == 1


@given(st.data(), facts())
def test_what_is_not_used_is_never_touched(catalogue, data, said):
    place = data.draw(st.sampled_from(list(catalogue.roles)))
    plain = compare(catalogue, Scenario(*place))
    for option in compare(catalogue, with_facts(place, said)).options:
        if not option.used:
            assert option.screened == plain.option(option.option.option).screened


@given(st.data(), facts(), st.sampled_from([key for key in CHOICES if key not in ("detail", "prices", "supply_plan")]))
def test_in_urgent_situations_practical_limits_bar_no_protected_option(catalogue, data, said, key):
    urgent = [place for place in catalogue.roles if catalogue.situation(*place).urgent]
    place = data.draw(st.sampled_from(urgent))
    practical = {k: v for k, v in said.items() if k in ("needles", "self_infusion", "place", "travel_minutes")}
    limits = {k: v for k, v in said.items() if k in ("hours_per_month", "budget_per_year", "own_prices", "weight_kg")}
    for option in compare(catalogue, with_facts(place, {**practical, **limits})).options:
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


@given(st.data(), facts())
def test_anyone_gets_a_whole_answer(catalogue, data, said):
    place = data.draw(st.sampled_from(list(catalogue.roles)))
    answer = as_json(compare(catalogue, with_facts(place, said)), catalogue)
    assert list(complaints(answer)) == []
    assert json.loads(json.dumps(answer, allow_nan=False)) == answer


@given(st.data(), facts())
def test_the_same_question_has_the_same_answer(catalogue, data, said):
    scenario = with_facts(data.draw(st.sampled_from(list(catalogue.roles))), said)
    assert compare(catalogue, scenario) == compare(catalogue, scenario)


def test_ten_thousand_people(catalogue):
    rng, places, asked = Random(20261122), list(catalogue.roles), set(OPTIONS)
    for _ in range(10_000):
        found = compare(catalogue, anyone(rng, rng.choice(places)))
        assert {option.option.option for option in found.options if option.verdict in RANK} == asked


def test_a_thousand_strangers_typing_addresses(catalogue):
    rng = Random(20261122)
    for _ in range(1000):
        query = scribble(rng)
        scenario, notices = read(dict(parse_qsl(query, keep_blank_values=True)), catalogue)
        answer = as_json(compare(catalogue, scenario, notices), catalogue)
        assert list(complaints(answer)) == [], query
        assert json.dumps(answer, allow_nan=False), query


def test_what_no_source_knows_is_null_for_everyone(catalogue):
    """An effect row that says `none` never becomes a number, least of all zero."""
    shown = []
    for place in catalogue.roles:
        for option in as_json(compare(catalogue, Scenario(*place)), catalogue)["options"]:
            for cell in option["outcomes"]:
                row = catalogue.effects.get((*place, cell["id"]), {}).get(option["id"])
                unknown = option["role"] == "not_used" or (row is not None and row.comparison == "none")
                numbers = [cell[key] for key in ("value", "low", "high", "difference")]
                if unknown and (numbers != [None] * 4 or cell["comparison"] != "none"):
                    shown.append((*place, option["id"], cell["id"], numbers))
    assert shown == []
