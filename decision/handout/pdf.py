"""The sheet as PDF: typst lays out a fixed template, the sheet comes in as data.

Tagged to PDF/UA-1: title, language, headings, table heads, a text for every
picture. The font is shipped, so that the page is the same on every machine.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import typst

from decision.charts import verdict_mark
from decision.handout import picture
from decision.handout.html import by_funding
from decision.handout.sheet import Sheet
from decision.wording import sentence

HERE = Path(__file__).parent
NO_SIGN = "could not be displayed"
"""What typst says where a sign that a person typed is in none of the fonts."""

PAPER: Mapping[str, str] = {"a4": "a4", "letter": "us-letter"}


def document(sheet: Sheet, paper: str = "a4") -> bytes:
    """Return the sheet as PDF. In: `paper` a4 or letter. Raises KeyError for another paper."""
    data = json.dumps(_data(sheet, PAPER[paper]))
    for system_fonts in (False, True):
        try:
            return _compile(data, system_fonts)
        except typst.TypstError as error:
            if NO_SIGN not in str(error):
                raise
    return _compile(data, system_fonts=True, strict=False)  # still tagged; a sign that no font has is a box


def _compile(data: str, system_fonts: bool, strict: bool = True) -> bytes:
    """Compile with a compiler of its own: one that is kept cannot be shared by two sessions at a time."""
    made = typst.compile(
        str(HERE / "sheet.typ"),
        root=str(HERE),
        font_paths=[str(HERE / "fonts")],
        ignore_system_fonts=not system_fonts,
        format="pdf",
        sys_inputs={"sheet": data},
        pdf_standards=["ua-1"] if strict else [],
    )
    assert isinstance(made, bytes)
    return made


def _data(sheet: Sheet, paper: str) -> dict:
    """Return what the template reads: the sheet as plain lists and texts, pictures with their own colours."""
    data = asdict(sheet)
    for column in data["columns"]:
        column["mark"] = picture.standalone(verdict_mark(column["verdict"]))
    for line in data["lines"]:
        for entry in line["entries"]:
            entry["svg"] = picture.standalone(entry["svg"])
    data["key"] = [(picture.standalone(picture.dot(kind)), word) for kind, word in sheet.key]
    data["sources"] = [
        (sentence(paid), "; ".join(f"{row.number} {row.short}" for row in rows))
        for paid, rows in by_funding(sheet.sources).items()
    ]
    day = {"year": sheet.day.year, "month": sheet.day.month, "day": sheet.day.day}
    return {**data, "day": day, "paper": paper, "saved": ""}
