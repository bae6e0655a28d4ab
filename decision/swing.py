"""A swing in words: from the worst to the best figure of a criterion among the options at hand."""

from __future__ import annotations

from collections.abc import Sequence

from decision.match import figure_words
from decision.preferences import Profile
from decision.result import OptionResult
from decision.wording import Words, sentence


def swing(profile: Profile, results: Sequence[OptionResult], words: Words) -> str:
    """Return the question of a swing: the criterion and the change from its worst to its best end."""
    ends = [figure_words(results[0], profile, end, words) for end in (profile.worst, profile.best)]
    what = sentence(words(f"criterion.{profile.criterion}"))
    if profile.outcome is not None:
        what = f"{what} ({profile.outcome.happens})"
    return words("values.swing", what=what, worst=ends[0], best=ends[1])
