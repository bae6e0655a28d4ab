"""Two comparisons held against each other: every difference, option by option.

A and B are sides, not before and after: nothing here says which is better. The
contrast of a comparison with itself is empty, and swapping the comparisons
swaps the sides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from decision.burden import Burden
from decision.catalogue import Catalogue
from decision.comparison import Comparison
from decision.cost import Cost
from decision.effects import Estimate
from decision.inputs import answer, label
from decision.result import OptionResult, OutcomeResult
from decision.rows import Message, OnsetRow, SupplyTier
from decision.screening import DECIDES_FIRST, WORST, Reason
from decision.wording import Words

S = TypeVar("S")


@dataclass(frozen=True)
class Sides(Generic[S]):
    """What stands on each side of a difference."""

    a: S
    b: S


@dataclass(frozen=True)
class OptionContrast:
    """Where the two results for one option differ; None or empty: they do not."""

    option: str
    a: OptionResult
    b: OptionResult
    verdict: Sides[str] | None
    reasons: tuple[Sides[Reason | None], ...]
    """A reason on one side only, or with another effect or text on each side; paired by its code."""
    outcomes: tuple[Sides[OutcomeResult | None], ...]
    onset: Sides[OnsetRow | None] | None
    burden: Sides[Burden] | None
    cost: Sides[Cost] | None
    grams: Sides[Estimate | None] | None
    tier: Sides[SupplyTier | None] | None
    tenths: Sides[int | None] | None
    """In how many of 10 ways of weighing it comes first; None: it takes no part, or nothing was weighed."""
    messages: tuple[Sides[Message | None], ...]

    @property
    def same(self) -> bool:
        """Whether nothing differs."""
        found = (self.verdict, self.onset, self.burden, self.cost, self.grams, self.tier, self.tenths)
        return not any(found) and not (self.reasons or self.outcomes or self.messages)


@dataclass(frozen=True)
class Contrast:
    """Everything in which two comparisons differ."""

    a: Comparison
    b: Comparison
    said: Mapping[str, Sides[object]]
    """Inputs that differ, by their key in a link."""
    options: tuple[OptionContrast, ...]
    """Options that are a treatment on a side, in the neutral order, whether they differ or not."""
    messages: tuple[Sides[Message | None], ...]
    leaders: Sides[tuple[str, ...]] | None
    """Which options lead the match, where that differs; empty where nothing was weighed."""

    @property
    def differing(self) -> tuple[OptionContrast, ...]:
        """Return the options that differ."""
        return tuple(option for option in self.options if not option.same)

    @property
    def empty(self) -> bool:
        """Whether the two are the same in everything that is shown."""
        return not (self.said or self.differing or self.messages or self.leaders)


def contrast(a: Comparison, b: Comparison) -> Contrast:
    """Return every difference of two comparisons made from the same tables.

    Raises ValueError where the tables differ, as a difference could then come from a changed fact.
    """
    if a.catalogue_version != b.catalogue_version:
        raise ValueError("the two comparisons come from different tables")
    inputs_a, inputs_b = a.scenario.as_json(), b.scenario.as_json()
    tenths_a, tenths_b = _tenths(a), _tenths(b)
    return Contrast(
        a=a,
        b=b,
        said={key: Sides(inputs_a[key], inputs_b[key]) for key in inputs_a if inputs_a[key] != inputs_b[key]},
        options=tuple(
            _option(x, y, tenths_a.get(x.option.option), tenths_b.get(x.option.option))
            for x, y in zip(a.options, b.options, strict=True)
            if x.used or y.used
        ),
        messages=_messages(a.messages, b.messages),
        leaders=_differ(a.match.leaders if a.match else (), b.match.leaders if b.match else ()),
    )


def _tenths(comparison: Comparison) -> dict[str, int]:
    return {option.option: option.tenths for option in comparison.match.options} if comparison.match else {}


def _option(a: OptionResult, b: OptionResult, tenths_a: int | None, tenths_b: int | None) -> OptionContrast:
    burdens = [(x.burden.hours, x.burden.visits, x.burden.needles, x.burden.pattern) for x in (a, b)]
    costs = [(x.cost.per_year, x.cost.currency) for x in (a, b)]
    return OptionContrast(
        option=a.option.option,
        a=a,
        b=b,
        verdict=_differ(a.verdict, b.verdict),
        reasons=_reasons(a.screened.reasons, b.screened.reasons),
        outcomes=_pairs(a.outcomes, b.outcomes, lambda cell: cell.outcome.outcome),
        onset=_differ(a.onset, b.onset),
        burden=Sides(a.burden, b.burden) if burdens[0] != burdens[1] else None,
        cost=Sides(a.cost, b.cost) if costs[0] != costs[1] else None,
        grams=_differ(a.supply.grams, b.supply.grams),
        tier=_differ(a.supply.tier, b.supply.tier),
        tenths=_differ(tenths_a, tenths_b),
        messages=_messages(a.messages, b.messages),
    )


def _differ(a: S, b: S) -> Sides[S] | None:
    return Sides(a, b) if a != b else None


def _pairs(a: Iterable[S], b: Iterable[S], key: Callable[[S], str]) -> tuple[Sides[S | None], ...]:
    """Pair what has the same key and return the pairs that differ, in an order that does not depend on the side."""
    left, right = {key(item): item for item in a}, {key(item): item for item in b}
    names = sorted(left.keys() | right.keys())
    return tuple(Sides(left.get(name), right.get(name)) for name in names if left.get(name) != right.get(name))


def _reasons(a: Iterable[Reason], b: Iterable[Reason]) -> tuple[Sides[Reason | None], ...]:
    """Pair reasons by code; the strongest come first."""
    return tuple(sorted(_pairs(a, b, lambda reason: reason.code), key=_weight))


def _weight(pair: Sides[Reason | None]) -> tuple[int, int]:
    both = [reason for reason in (pair.a, pair.b) if reason is not None]
    return -max(WORST[reason.effect] for reason in both), min(DECIDES_FIRST.index(reason.kind) for reason in both)


def _messages(a: Iterable[Message], b: Iterable[Message]) -> tuple[Sides[Message | None], ...]:
    return _pairs(a, b, lambda message: message.message)


# -------------------------------------------------------------------- in words


@dataclass(frozen=True)
class Line:
    """One line of the two sides: what it is about, and what each side says."""

    what: str
    a: str
    b: str

    @property
    def differs(self) -> bool:
        return self.a != self.b


def inputs(found: Contrast, catalogue: Catalogue, words: Words) -> tuple[Line, ...]:
    """Return what was said on each side, where it differs."""
    return tuple(
        Line(
            label(key, catalogue, words),
            answer(key, sides.a, found.a.scenario, catalogue, words),
            answer(key, sides.b, found.b.scenario, catalogue, words),
        )
        for key, sides in found.said.items()
        if key != "detail"
    )


def verdicts(found: Contrast, words: Words) -> tuple[Line, ...]:
    """Return every option with its verdict on both sides, in the neutral order."""
    return tuple(Line(option.a.name, *_verdicts(option, words)) for option in found.options)


def _verdicts(option: OptionContrast, words: Words) -> tuple[str, str]:
    return words(f"verdict.{option.a.verdict}"), words(f"verdict.{option.b.verdict}")


def page_messages(found: Contrast, words: Words) -> list[Line]:
    """Return the messages for all options that stand on one side only."""
    return [
        Line(words("contrast.message"), *(side.text if side else words("contrast.absent") for side in _both(pair)))
        for pair in found.messages
    ]


def lines(found: OptionContrast, words: Words) -> tuple[Line, ...]:
    """Return an option on both sides: its verdict, then each difference.

    A difference too small to be seen in the rounding of the page is left out.
    """
    verdict = Line(words("contrast.verdict"), *_verdicts(found, words))
    more = (*_reason_lines(found, words), *_figure_lines(found, words), *_outcome_lines(found, words))
    return (verdict, *(line for line in more if line.differs))


def _reason_lines(found: OptionContrast, words: Words) -> Iterable[Line]:
    for pair in found.reasons:
        shown = [reason_text(reason, words) if reason else words("contrast.absent") for reason in _both(pair)]
        yield Line(words("contrast.reason"), *shown)
    for message in found.messages:
        yield Line(
            words("contrast.message"), *(side.text if side else words("contrast.absent") for side in _both(message))
        )


def _both(sides: Sides[S]) -> tuple[S, S]:
    return sides.a, sides.b


def reason_text(reason: Reason, words: Words) -> str:
    """Return a reason with what it does to the verdict."""
    return words("contrast.reason.text", effect=words(f"contrast.effect.{reason.effect}"), text=reason.text)


def _figure_lines(found: OptionContrast, words: Words) -> Iterable[Line]:
    if found.onset:
        yield Line(words("row.onset"), *(row.text if row else words("unknown") for row in _both(found.onset)))
    if found.burden:
        yield Line(words("row.time"), *(_hours(burden, words) for burden in _both(found.burden)))
        yield Line(words("criterion.independence"), *(_count(b.visits, b, words) for b in _both(found.burden)))
        yield Line(
            words("criterion.needles"),
            *(_count(b.needles.value if b.needles else None, b, words) for b in _both(found.burden)),
        )
    if found.cost:
        yield Line(words("row.cost"), *(_money(cost, words) for cost in _both(found.cost)))
    if found.grams:
        yield Line(words("contrast.grams"), *(_grams(grams, words) for grams in _both(found.grams)))
    if found.tier:
        yield Line(words("row.supply"), *(words(f"tier.{t.tier if t else 'unknown'}") for t in _both(found.tier)))
    if found.tenths:
        yield Line(words("contrast.match"), *(tenths(n, words) for n in _both(found.tenths)))


def tenths(count: int | None, words: Words) -> str:
    """Return in how many of 10 ways of weighing an option comes first; None: it takes no part."""
    return words("contrast.no_part") if count is None else words("contrast.tenths", n=count)


def _hours(burden: Burden, words: Words) -> str:
    if burden.hours is None:
        return words("unknown")
    if not burden.hours.value:
        return words("time.none")
    shown = words.hours(burden.hours.value)
    return words("time.once" if burden.pattern == "single" else "unit.time", hours=shown)


def _count(value: float | None, burden: Burden, words: Words) -> str:
    if value is None:
        return words("unknown")
    if not value:
        return words("unit.none")
    name = "contrast.in_all" if burden.pattern == "single" else "contrast.a_month"
    return words(name, n=words.number(value))


def _money(cost: Cost, words: Words) -> str:
    return words("unknown") if cost.per_year is None else words.money(cost.per_year.value, cost.currency)


def _grams(grams: Estimate | None, words: Words) -> str:
    return words("unknown") if grams is None else words("contrast.gram_count", n=words.number(grams.value))


def _outcome_lines(found: OptionContrast, words: Words) -> Iterable[Line]:
    for pair in found.outcomes:
        outcome = (pair.a or pair.b).outcome  # type: ignore[union-attr]
        yield Line(outcome.question, *(_risk(cell, words) for cell in _both(pair)))


def _risk(cell: OutcomeResult | None, words: Words) -> str:
    if cell is None:
        return words("contrast.not_counted")
    if cell.risk.with_option is None:
        return words("unknown")
    return words.out_of(cell.risk.with_option.value * cell.outcome.per, cell.outcome.per)
