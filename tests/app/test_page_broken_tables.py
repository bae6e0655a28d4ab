"""A table that breaks a rule closes the page: it names file, row and column, and shows no verdict."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from page_reading import change, columns, document, having, rows_of, text, write

from decision.catalogue import DATA_DIR

PAGES = ("compare", "about", "evidence")
CELLS = [
    ("roles.csv", 2, "base_verdict", "perhaps"),
    ("roles.csv", 5, "option", "leeches"),
    ("roles.csv", 3, "source_ids", "no-such-source"),
    ("outcomes.csv", 4, "per", "ninety"),
    ("prices.csv", 2, "amount", "-3"),
    ("situations.csv", 3, "decision", ""),
    ("effects.csv", 9, "checked", "yesterday"),
]


def said(at) -> str:
    return " ".join(element.value for element in (*at.title, *at.text, *at.markdown))


def closed(at) -> None:
    """Check that the page is closed: no exception, no table, no verdict, and it says so."""
    assert not at.exception
    assert "tables are not in order" in at.title[0].value
    shown = document(at)
    assert not having(shown, "compare")
    assert not having(shown, "verdict")
    assert not having(shown, "count")
    assert not having(shown, "mark")
    for word in ("Fits", "Ruled out", "Needs care"):
        assert word not in text(shown) + said(at)
    assert not at.selectbox
    assert not at.get("download_button")


@pytest.mark.parametrize(("file", "row", "column", "value"), CELLS, ids=[f"{cell[0]}-{cell[2]}" for cell in CELLS])
def test_a_broken_cell_is_named_and_the_mended_table_is_served(open_page, tables, file, row, column, value):
    change(tables / file, row, column, value)
    at = open_page({"condition": "cidp"})
    closed(at)
    assert any(
        line.value.startswith(f"{file}, row {row}, column ") and column in line.value.split(":")[0] for line in at.text
    ), [line.value for line in at.text]
    assert "ask the team that treats you" in said(at)
    shutil.copy(DATA_DIR / file, tables / file)
    at.run()
    assert not at.exception
    assert columns(at)


def test_a_table_that_breaks_while_the_page_is_open(open_page, tables):
    at = open_page({"condition": "cidp"})
    assert columns(at)
    change(tables / "roles.csv", 2, "base_verdict", "perhaps")
    at.run()
    closed(at)
    assert "roles.csv, row 2, column base_verdict" in said(at)
    shutil.copy(DATA_DIR / "roles.csv", tables / "roles.csv")
    at.run()
    assert columns(at)
    assert at.query_params["condition"] == "cidp"


def test_a_missing_file_is_named(open_page, tables):
    (tables / "rules.csv").unlink()
    at = open_page()
    closed(at)
    assert "rules.csv" in said(at)


def test_a_missing_column_is_named(open_page, tables):
    rows = rows_of(tables / "rules.csv")
    index = rows[0].index("effect")
    write(tables / "rules.csv", [row[:index] + row[index + 1 :] for row in rows])
    at = open_page()
    closed(at)
    assert "rules.csv, row 1, column effect" in said(at)


def test_a_row_of_too_few_cells_is_named(open_page, tables):
    rows = rows_of(tables / "rules.csv")
    rows[3] = rows[3][:-1]
    write(tables / "rules.csv", rows)
    at = open_page()
    closed(at)
    assert "rules.csv, row 4" in said(at)


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b'rule,"unclosed\n1,2\n'], ids=["empty", "binary", "quote"])
def test_a_file_that_is_no_table_is_named(open_page, tables: Path, content):
    (tables / "rules.csv").write_bytes(content)
    at = open_page()
    closed(at)
    assert "rules.csv" in said(at)


def test_a_folder_that_does_not_exist_closes_the_page(open_page, tables):
    shutil.rmtree(tables)
    at = open_page()
    closed(at)


@pytest.mark.parametrize("page", PAGES)
def test_no_page_is_served_from_broken_tables(open_page, tables, page):
    at = open_page()
    change(tables / "roles.csv", 2, "base_verdict", "perhaps")
    at.switch_page(f"decision/ui/pages/{page}.py").run()
    closed(at)


def test_many_problems_are_counted(open_page, tables):
    rows = rows_of(tables / "rules.csv")
    index = rows[0].index("effect")
    for row in rows[1:]:
        row[index] = "maybe"
    write(tables / "rules.csv", rows)
    at = open_page()
    closed(at)
    assert len(at.text) < len(rows) - 1
    assert "decision validate" in said(at)
