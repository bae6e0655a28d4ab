"""The standards for decision aids: each check holds on good tables, and a single broken row turns its item unmet."""

import datetime
from dataclasses import replace
from types import SimpleNamespace

import pytest

from decision import ipdas_checks
from decision.catalogue import Catalogue
from decision.ipdas import assess, label, newest, tallies, where
from decision.ipdas_checks import CHECKS, SAID_SO
from decision.reading import MEDIAN, Part, Report

CIDP, SITUATION = "cidp", "maintenance"
PLACE = f"{CIDP}/{SITUATION}"
BENEFITS = ("benefit",)


@pytest.fixture(scope="module")
def tables(catalogue):
    """Return the shipped tables of one illness, so that a check is quick."""
    kept = {
        name: tuple(row for row in rows if getattr(row, "condition", None) in (None, CIDP))
        for name, rows in catalogue.tables.items()
    }
    return Catalogue(kept, "one illness")


@pytest.fixture(scope="module")
def today(catalogue):
    return newest(catalogue)


def read(tables, median=MEDIAN):
    """Return a reading report in which one situation has this median."""
    parts = {f"{CIDP}/{situation}": Part(100, 3.0, 8.0) for _, situation in tables.roles}
    return Report(100, 0, 0, 3.0, 8.0, (), {**parts, PLACE: Part(100, median, 8.0)}, "a test")


def changed(tables, name, where=lambda row: True, **cells):
    """Return the tables with other cells in some rows, unchecked: broken rows are what the checks are for."""
    rows = tuple(row.model_copy(update=cells) if where(row) else row for row in tables.tables[name])
    assert rows != tables.tables[name], "nothing is broken"
    return replace(tables, tables={**tables.tables, name: rows})


def without(tables, name, where):
    rows = tuple(row for row in tables.tables[name] if not where(row))
    assert rows != tables.tables[name], "nothing is taken out"
    return replace(tables, tables={**tables.tables, name: rows})


def phrase(tables, name, text=" "):
    return changed(tables, "phrases", lambda row: row.phrase == name, text=text)


def here(row):
    return row.situation == SITUATION


def figure(row):
    return here(row) and row.comparison != "none"


def gap(row):
    return here(row) and row.comparison == "none"


def of_scig(tables, criteria):
    names = {row.outcome for row in tables.outcomes[CIDP, SITUATION] if (row.criterion in BENEFITS) is criteria}
    return without(tables, "effects", lambda row: here(row) and row.option == "scig" and row.outcome in names)


def only_no_treatment(tables):
    return changed(tables, "roles", lambda row: here(row) and row.option != "no_treatment", role="not_used")


BREAKS = {
    "condition": lambda t: changed(t, "conditions", description=""),
    "decision": lambda t: changed(t, "situations", here, decision=" "),
    "options": lambda t: changed(t, "roles", lambda r: here(r) and r.option == "no_treatment", role="not_used"),
    "good_points": lambda t: of_scig(t, True),
    "bad_points": lambda t: of_scig(t, False),
    "living": lambda t: without(t, "living", lambda row: row.option == "scig" and row.aspect == "work"),
    "equal_detail": lambda t: without(t, "onset", lambda row: here(row) and row.option == "scig"),
    "sources": lambda t: changed(t, "effects", figure, source_ids=("own_judgement",)),
    "dates": lambda t: changed(t, "effects", here, checked=newest(t) + datetime.timedelta(days=1)),
    "review": lambda t: changed(t, "living", checked=newest(t) - datetime.timedelta(days=400)),
    "uncertainty": lambda t: changed(t, "effects", figure, certainty_reason=""),
    "funding": lambda t: phrase(t, "funding.unknown"),
    "no_treatment": lambda t: changed(t, "situations", here, without_treatment=""),
    "side_by_side": only_no_treatment,
    "chances": lambda t: changed(t, "effects", gap, note=None),
    "people_counted": lambda t: changed(t, "effects", figure, population=None),
    "event_rates": lambda t: changed(t, "outcomes", here, per=7),
    "same_time": lambda t: changed(t, "effects", figure, follow_up=None),
    "same_people": lambda t: changed(t, "effects", figure, denominator=None),
    "views": lambda t: phrase(t, "cell.sentence"),
    "values": lambda t: changed(t, "outcomes", here, criterion="benefit"),
    "steps": lambda t: without(t, "reviews", here),
    "methods": lambda t: changed(t, "effects", figure, as_read=None),
    "certainty": lambda t: changed(t, "effects", figure, certainty="not_rated"),
    "authors": lambda t: phrase(t, "about.made"),
}
"""For each check a single thing broken in the tables of a situation."""

OTHERWISE = {"questions", "reading"}
"""Checks that do not hang on the tables; their own tests break them."""


def of(tables, today, check, reading=None):
    """Return the items with a check."""
    found = [one for one in assess(tables, today, reading or read(tables)) if one.item.check == check]
    assert found
    return found


def test_every_check_is_broken_by_some_test():
    assert set(BREAKS) | OTHERWISE == set(CHECKS)
    assert not set(BREAKS) & OTHERWISE


def test_every_item_that_is_worked_out_is_met_where_all_is_in_order(tables, today):
    found = assess(tables, today, read(tables))
    assert {one.item.item: one.fails for one in found if one.fails} == {}
    assert all(one.state == "met" and one.holds == one.of == len(tables.roles) for one in found if one.of)


@pytest.mark.parametrize("check", BREAKS)
def test_a_broken_row_turns_the_item_unmet(tables, today, check):
    broken = BREAKS[check](tables)
    for one in of(broken, today, check):
        assert one.state == "unmet"
        assert PLACE in one.fails
        assert one.holds == one.of - len(one.fails)


def test_a_figure_that_names_no_source_at_all_is_found(tables, today):
    broken = changed(tables, "prices", source_ids=())
    assert of(broken, today, "sources")[0].state == "unmet"


def test_the_project_says_who_paid_for_it(tables, today):
    assert of(phrase(tables, "card.who.text"), today, "funding")[0].state == "unmet"


def test_a_situation_without_a_row_of_reading_or_without_any_measure_is_unmet(tables, today):
    assert of(tables, today, "reading")[0].state == "met"
    hard = of(tables, today, "reading", read(tables, MEDIAN + 0.1))[0]
    assert (hard.state, hard.fails) == ("unmet", (PLACE,))
    assert all(one.state == "unmet" for one in assess(tables, today, None) if one.item.check == "reading")


@pytest.mark.parametrize("made", [(), (SimpleNamespace(text=" "),)], ids=["none", "blank"])
def test_questions_are_unmet_where_none_are_made(tables, today, monkeypatch, made):
    monkeypatch.setattr(ipdas_checks, "suggest", lambda comparison, shown, visit, words: made)
    found = of(tables, today, "questions")[0]
    assert (found.state, found.holds) == ("unmet", 0)
    assert where(found, tables) == tables.words("ipdas.holds", n=0, all=found.of)


def test_what_is_asked_of_no_figure_does_not_hold(tables, today):
    """A situation without any figure must not pass for one whose figures are all in order."""
    empty = changed(
        changed(tables, "effects", here, comparison="none", measure="none", value=None, events=None, note="No trial.",
                unknown_reason="no_trial"),
        "outcomes", here, reference_events=None, reference_value=None, reference_total=None,
    )  # fmt: skip
    checks = ("chances", "people_counted", "event_rates", "same_time", "same_people", "views", "uncertainty")
    assert [name for name in checks if of(empty, today, name)[0].state == "met"] == []


def test_no_situation_means_nothing_is_met(tables, today):
    nothing = replace(tables, tables={**tables.tables, "roles": ()})
    assert {one.state for one in assess(nothing, today, None)} == {"unmet", "not_applicable"}


# ------------------------------------------------------------- people, tests, tallies


def test_what_needs_people_is_unmet_and_says_why(tables, today):
    found = [one for one in assess(tables, today, read(tables)) if one.item.check == "people"]
    assert found
    assert all(one.state == "unmet" and where(one, tables) == one.item.reason for one in found)


def test_tallies_count_only_what_applies(tables, today):
    found = assess(tables, today, read(tables))
    for tally in tallies(found):
        states = [one.state for one in found if one.item.group == tally.group]
        assert tally.met == states.count("met")
        assert tally.of == states.count("met") + states.count("unmet")
        assert tally.not_applicable == states.count("not_applicable")
    worse = tallies(assess(BREAKS["dates"](tables), today, read(tables)))
    assert sum(tally.met for tally in worse) == sum(tally.met for tally in tallies(found)) - 1


def test_an_unmet_item_says_in_how_many_situations_it_holds(tables, today):
    found = of(BREAKS["dates"](tables), today, "dates")[0]
    said = tables.words("ipdas.holds", n=found.holds, all=found.of)
    assert where(found, tables).startswith(said)
    assert found.item.look_at in where(found, tables)
    assert found.item.look_at in where(of(tables, today, "dates")[0], tables)


def test_labels_are_the_numbers_of_the_standards(tables):
    assert [label(row, tables) for row in tables.ipdas] == [
        *(f"{n}" for n in range(1, 7)), *(f"C{n}" for n in range(1, 11)), *(f"Q{n}" for n in range(1, 29)),
    ]  # fmt: skip


# -------------------------------------------------------------------- said so


def test_what_is_counted_as_said_so_belongs_to_a_check():
    assert set(SAID_SO) <= set(CHECKS)


def test_overdue_prices_are_counted_and_the_item_is_met_because_the_page_says_so(tables, today):
    late = changed(tables, "prices", checked=today - datetime.timedelta(days=100))
    found = of(late, today, "review")[0]
    assert found.state == "met"
    assert found.said_so > 0
    assert of(tables, today, "review")[0].said_so == 0
    assert tables.words("ipdas.said.review", n=found.said_so) in where(found, late)


def test_a_figure_without_a_range_is_counted(tables, today):
    before = of(tables, today, "uncertainty")[0].said_so
    bare = changed(
        tables, "effects", lambda row: figure(row) and row.measure in ("RR", "OR", "HR") and row.value,
        low=None, high=None,
    )  # fmt: skip
    assert of(bare, today, "uncertainty")[0].said_so > before


def test_a_source_whose_payer_is_not_known_is_counted_once(tables, today):
    unknown = changed(tables, "sources", funding="unknown")
    assert of(tables, today, "funding")[0].said_so < of(unknown, today, "funding")[0].said_so <= len(tables.sources)


def test_a_figure_over_another_time_is_counted(tables, today):
    before = of(tables, today, "same_time")[0].said_so
    found = of(changed(tables, "outcomes", here, follow_up="another time"), today, "same_time")[0]
    assert found.state == "met"
    assert found.said_so > before
