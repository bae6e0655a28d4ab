"""Pictures that cannot lie: every person drawn once, and impossible figures refused."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision import wording
from decision.cells import Cell, Picture, Question
from decision.charts import bar, bars, bars_table, cell_picture, icon_array, icon_counts, verdict_mark

WORDS = wording.Words({"picture.beside": "{name}: {count}.", "people.of": "{n} of {per}"})


def people(value, low=None, high=None, top=100):
    return Picture("people", value, low, high, top)


@st.composite
def pictures(draw):
    top = draw(st.sampled_from([100, 1000]))
    low, value, high = sorted(draw(st.lists(st.floats(0, top), min_size=3, max_size=3)))
    return people(value, draw(st.sampled_from([low, None])), draw(st.sampled_from([high, None])), top)


@pytest.mark.parametrize(
    ("picture", "counts"),
    [
        (people(54.2, 41.6, 66.3), (42, 12, 12, 34)),
        (people(54.5, 54.4, 54.6), (54, 1, 0, 45)),
        (people(0), (0, 0, 0, 100)),
        (people(100), (100, 0, 0, 0)),
        (people(0.2, 0, 3.1), (0, 0, 3, 97)),
        (people(3.4, 1.2, 9.7, 1000), (1, 2, 7, 990)),
        (people(30), (30, 0, 0, 70)),
        (people(30, 20), (20, 10, 0, 70)),
        (people(30, None, 40), (30, 0, 10, 60)),
    ],
)
def test_how_many_icons_of_each_kind(picture, counts):
    assert icon_counts(picture) == counts


@given(pictures())
def test_every_person_is_drawn_once(picture):
    counts = icon_counts(picture)
    assert sum(counts) == picture.top
    assert min(counts) >= 0
    assert icon_array(picture, "words").count("M") == picture.top


@given(pictures())
def test_the_dark_icons_are_the_number_in_words(picture):
    sure, likely, _, _ = icon_counts(picture)
    assert sure + likely == wording.people(picture.value)


@pytest.mark.parametrize(
    "picture",
    [
        people(101),
        people(-2),
        people(50, -3, 60),
        people(50, 40, 120),
        people(1001, top=1000),
        people(float("nan")),
        people(50, 60, 70),
        people(50, 30, 40),
    ],
)
def test_figures_that_cannot_be_are_not_drawn(picture):
    with pytest.raises(ValueError, match="cannot"):
        icon_counts(picture)


def test_a_picture_says_its_words_to_those_who_do_not_see_it():
    drawn = icon_array(people(54.2), 'IVIG: "54 of 100" & <more>')
    assert 'role="img"' in drawn
    assert 'aria-label="IVIG: &quot;54 of 100&quot; &amp; &lt;more&gt;"' in drawn


@pytest.mark.parametrize(
    ("picture", "width"),
    [(Picture("bar", 0, None, None, 10), 0), (Picture("bar", 5, 4, 6, 10), 100), (Picture("bar", 10, 5, 10, 10), 200)],
)
def test_a_bar_is_as_long_as_its_share_of_the_row(picture, width):
    assert float(re.search(r'class="bar-value"[^>]*width="([\d.]+)"', bar(picture, ""))[1]) == width


@pytest.mark.parametrize(("ends", "drawn"), [((4, 6), True), ((None, 6), False), ((4, None), False), ((5, 5), False)])
def test_a_bar_shows_a_range_only_where_it_is_known(ends, drawn):
    assert ("bar-range" in bar(Picture("bar", 5, *ends, 10), "")) is drawn


@pytest.mark.parametrize(
    ("picture", "sign"), [(people(5), "dots-sure"), (Picture("bar", 5, None, None, 10), "bar-value")]
)
def test_a_cell_has_the_picture_of_its_kind(picture, sign):
    assert sign in cell_picture(Cell("ivig", "IVIG", True, "5", picture=picture), "How many?", WORDS)


def test_the_comparison_group_is_drawn_beside_at_the_same_size():
    picture = Picture("people", 42, 26, 59, 100, ("No treatment", people(59)))
    drawn = cell_picture(Cell("ivig", "IVIG", True, "42 of 100", picture=picture), "How many?", WORDS)
    assert re.findall(r'viewBox="([^"]+)"', drawn) == ["0 0 100 100"] * 2
    assert "No treatment: 59 of 100." in drawn


def test_what_is_not_known_is_drawn_at_the_same_size_without_a_single_person():
    drawn = cell_picture(
        Cell("ivig", "IVIG", False, "Not known", picture=Picture("unknown", 0, None, None, 100)), "", WORDS
    )
    assert 'viewBox="0 0 100 100"' in drawn
    assert "icon-unknown" in drawn
    assert "<path" not in drawn


def test_the_three_verdicts_have_three_signs():
    assert len({verdict_mark(verdict) for verdict in ("suitable", "caution", "not_suitable")}) == 3


QUESTION = Question(
    "better",
    "How many get better?",
    "within 6 months",
    (
        Cell("ivig", "IVIG", True, "54 of 100", ("Range 42 to 66.",), picture=people(54.2, 41.6, 66.3)),
        Cell("hsct", "Transplant", True, "30 of 100", ("More.",), picture=people(30), apart=True),
        Cell("anti_d", "Anti-D", False, "Not known", ("No trial.",)),
    ),
)


def test_a_chart_shows_each_option_with_the_words_of_its_cell():
    chart = bars(QUESTION, "People", "Not known").data[0]
    assert list(chart.y) == ["Anti-D", "Transplant", "IVIG"]
    assert list(chart.hovertext) == ["Anti-D: Not known", "Transplant: 30 of 100", "IVIG: 54 of 100"]
    assert list(chart.x) == [None, 30, 54.2]
    assert list(chart.error_x.array) == [None, None, pytest.approx(12.1)]
    assert list(chart.error_x.arrayminus) == [None, None, pytest.approx(12.6)]


def test_a_chart_says_what_is_not_known_and_hatches_what_is_not_compared():
    figure = bars(QUESTION, "People", "Not known")
    assert [(note.y, note.text) for note in figure.layout.annotations] == [("Anti-D", "Not known")]
    assert list(figure.data[0].marker.pattern.shape) == ["", "/", ""]


def test_the_table_beside_a_chart_holds_the_same_figures():
    assert list(bars_table(QUESTION)) == [
        ("IVIG", "54 of 100", "Range 42 to 66."),
        ("Transplant", "30 of 100", "More."),
        ("Anti-D", "Not known", "No trial."),
    ]
