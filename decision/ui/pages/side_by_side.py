"""Step 3, compare: one question at a time for the options that were picked."""

from __future__ import annotations

import streamlit as st

from decision.comparison import compare
from decision.ui import html, path, picker, rest, shell, state, table

catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)
said = state.load(catalogue)

path.begin("compare", words)
result = compare(catalogue, said.scenario, said.notices)
st.title(words("side.title", condition=result.condition.short_name), anchor=False)
st.html(html.paragraph(result.situation.decision, "decision"))
options = picker.shown(result, said)
table.switches(said, words)
table.one_at_a_time(table.rows_of(result, said, options), options, said, words)
rest.safety(result, words)
path.end("compare", words)
said.keep()
