"""Living with an option: sides of life as rows, a typical month and the first year as a calendar."""

from __future__ import annotations

import streamlit as st

from decision import calendar_picture
from decision.cells import Question, living_questions, review_question
from decision.comparison import Comparison
from decision.result import OptionResult
from decision.treatment_calendar import treatment_calendar
from decision.ui import html
from decision.ui.state import Said
from decision.wording import Words


def rows_of(result: Comparison, said: Said, options: list[OptionResult]) -> tuple[Question, ...]:
    """Return the sides of life that can matter here, and when to look again, for these options."""
    names = [option.option.option for option in options]
    return (*living_questions(result, said.catalogue, names), review_question(result, said.catalogue, names))


def table(result: Comparison, options: list[OptionResult], said: Said, words: Words) -> None:
    """Show living with it for all options side by side, when opened."""
    box = st.expander(words("living.title"), key="living", on_change="rerun")
    if box.open:
        rows = rows_of(result, said, options)
        shown = html.comparison_table(
            options, rows, words, "numbers", words("living.title"), said.catalogue.sources, heads="names"
        )
        box.markdown(shown, unsafe_allow_html=True)


def calendars(result: Comparison, options: list[OptionResult], words: Words) -> None:
    """Show the calendars of all options, when opened."""
    box = st.expander(words("calendar.title"), key="calendars", on_change="rerun")
    if box.open:
        with box:
            for option in options:
                st.header(option.name, anchor=False)
                calendar(result, option, words)


def one_calendar(result: Comparison, options: list[OptionResult], said: Said, words: Words) -> None:
    """Show the calendar of one option, and ask for which."""
    names = {option.option.option: option for option in options}
    now = said.query.get("cal", next(iter(names)))
    chosen = st.segmented_control(
        words("calendar.option"),
        list(names),
        default=now if now in names else next(iter(names)),
        format_func=lambda name: names[name].name,
        key=said.key(f"cal-{result.condition.condition}-{result.situation.situation}-{'-'.join(names)}"),
        required=True,
    )
    said.put("cal", chosen, next(iter(names)))
    calendar(result, names[chosen], words)


def calendar(result: Comparison, option: OptionResult, words: Words) -> None:
    """Show a typical month, the year in sentences, and the year month by month one tap away."""
    plan = treatment_calendar(option, result.scenario.travel_minutes)
    month = calendar_picture.month_table(option, plan, words)
    st.html(html.scroll(month, words("calendar.month.caption", name=option.name)) + calendar_picture.key(plan, words))
    st.html(html.bullet_list(calendar_picture.sentences(option, plan, words)))
    if plan.months:
        label = words("calendar.year.caption", name=option.name)
        year = html.scroll(calendar_picture.year_table(option, plan, words), label)
        st.html(html.folded(words("calendar.year.open"), option.name, year))
