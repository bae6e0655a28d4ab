"""Step 6, plan: questions to ask, notes, and the hand-out to take along."""

from __future__ import annotations

import streamlit as st

from decision.comparison import Comparison, compare
from decision.handout.questions import suggest
from decision.handout.sheet import shown_options
from decision.ui import html, opening, path, session, shell, state, take_away
from decision.ui.session import Typed
from decision.visit import LONGEST_NOTES, LONGEST_QUESTION, MOST_QUESTIONS, line, text

catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)
said = state.load(catalogue)


def ask_questions(result: Comparison) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Offer questions to tick and let the person add their own; return both."""
    st.header(words("plan.questions"), anchor=False)
    st.write(words("plan.questions.hint"))
    now = session.typed()
    visit = session.visit_of(said)
    ticked = [
        one.id
        for one in suggest(result, shown_options(result, visit), visit, words)
        if st.checkbox(one.text, one.id in now.ticked, key=said.key(f"ask-{one.id}"), help=one.why)
    ]
    own = [
        question
        for index, question in enumerate(now.own_questions)
        if not st.button(f"{question} ✕", key=f"own-{index}", help=words("limits.remove", what=question))
    ]
    if len(own) < MOST_QUESTIONS:
        with st.form("add-question", clear_on_submit=True, border=False):
            added = line(st.text_input(words("plan.own"), max_chars=LONGEST_QUESTION))
            if st.form_submit_button(words("plan.add")) and added and added not in own:
                own.append(added)
    if tuple(own) != now.own_questions:
        session.keep(Typed(tuple(ticked), tuple(own), now.notes))
        said.again()
    return tuple(ticked), tuple(own)


def ask_notes() -> str:
    """Let the person write notes."""
    st.header(words("plan.notes"), anchor=False)
    now = session.typed().notes
    written = st.text_area(
        words("plan.notes.label"), now, max_chars=LONGEST_NOTES, key=said.key("notes"), help=words("plan.notes.hint")
    )
    return text(written, LONGEST_NOTES)


def open_saved() -> None:
    """Let the person open a file that was saved here; what cannot be used is said in one sentence."""
    with st.expander(words("plan.open"), key="open-saved"):
        st.write(words("plan.open.hint"))
        file = st.file_uploader(words("plan.open.label"), type=["html", "htm"], key="saved-file")
        if file is not None and st.session_state.get("_opened") != file.file_id:
            st.session_state["_opened"] = file.file_id
            st.session_state["_told"] = session.open_file(said, file.getvalue()) or (words("plan.opened"),)
            said.forget()
        for sentence in st.session_state.get("_told", ()) if file is not None else ():
            st.html(html.paragraph(sentence, "notice"))


path.begin("plan", words)
result = compare(catalogue, said.scenario, said.notices)
st.title(words("plan.title", condition=result.condition.short_name), anchor=False)
opening.urgent_signs(result, words)
ticked, own = ask_questions(result)
session.keep(Typed(ticked, own, ask_notes()))
st.header(words("take.title"), anchor=False)
take_away.handout(result, said, words)
take_away.link(said, words)
open_saved()
take_away.files(result, said, words)
take_away.footer(said, words)
path.end("plan", said, words)
said.keep()
