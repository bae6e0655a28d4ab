"""Step 5, check: what the person makes of the figures, and the four questions of the SURE test."""

from __future__ import annotations

import streamlit as st

from decision.comparison import compare
from decision.ui import path, shell, state

catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)
said = state.load(catalogue)

path.begin("check", words)
result = compare(catalogue, said.scenario, said.notices)
st.title(words("check.title", condition=result.condition.short_name), anchor=False)
path.end("check", words)
said.keep()
