"""The order of the rows: neutral until the person's own hand changes it, and put back as it was."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from decision.cells import Question
from decision.row_order import arranged, put_first

NAMES = ("walking", "strength", "clots", "headache", "onset", "time", "cost")
ROWS = tuple(Question(name, f"How is it with {name}?", "", ()) for name in NAMES)
some = st.lists(st.sampled_from((*NAMES, "no_such_row", "", "<b>")), max_size=12)


def ids(rows: tuple[Question, ...]) -> list[str]:
    return [row.id for row in rows]


def test_neutral_until_something_is_said():
    assert arranged(ROWS, (), ()) == ROWS


def test_what_matters_stands_first_in_the_order_said():
    assert ids(arranged(ROWS, ("cost", "clots"), ("onset",))) == [
        "cost", "clots", "walking", "strength", "headache", "time",
    ]  # fmt: skip


@given(first=some, hidden=some)
def test_every_row_that_is_not_hidden_stands_there_once(first, hidden):
    shown = arranged(ROWS, first, hidden)
    assert sorted(ids(shown)) == sorted(set(NAMES) - set(hidden))
    assert set(shown) <= set(ROWS), "a row is moved, never changed"


@given(first=some, hidden=some)
def test_what_nobody_moved_keeps_its_neutral_order_below_what_was_moved(first, hidden):
    shown = ids(arranged(ROWS, first, hidden))
    moved = [name for name in dict.fromkeys(first) if name in shown]
    assert shown == moved + [name for name in NAMES if name in shown and name not in moved]


@given(name=st.sampled_from(NAMES), first=some)
def test_to_the_top_puts_one_row_on_top_and_leaves_the_order_of_the_others(name, first):
    before = [other for other in ids(arranged(ROWS, first, ())) if other != name]
    after = put_first(name, first)
    assert ids(arranged(ROWS, after, ())) == [name, *before]
    assert put_first(name, after) == after, "twice is once"
    assert len(after) <= len(first) + 1


@given(name=st.sampled_from(NAMES), first=some)
def test_a_hidden_row_keeps_its_place_for_the_day_it_is_shown_again(name, first):
    assert name not in ids(arranged(ROWS, put_first(name, first), (name,)))
    assert ids(arranged(ROWS, put_first(name, first), ()))[0] == name
