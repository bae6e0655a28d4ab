"""What a figure says in words: no more than the figure, no surer than its rating, nothing of what is not known."""

import re
from dataclasses import replace

import pytest
import tiny
from hypothesis import given
from hypothesis import strategies as st
from tiny import role

from decision import Scenario, compare
from decision.cells import questions
from decision.effects import Estimate, Risk
from decision.result import OutcomeResult
from decision.rows import EffectSize
from decision.scenario import OPTIONS
from decision.statement import SIZES, effect_size, shown_difference, size, statement
from decision.wording import Words, people

WORDS = Words({row.phrase: row.text for row in tiny.SHIPPED_PHRASES})
RESULT = replace(tiny.ask(tiny.tables(roles=[role("ivig")])).option("ivig"), name="IVIG")
CERTAINTIES = ("high", "moderate", "low", "very_low", "not_rated")
CLAIM = re.compile(r"\bthere (are|is|may be|could)\b", re.IGNORECASE)


def hedge(said):
    """Return how careful a sentence is: 0 flat, 1 probably, 2 may, 3 very unsure, 4 no claim at all."""
    for level, pattern in (
        (4, "nobody has rated"),
        (3, "very unsure"),
        (2, "may be"),
        (1, "probably"),
        (0, "there (are|is)"),
    ):
        if re.search(pattern, said):
            return level
    raise AssertionError(said)


def cell(with_option, reference, clear=True, certainty="low", comparison="direct", **cells):
    """Return a cell of risks as proportions, each (value, low, high) or None."""
    outcome = tiny.outcome(**cells)
    risks = [Estimate(*ends) if ends else None for ends in (with_option, reference)]
    gap = risks[0].value - risks[1].value if all(risks) else None
    row = tiny.effect("ivig", "RR", 1.0, comparison=comparison, certainty=certainty)
    return OutcomeResult(outcome, Risk(*risks, gap, comparison, clear), row, False)


def say(given_cell, sizes=tiny.SIZES):
    return statement(given_cell, RESULT, sizes, WORDS)


@st.composite
def ranges(draw):
    """Return a risk with its range, or with none."""
    low, value, high = sorted(draw(st.tuples(*[st.floats(0, 1)] * 3)))
    return (value, low, high) if draw(st.integers(0, 5)) else (value, None, None)


compared = st.builds(
    cell,
    ranges(),
    ranges(),
    st.sampled_from([True, False, None]),
    st.sampled_from(CERTAINTIES),
    st.sampled_from(["direct", "indirect"]),
    per=st.sampled_from([100, 1000]),
    criterion=st.sampled_from(["benefit", "serious_harm", "common_side_effects"]),
)

# ------------------------------------------------------------- size and certainty


@pytest.mark.parametrize(
    ("certainty", "percent", "says"),
    [
        ("high", 60, "there are many more people who get better."),
        ("high", 52, "there are more people who get better."),
        ("high", 46, "there are slightly more people who get better."),
        ("high", 42, "there is little to no difference in how many get better."),
        ("high", 20, "there are many fewer people who get better."),
        ("moderate", 60, "there are probably many more people who get better."),
        ("moderate", 38, "there is probably little to no difference in how many get better."),
        ("low", 30, "there may be fewer people who get better."),
        ("low", 40, "there may be little to no difference in how many get better."),
        ("very_low", 90, "we are very unsure if it changes how many get better."),
    ],
)
def test_the_words_follow_size_and_certainty(certainty, percent, says):
    risk = percent / 100
    one = cell((risk, risk - 0.01, risk + 0.01), (0.40, 0.39, 0.41), certainty=certainty)
    assert say(one) == f"IVIG: {says} Compared with: With no treatment."


@given(compared, st.sampled_from(CERTAINTIES))
def test_lower_certainty_never_gives_stronger_words(one, other):
    lower = max(one.row.certainty, other, key=CERTAINTIES.index)
    higher = min(one.row.certainty, other, key=CERTAINTIES.index)
    said = [say(replace(one, row=one.row.model_copy(update={"certainty": name}))) for name in (higher, lower)]
    assert hedge(said[0]) <= hedge(said[1])


@given(compared)
def test_words_go_the_way_of_the_figures_shown(one):
    said, per = say(one), one.outcome.per
    gap = people(one.risk.with_option.value * per) - people(one.risk.reference.value * per)
    first = said.partition("Compared with")[0]
    assert ("more people" in first) <= (gap > 0)
    assert ("fewer people" in first) <= (gap < 0)
    assert gap == shown_difference(one.risk, per)


@given(compared)
def test_what_could_be_chance_is_never_said_flat(one):
    if one.risk.clear is not True:
        assert hedge(say(one)) >= 2


@given(compared)
def test_a_range_that_leaves_room_is_said(one):
    """The second sentence names what the range holds and the first did not say."""
    said = say(one)
    first, _, second = said.partition("There could also be")
    if hedge(said) > 2 or "How far off" in said:
        return
    per, row = one.outcome.per, effect_size(one.outcome, tiny.SIZES)
    reference = people(one.risk.reference.value * per)
    low, high = (people(end * per) - reference for end in (one.risk.with_option.low, one.risk.with_option.high))
    for way, end in (("more", max(high, 0)), ("fewer", min(low, 0))):
        real = size(end, per, row) != "none"
        if way in second:
            assert real
        elif "little to no difference" in first:
            assert not real
    if one.risk.clear is False and "little to no difference" not in first:
        assert "no difference" in second


@given(st.floats(-100, 100), st.floats(-100, 100), st.sampled_from([100, 1000]))
def test_a_larger_difference_is_never_called_smaller(a, b, per):
    order = ("none", *reversed(SIZES))
    near, far = sorted((a, b), key=abs)
    steps = tiny.SIZES[0]
    assert order.index(size(near, per, steps)) <= order.index(size(far, per, steps))
    assert size(a, per, steps) == size(-a, per, steps)
    assert size(a, 100, steps) == size(a * 10, 1000, steps)


def test_the_steps_are_those_of_the_table():
    """A clinician who moves a step moves the word."""
    one = cell((0.47, 0.46, 0.48), (0.40, 0.39, 0.41))
    moved = [row.model_copy(update={"small": 1, "moderate": 2, "large": 7}) for row in tiny.SIZES]
    assert "slightly more" in say(one)
    assert "many more" in say(one, moved)


def test_a_row_that_names_the_outcome_comes_first():
    own = EffectSize(criterion="benefit", outcomes="better", small=1, moderate=2, large=3, reason="Grave.", **tiny.READ)
    assert effect_size(tiny.outcome(), [*tiny.SIZES, own]) is own
    assert effect_size(tiny.outcome("other"), [*tiny.SIZES, own]) is tiny.SIZES[0]
    with pytest.raises(KeyError):
        effect_size(tiny.outcome(), [])


# ------------------------------------------------------------ what claims nothing


@given(compared, st.sampled_from(["unknown", "single_arm", "no_reference", "not_rated", "row", "outcome"]))
def test_what_is_not_known_or_not_compared_claims_nothing(one, gap):
    risk, row, outcome = one.risk, one.row, one.outcome
    if gap == "unknown":
        one = replace(one, risk=Risk(None, risk.reference, None, "none"))
    elif gap == "single_arm":
        one = replace(one, risk=Risk(risk.with_option, risk.reference, 0.1, "single_arm"))
    elif gap == "no_reference":
        one = replace(one, risk=Risk(risk.with_option, None, None, "direct"))
    elif gap == "not_rated":
        one = replace(one, row=row.model_copy(update={"certainty": "not_rated"}))
    elif gap == "row":
        one = replace(one, row=row.model_copy(update={"status": "unchecked"}))
    else:
        one = replace(one, outcome=outcome.model_copy(update={"status": "unchecked"}))
    said = say(one)
    assert said
    assert not CLAIM.search(said)
    assert not re.search(r"\d", said)


def test_the_group_that_is_measured_against_says_nothing_of_itself():
    reference = Estimate(0.4, 0.3, 0.5)
    itself = OutcomeResult(tiny.outcome(), Risk(reference, reference, 0.0, "direct"), None, True)
    assert say(itself) is None


# ------------------------------------------------------------- the shipped tables


@pytest.fixture(scope="module")
def shown(catalogue):
    """Return every cell of an outcome with its result and the row, in both frames."""
    found = []
    for place in catalogue.roles:
        answer, size_ = compare(catalogue, Scenario(*place)), len(catalogue.outcomes[place])
        for happens in (True, False):
            for index, row in enumerate(questions(answer, catalogue, OPTIONS, happens)[:size_]):
                for shown_cell in row.cells:
                    result = answer.option(shown_cell.option).outcomes[index]
                    found.append(((*place, row.id, shown_cell.option), happens, shown_cell, result))
    return found


def test_every_cell_has_a_statement_but_the_group_measured_against(shown):
    assert [where for where, _, said, result in shown if (said.statement is None) != (
        result.known and result.is_reference)] == []  # fmt: skip


def test_both_frames_say_the_same(shown):
    said = {True: {}, False: {}}
    for where, happens, one, _ in shown:
        said[happens][where] = one.statement
    assert said[True] == said[False]


def test_statement_and_cell_agree_on_more_and_fewer(shown):
    """`More` of the statement is `n more out of 100` of the cell."""
    wrong = []
    for where, happens, one, _ in shown:
        claim = re.search(r"(more|fewer) people who", one.statement or "")
        if claim and happens and not re.search(rf"\d {claim[1]} out of", " ".join(one.lines)):
            wrong.append((where, one.statement, one.lines))
    assert wrong == []


def test_only_compared_cells_make_a_claim(shown):
    wrong = [
        where for where, _, one, _ in shown if CLAIM.search(one.statement or "") and not (one.known and one.compared)
    ]
    assert wrong == []


def test_some_statement_of_each_kind_is_shown(shown):
    """The shipped tables reach every level of certainty, so none of the forms is dead."""
    levels = {hedge(one.statement) for _, _, one, _ in shown if one.known and one.compared and one.statement
              and "source yet" not in one.statement}  # fmt: skip
    assert {0, 1, 2, 3} <= levels
