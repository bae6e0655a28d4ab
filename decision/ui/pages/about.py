"""About: what this is, who made and checked it, what it keeps; what it is worth, worked out when opened; its words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import streamlit as st

from decision.catalogue import Catalogue
from decision.ui import html, shell, worth
from decision.wording import Words

PRIVACY = ("memory", "link", "typed", "others", "cookie", "host")
EVIDENCE = ("found", "read", "keeps", "conflict", "again")
WORTH: Mapping[str, Callable[[Catalogue, Words], None]] = MappingProxyType(
    {
        "ipdas": worth.standards,
        "reading": worth.reading,
        "age": worth.age,
        "coverage": worth.known,
        "conflicts": worth.conflicts,
        "changes": worth.changes,
    }
)
EXPLAINED = ("numbers", "sure", "verdicts", "limits")

catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)

st.html(html.paragraph(words("app.not_reviewed"), "not-reviewed"))
st.title(words("about.title"), anchor=False)
for name in ("what", "made", "reviewed"):
    st.header(words(f"about.{name}.title"), anchor=False)
    st.write(words(f"about.{name}"))
st.header(words("about.privacy.title"), anchor=False)
st.html(html.bullet_list(words(f"about.privacy.{name}") for name in PRIVACY))

st.header(words("about.closer"), anchor=False)
st.write(words("about.closer.hint"))
for name, show in WORTH.items():
    box = st.expander(words(f"about.{name}.title"), key=f"about-{name}", on_change="rerun")
    if box.open:
        with box, st.spinner(words("about.working")):
            show(catalogue, words)
with st.expander(words("about.evidence.title"), key="about-evidence"):
    st.html(html.bullet_list(words(f"about.evidence.{name}") for name in EVIDENCE))
for name in EXPLAINED:
    with st.expander(words(f"about.{name}.title"), key=f"about-{name}"):
        st.write(words(f"about.{name}"))
with st.expander(words("glossary.title"), key="about-glossary"):
    meanings = (
        (row.term, f"{row.expansion}. {row.meaning}" if row.expansion else row.meaning)
        for row in sorted(catalogue.glossary, key=lambda row: row.term.lower())
    )
    head = [words("glossary.word"), words("glossary.meaning")]
    st.html(html.plain_table(head, meanings, words("glossary.title")))
