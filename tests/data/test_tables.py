"""The shipped tables, row by row: what the contract asks of them and the checks of the catalogue do not cover."""

import ast
import re
from pathlib import Path

import pytest

from decision import Scenario, compare
from decision.effects import reference_risk
from decision.rows import TABLES, Rated
from decision.scenario import CHOICES, HEALTH, OPTIONS

ROOT = Path(__file__).resolve().parents[2]

# Conditions, their situations in order, and those that are urgent, as the contract lists them (section 2).
SITUATIONS = {
    "pi_antibody": "start switch normal_igg",
    "scid_combined": "newly_found",
    "secondary_antibody": "first_step antibiotics_not_enough during_b_cell_therapy review",
    "post_hsct": "first_100_days low_igg",
    "cidp": "first_treatment maintenance not_responding works_but_not_possible",
    "mmn": "first_treatment maintenance",
    "gbs": "cannot_walk still_walking not_improving worse_again",
    "mg_acute": "worsening crisis",
    "mg_long_term": "long_term",
    "lems": "long_term",
    "itp_adult": "count_below_30 count_30_or_more bleeding_now procedure_soon procedure_planned long_lasting",
    "itp_child": "no_or_skin_bleeding bleeding_now long_lasting",
    "kawasaki": "first_treatment first_treatment_high_risk resistant",
    "dermatomyositis": "after_steroids severe_now",
    "ms": "relapse_not_settling preventing_relapses progressive",
    "autoimmune_encephalitis": "first_treatment not_improving",
    "stiff_person": "long_term",
    "pemphigus": "new not_responding",
    "kidney_amr": "active_rejection chronic_rejection before_transplant",
}
ALL_URGENT = ("gbs", "mg_acute", "kawasaki", "autoimmune_encephalitis", "scid_combined")
URGENT = {
    ("itp_adult", "bleeding_now"),
    ("itp_child", "bleeding_now"),
    ("itp_adult", "procedure_soon"),
    ("kidney_amr", "active_rejection"),
    ("ms", "relapse_not_settling"),
    ("dermatomyositis", "severe_now"),
} | {(condition, situation) for condition in ALL_URGENT for situation in SITUATIONS[condition].split()}
AGES = {"itp_child": "child", "kawasaki": "child", "scid_combined": "infant"}
NINETEEN = (
    "ivig scig fscig plasma_exchange immunoadsorption fcrn_blocker complement_inhibitor anti_cd20 other_mab hsct "
    "gene_therapy corticosteroids immunosuppressants tpo_ra anti_d splenectomy antibiotic_prophylaxis other "
    "no_treatment"
)
FAMILIES = {
    "immunoglobulin": "ivig scig fscig",
    "blood_filtering": "plasma_exchange immunoadsorption",
    "targeted_antibodies": "fcrn_blocker complement_inhibitor anti_cd20 other_mab",
    "stem_cell_gene": "hsct gene_therapy",
    "other_medicines": "corticosteroids immunosuppressants tpo_ra anti_d splenectomy antibiotic_prophylaxis other",
    "none": "no_treatment",
}

# ---------------------------------------------------------------- the contract


def test_the_options_are_the_nineteen_in_order(catalogue):
    assert list(catalogue.options) == NINETEEN.split() == list(OPTIONS)


def test_each_option_is_in_its_family(catalogue):
    wanted = {option: family for family, options in FAMILIES.items() for option in options.split()}
    assert {name: row.family for name, row in catalogue.options.items()} == wanted
    assert list(catalogue.families) == list(FAMILIES)


def test_conditions_have_the_situations_of_the_contract_in_order(catalogue):
    found = {condition: " ".join(catalogue.situation_ids(condition)) for condition in catalogue.conditions}
    assert found == {condition: SITUATIONS[condition] for condition in found}


def test_urgent_situations_are_those_of_the_contract(catalogue):
    flags = {place: catalogue.situation(*place).urgent for place in catalogue.roles}
    assert flags == {place: place in URGENT for place in flags}


def test_the_age_assumed_is_that_of_the_contract(catalogue):
    found = {condition: catalogue.default_age_group(condition) for condition in catalogue.conditions}
    assert found == {condition: AGES.get(condition, "adult") for condition in found}


# ------------------------------------------------------------------- every row


def used(catalogue):
    """Yield every used option of every situation: its place and its role."""
    for place, roles in catalogue.roles.items():
        for option, role in roles.items():
            if role.role != "not_used":
                yield (*place, option), role


def test_every_situation_gives_every_option_a_role(catalogue):
    assert {place: sorted(roles) for place, roles in catalogue.roles.items() if set(roles) != set(OPTIONS)} == {}


def test_every_used_option_has_effects_onset_and_regimen(catalogue):
    gaps = []
    for place, _ in used(catalogue):
        for outcome in catalogue.outcomes[place[:2]]:
            rows = catalogue.effects.get((*place[:2], outcome.outcome), {})
            if place[2] not in rows and outcome.reference_option != place[2]:
                gaps.append((*place, outcome.outcome))
        gaps += [(*place, name) for name in ("onset", "regimens") if place not in getattr(catalogue, name)]
    assert gaps == []


def test_every_situation_counts_a_benefit_and_a_serious_harm(catalogue):
    found = {place: {row.criterion for row in rows} for place, rows in catalogue.outcomes.items()}
    assert {place: kinds for place, kinds in found.items() if not {"benefit", "serious_harm"} <= kinds} == {}


def test_every_known_effect_says_whom_how_long_out_of_what_and_how_sure(catalogue):
    gaps = [
        (row.condition, row.situation, row.option, row.outcome, column)
        for row in catalogue.tables["effects"]
        for column in ("population", "follow_up", "denominator", "as_read", "certainty_by", "certainty_reason")
        if row.comparison != "none" and not getattr(row, column)
    ]
    assert gaps == []


def test_every_unknown_effect_says_why_and_holds_no_number(catalogue):
    numbers = ("value", "low", "high", "events", "total", "comparator_events", "comparator_total")
    wrong = [
        (row.condition, row.situation, row.option, row.outcome)
        for row in catalogue.tables["effects"]
        if row.comparison == "none"
        and (not row.unknown_reason or not row.note or any(getattr(row, name) is not None for name in numbers))
    ]
    assert wrong == []


def test_every_known_reference_says_whom_and_why(catalogue):
    gaps = [
        (row.condition, row.situation, row.outcome, column)
        for row in catalogue.tables["outcomes"]
        for column in ("population", "follow_up", "reference_name", "reference_reason", "as_read", "certainty_by")
        if reference_risk(row) is not None and not getattr(row, column)
    ]
    assert gaps == []


@pytest.mark.parametrize("table", [name for name, model in TABLES.items() if issubclass(model, Rated)])
def test_every_rating_names_who_rated_and_why(catalogue, table):
    assert [
        row for row in catalogue.tables[table] if not (row.certainty_by.strip() and row.certainty_reason.strip())
    ] == []


def test_what_is_seen_is_no_number_out_of_our_own_head(catalogue):
    ours = {name for name, row in catalogue.sources.items() if row.type == "own_wording"}
    wrong = [
        (row.condition, row.situation, row.option, row.outcome)
        for row in catalogue.tables["effects"]
        if row.comparison != "none" and set(row.source_ids) <= ours
    ]
    assert wrong == []


def test_names_in_a_situation_are_told_apart(catalogue):
    """Two columns or two bars of one name cannot be told apart."""
    twice = []
    for place, roles in catalogue.roles.items():
        names = [role.display_name or catalogue.options[option].name for option, role in roles.items()]
        twice += [(*place, name) for name in set(names) if names.count(name) > 1]
    assert twice == []


def test_other_and_no_treatment_say_what_they_mean_here(catalogue):
    plain = [place for place, role in used(catalogue) if place[2] in ("other", "other_mab") and not role.display_name]
    assert plain == []


def test_a_price_is_in_the_money_of_its_country(catalogue):
    money = {"us": "USD", "uk": "GBP", "canada": "CAD", "australia": "AUD", "france": "EUR"}
    assert [row for row in catalogue.tables["prices"] if row.currency != money[row.jurisdiction]] == []


def test_a_price_is_of_an_agent_that_stands_for_the_option(catalogue):
    """The price of an agent that no table knows would never be used."""
    known = {(row.option, row.agent) for row in catalogue.tables["agents"]}
    assert sorted({(row.option, row.agent) for row in catalogue.tables["prices"] if row.agent} - known) == []


def test_no_dose_of_one_agent_is_paid_at_the_price_of_another(catalogue):
    """An agent of a wider or narrower name (efgartigimod, efgartigimod IV) is the same."""
    mixed = set()
    for place in catalogue.roles:
        for country in CHOICES["prices"]:
            for option in compare(catalogue, Scenario(*place, prices=country)).options:
                price, regimen = option.cost.price, option.regimen
                if not (price and price.agent and regimen and regimen.agent and option.cost.per_year):
                    continue
                if price.agent not in regimen.agent and regimen.agent not in price.agent:
                    mixed.add((*place, option.option.option, regimen.agent, price.agent))
    mixed = {row for row in mixed if row[-1] != "COVID-19 antibody"}  # the class that sipavibart belongs to
    assert sorted(mixed) == []


def test_agents_and_guidelines_stand_in_situations_that_exist(catalogue):
    wrong = [
        (row.condition, row.option, situation)
        for row in catalogue.tables["agents"]
        for situation in row.situations
        if (row.condition, situation) not in catalogue.roles
    ]
    wrong += [
        (row.condition, row.option, row.situation)
        for row in catalogue.tables["guidelines"]
        if row.situation and (row.condition, row.situation) not in catalogue.roles
    ]
    assert wrong == []


def test_every_health_point_and_choice_is_asked_by_some_rule_or_message(catalogue):
    """What changes nothing is not worth asking. Only where all conditions are in."""
    said = " ".join(f"{row.when or ''}" for name in ("rules", "messages") for row in catalogue.tables[name])
    asked = set(re.findall(r"[a-z_0-9]+", said))
    if len(catalogue.conditions) == len(SITUATIONS):
        assert [flag for flag in HEALTH if flag not in asked] == []
    for key in ("veins", "needles", "self_infusion", "place", "apheresis", "ig_supply"):
        assert [value for value in CHOICES[key][1:] if value not in asked and value != "with_helper"] == []


# --------------------------------------------------------------------- phrases

CODE = [ROOT / "streamlit_app.py", *sorted((ROOT / "decision").rglob("*.py"))]
PHRASE = re.compile(r"^[a-z0-9_]+(\.[a-z0-9_]+)*$")


def sentences():
    """Return what the code asks of `words`: whole names, and patterns of names that are put together."""
    whole, patterns, constants = set(), set(), set()
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                constants.add(node.value)
            if isinstance(node, ast.Call) and node.args and _is_words(node.func):
                for name in _names(node.args[0]):
                    (patterns if "*" in name else whole).add(name)
            if isinstance(node, ast.JoinedStr):
                patterns.update(name for name in _names(node) if PHRASE.match(name.replace("*", "x")) and "." in name)
    return whole, patterns, constants


def _is_words(function):
    return (isinstance(function, ast.Name) and function.id == "words") or (
        isinstance(function, ast.Attribute) and function.attr == "words"
    )


def _names(node):
    """Return the names an argument can be; a part that is filled in is a star."""
    if isinstance(node, ast.IfExp):
        return [*_names(node.body), *_names(node.orelse)]
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(part.value if isinstance(part, ast.Constant) else "*" for part in node.values)]
    return []


def matches(pattern, phrase, constants):
    """Say whether a name can be put together so; a first part that is filled in must itself stand in the code."""
    found = re.fullmatch(re.escape(pattern).replace(r"\*", "(.+)"), phrase)
    if found is None:
        return False
    return not pattern.startswith("*") or all(part in constants for part in found.groups())


def test_every_sentence_that_the_code_asks_for_exists(catalogue):
    whole, patterns, constants = sentences()
    missing = sorted(name for name in whole if name not in catalogue.phrases)
    called = [name for name in patterns if not name.startswith("*")]
    missing += [
        name
        for name in called
        if name.split(".")[0] in {phrase.split(".")[0] for phrase in catalogue.phrases}
        and not any(matches(name, phrase, constants) for phrase in catalogue.phrases)
    ]
    assert missing == []


def test_every_sentence_is_asked_for_by_the_code(catalogue):
    whole, patterns, constants = sentences()
    unused = [
        phrase
        for phrase in catalogue.phrases
        if phrase not in whole | constants and not any(matches(name, phrase, constants) for name in patterns)
    ]
    assert unused == []


@pytest.mark.parametrize("key", [key for key in CHOICES if key != "detail"])
def test_every_choice_has_words(catalogue, key):
    assert [value for value in CHOICES[key] if f"value.{key}.{value}" not in catalogue.phrases] == []


def test_every_word_of_the_engine_has_words(catalogue):
    from decision.rows import Certainty, Family, Funding, Role, Setting, Tier, UnknownReason, Verdict
    from decision.screening import HEADING_OF_KIND, HEADING_OF_ROLE

    vocabularies = {
        "role": Role,
        "verdict": Verdict,
        "certainty": Certainty,
        "funding": Funding,
        "setting": Setting,
        "tier": Tier,
    }
    wanted = [f"{name}.{value}" for name, words in vocabularies.items() for value in words.__args__]
    wanted += [f"heading.{value}" for value in (*HEADING_OF_ROLE.values(), *HEADING_OF_KIND.values())]
    wanted += [f"health.{flag}" for flag in HEALTH]
    assert set(Family.__args__) == set(catalogue.families)
    assert UnknownReason.__args__
    assert [name for name in wanted if name not in catalogue.phrases] == []


# ----------------------------------------------------------- what a person reads

NOT_READ_BY_PATIENTS = {"sources", "families", "agent_properties"}
NOT_PATIENT_TEXT = {"as_read", "clinical", "citation", "short", "derived_from", "comparator", "body", "strength"}


def patient_texts(catalogue):
    """Yield every text that a person may read, with where it stands."""
    for table, rows in catalogue.tables.items():
        if table in NOT_READ_BY_PATIENTS:
            continue
        for number, row in enumerate(rows, 2):
            for column in TABLES[table].model_fields:
                value = getattr(row, column)
                if isinstance(value, str) and column not in NOT_PATIENT_TEXT:
                    yield f"{table}.csv, row {number}, column {column}", value


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("no long dash", r"[\u2013\u2014]"),
        ("no advice in our own voice", r"\b(you should|you must|you need to|you ought|we recommend|we advise)\b"),
        ("no best option", r"\b(the best option|the right choice|your best choice)\b"),
        ("no chance as 1 in so many", r"\b(1|one) in (\d[\d,]*|ten|twenty|a hundred|a thousand)\b(?! (study|trial))"),
        ("no blank left by hand", r"\b(TODO|TBD|FIXME|XXX|lorem)\b"),
        ("no double space", r"\S  \S"),
    ],
)
def test_patient_text(catalogue, what, pattern):
    found = [f"{where}: {text}" for where, text in patient_texts(catalogue) if re.search(pattern, text, re.IGNORECASE)]
    assert found == []


def test_blanks_in_sentences_can_be_filled_in(catalogue):
    odd = [name for name, text in catalogue.phrases.items() if re.sub(r"\{[a-z_]+\}", "", text).count("{")]
    odd += [name for name, text in catalogue.phrases.items() if re.sub(r"\{[a-z_]+\}", "", text).count("}")]
    assert odd == []
