"""What a person said in a session: strict as a value, lenient as it is read, and never more in a link than may be."""

from random import Random
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from people import scribble, shipped
from visits import ADDRESS, BODY, HOSTILE, USUAL, said, visits

from decision import visit
from decision.scenario import BODY_KEYS
from decision.ui import state
from decision.visit import LONGEST_NOTES, LONGEST_QUESTION, MOST_QUESTIONS, VIEW_KEYS, Visit

PLACE = {"condition": "cidp", "situation": "maintenance"}


def reopened(link):
    """Return the visit that a link opens."""
    return visit.read(dict(parse_qsl(urlsplit(link).query)), shipped())[0]


# ------------------------------------------------------------------------ strict


@pytest.mark.parametrize(
    ("given_", "says"),
    [
        ({"query": {"condition": "cidp"}}, "situation is missing"),
        ({"query": {**PLACE, "notes": "x"}}, "'notes' is not a key"),
        ({"query": {**PLACE, "w.luck": "1"}}, "'w.luck' is not a key"),
        ({"query": {**PLACE, "show": "x" * 1000}}, "not a short text"),
        ({"query": {**PLACE, "weight_kg": 70}}, "not a short text"),
        ({"query": PLACE, "ticked": ("Not An Id",)}, "not an id"),
        ({"query": PLACE, "own_questions": ("",)}, "own_questions"),
        ({"query": PLACE, "own_questions": ("two\nlines",)}, "own_questions"),
        ({"query": PLACE, "own_questions": ("x" * (LONGEST_QUESTION + 1),)}, "own_questions"),
        ({"query": PLACE, "own_questions": tuple(f"{n}?" for n in range(MOST_QUESTIONS + 1))}, "more than 12"),
        ({"query": PLACE, "notes": "x" * (LONGEST_NOTES + 1)}, "notes"),
        ({"query": PLACE, "notes": "a\x00b"}, "notes"),
        ({"query": PLACE, "opened": ("tea",)}, "opened"),
    ],
)
def test_a_visit_out_of_its_limits_is_refused_with_the_reason(given_, says):
    with pytest.raises(ValueError, match=says):
        Visit(**given_)


def test_a_visit_does_not_change():
    one = said()
    with pytest.raises(TypeError):
        one.query["condition"] = "gbs"
    assert hash(one) == hash(said())


# ----------------------------------------------------------------------- lenient


@given(visits())
def test_reading_what_was_read_changes_nothing(one):
    again, notices = visit.read(one.query, shipped(), one.ticked, one.own_questions, one.notes, one.opened)
    assert (again, notices) == (one, ())


def test_anything_can_be_read():
    rng = Random(7)
    for _ in range(500):
        pairs = dict(part.partition("=")[::2] for part in scribble(rng).split("&"))
        pairs |= {rng.choice(VIEW_KEYS): rng.choice(["ivig,tea", "yes", "a~b", "benefit~time", "~", ",,,", HOSTILE])}
        one, notices = visit.read(pairs, shipped())
        assert one.scenario(shipped()).condition == one.query["condition"]
        assert all(isinstance(notice, str) and len(notice) < 200 for notice in notices)


def test_what_is_not_known_to_a_view_is_left_out_and_named():
    one, notices = visit.read(
        {
            **PLACE,
            "show": "ivig,tea,scig",
            "pairs": "benefit~time,benefit~benefit,x",
            "never": "plasma,rain",
            "all": "1",
        },
        shipped(),
    )
    assert one.listed("show") == ("ivig", "scig")
    assert one.pairs == (("benefit", "time"),)
    assert one.listed("never") == ("plasma",)
    assert "all" not in one.query
    assert sorted(notice.split("”")[0] for notice in notices) == ["“1", "“benefit~benefit", "“rain", "“tea", "“x"]


def test_only_a_body_that_was_said_is_kept():
    assert not said().said_body
    assert not said({"age_group": "teapot", "weight_kg": "heavy"}).said_body
    assert said({"weight_kg": "83"}).said_body
    assert said(BODY).without_body().query == said().query


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  a  ", "a"),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\tb", "a b"),
        ("a\x00\x07\x1b[31mb", "a[31mb"),
        ("a\ud800b\ufffeb", "abb"),
        ("pay \u202emoc.evil\u202c now", "pay moc.evil now"),
        ("سؤال 問題 🩸 é", "سؤال 問題 🩸 é"),
        ("x" * 3000, "x" * LONGEST_NOTES),
    ],
)
def test_a_note_keeps_what_can_be_shown(typed, kept):
    assert visit.text(typed, LONGEST_NOTES) == kept


@given(st.text())
def test_cleaning_twice_is_cleaning_once(typed):
    assert visit.text(visit.text(typed, 50), 50) == visit.text(typed, 50)
    assert visit.line(visit.line(typed)) == visit.line(typed)
    assert "\n" not in visit.line(typed)


# -------------------------------------------------------------------------- link


@given(visits())
def test_a_link_brings_back_all_that_was_chosen_but_the_body(one):
    back = reopened(one.link(ADDRESS))
    assert back.query == one.without_body().query
    assert not set(back.query) & set(BODY_KEYS)


@given(visits())
def test_a_link_that_may_hold_the_body_brings_back_the_whole_scenario(one):
    back = reopened(one.link(ADDRESS, with_body=True))
    assert back.query == one.query
    assert back.scenario(shipped()) == one.scenario(shipped())


def test_nothing_that_was_typed_is_in_a_link():
    one = said(BODY, own_questions=["SECRETQUESTION"], notes="SECRETNOTE " + HOSTILE, opened=["hsct"])
    for link in (one.link(ADDRESS), one.link(ADDRESS, with_body=True)):
        assert "SECRET" not in link
        assert "script" not in link
        assert "hsct" not in link
    assert "83" not in one.link(ADDRESS)
    assert "kidney" not in one.link(ADDRESS)


def test_the_keys_of_the_views_are_those_of_the_pages():
    """What a page puts into the address and this does not know would be lost on the way."""
    assert set(state.VIEW_KEYS) <= set(VIEW_KEYS)
    assert set(USUAL) <= set(said().query)
