"""Framing: one cell of the comparison said in every way in which risks are said.

The figures are the same each time; what a reader takes from them is not. The
comparison itself shows counts of both groups with one denominator, in both
directions; the other frames are here to be seen through, and stand nowhere else.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from decision import wording
from decision.catalogue import Catalogue
from decision.cells import Picture
from decision.comparison import Comparison
from decision.result import OptionResult, OutcomeResult
from decision.rows import Frame
from decision.wording import Words


@dataclass(frozen=True)
class Arms:
    """The two risks of a cell, 0 to 1, neither none nor all when rounded to whole people of `per`."""

    option: float
    reference: float
    per: int

    @property
    def ratio(self) -> float:
        """Return the relative risk."""
        return self.option / self.reference

    @property
    def change(self) -> float:
        """Return the relative change: below zero where it happens to fewer."""
        return self.ratio - 1

    @property
    def difference(self) -> float:
        """Return the absolute difference of the risks: below zero where it happens to fewer."""
        return self.option - self.reference

    @property
    def needed(self) -> int:
        """Return how many are treated for one more, or one fewer: one over the difference, rounded up.

        Laupacis, Sackett & Roberts 1988, N Engl J Med 318, 1728.
        """
        return math.ceil(round(1 / abs(self.difference), 9))

    def counts(self, happens: bool = True) -> tuple[int, int]:
        """Return whole people of `per` on the option and in the reference group; the same rounding as the cells."""
        shown = [wording.people(risk * self.per) for risk in (self.option, self.reference)]
        option, reference = shown if happens else [self.per - count for count in shown]
        return option, reference


@dataclass(frozen=True)
class Framed:
    """A cell said in one frame."""

    frame: Frame
    text: str


def arms(cell: OutcomeResult) -> Arms | None:
    """Return the two risks of a cell, or None where they cannot be set against each other.

    A real comparison is asked for: a known reference that is another option, a
    figure that is not from a single group, a difference that is not likely to be
    chance, and whole people in whom it happens and does not happen on each side.
    """
    risk = cell.risk
    if risk.with_option is None or risk.reference is None or cell.is_reference or risk.clear is not True:
        return None
    if risk.comparison not in ("direct", "indirect"):
        return None
    found = Arms(risk.with_option.value, risk.reference.value, cell.outcome.per)
    counts = found.counts()
    return found if counts[0] != counts[1] and all(0 < count < found.per for count in counts) else None


def cells(comparison: Comparison) -> Iterator[tuple[OptionResult, OutcomeResult]]:
    """Yield every cell of a comparison that can be said in all frames."""
    for result in comparison.options:
        for cell in result.outcomes if result.used else ():
            if arms(cell) is not None:
                yield result, cell


def frames(result: OptionResult, cell: OutcomeResult, catalogue: Catalogue, words: Words) -> tuple[Framed, ...]:
    """Return a cell in every frame, in the order of the table of frames. Raises ValueError where it has none."""
    found = arms(cell)
    if found is None:
        raise ValueError(f"{result.option.option} / {cell.outcome.outcome} has no comparison to frame")
    return tuple(Framed(frame, _TEXT[frame.frame](found, result, cell, words)) for frame in catalogue.frames.values())


def drawn(result: OptionResult, cell: OutcomeResult, words: Words) -> tuple[tuple[Picture, str], ...]:
    """Return both groups of a cell as pictures with the words that say the same."""
    found = []
    for name, risk in (
        (result.name, cell.risk.with_option),
        (wording.sentence(cell.outcome.reference_name or ""), cell.risk.reference),
    ):
        if risk is not None:
            per = cell.outcome.per
            value, low, high = (None if end is None else end * per for end in (risk.value, risk.low, risk.high))
            count = words.out_of(risk.value * per, per)
            text = words("framing.drawn.group", name=name, count=count, happens=cell.outcome.happens)
            found.append((Picture("people", value or 0.0, low, high, per), text))
    return tuple(found)


def _names(result: OptionResult, cell: OutcomeResult) -> dict[str, str]:
    reference = wording.sentence(cell.outcome.reference_name or "")
    return {"option": result.name, "reference": reference, "question": cell.outcome.question}


def _relative_change(found: Arms, result: OptionResult, cell: OutcomeResult, words: Words) -> str:
    percent = max(1, round(100 * abs(found.change)))
    name = "framing.percent_more" if found.change > 0 else "framing.percent_fewer"
    return words(name, percent=percent, happens=cell.outcome.happens, **_names(result, cell))


def _relative_risk(found: Arms, result: OptionResult, cell: OutcomeResult, words: Words) -> str:
    times = f"{found.ratio:.2g}" if found.ratio < 10 else f"{found.ratio:.0f}"
    return words("framing.times", times=times, happens=cell.outcome.happens, **_names(result, cell))


def _one_in(found: Arms, result: OptionResult, cell: OutcomeResult, words: Words) -> str:
    # One decimal below 10: rounding to a whole would make 1 in 2 of 38 and of 62 of 100.
    each = {"x": words.number(1 / found.option), "y": words.number(1 / found.reference)}
    return words("framing.one_in", happens=cell.outcome.happens, **each, **_names(result, cell))


def _treat_one(found: Arms, result: OptionResult, cell: OutcomeResult, words: Words) -> str:
    name = "framing.needed_more" if found.difference > 0 else "framing.needed_fewer"
    return words(name, n=found.needed, **_names(result, cell))


def _no_denominator(found: Arms, result: OptionResult, cell: OutcomeResult, words: Words) -> str:
    more = found.counts()[0] - found.counts()[1]
    name = "framing.more_people" if more > 0 else "framing.fewer_people"
    return words(name, n=abs(more), **_names(result, cell))


def _counted(good: bool) -> Callable[[Arms, OptionResult, OutcomeResult, Words], str]:
    """Return a frame that counts the good side only, or the bad side only."""

    def text(found: Arms, result: OptionResult, cell: OutcomeResult, words: Words) -> str:
        happens = (cell.outcome.direction == "benefit") == good
        what = cell.outcome.happens if happens else cell.outcome.happens_not
        n, m = found.counts(happens)
        return words("framing.counted", n=n, m=m, per=words.number(found.per), what=what, **_names(result, cell))

    return text


def _absolute(found: Arms, result: OptionResult, cell: OutcomeResult, words: Words) -> str:
    (n, m), (rest, others) = found.counts(), found.counts(happens=False)
    name = "cell.more" if n > m else "cell.fewer"
    per = words.number(found.per)
    more = words(name, n=abs(n - m), per=per)
    said = {"what": cell.outcome.happens, "not_what": cell.outcome.happens_not, "difference": more}
    text = words("framing.absolute", n=n, m=m, rest=rest, others=others, per=per, **said, **_names(result, cell))
    return " ".join((text, *_how_sure(cell, words)))


def _how_sure(cell: OutcomeResult, words: Words) -> Iterator[str]:
    """Yield what the comparison says beside the counts: range, way of comparing, certainty."""
    risk, per = cell.risk.with_option, cell.outcome.per
    ends = [None if end is None else end * per for end in (risk.low, risk.high)] if risk else [None, None]
    if span := words.span(ends[0], ends[1]):
        yield words("cell.range", range=span)
    if cell.risk.comparison == "indirect":
        yield words("cell.indirect")
    rated = cell.row or cell.outcome
    yield words("framing.sure", certainty=words(f"certainty.{rated.certainty}"))


_TEXT: Mapping[str, Callable[[Arms, OptionResult, OutcomeResult, Words], str]] = {
    "relative_change": _relative_change,
    "relative_risk": _relative_risk,
    "one_in": _one_in,
    "treat_one": _treat_one,
    "no_denominator": _no_denominator,
    "gain": _counted(good=True),
    "loss": _counted(good=False),
    "absolute": _absolute,
}
FRAMES = tuple(_TEXT)
"""The frames that can be said; each has a row in the table of frames."""
