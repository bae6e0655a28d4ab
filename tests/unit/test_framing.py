"""Framing: every wording of a cell says the same figure, and only what can be compared is framed."""

import math
import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from people import shipped
from tiny import ask, effect, outcome, role, tables

from decision import Scenario, compare
from decision.framing import FRAMES, Arms, arms, cells, drawn, frames
from decision.wording import Words, people

WORDS = Words(shipped().phrases)
CELLS = [
    pytest.param(result, cell, id="-".join((*place, result.option.option, cell.outcome.outcome)))
    for place in shipped().roles
    for result, cell in cells(compare(shipped(), Scenario(*place)))
]
RISKS = st.floats(0.001, 0.999)


@given(RISKS, RISKS, st.sampled_from((100, 1000)))
def test_the_frames_are_one_figure(option, reference, per):
    found = Arms(option, reference, per)
    assume(abs(found.difference) > 1e-6)
    assert found.ratio * reference == pytest.approx(option)
    assert found.change == pytest.approx(found.difference / reference)
    assert (found.change > 0) == (found.difference > 0) == (found.ratio > 1)
    assert found.needed >= 1
    assert found.needed * abs(found.difference) >= 1 - 1e-6
    assert (found.needed - 1) * abs(found.difference) < 1 + 1e-6
    assert found.counts() == (people(option * per), people(reference * per))
    assert [sum(both) for both in zip(found.counts(), found.counts(happens=False), strict=True)] == [per, per]


def test_needed_is_not_one_too_many_where_the_difference_is_round():
    assert Arms(0.7, 0.6, 100).needed == 10
    assert Arms(0.3, 0.5, 100).needed == 5
    assert Arms(0.31, 0.5, 100).needed == 6


HERE = tables(
    roles=[role("ivig"), role("scig"), role("hsct"), role("fscig"), role("no_treatment", "alternative")],
    outcomes=[outcome(reference_option="no_treatment", reference_events=20, reference_total=100)],
    effects=[
        effect("ivig", "RR", None, events=60, total=100, comparator_events=20, comparator_total=100),
        effect("scig", "proportion", 60, comparison="single_arm"),
        effect("hsct", "RR", 1.1, low=0.5, high=2.4),
        effect("fscig", "RR", 1.02, low=1.01, high=1.03),
    ],
)


def test_only_a_real_comparison_is_framed():
    """Not the reference itself, not a single group, not what may be chance, not what rounds to the same count."""
    assert [result.option.option for result, _ in cells(ask(HERE))] == ["ivig"]


def test_what_cannot_be_framed_is_refused():
    single = ask(HERE).option("scig")
    assert arms(single.outcomes[0]) is None
    with pytest.raises(ValueError, match="scig / better"):
        frames(single, single.outcomes[0], shipped(), WORDS)


def test_the_words_of_a_benefit():
    result, cell = next(cells(ask(HERE)))
    said = {framed.frame.frame: framed.text for framed in frames(result, cell, shipped(), WORDS)}
    assert said["relative_change"].startswith("IVIG: 200% more people get better.")
    assert said["relative_risk"].startswith("IVIG: 3 times as many people get better.")
    assert said["one_in"] == "IVIG: 1 in 1.7 people get better. With no treatment: 1 in 5."
    assert "It takes 3 people with IVIG to make it 1 more." in said["treat_one"]
    assert "IVIG: 40 more." in said["no_denominator"]
    assert said["gain"].endswith("IVIG: 60 of 100 people get better. With no treatment: 20 of 100.")
    assert said["loss"].endswith("IVIG: 40 of 100 people not better. With no treatment: 80 of 100.")
    assert "60 of 100" in said["absolute"]
    assert "40 more out of 100." in said["absolute"]


def test_the_good_side_of_a_harm_is_that_it_does_not_happen():
    harm = tables(
        roles=[role("ivig"), role("no_treatment", "alternative")],
        outcomes=[outcome(direction="harm", reference_option="no_treatment", reference_events=60, reference_total=100)],
        effects=[effect("ivig", "RR", None, events=20, total=100, comparator_events=60, comparator_total=100)],
    )
    result, cell = next(cells(ask(harm)))
    said = {framed.frame.frame: framed.text for framed in frames(result, cell, shipped(), WORDS)}
    assert said["gain"].endswith("IVIG: 80 of 100 people not better. With no treatment: 40 of 100.")
    assert said["loss"].endswith("IVIG: 20 of 100 people get better. With no treatment: 60 of 100.")
    assert "67% fewer" in said["relative_change"]
    assert "1 fewer" in said["treat_one"]


# ------------------------------------------------------------- the shipped cells


def test_many_conditions_have_a_cell_to_frame():
    assert len(CELLS) > 40
    assert len({param.values[1].outcome.condition for param in CELLS}) >= 10


@pytest.mark.parametrize(("result", "cell"), CELLS)
def test_every_cell_is_said_in_every_frame_with_its_own_figures(result, cell):
    found = arms(cell)
    said = {framed.frame.frame: framed.text for framed in frames(result, cell, shipped(), WORDS)}
    assert tuple(said) == FRAMES
    assert all(result.name in text and "{" not in text for text in said.values())
    n, m = found.counts()
    per = f"{found.per:,}"
    assert f"{n} of {per}" in said["absolute"]
    assert f"{m} of {per}" in said["absolute"]
    assert f"{abs(n - m)} more" in said["absolute"] or f"{abs(n - m)} fewer" in said["absolute"]
    assert f"of {per}" not in said["no_denominator"] + said["treat_one"] + said["relative_change"]
    percent = int(re.search(r"(\d+)%", said["relative_change"])[1])
    assert percent == round(100 * abs(found.option - found.reference) / found.reference)
    assert str(math.ceil(round(1 / abs(found.difference), 9))) in said["treat_one"]
    pair = [int(count) for count in re.findall(rf"(\d+) of {per}", said["gain"] + said["loss"])]
    assert sorted(pair) == sorted([n, m, found.per - n, found.per - m])
    pictures = drawn(result, cell, WORDS)
    assert [people(picture.value) for picture, _ in pictures] == [n, m]
