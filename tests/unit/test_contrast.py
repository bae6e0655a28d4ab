"""Two comparisons held against each other: nothing differs from itself, no difference is missed, sides are sides."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import anyone, shipped
from tiny import agent, ask, regimen, role, rule, tables

from decision import Scenario, compare
from decision.contrast import Sides, contrast, inputs, lines, page_messages, verdicts
from decision.export import as_json
from decision.wording import Words

WORDS = Words(shipped().phrases)
PLACES = sorted(shipped().roles)


def pair(seed, same_place=True):
    """Return two comparisons for random people, mostly in one situation."""
    rng = Random(seed)
    place = rng.choice(PLACES)
    other = place if same_place else rng.choice(PLACES)
    return compare(shipped(), anyone(rng, place)), compare(shipped(), anyone(rng, other))


SEEDS = st.integers(0, 10**9)


def flipped(sides):
    return None if sides is None else Sides(sides.b, sides.a)


@settings(max_examples=30)
@given(SEEDS)
def test_nothing_differs_from_itself(seed):
    a, _ = pair(seed)
    found = contrast(a, a)
    assert found.empty
    assert found.differing == ()
    assert (found.said, found.messages, found.leaders) == ({}, (), None)


@settings(max_examples=30)
@given(SEEDS, st.booleans())
def test_swapping_the_comparisons_swaps_the_sides(seed, same_place):
    a, b = pair(seed, same_place)
    one, other = contrast(a, b), contrast(b, a)
    assert [option.option for option in one.options] == [option.option for option in other.options]
    assert {key: flipped(sides) for key, sides in one.said.items()} == dict(other.said)
    assert [flipped(sides) for sides in one.messages] == list(other.messages)
    assert flipped(one.leaders) == other.leaders
    for x, y in zip(one.options, other.options, strict=True):
        for name in ("verdict", "onset", "burden", "cost", "grams", "tier", "tenths"):
            assert flipped(getattr(x, name)) == getattr(y, name), name
        for name in ("reasons", "outcomes", "messages"):
            assert [flipped(sides) for sides in getattr(x, name)] == list(getattr(y, name)), name
        assert x.same == y.same


@settings(max_examples=30)
@given(SEEDS, st.booleans())
def test_no_difference_of_the_saved_file_is_missed(seed, same_place):
    """The file that people download is made elsewhere; what differs there is a difference here."""
    a, b = pair(seed, same_place)
    found = {option.option: option for option in contrast(a, b).options}
    for x, y in zip(as_json(a, shipped())["options"], as_json(b, shipped())["options"], strict=True):
        if x["role"] == y["role"] == "not_used":
            assert x["id"] not in found
            continue
        option = found[x["id"]]
        assert bool(option.verdict) == (x["verdict"] != y["verdict"])
        codes = [{reason["code"]: (reason["effect"], reason["text"]) for reason in side["reasons"]} for side in (x, y)]
        missing = {pair.a.code for pair in option.reasons if pair.b is None}
        assert missing == codes[0].keys() - codes[1].keys()
        assert {(pair.a or pair.b).code for pair in option.reasons} == {
            code for code in codes[0].keys() | codes[1].keys() if codes[0].get(code) != codes[1].get(code)
        }
        for name, key, field in (
            ("burden", "burden", "hours_per_month"),
            ("cost", "cost", "per_year"),
            ("grams", "supply", "ig_grams_per_year"),
            ("onset", "onset", "text"),
        ):
            if x[key][field] != y[key][field]:
                assert getattr(option, name) is not None, name
        if x["outcomes"] == y["outcomes"]:
            assert option.outcomes == ()
        else:
            assert option.outcomes


def test_comparisons_from_different_tables_are_refused():
    a = ask(tables(roles=[role("ivig"), role("scig")]))
    b = compare(shipped(), Scenario("cidp", "maintenance"))
    with pytest.raises(ValueError, match="different tables"):
        contrast(a, b)


ROAD = tables(
    roles=[role("ivig"), role("scig")],
    agents=[agent("drip", of="ivig"), agent("pump", of="scig", routes="skin", at_home="yes")],
    regimens=[regimen("ivig", sessions=1, interval_weeks=4, hours_per_session=2, needles_per_session=1)],
    rules=[
        rule("road", "travel_minutes>=90", "caution", options="ivig", kind="logistics", text="Far: {travel}."),
        rule("veins", "veins=poor", "caution", options="ivig", kind="logistics"),
    ],
)


def test_a_reason_is_gained_changed_or_lost():
    near, far, further = (ask(ROAD, travel_minutes=minutes) for minutes in (10, 100, 200))
    gained = next(option for option in contrast(near, far).options if option.option == "ivig")
    assert [(sides.a, sides.b.code) for sides in gained.reasons] == [(None, "road")]
    assert gained.verdict == Sides("suitable", "caution")
    changed = next(option for option in contrast(far, further).options if option.option == "ivig")
    assert [(sides.a.code, sides.b.code) for sides in changed.reasons] == [("road", "road")]
    assert changed.reasons[0].a.text != changed.reasons[0].b.text
    assert changed.verdict is None
    assert not changed.same


def test_an_option_that_nothing_touches_is_the_same():
    found = contrast(ask(ROAD, travel_minutes=10), ask(ROAD, travel_minutes=200))
    assert [option.option for option in found.differing] == ["ivig"]
    assert [option.same for option in found.options] == [False, True]


# -------------------------------------------------------------------- in words


@settings(max_examples=30)
@given(SEEDS, st.booleans())
def test_every_line_but_the_verdict_differs(seed, same_place):
    a, b = pair(seed, same_place)
    found = contrast(a, b)
    for option in found.differing:
        first, *others = lines(option, WORDS)
        assert first.what == WORDS("contrast.verdict")
        assert first.differs == (option.verdict is not None)
        assert all(line.differs and line.a and line.b for line in others)
    assert [line.differs for line in verdicts(found, WORDS)] == [bool(option.verdict) for option in found.options]
    assert all(line.differs for line in page_messages(found, WORDS))
    said = inputs(found, shipped(), WORDS)
    assert len(said) == len([key for key in found.said if key != "detail"])
    assert all(line.differs and line.what for line in said)


def test_hours_in_words_say_whether_they_come_back_each_month():
    near, far = (compare(shipped(), Scenario("cidp", "maintenance", travel_minutes=n)) for n in (30, 150))
    shown = {option.option: lines(option, WORDS) for option in contrast(near, far).options}
    time = WORDS("row.time")
    assert next((line.a, line.b) for line in shown["ivig"] if line.what == time) == (
        "8.7 hours a month",
        "14 hours a month",
    )
    assert next((line.a, line.b) for line in shown["hsct"] if line.what == time) == (
        "433 hours in all",
        "437 hours in all",
    )
    assert not [line for line in shown["scig"] if line.what == time]
