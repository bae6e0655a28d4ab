"""About: short at the top; what the app is worth is worked out from the tables that are served, when it is opened."""

from __future__ import annotations

import datetime
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from page_reading import SCRIPT, change, document, fill, having, text
from streamlit.testing.v1 import AppTest

from decision import load_catalogue, reading
from decision.age_of_facts import ages
from decision.facts import conflicts_by_condition, facts
from decision.ipdas import label
from decision.rows import IpdasItem

HARD = "The administration of intravenous immunoglobulin necessitates hospitalisation and continuous supervision."
PARTS = ("ipdas", "reading", "age", "coverage", "conflicts", "changes")
YEARS_AGO = "2020-01-01"


def said(at):
    return [paragraph.value for paragraph in at.markdown]


def open_about(open_page, *parts):
    at = open_page()
    for part in parts:
        at.session_state[f"about-{part}"] = True
    at.switch_page("decision/ui/pages/about.py").run()
    assert not at.exception
    return at


def rows(at):
    """Return the cells of the first table, row by row."""
    return [[text(cell) for cell in row] for row in having(document(at), "plain")[0].findall("tbody/tr")]


def test_the_top_says_what_it_is_who_made_it_who_checked_it_and_what_it_keeps(open_page, words):
    at = open_about(open_page)
    asked = [header.value for header in at.header]
    assert asked[:4] == [words(f"about.{name}.title") for name in ("what", "made", "reviewed", "privacy")]
    for name in ("what", "made", "reviewed"):
        assert words(f"about.{name}") in said(at)
    assert words("about.privacy.memory") in text(document(at))


def test_nothing_is_worked_out_before_it_is_opened(open_page, monkeypatch):
    from decision.ui import worth

    def never(*_):
        raise AssertionError("worked out though nobody opened it")

    for name in ("assess", "report", "ages", "conflicts_by_condition"):
        monkeypatch.setattr(worth, name, never)
    open_about(open_page)


# ------------------------------------------------------------------- standards


def items(at):
    return [text(item) for name in ("item-met", "item-unmet") for item in having(document(at), name)]


def test_every_item_that_applies_is_shown_with_its_state_and_its_place(open_page, catalogue, words):
    shown = items(open_about(open_page, "ipdas"))
    apply = [item for item in catalogue.ipdas if item.check != "not_applicable"]
    assert len(shown) == len(apply)
    for item in apply:
        (line,) = (one for one in shown if one.startswith(f"{label(item, catalogue)}. "))
        assert item.text in line
        if item.check == "people":
            assert words("ipdas.state.unmet") in line
            assert item.reason in line


def test_a_fact_from_tomorrow_turns_the_date_unmet_on_the_page(open_page, tables, catalogue, words):
    before = items(open_about(open_page, "ipdas"))
    tomorrow = datetime.date.today() + datetime.timedelta(days=1)
    change(tables / "effects.csv", 2, "checked", tomorrow.isoformat())
    after = items(open_about(open_page, "ipdas"))
    dated = next(item for item in catalogue.ipdas if item.check == "dates")
    start = f"{label(dated, catalogue)}. {dated.text}"
    assert [line for line in after if line.startswith(f"{start} {words('ipdas.state.unmet')}.")]
    assert [line for line in before if line.startswith(f"{start} {words('ipdas.state.met')}.")]


@cache
def titles() -> set[str]:
    """Return the titles of all pages that the app leads to."""
    found = set()
    navigation = st.navigation

    def note(listed, **options):
        found.update(page.title for part in listed.values() for page in part)
        return navigation(listed, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "navigation", note)
        AppTest.from_file(str(SCRIPT), default_timeout=60).run()
    return found


ITEMS = load_catalogue().rows("ipdas", IpdasItem)


@pytest.mark.parametrize("item", [item for item in ITEMS if item.pages], ids=lambda item: item.item)
def test_an_item_is_met_on_a_page_that_the_app_leads_to(words, item):
    assert {words(page) for page in item.pages} <= titles()


# --------------------------------------------------------------------- reading


def test_the_reading_grade_is_shown_as_measured(open_page, catalogue, words):
    at = open_about(open_page, "reading")
    found = reading.report(catalogue)
    assert words("about.reading.title") in [box.label for box in at.expander]
    shown = words(
        "about.reading",
        passages=f"{found.passages:,}",
        median=words.number(found.median),
        highest=words.number(found.highest),
    )
    assert shown in said(at)
    assert words("about.reading.how", library=found.library, names=f"{found.names:,}") in said(at)
    assert words("about.reading.labels", labels=f"{found.labels:,}") in said(at)
    hard = words("about.reading.too_hard", n=f"{len(found.too_hard):,}")
    assert (hard in said(at)) is bool(found.too_hard)


def test_texts_that_are_too_hard_are_counted(open_page, tables, catalogue, words):
    change(tables / "conditions.csv", 2, "description", HARD)
    more = len(reading.report(catalogue).too_hard) + 1
    assert words("about.reading.too_hard", n=f"{more:,}") in said(open_about(open_page, "reading"))


# ---------------------------------------------------------- age, coverage, conflicts


def test_the_age_of_the_facts_is_that_of_today(open_page, catalogue, words):
    at = open_about(open_page, "age")
    found = ages(facts(catalogue), datetime.date.today())
    assert [row[:3] for row in rows(at)] == [
        [words(f"table.{one.table}"), f"{one.facts:,}", f"{one.overdue:,}"] for one in found
    ]
    late, all_ = sum(one.overdue for one in found), sum(one.facts for one in found)
    assert words("about.age.late", n=f"{late:,}", all=f"{all_:,}") in said(at)


def test_old_facts_are_counted_as_overdue(open_page, tables, catalogue, words):
    fill(tables / "prices.csv", "checked", lambda row: YEARS_AGO)
    at = open_about(open_page, "age")
    (prices,) = (row for row in rows(at) if row[0] == words("table.prices"))
    assert prices[1] == prices[2] == f"{len(catalogue.tables['prices'])}"


def test_every_condition_is_in_the_map_of_what_is_known(open_page, catalogue):
    shown = rows(open_about(open_page, "coverage"))
    assert [row[0] for row in shown] == [row.short_name for row in catalogue.conditions.values()]
    assert all(sum(int(cell.replace(",", "")) for cell in row[1:]) > 0 for row in shown)


def test_conflicts_are_counted(open_page, catalogue, words):
    at = open_about(open_page, "conflicts")
    counted = conflicts_by_condition(facts(catalogue))
    assert words("about.conflicts", n=f"{sum(counted.values()):,}") in said(at)
    assert [row[1] for row in rows(at)] == [f"{count:,}" for count in counted.values()]


# --------------------------------------------------------------------- changes


def test_the_log_is_that_of_the_table_the_newest_first(open_page, tables: Path, words):
    later = datetime.date(2027, 2, 3)
    change(tables / "changes.csv", 3, "day", later.isoformat())
    at = open_about(open_page, "changes")
    log = load_catalogue(tables).changes
    shown = [text(one) for one in having(document(at), "fact")]
    assert len(shown) == len(log) > 1
    assert shown[0].startswith(words.day(later))
    for row, line in zip(log, shown, strict=True):
        assert row.what in line
        assert row.why in line


@pytest.mark.parametrize("part", PARTS)
def test_each_part_opens_by_itself(open_page, words, part):
    at = open_about(open_page, part)
    (box,) = (box for box in at.expander if box.label == words(f"about.{part}.title"))
    assert box.children
