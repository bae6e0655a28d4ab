"""How old the facts are, by table: worked out from the day of each fact, on any day."""

import datetime

from hypothesis import given
from hypothesis import strategies as st
from tiny import effect, outcome, price, regimen, role, tables

from decision.age_of_facts import ages
from decision.coverage import without_benefit
from decision.facts import conflicts_by_condition, facts
from decision.review import due

MONDAY = datetime.date(2026, 3, 2)
days = st.dates(datetime.date(2024, 1, 1), datetime.date(2028, 1, 1))


@given(checked=st.lists(days, min_size=1, max_size=6), today=days)
def test_oldest_newest_overdue_and_next(checked, today):
    rows = [price(amount=n, unit="dose", checked=day) for n, day in enumerate(checked)]
    found = ages([fact for fact in facts(tables(prices=rows)) if fact.table == "prices"], today)
    (age,) = found
    assert (age.table, age.facts) == ("prices", len(checked))
    assert (age.oldest, age.newest) == (min(checked), max(checked))
    assert age.overdue == sum(today >= due(row) for row in rows)
    assert age.next_due == min(map(due, rows))
    assert (age.overdue > 0) == (today >= age.next_due)


def test_prices_are_due_sooner_than_other_facts():
    known = tables(roles=[role("ivig")], prices=[price(checked=MONDAY)], regimens=[regimen(checked=MONDAY)])
    found = {age.table: age for age in ages(facts(known), MONDAY + datetime.timedelta(days=100))}
    assert (found["prices"].overdue, found["regimens"].overdue) == (1, 0)
    assert found["regimens"].next_due > found["prices"].next_due


def test_facts_that_were_not_read_are_counted():
    known = tables(prices=[price(), price(amount=5, unit="dose", status="unchecked")])
    found = {age.table: age for age in ages(facts(known), MONDAY)}
    assert (found["prices"].facts, found["prices"].unchecked) == (2, 1)
    assert found["outcomes"].unchecked == 0


def test_conflicts_are_counted_by_condition():
    known = tables(roles=[role("ivig")], effects=[effect("ivig", "RR", 2.0, conflict="Another trial says less.")])
    assert conflicts_by_condition(facts(known)) == {"tiny": 2}  # in the calm and in the urgent situation
    assert conflicts_by_condition(facts(tables(roles=[role("ivig")], effects=[effect("ivig", "RR", 2.0)]))) == {}


def test_a_situation_without_a_figure_for_a_benefit_is_named():
    unknown = effect("ivig", "none", comparison="none", unknown_reason="no_trial", note="No trial.")
    known = effect("ivig", "proportion", 40.0, comparison="single_arm")
    harm = outcome("harm", criterion="serious_harm", direction="harm")
    risky = effect("ivig", "proportion", 4.0, comparison="single_arm", outcome="harm")
    roles, outcomes = [role("ivig"), role("no_treatment")], [outcome(), harm]
    both = {("tiny", "calm"), ("tiny", "urgent")}
    assert set(without_benefit(tables(roles=roles, outcomes=outcomes, effects=[unknown, risky]))) == both
    assert without_benefit(tables(roles=roles, outcomes=outcomes, effects=[known])) == ()
    not_used = [role("ivig", "not_used"), role("no_treatment")]
    assert set(without_benefit(tables(roles=not_used, outcomes=outcomes, effects=[known]))) == both
    asked = [outcome(reference_option="no_treatment", reference_value=30.0), harm]
    assert without_benefit(tables(roles=roles, outcomes=asked, effects=[unknown])) == ()
