"""What the person told us: one value, whether it came from a URL, the command line or Python.

In Python a Scenario is strict: a wrong value raises. `read` is lenient: what
cannot be used is dropped or clamped, named in a notice, and nothing else is lost.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from decision.wording import Words

OPTIONS = (
    "ivig", "scig", "fscig", "plasma_exchange", "immunoadsorption", "fcrn_blocker", "complement_inhibitor",
    "anti_cd20", "other_mab", "hsct", "gene_therapy", "corticosteroids", "immunosuppressants", "tpo_ra",
    "anti_d", "splenectomy", "antibiotic_prophylaxis", "other", "no_treatment",
)  # fmt: skip
CRITERIA = (
    "benefit", "speed", "serious_harm", "common_side_effects", "time", "needles", "independence", "cost",
    "plasma_use", "certainty",
)  # fmt: skip
HEALTH = (
    "thrombosis_risk", "kidney_disease", "heart_failure", "iga_deficiency_anti_iga", "ig_anaphylaxis",
    "bleeding_risk", "unstable_blood_pressure", "active_infection", "hepatitis_b",
    "meningococcal_vaccine_not_possible", "blood_thinner", "ace_inhibitor", "high_blood_pressure", "diabetes",
    "recent_ivig", "jcv_positive", "rh_negative", "no_spleen", "hyperprolinaemia", "fructose_intolerance",
    "migraine", "liver_disease", "seizures",
)  # fmt: skip
CHOICES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "age_group": ("adult", "older_adult", "child", "infant"),
        "pregnancy": ("no", "pregnant", "planning", "breastfeeding"),
        "igg": ("unknown", "below_4", "4_to_6", "above_6"),
        "mg_antibody": ("unknown", "achr", "musk", "none"),
        "veins": ("good", "poor"),
        "needles": ("ok", "anxious", "severe_fear"),
        "self_infusion": ("self", "with_helper", "no"),
        "place": ("any", "prefer_home", "home_only"),
        "apheresis": ("on_site", "by_transfer", "none"),
        "ig_supply": ("normal", "tight", "critical"),
        "supply_plan": ("none", "uk", "france", "canada", "australia"),
        "prices": ("us", "uk", "canada", "australia", "france"),
        "detail": ("plain", "clinical"),
    }
)
"""Keys with a fixed set of values; the first is the default."""

NUMBERS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "weight_kg": (2, 250),
        "travel_minutes": (0, 600),
        "hours_per_month": (0, 744),
        "budget_per_year": (0, 100_000_000),
    }
)
"""Keys that hold a number, with the range to which they are clamped."""

PRICE_RANGE = (0.0, 100_000_000.0)
WEIGHT_RANGE = (0.0, 10.0)
BODY_KEYS = ("health", "pregnancy", "age_group", "weight_kg")
"""What says something about a body: read from a URL, written into one only when asked for."""

DEFAULT_WEIGHT: Mapping[str, float] = MappingProxyType({"adult": 70, "older_adult": 70, "child": 20, "infant": 6})


class KnownConditions(Protocol):
    """What `read` asks of a catalogue: which conditions and situations exist, and the words of a notice."""

    @property
    def words(self) -> Words: ...

    def situation_ids(self, condition: str) -> tuple[str, ...]: ...
    def condition_ids(self) -> tuple[str, ...]: ...
    def default_age_group(self, condition: str) -> str: ...


@dataclass(frozen=True)
class Scenario:
    """Everything a comparison depends on besides the tables.

    Numbers: `weight_kg` 2 to 250 kg, `travel_minutes` one way 0 to 600,
    `hours_per_month` and `budget_per_year` a limit or None, `own_prices`
    option to money per unit, `weights` criterion to 0..10.
    Raises ValueError, naming key and allowed values, for anything else.
    """

    condition: str
    situation: str
    age_group: str = "adult"
    pregnancy: str = "no"
    weight_kg: float = 70
    health: tuple[str, ...] = ()
    igg: str = "unknown"
    mg_antibody: str = "unknown"
    veins: str = "good"
    needles: str = "ok"
    self_infusion: str = "self"
    place: str = "any"
    travel_minutes: float = 30
    apheresis: str = "on_site"
    hours_per_month: float | None = None
    ig_supply: str = "normal"
    supply_plan: str = "none"
    prices: str = "us"
    budget_per_year: float | None = None
    own_prices: Mapping[str, float] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)
    detail: str = "plain"

    def __post_init__(self) -> None:
        flags = self.health.split(",") if isinstance(self.health, str) else self.health
        chosen = {flag.strip() for flag in flags if flag.strip()}
        _require(chosen <= set(HEALTH), f"health: {sorted(chosen - set(HEALTH))} not known; use {', '.join(HEALTH)}")
        object.__setattr__(self, "health", tuple(flag for flag in HEALTH if flag in chosen))
        for key, allowed in CHOICES.items():
            value = getattr(self, key)
            _require(value in allowed, f"{key}: {value!r} is not one of {', '.join(allowed)}")
        for key, limits in NUMBERS.items():
            value = getattr(self, key)
            if value is not None or key in ("weight_kg", "travel_minutes"):
                _require_number(key, value, limits)
        for name, known, limits in (("own_prices", OPTIONS, PRICE_RANGE), ("weights", CRITERIA, WEIGHT_RANGE)):
            given = getattr(self, name)
            for key, value in given.items():
                _require(key in known, f"{name}: {key!r} is not one of {', '.join(known)}")
                _require_number(f"{name}[{key}]", value, limits)
            object.__setattr__(self, name, MappingProxyType({key: given[key] for key in known if key in given}))

    def __hash__(self) -> int:
        return hash(tuple(self.to_query(with_body=True).items()))

    def facts(self) -> dict[str, object]:
        """Return the keys that a rule's trigger may read, with their values."""
        return {f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("own_prices", "weights")}

    def to_query(self, with_body: bool = False) -> dict[str, str]:
        """Return the URL query of this scenario: condition, situation and all that differs from the default.

        What says something about a body is left out unless `with_body`.
        """
        query = {"condition": self.condition, "situation": self.situation}
        for f in fields(self):
            value = getattr(self, f.name)
            if f.name in query or f.name in ("own_prices", "weights"):
                continue
            if f.name in BODY_KEYS and not with_body:
                continue
            if value != f.default or (f.name in ("age_group", "weight_kg") and with_body):
                query[f.name] = as_text(value)
        query.update({f"price.{option}": as_text(price) for option, price in self.own_prices.items()})
        query.update({f"w.{criterion}": as_text(weight) for criterion, weight in self.weights.items()})
        return query

    def as_json(self) -> dict[str, object]:
        """Return every key of the contract with its normalised value; null where nothing was said."""
        said: dict[str, object] = {
            f.name: getattr(self, f.name) for f in fields(self) if f.name not in ("own_prices", "weights")
        }
        said["health"] = ",".join(self.health)
        said.update({f"price.{option}": self.own_prices.get(option) for option in OPTIONS})
        said.update({f"w.{criterion}": self.weights.get(criterion) for criterion in CRITERIA})
        return said


def read(pairs: Mapping[str, object], known: KnownConditions) -> tuple[Scenario, tuple[str, ...]]:
    """Make a Scenario of whatever a URL or a command line says.

    In: key to value, both untrusted. Out: a valid Scenario and a plain notice
    for each thing that was dropped, clamped or ignored. Never raises.
    """
    notices: list[str] = []
    words = known.words
    said = {str(key): str(value).strip() for key, value in pairs.items() if str(value).strip()}
    condition = _choose("condition", said, known.condition_ids(), notices, words)
    situation = _choose("situation", said, known.situation_ids(condition), notices, words)
    values: dict[str, object] = {"condition": condition, "situation": situation}
    own_prices: dict[str, float] = {}
    weights: dict[str, float] = {}
    for key, text in said.items():
        if key in ("condition", "situation"):
            continue
        if key in CHOICES:
            values[key] = _choose(key, said, CHOICES[key], notices, words)
            if text not in CHOICES[key]:
                del values[key]
        elif key in NUMBERS:
            _take_number(values, key, key, text, NUMBERS[key], notices, words)
        elif key == "health":
            values[key] = _take_flags(text, notices, words)
        elif key.startswith("price.") and key[6:] in OPTIONS:
            _take_number(own_prices, key[6:], key, text, PRICE_RANGE, notices, words)
        elif key.startswith("w.") and key[2:] in CRITERIA:
            _take_number(weights, key[2:], key, text, WEIGHT_RANGE, notices, words)
        else:
            notices.append(words("notice.unknown_key", key=_short(key)))
    values.setdefault("age_group", known.default_age_group(condition))
    values.setdefault("weight_kg", DEFAULT_WEIGHT[str(values["age_group"])])
    scenario = Scenario(**values, own_prices=own_prices, weights=weights)  # type: ignore[arg-type]
    return _ignore_pregnancy(scenario, notices, words), tuple(notices)


def _ignore_pregnancy(scenario: Scenario, notices: list[str], words: Words) -> Scenario:
    """Drop pregnancy where it cannot be that of the person treated (contract, section 3)."""
    not_theirs = (
        scenario.age_group == "infant"
        or scenario.condition in ("scid_combined", "kawasaki")
        or (scenario.condition == "itp_child" and scenario.age_group != "child")
    )
    if scenario.pregnancy == "no" or not not_theirs:
        return scenario
    notices.append(words("notice.pregnancy"))
    return replace(scenario, pregnancy="no")


def _choose(key: str, said: Mapping[str, str], allowed: tuple[str, ...], notices: list[str], words: Words) -> str:
    value = said.get(key, allowed[0])
    if value in allowed:
        return value
    notices.append(words("notice.unknown_value", value=_short(value), field=_field(key, words)))
    return allowed[0]


def _take_number(
    into: dict, name: str, key: str, text: str, limits: tuple[float, float], notices: list[str], words: Words
) -> None:  # fmt: skip
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if math.isnan(number):
        notices.append(words("notice.not_a_number", value=_short(text), field=_field(key, words)))
        return
    clamped = min(max(number, limits[0]), limits[1])
    if clamped != number:
        said = {"value": _short(text), "field": _field(key, words), "used": as_text(clamped)}
        notices.append(words("notice.out_of_range", **said))
    into[name] = int(clamped) if clamped == int(clamped) else clamped


def _take_flags(text: str, notices: list[str], words: Words) -> tuple[str, ...]:
    flags = [flag.strip() for flag in text.split(",") if flag.strip()]
    for flag in flags:
        if flag not in HEALTH:
            notices.append(words("notice.unknown_health", value=_short(flag)))
    return tuple(flag for flag in flags if flag in HEALTH)


def _field(key: str, words: Words) -> str:
    """Return what a key is called; a price or a weight is called as it stands in the address."""
    return key if key.startswith(("price.", "w.")) else words(f"notice.field.{key}")


def as_text(value: object) -> str:
    """Return a value as a URL holds it: whole numbers without a point, lists with commas, nothing rounded."""
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    if isinstance(value, Iterable) and not isinstance(value, str):
        return ",".join(str(part) for part in value)
    return str(value)


def _short(text: str) -> str:
    """Cut what a stranger typed to a length that a notice can show."""
    return text if len(text) <= 40 else text[:39] + "…"


def _require(condition: bool, message: str) -> None:
    if not condition:
        raise ValueError(message)


def _require_number(key: str, value: object, limits: tuple[float, float]) -> None:
    good = isinstance(value, int | float) and not isinstance(value, bool) and limits[0] <= value <= limits[1]
    _require(good, f"{key}: {value!r} is not a number from {limits[0]:g} to {limits[1]:g}")
