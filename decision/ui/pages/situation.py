"""Step 1, your situation: which condition, where the person is now, what it is about, and what limits them."""

from __future__ import annotations

import streamlit as st

from decision.comparison import compare
from decision.ui import glossary, limits, opening, path, picker, shell, state

catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)
said = state.load(catalogue)

path.begin("situation", words)
picker.situation(said, words)
top = st.container()
limited = limits.show(said, words)
result = compare(catalogue, said.scenario, said.notices)
limits.chips(limited, result, said, words)
with top:
    opening.heading(result, said, words)
    opening.card(result, said, words)
    condition, place = result.condition, result.situation
    glossary.here([place.decision, condition.description, condition.why_treat, place.without_treatment], said, words)
path.end("situation", said, words)
said.keep()
