"""A list of people: each row gets the answer of the comparison, nothing is lost, parts add up to the whole."""

from dataclasses import fields, replace
from decimal import Decimal
from functools import cache
from itertools import islice
from random import Random

import pytest
import tiny
from hypothesis import given
from hypothesis import strategies as st
from people import anyone, facts, places, shipped
from tiny import price, regimen, role

from decision import Scenario, cohort, compare
from decision.cohort import CohortRow, Summary, assess, assess_in_processes, marked, summary
from decision.comparison import cases_of
from decision.scenario import CHOICES, HEALTH, NUMBERS, OPTIONS, read
from decision.screening import ROLE_RANK, WORST, Signature, judge

# ---------------------------------------------------- the answer of the comparison


def held(result):
    """Say whether the shortage lowers the verdict of an option, by the reasons a person reads."""
    return any(reason.kind == "supply" and WORST[reason.effect] > 0 for reason in result.screened.reasons)


def in_order(results):
    """Sort by the stated rule: what fits first, then the higher role, then the neutral order."""
    known = [result for result in results if result.verdict != "not_suitable"]
    return sorted(known, key=lambda r: (r.verdict == "caution", ROLE_RANK.get(r.role.role, 4)))


def grams_of(result):
    grams = result.supply.grams
    if grams is None:
        return None, None
    if result.regimen and result.regimen.pattern == "single":
        return 0.0, round(grams.value, 1)
    return round(grams.value / 12, 1), 0.0


def answer(catalogue, cells):
    """Work out a row from what the comparison shows on its page."""
    said = {key: cell for key, cell in cells.items() if key not in ("id", "current")}
    scenario, notices = read(said, catalogue)
    after, now = compare(catalogue, scenario), compare(catalogue, replace(scenario, ig_supply="normal"))
    current = {"": "ivig", "none": "no_treatment"}.get(cells["current"], cells["current"])
    here = after.option(current)
    ig = [r for r in after.options if r.option.family == "immunoglobulin"]
    others = [r for r in after.options if r.option.family != "immunoglobulin" and r.role.can_replace_ig]
    stand_ins = in_order(others)
    forms = in_order(r for r in ig if not held(r))
    if here.option.family != "immunoglobulin":
        decision, then, stand_ins = "not_on_ig", here, []
    elif here in forms:
        decision, then = "keeps_ig", here
    elif forms:
        decision, then = "keeps_ig", forms[0]
    elif stand_ins:
        decision, then = "can_move_to", stand_ins[0]
    else:
        decision, then = "no_alternative", here
    costs = [None if r.cost.per_year is None else round(r.cost.per_year.value) for r in (here, then)]
    tier = next((r.supply.tier.tier for r in ig if r.supply.tier), "unknown")
    on_ig = decision != "not_on_ig"
    expected = {
        "status": "ok",
        "problem": "",
        "notices": notices,
        "condition": scenario.condition,
        "situation": scenario.situation,
        "ig_supply": scenario.ig_supply,
        "tier": tier,
        "current": current,
        "verdict_now": now.option(current).verdict if on_ig else "",
        "verdict_after": here.verdict if on_ig else "",
        "decision": decision,
        "after": then.option.option,
        "can_move_to": tuple(r.option.option for r in stand_ins),
        "cost_per_year_now": costs[0],
        "cost_per_year_after": costs[1],
        "cost_change": 0 if then is here else None if None in costs else costs[1] - costs[0],
        "currency": here.cost.currency,
    }
    for name, mine, theirs in zip(("month", "course"), grams_of(here), grams_of(then), strict=True):
        kind = f"per_{name}" if name == "month" else name
        expected[f"grams_{kind}_now"] = mine
        freed = None if mine is None or theirs is None else round(mine - theirs, 1)
        expected[f"grams_{kind}_freed"] = 0.0 if then is here else freed
    return expected


def row_of(scenario, current, id_="p1"):
    return {"id": id_, "current": current, **scenario.to_query(with_body=True)}


CURRENT = (*("", "ivig", "scig", "fscig") * 6, "none", *OPTIONS)


def agrees(cells):
    (found,) = assess(shipped(), [cells])
    expected = answer(shipped(), cells)
    assert {name: getattr(found, name) for name in expected} == expected


@given(places(), facts(), st.sampled_from(CURRENT))
def test_a_row_says_what_the_comparison_says(place, said, current):
    agrees(row_of(Scenario(*place, **said), current))


@pytest.mark.parametrize("supply", CHOICES["ig_supply"])
@pytest.mark.parametrize("plan", CHOICES["supply_plan"])
def test_every_situation_says_what_the_comparison_says_in_every_plan(supply, plan):
    rng = Random(f"{supply} {plan}")
    for place in shipped().roles:
        said = replace(anyone(rng, place), ig_supply=supply, supply_plan=plan)
        agrees(row_of(said, rng.choice(CURRENT)))


def test_what_is_remembered_of_one_row_is_right_for_the_next():
    """One long list with the memory of all rows before, against each row asked alone."""
    rng = Random(5)
    places_ = [place for place in shipped().roles if place[0] in ("cidp", "gbs", "itp_adult")]
    rows = [row_of(anyone(rng, rng.choice(places_)), rng.choice(CURRENT), f"p{n}") for n in range(1500)]
    together = list(assess(shipped(), rows))
    alone = [next(assess(shipped(), [row])) for row in rows]
    assert [replace(row, line=2) for row in together] == alone


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(cohort, "REMEMBERED", 3)
    rng = Random(6)
    rows = [row_of(anyone(rng, ("cidp", "maintenance")), "", f"p{n}") for n in range(60)]
    verdicts = cohort._Judge(shipped())
    found = list(cohort._assessed(verdicts, marked(shipped(), rows)))
    assert len(verdicts._seen) == 3
    assert found == list(assess(shipped(), rows))


# --------------------------------------------------------------------- signature

NUDGES = {
    "weight_kg": lambda s: min(250, s.weight_kg + 0.5),
    "travel_minutes": lambda s: min(600, s.travel_minutes + 1),
    "detail": lambda s: "clinical",
    "igg": lambda s: "above_6",
    "mg_antibody": lambda s: "achr",
    "prices": lambda s: "uk",
    "health": lambda s: tuple({*s.health, "hyperprolinaemia"}),
}


@given(places(), facts(), st.sampled_from(sorted(NUDGES)))
def test_where_the_signature_is_the_same_the_verdicts_are(place, said, key):
    one = Scenario(*place, **said)
    two = replace(one, **{key: NUDGES[key](one)})
    signature = Signature(shipped())
    if signature(one) != signature(two):
        return
    for supply in CHOICES["ig_supply"]:
        pair = [replace(scenario, ig_supply=supply) for scenario in (one, two)]
        verdicts = [[option.verdict for option in compare(shipped(), scenario).options] for scenario in pair]
        assert verdicts[0] == verdicts[1]


def test_a_weight_and_a_journey_that_pass_no_threshold_do_not_change_the_signature():
    signature = Signature(shipped())
    one = Scenario("cidp", "maintenance", weight_kg=70, travel_minutes=30)
    assert signature(one) == signature(replace(one, weight_kg=71.5, travel_minutes=31))
    assert signature(one) != signature(replace(one, travel_minutes=600))
    budget = replace(one, budget_per_year=1000)
    assert signature(budget) != signature(replace(budget, weight_kg=71))
    hours = replace(one, hours_per_month=5)
    assert signature(hours) != signature(replace(hours, travel_minutes=31))


@given(places(), facts())
def test_judging_without_words_gives_the_verdicts_with_words(place, said):
    scenario = Scenario(*place, **said)
    cases = cases_of(shipped(), scenario, shipped().options)
    found = {option: judged.verdict for option, judged in judge(shipped(), scenario, cases).items()}
    assert found == {option.option.option: option.verdict for option in compare(shipped(), scenario).options}


# ------------------------------------------------------------------ by hand

ROLES = [
    role("ivig"),
    role("scig"),
    role("plasma_exchange", can_replace_ig=True),
    role("corticosteroids", "alternative", can_replace_ig=True),
    role("anti_cd20", "alternative"),
    role("no_treatment", "not_recommended"),
]
SHORT = {"kind": "supply", "options": "ivig;scig;fscig"}
SMALL = tiny.tables(
    roles=ROLES,
    regimens=[
        regimen("ivig", grams_per_kg=1, interval_weeks=4),
        regimen("scig", grams_per_kg=0.2, interval_weeks=1),
        regimen("plasma_exchange", sessions=2, interval_weeks=4),
        regimen("corticosteroids"),
    ],
    prices=[price("ivig", 100), price("scig", 200), price("plasma_exchange", 1000, unit="session")],
    rules=[
        tiny.rule("S1", "ig_supply=critical", "caution", **SHORT),
        tiny.rule("S2", "ig_supply=tight", "note", **SHORT),
        tiny.rule("A1", "apheresis=none", "not_suitable", kind="logistics", options="plasma_exchange"),
        tiny.rule("A2", "apheresis=by_transfer", "caution", kind="logistics", options="plasma_exchange"),
        tiny.rule("D1", "health=diabetes", "not_suitable", options="corticosteroids"),
        tiny.rule("I1", "health=iga_deficiency_anti_iga", "not_suitable", options="ivig"),
    ],
)


def one(**cells):
    (found,) = assess(SMALL, [{"id": "p1", "condition": "tiny", "weight_kg": "70", "prices": "us", **cells}])
    return found


@pytest.mark.parametrize(
    ("said", "decision", "after", "stand_ins"),
    [
        ({}, "keeps_ig", "ivig", "plasma_exchange corticosteroids"),
        ({"ig_supply": "tight"}, "keeps_ig", "ivig", "plasma_exchange corticosteroids"),
        ({"ig_supply": "critical"}, "can_move_to", "plasma_exchange", "plasma_exchange corticosteroids"),
        (
            {"ig_supply": "critical", "apheresis": "by_transfer"},
            "can_move_to",
            "corticosteroids",
            "corticosteroids plasma_exchange",
        ),
        ({"ig_supply": "critical", "apheresis": "none"}, "can_move_to", "corticosteroids", "corticosteroids"),
        ({"ig_supply": "critical", "apheresis": "none", "health": "diabetes"}, "no_alternative", "ivig", ""),
        ({"health": "iga_deficiency_anti_iga"}, "keeps_ig", "scig", "plasma_exchange corticosteroids"),
        ({"ig_supply": "critical", "current": "corticosteroids"}, "not_on_ig", "corticosteroids", ""),
        ({"ig_supply": "critical", "current": "none"}, "not_on_ig", "no_treatment", ""),
    ],
)
def test_the_rule(said, decision, after, stand_ins):
    found = one(**said)
    assert (found.decision, found.after, " ".join(found.can_move_to)) == (decision, after, stand_ins)


def test_grams_and_money_of_a_move():
    """70 kg: 70 g every 4 weeks are 910 g and 91,000 a year; exchange twice in 4 weeks is 26 sessions."""
    found = one(situation="calm", ig_supply="critical", current="ivig")
    assert (found.grams_per_month_now, found.grams_per_month_freed) == (75.8, 75.8)
    assert (found.cost_per_year_now, found.cost_per_year_after, found.cost_change) == (91_000, 26_000, -65_000)
    assert (found.grams_course_now, found.grams_course_freed, found.currency) == (0, 0, "USD")
    assert (found.verdict_now, found.verdict_after) == ("suitable", "caution")
    assert (found.assumed, found.unknown) == ((), ())


def test_another_form_frees_the_difference():
    """14 g every week are 728 g a year, 15 g less a month than the drip."""
    found = one(health="iga_deficiency_anti_iga")
    assert (found.grams_per_month_now, found.grams_per_month_freed, found.cost_change) == (75.8, 15.1, 54_600)
    assert (found.verdict_now, found.verdict_after) == ("not_suitable", "not_suitable")


def test_who_stays_changes_nothing_whatever_is_not_known():
    kept = one(prices="france")
    assert (kept.grams_per_month_freed, kept.cost_per_year_now, kept.cost_change) == (0, None, 0)
    assert kept.unknown == ("cost_now", "cost_after")
    stuck = one(ig_supply="critical", apheresis="none", health="diabetes")
    assert (stuck.grams_per_month_now, stuck.grams_per_month_freed, stuck.cost_change) == (75.8, 0, 0)


def test_what_is_not_known_is_named_and_never_zero():
    found = one(ig_supply="critical", apheresis="none", supply_plan="uk")
    assert (found.after, found.cost_per_year_after, found.cost_change) == ("corticosteroids", None, None)
    assert found.unknown == ("tier", "cost_after", "cost_change")
    exchange = one(current="plasma_exchange")
    assert (exchange.grams_per_month_now, exchange.cost_per_year_now) == (0, 26_000)


@pytest.mark.parametrize(
    ("said", "assumed"),
    [
        ({"situation": "calm", "current": "ivig"}, ()),
        ({"situation": "calm"}, ("current",)),
        ({"current": "ivig"}, ("situation",)),
        ({"situation": "calm", "current": "ivig", "weight_kg": ""}, ("weight_kg",)),
        ({"situation": "calm", "current": "ivig", "weight_kg": "heavy"}, ("weight_kg",)),
        ({"situation": "calm", "current": "ivig", "weight_kg": "nan"}, ("weight_kg",)),
        ({"situation": "calm", "current": "ivig", "weight_kg": "999"}, ()),
    ],
)
def test_what_the_figures_hang_on_and_was_not_said_is_named(said, assumed):
    assert one(**said).assumed == assumed


# ---------------------------------------------------------------- what people write


@pytest.mark.parametrize(
    ("said", "same"),
    [
        ({"condition": " TINY "}, {}),
        ({"Ig_Supply ": "Critical"}, {"ig_supply": "critical"}),
        ({"current": "IVIG"}, {"current": "ivig"}),
        ({"weight_kg": "72,5"}, {"weight_kg": "72.5"}),
        ({"price.ivig": "80,25"}, {"price.ivig": "80.25"}),
        ({"health": "diabetes;seizures"}, {"health": "diabetes,seizures"}),
        ({"health": "diabetes | seizures"}, {"health": "diabetes,seizures"}),
        ({"veins": None}, {}),
    ],
)
def test_ways_to_write_the_same(said, same):
    assert one(**said) == one(**same)


def test_a_thousand_with_a_comma_is_not_taken_for_one():
    found = one(budget_per_year="1,500")
    assert found.notices == ("“1,500” is not a number for budget per year. It was left out.",)


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"id": ""}, "row 2, column id: the cell is empty; give each row an id of its own"),
        ({"condition": ""}, "row 2, column condition: the cell is empty; use a name from conditions.csv, such as cidp"),
        ({"condition": "gout"}, "row 2, column condition: “gout” is not a condition here; use a name from conditions"),
        ({"situation": "soon"}, "row 2, column situation: “soon” is not a situation of this condition; use a name"),
        ({"current": "tea"}, "row 2, column current: “tea” is not a treatment here; use ivig, scig, fscig"),
        ({"condition": "x" * 9999}, "row 2, column condition: “" + "x" * 40 + "” is not a condition here;"),
    ],
)
def test_an_error_says_row_column_and_how_to_mend_it(cells, says):
    found = one(**cells)
    assert found.status == "error"
    assert found.problem.startswith(says)
    blank = CohortRow(found.id, found.line, "error", found.problem)
    assert found == blank


def test_what_cannot_be_used_is_a_notice_and_no_error():
    found = one(weight_kg="heavy", needles="blue", shoe="44", health="tall")
    assert found.status == "ok"
    assert len(found.notices) == 4


def test_an_id_stands_once():
    rows = [{"id": name, "condition": "tiny"} for name in ("a", "b", " a", "A", "a")]
    found = list(assess(SMALL, rows))
    assert [row.status for row in found] == ["ok", "ok", "error", "ok", "error"]
    assert found[2].problem == "row 4, column id: the id stands already in row 2; give each row an id of its own"


def test_a_row_of_the_standard_reader_with_too_many_cells_is_an_error():
    (found,) = assess(SMALL, [{"id": "a", "condition": "tiny", None: ["more"]}])
    assert (
        found.problem
        == "row 2: the row has more or fewer cells than there are columns; look for a missing quote or separator"
    )


WORDS = st.one_of(
    st.text(max_size=20),
    st.sampled_from([*OPTIONS, "none", "tiny", "calm", "urgent", *HEALTH, *(v for vs in CHOICES.values() for v in vs)]),
    st.floats().map(str),
)
KEYS = st.sampled_from(
    ["id", "condition", "situation", "current", "health", *CHOICES, *NUMBERS, "price.ivig", "w.cost"]
)


@given(st.lists(st.dictionaries(st.one_of(KEYS, st.text(max_size=9)), WORDS), max_size=9))
def test_whatever_is_written_each_row_has_an_answer_in_its_place(rows):
    found = list(assess(SMALL, rows))
    assert [row.line for row in found] == list(range(2, len(rows) + 2))
    assert all((row.status == "error") == bool(row.problem) for row in found)
    total = summary(found)
    assert total.rows == len(rows)
    assert total.errors + sum(total.decisions.values()) == len(rows)


# ----------------------------------------------------------------- sums and parts


def crowd(count, seed=1):
    rng = Random(seed)
    places_ = list(shipped().roles)
    rows = [row_of(anyone(rng, rng.choice(places_)), rng.choice(CURRENT), f"p{n}") for n in range(count)]
    rows[count // 2]["condition"] = "gout"
    rows[count // 3]["id"] = rows[1]["id"]
    return rows


def test_sums_are_those_of_the_rows():
    found = list(assess(shipped(), crowd(400)))
    total = summary(found)
    assert (total.rows, total.errors) == (400, 2)
    good = [row for row in found if row.status == "ok"]
    for name in (f.name for f in fields(Summary) if f.name.startswith("grams")):
        assert float(getattr(total, name)) == pytest.approx(sum(getattr(row, name) or 0 for row in good))
    for currency, change in total.cost_change.items():
        assert change == sum(row.cost_change or 0 for row in good if row.currency == currency)
    assert sum(total.moves.values()) == total.decisions["can_move_to"]
    assert total.unknown["cost_change"] == sum(row.cost_change is None for row in good)
    assert total.noticed == sum(bool(row.notices) for row in found)


@cache
def answered():
    return tuple(assess(shipped(), crowd(120, seed=2)))


@given(st.lists(st.integers(0, 120), min_size=2, max_size=2).map(sorted))
def test_parts_add_up_to_the_whole_however_they_are_cut(cuts):
    whole = answered()
    a, b, c = whole[: cuts[0]], whole[cuts[0] : cuts[1]], whole[cuts[1] :]
    one_, two, three = summary(a), summary(b), summary(c)
    assert (one_ + two) + three == one_ + (two + three) == summary(whole)
    assert sum((one_, two, three), Summary()) == summary(whole)
    assert two + one_ == one_ + two


def test_sums_hold_tenths_exactly():
    rows = [replace(answered()[0], status="ok", problem="", grams_per_month_now=0.1) for _ in range(1000)]
    assert summary(rows).grams_per_month_now == Decimal("100.0")


def test_a_list_is_read_as_it_comes():
    """The first answer is there before the second row is asked for."""
    asked = []

    def rows():
        for n in range(10**9):
            asked.append(n)
            yield {"id": f"p{n}", "condition": "tiny"}

    assert len(list(islice(assess(SMALL, rows()), 3))) == 3
    assert len(asked) == 3


def test_progress_is_told_every_so_many_rows():
    told = []
    rows = ({"id": f"p{n}", "condition": "tiny"} for n in range(25))
    assert len(list(assess(SMALL, rows, told.append, every=10))) == 25
    assert told == [10, 20]


def test_marking_twice_changes_nothing():
    rows = crowd(60)
    once = list(marked(shipped(), rows))
    assert list(marked(shipped(), once)) == once
    assert list(assess(shipped(), once)) == list(assess(shipped(), rows))


def test_partitions_that_were_marked_first_give_the_rows_of_the_whole():
    rows = list(marked(shipped(), crowd(90)))
    parts = [rows[:7], rows[7:8], rows[8:80], rows[80:]]
    assert [row for part in parts for row in assess(shipped(), part)] == list(assess(shipped(), rows))


def test_more_processes_give_the_same_rows_in_the_same_order(monkeypatch):
    monkeypatch.setattr(cohort, "ALONE", 100)
    monkeypatch.setattr(cohort, "CHUNK", 40)
    rows, told = crowd(700), []
    found = list(assess_in_processes(shipped(), rows, 2, told.append, every=250))
    assert found == list(assess(shipped(), rows))
    assert told == [250, 500]
