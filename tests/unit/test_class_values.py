"""The values of a class: no names, no small groups, and no file that does harm."""

import datetime
import json
import random
from dataclasses import asdict
from statistics import median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import shipped

from decision import Scenario, compare, visit
from decision.class_values import FEWEST, LARGEST, TOO_CLOSE, Voice, class_values, read_saved, voice
from decision.export import as_json
from decision.handout import html
from decision.handout.sheet import sheet
from decision.scenario import CRITERIA

PLACE, OTHER = ("cidp", "maintenance"), ("gbs", "cannot_walk")
WEIGHTS = st.dictionaries(st.sampled_from(CRITERIA), st.sampled_from((0.0, 2.0, 5.0, 8.0, 10.0)), min_size=1)
VOICES = st.lists(
    st.builds(Voice, st.sampled_from((PLACE, OTHER)), WEIGHTS, st.sampled_from(("ivig", "scig", TOO_CLOSE))),
    max_size=14,
)


@given(VOICES)
def test_a_small_group_shows_nothing_and_a_large_one_shows_no_single_answer_alone(voices):
    found = class_values(voices)
    largest = max((sum(one.place == place for one in voices) for place in (PLACE, OTHER)), default=0)
    assert (found is None) == (largest < FEWEST)
    if found is None:
        return
    here = [one for one in voices if one.place == found.place]
    assert found.people == len(here) == largest
    assert found.people + found.left_out == len(voices)
    assert sum(found.leaders.values()) == found.people
    shown = {spread.criterion: spread for spread in found.spreads}
    for criterion in CRITERIA:
        given_ = [one.weights[criterion] for one in here if criterion in one.weights]
        assert (criterion in shown) == (len(given_) >= FEWEST)
        assert (criterion in found.too_few) == (0 < len(given_) < FEWEST)
        if criterion in shown:
            spread = shown[criterion]
            assert spread.answered == len(given_)
            assert min(given_) <= spread.low <= spread.middle <= spread.high <= max(given_)
            assert spread.middle == median(given_)


@given(VOICES, st.randoms(use_true_random=False))
def test_the_order_of_the_files_tells_nothing(voices, chance):
    """Where two decisions are equally common the first file decides which is shown; else order does not matter."""
    counts = [sum(one.place == place for one in voices) for place in (PLACE, OTHER)]
    if counts[0] == counts[1]:
        return
    mixed = list(voices)
    chance.shuffle(mixed)
    assert class_values(mixed) == class_values(voices)


# ------------------------------------------------------------------------ files


def saved(**said):
    scenario = Scenario(*PLACE, **said)
    return json.dumps(as_json(compare(shipped(), scenario), shipped())).encode()


def test_the_file_that_the_page_saves_is_read_back():
    weights = {"benefit": 8, "time": 2.5}
    found = read_saved(saved(weights=weights, travel_minutes=120, health=("diabetes",)), shipped())
    assert dict(found.weights) == weights
    assert (found.condition, found.situation, found.travel_minutes) == (*PLACE, 120)


def page(**query):
    """Return the hand-out as it is saved, with all a person may have said."""
    said, _ = visit.read({"condition": PLACE[0], "situation": PLACE[1], **query}, shipped(), notes="a secret")
    scenario = said.scenario(shipped())
    made = sheet(compare(shipped(), scenario), shipped(), said, datetime.date(2026, 1, 5), with_body=True)
    return html.page(made).encode()


def test_the_page_that_is_saved_says_the_same_as_the_data():
    weights = {"benefit": 8.0, "time": 2.5}
    found = read_saved(page(**{f"w.{name}": str(weight) for name, weight in weights.items()}), shipped())
    assert dict(found.weights) == weights
    assert voice(found, shipped()) == voice(read_saved(saved(weights=weights), shipped()), shipped())


def test_nothing_of_a_body_and_no_note_is_kept_of_a_page():
    body = {"health": "diabetes", "pregnancy": "pregnant", "age_group": "older_adult", "weight_kg": "93"}
    kept = repr(voice(read_saved(page(**{"w.time": "8"}, **body), shipped()), shipped()))
    assert not [word for word in ("diabetes", "pregnant", "older_adult", "93", "secret") if word in kept]


def test_a_page_that_was_cut_is_no_file_of_ours():
    whole = page(**{"w.time": "8"})
    assert [
        read_saved(whole[: whole.index(b"</script>")], shipped()),
        read_saved(whole.replace(b"w.time", b"w.cost"), shipped()),
    ] == [
        None,
        None,
    ]


def test_nothing_of_a_body_is_kept():
    said = {"health": ("diabetes",), "pregnancy": "pregnant", "age_group": "older_adult", "weight_kg": 93}
    scenario = read_saved(saved(weights={"time": 8}, **said), shipped())
    kept = json.dumps(asdict(voice(scenario, shipped())))
    assert not [word for word in ("diabetes", "pregnant", "older_adult", "93") if word in kept]


def test_the_leader_is_that_of_the_person():
    scenario = Scenario(*PLACE, weights={"benefit": 10, "certainty": 8})
    match = compare(shipped(), scenario).match
    expected = match.leaders[0] if len(match.leaders) == 1 else TOO_CLOSE
    assert voice(scenario, shipped()).leader == expected
    assert voice(Scenario(*PLACE), shipped()) is None


NOT_OURS = [
    b"",
    b" ",
    b"null",
    b"[]",
    b"42",
    b'"scenario"',
    b"{}",
    b'{"scenario": null}',
    b'{"scenario": []}',
    b'{"scenario": {}}',
    b'{"scenario": {"condition": "cidp"}}',
    b'{"scenario": {"condition": "cidp", "situation": "nowhere"}}',
    b'{"scenario": {"condition": ["cidp"], "situation": {"a": 1}}}',
    b'{"scenario": {"condition": "<script>", "situation": "maintenance"}}',
    b"\xff\xfe\x00",
    b"PK\x03\x04",
    b"<html><body>no</body></html>",
    b"[" * 200_000,
    b'{"a":' * 100_000,
    b"1" * 10_000,
    b" " * (LARGEST + 1),
]


@pytest.mark.parametrize("content", NOT_OURS, ids=range(len(NOT_OURS)))
def test_a_file_of_something_else_is_no_file_of_ours(content):
    assert read_saved(content, shipped()) is None


@settings(max_examples=200)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(content):
    read_saved(content, shipped())


VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=30), st.lists(st.integers(), max_size=3)
)


@settings(max_examples=200)
@given(st.dictionaries(st.sampled_from((*(f"w.{name}" for name in CRITERIA), "health", "weight_kg", "x")), VALUES))
def test_whatever_the_values_are_the_weights_are_from_0_to_10(values):
    body = {"scenario": {**values, "condition": "cidp", "situation": "maintenance"}}
    found = read_saved(json.dumps(body).encode(), shipped())
    assert found is not None
    assert all(0 <= weight <= 10 for weight in found.weights.values())


def test_a_class_from_files():
    chance = random.Random(1)
    files = [
        saved(weights={name: chance.choice((2, 5, 8)) for name in ("benefit", "time", "cost")}) for _ in range(FEWEST)
    ]
    voices = [voice(read_saved(content, shipped()), shipped()) for content in files]
    assert class_values(voices[1:]) is None
    found = class_values(voices)
    assert found.people == FEWEST
    assert {spread.criterion for spread in found.spreads} == {"benefit", "time", "cost"}
