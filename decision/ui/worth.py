"""What the app is worth, for the About page: each part is worked out when it is opened."""

from __future__ import annotations

import datetime
from html import escape

import streamlit as st

from decision import coverage
from decision.age_of_facts import ages
from decision.catalogue import Catalogue
from decision.facts import conflicts_by_condition
from decision.ipdas import GROUPS, Assessed, assess, label, tallies, where
from decision.reading import Report, report
from decision.translation import ENGLISH
from decision.ui import html, shell
from decision.wording import Words

EVIDENCE = "decision/ui/pages/evidence.py"


@st.cache_resource(show_spinner=False, max_entries=1)
def _reading(_catalogue: Catalogue, version: str) -> Report | None:  # noqa: ARG001 - the version is the key
    """Return the reading grade, which is measured for English only."""
    return report(_catalogue) if _catalogue.language == ENGLISH else None


@st.cache_resource(show_spinner=False, max_entries=1, ttl=datetime.timedelta(hours=1))
def _assessed(_catalogue: Catalogue, version: str) -> tuple[Assessed, ...]:
    """Return how the app stands against the standards today."""
    return assess(_catalogue, datetime.date.today(), _reading(_catalogue, version))


def standards(catalogue: Catalogue, words: Words) -> None:
    """Show every item of the standards with its state, and where it is met."""
    found = _assessed(catalogue, catalogue.version)
    rows = [
        (
            words(f"ipdas.{tally.group}"),
            words("ipdas.of", n=words.number(tally.met), all=words.number(tally.of)),
            words.number(tally.not_applicable),
        )
        for tally in tallies(found)
    ]
    head = [words("ipdas.group"), words("ipdas.met"), words("ipdas.not_applicable")]
    st.write(words("about.ipdas"))
    st.html(html.plain_table(head, rows, words("about.ipdas.title")))
    for group in GROUPS:
        st.subheader(words(f"ipdas.{group}"), anchor=False)
        here = [one for one in found if one.item.group == group]
        st.html("".join(_item(one, catalogue, words) for one in here if one.state != "not_applicable"))
        tests = [label(one.item, catalogue) for one in here if one.state == "not_applicable"]
        if tests:
            st.write(words("ipdas.tests", items=words.listing(tests)))
    st.caption(words("ipdas.source"))


def _item(one: Assessed, catalogue: Catalogue, words: Words) -> str:
    """Return an item: its number and state, what is asked, and where it is met or why not."""
    state = escape(words(f"ipdas.state.{one.state}"))
    return (
        f'<div class="fact item-{one.state}"><span class="line">{escape(label(one.item, catalogue))}. '
        f'{escape(one.item.text)} <b>{state}.</b></span><span class="note">{escape(where(one, catalogue))}</span></div>'
    )


def reading(catalogue: Catalogue, words: Words) -> None:
    """Say which reading grade was measured, and what is still too hard."""
    found = _reading(catalogue, catalogue.version)
    if found is None:
        st.write(words("about.reading.english"))
        return
    figures = {"median": words.number(found.median), "highest": words.number(found.highest)}
    st.write(words("about.reading", passages=words.exact(found.passages), **figures))
    st.write(words("about.reading.aim"))
    if found.too_hard:
        st.write(words("about.reading.too_hard", n=words.exact(len(found.too_hard))))
    st.write(words("about.reading.how", library=found.library, names=words.exact(found.names)))
    st.write(words("about.reading.labels", labels=words.exact(found.labels)))


def age(catalogue: Catalogue, words: Words) -> None:
    """Show for each kind of fact when it was checked, and what is overdue."""
    found = ages(shell.facts(catalogue, catalogue.version), datetime.date.today())
    late, all_ = sum(one.overdue for one in found), sum(one.facts for one in found)
    st.write(words("about.age"))
    st.write(words("about.age.late", n=words.exact(late), all=words.exact(all_)))
    columns = ("facts", "overdue", "next", "checked", "oldest", "newest")
    rows = [
        (
            words(f"table.{one.table}"),
            words.exact(one.facts),
            words.exact(one.overdue),
            words.day(one.next_due),
            words.exact(one.unchecked),
            words.day(one.oldest),
            words.day(one.newest),
        )
        for one in found
    ]
    head = [words("evidence.kind"), *(words(f"about.age.{name}") for name in columns)]
    title = words("about.age.title")
    st.html(html.scroll(html.plain_table(head, rows, title), title))


def known(catalogue: Catalogue, words: Words) -> None:
    """Say how much is known, for each condition, and where no study counts a benefit."""
    found = shell.coverage(catalogue, catalogue.version)
    st.write(words("coverage.share", share=words.percent(coverage.share_settled(coverage.totals(found)))))
    rows = []
    for condition, row in catalogue.conditions.items():
        counted = coverage.totals(cell for cell in found if cell.condition == condition)
        rows.append((row.short_name, *(words.exact(count) for count in counted.values())))
    head = [words("pick.condition"), *(words(f"coverage.short.{state}") for state in coverage.STATES)]
    title = words("coverage.title")
    st.html(html.scroll(html.plain_table(head, rows, title), title))
    gaps = coverage.without_benefit(catalogue)
    if gaps:
        st.write(words("about.coverage.gap", n=words.number(len(gaps)), all=words.number(len(catalogue.roles))))
        names = (f"{catalogue.conditions[c].short_name}: {catalogue.situation(c, s).name}" for c, s in gaps)
        st.html(html.bullet_list(names))
    st.page_link(EVIDENCE, label=words("evidence.title"))


def conflicts(catalogue: Catalogue, words: Words) -> None:
    """Count the facts on which sources do not agree, for each condition."""
    counted = conflicts_by_condition(shell.facts(catalogue, catalogue.version))
    st.write(words("about.conflicts", n=words.exact(sum(counted.values()))))
    rows = [(catalogue.conditions[name].short_name, words.exact(count)) for name, count in counted.items()]
    head = [words("pick.condition"), words("about.conflicts.count")]
    st.html(html.plain_table(head, rows, words("about.conflicts.title")))
    st.write(words("about.conflicts.find"))
    st.page_link(EVIDENCE, label=words("evidence.title"))


def changes(catalogue: Catalogue, words: Words) -> None:
    """List what changed in the tables, the newest first."""
    st.write(words("about.changes"))
    shown = (
        f'<div class="fact"><span class="note">{escape(words.day(row.day))}</span>'
        f'<span class="line">{escape(row.what)}</span>'
        f'<span class="line">{escape(words("about.changes.why", text=row.why))}</span></div>'
        for row in catalogue.changes
    )
    st.html("".join(shown))
