"""A and B side by side, with every difference marked."""

from __future__ import annotations

import streamlit as st

from decision import contrast
from decision.scenario import BODY_KEYS, Scenario
from decision.ui import html, teach_html
from decision.ui.state import Said
from decision.ui.teach_start import OWN, Start, pasted, take_link
from decision.wording import Words

COMPARE = "decision/ui/pages/compare.py"


def show(start: Start, said: Said, words: Words) -> None:
    """Show the two scenarios side by side, with every difference marked."""
    st.header(words("teach.exercise.contrast"), anchor=False)
    if start.chosen == OWN:
        _ask_link(said, words)
    found = contrast.contrast(start.a, start.b)
    if found.empty:
        st.write(words("contrast.empty"))
        return
    given = contrast.inputs(found, said.catalogue, words)
    if given:
        st.markdown(teach_html.sides(given, words("contrast.inputs"), words), unsafe_allow_html=True)
    open_links(found.a.scenario, found.b.scenario, words)
    counted = words("contrast.differ", n=len(found.differing), all=len(found.options))
    st.html(html.paragraph(counted, "decision"))
    texts = [side.match.text if side.match else words("contrast.no_weights") for side in (found.a, found.b)]
    about = [contrast.Line(words("contrast.lead"), *texts)] if found.leaders or texts[0] != texts[1] else []
    about += contrast.page_messages(found, words)
    if about:
        st.markdown(teach_html.sides(about, words("contrast.page_message"), words), unsafe_allow_html=True)
    st.markdown(
        teach_html.sides(
            contrast.verdicts(found, words),
            words("contrast.verdicts"),
            words,
            "charts.option",
            [(option.a.verdict, option.b.verdict) for option in found.options],
        ),
        unsafe_allow_html=True,
    )
    st.markdown("".join(_option_section(option, words) for option in found.differing), unsafe_allow_html=True)
    same = [option.a.name for option in found.options if option.same]
    if same:
        st.write(words("contrast.same", names=words.listing(same)))


def _option_section(option: contrast.OptionContrast, words: Words) -> str:
    """Return the differences of one option, its verdict on both sides first."""
    verdict = [(option.a.verdict, option.b.verdict)]
    table = teach_html.sides(contrast.lines(option, words), option.a.name, words, signs=verdict)
    return f'<section class="sides">{table}</section>'


def _ask_link(said: Said, words: Words) -> None:
    """Ask for a link that makes B, and say what could not be used of it."""
    text = st.text_input(words("teach.b.link"), key=said.key("b-link"))
    if text and text != st.session_state.get("_teach_pasted"):
        st.session_state["_teach_pasted"] = text
        st.session_state["_teach_bad"] = not take_link(text, said)
    if st.session_state.get("_teach_bad"):
        st.html(html.paragraph(words("teach.b.bad"), "notice"))
    other = pasted(said)
    if other is None:
        st.write(words("teach.b.none"))
        return
    for notice in st.session_state.get("_teach_notices", ()):
        st.html(html.paragraph(notice, "notice"))
    if set(BODY_KEYS) & set(st.session_state.get("_teach_b", ("", {}))[1]):
        st.caption(words("teach.b.body"))


def open_links(a: Scenario, b: Scenario, words: Words) -> None:
    """Offer both scenarios in the comparison. What was said of a body before is set back by them."""
    with st.container(horizontal=True, gap="medium"):
        for name, scenario in (("a", a), ("b", b)):
            query = {"health": "", "pregnancy": "no", **scenario.to_query(with_body=True)}
            st.page_link(COMPARE, label=words(f"teach.{name}"), query_params=query)
