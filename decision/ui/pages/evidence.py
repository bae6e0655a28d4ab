"""Evidence: every fact with its origin, the conflicts and gaps, the sources, and the tables to take away."""

from __future__ import annotations

import streamlit as st

from decision import package
from decision.cells import origin
from decision.coverage import share_settled, totals
from decision.facts import TABLES_OF_FACTS, Fact, find
from decision.ui import html, shell

PAGE = 20
VIEWS = ("all", "conflicts", "gaps", "unchecked")

catalogue = shell.tables()
words = shell.words(catalogue, catalogue.version)


def show_coverage() -> None:
    """Say how much is known, in figures."""
    counted = totals(shell.coverage(catalogue, catalogue.version))
    rows = [(words(f"coverage.{state}"), words.number(count)) for state, count in counted.items()]
    st.html(html.paragraph(words("coverage.share", share=words.percent(share_settled(counted))), "line"))
    st.html(html.plain_table([words("coverage.state"), words("coverage.cells")], rows, words("coverage.title")))
    st.header(words("coverage.map"), anchor=False)
    condition = st.selectbox(
        words("pick.condition"),
        list(catalogue.conditions),
        format_func=lambda name: catalogue.conditions[name].short_name,
        key="coverage-condition",
    )
    for situation in catalogue.situations[condition]:
        show_map(condition, situation.situation, situation.name)


def show_map(condition: str, situation: str, name: str) -> None:
    """Show which option has an answer to which question."""
    here = [
        cell
        for cell in shell.coverage(catalogue, catalogue.version)
        if (cell.condition, cell.situation) == (condition, situation)
    ]
    outcomes = {row.outcome: row.question for row in catalogue.outcomes[condition, situation]}
    asked = list(dict.fromkeys(cell.question for cell in here))
    head = [words("charts.option"), *(outcomes.get(question) or words(f"coverage.{question}") for question in asked)]
    states = {(cell.option, cell.question): words(f"coverage.short.{cell.state}") for cell in here}
    options = dict.fromkeys(cell.option for cell in here)
    rows = [[catalogue.options[option].name, *(states[option, question] for question in asked)] for option in options]
    st.html(html.scroll(html.plain_table(head, rows, name), name))


def show_facts() -> None:
    """Let people search the facts, and show each with its origin one click away."""
    top = st.columns([2, 1, 1, 1])
    text = top[0].text_input(words("evidence.search"), key="evidence-words")
    condition = top[1].selectbox(
        words("pick.condition"),
        list(catalogue.conditions),
        None,
        format_func=lambda name: catalogue.conditions[name].short_name,
        placeholder=words("evidence.any"),
        key="evidence-condition",
    )
    option = top[2].selectbox(
        words("charts.option"),
        list(catalogue.options),
        None,
        format_func=lambda name: catalogue.options[name].name,
        placeholder=words("evidence.any"),
        key="evidence-option",
    )
    table = top[3].selectbox(
        words("evidence.kind"),
        TABLES_OF_FACTS,
        None,
        format_func=lambda name: words(f"table.{name}"),
        placeholder=words("evidence.any"),
        key="evidence-table",
    )
    view = st.segmented_control(
        words("evidence.view"),
        VIEWS,
        default="all",
        format_func=lambda name: words(f"evidence.{name}"),
        key="evidence-view",
        required=True,
    )
    found = list(find(shell.facts(catalogue, catalogue.version), text, table, condition, option, view))
    st.write(words("evidence.count", n=words.number(len(found))))
    pages = max(1, -(-len(found) // PAGE))
    page = st.pagination(pages, key=f"evidence-page-{text}-{condition}-{option}-{table}-{view}") if pages > 1 else 1
    start = (page - 1) * PAGE
    st.markdown("".join(fact_html(fact) for fact in found[start : start + PAGE]), unsafe_allow_html=True)


def fact_html(fact: Fact) -> str:
    """Return a fact with its origin."""
    about = [catalogue.conditions[fact.condition].short_name] if fact.condition else []
    if fact.situation:
        about.append(catalogue.situation(fact.condition, fact.situation).name)
    about += [catalogue.options[name].name for name in fact.option.split(";") if name]
    head = f"{words(f'table.{fact.table}')} · {' · '.join(about) or words('evidence.any')}"
    return html.fact(head, fact.text, fact.conflict, fact.known, origin(fact.row, catalogue, words), words)


def show_sources() -> None:
    """List every source."""
    rows = [(source.short, source) for source in sorted(catalogue.sources.values(), key=lambda s: s.short.lower())]
    st.write(words("evidence.sources.count", n=words.number(len(rows))))
    st.markdown(html.source_list([source for _, source in rows], words), unsafe_allow_html=True)


def show_tables() -> None:
    """Offer the tables, and say what each holds."""
    st.write(words("evidence.tables.hint"))
    st.download_button(
        words("evidence.download"),
        lambda: package.zipped(shell.folder()),
        f"ig-options-data-{catalogue.version}.zip",
        "application/zip",
        on_click="ignore",
    )
    st.markdown((shell.folder() / "README.md").read_text(encoding="utf-8").partition("\n")[2])


st.html(html.paragraph(words("app.not_reviewed"), "not-reviewed"))
st.title(words("evidence.title"), anchor=False)
part = st.segmented_control(
    words("evidence.part"),
    ("facts", "coverage", "sources", "tables"),
    default="facts",
    format_func=lambda name: words(f"evidence.part.{name}"),
    key="evidence-part",
    label_visibility="collapsed",
    required=True,
)
{"facts": show_facts, "coverage": show_coverage, "sources": show_sources, "tables": show_tables}[part]()
