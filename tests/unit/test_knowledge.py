"""Questions on the page: always one right choice, made from what is known, the same every time, never a score."""

import re
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path
from random import Random

import pytest
import tiny
from hypothesis import given, settings
from hypothesis import strategies as st
from people import anyone, facts, places, shipped
from tiny import effect, regimen, role

from decision import Scenario, compare
from decision.catalogue import Catalogue
from decision.knowledge import introduction, knowledge_questions, reply
from decision.rows import Phrase
from decision.scenario import OPTIONS
from decision.summary import first_columns
from decision.wording import Words

ROOT = Path(__file__).resolve().parents[2]
WORDS = Words({row.phrase: row.text for row in tiny.SHIPPED_PHRASES})
NOT_SURE = WORDS("knowledge.not_sure")
FIGURE = re.compile(r"^(fewer than |more than )?([\d,]+) of ([\d,]+)$")
GRADES = ("high", "moderate", "low", "very_low")


def asked(place):
    """Return the comparison of a situation as it opens, and its questions."""
    answer = compare(shipped(), Scenario(*place))
    return answer, knowledge_questions(answer, shipped(), first_columns(answer))


@pytest.fixture(scope="module")
def everywhere():
    """Return comparison and questions: every situation, as it opens, far away, in a shortage, and at random."""
    rng, found = Random(7), []
    for place in shipped().roles:
        for scenario in (
            Scenario(*place),
            Scenario(*place, travel_minutes=300, place="home_only"),
            Scenario(*place, ig_supply="critical", supply_plan="uk", apheresis="none"),
            anyone(rng, place),
            anyone(rng, place),
        ):
            answer = compare(shipped(), scenario)
            for options in (first_columns(answer), OPTIONS, rng.sample(OPTIONS, rng.randint(1, 5))):
                found.append((answer, knowledge_questions(answer, shipped(), options)))
    return found


def parts(question):
    """Return outcome and option ids that a question names."""
    return question.id.split(".")[1:]


def figure(answer, question):
    outcome, option = parts(question)
    return next(cell for cell in answer.option(option).outcomes if cell.outcome.outcome == outcome)


# ------------------------------------------------------------------------- shape


def test_every_situation_has_five_to_eight(everywhere):
    assert {len(questions) for _, questions in everywhere} <= set(range(5, 9))
    opened = [len(asked(place)[1]) for place in shipped().roles]
    assert len(opened) == 49
    assert sorted(opened)[len(opened) // 2] == 8


def test_a_question_has_two_to_four_choices_one_of_them_right_and_not_sure_last(everywhere):
    for _, questions in everywhere:
        for question in questions:
            assert 3 <= len(question.choices) <= 4, question
            assert len(set(question.choices)) == len(question.choices), question
            assert question.choices[-1] == NOT_SURE
            assert 0 <= question.right < len(question.choices) - 1
            assert question.text.strip().endswith(("?", ".")), question
            assert question.explanation.strip(), question
            assert "{" not in question.text + question.explanation + "".join(question.choices)


def test_no_question_is_asked_twice(everywhere):
    for _, questions in everywhere:
        assert len({question.id for question in questions}) == len(questions)
        assert len({question.text for question in questions if question.kind != "home"}) == len(
            [question for question in questions if question.kind != "home"]
        )


def test_what_a_question_rests_on_is_named(everywhere):
    without_cell = {"decides", "stop"}
    for _, questions in everywhere:
        for question in questions:
            assert set(question.sources) <= set(shipped().sources)
            assert question.sources or question.kind in without_cell, question


def test_safety_is_always_asked(everywhere):
    for answer, questions in everywhere:
        kinds = [question.kind for question in questions]
        assert "stop" in kinds
        assert ("urgent" if answer.situation.urgent else "decides") in kinds
        stop = next(question for question in questions if question.kind == "stop")
        assert stop.choices[stop.right].startswith("No")
        assert shipped().phrases["never_stop"] in stop.explanation


def test_every_kind_is_reached_by_the_shipped_tables(everywhere):
    kinds = {question.kind for _, questions in everywhere for question in questions}
    numbers, life, always = {"effect", "benefit", "harm", "unknown", "without", "sure"}, {"home", "hospital"}, {"stop"}
    assert kinds == numbers | life | always | {"time", "onset", "urgent", "decides"}


# ------------------------------------------------------------- one right answer


def test_of_the_figures_only_the_right_one_fits_the_cell(everywhere):
    for answer, questions in everywhere:
        for question in questions:
            if not all(FIGURE.match(choice) for choice in question.choices[:-1]):
                continue
            cell = figure(answer, question)
            per, risk = cell.outcome.per, cell.risk.with_option
            assert question.choices[question.right] == WORDS.out_of(risk.value * per, per)
            counts = [int(FIGURE.match(choice)[2].replace(",", "")) for choice in question.choices[:-1]]
            right = risk.value * per
            for index, count in enumerate(counts):
                if index != question.right:
                    assert abs(count - right) >= per / 10 - 0.51, question
                    low, high = risk.low or risk.value, risk.high or risk.value
                    assert not low * per - 0.49 <= count <= high * per + 0.49, question
            assert all(abs(a - b) >= per / 10 - 1 for a, b in combinations(counts, 2)), question


def test_figures_asked_for_are_known_checked_and_rated(everywhere):
    for answer, questions in everywhere:
        for question in questions:
            if question.kind in ("benefit", "harm", "effect") or (
                question.kind == "without" and FIGURE.match(question.choices[question.right])
            ):
                cell = figure(answer, question)
                rated = cell.row or cell.outcome
                assert cell.known
                assert rated.status == "seen"
                assert rated.certainty in ("high", "moderate", "low")


def test_more_or_fewer_is_asked_only_of_compared_figures_that_leave_out_chance(everywhere):
    for answer, questions in everywhere:
        for question in questions:
            if question.kind != "effect":
                continue
            cell = figure(answer, question)
            assert cell.risk.comparison in ("direct", "indirect")
            assert cell.risk.clear is True
            right = "More" if cell.risk.with_option.value > cell.risk.reference.value else "Fewer"
            assert question.choices[question.right] == right


def test_nobody_knows_is_right_only_where_nobody_knows(everywhere):
    for answer, questions in everywhere:
        for question in questions:
            says_so = question.choices[question.right] == WORDS("knowledge.unknown.right")
            offers = WORDS("knowledge.unknown.right") in question.choices
            assert says_so == offers
            if says_so:
                cell = figure(answer, question)
                assert not cell.known
                assert cell.row.status == "seen"
                said = f"{question.explanation} {cell.row.note} {cell.row.conflict}"
                assert not re.search(r"\d", said), question


def test_how_sure_offers_no_neighbour_of_the_rating(everywhere):
    said = {WORDS(f"knowledge.sure.{grade}"): step for step, grade in enumerate(GRADES)}
    for answer, questions in everywhere:
        for question in questions:
            if question.kind == "sure":
                cell = figure(answer, question)
                right = GRADES.index((cell.row or cell.outcome).certainty)
                assert said[question.choices[question.right]] == right
                wrong = [said[choice] for n, choice in enumerate(question.choices[:-1]) if n != question.right]
                assert all(abs(step - right) >= 2 for step in wrong)


def test_under_the_skin_at_home_is_true_of_one_choice(everywhere):
    for answer, questions in everywhere:
        by_name = {result.name: result for result in answer.options}
        for question in questions:
            if question.kind != "home":
                continue
            for index, choice in enumerate(question.choices[:-1]):
                agents = by_name[choice].agents
                possible = any("skin" in agent.routes and agent.at_home != "no" for agent in agents)
                if index == question.right:
                    assert possible
                    assert by_name[choice].regimen.setting == "home"
                else:
                    assert not any(
                        "skin" in agent.routes and agent.at_home not in ("no", "clinic") for agent in agents
                    ), (question, agents)


def test_more_time_and_sooner_are_true_of_one_choice(everywhere):
    for answer, questions in everywhere:
        by_name = {result.name: result for result in answer.options}
        for question in questions:
            if question.kind not in ("time", "onset"):
                continue
            right = by_name[question.choices[question.right]]
            other = next(by_name[c] for n, c in enumerate(question.choices[:-1]) if n != question.right)
            if question.kind == "time":
                assert right.burden.pattern == other.burden.pattern == "repeated"
                low, high = right.burden.hours.low, other.burden.hours.high
                assert (right.burden.hours.value if low is None else low) > (
                    other.burden.hours.value if high is None else high
                )
            else:
                assert right.onset.days_high < other.onset.days_low


@settings(max_examples=60)
@given(places(), facts(), st.lists(st.sampled_from(OPTIONS), unique=True, max_size=6))
def test_any_person_and_any_options_give_questions_that_hold(place, said, options):
    questions = knowledge_questions(compare(shipped(), Scenario(*place, **said)), shipped(), options)
    assert 5 <= len(questions) <= 8
    for question in questions:
        assert len(set(question.choices)) == len(question.choices)
        assert question.right < len(question.choices) - 1


def test_a_figure_that_is_hardly_known_is_not_asked_for():
    wide = tiny.tables(
        roles=[role("ivig"), role("scig")],
        outcomes=[tiny.outcome(reference_value=50, reference_low=2, reference_high=98, reference_option="ivig")],
        effects=[effect("scig", "RR", 1.0, low=0.1, high=9)],
    )
    kinds = [q.kind for q in knowledge_questions(tiny.ask(wide), wide, ["ivig", "scig"])]
    assert "benefit" not in kinds
    assert "effect" not in kinds


def test_an_unchecked_figure_is_never_asked_for():
    def kinds(status):
        given_tables = tiny.tables(
            roles=[role("ivig"), role("scig")],
            outcomes=[tiny.outcome(reference_value=20)],
            effects=[effect("ivig", "RR", 3.0, low=2.8, high=3.2, status=status)],
            regimens=[regimen("ivig"), regimen("scig")],
        )
        return {q.kind for q in knowledge_questions(tiny.ask(given_tables), given_tables, ["ivig", "scig"])}

    assert {"effect", "benefit", "sure"} <= kinds("seen")
    assert not {"effect", "benefit", "sure"} & kinds("unchecked")


# ------------------------------------------------------------------------- order


def test_the_place_of_a_choice_does_not_give_it_away():
    """Over all situations the right choice is about as often first, second and third."""
    where = Counter(
        (len(question.choices), question.right) for place in shipped().roles for question in asked(place)[1]
    )
    for size in (3, 4):
        counts = [where[size, index] for index in range(size - 1)]
        share = sum(counts) / len(counts)
        assert all(0.7 * share < count < 1.3 * share for count in counts), counts


def test_of_two_wrong_figures_both_sides_are_used():
    """The right figure is not always the one in the middle, nor always the lowest."""
    ranks = Counter()
    for place in shipped().roles:
        for question in asked(place)[1]:
            found = [FIGURE.match(choice) for choice in question.choices[:-1]]
            if all(found) and len(found) == 3:
                counts = [int(match[2].replace(",", "")) for match in found]
                ranks[sorted(counts).index(counts[question.right])] += 1
    assert min(ranks[rank] for rank in range(3)) >= 5, ranks


def test_the_order_is_the_same_in_any_language():
    """The choices are placed by what they are, not by their words."""
    other = tuple(
        Phrase(phrase=row.phrase, text=row.text[::-1] if row.phrase.startswith("knowledge.stop.") else row.text)
        for row in tiny.SHIPPED_PHRASES
    )
    changed = Catalogue({**shipped().tables, "phrases": other}, "other")
    for place in list(shipped().roles)[::7]:
        answer = compare(shipped(), Scenario(*place))
        ours, theirs = (knowledge_questions(answer, tables, OPTIONS) for tables in (shipped(), changed))
        assert [(q.id, q.right) for q in ours] == [(q.id, q.right) for q in theirs]


def test_the_same_comparison_gives_the_same_questions_on_every_machine():
    code = (
        "from decision import *; from decision.knowledge import knowledge_questions as k; c = load_catalogue();"
        "print([q for p in list(c.roles)[::9] for q in k(compare(c, Scenario(*p)), c, ['ivig', 'plasma_exchange'])])"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


# ------------------------------------------------------------------ what is said then


def test_after_an_answer_comes_the_reason_and_what_is_right(everywhere):
    for _, questions in everywhere[::40]:
        for question in questions:
            right = question.choices[question.right]
            for choice in range(len(question.choices)):
                said = reply(question, choice, WORDS)
                assert question.explanation in said
                assert said.startswith("Yes.") == (choice == question.right)
                assert choice == question.right or right in said


def test_no_reply_shames_or_counts(everywhere):
    for _, questions in everywhere[::40]:
        for question in questions:
            for choice in range(len(question.choices)):
                said = reply(question, choice, WORDS).removesuffix(question.explanation)
                assert not re.search(r"\b(wrong|score|failed|mistake|points?|correct)\b", said, re.IGNORECASE)


def test_a_choice_that_was_not_offered_is_refused():
    question = asked(("cidp", "maintenance"))[1][0]
    for choice in (-1, len(question.choices)):
        with pytest.raises(IndexError):
            reply(question, choice, WORDS)


def test_they_are_optional_and_nothing_is_counted_or_kept():
    assert "leave them out" in introduction(WORDS)
    assert "Nothing is counted or kept" in introduction(WORDS)
