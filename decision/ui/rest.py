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


def ruled_out(result: Comparison, said: Said, words: Words) -> None:
    """Show what is ruled out now, and what is no treatment here."""
    sources = said.catalogue.sources
    out = [option for option in result.options if option.used and option.verdict == "not_suitable"]
    if out:
        st.header(words("out.title"), anchor=False)
        st.markdown(html.ruled_out(out, words, sources), unsafe_allow_html=True)
    with st.expander(words("notused.title"), key="not-used"):
        st.markdown(html.ruled_out([o for o in result.options if not o.used], words, sources), unsafe_allow_html=True)


def without(result: Comparison, said: Said, words: Words) -> None:
    """Say what happens with no treatment, and what the condition is."""
    st.header(words("without.title"), anchor=False)
    found = html.origin(origin(result.situation, said.catalogue, words), words("without.title"), words)
    st.html(html.paragraph(result.situation.without_treatment, "text") + found)
    with st.expander(words("about.condition"), key="about-condition"):
        texts = (result.condition.description, result.condition.why_treat)
        st.html("".join(html.paragraph(text, "text") for text in texts))


def safety(result: Comparison, words: Words) -> None:
    """Say what belongs to care whatever is chosen, and what to know of each option."""
    for kind, title in (
        ("also_part_of_care", "also.title"),
        ("before_start", "before.title"),
        ("monitor", "monitor.title"),
    ):
        texts = [message.text for message in result.messages if message.kind == kind]
        if texts:
            with st.expander(words(title), key=f"messages-{kind}"):
                st.html(html.bullet_list(texts))
    with st.expander(words("safety.title"), key="safety"):
        st.html(html.safety(result.options, words))


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
