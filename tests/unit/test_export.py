"""The answer as JSON and CSV: the contract's keys, and no cell that runs."""

import csv
import io
import json

import pytest
import tiny
from tiny import effect, message, regimen, role

from decision import Scenario, compare
from decision.export import as_csv, as_json
from decision.scenario import OPTIONS

# The JSON of the contract, section 6, key by key.
ANSWER = "schema catalogue_version scenario notices messages decision options match_summary sources"
OPTION = "id name family agents role verdict reasons outcomes onset burden cost supply messages match"
PARTS = {
    "reasons": "kind code effect text changes_if sources",
    "outcomes": "id name direction per value low high reference reference_name difference follow_up population "
    "comparison certainty certainty_by status sources",
    "onset": "text days_low days_high sources",
    "burden": "hours_per_month visits_per_month needles_per_month setting sources",
    "cost": "per_year low high currency basis price_date sources",
    "supply": "ig_grams_per_year tier plan effect",
    "messages": "kind text sources",
}
MATCH = "speaks_for speaks_against unknown first_rank_share rank_shares leads_if"
SOURCE = "citation doi pmid url year type funding"
WORDS = {
    "role": "first_choice alternative add_on later_line not_recommended not_used research_only",
    "verdict": "suitable caution not_suitable",
    "effect": "note caution not_suitable",
    "kind": "role health logistics cost supply trial",
    "comparison": "direct indirect single_arm none",
    "direction": "benefit harm",
    "certainty": "high moderate low very_low not_rated",
    "status": "seen unchecked",
    "currency": "USD GBP CAD AUD EUR",
    "family": "immunoglobulin blood_filtering targeted_antibodies stem_cell_gene other_medicines none",
}
MESSAGES = "urgent do_not_stop monitor before_start also_part_of_care"


@pytest.fixture(scope="module")
def answers(catalogue):
    """Return the answer of every situation for a plain and for a limited person."""
    said = {"health": "kidney_disease", "ig_supply": "critical", "supply_plan": "uk", "budget_per_year": 100}
    asked = [Scenario(*place, **more) for place in catalogue.roles for more in ({}, said)]
    return [as_json(compare(catalogue, scenario), catalogue) for scenario in asked]


def missing(value, keys):
    return sorted(set(keys.split()) - set(value))


def test_every_key_of_the_contract_is_there(answers):
    gaps = set()
    for answer in answers:
        gaps.update(missing(answer, ANSWER))
        for one in answer["sources"].values():
            gaps.update(f"sources.{key}" for key in missing(one, SOURCE))
        for option in answer["options"]:
            gaps.update(missing(option, OPTION))
            for name, keys in PARTS.items():
                parts = option[name] if isinstance(option[name], list) else [option[name]]
                gaps.update(f"{name}.{key}" for part in parts for key in missing(part, keys))
    assert sorted(gaps) == []


def test_every_word_is_one_of_the_contract(answers):
    strange = set()
    for answer in answers:
        for option in answer["options"]:
            rows = [option, option["cost"], *option["reasons"], *option["outcomes"]]
            for row in rows:
                strange.update((key, row[key]) for key in WORDS if key in row and row[key] not in WORDS[key].split())
            strange.update(m["kind"] for m in option["messages"] if m["kind"] not in MESSAGES.split())
        strange.update(m["kind"] for m in answer["messages"] if m["kind"] not in MESSAGES.split())
    assert sorted(strange) == []


def test_the_options_come_in_the_neutral_order(answers):
    assert {tuple(option["id"] for option in answer["options"]) for answer in answers} == {OPTIONS}


def test_without_preferences_nothing_is_matched(answers):
    assert {answer["match_summary"] for answer in answers} == {None}
    assert {option["match"] for answer in answers for option in answer["options"]} == {None}


def test_with_preferences_the_match_has_the_keys_of_the_contract(catalogue):
    asked = [Scenario(*place, weights={"benefit": 9, "time": 3}) for place in list(catalogue.roles)[::8]]
    summaries = 0
    for answer in (as_json(compare(catalogue, scenario), catalogue) for scenario in asked):
        summary, found = answer["match_summary"], [option["match"] for option in answer["options"] if option["match"]]
        assert bool(summary) == bool(found)
        if summary:
            summaries += 1
            assert missing(summary, "too_close_to_call leaders text") == []
            assert [missing(match, MATCH) for match in found] == [[]] * len(found)
            assert sum(match["first_rank_share"] for match in found) == pytest.approx(1, abs=0.02)
    assert summaries


def test_it_survives_being_written_and_read(answers):
    assert [json.loads(json.dumps(answer, allow_nan=False)) for answer in answers] == answers


def test_the_sources_are_those_cited(catalogue, answers):
    for answer in answers:
        cited = set()
        for option in answer["options"]:
            parts = [*option["reasons"], *option["outcomes"], *option["messages"]]
            parts += [*option["living"], option["calendar"], option["review"] or {"sources": []}]
            for part in (*parts, option["onset"], option["burden"], option["cost"]):
                cited.update(part["sources"])
        cited.update(source for one in answer["messages"] for source in one["sources"])
        assert set(answer["sources"]) == cited
        assert cited <= set(catalogue.sources)


# ---------------------------------------------------------------------- unknown

UNKNOWN = tiny.tables(
    roles=[role("ivig"), role("hsct", "not_used")],
    regimens=[regimen("ivig", pattern="none")],
    effects=[effect("ivig", "none", comparison="none", unknown_reason="no_trial", note="No trial.")],
)


@pytest.mark.parametrize("option", [0, 1])
def test_what_is_not_known_is_null(option):
    found = as_json(tiny.ask(UNKNOWN), UNKNOWN)["options"][option]
    outcome = found["outcomes"][0]
    assert [outcome[key] for key in ("value", "low", "high", "reference", "difference")] == [None] * 5
    assert outcome["comparison"] == "none"
    assert [found["onset"][key] for key in ("text", "days_low", "days_high")] == [None] * 3
    assert [found["burden"][f"{key}_per_month"] for key in ("hours", "visits", "needles")] == [None] * 3
    assert [found["cost"][key] for key in ("per_year", "low", "high", "basis")] == [None] * 4
    assert (found["match"], found["supply"]["tier"]) == (None, None)


def test_what_takes_no_immunoglobulin_takes_none_and_an_unknown_dose_is_null():
    ivig, hsct = as_json(tiny.ask(UNKNOWN), UNKNOWN)["options"]
    assert (ivig["supply"]["ig_grams_per_year"], hsct["supply"]["ig_grams_per_year"]) == (None, 0)


# ---------------------------------------------------------------- the spreadsheet


def cells(text):
    return [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]


RUNS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Signs with which a cell starts that some spreadsheet program runs, in either width."""


def is_number(cell):
    try:
        return float(cell) == float(cell)
    except ValueError:
        return False


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"])
def test_no_cell_runs_as_a_formula(start):
    evil = f"{start}HYPERLINK(1)"
    given = tiny.tables(
        roles=[role("ivig", display_name=evil).model_copy(update={"reason": evil})],
        outcomes=[tiny.outcome(reference_value=20, reference_option="ivig", population=evil, follow_up=evil)],
    )
    found = cells(as_csv(tiny.ask(given), given.words))
    assert evil not in found
    assert found.count("'" + evil) == 4


@pytest.mark.parametrize("evil", ["a;=HYPERLINK(1)", "a\t=1+1", "a\n=1+1", "a\r=1+1", 'a",=1+1', "a;@SUM(1)"])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_no_text_opens_a_cell_of_its_own(evil, sign):
    """A program that splits at another sign than the comma must not find a formula behind it."""
    given = tiny.tables(
        roles=[role("ivig", display_name="x").model_copy(update={"reason": evil})],
        outcomes=[tiny.outcome(reference_value=20, reference_option="ivig", population=evil)],
    )
    rows = csv.reader(io.StringIO(as_csv(tiny.ask(given), given.words), newline=""), delimiter=sign)
    found = [cell for row in rows for cell in row]
    assert [cell for cell in found if cell.lstrip(' "').startswith(RUNS) and not is_number(cell)] == []


def test_no_shipped_cell_runs_as_a_formula(catalogue):
    running = [
        cell
        for place in catalogue.roles
        for cell in cells(as_csv(compare(catalogue, Scenario(*place)), catalogue.words))
        if cell.lstrip().startswith(RUNS) and not is_number(cell)
    ]
    assert running == []


def test_a_table_has_a_row_for_every_option_and_outcome_and_a_word_for_unknown(catalogue):
    place = next(iter(catalogue.roles))
    result = compare(catalogue, Scenario(*place))
    rows = list(csv.DictReader(io.StringIO(as_csv(result, catalogue.words), newline="")))
    assert len(rows) == len(OPTIONS) * len(catalogue.outcomes[place])
    answer = {option["id"]: option for option in as_json(result, catalogue)["options"]}
    for row in rows:
        cell = next(one for one in answer[row["option"]]["outcomes"] if one["id"] == row["outcome"])
        for key in ("value", "low", "high", "reference", "difference"):
            assert row[key] == ("not known" if cell[key] is None else str(cell[key]))
        assert "" not in {row["value"], row["hours_per_month"], row["cost_per_year"]}


def test_messages_stand_at_their_options_and_notices_at_the_page():
    given = tiny.tables(
        roles=[role("ivig"), role("hsct")],
        messages=[
            message("urgent", "Call."),
            message("notice", "Note this."),
            message("do_not_stop", "Go on.", options="ivig"),
            message("monitor", "Only if said.", when="health=diabetes"),
        ],
    )
    answer = as_json(tiny.ask(given), given)
    assert [one["text"] for one in answer["messages"]] == ["Call."]
    assert answer["notices"] == ["Note this."]
    assert [[one["text"] for one in option["messages"]] for option in answer["options"]] == [["Go on."], []]
    assert len(as_json(tiny.ask(given, health="diabetes"), given)["messages"]) == 2
