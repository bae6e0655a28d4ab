"""A case as a lesson: the patient, role cards, questions, points, and the key when asked for."""

from __future__ import annotations

import streamlit as st

from decision import contrast
from decision.lesson_sheet import lesson_sheet
from decision.ui import html, teach_contrast, teach_html
from decision.ui.state import Said
from decision.ui.teach_start import PAGE, Start, address
from decision.wording import Words

PLAN = ("cards", "contrast", "moves", "framing", "class", "close")
"""The steps of a lesson."""

LINKED = PLAN[1:-1]
"""Those that are an exercise of this page."""


def show(start: Start, said: Said, words: Words) -> None:
    """Show a case as a lesson: the patient, role cards, questions, points, and the key when asked for."""
    found = start.lesson
    if found is None:
        teach_contrast.show(start, said, words)
        return
    case = found.case
    st.header(case.title, anchor=False)
    st.html(html.paragraph(found.a.situation.decision, "decision"))
    st.html(teach_html.labelled(words("teach.who"), case.who) + teach_html.labelled(words("teach.clash"), case.clash))
    difference = contrast.contrast(found.a, found.b)
    st.markdown(
        teach_html.sides(contrast.inputs(difference, said.catalogue, words), words("contrast.inputs"), words),
        unsafe_allow_html=True,
    )
    teach_contrast.open_links(found.a.scenario, found.b.scenario, words)
    st.subheader(words("teach.plan"), anchor=False)
    _plan(start, said, words)
    st.subheader(words("teach.parts.cards"), anchor=False)
    st.markdown(teach_html.role_cards(found.role_cards, words), unsafe_allow_html=True)
    key = st.toggle(words("teach.answers"), said.query.get("answers") == "yes", key=said.key("answers"))
    said.put("answers", "yes" if key else "no", "no")
    if key:
        st.caption(words("teach.key.hint"))
    st.subheader(words("teach.parts.questions"), anchor=False)
    st.markdown(teach_html.parts(found.questions, words, key), unsafe_allow_html=True)
    if key:
        st.subheader(words("teach.parts.points"), anchor=False)
        st.markdown(teach_html.parts(found.points, words, key), unsafe_allow_html=True)
    st.download_button(
        words("teach.sheet"),
        lambda: lesson_sheet(found, difference, address(start), said.catalogue, words),
        f"ig-options-lesson-{case.case}.html",
        "text/html",
        on_click="ignore",
    )


def _plan(start: Start, said: Said, words: Words) -> None:
    """List the steps of a lesson, each with a link to its exercise."""
    for number, name in enumerate(PLAN, 1):
        left, right = st.columns([3, 1], vertical_alignment="center")
        left.write(f"{number}. {words(f'teach.plan.{name}')}")
        if name in LINKED:
            query = {**said.scenario.to_query(), "exercise": name, "case": start.chosen}
            right.page_link(PAGE, label=words(f"teach.exercise.{name}"), query_params=query)
