"""The question of a swing names one outcome, with the figures of that outcome, in its own unit."""

import re

import pytest
from tiny import ask, effect, outcome, price, regimen, role, tables

from decision import Scenario, compare
from decision.catalogue import load_catalogue
from decision.comparison import taking_part
from decision.preferences import profiles
from decision.swing import swing

PLACES = list(load_catalogue().roles)


def questions(catalogue, words, **said):
    part = ask(catalogue, **said).options
    return {profile.criterion: swing(profile, part, words) for profile in profiles(part)}


def two(**rows):
    return tables(roles=[role("ivig"), role("scig")], **rows)


@pytest.mark.parametrize(
    ("per", "direction", "says"),
    [
        (100, "benefit", "from 30 of 100 to 62 of 100"),
        (100, "harm", "from 62 of 100 to 30 of 100"),
        (1000, "benefit", "from 300 of 1,000 to 620 of 1,000"),
    ],
)
def test_a_health_outcome_in_people(words, per, direction, says):
    effects = [effect("ivig", "proportion", 30), effect("scig", "proportion", 62)]
    said = questions(two(outcomes=[outcome(per=per, direction=direction)], effects=effects), words)["benefit"]
    assert said == f"How well it works (get better): {says}"


@pytest.mark.parametrize(
    ("criterion", "says"),
    [
        ("time", "from 13 hours a month to 4.3 hours a month"),
        ("needles", "from 8.7 .* to 1.1 "),
        ("independence", "from 4.3 .* to 1.1 "),
        ("cost", r"from \$\d+,\d+ to \$\d+,\d+"),
        ("plasma_use", "from 3,640 .* to 910 "),
    ],
)
def test_a_load_in_its_own_unit(words, criterion, says):
    many = {"interval_weeks": 1, "hours_per_session": 3, "needles_per_session": 2, "grams_per_kg": 1}
    few = {"interval_weeks": 4, "hours_per_session": 4, "needles_per_session": 1, "grams_per_kg": 1}
    rows = [
        regimen("ivig", sessions=1, setting="infusion_unit", **many),
        regimen("scig", sessions=1, setting="infusion_unit", **few),
    ]
    said = questions(two(regimens=rows, prices=[price(), price("scig")]), words, travel_minutes=0)[criterion]
    assert re.search(says, said), said


def test_certainty_in_words(words):
    effects = [
        effect("ivig", "proportion", 30, certainty="very_low"),
        effect("scig", "proportion", 62, certainty="high"),
    ]
    said = questions(two(effects=effects), words)["certainty"]
    assert said.endswith(f"from {words('certainty.very_low')} to {words('certainty.high')}")


def test_the_outcome_named_is_the_one_whose_figures_are_shown(words):
    """Two outcomes of benefit; the second has more figures, so its figures make the swing."""
    outcomes = [outcome("alive"), outcome("walking", position=2, per=1000)]
    effects = [effect("ivig", "proportion", 90, outcome="alive")]
    effects += [
        effect("ivig", "proportion", 30, outcome="walking"),
        effect("scig", "proportion", 62, outcome="walking"),
    ]
    said = questions(two(outcomes=outcomes, effects=effects), words)["benefit"]
    assert said == "How well it works (get walking): from 300 of 1,000 to 620 of 1,000"


@pytest.mark.parametrize("place", PLACES, ids=["-".join(place) for place in PLACES])
def test_every_swing_of_the_shipped_tables_names_a_change(catalogue, words, place):
    part = taking_part(compare(catalogue, Scenario(*place)).options)
    for profile in profiles(part) if len(part) > 1 else ():
        said = swing(profile, part, words)
        worst, best = said.rsplit(": from ", 1)[1].split(" to ")
        assert worst != best, f"{said}: a question about no change"


@pytest.mark.parametrize("place", PLACES, ids=["-".join(place) for place in PLACES])
def test_every_swing_of_the_shipped_tables_names_its_own_outcome(catalogue, words, place):
    part = taking_part(compare(catalogue, Scenario(*place)).options)
    for profile in profiles(part) if len(part) > 1 else ():
        if profile.criterion not in ("benefit", "serious_harm", "common_side_effects"):
            continue
        said = swing(profile, part, words)
        named = [cell.outcome for cell in part[0].outcomes if f"({cell.outcome.happens})" in said]
        assert len(named) == 1
        figures = {
            cell.risk.with_option.value
            for result in part
            for cell in result.outcomes
            if cell.outcome.outcome == named[0].outcome and cell.risk.with_option is not None
        }
        assert {profile.worst, profile.best} <= figures, said
        assert (profile.best > profile.worst) == (named[0].direction == "benefit"), said
