"""A shortage exercise: a ward list run through the comparison; what each row keeps, and what could stand in."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from math import ceil

import streamlit as st

from decision import ward_list
from decision.catalogue import Catalogue
from decision.cohort import DECISIONS
from decision.ui import html, shell, teach_html
from decision.ui.state import Said
from decision.ui.teach_start import Start
from decision.ward_list import Answered, ListError
from decision.wording import Words

SAMPLE = "ward-sample.csv"
ROWS = 10
"""Rows that are shown at a time."""

FIRST_ERRORS = 10
ERROR = "error"
COLUMNS = ("id", "condition", "now", "says", "grams", "cost")


def show(_start: Start, said: Said, words: Words) -> None:
    """Answer the sample list, or one that is sent, and show totals, rows and the file of the answers."""
    st.header(words("teach.exercise.ward"), anchor=False)
    st.html(html.paragraph(words("ward.exercise"), "notice"))
    st.write(words("ward.hint"))
    st.write(words("ward.hint.own", n=words.number(ward_list.MOST_ROWS)))
    path = shell.folder() / "cohorts" / SAMPLE
    sample = path.read_bytes() if path.is_file() else b""
    st.download_button(words("ward.sample.save"), sample, SAMPLE, "text/csv", on_click="ignore")
    file = st.file_uploader(words("ward.upload"), type=["csv", "txt"], key="ward-file")
    content, name = (file.getvalue(), file.name) if file else (sample, SAMPLE)
    try:
        found = _answered(content, name, said.catalogue)
    except ListError as error:
        st.html(html.paragraph(str(error), "notice"))
        return
    st.subheader(words("ward.own" if file else "ward.sample"), anchor=False)
    _totals(found, said.catalogue, words)
    st.download_button(
        words("ward.save"), lambda: found.file, "ig-options-ward-answers.csv", "text/csv", on_click="ignore"
    )
    _rows(found, sha256(content).hexdigest()[:12], said.catalogue, words)
    st.html(html.paragraph(words("cohort.informs"), "notice"))


def _answered(content: bytes, name: str, catalogue: Catalogue) -> Answered:
    """Return the answers to a list; of the last one the answers stay in this session, the list itself does not.

    Raises ListError where it is no list that can be used.
    """
    words = catalogue.words
    key = (sha256(content).digest(), catalogue.version)
    kept = st.session_state.get("_teach_ward")
    if kept and kept[0] == key:
        return kept[1]
    source = ward_list.open_bytes(content, name, words)
    lines = max(content.count(b"\n"), content.count(b"\r"), 1)
    bar = st.progress(0.0, words("ward.wait"))

    def progress(done: int) -> None:
        bar.progress(min(1.0, done / lines), words("cohort.progress", n=words.number(done)))

    try:
        found = ward_list.answered(source, catalogue, progress)
    finally:
        bar.empty()
    st.session_state["_teach_ward"] = (key, found)
    return found


def _totals(found: Answered, catalogue: Catalogue, words: Words) -> None:
    """Show how many keep immunoglobulin, could move, or have nothing else; the sums; and what could not be read."""
    total = found.total
    st.write(words("cohort.rows", n=words.number(total.rows), errors=words.number(total.errors)))
    if found.unused:
        st.html(html.paragraph(words("cohort.unused", columns=", ".join(found.unused)), "notice"))
    counts = [
        (words(f"ward.decision.{decision}"), words.number(total.decisions.get(decision, 0))) for decision in DECISIONS
    ]
    st.html(html.plain_table([words("ward.what"), words("ward.people")], counts, words("ward.counts")))
    moves = [
        (catalogue.options[option].name, words.number(total.moves[option]))
        for option in catalogue.options
        if option in total.moves
    ]
    if moves:
        st.html(html.plain_table([words("ward.first"), words("ward.people")], moves, words("ward.moves")))
    st.html(html.bullet_list(ward_list.sums(total, words)))
    if total.errors:
        st.html(html.paragraph(words("ward.errors", n=words.number(total.errors)), "decision"))
        st.html(html.bullet_list(row["problem"] for row in found.rows(0, FIRST_ERRORS, ERROR)))
        if total.errors > FIRST_ERRORS:
            st.caption(words("ward.errors.more"))


def _rows(found: Answered, name: str, catalogue: Catalogue, words: Words) -> None:
    """Show the rows, a page at a time: all, or those with one answer. `name`: tells one list from another."""
    total = found.total
    counts = {"": total.rows, **{each: n for each in DECISIONS if (n := total.decisions.get(each))}}
    if total.errors:
        counts[ERROR] = total.errors
    st.subheader(words("ward.rows"), anchor=False)
    chosen = st.selectbox(
        words("ward.rows.ask"),
        list(counts),
        format_func=lambda each: words("ward.rows.choice", what=_choice(each, words), n=words.number(counts[each])),
        key=f"ward-show-{name}",
    )
    pages = ceil(counts[chosen] / ROWS) or 1
    page = 1
    if pages > 1:
        page = st.pagination(pages, key=f"ward-page-{name}-{chosen}")
    shown = [shown_row(row, catalogue, words) for row in found.rows((page - 1) * ROWS, ROWS, chosen)]
    caption = words("ward.rows.caption", what=_choice(chosen, words), page=page, pages=pages)
    table = teach_html.cards([words(f"ward.column.{column}") for column in COLUMNS], shown, caption)
    st.markdown(html.scroll(table, caption), unsafe_allow_html=True)


def _choice(decision: str, words: Words) -> str:
    return words(f"ward.decision.{decision}") if decision else words("ward.rows.all")


def shown_row(row: Mapping[str, str], catalogue: Catalogue, words: Words) -> list[str]:
    """Return a row of the answers in words, one text for each of COLUMNS; with an error only what is wrong."""
    if row["status"] == ERROR:
        return [row["id"], "", "", row["problem"], "", ""]
    place = row["condition"], row["situation"]
    roles = catalogue.roles[place]

    def named(option: str) -> str:
        return roles[option].display_name or catalogue.options[option].name

    what = words(
        "ward.where", condition=catalogue.conditions[place[0]].short_name, situation=catalogue.situation(*place).name
    )
    says = {
        "keeps_ig": words("ward.says.keeps_ig", option=named(row["after"])),
        "can_move_to": words("ward.says.can_move_to", options=words.listing(map(named, row["can_move_to"].split()))),
        "no_alternative": words("ward.says.no_alternative"),
        "not_on_ig": words("ward.says.not_on_ig"),
    }[row["decision"]]
    texts = [row["id"], what, named(row["current"]), " ".join(filter(None, (says, row["notices"])))]
    return [*texts, _grams(row, words), _cost(row, words)]


def _grams(row: Mapping[str, str], words: Words) -> str:
    """Return the grams that a move would free: of a month, or of one course."""
    month, course = _number(row["grams_per_month_freed"]), _number(row["grams_course_freed"])
    if month is None or course is None:
        return words("unknown")
    if course:
        return words("ward.grams.course", n=words.number(round(course)))
    return words("ward.grams.month", n=words.number(round(month))) if month else words("ward.none")


def _cost(row: Mapping[str, str], words: Words) -> str:
    """Return how the cost of the first year would change."""
    change = _number(row["cost_change"])
    if change is None:
        return words("unknown")
    if not change:
        return words("ward.none")
    amount = words.exact_money(abs(change), row["currency"])
    return words(f"cohort.cost.{'less' if change < 0 else 'more'}", amount=amount)


def _number(cell: str) -> float | None:
    """Return the number in a cell of the answers, None where it says that it is not known."""
    try:
        return float(cell.replace(",", "."))
    except ValueError:
        return None
