"""A Comparison as JSON and CSV: the contract's keys, nothing made for a screen."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import asdict

from decision.catalogue import Catalogue
from decision.comparison import Comparison
from decision.effects import Estimate
from decision.match import OptionMatch
from decision.result import OptionResult, OutcomeResult
from decision.rows import Message
from decision.screening import WORST
from decision.treatment_calendar import Calendar, Span, treatment_calendar
from decision.wording import Words

SCHEMA = 1
UNSAFE_START = re.compile(r'(^|[;,])([\s"]*)(?=[=+\-@\uff1d\uff0b\uff0d\uff20])')
"""Where a spreadsheet program may see a formula: at the start, or behind a sign at which it may split, in either width
(OWASP, CSV injection)."""


def as_json(comparison: Comparison, catalogue: Catalogue) -> dict:
    """Return the comparison as plain dicts and lists, every key of the contract present, None where unknown."""
    matches = {match.option: match for match in comparison.match.options} if comparison.match else {}
    body = {
        "schema": SCHEMA,
        "catalogue_version": comparison.catalogue_version,
        "scenario": comparison.scenario.as_json(),
        "notices": list(comparison.notices),
        "messages": [_message(message) for message in comparison.messages],
        "decision": comparison.situation.decision,
        "options": [
            _option(result, matches.get(result.option.option), catalogue.words)
            | _living_with(result, comparison.scenario.travel_minutes)
            for result in comparison.options
        ],
        "match_summary": _match_summary(comparison),
    }
    cited = dict.fromkeys(_cited(body))
    body["sources"] = {
        source: catalogue.sources[source].model_dump(
            include={"citation", "doi", "pmid", "url", "year", "type", "funding"}
        )
        for source in cited
    }
    return body


def as_csv(comparison: Comparison, words: Words) -> str:
    """Return one line an option and outcome, safe to open in a spreadsheet (no cell runs as a formula)."""
    out = io.StringIO()
    columns = [
        "condition",
        "situation",
        "option",
        "name",
        "role",
        "verdict",
        "reason",
        "outcome",
        "direction",
        "per",
        "value",
        "low",
        "high",
        "reference",
        "difference",
        "comparison",
        "follow_up",
        "population",
        "certainty",
        "certainty_by",
        "status",
        "hours_per_month",
        "visits_per_month",
        "needles_per_month",
        "cost_per_year",
        "cost_low",
        "cost_high",
        "currency",
        "price_date",
        "ig_grams_per_year",
        "sources",
    ]
    writer = csv.writer(out)
    writer.writerow(columns)
    for result in comparison.options:
        option = _option(result, None, words)
        for cell in option["outcomes"]:
            values = {
                **cell,
                "condition": comparison.condition.condition,
                "situation": comparison.situation.situation,
                "option": option["id"],
                "name": option["name"],
                "role": option["role"],
                "verdict": option["verdict"],
                "reason": option["reasons"][0]["text"],
                "outcome": cell["id"],
                "hours_per_month": option["burden"]["hours_per_month"],
                "visits_per_month": option["burden"]["visits_per_month"],
                "needles_per_month": option["burden"]["needles_per_month"],
                "cost_per_year": option["cost"]["per_year"],
                "cost_low": option["cost"]["low"],
                "cost_high": option["cost"]["high"],
                "currency": option["cost"]["currency"],
                "price_date": option["cost"]["price_date"],
                "ig_grams_per_year": option["supply"]["ig_grams_per_year"],
                "sources": " ".join(cell["sources"]),
            }
            writer.writerow([safe_cell(values[column], words) for column in columns])
    return out.getvalue()


def safe_cell(value: object, words: Words) -> object:
    """Return a cell that a spreadsheet shows and never runs; unknown is a word, not a blank."""
    if value is None:
        return words("csv.unknown")
    if isinstance(value, str):
        return UNSAFE_START.sub(r"\1\2'", " ".join(value.split()))
    return value


def _option(result: OptionResult, match: OptionMatch | None, words: Words) -> dict:
    return {
        "id": result.option.option,
        "name": result.name,
        "family": result.option.family,
        "agents": [agent.agent for agent in result.agents],
        "role": result.role.role,
        "verdict": result.verdict,
        "heading": result.screened.heading,
        "reasons": [
            {
                "kind": reason.kind,
                "code": reason.code,
                "effect": reason.effect,
                "text": reason.text,
                "changes_if": reason.changes_if,
                "sources": list(reason.source_ids),
            }
            for reason in result.screened.reasons
        ],
        "outcomes": [_outcome(cell) for cell in result.outcomes],
        "onset": {
            "text": result.onset.text if result.onset else None,
            "days_low": result.onset.days_low if result.onset else None,
            "days_high": result.onset.days_high if result.onset else None,
            "sources": list(result.onset.source_ids) if result.onset else [],
        },
        "burden": {
            "hours_per_month": _value(result.burden.hours),
            "hours_low": _end(result.burden.hours, "low"),
            "hours_high": _end(result.burden.hours, "high"),
            "visits_per_month": _round(result.burden.visits),
            "needles_per_month": _value(result.burden.needles),
            "setting": result.burden.setting if result.regimen else None,
            "sources": list(result.regimen.source_ids) if result.regimen else [],
        },
        "cost": _cost(result, words),
        "supply": {
            "ig_grams_per_year": _value(result.supply.grams),
            "tier": result.supply.tier.tier if result.supply.tier else None,
            "plan": result.supply.plan,
            "effect": _supply_effect(result),
        },
        "messages": [_message(message) for message in result.messages],
        "match": None if match is None else _match(match),
    }


def _living_with(result: OptionResult, travel_minutes: float) -> dict:
    """Return what the contract does not ask for: living with the option, its calendar, when to look again."""
    return {
        "living": [
            {
                "aspect": aspect,
                "agents": list(fit.agents),
                "known": fit.row.known,
                "text": fit.row.text,
                "status": fit.row.status,
                "sources": list(fit.row.source_ids),
            }
            for aspect, fits in result.living.items()
            for fit in fits
        ],
        "calendar": _calendar(result, treatment_calendar(result, travel_minutes)),
        "review": None
        if result.review is None
        else {
            "text": result.review.text,
            "weeks_low": result.review.weeks_low,
            "weeks_high": result.review.weeks_high,
            "looked_at": result.review.looked_at,
            "status": result.review.status,
            "sources": list(result.review.source_ids),
        },
    }


def _calendar(result: OptionResult, calendar: Calendar) -> dict:
    days = result.session_days.values()
    return {
        "known": calendar.known,
        "days": None if calendar.days is None else [list(kinds) for kinds in calendar.days],
        "months": [{**asdict(month), "hours": _round(month.hours)} for month in calendar.months],
        "sessions": calendar.sessions,
        "start_sessions": calendar.start_sessions,
        "journeys": calendar.journeys,
        "check_ups": calendar.check_ups,
        "hours": _round(calendar.hours),
        "may_know_months": _span(calendar.may_know),
        "decide_again_months": _span(calendar.decide_again),
        "notes": list(calendar.notes),
        "sources": list(dict.fromkeys(source for row in days for source in row.source_ids)),
    }


def _span(months: Span | None) -> list | None:
    return None if months is None else list(months)


def _match(match: OptionMatch) -> dict:
    return {
        "speaks_for": list(match.speaks_for),
        "speaks_against": list(match.speaks_against),
        "unknown": list(match.unknown),
        "first_rank_share": round(match.first_rank_share, 3),
        "rank_shares": [round(share, 3) for share in match.rank_shares],
        "confidence": None if match.confidence is None else round(match.confidence, 3),
        "leads_if": match.leads_if,
    }


def _match_summary(comparison: Comparison) -> dict | None:
    if comparison.match is None:
        return None
    return {
        "too_close_to_call": comparison.match.too_close_to_call,
        "leaders": list(comparison.match.leaders),
        "text": comparison.match.text,
    }


def _outcome(cell: OutcomeResult) -> dict:
    outcome, row, risk = cell.outcome, cell.row, cell.risk
    origin = row or (outcome if cell.is_reference else None)
    known = risk.with_option is not None
    return {
        "id": outcome.outcome,
        "name": outcome.name,
        "direction": outcome.direction,
        "per": outcome.per,
        "value": _per(risk.with_option, "value", outcome.per),
        "low": _per(risk.with_option, "low", outcome.per),
        "high": _per(risk.with_option, "high", outcome.per),
        "reference": _per(risk.reference, "value", outcome.per),
        "reference_name": outcome.reference_name,
        "difference": None if risk.difference is None else round(risk.difference * outcome.per, 1),
        "follow_up": (origin.follow_up if origin and known else None) or outcome.follow_up,
        "population": origin.population if origin else None,
        "comparison": risk.comparison,
        "certainty": origin.certainty if origin else "not_rated",
        "certainty_by": origin.certainty_by if origin else None,
        "certainty_reason": origin.certainty_reason if origin else None,
        "unknown_reason": row.unknown_reason if row else None,
        "note": row.note if row else None,
        "conflict": row.conflict if row else None,
        "status": origin.status if origin else "seen",
        "sources": list(origin.source_ids) if origin else [],
    }


def _cost(result: OptionResult, words: Words) -> dict:
    total, price = result.cost.per_year, result.cost.price
    basis = None
    if result.cost.own_price is not None:
        own = words.exact_money(result.cost.own_price, result.cost.currency)
        basis = words("basis.own", price=own, unit=words(f"unit.{result.cost.unit}"))
    elif price is not None:
        each, unit = words.exact_money(price.amount, price.currency), words(f"unit.{price.unit}")
        phrase = "basis.price_of" if price.agent else "basis.price"
        basis = words(phrase, price=each, unit=unit, agent=price.agent, covers=price.covers)
    return {
        "per_year": None if total is None else round(total.value),
        "low": None if total is None or total.low is None else round(total.low),
        "high": None if total is None or total.high is None else round(total.high),
        "currency": result.cost.currency,
        "basis": basis,
        "price_date": price.price_date if price else None,
        "sources": list(price.source_ids) if price else [],
    }


def _supply_effect(result: OptionResult) -> str | None:
    effects = [reason.effect for reason in result.screened.reasons if reason.kind == "supply"]
    return max(effects, key=WORST.__getitem__, default=None)


def _message(message: Message) -> dict:
    return {"kind": message.kind, "text": message.text, "sources": list(message.source_ids)}


def _cited(value: object) -> Iterable[str]:
    """Yield every source id in the body, in order of appearance."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "sources":
                yield from inner
            else:
                yield from _cited(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _cited(inner)


def _value(estimate: Estimate | None) -> float | None:
    return None if estimate is None else _round(estimate.value)


def _end(estimate: Estimate | None, side: str) -> float | None:
    return None if estimate is None else _round(getattr(estimate, side))


def _per(estimate: Estimate | None, side: str, per: int) -> float | None:
    end = None if estimate is None else getattr(estimate, side)
    return None if end is None else round(end * per, 1)


def _round(value: float | None) -> float | None:
    return None if value is None else round(value, 1)
