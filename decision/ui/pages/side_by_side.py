"""Step 3, compare: one question at a time for the options that were picked."""

from __future__ import annotations

import streamlit as st

from decision.cells import texts
from decision.comparison import compare
from decision.ui import glossary, html, living, path, picker, rest, shell, state, table

catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)
said = state.load(catalogue)

path.begin("compare", words)
result = compare(catalogue, said.scenario, said.notices)
st.title(words("side.title", condition=result.condition.short_name), anchor=False)
st.html(html.paragraph(result.situation.decision, "decision"))
options = picker.shown(result, said)
with st.container(horizontal=True, vertical_alignment="bottom"):
    part = table.parts(said, words)
    if part == "figures":
        table.switches(said, words)
if part == "calendar":
    living.one_calendar(result, options, said, words)
elif part == "living":
    shown = table.one_at_a_time(living.rows_of(result, said, options), options, said, words)
    glossary.here(texts([shown]), said, words)
else:
    shown = table.one_at_a_time(table.rows_of(result, said, options), options, said, words)
    glossary.here(texts([shown]), said, words)
rest.safety(result, words)
path.end("compare", said, words)
said.keep()
