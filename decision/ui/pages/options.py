"""Step 2, your options: each with its verdict and reason, and what is ruled out and would change it."""

from __future__ import annotations

import streamlit as st

from decision.comparison import compare
from decision.ui import glossary, opening, path, picker, rest, shell, state

catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)
said = state.load(catalogue)

path.begin("options", words)
result = compare(catalogue, said.scenario, said.notices)
st.title(words("options.title", condition=result.condition.short_name), anchor=False)
opening.urgent_signs(result, words)
opening.counted(result, words)
st.write(words("options.hint"))
picker.cards(result, said, words)
reasons = [text for option in result.options for text in (option.name, option.screened.reasons[0].text)]
glossary.here(reasons, said, words)
rest.ruled_out(result, said, words)
path.end("options", said, words)
said.keep()
