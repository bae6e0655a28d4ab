"""A cell says the same in words, in figures and in its picture: for every decision point and in both frames."""

import re

import pytest

from decision import compare, load_catalogue
from decision.cells import questions
from decision.charts import cell_picture, icon_counts
from decision.scenario import read
from decision.wording import Words

CATALOGUE = load_catalogue()
WORDS = Words(CATALOGUE.phrases)
PLACES = [(condition, row.situation) for condition, rows in CATALOGUE.situations.items() for row in rows]


def told(text: str, per: int) -> int:
    """Return how many people a text tells of: the count it names, or the end it says it is beyond."""
    found = re.match(r"(fewer than |more than )?([\d,]+) of ([\d,]+)", text)
    assert found, text
    assert int(found[3].replace(",", "")) == per
    count = int(found[2].replace(",", ""))
    return {"fewer than ": 0, "more than ": per}.get(found[1], count)


@pytest.mark.parametrize("happens", [True, False])
@pytest.mark.parametrize(("condition", "situation"), PLACES)
def test_words_figures_and_picture_say_the_same(condition, situation, happens):
    scenario, _ = read({"condition": condition, "situation": situation}, CATALOGUE)
    comparison = compare(CATALOGUE, scenario)
    used = [option.option.option for option in comparison.options if option.used]
    for row in questions(comparison, CATALOGUE, used, happens):
        for cell in row.cells:
            picture = cell.picture
            if picture is None or picture.kind != "people":
                continue
            per = int(picture.top)
            in_figures = told(cell.headline, per)
            first, _, rest = cell.sentence.partition(". ")
            others = re.search(r"(fewer than |more than )?[\d,]+ of [\d,]+", rest)[0]
            sure, likely, possible, empty = icon_counts(picture)
            assert told(first, per) == in_figures == sure + likely
            assert told(others, per) == per - in_figures
            assert sure + likely + possible + empty == per
            drawn = cell_picture(cell, row.text, WORDS).partition("</svg>")[0]
            assert len(re.findall(r"M[\d.]+ [\d.]+[ah]", drawn)) == per
            assert f"{cell.headline}." in drawn
            spoken = re.search(r"Range ([\d,]+) to ([\d,]+)", " ".join(cell.lines))
            if spoken:
                low, high = (int(end.replace(",", "")) for end in spoken.groups())
                assert (low, high) == (sure, sure + likely + possible)
            if picture.beside:
                name, beside = picture.beside
                against = told(
                    re.search(r": ((?:fewer than |more than )?[\d,]+ of [\d,]+)\.", " ".join(cell.lines))[1], per
                )
                assert name in " ".join(cell.lines)
                assert sum(icon_counts(beside)[:2]) == against
                difference = re.search(r"([\d,]+) (more|fewer) out of", " ".join(cell.lines))
                if difference:
                    sign = 1 if difference[2] == "more" else -1
                    assert in_figures - against == sign * int(difference[1].replace(",", ""))
