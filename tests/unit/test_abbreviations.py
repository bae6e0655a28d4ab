"""Abbreviations: found, explained where they come first, and never twice."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from decision.abbreviations import abbreviations_in, expand_first, is_abbreviation, terms_in, unexplained
from decision.rows import GlossaryTerm


def term(name, expansion=None, meaning="What it is."):
    return GlossaryTerm(
        term=name,
        expansion=expansion,
        meaning=meaning,
        source_ids=("own_wording",),
        checked=datetime.date(2026, 11, 22),
        status="seen",
    )


GLOSSARY = (
    term("IgG", "immunoglobulin G, the main antibody"),
    term("SCIG", "subcutaneous immunoglobulin"),
    term("fSCIG", "facilitated subcutaneous immunoglobulin"),
    term("TPO-RA", "thrombopoietin receptor agonist"),
    term("JAK inhibitor", "Janus kinase inhibitor"),
    term("Anti-CD20", "antibody against CD20"),
    term("Antibody"),
    term("Steroids", "corticosteroids"),
    term("B cells"),
)
EXPANSION = {row.term: row.expansion for row in GLOSSARY}

plain = st.sampled_from(
    ["low", "the level of", "and", "people on", "IgGs", "steroid", "antibodies", "(a note)", "5 g/L."]
)
short = st.sampled_from(["IgG", "SCIG", "fSCIG", "TPO-RA", "(IgG)", "IgG-like", "SCIG (a drip)", "JAK inhibitors"])
texts = st.lists(st.lists(plain | short, max_size=6).map(" ".join), max_size=6)


def without_expansions(text):
    """Take the expansions out again, whatever the form in which they were put in."""
    for expansion in filter(None, EXPANSION.values()):
        text = text.replace(f" ({expansion}; ", " (").replace(f" ({expansion})", "").replace(f": {expansion})", ")")
    return text


@given(texts)
def test_explaining_adds_the_expansions_and_nothing_else(given_texts):
    assert [without_expansions(text) for text in expand_first(given_texts, GLOSSARY)] == given_texts


@given(texts)
def test_explaining_twice_changes_nothing(given_texts):
    once = expand_first(given_texts, GLOSSARY)
    assert expand_first(once, GLOSSARY) == once


@given(texts)
def test_each_abbreviation_that_occurs_is_explained_once_and_first(given_texts):
    said = " | ".join(expand_first(given_texts, GLOSSARY))
    for row in terms_in(given_texts, GLOSSARY):
        if row.expansion and is_abbreviation(row.term):
            assert said.replace(f"facilitated {EXPANSION['SCIG']}", "").count(row.expansion) == (row.term != "fSCIG")


@given(st.lists(plain.filter(lambda text: text != "IgGs")))
def test_texts_without_abbreviations_stay_as_they_are(given_texts):
    assert expand_first(given_texts, GLOSSARY) == given_texts


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("Low IgG.", "Low IgG (immunoglobulin G, the main antibody)."),
        ("low antibodies (IgG)", "low antibodies (IgG: immunoglobulin G, the main antibody)"),
        ("SCIG (5 g) each week", "SCIG (subcutaneous immunoglobulin; 5 g) each week"),
        ("SCIG-like", "SCIG-like (subcutaneous immunoglobulin)"),
        ("JAK inhibitors", "JAK inhibitors (Janus kinase inhibitor)"),
        ("anti-CD20", "anti-CD20 (antibody against CD20)"),
        ("Steroids", "Steroids"),
        ("subcutaneous immunoglobulin (SCIG)", "subcutaneous immunoglobulin (SCIG)"),
        ("fSCIG", "fSCIG (facilitated subcutaneous immunoglobulin)"),
        ("MYSCIGS", "MYSCIGS"),
    ],
)
def test_an_abbreviation_is_explained_in_place(text, explained):
    assert expand_first([text], GLOSSARY) == [explained]


def test_only_the_first_of_a_view_is_explained():
    first, second = expand_first(["On SCIG.", "On SCIG again, with IgG."], GLOSSARY)
    assert "subcutaneous" in first
    assert second == "On SCIG again, with IgG (immunoglobulin G, the main antibody)."


def test_terms_come_in_the_order_of_the_texts_each_once():
    found = terms_in(["B cells make antibodies.", "Each antibody", "a steroid, IgG"], GLOSSARY)
    assert [row.term for row in found] == ["B cells", "Antibody", "Steroids", "IgG"]


def test_no_glossary_explains_nothing():
    assert expand_first(["IgG"], ()) == ["IgG"]
    assert terms_in(["IgG"], ()) == ()


def test_what_the_glossary_does_not_hold_is_named():
    assert unexplained("IgG, CIDP and MabThera for IgGs", GLOSSARY, {"MabThera"}) == ["CIDP"]


@given(st.text())
def test_any_text_can_be_read(text):
    assert all(is_abbreviation(word) for word in abbreviations_in(text))
    assert len(expand_first([text], GLOSSARY)) == 1
