"""The sheet as one HTML file that needs nothing else: no request, no script that runs, the font inside.

On paper it fills one page of A4 or Letter for a usual comparison; on a screen
it reads as a page, on a phone the table scrolls in a box of its own. Every text is escaped here; pictures
come from `charts` and `qr`, which escape their own.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path

from decision.charts import verdict_mark
from decision.handout import picture
from decision.handout.parts import Part, Point
from decision.handout.saved import MARK
from decision.handout.sheet import Sheet
from decision.handout.table import Cited, Column, Entry, Line, Said
from decision.wording import sentence

HERE = Path(__file__).parent
NO_BREAK = "\u00a0"
FONT = HERE / "fonts" / "SourceSans3-latin.woff2"


def page(sheet: Sheet) -> str:
    """Return the sheet as a whole HTML document."""
    top = _part(sheet.call, "call") if sheet.urgent else ""
    bottom = "" if sheet.urgent else _part(sheet.call, "call")
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(sheet.lang, quote=True)}">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(sheet.title)}</title>\n<style>{_style()}</style>\n</head>\n<body>\n<main>\n"
        f'<div class="top"><div><header><h1>{escape(sheet.title)}</h1>'
        f'<p class="status"><b>{escape(sheet.date)}.</b> {escape(sheet.status)}</p>'
        f'<p class="reopen">{escape(sheet.reopen)}</p></header>\n'
        f"{top}{_part(sheet.decision, 'decision')}"
        f'<div class="said">{"".join(_part(part) for part in sheet.said)}</div></div>{_code(sheet)}</div>\n'
        f"{_table(sheet)}\n{_below(sheet)}\n"
        f'<div class="sides"><div>{"".join(_part(part) for part in sheet.left)}</div>'
        f'<div class="right">{"".join(_part(part) for part in sheet.right)}</div></div>\n'
        f"{bottom}{''.join(_part(part) for part in sheet.last)}\n</main>\n{_foot(sheet)}\n"
        f'<script type="application/json" {MARK}>{sheet.saved}</script>\n</body>\n</html>\n'
    )


@lru_cache(maxsize=1)
def _style() -> str:
    font = base64.b64encode(FONT.read_bytes()).decode()
    face = (
        f'@font-face{{font-family:"Sheet";font-weight:200 900;src:url(data:font/woff2;base64,{font})format("woff2")}}'
    )
    return face + picture.style() + (HERE / "sheet.css").read_text(encoding="utf-8")


def _part(part: Part, name: str = "") -> str:
    items = "".join(f"<li>{_point(point)}</li>" for point in part.points)
    held = f'<ul class="{"ticks" if part.ticks else "points"}">{items}</ul>' if items else ""
    if len(part.points) == 1 and not part.ticks:
        held = f"<p>{_point(part.points[0])}</p>"
    blanks = "".join(f'<p class="blank"><span>{escape(label)}</span></p>' for label in part.blanks)
    blanks = f'<div class="blanks">{blanks}</div>' if blanks else ""
    return f'<section class="{name or part.id}"><h2>{escape(part.title)}</h2>{held}{blanks}</section>'


def _point(point: Point) -> str:
    label = f"<b>{escape(point.label)}:</b> " if point.label else ""
    return f"{label}{escape(point.text)}"


# ---------------------------------------------------------------------- the table


def _table(sheet: Sheet) -> str:
    heads = "".join(_head(column) for column in sheet.columns)
    body = "".join(_line(line, len(sheet.columns)) for line in sheet.lines)
    caption = escape(sheet.caption)
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(sheet.caption, quote=True)}">'
        f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead>{body}</table></div>"
    )


def _head(column: Column) -> str:
    agents = f' <span class="agents">({escape(column.agents)})</span>' if column.agents else ""
    verdict = f"{verdict_mark(column.verdict)} <b>{escape(column.word)}.</b> {escape(column.why)}"
    return (
        f'<th scope="col"><span class="name">{escape(column.name)}</span>{agents}'
        f' <span class="verdict">{verdict}</span></th>'
    )


def _line(line: Line, width: int) -> str:
    """Return a row of the table: the question over the whole width, then a cell for each option."""
    sources = f' <span class="numbers">[{escape(line.sources)}]</span>' if line.sources else ""
    note = f' <span class="note">{escape(line.note)}{sources}</span>'
    cells = "".join(_cell(entry) for entry in line.entries)
    return (
        f'<tbody><tr><th scope="rowgroup" colspan="{width}">'
        f"{escape(line.question)}{note}</th></tr>"
        f"<tr>{cells}</tr></tbody>"
    )


def _cell(entry: Entry) -> str:
    letters = f"<sup>{escape(NO_BREAK.join(entry.letters))}</sup>" if entry.letters else ""
    headline = f'<b class="headline">{escape(entry.headline)}</b>{letters}' if entry.headline else ""
    lines = " ".join(f"<span>{_short(point)}</span>" for point in entry.lines)
    known = "known" if entry.known else "unknown"
    return f'<td class="{known}">{entry.svg}<span class="answer">{headline} {lines}</span></td>'


def _short(point: Said) -> str:
    label = f"<b>{escape(point.label)}</b> " if point.label else ""
    return f"{label}{escape(point.text)}"


def _below(sheet: Sheet) -> str:
    """Return what stands below the table: the key of the dots and the remarks by letter."""
    key = "".join(f'<span class="key">{picture.dot(kind)} {escape(word)}</span> ' for kind, word in sheet.key)
    remarks = " ".join(f"<span><sup>{escape(one.label)}</sup> {escape(one.text)}</span>" for one in sheet.remarks)
    return f'<p class="below">{escape(sheet.key_title)} {key}{remarks}</p>'


# ----------------------------------------------------------------------- the foot


def _code(sheet: Sheet) -> str:
    return f'<div class="code">{sheet.qr}</div>' if sheet.qr else ""


def _foot(sheet: Sheet) -> str:
    """Return the sources, the date of the data, who paid, and the link; a link with a code is not printed."""
    link = ""
    if sheet.link:
        shown = f'<a href="{escape(sheet.link, quote=True)}">{escape(sheet.link)}</a>'
        shown = f'<span class="coded">{shown}</span>' if sheet.qr else shown
        link = f"{escape(sheet.link_text)} {shown}"
    lines = "".join(f"<p>{escape(line)} {link}</p>" for line in sheet.foot)
    return (
        f'<footer><h2>{escape(sheet.sources_title)}</h2><p class="short">{_short_sources(sheet.sources)}</p>'
        f"{lines}{_full_sources(sheet.sources)}</footer>"
    )


def by_funding(sources: Iterable[Cited]) -> dict[str, list[Cited]]:
    """Return the sources by who paid, in the order of their numbers."""
    found: dict[str, list[Cited]] = {}
    for source in sources:
        found.setdefault(source.paid, []).append(source)
    return found


def _short_sources(sources: Sequence[Cited]) -> str:
    return " ".join(
        f"<b>{escape(sentence(paid))}:</b> {'; '.join(f'{row.number} {escape(row.short)}' for row in rows)}."
        for paid, rows in by_funding(sources).items()
    )


def _full_sources(sources: Sequence[Cited]) -> str:
    """Return the citations with their links, for the screen; a closed list is not printed."""
    items = "".join(f"<li>{_citation(source)}</li>" for source in sources)
    return f'<ol class="full">{items}</ol>' if items else ""


def _citation(source: Cited) -> str:
    text = escape(source.citation)
    if not source.address:
        return text
    return f'<a href="{escape(source.address, quote=True)}" rel="noopener noreferrer">{text}</a>'
