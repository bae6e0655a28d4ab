"""Screening: roles, then rules, to a verdict with its reasons and what would change each.

A role sets the verdict before anything is known about the person; each rule
that the scenario triggers can only lower it. Rules are rows of data; this file
knows how a row is applied, never what it says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from decision import supply, trigger
from decision.burden import VISIT_SETTINGS, Burden
from decision.cost import Cost
from decision.rows import Agent, Regimen, RoleRow, Rule, Situation, SupplyTier
from decision.scenario import Scenario
from decision.wording import Words

if TYPE_CHECKING:
    from decision.catalogue import Catalogue

WORST = {"note": 0, "caution": 1, "not_suitable": 2}
VERDICT_OF = {"note": "suitable", "caution": "caution", "not_suitable": "not_suitable"}
EFFECT_OF = {verdict: effect for effect, verdict in VERDICT_OF.items()}
ROLE_RANK = {"first_choice": 0, "alternative": 1, "add_on": 2, "later_line": 3}
SELF_GIVEN = ("yes", "skin_only")
DECIDES_FIRST = ("role", "trial", "health", "supply", "logistics", "cost")
HEADING_OF_ROLE = {"not_used": "not_a_treatment", "not_recommended": "advised_against", "research_only": "trials_only"}
HEADING_OF_KIND = {"health": "not_safe", "logistics": "not_your_limits", "cost": "not_your_limits", "supply": "supply"}
PLACEHOLDERS = ("agents", "others", "hours", "limit", "cost", "budget", "travel", "word")


@dataclass(frozen=True)
class Reason:
    """One thing that speaks to the verdict of an option."""

    kind: str
    code: str
    effect: str
    text: str
    changes_if: str | None
    source_ids: tuple[str, ...]
    status: str


@dataclass(frozen=True)
class Screened:
    """The verdict of an option, the heading a person reads, and the reasons, the deciding one first."""

    verdict: str
    heading: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Case:
    """One option as the rules see it: the person's facts, the place, the option's own facts."""

    scenario: Scenario
    situation: Situation
    role: RoleRow
    roles: Mapping[str, RoleRow]
    agents: tuple[Agent, ...]
    all_agents: Mapping[str, tuple[Agent, ...]]
    families: Mapping[str, str]
    regimen: Regimen | None
    burden: Burden
    cost: Cost
    tier: SupplyTier | None = None
    verdicts: Mapping[str, str] | None = None

    @property
    def protected(self) -> bool:
        """Whether a practical limit may not lower it in an urgent situation (contract, section 2)."""
        role, base = self.role.role, self.role.base_verdict
        return role in ("first_choice", "alternative") or (role == "add_on" and base == "suitable")


@dataclass(frozen=True)
class _Hit:
    """A rule that applies to an option, with the agents it touches."""

    rule: Rule
    effect: str
    touched: frozenset[str]


def screen(catalogue: Catalogue, scenario: Scenario, cases: Mapping[str, Case]) -> dict[str, Screened]:
    """Return the verdict of every option.

    In: one Case an option. The rules that need the verdicts of other options
    (a shortage asks whether something else can stand in) come second.
    """
    seen, live = _settled(catalogue, scenario, cases)
    return {option: _judge(case, live[option], catalogue.words) for option, case in seen.items()}


@dataclass(frozen=True)
class Judged:
    """A verdict without its words, and the strongest effect that the supply has on it (None: it has none)."""

    verdict: str
    supply: str | None


def judge(catalogue: Catalogue, scenario: Scenario, cases: Mapping[str, Case]) -> dict[str, Judged]:
    """Return the verdicts that `screen` returns, without the work on the words.

    In: as for `screen`; the cases may be some options only, as long as those that can
    stand in for immunoglobulin, and those that a supply plan asks about, are among them.
    """
    seen, live = _settled(catalogue, scenario, cases)
    return {option: _judged(case, live[option]) for option, case in seen.items()}


class Signature:
    """What the verdicts of a scenario depend on: where it is the same, they are the same, for each value of one key.

    It holds what the triggers of the rules can tell apart, and the figures that the
    `needs` of rules read. A weight or a journey that passes no threshold does not change it.
    """

    def __init__(self, catalogue: Catalogue, but: str = "ig_supply") -> None:
        self._tests = {place: _tests(rules, but) for place, rules in catalogue.rules_here.items()}

    def __call__(self, scenario: Scenario) -> tuple[object, ...]:
        """Return the signature of a scenario. Raises KeyError for a place that is not in the tables."""
        place, facts = (scenario.condition, scenario.situation), scenario.facts()
        words, floors, figures = self._tests[place]
        read = {
            key
            for clauses, keys in figures
            if all(clause.holds(facts) for clause in clauses)
            for key in keys
        }  # fmt: skip
        return (
            place,
            scenario.supply_plan,
            tuple(_told_apart(facts[key], values) for key, values in words),
            tuple(_step(facts[key], ends) for key, ends in floors),
            tuple((key, _hashable(getattr(scenario, key))) for key in sorted(read)),
        )


Tests = tuple[
    list[tuple[str, frozenset[str]]],
    list[tuple[str, list[float]]],
    list[tuple[list[trigger.Clause], tuple[str, ...]]],
]
"""Of the rules of a place: the words asked for by key, the floors by key, and which triggers need which figures."""


def _tests(rules: Sequence[Rule], but: str) -> Tests:
    asked = [(rule, [clause for clause in trigger.parse(rule.when) if clause.key != but]) for rule in rules]
    words: dict[str, frozenset[str]] = {}
    floors: dict[str, set[float]] = {}
    for _, clauses in asked:
        for clause in clauses:
            if clause.floor is None:
                words[clause.key] = words.get(clause.key, frozenset()) | clause.values
            else:
                floors.setdefault(clause.key, set()).add(clause.floor)
    figures = [(clauses, keys) for rule, clauses in asked for need in rule.needs if (keys := _READ_BY.get(need))]
    return list(words.items()), [(key, sorted(ends)) for key, ends in floors.items()], figures


def _told_apart(said: object, values: frozenset[str]) -> object:
    """Return as much of what was said as any of these words can tell apart."""
    if isinstance(said, str):
        return said if said in values else None
    return tuple(word for word in said if word in values) if isinstance(said, Collection) else None


def _step(said: object, ends: Sequence[float]) -> int | None:
    """Return how many of these floors a figure reaches."""
    return sum(said >= end for end in ends) if isinstance(said, int | float) else None


def _hashable(value: object) -> object:
    return tuple(value.items()) if isinstance(value, Mapping) else value


Live = Mapping[str, Sequence[tuple[Rule, frozenset[str]]]]
"""For each option the rules whose triggers hold, with the agents of it that each touches."""


def _settled(catalogue: Catalogue, scenario: Scenario, cases: Mapping[str, Case]) -> tuple[Mapping[str, Case], Live]:
    """Return the rules that hold, and the cases with what those rules ask about other options filled in."""
    place, facts = (scenario.condition, scenario.situation), scenario.facts()
    here = catalogue.rules_at(*place)
    holds = {when: trigger.holds(when, facts) for when in here.triggers}
    live = {option: [pair for pair in here.touching[option] if holds[pair[0].when]] for option in cases}
    first = {option: [pair for pair in pairs if not _asks_others(pair[0])] for option, pairs in live.items()}
    if first == live:
        return cases, live
    verdicts = {option: _judged(case, first[option]).verdict for option, case in cases.items()}
    rows = catalogue.supply_tiers.get((scenario.supply_plan, *place), ())
    plan_tier = supply.tier(rows, verdicts)
    told = {
        option: case if first[option] == live[option] else replace(case, tier=plan_tier, verdicts=verdicts)
        for option, case in cases.items()
    }
    return told, live


def touched(rule: Rule, option: str, agents: Sequence[Agent]) -> frozenset[str] | None:
    """Return the agents of an option that a rule is about, or None where it is not about the option."""
    if rule.options and option not in rule.options:
        return None
    names = frozenset(agent.agent for agent in agents)
    if not rule.agents and not rule.property:
        return names
    found = frozenset(
        agent.agent
        for agent in agents
        if (not rule.agents or agent.agent in rule.agents)
        and (rule.property is None or rule.property in agent.properties)
    )
    return None if not found or (rule.share == "every" and found != names) else found


def _asks_others(rule: Rule) -> bool:
    return any(need.startswith("tier=") or need == "ig_replaceable" for need in rule.needs)


def _judge(case: Case, rules: Sequence[tuple[Rule, frozenset[str]]], words: Words) -> Screened:
    effects, barred = _effects(case, rules)
    strongest: dict[str, Reason] = {}
    for hit, effect in effects:
        reason = _reason(hit, effect, case, barred, words)
        held = strongest.get(reason.code)
        if held is None or WORST[reason.effect] > WORST[held.effect]:
            strongest[reason.code] = reason
    reasons = sorted((_role_reason(case), *strongest.values()), key=_order)
    verdict = VERDICT_OF[reasons[0].effect]
    return Screened(verdict, _heading(verdict, reasons[0], case.role), tuple(reasons))


def _judged(case: Case, rules: Sequence[tuple[Rule, frozenset[str]]]) -> Judged:
    effects, _ = _effects(case, rules)
    worst = max((EFFECT_OF[case.role.base_verdict], *(effect for _, effect in effects)), key=WORST.__getitem__)
    held_back = [effect for hit, effect in effects if hit.rule.kind == "supply"]
    return Judged(VERDICT_OF[worst], max(held_back, key=WORST.__getitem__, default=None))


def _effects(case: Case, rules: Sequence[tuple[Rule, frozenset[str]]]) -> tuple[list[tuple[_Hit, str]], frozenset[str]]:
    """Return each rule that touches an option with what it does to it, and the agents that are barred."""
    hits = [
        _Hit(rule, _effect(rule, case), agents)
        for rule, agents in rules
        if all(_need(need)(case) for need in rule.needs)
    ]  # fmt: skip
    barred = frozenset().union(*(hit.touched for hit in hits if hit.effect == "not_suitable"))
    names = {agent.agent for agent in case.agents}
    some_left = bool(names) and not names <= barred  # some agent is still possible
    return [(hit, "caution" if hit.effect == "not_suitable" and some_left else hit.effect) for hit in hits], barred


def _order(reason: Reason) -> tuple[int, int]:
    return -WORST[reason.effect], DECIDES_FIRST.index(reason.kind)


def _role_reason(case: Case) -> Reason:
    row = case.role
    kind = "trial" if row.role == "research_only" else "role"
    effect = EFFECT_OF[row.base_verdict]
    return Reason(kind, f"role-{row.role}", effect, row.reason, row.changes_if, row.source_ids, row.status)


def _heading(verdict: str, decisive: Reason, role: RoleRow) -> str:
    """Return the phrase that heads the verdict: it follows the kind of reason that decided."""
    if verdict != "not_suitable":
        return verdict
    if decisive.kind in ("role", "trial"):
        return role.heading or HEADING_OF_ROLE.get(role.role, "advised_against")
    return HEADING_OF_KIND[decisive.kind]


def _effect(rule: Rule, case: Case) -> str:
    urgent = case.situation.urgent and rule.effect_urgent and (rule.urgent_scope == "all" or case.protected)
    return rule.effect_urgent if urgent and rule.effect_urgent else rule.effect


def _reason(hit: _Hit, effect: str, case: Case, barred: frozenset[str], words: Words) -> Reason:
    rule = hit.rule
    values = _values(f"{rule.text}{rule.changes_if}", hit, case, barred, words)
    changes_if = rule.changes_if.format(**values) if rule.changes_if else None
    return Reason(rule.kind, rule.code, effect, rule.text.format(**values), changes_if, rule.source_ids, rule.status)


def _values(text: str, hit: _Hit, case: Case, barred: frozenset[str], words: Words) -> dict[str, str]:
    """Return what fills the blanks of a reason; only those it has, as most have none and figures take time to write."""
    if "{" not in text:
        return {}
    cost, hours, scenario = case.cost.per_year, case.burden.hours, case.scenario
    others = (agent.agent for agent in case.agents if agent.agent not in hit.touched | barred)
    written: Mapping[str, Callable[[], str]] = {
        "agents": lambda: words.listing(sorted(hit.touched)),
        "others": lambda: words.listing(others),
        "hours": lambda: words.hours(hours.value) if hours else "",
        "limit": lambda: words.hours(scenario.hours_per_month or 0),
        "cost": lambda: words.money(cost.value, case.cost.currency) if cost else "",
        "budget": lambda: words.money(scenario.budget_per_year or 0, case.cost.currency),
        "travel": lambda: _on_the_road(case, words),
        "word": lambda: case.tier.word if case.tier else "",
    }
    return {name: write() for name, write in written.items() if f"{{{name}" in text}


def askable(catalogue: Catalogue, condition: str, situation: str) -> dict[str, frozenset[str]]:
    """Return the scenario keys that can change a verdict here, with the values that do (empty for numbers).

    So that a person is asked only what matters for their decision.
    """
    roles, agents = catalogue.roles[condition, situation], catalogue.agents.get((condition, situation), {})
    used = {option for option, role in roles.items() if role.role != "not_used"}
    names = {agent.agent for option in used for agent in agents.get(option, ())}
    properties = {name for option in used for agent in agents.get(option, ()) for name in agent.properties}
    asked: dict[str, set[str]] = {}
    for rule in catalogue.rules_here[condition, situation]:
        if (
            (rule.options and not used & set(rule.options))
            or (rule.agents and not names & set(rule.agents))
            or (rule.property and rule.property not in properties)
        ):
            continue
        for clause in trigger.parse(rule.when):
            asked.setdefault(clause.key, set()).update(clause.values)
    return {key: frozenset(values) for key, values in asked.items()}


def _on_the_road(case: Case, words: Words) -> str:
    """Say the hours on the road: in a month where the number of sessions is known, else for each visit."""
    if case.burden.travel_hours is not None:
        return words("road.month", hours=words.hours(case.burden.travel_hours))
    return words("road.visit", hours=words.hours(2 * case.scenario.travel_minutes / 60))


# ------------------------------------------------------------- what a rule may need


def _needle_free_alternative(case: Case) -> bool:
    """Some option of the same or a higher role, suitable by role, can stand in and is taken by mouth."""
    rank = ROLE_RANK.get(case.role.role, 9)
    return any(
        role.can_replace_ig
        and role.base_verdict == "suitable"
        and ROLE_RANK.get(role.role, 9) <= rank
        and option != case.role.option
        and any("mouth" in agent.routes for agent in case.all_agents.get(option, ()))
        for option, role in case.roles.items()
    )


def _ig_replaceable(case: Case) -> bool:
    """Some option outside immunoglobulin that can stand in is still suitable for this person."""
    return any(
        role.can_replace_ig
        and role.role in ("first_choice", "alternative")
        and case.families[option] != supply.IG_FAMILY
        and (case.verdicts or {}).get(option) == "suitable"
        for option, role in case.roles.items()
    )


def _unit_monthly(case: Case) -> bool:
    """It goes on, and needs a hospital, unit or clinic once a month or more: no agent of it can be given at home."""
    regimen = case.regimen
    if any(agent.at_home in SELF_GIVEN for agent in case.agents):
        return False
    if regimen is None or regimen.pattern != "repeated" or regimen.setting not in VISIT_SETTINGS:
        return False
    return case.burden.sessions is None or case.burden.sessions >= 1


def _over_hours(times: float) -> Callable[[Case], bool]:
    def need(case: Case) -> bool:
        limit, hours = case.scenario.hours_per_month, case.burden.hours
        return limit is not None and hours is not None and hours.value > limit * times

    return need


def _cost_over(side: str) -> Callable[[Case], bool]:
    def need(case: Case) -> bool:
        budget, total = case.scenario.budget_per_year, case.cost.per_year
        if budget is None or total is None:
            return False
        end = getattr(total, side)
        return (total.value if end is None else end) > budget

    return need


_NEEDS: Mapping[str, Callable[[Case], bool]] = {
    "repeated": lambda case: case.regimen is None or case.regimen.pattern != "single",
    "single": lambda case: case.regimen is not None and case.regimen.pattern == "single",
    "unit_monthly": _unit_monthly,
    "vein_only": lambda case: bool(case.agents) and all(agent.routes == ("vein",) for agent in case.agents),
    "needle_free_alternative": _needle_free_alternative,
    "ig_replaceable": _ig_replaceable,
    "over_hours": _over_hours(1),
    "over_hours_twice": _over_hours(2),
    "low_cost_over_budget": _cost_over("low"),
    "high_cost_over_budget": _cost_over("high"),
    "cost_unknown": lambda case: case.regimen is not None and case.cost.per_year is None,
    "starting": lambda case: not case.situation.on_immunoglobulin,
    "on_immunoglobulin": lambda case: case.situation.on_immunoglobulin,
}
_READ_BY: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("over_hours", "over_hours_twice"), ("hours_per_month", "travel_minutes")),
    **dict.fromkeys(
        ("low_cost_over_budget", "high_cost_over_budget", "cost_unknown"),
        ("budget_per_year", "own_prices", "prices", "weight_kg"),
    ),
}
"""The keys of the scenario that a need reads; the other needs read the tables, and the tier the plan."""

TIERS = ("highest", "second", "lowest", "not_supported", "unknown")
NEEDS = "|".join((*_NEEDS, *(f"tier={name}" for name in TIERS)))
"""Every word of the `needs` column, as a pattern."""


def _need(need: str) -> Callable[[Case], bool]:
    if need.startswith("tier="):
        wanted = need.removeprefix("tier=")
        return lambda case: (case.tier.tier if case.tier else "unknown") == wanted
    return _NEEDS[need]
