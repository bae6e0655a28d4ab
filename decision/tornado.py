"""The tornado of a match: how far the weight of each criterion alone moves the lead.

Each weight in turn is set to its least (0) and its most (10), the others as
stated, and the share of the ways of weighing in which the present leader comes
first is counted again. The widest bar stands on top (Briggs et al. 2012,
doi 10.1177/0272989X12458348).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from decision.charts import ACCENT
from decision.comparison import weigh
from decision.preferences import profiles
from decision.result import OptionResult
from decision.scenario import WEIGHT_RANGE
from decision.wording import Words, sentence

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

PALE = "#9fbfe3"


@dataclass(frozen=True)
class Bar:
    """A criterion, with the share of the leader (0 to 1) at the least and the most weight; None: nothing to weigh."""

    criterion: str
    stated: float | None
    at_least: float | None
    at_most: float | None
    leader_at_least: str | None
    leader_at_most: str | None

    @property
    def width(self) -> float:
        """Return how far the share moves."""
        if self.at_least is None or self.at_most is None:
            return 0.0
        return abs(self.at_most - self.at_least)


@dataclass(frozen=True)
class Tornado:
    """The leader as stated, its share, and a bar for each criterion on which the options differ, widest first."""

    leader: str
    share: float
    bars: tuple[Bar, ...]


def tornado(results: Sequence[OptionResult], weights: Mapping[str, float], words: Words) -> Tornado | None:
    """Return how far each weight alone moves the share of the leader, or None where nothing is weighed.

    In: the options that take part, and the weights stated, 0 to 10 by criterion.
    """
    base = weigh(results, weights, words)
    if base is None:
        return None
    shares = {option.option: option.first_rank_share for option in base.options}
    leader = base.leaders[0]
    bars = []
    for profile in profiles(results):
        least, most = (_at(results, {**weights, profile.criterion: end}, leader, words) for end in WEIGHT_RANGE)
        bars.append(Bar(profile.criterion, weights.get(profile.criterion), least[0], most[0], least[1], most[1]))
    return Tornado(leader, shares[leader], tuple(sorted(bars, key=lambda bar: -bar.width)))


def _at(
    results: Sequence[OptionResult], weights: Mapping[str, float], leader: str, words: Words
) -> tuple[float | None, str | None]:
    """Return the share of an option, and which option leads, with these weights."""
    found = weigh(results, weights, words)
    if found is None:
        return None, None
    share = next(option.first_rank_share for option in found.options if option.option == leader)
    return share, found.leaders[0]


def table(found: Tornado, names: Mapping[str, str], words: Words) -> list[tuple[str, str, str, str]]:
    """Return the figures of the chart: criterion, weight stated, and the leader's share at the least and the most."""
    return [
        (
            sentence(words(f"criterion.{bar.criterion}")),
            words("input.nothing") if bar.stated is None else words("input.of_ten", n=words.exact(bar.stated)),
            _share(bar.at_least, bar.leader_at_least, names, words),
            _share(bar.at_most, bar.leader_at_most, names, words),
        )
        for bar in found.bars
    ]


def _share(share: float | None, leader: str | None, names: Mapping[str, str], words: Words) -> str:
    if share is None or leader is None:
        return words("tornado.nothing")
    return words("tornado.share", n=f"{share * 10:.1f}".removesuffix(".0"), name=names[leader])


def figure(found: Tornado, words: Words) -> Figure:
    """Return the tornado as a chart: from the leader's share with no weight to its share with the most."""
    import plotly.graph_objects as go  # 0.8 s of import, paid only where a chart is opened

    drawn = [bar for bar in reversed(found.bars) if bar.at_least is not None and bar.at_most is not None]
    names = [escape(sentence(words(f"criterion.{bar.criterion}"))) for bar in drawn]
    chart = go.Figure()
    for end, colour in (("least", PALE), ("most", ACCENT)):
        chart.add_bar(
            orientation="h",
            name=words(f"tornado.{end}"),
            y=names,
            base=[10 * found.share] * len(drawn),
            x=[10 * (getattr(bar, f"at_{end}") - found.share) for bar in drawn],
            marker={"color": colour, "pattern": {"shape": "/" if end == "least" else ""}},
            hoverinfo="skip",
        )
    chart.add_vline(x=10 * found.share, line_dash="dot")
    chart.update_layout(
        barmode="group",
        height=180 + 36 * len(drawn),
        margin={"l": 0, "r": 10, "t": 60, "b": 40},
        xaxis={"title": words("tornado.axis"), "range": [-0.1, 10.1], "fixedrange": True},
        yaxis={"automargin": True, "fixedrange": True},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.02, "x": 0},
    )
    return chart
