"""What stands below the options: what is ruled out and why, life without treatment, care and safety, charts."""

from __future__ import annotations

import streamlit as st

from decision import charts, summary
from decision.cells import Question, origin, questions
from decision.comparison import Comparison
from decision.ui import html
from decision.ui.state import Said
from decision.wording import Words

NO_CHART = ("onset", "supply", "sure", "guideline")


CARE = {"also_part_of_care": "also.title", "before_start": "before.title", "monitor": "monitor.title"}
"""Messages that hold whatever is chosen, and the title above each kind."""


def whole(result: Comparison, said: Said, words: Words) -> None:
    """Show all that stands below the options, as one piece: each further piece takes time with every answer."""
    parts = _ruled_out(result, said, words) + _without(result, said, words) + _safety(result, words)
    st.markdown(parts, unsafe_allow_html=True)


def ruled_out(result: Comparison, said: Said, words: Words) -> None:
    """Show what is ruled out now, and what is no treatment here."""
    st.markdown(_ruled_out(result, said, words), unsafe_allow_html=True)


def safety(result: Comparison, words: Words) -> None:
    """Say what belongs to care whatever is chosen, and what to know of each option."""
    st.html(_safety(result, words))


def _ruled_out(result: Comparison, said: Said, words: Words) -> str:
    sources = said.catalogue.sources
    out = [option for option in result.options if option.used and option.verdict == "not_suitable"]
    shown = html.heading(words("out.title")) + html.ruled_out(out, words, sources) if out else ""
    unused = html.ruled_out([option for option in result.options if not option.used], words, sources)
    return (
        f"<div>{shown}</div>{html.fold(words('notused.title'), unused)}"  # what is open stays open with a fixed order
    )


def _without(result: Comparison, said: Said, words: Words) -> str:
    """Say what happens with no treatment, and what the condition is."""
    title = words("without.title")
    found = html.origin(origin(result.situation, said.catalogue, words), title, words)
    about = (result.condition.description, result.condition.why_treat)
    return (
        html.heading(title)
        + html.paragraph(result.situation.without_treatment, "text")
        + found
        + html.fold(words("about.condition"), "".join(html.paragraph(text, "text") for text in about))
    )


def _safety(result: Comparison, words: Words) -> str:
    shown = []
    for kind, title in CARE.items():
        texts = [message.text for message in result.messages if message.kind == kind]
        if texts:
            shown.append(html.fold(words(title), html.bullet_list(texts)))
    return "".join((*shown, html.fold(words("safety.title"), html.safety(result.options, words))))


def figures(result: Comparison, said: Said, words: Words) -> None:
    """Show figures of all options as charts, each with the same figures as a table."""
    box = st.expander(words("charts.title"), key="charts", on_change="rerun")
    if not box.open:
        return
    used = [option.option.option for option in result.options if option.used]
    with box:
        st.caption(words("charts.hint"))
        for row in questions(result, said.catalogue, used):
            if row.id not in NO_CHART:
                _chart(row, result, words)


def _chart(row: Question, result: Comparison, words: Words) -> None:
    st.subheader(row.text, anchor=False)
    st.plotly_chart(
        charts.bars(row, summary.axis(row, result, words), words("unknown")),
        key=f"chart-{row.id}",
        config={"displayModeBar": False},
        alt=f"{row.text} {words('charts.alt')}",
    )
    head = [words("charts.option"), words("charts.value"), words("charts.range")]
    st.html(html.plain_table(head, charts.bars_table(row), f"{row.text} ({row.note})"))
