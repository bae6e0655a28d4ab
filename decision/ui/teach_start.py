"""What an exercise starts from: a case, or the comparison that is open with a link for B; and the address of it."""

from __future__ import annotations

from functools import cached_property
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from decision.comparison import Comparison, compare
from decision.lesson import Lesson, lesson
from decision.scenario import Scenario, read
from decision.ui.state import TEACH_KEYS, Said
from decision.visit import VIEW_KEYS
from decision.wording import Words

OWN = "own"
"""Start from the comparison that is open, instead of a case."""

WARD = "ward"
"""The exercise on a list: it starts from no scenario."""

PAGE = "decision/ui/pages/teach.py"


class Start:
    """The two sides of an exercise: A and B of a case, or the open comparison and that of a pasted link."""

    def __init__(self, said: Said, chosen: str) -> None:
        """Take what the person said, and a case by its id, or OWN."""
        self.said = said
        self.chosen = chosen

    @cached_property
    def lesson(self) -> Lesson | None:
        """The lesson of the case that was chosen, or None where the open comparison is the start."""
        return lesson(self.said.catalogue, self.chosen) if self.chosen != OWN else None

    @cached_property
    def a(self) -> Comparison:
        """The comparison of A: that of the case, or the one that is open."""
        found = self.lesson
        return found.a if found else compare(self.said.catalogue, self.said.scenario, self.said.notices)

    @cached_property
    def b(self) -> Comparison:
        """The comparison of B: that of the case, or of the link that was pasted; else the same as A."""
        found = self.lesson
        if found:
            return found.b
        other = pasted(self.said)
        return compare(self.said.catalogue, other) if other else self.a


def pasted(said: Said) -> Scenario | None:
    """Return the scenario of the link that was pasted for B; what is said of a body stays in the session."""
    bare = said.query.get("b", "")
    if not bare:
        return None
    kept, full = st.session_state.get("_teach_b", ("", {}))
    return read(full if kept == bare else dict(parse_qsl(bare)), said.catalogue)[0]


def take_link(text: str, said: Said) -> bool:
    """Take a pasted link over as B, and say whether it is a link of this app."""
    pairs = {key: value for key, value in parse_qsl(text.strip().partition("?")[2]) if key not in VIEW_KEYS}
    if pairs.get("condition") not in said.catalogue.conditions:
        return False
    scenario, notices = read(pairs, said.catalogue)
    bare = urlencode(scenario.to_query(), safe=",")
    said.query["b"] = bare
    st.session_state["_teach_b"] = (bare, pairs)
    st.session_state["_teach_notices"] = notices
    return True


def ask_start(said: Said, words: Words) -> Start:
    """Ask for a case, or for the comparison that is open."""
    cases = said.catalogue.cases
    names = [*cases, OWN]
    now = said.query.get("case", names[0])
    choice = st.selectbox(
        words("teach.start"),
        names,
        names.index(now) if now in names else 0,
        format_func=lambda name: words("teach.own") if name == OWN else cases[name].title,
        key=said.key("case"),
    )
    said.put("case", choice, "")
    return Start(said, str(choice))


def address(start: Start) -> str:
    """Return the link of the exercise as it is now."""
    said = start.said
    if said.query.get("exercise") == WARD:
        return f"{page_address('teach')}?exercise={WARD}"
    view = {key: said.query[key] for key in TEACH_KEYS if key in said.query}
    begun = said.scenario.to_query() if start.chosen == OWN else {}
    return f"{page_address('teach')}?{urlencode({**begun, **view}, safe=',')}"


def page_address(name: str) -> str:
    """Return the address of a page of this app, without a query."""
    return f"{(st.context.url or '').partition('?')[0].rpartition('/')[0]}/{name}"
