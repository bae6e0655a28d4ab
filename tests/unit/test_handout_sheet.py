"""The sheet: what is on it is what the screen says, complete where lives hang on it, and silent about the body."""

import re

import pytest
from hypothesis import given, settings
from people import shipped
from visits import ADDRESS, BODY, TODAY, comparison_of, said, sheet_of, usual_sheet, visits

from decision import Catalogue, compare
from decision.cells import questions
from decision.comparison import taking_part, weigh
from decision.handout.said import for_every_treatment
from decision.handout.sheet import sheet, shown_options
from decision.scenario import BODY_KEYS, HEALTH
from decision.wording import Words

words = Words(shipped().phrases)


def part(sheet, name):
    """Return a part of the sheet by its id."""
    parts = (sheet.call, sheet.decision, *sheet.said, *sheet.left, *sheet.right, *sheet.last)
    return next((one for one in parts if one.id == name), None)


def texts(sheet):
    """Return every text on the sheet, in one string."""
    return repr(sheet)


def line(sheet, name):
    return next(one for one in sheet.lines if one.id == name)


# --------------------------------------------------------------------- any visit


@settings(max_examples=80)
@given(visits())
def test_any_visit_has_a_sheet_that_agrees_with_the_screen(one):
    result = comparison_of(one)
    sheet = sheet_of(one, with_body=True, address=ADDRESS)
    shown = shown_options(result, one)
    assert 1 <= len(shown) <= 4
    assert [column.option for column in sheet.columns] == [option.option.option for option in shown]
    rows = {row.id: row for row in questions(result, shipped(), [option.option.option for option in shown])}
    for found in sheet.lines:
        assert len(found.entries) == len(shown)
        if found.id == "speaks":
            continue
        row = rows[found.id]
        assert found.question == row.text
        for entry, cell in zip(found.entries, row.cells, strict=True):
            assert entry.known == cell.known
            assert entry.headline.startswith(cell.headline)
            on_screen = " ".join(cell.lines)
            for number in re.findall(r"\d[\d,.]*\d|\d", entry.headline.removeprefix(cell.headline)):
                assert number in on_screen
            for said_ in entry.lines:
                if said_.text.endswith(("fewer", "more", "could be chance")):
                    assert re.sub(r", could be chance$", "", said_.text) in on_screen
                    assert ("could be chance" in said_.text) == ("could be chance" in on_screen)


@settings(max_examples=60)
@given(visits())
def test_every_letter_and_every_number_leads_somewhere(one):
    sheet = sheet_of(one)
    letters = {letter for found in sheet.lines for entry in found.entries for letter in entry.letters}
    assert letters == {remark.label for remark in sheet.remarks}
    assert len({remark.text for remark in sheet.remarks}) == len(sheet.remarks)
    numbers = {source.number for source in sheet.sources}
    assert numbers == set(range(1, len(sheet.sources) + 1))
    for found in sheet.lines:
        assert {int(number) for number in re.findall(r"\d+", found.sources)} <= numbers


@settings(max_examples=60)
@given(visits())
def test_every_urgent_sign_and_every_warning_about_stopping_is_on_it(one):
    result, sheet = comparison_of(one), sheet_of(one, with_body=True)
    call = {point.text for point in sheet.call.points}
    stay = {point.text for point in part(sheet, "stay").points}
    shown = shown_options(result, one)
    for message in (*result.messages, *(message for option in shown for message in option.messages)):
        if message.kind == "urgent":
            assert message.text in call
        if message.kind == "do_not_stop" and not for_every_treatment(message):
            assert message.text in stay
    assert words("never_stop") in stay


@settings(max_examples=60)
@given(visits())
def test_the_body_is_named_only_with_the_persons_say(one):
    sheet = sheet_of(one, address=ADDRESS)
    limits = {point.text for point in part(sheet, "limits").points}
    assert not limits & {words(f"health.{flag}") for flag in HEALTH}
    assert (words("handout.body_left_out") in limits) == one.said_body
    if "weight_kg" in one.query:
        assert " kg" not in line(sheet, "cost").note
    everything = texts(sheet)
    health = [r.text for o in comparison_of(one).options for r in o.screened.reasons if r.kind == "health"]
    if one.said_body:
        assert [text for text in health if text in everything] == []
        result = comparison_of(one)
        messages = (*result.messages, *(message for option in result.options for message in option.messages))
        follows = [m.text for m in messages if m.when and any(key in m.when for key in BODY_KEYS)]
        free = {m.text for m in messages if m.text not in follows}
        assert [text for text in follows if text in everything and text not in free] == []
    assert all(f'"{key}"' not in sheet.saved for key in ("health", "weight_kg", "age_group", "pregnancy"))
    assert all(f"{key}=" not in sheet.link for key in ("health", "weight_kg", "age_group", "pregnancy"))


@settings(max_examples=40)
@given(visits())
def test_with_the_persons_say_all_that_was_said_is_named(one):
    limits = {point.text for point in part(sheet_of(one, with_body=True), "limits").points}
    scenario = one.scenario(shipped())
    assert {words(f"health.{flag}") for flag in scenario.health} <= limits
    if "weight_kg" in one.query:
        assert any(text.endswith(" kg") for text in limits)
    assert words("handout.body_left_out") not in limits


# -------------------------------------------------------------------- the content


def test_the_usual_sheet_has_everything_that_people_carry():
    sheet = usual_sheet()
    assert sheet.title == "My visit: CIDP, keeping treatment going"
    assert sheet.date == "22 November 2026"
    assert "not medical advice" in sheet.status.lower()
    assert "not reviewed" in sheet.status.lower()
    assert [point.text for point in part(sheet, "limits").points] == ["Hospital 2 hours away", "Supply critical"]
    assert [point.text for point in part(sheet, "matters").points] == [
        "How well it works: most",
        "Time it takes: a lot",
        "Needles: a little",
    ]
    assert [column.name for column in sheet.columns] == ["IVIG", "SCIG", "FcRn blocker"]
    assert [found.id for found in sheet.lines][-4:] == ["onset", "time", "cost", "speaks"]
    assert line(sheet, "relapse").entries[0].headline == "42 of 100 (26 to 59)"
    assert "59 of 100" in line(sheet, "relapse").note
    assert all(part(sheet, name).points for name in ("questions", "again", "works", "call", "stay"))
    assert part(sheet, "next").blanks
    assert sheet.sources
    assert {source.paid for source in sheet.sources} >= {"industry", "public money"}
    assert "Facts checked" in sheet.foot[0]
    assert "Nobody paid" in sheet.foot[0]


def test_what_is_not_known_is_said_in_the_cell_and_for_the_option():
    sheet = usual_sheet()
    harm = line(sheet, "serious_harm").entries
    assert [entry.headline for entry in harm[1:]] == ["Not known", "Not known"]
    gaps = {said_.label: said_.text for said_ in line(sheet, "speaks").entries[2].lines}
    assert "serious side effects" in gaps["Not known:"]
    assert "how well it works (in part)" in gaps["Not known:"]


def test_a_figure_without_a_comparison_group_has_no_difference_and_a_remark():
    sheet = usual_sheet()
    entry = line(sheet, "serious_harm").entries[0]
    assert [said_.text for said_ in entry.lines] == ["How sure: low"]
    remarks = {remark.label: remark.text for remark in sheet.remarks}
    assert words("cell.single_arm") in {remarks[letter] for letter in entry.letters}


def test_where_hours_count_the_signs_to_call_come_first():
    urgent = sheet_of(said({"condition": "gbs", "situation": "cannot_walk", "show": None}))
    assert urgent.urgent
    assert urgent.call.title == words("urgent.title")
    assert not usual_sheet().urgent


def test_what_speaks_for_an_option_follows_what_matters():
    found = line(usual_sheet(), "speaks")
    assert "by what matters to you" in found.note
    labels = {said_.label: said_.text for said_ in found.entries[1].lines}
    assert labels["For:"] == "time it takes"
    assert labels["Against:"] == "needles"
    plain = sheet_of(said({"w.benefit": None, "w.time": None, "w.needles": None}))
    assert "by what matters" not in line(plain, "speaks").note
    assert len(line(plain, "speaks").entries[0].lines) >= 2


def test_a_deal_breaker_takes_an_option_out_of_what_is_weighed():
    sheet = sheet_of(said({"never": "plasma"}))
    assert line(sheet, "speaks").entries[0].lines[0].text == words("handout.no_part")
    assert "A must for me: Nothing made from plasma" in [point.text for point in part(sheet, "matters").points]


def test_the_match_is_on_it_only_where_it_was_asked_for():
    without, with_ = sheet_of(said()), sheet_of(said({"match": "yes"}))
    text = comparison_of(said()).match.text
    assert text not in texts(without)
    assert part(without, "match") is None
    assert part(with_, "match").points[0].text.startswith(text)


def test_the_match_on_paper_is_that_of_the_page_with_either_or_answers():
    one = said({"match": "yes", "pairs": "time~benefit", "never": "operation"})
    result = comparison_of(one)
    wanted = weigh(taking_part(result.options), result.scenario.weights, words, [("time", "benefit")])
    shown = part(sheet_of(one), "match").points[0].text
    assert shown.startswith(f"{wanted.text} {wanted.hangs_on}")
    assert all(name in shown for name in wanted.not_weighed)


def test_the_option_leant_to_brings_its_checks():
    sheet = sheet_of(said({"lean": "ivig"}))
    points = part(sheet, "next").points
    assert "Kidney function is checked first." in points[0].text
    assert points[-1].text.startswith("The page names ")
    assert "My pick for now: IVIG" in [point.text for point in part(sheet, "matters").points]


def test_when_to_look_again_is_the_review_of_the_option_leant_to_else_a_time_for_each():
    leant = part(sheet_of(said({"lean": "ivig"})), "again").points
    assert leant[0].label == "IVIG"
    assert leant[0].text == shipped().review("cidp", "maintenance", "ivig").text
    open_choice = part(usual_sheet(), "again").points
    assert "IVIG after 6 months" in open_choice[0].text
    assert open_choice[-1].text == words("handout.again.ask")


def test_a_note_that_follows_from_the_body_is_printed_only_with_the_persons_say():
    one = said({"health": "no_spleen,kidney_disease", "lean": "ivig"})
    open_, hidden = texts(sheet_of(one, with_body=True)), texts(sheet_of(one))
    for sign in ("Without a spleen", "Kidney function is measured before and after"):
        assert sign in open_
        assert sign not in hidden
    assert words("handout.body_left_out") in hidden


def test_a_cell_says_what_to_know_about_its_figure():
    sheet = usual_sheet()
    remarks = {remark.label: remark.text for remark in sheet.remarks}
    said_ = [{remarks[letter] for letter in entry.letters} for entry in line(sheet, "relapse").entries]
    assert said_ == [
        {words("cell.conflict_flag")},
        {words("cell.conflict_flag")},
        {"It was counted over this time: up to 48 weeks."},
    ]
    assert {remarks[letter] for letter in line(sheet, "cost").entries[0].letters} == {
        "Price of 2025 Q4, none newer found."
    }
    own = sheet_of(said({"price.ivig": "100"}))
    assert "With your own price." in {remark.text for remark in own.remarks}


def test_a_row_that_was_not_checked_says_so():
    tables = shipped()
    rows = tuple(
        row.model_copy(update={"status": "unchecked"}) if row.source_ids != ("own_wording",) else row
        for row in tables.tables["effects"]
    )
    unchecked = Catalogue({**tables.tables, "effects": rows}, "x")
    one = said()
    found = sheet(compare(unchecked, one.scenario(unchecked)), unchecked, one, TODAY)
    assert words("unchecked") in {remark.text for remark in found.remarks}


def test_own_and_ticked_questions_take_the_place_of_those_offered():
    sheet = sheet_of(said(ticked=["matters-time"], own_questions=["May I travel?"]))
    assert [point.text for point in part(sheet, "questions").points] == [words("ask.matters.time"), "May I travel?"]
    assert len(part(usual_sheet(), "questions").points) == 3


def test_notes_are_on_it_line_by_line():
    assert part(usual_sheet(), "notes") is None
    assert [p.text for p in part(sheet_of(said(notes="One.\n\nTwo.")), "notes").points] == ["One.", "Two."]


def test_an_option_that_is_no_treatment_here_is_not_on_it():
    sheet = sheet_of(said({"show": "ivig,tpo_ra"}))
    assert [column.option for column in sheet.columns] == ["ivig"]
    assert len(sheet_of(said({"show": None})).columns) == 4


@pytest.mark.parametrize("address", ["", "javascript:alert(1)//", "file:///x", "//x"])
def test_only_a_web_address_makes_a_link(address):
    sheet = sheet_of(said(), address=address)
    assert (sheet.link, sheet.qr, sheet.link_text) == ("", "", "")


def test_a_health_reason_is_told_in_full_with_the_persons_say_and_hinted_at_without():
    one = said({**BODY, "health": "kidney_disease"})
    open_, hidden = sheet_of(one, with_body=True), sheet_of(one)
    assert "weak kidneys" in open_.columns[0].why
    assert "kidney" not in hidden.columns[0].why
    assert words("handout.health_decides") in hidden.columns[0].why
    assert hidden.columns[0].verdict == open_.columns[0].verdict
