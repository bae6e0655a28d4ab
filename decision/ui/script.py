"""The few scripts of ours in a page. A policy that forbids scripts allows each of them by its hash.

All else is Streamlit's. These do what only a browser can: say the language, and bring eye and keyboard to what is new.
"""

from __future__ import annotations

from zlib import crc32

import streamlit as st

TOP = "document.querySelector('[data-testid=stMain]')?.scrollTo(0, 0)"
"""Shows a page from its top: the link to it mostly stands at the end of the one before."""

TURN = "document.querySelector('.st-key-asked')?.scrollIntoView()"
"""Shows a question from its top: whoever was at the end of the one before would see the end of the next."""

ENTER = (
    "[...document.querySelectorAll('[data-testid=stPopoverBody]')].slice(-1).forEach(body => "
    "body.contains(document.activeElement) || (body.tabIndex = 0, body.focus()))"
)
"""Moves the focus into what was just opened: Streamlit draws it at the end of the page, behind all other stops."""


def language(spoken: str) -> str:
    """Return what tells the browser and a screen reader the language of the page; Streamlit says English."""
    return f"document.documentElement.lang = '{spoken.replace('_', '-')}'"


def run(script: str, each: str = "") -> None:
    """Run a script in the page once, and again whenever `each` is another: then it is another piece of HTML.

    Only a checksum of `each` is written, which no cleaner of HTML takes offence at.
    """
    marker = f'<span hidden="" data-each="{crc32(each.encode())}"></span>'
    st.html(f"{marker}<script>{script}</script>", unsafe_allow_javascript=True)
