"""Questions for the visit: from the situation, from what is not known, from what matters, each with its reason."""

import pytest
from hypothesis import given, settings
from people import shipped
from visits import comparison_of, said, visits

from decision.handout.questions import MOST, suggest
from decision.handout.sheet import shown_options
from decision.scenario import CRITERIA
from decision.wording import Words

words = Words(shipped().phrases)


def offered(one):
    result = comparison_of(one)
    return suggest(result, shown_options(result, one), one, words)


def ids(**changes):
    return [question.id for question in offered(said(changes))]


@settings(max_examples=80)
@given(visits())
def test_each_question_has_an_id_a_text_and_a_reason(one):
    found = offered(one)
    assert 3 <= len(found) <= MOST
    assert len({question.id for question in found}) == len(found)
    for question in found:
        assert question.text.rstrip("”").endswith("?")
        assert question.why.endswith(".")
        assert said(ticked=[question.id]).ticked == (question.id,)


def test_the_usual_visit():
    assert ids() == [
        "matters-benefit",
        "check-ivig",
        "unknown-stop_treatment",
        "shortage",
        "travel",
        "matters-time",
        "matters-needles",
        "check-scig",
        "unknown-serious_harm",
        "not-compared",
        "waiting",
        "again",
    ]


@pytest.mark.parametrize(
    ("changes", "asked", "not_asked"),
    [
        ({"condition": "gbs", "situation": "cannot_walk", "show": None}, "urgent", "travel-none"),
        ({"lean": "scig"}, "lean", "urgent"),
        ({"lean": "hsct"}, "again", "lean"),
        ({"health": "diabetes"}, "health", "urgent"),
        ({"ig_supply": None}, "travel", "shortage"),
        ({"travel_minutes": "20"}, "shortage", "travel"),
        ({"w.benefit": "0"}, "matters-time", "matters-benefit"),
        ({"ig_supply": None, "travel_minutes": None}, "call", "check-scig"),
    ],
)
def test_a_question_is_there_for_a_reason(changes, asked, not_asked):
    found = ids(**changes)
    assert asked in found
    assert not_asked not in found


@pytest.mark.parametrize("criterion", CRITERIA)
def test_what_matters_most_is_asked_first(criterion):
    changes = {"w.benefit": None, "w.time": None, "w.needles": None, f"w.{criterion}": "9"}
    found = offered(said(changes))
    assert found[0].id == f"matters-{criterion}"
    assert words(f"criterion.{criterion}") in found[0].why


def test_a_question_about_a_gap_names_the_row_and_the_options():
    found = {question.id: question for question in offered(said())}
    gap = found["unknown-serious_harm"]
    assert "SCIG and FcRn blocker" in gap.text
    assert "How many people have a serious side effect?" in gap.text


def test_a_question_about_health_names_none_of_it():
    found = {question.id: question for question in offered(said({"health": "hepatitis_b"}))}
    assert "epatitis" not in found["health"].text + found["health"].why
