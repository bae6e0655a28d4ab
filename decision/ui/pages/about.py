"""About: what this is, who checked it, what it keeps, and the words it uses."""

from __future__ import annotations

import streamlit as st

from decision import reading
from decision.catalogue import Catalogue
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


@st.cache_resource(show_spinner=False, max_entries=1)
def measured(_catalogue: Catalogue, version: str) -> reading.Report:  # noqa: ARG001 - the version is the key
    """Return the reading grade of all texts, measured once for each state of the tables."""
    return reading.report(_catalogue)


# Last on the page: the first visit after a change of the tables waits some seconds for it.
st.header(words("about.reading.title"), anchor=False)
with st.spinner(words("about.reading.wait")):
    found = measured(catalogue, catalogue.version)
st.write(
    words(
        "about.reading",
        passages=f"{found.passages:,}",
        median=words.number(found.median),
        highest=words.number(found.highest),
    )
)
st.write(words("about.reading.aim"))
if found.too_hard:
    st.write(words("about.reading.too_hard", n=f"{len(found.too_hard):,}"))
st.write(words("about.reading.how", library=found.library, names=f"{found.names:,}"))
st.write(words("about.reading.labels", labels=f"{found.labels:,}"))
