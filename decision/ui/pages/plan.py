"""Step 6, plan: questions to ask, notes, what to take along, and when to decide again."""

from __future__ import annotations

import streamlit as st

from decision.comparison import compare
from decision.ui import opening, path, shell, state, take_away

catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)
said = state.load(catalogue)

path.begin("plan", words)
result = compare(catalogue, said.scenario, said.notices)
st.title(words("plan.title", condition=result.condition.short_name), anchor=False)
opening.urgent_signs(result, words)
take_away.files(result, said, words)
take_away.link(result, words)
take_away.footer(said, words)
path.end("plan", said, words)
said.keep()
