"""What stands first: what to do now, the decision in one sentence, and the short card that opens the aid."""

from __future__ import annotations

import datetime

import streamlit as st

from decision import summary
from decision.abbreviations import expand_first
from decision.cells import origin
from decision.comparison import Comparison
from decision.ui import html
from decision.ui.state import Said
from decision.wording import Words


def heading(result: Comparison, said: Said, words: Words) -> None:
    """Say what the page is about, and first what to do now."""
    short, name = result.condition.short_name, result.situation.name
    st.title(f"{short}: {name}", anchor=False)
    urgent_signs(result, words)
    decision(result, said)
    notices(result, words)


def decision(result: Comparison, said: Said) -> None:
    """Name the decision in one sentence, with what its abbreviations stand for."""
    (text,) = expand_first([result.situation.decision], said.catalogue.glossary)
    st.html(html.paragraph(text, "decision"))


def urgent_signs(result: Comparison, words: Words) -> None:
    """Show what to do now: open where hours count, else one tap away."""
    urgent = [message.text for message in result.messages if message.kind == "urgent"]
    if result.situation.urgent:
        st.html(html.urgent(words("urgent.title"), urgent))
    elif urgent:
        st.html(html.fold(words("app.call"), html.bullet_list(urgent)))


def notices(result: Comparison, words: Words) -> None:
    """Say which facts are past their review date, and what was dropped or changed."""
    late = summary.overdue(result, datetime.date.today(), words)
    if late:
        st.warning(words("stale.banner", what=late))
    for notice in result.notices:
        st.html(html.paragraph(notice, "notice"))


def card(result: Comparison, said: Said, words: Words) -> None:
    """Show the opening card: what it is, why treat, what happens without, who made this and who paid."""
    condition, situation = result.condition, result.situation
    parts = [
        (words("card.what", condition=condition.short_name), condition.description),
        (words("card.why"), condition.why_treat),
        (words("card.without"), situation.without_treatment),
        (words("card.who"), words("card.who.text")),
    ]
    found = origin(situation, said.catalogue, words)
    st.html(html.card(parts, html.origin(found, words("card.without"), words)))


def counted(result: Comparison, words: Words) -> None:
    """Count what fits, needs care and is ruled out, and say what follows where nothing fits."""
    counts = summary.counts(result, words)
    advice = f'<div class="box">{html.paragraph(counts.advice, "line")}</div>' if counts.advice else ""
    shown = html.count_line(counts.total, counts.parts) + advice + html.paragraph(words("never_stop"), "stay")
    st.markdown(shown, unsafe_allow_html=True)
