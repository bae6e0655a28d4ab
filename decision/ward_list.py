"""A ward list as a CSV file: read line by line, answered line by line, nothing lost.

Each line of the file is a row of its own, so that a quote that is not closed costs that
row and no other. The answer uses the separator of the list; with semicolons numbers get
a decimal comma, as the spreadsheet that wrote the list reads them.

A list is a file (`open_list`) or bytes that somebody sent (`open_bytes`): those are read
where they are, and neither they nor the answers are written to a disk.
"""

from __future__ import annotations

import csv
import io
import os
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from decision.catalogue import Catalogue
from decision.cohort import DECISIONS, LINE, PROBLEM, CohortRow, Progress, Summary, assess, complain, summary
from decision.export import safe_cell
from decision.scenario import CHOICES, CRITERIA, NUMBERS, OPTIONS
from decision.wording import Words

LONGEST = 100_000
"""Signs of a line beyond which it is an error and not kept."""

COLUMNS = (
    "id", "current", "condition", "situation", "health", *CHOICES, *NUMBERS,
    *(f"price.{option}" for option in OPTIONS), *(f"w.{criterion}" for criterion in CRITERIA),
)  # fmt: skip
ANSWERS = tuple(f.name for f in fields(CohortRow))
MOST_BYTES = 1_048_576
"""Bytes of a list that is sent, above which it is not read: one MB."""

MOST_ROWS = 10_000
"""Rows of a list that is sent; one that is longer is for the command line, which keeps none of them."""

_SEPARATOR = re.compile(r'"?sep=([,;])"?')


class ListError(ValueError):
    """The list cannot be used as a whole; the message is one sentence that says why."""


@dataclass(frozen=True)
class WardList:
    """A list whose first line has been read."""

    source: Path | bytes
    separator: str
    first_line: int
    header: tuple[str, ...]

    @property
    def unused(self) -> tuple[str, ...]:
        """The columns that say nothing to the comparison; they are not passed on."""
        return tuple(_shown(name) for name in self.header if name and name not in COLUMNS)

    def rows(self, words: Words) -> Iterator[dict[str, str]]:
        """Yield each row that is not blank: column to cell, its line, and why it could not be read."""
        with _opened(self.source) as raw:
            for number, text in _lines(raw):
                if number <= self.first_line or (text is not None and not text.strip()):
                    continue
                cells, problem = self._cells(text)
                if not problem and not any(cell.strip() for cell in cells):
                    continue
                row = {name: cell for name, cell in zip(self.header, cells, strict=False) if name in COLUMNS}
                row["id"] = _as_text(row.get("id", ""))
                row[LINE] = str(number)
                if problem:
                    row[PROBLEM] = complain(words, row[LINE], None, problem, f"{LONGEST:,}")
                yield row

    def _cells(self, text: str | None) -> tuple[list[str], str]:
        """Return the cells of a line, and the name of its problem."""
        if text is None:
            return [], "too_long"
        try:
            cells = _split(text, self.separator)
        except csv.Error:
            return text.split(self.separator)[:1], "quote"
        if not _is_text(text):
            return cells, "not_text"
        return cells, "" if len(cells) == len(self.header) else "ragged"


def open_list(path: Path, words: Words) -> WardList:
    """Read the first line of a list. Raises ListError where it is no list with a column `id`."""
    try:
        return _first_line(path, path.name, words)
    except OSError as error:
        raise ListError(words("cohort.wrong.no_file", file=path.name, cause=error.strerror or error)) from None


def open_bytes(content: bytes, name: str, words: Words) -> WardList:
    """Read the first line of a list that was sent; `name`: what the person calls it.

    Raises ListError where it is no list with a column `id`, or larger than MOST_BYTES.
    """
    shown = _shown(name)
    if len(content) > MOST_BYTES:
        raise ListError(words("cohort.wrong.too_large", file=shown))
    return _first_line(content, shown, words)


def _opened(source: Path | bytes) -> BinaryIO:
    return source.open("rb") if isinstance(source, Path) else io.BytesIO(source)


def _first_line(source: Path | bytes, name: str, words: Words) -> WardList:
    separator = None
    with _opened(source) as raw:
        for number, text in _lines(raw):
            if text is not None and not text.strip():
                continue
            if text is None or not _is_text(text):
                raise ListError(words("cohort.wrong.not_text", file=name))
            if separator is None and (said := _SEPARATOR.fullmatch(text.strip())):
                separator = said[1]
                continue
            sign, header = _header(name, text, separator, words)
            return WardList(source, sign, number, header)
    raise ListError(words("cohort.wrong.empty", file=name))


def _header(name: str, text: str, separator: str | None, words: Words) -> tuple[str, tuple[str, ...]]:
    """Return the separator and the names of the columns."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for sign in (separator,) if separator else (",", ";"):
        try:
            found.append((sign, tuple(_name(cell) for cell in _split(text, sign))))
        except csv.Error:
            continue
    if not found:
        raise ListError(words("cohort.wrong.not_text", file=name))
    sign, header = max(found, key=lambda pair: ("id" in pair[1], len(pair[1])))
    if "id" not in header:
        named = ", ".join(_shown(column) for column in header[:20])
        raise ListError(words("cohort.wrong.no_id", file=name, columns=named))
    twice = [column for column in header if column and header.count(column) > 1]
    if twice:
        raise ListError(words("cohort.wrong.column_twice", file=name, column=_shown(twice[0])))
    return sign, header


def _name(cell: str) -> str:
    """Return the name of a column, whatever the case; a space or a hyphen in it counts as `_`."""
    return cell.strip().lower().replace(" ", "_").replace("-", "_")


def _shown(name: str) -> str:
    """Return a name of a stranger's file as a terminal may show it."""
    return "".join(sign if sign.isprintable() else "?" for sign in name[:40])


def _lines(raw: BinaryIO) -> Iterator[tuple[int, str | None]]:
    """Yield each line with its number; None for one that is too long. What is not UTF-8 is kept as a mark."""
    file = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="surrogateescape", newline="")
    number = 0
    while text := file.readline(LONGEST):
        number += 1
        if len(text) < LONGEST or text.endswith(("\n", "\r")):
            yield number, text
            continue
        while (more := file.readline(LONGEST)) and not more.endswith(("\n", "\r")):
            pass
        yield number, None


def _split(text: str, separator: str) -> list[str]:
    """Return the cells of one line. Raises csv.Error where a quote is not closed."""
    line = text.rstrip("\r\n")
    return next(csv.reader((line,), delimiter=separator, strict=True, skipinitialspace=True), [])


def _is_text(text: str) -> bool:
    if "\0" in text:
        return False
    if text.isascii():
        return True
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _as_text(cell: str) -> str:
    """Return a cell that can be written, what is no text shown as its code."""
    return cell if cell.isascii() else cell.encode("utf-8", "backslashreplace").decode()


# ------------------------------------------------------------------- answers


@contextmanager
def answers(source: WardList, target: Path, words: Words) -> Iterator[Callable[[CohortRow], None]]:
    """Open the file of the answers; it takes its place only when all are written.

    Yields a function that writes a row. Raises ListError where the file is the list itself or cannot be written.
    """
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.exists() and isinstance(source.source, Path) and target.samefile(source.source):
            raise ListError(words("cohort.wrong.same_file", file=target.name))
        if target.exists() and not target.is_file():
            raise ListError(words("cohort.wrong.not_a_file", file=target.name))
        with part.open("x", encoding="utf-8", errors="backslashreplace", newline="") as file:
            writer = csv.writer(file, delimiter=source.separator)
            writer.writerow(ANSWERS)
            yield lambda row: writer.writerow(cells(row, words, source.separator))
        part.replace(target)
    except OSError as error:
        raise ListError(words("cohort.wrong.not_written", file=target.name, cause=error.strerror or error)) from None
    finally:
        with suppress(OSError):
            part.unlink()


@dataclass(frozen=True)
class Answered:
    """The answers to a list, held in memory: the totals, and the file of the answers packed small."""

    total: Summary
    unused: tuple[str, ...]
    separator: str
    packed: bytes

    @property
    def file(self) -> bytes:
        """The answers as a file, the same bytes as the command line writes."""
        return zlib.decompress(self.packed)

    def rows(self, start: int, count: int, decision: str = "") -> list[Mapping[str, str]]:
        """Return rows of the answers in the order of the list, column to cell.

        In: the first row (0: the first of all) and how many; `decision`: of these rows
        only, one of DECISIONS or `error`; blank: of all.
        """
        lines = io.StringIO(self.file.decode(), newline="")
        found = (
            row
            for row in csv.DictReader(lines, delimiter=self.separator)
            if not decision or decision in (row["decision"], row["status"])
        )
        return list(islice(found, start, start + count))


def answered(source: WardList, catalogue: Catalogue, progress: Progress | None = None, every: int = 250) -> Answered:
    """Answer a list that was sent. Nothing is written to a disk.

    `progress` is told the number of rows done, every so many. Raises ListError where the
    list is longer than MOST_ROWS.
    """
    words = catalogue.words
    pack = zlib.compressobj(6)
    packed: list[bytes] = []

    def write(row: Iterable[object]) -> None:
        line = io.StringIO(newline="")
        csv.writer(line, delimiter=source.separator).writerow(row)
        packed.append(pack.compress(line.getvalue().encode(errors="backslashreplace")))

    def written() -> Iterator[CohortRow]:
        for number, row in enumerate(assess(catalogue, source.rows(words), progress, every), 1):
            if number > MOST_ROWS:
                raise ListError(words("cohort.wrong.too_long", most=words.number(MOST_ROWS)))
            write(cells(row, words, source.separator))
            yield row

    write(ANSWERS)
    total = summary(written())
    packed.append(pack.flush())
    return Answered(total, source.unused, source.separator, b"".join(packed))


def cells(row: CohortRow, words: Words, separator: str = ",") -> list[object]:
    """Return a row as cells that a spreadsheet shows and never runs; blank in a row with an error."""
    found: list[object] = []
    for name in ANSWERS:
        value = getattr(row, name)
        if isinstance(value, float):
            found.append(f"{value:.1f}".replace(".", "," if separator == ";" else "."))
        elif value is None and row.status == "error":
            found.append("")
        else:
            found.append(safe_cell(" ".join(value) if isinstance(value, tuple) else value, words))
    return found


def totals(total: Summary, unused: Sequence[str], words: Words) -> list[str]:
    """Return the totals of a list as plain lines; `unused`: columns that say nothing here."""
    lines = [words("cohort.rows", n=words.number(total.rows), errors=words.number(total.errors))]
    if unused:
        lines.append(words("cohort.unused", columns=", ".join(unused)))
    moves = [f"{option} {words.number(total.moves[option])}" for option in OPTIONS if option in total.moves]
    for decision in DECISIONS:
        if n := total.decisions.get(decision):
            lines.append(words(f"cohort.count.{decision}", n=words.number(n), what=", ".join(moves)))
    return [*lines, *sums(total, words), words("cohort.informs")]


def sums(total: Summary, words: Words) -> list[str]:
    """Return what the moves of a list would add up to: grams, money, what is not known and what was taken."""
    lines = []
    month, course = total.grams_per_month_freed, total.grams_course_freed
    lines.append(words("cohort.freed", month=words.number(round(month)), course=words.number(round(course))))
    changes = [
        words(f"cohort.cost.{'less' if change < 0 else 'more'}", amount=words.exact_money(abs(change), currency))
        for currency, change in total.cost_change.items()
        if change
    ]
    if changes:
        lines.append(words("cohort.cost", amounts=", ".join(changes)))
    grams, costs = total.unknown.get("grams_freed", 0), total.unknown.get("cost_change", 0)
    if grams or costs:
        lines.append(words("cohort.not_known", grams=words.number(grams), cost=words.number(costs)))
    assumed = [words(f"cohort.assumed.{key}", n=words.number(n)) for key, n in total.assumed.items()]
    if assumed:
        lines.append(words("cohort.assumed", what=", ".join(assumed)))
    return lines
