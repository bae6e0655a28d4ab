"""A ward list as people and strangers write it: every row comes back, the file of answers is whole or not there."""

import csv
import io
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from command import called
from hypothesis import given
from hypothesis import strategies as st
from people import shipped

from decision import ward_list
from decision.catalogue import DATA_DIR
from decision.cohort import CohortRow, assess, summary
from decision.ward_list import ANSWERS, MOST_BYTES, MOST_ROWS, ListError, answered, answers, open_bytes, open_list

ROOT = Path(__file__).resolve().parents[2]
SAMPLE = DATA_DIR / "cohorts" / "ward-sample.csv"


@pytest.fixture
def words():
    return shipped().words


@pytest.fixture
def read(tmp_path, words):
    """Return a function from the bytes of a list to its answers."""

    def answers_to(body):
        path = tmp_path / "list.csv"
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
        return list(assess(shipped(), open_list(path, words).rows(words)))

    return answers_to


HEAD = "id,condition,situation\n"
GOOD = "a,cidp,maintenance\n"

# ------------------------------------------------------------------- reading


@pytest.mark.parametrize(
    "body",
    [
        HEAD + GOOD,
        "\ufeff" + HEAD + GOOD,
        HEAD + GOOD.rstrip(),
        (HEAD + GOOD).replace("\n", "\r\n"),
        (HEAD + GOOD).replace("\n", "\r"),
        (HEAD + GOOD).replace(",", ";"),
        "sep=;\n" + (HEAD + GOOD).replace(",", ";"),
        '"sep=,"\n' + HEAD + GOOD,
        " ID , Condition ,SITUATION\n" + GOOD,
        "\n\n" + HEAD + "\n" + GOOD + ",,\n \n",
        HEAD + '"a", "cidp", "maintenance"\n',
        "id,condition,situation,name;ward\na,cidp,maintenance,b\n",
        "id,condition,situation,\na,cidp,maintenance,\n",
    ],
)
def test_a_list_in_any_of_these_forms_is_read(read, body):
    (found,) = read(body)
    assert (found.id, found.status, found.situation) == ("a", "ok", "maintenance")


def test_the_line_is_that_of_the_file(read):
    found = read("\n" + HEAD + "\n" + GOOD + "\n\nb,gout,\n")
    assert [row.line for row in found] == [4, 7]


def test_numbers_with_a_decimal_comma(read):
    (found,) = read("id;condition;situation;Weight kg\na;cidp;maintenance;72,5\n")
    assert (found.notices, found.assumed) == ((), ("current",))
    assert found.grams_per_month_now == round(72.5 * 52 / 3 / 12, 1)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (b"b,cidp", "row 3: the row has more or fewer cells than there are columns; look for a missing"),
        (b"b,cidp,maintenance,more", "row 3: the row has more or fewer cells than there are columns"),
        (b'b,cidp,"maintenance', "row 3: the row cannot be read; look for a quote that is not closed"),
        (b'b,"ci"dp,maintenance', "row 3: the row cannot be read"),
        (b"b,cidp,m\xe4intenance", "row 3: the row holds signs that are no text; save the list as CSV UTF-8"),
        (b"b\xff,cidp,maintenance", "row 3: the row holds signs that are no text"),
        (b"b,cidp,main\0tenance", "row 3: the row holds signs that are no text"),
        (b"b,cidp," + b"x" * 100_000, "row 3: the row is longer than 100,000 signs; shorten it"),
        (b"b,cidp," + b"x" * 350_000, "row 3: the row is longer than 100,000 signs; shorten it"),
    ],
)
def test_a_bad_row_costs_that_row_and_no_other(read, line, says):
    found = read(HEAD.encode() + GOOD.encode() + line + b"\nc,cidp,maintenance\n")
    assert [row.status for row in found] == ["ok", "error", "ok"]
    assert [row.line for row in found] == [2, 3, 4]
    assert found[1].problem.startswith(says)


def test_an_open_quote_does_not_swallow_the_rest(read):
    body = HEAD + 'a,cidp,"maintenance\n' + "".join(f"p{n},cidp,maintenance\n" for n in range(5000))
    found = read(body)
    assert [row.status for row in found] == ["error"] + ["ok"] * 5000


@given(
    st.binary(max_size=400), st.lists(st.sampled_from([GOOD.encode(), b"b;c\n", b'"\n', b"\xff,\n", b"\0"]), max_size=6)
)
def test_bytes_of_any_kind_give_one_answer_a_line(tmp_path_factory, noise, lines):
    body = HEAD.encode() + noise + b"\n" + b"".join(lines)
    path = tmp_path_factory.getbasetemp() / "noise.csv"
    path.write_bytes(body)
    said = shipped().words
    found = list(assess(shipped(), open_list(path, said).rows(said)))
    text = body.decode("utf-8", "surrogateescape").replace("\r\n", "\n").replace("\r", "\n")
    wanted = [n for n, line in enumerate(text.split("\n"), 1) if n > 1 and line.strip().strip(",").strip()]
    assert {row.line for row in found} <= {n for n, line in enumerate(text.split("\n"), 1) if line.strip()}
    assert len(found) == len({row.line for row in found})
    missed = [n for n in wanted if n not in {row.line for row in found}]
    assert [
        line for n, line in enumerate(text.split("\n"), 1) if n in missed and set(line) - set(', "\t\x0b\x0c')
    ] == []
    out = io.StringIO()
    csv.writer(out).writerows(ward_list.cells(row, said) for row in found)
    assert len(out.getvalue().encode().decode().split("\r\n")) == len(found) + 1


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "list.csv is empty."),
        (b"\n \n", "list.csv is empty."),
        (b"name,condition\na,cidp\n", "list.csv has no column id. It has: name, condition."),
        (b"\x1b[31m,condition\n", "list.csv has no column id. It has: ?[31m, condition."),
        (b"id,condition,ID\n", "list.csv has the column id twice."),
        ("id,condition\na,cidp\n".encode("utf-16"), "list.csv cannot be read. Save it as CSV UTF-8."),
        (b"id,\xe4\n", "list.csv cannot be read. Save it as CSV UTF-8."),
        (b'id,"condition;\n', 'list.csv has no column id. It has: id,"condition, .'),
        (b"x" * 200_000, "list.csv cannot be read. Save it as CSV UTF-8."),
        (b"PK\x03\x04\0\0", "list.csv cannot be read. Save it as CSV UTF-8."),
    ],
)
def test_what_is_no_list_is_one_sentence(read, body, says):
    with pytest.raises(ListError) as error:
        read(body)
    assert str(error.value) == says


def test_columns_that_say_nothing_here_are_named_once(tmp_path, words):
    path = tmp_path / "list.csv"
    path.write_text("id,condition,name,Bed \x1b[0m,weight,,#problem\np1,cidp,Ann,3,70,,x\n", encoding="utf-8")
    source = open_list(path, words)
    assert source.unused == ("name", "bed_?[0m", "weight", "#problem")
    (found,) = assess(shipped(), source.rows(words))
    assert (found.status, found.notices) == ("ok", ())


# ------------------------------------------------------------------- answers


@pytest.mark.parametrize("start", [*"=+-@", "\t", "＝", "＋", "－", "＠"])
def test_no_cell_of_the_answers_runs_as_a_formula(start, words):
    row = CohortRow(f"{start}1+1", 2, "error", f"{start}cmd", (f"{start}a",))
    for cell in ward_list.cells(row, words):
        assert not str(cell).startswith(start)


def test_numbers_are_numbers_and_what_is_not_known_says_so(words):
    row = CohortRow("a", 2, "ok", grams_per_month_now=12.5, grams_per_month_freed=-3.0, cost_change=-40)
    cells = dict(zip(ANSWERS, ward_list.cells(row, words), strict=True))
    assert (cells["grams_per_month_now"], cells["grams_per_month_freed"], cells["cost_change"]) == ("12.5", "-3.0", -40)
    assert cells["cost_per_year_now"] == "not known"
    with_commas = dict(zip(ANSWERS, ward_list.cells(row, words, ";"), strict=True))
    assert with_commas["grams_per_month_now"] == "12,5"
    blank = dict(zip(ANSWERS, ward_list.cells(CohortRow("a", 2, "error", "bad"), words), strict=True))
    assert set(list(blank.values())[4:]) == {""}


@pytest.fixture
def listed(tmp_path, words):
    path = tmp_path / "in.csv"
    path.write_text(HEAD + GOOD, encoding="utf-8")
    return open_list(path, words)


def test_answers_take_their_place_only_when_all_are_written(listed, tmp_path, words):
    target = tmp_path / "out.csv"
    target.write_text("before", encoding="utf-8")

    def stop_half_way():
        with answers(listed, target, words) as write:
            write(CohortRow("a", 2, "error"))
            assert target.read_text(encoding="utf-8") == "before"
            raise RuntimeError

    with pytest.raises(RuntimeError):
        stop_half_way()
    assert target.read_text(encoding="utf-8") == "before"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]
    with answers(listed, target, words) as write:
        write(CohortRow("a", 2, "error"))
    assert target.read_text(encoding="utf-8").startswith(",".join(ANSWERS))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.csv", "out.csv"]


# ------------------------------------------------------------- a list that is sent


def sent(body, name="list.csv"):
    return answered(open_bytes(body if isinstance(body, bytes) else body.encode(), name, shipped().words), shipped())


def sent_or_refused(body):
    try:
        return sent(body), ""
    except ListError as error:
        return None, str(error)


def test_a_list_that_is_sent_gives_the_file_of_the_command_line(tmp_path):
    for number, body in enumerate(
        [
            SAMPLE.read_bytes(),
            b"sep=;\nid;condition;situation;weight_kg\n=1;cidp;maintenance;72,5\n",
            HEAD.encode() + b"x,gout,\n,cidp,\nb,cidp\n\xff,cidp,\n" + GOOD.encode() * 2,
        ]
    ):
        (tmp_path / f"{number}.csv").write_bytes(body)
        assert run(tmp_path / f"{number}.csv", "--out", tmp_path / "out.csv").returncode == 0
        found = sent(body)
        assert found.file == (tmp_path / "out.csv").read_bytes()
        path = tmp_path / f"{number}.csv"
        assert found.total == summary(assess(shipped(), open_list(path, shipped().words).rows(shipped().words)))


def test_the_rows_of_the_answers_come_in_parts_and_by_decision():
    found = sent(SAMPLE.read_bytes())
    parts = [row for start in range(0, 60, 7) for row in found.rows(start, 7)]
    assert [row["id"] for row in parts] == [f"p{n:03}" for n in range(1, 61)]
    for decision, n in found.total.decisions.items():
        assert [row["id"] for row in found.rows(0, 99, decision)] == [
            row["id"] for row in parts if row["decision"] == decision
        ]
        assert len(found.rows(0, 99, decision)) == n
    bad = sent(HEAD + GOOD + "b,gout,\nc,cidp\n")
    assert [row["line"] for row in bad.rows(0, 99, "error")] == ["3", "4"]


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "list.csv is empty."),
        (b"PK\x03\x04\0\0", "list.csv cannot be read. Save it as CSV UTF-8."),
        (b"x" * 200_000, "list.csv cannot be read. Save it as CSV UTF-8."),
        (b"name\n", "list.csv has no column id. It has: name."),
        (b"id\n" + b"\n" * MOST_BYTES, "list.csv is larger than one MB. Use a shorter list."),
        (b"id\n" + b"a\n" * (MOST_ROWS + 1), "The list has more than 10,000 rows. Use a shorter list here."),
    ],
)
def test_what_was_sent_and_is_no_list_is_one_sentence(body, says):
    with pytest.raises(ListError) as error:
        sent(body)
    assert str(error.value) == says


@given(st.binary(max_size=300))
def test_any_bytes_that_are_sent_are_answered_or_refused_in_a_sentence(noise):
    for body in (noise, HEAD.encode() + noise):
        found, refusal = sent_or_refused(body)
        assert refusal.isprintable()
        assert found is None or len(found.rows(0, 999)) == found.total.rows


def test_the_name_of_a_file_that_was_sent_is_shown_as_text():
    with pytest.raises(ListError) as error:
        sent(b"", "\x1b[31m" + "x" * 200)
    assert str(error.value) == f"?[31m{'x' * 35} is empty."


def test_nothing_of_a_list_that_is_sent_is_written_to_a_disk(tmp_path, monkeypatch):
    def refused(*_, **__):
        raise AssertionError("a file was opened")

    content = SAMPLE.read_bytes()
    shipped()
    monkeypatch.setattr("builtins.open", refused)
    monkeypatch.setattr("pathlib.Path.open", refused)
    monkeypatch.setattr("io.open", refused)
    assert sent(content).total.rows == 60


def test_progress_is_told_while_a_list_that_was_sent_is_answered():
    told = []
    answered(open_bytes(SAMPLE.read_bytes(), "a", shipped().words), shipped(), told.append, every=20)
    assert told == [20, 40, 60]


# -------------------------------------------------------------- the command line


def run(*arguments, **more):
    return subprocess.run(
        [sys.executable, "-m", "decision", "cohort", *map(str, arguments)],
        cwd=ROOT, capture_output=True, encoding="utf-8", check=False, **more,
    )  # fmt: skip


def table(path, separator=","):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter=separator))


def test_the_sample_list(tmp_path):
    done = run(SAMPLE, "--out", tmp_path / "out.csv")
    assert (done.returncode, done.stdout) == (0, "")
    rows, asked = table(tmp_path / "out.csv"), table(SAMPLE)
    assert list(rows[0]) == list(ANSWERS)
    assert [row["id"] for row in rows] == [row["id"] for row in asked] == [f"p{n:03}" for n in range(1, 61)]
    assert {(row["status"], row["problem"], row["notices"]) for row in rows} == {("ok", "", "")}
    assert {row["decision"] for row in rows} == {"keeps_ig", "can_move_to", "no_alternative", "not_on_ig"}
    assert len({row["condition"] for row in rows}) > 10
    assert done.stderr.startswith("Rows: 60. With an error: 0.\n")
    assert done.stderr.endswith("Nobody should stop or stretch a treatment because of it.\n")


def test_the_totals_are_those_of_the_answers(tmp_path, words):
    done = run(SAMPLE, "--out", tmp_path / "out.csv", "--jobs", 1)
    rows = table(tmp_path / "out.csv")
    freed = sum(float(row["grams_per_month_freed"]) for row in rows)
    assert f"this would free {freed:,.0f} g a month" in done.stderr
    total = summary(assess(shipped(), open_list(SAMPLE, words).rows(words)))
    assert float(total.grams_per_month_freed) == pytest.approx(freed)


def test_a_list_with_semicolons_is_answered_with_semicolons(tmp_path):
    (tmp_path / "in.csv").write_text("id;condition;situation;weight_kg\n=1;cidp;maintenance;72,5\n", encoding="utf-8")
    assert run(tmp_path / "in.csv", "--out", tmp_path / "out.csv").returncode == 0
    (row,) = table(tmp_path / "out.csv", ";")
    assert (row["id"], row["grams_per_month_now"]) == ("'=1", "104,7")


def test_errors_of_rows_are_no_error_of_the_command(tmp_path):
    (tmp_path / "in.csv").write_bytes(HEAD.encode() + b"x,gout,\n,cidp,\nb,cidp\n\xff,cidp,\n" + GOOD.encode() * 2)
    done = run(tmp_path / "in.csv", "--out", tmp_path / "out.csv")
    assert (done.returncode, done.stdout) == (0, "")
    rows = table(tmp_path / "out.csv")
    assert [row["status"] for row in rows] == ["error"] * 4 + ["ok", "error"]
    assert [row["line"] for row in rows] == [str(n) for n in range(2, 8)]
    assert rows[3]["id"] == "\\udcff"
    assert all(row["problem"].startswith(f"row {row['line']}") for row in rows if row["status"] == "error")
    assert done.stderr.startswith("Rows: 6. With an error: 5.\n")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["in.csv"], "--out"),
        (["--out", "out.csv"], "IN.csv"),
        (["none.csv", "--out", "out.csv"], "none.csv cannot be opened: No such file or directory."),
        ([".", "--out", "out.csv"], "cannot be opened: Is a directory."),
        (["other.csv", "--out", "out.csv"], "other.csv has no column id."),
        (["in.csv", "--out", "in.csv"], "in.csv is the list itself. Name another file for the answers."),
        (["in.csv", "--out", "link.csv"], "link.csv is the list itself."),
        (["in.csv", "--out", "./x/../in.csv"], "in.csv"),
        (["in.csv", "--out", "folder"], "folder is not a file that can be replaced."),
        (["in.csv", "--out", "/dev/null"], "null is not a file that can be replaced."),
        (["in.csv", "--out", "nowhere/out.csv"], "out.csv cannot be written: No such file or directory."),
        (["in.csv", "--out", "o" * 300], "cannot be written: File name too long."),
        (["in.csv", "--out", "out.csv", "--jobs", "0"], "--jobs takes a number from 1 to 64, not '0'"),
        (["in.csv", "--out", "out.csv", "--jobs", "many"], "--jobs takes a number from 1 to 64, not 'many'"),
        (["in.csv", "--out", "out.csv", "--jobs", "9" * 5000], "--jobs takes a number from 1 to 64"),
    ],
)
def test_wrong_usage_is_one_sentence_and_writes_nothing(tmp_path, monkeypatch, arguments, says):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text(HEAD + GOOD, encoding="utf-8")
    (tmp_path / "other.csv").write_text("name\n", encoding="utf-8")
    (tmp_path / "link.csv").symlink_to("in.csv")
    (tmp_path / "folder").mkdir()
    before = sorted(path.name for path in tmp_path.iterdir())
    done = called("cohort", *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert says in done.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert (tmp_path / "in.csv").read_text(encoding="utf-8") == HEAD + GOOD


def test_broken_tables_are_never_used(tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(DATA_DIR, folder)
    (folder / "roles.csv").unlink()
    done = run(SAMPLE, "--out", tmp_path / "out.csv", "--data", folder)
    assert (done.returncode, (tmp_path / "out.csv").exists()) == (1, False)
    assert "run 'python -m decision validate'" in done.stderr


@pytest.fixture
def long_list(tmp_path):
    path = tmp_path / "long.csv"
    body = "".join(f"p{n},cidp,maintenance,{40 + n % 60}\n" for n in range(8000))
    path.write_text("id,condition,situation,weight_kg\n" + body, encoding="utf-8")
    return path


def test_more_processes_write_the_same_file(long_list, tmp_path):
    for jobs in (1, 2):
        assert run(long_list, "--out", tmp_path / f"{jobs}.csv", "--jobs", jobs).returncode == 0
    assert (tmp_path / "1.csv").read_bytes() == (tmp_path / "2.csv").read_bytes()
    assert len(table(tmp_path / "2.csv")) == 8000


def test_progress_is_shown_in_a_terminal_only(long_list, tmp_path):
    done = run(long_list, "--out", tmp_path / "out.csv", "--jobs", 1)
    assert "\r" not in done.stderr
    ours, theirs = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "decision",
        "cohort",
        str(long_list),
        "--out",
        str(tmp_path / "o.csv"),
        "--jobs",
        "1",
    ]
    with subprocess.Popen(command, cwd=ROOT, stderr=theirs) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:
                break
            shown += piece
        process.wait()
    os.close(ours)
    assert b"\r1,000 rows" in shown
    assert b"\r8,000 rows" in shown


def _can_be_stopped() -> None:
    """Let the keyboard stop what is started: a shell takes that from all it runs in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_a_run_that_is_stopped_leaves_nothing_behind(tmp_path):
    path = tmp_path / "long.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("id,condition,situation\n")
        file.writelines(f"p{n},cidp,maintenance\n" for n in range(200_000))
    command = [sys.executable, "-m", "decision", "cohort", str(path), "--out", str(tmp_path / "out.csv"), "--jobs", "1"]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True, preexec_fn=_can_be_stopped) as process:
        deadline = time.monotonic() + 60
        while not list(tmp_path.glob(".out.csv.*.part")) and time.monotonic() < deadline:
            time.sleep(0.01)
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
    assert (process.returncode, said) == (130, "Stopped. Nothing was written.\n")
    assert [path.name for path in tmp_path.iterdir()] == ["long.csv"]
