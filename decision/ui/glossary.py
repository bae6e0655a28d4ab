"""The words of a page that may need a meaning, one tap away."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from decision.abbreviations import has_terms, terms_in
from decision.ui import html
from decision.ui.popover import popover
from decision.ui.state import Said
from decision.wording import Words


def here(texts: Sequence[str], said: Said, words: Words) -> None:
    """Offer the meaning of each word of the glossary that stands in the texts of this page."""
    glossary = said.catalogue.glossary
    if has_terms(texts, glossary):
        with popover(words("glossary.here"), key="glossary") as drawn:
            if drawn:
                st.html(html.terms(terms_in(texts, glossary)))
