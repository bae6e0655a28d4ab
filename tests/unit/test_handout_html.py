"""The HTML sheet: valid, whole without any other file, deaf to what a person typed, with the words of the model."""

import re
from functools import cache
from xml.etree import ElementTree

import html5lib
import pytest
from people import shipped
from visits import ADDRESS, BODY, HOSTILE, TODAY, said, sheet_of, usual_sheet

from decision import Catalogue, compare
from decision.handout import html, picture
from decision.handout.saved import KIND
from decision.handout.sheet import sheet

XHTML = "{http://www.w3.org/1999/xhtml}"
ELEMENTS = {
    "html", "head", "meta", "title", "style", "body", "main", "header", "footer", "section", "div", "h1", "h2", "p",
    "ul", "ol", "li", "b", "span", "sup", "a", "table", "caption", "thead", "tbody", "tr", "th", "td", "svg", "path",
    "circle", "script",
}  # fmt: skip
"""All that a sheet is made of; frames, forms, pictures from elsewhere and scripts that run are not among it."""

PLACES = [
    ("cidp", "maintenance"), ("gbs", "cannot_walk"), ("itp_adult", "bleeding_now"), ("scid_combined", "newly_found"),
    ("mg_long_term", "long_term"), ("kawasaki", "resistant"),
]  # fmt: skip


def parsed(page):
    """Return the document. Raises where the standard sees a parse error."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=True).parse(page)


def tags(root):
    return [element for element in root.iter() if isinstance(element.tag, str)]


def named(root, name):
    return [element for element in tags(root) if element.tag.rpartition("}")[2] == name]


def text(element):
    return " ".join("".join(element.itertext()).split())


@cache
def usual():
    return parsed(html.page(usual_sheet()))


@pytest.mark.parametrize("place", PLACES)
def test_it_is_html_without_an_error(place):
    one = said({"condition": place[0], "situation": place[1], "show": None, **BODY}, notes=HOSTILE)
    page = html.page(sheet_of(one, with_body=True, address=ADDRESS))
    assert page.startswith("<!DOCTYPE html>")
    assert {element.tag.rpartition("}")[2] for element in tags(parsed(page))} <= ELEMENTS


def test_it_has_language_title_and_headings_in_order():
    root = usual()
    assert root.get("lang") == "en"
    assert text(named(root, "title")[0]) == usual_sheet().title
    levels = [element.tag[-1] for element in tags(root) if element.tag[-2:] in ("h1", "h2", "h3")]
    assert levels[0] == "1"
    assert set(levels[1:]) == {"2"}
    assert html.page(sheet_of(said(), lang="de-CH")).count('lang="de-CH"') == 1


def test_the_table_is_a_table():
    table = named(usual(), "table")[0]
    assert text(named(table, "caption")[0]) == usual_sheet().caption
    heads = named(named(table, "thead")[0], "th")
    assert [(head.get("scope"), text(named(head, "span")[0])) for head in heads] == [
        ("col", "IVIG"),
        ("col", "SCIG"),
        ("col", "FcRn blocker"),
    ]
    for body in named(table, "tbody"):
        assert [head.get("scope") for head in named(body, "th")] == ["rowgroup"]
        assert len(named(body, "td")) == len(heads)


def test_every_text_of_the_sheet_is_on_the_page():
    one, shown = usual_sheet(), text(named(usual(), "body")[0])
    wanted = [one.title, one.date, one.status, *one.foot, *(word for _, word in one.key), one.sources_title]
    parts = (one.call, one.decision, *one.said, *one.left, *one.right, *one.last)
    for part in parts:
        wanted += [part.title, *(point.text for point in part.points), *part.blanks]
    for line in one.lines:
        wanted += [line.question, line.note, *(entry.headline for entry in line.entries)]
        wanted += [said_.text for entry in line.entries for said_ in entry.lines]
    wanted += [remark.text for remark in one.remarks]
    wanted += [source.citation for source in one.sources]
    assert [words for words in wanted if " ".join(words.split()) not in shown] == []


def test_every_picture_says_what_it_shows_or_is_hidden():
    pictures = named(usual(), "svg")
    assert len(pictures) > 5
    for one in pictures:
        told = one.get("aria-label") or (named(one, "title") and text(named(one, "title")[0]))
        assert one.get("aria-hidden") == "true" or (one.get("role") == "img" and told)


def test_an_icon_array_draws_as_many_dots_as_its_text_says():
    entry = next(line for line in usual_sheet().lines if line.id == "relapse").entries[0]
    shapes = ElementTree.fromstring(picture.standalone(entry.svg)).iter()
    drawn = [shape.get("d").count("M") for shape in shapes if shape.get("d")]
    assert sum(drawn) == 100
    assert drawn[0] + drawn[1] == 42
    assert "42 of 100 (26 to 59)" in entry.text


def test_the_page_needs_nothing_from_anywhere():
    page = html.page(usual_sheet())
    for element in tags(parsed(page)):
        for name, value in element.attrib.items():
            assert not name.startswith("on")
            if name in ("src", "srcset", "data", "action", "poster", "background", "xlink:href"):
                pytest.fail(f"{element.tag} asks for {value}")
            if name == "href":
                assert element.tag == f"{XHTML}a"
                assert re.match(r"https?://", value)
        if element.tag == f"{XHTML}script":
            assert (element.get("type"), element.get("id")) == ("application/json", KIND)
    style = "".join(text(element) for element in named(parsed(page), "style"))
    assert re.findall(r"url\((?!data:)", style) == []
    assert "@import" not in style


def test_what_a_person_typed_is_text_and_nothing_else():
    one = said(own_questions=[HOSTILE], notes=HOSTILE)
    root = parsed(html.page(sheet_of(one, address=ADDRESS)))
    assert "</script><script>alert(1)</script><img src=x onerror=alert(1)>" in text(named(root, "main")[0])
    assert len(named(root, "script")) == 1
    assert named(root, "img") == []


def test_a_hostile_row_of_the_tables_is_text_too():
    phrases = shipped().tables["phrases"]
    rows = (row if "{" in row.text else row.model_copy(update={"text": HOSTILE}) for row in phrases)
    tables = Catalogue({**shipped().tables, "phrases": tuple(rows)}, "x")
    one = said()
    root = parsed(html.page(sheet(compare(tables, one.scenario(tables)), tables, one, TODAY, address=ADDRESS)))
    assert {element.tag.rpartition("}")[2] for element in tags(root)} <= ELEMENTS


def test_the_colours_are_black_white_and_grey():
    page = html.page(usual_sheet())
    style = re.search(r"<style>(.*?)</style>", page, re.DOTALL)[1]
    colours = set(re.findall(r"#[0-9a-f]{3,8}\b", re.sub(r"url\(data:[^)]*\)", "", style)))
    assert colours
    for colour in colours:
        digits = colour[1:]
        channels = {digits[i : i + len(digits) // 3] for i in range(0, len(digits), len(digits) // 3)}
        assert len(channels) == 1, colour


def test_on_paper_nothing_for_a_reader_is_smaller_than_it_should_be():
    """Body text 10.5 pt; notes of the rows 9 pt; only the list of sources is smaller."""
    css = (html.HERE / "sheet.css").read_text(encoding="utf-8")
    sizes = {rule.strip().split("{")[0]: float(rule.split("font-size:")[1].split("pt")[0])
             for rule in re.findall(r"[^{}]+\{[^{}]*font-size:[0-9.]+pt[^{}]*\}", css)}  # fmt: skip
    assert re.search(r"html\{[^}]*font:10\.5pt", css)
    small = {name for name, size in sizes.items() if size < 9}
    assert small <= {"sup", "footer", "footer h2"}
