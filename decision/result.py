"""The result for one option: what views show and preferences weigh."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from decision.burden import Burden
from decision.cost import Cost
from decision.effects import Risk
from decision.living import Fit
from decision.rows import (
    Agent,
    EffectRow,
    Guideline,
    Message,
    OnsetRow,
    Option,
    Outcome,
    Regimen,
    RoleRow,
    SessionDays,
    TreatmentReview,
)
from decision.screening import Screened
from decision.supply import Supply


@dataclass(frozen=True)
class OutcomeResult:
    """One cell of the comparison: an option's figure for an outcome, or why there is none."""

    outcome: Outcome
    risk: Risk
    row: EffectRow | None
    is_reference: bool

    @property
    def known(self) -> bool:
        return self.risk.with_option is not None

    @property
    def other_time(self) -> bool:
        """Whether the figure was counted over another time than the row says."""
        return self.row is not None and self.known and self.row.follow_up != self.outcome.follow_up


@dataclass(frozen=True)
class OptionResult:
    """All that is known about one option for this scenario."""

    option: Option
    name: str
    agents: tuple[Agent, ...]
    role: RoleRow
    screened: Screened
    outcomes: tuple[OutcomeResult, ...]
    onset: OnsetRow | None
    regimen: Regimen | None
    burden: Burden
    cost: Cost
    supply: Supply
    messages: tuple[Message, ...]
    guidelines: tuple[Guideline, ...]
    living: Mapping[str, tuple[Fit, ...]] = field(default_factory=dict)
    """Rows on living with it, by aspect; only the sides of life that can matter here."""
    session_days: Mapping[str, SessionDays] = field(default_factory=dict)
    """Days of sessions by phase, where they do not follow from the regimen."""
    review: TreatmentReview | None = None

    @property
    def used(self) -> bool:
        """Whether it is a treatment for this condition at all."""
        return self.role.role != "not_used"

    @property
    def verdict(self) -> str:
        return self.screened.verdict
