"""The clinician sheet: plain text for a record, complete, from the same data."""

import datetime
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from people import shipped
from visits import HOSTILE, TODAY, comparison_of, said, visits

from decision.handout import clinician
from decision.handout.said import for_every_treatment
from decision.handout.sheet import shown_options
from decision.scenario import HEALTH
from decision.wording import Words

words = Words(shipped().phrases)


def record(one, **more):
    return clinician.record(comparison_of(one), shipped(), one, TODAY, **more)


def blocks(text):
    """Return the lines of each block by its title."""
    found = {}
    for block in text.split("\n\n"):
        title, *lines = block.splitlines()
        found[title] = [line.removeprefix("- ") for line in lines]
    return found


@settings(max_examples=60)
@given(visits())
def test_any_visit_has_a_record_with_every_figure_rule_and_note(one):
    result, text = comparison_of(one), record(one, with_body=True)
    for option in shown_options(result, one):
        for cell in option.outcomes:
            if cell.known:
                value = words.out_of(cell.risk.with_option.value * cell.outcome.per, cell.outcome.per)
                assert f"{option.name}: {value}." in text
                assert cell.outcome.name in text
        assert all(reason.text in text for reason in option.screened.reasons)
        assert all(message.text in text for message in option.messages if not for_every_treatment(message))
        assert option.regimen is None or option.regimen.clinical in text
    assert all(message.text in text for message in result.messages)
    assert all(question in text for question in one.own_questions)


@settings(max_examples=60)
@given(visits())
def test_it_is_plain_text_that_can_be_pasted_anywhere(one):
    text = record(replace(one, notes="", own_questions=()))
    assert text.endswith("\n")
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]|  |\n\n\n|<[a-z/]", text)


def test_the_usual_record():
    found = blocks(record(said({"weight_kg": "80"}, opened=["corticosteroids"]), with_body=True))
    assert found["PROBLEM"][0].startswith("Chronic inflammatory demyelinating polyradiculoneuropathy. ICD-10 G61.8")
    options = found["OPTIONS"]
    assert [line.split(" (")[0] for line in options[:4]] == [
        "Discussed: IVIG",
        "Discussed: SCIG",
        "Discussed: FcRn blocker",
        "Discussed: Steroids",
    ]
    assert options[4].startswith("Not opened: fSCIG, Plasma exchange")
    relapse = next(lines for title, lines in found.items() if title.startswith("Relapse or worsening"))
    assert "42 of 100. Range 26 to 59." in relapse[0]
    assert "Certainty: low" in relapse[0]
    assert relapse[0].endswith("]")
    doses = found["DOSE AND AMOUNT"]
    assert doses[0] == "Amounts and costs are counted for 80 kg."
    assert "1 g/kg IV every 3 weeks" in doses[1]
    assert "1,387 g of immunoglobulin a year" in doses[1]
    assert any("SCIG: needs care. No place in a plan" in line for line in found["RULES THAT FIRED"])
    assert any(
        line.startswith("Watch for: FcRn blocker: IgG is measured") for line in found["CHECKS, MONITORING AND SAFETY"]
    )
    assert found["WHAT MATTERS TO THE PERSON"][0] == "How well it works: most"


def test_every_source_named_in_a_line_is_cited_in_full():
    text = record(said())
    cited = {line.split(":")[0] for line in blocks(text)["SOURCES"]}
    named = {name for group in re.findall(r" \[([^\]]+)\]$", text, re.MULTILINE) for name in group.split("; ")}
    assert named
    assert {name.split(":")[0] for name in named} == cited
    assert "https://doi.org/10." in text


def test_grams_follow_the_weight():
    light, heavy = (
        blocks(record(said({"weight_kg": kg}), with_body=True))["DOSE AND AMOUNT"][1] for kg in ("40", "80")
    )
    grams = [float(re.search(r"([\d,]+) g of immunoglobulin", line)[1].replace(",", "")) for line in (light, heavy)]
    assert grams[1] == pytest.approx(2 * grams[0], rel=0.01)


def test_a_weight_that_was_not_given_is_called_an_assumption():
    assert "as no weight was given" in blocks(record(said()))["DOSE AND AMOUNT"][0]


@settings(max_examples=40)
@given(visits())
def test_the_body_is_named_only_with_the_persons_say(one):
    text = record(one)
    if not one.said_body:
        return
    lines = set(text.splitlines())
    assert not {f"- {words(f'health.{flag}')}" for flag in HEALTH} & lines
    if "weight_kg" in one.query:
        assert words("record.weight.hidden") in text
        assert f"{one.scenario(shipped()).weight_kg:g} kg." not in text
    health = [r.text for o in comparison_of(one).options for r in o.screened.reasons if r.kind == "health"]
    assert [reason for reason in health if reason in text] == []


def test_questions_are_only_those_of_the_person():
    assert "QUESTIONS OF THE PERSON" not in blocks(record(said()))
    found = blocks(record(said(ticked=["again"], own_questions=["May I travel?"], notes="One.\nTwo.")))
    assert found["QUESTIONS OF THE PERSON"] == [words("ask.again"), "May I travel?"]
    assert found["NOTES OF THE PERSON"] == ["One.", "Two."]


def test_what_was_typed_cannot_pose_as_a_part_of_the_record():
    text = record(said(notes=f"PROBLEM\n\n- none\n{HOSTILE}"))
    assert [line for line in text.splitlines() if line == "PROBLEM"] == ["PROBLEM"]


def test_the_day_is_the_day_given():
    text = clinician.record(comparison_of(said()), shipped(), said(), datetime.date(2027, 3, 4))
    assert "4 March 2027" in text
