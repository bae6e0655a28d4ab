"""The command line as a person or a program meets it: exit codes, one sentence, no traceback."""

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command import called

from decision import Scenario, compare
from decision.catalogue import DATA_DIR
from decision.scenario import OPTIONS

ROOT = Path(__file__).resolve().parents[2]


def run(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "decision", *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **environment},
        capture_output=True,
        encoding=environment.get("PYTHONIOENCODING", "utf-8"),
        check=False,
    )


@pytest.fixture
def broken(tmp_path):
    """Return a copy of the tables in which one cell does not fit."""
    folder = tmp_path / "data"
    shutil.copytree(DATA_DIR, folder)
    path = folder / "options.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",immunoglobulin,", ",tea,", 1), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "required"),
        (["dance"], "invalid choice: 'dance'"),
        (["compare"], "--condition"),
        (["compare", "--condition", "gout"], "unknown condition 'gout'; use one of pi_antibody"),
        (["compare", "--condition", "cidp", "--situation", "never"], "unknown situation 'never'; use one of"),
        (["compare", "--condition", "cidp", "--set", "weight_kg"], "--set takes key=value, not 'weight_kg'"),
        (["compare", "--condition", "cidp", "--format", "xml"], "invalid choice: 'xml'"),
        (["compare", "--condition", "cidp", "--colour", "red"], "unrecognized arguments: --colour red"),
        (["validate", "now"], "unrecognized arguments: now"),
        (["coverage", "--today", "soon"], "soon"),
    ],
)
def test_wrong_usage_is_one_sentence(arguments, says):
    done = called(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [["compare", "--condition", "cidp"], ["coverage"]])
def test_broken_tables_are_never_served(broken, arguments):
    done = run(*arguments, "--data", str(broken))
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
    assert "run 'python -m decision validate'" in done.stderr


def test_validate_names_file_row_column_and_the_way_to_mend_it(broken):
    done = run("validate", "--data", str(broken))
    assert (done.returncode, done.stderr) == (1, "")
    line = next(line for line in done.stdout.splitlines() if line.startswith("options.csv"))
    assert line.startswith("options.csv, row 2, column family: 'tea' does not fit; it should be 'immunoglobulin',")


def test_validate_without_a_folder_says_what_is_missing(tmp_path):
    done = run("validate", "--data", str(tmp_path / "nowhere"))
    assert done.returncode == 1
    assert "roles.csv: the file is missing; put it back into the data folder" in done.stdout.splitlines()


def test_validate_of_tables_in_order():
    done = run("validate")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("The tables are in order: ")


def test_compare_gives_json():
    done = run("compare", "--condition", "cidp", "--situation", "maintenance", "--set", "health=diabetes,seizures")
    answer = json.loads(done.stdout)
    assert (done.returncode, done.stderr, answer["notices"]) == (0, "", [])
    assert (answer["scenario"]["situation"], answer["scenario"]["health"]) == ("maintenance", "diabetes,seizures")
    assert [option["id"] for option in answer["options"]] == list(OPTIONS)


def test_compare_without_a_situation_takes_the_first(catalogue):
    answer = json.loads(run("compare", "--condition", "gbs").stdout)
    assert answer["scenario"]["situation"] == catalogue.situation_ids("gbs")[0]


def test_compare_gives_csv():
    done = run("compare", "--condition", "cidp", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert (done.returncode, done.stderr) == (0, "")
    assert {row["option"] for row in rows} == set(OPTIONS)


def test_compare_gives_a_table(catalogue):
    done = run("compare", "--condition", "gbs", "--format", "table", "--set", "shoe=44")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == catalogue.situations["gbs"][0].decision
    assert [line for line in lines if line.startswith("! ")]
    assert "* “shoe” is not something this page knows. It was left out." in lines
    result = compare(catalogue, Scenario("gbs", catalogue.situation_ids("gbs")[0]))
    for option in result.options:
        assert [line for line in lines if line.startswith(f"{option.name}: ")], option.name


def test_what_is_not_known_is_a_notice_and_no_error():
    done = run("compare", "--condition", "cidp", "--set", "shoe=44", "--set", "weight_kg=999", "--set", "needles=blue")
    assert (done.returncode, done.stderr) == (0, "")
    assert [notice.split(" ")[0] for notice in json.loads(done.stdout)["notices"]] == ["“shoe”", "999", "“blue”"]


def test_the_condition_asked_for_wins_over_a_pair():
    done = run("compare", "--condition", "cidp", "--set", "condition=gbs")
    assert json.loads(done.stdout)["scenario"]["condition"] == "cidp"


@pytest.mark.parametrize("form", ["table", "csv", "json"])
def test_coverage_answers(form):
    done = run("coverage", "--format", form, "--today", "2026-11-22")
    assert (done.returncode, done.stderr) == (0, "")
    assert "known" in done.stdout


@pytest.mark.parametrize("command", ["", "compare", "validate", "coverage"])
def test_every_command_has_help(command):
    done = run(*command.split(), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert "usage: python -m decision" in done.stdout


@pytest.mark.parametrize("form", ["json", "table", "csv"])
def test_an_output_that_is_not_utf_8_gets_an_answer(form):
    """A pipe or a file on Windows takes cp1252, which lacks many signs of the tables."""
    done = run("compare", "--condition", "cidp", "--format", form, PYTHONIOENCODING="cp1252")
    assert "Traceback" not in done.stderr
    assert done.returncode == 0


@pytest.mark.parametrize(("pair", "encoding"), [("🩸=1", "cp1252"), (b"\xff=1", "utf-8")], ids=["emoji", "no text"])
def test_signs_that_the_output_cannot_hold_do_not_break_it(pair, encoding):
    done = run("compare", "--condition", "cidp", "--format", "table", "--set", pair, PYTHONIOENCODING=encoding)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0


def test_a_reader_that_stops_early_is_no_error():
    process = subprocess.Popen(
        [sys.executable, "-m", "decision", "compare", "--condition", "cidp"],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    process.stdout.readline()
    process.stdout.close()
    stderr = process.stderr.read()
    process.stderr.close()
    assert (process.wait(), stderr) == (0, "")
