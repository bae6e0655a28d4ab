"""Small tables made by hand: one condition, two decision points, as many options as a test needs."""

import csv
from datetime import date
from typing import Any

from decision.catalogue import DATA_DIR, Catalogue
from decision.comparison import Comparison, compare
from decision.rows import (
    TABLES,
    Agent,
    Condition,
    EffectRow,
    EffectSize,
    Message,
    Option,
    Outcome,
    Phrase,
    Price,
    Regimen,
    RoleRow,
    Row,
    Rule,
    Situation,
    Source,
    SupplyTier,
)
from decision.scenario import OPTIONS, Scenario

DAY = date(2026, 1, 2)
READ = {"source_ids": "trial", "checked": DAY, "status": "seen"}
RATED = {**READ, "certainty": "low", "certainty_by": "us", "certainty_reason": "One small trial."}
HERE = {"condition": "tiny", "situation": "calm"}

FAMILY = {
    **dict.fromkeys(("ivig", "scig", "fscig"), "immunoglobulin"),
    **dict.fromkeys(("plasma_exchange", "immunoadsorption"), "blood_filtering"),
    **dict.fromkeys(("fcrn_blocker", "complement_inhibitor", "anti_cd20", "other_mab"), "targeted_antibodies"),
    **dict.fromkeys(("hsct", "gene_therapy"), "stem_cell_gene"),
    "no_treatment": "none",
}
with (DATA_DIR / "phrases.csv").open(encoding="utf-8", newline="") as file:
    SHIPPED_PHRASES = tuple(Phrase(**row) for row in csv.DictReader(file))
SIZES = tuple(
    EffectSize(criterion=name, small=5, moderate=10, large=20, reason="Steps of a test.", **READ)
    for name in ("benefit", "serious_harm", "common_side_effects")
)

BASE = {"first_choice": "suitable", "alternative": "suitable", "add_on": "caution", "later_line": "caution"}


def source(name: str = "trial", **cells: Any) -> Source:
    known = {"citation": f"The {name}.", "short": name, "type": "rct", "funding": "public", "checked": DAY}
    return Source(source=name, url=f"https://example.org/{name}", **{**known, **cells})


def condition(name: str = "tiny", position: int = 1, **cells: Any) -> Condition:
    words = {key: f"{key} of {name}" for key in ("name", "plain_name", "short_name", "description", "why_treat")}
    return Condition(condition=name, position=position, **{**words, **READ, **cells})


def situation(name: str = "calm", of: str = "tiny", position: int = 1, **cells: Any) -> Situation:
    words = {key: f"{key} of {name}" for key in ("name", "hint", "decision", "without_treatment")}
    flags = {"urgent": name == "urgent", "on_immunoglobulin": False}
    return Situation(condition=of, situation=name, position=position, **{**words, **flags, **READ, **cells})


def option(name: str, **cells: Any) -> Option:
    unit = "gram" if FAMILY.get(name) == "immunoglobulin" else "session"
    words = {"name": name.upper(), "plain_name": name, "description": f"What {name} is.", "price_unit": unit}
    family = FAMILY.get(name, "other_medicines")
    return Option(option=name, position=OPTIONS.index(name) + 1, family=family, **{**words, **READ, **cells})


def role(name: str, role: str = "first_choice", **cells: Any) -> RoleRow:
    known = {"base_verdict": BASE.get(role, "not_suitable"), "can_replace_ig": False, "judgement": False}
    return RoleRow(option=name, role=role, reason=f"The role of {name}.", **{**HERE, **READ, **known, **cells})


def agent(name: str, of: str, **cells: Any) -> Agent:
    known = {"situations": "calm;urgent", "routes": "vein", "at_home": "no"}
    return Agent(condition="tiny", option=of, agent=name, **{**known, **READ, **cells})


def rule(code: str, when: str, effect: str, **cells: Any) -> Rule:
    known = {"rule": f"{code}-{effect}".lower(), "kind": "health", "text": f"Rule {code}."}
    return Rule(code=code, when=when, effect=effect, **{**known, **READ, **cells})


def message(kind: str, text: str, **cells: Any) -> Message:
    return Message(**{"message": f"m-{kind}", "kind": kind, "position": 1, "text": text, **READ, **cells})


def regimen(of: str = "ivig", **cells: Any) -> Regimen:
    known = {"text": "How it is given.", "clinical": "Dose.", "pattern": "repeated", "setting": "infusion_unit"}
    return Regimen(option=of, **{**HERE, **READ, **known, **cells})


def price(of: str = "ivig", amount: float = 100, **cells: Any) -> Price:
    known = {"jurisdiction": "us", "unit": "gram", "currency": "USD", "price_date": "2026", "covers": "the product"}
    return Price(option=of, amount=amount, **{**READ, **known, **cells})


def tier(tier: str, plan: str = "uk", word: str = "red", **cells: Any) -> SupplyTier:
    return SupplyTier(plan=plan, tier=tier, word=word, **{**HERE, **READ, **cells})


def outcome(name: str = "better", **cells: Any) -> Outcome:
    words = {"name": name, "question": f"How many get {name}?", "happens": f"get {name}", "happens_not": f"not {name}"}
    known = {"position": 1, "criterion": "benefit", "direction": "benefit", "per": 100, "follow_up": "6 months"}
    given = {"reference_name": "With no treatment", "reference_reason": "The largest trial.", "population": "Adults"}
    return Outcome(outcome=name, **{**HERE, **words, **known, **given, **RATED, **cells})


def effect(of: str, measure: str, value: float | None = None, **cells: Any) -> EffectRow:
    known = {"outcome": "better", "comparison": "direct", "denominator": "people", "as_read": "as read"}
    people = {"population": "Adults", "follow_up": "6 months"}
    return EffectRow(option=of, measure=measure, value=value, **{**HERE, **known, **people, **RATED, **cells})


def everywhere(row: Row) -> tuple[Row, ...]:
    """Return a row of the calm situation for the calm and for the urgent one."""
    return row, row.model_copy(update={"situation": "urgent"})


def tables(**rows: Any) -> Catalogue:
    """Return a catalogue of these rows; what is not given is filled in so that it can be compared.

    `roles` is enough: the options and an agent for each are made to fit.
    """
    roles = rows.pop("roles", ())
    asked = [row.option for row in roles]
    given: dict[str, Any] = {
        "sources": (source(),),
        "conditions": (condition(),),
        "situations": (situation("calm"), situation("urgent", position=2)),
        "options": tuple(option(name) for name in asked),
        "agents": tuple(agent(name, of=name) for name in asked if name != "no_treatment"),
        "outcomes": (outcome(),),
        "phrases": SHIPPED_PHRASES,
        "effect_sizes": SIZES,
        **rows,
    }
    given["roles"] = tuple(copy for row in roles for copy in everywhere(row))
    for name in ("outcomes", "regimens", "effects", "supply_tiers"):
        given[name] = tuple(copy for row in given.get(name, ()) for copy in everywhere(row))
    return Catalogue({name: tuple(given.get(name, ())) for name in TABLES}, "tiny")


def ask(catalogue: Catalogue, situation: str = "calm", **said: Any) -> Comparison:
    """Compare for a person of whom this is said."""
    return compare(catalogue, Scenario("tiny", situation, **said))


def verdict(catalogue: Catalogue, of: str, situation: str = "calm", **said: Any) -> str:
    return ask(catalogue, situation, **said).option(of).verdict
