"""A case that cannot be taught from never reaches a reader: each problem says where it is and how to mend it."""

import pytest
from test_catalogue import Folder, at

from decision import load_catalogue


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "data")


def gbs(row):
    return row["case"] == "gbs-travel"


def question(row):
    return gbs(row) and row["kind"] == "question" and row["position"] == "1"


def test_the_shipped_cases_are_in_order(folder, catalogue):
    assert load_catalogue(folder.path).cases == catalogue.cases


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("travel_minutes=far", "not a number"),
        ("travel_minutes=9999", "out of range"),
        ("place=moon", "not known for place"),
        ("nothing=1", "not something this page knows"),
        ("health=diabetes,nothing", "not a health point"),
    ],
)
@pytest.mark.parametrize("side", ["scenario_a", "scenario_b"])
def test_a_query_reads_without_a_notice(folder, side, query, says):
    line = folder.set("cases", {side: query}, gbs)
    assert any(says in problem for problem in at(folder.problems(), "cases", line, side))


@pytest.mark.parametrize("query", ["travel_minutes", "=5", "travel_minutes=5 &place=any", "?travel_minutes=5", "a=b=c"])
def test_a_query_has_the_form_of_a_link(folder, query):
    line = folder.set("cases", {"scenario_b": query}, gbs)
    assert at(folder.problems(), "cases", line, "scenario_b")


def test_a_query_leaves_the_place_to_its_columns(folder):
    line = folder.set("cases", {"scenario_b": "condition=cidp&travel_minutes=5"}, gbs)
    assert any("names the condition" in problem for problem in at(folder.problems(), "cases", line, "scenario_b"))


def test_two_scenarios_that_are_the_same_teach_nothing(folder):
    line = folder.set("cases", {"scenario_a": "travel_minutes=20", "scenario_b": "travel_minutes=20"}, gbs)
    assert any("are the same" in problem for problem in at(folder.problems(), "cases", line, "scenario_b"))


def test_a_case_in_a_place_that_does_not_exist(folder):
    line = folder.set("cases", {"situation": "nowhere"}, gbs)
    assert at(folder.problems(), "cases", line, "condition, situation")


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("a/ivig/nothing", "not known or no row"),
        ("a/nothing/time", "no treatment in this situation"),
        ("a/tpo_ra/time", "no treatment in this situation"),
        ("a/fcrn_blocker/better_4w", "not known or no row"),
        ("a/complement_inhibitor/time", "not known or no row"),
        ("a/complement_inhibitor/onset", "not known or no row"),
        ("a/immunoadsorption/cost", "not known or no row"),
        ("a/no_treatment/guideline", "not known or no row"),
        ("a/ivig/match", "not known or no row"),
    ],
)
def test_an_answer_stands_in_a_cell_that_is_known(folder, cell, says):
    line = folder.set("case_parts", {"cells": cell}, question)
    assert any(says in problem for problem in at(folder.problems(), "case_parts", line, "cells"))


@pytest.mark.parametrize("cell", ["c/ivig/time", "a/ivig", "ivig/time", "a/IVIG/time", "a/ivig/time/more", "a//time"])
def test_a_cell_is_named_by_side_option_and_row(folder, cell):
    line = folder.set("case_parts", {"cells": cell}, question)
    assert at(folder.problems(), "case_parts", line, "cells")


def test_a_question_without_an_answer(folder):
    line = folder.set("case_parts", {"cells": ""}, question)
    assert any("has no cell" in problem for problem in at(folder.problems(), "case_parts", line, "cells"))


@pytest.mark.parametrize("column", ["role", "unaware"])
def test_a_role_card_names_its_role_and_what_it_may_not_know(folder, column):
    line = folder.set("case_parts", {column: ""}, lambda row: gbs(row) and row["kind"] == "role_card")
    assert at(folder.problems(), "case_parts", line, "role")


@pytest.mark.parametrize(("kind", "column"), [("role_card", "case"), ("question", "case"), ("point", "case")])
def test_a_case_has_all_its_parts(folder, kind, column):
    rows = folder.read("case_parts")
    folder.write("case_parts", [row for row in rows if not (row[0] == "gbs-travel" and row[1] == kind)])
    line = next(n for n, row in enumerate(folder.read("cases"), 1) if row[0] == "gbs-travel")
    assert any(f"0 of {kind}" in problem for problem in at(folder.problems(), "cases", line, column))


def test_a_part_of_no_case(folder):
    line = folder.set("case_parts", {"case": "nothing"}, question)
    assert at(folder.problems(), "case_parts", line, "case")


def test_a_wording_that_is_missing(folder):
    rows = folder.read("frames")
    folder.write("frames", [row for row in rows if row[0] != "one_in"])
    assert any("one_in is missing" in problem for problem in at(folder.problems(), "frames", 2, "frame"))
