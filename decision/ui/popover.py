"""A popover that is drawn when it is open, and that the keyboard goes into when it opens, as people expect of one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from decision.ui import script, state


@contextmanager
def popover(label: str, key: str, always: bool = False) -> Iterator[bool]:
    """Make a popover with the label of its button; yield whether to draw what stands in it.

    Most are closed, and every element costs time at every answer. What was open
    at the end of the last run is drawn once more: an answer given just before
    it was closed comes with the closing, and must not be lost. In: `always`
    where the browser has to hold the answers, as nothing else does.
    """
    box = st.popover(label, key=key, on_change="rerun")
    with box:
        yield always or bool(box.open) or state.was(key) is True
        if box.open:
            script.run(script.ENTER)
