"""What a person reads: no sentence above grade 8, half at 6 or below, no figures of speech, nothing unexplained.

Measured on every text and every sentence that is put together, in all situations.
"""

import re
from statistics import median

import pytest
import textstat

from decision.abbreviations import is_abbreviation, unexplained
from decision.passages import CITATIONS, NOT_PLAIN, NOT_PLAIN_PHRASES, PIECES, is_plain, passages, plain_columns
from decision.reading import MEDIAN, grade, names, report
from decision.rows import TABLES, Agent, ReadingName

SIGNS = {"AB", "CA"}
"""No abbreviations: a blood group, and what stands before the dollar sign of Canada."""

MOST_NAMES = 25


@pytest.fixture(scope="module")
def measured(catalogue):
    return report(catalogue)


@pytest.fixture(scope="module")
def texts(catalogue):
    return list(passages(catalogue))


def test_no_passage_is_above_grade_8(measured):
    assert [str(finding) for finding in measured.too_hard] == []


def test_half_of_all_passages_are_at_grade_6_or_below(measured):
    assert measured.passages > 5000
    assert measured.median <= MEDIAN
    assert measured.highest <= 8


def test_half_of_every_table_and_situation_is_at_grade_6_or_below(measured):
    assert {name: part for name, part in measured.parts.items() if part.median > MEDIAN} == {}


def test_every_table_with_text_and_every_situation_is_measured(catalogue, measured):
    wanted = {f"{condition}/{situation}" for condition, situation in catalogue.roles}
    wanted |= {f"{table}.csv" for table in TABLES if plain_columns(table) and catalogue.tables[table]}
    assert wanted - set(measured.parts) == set()
    assert all(measured.parts[f"{c}/{s}"].passages > 100 for c, s in catalogue.roles)


def test_decisions_and_options_are_easy(catalogue, texts):
    known = names(catalogue)
    for table, column in (("situations", "decision"), ("options", "description")):
        found = [
            grade(text, known)
            for place, text in texts
            if place.part == f"{table}.csv" and place.where.endswith(f"column {column}")
        ]
        assert median(found) < 5.5, (table, column)


# ------------------------------------------------------------------------- names


def test_the_list_of_names_is_short_and_each_name_is_needed(catalogue, texts):
    listed = [row.name for row in catalogue.rows("reading_names", ReadingName)]
    assert len(listed) <= MOST_NAMES
    said = "\n".join(text for _, text in texts)
    assert [name for name in listed if not re.search(rf"\b{re.escape(name)}s?\b", said, re.IGNORECASE)] == []
    assert [name for name in listed if textstat.syllable_count(name) < 3] == []
    medicines = {row.agent for row in catalogue.rows("agents", Agent)}
    assert [name for name in listed if name in medicines - {"immunoadsorption"}] == []


def test_phrases_left_out_of_the_measure_exist_and_are_few(catalogue):
    """Each is the name, or the beginning of the names, of a phrase; all others are measured."""
    phrases = catalogue.phrases
    assert [start for start in NOT_PLAIN_PHRASES if not any(name.startswith(start) for name in phrases)] == []
    assert [name for name in (*CITATIONS, *PIECES) if name not in phrases] == []
    assert all(NOT_PLAIN_PHRASES.values())
    left_out = [name for name in phrases if not is_plain(name)]
    assert len(left_out) < len(phrases) / 10


def test_what_is_left_out_of_the_measure_exists():
    wrong = [
        (table, column)
        for table, columns in NOT_PLAIN.items()
        for column in columns
        if table not in TABLES or column not in TABLES[table].model_fields
    ]
    assert wrong == []


# ----------------------------------------------------------------- abbreviations


def test_every_abbreviation_is_in_the_glossary(catalogue, texts):
    brands = {product for row in catalogue.rows("agents", Agent) for product in row.products} | {"HyQvia"}
    found = [
        f"{place}: {', '.join(missing)}: {text}"
        for place, text in texts
        if (missing := set(unexplained(text, catalogue.glossary, brands)) - SIGNS)
    ]
    assert found == []


def test_every_abbreviation_of_the_glossary_says_what_it_stands_for(catalogue):
    assert [row.term for row in catalogue.glossary if is_abbreviation(row.term) and not row.expansion] == []


# ------------------------------------------------------------- figures of speech

FIGURES_OF_SPEECH = (
    r"head[- ]to[- ]head", r"(last|first) resort", r"gold standard", r"rule of thumb", r"trade-?offs?",
    r"(first|second)[- ]line", r"bridg(e|es|ing)", r"pull in", r"on the fence", r"down the (road|line)",
    r"in the long run", r"ball ?park", r"cutting edge", r"game", r"silver bullet", r"bottom line",
    r"big picture", r"keep an eye",
    r"buy(s|ing)? time", r"run its course", r"lean(s|ed|ing)? (to|towards?)", r"put down to", r"t(oo|ake|akes)k? hold",
    r"draws? on", r"in the way", r"goes with an?", r"kick(s|ed)? in", r"break ?through", r"hit by", r"by the book",
    r"at the end of the day", r"back to square one", r"tip of the", r"up in the air", r"state of the art",
)  # fmt: skip
JARGON = (
    r"refractory", r"efficacy", r"adverse", r"prophyla\w+", r"baseline", r"endpoint", r"cohort", r"concomitant",
    r"contraindicat\w+", r"comorbid\w*", r"a?etiolog\w+", r"idiopathic", r"prognos\w+", r"o?edema", r"hypertensi\w+",
    r"renal", r"hepatic", r"pulmonary", r"plasmapheresis", r"autologous", r"allogeneic", r"haploidentical", r"titres?",
    r"double-blind", r"single-arm", r"open-label", r"retrospective", r"prospective", r"RCTs?",
)  # fmt: skip


@pytest.mark.parametrize(("what", "words"), [("figure of speech", FIGURES_OF_SPEECH), ("jargon", JARGON)])
def test_words_are_plain(texts, what, words):
    pattern = re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)
    found = [f"{place}: {match[0]}: {text}" for place, text in texts if (match := pattern.search(text))]
    assert found == [], what
