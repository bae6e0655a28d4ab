"""The shipped rows on living with a treatment, its days and its reviews: complete, sourced, not against the rules."""

import re

import pytest

from decision import Scenario, compare
from decision.living import ASPECTS, fitting
from decision.scenario import CHOICES, OPTIONS

HARMS_A_BABY = ("teratogenic",)
KEPT_OFF = ("teratogenic", "depletes_b_cells")
ALLOWED = re.compile(
    r"\b(is used in pregnancy\.|can be used in pregnancy|may go on in pregnancy|can go on in pregnancy)"
)


def used(catalogue):
    """Yield every used option of every situation, with its agents."""
    for place, roles in catalogue.roles.items():
        for option, role in roles.items():
            if role.role != "not_used":
                yield place, option, catalogue.agents.get(place, {}).get(option, ())


def spoken(catalogue, place, option, aspect, agents, age="adult"):
    rows = catalogue.living.get((option, aspect), ())
    return fitting(rows, *place, [agent.agent for agent in agents], age)


def test_every_treatment_has_a_row_for_every_side_of_life(catalogue):
    rows = {(row.option, row.aspect) for row in catalogue.tables["living"]}
    assert [(option, aspect) for option in OPTIONS for aspect in ASPECTS if (option, aspect) not in rows] == []


@pytest.mark.parametrize("age", CHOICES["age_group"])
def test_every_used_option_says_something_to_every_age(catalogue, age):
    gaps = [
        (*place, option, aspect)
        for place, option, agents in used(catalogue)
        for aspect in ASPECTS
        if not spoken(catalogue, place, option, aspect, agents, age)
    ]
    assert gaps == []


def test_every_row_names_a_source_that_can_be_opened_or_is_ours(catalogue):
    for table in ("living", "session_days", "reviews"):
        for row in catalogue.tables[table]:
            sources = [catalogue.sources[name] for name in row.source_ids]
            assert all(source.url or source.doi or source.type == "own_wording" for source in sources), row


def test_a_row_on_nothing_found_holds_no_figure_and_is_ours(catalogue):
    wrong = [
        row.living
        for row in catalogue.tables["living"]
        if not row.known and (re.search(r"\d", row.text) or row.as_read or row.source_ids != ("own_wording",))
    ]
    assert wrong == []


def test_a_row_that_was_read_has_the_figures_it_gives(catalogue):
    """A figure of a row that was read comes with what was read, unless it only counts needles or tablets."""
    small = {"1", "2", "3", "4", "5"}
    wrong = []
    for row in catalogue.tables["living"]:
        figures = set(re.findall(r"\d+", row.text)) - small
        if figures and row.status == "seen" and not row.as_read:
            wrong.append(row.living)
    assert wrong == []


def test_a_medicine_that_can_harm_a_baby_is_named_in_its_row_on_pregnancy(catalogue):
    missing = set()
    for place, option, agents in used(catalogue):
        harmful = {a.agent for a in agents if set(a.properties) & set(HARMS_A_BABY)}
        for fit in spoken(catalogue, place, option, "pregnancy", agents):
            for name in harmful & set(fit.agents):
                warns = re.search(r"harm", fit.row.text)
                if not (fit.row.known and warns and (name in fit.row.agents or name in fit.row.text)):
                    missing.add((option, name, fit.row.living))
    assert missing == set()


def test_no_row_allows_in_pregnancy_what_a_rule_bars(catalogue):
    against = set()
    for place in catalogue.roles:
        answer = compare(catalogue, Scenario(*place, pregnancy="pregnant"))
        for result in answer.options:
            barred = {a.agent for a in result.agents if set(a.properties) & set(KEPT_OFF)}
            health = any(r.kind == "health" and r.effect == "not_suitable" for r in result.screened.reasons)
            for fit in result.living.get("pregnancy", ()):
                speaks_for_barred = bool(barred & set(fit.agents)) or (health and not set(fit.agents) - barred)
                if speaks_for_barred and ALLOWED.search(fit.row.text):
                    against.add((*place, result.option.option, fit.row.living))
    assert against == set()


def test_months_until_a_live_vaccine_are_those_of_the_messages(catalogue):
    for place, option, agents in used(catalogue):
        if option not in ("ivig", "scig", "fscig"):
            continue
        said = " ".join(
            message.text for message in catalogue.messages_here[place] if "live vaccines" in message.text.lower()
        )
        allowed = set(re.findall(r"\d+", said))
        for fit in spoken(catalogue, place, option, "vaccines", agents):
            assert set(re.findall(r"\d+", fit.row.text)) <= allowed, (place, option, fit.row.living)


def test_no_live_vaccine_where_a_message_says_none(catalogue):
    for place, option, agents in used(catalogue):
        if option not in ("fcrn_blocker", "anti_cd20", "immunosuppressants"):
            continue
        for fit in spoken(catalogue, place, option, "vaccines", agents):
            assert re.search(r"\b(no|none)\b", fit.row.text, re.IGNORECASE), fit.row.living


def test_needles_agree_with_the_regimen(catalogue):
    """What says that there are none belongs to a plan without needles."""
    for place, option, agents in used(catalogue):
        regimen = catalogue.regimens[(*place, option)]
        for fit in spoken(catalogue, place, option, "needles", agents):
            if fit.row.text == "No needles.":
                assert not regimen.needles_per_session, (place, option)


def test_every_situation_says_when_to_look_again(catalogue):
    for place, option, _ in used(catalogue):
        row = catalogue.review(*place, option)
        assert row is not None
        assert (row.weeks_low is None) == (row.weeks_high is None)
        assert row.weeks_low is None or row.as_read
        assert row.weeks_low is not None or "Ask your team" in row.text


def test_times_to_look_again_that_no_source_sets_are_ours(catalogue):
    found = [row for row in catalogue.tables["reviews"] if row.text.startswith("No source sets a time")]
    assert found
    assert all(row.source_ids == ("own_wording",) and row.weeks_low is None for row in found)


def test_days_that_we_set_ourselves_say_so(catalogue):
    """A row with days that the source does not name carries our judgement and is not shown as read."""
    for row in catalogue.tables["session_days"]:
        if "own_judgement" in row.source_ids and row.status == "seen":
            regimen = catalogue.regimens[row.condition, row.situation, row.option]
            assert "own_judgement" in regimen.source_ids
