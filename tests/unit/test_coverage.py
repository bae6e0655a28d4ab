"""Every cell is in exactly one state: known, not known, unchecked, stale; none is missing."""

from datetime import date, timedelta

import pytest
import tiny
from tiny import DAY, effect, role

from decision.coverage import STATES, cells, share_settled, totals


@pytest.mark.parametrize(
    ("what", "days", "changes", "expected"),
    [
        ("read", 0, {}, "known"),
        ("read, a year and a day ago", 400, {}, "stale"),
        ("not read yet", 0, {"status": "unchecked"}, "unchecked"),
        ("said to be unknown", 0, {"measure": "none", "value": None, "comparison": "none", "note": "No."}, "unknown"),
        ("unknown grows no older", 4000, {"measure": "none", "value": None, "comparison": "none"}, "unknown"),
    ],
)
def test_a_cell(what, days, changes, expected):
    row = effect("ivig", "RR", 2.0).model_copy(update=changes)
    given = tiny.tables(roles=[role("ivig")], outcomes=[tiny.outcome(reference_value=20)], effects=[row])
    found = [cell.state for cell in cells(given, DAY + timedelta(days=days)) if cell.question == "better"]
    assert found == [expected, expected]  # in the calm and in the urgent situation


def test_a_row_that_nobody_filled_in_is_missing():
    given = tiny.tables(roles=[role("ivig")])
    assert {cell.question: cell.state for cell in cells(given, DAY)}["onset"] == "missing"


def test_what_is_not_used_has_no_cell():
    assert list(cells(tiny.tables(roles=[role("ivig", "not_used")]), DAY)) == []


def test_shipped_cells_are_each_in_one_state_and_none_is_missing(catalogue):
    found = list(cells(catalogue, date(2026, 11, 22)))
    keys = {(cell.condition, cell.situation, cell.option, cell.question) for cell in found}
    counted = totals(found)
    assert len(keys) == len(found) == sum(counted.values())
    assert set(counted) == set(STATES)
    assert [cell for cell in found if cell.state == "missing"] == []
    assert 0 <= share_settled(counted) <= 1
