"""HTML of the Teach page: role cards, answers, and the two sides with every difference marked.

Every text is escaped here; pictures come from `charts`, which escapes its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from itertools import groupby, zip_longest
from pathlib import Path

from decision import charts
from decision.cells import Picture
from decision.class_values import Spread
from decision.contrast import Line
from decision.lesson import Answer, Part, side_names
from decision.rows import CasePart, Source
from decision.ui.html import citation
from decision.wording import Words, sentence

DOES = 2
"""Cell of a wording, after its name, that says what it does to readers."""


@lru_cache(maxsize=1)
def style() -> str:
    """Return the style sheet of the page as an element."""
    return f"<style>{Path(__file__).with_name('teach_style.css').read_text(encoding='utf-8')}</style>"


def labelled(label: str, text: str) -> str:
    """Return a paragraph that starts with a label."""
    return f'<p class="teach"><b>{escape(label)}</b> {escape(text)}</p>'


def role_cards(cards: Iterable[CasePart], words: Words) -> str:
    """Return the role cards: what each role wants, and what its holder may not know."""
    shown = "".join(
        f'<div class="card"><h3>{escape(words("teach.card", role=words(f"teach.role.{card.role}")))}</h3>'
        f"<p>{escape(card.text)}</p>"
        f"<p><b>{escape(words('teach.unaware'))}</b> {escape(card.unaware or '')}</p></div>"
        for card in cards
    )
    return f'<div class="cards">{shown}</div>'


def parts(items: Iterable[Part], words: Words, answers: bool) -> str:
    """Return questions or points, numbered; with their answers where the key is open."""
    shown = "".join(
        f"<li>{escape(item.text)}{answer_list(item.answers, words) if answers else ''}</li>" for item in items
    )
    return f'<ol class="teach">{shown}</ol>'


def answer_list(answers: Iterable[Answer], words: Words) -> str:
    """Return the lines of the answer key, those of one row under its name."""
    shown = []
    for row, lines in groupby(answers, key=lambda answer: answer.row):
        items = "".join(
            f'<li><span class="side">{escape(side_names(answer, words))}</span> '
            f"<b>{escape(answer.option)}:</b> {escape(answer.text)}</li>"
            for answer in lines
        )
        shown.append(f'<div class="answers"><span class="row">{escape(row)}</span><ul>{items}</ul></div>')
    return "".join(shown)


def sides(
    lines: Sequence[Line],
    caption: str,
    words: Words,
    head: str = "contrast.figure",
    signs: Sequence[tuple[str, str]] = (),
) -> str:
    """Return lines as a table with the two sides; a line that differs says so and has a thick edge.

    In: the phrase that heads the first column, and the verdicts of the first lines, for their signs.
    """
    rows = []
    for line, verdicts in zip_longest(lines, signs):
        mark = f'<span class="differs-word">{escape(words("contrast.mark"))}</span>' if line.differs else ""
        a, b = (f"{charts.verdict_mark(verdict)} " for verdict in verdicts) if verdicts else ("", "")
        rows.append(
            f'<tr class="{"differs" if line.differs else "same"}"><th scope="row">{escape(line.what)}{mark}</th>'
            f"<td>{a}{escape(line.a)}</td><td>{b}{escape(line.b)}</td></tr>"
        )
    top = "".join(f'<th scope="col">{escape(words(name))}</th>' for name in (head, "contrast.a", "contrast.b"))
    return (
        f'<table class="sides"><caption>{escape(caption)}</caption><colgroup><col class="what"/><col/><col/></colgroup>'
        f"<thead><tr>{top}</tr></thead><tbody>{''.join(rows)}</tbody></table>"
    )


def groups(pictures: Iterable[tuple[Picture, str]], title: str) -> str:
    """Return groups of people as icon arrays, each with its name and count."""
    shown = "".join(
        f'<div class="card">{charts.icon_array(picture, text)}<p>{escape(text)}</p></div>' for picture, text in pictures
    )
    return f'<p class="teach"><b>{escape(title)}</b></p><div class="cards">{shown}</div>'


def frames(head: Sequence[str], rows: Iterable[Sequence[str]], cited: Iterable[Iterable[Source]], words: Words) -> str:
    """Return what is behind each wording as a table, which a style sheet turns into cards on a phone.

    The studies stand under what a wording does to readers.
    """
    body = []
    for (name, *cells), sources in zip(rows, cited, strict=True):
        shown = [escape(cell) for cell in cells]
        named = "; ".join(citation(source) for source in sources)
        shown[DOES] += f'<span class="study">{escape(words("origin.source"))}: {named}</span>'
        body.append((name, shown))
    return _cards(head, body, words("framing.same"))


def cards(head: Sequence[str], rows: Iterable[Sequence[str]], caption: str) -> str:
    """Return a wide table, which a style sheet turns into cards on a phone, with the head of a column in each cell."""
    return _cards(head, ((name, [escape(cell) for cell in cells]) for name, *cells in rows), caption)


def _cards(head: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]], caption: str) -> str:
    """Return the table; the cells are HTML. The roles repeat what the elements mean, because cards change them."""
    body = []
    for name, cells in rows:
        rest = "".join(
            f'<td role="cell"><span class="label">{escape(label)}</span>{cell}</td>' if cell else "<td></td>"
            for label, cell in zip(head[1:], cells, strict=True)
        )
        body.append(f'<tr role="row"><th scope="row" role="rowheader">{escape(name)}</th>{rest}</tr>')
    top = "".join(f'<th scope="col" role="columnheader">{escape(text)}</th>' for text in head)
    return (
        f'<table class="plain frames" role="table"><caption>{escape(caption)}</caption>'
        f'<thead role="rowgroup"><tr role="row">{top}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(body)}</tbody></table>'
    )


def spreads(found: Iterable[Spread], words: Words) -> str:
    """Return the spread of each weight as a table with a bar: the middle answer and the middle half, from 0 to 10."""
    rows = []
    for spread in found:
        half = words("class.half.value", low=words.number(spread.low), high=words.number(spread.high))
        name = sentence(words(f"criterion.{spread.criterion}"))
        label = f"{name}. {words('class.middle')}: {words.number(spread.middle)}. {words('class.half')}: {half}."
        picture = charts.bar(Picture("bar", spread.middle, spread.low, spread.high, 10), label)
        rows.append(
            f'<tr><th scope="row">{escape(name)}</th><td>{words.number(spread.answered)}</td>'
            f"<td>{words.number(spread.middle)}</td>"
            f"<td>{escape(half)}</td><td>{picture}</td></tr>"
        )
    head = "".join(
        f'<th scope="col">{escape(words(f"class.{name}"))}</th>'
        for name in ("criterion", "people", "middle", "half", "chart")
    )
    return (
        f'<table class="plain"><caption>{escape(words("class.spread"))}</caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table>"
    )
