"""The tables described for other programs and for people: Frictionless, and the data dictionary."""

import subprocess
import sys
from pathlib import Path

import pytest
from frictionless import Package, Resource

from decision.rows import KEYS, TABLES, columns

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "data"


def test_the_package_describes_every_table_and_no_other():
    package = Package(str(DATA / "datapackage.json"))
    assert package.metadata_validate(package.to_descriptor()) is not None
    assert {resource.name: resource.path for resource in package.resources} == {name: f"{name}.csv" for name in TABLES}
    assert {path.stem for path in DATA.glob("*.csv")} == set(TABLES)


def test_frictionless_finds_nothing_wrong():
    report = Package(str(DATA / "datapackage.json")).validate()
    found = report.flatten(["path", "rowNumber", "fieldName", "note"])
    assert (found[:20], report.stats["errors"]) == ([], 0)


@pytest.mark.parametrize("table", TABLES)
def test_a_file_has_the_columns_in_the_order_of_the_dictionary(table):
    header = (DATA / f"{table}.csv").read_text(encoding="utf-8").splitlines()[0]
    assert header == ",".join(columns(table))


def test_the_dictionary_is_up_to_date():
    done = subprocess.run(
        [sys.executable, "-m", "decision.dictionary", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr, done.stdout) == (0, "", "")


@pytest.mark.parametrize("table", TABLES)
def test_the_readme_names_the_table_its_key_and_every_column(table):
    text = (DATA / "README.md").read_text(encoding="utf-8")
    section = text.partition(f"### `{table}.csv`\n")[2].partition("\n### ")[0]
    assert section
    assert f"Key: {', '.join(f'`{key}`' for key in KEYS[table])}\n" in section
    assert [name for name in columns(table) if f"\n| `{name}` |" not in section] == []


def test_every_column_says_what_it_means():
    fields = {f"{name}.{key}": info for name, model in TABLES.items() for key, info in model.model_fields.items()}
    assert [name for name, info in fields.items() if not info.description] == []


@pytest.mark.parametrize("table", ["families", "agent_properties"])
def test_a_table_opens_in_frictionless_as_in_the_catalogue(catalogue, table):
    rows = Resource(path=f"{table}.csv", basepath=str(DATA)).read_rows()
    key = KEYS[table][0]
    assert [row[key] for row in rows] == [getattr(row, key) for row in catalogue.tables[table]]
