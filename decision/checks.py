"""Rules that hold across tables: what the columns alone cannot say.

Each check yields (table, row, column, what is wrong, how to mend it).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from string import Formatter
from typing import TYPE_CHECKING, get_args
from urllib.parse import parse_qsl

from decision import trigger
from decision.burden import burden
from decision.cost import cost
from decision.effects import option_risk, reference_risk
from decision.living import ASPECTS, closeness
from decision.rows import (
    TABLES,
    Agent,
    Case,
    CasePart,
    Criterion,
    DataChange,
    EffectRow,
    EffectSize,
    FrameName,
    Guideline,
    Living,
    Price,
    Regimen,
    Row,
    SessionDays,
    TreatmentReview,
)
from decision.scenario import CHOICES, HEALTH, NUMBERS, OPTIONS, Scenario, read
from decision.screening import NEEDS, PLACEHOLDERS

if TYPE_CHECKING:
    from decision.catalogue import Catalogue

Found = tuple[str, Row, str | None, str, str]
IG_OPTIONS = ("ivig", "scig", "fscig")


def disagreements(catalogue: Catalogue) -> list[Found]:
    """Return everything in which the tables disagree with each other or with the contract.

    What has to be worked out from figures is checked only once the figures themselves are in order.
    """
    found = [
        *_options(catalogue),
        *_roles(catalogue),
        *_places(catalogue),
        *_agents(catalogue),
        *_cells(catalogue),
        *_outcomes(catalogue),
        *_effects(catalogue),
        *_effect_sizes(catalogue),
        *_regimens(catalogue),
        *_ranges(catalogue),
        *_triggers(catalogue),
        *_quick_limits(catalogue),
        *_urgent(catalogue),
        *_sources(catalogue),
        *_living_words(catalogue),
        *_living_gaps(catalogue),
        *_session_days(catalogue),
        *_reviews(catalogue),
        *_frames(catalogue),
        *_standards(catalogue),
        *_changes(catalogue),
    ]
    return found or [*_chains(catalogue), *_cases(catalogue)]


def _options(catalogue: Catalogue) -> Iterator[Found]:
    for option, row in catalogue.options.items():
        if option not in OPTIONS:
            yield "options", row, "option", f"{option} is not one of the nineteen options", "remove the row"


def _roles(catalogue: Catalogue) -> Iterator[Found]:
    """Every situation gives every option a role; a used option that stands for several things names its agents."""
    for rows in catalogue.situations.values():
        for place in rows:
            given = catalogue.roles.get((place.condition, place.situation), {})
            for option in catalogue.options:
                if option not in given:
                    what = f"{option} has no role in {place.condition} / {place.situation}"
                    yield "situations", place, "situation", what, "add a row to roles.csv"
    for (condition, situation), here in catalogue.roles.items():
        for option, row in here.items():
            if row.role == "not_used" and row.base_verdict != "not_suitable":
                yield "roles", row, "base_verdict", "an option that is not used cannot be suitable", "use not_suitable"
            if row.role == "not_used" or option == "no_treatment":
                continue
            if not catalogue.agents.get((condition, situation), {}).get(option):
                yield "roles", row, "option", f"no agent stands for {option} here", "add one to agents.csv"


def _places(catalogue: Catalogue) -> Iterator[Found]:
    """A situation named beside a condition is one of that condition."""
    for agent in catalogue.rows("agents", Agent):
        for situation in agent.situations:
            if (agent.condition, situation) not in catalogue.roles:
                what = f"{situation} is no situation of {agent.condition}"
                yield "agents", agent, "situations", what, "correct the word"
    for guideline in catalogue.rows("guidelines", Guideline):
        if guideline.situation and (guideline.condition, guideline.situation) not in catalogue.roles:
            what = f"{guideline.situation} is no situation of {guideline.condition}"
            yield "guidelines", guideline, "situation", what, "correct the word or leave it blank"


def _agents(catalogue: Catalogue) -> Iterator[Found]:
    """A price or regimen that names an agent names one that stands for the option."""
    known = {(row.condition, row.option, row.agent) for row in catalogue.rows("agents", Agent)}
    anywhere = {(option, agent) for _, option, agent in known}
    for row in catalogue.regimens.values():
        if row.agent and (row.condition, row.option, row.agent) not in known:
            yield "regimens", row, "agent", f"{row.agent} is no agent of {row.option} here", "use a name of agents.csv"
    for price in catalogue.rows("prices", Price):
        if price.agent and (price.option, price.agent) not in anywhere:
            yield "prices", price, "agent", f"{price.agent} is no agent of {price.option}", "use a name of agents.csv"


def _cells(catalogue: Catalogue) -> Iterator[Found]:
    """Every used option has a cell for every outcome, an onset and a regimen, known or said to be unknown."""
    for place, roles in catalogue.roles.items():
        for option, role in roles.items():
            has = [(*place, option) in catalogue.onset, (*place, option) in catalogue.regimens]
            if role.role == "not_used":
                continue
            for present, table in zip(has, ("onset", "regimens"), strict=True):
                if not present:
                    yield (
                        "roles",
                        role,
                        "option",
                        f"no row in {table}.csv",
                        "add one, if only to say that it is not known",
                    )
            for outcome in catalogue.outcomes.get(place, ()):
                rows = catalogue.effects.get((*place, outcome.outcome), {})
                if option not in rows and option != outcome.reference_option:
                    what = f"no row in effects.csv for the outcome {outcome.outcome}"
                    yield "roles", role, "option", what, "add one, if only to say that it is not known"
        if place not in catalogue.outcomes:
            yield (
                "roles",
                next(iter(roles.values())),
                "situation",
                "the situation has no outcome",
                "add to outcomes.csv",
            )


def _outcomes(catalogue: Catalogue) -> Iterator[Found]:
    for rows in catalogue.outcomes.values():
        for row in rows:
            if (row.reference_events is None) != (row.reference_total is None):
                yield "outcomes", row, "reference_total", "events and total belong together", "fill in both or none"
            elif row.reference_events is not None and row.reference_events > (row.reference_total or 0):
                yield "outcomes", row, "reference_events", "more events than people", "correct the figures"
            elif reference_risk(row) and not (row.population and row.reference_name and row.reference_reason):
                what = "a reference risk without its name, people or reason"
                yield "outcomes", row, "reference_name", what, "fill in reference_name, population and reference_reason"
            if not row.follow_up:
                yield "outcomes", row, "follow_up", "the cell is empty", "say over what time it is counted"


def _effects(catalogue: Catalogue) -> Iterator[Found]:
    for rows in catalogue.effects.values():
        for row in rows.values():
            role = catalogue.roles[row.condition, row.situation][row.option]
            if role.role == "not_used":
                yield "effects", row, "option", "the option is not used in this situation", "remove the row"
            yield from (_unknown_effect(row) if row.comparison == "none" else _known_effect(row))


def _unknown_effect(row: EffectRow) -> Iterator[Found]:
    if row.measure != "none" or any(x is not None for x in (row.value, row.low, row.high, row.events, row.total)):
        yield "effects", row, "measure", "an unknown effect holds a number", "clear the numbers or name the comparison"
    if not (row.unknown_reason and row.note):
        yield "effects", row, "unknown_reason", "an unknown effect needs a reason and a note", "say why it is not known"


def _known_effect(row: EffectRow) -> Iterator[Found]:
    for column in ("population", "follow_up", "denominator", "as_read"):
        if getattr(row, column) is None:
            yield "effects", row, column, "a number needs this cell", "fill it in, or say that the effect is not known"
    if row.measure == "none" or (row.value is None and row.events is None):
        yield "effects", row, "value", "the comparison is named but there is no number", "fill in the figures"
    for events, total in (("events", "total"), ("comparator_events", "comparator_total")):
        some, all_ = getattr(row, events), getattr(row, total)
        if some is not None and (all_ is None or some > all_):
            yield "effects", row, events, f"{some} of {all_} cannot be", "correct the figures"
    if row.comparison == "single_arm" and row.measure != "proportion":
        yield "effects", row, "measure", "a single-arm figure is a proportion", "use proportion"
    if row.measure in ("RR", "OR", "HR") and row.value is not None and row.value <= 0:
        yield "effects", row, "value", "a ratio is above zero", "correct the figure"
    if row.measure in ("RD", "proportion") and row.value is not None and not -100 <= row.value <= 100:
        yield "effects", row, "value", "percent runs from -100 to 100", "correct the figure"


def _effect_sizes(catalogue: Catalogue) -> Iterator[Found]:
    """Every outcome finds one row of steps, and the steps rise."""
    outcomes = {(row.criterion, row.outcome) for rows in catalogue.outcomes.values() for row in rows}
    met: set[tuple[str, str | None]] = set()
    for row in catalogue.rows("effect_sizes", EffectSize):
        for name in row.outcomes or (None,):
            if name is not None and (row.criterion, name) not in outcomes:
                what = f"{name} is no outcome of the criterion {row.criterion}"
                yield "effect_sizes", row, "outcomes", what, "use a name of outcomes.csv"
            if (row.criterion, name) in met:
                yield "effect_sizes", row, "outcomes", f"{name or 'blank'} stands twice", "keep one of the two"
            met.add((row.criterion, name))
        if not 0 < row.small < row.moderate < row.large:
            yield "effect_sizes", row, "small", "the steps do not rise from above 0", "write small, moderate, large"
    some = next(iter(catalogue.tables["outcomes"]), None)
    for criterion in Criterion.__args__:  # type: ignore[attr-defined]
        if (criterion, None) not in met and some is not None:
            what = f"effect_sizes.csv has no row for {criterion} with blank outcomes"
            yield "outcomes", some, "criterion", what, "add the row"


def _chains(catalogue: Catalogue) -> Iterator[Found]:
    """A relative effect must lead to a risk: its reference, or the option it goes through, is known."""
    for place, outcomes in catalogue.outcomes.items():
        for outcome in outcomes:
            rows = catalogue.effects.get((*place, outcome.outcome), {})
            for option, row in rows.items():
                if _circular(option, rows):
                    yield "effects", row, "versus", "the comparisons run in a circle", "break the circle"
                elif row.comparison != "none" and option_risk(outcome, option, rows).with_option is None:
                    what = "the effect has no reference risk to work on"
                    yield (
                        "effects",
                        row,
                        "versus",
                        what,
                        "add a reference risk to outcomes.csv or use a single-arm figure",
                    )


def _circular(option: str, rows: Mapping[str, EffectRow]) -> bool:
    seen: set[str] = set()
    here: str | None = option
    while here in rows and here is not None:
        if here in seen:
            return True
        seen.add(here)
        here = rows[here].versus
    return False


def _regimens(catalogue: Catalogue) -> Iterator[Found]:
    for row in catalogue.regimens.values():
        numbers = (row.grams_per_kg, row.sessions, row.hours_per_session)
        if row.pattern == "none" and any(x is not None for x in numbers):
            yield (
                "regimens",
                row,
                "pattern",
                "the regimen is not known but holds numbers",
                "clear them or set the pattern",
            )
        if row.pattern == "repeated" and row.sessions and row.interval_weeks is None:
            yield "regimens", row, "interval_weeks", "sessions without an interval", "say how many weeks lie between"


def _ranges(catalogue: Catalogue) -> Iterator[Found]:
    """Low is not above the value, the value not above high."""
    triples = {
        "outcomes": (("reference_low", "reference_value", "reference_high"),),
        "effects": (("low", "value", "high"),),
        "onset": (("days_low", "days_low", "days_high"),),
        "regimens": (
            ("grams_per_kg_low", "grams_per_kg", "grams_per_kg_high"),
            ("sessions_low", "sessions", "sessions_high"),
            ("hours_low", "hours_per_session", "hours_high"),
            ("needles_low", "needles_per_session", "needles_high"),
        ),
        "prices": (("low", "amount", "high"),),
        "reviews": (("weeks_low", "weeks_low", "weeks_high"),),
    }
    for table, columns in triples.items():
        for row in catalogue.tables[table]:
            for triple in columns:
                known = [x for x in (getattr(row, column) for column in triple) if x is not None]
                if known != sorted(known):
                    yield table, row, triple[1], f"{known} is not low, value, high", "correct the figures"


def _triggers(catalogue: Catalogue) -> Iterator[Found]:
    places = {"*"} | set(catalogue.conditions) | {f"{c}/{s}" for c, s in catalogue.roles}
    agents = {agent.agent for here in catalogue.agents.values() for rows in here.values() for agent in rows}
    for table, rows in (("rules", catalogue.rules), ("messages", catalogue.messages)):
        for row in rows:
            yield from ((table, row, "when", what, "correct the trigger") for what in _bad_trigger(row.when))
            for word in row.conditions:
                if word.lstrip("!") not in places:
                    yield table, row, "conditions", f"{word} is no condition or situation", "correct the word"
            for agent in row.agents:
                if agent not in agents:
                    yield table, row, "agents", f"{agent} is not in agents.csv", "correct the name"
    for row in catalogue.rules:
        for need in row.needs:
            if not re.fullmatch(NEEDS, need):
                yield "rules", row, "needs", f"{need} is not known", f"use one of {NEEDS.replace('|', ', ')}"
        for column in ("text", "changes_if"):
            yield from (("rules", row, column, what, mend) for what, mend in _bad_blanks(getattr(row, column) or ""))


def _bad_blanks(text: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the {names} of a text."""
    try:
        names = [name for _, name, _, _ in Formatter().parse(text) if name is not None]
    except ValueError:
        yield "a { or } stands alone", "write a name between the two or remove it"
        return
    for name in names:
        if name not in PLACEHOLDERS:
            yield f"{{{name}}} cannot be filled in", f"use {', '.join(PLACEHOLDERS)}"


def _bad_trigger(when: str | None) -> Iterator[str]:
    try:
        clauses = trigger.parse(when) if when else ()
    except trigger.TriggerError as error:
        yield str(error)
        return
    for clause in clauses:
        if clause.floor is not None:
            if clause.key not in NUMBERS:
                yield f"{clause.key} is not a number of the scenario"
        elif clause.key in ("health", *CHOICES):
            allowed = HEALTH if clause.key == "health" else CHOICES[clause.key]
            yield from (f"{clause.key} is never {value}" for value in sorted(clause.values - set(allowed)))
        elif clause.key not in ("condition", "situation"):
            yield f"{clause.key} is not a key of the scenario"


def _quick_limits(catalogue: Catalogue) -> Iterator[Found]:
    """A quick limit sets a key of the scenario to a value that it can have."""
    for row in catalogue.quick_limits:
        if row.key in NUMBERS:
            low, high = NUMBERS[row.key]
            if not (row.value.isdigit() and low <= int(row.value) <= high):
                yield (
                    "quick_limits",
                    row,
                    "value",
                    f"{row.value} is no whole number from {low:g} to {high:g}",
                    "correct it",
                )
        else:
            wrong = _bad_trigger(f"{row.key}={row.value}")
            yield from (("quick_limits", row, "key", what, "correct the key or the value") for what in wrong)


def _urgent(catalogue: Catalogue) -> Iterator[Found]:
    """Every urgent situation says what to do now."""
    for rows in catalogue.situations.values():
        for row in rows:
            said = any(
                message.kind == "urgent"
                and not message.options
                and message.when is None
                and trigger.selects(message.conditions, row.condition, row.situation)
                for message in catalogue.messages
            )
            if row.urgent and not said:
                yield "situations", row, "urgent", "nothing says what to do now", "add an urgent message for the page"


def _frames(catalogue: Catalogue) -> Iterator[Found]:
    """Every way of saying a risk has its row; the exercise would stop at the one that is missing."""
    missing = [name for name in get_args(FrameName) if name not in catalogue.frames]
    if missing and catalogue.frames:
        row = next(iter(catalogue.frames.values()))
        yield "frames", row, "frame", f"{', '.join(missing)} is missing", "add a row for it"


PARTS: Mapping[str, tuple[int, int]] = {"role_card": (2, 4), "question": (3, 5), "point": (3, 5)}
"""Least and most parts of each kind in a case."""


def _cases(catalogue: Catalogue) -> Iterator[Found]:
    """A case opens two scenarios that differ, has all its parts, and its answers stand in cells that are known."""
    for case in catalogue.cases.values():
        said: dict[str, Scenario] = {}
        for side in ("a", "b"):
            query = getattr(case, f"scenario_{side}") or ""
            given = {"condition": case.condition, "situation": case.situation}
            said[side], notices = read({**given, **dict(parse_qsl(query))}, catalogue)
            for notice in notices:
                yield "cases", case, f"scenario_{side}", notice, "correct the query"
            if "condition" in query or "situation" in query:
                what = "the query names the condition or situation"
                yield "cases", case, f"scenario_{side}", what, "leave them to their own columns"
        if said["a"] == said["b"]:
            yield "cases", case, "scenario_b", "the two scenarios are the same", "let something differ"
        parts = catalogue.case_parts.get(case.case, ())
        counted = Counter(str(part.kind) for part in parts)
        for kind, (least, most) in PARTS.items():
            if not least <= counted[kind] <= most:
                what = f"the case has {counted[kind]} of {kind}"
                yield "cases", case, "case", what, f"give it {least} to {most} in case_parts.csv"
        for part in parts:
            yield from _part(catalogue, case, part, said)


def _part(catalogue: Catalogue, case: Case, part: CasePart, said: Mapping[str, Scenario]) -> Iterator[Found]:
    if part.kind == "role_card" and not (part.role and part.unaware):
        yield "case_parts", part, "role", "a role card names its role and what it may not know", "fill in both"
    if part.kind != "role_card" and not part.cells:
        yield "case_parts", part, "cells", "the answer has no cell", "name one as side/option/row"
    for cell in part.cells:
        side, option, row = cell.split("/")
        role = catalogue.roles[case.condition, case.situation].get(option)
        if role is None or role.role == "not_used":
            yield "case_parts", part, "cells", f"{option} is no treatment in this situation", "name another option"
        elif not _answers(catalogue, said[side], option, row):
            yield "case_parts", part, "cells", f"{cell} is not known or no row", "name a cell that is known"


def _answers(catalogue: Catalogue, scenario: Scenario, option: str, row: str) -> bool:
    """Say whether a cell of the comparison holds a known answer."""
    place = (scenario.condition, scenario.situation)
    regimen = catalogue.regimens.get((*place, option))
    if row in ("verdict", "reasons", "supply"):
        return True
    if row == "match":
        return any(scenario.weights.values())
    if row == "onset":
        onset = catalogue.onset.get((*place, option))
        return onset is not None and onset.days_low is not None
    if row == "time":
        return burden(regimen, scenario.travel_minutes).hours is not None
    if row == "cost":
        agents = [agent.agent for agent in catalogue.agents.get(place, {}).get(option, ())]
        prices = catalogue.prices.get((option, scenario.prices), ())
        own = scenario.own_prices.get(option)
        given = (catalogue.options[option], regimen, prices, agents, scenario.weight_kg, scenario.prices, own)
        return cost(*given).per_year is not None
    if row == "guideline":
        found = catalogue.guidelines.get((scenario.condition, option), ())
        return any(guideline.situation in (None, scenario.situation) for guideline in found)
    outcome = next((outcome for outcome in catalogue.outcomes[place] if outcome.outcome == row), None)
    if outcome is None:
        return False
    rows = catalogue.effects.get((*place, row), {})
    return option_risk(outcome, option, rows).with_option is not None


def _sources(catalogue: Catalogue) -> Iterator[Found]:
    """A row that was read has a source that can be opened; a DOI or PMID belongs to one source only."""
    seen: dict[tuple[str, str], str] = {}
    for source in catalogue.sources.values():
        for column in ("doi", "pmid"):
            number = getattr(source, column)
            if number is None:
                continue
            first = seen.setdefault((column, number.lower()), source.source)
            if first != source.source:
                yield "sources", source, column, f"{number} belongs to {first} already", "merge the two sources"
    for name, rows in catalogue.tables.items():
        for row in rows:
            if getattr(row, "status", None) != "seen" or name == "glossary":
                continue
            cited = [catalogue.sources[source] for source in getattr(row, "source_ids", ())]
            if cited and not any(s.url or s.doi or s.pmid or s.type == "own_wording" for s in cited):
                yield (
                    name,
                    row,
                    "source_ids",
                    "marked as seen but no source can be opened",
                    "add an address or set unchecked",
                )


def _living_words(catalogue: Catalogue) -> Iterator[Found]:
    """A row on living with an option names agents of that option and places that exist."""
    known: dict[str, set[str]] = {}
    for agent in catalogue.rows("agents", Agent):
        known.setdefault(agent.option, set()).add(agent.agent)
    places = {"*"} | set(catalogue.conditions) | {f"{c}/{s}" for c, s in catalogue.roles}
    for row in catalogue.rows("living", Living):
        for name in row.agents:
            if name not in known.get(row.option, ()):
                yield "living", row, "agents", f"{name} is no agent of {row.option}", "use a name of agents.csv"
        for word in row.conditions:
            if word.lstrip("!") not in places:
                yield "living", row, "conditions", f"{word} is no condition or situation", "correct the word"


def _living_gaps(catalogue: Catalogue) -> Iterator[Found]:
    """Every used option says something on every side of life, to every age, by one row that fits most closely."""
    for place, roles in catalogue.roles.items():
        for option, role in roles.items():
            if role.role == "not_used":
                continue
            names = [agent.agent for agent in catalogue.agents.get(place, {}).get(option, ())]
            agents: tuple[str | None, ...] = (*names,) or (None,)
            for aspect in ASPECTS:
                rows = catalogue.living.get((option, aspect), ())
                here = [row for row in rows if trigger.selects(row.conditions, *place)]
                ages = CHOICES["age_group"] if any(row.age_groups for row in here) else (None,)
                fits = [
                    _closest([r for r in here if _speaks_to(r, agent, age)], *place) for agent in agents for age in ages
                ]
                if not all(fits):
                    what = f"no row in living.csv on {aspect} of {option} in {' / '.join(place)}"
                    yield "roles", role, "option", what, "add one, if only to say that nothing was found"
                for rival in {row.living: row for fit in fits for row in fit[1:]}.values():
                    what = f"another row fits {' / '.join(place)} just as closely"
                    yield "living", rival, "conditions", what, "keep one of the two or narrow one"


def _speaks_to(row: Living, agent: str | None, age: str | None) -> bool:
    return (not row.agents or agent in row.agents) and (not row.age_groups or age in row.age_groups)


def _closest(rows: list[Living], condition: str, situation: str) -> list[Living]:
    """Return the rows that fit most closely: one, unless there are rivals or none."""
    best = max((closeness(row, condition, situation) for row in rows), default=None)
    return [row for row in rows if closeness(row, condition, situation) == best]


def _session_days(catalogue: Catalogue) -> Iterator[Found]:
    """Days fit the regimen: as many as sessions, in order, within the interval."""
    for row in catalogue.rows("session_days", SessionDays):
        regimen = catalogue.regimens[row.condition, row.situation, row.option]
        for column, what, mend in _bad_days(row, regimen):
            yield "session_days", row, column, what, mend


def _bad_days(row: SessionDays, regimen: Regimen) -> Iterator[tuple[str, str, str]]:
    if list(row.days) != sorted(set(row.days)):
        yield "days", "the days are not in order, each once", "sort them"
    if (row.phase == "start") != (row.next_day is not None):
        yield "next_day", "a start phase, and only that, says when the repeated sessions begin", "correct the cell"
    patterns = {"course": "single", "interval": "repeated", "start": "repeated"}
    if row.phase in patterns and regimen.pattern != patterns[row.phase]:
        yield "phase", f"the regimen is {regimen.pattern}", f"use the phase of a {regimen.pattern} regimen"
    if row.phase in ("course", "interval") and len(row.days) != regimen.sessions:
        yield "days", f"{len(row.days)} days, but the regimen has {regimen.sessions} sessions", "correct one of the two"
    if row.phase == "interval" and row.days and max(row.days) > 7 * (regimen.interval_weeks or 0):
        yield "days", "a day lies outside the interval", "correct the day"
    if row.phase == "start" and row.days and row.next_day is not None and max(row.days) >= row.next_day:
        yield "next_day", "the repeated sessions begin before the start phase ends", "correct the day"


def _reviews(catalogue: Catalogue) -> Iterator[Found]:
    """Every situation says when to look again, whatever the option."""
    said = {(row.condition, row.situation) for row in catalogue.rows("reviews", TreatmentReview) if row.option is None}
    for rows in catalogue.situations.values():
        for place in rows:
            if (place.condition, place.situation) not in said:
                what = "nothing says when to look again"
                yield "situations", place, "situation", what, "add a row without an option to reviews.csv"
    for row in catalogue.rows("reviews", TreatmentReview):
        if row.option is not None and catalogue.roles[row.condition, row.situation][row.option].role == "not_used":
            yield "reviews", row, "option", "the option is not used in this situation", "remove the row"


NO_CHECK = ("people", "not_applicable")
"""Words for an item of the standards that no function works out."""


def _standards(catalogue: Catalogue) -> Iterator[Found]:
    """An item that is worked out names pages that exist; one that is not says why."""
    for row in catalogue.ipdas:
        for page in row.pages:
            if page not in catalogue.phrases:
                yield "ipdas", row, "pages", f"{page} is no title of a page", "use a name of phrases.csv"
        if row.check in NO_CHECK and not row.reason:
            yield "ipdas", row, "reason", "the cell is empty", "say why it is not met or does not apply"
        if row.check not in NO_CHECK and not (row.pages and row.look_at):
            yield "ipdas", row, "pages", "nothing says where it is met", "fill in pages and look_at"


def _changes(catalogue: Catalogue) -> Iterator[Found]:
    """The log of changes names tables that exist."""
    for row in catalogue.rows("changes", DataChange):
        for name in row.changed:
            if name not in TABLES:
                yield "changes", row, "changed", f"{name} is no table", f"use one of {', '.join(TABLES)}"
