"""Effects on one footing: reference risk and relative effect to people out of 100, with range.

All risks in this module are proportions from 0 to 1. A range is a 95% interval.
Each ratio is added to the reference risk on the scale on which it is additive
(log for a risk ratio, log odds for an odds ratio, complementary log-log for a
hazard ratio), and the two ranges are joined on that scale by MOVER (Zou &
Donner 2008, doi 10.1002/sim.3095), so that what is unsure in either stays
visible in the result.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from decision.rows import EffectRow, Outcome

Z95 = 1.959963984540054


@dataclass(frozen=True)
class Estimate:
    """A figure with its range; low or high is None where no range is known."""

    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Risk:
    """What one option does to one outcome: proportions, or unknown (`with_option` None)."""

    with_option: Estimate | None
    reference: Estimate | None
    difference: float | None
    comparison: str
    clear: bool | None = None
    """Whether the range of the effect leaves out "no difference"; None where that cannot be said."""


def wilson(events: int, total: int) -> Estimate:
    """Return events/total with its 95% score interval (Wilson 1927, doi 10.1080/01621459.1927.10502953).

    In: 0 <= events <= total, total >= 1. Raises ValueError otherwise.
    """
    if not 0 <= events <= total or total < 1:
        raise ValueError(f"{events} of {total} is not a proportion")
    p, z2 = events / total, Z95 * Z95
    centre = (p + z2 / (2 * total)) / (1 + z2 / total)
    half = Z95 / (1 + z2 / total) * math.sqrt(p * (1 - p) / total + z2 / (4 * total * total))
    return Estimate(p, min(p, max(0.0, centre - half)), max(p, min(1.0, centre + half)))


def risk_ratio(events: int, total: int, comparator_events: int, comparator_total: int) -> Estimate:
    """Return the risk ratio of two arms with its 95% interval (Katz 1978, doi 10.2307/2530610).

    Where an arm has no event, or everyone in both arms has one, a half is added
    to each cell first (Haldane's correction), for value and interval alike.
    """
    a, n, b, m = float(events), float(total), float(comparator_events), float(comparator_total)
    if a == 0 or b == 0 or (a == n and b == m):
        a, n, b, m = a + 0.5, n + 1, b + 0.5, m + 1
    ratio = (a / n) / (b / m)
    spread = Z95 * math.sqrt(max(0.0, 1 / a - 1 / n + 1 / b - 1 / m))
    return Estimate(ratio, ratio * math.exp(-spread), ratio * math.exp(spread))


def _cloglog(p: float) -> float:
    return math.log(-math.log1p(-p))


_LINKS: Mapping[str, tuple[Callable[[float], float], Callable[[float], float], Callable[[float], float]]] = {
    # measure: link of the risk, its inverse, transform of the effect
    "RR": (math.log, math.exp, math.log),
    "OR": (lambda p: math.log(p / (1 - p)), lambda x: 1 / (1 + math.exp(-x)), math.log),
    "HR": (_cloglog, lambda x: -math.expm1(-math.exp(x)), math.log),
    "RD": (lambda p: p, lambda x: x, lambda d: d),
}


def apply_effect(reference: Estimate, measure: str, effect: Estimate) -> Estimate | None:
    """Return the risk that a relative effect makes of a reference risk.

    In: reference as proportion; measure RR, OR, HR or RD (RD as proportion);
    the effect with its range. Out: a risk from 0 to 1 with range, or None
    where the reference risk is 0 or 1 and a ratio says nothing.
    Sources: GRADE handbook (absolute effects from RR and OR; Zhang & Yu 1998,
    doi 10.1001/jama.280.19.1690), Altman & Andersen 1999
    (doi 10.1136/bmj.319.7223.1492, hazard ratio), Zou & Donner 2008 (range).
    """
    if measure != "RD" and not (0 < reference.value < 1):
        return None
    link, inverse, transform = _LINKS[measure]
    base, shift = link(reference.value), transform(effect.value)

    def away(side: str) -> float | None:
        """Distance on the link scale from the value to one end, both ranges joined."""
        end_ref, end_eff = getattr(reference, side), getattr(effect, side)
        if end_eff is None:
            return None
        from_reference = 0.0
        if end_ref is not None:
            bounded = min(max(end_ref, 1e-9), 1 - 1e-9) if measure != "RD" else end_ref
            from_reference = base - link(bounded)
        from_effect = shift - (transform(end_eff) if measure == "RD" or end_eff > 0 else math.log(1e-9))
        return math.hypot(from_reference, from_effect)

    def back(x: float) -> float:
        return min(1.0, max(0.0, inverse(min(x, 700.0))))

    down, up = away("low"), away("high")
    return Estimate(
        back(base + shift),
        None if down is None else back(base + shift - down),
        None if up is None else back(base + shift + up),
    )


def reference_risk(outcome: Outcome) -> Estimate | None:
    """Return the risk of the reference group, or None where it is not known."""
    if outcome.reference_events is not None and outcome.reference_total is not None:
        return wilson(outcome.reference_events, outcome.reference_total)
    return _percent(outcome.reference_value, outcome.reference_low, outcome.reference_high)


def relative_effect(row: EffectRow) -> Estimate | None:
    """Return the effect of a row in its measure (RD as proportion), or None where the row has none."""
    arms = (row.events, row.total, row.comparator_events, row.comparator_total)
    if row.measure == "RR" and row.value is None and None not in arms:
        return risk_ratio(*arms)  # type: ignore[arg-type]
    if row.measure == "RD":
        return _percent(row.value, row.low, row.high)
    if row.measure in ("RR", "OR", "HR") and row.value is not None:
        return Estimate(row.value, row.low, row.high)
    return None


def option_risk(outcome: Outcome, option: str, rows: Mapping[str, EffectRow]) -> Risk:
    """Return the risk of an outcome under an option.

    In: the outcome, the option, and the effect rows of this outcome by option.
    An option compared with another one goes by way of that one's risk (adjusted
    indirect comparison, Bucher 1997, doi 10.1016/S0895-4356(97)00049-8).
    """
    reference = reference_risk(outcome)
    if option == outcome.reference_option and option not in rows:
        return Risk(reference, reference, 0.0 if reference else None, "direct" if reference else "none")
    row = rows.get(option)
    if row is None or row.comparison == "none":
        return Risk(None, reference, None, "none")
    if row.measure == "proportion":
        arm = _arm(row)
        if row.comparison == "direct":
            return Risk(arm, reference, _difference(arm, reference), row.comparison, _apart(arm, reference))
        return Risk(arm, reference, None, row.comparison)
    effect = relative_effect(row)
    base = option_risk(outcome, row.versus, rows).with_option if row.versus else reference
    if effect is None or base is None:
        return Risk(None, reference, None, "none")
    same_arm = row.comparator_events is not None and (row.comparator_events, row.comparator_total) == (
        outcome.reference_events,
        outcome.reference_total,
    )
    if row.events is not None and row.total is not None and same_arm and not row.versus:
        # The reference group is this trial's own: the arm as observed, its range not counted twice.
        risk: Estimate | None = wilson(row.events, row.total)
    else:
        risk = apply_effect(base, row.measure, effect)
    clear = _leaves_out_no_difference(effect, row.measure) if not row.versus else _apart(risk, reference)
    return Risk(risk, reference, _difference(risk, reference), row.comparison if risk else "none", clear)


def _leaves_out_no_difference(effect: Estimate, measure: str) -> bool | None:
    if effect.low is None or effect.high is None:
        return None
    none = 0.0 if measure == "RD" else 1.0
    return not effect.low <= none <= effect.high


def _apart(risk: Estimate | None, reference: Estimate | None) -> bool | None:
    """Say whether a risk reached by way of another option has a range that leaves out the reference risk."""
    if risk is None or reference is None or risk.low is None or risk.high is None:
        return None
    return not risk.low <= reference.value <= risk.high


def _arm(row: EffectRow) -> Estimate | None:
    if row.events is not None and row.total is not None:
        return wilson(row.events, row.total)
    return _percent(row.value, row.low, row.high)


def _percent(value: float | None, low: float | None, high: float | None) -> Estimate | None:
    if value is None:
        return None
    return Estimate(value / 100, None if low is None else low / 100, None if high is None else high / 100)


def _difference(risk: Estimate | None, reference: Estimate | None) -> float | None:
    return None if risk is None or reference is None else risk.value - reference.value
