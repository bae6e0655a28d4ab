"""The Teach page: every exercise opens from its link, and shows what the engine says."""

from __future__ import annotations

import csv
import datetime
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from math import ceil
from urllib.parse import parse_qsl

import pytest
from page_reading import ROOT, SCRIPT, append, document, expected, having, only, text, widget
from streamlit.testing.v1 import AppTest

from decision import Scenario, compare, visit
from decision.catalogue import DATA_DIR, load_catalogue
from decision.class_values import FEWEST
from decision.cohort import DECISIONS
from decision.contrast import contrast
from decision.export import as_json
from decision.framing import FRAMES
from decision.handout import html as handout_html
from decision.handout.sheet import sheet
from decision.lesson import lesson
from decision.sensitivity import inputs, one_way
from decision.ui.teach_ward import ROWS

PAGE = "decision/ui/pages/teach.py"
CATALOGUE = load_catalogue()
CASES = list(CATALOGUE.cases)
EXERCISES = ("lesson", "contrast", "moves", "framing", "class", "ward")


def opened(query: Mapping[str, str]) -> AppTest:
    """Open the page from a link."""
    at = AppTest.from_file(str(SCRIPT), default_timeout=60)
    at.switch_page(PAGE)
    at.query_params.update(query)
    at.run()
    assert not at.exception
    return at


def tables(at: AppTest) -> dict[str, list[list[str]]]:
    """Return the rows of every table on the page by its caption."""
    found = {}
    for table in document(at).iter("table"):
        rows = [[text(cell) for cell in row] for row in table.iter("tr")]
        found[text(table.find("caption"))] = rows  # type: ignore[arg-type]
    return found


def bold(at: AppTest) -> list[str]:
    return [text(element) for element in document(at).iter("b")]


# ------------------------------------------------------------------------ links


@pytest.mark.parametrize("exercise", ["lesson", "contrast", "moves", "framing"])  # the others know no case
@pytest.mark.parametrize("case", CASES)
def test_every_exercise_opens_for_every_case(words, exercise, case):
    at = opened({"exercise": exercise, "case": case})
    titles = [header.value for header in at.header]
    wanted = CATALOGUE.cases[case].title if exercise == "lesson" else words(f"teach.exercise.{exercise}")
    assert titles == [wanted]
    assert not at.error
    document(at)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_the_link_of_an_exercise_opens_it_again(words, exercise):
    at = opened({"exercise": exercise, "case": "mmn-hours", "side": "b", "answers": "yes", "input": "weight_kg"})
    link = at.code[-1].value
    again = opened(dict(parse_qsl(link.partition("?")[2])))
    assert again.code[-1].value == link
    assert [header.value for header in again.header] == [header.value for header in at.header]
    assert tables(again) == tables(at)


@pytest.mark.parametrize("seed", range(12))
def test_any_address_gives_an_exercise(words, seed):
    chance = random.Random(seed)
    junk = (
        "",
        "nothing",
        "<script>alert(1)</script>",
        "own",
        "ivig.relapse",
        "condition=cidp&x=%00",
        "a" * 2000,
        "{0}",
    )
    query = {
        key: chance.choice((*junk, "yes", "b", *EXERCISES, *CASES[:2]))
        for key in ("exercise", "case", "b", "side", "input", "even", "cell", "answers")
    }
    at = opened(query)
    assert at.header
    document(at)


# ----------------------------------------------------------------------- lesson


def test_a_lesson_keeps_its_answers_until_the_key_is_asked_for(words, catalogue):
    at = opened({"exercise": "lesson", "case": "gbs-travel"})
    found = lesson(catalogue, "gbs-travel")
    assert [text(card.find("h3")) for card in having(document(at), "card")] == [  # type: ignore[arg-type]
        words("teach.card", role=words(f"teach.role.{card.role}")) for card in found.role_cards
    ]
    assert having(document(at), "answers") == []
    assert words("teach.parts.points") not in [sub.value for sub in at.subheader]
    widget(at, "toggle", words("teach.answers")).set_value(True).run()
    assert at.query_params["answers"] == ["yes"] or at.query_params["answers"] == "yes"
    shown = " ".join(text(element) for element in having(document(at), "answers"))
    for part in (*found.questions, *found.points):
        for answer in part.answers:
            assert " ".join(answer.text.split()) in shown


def test_a_lesson_says_what_differs_between_its_scenarios(words):
    at = opened({"exercise": "lesson", "case": "cidp-far-and-short"})
    rows = tables(at)[words("contrast.inputs")][1:]
    assert [(row[1], row[2]) for row in rows] == [("30 minutes", "2 h 30 min"), ("Normal", "Critical")]


# --------------------------------------------------------------------- contrast


@pytest.mark.parametrize("case", CASES)
def test_every_verdict_on_both_sides_is_shown_and_marked_where_it_differs(words, catalogue, case):
    at = opened({"exercise": "contrast", "case": case})
    found = lesson(catalogue, case)
    wanted = []
    for a, b in zip(found.a.options, found.b.options, strict=True):
        if a.used:
            mark = f"{a.name}{words('contrast.mark')}" if a.verdict != b.verdict else a.name
            wanted.append([mark, words(f"verdict.{a.verdict}"), words(f"verdict.{b.verdict}")])
    assert [row[:3] for row in tables(at)[words("contrast.verdicts")][1:]] == wanted
    differing = {option.a.name for option in contrast(found.a, found.b).differing}
    assert {name for name in tables(at) if name in {o.name for o in found.a.options}} == differing


def test_the_open_comparison_is_set_against_a_pasted_link(words, catalogue):
    query = {"exercise": "contrast", "case": "own", "condition": "mmn", "situation": "maintenance"}
    at = opened(query)
    assert words("teach.b.none") in [shown.value for shown in at.markdown]
    link = "https://example.org/?condition=mmn&situation=maintenance&travel_minutes=200&weight_kg=95&exercise=moves&x=1"
    at.text_input[0].set_value(link).run()
    assert not at.exception
    rows = tables(at)
    assert [(row[1], row[2]) for row in rows[words("contrast.inputs")][1:]] == [
        ("70 kg", "95 kg"),
        ("30 minutes", "3 h 20 min"),
    ]
    a = expected({"condition": "mmn", "situation": "maintenance"}, catalogue)
    b = compare(catalogue, Scenario("mmn", "maintenance", travel_minutes=200, weight_kg=95))
    assert [row[1:] for row in rows[words("contrast.verdicts")][1:]] == [
        [words(f"verdict.{x.verdict}"), words(f"verdict.{y.verdict}")]
        for x, y in zip(a.options, b.options, strict=True)
        if x.used
    ]
    assert any("“x”" in text(shown) for shown in having(document(at), "notice"))


def test_what_a_pasted_link_says_of_a_body_does_not_reach_the_address(words):
    at = opened({"exercise": "contrast", "case": "own", "condition": "mmn"})
    link = "?condition=mmn&health=diabetes&weight_kg=95&pregnancy=pregnant&age_group=older_adult&travel_minutes=200"
    at.text_input[0].set_value(link).run()
    address = json.dumps(dict(at.query_params)) + at.code[-1].value
    assert not [word for word in ("diabetes", "95", "pregnant", "older_adult") if word in address]
    assert "travel_minutes" in address
    shown = " ".join(" ".join(row) for row in tables(at)[words("contrast.inputs")])
    assert words("health.diabetes") in shown


@pytest.mark.parametrize(
    "link", ["nothing", "https://example.org", "?a=b", "?condition=nothing", "<script>", "%00?&&="]
)
def test_what_is_no_link_is_named_and_changes_nothing(words, link):
    at = opened({"exercise": "contrast", "case": "own", "condition": "mmn"})
    at.text_input[0].set_value(link).run()
    assert not at.exception
    assert [text(shown) for shown in having(document(at), "notice")] == [words("teach.b.bad")]
    assert words("contrast.empty") in [shown.value for shown in at.markdown]


# ------------------------------------------------------------------------ moves


@pytest.mark.parametrize("side", ["a", "b"])
def test_changes_are_those_of_the_engine(words, catalogue, side):
    at = opened({"exercise": "moves", "case": "mmn-hours", "side": side, "input": "travel_minutes"})
    scenario = getattr(lesson(catalogue, "mmn-hours"), side).scenario
    found = one_way(catalogue, scenario, "travel_minutes")
    rows = tables(at)[words("moves.table")][1:]
    assert len(rows) == len(found.changes) > 0
    for row, change in zip(rows, found.changes, strict=True):
        assert all(flip.name in row[1] for flip in change.flips)


def test_every_input_can_be_chosen(words, catalogue):
    at = opened({"exercise": "moves", "case": "cidp-far-and-short"})
    scenario = lesson(catalogue, "cidp-far-and-short").a.scenario
    for key in inputs(catalogue, scenario):
        widget(at, "selectbox", words("moves.ask")).set_value(key).run()
        assert not at.exception, key
        assert at.query_params.get("input", ["travel_minutes"]) in ([key], key)


def test_a_tornado_stands_where_weights_are_stated_and_where_they_are_set_alike(words):
    at = opened({"exercise": "moves", "case": "cidp-two-values"})
    chart = at.get("plotly_chart")
    assert len(chart) == 1
    assert chart[0].proto.alt == words("tornado.alt")
    assert words("tornado.title") in tables(at)
    plain = opened({"exercise": "moves", "case": "cidp-far-and-short"})
    assert plain.get("plotly_chart") == []
    widget(plain, "toggle", words("moves.even")).set_value(True).run()
    assert len(plain.get("plotly_chart")) == 1
    assert {row[1] for row in tables(plain)[words("tornado.title")][1:]} == {"5 of 10"}


# ---------------------------------------------------------------------- framing


def test_wordings_come_one_at_a_time_and_then_what_is_behind_them(words, catalogue):
    at = opened({"exercise": "framing", "case": "gbs-travel"})
    for count in range(1, len(FRAMES) + 1):
        assert len(having(document(at), "frame")) == count
        if count == 1:
            at.segmented_control[1].set_value("5").run()
        if count < len(FRAMES):
            assert words("framing.same") not in tables(at)
            next(button for button in at.button if button.label == words("framing.next")).click().run()
    rows = tables(at)[words("framing.same")][1:]
    assert [row[0] for row in rows] == [frame.name for frame in catalogue.frames.values()]
    reads, said = words("framing.reads"), words("framing.said")
    assert [row[1] for row in rows] == [f"{reads}{text(shown)}" for shown in having(document(at), "frame")]
    levels = [words("framing.level.5")] + [words("framing.not_rated")] * (len(FRAMES) - 1)
    assert [row[2] for row in rows] == [f"{said}{level}" for level in levels]
    assert "look" not in json.dumps(dict(at.query_params)), "what a learner says stays on the screen"


def test_all_wordings_can_be_shown_at_once_with_their_studies(words, catalogue):
    at = opened({"exercise": "framing", "case": "dermatomyositis-clots"})
    next(button for button in at.button if button.label == words("framing.all")).click().run()
    links = {link.get("href") for link in document(at).iter("a")}
    assert "https://doi.org/10.1371/journal.pmed.1000134" in links
    assert len(having(document(at), "icons")) == 2


# ------------------------------------------------------------------------ class


def files(count: int, **said: object) -> list[tuple[str, bytes, str]]:
    chance = random.Random(7)
    catalogue = CATALOGUE
    made = []
    for number in range(count):
        weights = {name: float(chance.choice((2, 5, 8, 10))) for name in ("benefit", "time", "cost")}
        scenario = Scenario("cidp", "maintenance", weights=weights, **said)  # type: ignore[arg-type]
        made.append((f"{number}.json", json.dumps(as_json(compare(catalogue, scenario), catalogue)).encode(), "json"))
    return made


def test_a_class_is_shown_from_five_files_on(words):
    at = opened({"exercise": "class"})
    at.file_uploader[0].set_value(files(FEWEST - 1)).run()
    assert not at.exception
    assert words("class.spread") not in tables(at)
    assert words("class.few", n=FEWEST - 1, least=FEWEST) in [shown.value for shown in at.markdown]
    at.file_uploader[0].set_value(files(FEWEST)).run()
    rows = tables(at)[words("class.spread")][1:]
    assert [row[1] for row in rows] == [str(FEWEST)] * 3
    assert sum(int(row[1]) for row in tables(at)[words("class.leaders")][1:]) == FEWEST


def test_a_file_of_something_else_is_named_in_one_sentence(words):
    at = opened({"exercise": "class"})
    hostile = "<img src=x onerror=alert(1)>{0}.json"
    bad = [(hostile, b"[" * 100_000, "json"), ("b.json", b"\xff\x00", "json"), ("c.json", b"{}", "json")]
    silent = json.dumps(as_json(expected({"condition": "cidp"}, CATALOGUE), CATALOGUE)).encode()
    at.file_uploader[0].set_value([*files(FEWEST), *bad, ("quiet.json", silent, "json")]).run()
    assert not at.exception
    notices = [text(shown) for shown in having(document(at), "notice")]
    assert notices == [
        words("class.bad", file=hostile),
        words("class.bad", file="b.json"),
        words("class.bad", file="c.json"),
        words("class.no_weights", file="quiet.json"),
    ]
    assert words("class.spread") in tables(at)


def test_nothing_of_a_body_in_a_file_is_shown(words):
    at = opened({"exercise": "class"})
    at.file_uploader[0].set_value(files(FEWEST, health=("diabetes",), weight_kg=93)).run()
    shown = text(document(at)) + json.dumps(dict(at.query_params))
    assert words("health.diabetes") not in shown
    assert "93" not in shown


def test_saved_pages_and_data_are_held_together(words, catalogue):
    pages = []
    for number in range(2):
        query = {"condition": "cidp", "situation": "maintenance", "w.benefit": "8", "w.time": "2", "health": "diabetes"}
        said, _ = visit.read(query, catalogue, notes="a secret")
        made = sheet(
            compare(catalogue, said.scenario(catalogue)), catalogue, said, datetime.date(2026, 1, 5), with_body=True
        )
        pages.append((f"{number}.html", handout_html.page(made).encode(), "text/html"))
    at = opened({"exercise": "class"})
    at.file_uploader[0].set_value([*files(FEWEST - 2), *pages]).run()
    assert not at.exception
    assert having(document(at), "notice") == []
    assert sum(int(row[1]) for row in tables(at)[words("class.leaders")][1:]) == FEWEST
    assert "secret" not in text(document(at))


# ------------------------------------------------------------------------- ward

SAMPLE = DATA_DIR / "cohorts" / "ward-sample.csv"
HEAD = b"id,condition,situation\n"


@pytest.fixture(scope="module")
def answers(tmp_path_factory) -> tuple[list[dict[str, str]], list[str]]:
    """Return what the command line says of the sample list: the rows of its file, and its totals."""
    out = tmp_path_factory.mktemp("ward") / "answers.csv"
    command = [sys.executable, "-m", "decision", "cohort", str(SAMPLE), "--out", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)), done.stderr.splitlines()


def told(at: AppTest) -> list[str]:
    """Return the lines of all lists on the page."""
    return [text(item) for item in document(at).iter("li")]


def test_the_sample_list_is_answered_as_on_the_command_line(words, catalogue, answers):
    rows, totals = answers
    at = opened({"exercise": "ward"})
    assert not at.selectbox or words("teach.start") not in [box.label for box in at.selectbox]
    counted = {row[0]: row[1] for row in tables(at)[words("ward.counts")][1:]}
    assert counted == {
        words(f"ward.decision.{name}"): str(sum(row["decision"] == name for row in rows)) for name in DECISIONS
    }
    first = Counter(row["after"] for row in rows if row["decision"] == "can_move_to")
    moves = {row[0]: int(row[1]) for row in tables(at)[words("ward.moves")][1:]}
    assert moves == {catalogue.options[option].name: n for option, n in first.items()}
    said = [shown.value for shown in at.markdown]
    assert totals[0] in said
    for line in told(at):
        assert line in totals
    assert {line for line in totals if "free" in line or "cost would" in line or "no sum" in line} <= set(told(at))
    assert [text(shown) for shown in having(document(at), "notice")] == [words("ward.exercise"), totals[-1]]


def test_the_rows_of_the_list_are_shown_a_page_at_a_time(words, catalogue, answers):
    rows, _ = answers
    at = opened({"exercise": "ward"})
    shown = []
    pages = ceil(len(rows) / ROWS)
    for number in range(1, pages + 1):
        if number > 1:
            at.get("pagination")[0].set_value(number).run()
            assert not at.exception
        shown += tables(at)[words("ward.rows.caption", what=words("ward.rows.all"), page=number, pages=pages)][1:]
    assert [row[0] for row in shown] == [row["id"] for row in rows]
    unknown = words("ward.column.cost") + words("unknown")
    for cells, row in zip(shown, rows, strict=True):
        assert (cells[5] == unknown) == (row["cost_change"] == "not known")
    without = [row["id"] for row in rows if row["decision"] == "no_alternative"]
    widget(at, "selectbox", words("ward.rows.ask")).set_value("no_alternative").run()
    what = words("ward.decision.no_alternative")
    found = tables(at)[words("ward.rows.caption", what=what, page=1, pages=1)][1:]
    assert [row[0] for row in found] == without


def test_a_list_of_ones_own_takes_the_place_of_the_sample(words):
    at = opened({"exercise": "ward"})
    body = HEAD.replace(b"\n", b",name\n") + b"a,cidp,maintenance,Ann\n<b>x</b>,gout,,Bo\nc,cidp\n"
    at.file_uploader[0].set_value(("mine.csv", body, "text/csv")).run()
    assert not at.exception
    shown = text(document(at))
    assert words("cohort.unused", columns="name") in shown
    assert "Ann" not in shown
    assert "<b>x</b>" in shown
    assert words("ward.errors", n=2) in shown
    assert [line for line in told(at) if line.startswith("row ")] == [
        row[3].removeprefix(words("ward.column.says"))
        for row in tables(at)[words("ward.rows.caption", what=words("ward.rows.all"), page=1, pages=1)][2:]
    ]
    assert "mine.csv" not in json.dumps(dict(at.query_params))


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", ("cohort.wrong.empty", {"file": "<i>.csv"})),
        (b"PK\x03\x04\0\xff", ("cohort.wrong.not_text", {"file": "<i>.csv"})),
        (b"name,age\n", ("cohort.wrong.no_id", {"file": "<i>.csv", "columns": "name, age"})),
        (HEAD + b"x\n" * 600_000, ("cohort.wrong.too_large", {"file": "<i>.csv"})),
        (b"id\n" + b"x\n" * 10_001, ("cohort.wrong.too_long", {"most": "10,000"})),
    ],
    ids=["empty", "not text", "no id", "too large", "too long"],
)
def test_a_file_that_is_no_list_is_one_clear_sentence(words, body, says):
    at = opened({"exercise": "ward"})
    at.file_uploader[0].set_value(("<i>.csv", body, "text/csv")).run()
    assert not at.exception
    assert [text(shown) for shown in having(document(at), "notice")] == [
        words("ward.exercise"),
        words(says[0], **says[1]),
    ]
    assert tables(at) == {}


def test_what_other_pages_show_is_not_in_the_address(words):
    at = opened({"exercise": "ward", "view": "numbers", "show": "ivig,scig", "condition": "mmn", "case": "own"})
    assert set(at.query_params) <= {"condition", "situation", "exercise", "case"}
    assert at.code[-1].value.partition("?")[2] == "exercise=ward"


# -------------------------------------------------------------------- hostility

HOSTILE = "<script>alert(1)</script>\"'&</td></table>"


@pytest.mark.parametrize(
    ("table", "columns"),
    [("cases", ("title", "who", "clash")), ("case_parts", ("text", "unaware")), ("frames", ("name", "does", "here"))],
)
@pytest.mark.parametrize("exercise", ["lesson", "framing"])
def test_hostile_text_in_a_table_is_shown_as_text(tables, words, table, columns, exercise):
    for column in columns:
        append(tables / f"{table}.csv", column, HOSTILE)
    at = opened({"exercise": exercise, "case": "gbs-travel", "answers": "yes"})
    for button in at.button:
        if button.label == words("framing.all"):
            button.click().run()
    assert not at.exception
    tags = {element.tag for element in document(at).iter()}
    assert "script" not in tags
    assert only(document(at), "not-reviewed") is not None
