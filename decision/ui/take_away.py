"""The comparison to take along: the hand-out, the clinician sheet, files, a link and its code."""

from __future__ import annotations

import datetime
import json

import streamlit as st

from decision import export
from decision.comparison import Comparison
from decision.handout import clinician, pdf, qr
from decision.handout import html as handout_html
from decision.handout.sheet import Sheet, sheet
from decision.summary import dates
from decision.ui import html, path, session
from decision.ui.state import Said
from decision.wording import Words

PAPERS = ("a4", "letter")
LETTER = ("us", "canada")
"""Where paper is Letter: by the price list that is in use."""


def handout(result: Comparison, said: Said, words: Words) -> None:
    """Offer the hand-out as PDF and as a file that opens again, and the clinician sheet."""
    body = False
    if session.visit_of(said).said_body:
        body = st.checkbox(words("take.paper_body"), key="paper-body", help=words("take.body.warn"))
    name = _name(result)
    with st.container(horizontal=True, gap="small"):
        print_button(result, said, words, body)
        st.download_button(
            words("take.html"),
            lambda: handout_html.page(_sheet(result, said, body)),
            f"{name}.html",
            "text/html",
            on_click="ignore",
        )
        st.download_button(
            words("take.record"),
            lambda: clinician.record(
                result, said.catalogue, session.visit_of(said), datetime.date.today(), with_body=body
            ),
            f"{name}.txt",
            "text/plain",
            on_click="ignore",
        )
    st.caption(words("take.html.hint"))


def print_button(result: Comparison, said: Said, words: Words, body: bool = False) -> None:
    """Offer the hand-out as PDF, on the paper of the person's country."""
    paper = PAPERS[result.scenario.prices in LETTER]
    st.download_button(
        words("take.pdf"),
        lambda: pdf.document(_sheet(result, said, body), paper),
        f"{_name(result)}.pdf",
        "application/pdf",
        on_click="ignore",
        type="primary",
    )


def _sheet(result: Comparison, said: Said, body: bool) -> Sheet:
    return sheet(
        result,
        said.catalogue,
        session.visit_of(said),
        datetime.date.today(),
        with_body=body,
        address=_address(),
        lang=said.catalogue.language.replace("_", "-"),
    )


def _name(result: Comparison) -> str:
    return f"ig-options-{result.condition.condition}-{result.situation.situation}"


def _address() -> str:
    """Return the address of the first page of the app, without a query."""
    return path.first_page(st.context.url or "")


def files(result: Comparison, said: Said, words: Words) -> None:
    """Offer the comparison as a table and as data, when opened."""
    name = _name(result)
    with st.expander(words("take.data"), key="data", on_change="rerun") as box:
        if not box.open:
            return
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


def link(said: Said, words: Words) -> None:
    """Offer the address that opens the same comparison, and its code; the body only when asked.

    Drawn when opened: the part that copies an address brings more to the browser than half of the page.
    """
    with st.expander(words("take.link"), key="link", on_change="rerun") as box:
        if not box.open:
            return
        body = st.checkbox(words("take.body"), key="link-body", help=words("take.body.warn"))
        if body:
            st.caption(words("take.body.warn"))
        address = session.visit_of(said).link(_address(), body)
        st.write(words("take.copy"))
        st.code(address, language=None, wrap_lines=True)
        code = qr.code(address, words("handout.code"))
        st.markdown(code or words("take.code.too_long"), unsafe_allow_html=True)


def footer(said: Said, words: Words) -> None:
    """Say of which day the facts are."""
    st.html(
        html.paragraph(words("footer", dates=dates(said.catalogue, words), version=said.catalogue.version), "quiet")
    )
