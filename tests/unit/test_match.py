"""The match: who takes part, what is said for and against, when it is too close, and that it is stable."""

import itertools
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from people import anyone, places, shipped
from tiny import agent, ask, effect, outcome, regimen, role, tables

from decision import Scenario, compare
from decision.catalogue import load_catalogue
from decision.comparison import taken_out, taking_part, weigh
from decision.export import as_json
from decision.match import TOO_CLOSE, match
from decision.preferences import profiles
from decision.rows import Dealbreaker
from decision.scenario import CRITERIA

ROOT = Path(__file__).resolve().parents[2]
LEVELS = (2, 5, 8, 10)
ROUGHLY = 0.03
"""Five standard errors of a share between runs whose draws differ."""

ASKED = {
    "speaks_for",
    "speaks_against",
    "unknown",
    "first_rank_share",
    "rank_shares",
    "leads_if",
}
"""Keys of `match` in the contract of the command line."""


@cache
def words():
    return shipped().words


@cache
def part_of(*place):
    """Return the options that take part in a situation of the shipped tables, and the criteria asked there."""
    part = taking_part(compare(shipped(), Scenario(*place)).options)
    return part, [profile.criterion for profile in profiles(part)] if len(part) > 1 else []


@cache
def weighed(place, weights, pairs=()):
    return weigh(part_of(*place)[0], dict(weights), words(), pairs)


def tiny_match(weights, pairs=(), **rows):
    catalogue = tables(**rows)
    return match(ask(catalogue).options, weights, catalogue.words, pairs)


def hours(**monthly):
    return [regimen(of, sessions=1, interval_weeks=4, hours_per_session=n, setting="home") for of, n in monthly.items()]


def proportions(**percent):
    return [effect(name, "proportion", n, low=n - 1, high=n + 1, certainty="high") for name, n in percent.items()]


def trade_off(benefit, time, **cells):
    """Return the rows of two options: IVIG works better, SCIG takes less time."""
    return {
        "roles": [role("ivig"), role("scig")],
        "effects": proportions(ivig=50 + benefit, scig=50),
        "regimens": hours(ivig=4 + time, scig=4),
        **cells,
    }


ANSWERED = [
    (place, tuple((name, 8) for name in names))
    for place in load_catalogue().roles
    if (names := part_of(*place)[1]) and len(names) > 1
]
NAMES = ["-".join(place) for place, _ in ANSWERED]


# ---------------------------------------------------------------- nothing to weigh


def test_without_weights_there_is_no_match():
    place = ANSWERED[0][0]
    assert compare(shipped(), Scenario(*place)).match is None
    assert compare(shipped(), Scenario(*place, weights=dict.fromkeys(CRITERIA, 0))).match is None


def test_one_option_is_no_choice():
    assert tiny_match({"time": 9}, roles=[role("ivig")], regimens=hours(ivig=4)) is None


def test_a_weight_on_what_does_not_differ_says_nothing():
    assert tiny_match({"plasma_use": 9}, **trade_off(10, 10)) is None


# ----------------------------------------------------------------------- the answer


def test_the_option_that_is_best_on_all_that_matters_leads():
    found = tiny_match({"time": 9}, **trade_off(10, 10))
    assert found.leaders == ("scig",)
    assert not found.too_close_to_call
    shares = {option.option: option.first_rank_share for option in found.options}
    assert shares == {"ivig": 0, "scig": 1}
    assert found.text == "In about 10 of 10 ways of weighing that fit your answers, SCIG comes first."
    by_name = {option.option: option for option in found.options}
    assert (by_name["scig"].confidence, by_name["ivig"].confidence) == (1, None)


@pytest.mark.parametrize(
    ("weights", "leader"), [({"benefit": 10, "time": 1}, "ivig"), ({"benefit": 1, "time": 10}, "scig")]
)
def test_what_matters_most_leads(weights, leader):
    found = tiny_match(weights, **trade_off(30, 10))
    assert found.leaders == (leader,)
    assert found.hangs_on == words()("match.hangs_on", criterion=words()(f"criterion.{max(weights, key=weights.get)}"))


def test_even_answers_on_a_mirror_case_are_too_close_to_call():
    found = tiny_match({"benefit": 5, "time": 5}, **trade_off(30, 10))
    assert found.too_close_to_call
    assert set(found.leaders) == {"ivig", "scig"}
    assert found.text.startswith(words()("match.too_close"))
    assert all(option.leads_if is None for option in found.options)
    assert [option.first_rank_share for option in found.options] == pytest.approx([0.5, 0.5], abs=ROUGHLY)


def test_what_speaks_for_and_against_in_words_what_matters_most_first():
    found = tiny_match({"benefit": 5, "time": 9}, **trade_off(30, 10))
    ivig, scig = found.options
    assert ivig.speaks_for == (f"{words()('criterion.benefit')}: 80 of 100",)
    assert ivig.speaks_against == (f"{words()('criterion.time')}: 15 hours a month",)
    assert scig.speaks_for == (f"{words()('criterion.time')}: 4.3 hours a month",)
    assert scig.speaks_against == (f"{words()('criterion.benefit')}: 50 of 100",)
    least = tiny_match({"benefit": 5, "time": 9}, **trade_off(30, -3))
    assert least.options[0].speaks_for[0].startswith(words()("criterion.time"))
    assert least.options[0].speaks_for[1].startswith(words()("criterion.benefit"))


def test_what_is_not_known_is_named_and_speaks_for_nothing():
    rows = trade_off(30, 10)
    rows["roles"].append(role("corticosteroids"))
    option = tiny_match({"benefit": 5, "time": 5}, **rows).options[2]
    assert set(option.unknown) == {words()("criterion.benefit"), words()("criterion.time")}
    assert option.speaks_for == option.speaks_against == ()
    assert option.contributions == {"benefit": None, "time": None}
    assert 0 < option.first_rank_share < 1, "what is not known may be anything"


def test_what_was_not_said_to_matter_is_named():
    found = tiny_match({"time": 5}, **trade_off(30, 10))
    assert words()("criterion.benefit") in found.left_out
    assert words()("criterion.time") not in found.left_out


def test_what_is_not_known_widens():
    """A leader in the middle of all ranges; with its time not known it may lose, never win."""
    known = trade_off(0, 0)
    known["roles"] += [role("corticosteroids")]
    known["effects"] = proportions(ivig=80, scig=50, corticosteroids=20)
    known["regimens"] = hours(ivig=8, scig=4, corticosteroids=12)
    unknown = {**known, "regimens": hours(scig=4, corticosteroids=12)}
    weights = {"benefit": 8, "time": 5}
    before, after = (tiny_match(weights, **rows) for rows in (known, unknown))
    assert before.options[0].first_rank_share > 0.5
    assert after.options[0].first_rank_share < before.options[0].first_rank_share


def test_every_option_that_does_not_lead_says_what_would_put_it_first():
    rows = trade_off(0, 0)
    rows["roles"] += [role("corticosteroids")]
    rows["effects"] = proportions(ivig=80, scig=50, corticosteroids=50)
    rows["regimens"] = hours(ivig=20, scig=4, corticosteroids=12)
    ivig, scig, steroids = tiny_match({"benefit": 10, "time": 2}, **rows).options
    named = {kind: words()(f"criterion.{kind}") for kind in ("benefit", "time")}
    assert ivig.leads_if is None
    assert scig.leads_if == words()("match.leads_if", a=named["time"], b=named["benefit"])
    assert steroids.leads_if == words()("match.never_leads")


def test_the_order_of_the_options_changes_nothing_but_chance():
    rows = trade_off(30, 10)
    rows["roles"] += [role("corticosteroids")]
    catalogue = tables(**rows)
    results = ask(catalogue).options
    weights = {"benefit": 5, "time": 8}
    shares = [
        {option.option: option.first_rank_share for option in match(order, weights, catalogue.words).options}
        for order in itertools.permutations(results)
    ]
    for again in shares[1:]:
        assert again == pytest.approx(shares[0], abs=ROUGHLY)


@given(places(), st.randoms(use_true_random=False), st.sampled_from((0.5, 2)))
@settings(max_examples=15)
def test_only_ratios_of_weights_count(place, random, factor):
    part, names = part_of(*place)
    weights = {name: random.choice((2, 4, 5)) for name in names}
    if not names:
        return
    one, other = (weigh(part, {k: v * by for k, v in weights.items()}, words()) for by in (1, factor))
    assert one == other


# -------------------------------------------------------------------- every situation


@pytest.mark.parametrize(("place", "weights"), ANSWERED, ids=NAMES)
def test_in_every_situation_the_answer_is_whole(place, weights):
    found = weighed(place, weights)
    part, names = part_of(*place)
    assert [option.option for option in found.options] == [result.option.option for result in part]
    shares = {option.option: option.first_rank_share for option in found.options}
    assert sum(shares.values()) == pytest.approx(1)
    gap = sorted(shares.values())[-1] - sorted(shares.values())[-2]
    assert found.too_close_to_call == (gap < TOO_CLOSE)
    assert shares[found.leaders[0]] == max(shares.values())
    assert (len(found.leaders) > 1) == found.too_close_to_call
    assert set(found.leaders) >= {name for name, share in shares.items() if max(shares.values()) - share < TOO_CLOSE}
    for option in found.options:
        assert sum(option.rank_shares) == pytest.approx(1)
        assert option.rank_shares[0] == option.first_rank_share
        assert (option.leads_if is None) == (option.option in found.leaders)
        assert (option.confidence is None) == (option.first_rank_share == 0)
        assert list(option.contributions) == names
        for criterion, ends in option.contributions.items():
            unknown = words()(f"criterion.{criterion}") in option.unknown
            assert (ends is None) == unknown
            assert ends is None or ends[1] <= ends[0] <= ends[2]
    assert not found.left_out
    assert found.notice is None


@pytest.mark.parametrize(("place", "weights"), ANSWERED, ids=NAMES)
def test_the_same_answers_give_the_same_words(place, weights):
    part, _ = part_of(*place)
    assert weigh(part, dict(weights), words()) == weighed(place, weights)


@pytest.mark.parametrize(("place", "even"), ANSWERED, ids=NAMES)
def test_the_words_say_tenths_that_do_not_pass_ten(place, even):
    falling = tuple((name, (10, 8, 5, 2)[n % 4]) for n, (name, _) in enumerate(even))
    for weights in (even, falling):
        text = weighed(place, weights).text
        tenths = [int(n) for n in re.findall(r"(?:In about| in) (\d+)", text)]
        assert 1 <= len(tenths) <= 3
        assert sum(tenths) <= 10, text


# ------------------------------------------------------------------- either-or answers

TELLING = ("cidp-maintenance", "lems-long_term", "itp_child-long_lasting", "stiff_person-long_term", "ms-progressive")
TELLING += ("kidney_amr-active_rejection", "pi_antibody-start", "mg_long_term-long_term")


def narrowing(place, weights):
    """Return the spread before a question and the mean spread after its two answers, or None where none is asked."""
    before = weighed(place, weights)
    if before.telling_pair is None:
        return None
    pair = before.telling_pair
    after = [weighed(place, weights, (answer,)) for answer in (pair, pair[::-1])]
    assert [found.notice for found in after] == [None, None]
    return before.spread, sum(found.spread for found in after) / 2


@pytest.mark.parametrize(
    ("place", "weights"), [case for case, name in zip(ANSWERED, NAMES, strict=True) if name in TELLING]
)
def test_the_either_or_question_reduces_the_spread(place, weights):
    before, after = narrowing(place, weights)
    assert after < before


def test_over_all_situations_either_or_questions_reduce_the_spread():
    spreads = [found for case in ANSWERED if (found := narrowing(*case))]
    assert len(spreads) >= 20
    assert sum(after for _, after in spreads) < sum(before for before, _ in spreads)
    assert sum(after < before for before, after in spreads) >= 0.7 * len(spreads)


@pytest.mark.parametrize(("place", "weights"), ANSWERED, ids=NAMES)
def test_no_question_that_widens_is_asked(place, weights):
    found = narrowing(place, weights)
    assert found is None or found[1] <= found[0] + 0.01, "more open after the answer than before"


def test_an_answer_is_not_asked_again():
    place, weights = ANSWERED[NAMES.index("mg_long_term-long_term")]
    pairs = ()
    for _ in range(3):
        pair = weighed(place, weights, pairs).telling_pair
        assert pair is not None
        assert pair not in pairs
        assert pair[::-1] not in pairs
        pairs = (*pairs, pair)


def test_answers_that_contradict_each_other_are_named_and_the_first_ones_used():
    weights = {"benefit": 5, "time": 5}
    against = tiny_match(weights, [("benefit", "time"), ("time", "benefit")], **trade_off(30, 10))
    plain = tiny_match(weights, **trade_off(30, 10))
    assert against.notice == words()("match.contradiction")
    assert [o.first_rank_share for o in against.options] == [o.first_rank_share for o in plain.options]


def test_an_answer_tips_the_balance():
    weights = {"benefit": 5, "time": 5}
    assert tiny_match(weights, [("benefit", "time")], **trade_off(30, 10)).leaders == ("ivig",)
    assert tiny_match(weights, [("time", "benefit")], **trade_off(30, 10)).leaders == ("scig",)


def test_an_answer_about_what_does_not_count_is_ignored():
    weights = {"benefit": 5, "time": 5}
    plain = tiny_match(weights, **trade_off(30, 10))
    assert tiny_match(weights, [("cost", "plasma_use"), ("cost", "time")], **trade_off(30, 10)) == plain


@pytest.mark.parametrize("least", [0.1, 0.01, 0.0001, 1e-6, 1e-300])
def test_any_weights_of_the_contract_get_an_answer(least):
    """A weight may be anything from 0 to 10; a link or the command line says so."""
    assert tiny_match({"benefit": 10, "time": least}, **trade_off(30, 10)).leaders == ("ivig",)


@given(st.lists(st.one_of(st.sampled_from(LEVELS), st.floats(0.01, 10)), min_size=8, max_size=8))
@settings(max_examples=15)
def test_any_eight_weights_get_an_answer(scores):
    part, names = part_of("cidp", "maintenance")
    found = weigh(part, dict(zip(names, scores, strict=True)), words())
    assert sum(option.first_rank_share for option in found.options) == pytest.approx(1)


# -------------------------------------------------------------------- who takes part


def test_ruled_out_options_take_no_part_unless_put_back():
    rows = trade_off(30, 10)
    rows["roles"] += [role("hsct", "not_recommended"), role("plasma_exchange", "not_used")]
    results = ask(tables(**rows)).options
    names = lambda part: [result.option.option for result in part]  # noqa: E731
    assert names(taking_part(results)) == ["ivig", "scig"]
    assert names(taking_part(results, ["hsct"])) == ["ivig", "scig", "hsct"]
    assert names(taking_part(results, ["plasma_exchange", "nothing"])) == ["ivig", "scig"], "what is not used stays out"


def test_additions_take_no_part_even_when_put_back():
    rows = trade_off(30, 10)
    rows["roles"] += [role("antibiotic_prophylaxis", "add_on")]
    results = ask(tables(**rows)).options
    assert [r.option.option for r in taking_part(results, ["antibiotic_prophylaxis"])] == ["ivig", "scig"]


@given(places(), st.randoms(use_true_random=False))
@settings(max_examples=30)
def test_whoever_asks_only_options_that_are_possible_take_part(place, random):
    comparison = compare(shipped(), anyone(random, place))
    for result in taking_part(comparison.options):
        assert (result.verdict, result.role.role) != ("not_suitable", "add_on")
        assert result.verdict != "not_suitable"
        assert result.role.role not in ("not_used", "add_on")
    if comparison.match is not None:
        part = [result.option.option for result in taking_part(comparison.options)]
        assert [option.option for option in comparison.match.options] == part


def dealbreaker(name, text="Never this", **cells):
    return Dealbreaker(dealbreaker=name, position=1, text=text, **cells)


def test_a_dealbreaker_takes_out_by_property():
    catalogue = tables(
        roles=[role("ivig"), role("scig"), role("corticosteroids")],
        agents=[
            agent("one", of="ivig", properties="from_plasma"),
            agent("two", of="scig", properties="from_plasma"),
            agent("three", of="scig"),
            agent("four", of="corticosteroids"),
        ],
    )
    results = ask(catalogue).options
    assert taken_out(results, [dealbreaker("plasma", property="from_plasma")]) == {"ivig": "Never this"}


def test_a_dealbreaker_takes_out_by_setting():
    rows = {
        "roles": [role("ivig"), role("scig"), role("no_treatment")],
        "regimens": [regimen("ivig", setting="hospital_stay"), regimen("scig", setting="home")],
    }
    results = ask(tables(**rows)).options
    assert taken_out(results, [dealbreaker("stay", setting="hospital_stay")]) == {"ivig": "Never this"}
    assert taken_out(results, [dealbreaker("stay", setting="clinic")]) == {}


def test_the_first_dealbreaker_is_the_reason():
    results = ask(tables(roles=[role("ivig"), role("scig")], regimens=[regimen("ivig", setting="home")])).options
    rows = [dealbreaker("a", "First", setting="home"), dealbreaker("b", "Second", setting="home")]
    assert taken_out(results, rows) == {"ivig": "First"}
    assert taken_out(results, []) == {}


def test_every_shipped_dealbreaker_takes_something_out_somewhere():
    rows = shipped().dealbreakers
    hit = {
        row.dealbreaker for place in shipped().roles for row in rows.values() if taken_out(part_of(*place)[0], [row])
    }
    assert hit == set(rows)


def test_nothing_from_plasma_takes_out_every_immunoglobulin():
    part, _ = part_of("cidp", "maintenance")
    out = taken_out(part, [shipped().dealbreakers["plasma"]])
    assert set(out) >= {"ivig", "scig", "fscig"}
    assert not set(out) & {"corticosteroids", "no_treatment", "fcrn_blocker"}


# ------------------------------------------------------------------- the command line


def command_line(*pairs, condition="cidp", situation="maintenance"):
    sets = [part for pair in pairs for part in ("--set", pair)]
    return subprocess.run(
        [sys.executable, "-m", "decision", "compare", "--condition", condition, "--situation", situation, *sets],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


SAID = ("w.time=9", "w.needles=4", "w.benefit=7", "w.cost=2")


def test_weights_fill_match_and_its_summary():
    answer = json.loads(command_line(*SAID).stdout)
    summary = answer["match_summary"]
    assert set(summary) == {"too_close_to_call", "leaders", "text"}
    assert isinstance(summary["too_close_to_call"], bool)
    options = {option["id"]: option for option in answer["options"]}
    assert set(summary["leaders"]) <= set(options)
    part = [result.option.option for result in part_of("cidp", "maintenance")[0]]
    assert [name for name, option in options.items() if option["match"] is not None] == part
    for name in part:
        found = options[name]["match"]
        assert set(found) >= ASKED
        assert set(found) <= ASKED | {"confidence"}
        assert len(found["rank_shares"]) == len(part)
        assert found["rank_shares"][0] == found["first_rank_share"]
        assert (found["leads_if"] is None) == (name in summary["leaders"])
        assert all(
            isinstance(text, str) for side in ("speaks_for", "speaks_against", "unknown") for text in found[side]
        )
    assert sum(options[name]["match"]["first_rank_share"] for name in part) == pytest.approx(1, abs=0.01)
    neutral = [option.option.option for option in compare(shipped(), Scenario("cidp", "maintenance")).options]
    assert list(options) == neutral, "never sorted by match"


def test_two_runs_say_the_same_to_the_byte():
    one, other = command_line(*SAID), command_line(*SAID)
    assert one.returncode == 0
    assert one.stdout == other.stdout


@pytest.mark.parametrize("pairs", [(), ("w.time=0",), ("w.time=0", "w.cost=0")])
def test_without_weights_match_is_null(pairs):
    answer = json.loads(command_line(*pairs).stdout)
    assert answer["match_summary"] is None
    assert [option["match"] for option in answer["options"]] == [None] * len(answer["options"])


@pytest.mark.parametrize("pair", ["w.cost=0.00001", "w.cost=1e-300", "w.cost=5e-324"])
def test_a_tiny_weight_is_no_traceback(pair):
    done = command_line("w.time=10", pair)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["match_summary"]["leaders"]


def test_a_ruled_out_option_has_no_match():
    scenario = Scenario("cidp", "maintenance", apheresis="none", weights={"time": 9, "benefit": 5})
    comparison = compare(shipped(), scenario)
    ruled = [o.option.option for o in comparison.options if o.verdict == "not_suitable"]
    assert "plasma_exchange" in ruled
    body = as_json(comparison, shipped())
    assert {option["id"] for option in body["options"] if option["match"] is None} >= set(ruled)


def test_two_outcomes_of_one_kind_are_told_by_the_one_that_counts():
    """The second benefit has the figures; its own unit, not that of the first, is shown."""
    rows = trade_off(0, 10)
    rows["outcomes"] = [outcome("alive", per=1000), outcome("walking", position=2, per=100)]
    rows["effects"] = [
        effect("ivig", "proportion", 80, outcome="walking"),
        effect("scig", "proportion", 50, outcome="walking"),
    ]
    found = tiny_match({"benefit": 9}, **rows)
    assert found.options[0].speaks_for == (f"{words()('criterion.benefit')}: 80 of 100",)
