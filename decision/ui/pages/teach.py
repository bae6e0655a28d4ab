"""Teach: exercises on one case, on any two scenarios or on a list, each with a link of its own."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from decision.ui import (
    html,
    shell,
    state,
    teach_class,
    teach_contrast,
    teach_framing,
    teach_html,
    teach_lesson,
    teach_moves,
    teach_ward,
)
from decision.ui.state import TEACH_KEYS, Said
from decision.ui.teach_start import OWN, WARD, Start, address, ask_start
from decision.wording import Words

EXERCISES: dict[str, Callable[[Start, Said, Words], None]] = {
    "lesson": teach_lesson.show,
    "contrast": teach_contrast.show,
    "moves": teach_moves.show,
    "framing": teach_framing.show,
    "class": teach_class.show,
    WARD: teach_ward.show,
}
"""Every exercise, in the order of a lesson; the ward list is about a whole list and starts from no case."""


def ask_exercise(said: Said, words: Words) -> str:
    """Ask for the exercise."""
    names = list(EXERCISES)
    now = said.query.get("exercise", names[0])
    choice = st.segmented_control(
        words("teach.exercise"),
        names,
        default=now if now in names else names[0],
        format_func=lambda name: words(f"teach.exercise.{name}"),
        key=said.key("exercise"),
        required=True,
    )
    said.put("exercise", choice, "")
    return str(choice)


catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)
said = state.load(catalogue, TEACH_KEYS)
st.html(teach_html.style())
st.html(html.paragraph(words("app.not_reviewed"), "not-reviewed"))
st.title(words("teach.title"), anchor=False)
st.write(words("teach.intro"))
exercise = ask_exercise(said, words)
start = Start(said, OWN) if exercise == WARD else ask_start(said, words)
EXERCISES[exercise](start, said, words)
st.write(words("teach.copy"))
st.code(address(start), language=None, wrap_lines=True)
st.caption(words("teach.print"))
said.keep()
