"""What changed between two states of the tables: every row added, removed or changed, and nothing else."""

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.catalogue import DATA_DIR
from decision.changes import Change, ChangesError, changed_since

ROOT = Path(__file__).resolve().parents[2]


def write(folder: Path, table: str, rows: list[dict[str, str]]) -> Path:
    folder.mkdir(exist_ok=True)
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return folder


@pytest.fixture
def folders(tmp_path):
    return tmp_path / "old", tmp_path / "new"


def phrases(**texts: str) -> list[dict[str, str]]:
    return [{"phrase": name, "text": text} for name, text in texts.items()]


def test_the_same_tables_have_no_difference():
    assert changed_since(DATA_DIR, DATA_DIR) == ()


def test_rows_are_found_by_their_key_wherever_they_stand(folders):
    old = write(folders[0], "phrases", phrases(a="one", b="two", c="three"))
    new = write(folders[1], "phrases", phrases(d="four", c="three", a="uno"))
    assert set(changed_since(old, new)) == {
        Change("phrases", "added", "d"),
        Change("phrases", "removed", "b"),
        Change("phrases", "changed", "a", (("text", "one", "uno"),)),
    }


def test_a_key_of_several_columns_names_the_row(folders):
    row = {"option": "ivig", "condition": "", "agent": "", "jurisdiction": "us", "unit": "gram", "amount": "100"}
    old = write(folders[0], "prices", [row])
    new = write(folders[1], "prices", [{**row, "amount": "120"}])
    assert changed_since(old, new) == (Change("prices", "changed", "ivig / us / gram", (("amount", "100", "120"),)),)


def test_blanks_around_a_cell_and_the_order_of_columns_are_no_change(folders):
    old = write(folders[0], "phrases", phrases(a="one"))
    new = write(folders[1], "phrases", [{"text": " one ", "phrase": "a"}])
    assert changed_since(old, new) == ()


def test_a_new_column_is_said_once_and_not_for_every_row(folders):
    old = write(folders[0], "phrases", phrases(a="one", b="two"))
    new = write(folders[1], "phrases", [{**row, "tone": "calm"} for row in phrases(a="one", b="two")])
    assert changed_since(old, new) == (Change("phrases", "column added", "tone"),)
    assert changed_since(new, old) == (Change("phrases", "column removed", "tone"),)


def test_a_table_that_came_or_went_is_said(folders):
    old = write(folders[0], "phrases", phrases(a="one"))
    new = write(folders[1], "phrases", phrases(a="one"))
    write(new, "families", [{"family": "none", "position": "1", "name": "None"}])
    assert changed_since(old, new) == (Change("families", "table added"),)
    assert changed_since(new, old) == (Change("families", "table removed"),)


def test_an_older_state_without_a_column_of_the_key_is_read(folders):
    old = write(folders[0], "effect_sizes", [{"criterion": "benefit", "small": "5"}])
    new = write(folders[1], "effect_sizes", [{"criterion": "benefit", "outcomes": "", "small": "6"}])
    assert changed_since(old, new) == (
        Change("effect_sizes", "column added", "outcomes"),
        Change("effect_sizes", "changed", "benefit", (("small", "5", "6"),)),
    )


texts = st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from(["one", "two", "three"]), min_size=1)


@given(before=texts, after=texts)
def test_the_differences_lead_from_one_state_to_the_other(tmp_path_factory, before, after):
    folder = tmp_path_factory.mktemp("states")
    found = changed_since(
        write(folder / "old", "phrases", phrases(**before)), write(folder / "new", "phrases", phrases(**after))
    )
    rebuilt = dict(before)
    for change in found:
        if change.kind == "removed":
            del rebuilt[change.name]
        elif change.kind == "added":
            rebuilt[change.name] = after[change.name]
        else:
            assert rebuilt[change.name] == change.cells[0][1] != change.cells[0][2]
            rebuilt[change.name] = change.cells[0][2]
    assert rebuilt == after


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b'phrase,text\na,"unclosed\n'], ids=["binary", "quote"])
def test_a_file_that_is_no_table_is_named(folders, content):
    old = write(folders[0], "phrases", phrases(a="one"))
    new = write(folders[1], "phrases", phrases(a="one"))
    (new / "phrases.csv").write_bytes(content)
    with pytest.raises(ChangesError, match=r"phrases\.csv cannot be read"):
        changed_since(old, new)


def test_a_folder_without_tables_is_named(tmp_path):
    with pytest.raises(ChangesError, match="holds no tables"):
        changed_since(tmp_path, DATA_DIR)
    with pytest.raises(ChangesError, match="holds no tables"):
        changed_since(DATA_DIR, tmp_path / "nowhere")


# ---------------------------------------------------------------- the command line


def run(*arguments: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "decision", "changes", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_command_lists_what_changed(tmp_path):
    old = Path(shutil.copytree(DATA_DIR, tmp_path / "old"))
    text = (old / "families.csv").read_text(encoding="utf-8")
    (old / "families.csv").write_text(text.replace("none,", "nothing,", 1), encoding="utf-8")
    done = run(str(old))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == ["families.csv: added: none", "families.csv: removed: nothing", "2 differences."]
    found = json.loads(run(str(DATA_DIR), "--data", str(old), "--format", "json").stdout)
    assert {(one["kind"], one["name"]) for one in found} == {("removed", "none"), ("added", "nothing")}


def test_a_wrong_folder_is_wrong_usage(tmp_path):
    done = run(str(tmp_path))
    assert done.returncode == 2
    assert "holds no tables" in done.stderr
    assert "Traceback" not in done.stderr
