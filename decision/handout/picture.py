"""Pictures for paper: black and white, told apart by shape and lightness, not by colour.

The pictures come from `charts` with classes and no colours of their own. On
the HTML sheet a style sheet fills them in; a PDF needs each shape to carry its
own, and the same table gives both.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

PAPER: Mapping[str, str] = MappingProxyType(
    {
        "icon-sure": "fill:#000",
        "dots-sure": "fill:none;stroke:#000;stroke-width:7.2;stroke-linecap:round",
        "dots-empty": "fill:none;stroke:#d4d4d4;stroke-width:7.2;stroke-linecap:round",
        "icon-likely": "fill:#8c8c8c;stroke:#000;stroke-width:1",
        "icon-possible": "fill:#fff;stroke:#000;stroke-width:1",
        "icon-empty": "fill:#d4d4d4",
        "mark-line": "fill:none;stroke:#000;stroke-width:1.6",
        "mark-fill": "fill:#000",
    }
)
"""Class of a shape to how it looks on paper: full, grey with a rim, empty with a rim, pale without a rim."""

KEY = ("sure", "likely", "possible", "empty")


def style() -> str:
    """Return the rules of a style sheet for the pictures of a page."""
    return "".join(f".{name}{{{rules}}}" for name, rules in PAPER.items())


def standalone(svg: str) -> str:
    """Return a picture that needs no style sheet around it."""
    drawn = svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1) if "xmlns=" not in svg else svg
    for name, rules in PAPER.items():
        drawn = drawn.replace(f'class="{name}"', f'style="{rules}"')
    return drawn


def dot(kind: str) -> str:
    """Return one dot of an icon array, for the key."""
    shape = f'<circle class="icon-{kind}" cx="5" cy="5" r="4"/>'
    return f'<svg class="dot" viewBox="0 0 10 10" aria-hidden="true">{shape}</svg>'
