"""The comparison: pick a condition, say what limits you, see the options side by side."""

from __future__ import annotations

import datetime
import json
from functools import partial

import streamlit as st

from decision import charts, export, summary
from decision.cells import Question, origin, questions
from decision.comparison import Comparison, compare
from decision.result import OptionResult
from decision.ui import html, limits, shell, state
from decision.ui.state import Said
from decision.wording import sentence

catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)
said = state.load(catalogue)


def pick(said: Said) -> None:
    """Ask for the condition, found by any of its names, and the situation."""
    left, right = st.columns(2)
    scenario = said.scenario
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
        said.query.pop("situation", None)
        said.query.pop("show", None)
    said.query["condition"] = condition
    situations = {row.situation: row for row in catalogue.situations[condition]}
    names = list(situations)
    now = said.query.get("situation", names[0])
    situation = right.selectbox(
        words("pick.situation"),
        names,
        names.index(now) if now in names else 0,
        format_func=lambda name: sentence(situations[name].name),
        key=said.key(f"situation-{condition}"),
    )
    if situation != now:
        said.query.pop("show", None)
    said.query["situation"] = situation


def show_top(result: Comparison) -> None:
    """Say what the page is about, and first what to do now."""
    urgent = [message.text for message in result.messages if message.kind == "urgent"]
    short, name = result.condition.short_name, result.situation.name
    st.title(f"{short}: {name}", anchor=False)
    if result.situation.urgent:
        st.html(html.urgent(words("urgent.title"), urgent))
    st.html(html.paragraph(result.situation.decision, "decision"))
    if not result.situation.urgent and urgent:
        with st.expander(words("app.call"), key="call"):
            st.html(html.bullet_list(urgent))
    late = summary.overdue(result, datetime.date.today(), words)
    if late:
        st.warning(words("stale.banner", what=late))
    for notice in result.notices:
        st.html(html.paragraph(notice, "notice"))


def show_count(result: Comparison) -> None:
    """Count what fits, needs care and is ruled out, and say what follows where nothing fits."""
    counts = summary.counts(result, words)
    st.markdown(html.count_line(counts.total, counts.parts), unsafe_allow_html=True)
    if counts.advice:
        st.html(f'<div class="box">{html.paragraph(counts.advice, "line")}</div>')
    st.html(html.paragraph(words("never_stop"), "stay"))


def choose_columns(result: Comparison) -> list[OptionResult]:
    """Let the person choose 2 to 4 options, or all that are treatments here."""
    used = [option for option in result.options if option.used]
    known = {option.option.option: option for option in used}
    asked = [name for name in said.query.get("show", "").split(",") if name in known]
    default = asked or summary.first_columns(result)
    names = st.container()
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
        with st.popover(words("columns.choose"), key="columns"):
            st.caption(words("columns.pick"))
            chosen = [name for name in known if _column(known[name], name in default)]
            everything = st.toggle(words("columns.all"), said.query.get("all") == "yes", key=said.key("all"))
        said.put("all", "yes" if everything else "no", "no")
        for name, values in (("view", ("picture", "numbers")), ("frame", ("happens", "happens_not"))):
            now = said.query.get(name, values[0])
            choice = st.segmented_control(
                words(f"{name}.title"),
                values,
                default=now if now in values else values[0],
                format_func=partial(_view_word, name),
                key=said.key(name),
                required=True,
            )
            said.put(name, choice, values[0])
    ordered = [name for name in known if name in chosen]
    said.put("show", ",".join(ordered), ",".join(summary.first_columns(result)))
    if everything or not ordered:
        return used
    shown = [known[name] for name in ordered[: summary.MOST_COLUMNS]]
    with names:
        st.html(
            html.paragraph(words("columns.showing", names=words.listing([option.name for option in shown])), "quiet")
        )
        if len(ordered) > len(shown):
            st.caption(words("columns.too_many"))
    return shown


def _view_word(name: str, value: str) -> str:
    return words(f"{name}.{value}")


def _column(option: OptionResult, now: bool) -> bool:
    """Ask whether an option is shown."""
    place = f"{option.role.condition}-{option.role.situation}-{option.option.option}"
    return st.checkbox(f"{option.name} ({words(f'verdict.{option.verdict}')})", now, key=said.key(f"show-{place}"))


def show_table(result: Comparison, columns: list[OptionResult]) -> None:
    """Show the options side by side."""
    happens = said.query.get("frame") != "happens_not"
    rows = questions(result, catalogue, [column.option.option for column in columns], happens)
    pictures = said.query.get("view") != "numbers"
    if pictures:
        st.markdown(html.picture_key(words), unsafe_allow_html=True)
    st.markdown(
        html.comparison_table(columns, rows, words, pictures, words("columns.rule"), catalogue.sources),
        unsafe_allow_html=True,
    )


def show_rest(result: Comparison) -> None:
    """Show what is ruled out and why, what belongs to care, and what happens without treatment."""
    out = [option for option in result.options if option.used and option.verdict == "not_suitable"]
    if out:
        st.header(words("out.title"), anchor=False)
        st.markdown(html.ruled_out(out, words, catalogue.sources), unsafe_allow_html=True)
    with st.expander(words("notused.title"), key="not-used"):
        st.markdown(
            html.ruled_out([o for o in result.options if not o.used], words, catalogue.sources), unsafe_allow_html=True
        )
    st.header(words("without.title"), anchor=False)
    st.write(result.situation.without_treatment)
    found = origin(result.situation, catalogue, words)
    st.html(html.origin(found, words("without.title"), words))
    with st.expander(words("about.condition"), key="about-condition"):
        st.write(result.condition.description)
        st.write(result.condition.why_treat)
    for kind, title in (
        ("also_part_of_care", "also.title"),
        ("before_start", "before.title"),
        ("monitor", "monitor.title"),
    ):
        texts = [message.text for message in result.messages if message.kind == kind]
        if texts:
            with st.expander(words(title), key=f"messages-{kind}"):
                st.html(html.bullet_list(texts))
    safety = [option for option in result.options if option.used and option.messages]
    with st.expander(words("safety.title"), key="safety"):
        for option in safety:
            st.markdown(f"**{option.name}**")
            st.html(html.bullet_list(f"{words(f'message.{m.kind}')} {m.text}" for m in option.messages))


def show_charts(result: Comparison) -> None:
    """Show figures of all options as charts, each with the same figures as a table."""
    box = st.expander(words("charts.title"), key="charts", on_change="rerun")
    if not box.open:
        return
    used = [option.option.option for option in result.options if option.used]
    with box:
        st.caption(words("charts.hint"))
        for row in questions(result, catalogue, used):
            if row.id in ("onset", "supply", "sure", "guideline"):
                continue
            axis = summary.axis(row, result, words)
            st.subheader(row.text, anchor=False)
            st.plotly_chart(
                charts.bars(row, axis, words("unknown")),
                key=f"chart-{row.id}",
                config={"displayModeBar": False},
                alt=f"{row.text} {words('charts.alt')}",
            )
            st.html(chart_table(row))


def chart_table(row: Question) -> str:
    """Return the figures of a chart as a table."""
    head = [words("charts.option"), words("charts.value"), words("charts.range")]
    return html.plain_table(head, charts.bars_table(row), f"{row.text} ({row.note})")


def show_take_away(result: Comparison) -> None:
    """Offer the comparison as a link and as files."""
    st.header(words("take.title"), anchor=False)
    name = f"ig-options-{result.condition.condition}-{result.situation.situation}"
    with st.container(horizontal=True, gap="small"):
        st.download_button(
            words("take.csv"), lambda: export.as_csv(result, words), f"{name}.csv", "text/csv", on_click="ignore"
        )
        st.download_button(
            words("take.json"),
            lambda: json.dumps(export.as_json(result, catalogue), ensure_ascii=False, indent=1),
            f"{name}.json",
            "application/json",
            on_click="ignore",
        )
    body = st.checkbox(words("take.body"), key="link-body", help=words("take.body.warn"))
    if body:
        st.caption(words("take.body.warn"))
    st.write(words("take.copy"))
    here = (st.context.url or "").partition("?")[0]
    st.code(here + summary.link(result.scenario, body), language=None, wrap_lines=True)
    st.html(html.paragraph(words("footer", dates=summary.dates(catalogue, words), version=catalogue.version), "quiet"))


st.html(html.paragraph(words("app.not_reviewed"), "not-reviewed"))
pick(said)
top, asked, counted = st.container(), st.container(), st.container()
with asked:
    limits.show(said, words)
comparison = compare(catalogue, said.scenario, said.notices)
with top:
    show_top(comparison)
with counted:
    show_count(comparison)
show_table(comparison, choose_columns(comparison))
st.page_link("decision/ui/pages/values.py", label=words("nav.to_values"))
show_rest(comparison)
show_charts(comparison)
show_take_away(comparison)
said.keep()
