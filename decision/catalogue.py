"""Tables in, typed rows out: read once, checked whole, then immutable.

A table that breaks a rule never reaches a reader: `load_catalogue` either
returns a Catalogue in which everything agrees, or raises CatalogueError with
every problem by file, line, column, what is wrong and how to mend it.
"""

from __future__ import annotations

import csv
import datetime
import hashlib
import io
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import ValidationError

from decision import checks
from decision.problem import Problem
from decision.rows import (
    KEYS,
    REFERENCES,
    TABLES,
    Agent,
    Case,
    CasePart,
    Condition,
    DataChange,
    Dealbreaker,
    EffectRow,
    EffectSize,
    FamilyRow,
    Frame,
    GlossaryTerm,
    Guideline,
    IpdasItem,
    Living,
    Message,
    OnsetRow,
    Option,
    Outcome,
    Price,
    QuickLimit,
    Regimen,
    RoleRow,
    Row,
    Rule,
    SessionDays,
    Situation,
    Source,
    Sourced,
    SupplyTier,
    TreatmentReview,
)
from decision.screening import touched
from decision.trigger import selects
from decision.wording import Words

DATA_DIR = Path(__file__).resolve().parent.parent / "data"
Tables = dict[str, list[Row]]
R = TypeVar("R", bound=Row)


class CatalogueError(Exception):
    """The tables cannot be served; `problems` holds every reason."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(f"{len(problems)} problem(s) in the tables, the first: {problems[0]}")


@dataclass(frozen=True)
class RulesAt:
    """The rules of one situation: their different triggers, and for each option those that are about it.

    With each rule stand the agents of the option that it touches.
    """

    triggers: tuple[str, ...]
    touching: Mapping[str, tuple[tuple[Rule, frozenset[str]], ...]]


@dataclass(frozen=True)
class Catalogue:
    """All tables, validated, with the look-ups the engine needs. Never changes."""

    tables: Mapping[str, tuple[Row, ...]]
    version: str
    language: str = "en"

    def rows(self, table: str, kind: type[R]) -> tuple[R, ...]:  # noqa: ARG002 - the type of the rows
        """Return the rows of a table, in file order."""
        return cast(tuple[R, ...], self.tables[table])

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        return {row.source: row for row in self.rows("sources", Source)}

    @cached_property
    def phrases(self) -> Mapping[str, str]:
        return {row.phrase: row.text for row in self.tables["phrases"]}  # type: ignore[attr-defined]

    @cached_property
    def words(self) -> Words:
        """Return the sentences of the app, with figures and lists in the language of the tables."""
        return Words(self.phrases, self.language)

    @cached_property
    def glossary(self) -> tuple[GlossaryTerm, ...]:
        return self.rows("glossary", GlossaryTerm)

    @cached_property
    def conditions(self) -> Mapping[str, Condition]:
        return {row.condition: row for row in sorted(self.rows("conditions", Condition), key=lambda r: r.position)}

    @cached_property
    def situations(self) -> Mapping[str, tuple[Situation, ...]]:
        """Situations of each condition, the default first."""
        grouped = _group(self.rows("situations", Situation), lambda row: row.condition)
        return {key: tuple(sorted(rows, key=lambda row: row.position)) for key, rows in grouped.items()}

    @cached_property
    def families(self) -> Mapping[str, FamilyRow]:
        return {row.family: row for row in sorted(self.rows("families", FamilyRow), key=lambda r: r.position)}

    @cached_property
    def options(self) -> Mapping[str, Option]:
        """Options in the neutral order of display."""
        return {row.option: row for row in sorted(self.rows("options", Option), key=lambda r: r.position)}

    @cached_property
    def roles(self) -> Mapping[tuple[str, str], Mapping[str, RoleRow]]:
        grouped = _group(self.rows("roles", RoleRow), lambda row: (row.condition, row.situation))
        return {key: {row.option: row for row in rows} for key, rows in grouped.items()}

    @cached_property
    def agents(self) -> Mapping[tuple[str, str], Mapping[str, tuple[Agent, ...]]]:
        """Agents in use in each situation, by option."""
        found: dict[tuple[str, str], dict[str, tuple[Agent, ...]]] = defaultdict(dict)
        for row in self.rows("agents", Agent):
            for situation in row.situations:
                here = found[row.condition, situation]
                here[row.option] = (*here.get(row.option, ()), row)
        return found

    @cached_property
    def dealbreakers(self) -> Mapping[str, Dealbreaker]:
        rows = sorted(self.rows("dealbreakers", Dealbreaker), key=lambda r: r.position)
        return {row.dealbreaker: row for row in rows}

    @cached_property
    def quick_limits(self) -> tuple[QuickLimit, ...]:
        return tuple(sorted(self.rows("quick_limits", QuickLimit), key=lambda r: r.position))

    @cached_property
    def outcomes(self) -> Mapping[tuple[str, str], tuple[Outcome, ...]]:
        grouped = _group(self.rows("outcomes", Outcome), lambda row: (row.condition, row.situation))
        return {key: tuple(sorted(rows, key=lambda row: row.position)) for key, rows in grouped.items()}

    @cached_property
    def effects(self) -> Mapping[tuple[str, str, str], Mapping[str, EffectRow]]:
        """Effect rows of each outcome (condition, situation, outcome), by option."""
        grouped = _group(self.rows("effects", EffectRow), lambda row: (row.condition, row.situation, row.outcome))
        return {key: {row.option: row for row in rows} for key, rows in grouped.items()}

    @cached_property
    def effect_sizes(self) -> tuple[EffectSize, ...]:
        return self.rows("effect_sizes", EffectSize)

    @cached_property
    def onset(self) -> Mapping[tuple[str, str, str], OnsetRow]:
        return {(row.condition, row.situation, row.option): row for row in self.rows("onset", OnsetRow)}

    @cached_property
    def regimens(self) -> Mapping[tuple[str, str, str], Regimen]:
        return {(row.condition, row.situation, row.option): row for row in self.rows("regimens", Regimen)}

    @cached_property
    def prices(self) -> Mapping[tuple[str, str], tuple[Price, ...]]:
        """Prices by option and jurisdiction."""
        return _group(self.rows("prices", Price), lambda row: (row.option, row.jurisdiction))

    @cached_property
    def guidelines(self) -> Mapping[tuple[str, str], tuple[Guideline, ...]]:
        """Guideline positions by condition and option."""
        return _group(self.rows("guidelines", Guideline), lambda row: (row.condition, row.option))

    @cached_property
    def supply_tiers(self) -> Mapping[tuple[str, str, str], tuple[SupplyTier, ...]]:
        return _group(self.rows("supply_tiers", SupplyTier), lambda row: (row.plan, row.condition, row.situation))

    @cached_property
    def rules(self) -> tuple[Rule, ...]:
        return self.rows("rules", Rule)

    @cached_property
    def messages(self) -> tuple[Message, ...]:
        return tuple(sorted(self.rows("messages", Message), key=lambda row: row.position))

    @cached_property
    def living(self) -> Mapping[tuple[str, str], tuple[Living, ...]]:
        """Rows on living with an option, by option and aspect."""
        return _group(self.rows("living", Living), lambda row: (row.option, row.aspect))

    @cached_property
    def living_near(self) -> Mapping[tuple[str, str, str], tuple[Living, ...]]:
        """The same by option, aspect and condition: only rows that name the condition, or that hold anywhere."""
        near: dict[tuple[str, str, str], list[Living]] = defaultdict(list)
        for row in self.rows("living", Living):
            named = {word.partition("/")[0] for word in row.conditions if word != "*" and not word.startswith("!")}
            anywhere = "*" in row.conditions or not named
            for condition in self.conditions if anywhere else named:
                near[row.option, row.aspect, condition].append(row)
        return {key: tuple(rows) for key, rows in near.items()}

    @cached_property
    def session_days(self) -> Mapping[tuple[str, str, str], Mapping[str, SessionDays]]:
        """Days of sessions of each option in each situation, by phase."""
        grouped = _group(self.rows("session_days", SessionDays), lambda r: (r.condition, r.situation, r.option))
        return {key: {row.phase: row for row in rows} for key, rows in grouped.items()}

    @cached_property
    def _reviews(self) -> Mapping[tuple[str, str, str | None], TreatmentReview]:
        rows = self.rows("reviews", TreatmentReview)
        return {(row.condition, row.situation, row.option): row for row in rows}

    def review(self, condition: str, situation: str, option: str) -> TreatmentReview | None:
        """Return when to look again: the row of the option, else that of the situation, else None."""
        return self._reviews.get((condition, situation, option)) or self._reviews.get((condition, situation, None))

    @cached_property
    def frames(self) -> Mapping[str, Frame]:
        """Ways of saying a risk, in the order of the exercise."""
        return {row.frame: row for row in sorted(self.rows("frames", Frame), key=lambda row: row.position)}

    @cached_property
    def cases(self) -> Mapping[str, Case]:
        """Cases for teaching, in the order of the list."""
        return {row.case: row for row in sorted(self.rows("cases", Case), key=lambda row: row.position)}

    @cached_property
    def case_parts(self) -> Mapping[str, tuple[CasePart, ...]]:
        """Parts of each case, in order within their kind."""
        grouped = _group(self.rows("case_parts", CasePart), lambda row: row.case)
        return {case: tuple(sorted(rows, key=lambda row: row.position)) for case, rows in grouped.items()}

    @cached_property
    def ipdas(self) -> tuple[IpdasItem, ...]:
        """Items of the standards for decision aids, in their order."""
        return self.rows("ipdas", IpdasItem)

    @cached_property
    def changes(self) -> tuple[DataChange, ...]:
        """What changed in the tables, the newest first; of one day the last row of the file is the newest."""
        last_first = self.rows("changes", DataChange)[::-1]
        return tuple(sorted(last_first, key=lambda row: row.day, reverse=True))

    @cached_property
    def rules_here(self) -> Mapping[tuple[str, str], tuple[Rule, ...]]:
        """Rules that can hold in each situation."""
        return {place: tuple(row for row in self.rules if selects(row.conditions, *place)) for place in self.roles}

    @cached_property
    def _rules_at(self) -> dict[tuple[str, str], RulesAt]:
        return {}

    def rules_at(self, condition: str, situation: str) -> RulesAt:
        """Return what the rules of a situation are about, worked out when it is first asked for.

        Raises KeyError where there is no such situation.
        """
        place = (condition, situation)
        if place not in self._rules_at:
            rules, agents = self.rules_here[place], self.agents.get(place, {})
            self._rules_at[place] = RulesAt(
                triggers=tuple(dict.fromkeys(rule.when for rule in rules)),
                touching={
                    # Nothing about a person changes what is no treatment for the condition.
                    option: ()
                    if role.role == "not_used"
                    else tuple(
                        (rule, found)
                        for rule in rules
                        if (found := touched(rule, option, agents.get(option, ()))) is not None
                    )
                    for option, role in self.roles[place].items()
                },
            )
        return self._rules_at[place]

    @cached_property
    def messages_here(self) -> Mapping[tuple[str, str], tuple[Message, ...]]:
        """Messages that can stand in each situation, in order."""
        return {place: tuple(row for row in self.messages if selects(row.conditions, *place)) for place in self.roles}

    @cached_property
    def checked(self) -> tuple[datetime.date, datetime.date]:
        """The first and the last day on which a figure was checked."""
        tables = (self.tables[name] for name in ("effects", "regimens", "prices", "onset"))
        days = [row.checked for rows in tables for row in rows if isinstance(row, Sourced)]
        return min(days), max(days)

    @cached_property
    def _situations_by_id(self) -> Mapping[tuple[str, str], Situation]:
        return {(row.condition, row.situation): row for row in self.rows("situations", Situation)}

    def situation(self, condition: str, situation: str) -> Situation:
        """Return a decision point. Raises KeyError where there is none."""
        return self._situations_by_id[condition, situation]

    def condition_ids(self) -> tuple[str, ...]:
        """Return the conditions in the order of the picker, the first being the one shown first."""
        return tuple(self.conditions)

    def situation_ids(self, condition: str) -> tuple[str, ...]:
        """Return the situations of a condition, the default first."""
        return tuple(row.situation for row in self.situations[condition])

    def default_age_group(self, condition: str) -> str:
        """Return the age group assumed for a condition when none is given."""
        return self.conditions[condition].default_age_group


def load_catalogue(data_dir: Path | str = DATA_DIR) -> Catalogue:
    """Read and check every table.

    In: the folder of the tables. Out: a Catalogue.
    Raises CatalogueError with all problems when anything is wrong or missing.
    """
    folder = Path(data_dir)
    raw, problems = _read_files(folder)
    tables, lines = _to_rows(raw, problems)
    broken = {problem.file.removesuffix(".csv") for problem in problems}
    problems += _duplicates(tables, lines) + _dangling(tables, lines, broken)
    if not problems:
        catalogue = Catalogue({name: tuple(rows) for name, rows in tables.items()}, _version(raw))
        problems = [
            Problem(f"{name}.csv", lines[name].get(id(row)), column, what, mend)
            for name, row, column, what, mend in checks.disagreements(catalogue)
        ]
        if not problems:
            return catalogue
    raise CatalogueError(sorted(problems, key=lambda p: (p.file, p.line or 0)))


def _read_files(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Read all files before any is used, so that no half of a change is mixed with the other half."""
    raw, problems = {}, []
    for name in TABLES:
        path = folder / f"{name}.csv"
        try:
            raw[name] = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            problems.append(Problem(path.name, None, None, "the file is missing", "put it back into the data folder"))
        except (UnicodeDecodeError, OSError) as error:
            mend = "save it as CSV UTF-8"
            problems.append(Problem(path.name, None, None, f"the file cannot be read ({error})", mend))
    return raw, problems


def _to_rows(raw: Mapping[str, str], problems: list[Problem]) -> tuple[Tables, dict[str, dict[int, int]]]:
    tables: Tables = {name: [] for name in TABLES}
    lines: dict[str, dict[int, int]] = {name: {} for name in TABLES}
    for name, text in raw.items():
        for line, cells in _lines(name, text, problems):
            try:
                row = TABLES[name].model_validate({key: value for key, value in cells.items() if value != ""})
            except ValidationError as error:
                problems += _explain(name, line, cells, error)
                continue
            tables[name].append(row)
            lines[name][id(row)] = line
    return tables, lines


def _lines(name: str, text: str, problems: list[Problem]) -> Iterable[tuple[int, dict[str, str]]]:
    """Yield line number and cells of each row; report a header or a row that does not fit."""
    file = f"{name}.csv"
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = next(reader, [])
        wanted = list(TABLES[name].model_fields)
        for column in sorted(set(header) - set(wanted)):
            problems.append(Problem(file, 1, column, "this column is not known", f"use only: {', '.join(wanted)}"))
        for column in wanted:
            if column not in header:
                problems.append(Problem(file, 1, column, "this column is missing", "add it to the first line"))
        if len(set(header)) != len(header):
            problems.append(Problem(file, 1, None, "a column name stands twice", "keep each name once"))
        if sorted(header) != sorted(wanted):
            return
        for line, cells in enumerate(reader, 2):
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(header):
                what = f"the row has {len(cells)} cells, the first line has {len(header)}"
                problems.append(Problem(file, line, None, what, "look for a missing quote or comma"))
                continue
            split = [column for column, cell in zip(header, cells, strict=True) if len(cell.splitlines()) > 1]
            if split:
                what, mend = "the cell holds a line break", "write the text on one line"
                problems.append(Problem(file, line, ", ".join(split), what, mend))
                continue
            yield line, {key: cell.strip() for key, cell in zip(header, cells, strict=True)}
    except csv.Error as error:
        mend = "look for a quote that is not closed"
        problems.append(Problem(file, line + 1, None, f"the row cannot be read ({error})", mend))


def _explain(name: str, line: int, cells: Mapping[str, str], error: ValidationError) -> list[Problem]:
    found = []
    for item in error.errors(include_url=False):
        column = str(item["loc"][0]) if item["loc"] else None
        value = cells.get(column or "", "")
        if item["type"] == "missing" or (value == "" and item["type"] == "too_short"):
            what, mend = "the cell is empty", "fill it in"
        else:
            what = f"{value!r} does not fit"
            message = item["msg"].removeprefix("Value error, ").removeprefix("Input ")
            mend = f"it {message}" if message.startswith("should") else message
        found.append(Problem(f"{name}.csv", line, column, what, mend))
    return found


def _duplicates(tables: Tables, lines: Mapping[str, Mapping[int, int]]) -> list[Problem]:
    found = []
    for name, rows in tables.items():
        seen: dict[Hashable, int] = {}
        for row in rows:
            key = tuple(getattr(row, column) for column in KEYS[name])
            line = lines[name][id(row)]
            if key in seen:
                what = f"{' / '.join(str(part) for part in key)} stands already on line {seen[key]}"
                found.append(Problem(f"{name}.csv", line, ", ".join(KEYS[name]), what, "keep one of the two"))
            seen.setdefault(key, line)
    return found


def _dangling(tables: Tables, lines: Mapping[str, Mapping[int, int]], broken: Collection[str]) -> list[Problem]:
    """Return a problem for each cell that names a row of another table which does not exist.

    A table with a broken row is not asked: the row may be the one that is missed.
    """
    found = []
    for name, references in REFERENCES.items():
        for columns, target in references:
            if target in broken:
                continue
            theirs = columns if set(columns) == set(KEYS[target]) else KEYS[target]
            known = {tuple(getattr(row, column) for column in theirs) for row in tables[target]}
            for row in tables[name]:
                for value in _named(row, columns):
                    if value not in known:
                        what = f"{' / '.join(map(str, value))} is not in {target}.csv"
                        mend = f"correct it or add it to {target}.csv"
                        found.append(Problem(f"{name}.csv", lines[name][id(row)], ", ".join(columns), what, mend))
    return found


def _named(row: Row, columns: tuple[str, ...]) -> list[tuple[Any, ...]]:
    cells = tuple(getattr(row, column) for column in columns)
    if len(cells) == 1 and isinstance(cells[0], tuple):
        return [(word,) for word in cells[0]]
    return [] if None in cells else [cells]


def _version(raw: Mapping[str, str]) -> str:
    """Name the state of the tables: newest check date is in the rows, the letters tell two states apart."""
    digest = hashlib.sha256()
    for name in sorted(raw):
        digest.update(name.encode() + b"\0" + raw[name].encode() + b"\0")
    return digest.hexdigest()[:12]


def _group(rows: Iterable[R], key: Callable[[R], Any]) -> dict[Any, tuple[R, ...]]:
    grouped: dict[Any, list[R]] = defaultdict(list)
    for row in rows:
        grouped[key(row)].append(row)
    return {name: tuple(group) for name, group in grouped.items()}
