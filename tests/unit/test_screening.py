"""Roles, then rules, to a verdict: small tables first, then the shipped ones."""

import re

import pytest
import tiny
from tiny import agent, regimen, role, rule, tables, verdict

from decision import Scenario, compare, trigger

# ------------------------------------------------------------- what a role says


@pytest.mark.parametrize(
    ("name", "verdict", "heading", "kind"),
    [
        ("first_choice", "suitable", "suitable", "role"),
        ("alternative", "suitable", "suitable", "role"),
        ("add_on", "caution", "caution", "role"),
        ("later_line", "caution", "caution", "role"),
        ("not_recommended", "not_suitable", "advised_against", "role"),
        ("not_used", "not_suitable", "not_a_treatment", "role"),
        ("research_only", "not_suitable", "trials_only", "trial"),
    ],
)
def test_a_role_alone(name, verdict, heading, kind):
    screened = tiny.ask(tables(roles=[role("ivig", name)])).option("ivig").screened
    assert (screened.verdict, screened.heading) == (verdict, heading)
    assert [(reason.kind, reason.text) for reason in screened.reasons] == [(kind, "The role of ivig.")]


def test_a_row_may_head_its_verdict_otherwise():
    row = role("ivig", "not_recommended", heading="not_a_treatment")
    assert tiny.ask(tables(roles=[row])).option("ivig").screened.heading == "not_a_treatment"


# ----------------------------------------------------------- what a rule can do


@pytest.mark.parametrize(
    ("base", "effect", "expected"),
    [
        ("first_choice", "note", "suitable"),
        ("first_choice", "caution", "caution"),
        ("first_choice", "not_suitable", "not_suitable"),
        ("later_line", "note", "caution"),
        ("later_line", "caution", "caution"),
        ("later_line", "not_suitable", "not_suitable"),
        ("not_recommended", "note", "not_suitable"),
        ("not_recommended", "caution", "not_suitable"),
        ("not_recommended", "not_suitable", "not_suitable"),
    ],
)
def test_a_rule_can_only_lower(base, effect, expected):
    given = tables(roles=[role("ivig", base)], rules=[rule("H1", "health=diabetes", effect)])
    assert verdict(given, "ivig", health="diabetes") == expected
    assert verdict(given, "ivig") == tiny.BASE.get(base, "not_suitable")


@pytest.mark.parametrize(
    ("what", "cells", "touched"),
    [
        ("no option named: all", {}, {"ivig", "scig", "hsct"}),
        ("options", {"options": "ivig;hsct"}, {"ivig", "hsct"}),
        ("this condition", {"conditions": "tiny"}, {"ivig", "scig", "hsct"}),
        ("another condition", {"conditions": "gbs"}, set()),
        ("another situation", {"conditions": "tiny/urgent"}, set()),
        ("an agent", {"agents": "drip"}, {"ivig"}),
        ("an agent elsewhere", {"agents": "drip", "options": "scig"}, set()),
        ("a property", {"property": "from_plasma"}, {"ivig", "scig"}),
        ("a property of some", {"property": "from_plasma", "options": "scig;hsct"}, {"scig"}),
        ("by vein only", {"needs": "vein_only"}, {"ivig", "hsct"}),
    ],
)
def test_whom_a_rule_touches(what, cells, touched):
    given = tables(
        roles=[role("ivig"), role("scig"), role("hsct")],
        agents=[
            agent("drip", "ivig", properties="from_plasma"),
            agent("pump", "scig", properties="from_plasma", routes="skin"),
            agent("transplant", "hsct"),
        ],
        rules=[rule("H1", "health=diabetes", "caution", **cells)],
    )
    found = tiny.ask(given, health="diabetes")
    assert {option.option.option for option in found.options if option.verdict == "caution"} == touched


@pytest.mark.parametrize("said", [{"health": "diabetes"}, {"place": "home_only"}, {"ig_supply": "critical"}])
def test_no_rule_speaks_of_what_is_not_used(said):
    rules = [rule(f"H{n}", f"{key}={value}", "not_suitable") for n, (key, value) in enumerate(said.items())]
    given = tables(roles=[role("ivig", "not_used")], rules=rules)
    assert tiny.ask(given, **said).option("ivig").screened == tiny.ask(given).option("ivig").screened


def test_of_one_code_only_the_strongest_reason_is_given():
    given = tables(
        roles=[role("ivig")],
        rules=[
            rule("H1", "health=diabetes", "note", rule="a", text="a note"),
            rule("H1", "health=diabetes", "caution", rule="b", text="a check"),
            rule("H1", "health=diabetes", "caution", rule="c", text="another check"),
            rule("H2", "health=diabetes", "note", rule="d", text="other code"),
        ],
    )
    reasons = tiny.ask(given, health="diabetes").option("ivig").screened.reasons
    assert [reason.text for reason in reasons] == ["a check", "The role of ivig.", "other code"]


@pytest.mark.parametrize(
    ("kinds", "decides", "heading"),
    [
        (["cost", "health"], "health", "not_safe"),
        (["logistics", "supply"], "supply", "supply"),
        (["cost", "logistics"], "logistics", "not_your_limits"),
        (["cost"], "cost", "not_your_limits"),
        (["logistics", "health", "supply", "cost"], "health", "not_safe"),
    ],
)
def test_which_reason_stands_first(kinds, decides, heading):
    rules = [rule(f"R{n}", "veins=poor", "not_suitable", kind=kind) for n, kind in enumerate(kinds)]
    screened = tiny.ask(tables(roles=[role("ivig")], rules=rules), veins="poor").option("ivig").screened
    assert (screened.reasons[0].kind, screened.heading) == (decides, heading)


def test_a_role_that_bars_decides_before_any_rule():
    given = tables(roles=[role("ivig", "not_recommended")], rules=[rule("H1", "veins=poor", "not_suitable")])
    screened = tiny.ask(given, veins="poor").option("ivig").screened
    assert (screened.reasons[0].kind, screened.heading) == ("role", "advised_against")


# ------------------------------------------------------- several agents, one option

TABLETS = tables(
    roles=[role("other")],
    agents=[
        agent("blue", "other", properties="hard_on_liver;lowers_defence", routes="mouth"),
        agent("green", "other", properties="raises_pressure;lowers_defence", routes="mouth"),
    ],
    rules=[
        rule("H1", "health=liver_disease", "not_suitable", property="hard_on_liver", text="Out: {agents}."),
        rule("H2", "health=high_blood_pressure", "not_suitable", property="raises_pressure", text="Out: {agents}."),
        rule("H3", "health=active_infection", "not_suitable", property="lowers_defence", text="Out: {agents}."),
        rule("H4", "health=diabetes", "not_suitable", agents="blue", changes_if="Try {others}.", text="Out: {agents}."),
        rule("H5", "health=migraine", "not_suitable", property="hard_on_liver", share="every", text="Out: {agents}."),
        rule("H6", "health=seizures", "not_suitable", property="lowers_defence", share="every", text="Out: {agents}."),
    ],
)  # fmt: skip


@pytest.mark.parametrize(
    ("health", "expected", "texts"),
    [
        ("", "suitable", []),
        ("liver_disease", "caution", ["Out: blue."]),
        ("high_blood_pressure", "caution", ["Out: green."]),
        ("active_infection", "not_suitable", ["Out: blue and green."]),
        ("liver_disease,high_blood_pressure", "not_suitable", ["Out: blue.", "Out: green."]),
        ("liver_disease,diabetes", "caution", ["Out: blue.", "Out: blue."]),
        ("migraine", "suitable", []),
        ("seizures", "not_suitable", ["Out: blue and green."]),
    ],
)
def test_an_option_is_barred_only_where_every_agent_is(health, expected, texts):
    screened = tiny.ask(TABLETS, health=health).option("other").screened
    assert screened.verdict == expected
    assert [reason.text for reason in screened.reasons if reason.code.startswith("H")] == texts


def test_what_may_be_taken_instead_is_named():
    reason = tiny.ask(TABLETS, health="diabetes").option("other").screened.reasons[0]
    assert reason.changes_if == "Try green."


def test_what_another_rule_bars_is_not_named_as_possible():
    """Green is out by the pressure, so to name it as the way out of a rule on blue would mislead."""
    reasons = tiny.ask(TABLETS, health="diabetes,high_blood_pressure").option("other").screened.reasons
    assert [reason.changes_if for reason in reasons if "green" in (reason.changes_if or "")] == []


# ------------------------------------------------------------------- urgent


@pytest.mark.parametrize(
    ("name", "base", "scope", "urgent", "expected"),
    [
        ("first_choice", None, "protected", "note", "suitable"),
        ("alternative", None, "protected", "note", "suitable"),
        ("add_on", "suitable", "protected", "note", "suitable"),
        ("add_on", "caution", "protected", "note", "not_suitable"),
        ("later_line", None, "protected", "note", "not_suitable"),
        ("later_line", None, "all", "note", "caution"),
        ("first_choice", None, "all", "caution", "caution"),
        ("first_choice", None, "protected", "caution", "caution"),
        ("first_choice", None, "all", None, "not_suitable"),
    ],
)
def test_what_a_limit_does_where_days_count(name, base, scope, urgent, expected):
    row = role("ivig", name, **({"base_verdict": base} if base else {}))
    limit = rule("L1", "veins=poor", "not_suitable", effect_urgent=urgent, urgent_scope=scope)
    given = tables(roles=[row], rules=[limit])
    assert verdict(given, "ivig", "urgent", veins="poor") == expected
    assert verdict(given, "ivig", "calm", veins="poor") == "not_suitable"


# ----------------------------------------------------------- what a rule may need

LIMITS = tables(
    roles=[role("ivig"), role("corticosteroids", can_replace_ig=True), role("hsct")],
    agents=[
        agent("drip", "ivig"),
        agent("tablet", "corticosteroids", routes="mouth"),
        agent("transplant", "hsct"),
    ],
    regimens=[
        regimen("ivig", sessions=1, interval_weeks=4, hours_per_session=6, grams_per_kg=1),
        regimen("corticosteroids", setting="home", sessions=30, interval_weeks=4, hours_per_session=0),
        regimen("hsct", pattern="single", setting="hospital_stay", hospital_days=20, sessions=1),
    ],
    prices=[tiny.price("ivig", 100, low=50, high=200)],  # 91,000 a year, 45,500 to 182,000
    rules=[
        rule("L1", "needles=severe_fear", "caution", needs="needle_free_alternative"),
        rule("L3", "veins=poor", "caution", needs="repeated"),
        rule("L4", "travel_minutes>=90", "caution", needs="unit_monthly"),
        rule("L8", "place=home_only", "caution", needs="single"),
        rule("L11", "hours_per_month>=0", "caution", needs="over_hours"),
        rule("L11", "hours_per_month>=0", "not_suitable", needs="over_hours_twice"),
        rule("L12", "budget_per_year>=0", "caution", needs="high_cost_over_budget"),
        rule("L12", "budget_per_year>=0", "not_suitable", needs="low_cost_over_budget"),
    ],
)


@pytest.mark.parametrize(
    ("said", "lowered"),
    [
        ({"needles": "severe_fear"}, {"ivig": "caution", "hsct": "caution"}),
        ({"veins": "poor"}, {"ivig": "caution", "corticosteroids": "caution"}),
        ({"travel_minutes": 89}, {}),
        ({"travel_minutes": 90}, {"ivig": "caution"}),
        ({"place": "home_only"}, {"hsct": "caution"}),
        # ivig: 52/12/4 sessions of 6 hours and one on the road make 7.6 hours
        ({"hours_per_month": 8}, {"hsct": "not_suitable"}),
        ({"hours_per_month": 7}, {"ivig": "caution", "hsct": "not_suitable"}),
        ({"hours_per_month": 3}, {"ivig": "not_suitable", "hsct": "not_suitable"}),
        ({"budget_per_year": 200_000}, {}),
        ({"budget_per_year": 100_000}, {"ivig": "caution"}),
        ({"budget_per_year": 45_000}, {"ivig": "not_suitable"}),
        ({"budget_per_year": 45_000, "own_prices": {"ivig": 40}}, {}),
        ({"budget_per_year": 45_000, "own_prices": {"ivig": 60}}, {"ivig": "not_suitable"}),
        ({"budget_per_year": 45_000, "weight_kg": 35, "own_prices": {"ivig": 60}}, {}),
    ],
)
def test_limits(said, lowered):
    found = {option.option.option: option.verdict for option in tiny.ask(LIMITS, **said).options}
    assert found == {**dict.fromkeys(found, "suitable"), **lowered}


@pytest.mark.parametrize(
    ("at_home", "expected"),
    [("no", "caution"), ("nurse", "caution"), ("clinic", "caution"), ("yes", "suitable"), ("skin_only", "suitable")],
)
def test_a_long_way_counts_where_no_agent_can_be_given_at_home(at_home, expected):
    given = tables(
        roles=[role("ivig")],
        agents=[agent("drip", "ivig"), agent("syringe", "ivig", at_home=at_home)],
        regimens=[regimen("ivig", sessions=1, interval_weeks=4, hours_per_session=1)],
        rules=[rule("L4", "travel_minutes>=90", "caution", needs="unit_monthly")],
    )
    assert verdict(given, "ivig", travel_minutes=120) == expected


@pytest.mark.parametrize(
    ("what", "can_replace", "name", "routes", "expected"),
    [
        ("a tablet of the same role", True, "first_choice", "mouth", "caution"),
        ("a tablet of a lower role", True, "alternative", "mouth", "suitable"),
        ("a tablet that cannot stand in", False, "first_choice", "mouth", "suitable"),
        ("another needle", True, "first_choice", "skin", "suitable"),
    ],
)
def test_fear_of_needles_asks_for_something_without(what, can_replace, name, routes, expected):
    given = tables(
        roles=[role("ivig"), role("other", name, can_replace_ig=can_replace)],
        agents=[agent("drip", "ivig"), agent("tablet", "other", routes=routes)],
        rules=[rule("L1", "needles=severe_fear", "caution", options="ivig", needs="needle_free_alternative")],
    )
    assert verdict(given, "ivig", needles="severe_fear") == expected


def test_starting_is_told_from_going_on():
    given = tables(
        situations=[tiny.situation("calm", on_immunoglobulin=True), tiny.situation("urgent")],
        roles=[role("ivig")],
        rules=[
            rule("S1", "ig_supply=critical", "not_suitable", needs="starting"),
            rule("S1", "ig_supply=critical", "caution", needs="on_immunoglobulin"),
        ],
    )
    assert verdict(given, "ivig", "urgent", ig_supply="critical") == "not_suitable"
    assert verdict(given, "ivig", "calm", ig_supply="critical") == "caution"


def test_the_figures_of_a_limit_are_in_its_words():
    text = "{hours} needed; {travel}; {limit} given"
    given = tables(
        roles=[role("ivig")],
        regimens=[regimen("ivig", pattern="single", sessions=2, hours_per_session=5)],
        rules=[rule("L11", "hours_per_month>=0", "caution", needs="over_hours", text=text)],
    )
    reason = tiny.ask(given, hours_per_month=6, travel_minutes=60).option("ivig").screened.reasons[0]
    needed, travel, limit = reason.text.split("; ")
    assert (needed, limit) == ("14 hours needed", "6 hours given")
    assert travel.startswith("4 hours")


# ------------------------------------------------------------------- shortage

SHORT = tables(
    roles=[
        role("ivig"),
        role("plasma_exchange", can_replace_ig=True),
        role("corticosteroids", "later_line", can_replace_ig=True),
        role("immunosuppressants"),
        role("scig", can_replace_ig=True),
    ],
    rules=[
        rule("L6", "apheresis=none", "not_suitable", options="plasma_exchange", kind="logistics"),
        rule("L5", "apheresis=by_transfer", "caution", options="plasma_exchange", kind="logistics"),
        rule("S4", "ig_supply=critical", "caution", options="ivig", needs="tier=unknown;ig_replaceable", kind="supply"),
        rule("S1", "ig_supply=critical", "note", options="ivig", needs="tier=highest", kind="supply", text="{word}"),
        rule("S2", "ig_supply=critical", "not_suitable", options="ivig", needs="tier=second", kind="supply",
             text="{word}"),
    ],
    supply_tiers=[
        tiny.tier("second", "france", "blue"),
        tiny.tier("highest", "france", "red", unless_suitable="plasma_exchange"),
    ],
)  # fmt: skip


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, "suitable"),
        ({"ig_supply": "critical"}, "caution"),
        ({"ig_supply": "critical", "apheresis": "by_transfer"}, "suitable"),
        ({"ig_supply": "critical", "apheresis": "none"}, "suitable"),
        ({"ig_supply": "critical", "supply_plan": "uk"}, "caution"),
        ({"ig_supply": "critical", "supply_plan": "france"}, "not_suitable"),
        ({"ig_supply": "critical", "supply_plan": "france", "apheresis": "none"}, "suitable"),
        ({"ig_supply": "normal", "supply_plan": "france"}, "suitable"),
    ],
)
def test_a_shortage_asks_whether_something_else_can_stand_in(said, expected):
    assert verdict(SHORT, "ivig", **said) == expected


@pytest.mark.parametrize(
    ("name", "cells", "expected"),
    [
        ("plasma_exchange", {}, "caution"),
        ("plasma_exchange", {"can_replace_ig": False}, "suitable"),
        ("plasma_exchange", {"role": "add_on", "base_verdict": "suitable"}, "suitable"),
        ("plasma_exchange", {"role": "later_line"}, "suitable"),
        ("scig", {}, "suitable"),
    ],
)
def test_what_can_stand_in(name, cells, expected):
    row = role(name, cells.pop("role", "alternative"), **{"can_replace_ig": True, **cells})
    rules = [rule("S4", "ig_supply=critical", "caution", options="ivig", needs="ig_replaceable", kind="supply")]
    assert verdict(tables(roles=[role("ivig"), row], rules=rules), "ivig", ig_supply="critical") == expected


@pytest.mark.parametrize(("apheresis", "word"), [("on_site", "blue"), ("none", "red")])
def test_the_words_of_the_plan_are_given(apheresis, word):
    found = tiny.ask(SHORT, ig_supply="critical", supply_plan="france", apheresis=apheresis).option("ivig")
    assert word in [reason.text for reason in found.screened.reasons]
    assert found.supply.tier.word == word


# ------------------------------------------------------------ the shipped tables

GAP = re.compile(r"^[\s,.;:]|\s[\s,.;:]|,\s*,|\b(and|or)\s*[,.]|\{")

SHIPPED = [
    # condition, situation, what was said, option, verdict, kind of the first reason
    ("cidp", "maintenance", {}, "ivig", "suitable", "role"),
    ("cidp", "maintenance", {"needles": "anxious"}, "ivig", "suitable", "role"),
    ("cidp", "maintenance", {"travel_minutes": 120}, "ivig", "caution", "logistics"),
    ("cidp", "maintenance", {"place": "home_only"}, "ivig", "caution", "logistics"),
    ("cidp", "maintenance", {"place": "home_only"}, "plasma_exchange", "not_suitable", "logistics"),
    ("cidp", "maintenance", {"apheresis": "none"}, "plasma_exchange", "not_suitable", "logistics"),
    ("cidp", "maintenance", {"health": "ig_anaphylaxis"}, "ivig", "not_suitable", "health"),
    ("cidp", "maintenance", {"health": "ig_anaphylaxis"}, "scig", "caution", "health"),
    ("cidp", "maintenance", {"health": "thrombosis_risk"}, "scig", "caution", "health"),
    ("cidp", "maintenance", {"igg": "below_4"}, "fcrn_blocker", "not_suitable", "health"),
    ("cidp", "maintenance", {"budget_per_year": 1}, "ivig", "not_suitable", "cost"),
    ("cidp", "maintenance", {"hours_per_month": 1}, "ivig", "not_suitable", "logistics"),
    ("cidp", "maintenance", {"ig_supply": "critical"}, "ivig", "caution", "supply"),
    ("cidp", "maintenance", {"ig_supply": "tight"}, "ivig", "suitable", "role"),
    ("pi_antibody", "switch", {"health": "ig_anaphylaxis"}, "ivig", "caution", "health"),
    ("pi_antibody", "switch", {"ig_supply": "critical"}, "ivig", "suitable", "role"),
    ("pi_antibody", "switch", {"self_infusion": "no"}, "scig", "caution", "logistics"),
    ("pi_antibody", "switch", {"pregnancy": "pregnant"}, "fscig", "caution", "health"),
    ("gbs", "cannot_walk", {"travel_minutes": 600}, "ivig", "suitable", "role"),
    ("gbs", "cannot_walk", {"hours_per_month": 0}, "plasma_exchange", "suitable", "role"),
    ("gbs", "cannot_walk", {"place": "home_only"}, "plasma_exchange", "suitable", "role"),
    ("gbs", "cannot_walk", {"budget_per_year": 0}, "ivig", "caution", "cost"),
    ("gbs", "cannot_walk", {"apheresis": "none"}, "plasma_exchange", "not_suitable", "logistics"),
    ("gbs", "cannot_walk", {"ig_supply": "critical"}, "ivig", "caution", "supply"),
    ("gbs", "cannot_walk", {"ig_supply": "critical", "apheresis": "none"}, "ivig", "suitable", "role"),
    ("gbs", "cannot_walk", {"health": "active_infection"}, "ivig", "caution", "health"),
    ("itp_adult", "long_lasting", {"health": "rh_negative"}, "anti_d", "not_suitable", "health"),
    ("itp_adult", "long_lasting", {"health": "no_spleen"}, "splenectomy", "not_suitable", "health"),
    ("itp_adult", "bleeding_now", {"ig_supply": "critical"}, "ivig", "suitable", "role"),
]


@pytest.mark.parametrize(("condition", "situation", "said", "option", "expected", "kind"), SHIPPED)
def test_settled_rules(catalogue, condition, situation, said, option, expected, kind):
    screened = compare(catalogue, Scenario(condition, situation, **said)).option(option).screened
    assert (screened.verdict, screened.reasons[0].kind) == (expected, kind)


def test_no_reason_is_left_with_a_gap(catalogue):
    """A blank that nothing fills leaves a double space or a lone comma behind."""
    said = {clause for row in catalogue.rules for clause in trigger.parse(row.when) if clause.floor is None}
    facts = {(c.key, value) for c in said for value in c.values if c.key not in ("condition", "situation")}
    gaps = []
    for place in catalogue.roles:
        for key, value in sorted(facts):
            for option in compare(catalogue, Scenario(*place, **{key: value})).options:
                for reason in option.screened.reasons:
                    texts = (reason.text, reason.changes_if or "Nothing.")
                    gaps += [(*place, reason.code, text) for text in texts if GAP.search(text)]
    assert sorted(set(gaps)) == []
