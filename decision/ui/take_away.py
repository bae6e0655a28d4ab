"""The comparison to take along: files and a link."""

from __future__ import annotations

import json

import streamlit as st

from decision import export, summary
from decision.comparison import Comparison
from decision.ui import html
from decision.ui.state import Said
from decision.wording import Words


def files(result: Comparison, said: Said, words: Words) -> None:
    """Offer the comparison as a table and as data."""
    name = f"ig-options-{result.condition.condition}-{result.situation.situation}"
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            words("take.csv"), lambda: export.as_csv(result, words), f"{name}.csv", "text/csv", on_click="ignore"
        )
        st.download_button(
            words("take.json"),
            lambda: json.dumps(export.as_json(result, said.catalogue), ensure_ascii=False, indent=1),
            f"{name}.json",
            "application/json",
            on_click="ignore",
        )


def link(result: Comparison, words: Words) -> str:
    """Offer the address that opens the same comparison, with the body only when asked; return it."""
    body = st.checkbox(words("take.body"), key="link-body", help=words("take.body.warn"))
    if body:
        st.caption(words("take.body.warn"))
    st.write(words("take.copy"))
    here = (st.context.url or "").partition("?")[0]
    address = here + summary.link(result.scenario, body)
    st.code(address, language=None, wrap_lines=True)
    return address


def footer(said: Said, words: Words) -> None:
    """Say of which day the facts are."""
    dates = summary.dates(said.catalogue, words)
    st.html(html.paragraph(words("footer", dates=dates, version=said.catalogue.version), "quiet"))
