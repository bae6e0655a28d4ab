"""Read what the app shows: its HTML in the order of the page, verdicts, chips, widgets; and change tables."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

from streamlit.testing.v1 import AppTest

from decision.abbreviations import expand_first
from decision.catalogue import Catalogue
from decision.comparison import Comparison, compare
from decision.scenario import read
from decision.ui import limits, script
from decision.ui.state import TURN, VIEW_KEYS
from decision.wording import Words

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "streamlit_app.py"
POPOVERS = (*(f"limits-{group}" for group in limits.GROUPS), "columns", "matter", "rows", "how", "glossary")
SCRIPTS = (script.TOP, script.TURN, script.ENTER)


def expected(query: Mapping[str, str], catalogue: Catalogue) -> Comparison:
    """Return what the engine says for an address."""
    scenario, notices = read({key: text for key, text in query.items() if key not in VIEW_KEYS}, catalogue)
    return compare(catalogue, scenario, notices)


def decision(comparison: Comparison, catalogue: Catalogue) -> str:
    """Return the decision in one sentence, with what its abbreviations stand for."""
    return expand_first([comparison.situation.decision], catalogue.glossary)[0]


def address(at: AppTest) -> dict[str, str]:
    """Return what the address says; which of two sets of widgets is drawn is nothing that a person said."""
    return {key: text for key, text in at.query_params.items() if key != TURN}


def tap(at: AppTest, *popovers: str, open: bool = True) -> AppTest:
    """Open or close popovers, as a tap on their buttons does; it takes effect with the next run."""
    for popover in popovers:
        at.session_state[popover] = open
    return at


# ----------------------------------------------------------------- what is shown


def pieces(block: object) -> Iterator[str]:
    """Yield every piece of HTML and Markdown in the order in which it stands on the page."""
    for child in block.children.values():  # type: ignore[attr-defined]
        if hasattr(child, "children"):
            yield from pieces(child)
        elif child.type == "html":
            yield child.proto.body
        elif child.type == "markdown" and child.proto.allow_html:
            yield child.value


def document(at: AppTest) -> ElementTree.Element:
    """Return the HTML of the page as one tree.

    The parser is strict: a text that was not escaped makes it fail, or comes
    out as an element. The scripts of ours are left out, and no other.
    """
    tree = ElementTree.fromstring(f"<main>{''.join(pieces(at.main))}</main>")
    for parent in list(tree.iter()):
        for element in [one for one in parent if one.tag == "script" and one.text in SCRIPTS]:
            parent.remove(element)
    return tree


def text(element: ElementTree.Element) -> str:
    """Return the text of an element, blanks run together."""
    return " ".join("".join(element.itertext()).split())


def having(tree: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """Return the elements of a class, in the order of the page."""
    return [element for element in tree.iter() if name in element.get("class", "").split()]


def only(tree: ElementTree.Element, name: str) -> ElementTree.Element:
    """Return the one element of a class."""
    found = having(tree, name)
    assert len(found) == 1, f"{len(found)} elements of class {name}"
    return found[0]


def columns(at: AppTest) -> list[tuple[str, str]]:
    """Return name and verdict word of each column of the comparison."""
    heads = only(document(at), "compare").findall("thead/tr/th")
    return [(text(only(head, "name")), text(only(head, "verdict"))) for head in heads]


def listed_out(at: AppTest) -> list[str]:
    """Return the names in all lists of options that are ruled out or not used."""
    return [text(item.find("b")) for shown in having(document(at), "out") for item in shown]  # type: ignore[arg-type]


def notices(at: AppTest) -> list[str]:
    """Return the notices as a person reads them, without the marks that keep Markdown from reading them."""
    said = [re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", unescape(shown.value)) for shown in at.info]
    return said + [text(shown) for shown in having(document(at), "notice")]


def figures(at: AppTest) -> list[str]:
    """Return the headlines of all cells, row by row."""
    return [text(headline) for headline in having(only(document(at), "compare"), "headline")]


def used(comparison: Comparison, words: Words) -> list[tuple[str, str]]:
    """Return name and verdict word of each option that is a treatment here, as the engine has them."""
    return [(o.name, words(f"verdict.{o.verdict}")) for o in comparison.options if o.used]


def out(comparison: Comparison) -> list[str]:
    """Return the names of the ruled-out options, then of those that are not treatments here."""
    ruled = [o.name for o in comparison.options if o.used and o.verdict == "not_suitable"]
    return ruled + [o.name for o in comparison.options if not o.used]


# --------------------------------------------------------------------- widgets


def widget(at: AppTest, kind: str, label: str):
    """Return the one widget of a kind with a label."""
    found = [element for element in at.get(kind) if element.label == label]
    assert len(found) == 1, f"{len(found)} of {kind} with the label {label!r}"
    return found[0]


def chips(at: AppTest) -> list[str]:
    """Return the labels of the chips."""
    return [button.label for button in at.button if str(button.key).startswith("chip-")]


# ---------------------------------------------------------------------- tables


def change(path: Path, line: int, column: str, value: str) -> None:
    """Put a value into a cell of a table; the header is line 1."""
    rows = rows_of(path)
    rows[line - 1][rows[0].index(column)] = value
    write(path, rows)


def fill(path: Path, column: str, value: Callable[[dict[str, str]], str]) -> None:
    """Put into every cell of a column what a function of its row returns."""
    rows = rows_of(path)
    index = rows[0].index(column)
    for row in rows[1:]:
        row[index] = value(dict(zip(rows[0], row, strict=True)))
    write(path, rows)


def append(path: Path, column: str, extra: str) -> None:
    """Add a text to the end of every cell of a column that is not empty."""
    fill(path, column, lambda row: row[column] + extra if row[column] else "")


def rows_of(path: Path) -> list[list[str]]:
    """Return a table as lists of cells, header first."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def write(path: Path, rows: list[list[str]]) -> None:
    """Write a table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
