"""The way step by step: six pages for every decision, what was said goes along, and each opens by itself."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl

import pytest
from page_reading import (
    POPOVERS,
    SCRIPT,
    address,
    columns,
    decision,
    document,
    expected,
    having,
    only,
    tap,
    text,
    used,
    widget,
)
from streamlit.testing.v1 import AppTest

from decision import knowledge, load_catalogue, summary
from decision.cells import living_questions, questions, review_question
from decision.sure import sure_test
from decision.ui.path import ADDRESS, PAGE, STEPS

PLACES = [(condition, row.situation) for condition, rows in load_catalogue().situations.items() for row in rows]
CIDP = {"condition": "cidp", "situation": "maintenance"}
SAID = {**CIDP, "travel_minutes": "120", "ig_supply": "critical", "show": "ivig,scig,fscig", "first": "cost,time"}


def opened(step: str, query: Mapping[str, str]) -> AppTest:
    """Open a step from a link, as a session of its own."""
    at = tap(AppTest.from_file(str(SCRIPT), default_timeout=60), *POPOVERS)
    at.query_params.update(query)
    at.run()
    at.switch_page(PAGE[step]).run()
    assert not at.exception
    return at


@pytest.fixture(scope="module")
def sessions() -> dict[str, AppTest]:
    """One session for each step; a link opened in it replaces what was said before."""
    return {}


@pytest.fixture(params=PLACES, ids="-".join)
def at_step(request, sessions, catalogue):
    """Open any step at a decision: returns the page and what the engine says."""
    query = dict(zip(("condition", "situation"), request.param, strict=True))

    def open_(step: str, **said: str):
        link = {**query, **said}
        if step not in sessions:
            sessions[step] = opened(step, link)
        at = sessions[step]
        at.query_params.clear()
        at.query_params.update(link)
        at.run()
        assert not at.exception
        assert not at.error
        return at, expected(link, catalogue)

    return open_


def steps_shown(at: AppTest) -> tuple[str, list[str]]:
    """Return what the progress says, and the state of each step."""
    progress = only(document(at), "progress")
    items = list(progress.iter("li"))
    return text(progress.find("p")), [item.get("aria-current") or item.get("class", "") for item in items]


def links(at: AppTest) -> list[tuple[str, dict[str, str]]]:
    """Return where the links of a page lead, with the query that each takes along."""
    return [(link.proto.page, dict(parse_qsl(link.proto.query_string))) for link in at.get("page_link")]


# ------------------------------------------------------------- every decision point


def test_step_1_opens_on_the_card_that_says_what_it_is_about(at_step, catalogue, words):
    at, comparison = at_step("situation")
    tree = document(at)
    condition, situation = comparison.condition, comparison.situation
    assert [title.value for title in at.title] == [f"{condition.short_name}: {situation.name}"]
    assert text(only(tree, "decision")) == decision(comparison, catalogue)
    card = only(tree, "card")
    told = {text(head): text(said) for head, said in zip(card.findall("h2"), card.findall("p"), strict=True)}
    assert told == {
        words("card.what", condition=condition.short_name): condition.description,
        words("card.why"): condition.why_treat,
        words("card.without"): situation.without_treatment,
        words("card.who"): words("card.who.text"),
    }
    cited = text(only(card, "origin"))
    assert all(catalogue.sources[name].citation in cited for name in situation.source_ids)
    assert words("app.not_reviewed") in text(tree)
    assert widget(at, "selectbox", words("pick.situation")).value == situation.situation
    urgent = [message.text for message in comparison.messages if message.kind == "urgent"]
    if situation.urgent:
        order = list(tree.iter())
        assert order.index(only(tree, "urgent")) < order.index(only(tree, "decision")) < order.index(card)
        assert [text(item) for item in only(tree, "urgent").iter("li")] == [" ".join(one.split()) for one in urgent]


def test_step_2_shows_every_option_with_verdict_and_reason(at_step, words):
    at, comparison = at_step("options")
    tree = document(at)
    treatments = [option for option in comparison.options if option.used]
    first = summary.first_columns(comparison)
    carded = [one for one in treatments if one.verdict != "not_suitable" or one.option.option in first]
    boxes = [box for box in at.checkbox if str(box.key).startswith("card-")]
    assert [box.label for box in boxes] == [f"**{option.name}**" for option in carded]
    assert [box.value for box in boxes] == [option.option.option in first for option in carded]
    for option, card in zip(carded, having(tree, "option-card"), strict=True):
        shown = text(card)
        assert words(f"verdict.{option.verdict}") in shown
        assert " ".join(option.screened.reasons[0].text.split()) in shown
        assert " ".join(option.option.description.split()) in text(card.find("details"))
    ruled = [option.name for option in treatments if option.verdict == "not_suitable"]
    shown = [text(item.find("b")) for item in having(tree, "out")[0]] if ruled else []
    assert shown == ruled
    assert {option.name for option in treatments} == {option.name for option in carded} | set(ruled), "none is lost"
    assert words("never_stop") in text(tree)


def test_step_3_shows_one_question_with_an_answer_for_each_option(at_step, request, catalogue, words):
    """Which question is looked at goes round with the decisions, so that each part and place is met."""
    turn = PLACES.index(request.node.callspec.params["at_step"])
    part = ("figures", "living")[turn % 2]
    at, comparison = at_step("compare", part=part)
    shown = summary.first_columns(comparison)
    rows = (
        questions(comparison, catalogue, shown)
        if part == "figures"
        else (*living_questions(comparison, catalogue, shown), review_question(comparison, catalogue, shown))
    )
    row = rows[turn % len(rows)]
    at, _ = at_step("compare", part=part, q=row.id)
    assert [title.value for title in at.title] == [words("side.title", condition=comparison.condition.short_name)]
    question = only(document(at), "question")
    assert text(question).startswith(row.text)
    cards = having(question, "answer-card")
    assert [text(only(card, "who")) for card in cards] == [cell.name for cell in row.cells]
    for cell, card in zip(row.cells, cards, strict=True):
        state = ["known", "apart"] if cell.apart else ["known"] if cell.known else ["unknown"]
        assert card.get("class").split() == ["answer-card", *state]
        assert " ".join(cell.headline.split()) in text(card)
        assert (words("unknown") in text(only(card, "headline"))) is not cell.known
    asked = [box for box in at.selectbox if box.label == words("question.of", n=rows.index(row) + 1, all=len(rows))]
    assert len(asked) == 1


def test_step_3_shows_the_calendar_of_each_option(at_step, words):
    _, comparison = at_step("compare", part="calendar")
    for option in summary.first_columns(comparison):
        at, _ = at_step("compare", part="calendar", cal=option)
        name = comparison.option(option).name
        captions = [text(table) for table in document(at).iter("caption")]
        unknown = [text(line) for line in having(document(at), "unknown")]
        assert words("calendar.month.caption", name=name) in captions or unknown


def test_step_5_asks_what_the_engine_asks_and_answers_nothing_for_the_person(at_step, catalogue, words):
    at, comparison = at_step("check")
    asked = knowledge.knowledge_questions(comparison, catalogue, summary.first_columns(comparison))
    radios = [radio for radio in at.radio if str(radio.key).startswith("knowledge-")]
    assert [radio.label for radio in radios] == [f"{n}. {one.text}" for n, one in enumerate(asked, 1)]
    assert len(radios) >= 5
    items = [radio.label for radio in at.radio if str(radio.key).startswith("sure-")]
    assert items == [item.text for item in sure_test().items]
    assert all(radio.value is None for radio in at.radio)


def test_step_6_opens_for_every_decision(at_step, words):
    at, comparison = at_step("plan")
    assert [title.value for title in at.title] == [words("plan.title", condition=comparison.condition.short_name)]
    assert [box for box in at.checkbox if str(box.key).startswith("ask-")], "there is something to ask"


# ------------------------------------------------------------------------ the way


@pytest.mark.parametrize("step", STEPS)
def test_each_step_says_where_it_is(step, words):
    at = opened(step, CIDP)
    index = STEPS.index(step)
    said, states = steps_shown(at)
    assert said == words("step.of", n=index + 1, all=len(STEPS))
    assert states == ["done"] * index + ["step"] + ["to-come"] * (len(STEPS) - 1 - index)
    assert words("app.not_reviewed") in text(document(at))


@pytest.mark.parametrize("step", STEPS)
def test_each_step_leads_back_and_on_and_takes_everything_along(step):
    at = opened(step, SAID)
    index = STEPS.index(step)
    wanted = [ADDRESS[STEPS[index - 1]]] if index else []
    wanted += [ADDRESS[STEPS[index + 1]]] if index + 1 < len(STEPS) else [""]
    found = links(at)
    assert [page for page, _ in found[-len(wanted) :]] == wanted
    for _, query in found:
        assert query == SAID
    assert address(at) == SAID


def test_the_one_screen_leads_to_the_steps_with_everything_that_was_just_said(open_page, words):
    at = open_page(SAID)
    widget(at, "radio", words("field.veins")).set_value("poor").run()
    found = dict(links(at))
    assert {"situation", "matters"} <= set(found)
    assert all(query == {**SAID, "veins": "poor"} for query in found.values())


def test_going_on_by_the_links_keeps_what_is_said_on_the_way(catalogue, words):
    """From the opening to the plan: a limit, other options, an answer, a leaning; all of it is there at the end."""
    at = opened("situation", CIDP)
    next(button for button in at.button if button.key == "quick-far").click().run()
    at.switch_page(PAGE["options"]).run()
    next(box for box in at.checkbox if box.label == "**Steroids**").uncheck().run()
    at.switch_page(PAGE["compare"]).run()
    widget(at, "button_group", words("view.title")).set_value("numbers").run()
    next(button for button in at.button if button.label == words("question.next")).click().run()
    at.switch_page(PAGE["matters"]).run()
    widget(at, "radio", words("values.lean")).set_value("scig").run()
    at.switch_page(PAGE["check"]).run()
    at.switch_page(PAGE["plan"]).run()
    assert not at.exception
    comparison = expected(CIDP, catalogue)
    second = questions(comparison, catalogue, summary.first_columns(comparison))[1].id
    said = {
        **CIDP, "travel_minutes": "120", "show": "ivig,scig,fcrn_blocker", "view": "numbers", "q": second,
        "lean": "scig",
    }  # fmt: skip
    assert address(at) == said
    for step in reversed(STEPS):
        at.switch_page(PAGE[step]).run()
        assert not at.exception
        assert address(at) == said, "and on the way back"


@pytest.mark.parametrize("step", STEPS)
def test_a_bare_address_opens_on_the_first_condition(step, catalogue):
    at = opened(step, {})
    first = next(iter(catalogue.conditions))
    assert address(at) == {"condition": first, "situation": catalogue.situation_ids(first)[0]}
    assert [title.value for title in at.title]


@pytest.mark.parametrize("step", STEPS)
def test_a_page_of_the_navigation_has_a_bare_address_and_loses_nothing(step):
    """The navigation leads to an address without a query: that says nothing, and what was said comes back."""
    at = opened("situation", {**SAID, "health": "diabetes"})
    at.query_params.clear()
    at.switch_page(PAGE[step]).run()
    assert not at.exception
    assert address(at) == SAID
    at.switch_page("decision/ui/pages/compare.py").run()
    assert [button for button in at.button if button.key == "chip-health-diabetes"], "the body too"


# -------------------------------------------------------------------- the options


def test_options_picked_on_step_2_are_compared_on_step_3(catalogue, words):
    at = opened("options", CIDP)
    for name in ("IVIG", "Steroids", "FcRn blocker"):
        next(box for box in at.checkbox if box.label == f"**{name}**").uncheck().run()
    next(box for box in at.checkbox if box.label == "**Plasma exchange**").check().run()
    assert at.query_params["show"] == "scig,plasma_exchange"
    at.switch_page(PAGE["compare"]).run()
    cards = having(only(document(at), "question"), "answer-card")
    assert [text(only(card, "who")) for card in cards] == ["SCIG", "Plasma exchange"]


def test_more_than_four_options_are_cut_and_it_says_so(words):
    at = opened("options", CIDP)
    for box in [box for box in at.checkbox if not box.value]:
        box.check()
    at.run()
    assert words("columns.too_many") in [caption.value for caption in at.caption]
    at.switch_page(PAGE["compare"]).run()
    assert len(having(only(document(at), "question"), "answer-card")) == summary.MOST_COLUMNS


def test_all_options_unticked_brings_the_first_ones_back(catalogue):
    at = opened("options", CIDP)
    for box in at.checkbox:
        box.uncheck()
    at.run()
    assert not at.exception
    at.switch_page(PAGE["compare"]).run()
    assert not at.exception
    names = [expected(CIDP, catalogue).option(one).name for one in summary.first_columns(expected(CIDP, catalogue))]
    assert [text(only(card, "who")) for card in having(document(at), "answer-card")] == names


def test_a_ruled_out_option_that_is_looked_at_stays_among_the_cards(catalogue, words):
    query = {**CIDP, "apheresis": "none", "show": "ivig,plasma_exchange"}
    at = opened("options", query)
    assert expected(query, catalogue).option("plasma_exchange").verdict == "not_suitable"
    box = next(box for box in at.checkbox if box.label == "**Plasma exchange**")
    assert box.value
    box.uncheck().run()
    at.run()
    assert not [box for box in at.checkbox if box.label == "**Plasma exchange**"]
    assert "Plasma exchange" in text(having(document(at), "out")[0])


# ------------------------------------------------------------------- the questions


def test_all_questions_are_met_one_after_the_other_and_back(catalogue, words):
    at = opened("compare", CIDP)
    comparison = expected(CIDP, catalogue)
    rows = questions(comparison, catalogue, summary.first_columns(comparison))
    met = [text(only(document(at), "question").find("h2"))]
    assert step_button(at, words("question.before")).disabled
    for _ in rows[1:]:
        step_button(at, words("question.next")).click().run()
        assert not at.exception
        met.append(text(only(document(at), "question").find("h2")))
    assert met == [row.text for row in rows]
    assert step_button(at, words("question.next")).disabled
    assert at.query_params["q"] == rows[-1].id
    for _ in rows[1:]:
        step_button(at, words("question.before")).click().run()
    assert address(at) == CIDP


def step_button(at: AppTest, label: str):
    return next(button for button in at.button if button.label == label)


def test_figures_living_and_calendar_are_one_tap_apart(catalogue, words):
    at = opened("compare", {**CIDP, "q": "cost"})
    widget(at, "button_group", words("part.title")).set_value("living").run()
    assert address(at) == {**CIDP, "part": "living"}, "a question of another part is not looked for here"
    comparison = expected(CIDP, catalogue)
    first = living_questions(comparison, catalogue, summary.first_columns(comparison))[0]
    assert text(only(document(at), "question").find("h2")) == first.text
    widget(at, "button_group", words("part.title")).set_value("calendar").run()
    assert address(at) == {**CIDP, "part": "calendar"}
    assert not having(document(at), "question")
    widget(at, "button_group", words("calendar.option")).set_value("scig").run()
    assert at.query_params["cal"] == "scig"
    assert words("calendar.month.caption", name="SCIG") in [text(one) for one in document(at).iter("caption")]
    widget(at, "button_group", words("part.title")).set_value("figures").run()
    assert not at.exception
    assert "part" not in at.query_params


@pytest.mark.parametrize("view", ["picture", "numbers", "words"])
def test_figures_as_pictures_numbers_or_words(view, words):
    at = opened("compare", {**CIDP, "view": view})
    tree = document(at)
    assert bool(having(tree, "icons")) is (view == "picture")
    lines = [text(one) for one in having(tree, "headline")]
    sentences = [line for line in lines if line.endswith(".") and "people" in line]
    assert bool(sentences) is (view == "words")


def test_both_frames_count_all_people(catalogue):
    """Those in whom it happens and those in whom it does not are together everybody."""
    comparison = expected(CIDP, catalogue)
    row = questions(comparison, catalogue, summary.first_columns(comparison))[0]
    counted = []
    for frame in ("happens", "happens_not"):
        at = opened("compare", {**CIDP, "q": row.id, "frame": frame})
        shown = [text(one) for one in having(only(document(at), "question"), "headline")]
        counted.append([int(line.split()[0]) for line in shown if line[0].isdigit()])
    assert counted[0]
    assert {sum(pair) for pair in zip(*counted, strict=True)} == {100}


def test_clinical_words_give_the_dose_and_plain_ones_do_not(catalogue):
    for detail in ("plain", "clinical"):
        query = {**CIDP, "q": "time", "detail": detail}
        at = opened("compare", query)
        comparison = expected(query, catalogue)
        for option, card in zip(summary.first_columns(comparison), having(document(at), "answer-card"), strict=True):
            regimen = comparison.option(option).regimen
            assert (" ".join(regimen.clinical.split()) in text(card)) is (detail == "clinical")


# ------------------------------------------------------------------------ the check


def test_nothing_of_the_check_is_stored(catalogue, words):
    """The answers are in the widgets of this page and nowhere else: not in the address, not in what was said."""
    at = opened("check", CIDP)
    before = address(at)
    for radio in at.radio:
        radio.set_value(radio.options[0] if str(radio.key).startswith("sure-") else 0)
    at.run()
    assert not at.exception
    replies = having(document(at), "reply")
    assert len(replies) == len([radio for radio in at.radio if str(radio.key).startswith("knowledge-")])
    assert address(at) == before
    assert dict(at.session_state["_said"]) == before
    assert dict(at.session_state["_address"]) == before
    assert all(query == before for _, query in links(at))
    at.switch_page(PAGE["plan"]).run()
    assert address(at) == before
    again = opened("check", before)
    assert all(radio.value is None for radio in again.radio), "a reload starts anew"


def test_the_check_can_be_left_out(words):
    at = opened("check", CIDP)
    assert links(at)[-1][0] == ADDRESS["plan"]
    assert not having(document(at), "reply")
    assert words("sure.settled") not in text(document(at))


@pytest.mark.parametrize(("no", "said"), [(0, "sure.settled"), (1, "sure.talk"), (4, "sure.talk")])
def test_four_answers_to_the_sure_test_and_what_they_mean(no, said, words):
    at = opened("check", CIDP)
    items = [radio for radio in at.radio if str(radio.key).startswith("sure-")]
    for index, radio in enumerate(items):
        radio.set_value("no" if index < no else "yes")
    at.run()
    assert words(said) in text(document(at))
    assert sure_test().copyright in text(document(at)), "its notice stands beside it"


# --------------------------------------------------------------- another condition


@pytest.mark.parametrize("page", ["situation", "one screen"])
def test_another_condition_drops_what_was_said_about_the_rows_and_options_of_this_one(page, open_page, words):
    query = {
        **CIDP, "travel_minutes": "120", "view": "numbers", "show": "ivig,fcrn_blocker", "q": "cost", "first": "time",
        "hide": "onset", "lean": "scig", "cal": "scig", "back": "anti_cd20", "never": "plasma",
    }  # fmt: skip
    at = opened("situation", query) if page == "situation" else open_page(query)
    widget(at, "selectbox", words("pick.condition")).set_value("gbs").run()
    assert not at.exception
    assert address(at) == {
        "condition": "gbs", "situation": "cannot_walk", "travel_minutes": "120", "view": "numbers", "never": "plasma",
    }  # fmt: skip


def test_another_situation_drops_them_too(words):
    at = opened("situation", {**CIDP, "show": "ivig,fcrn_blocker", "hide": "onset", "ig_supply": "tight"})
    widget(at, "selectbox", words("pick.situation")).set_value("first_treatment").run()
    assert address(at) == {"condition": "cidp", "situation": "first_treatment", "ig_supply": "tight"}


@pytest.mark.parametrize("other", [{"condition": "gbs"}, {"situation": "first_treatment"}], ids=str)
def test_what_matters_is_asked_anew_where_the_changes_are_others(other, words):
    """The question was about a change from 59 to 18 of 100; the next decision has another change."""
    weighed = {"w.benefit": "8", "w.time": "2", "pairs": "time~benefit", "match": "yes", "order": "match"}
    at = opened("situation", {**CIDP, **weighed, "never": "plasma"})
    assert set(weighed) < set(at.query_params)
    for key, value in other.items():
        widget(at, "selectbox", words(f"pick.{key}")).set_value(value).run()
    assert not set(weighed) & set(at.query_params)
    assert at.query_params["never"] == "plasma", "what one would never want holds everywhere"


def test_the_steps_and_the_one_screen_show_the_same_verdicts(open_page, catalogue, words):
    at = open_page({**SAID, "all": "yes"})
    assert columns(at) == used(expected(SAID, catalogue), words)
    at.switch_page(PAGE["options"]).run()
    shown = {box.label.strip("*") for box in at.checkbox if str(box.key).startswith("card-")}
    assert shown <= {name for name, _ in columns(open_page({**SAID, "all": "yes"}))}
