"""The PDF sheet: tagged, with language and title, in reading order, on one page, whatever a person typed."""

import io
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import pypdf
import pypdfium2
import pytest
import zxingcpp
from people import shipped
from visits import ADDRESS, BODY, HOSTILE, said, sheet_of, usual_sheet

from decision import visit
from decision.handout import pdf, qr
from decision.scenario import OPTIONS

FOUR = {"show": "ivig,scig,fcrn_blocker,corticosteroids"}


@cache
def usual(paper="a4"):
    return pdf.document(usual_sheet(), paper)


def reader(data):
    return pypdf.PdfReader(io.BytesIO(data))


def words_of(data):
    """Return the text of all pages as one line."""
    return " ".join(" ".join(page.extract_text() for page in reader(data).pages).split())


def tags(data):
    """Yield the structure of the document as it is read: tag and text for it, in order."""

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                yield from walk(child)
        elif isinstance(node, dict):
            if "/S" in node:
                yield str(node["/S"]).lstrip("/"), str(node.get("/Alt") or "")
            if "/K" in node:
                yield from walk(node["/K"])

    return list(walk(reader(data).trailer["/Root"]["/StructTreeRoot"]))


def read_codes(data, scale=2.0):
    """Return what a phone reads from the first page."""
    page = pypdfium2.PdfDocument(data)[0]
    return [found.text for found in zxingcpp.read_barcodes(page.render(scale=scale).to_numpy())]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_it_is_tagged_and_has_language_and_title(paper):
    root = reader(usual(paper)).trailer["/Root"]
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader(usual(paper)).metadata.title == usual_sheet().title
    assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()


def test_the_language_is_that_of_the_sheet():
    assert reader(pdf.document(sheet_of(said(), lang="fr"))).trailer["/Root"]["/Lang"] == "fr"


def test_headings_table_lists_and_pictures_are_tagged():
    found = tags(usual())
    names = [name for name, _ in found]
    assert names.count("H1") == 1
    assert names.count("H2") >= 8
    assert names.count("Table") == 1
    assert names.count("TH") == 3
    assert names.count("TD") == sum(len(line.entries) + 1 for line in usual_sheet().lines)
    assert {"L", "LI"} <= set(names)
    texts = [entry.text for line in usual_sheet().lines for entry in line.entries if entry.text]
    assert [alt for name, alt in found if name == "Figure"] == [usual_sheet().link_text, *texts]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_its_text_comes_out_in_reading_order(paper):
    text, sheet, at = words_of(usual(paper)), usual_sheet(), 0
    wanted = [sheet.title, sheet.date, "The decision", "What limits me", "What matters to me"]
    for line in sheet.lines:
        wanted += [line.question, *(entry.headline for entry in line.entries if entry.headline)]
    wanted += [part.title for part in (*sheet.left, *sheet.right, sheet.call, *sheet.last)]
    wanted += [sheet.sources_title, *sheet.foot]
    for one in wanted:
        found = text.find(one, at)
        assert found >= 0, f"{one!r} is missing or out of order"
        at = found + len(one)


def test_every_text_of_the_sheet_is_in_it():
    text, sheet = words_of(usual()), usual_sheet()
    parts = (sheet.call, sheet.decision, *sheet.said, *sheet.left, *sheet.right, *sheet.last)
    wanted = [point.text for part in parts for point in part.points]
    wanted += [said_.text for line in sheet.lines for entry in line.entries for said_ in entry.lines]
    wanted += [remark.text for remark in sheet.remarks]
    wanted += [f"{source.number} {source.short}" for source in sheet.sources]
    assert [one for one in wanted if one not in text] == []


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_three_options_fit_one_page(paper):
    data = usual(paper)
    assert len(reader(data).pages) == 1
    box = reader(data).pages[0].mediabox
    assert (round(box.width), round(box.height)) == {"a4": (595, 842), "letter": (612, 792)}[paper]


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_four_options_and_much_that_was_typed_fit_two(paper):
    one = said({**FOUR, **BODY, "lean": "ivig", "match": "yes"}, own_questions=[f"Question {n}?" for n in range(6)])
    sheet = sheet_of(one, with_body=True, address=ADDRESS)
    assert len(reader(pdf.document(sheet, paper)).pages) <= 2


def test_every_situation_fits_two_pages():
    longest = {}
    for place in shipped().roles:
        one = said({"condition": place[0], "situation": place[1], "show": None})
        pages = len(reader(pdf.document(sheet_of(one, address=ADDRESS), "letter")).pages)
        longest[place] = pages
    assert {place: pages for place, pages in longest.items() if pages > 2} == {}


def test_another_paper_is_refused():
    with pytest.raises(KeyError):
        pdf.document(usual_sheet(), "napkin")


@pytest.mark.parametrize(
    "typed",
    [HOSTILE, "問題 سؤال שאלה", "🩸🩺", "#panic()", "$ x $ *b* _i_ `c` <label> @ref", "\\u{1F600}", "a\u0301 ﬁ"],
)
def test_what_a_person_typed_is_text_and_never_breaks_it(typed):
    sheet = sheet_of(said(own_questions=[typed], notes=typed))
    data = pdf.document(sheet)
    assert reader(data).trailer["/Root"]["/MarkInfo"]["/Marked"]
    if typed.isascii():
        assert " ".join(visit.line(typed).split()) in words_of(data)


def test_two_sheets_made_at_once_do_not_mix():
    sheets = [sheet_of(said(notes=f"note number {n}.")) for n in range(6)]
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(pdf.document, sheets))
    assert [words_of(data).count(f"note number {n}.") for n, data in enumerate(made)] == [1] * 6


# ----------------------------------------------------------------------- QR code


def test_a_phone_reads_from_the_paper_what_opens_the_same_visit():
    one = said({"lean": "scig", "pairs": "benefit~time", "never": "plasma,operation", **BODY}, notes="not in it")
    for with_body in (False, True):
        codes = read_codes(pdf.document(sheet_of(one, address=ADDRESS, with_body=with_body)))
        assert codes == [one.link(ADDRESS, with_body)]


def test_a_long_link_still_has_a_code_that_can_be_read():
    weights = {f"w.{name}": "7" for name in ("benefit", "speed", "serious_harm", "time", "needles", "cost")}
    prices = {f"price.{option}": "1234.5" for option in OPTIONS[:8]}
    one = said({**weights, **prices, "pairs": "benefit~time,time~cost,cost~needles", "back": "hsct,anti_cd20"})
    link = one.link(ADDRESS)
    assert len(link) > 400
    assert read_codes(pdf.document(sheet_of(one, address=ADDRESS)), scale=4) == [link]


def test_a_link_too_long_for_paper_is_printed_instead():
    prices = {f"price.{option}": "1234567.125" for option in OPTIONS}
    one = said({**prices, **{f"w.{name}": "7.12345" for name in ("benefit", "time", "cost", "speed", "needles")}})
    sheet = sheet_of(one, address=ADDRESS + "x" * 200)
    assert sheet.qr == ""
    assert sheet.link.replace(" ", "") in words_of(pdf.document(sheet)).replace(" ", "")
    assert qr.code("x" * 10_000, "too long") is None


def test_the_code_says_what_it_is():
    drawn = qr.code("https://example.org/", "<b> & “code”")
    assert "<title>&lt;b&gt; &amp; “code”</title>" in drawn
    assert 'role="img"' in drawn
