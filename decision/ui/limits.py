"""“What limits me”: four short groups of questions, and what was said as chips that can be taken back.

Only what can change something for this decision is asked. Nothing is required.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from decision import limit, quick_limit
from decision.comparison import Comparison
from decision.scenario import CHOICES, HEALTH, NUMBERS, OPTIONS, as_text
from decision.screening import askable
from decision.ui.popover import popover
from decision.ui.state import Said
from decision.wording import Words

GROUPS = {
    "health": ("health", "age_group", "pregnancy", "weight_kg", "igg", "mg_antibody"),
    "life": ("travel_minutes", "place", "needles", "veins", "self_infusion", "apheresis", "hours_per_month"),
    "cost": ("prices", "budget_per_year"),
    "supply": ("ig_supply", "supply_plan"),
}
ALWAYS = ("weight_kg", "age_group", "travel_minutes", "hours_per_month", "prices", "budget_per_year", "supply_plan")
RARE = ("iga_deficiency_anti_iga", "ig_anaphylaxis", "hyperprolinaemia", "fructose_intolerance", "jcv_positive")
FREQUENT = (
    "high_blood_pressure", "diabetes", "kidney_disease", "heart_failure", "thrombosis_risk", "blood_thinner",
    "ace_inhibitor", "active_infection", "migraine", "liver_disease",
)  # fmt: skip
COMMON_FIRST = (*FREQUENT, *(flag for flag in HEALTH if flag not in FREQUENT + RARE), *RARE)
MINUTES = (15, 30, 60, 90, 120, 180, 240, 360)
STEPS = {"weight_kg": 1, "hours_per_month": 1, "budget_per_year": 1000}


def show(said: Said, words: Words) -> DeltaGenerator:
    """Show the four groups and take over what is answered; return the place for what was said, above them."""
    title = st.container(horizontal=True, vertical_alignment="center", gap="small")
    groups = st.container(horizontal=True, gap="small")
    scenario = said.scenario
    asked = askable(said.catalogue, scenario.condition, scenario.situation)
    for group in GROUPS:
        always = group == "health" and said.browser_holds_body
        with groups, popover(words(f"limits.{group}"), key=f"limits-{group}", always=always) as drawn:
            if drawn:
                _group(group, asked, said, words)
    return title


def chips(place: DeltaGenerator, result: Comparison, said: Said, words: Words) -> None:
    """Show in this place what was said, and limits that people often name, each with one tap."""
    with place:
        st.markdown(f"**{words('limits.title')}**", width="content")
        _chips(said, words)
        _quick(result, said)


def _group(group: str, asked: Mapping[str, frozenset[str]], said: Said, words: Words) -> None:
    st.caption(words(f"limits.{group}.hint"))
    for field in GROUPS[group]:
        if field in asked or field in ALWAYS:
            _ask(field, said, words, asked.get(field, frozenset()))
    if group == "health":
        st.caption(words("health.note"))
    if group == "cost":
        _own_prices(said, words)


def _ask(field: str, said: Said, words: Words, values: frozenset[str]) -> None:
    scenario, label, key = said.scenario, words(f"field.{field}"), said.key(field)
    if field == "health":
        flags = [flag for flag in COMMON_FIRST if flag in values or flag in scenario.health]
        chosen = st.pills(
            label,
            flags,
            selection_mode="multi",
            default=list(scenario.health),
            format_func=lambda flag: words(f"health.{flag}"),
            key=said.key(f"health-{scenario.condition}-{scenario.situation}"),
        )
        said.put("health", ",".join(flag for flag in HEALTH if flag in chosen), "")
    elif field == "travel_minutes":
        now = scenario.travel_minutes
        steps = sorted({*MINUTES, now})
        minutes = st.selectbox(label, steps, steps.index(now), format_func=lambda n: limit.minutes(n, words), key=key)
        said.put(field, as_text(minutes), "30")
    elif field in NUMBERS:
        low, high = NUMBERS[field]
        given = getattr(scenario, field)
        hint = words(f"field.{field}.hint") if field != "weight_kg" else None
        now_number = _as_float(given)
        if field == "weight_kg":
            key = said.key(f"weight_kg-{scenario.age_group}")  # another age brings its own weight
        number = st.number_input(
            label, float(low), float(high), now_number, float(STEPS[field]), format="%g", key=key, help=hint
        )
        unsaid = field == "weight_kg" and "weight_kg" not in said.query and number == now_number
        said.put(field, None if number is None or unsaid else as_text(number), "")
    else:
        choices = CHOICES[field]
        if field == "age_group":
            key = said.key(f"age_group-{said.catalogue.default_age_group(scenario.condition)}")
        now_choice = getattr(scenario, field)
        choice = st.radio(
            label,
            choices,
            choices.index(now_choice),
            format_func=lambda value: words(f"value.{field}.{value}"),
            key=key,
            horizontal=True,
        )
        default = said.catalogue.default_age_group(scenario.condition) if field == "age_group" else choices[0]
        said.put(field, choice, default)


def _own_prices(said: Said, words: Words) -> None:
    scenario = said.scenario
    options = said.catalogue.options
    roles = said.catalogue.roles[scenario.condition, scenario.situation]
    used = [option for option in OPTIONS if roles[option].role != "not_used" and option != "no_treatment"]
    with st.expander(words("field.own_prices"), key="own-prices"):
        for option in used:
            unit = words(f"unit.{options[option].price_unit}")
            price = st.number_input(
                words("field.own_price", option=options[option].name, unit=unit),
                min_value=0.0,
                value=_as_float(scenario.own_prices.get(option)),
                step=1.0,
                format="%g",
                key=said.key(f"price.{option}"),
            )
            said.put(f"price.{option}", None if price is None else as_text(price), "")


def _chips(said: Said, words: Words) -> None:
    """Show what was said, each as a button that takes it back."""
    for one in limit.said(said.query, said.scenario, said.catalogue):
        label = words("limits.remove", what=one.text)
        if st.button(f"{one.text} ✕", key=f"chip-{one.key}-{one.value}", help=label):
            if one.value:
                left = [flag for flag in said.scenario.health if flag != one.value]
                said.take(health=",".join(left))
            said.forget(one.key)


def _quick(result: Comparison, said: Said) -> None:
    """Offer limits that people often name and that can change something here."""
    now = {option.option.option: option.screened for option in result.options}
    for row in quick_limit.offered(said.catalogue, said.scenario, now):
        if st.button(f"+ {row.text}", key=f"quick-{row.quick_limit}"):
            said.take(**{row.key: quick_limit.taken(row, said.scenario)})


def _as_float(value: float | None) -> float | None:
    return None if value is None else float(value)
