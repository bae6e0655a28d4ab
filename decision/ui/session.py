"""What a person typed and ticked in this session, and the visit made of it. It is kept in the session only."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from decision import visit
from decision.handout import saved
from decision.ui.state import Said
from decision.visit import Visit


@dataclass(frozen=True)
class Typed:
    """Questions that were ticked, own questions and notes."""

    ticked: tuple[str, ...] = ()
    own_questions: tuple[str, ...] = ()
    notes: str = ""


def typed() -> Typed:
    """Return what was typed and ticked so far."""
    return st.session_state.get("_typed", Typed())


def keep(now: Typed) -> None:
    """Keep what was typed and ticked, for as long as the session lives."""
    st.session_state["_typed"] = now


def visit_of(said: Said) -> Visit:
    """Return the visit: what was chosen, typed and ticked."""
    now = typed()
    query = {"condition": said.scenario.condition, "situation": said.scenario.situation, **said.query}
    return visit.read(query, said.catalogue, now.ticked, now.own_questions, now.notes)[0]


def open_file(said: Said, data: bytes) -> tuple[str, ...]:
    """Take over a saved file; return sentences for the person. A file that cannot be used changes nothing."""
    opened = saved.read(data, said.catalogue)
    found = opened.visit
    if found is not None:
        keep(Typed(found.ticked, found.own_questions, found.notes))
        said.query.clear()
        said.query.update(found.query)
    return opened.sentences
