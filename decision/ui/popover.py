"""A popover that the keyboard goes into when it opens, as people who use one expect."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from decision.ui import script


@contextmanager
def popover(label: str, key: str) -> Iterator[None]:
    """Open a popover with the label of its button; what is drawn within stands in it."""
    with st.popover(label, key=key):
        yield
        script.run(script.ENTER)
