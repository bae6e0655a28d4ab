"""Pick a condition by any of its names, the situation in it, and the options to look at."""

from __future__ import annotations

import streamlit as st

from decision import summary
from decision.comparison import Comparison
from decision.result import OptionResult
from decision.ui import html
from decision.ui.popover import popover
from decision.ui.state import Said
from decision.wording import Words, sentence


def situation(said: Said, words: Words) -> None:
    """Ask for the condition, found by any of its names, and the situation."""
    left, right = st.columns(2)
    scenario, catalogue = said.scenario, said.catalogue
    conditions = list(catalogue.conditions)
    condition = left.selectbox(
        words("pick.condition"),
        conditions,
        conditions.index(scenario.condition),
        format_func=lambda name: summary.picker_label(catalogue.conditions[name]),
        key=said.key("condition"),
        help=words("pick.condition.help"),
    )
    if condition != scenario.condition:
        said.drop("situation", *_of_situation(said))
    said.query["condition"] = condition
    situations = {row.situation: row for row in catalogue.situations[condition]}
    names = list(situations)
    now = said.query.get("situation", names[0])
    chosen = right.selectbox(
        words("pick.situation"),
        names,
        names.index(now) if now in names else 0,
        format_func=lambda name: sentence(situations[name].name),
        key=said.key(f"situation-{condition}"),
    )
    if chosen != now:
        said.drop(*_of_situation(said))
    said.query["situation"] = chosen


OF_SITUATION = ("show", "q", "cal", "first", "hide", "lean", "back", "pairs", "match", "order")
"""What was said about the options and rows of one situation only."""


def _of_situation(said: Said) -> list[str]:
    """Return the keys of what was said about this situation only.

    How much a change matters is among them: the question named the change from the worst to the best option here.
    """
    return [*OF_SITUATION, *(key for key in said.query if key.startswith("w."))]


def columns(result: Comparison, said: Said, words: Words) -> list[OptionResult]:
    """Let the person choose 2 to 4 options, or all that are treatments here, and return them in the neutral order."""
    known = {option.option.option: option for option in result.options if option.used}
    chosen = _asked(said, known) or list(summary.first_columns(result))
    everything = said.query.get("all") == "yes"
    with popover(words("columns.choose"), key="columns") as drawn:
        if drawn:
            st.caption(words("columns.pick"))
            chosen = [name for name in known if _column(known[name], name in chosen, said, words)]
            everything = st.toggle(words("columns.all"), everything, key=said.key("all"))
    said.put("all", "yes" if everything else "no", "no")
    said.put("show", ",".join(chosen), ",".join(summary.first_columns(result)))
    return shown(result, said)


def shown(result: Comparison, said: Said) -> list[OptionResult]:
    """Return the options that are looked at, in the neutral order."""
    known = {option.option.option: option for option in result.options if option.used}
    if said.query.get("all") == "yes":
        return list(known.values())
    asked = _asked(said, known) or summary.first_columns(result)
    return [known[name] for name in asked[: summary.MOST_COLUMNS]]


def cut(result: Comparison, said: Said, words: Words) -> None:
    """Say so where more options were asked for than fit side by side."""
    known = {option.option.option: option for option in result.options if option.used}
    if said.query.get("all") != "yes" and len(_asked(said, known)) > summary.MOST_COLUMNS:
        st.caption(words("columns.too_many"))


def cards(result: Comparison, said: Said, words: Words) -> None:
    """Show each option as a card with its verdict, and ask whether to compare it."""
    known = {option.option.option: option for option in result.options if option.used}
    now = _asked(said, known) or summary.first_columns(result)
    chosen = []
    for name, option in known.items():
        if option.verdict == "not_suitable" and name not in now:
            continue
        with st.container(border=True, gap=None, key=f"option-{name}"):
            place = f"{option.role.condition}-{option.role.situation}-{name}"
            if st.checkbox(f"**{option.name}**", name in now, key=said.key(f"card-{place}")):
                chosen.append(name)
            st.markdown(html.option_card(option, words, said.catalogue.sources), unsafe_allow_html=True)
    said.put("show", ",".join(chosen), ",".join(summary.first_columns(result)))
    cut(result, said, words)


def _asked(said: Said, known: dict[str, OptionResult]) -> list[str]:
    asked = said.query.get("show", "").split(",")
    return [name for name in known if name in asked]


def _column(option: OptionResult, now: bool, said: Said, words: Words) -> bool:
    place = f"{option.role.condition}-{option.role.situation}-{option.option.option}"
    return st.checkbox(f"{option.name} ({words(f'verdict.{option.verdict}')})", now, key=said.key(f"show-{place}"))
