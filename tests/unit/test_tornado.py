"""The tornado: each bar says what the match says with that one weight at none and at most."""

import pytest
from people import shipped
from tiny import ask, role, tables

from decision import Scenario, compare
from decision.comparison import taking_part, weigh
from decision.preferences import profiles
from decision.tornado import figure, table, tornado
from decision.wording import Words

WORDS = Words(shipped().phrases)
WEIGHTS = {"benefit": 8, "time": 8, "cost": 2}


@pytest.fixture(scope="module")
def part():
    return taking_part(compare(shipped(), Scenario("cidp", "maintenance")).options)


@pytest.fixture(scope="module")
def found(part):
    return tornado(part, WEIGHTS, WORDS)


def share(part, weights, option):
    match = weigh(part, weights, WORDS)
    return next(each.first_rank_share for each in match.options if each.option == option)


def test_the_leader_and_its_share_are_those_of_the_match(part, found):
    match = weigh(part, WEIGHTS, WORDS)
    assert found.leader == match.leaders[0]
    assert found.share == max(each.first_rank_share for each in match.options)


def test_there_is_a_bar_for_each_criterion_that_tells_options_apart_widest_first(part, found):
    assert {bar.criterion for bar in found.bars} == {profile.criterion for profile in profiles(part)}
    assert [bar.width for bar in found.bars] == sorted((bar.width for bar in found.bars), reverse=True)


def test_the_ends_of_a_bar_are_the_shares_with_that_weight(part, found):
    for bar in found.bars:
        assert bar.stated == WEIGHTS.get(bar.criterion)
        assert bar.at_least == share(part, {**WEIGHTS, bar.criterion: 0}, found.leader)
        assert bar.at_most == share(part, {**WEIGHTS, bar.criterion: 10}, found.leader)


def test_a_weight_that_is_the_only_one_leaves_nothing_when_it_is_taken_away(part):
    bars = {bar.criterion: bar for bar in tornado(part, {"time": 5}, WORDS).bars}
    assert (bars["time"].at_least, bars["time"].leader_at_least, bars["time"].width) == (None, None, 0.0)
    assert bars["cost"].at_least == share(part, {"time": 5}, tornado(part, {"time": 5}, WORDS).leader)


def test_without_weights_there_is_no_tornado(part):
    assert tornado(part, {}, WORDS) is None
    assert tornado(part, {"time": 0}, WORDS) is None
    assert tornado(taking_part(ask(tables(roles=[role("ivig")])).options), WEIGHTS, WORDS) is None


def test_the_chart_and_the_table_hold_the_same_figures(part, found):
    names = {result.option.option: result.name for result in part}
    rows = table(found, names, WORDS)
    chart = figure(found, WORDS)
    least, most = chart.data
    drawn = list(zip(least.y, least.base, least.x, most.x, strict=True))[::-1]
    assert [row[0] for row in rows] == [name for name, *_ in drawn]
    for (_, base, low, high), bar, row in zip(drawn, found.bars, rows, strict=True):
        assert base + low == pytest.approx(10 * bar.at_least)
        assert base + high == pytest.approx(10 * bar.at_most)
        assert float(row[2].split(" of 10")[0]) == pytest.approx(10 * bar.at_least, abs=0.051)
        assert names[bar.leader_at_most] in row[3]
