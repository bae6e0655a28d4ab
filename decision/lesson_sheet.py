"""The lesson sheet: a case on plain pages, for print and without a network.

One HTML file with nothing to fetch: first what learners get, then, on a page of
its own, the answer key.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import groupby

from decision.catalogue import Catalogue
from decision.contrast import Contrast, Line, inputs, lines
from decision.lesson import Answer, Lesson, Part, side_names
from decision.summary import dates
from decision.wording import Words

STYLE = """
body{font:11pt/1.4 sans-serif;max-width:46rem;margin:1.5rem auto;padding:0 1rem;color:#000;background:#fff}
h1{font-size:1.6rem;margin:.3rem 0}h2{font-size:1.2rem;margin:1.2rem 0 .3rem}h3{font-size:1rem;margin:.2rem 0}
table{border-collapse:collapse;width:100%;margin:.4rem 0 1rem;table-layout:fixed}
th[scope=row]{width:24%}h2,h3,caption{break-after:avoid}caption{text-align:left;font-weight:bold}
th,td{border:1px solid #888;padding:.25rem .5rem;text-align:left;vertical-align:top;overflow-wrap:anywhere}
tr.differs td{border-left:3px solid #000}
.card{border:1px solid #888;border-radius:6px;padding:.3rem .8rem;margin:.5rem 0}
.card,li,tr{break-inside:avoid}.notes{height:4.5rem;border-bottom:1px dotted #888}.small,.row{font-size:.9rem}
ul{list-style:none;padding-left:.8rem;border-left:2px solid #888}.key{break-before:page}
"""


def lesson_sheet(found: Lesson, differences: Contrast, address: str, catalogue: Catalogue, words: Words) -> str:
    """Return the sheet of a lesson as one HTML page.

    In: the lesson, the contrast of its two scenarios, and the address that opens the exercise.
    """
    case = found.case
    said = _sides(inputs(differences, catalogue, words), words("contrast.inputs"), words)
    same = [option.a.name for option in differences.options if option.same]
    body = [
        f'<p class="small">{escape(words("app.not_reviewed"))}</p>',
        f"<h1>{escape(case.title)}</h1>",
        f"<p>{escape(found.a.situation.decision)}</p>",
        f"<p><b>{escape(words('teach.who'))}</b> {escape(case.who)}</p>",
        f"<p><b>{escape(words('teach.clash'))}</b> {escape(case.clash)}</p>",
        said,
        f"<h2>{escape(words('teach.parts.cards'))}</h2>",
        *(_card(card.role or "", card.text, card.unaware or "", words) for card in found.role_cards),
        f"<h2>{escape(words('teach.parts.questions'))}</h2>",
        _list(found.questions, words, key=False),
        f"<h2>{escape(words('teach.exercise.contrast'))}</h2>",
        *(_sides(lines(option, words), option.a.name, words) for option in differences.differing),
        f"<p>{escape(words('contrast.same', names=words.listing(same)))}</p>" if same else "",
        f'<div class="key"><h2>{escape(words("teach.key"))}: {escape(case.title)}</h2>',
        f"<p>{escape(words('teach.key.hint'))}</p>",
        _list(found.questions, words, key=True),
        f"<h2>{escape(words('teach.parts.points'))}</h2>",
        _list(found.points, words, key=True),
        f"<p>{escape(words('never_stop'))}</p>",
        f'<p class="small">{escape(address)}<br>'
        f"{escape(words('footer', dates=dates(catalogue, words), version=catalogue.version))}</p></div>",
    ]
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(case.title)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>'
        f"<body><main>{''.join(body)}</main></body></html>"
    )


def _card(role: str, text: str, unaware: str, words: Words) -> str:
    name = words("teach.card", role=words(f"teach.role.{role}"))
    return (
        f'<div class="card"><h3>{escape(name)}</h3><p>{escape(text)}</p>'
        f"<p><b>{escape(words('teach.unaware'))}</b> {escape(unaware)}</p></div>"
    )


def _list(parts: Iterable[Part], words: Words, key: bool) -> str:
    notes = f'<p class="small">{escape(words("teach.sheet.notes"))}</p><div class="notes"></div>'
    items = "".join(f"<li>{escape(part.text)}{_answers(part.answers, words) if key else notes}</li>" for part in parts)
    return f"<ol>{items}</ol>"


def _answers(answers: Iterable[Answer], words: Words) -> str:
    shown = []
    for row, group in groupby(answers, key=lambda answer: answer.row):
        items = "".join(
            f"<li><b>{escape(side_names(answer, words))}, {escape(answer.option)}:</b> {escape(answer.text)}</li>"
            for answer in group
        )
        shown.append(f'<div class="row">{escape(row)}</div><ul>{items}</ul>')
    return "".join(shown)


def _sides(rows: Sequence[Line], caption: str, words: Words) -> str:
    head = "".join(f'<th scope="col">{escape(words(f"contrast.{name}"))}</th>' for name in ("figure", "a", "b"))
    body = "".join(
        f'<tr class="{"differs" if line.differs else "same"}"><th scope="row">{escape(line.what)}</th>'
        f"<td>{escape(line.a)}</td><td>{escape(line.b)}</td></tr>"
        for line in rows
    )
    return (
        f"<table><caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        if rows
        else ""
    )
