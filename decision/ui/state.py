"""The scenario of a session: one value, kept in the URL and, for the body, in the browser session only.

What the person said is a query (`said`): the same keys and words as in a link.
Widgets show it and change it; a link or the back button replaces it. There are
two sets of widgets, drawn by turns: the other set gives every widget a fresh
start from what was said. Two and not more, as Streamlit keeps every widget that
it ever drew; and which of them is drawn stands in the address, so that another
server knows the widgets of the page that is open when its own server dies.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass

import streamlit as st

from decision.catalogue import Catalogue
from decision.scenario import BODY_KEYS, CRITERIA, Scenario, read
from decision.visit import VIEW_KEYS

TURN = "turn"
"""Which of the two sets of widgets is drawn: 1, or not named."""

LEFT = 50
"""How many of the addresses that this app wrote over are kept, for the back button; more would grow without end."""

TEACH_KEYS = ("exercise", "case", "b", "side", "input", "even", "cell", "answers")
"""Keys of the Teach page alone: the exercise and what is chosen in it."""


@dataclass
class Said:
    """What the person said so far, with the notices from reading it."""

    catalogue: Catalogue
    query: dict[str, str]
    notices: tuple[str, ...]
    turn: int
    own_keys: tuple[str, ...] = ()
    """Keys of this page alone; they stand in its address only."""
    came_back: bool = False
    """Whether the back button led to an address that this app wrote over before."""

    _read: tuple[dict[str, str], Scenario] | None = None
    """The query that was read last, and the scenario it made: a page asks for it many times."""

    @property
    def scenario(self) -> Scenario:
        """Return the scenario that the query makes."""
        keys = _scenario_keys(self.query)
        if self._read is None or self._read[0] != keys:
            self._read = keys, read(keys, self.catalogue)[0]
        return self._read[1]

    @property
    def browser_holds_body(self) -> bool:
        """Whether the questions about the body have to be on the page, open or not.

        The body stands in no address: if the server dies, only the widgets in
        the browser still hold it. They send it to the server that takes over,
        which draws them in its first run to hear of it.
        """
        return "_widgets" not in st.session_state or any(key in self.query for key in BODY_KEYS)

    @property
    def address(self) -> dict[str, str]:
        """Return the query that stands in the URL: all that was said but the body.

        A page with keys of its own shows those, and none of the views that it does not have.
        """
        shown = {key: self.query[key] for key in (self.own_keys or VIEW_KEYS) if key in self.query}
        return {**self.scenario.to_query(), **shown}

    def put(self, key: str, value: str | None, default: str) -> None:
        """Take over the answer of a widget; an answer that is the default says nothing."""
        if value is None or value == default:
            self.query.pop(key, None)
        else:
            self.query[key] = value

    def drop(self, *keys: str) -> None:
        """Leave out what was said about these keys, and go on drawing."""
        for key in keys:
            self.query.pop(key, None)

    def take(self, **said: str) -> None:
        """Take over answers that no widget holds, and draw every widget anew."""
        self.query.update(said)
        self.forget()

    def again(self) -> None:
        """Draw the page again with what was just said; every widget stays as it is."""
        self.keep()
        st.rerun()

    def forget(self, *keys: str) -> None:
        """Drop what was said about these keys and draw every widget anew."""
        self.drop(*keys)
        st.session_state["_turn"] = 1 - self.turn
        self.keep()
        st.rerun()

    def key(self, name: str) -> str:
        """Return the widget key of a field in this turn."""
        return f"{name}~{self.turn}"

    def keep(self) -> None:
        """Write the state back: everything into the session, all but the body into the URL."""
        if st.session_state.get("_said") != self.query:
            st.session_state["_notices"] = ()  # what they name may have been mended
        st.session_state["_said"] = dict(self.query)
        address = self.address | ({TURN: "1"} if st.session_state["_turn"] else {})
        if st.query_params.to_dict() != address and not self.came_back:
            st.session_state["_left"] = (*st.session_state.get("_left", ()), _written())[-LEFT:]
            st.query_params.from_dict(address)
        st.session_state["_address"] = address
        st.session_state["_widgets"] = _widgets()


def load(catalogue: Catalogue, own_keys: tuple[str, ...] = ()) -> Said:
    """Return what was said: from the session, or from the URL where it is new or was changed from outside.

    A change of page leaves the address bare; that says nothing.
    """
    incoming = st.query_params.to_dict()
    state = st.session_state
    notices: tuple[str, ...] = state.get("_notices", ())
    answered = _answered()
    came_back = not answered and _came_back()
    ours = answered or incoming == state.get("_address")
    if "_said" not in state or (incoming and not ours):
        kept = {key: text for key, text in state.get("_said", {}).items() if key in BODY_KEYS}
        query = {**kept, **incoming}
        scenario, notices = read(_scenario_keys(query), catalogue)
        clean = {**scenario.to_query(with_body=True)}
        for key in ("age_group", "weight_kg"):
            if key not in query or clean.get(key) == catalogue.default_age_group(scenario.condition):
                clean.pop(key, None)
        state["_said"] = {**clean, **{key: query[key] for key in (*VIEW_KEYS, *TEACH_KEYS) if key in query}}
        state["_notices"] = notices
        state["_turn"] = 1 - state["_turn"] if "_turn" in state else int(incoming.get(TURN) == "1")
    return Said(catalogue, dict(state["_said"]), notices, state["_turn"], own_keys, came_back)


def arrive() -> None:
    """Note which page is shown, and which one was shown before it."""
    st.session_state["_before"], st.session_state["_here"] = st.session_state.get("_here"), _page()


def _answered() -> bool:
    """Say whether a widget has another value than at the end of the last run.

    An answer is sent with the address the browser shows, which may not be the
    newest yet; a link or the back button changes the address and no widget.
    """
    before, now = st.session_state.get("_widgets", {}), _widgets()
    return any(before[key] != now[key] for key in before.keys() & now.keys())


def was(key: str) -> object:
    """Return the value of a widget at the end of the last run that came to its end; None where there was none."""
    return st.session_state.get("_widgets", {}).get(key)


def _page() -> str:
    """Return the address of the page without its query."""
    return (st.context.url or "").partition("?")[0]


def _written() -> tuple[str, tuple[tuple[str, str], ...]]:
    """Return the page and the query that the browser shows."""
    return _page(), tuple(sorted(st.query_params.to_dict().items()))


def _came_back() -> bool:
    """Say whether the back button led to an address that this app wrote over: a bare one, or a link put in order.

    Writing the query again would lead forward again, and nobody could leave the
    page. The navigation leads to a bare address too, but from another page.
    """
    if not _page() or _written() not in st.session_state.get("_left", ()):
        return False
    return bool(st.query_params) or st.session_state.get("_before") == _page()


def _widgets() -> dict[str, object]:
    """Return the values of all widgets."""
    return {str(key): value for key, value in st.session_state.items() if not str(key).startswith("_")}


def _scenario_keys(query: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in query.items() if key not in (*VIEW_KEYS, *TEACH_KEYS, TURN)}


def listed(said: Said, key: str, known: Container[str]) -> list[str]:
    """Return the words of a list in the address that are known, each once; the others are dropped."""
    return [word for word in dict.fromkeys(said.query.get(key, "").split(",")) if word in known]


def pairs(said: Said) -> list[tuple[str, str]]:
    """Return the either-or answers in the address: the first of each pair mattered more."""
    found = []
    for word in said.query.get("pairs", "").split(","):
        first, sign, second = word.partition("~")
        if sign and first in CRITERIA and second in CRITERIA and first != second:
            found.append((first, second))
    return found
