"""Methods: how a preference is turned into words, by the eight steps of good practice for such analyses."""

from __future__ import annotations

import streamlit as st

from decision.ui import html, shell

STEPS = ("problem", "criteria", "performance", "scoring", "weighting", "adding", "uncertainty", "reporting")

catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)

st.html(html.paragraph(words("app.not_reviewed"), "not-reviewed"))
st.title(words("methods.title"), anchor=False)
st.write(words("methods.intro"))
for number, name in enumerate(STEPS, 1):
    st.header(f"{number}. {words(f'methods.{name}.title')}", anchor=False)
    st.write(words(f"methods.{name}"))
st.header(words("methods.sources.title"), anchor=False)
st.write(words("methods.sources"))
