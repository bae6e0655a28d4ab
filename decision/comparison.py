"""The one place that puts verdicts, effects, burden, cost and supply together.

`compare(catalogue, scenario)` is a pure function; its result is immutable and
holds figures and rows, never text made for a screen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from decision import trigger
from decision.burden import burden
from decision.catalogue import Catalogue
from decision.cost import cost, grams_per_year
from decision.effects import Estimate, Risk, option_risk
from decision.living import Fit, aspects, fitting
from decision.match import Match, match
from decision.result import OptionResult, OutcomeResult
from decision.rows import (
    Condition,
    Dealbreaker,
    Message,
    Situation,
    SupplyTier,
)
from decision.scenario import Scenario
from decision.screening import Case, screen
from decision.supply import IG_FAMILY, Supply, tier
from decision.wording import Words

ORDER_OF_MESSAGES = ("urgent", "do_not_stop", "before_start", "monitor", "also_part_of_care")


@dataclass(frozen=True)
class Comparison:
    """Every option side by side, in the neutral order, with what holds for the page."""

    catalogue_version: str
    scenario: Scenario
    notices: tuple[str, ...]
    condition: Condition
    situation: Situation
    messages: tuple[Message, ...]
    options: tuple[OptionResult, ...]
    match: Match | None

    def option(self, option: str) -> OptionResult:
        """Return one option. Raises KeyError for an unknown id."""
        return next(result for result in self.options if result.option.option == option)


def compare(catalogue: Catalogue, scenario: Scenario, notices: Sequence[str] = ()) -> Comparison:
    """Compare all options for a scenario.

    In: the tables, the scenario, and notices collected while it was read.
    Raises ValueError where the scenario names a condition or situation that the tables do not hold.
    """
    place = (scenario.condition, scenario.situation)
    if place not in catalogue.roles:
        raise ValueError(f"{' / '.join(place)} is not in the tables")
    situation = catalogue.situation(*place)
    cases = cases_of(catalogue, scenario, catalogue.options)
    screened = screen(catalogue, scenario, cases)
    verdicts = {option: result.verdict for option, result in screened.items()}
    rows = catalogue.supply_tiers.get((scenario.supply_plan, *place), ())
    facts = scenario.facts()
    here = [message for message in catalogue.messages_here[place] if trigger.holds(message.when, facts)]
    for_page = [message for message in here if not _for_options(message)]
    for_options = [message for message in here if _for_options(message)]
    plan_tier = tier(rows, verdicts)
    results = tuple(
        OptionResult(
            option=catalogue.options[option],
            name=case.role.display_name or catalogue.options[option].name,
            agents=case.agents,
            role=case.role,
            screened=screened[option],
            outcomes=_outcomes(catalogue, scenario, case),
            onset=catalogue.onset.get((*place, option)),
            regimen=case.regimen,
            burden=case.burden,
            cost=case.cost,
            supply=supply_of(catalogue, case, plan_tier),
            messages=_ordered(message for message in for_options if _stands_at(message, case)),
            guidelines=tuple(
                row
                for row in catalogue.guidelines.get((scenario.condition, option), ())
                if row.situation in (None, scenario.situation)
            ),
            living=_living(catalogue, scenario, case),
            session_days=catalogue.session_days.get((*place, option), {}),
            review=catalogue.review(*place, option) if case.role.role != "not_used" else None,
        )
        for option, case in cases.items()
    )
    said = [message.text for message in for_page if message.kind == "notice"]
    if scenario.supply_plan != "none" and plan_tier is None:
        said.append(catalogue.words("plan.unknown_tier"))
    return Comparison(
        catalogue_version=catalogue.version,
        scenario=scenario,
        notices=(*notices, *said),
        condition=catalogue.conditions[scenario.condition],
        situation=situation,
        messages=_ordered(message for message in for_page if message.kind != "notice"),
        options=results,
        match=weigh(taking_part(results), scenario.weights, catalogue.words),
    )


def taking_part(results: Sequence[OptionResult], put_back: Collection[str] = ()) -> list[OptionResult]:
    """Return the options that a preference can choose between.

    Ruled-out ones take no part unless put back; an addition is no choice of its own.
    """
    return [
        result
        for result in results
        if result.used
        and result.role.role != "add_on"
        and (result.verdict != "not_suitable" or result.option.option in put_back)
    ]


def taken_out(results: Sequence[OptionResult], dealbreakers: Iterable[Dealbreaker]) -> dict[str, str]:
    """Return the options that a person's deal-breakers take out, each with the deal-breaker in words."""
    found: dict[str, str] = {}
    for row in dealbreakers:
        for result in results:
            by_property = row.property is not None and all(row.property in agent.properties for agent in result.agents)
            by_setting = (
                row.setting is not None and result.regimen is not None and result.regimen.setting == row.setting
            )
            if result.agents and (by_property or by_setting):
                found.setdefault(result.option.option, row.text)
    return found


def weigh(
    results: Sequence[OptionResult],
    weights: Mapping[str, float],
    words: Words,
    pairs: Collection[tuple[str, str]] = (),
) -> Match | None:
    """Return what the weights speak for among the options that take part, or None where none was stated."""
    return match(results, weights, words, pairs) if any(weights.values()) else None


def cases_of(catalogue: Catalogue, scenario: Scenario, options: Iterable[str]) -> dict[str, Case]:
    """Return these options as the rules see them for a scenario. Raises KeyError for a place or option not there."""
    place = (scenario.condition, scenario.situation)
    families = {name: row.family for name, row in catalogue.options.items()}
    return {option: _case(catalogue, scenario, place, option, families) for option in options}


def _case(
    catalogue: Catalogue, scenario: Scenario, place: tuple[str, str], option: str, families: Mapping[str, str]
) -> Case:
    role = catalogue.roles[place][option]
    all_agents = catalogue.agents.get(place, {})
    used = role.role != "not_used"
    agents = all_agents.get(option, ()) if used else ()
    regimen = catalogue.regimens.get((*place, option)) if used else None
    return Case(
        scenario=scenario,
        situation=catalogue.situation(*place),
        role=role,
        roles=catalogue.roles[place],
        agents=agents,
        all_agents=all_agents,
        families=families,
        regimen=regimen,
        burden=burden(regimen, scenario.travel_minutes),
        cost=cost(
            catalogue.options[option],
            regimen,
            catalogue.prices.get((option, scenario.prices), ()),
            [agent.agent for agent in agents],
            scenario.weight_kg,
            scenario.prices,
            scenario.own_prices.get(option),
        ),
    )


def _outcomes(catalogue: Catalogue, scenario: Scenario, case: Case) -> tuple[OutcomeResult, ...]:
    """Return a cell for each outcome of the situation; for an option that is not used all are unknown."""
    place, option = (scenario.condition, scenario.situation), case.role.option
    cells = []
    for outcome in catalogue.outcomes[place]:
        rows = catalogue.effects.get((*place, outcome.outcome), {})
        is_reference = outcome.reference_option == option
        if case.role.role == "not_used":
            risk = Risk(None, option_risk(outcome, option, rows).reference, None, "none")
            cells.append(OutcomeResult(outcome, risk, None, False))
        else:
            cells.append(OutcomeResult(outcome, option_risk(outcome, option, rows), rows.get(option), is_reference))
    return tuple(cells)


def _living(catalogue: Catalogue, scenario: Scenario, case: Case) -> dict[str, tuple[Fit, ...]]:
    """Return the rows on living with an option by aspect; none for an option that is not used."""
    if case.role.role == "not_used":
        return {}
    option, condition = case.role.option, scenario.condition
    agents = [agent.agent for agent in case.agents]
    return {
        aspect: fitting(
            catalogue.living_near.get((option, aspect, condition), ()),
            condition,
            scenario.situation,
            agents,
            scenario.age_group,
        )
        for aspect in aspects(scenario)
    }


def supply_of(catalogue: Catalogue, case: Case, plan_tier: SupplyTier | None) -> Supply:
    """Return what an option takes from the supply of immunoglobulin, with the tier of the plan."""
    if catalogue.options[case.role.option].family != IG_FAMILY:
        return Supply(Estimate(0.0), None, case.scenario.supply_plan)
    grams = grams_per_year(case.regimen, case.scenario.weight_kg)
    return Supply(grams, plan_tier, case.scenario.supply_plan)


def _for_options(message: Message) -> bool:
    """Whether a message belongs to options, not to the page."""
    return bool(message.options or message.agents or message.property)


def _stands_at(message: Message, case: Case) -> bool:
    """Whether a message belongs to this option: named, or by an agent or property that stands for it here."""
    if message.kind == "notice":
        return False
    if message.options and case.role.option not in message.options:
        return False
    if case.role.role == "not_used" and not (message.options and message.kind == "do_not_stop"):
        return False
    if message.agents and not any(agent.agent in message.agents for agent in case.agents):
        return False
    return message.property is None or any(message.property in agent.properties for agent in case.agents)


def _ordered(messages: Iterable[Message]) -> tuple[Message, ...]:
    return tuple(sorted(messages, key=lambda m: (ORDER_OF_MESSAGES.index(m.kind), m.position)))
