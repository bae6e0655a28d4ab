"""The options side by side: how figures are shown, the order of the rows, and the table itself."""

from __future__ import annotations

from functools import partial

import streamlit as st

from decision import row_order
from decision.cells import Question, questions
from decision.comparison import Comparison
from decision.result import OptionResult
from decision.ui import html, script, state
from decision.ui.popover import popover
from decision.ui.state import Said
from decision.wording import Words

VIEWS = {"view": ("picture", "numbers", "words"), "frame": ("happens", "happens_not"), "detail": ("plain", "clinical")}
"""What can be switched: how a figure is shown, whom it counts, and for whom it is worded."""

PARTS = ("figures", "living", "calendar")
"""What can be looked at in the step that compares."""


def rows_of(result: Comparison, said: Said, options: list[OptionResult]) -> tuple[Question, ...]:
    """Return all rows for these options, in the neutral order."""
    happens = said.query.get("frame") != "happens_not"
    return questions(result, said.catalogue, [option.option.option for option in options], happens)


def switches(said: Said, words: Words) -> None:
    """Ask how figures are shown: picture, numbers or words; whom they count; plain or clinical."""
    with popover(words("side.how"), key="how") as drawn:
        for name, values in VIEWS.items() if drawn else ():
            now = said.query.get(name, values[0])
            choice = st.segmented_control(
                words(f"{name}.title"),
                values,
                default=now if now in values else values[0],
                format_func=partial(_word, name, words),
                key=said.key(name),
                required=True,
            )
            said.put(name, choice, values[0])


def parts(said: Said, words: Words) -> str:
    """Ask what to look at: what the options do, living with them, or their calendar; return it."""
    now = said.query.get("part", PARTS[0])
    chosen = st.segmented_control(
        words("part.title"),
        PARTS,
        default=now if now in PARTS else PARTS[0],
        format_func=partial(_word, "part", words),
        key=said.key("part"),
        required=True,
    )
    if chosen != now:
        said.drop("q")
    said.put("part", chosen, PARTS[0])
    return chosen


def _word(name: str, words: Words, value: str) -> str:
    return words(f"{name}.{value}")


def what_matters(rows: tuple[Question, ...], said: Said, words: Words) -> None:
    """Ask which rows matter most; they stand first."""
    names = {row.id: row.text for row in rows}
    now = state.listed(said, "first", names)
    chosen = now
    with popover(words("rows.matter"), key="matter") as drawn:
        if drawn:
            chosen = st.pills(
                words("rows.matter.hint"),
                list(names),
                selection_mode="multi",
                default=now,
                format_func=lambda name: names[name],
                key=said.key(f"first-{said.scenario.condition}-{said.scenario.situation}"),
            )
    kept = [name for name in now if name in chosen]
    said.put("first", ",".join([*kept, *(name for name in chosen if name not in kept)]), "")


def arrange(rows: tuple[Question, ...], said: Said, words: Words) -> tuple[Question, ...]:
    """Let the person hide rows, put them on top and put all back; return the rows as they stand now."""
    names = [row.id for row in rows]
    first, hidden = state.listed(said, "first", names), state.listed(said, "hide", names)
    with popover(words("rows.title"), key="rows") as drawn:
        if drawn:
            hidden = _hidden(rows, first, hidden, said, words)
    said.put("hide", ",".join(name for name in names if name in hidden), "")
    return row_order.arranged(rows, first, hidden)


def _hidden(
    rows: tuple[Question, ...], first: list[str], hidden: list[str], said: Said, words: Words
) -> list[str]:  # fmt: skip
    """Show every row with its switch and a way to the top; return those that are hidden."""
    st.caption(words("rows.rule"))
    for row in row_order.arranged(rows, first, ()):
        with st.container(horizontal=True, vertical_alignment="center", key=f"row-{row.id}"):
            key = said.key(f"seen-{said.scenario.condition}-{said.scenario.situation}-{row.id}")
            seen = st.checkbox(row.text, row.id not in hidden, key=key, width="stretch")
            if st.button(words("rows.up"), key=f"up-{row.id}", help=words("rows.up.help", row=row.text)):
                said.take(first=",".join(row_order.put_first(row.id, first)))
        hidden = [name for name in hidden if name != row.id] + ([] if seen else [row.id])
    if st.button(words("rows.back"), key="rows-back", disabled=not (first or hidden)):
        said.forget("first", "hide")
    return hidden


def show(rows: tuple[Question, ...], options: list[OptionResult], said: Said, words: Words) -> None:
    """Show options side by side in these rows."""
    view = said.query.get("view", "picture")
    key = html.picture_key(words) if view == "picture" else ""
    shown = html.comparison_table(options, rows, words, view, words("columns.rule"), said.catalogue.sources)
    st.markdown(key + shown, unsafe_allow_html=True)


def one_at_a_time(rows: tuple[Question, ...], options: list[OptionResult], said: Said, words: Words) -> Question:
    """Show one question for all options, with a way to the one before, the next, and any other; return it."""
    names = [row.id for row in rows]
    now = said.query.get("q", names[0])
    index = names.index(now) if now in names else 0
    texts = {row.id: row.text for row in rows}
    asked = st.container(key="asked")
    chosen = asked.selectbox(
        words("question.of", n=index + 1, all=len(rows)),
        names,
        index,
        format_func=lambda name: texts[name],
        key=said.key(f"q-{said.scenario.condition}-{said.scenario.situation}-{names[0]}"),
    )
    said.put("q", chosen, names[0])
    index = names.index(chosen)
    view = said.query.get("view", "picture")
    people = any(cell.picture and cell.picture.kind == "people" for cell in rows[index].cells)
    key = html.picture_key(words) if view == "picture" and people else ""
    st.markdown(key + html.question_cards(options, rows[index], words, view), unsafe_allow_html=True)
    with st.container(horizontal=True, key="question-steps"):
        for label, other in (("question.before", index - 1), ("question.next", index + 1)):
            if st.button(words(label), key=label, disabled=not 0 <= other < len(names), width="stretch"):
                st.session_state["_turned"] = True
                said.take(q=names[other])
    if st.session_state.pop("_turned", False):
        script.run(script.TURN, each=names[index])
    return rows[index]
