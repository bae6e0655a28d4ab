"""The command line.

    python -m decision compare --condition cidp [--situation maintenance] [--set key=value ...]
                               [--format json|table|csv]
    python -m decision validate [--data DIR]
    python -m decision coverage [--format table|csv|json] [--today YYYY-MM-DD]
    python -m decision handout --condition cidp [--situation maintenance] [--set key=value ...] [--show ivig,scig]
                               [--lean scig] [--with-body] [--paper a4|letter] [--address https://...]
                               --out visit.html|visit.pdf|visit.txt
    python -m decision cohort IN.csv --out OUT.csv [--jobs N]
    python -m decision changes OLD_FOLDER [--data NEW_FOLDER] [--format table|json]

Exit codes: 0 done, 1 the data are invalid, 2 wrong usage.
"""

from __future__ import annotations

import argparse
import csv
import datetime
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from decision import cohort, coverage, export, summary, visit, ward_list
from decision.catalogue import DATA_DIR, Catalogue, CatalogueError, load_catalogue
from decision.changes import ChangesError, changed_since
from decision.comparison import Comparison, compare
from decision.result import OptionResult
from decision.scenario import read
from decision.wording import Words

DONE, INVALID_DATA, WRONG_USAGE, STOPPED = 0, 1, 2, 130
MOST_JOBS = 64
MORE_HELP_LITTLE = 4
"""Processes beyond which one that reads and writes cannot keep up."""


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
    four = commands.add_parser("handout", help="write the hand-out (.html, .pdf) or the clinician sheet (.txt)")
    four.add_argument("--condition", required=True, help="the condition, such as cidp")
    four.add_argument("--situation", help="the decision point, such as maintenance")
    four.add_argument("--set", dest="pairs", action="append", default=[], metavar="KEY=VALUE", help="what limits you")
    four.add_argument("--show", metavar="OPTIONS", help="2 to 4 options with commas, such as ivig,scig")
    four.add_argument("--lean", metavar="OPTION", help="the option the person leans to")
    four.add_argument("--with-body", action="store_true", help="name health, age, weight and pregnancy on it")
    four.add_argument("--paper", choices=("a4", "letter"), default="a4", help="size of the paper of a PDF")
    four.add_argument("--address", default="", help="address of the app, for the link and the QR code")
    four.add_argument("--today", type=_date, default=datetime.date.today(), help="day that is printed on it")
    four.add_argument("--out", required=True, type=Path, metavar="FILE", help="visit.html, visit.pdf or visit.txt")
    four.set_defaults(run=_handout)
    five = commands.add_parser("cohort", help="run a ward list through the comparison, as a shortage exercise")
    five.add_argument("list", type=Path, metavar="IN.csv", help="the list: a column id and any keys of the scenario")
    five.add_argument("--out", type=Path, required=True, metavar="OUT.csv", help="where the answers go")
    five.add_argument("--jobs", type=_jobs, default=min(os.cpu_count() or 1, MORE_HELP_LITTLE), help="processes")
    five.set_defaults(run=_cohort)
    six = commands.add_parser("changes", help="list what changed since another state of the tables")
    six.add_argument("old", type=Path, metavar="OLD_FOLDER", help="folder of the tables as they were")
    six.add_argument("--format", choices=("table", "json"), default="table", help="form of the answer")
    six.set_defaults(run=_changes)
    for command in (one, two, three, four, five, six):
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


def _handout(asked: argparse.Namespace) -> int:
    """Write the hand-out or the clinician sheet of one scenario into a file."""
    ending = asked.out.suffix.lower()
    if ending not in (".html", ".pdf", ".txt"):
        raise UsageError(f"--out takes a file that ends in .html, .pdf or .txt, not {str(asked.out)!r}")
    if asked.address and not asked.address.startswith(("http://", "https://")):
        raise UsageError(f"--address takes an address such as https://example.org, not {asked.address!r}")
    catalogue = load_catalogue(asked.data)
    pairs = _pairs(asked, catalogue)
    for key in ("show", "lean"):
        if getattr(asked, key) is not None:
            pairs[key] = getattr(asked, key)
    said, notices = visit.read(pairs, catalogue)
    result = compare(catalogue, said.scenario(catalogue))
    _check_options(asked, result)
    try:
        asked.out.write_bytes(_made(asked, ending, result, catalogue, said))
    except OSError as error:
        raise UsageError(
            f"{str(asked.out)!r} cannot be written: {(error.strerror or 'not possible').lower()}"
        ) from None
    for notice in notices:
        print(f"decision: {notice}", file=sys.stderr)
    if said.said_body and not asked.with_body:
        print(
            "decision: health, age, weight and pregnancy are counted, not named; --with-body names them",
            file=sys.stderr,
        )
    return DONE


def _made(asked: argparse.Namespace, ending: str, result: Comparison, catalogue: Catalogue, said: visit.Visit) -> bytes:
    """Return the content of the file."""
    from decision.handout import clinician, html, pdf, sheet  # paid only where a hand-out is asked for

    if ending == ".txt":
        return clinician.record(result, catalogue, said, asked.today, with_body=asked.with_body).encode()
    made = sheet.sheet(result, catalogue, said, asked.today, with_body=asked.with_body, address=asked.address)
    return pdf.document(made, asked.paper) if ending == ".pdf" else html.page(made).encode()


def _check_options(asked: argparse.Namespace, result: Comparison) -> None:
    """Refuse options that are no treatment here, and more or fewer than fit side by side."""
    used = [option.option.option for option in result.options if option.used]
    chosen = [] if asked.show is None else [word.strip() for word in asked.show.split(",") if word.strip()]
    for word in (*chosen, *([asked.lean] if asked.lean is not None else [])):
        if word not in used:
            raise UsageError(f"{word!r} is not an option here; use some of {', '.join(used)}")
    if asked.show is not None and not 2 <= len(set(chosen)) <= summary.MOST_COLUMNS:
        raise UsageError(f"--show takes 2 to {summary.MOST_COLUMNS} options, not {len(set(chosen))}")


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


def _jobs(text: str) -> int:
    if not (text.isdecimal() and len(text) <= len(str(MOST_JOBS)) and 1 <= int(text) <= MOST_JOBS):
        raise UsageError(f"--jobs takes a number from 1 to {MOST_JOBS}, not {text[:40]!r}")
    return int(text)


def _cohort(asked: argparse.Namespace) -> int:
    catalogue = load_catalogue(asked.data)
    words = catalogue.words
    try:
        source = ward_list.open_list(asked.list, words)
        with ward_list.answers(source, asked.out, words) as write:
            rows = cohort.assess_in_processes(catalogue, source.rows(words), asked.jobs, _progress(words))
            total = cohort.summary(_written(rows, write))
    except ward_list.ListError as error:
        raise UsageError(str(error)) from None
    except BrokenProcessPool:
        raise UsageError(words("cohort.wrong.process")) from None
    except KeyboardInterrupt:
        print(words("cohort.stopped"), file=sys.stderr)
        return STOPPED
    for line in ward_list.totals(total, source.unused, words):
        print(line, file=sys.stderr)
    return DONE


def _written(rows: Iterable[cohort.CohortRow], write: Callable[[cohort.CohortRow], None]) -> Iterator[cohort.CohortRow]:
    for row in rows:
        write(row)
        yield row


def _progress(words: Words) -> Callable[[int], None] | None:
    """Return what shows the number of rows done in a terminal, on one line."""
    if not sys.stderr.isatty():
        return None
    return lambda n: print(f"\r{words('cohort.progress', n=words.number(n))}", end="\r", file=sys.stderr, flush=True)


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
