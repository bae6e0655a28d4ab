"""Living with a treatment: which sides of life are shown, and which row fits most closely."""

from datetime import date

import pytest
import tiny
from hypothesis import given
from hypothesis import strategies as st
from people import facts, places, shipped
from tiny import agent, role

from decision import Scenario, compare
from decision.cells import living_questions, questions, review_question
from decision.living import ASPECTS, aspects, fitting
from decision.rows import Living, TreatmentReview


def row(name, **cells):
    known = {"aspect": "work", "option": "ivig", "known": True, "text": f"Row {name}."}
    return Living(living=name, source_ids="trial", checked=date(2026, 1, 2), status="seen", **{**known, **cells})


ANY = row("any")
HERE = row("condition", conditions="tiny")
CALM = row("situation", conditions="tiny/calm")
ONE = row("one", agents="a")
YOUNG = row("young", age_groups="child;infant")
ONE_HERE = row("one_here", agents="a", conditions="tiny")


@pytest.mark.parametrize(
    ("what", "rows", "agents", "age", "expected"),
    [
        ("one row for all", [ANY], ["a"], "adult", [("any", ("a",))]),
        ("an option without agents", [ANY], [], "adult", [("any", ())]),
        ("a condition before any", [ANY, HERE], ["a"], "adult", [("condition", ("a",))]),
        ("a situation before a condition", [HERE, CALM], ["a"], "adult", [("situation", ("a",))]),
        ("a condition before an agent", [ONE, HERE], ["a"], "adult", [("condition", ("a",))]),
        ("an agent before an age", [ONE, YOUNG], ["a"], "child", [("one", ("a",))]),
        ("an age before any", [ANY, YOUNG], ["a"], "child", [("young", ("a",))]),
        ("another age", [ANY, YOUNG], ["a"], "adult", [("any", ("a",))]),
        ("an agent in a condition before the condition", [HERE, ONE_HERE], ["a"], "adult", [("one_here", ("a",))]),
        ("each agent has its own", [ANY, ONE], ["a", "b"], "adult", [("one", ("a",)), ("any", ("b",))]),
        ("one row for two agents stands once", [ANY, ONE], ["b", "c"], "adult", [("any", ("b", "c"))]),
        ("a row for another agent does not hold", [ONE], ["b"], "adult", []),
        ("a row for an agent says nothing of an option without agents", [ONE], [], "adult", []),
        ("a row that leaves this place out", [row("not_here", conditions="*;!tiny")], ["a"], "adult", []),
    ],
)
def test_the_closest_row(what, rows, agents, age, expected):
    found = fitting(rows, "tiny", "calm", agents, age)
    assert [(fit.row.living, fit.agents) for fit in found] == expected


@given(st.permutations([ANY, HERE, CALM, ONE, YOUNG, ONE_HERE]), st.lists(st.sampled_from("abc"), unique=True))
def test_the_order_of_the_rows_changes_nothing(rows, agents):
    first = {fit.row.living: fit.agents for fit in fitting(rows, "tiny", "calm", agents, "child")}
    again = {fit.row.living: fit.agents for fit in fitting(rows[::-1], "tiny", "calm", agents, "child")}
    assert first == again


@pytest.mark.parametrize(
    ("what", "said", "shown", "hidden"),
    [
        ("an adult", {}, "work pregnancy travel sleep family vaccines needles", "school"),
        ("an older adult", {"age_group": "older_adult"}, "work travel", "school pregnancy"),
        ("a child", {"age_group": "child"}, "school family", "work pregnancy"),
        ("a child who is pregnant", {"age_group": "child", "pregnancy": "pregnant"}, "school pregnancy", "work"),
        ("an infant", {"age_group": "infant"}, "school", "work pregnancy"),
        ("an illness of babies", {"condition": "scid_combined"}, "travel", "pregnancy"),
        ("an older adult who plans", {"age_group": "older_adult", "pregnancy": "planning"}, "pregnancy", "school"),
    ],
)
def test_the_sides_of_life_that_can_matter(what, said, shown, hidden):
    found = aspects(Scenario(**{"condition": "cidp", "situation": "maintenance", **said}))
    assert set(shown.split()) <= set(found)
    assert not set(hidden.split()) & set(found)
    assert list(found) == [aspect for aspect in ASPECTS if aspect in found]


LIVED = tiny.tables(
    roles=[role("ivig"), role("hsct", "not_used")],
    agents=(agent("a", of="ivig"), agent("b", of="ivig")),
    living=(ANY, ONE, row("sleep", aspect="sleep", known=False, text="We found no study.")),
    reviews=(
        TreatmentReview(
            condition="tiny", situation="calm", text="After 6 weeks. Ask.", weeks_low=6, weeks_high=6,
            looked_at="Strength.", **tiny.READ,
        ),
        TreatmentReview(
            condition="tiny", situation="urgent", option="ivig", text="No source sets a time.",
            looked_at="Strength.", **tiny.READ,
        ),
    ),
)  # fmt: skip


def test_rows_for_several_agents_name_theirs():
    answer = tiny.ask(LIVED)
    work = next(q for q in living_questions(answer, LIVED, ["ivig"]) if q.id == "living.work")
    assert work.cells[0].known
    assert [line.partition(":")[0] for line in work.cells[0].lines] == ["A", "B"]
    assert work.cells[0].lines[0].endswith("Row one.")


def test_what_was_not_found_is_said_to_be_unknown():
    answer = tiny.ask(LIVED)
    cells = {question.id: question.cells[0] for question in living_questions(answer, LIVED, ["ivig"])}
    unknown = LIVED.phrases["unknown"]
    assert (cells["living.sleep"].known, cells["living.sleep"].headline) == (False, unknown)
    assert (cells["living.travel"].known, cells["living.travel"].headline) == (False, unknown)


def test_what_is_not_used_is_lived_with_by_nobody():
    found = tiny.ask(LIVED).option("hsct")
    assert (dict(found.living), found.review) == ({}, None)


@pytest.mark.parametrize(("place", "known"), [("calm", True), ("urgent", False)])
def test_the_time_to_look_again(place, known):
    answer = tiny.ask(LIVED, place)
    cell = review_question(answer, LIVED, ["ivig"]).cells[0]
    assert cell.known is known
    assert cell.lines[-1] == "Strength."
    assert cell.headline == ("After 6 weeks" if known else LIVED.phrases["unknown"])


@given(places(), facts())
def test_every_used_option_answers_every_side_of_life(place, said):
    catalogue = shipped()
    answer = compare(catalogue, Scenario(*place, **said))
    used = [result.option.option for result in answer.options if result.used]
    for question in living_questions(answer, catalogue, used):
        assert [cell.option for cell in question.cells] == used
        assert all(cell.headline and cell.origin and cell.origin.sources for cell in question.cells)
        assert all(cell.lines for cell in question.cells if not cell.known)
    for result in answer.options:
        named = {aspect: [a for fit in fits for a in fit.agents] for aspect, fits in result.living.items()}
        agents = [agent.agent for agent in result.agents]
        assert all(sorted(found) == sorted(agents) for found in named.values())


def test_the_comparison_itself_does_not_grow(catalogue):
    answer = compare(catalogue, Scenario("cidp", "maintenance"))
    assert not [q.id for q in questions(answer, catalogue, ["ivig"]) if q.id.startswith("living")]
    assert all(q.id.startswith("living.") for q in living_questions(answer, catalogue, ["ivig"]))


@pytest.mark.parametrize("age", ["infant", "child", "adult", "older_adult"])
def test_the_rows_near_a_condition_leave_out_none_that_fits(age):
    """The index only saves time: what is shown is what all rows together would give."""
    tables = shipped()
    for condition, situation in tables.roles:
        for (option, aspect), rows in tables.living.items():
            agents = [agent.agent for agent in tables.agents.get((condition, situation), {}).get(option, ())]
            place = (condition, situation, agents, age)
            assert fitting(tables.living_near.get((option, aspect, condition), ()), *place) == fitting(rows, *place)


@pytest.mark.parametrize(
    ("conditions", "near"),
    [("", True), ("*", True), ("tiny", True), ("tiny/calm", True), ("!tiny/calm", True), ("other", False)],
)
def test_a_row_is_near_the_conditions_it_names_or_all_of_them(conditions, near):
    given = tiny.tables(roles=[role("ivig")], living=[row("one", conditions=conditions)])
    assert (("ivig", "work", "tiny") in given.living_near) is near
