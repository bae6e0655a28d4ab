"""The comparison page: opens on a comparison, for every decision point, and says what the engine says."""

from __future__ import annotations

import pytest
from page_reading import (
    columns,
    decision,
    document,
    expected,
    figures,
    having,
    listed_out,
    notices,
    only,
    out,
    text,
    used,
    widget,
)

from decision import load_catalogue, summary
from decision.cells import questions
from decision.scenario import HEALTH

PLACES = [(condition, row.situation) for condition, rows in load_catalogue().situations.items() for row in rows]
NAMES = [f"{condition}-{situation}" for condition, situation in PLACES]


def test_opens_on_a_comparison_with_a_condition_shown(open_page, catalogue, words):
    at = open_page()
    first = next(iter(catalogue.conditions))
    assert not at.exception
    assert widget(at, "selectbox", words("pick.condition")).value == first
    assert at.query_params["condition"] == first
    assert at.query_params["situation"] == catalogue.situation_ids(first)[0]
    assert not notices(at)
    comparison = expected({"condition": first}, catalogue)
    assert text(only(document(at), "decision")) == decision(comparison, catalogue)
    shown = columns(at)
    assert 2 <= len(shown) <= summary.MOST_COLUMNS
    assert set(shown) <= set(used(comparison, words))


@pytest.fixture(scope="module", params=PLACES, ids=NAMES)
def place(request, open_page, catalogue):
    """A decision point: the page with all options, and what the engine says."""
    query = dict(zip(("condition", "situation"), request.param, strict=True))
    return open_page({**query, "all": "yes"}), expected(query, catalogue)


def test_every_decision_point(place, catalogue, words):
    at, comparison = place
    tree = document(at)
    assert not at.exception
    assert not at.error
    assert [title.value for title in at.title] == [f"{comparison.condition.short_name}: {comparison.situation.name}"]
    assert text(only(tree, "decision")) == decision(comparison, catalogue)
    assert words("app.not_reviewed") in text(tree)
    assert words("never_stop") in text(tree)
    assert columns(at) == used(comparison, words)
    assert listed_out(at) == out(comparison)
    counts = summary.counts(comparison, words)
    said = "".join([counts.total, *(part for _, part in counts.parts)])
    assert text(only(tree, "count")).replace(" ", "") == said.replace(" ", "")


def test_every_cell_has_a_value_or_says_not_known(place, catalogue, words):
    at, comparison = place
    rows = questions(comparison, catalogue, [o.option.option for o in comparison.options if o.used])
    table = only(document(at), "compare")
    assert figures(at) == [cell.headline for row in rows for cell in row.cells]
    for row, line in zip(rows, table.findall("tbody/tr"), strict=True):
        assert text(line.find("th")).startswith(row.text)
        for cell, shown in zip(row.cells, line.findall("td"), strict=True):
            state = "known apart" if cell.apart else "known"
            assert shown.get("class") == (state if cell.known else "unknown")
            assert (words("unknown") in text(only(shown, "headline"))) is not cell.known
            if cell.origin:
                assert all(source.citation in text(shown) for source in cell.origin.sources)


def test_urgent_situations_say_first_what_to_do_now(place, words):
    at, comparison = place
    urgent = [" ".join(m.text.split()) for m in comparison.messages if m.kind == "urgent"]
    tree = document(at)
    if comparison.situation.urgent:
        assert urgent, "an urgent situation has something to do now"
        box = only(tree, "urgent")
        assert words("urgent.title") in text(box)
        assert [text(item) for item in box.iter("li")] == urgent
        order = list(tree.iter())
        assert order.index(box) < order.index(only(tree, "decision")) < order.index(only(tree, "compare"))
    else:
        assert not having(tree, "urgent")
        folds = [fold for fold in having(tree, "fold") if text(fold.find("summary")) == words("app.call")]
        assert len(folds) == bool(urgent), "the signs to call for are one click away"
        assert all([text(item) for item in fold.iter("li")] == urgent for fold in folds)


def test_numbers_take_the_pictures_away(open_page, words):
    at = open_page({"condition": "cidp", "situation": "maintenance"})
    assert having(document(at), "icons")
    assert having(document(at), "bar")
    before = figures(at)
    widget(at, "button_group", words("view.title")).set_value("numbers").run()
    assert not at.exception
    assert at.query_params["view"] == "numbers"
    assert not having(document(at), "icons")
    assert not having(document(at), "bar")
    assert figures(at) == before
    assert not having(document(open_page({"condition": "cidp", "view": "numbers"})), "icons")


def test_pictures_have_a_text_that_says_the_same(open_page):
    table = only(document(open_page({"condition": "cidp", "situation": "maintenance", "all": "yes"})), "compare")
    drawn = 0
    for cell in table.findall("tbody/tr/td"):
        pictures = [*having(cell, "icons"), *having(cell, "bar")]
        for picture in pictures:
            drawn += 1
            assert picture.get("role") == "img"
            assert picture.get("aria-label") == text(picture.find("title"))
        if pictures:
            assert text(only(cell, "headline")) in text(pictures[0].find("title"))
    assert drawn


def test_counting_those_in_whom_it_does_not_happen(open_page, catalogue, words):
    query = {"condition": "cidp", "situation": "maintenance"}
    at = open_page({**query, "all": "yes"})
    before = figures(at)
    widget(at, "button_group", words("frame.title")).set_value("happens_not").run()
    comparison = expected(query, catalogue)
    rows = questions(comparison, catalogue, [o.option.option for o in comparison.options if o.used], happens=False)
    assert at.query_params["frame"] == "happens_not"
    assert figures(at) == [cell.headline for row in rows for cell in row.cells]
    assert figures(at) != before
    linked = open_page({**query, "all": "yes", "frame": "happens_not"})
    assert figures(linked) == figures(at)


def test_all_options_at_once(open_page, catalogue, words):
    query = {"condition": "itp_adult", "situation": "long_lasting"}
    at = open_page(query)
    few = columns(at)
    widget(at, "toggle", words("columns.all")).set_value(True).run()
    everything = used(expected(query, catalogue), words)
    assert columns(at) == everything
    assert len(everything) > len(few)
    assert at.query_params["all"] == "yes"
    widget(at, "toggle", words("columns.all")).set_value(False).run()
    assert columns(at) == few
    assert "all" not in at.query_params


def test_columns_are_chosen_one_by_one_and_stand_in_the_fixed_order(open_page, catalogue, words):
    query = {"condition": "cidp", "situation": "maintenance"}
    options = [o.option.option for o in expected(query, catalogue).options if o.used]
    at = open_page(query)
    first = [box for box in at.checkbox if box.value and str(box.key).startswith("show-")]
    first[0].uncheck().run()
    assert not at.exception
    assert len(columns(at)) == len(first) - 1
    assert at.query_params["show"].count(",") == len(first) - 2
    wanted = [options[-1], options[0]]
    linked = open_page({**query, "show": ",".join(wanted)})
    names = {o.option.option: o.name for o in expected(query, catalogue).options}
    assert [name for name, _ in columns(linked)] == [names[options[0]], names[options[-1]]]
    many = open_page({**query, "show": ",".join(options)})
    assert len(columns(many)) == summary.MOST_COLUMNS
    assert words("columns.too_many") in [caption.value for caption in many.caption]


def test_charts_are_drawn_when_opened_each_with_a_table_of_the_same_figures(open_page, catalogue, words):
    query = {"condition": "cidp", "situation": "maintenance"}
    at = open_page(query)
    assert not at.get("plotly_chart")
    at.session_state["charts"] = True
    at.run()
    assert not at.exception
    drawn = at.get("plotly_chart")
    assert drawn
    assert all(chart.proto.alt for chart in drawn)
    tables = [found for found in having(document(at), "plain") if found.tag == "table"]
    assert len(tables) == len(drawn)
    comparison = expected(query, catalogue)
    names = [o.name for o in comparison.options if o.used]
    rows = {row.text: row for row in questions(comparison, catalogue, [o.option.option for o in comparison.options])}
    for chart, table in zip(drawn, tables, strict=True):
        row = rows[next(question for question in rows if text(table.find("caption")).startswith(question))]
        assert chart.proto.alt.startswith(row.text)
        shown = [(text(line.find("th")), text(line.findall("td")[0])) for line in table.findall("tbody/tr")]
        assert shown == [(cell.name, cell.headline) for cell in row.cells if cell.name in names]


@pytest.mark.parametrize(("condition", "situation"), PLACES, ids=NAMES)
def test_where_nothing_fits_the_page_says_what_follows(open_page, catalogue, words, condition, situation):
    query = {
        "condition": condition,
        "situation": situation,
        "health": ",".join(HEALTH),
        "place": "home_only",
        "apheresis": "none",
        "ig_supply": "critical",
        "hours_per_month": "0",
        "budget_per_year": "0",
        "all": "yes",
    }
    at = open_page(query)
    comparison = expected(query, catalogue)
    verdicts = {o.verdict for o in comparison.options if o.used}
    shown = text(document(at))
    assert not at.exception
    assert columns(at) == used(comparison, words)
    assert (words("nothing_fits") in shown) is (verdicts <= {"caution", "not_suitable"} and "caution" in verdicts)
    left = words("nothing_left" if comparison.situation.urgent else "nothing_left_calm")
    assert (left in shown) is (verdicts == {"not_suitable"})


def test_about_says_who_reviewed_it_and_explains_the_words(open_page, catalogue, words):
    at = open_page()
    at.switch_page("decision/ui/pages/about.py").run()
    assert not at.exception
    assert words("app.not_reviewed") in text(document(at))
    assert words("about.reviewed.title") in [header.value for header in at.header]
    assert [text(row.find("th")) for row in only(document(at), "plain").findall("tbody/tr")] == [
        row.term for row in sorted(catalogue.glossary, key=lambda row: row.term.lower())
    ]
    at.switch_page("decision/ui/pages/compare.py").run()
    assert not at.exception
    assert columns(at)
