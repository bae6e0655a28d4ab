"""The saved file: it brings everything back, and nothing that is not one of ours ever does anything."""

import json
import re
from random import Random

import pytest
from hypothesis import given, settings
from people import shipped
from visits import BODY, HOSTILE, USUAL, said, sheet_of, visits

from decision.handout import html, saved
from decision.handout.saved import KIND, MOST_BYTES

FULL = {
    "ticked": ["matters-benefit", "again"],
    "own_questions": ["May I travel?", "Who pays, and when?"],
    "notes": "First line.\nSecond line with “quotes”.",
    "opened": ["corticosteroids", "fscig"],
}


def file_of(one, with_body=True):
    """Return the file that a person saves."""
    return html.page(sheet_of(one, with_body=with_body)).encode()


def opened(data):
    return saved.read(data, shipped())


def around(body):
    """Return a page that holds a JSON of our own making."""
    return f'<p>x</p><script type="application/json" id="{KIND}">{body}</script>'.encode()


def forged(**changes):
    """Return a file as a stranger could write it, with a right check sum."""
    content = {"query": dict(USUAL), "ticked": [], "own_questions": [], "notes": "", "opened": []}
    content.update(changes.pop("visit", {}))
    whole = {"kind": KIND, "schema": 1, "body": "none", "visit": content, "check": saved._check(content), **changes}
    return around(json.dumps(whole).replace("<", "\\u003c"))


# -------------------------------------------------------------------- round trip


@settings(max_examples=60)
@given(visits())
def test_a_file_brings_back_everything(one):
    found = opened(saved.element(one, with_body=True).encode())
    assert (found.visit, found.sentences) == (one, ())


@settings(max_examples=60)
@given(visits())
def test_without_the_persons_say_the_body_stays_out_and_the_person_is_told(one):
    found = opened(saved.element(one, with_body=False).encode())
    assert found.visit == one.without_body()
    assert bool(found.sentences) == one.said_body


def test_the_whole_page_opens_again():
    one = said({**BODY, "lean": "scig", "never": "plasma", "pairs": "benefit~time", "match": "yes"}, **FULL)
    assert opened(file_of(one)).visit == one


@pytest.mark.parametrize("typed", [HOSTILE, "</script>", "<!--", "]]>", "\\u003c", '"', f'id="{KIND}"', "&lt;"])
def test_nothing_typed_ends_the_element_it_stands_in(typed):
    one = said(own_questions=[typed], notes=typed)
    page = file_of(one)
    assert opened(page).visit == one
    assert len(re.findall(rb"<script", page)) == len(re.findall(rb"</script", page)) == 1


def test_a_file_saved_again_by_a_browser_opens():
    """A browser writes its own line ends and a byte order mark, and may put things of its own around the page."""
    one = said(**FULL)
    page = file_of(one).decode().replace("\n", "\r\n").replace("<body>", "<body><div id='extension'></div>")
    assert opened(b"\xef\xbb\xbf" + page.encode()).visit == one


@pytest.mark.parametrize("word", ["kidney", "diabetes", "83", "older_adult", "planning", 'kg"'])
def test_the_body_is_not_in_the_file_without_the_persons_say(word):
    assert word not in saved.write(said(BODY), with_body=False)


# ----------------------------------------------------------------- what is refused


def deep(levels):
    return "[" * levels + "]" * levels


REFUSED = {
    "nothing": (b"", "foreign"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "foreign"),
    "another page": (b"<!DOCTYPE html><title>x</title><p>hello", "foreign"),
    "data without a page": (json.dumps({"kind": KIND}).encode(), "foreign"),
    "the mark on another element": (f'<p id="{KIND}">{{}}</p>'.encode(), "foreign"),
    "utf-16": (around("{}").decode().encode("utf-16"), "foreign"),
    "too big": (b" " * (MOST_BYTES + 1), "too_big"),
    "no end": (f'<script type="application/json" id="{KIND}">{{}}'.encode(), "damaged"),
    "cut in the tag": (f'<script type="application/json" id="{KIND}"'.encode(), "damaged"),
    "no JSON": (around("hello"), "damaged"),
    "a list": (around("[]"), "damaged"),
    "very deep": (around(deep(100_000)), "damaged"),
    "a huge number": (around("9" * 100_000), "damaged"),
    "not a number": (around('{"kind": NaN}'), "damaged"),
    "another kind": (forged(kind="tea"), "damaged"),
    "two visits": (forged() + forged(), "damaged"),
    "no schema": (forged(schema=None), "damaged"),
    "schema as text": (forged(schema="1"), "damaged"),
    "a newer schema": (forged(schema=2), "newer"),
    "wrong check sum": (forged(check="0" * 64), "damaged"),
    "no check sum": (forged(check=None), "damaged"),
    "odd body": (forged(body="maybe"), "damaged"),
    "visit is text": (forged(visit={"query": "x"}), "damaged"),
    "numbers in the query": (forged(visit={"query": {**USUAL, "weight_kg": 70}}), "damaged"),
    "notes as a list": (forged(visit={"notes": ["x"]}), "damaged"),
    "ticked holds lists": (forged(visit={"ticked": [[1]]}), "damaged"),
    "a part too many": (forged(visit={"extra": 1}), "damaged"),
    "notes too long": (forged(visit={"notes": "x" * 5000}), "damaged"),
    "notes with control signs": (forged(visit={"notes": "a\x00b"}), "damaged"),
    "half a sign": (forged(visit={"notes": "\ud800"}), "damaged"),
    "too many questions": (forged(visit={"own_questions": [str(n) for n in range(100)]}), "damaged"),
    "no condition": (forged(visit={"query": {}}), "unknown_place"),
    "a condition of another world": (forged(visit={"query": {"condition": "gout", "situation": "x"}}), "unknown_place"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_used_gets_one_sentence_and_no_visit(name):
    data, why = REFUSED[name]
    found = opened(data)
    assert found.visit is None
    assert found.sentences == (shipped().phrases[f"saved.{why}"],)


def test_what_is_not_known_in_a_good_file_is_left_out_and_named():
    found = opened(forged(visit={"query": {**USUAL, "show": "ivig,tea", "colour": "red"}, "opened": ["tea"]}))
    assert found.visit == said({"show": "ivig"})
    assert len(found.sentences) == 2


def test_hostile_values_in_a_good_file_are_only_text():
    query = {**USUAL, "travel_minutes": "<script>", "health": HOSTILE, "__class__": "x", "price.ivig": "1e999"}
    found = opened(forged(visit={"query": query, "notes": HOSTILE.replace("\u2028", "")}))
    assert "<script>alert" not in file_of(found.visit).decode()


# ----------------------------------------------------------- a thousand files


def mutated(data, rng):
    """Return a file with something wrong: bytes changed, cut out, put in, doubled, moved, or from elsewhere."""
    data = bytearray(data)
    for _ in range(rng.choice((1, 1, 1, 2, 5, 50))):
        at, end = sorted((rng.randrange(len(data) + 1), rng.randrange(len(data) + 1)))
        end = min(end, at + rng.choice((1, 3, 100, 10_000)))
        piece = bytes(data[at:end])
        data[at:end] = rng.choice(
            (
                b"",
                bytes(rng.randrange(256) for _ in range(rng.choice((1, 4, 200)))),
                piece[::-1],
                piece * 2,
                rng.choice((b'"', b"}", b"<", b"</script>", b"null", b"1e9999", b"\\ud800", b"\x00", b"[" * 2000)),
            )
        )
    return bytes(data)


def test_a_thousand_damaged_files_never_raise_and_change_nothing():
    """A damaged file gives either the very visit that was saved, or none and one sentence."""
    one = said(BODY, **FULL)
    whole, element = file_of(one), saved.element(one, with_body=True).encode()
    rng, used = Random(20261122), 0
    for number in range(1000):
        data = mutated(whole if number % 5 == 0 else element, rng)
        found = opened(data)
        if found.visit is None:
            assert len(found.sentences) == 1
        else:
            used += 1
            assert found.visit == one
    assert 0 < used < 500, "most damage is in the part that counts, and is seen"


def test_a_thousand_files_of_noise_get_one_sentence():
    rng = Random(1)
    for _ in range(1000):
        found = opened(rng.randbytes(rng.randrange(300)))
        assert found.visit is None
        assert len(found.sentences) == 1
