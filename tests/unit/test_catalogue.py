"""A table that breaks a rule never reaches a reader: each problem says where it is and how to mend it."""

import csv
import shutil

import pytest

from decision import CatalogueError, load_catalogue
from decision.catalogue import DATA_DIR
from decision.rows import KEYS, TABLES


class Folder:
    """A copy of the shipped tables, to be broken."""

    def __init__(self, path):
        self.path = path
        shutil.copytree(DATA_DIR, path)

    def read(self, table):
        with (self.path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.reader(file))

    def write(self, table, rows):
        with (self.path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows(rows)

    def set(self, table, cells, where=None):
        """Change the first row in which `where` holds; return its number, the header being row 1."""
        rows = self.read(table)
        header = rows[0]
        for number, row in enumerate(rows[1:], 2):
            if where is None or where(dict(zip(header, row, strict=True))):
                for column, value in cells.items():
                    row[header.index(column)] = value
                self.write(table, rows)
                return number
        raise LookupError(f"no such row in {table}")

    def problems(self):
        with pytest.raises(CatalogueError) as caught:
            load_catalogue(self.path)
        assert all(problem.file and problem.what and problem.mend for problem in caught.value.problems)
        return caught.value.problems


@pytest.fixture
def folder(tmp_path):
    return Folder(tmp_path / "data")


def at(problems, file, line=None, column=None):
    """Return what is wrong at a place, as a person reads it."""
    return [str(p) for p in problems if (p.file, p.line, p.column) == (f"{file}.csv", line, column)]


# -------------------------------------------------------------------- in order


def test_a_copy_in_order_loads(folder, catalogue):
    assert load_catalogue(folder.path).version == catalogue.version
    assert load_catalogue(str(folder.path)).tables == catalogue.tables


def test_the_version_changes_with_one_letter(folder, catalogue):
    folder.set("phrases", {"text": "Ig Option"})
    assert load_catalogue(folder.path).version != catalogue.version


def test_columns_may_stand_in_any_order_and_blank_lines_are_passed_over(folder, catalogue):
    rows = [list(reversed(row)) for row in folder.read("families")]
    folder.write("families", [*rows[:2], [], *rows[2:], ["", "", ""]])
    assert load_catalogue(folder.path).tables["families"] == catalogue.tables["families"]


def test_a_spreadsheet_may_mark_its_encoding_and_end_its_lines_as_it_likes(folder, catalogue):
    path = folder.path / "families.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    assert load_catalogue(folder.path).tables["families"] == catalogue.tables["families"]


# ----------------------------------------------------------------------- files


def test_a_missing_folder_names_every_table(tmp_path):
    with pytest.raises(CatalogueError) as caught:
        load_catalogue(tmp_path / "nowhere")
    assert {problem.file for problem in caught.value.problems} == {f"{name}.csv" for name in TABLES}


@pytest.mark.parametrize("table", ["sources", "roles", "messages"])
def test_a_missing_file_is_named(folder, table):
    (folder.path / f"{table}.csv").unlink()
    assert at(folder.problems(), table) == [f"{table}.csv: the file is missing; put it back into the data folder"]


@pytest.mark.parametrize("table", ["roles", "sources", "glossary"])
def test_an_empty_file_lacks_every_column(folder, table):
    (folder.path / f"{table}.csv").write_bytes(b"")
    found = {problem.column for problem in folder.problems() if problem.file == f"{table}.csv" and problem.line == 1}
    assert found == set(TABLES[table].model_fields)


def test_a_file_that_is_not_utf_8_says_how_to_save_it(folder):
    path = folder.path / "families.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("name", "n\xe4me", 1).encode("latin-1"))
    found = at(folder.problems(), "families")
    assert len(found) == 1
    assert found[0].endswith("; save it as CSV UTF-8")


def test_a_folder_in_the_place_of_a_file_is_named(folder):
    (folder.path / "families.csv").unlink()
    (folder.path / "families.csv").mkdir()
    assert len(at(folder.problems(), "families")) == 1


# --------------------------------------------------------------------- columns


def test_a_missing_column_is_named_in_every_table(folder):
    expected = []
    for table in TABLES:
        rows, column = folder.read(table), KEYS[table][-1]
        index = rows[0].index(column)
        folder.write(table, [row[:index] + row[index + 1 :] for row in rows])
        expected.append(f"{table}.csv, row 1, column {column}: this column is missing; add it to the first line")
    assert sorted(str(problem) for problem in folder.problems()) == sorted(expected)


def test_a_column_too_many_is_named(folder):
    rows = folder.read("families")
    folder.write("families", [[*row, "colour" if row is rows[0] else "red"] for row in rows])
    assert at(folder.problems(), "families", 1, "colour") == [
        "families.csv, row 1, column colour: this column is not known; use only: family, position, name"
    ]


def test_a_column_that_stands_twice_is_said(folder):
    rows = folder.read("families")
    folder.write("families", [[*row, row[0]] for row in rows])
    assert at(folder.problems(), "families", 1) == [
        "families.csv, row 1: a column name stands twice; keep each name once"
    ]


def test_a_column_in_another_case_is_both_missing_and_unknown(folder):
    rows = folder.read("families")
    rows[0] = [name.upper() for name in rows[0]]
    folder.write("families", rows)
    assert {p.column for p in folder.problems() if p.file == "families.csv"} >= {"NAME", "name"}


# ------------------------------------------------------------------------ rows


@pytest.mark.parametrize(("change", "cells"), [(lambda row: row[:-1], 2), (lambda row: [*row, "x"], 4)])
def test_a_row_with_too_few_or_too_many_cells_is_named(folder, change, cells):
    rows = folder.read("families")
    rows[3] = change(rows[3])
    folder.write("families", rows)
    assert at(folder.problems(), "families", 4) == [
        f"families.csv, row 4: the row has {cells} cells, the first line has 3; look for a missing quote or comma"
    ]


def test_a_quote_that_is_not_closed_is_named(folder):
    path = folder.path / "families.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[2] = lines[2].rpartition(",")[0] + ',"not closed'
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = at(folder.problems(), "families", 3)
    assert len(found) == 1
    assert found[0].startswith("families.csv, row 3: the row cannot be read")
    assert found[0].endswith("look for a quote that is not closed")


def test_a_row_that_stands_twice_is_named_with_the_first_in_every_table(folder):
    expected = set()
    for table in TABLES:
        rows = folder.read(table)
        folder.write(table, [*rows, rows[1]])
        expected.add((f"{table}.csv", len(rows) + 1, ", ".join(KEYS[table])))
    found = folder.problems()
    assert {(problem.file, problem.line, problem.column) for problem in found} == expected
    assert all(str(problem).endswith(" stands already on line 2; keep one of the two") for problem in found)


# ----------------------------------------------------------------------- cells


CELLS = [
    # type
    ("families", "position", "first", "'first' does not fit; it should be a valid integer"),
    ("families", "position", "1.5", "'1.5' does not fit; it should be a valid integer"),
    ("families", "position", "-1", "'-1' does not fit; it should be greater than or equal to 0"),
    ("families", "position", "", "the cell is empty; fill it in"),
    ("situations", "urgent", "perhaps", "'perhaps' does not fit; it should be a valid boolean"),
    ("sources", "checked", "yesterday", "'yesterday' does not fit; it should be a valid date"),
    ("sources", "checked", "2026-02-30", "'2026-02-30' does not fit; it should be a valid date"),
    ("sources", "year", "1850", "'1850' does not fit; it should be greater than or equal to 1900"),
    ("prices", "amount", "dear", "'dear' does not fit; it should be a valid number"),
    ("regimens", "interval_weeks", "0", "'0' does not fit; it should be greater than 0"),
    ("outcomes", "per", "50", "'50' does not fit; it should be 100 or 1000"),
    ("outcomes", "reference_value", "101", "'101' does not fit; it should be less than or equal to 100"),
    # vocabulary and pattern
    ("roles", "role", "favourite", "'favourite' does not fit; it should be 'first_choice', 'alternative'"),
    ("roles", "base_verdict", "Suitable", "'Suitable' does not fit; it should be 'suitable', 'caution'"),
    ("options", "option", "IV IG", "'IV IG' does not fit; "),
    ("sources", "doi", "see web", "'see web' does not fit; "),
    ("sources", "url", "www.example.org", "'www.example.org' does not fit; "),
    ("rules", "effect", "", "the cell is empty; fill it in"),
    ("rules", "source_ids", "", "the cell is empty; fill it in"),
    ("rules", "source_ids", " ; ", "does not fit"),
    # a number that is none: it would be drawn as nobody or everybody
    ("prices", "amount", "nan", "'nan' does not fit; "),
    ("prices", "amount", "inf", "'inf' does not fit; "),
    ("regimens", "hours_per_session", "inf", "'inf' does not fit; "),
]


@pytest.fixture(scope="module")
def misfits(tmp_path_factory):
    """Break each cell in a row of its own and load once; return row and problems of each."""
    folder = Folder(tmp_path_factory.mktemp("misfits") / "data")
    lines = {}
    for number, (table, column, value, _) in enumerate(CELLS):
        rows = folder.read(table)
        line = 2 + sum(1 for other in CELLS[:number] if other[0] == table)
        rows[line - 1][rows[0].index(column)] = value
        folder.write(table, rows)
        lines[table, column, value] = line
    found = folder.problems()
    return {key: (line, at(found, key[0], line, key[1])) for key, line in lines.items()}


@pytest.mark.parametrize(("table", "column", "value", "says"), CELLS)
def test_a_cell_that_does_not_fit(misfits, table, column, value, says):
    line, found = misfits[table, column, value]
    assert len(found) == 1
    assert found[0].startswith(f"{table}.csv, row {line}, column {column}: ")
    assert says in found[0]


def counted(row):
    return row["comparison"] == "direct" and row["events"] and row["comparator_events"]


def a_ratio(row):
    return row["measure"] in ("RR", "OR", "HR") and row["value"]


def unknown(row):
    return row["comparison"] == "none"


def known(row):
    return row["comparison"] != "none"


def single(row):
    return row["comparison"] == "single_arm"


def used(row):
    return row["role"] != "not_used"


def with_reference(row):
    return row["reference_events"]


def grave(row):
    return row["criterion"] == "benefit" and row["outcomes"]


def in_pairs(row):
    return row["low"] and row["high"]


@pytest.mark.parametrize(
    ("table", "cells", "where", "column", "says"),
    [
        # names of other tables
        ("roles", {"source_ids": "a-rumour"}, None, "source_ids", "a-rumour is not in sources.csv; correct it or add"),
        ("effects", {"source_ids": "a-rumour"}, None, "source_ids", "a-rumour is not in sources.csv"),
        ("messages", {"options": "tea"}, None, "options", "tea is not in options.csv"),
        ("agents", {"properties": "tasty"}, None, "properties", "tasty is not in agent_properties.csv"),
        ("agents", {"situations": "someday"}, None, "situations", "someday"),
        ("agents", {"condition": "gout"}, None, "condition", "gout is not in conditions.csv"),
        ("effects", {"outcome": "luck"}, None, "condition, situation, outcome", "luck is not in outcomes.csv"),
        ("effects", {"versus": "tea"}, known, "versus", "tea is not in options.csv"),
        ("outcomes", {"reference_option": "tea"}, None, "reference_option", "tea is not in options.csv"),
        ("prices", {"option": "tea"}, None, "option", "tea is not in options.csv"),
        ("guidelines", {"condition": "gout"}, None, "condition", "gout is not in conditions.csv"),
        ("guidelines", {"situation": "someday"}, None, "situation", "someday"),
        ("supply_tiers", {"unless_suitable": "tea"}, None, "unless_suitable", "tea is not in options.csv"),
        # triggers
        ("rules", {"when": "mood=bad"}, None, "when", "mood is not a key of the scenario; correct the trigger"),
        ("rules", {"when": "needles=blue"}, None, "when", "needles is never blue; correct the trigger"),
        ("rules", {"when": "health=tall"}, None, "when", "health is never tall; correct the trigger"),
        ("rules", {"when": "needles>=3"}, None, "when", "needles is not a number of the scenario"),
        ("rules", {"when": "needles is bad"}, None, "when", "cannot read 'needles is bad': write key=value"),
        ("rules", {"when": "travel_minutes>=far"}, None, "when", "'far' after >= is not a number"),
        ("messages", {"when": "mood=bad"}, None, "when", "mood is not a key of the scenario"),
        ("rules", {"conditions": "gout"}, None, "conditions", "gout is no condition or situation"),
        ("rules", {"conditions": "*;!gout"}, None, "conditions", "!gout is no condition or situation"),
        ("rules", {"conditions": "cidp/never"}, None, "conditions", "cidp/never is no condition or situation"),
        ("rules", {"agents": "tea"}, None, "agents", "tea is not in agents.csv; correct the name"),
        ("rules", {"needs": "luck"}, None, "needs", "luck is not known; use one of repeated, single"),
        ("rules", {"text": "It takes {luck}."}, None, "text", "{luck} cannot be filled in; use agents, others"),
        ("rules", {"changes_if": "With {luck}."}, None, "changes_if", "{luck} cannot be filled in"),
        ("rules", {"text": "A brace } alone."}, None, "text", ""),
        ("rules", {"text": "A brace { alone."}, None, "text", ""),
        # figures
        ("effects", {"events": "9", "total": "8"}, counted, "events", "9 of 8 cannot be; correct the figures"),
        ("effects", {"comparator_events": "9", "comparator_total": "8"}, counted, "comparator_events", "9 of 8 cannot"),
        ("effects", {"population": ""}, known, "population", "a number needs this cell; fill it in, or say"),
        ("effects", {"follow_up": ""}, known, "follow_up", "a number needs this cell"),
        ("effects", {"denominator": ""}, known, "denominator", "a number needs this cell"),
        ("effects", {"as_read": ""}, known, "as_read", "a number needs this cell"),
        ("effects", {"value": "3"}, unknown, "measure", "an unknown effect holds a number; clear the numbers"),
        ("effects", {"note": ""}, unknown, "unknown_reason", "an unknown effect needs a reason and a note; say why"),
        ("effects", {"unknown_reason": ""}, unknown, "unknown_reason", "an unknown effect needs a reason"),
        ("effects", {"measure": "RR"}, single, "measure", "a single-arm figure is a proportion; use proportion"),
        ("effects", {"value": "0", "low": "", "high": ""}, a_ratio, "value", "a ratio is above zero"),
        ("effects", {"value": "nan", "low": "", "high": ""}, a_ratio, "value", "nan"),
        ("effects", {"value": "inf", "low": "", "high": ""}, a_ratio, "value", "inf"),
        ("outcomes", {"reference_events": "9", "reference_total": "8"}, None, "reference_events", "more events than"),
        ("outcomes", {"reference_total": ""}, with_reference, "reference_total", "events and total belong together"),
        ("outcomes", {"population": ""}, with_reference, "reference_name", "a reference risk without its name, people"),
        ("outcomes", {"follow_up": ""}, None, "follow_up", "the cell is empty; say over what time it is counted"),
        ("prices", {"low": "9", "amount": "8", "high": "7"}, None, "amount", "[9.0, 8.0, 7.0] is not low, value, high"),
        ("regimens", {"hours_low": "9", "hours_high": "1"}, None, "hours_per_session", "is not low, value, high"),
        ("onset", {"days_low": "9", "days_high": "1"}, None, "days_low", "is not low, value, high; correct"),
        ("effect_sizes", {"small": "20"}, None, "small", "the steps do not rise from above 0; write small, moderate"),
        ("effect_sizes", {"small": "0"}, None, "small", "the steps do not rise from above 0"),
        ("effect_sizes", {"outcomes": "luck"}, grave, "outcomes", "luck is no outcome of the criterion benefit"),
        ("effect_sizes", {"outcomes": "death;death"}, grave, "outcomes", "death stands twice; keep one of the two"),
        # what belongs together
        ("roles", {"role": "not_used", "base_verdict": "caution"}, used, "base_verdict", "an option that is not used"),
    ],
)
def test_tables_that_disagree(folder, table, cells, where, column, says):
    line = folder.set(table, cells, where)
    found = [str(p) for p in folder.problems() if (p.file, p.line) == (f"{table}.csv", line) and column in p.column]
    assert [text for text in found if says in text], found


@pytest.mark.parametrize("criterion", ["benefit", "serious_harm", "common_side_effects"])
def test_a_criterion_without_steps_is_named(folder, criterion):
    rows = folder.read("effect_sizes")
    folder.write("effect_sizes", [row for row in rows if (row[0], row[1]) != (criterion, "")])
    assert [str(p) for p in folder.problems() if f"no row for {criterion} with blank outcomes" in p.what]


@pytest.mark.parametrize(("column", "number"), [("doi", "10.1000/twice"), ("pmid", "12345678")])
def test_a_source_that_stands_twice_is_named(folder, column, number):
    first = folder.set("sources", {column: number})
    second = folder.set("sources", {column: number}, lambda row: row[column] != number)
    assert first < second
    found = at(folder.problems(), "sources", second, column)
    assert len(found) == 1
    assert found[0].endswith(" already; merge the two sources")


@pytest.mark.parametrize("table", ["onset", "regimens"])
def test_a_used_option_without_a_row_is_named_at_its_role(folder, table):
    rows = folder.read(table)
    gone = dict(zip(rows[0], rows[1], strict=True))
    folder.write(table, [rows[0], *rows[2:]])
    roles = folder.read("roles")
    wanted = [gone[key] for key in ("condition", "situation", "option")]
    line = next(n for n, row in enumerate(roles, 1) if row[:3] == wanted)
    assert at(folder.problems(), "roles", line, "option") == [
        f"roles.csv, row {line}, column option: no row in {table}.csv; add one, if only to say that it is not known"
    ]


def test_a_used_option_without_an_effect_is_named_at_its_role(folder):
    rows = folder.read("effects")
    gone = dict(zip(rows[0], next(row for row in rows[1:] if "none" in row), strict=True))
    keys = ("condition", "situation", "option", "outcome")
    folder.write("effects", [row for row in rows if row[:4] != [gone[key] for key in keys]])
    found = [str(problem) for problem in folder.problems() if problem.file == "roles.csv"]
    assert found
    assert all(f"no row in effects.csv for the outcome {gone['outcome']}" in text for text in found)


def test_a_situation_that_gives_an_option_no_role_is_named(folder):
    rows = folder.read("roles")
    index = next(n for n, row in enumerate(rows) if "not_used" in row)
    gone = rows.pop(index)
    folder.write("roles", rows)
    found = [str(problem) for problem in folder.problems() if problem.file == "situations.csv"]
    assert len(found) == 1
    assert f"{gone[2]} has no role in {gone[0]} / {gone[1]}; add a row to roles.csv" in found[0]


def test_a_used_option_without_an_agent_is_named(folder):
    line = folder.set("agents", {"option": "no_treatment"})
    header, row = folder.read("agents")[0], folder.read("agents")[line - 1]
    found = [str(problem) for problem in folder.problems() if "no agent stands for" in problem.what]
    assert found
    assert all(text.startswith("roles.csv, row ") and "add one to agents.csv" in text for text in found)
    assert len(found) <= len(dict(zip(header, row, strict=True))["situations"].split(";"))


def test_an_urgent_situation_without_a_word_on_what_to_do_now_is_named(folder):
    rows = folder.read("messages")
    kind = rows[0].index("kind")
    folder.write("messages", [row for row in rows if row[kind] != "urgent"])
    found = [str(p) for p in folder.problems() if p.column == "urgent"]
    assert found
    assert all("nothing says what to do now; add an urgent message for the page" in text for text in found)


def test_comparisons_in_a_circle_are_named(folder):
    rows = folder.read("effects")
    header = rows[0]
    column, option = header.index("versus"), header.index("option")
    ratios = [row for row in rows[1:] if row[header.index("measure")] == "RR"]
    row = ratios[0]
    row[column] = row[option]
    folder.write("effects", rows)
    line = rows.index(row) + 1
    assert at(folder.problems(), "effects", line, "versus") == [
        f"effects.csv, row {line}, column versus: the comparisons run in a circle; break the circle"
    ]


def test_a_row_marked_as_seen_needs_a_source_that_can_be_opened(folder):
    cells = {"url": "", "doi": "", "pmid": ""}
    rows = folder.read("prices")
    cited = dict(zip(rows[0], rows[1], strict=True))["source_ids"].split(";")
    for source in cited:
        folder.set("sources", cells, lambda row, source=source: row["source"] == source)
    folder.set("prices", {"status": "seen"})
    assert at(folder.problems(), "prices", 2, "source_ids") == [
        "prices.csv, row 2, column source_ids: marked as seen but no source can be opened; "
        "add an address or set unchecked"
    ]


def test_every_problem_is_told_at_once_in_order(folder):
    first = folder.set("families", {"position": "x"})
    second = folder.set("families", {"position": "y"}, lambda row: row["position"] != "x")
    (folder.path / "glossary.csv").unlink()
    found = folder.problems()
    places = [(problem.file, problem.line or 0) for problem in found]
    assert places == sorted(places)
    assert {("families.csv", first), ("families.csv", second), ("glossary.csv", 0)} <= set(places)
