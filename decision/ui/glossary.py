"""The words of a page that may need a meaning, one tap away."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from decision.abbreviations import terms_in
from decision.ui import html
from decision.ui.popover import popover
from decision.ui.state import Said
from decision.wording import Words


def here(texts: Iterable[str], said: Said, words: Words) -> None:
    """Offer the meaning of each word of the glossary that stands in the texts of this page."""
    found = terms_in(texts, said.catalogue.glossary)
    if found:
        with popover(words("glossary.here"), key="glossary"):
            st.html(html.terms(found))
