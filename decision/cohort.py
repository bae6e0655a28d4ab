"""A shortage exercise: a list of people run through the comparison, one answer for each row.

It informs and never decides. It is an exercise on made-up or local lists: it says what
the tables say for each row and adds up, it ranks no person, gives no advice, and is no
tool for sharing out what is short. No row is a reason to stop a treatment.

    now     the treatment the row names (`current`), with a normal supply
    after   what the comparison leaves open with the supply that the row names

The rule, the same for every row:

1. Not on immunoglobulin: the row's treatment is no form of it.
2. Keeps it: the shortage does not lower the verdict of the present form, which is not
   ruled out; else another form of which both hold (see 4 for the order).
3. Can move: something outside immunoglobulin that can stand in here is not ruled out.
4. In each case the first: what fits before what needs a check, then the higher role,
   then the neutral order of options.
5. No alternative: none of these. The row counts as staying as it is.
"""

from __future__ import annotations

import math
import re
import signal
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, fields, replace
from decimal import Decimal
from itertools import chain, islice
from multiprocessing import get_context
from typing import Any

from decision.catalogue import Catalogue
from decision.comparison import cases_of, supply_of
from decision.problem import Problem
from decision.scenario import NUMBERS, Scenario, read
from decision.screening import ROLE_RANK, Case, Judged, Signature, judge
from decision.supply import IG_FAMILY, tier
from decision.wording import Words

DECISIONS = ("keeps_ig", "can_move_to", "no_alternative", "not_on_ig")
TODAY = "normal"
"""The supply against which a row's own supply is read."""

LINE, PROBLEM = "#line", "#problem"
"""What a reader of files may add to a row: its line, and why it could not be read."""

NOT_SAID = ("id", "current", LINE, PROBLEM)
REMEMBERED = 4096
"""How many different cases are kept at a time; the least recently used goes first."""

CHUNK = 500
"""Rows that travel to a process at a time."""

ALONE = 5000
"""Rows up to which a process of its own is not worth its start."""

EVERY = 1000
"""Rows from one word of progress to the next."""

VERDICT_RANK = {"suitable": 0, "caution": 1, "not_suitable": 2}
_LINE_NUMBER = re.compile(r"[1-9][0-9]{0,17}")
_DECIMAL_COMMA = re.compile(r"-?\d+,\d{1,2}")

Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class CohortRow:
    """What the comparison says for one row of a list; None: not known.

    Grams: mean of a month of the first year, for what is given again and again; of the
    whole, for one course. Money: as in the comparison, of the first year or the course.
    """

    id: str
    line: int
    status: str
    """`ok`, or `error`: then `problem` names line and column, and how to mend it, and the rest is blank."""
    problem: str = ""
    notices: tuple[str, ...] = ()
    condition: str = ""
    situation: str = ""
    ig_supply: str = ""
    supply_plan: str = ""
    tier: str = ""
    current: str = ""
    verdict_now: str = ""
    verdict_after: str = ""
    """Verdict of the present form with a normal supply, and with that of the row."""
    decision: str = ""
    after: str = ""
    """The form kept or the first that could stand in; with no alternative the present form."""
    can_move_to: tuple[str, ...] = ()
    """All that could stand in, in the stated order, whatever the decision."""
    grams_per_month_now: float | None = None
    grams_per_month_freed: float | None = None
    grams_course_now: float | None = None
    grams_course_freed: float | None = None
    cost_per_year_now: int | None = None
    cost_per_year_after: int | None = None
    cost_change: int | None = None
    currency: str = ""
    assumed: tuple[str, ...] = ()
    """Keys that the row did not give (or not so that they could be read), on which the figures hang."""
    unknown: tuple[str, ...] = ()
    """What the tables do not know: `tier`, `grams_now`, `grams_freed`, `cost_now`, `cost_after`, `cost_change`."""


@dataclass(frozen=True)
class Summary:
    """Totals of a list. Summaries of its parts add up to that of the whole, in whatever way it is cut.

    What is not known is in no sum; `unknown` says for how many rows.
    """

    rows: int = 0
    errors: int = 0
    noticed: int = 0
    decisions: Mapping[str, int] = field(default_factory=dict)
    moves: Mapping[str, int] = field(default_factory=dict)
    """The option after, and how many rows it is the first for, among those that can move."""
    grams_per_month_now: Decimal = Decimal(0)
    grams_per_month_freed: Decimal = Decimal(0)
    grams_course_now: Decimal = Decimal(0)
    grams_course_freed: Decimal = Decimal(0)
    cost_change: Mapping[str, int] = field(default_factory=dict)
    unknown: Mapping[str, int] = field(default_factory=dict)
    assumed: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Summary) -> Summary:
        if not isinstance(other, Summary):
            return NotImplemented
        mine, theirs = vars(self), vars(other)
        return Summary(**{name: _added(mine[name], theirs[name]) for name in mine})


def _added(one: Any, other: Any) -> Any:
    if isinstance(one, Mapping):
        return {key: one.get(key, 0) + other.get(key, 0) for key in dict.fromkeys((*one, *other))}
    return one + other


def assess(
    catalogue: Catalogue,
    rows: Iterable[Mapping[str, str]],
    progress: Progress | None = None,
    every: int = EVERY,
) -> Iterator[CohortRow]:
    """Yield the answer to each row, in order, as it comes; nothing is kept but the ids.

    In: column to cell, both untrusted: `id`, `condition`, `situation`, `current` (an option
    or `none`; blank: IVIG where that is used in the situation) and any key of the scenario.
    Cells that cannot be used are dropped with a notice; a row without a condition that
    exists, or without an id of its own, is an error of that row. Never raises for a row.
    `progress` is told the number of rows done, every so many.
    """
    return _told(_assessed(_Judge(catalogue), marked(catalogue, rows)), progress, every)


def assess_in_processes(
    catalogue: Catalogue,
    rows: Iterable[Mapping[str, str]],
    jobs: int,
    progress: Progress | None = None,
    every: int = EVERY,
) -> Iterator[CohortRow]:
    """Yield what `assess` yields, from so many processes; a short list is not worth them and stays here."""
    given = marked(catalogue, rows)
    here = _assessed(_Judge(catalogue), given if jobs < 2 else islice(given, ALONE))
    return _told(chain(here, _shared_out(catalogue, given, jobs)), progress, every)


def marked(catalogue: Catalogue, rows: Iterable[Mapping[str, str]]) -> Iterator[dict[str, str]]:
    """Yield each row with its line and, where its id is missing or stands twice, that as its problem.

    Ids can only be told apart where all are seen: mark a list before it is cut into
    partitions. To mark again changes nothing. Lines count as a spreadsheet does, from 2.
    """
    words = catalogue.words
    seen: dict[str, str] = {}
    for number, row in enumerate(rows, 2):
        cells = {str(key).strip().lower(): _text(cell) for key, cell in row.items() if key}
        if not _LINE_NUMBER.fullmatch(cells.get(LINE, "")):
            cells[LINE] = str(number)
        if not cells.get(PROBLEM):
            wrong = (None, "ragged", "") if None in row else _problem_of_id(cells, seen)
            if wrong:
                cells[PROBLEM] = complain(words, cells[LINE], *wrong)
            else:
                seen[cells["id"]] = cells[LINE]
        yield cells


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def summary(rows: Iterable[CohortRow]) -> Summary:
    """Add up a list, or a part of it."""
    names = ("decisions", "moves", "cost_change", "unknown", "assumed")
    counts: dict[str, Counter[str]] = {name: Counter() for name in names}
    grams = dict.fromkeys((f.name for f in fields(Summary) if f.name.startswith("grams")), Decimal(0))
    total = errors = noticed = 0
    for row in rows:
        total += 1
        noticed += bool(row.notices)
        if row.status == "error":
            errors += 1
            continue
        counts["decisions"][row.decision] += 1
        counts["unknown"].update(row.unknown)
        counts["assumed"].update(row.assumed)
        if row.decision == "can_move_to":
            counts["moves"][row.after] += 1
        if row.cost_change is not None:
            counts["cost_change"][row.currency] += row.cost_change
        for name in grams:
            figure = getattr(row, name)
            if figure:
                grams[name] += Decimal(str(figure))
    sums: dict[str, Any] = {**{name: dict(count) for name, count in counts.items()}, **grams}
    return Summary(total, errors, noticed, **sums)


# ------------------------------------------------------------------- one row


@dataclass(frozen=True)
class _Seen:
    """What the comparison says of the forms of immunoglobulin and what can stand in, now and after."""

    now: Mapping[str, Judged]
    after: Mapping[str, Judged]
    forms: tuple[str, ...]
    stand_ins: tuple[str, ...]
    """Both in the stated order; ruled out, or forms held back by the shortage, are not among them."""
    tier: str


class _Judge:
    """The verdicts of cases, each different one worked out once while it is remembered."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.words = catalogue.words
        self._signature = Signature(catalogue)
        self._seen: OrderedDict[object, _Seen] = OrderedDict()

    def __call__(self, scenario: Scenario) -> _Seen:
        key = (self._signature(scenario), scenario.ig_supply)
        if key in self._seen:
            self._seen.move_to_end(key)
            return self._seen[key]
        found = self._seen[key] = _look(self.catalogue, scenario)
        if len(self._seen) > REMEMBERED:
            self._seen.popitem(last=False)
        return found


def _look(catalogue: Catalogue, scenario: Scenario) -> _Seen:
    place = (scenario.condition, scenario.situation)
    roles, families = catalogue.roles[place], catalogue.options
    rows = catalogue.supply_tiers.get((scenario.supply_plan, *place), ())
    asked_by_plan = {row.unless_suitable for row in rows}
    asked = [
        option
        for option in catalogue.options
        if families[option].family == IG_FAMILY or roles[option].can_replace_ig or option in asked_by_plan
    ]
    cases = cases_of(catalogue, scenario, asked)
    after = judge(catalogue, scenario, cases)
    now = after if scenario.ig_supply == TODAY else judge(catalogue, replace(scenario, ig_supply=TODAY), cases)

    def rank(option: str) -> tuple[int, int]:
        return VERDICT_RANK[after[option].verdict], ROLE_RANK.get(roles[option].role, len(ROLE_RANK))

    ordered = sorted(asked, key=rank)
    possible = [option for option in ordered if after[option].verdict != "not_suitable"]
    found = tier(rows, {option: judged.verdict for option, judged in after.items()})
    return _Seen(
        now=now,
        after=after,
        forms=tuple(o for o in possible if families[o].family == IG_FAMILY and not _held_back(after[o])),
        stand_ins=tuple(o for o in possible if families[o].family != IG_FAMILY and roles[o].can_replace_ig),
        tier=found.tier if found else "unknown",
    )


def _held_back(judged: Judged) -> bool:
    return judged.supply in ("caution", "not_suitable")


def _assessed(verdicts: _Judge, rows: Iterable[Mapping[str, str]]) -> Iterator[CohortRow]:
    for cells in rows:
        yield _row(verdicts, cells)


def _row(verdicts: _Judge, cells: Mapping[str, str]) -> CohortRow:
    catalogue = verdicts.catalogue
    problem = cells.get(PROBLEM, "")
    if not problem and (wrong := _problem(catalogue, cells)):
        problem = complain(verdicts.words, cells[LINE], *wrong)
    if problem:
        return CohortRow(cells.get("id", ""), int(cells[LINE]), "error", problem)
    said = _said(cells)
    scenario, notices = read(said, catalogue)
    seen = verdicts(scenario)
    current = _current(catalogue, cells, (scenario.condition, scenario.situation))
    decision, after = _decide(catalogue, seen, current)
    on_ig = decision != "not_on_ig"
    cases = cases_of(catalogue, scenario, dict.fromkeys((current, after)))
    month, course = _grams(catalogue, cases[current])
    month_after, course_after = _grams(catalogue, cases[after])
    stays = after == current
    freed = (0.0, 0.0) if stays else (_less(month, month_after), _less(course, course_after))
    cost_now, cost_after = _money(cases[current]), _money(cases[after])
    change = 0 if stays else None if cost_now is None or cost_after is None else cost_after - cost_now
    missing = {
        "tier": scenario.supply_plan != "none" and seen.tier == "unknown",
        "grams_now": month is None,
        "grams_freed": freed[0] is None,
        "cost_now": cost_now is None,
        "cost_after": cost_after is None,
        "cost_change": change is None,
    }
    return CohortRow(
        id=cells["id"],
        line=int(cells[LINE]),
        status="ok",
        notices=notices,
        condition=scenario.condition,
        situation=scenario.situation,
        ig_supply=scenario.ig_supply,
        supply_plan=scenario.supply_plan,
        tier=seen.tier,
        current=current,
        verdict_now=seen.now[current].verdict if on_ig else "",
        verdict_after=seen.after[current].verdict if on_ig else "",
        decision=decision,
        after=after,
        can_move_to=seen.stand_ins if on_ig else (),
        grams_per_month_now=month,
        grams_per_month_freed=freed[0],
        grams_course_now=course,
        grams_course_freed=freed[1],
        cost_per_year_now=cost_now,
        cost_per_year_after=cost_after,
        cost_change=change,
        currency=cases[current].cost.currency,
        assumed=_assumed(catalogue, cells, said),
        unknown=tuple(name for name, unknown in missing.items() if unknown),
    )


def _decide(catalogue: Catalogue, seen: _Seen, current: str) -> tuple[str, str]:
    """Return the decision and the option after, by the rule at the head of this file."""
    if catalogue.options[current].family != IG_FAMILY:
        return "not_on_ig", current
    if current in seen.forms:
        return "keeps_ig", current
    if seen.forms:
        return "keeps_ig", seen.forms[0]
    if seen.stand_ins:
        return "can_move_to", seen.stand_ins[0]
    return "no_alternative", current


def _said(cells: Mapping[str, str]) -> dict[str, str]:
    """Return what a row says as the scenario reads it: ids in small letters, lists with commas, a point in numbers."""
    said = {key: cell.lower() for key, cell in cells.items() if cell and key not in NOT_SAID}
    for key, cell in said.items():
        if key == "health":
            said[key] = cell.replace(";", ",").replace("|", ",")
        elif (key in NUMBERS or key.startswith(("price.", "w."))) and _DECIMAL_COMMA.fullmatch(cell):
            said[key] = cell.replace(",", ".")
    return said


def _current(catalogue: Catalogue, cells: Mapping[str, str], place: tuple[str, str]) -> str:
    said = cells.get("current", "").lower()
    if said in ("", "none"):
        role = catalogue.roles[place].get("ivig")
        return "ivig" if role is not None and role.role != "not_used" and not said else "no_treatment"
    return said


def _assumed(catalogue: Catalogue, cells: Mapping[str, str], said: Mapping[str, str]) -> tuple[str, ...]:
    missing = {
        "situation": "situation" not in said and len(catalogue.situation_ids(said["condition"])) > 1,
        "current": not cells.get("current"),
        "weight_kg": not _is_number(said.get("weight_kg", "")),
    }
    return tuple(key for key, absent in missing.items() if absent)


def _is_number(text: str) -> bool:
    try:
        return not math.isnan(float(text))
    except ValueError:
        return False


def _grams(catalogue: Catalogue, case: Case) -> tuple[float | None, float | None]:
    """Return grams in a month, where it goes on, and in the course, where it is one."""
    grams = supply_of(catalogue, case, None).grams
    if grams is None:
        return None, None
    if case.regimen is not None and case.regimen.pattern == "single":
        return 0.0, round(grams.value, 1)
    return round(grams.value / 12, 1), 0.0


def _money(case: Case) -> int | None:
    return None if case.cost.per_year is None else round(case.cost.per_year.value)


def _less(now: float | None, after: float | None) -> float | None:
    return None if now is None or after is None else round(now - after, 1)


# ------------------------------------------------------------- what is wrong

Wrong = tuple[str | None, str, str]
"""The column, the name of the problem, and the cell."""


def _problem_of_id(cells: Mapping[str, str], seen: Mapping[str, str]) -> Wrong | None:
    if not cells.get("id"):
        return "id", "no_id", ""
    if cells["id"] in seen:
        return "id", "id_twice", seen[cells["id"]]
    return None


def _problem(catalogue: Catalogue, cells: Mapping[str, str]) -> Wrong | None:
    condition, situation = cells.get("condition", ""), cells.get("situation", "")
    current = cells.get("current", "")
    if not condition:
        return "condition", "no_condition", ""
    if condition.lower() not in catalogue.conditions:
        return "condition", "condition", condition
    if situation and situation.lower() not in catalogue.situation_ids(condition.lower()):
        return "situation", "situation", situation
    if current and current.lower() not in ("none", *catalogue.options):
        return "current", "current", current
    return None


def complain(words: Words, line: str, column: str | None, name: str, cell: str = "") -> str:
    """Return what is wrong with a row, where, and how to mend it, in a sentence."""
    what, mend = words(f"cohort.problem.{name}", cell=f"{cell:.40}"), words(f"cohort.mend.{name}")
    return str(Problem("", int(line), column, what, mend))


# ------------------------------------------------------------- many processes


def _told(rows: Iterable[CohortRow], progress: Progress | None, every: int) -> Iterator[CohortRow]:
    for number, row in enumerate(rows, 1):
        yield row
        if progress is not None and number % every == 0:
            progress(number)


_HERE: list[_Judge] = []
"""In a process that works on a part of a list: its verdicts."""


def _start(catalogue: Catalogue) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that shares out stops for all
    _HERE[:] = [_Judge(catalogue)]


def _part(rows: list[dict[str, str]]) -> list[CohortRow]:
    return list(_assessed(_HERE[0], rows))


def _shared_out(catalogue: Catalogue, rows: Iterator[dict[str, str]], jobs: int) -> Iterator[CohortRow]:
    """Yield the answers in order, with never more than a few chunks under way."""
    waiting: deque[Future[list[CohortRow]]] = deque()
    following = next(rows, None)
    if following is None:
        return
    rows = chain((following,), rows)
    with ProcessPoolExecutor(jobs, get_context("spawn"), _start, (catalogue,)) as pool:
        while chunk := list(islice(rows, CHUNK)):
            waiting.append(pool.submit(_part, chunk))
            if len(waiting) > 2 * jobs:
                yield from waiting.popleft().result()
        while waiting:
            yield from waiting.popleft().result()
