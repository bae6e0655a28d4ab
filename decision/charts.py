"""Pictures of a Comparison: SVG for cells, Plotly where people explore.

An icon array draws every person once: dark for the sure part (up to the low
end of the range), mid-tone up to the value, a ring up to the high end, pale
for the rest. The counts are rounded as the words are, so that they add up.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING

from decision import wording
from decision.cells import Cell, Picture, Question
from decision.wording import Words

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

ACCENT = "#1f5fa8"
STEP, RADIUS = 10, 3.6
LABEL_WIDTH = 18
COLUMNS = {100: 10, 1000: 40}
BAR_WIDTH, BAR_HEIGHT = 200, 14
MARK = {
    "suitable": '<circle cx="8" cy="8" r="6.5" class="mark-line"/><circle cx="8" cy="8" r="6.5" class="mark-fill"/>',
    "caution": (
        '<circle cx="8" cy="8" r="6.5" class="mark-line"/><path class="mark-fill" d="M8 1.5a6.5 6.5 0 0 0 0 13z"/>'
    ),
    "not_suitable": '<circle cx="8" cy="8" r="6.5" class="mark-line"/>',
}


def verdict_mark(verdict: str) -> str:
    """Return the sign of a verdict: full, half or empty circle. The word stands beside it, so it needs no text."""
    return f'<svg class="mark" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{MARK[verdict]}</svg>'


def icon_counts(picture: Picture) -> tuple[int, int, int, int]:
    """Return how many icons are sure, likely, possible and empty; they add up to the denominator.

    Raises ValueError where the figures do not fit between none and all.
    """
    total = int(picture.top)
    value = wording.people(picture.value)
    low = value if picture.low is None else wording.people(picture.low)
    high = value if picture.high is None else wording.people(picture.high)
    if not 0 <= low <= value <= high <= total:
        raise ValueError(f"{low}, {value}, {high} of {total} cannot be drawn")
    return low, value - low, high - value, total - high


def icon_array(picture: Picture, text: str) -> str:
    """Return an icon array as SVG. In: people out of 100 or 1,000, and the words that say the same."""
    columns = COLUMNS[int(picture.top)]
    lines = int(picture.top) // columns
    dots, circles = _dots(columns, lines), _circles(columns, lines)
    paths, start = [], 0
    shapes = (("dots-sure", dots), ("icon-likely", circles), ("icon-possible", circles), ("dots-empty", dots))
    for (name, drawn), count in zip(shapes, icon_counts(picture), strict=True):
        if count:
            paths.append(f'<path class="{name}" d="{"".join(drawn[start : start + count])}"/>')
        start += count
    return _svg("icons", columns * STEP, lines * STEP, text, "".join(paths))


def _middles(columns: int, lines: int) -> Iterator[tuple[float, float]]:
    """Yield where each person stands, filling the rows from the bottom left."""
    for line in reversed(range(lines)):
        for column in range(columns):
            yield column * STEP + STEP / 2, line * STEP + STEP / 2


@cache
def _dots(columns: int, lines: int) -> tuple[str, ...]:
    """Return each person as a hair of a line, which a thick pen with a round end makes a dot.

    A page holds thousands of them, most without a rim: this takes a third of the bytes of a circle.
    """
    return tuple(f"M{x:g} {y:g}h.01" for x, y in _middles(columns, lines))


@cache
def _circles(columns: int, lines: int) -> tuple[str, ...]:
    """Return each person as a circle that can have a rim: an arc that ends a hair before it began, closed by a line."""
    return tuple(f"M{x - RADIUS:g} {y:g}a{RADIUS} {RADIUS} 0 1 0 0-.1z" for x, y in _middles(columns, lines))


def bar(picture: Picture, text: str) -> str:
    """Return a bar with its range as SVG, on the scale of its row (`top` is the highest end in the row)."""
    scale = BAR_WIDTH / picture.top
    middle = BAR_HEIGHT / 2
    shapes = [f'<rect class="bar-back" x="0" y="4" width="{BAR_WIDTH}" height="6" rx="1"/>']
    shapes.append(f'<rect class="bar-value" x="0" y="4" width="{picture.value * scale:.1f}" height="6" rx="1"/>')
    if picture.low is not None and picture.high is not None and picture.low < picture.high:
        shapes.append(
            f'<path class="bar-range" d="M{picture.low * scale:.1f} {middle}H{picture.high * scale:.1f}'
            f"M{picture.low * scale:.1f} 3V11M{min(picture.high * scale, BAR_WIDTH - 1):.1f} 3V11"
            '"/>'
        )
    return _svg("bar", BAR_WIDTH, BAR_HEIGHT, text, "".join(shapes))


def _svg(name: str, width: int, height: int, text: str, inside: str) -> str:
    label = escape(text, quote=True)
    return (
        f'<svg class="{name} {name}-{width}" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">'
        f"<title>{escape(text)}</title>{inside}</svg>"
    )


def unknown_array(picture: Picture, text: str) -> str:
    """Return the outline of an icon array at the same size with a question mark, where nothing is known."""
    columns = COLUMNS[int(picture.top)]
    width, height = columns * STEP, int(picture.top) // columns * STEP
    frame = f'<rect class="icon-unknown" x="1" y="1" width="{width - 2}" height="{height - 2}" rx="4"/>'
    sign = f'<text x="{width / 2:g}" y="{height / 2 + 12:g}" text-anchor="middle" class="icon-sign">?</text>'
    return _svg("icons", width, height, text, frame + sign)


def cell_picture(cell: Cell, question: str, words: Words) -> str:
    """Return the picture of a cell as SVG with a text that says the same; the comparison group stands beside it."""
    picture = cell.picture
    if picture is None:
        return ""
    text = f"{cell.name}. {question} {cell.headline}. {' '.join(cell.lines[:1])}"
    if picture.kind == "bar":
        return bar(picture, text)
    if picture.kind == "unknown":
        return unknown_array(picture, text)
    if picture.beside is None:
        return icon_array(picture, text)
    name, beside = picture.beside
    other = icon_array(beside, words("picture.beside", name=name, count=words.out_of(beside.value, int(beside.top))))
    return f'<span class="pictures">{_named(cell.name, icon_array(picture, text))}{_named(name, other)}</span>'


def _named(name: str, picture: str) -> str:
    return f'<span class="pair">{picture}<span class="pair-name">{escape(name)}</span></span>'


def bars(question: Question, axis: str, unknown: str) -> Figure:
    """Return a bar chart with ranges of one question.

    An option that is not known is named and says so; a figure without a
    comparison group is hatched, so that it is not read beside the others.
    """
    import plotly.graph_objects as go  # 0.8 s of import, paid only where a chart is opened

    cells = list(reversed(question.cells))
    names = ["<br>".join(wrap(escape(cell.name), LABEL_WIDTH)) for cell in cells]
    drawn = [cell.picture if cell.known else None for cell in cells]
    ends = {"array": _ends(drawn, "high"), "arrayminus": _ends(drawn, "low")}
    figure = go.Figure(
        go.Bar(
            orientation="h",
            y=names,
            x=[picture.value if picture else None for picture in drawn],
            error_x={"type": "data", "symmetric": False, **ends},
            marker={"color": ACCENT, "pattern": {"shape": ["/" if cell.apart else "" for cell in cells]}},
            hovertext=[f"{escape(cell.name)}: {escape(cell.headline)}" for cell in cells],
            hoverinfo="text",
        )
    )
    for name, picture in zip(names, drawn, strict=True):
        if picture is None:
            figure.add_annotation(x=0, y=name, text=unknown, showarrow=False, xanchor="left")
    figure.update_layout(
        height=100 + 40 * len(cells),
        margin={"l": 0, "r": 10, "t": 10, "b": 40},
        xaxis={"title": axis, "rangemode": "tozero", "fixedrange": True},
        yaxis={"automargin": True, "fixedrange": True},
        showlegend=False,
    )
    return figure


def _ends(pictures: Iterable[Picture | None], side: str) -> list[float | None]:
    found: list[float | None] = []
    for picture in pictures:
        end = getattr(picture, side) if picture else None
        found.append(None if picture is None or end is None else abs(end - picture.value))
    return found


def bars_table(question: Question) -> Sequence[tuple[str, str, str]]:
    """Return the rows of the table beside a chart: option, figure, and the range or what is known instead."""
    return [(cell.name, cell.headline, cell.lines[0] if cell.lines else "") for cell in question.cells]
