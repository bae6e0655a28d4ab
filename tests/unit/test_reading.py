"""The reading grade of a text: the formula, names, labels, and the report on a few tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tiny import role, tables

from decision.passages import passages, plain_columns
from decision.reading import HIGHEST, grade, is_label, long_words, report

word = st.sampled_from(["the", "dog", "ran", "water", "family", "antibody", "immunity", "table"])
sentence = st.lists(word, min_size=4, max_size=25).map(lambda words: " ".join(words).capitalize() + ".")


def flesch_kincaid(words, sentences, syllables):
    """Return the grade by the formula of Kincaid and others (1975)."""
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("The cat sat on the mat.", (6, 1, 6)),
        ("Antibodies are proteins that fight germs.", (6, 1, 4 + 1 + 2 + 1 + 1 + 1)),
        ("You get a drip into a vein. It takes four hours or more.", (13, 2, 15)),
        ("It was 1.4 of 100 people in 7.6 months.", (9, 1, 10)),
    ],
)
def test_the_grade_is_that_of_the_formula(text, counted):
    assert grade(text) == pytest.approx(flesch_kincaid(*counted))


@given(sentence)
def test_the_same_again_is_as_hard(text):
    assert grade(f"{text} {text}") == pytest.approx(grade(text))


@given(sentence, st.sampled_from(["immunoglobulin", "Guillain-Barré", "rituximab", "Immunoglobulins"]))
def test_a_name_counts_as_one_short_word(text, name):
    known = {"immunoglobulin", "guillain-barré", "rituximab"}
    assert grade(f"{text[:-1]} {name}.", known) == pytest.approx(grade(f"{text[:-1]} dog."))


@given(sentence)
def test_names_never_make_a_text_harder(text):
    assert grade(text, {"antibody", "immunity", "family", "dog"}) <= grade(text) + 1e-9


@given(st.text())
def test_any_text_has_a_grade(text):
    assert isinstance(float(grade(text, {"name"})), float)


@pytest.mark.parametrize(
    ("text", "label"), [("Plasma exchange", True), ("No medicine now", True), ("It works fast now", False), ("", True)]
)
def test_a_label_has_three_words_or_fewer(text, label):
    assert is_label(text) == label


def test_a_label_is_plain_where_its_words_are_short_names_or_explained(catalogue):
    glossary = catalogue.glossary
    assert long_words("Blood filtering", (), glossary) == ()
    assert long_words("Inactivated vaccines", (), glossary) == ("Inactivated",)
    assert long_words("Low antibodies", (), glossary) == ()
    assert long_words("Low antibodies", (), ()) == ("antibodies",)
    assert long_words("With rituximab", {"rituximab"}, ()) == ()


HARD = "The administration of intravenous immunoglobulin necessitates hospitalisation and continuous supervision."


def test_a_hard_text_is_found_with_its_place():
    found = report(tables(roles=[role("ivig"), role("scig").model_copy(update={"reason": HARD})])).too_hard
    (first,) = [finding for finding in found if finding.text == HARD]
    assert str(first).startswith("roles.csv, row 4, column reason: grade ")
    assert first.grade is not None
    assert first.grade > HIGHEST


def test_a_long_label_is_found_with_its_word():
    found = report(tables(roles=[role("ivig", display_name="Inactivated vaccines")])).too_hard
    (first,) = [finding for finding in found if finding.text == "Inactivated vaccines"]
    assert (first.grade, first.long_words) == (None, ("Inactivated",))


def test_what_is_put_together_is_read_in_each_situation():
    known = tables(roles=[role("ivig"), role("scig", "not_recommended")])
    parts = {place.part for place, _ in passages(known)}
    assert {"tiny/calm", "tiny/urgent"} <= parts
    assert any(text == "The role of scig." for place, text in passages(known) if place.part == "tiny/calm")


def test_columns_for_clinicians_are_no_passages():
    assert "clinical" not in plain_columns("regimens")
    assert {"population", "follow_up", "note", "conflict"} <= set(plain_columns("effects"))
    assert plain_columns("reading_names") == ()
