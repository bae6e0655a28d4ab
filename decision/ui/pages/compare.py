"""The comparison on one screen: condition, what limits you and what matters, the options side by side."""

from __future__ import annotations

import streamlit as st

from decision.cells import texts
from decision.comparison import compare
from decision.ui import glossary, html, limits, living, opening, path, picker, rest, shell, state, table, take_away

catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)
said = state.load(catalogue)

first_line = st.container(horizontal=True, vertical_alignment="center", key="first-line")
picker.situation(said, words)
top = st.container()
limited = limits.show(said, words)
result = compare(catalogue, said.scenario, said.notices)
limits.chips(limited, result, said, words)
with top:
    opening.heading(result, said, words)
opening.counted(result, words)
with st.container(horizontal=True, gap="small"):
    options = picker.columns(result, said, words)
    table.switches(said, words)
    rows = table.rows_of(result, said, options)
    table.what_matters(rows, said, words)
    arranged = table.arrange(rows, said, words)
    glossary.here(texts(arranged), said, words)
    take_away.print_button(result, said, words)
picker.cut(result, said, words)
table.show(arranged, options, said, words)
living.table(result, options, said, words)
living.calendars(result, options, words)
path.link("decision/ui/pages/values.py", words("nav.to_values"), said)
rest.whole(result, said, words)
rest.figures(result, said, words)
st.header(words("take.title"), anchor=False)
take_away.link(said, words)
take_away.files(result, said, words)
take_away.footer(said, words)
with first_line:  # last, so that the link takes along what was just said
    st.html(html.paragraph(words("app.not_reviewed"), "not-reviewed"))
    path.link("decision/ui/pages/situation.py", words("nav.to_steps"), said)
said.keep()
