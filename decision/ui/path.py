"""The way step by step: six pages, where one is, and the links back and on."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from decision.ui import html
from decision.ui.state import Said
from decision.wording import Words

STEPS = ("situation", "options", "compare", "matters", "check", "plan")
"""The steps in order; the page of each is `pages/` and its name here."""

PAGE: Mapping[str, str] = {
    "situation": "decision/ui/pages/situation.py",
    "options": "decision/ui/pages/options.py",
    "compare": "decision/ui/pages/side_by_side.py",
    "matters": "decision/ui/pages/values.py",
    "check": "decision/ui/pages/check.py",
    "plan": "decision/ui/pages/plan.py",
}


ADDRESS: Mapping[str, str] = {**{step: step for step in STEPS}, "compare": "side-by-side"}
"""Where the page of each step is found."""


def first_page(address: str) -> str:
    """Return the address of the first page, from that of any page of the app.

    >>> first_page("http://host/app/plan?condition=cidp"), first_page("http://host"), first_page("")
    ('http://host/app/', 'http://host/', '')
    """
    here = address.partition("?")[0].rstrip("/")
    rest, _, last = here.rpartition("/")
    found = rest if last in ADDRESS.values() else here
    return f"{found}/" if found else ""


def begin(step: str, words: Words) -> None:
    """Show which step this is, with all six named."""
    st.html(html.paragraph(words("app.not_reviewed"), "not-reviewed"))
    index = STEPS.index(step)
    names = [words(f"step.{name}") for name in STEPS]
    st.html(html.progress(words("step.of", n=index + 1, all=len(STEPS)), names, index))


def end(step: str, said: Said, words: Words) -> None:
    """Show the links to the step before and the next one; what was said goes along."""
    index = STEPS.index(step)
    with st.container(horizontal=True, key="steps", horizontal_alignment="distribute"):
        if index:
            before = STEPS[index - 1]
            link(PAGE[before], words("step.back", step=words(f"step.{before}")), said)
        if index + 1 < len(STEPS):
            after = STEPS[index + 1]
            link(PAGE[after], words("step.next", step=words(f"step.{after}")), said)
        else:
            link("decision/ui/pages/compare.py", words("step.all"), said)


def link(file: str, label: str, said: Said) -> None:
    """Show a link to a page of the app that takes along what was said."""
    st.page_link(file, label=label, query_params=said.address)
