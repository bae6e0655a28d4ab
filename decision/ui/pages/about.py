"""About: what this is, who checked it, what it keeps, and the words it uses."""

from __future__ import annotations

import streamlit as st

from decision.ui import html, shell

catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)

st.html(html.paragraph(words("app.not_reviewed"), "not-reviewed"))
st.title(words("about.title"), anchor=False)
for name in ("what", "reviewed", "evidence", "verdicts", "numbers", "sure", "privacy", "limits"):
    st.header(words(f"about.{name}.title"), anchor=False)
    st.write(words(f"about.{name}"))
st.header(words("glossary.title"), anchor=False)
st.html(
    html.plain_table(
        [words("glossary.word"), words("glossary.meaning")],
        [
            (row.term, f"{row.expansion}. {row.meaning}" if row.expansion else row.meaning)
            for row in sorted(catalogue.glossary, key=lambda row: row.term.lower())
        ],
        words("glossary.title"),
    )
)
