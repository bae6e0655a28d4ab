"""What moves the answer: where it flips when one input changes, and which weight moves the lead most."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from decision import sensitivity, tornado
from decision.comparison import Comparison, compare, taking_part
from decision.inputs import answer, label
from decision.preferences import profiles
from decision.scenario import Scenario
from decision.ui import html
from decision.ui.state import Said
from decision.ui.teach_start import Start
from decision.wording import Words

EVEN = 5.0
"""The weight of each point where all are to count the same."""


def show(start: Start, said: Said, words: Words) -> None:
    """Show where the answer flips when one input changes, and which weight moves the lead most."""
    st.header(words("teach.exercise.moves"), anchor=False)
    st.write(words("moves.hint"))
    scenario = _weighed(_ask_side(start, said, words), said, words)
    comparison = compare(said.catalogue, scenario)
    keys = list(dict.fromkeys(sensitivity.inputs(said.catalogue, scenario)))
    now = said.query.get("input", "travel_minutes")
    key = st.selectbox(
        words("moves.ask"),
        keys,
        keys.index(now) if now in keys else keys.index("travel_minutes"),
        format_func=lambda name: label(name, said.catalogue, words),
        key=said.key(f"input-{scenario.condition}-{scenario.situation}-{len(keys)}"),
    )
    said.put("input", key, "travel_minutes")
    found = remember(words, ("moves", scenario, key), lambda: sensitivity.one_way(said.catalogue, scenario, key))
    st.write(words("moves.now", value=answer(key, found.now, scenario, said.catalogue, words)))
    if found.low is not None:
        low, high = (answer(key, end, scenario, said.catalogue, words) for end in (found.low, found.high))
        st.caption(words("moves.range", low=low, high=high))
    rows = [
        (change.when, " ".join(change.texts))
        for change in sensitivity.in_words(found, comparison, said.catalogue, words)
    ]
    if rows:
        st.html(html.plain_table([words("moves.when"), words("moves.what")], rows, words("moves.table")))
    else:
        st.write(words("sensitivity.none"))
    _tornado(comparison, words)


def _ask_side(start: Start, said: Said, words: Words) -> Scenario:
    """Ask which of the two scenarios is looked at."""
    if start.a.scenario == start.b.scenario:
        return start.a.scenario
    now = said.query.get("side", "a")
    choice = st.radio(
        words("moves.side"),
        ("a", "b"),
        0 if now != "b" else 1,
        format_func=lambda name: words(f"contrast.{name}"),
        key=said.key("side"),
        horizontal=True,
    )
    said.put("side", choice, "a")
    return start.b.scenario if choice == "b" else start.a.scenario


def _weighed(scenario: Scenario, said: Said, words: Words) -> Scenario:
    """Return the scenario with weights: those stated, or all the same where that is asked for."""
    if any(scenario.weights.values()):
        return scenario
    even = st.toggle(
        words("moves.even"), said.query.get("even") == "yes", key=said.key("even"), help=words("moves.even.hint")
    )
    said.put("even", "yes" if even else "no", "no")
    if not even:
        return scenario
    part = taking_part(compare(said.catalogue, scenario).options)
    found = profiles(part) if len(part) > 1 else ()
    return replace(scenario, weights={profile.criterion: EVEN for profile in found})


def _tornado(comparison: Comparison, words: Words) -> None:
    """Show how far each weight alone moves the lead, as a chart and as a table of the same figures."""
    part = taking_part(comparison.options)
    weights = comparison.scenario.weights
    found = remember(words, ("tornado", comparison.scenario), lambda: tornado.tornado(part, weights, words))
    if found is None:
        return
    names = {result.option.option: result.name for result in comparison.options}
    st.subheader(words("tornado.title"), anchor=False)
    st.write(words("tornado.hint", name=names[found.leader], n=f"{10 * found.share:.1f}".removesuffix(".0")))
    st.plotly_chart(
        tornado.figure(found, words), key="tornado", config={"displayModeBar": False}, alt=words("tornado.alt")
    )
    head = ("class.criterion", "tornado.stated", "tornado.least", "tornado.most")
    rows = tornado.table(found, names, words)
    st.html(html.plain_table([words(name) for name in head], rows, words("tornado.title")))


def remember(words: Words, key: tuple, make: Callable):  # type: ignore[no-untyped-def]
    """Return what was worked out last for this key in this session, and nowhere else: a scenario may tell of a body."""
    kept = st.session_state.setdefault("_teach_found", {})
    if kept.get(key[0], (None, None))[0] != key:
        with st.spinner(words("moves.wait")):
            kept[key[0]] = (key, make())
    return kept[key[0]][1]
