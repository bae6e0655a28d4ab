"""The command line.

    python -m decision compare --condition cidp [--situation maintenance] [--set key=value ...]
                               [--format json|table|csv]
    python -m decision validate [--data DIR]
    python -m decision coverage [--format table|csv|json] [--today YYYY-MM-DD]
    python -m decision changes OLD_FOLDER [--data NEW_FOLDER] [--format table|json]

Exit codes: 0 done, 1 the data are invalid, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import io
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from decision import coverage, export
from decision.catalogue import DATA_DIR, Catalogue, CatalogueError, load_catalogue
from decision.changes import ChangesError, changed_since
from decision.comparison import Comparison, compare
from decision.result import OptionResult
from decision.scenario import read
from decision.wording import Words

DONE, INVALID_DATA, WRONG_USAGE = 0, 1, 2


class UsageError(Exception):
    """The command line cannot be understood; the message says how to mend it."""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> None:  # type: ignore[override]
        raise UsageError(f"{message}; see 'python -m decision --help'")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns its exit code; says what is wrong in one sentence on standard error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # what the output cannot encode is shown, not fatal
    try:
        asked = _parser().parse_args(arguments)
        return asked.run(asked)
    except UsageError as error:
        print(f"decision: {error}", file=sys.stderr)
        return WRONG_USAGE
    except CatalogueError as error:
        count = len(error.problems)
        print(f"decision: the tables have {count} problem(s); run 'python -m decision validate'", file=sys.stderr)
        return INVALID_DATA
    except BrokenPipeError:
        sys.stderr.close()
        return DONE


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="python -m decision", description="Compare immunoglobulin with its alternatives.")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    one = commands.add_parser("compare", help="compare all options for a scenario")
    one.add_argument("--condition", required=True, help="the condition, such as cidp")
    one.add_argument("--situation", help="the decision point, such as maintenance")
    one.add_argument("--set", dest="pairs", action="append", default=[], metavar="KEY=VALUE", help="what limits you")
    one.add_argument("--format", choices=("json", "table", "csv"), default="json", help="form of the answer")
    one.set_defaults(run=_compare)
    two = commands.add_parser("validate", help="check every table")
    two.set_defaults(run=_validate)
    three = commands.add_parser("coverage", help="say what is known, not known, unchecked or stale")
    three.add_argument("--format", choices=("table", "csv", "json"), default="table", help="form of the answer")
    three.add_argument("--today", type=_date, default=datetime.date.today(), help="day on which staleness is judged")
    three.set_defaults(run=_coverage)
    four = commands.add_parser("changes", help="list what changed since another state of the tables")
    four.add_argument("old", type=Path, metavar="OLD_FOLDER", help="folder of the tables as they were")
    four.add_argument("--format", choices=("table", "json"), default="table", help="form of the answer")
    four.set_defaults(run=_changes)
    for command in (one, two, three, four):
        command.add_argument("--data", type=Path, default=DATA_DIR, help="folder of the tables")
    return parser


def _compare(asked: argparse.Namespace) -> int:
    catalogue = load_catalogue(asked.data)
    scenario, notices = read(_pairs(asked, catalogue), catalogue)
    result = compare(catalogue, scenario, notices)
    if asked.format == "json":
        print(json.dumps(export.as_json(result, catalogue), ensure_ascii=False, indent=1))
    elif asked.format == "csv":
        print(export.as_csv(result, catalogue.words), end="")
    else:
        print(_table(result, catalogue.words))
    return DONE


def _pairs(asked: argparse.Namespace, catalogue: Catalogue) -> dict[str, str]:
    """Return the scenario as pairs. A condition or situation asked for by name must exist."""
    pairs: dict[str, str] = {}
    for pair in asked.pairs:
        key, sign, value = pair.partition("=")
        if not sign:
            raise UsageError(f"--set takes key=value, not {pair!r}")
        pairs[key.strip()] = value
    if asked.condition not in catalogue.conditions:
        raise UsageError(f"unknown condition {asked.condition!r}; use one of {', '.join(catalogue.conditions)}")
    pairs["condition"] = asked.condition
    if asked.situation is not None:
        known = catalogue.situation_ids(asked.condition)
        if asked.situation not in known:
            raise UsageError(f"unknown situation {asked.situation!r}; use one of {', '.join(known)}")
        pairs["situation"] = asked.situation
    return pairs


def _validate(asked: argparse.Namespace) -> int:
    try:
        catalogue = load_catalogue(asked.data)
    except CatalogueError as error:
        for problem in error.problems:
            print(problem)
        return INVALID_DATA
    rows = sum(len(table) for table in catalogue.tables.values())
    print(f"The tables are in order: {len(catalogue.tables)} tables, {rows:,} rows, version {catalogue.version}.")
    return DONE


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is not a day, write it as 2026-11-22") from None


def _coverage(asked: argparse.Namespace) -> int:
    found = list(coverage.cells(load_catalogue(asked.data), asked.today))
    counted = coverage.totals(found)
    share = coverage.share_settled(counted)
    if asked.format == "json":
        body = {"today": f"{asked.today}", "totals": counted, "share_settled": round(share, 4)}
        print(json.dumps({**body, "cells": [vars(cell) for cell in found]}, ensure_ascii=False, indent=1))
    elif asked.format == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(coverage.Covered.__annotations__)
        writer.writerows(vars(cell).values() for cell in found)
    else:
        print(_coverage_table(found))
        print(f"{share:.1%} of {len(found):,} cells are checked figures or explicitly not known.")
    return DONE


def _changes(asked: argparse.Namespace) -> int:
    try:
        found = changed_since(asked.old, asked.data)
    except ChangesError as error:
        raise UsageError(str(error)) from None
    if asked.format == "json":
        print(json.dumps([vars(change) for change in found], ensure_ascii=False, indent=1))
    else:
        for change in found:
            print(change)
        print(f"{len(found):,} differences.")
    return DONE


def _coverage_table(found: list[coverage.Covered]) -> str:
    """Return a line for each situation and a last one for the whole."""
    places: dict[str, list[coverage.Covered]] = {}
    for cell in found:
        places.setdefault(f"{cell.condition} / {cell.situation}", []).append(cell)
    lines = [f"{'':45}" + "".join(f"{state:>11}" for state in coverage.STATES)]
    for place, here in (*places.items(), ("all", found)):
        lines.append(f"{place:45}" + "".join(f"{count:>11,}" for count in coverage.totals(here).values()))
    return "\n".join(lines)


def _table(result: Comparison, words: Words) -> str:
    """Return the comparison as plain lines for a terminal."""
    lines = [result.situation.decision, ""]
    lines += [f"! {message.text}" for message in result.messages if message.kind == "urgent"]
    lines += [f"* {notice}" for notice in result.notices]
    for option in result.options:
        lines += [
            "",
            f"{option.name}: {words(f'verdict.{option.verdict}')} ({words(f'heading.{option.screened.heading}')})",
        ]
        lines += [f"  - {reason.text}" for reason in option.screened.reasons]
        if option.used:
            lines += [f"  {line}" for line in _figures(option, words)]
    return "\n".join(lines)


def _figures(option: OptionResult, words: Words) -> list[str]:
    unknown = words("unknown")
    lines = []
    for cell in option.outcomes:
        risk = cell.risk.with_option
        value = unknown
        if risk is not None:
            per = cell.outcome.per
            value = words.out_of(risk.value * per, per)
            if risk.low is not None and risk.high is not None:
                value = words("figure.range", figure=value, range=words.span(risk.low * per, risk.high * per))
        lines.append(f"{cell.outcome.question} {value}")
    hours, cost = option.burden.hours, option.cost.per_year
    lines.append(f"{words('row.time')} {words.hours(hours.value) if hours else unknown}")
    lines.append(f"{words('row.cost')} {words.money(cost.value, option.cost.currency) if cost else unknown}")
    return lines


if __name__ == "__main__":
    sys.exit(main())
