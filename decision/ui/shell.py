"""What every page shares: set-up, the tables, and the page that says why there is none."""

from __future__ import annotations

import datetime
from pathlib import Path

import streamlit as st

from decision.catalogue import Catalogue, CatalogueError
from decision.coverage import Covered, cells
from decision.facts import Fact
from decision.facts import facts as all_facts
from decision.served import served
from decision.translation import ENGLISH
from decision.ui import process, script, state
from decision.ui.html import style
from decision.wording import Words

SHOWN_PROBLEMS = 20


def set_up() -> None:
    """Set title, width, language and style, and what a process does once."""
    st.set_page_config(page_title="Ig Options", layout="wide", initial_sidebar_state="collapsed")
    st.html(style())
    _tell_language()
    process.prepare()
    state.arrive()


def folder() -> Path:
    """Return the folder of the tables."""
    return served().folder


def tables() -> Catalogue:
    """Return the tables as they are served now; where they break a rule, show why and end the page."""
    try:
        return served().now()
    except CatalogueError as error:
        _refuse(error)
        st.stop()


def titles(kind: str, *pages: str) -> dict[str, str]:
    """Return the titles of pages or steps by name; where the tables cannot be trusted, the names stand for them."""
    try:
        words = served().now().words
    except CatalogueError:
        return {name: name.capitalize() for name in pages}
    return {name: words(f"{kind}.{name}") for name in pages}


def name_page(title: str) -> None:
    """Name the page in the browser's tab and for a screen reader, and show it from its top when it is another."""
    st.set_page_config(page_title=f"{title} - Ig Options")
    script.run(script.TOP, each=title)


def _tell_language() -> None:
    """Tell the browser and a screen reader which language the page is in; Streamlit says English."""
    try:
        spoken = served().now().language
    except CatalogueError:
        return
    if spoken != ENGLISH:
        script.run(script.language(spoken))


def _refuse(error: CatalogueError) -> None:
    """Show why nothing is shown. The words are here and not in the tables, which cannot be trusted."""
    st.title("The tables are not in order")
    st.write("Wrong medical data must not be shown. This page stays closed until the tables are mended.")
    st.write("If you need help with a treatment now, ask the team that treats you.")
    for problem in error.problems[:SHOWN_PROBLEMS]:
        st.text(str(problem))
    hidden = len(error.problems) - SHOWN_PROBLEMS
    if hidden > 0:
        st.write(f"and {hidden} more. `python -m decision validate` names all of them.")


def words(catalogue: Catalogue, version: str) -> Words:  # noqa: ARG001 - pages name the version
    """Return the sentences of the app, in the language of the tables."""
    return catalogue.words


@st.cache_resource(show_spinner=False, max_entries=1)
def facts(_catalogue: Catalogue, version: str) -> tuple[Fact, ...]:  # noqa: ARG001 - the version is the key
    """Return every fact of the tables."""
    return all_facts(_catalogue)


@st.cache_resource(show_spinner=False, max_entries=1, ttl=datetime.timedelta(hours=1))
def coverage(_catalogue: Catalogue, version: str) -> tuple[Covered, ...]:  # noqa: ARG001 - the version is the key
    """Return the state of every cell today."""
    return tuple(cells(_catalogue, datetime.date.today()))
