"""One situation as a person meets it who has said nothing yet: what the standards for decision aids are checked on."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from decision.catalogue import Catalogue
from decision.cells import Cell, Question, living_questions, questions, review_question
from decision.comparison import Comparison, compare
from decision.reading import Report
from decision.result import OptionResult, OutcomeResult
from decision.rows import Outcome, Source, Sourced
from decision.scenario import Scenario


@dataclass(frozen=True)
class Place:
    """One situation as a person meets it who has said nothing yet."""

    catalogue: Catalogue
    comparison: Comparison
    today: datetime.date
    reading: Report | None

    @property
    def name(self) -> str:
        return f"{self.comparison.condition.condition}/{self.comparison.situation.situation}"

    @cached_property
    def used(self) -> tuple[OptionResult, ...]:
        """Options that are treatments here."""
        return tuple(result for result in self.comparison.options if result.used)

    @cached_property
    def ids(self) -> tuple[str, ...]:
        return tuple(result.option.option for result in self.used)

    @cached_property
    def outcomes(self) -> tuple[Outcome, ...]:
        return self.catalogue.outcomes[self.comparison.condition.condition, self.comparison.situation.situation]

    @cached_property
    def rows(self) -> tuple[Question, ...]:
        """Rows of the comparison for all options that are treatments here."""
        return questions(self.comparison, self.catalogue, self.ids)

    @cached_property
    def living(self) -> tuple[Question, ...]:
        return living_questions(self.comparison, self.catalogue, self.ids)

    @cached_property
    def again(self) -> Question:
        return review_question(self.comparison, self.catalogue, self.ids)

    @cached_property
    def answers(self) -> tuple[tuple[OutcomeResult, Cell], ...]:
        """Every answer to the question of an outcome: as worked out, and as shown."""
        by_id = {row.id: row for row in self.rows}
        return tuple(
            (result.outcomes[index], by_id[outcome.outcome].cells[column])
            for index, outcome in enumerate(self.outcomes)
            for column, result in enumerate(self.used)
        )

    @cached_property
    def figures(self) -> tuple[tuple[OutcomeResult, Cell], ...]:
        """Answers that are a figure."""
        return tuple((figure, cell) for figure, cell in self.answers if figure.known)

    @cached_property
    def facts(self) -> tuple[Sourced, ...]:
        """Every row of the tables that is shown here, each once."""
        return tuple(dict.fromkeys(_facts(self)))

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every source that is named here, each once; a name without a source is left out."""
        named = dict.fromkeys(source for row in self.facts for source in row.source_ids)
        return tuple(self.catalogue.sources[source] for source in named if source in self.catalogue.sources)

    def phrase(self, name: str) -> str:
        """Return a sentence of the app as its table has it; blank where there is none."""
        return self.catalogue.phrases.get(name, "").strip()


def places(catalogue: Catalogue, today: datetime.date, reading: Report | None) -> Iterator[Place]:
    """Yield every situation, as it is met by a person of the age that is assumed there."""
    for condition, situation in catalogue.roles:
        said = Scenario(condition, situation, age_group=catalogue.default_age_group(condition))
        yield Place(catalogue, compare(catalogue, said), today, reading)


def _facts(here: Place) -> Iterator[Sourced]:
    yield from (here.comparison.condition, here.comparison.situation, *here.outcomes, *here.comparison.messages)
    for result in here.used:
        rows: list[Sourced | None] = [result.option, result.role, result.onset, result.regimen, result.review]
        rows += [result.cost.price, result.supply.tier, *result.agents, *result.guidelines, *result.messages]
        rows += [figure.row for figure in result.outcomes]
        rows += [fit.row for fits in result.living.values() for fit in fits]
        yield from (row for row in rows if row is not None)
