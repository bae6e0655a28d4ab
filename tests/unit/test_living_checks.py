"""What the checks of the catalogue say about rows on living with a treatment, its days and its reviews."""

import pytest
from test_catalogue import Folder, at


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "data")


def add(folder, table, **cells):
    """Add a row, the cells that are not given copied from the first one; return its number."""
    rows = folder.read(table)
    new = dict(zip(rows[0], rows[1], strict=True)) | cells
    folder.write(table, [*rows, [new[column] for column in rows[0]]])
    return len(rows) + 1


def drop(folder, table, where):
    rows = folder.read(table)
    kept = [row for row in rows[1:] if not where(dict(zip(rows[0], row, strict=True)))]
    assert len(kept) < len(rows) - 1
    folder.write(table, [rows[0], *kept])


def test_an_option_without_a_row_on_a_side_of_life(folder):
    drop(folder, "living", lambda row: row["aspect"] == "sleep" and row["option"] == "anti_d")
    found = [str(problem) for problem in folder.problems()]
    assert found
    assert all("no row in living.csv on sleep of anti_d" in text for text in found)


def test_two_rows_that_fit_alike(folder):
    line = add(folder, "living", living="rival", aspect="sleep", option="anti_d", conditions="*", agents="")
    assert any("just as closely" in text for text in at(folder.problems(), "living", line, "conditions"))


@pytest.mark.parametrize(
    ("column", "value", "what"),
    [
        ("agents", "nobody", "nobody is no agent of ivig"),
        ("conditions", "cidp/nowhere", "is no condition or situation"),
    ],
)
def test_a_word_that_nobody_knows(folder, column, value, what):
    line = folder.set("living", {column: value}, lambda row: row["option"] == "ivig" and row["conditions"] != "*")
    assert any(what in text for text in at(folder.problems(), "living", line, column))


@pytest.mark.parametrize(
    ("what", "where", "cells", "column"),
    [
        ("as many days as sessions", {"phase": "course"}, {"days": "1;2;3;4;5;6;7;8;9"}, "days"),
        ("in order", {"phase": "course"}, {"days": "2;1"}, "days"),
        ("a start says when it ends", {"phase": "start"}, {"next_day": ""}, "next_day"),
        ("a start ends before the rest begins", {"phase": "start"}, {"days": "1;400"}, "next_day"),
        ("a course belongs to one course", {"phase": "interval"}, {"phase": "course"}, "phase"),
        ("days lie within the interval", {"phase": "interval", "option": "ivig"}, {"days": "1;200"}, "days"),
    ],
)
def test_days_fit_the_regimen(folder, what, where, cells, column):
    line = folder.set("session_days", cells, lambda row: all(row[key] == value for key, value in where.items()))
    assert at(folder.problems(), "session_days", line, column)


def test_a_situation_without_a_time_to_look_again(folder):
    drop(folder, "reviews", lambda row: row["condition"] == "lems" and not row["option"])
    assert any("nothing says when to look again" in str(problem) for problem in folder.problems())


def test_a_review_of_an_option_that_is_not_used(folder):
    line = folder.set("reviews", {"option": "gene_therapy"}, lambda row: row["condition"] == "cidp" and row["option"])
    assert any("not used" in text for text in at(folder.problems(), "reviews", line, "option"))


def test_weeks_the_wrong_way_round(folder):
    line = folder.set("reviews", {"weeks_low": "9", "weeks_high": "3"}, lambda row: row["weeks_high"])
    assert at(folder.problems(), "reviews", line, "weeks_low")
