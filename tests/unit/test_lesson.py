"""A lesson: its key is made of the cells that the comparison shows; its sheet stands alone."""

import html5lib
import pytest
from people import shipped

from decision import compare
from decision.cells import questions
from decision.contrast import contrast
from decision.lesson import lesson, scenario, side_names
from decision.lesson_sheet import lesson_sheet
from decision.wording import Words

CASES = list(shipped().cases)
WORDS = Words(shipped().phrases)
ADDRESS = "https://example.org/teach?exercise=lesson"


@pytest.fixture(scope="module")
def lessons():
    return {case: lesson(shipped(), case) for case in CASES}


def sheet(found, address=ADDRESS):
    return lesson_sheet(found, contrast(found.a, found.b), address, shipped(), WORDS)


@pytest.mark.parametrize("case", CASES)
def test_the_two_scenarios_are_those_of_the_table(lessons, case):
    row = shipped().cases[case]
    for side, found in (("a", lessons[case].a), ("b", lessons[case].b)):
        assert found.scenario == scenario(row, side, shipped())
        assert (found.scenario.condition, found.scenario.situation) == (row.condition, row.situation)
        for key, _, value in (pair.partition("=") for pair in (getattr(row, f"scenario_{side}") or "").split("&")):
            if key:
                assert set(str(found.scenario.as_json()[key]).split(",")) == set(value.split(","))


@pytest.mark.parametrize("case", CASES)
def test_every_answer_is_known_and_is_what_the_comparison_shows(lessons, case):
    found = lessons[case]
    shown = {}
    for side, comparison in (("a", found.a), ("b", found.b)):
        options = [result.option.option for result in comparison.options if result.used]
        for row in questions(comparison, shipped(), options):
            for cell in row.cells:
                shown[side, cell.name, row.text] = cell
    for part in (*found.questions, *found.points):
        assert part.answers
        for answer in part.answers:
            assert answer.text
            assert not answer.text.startswith(WORDS("unknown"))
            for side in answer.sides:
                cell = shown.get((side, answer.option, answer.row))
                if cell is not None:
                    assert cell.known
                    assert answer.text.startswith(cell.headline)
                else:
                    assert answer.row in (WORDS("contrast.verdict"), WORDS("contrast.reason"), WORDS("contrast.match"))


@pytest.mark.parametrize("case", CASES)
def test_a_match_in_the_key_is_that_of_the_comparison(lessons, case):
    found = lessons[case]
    for part in (*found.questions, *found.points):
        for answer in part.answers:
            if answer.row != WORDS("contrast.match"):
                continue
            for side in answer.sides:
                comparison = compare(shipped(), getattr(found, side).scenario)
                names = {result.option.option: result.name for result in comparison.options}
                tenths = {names[each.option]: each.tenths for each in comparison.match.options}
                assert answer.option in tenths
                assert f"about {tenths[answer.option]} of 10" in answer.text


def test_what_is_the_same_on_both_sides_is_said_once(lessons):
    first = lessons["gbs-travel"].questions[0].answers
    assert [(side_names(answer, WORDS), answer.option) for answer in first] == [
        ("A and B", "IVIG"),
        ("A and B", "Plasma exchange"),
    ]


def test_an_unknown_case_is_refused():
    with pytest.raises(KeyError):
        lesson(shipped(), "nothing")


# ------------------------------------------------------------------------ sheet


@pytest.mark.parametrize("case", CASES)
def test_the_sheet_is_valid_html_and_fetches_nothing(lessons, case):
    page = sheet(lessons[case])
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(page)
    assert tree.get("lang") == "en"
    assert [element.tag for element in tree.iter() if element.get("src") or element.get("href")] == []
    assert "url(" not in page
    assert "<script" not in page
    text = " ".join("".join(tree.itertext()).split())
    found = lessons[case]
    for said in (found.case.title, found.case.who, *(part.text for part in (*found.questions, *found.points))):
        assert said in text
    for card in found.role_cards:
        assert card.text in text
    assert WORDS("app.not_reviewed") in text
    assert ADDRESS in text


def test_the_key_comes_after_all_that_learners_get(lessons):
    page = sheet(lessons["gbs-travel"])
    key = page.index('class="key"')
    answer = lessons["gbs-travel"].questions[2].answers[0].text
    assert answer in page[key:]
    assert answer not in page[:key]


def test_text_in_the_sheet_is_text(lessons):
    hostile = "<script>alert(1)</script>\"'&"
    page = sheet(lessons["gbs-travel"], hostile)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
