"""What matters to me: asked before it is answered, always a way back, and nothing ranked unless asked."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree

import pytest
from page_reading import SCRIPT, document, expected, having, text, widget
from streamlit.testing.v1 import AppTest

from decision.comparison import taken_out, taking_part, weigh
from decision.preferences import profiles
from decision.swing import swing
from decision.wording import sentence

PLACE = {"condition": "cidp", "situation": "maintenance"}
SAID = {**PLACE, "w.time": "8", "w.benefit": "8", "w.cost": "2", "match": "yes"}
PAGE = "decision/ui/pages/values.py"


def opened(query: Mapping[str, str] = PLACE) -> AppTest:
    """Open the page from a link."""
    at = AppTest.from_file(str(SCRIPT), default_timeout=60)
    at.query_params.update(query)
    at.run()
    at.switch_page(PAGE).run()
    assert not at.exception
    return at


def part_of(catalogue, query: Mapping[str, str] = PLACE, back=()):
    return taking_part(expected(query, catalogue).options, back)


def swings(at: AppTest) -> list:
    return [control for control in at.get("segmented_control") if str(control.key).startswith("w.")]


def question(at: AppTest, criterion: str):
    return next(control for control in swings(at) if str(control.key).startswith(f"w.{criterion}~"))


def matches(at: AppTest) -> list[ElementTree.Element]:
    return having(document(at), "match")


def named(at: AppTest) -> list[str]:
    """Return the names of the options in the match, in the order of the page."""
    return [text(shown.find("h3")) for shown in matches(at)]  # type: ignore[arg-type]


def headers(at: AppTest) -> list[str]:
    return [header.value for header in at.header]


def captions(at: AppTest) -> list[str]:
    return [caption.value for caption in at.caption]


def choice(at: AppTest, words):
    return widget(at, "radio", words("values.pair"))


# --------------------------------------------------------------------- before the match


def test_leaning_is_asked_before_what_matters_and_before_any_match(catalogue, words):
    at = opened()
    asked = [words("values.lean.title"), words("values.never.title"), words("values.swing.title")]
    assert headers(at) == asked
    lean = widget(at, "radio", words("values.lean"))
    names = [result.name for result in part_of(catalogue)]
    assert list(lean.options) == [words("values.not_sure"), *names]
    assert lean.value == "not_sure"
    assert not matches(at)


def test_a_leaning_is_kept_in_the_address_and_said_with_the_match(words, catalogue):
    at = opened({**SAID, "match": "no"})
    widget(at, "radio", words("values.lean")).set_value("scig").run()
    assert at.query_params["lean"] == "scig"
    name = next(result.name for result in part_of(catalogue) if result.option.option == "scig")
    line = words("values.you_lean", name=name)
    assert line not in [shown.value for shown in at.markdown]
    widget(at, "toggle", words("values.show")).set_value(True).run()
    assert line in [shown.value for shown in at.markdown]
    widget(at, "radio", words("values.lean")).set_value("not_sure").run()
    assert "lean" not in at.query_params
    assert line not in [shown.value for shown in at.markdown]


@pytest.mark.parametrize("situation", ["first_treatment", "maintenance"])
def test_every_swing_is_a_sentence_in_its_own_unit(catalogue, words, situation):
    query = {**PLACE, "situation": situation}
    at = opened(query)
    part = part_of(catalogue, query)
    found = profiles(part)
    assert 4 <= len(found) <= 8
    assert [control.label for control in swings(at)] == [swing(profile, part, words) for profile in found]
    for control in swings(at):
        assert " from " in control.label
        assert " to " in control.label
        assert control.value is None, "nothing is answered for the person"


def test_no_match_is_shown_until_it_is_asked_for(words):
    at = opened({**SAID, "match": "no"})
    assert not matches(at)
    assert words("values.result.title") not in headers(at)
    widget(at, "toggle", words("values.show")).set_value(True).run()
    assert matches(at)
    assert words("values.result.title") in headers(at)
    assert at.query_params["match"] == "yes"
    widget(at, "toggle", words("values.show")).set_value(False).run()
    assert not matches(at)
    assert "match" not in at.query_params


def test_asked_for_before_anything_was_said_it_says_what_to_do(words):
    at = opened({**PLACE, "match": "yes"})
    assert not matches(at)
    assert words("values.nothing_said") in [shown.value for shown in at.markdown]


# ------------------------------------------------------------------------------ answers


def test_answering_and_taking_back_change_the_address():
    at = opened()
    question(at, "time").set_value("8").run()
    assert at.query_params["w.time"] == "8"
    question(at, "needles").set_value("0").run()
    assert at.query_params["w.needles"] == "0"
    question(at, "time").set_value("2").run()
    assert at.query_params["w.time"] == "2"
    question(at, "time").set_value(None).run()
    assert "w.time" not in at.query_params
    assert at.query_params == {**PLACE, "w.needles": "0"}
    assert not at.exception


def test_a_weight_between_two_levels_is_kept_until_it_is_answered():
    at = opened({**PLACE, "w.time": "9"})
    assert question(at, "time").value in ("8", "10")
    assert at.query_params["w.time"] == "9"
    question(at, "cost").set_value("5").run()
    assert at.query_params["w.time"] == "9"


@pytest.mark.parametrize("weight", ["0.00001", "1e-300"])
def test_any_weight_in_a_link_is_answered(weight):
    at = opened({**SAID, "w.cost": weight})
    assert matches(at)


@pytest.mark.parametrize("pairs", ["time~cost,cost~time", "~,time~,a~b,time~time,~~", "time~benefit," * 30, "🩸~<b>"])
def test_any_either_or_answers_in_a_link_are_survived(pairs):
    assert matches(opened({**SAID, "pairs": pairs}))


def test_the_page_says_what_the_engine_says(catalogue, words):
    at = opened(SAID)
    found = weigh(part_of(catalogue, SAID), {"time": 8, "benefit": 8, "cost": 2}, words)
    shown = text(document(at))
    assert " ".join(found.text.split()) in shown
    assert found.hangs_on in [line.value for line in at.markdown]
    assert words("values.left_out", names=", ".join(found.left_out)) in captions(at)
    for option, block in zip(found.options, matches(at), strict=True):
        for side in (option.speaks_for, option.speaks_against, option.unknown):
            assert all(sentence(line) in text(block) for line in side)
        assert (option.leads_if or "") in text(block)
        bars = having(block, "contribution")
        assert len(bars) == 3
        assert [words("unknown") in text(bar) for bar in bars] == [
            ends is None for ends in option.contributions.values()
        ]


def test_never_a_bare_score(words):
    at = opened(SAID)
    often = words("values.often", n="").split(".")[0].split("  ")[0]
    for block in matches(at):
        assert often in text(block) or words("values.rarely") in text(block)
        assert all(words(f"values.speaks.{side}") in text(block) for side in ("for", "against", "unknown"))


def test_does_this_surprise_you(words):
    at = opened(SAID)
    last = having(document(at), "decision")[-1]
    assert text(last) == words("values.surprise")
    assert words("values.surprise.hint") in [line.value for line in at.markdown]


# ------------------------------------------------------------------------------ either-or


def test_an_either_or_question_can_be_answered_and_taken_back(words):
    at = opened({**SAID, "w.needles": "8", "w.cost": "8"})
    asked = choice(at, words)
    assert asked.value is None
    assert len(asked.options) == 2
    assert all(" from " in option for option in asked.options)
    first, second = str(asked.key).removeprefix("pair-").split("~")[0].split("-")
    asked.set_value(first).run()
    assert at.query_params["pairs"] == f"{first}~{second}"
    line = words("values.pair.answer", a=words(f"criterion.{first}"), b=words(f"criterion.{second}"))
    answers = [button for button in at.button if line in button.label]
    assert len(answers) == 1
    again = [radio for radio in at.radio if radio.label == words("values.pair")]
    assert not any(str(radio.key).startswith(f"pair-{first}-{second}~") for radio in again), "the next one, or none"
    answers[0].click().run()
    assert "pairs" not in at.query_params
    assert not [button for button in at.button if line in button.label]
    assert str(choice(at, words).key).startswith(f"pair-{first}-{second}~")


def test_an_either_or_answer_can_be_left_open(words):
    at = opened({**SAID, "w.needles": "8", "w.cost": "8"})
    assert words("values.pair.skip") in captions(at)
    assert matches(at), "the match does not wait for it"


def test_after_three_answers_no_more_are_asked(words):
    at = opened({**PLACE, **{f"w.{name}": "8" for name in ("benefit", "time", "needles", "cost", "plasma_use")}})
    for _ in range(3):
        asked = [radio for radio in at.radio if radio.label == words("values.pair")]
        if not asked:
            break
        asked[0].set_value(str(asked[0].key).split("-")[1]).run()
        assert not at.exception
    assert not [radio for radio in at.radio if radio.label == words("values.pair")]
    assert words("values.pairs.enough") in [line.value for line in at.markdown]


def test_nothing_is_asked_either_or_before_a_weight_is_given(words):
    assert words("values.pairs.title") not in headers(opened())


# --------------------------------------------------------------------------- deal-breakers


def test_a_dealbreaker_takes_options_out_says_so_and_brings_them_back(catalogue, words):
    at = opened(SAID)
    before = named(at)
    pills = widget(at, "pills", words("values.never"))
    assert list(pills.options) == [row.text for row in catalogue.dealbreakers.values()]
    pills.set_value(["plasma"]).run()
    assert at.query_params["never"] == "plasma"
    out = taken_out(part_of(catalogue, SAID), [catalogue.dealbreakers["plasma"]])
    names = {result.option.option: result.name for result in part_of(catalogue, SAID)}
    assert named(at) == [name for name in before if name not in {names[option] for option in out}]
    shown = text(document(at))
    for option, why in out.items():
        assert words("values.taken_out", option=names[option], why=why) in shown
    assert words("values.way_back") in captions(at)
    widget(at, "pills", words("values.never")).set_value([]).run()
    assert "never" not in at.query_params
    assert named(at) == before


def test_all_dealbreakers_at_once_are_survived(catalogue, words):
    at = opened({**SAID, "never": ",".join(catalogue.dealbreakers)})
    assert not at.exception


def test_a_ruled_out_option_can_be_put_back_to_see(catalogue, words):
    query = {**SAID, "apheresis": "none"}
    at = opened(query)
    ruled = [o for o in expected(query, catalogue).options if o.used and o.verdict == "not_suitable"]
    assert ruled
    name = ruled[0].name
    assert name not in named(at)
    box = widget(at, "pills", words("values.back"))
    assert list(box.options) == [result.name for result in ruled]
    box.set_value([ruled[0].option.option]).run()
    assert at.query_params["back"] == ruled[0].option.option
    assert name in named(at)


def test_a_dealbreaker_holds_for_an_option_that_was_put_back(catalogue):
    query = {**SAID, "apheresis": "none", "back": "plasma_exchange", "never": "filtering"}
    name = next(o.name for o in expected(query, catalogue).options if o.option.option == "plasma_exchange")
    assert name in named(opened({**query, "never": ""}))
    assert name not in named(opened(query)), "a deal-breaker that is ticked is never silently passed over"


# ----------------------------------------------------------------------------------- order


def test_the_order_is_neutral_until_most_fitting_first_is_asked_and_the_rule_is_printed(catalogue, words):
    at = opened(SAID)
    part = part_of(catalogue, SAID)
    assert named(at) == [result.name for result in part]
    assert words("values.order.neutral") in captions(at)
    assert words("values.order.match") not in captions(at)
    widget(at, "toggle", words("values.order")).set_value(True).run()
    assert at.query_params["order"] == "match"
    assert words("values.order.match") in captions(at)
    assert words("values.order.neutral") not in captions(at)
    found = weigh(part, {"time": 8, "benefit": 8, "cost": 2}, words)
    names = {result.option.option: result.name for result in part}
    order = sorted(found.options, key=lambda option: -option.first_rank_share)
    assert named(at) == [names[option.option] for option in order]
    assert named(at) != [result.name for result in part]
    widget(at, "toggle", words("values.order")).set_value(False).run()
    assert named(at) == [result.name for result in part]


# -------------------------------------------------------------------- everywhere, and links


@pytest.mark.parametrize("condition", ["scid_combined", "kawasaki"])
def test_where_there_is_nothing_to_weigh_it_says_so(condition, words):
    at = opened({"condition": condition})
    assert not swings(at)
    assert words("values.too_few") in [line.value for line in at.markdown]


def test_a_link_brings_all_answers_back(words):
    query = {**SAID, "lean": "scig", "never": "plasma", "pairs": "time~benefit", "order": "match"}
    at = opened(query)
    assert at.query_params == query
    assert widget(at, "radio", words("values.lean")).value == "scig"
    assert question(at, "time").value == "8"
    assert widget(at, "pills", words("values.never")).value == ["plasma"]
    assert widget(at, "toggle", words("values.order")).value is True
    again = opened(query)
    assert [text(block) for block in matches(again)] == [text(block) for block in matches(at)]
