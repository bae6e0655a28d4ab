"""The sheet: one decision on one page, in reading order. HTML, PDF and tests read the same one.

Built from a comparison, the tables and the visit; nothing is worked out here
that the engine has not worked out, and every sentence is a row of the tables.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from decision import cells, summary
from decision.catalogue import Catalogue
from decision.comparison import Comparison
from decision.handout import parts, picture, qr, saved
from decision.handout.parts import Part
from decision.handout.said import Told
from decision.handout.table import Cited, Column, Line, Register, Said, columns, lines
from decision.result import OptionResult
from decision.visit import Visit


@dataclass(frozen=True)
class Sheet:
    """Everything that is on the hand-out."""

    lang: str
    title: str
    day: datetime.date
    date: str
    status: str
    urgent: bool
    """Whether hours or days count: then `call` stands at the top."""
    call: Part
    decision: Part
    said: tuple[Part, ...]
    caption: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    key_title: str
    key: tuple[tuple[str, str], ...]
    """Kind of dot and its meaning."""
    remarks: tuple[Said, ...]
    left: tuple[Part, ...]
    right: tuple[Part, ...]
    last: tuple[Part, ...]
    sources_title: str
    sources: tuple[Cited, ...]
    foot: tuple[str, ...]
    link: str
    link_text: str
    qr: str
    reopen: str
    saved: str
    """The visit as JSON that can stand in a script element."""


def shown_options(comparison: Comparison, visit: Visit) -> list[OptionResult]:
    """Return the options on the sheet: those chosen that are treatments here, else those shown first; at most four."""
    used = [result for result in comparison.options if result.used]
    chosen = [result for result in used if result.option.option in visit.listed("show")]
    first = summary.first_columns(comparison)
    return (chosen or [result for result in used if result.option.option in first])[: summary.MOST_COLUMNS]


def sheet(
    comparison: Comparison,
    catalogue: Catalogue,
    visit: Visit,
    today: datetime.date,
    *,
    with_body: bool = False,
    address: str = "",
    lang: str = "en",
) -> Sheet:
    """Return the sheet of a visit.

    In: the comparison of the visit's own scenario; `with_body`: the person's
    say that health, age, weight and pregnancy go onto the paper, into the file
    and into the link; `address` of the app (http or https, without a query), else
    there is no link and no QR code; `lang`: language of the tables, as HTML names it.
    """
    words = catalogue.words
    told = Told(comparison, catalogue, visit, words, shown_options(comparison, visit), with_body)
    rows = cells.questions(comparison, catalogue, [result.option.option for result in told.shown])
    register = Register()
    table = tuple(lines(told, rows, register))
    link = visit.link(address, with_body) if address.startswith(("http://", "https://")) else ""
    code = qr.code(link, words("handout.code")) if link else None
    link_text = words("handout.code" if code else "handout.link") if link else ""
    said = (parts.limits(told), parts.matters(told), parts.match(told))
    last = (parts.next_steps(told), parts.stay(told), parts.notes(told))
    return Sheet(
        lang=lang,
        title=words("handout.title", condition=comparison.condition.short_name, situation=comparison.situation.name),
        day=today,
        date=words.day(today),
        status=words("handout.status"),
        urgent=comparison.situation.urgent,
        call=parts.call(told),
        decision=parts.decision(told),
        said=tuple(part for part in said if part.points),
        caption=words("handout.caption", names=words.listing(result.name for result in told.shown)),
        columns=columns(told),
        lines=table,
        key_title=f"{words('handout.brackets')} {words('key.person')}",
        key=tuple((kind, words(f"key.{kind}")) for kind in picture.KEY),
        remarks=register.remarks(),
        left=(parts.questions(told),),
        right=(parts.decide_again(told), parts.works(told)),
        last=tuple(part for part in last if part.points or part.blanks),
        sources_title=words("handout.sources"),
        sources=register.cited(catalogue, words),
        foot=(words("footer", dates=summary.dates(catalogue, words), version=comparison.catalogue_version),),
        link=link,
        link_text=link_text,
        qr=code or "",
        reopen=words("handout.reopen"),
        saved=saved.write(visit, with_body),
    )
