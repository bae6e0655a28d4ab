"""One figure, three ways to show it: the words, the number and the picture of a cell agree."""

import re

import pytest
import tiny
from tiny import effect, role

from decision import Scenario, compare
from decision.cells import questions
from decision.charts import bars, icon_counts
from decision.export import as_json
from decision.scenario import OPTIONS

COUNT = re.compile(r"^(?:(?P<count>[\d,]+)|fewer than 1|(?P<nearly>more than [\d,]+)) of (?P<per>[\d,]+)$")


def count(headline):
    """Return the people in a headline."""
    match = COUNT.match(headline)
    assert match, headline
    if match["nearly"]:
        return int(match["per"].replace(",", ""))
    return int((match["count"] or "0").replace(",", ""))


@pytest.fixture(scope="module")
def shown(catalogue):
    """Return for every situation the outcome rows in both frames, beside the answer as JSON."""
    found = {}
    for place in catalogue.roles:
        result, size = compare(catalogue, Scenario(*place)), len(catalogue.outcomes[place])
        rows = [questions(result, catalogue, OPTIONS, happens)[:size] for happens in (True, False)]
        found[place] = (*rows, as_json(result, catalogue))
    return found


def every_cell(shown, frame=0):
    """Yield where it stands, the row, the cell, and the same cell as JSON."""
    for place, answer in shown.items():
        by_option = {option["id"]: option["outcomes"] for option in answer[2]["options"]}
        for index, row in enumerate(answer[frame]):
            for cell in row.cells:
                yield (*place, row.id, cell.option), row, cell, by_option[cell.option][index]


def test_every_option_has_a_cell_in_every_row(catalogue):
    for place in catalogue.roles:
        for row in questions(compare(catalogue, Scenario(*place)), catalogue, OPTIONS):
            assert [cell.option for cell in row.cells] == list(OPTIONS), (place, row.id)
            assert all(cell.headline for cell in row.cells), (place, row.id)


@pytest.mark.parametrize("happens", [True, False], ids=["happens", "happens_not"])
def test_no_cell_has_an_empty_line(catalogue, happens):
    empty = [
        (*place, row.id, cell.option)
        for place in catalogue.roles
        for row in questions(compare(catalogue, Scenario(*place)), catalogue, OPTIONS, happens)
        for cell in row.cells
        if not all(line.strip() for line in cell.lines)
    ]
    assert empty == []


@pytest.mark.parametrize("frame", [0, 1], ids=["happens", "happens_not"])
def test_words_and_picture_show_the_same_people(shown, frame):
    wrong = []
    for where, _, cell, _ in every_cell(shown, frame):
        if cell.known:
            sure, likely, possible, empty = icon_counts(cell.picture)
            if sure + likely != count(cell.headline) or sure + likely + possible + empty != cell.picture.top:
                wrong.append((where, cell.headline, icon_counts(cell.picture)))
    assert wrong == []


def test_words_and_figure_show_the_same_people(shown):
    """The JSON keeps one decimal, so it may be away from the whole people by half of one and of that decimal."""
    wrong = []
    for where, _, cell, figure in every_cell(shown):
        known = figure["value"] is not None
        if known != cell.known or (known and abs(count(cell.headline) - figure["value"]) > 0.55):
            wrong.append((where, cell.headline, figure["value"]))
    assert wrong == []


def test_the_chart_shows_the_words_of_the_cells(shown):
    one_of_each = {place[0]: answer[0][0] for place, answer in shown.items()}
    for row in one_of_each.values():
        chart = bars(row, "People", "Not known").data[0]
        assert [text.rpartition(": ")[2] for text in chart.hovertext] == [cell.headline for cell in reversed(row.cells)]
        assert list(chart.x) == [cell.picture.value if cell.known else None for cell in reversed(row.cells)]


def test_those_in_whom_it_happens_and_the_others_are_everyone(shown):
    wrong = []
    others = {where: cell for where, _, cell, _ in every_cell(shown, 1)}
    for where, _, cell, figure in every_cell(shown):
        assert cell.known == others[where].known
        if cell.known and count(cell.headline) + count(others[where].headline) != figure["per"]:
            wrong.append((where, cell.headline, others[where].headline))
    assert wrong == []


@pytest.mark.parametrize(("events", "total"), [(1, 8), (3, 8), (1, 2), (11, 40), (5, 1000), (1, 3), (0, 9), (9, 9)])
def test_the_two_frames_add_up_for_any_arm(events, total):
    given = tiny.tables(
        roles=[role("ivig")],
        outcomes=[tiny.outcome(reference_option="ivig", reference_events=events, reference_total=total)],
    )
    both = [questions(tiny.ask(given), given, ["ivig"], happens)[0].cells[0] for happens in (True, False)]
    assert sum(count(cell.headline) for cell in both) == 100


def test_the_difference_in_words_is_that_of_the_two_counts_beside_it(shown):
    wrong = []
    for frame in (0, 1):
        for where, _, cell, _ in every_cell(shown, frame):
            said = re.search(r": (?P<of>fewer than 1|[\d,]+) of [\d,]+\. (?P<n>[\d,]+) (?P<way>more|fewer) out of",
                             " ".join(cell.lines))  # fmt: skip
            if cell.known and said:
                reference = 0 if said["of"] == "fewer than 1" else int(said["of"].replace(",", ""))
                gap = int(said["n"].replace(",", "")) * (1 if said["way"] == "more" else -1)
                if reference + gap != count(cell.headline):
                    wrong.append((where, cell.headline, cell.lines))
    assert wrong == []


def test_the_range_in_words_is_that_of_the_picture(shown):
    wrong = []
    for frame in (0, 1):
        for where, _, cell, _ in every_cell(shown, frame):
            said = re.search(r"Range ([\d,]+) to ([\d,]+)\.", " ".join(cell.lines))
            ends = cell.known and cell.picture.low is not None and cell.picture.high is not None
            if bool(said) != bool(ends):
                wrong.append((where, cell.lines))
            elif said:
                low, high = (int(end.replace(",", "")) for end in said.groups())
                sure, likely, possible, _ = icon_counts(cell.picture)
                if (low, high) != (sure, sure + likely + possible):
                    wrong.append((where, said[0], icon_counts(cell.picture)))
    assert wrong == []


def test_what_is_not_known_has_words_and_no_one_in_its_picture(shown):
    for where, _, cell, _ in every_cell(shown):
        if not cell.known:
            assert (cell.headline, cell.picture.kind, cell.certainty) == ("Not known", "unknown", None), where
            assert cell.lines, where


def test_a_known_figure_says_how_sure_and_where_it_comes_from(shown):
    for where, _, cell, _ in every_cell(shown):
        if cell.known:
            assert cell.certainty, where
            assert cell.origin.sources, where
            assert {label for label, _ in cell.origin.facts} >= {"People", "Time", "Rated by", "Last checked"}, where


def test_a_single_arm_is_marked_and_has_no_difference(shown):
    for where, _, cell, figure in every_cell(shown):
        words = " ".join(cell.lines)
        assert ("Not compared directly" in words) == (figure["comparison"] == "single_arm"), where
        if figure["comparison"] == "single_arm":
            assert " more out of" not in words, where
            assert " fewer out of" not in words, where
            assert cell.apart, where


@pytest.mark.parametrize(("follow_up", "apart"), [("2 years", True), ("6 months", False)])
def test_a_figure_over_another_time_is_kept_apart_and_still_claims_its_difference(follow_up, apart):
    given = tiny.tables(
        roles=[role("ivig")],
        outcomes=[tiny.outcome(reference_value=20, follow_up="6 months")],
        effects=[effect("ivig", "RR", 2.0, follow_up=follow_up)],
    )
    cell = questions(tiny.ask(given), given, ["ivig"])[0].cells[0]
    assert cell.apart is apart
    assert cell.compared


def test_another_time_is_said():
    given = tiny.tables(
        roles=[role("ivig")],
        outcomes=[tiny.outcome(reference_value=20, follow_up="6 months")],
        effects=[effect("ivig", "RR", 2.0, follow_up="2 years")],
    )
    cell = questions(tiny.ask(given), given, ["ivig"])[0].cells[0]
    assert "Counted over another time: 2 years. The row: 6 months." in cell.lines
