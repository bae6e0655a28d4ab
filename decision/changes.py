"""What changed between two states of the tables: rows added, removed and changed, cell by cell.

The cells are compared as text, so that an older state is read even where its
columns are not those of today. Whoever writes the log for readers
(`data/changes.csv`) starts from here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from decision.rows import KEYS

Kind = Literal["table added", "table removed", "column added", "column removed", "added", "removed", "changed"]
Key = tuple[str, ...]
Cells = Mapping[str, str]


class ChangesError(Exception):
    """A folder or a table cannot be read; the message says which and how to mend it."""


@dataclass(frozen=True)
class Change:
    """One difference: a table, a column, or a row with the cells in which it differs (column, before, after)."""

    table: str
    kind: Kind
    name: str = ""
    """Key of the row, or name of the column."""
    cells: tuple[tuple[str, str, str], ...] = ()

    def __str__(self) -> str:
        head = f"{self.table}.csv: {self.kind}" + (f": {self.name}" if self.name else "")
        return "\n".join([head, *(f"    {column}: {before!r} -> {after!r}" for column, before, after in self.cells)])


def changed_since(old: Path, new: Path) -> tuple[Change, ...]:
    """Return what differs between two folders of tables, in the order of the tables and of their rows.

    A row is the same row where its key is the same (`rows.KEYS`); a changed key
    is a row removed and a row added. Only columns that both states have are
    compared. Of rows that share a key, which no valid table has, the last counts.
    Raises ChangesError where a folder holds no table or a file is no table.
    """
    before, after = _folder(old), _folder(new)
    found: list[Change] = []
    for table in KEYS:
        if table in before and table in after:
            found += _differences(table, *_read(before[table]), *_read(after[table]))
        elif table in before or table in after:
            found.append(Change(table, "table added" if table in after else "table removed"))
    return tuple(found)


def _folder(folder: Path) -> dict[str, Path]:
    found = {path.stem: path for path in folder.glob("*.csv")}
    if not found.keys() & KEYS.keys():
        raise ChangesError(f"{folder} holds no tables; name a folder such as data")
    return found


def _read(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns and the rows of a table."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restkey="", restval="", strict=True)
            rows = [{column: str(cell).strip() for column, cell in row.items()} for row in reader]
            return list(reader.fieldnames or []), rows
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ChangesError(f"{path.name} cannot be read ({error}); save it as CSV UTF-8") from None


def _differences(
    table: str, before: list[str], old_rows: list[dict[str, str]], after: list[str], new_rows: list[dict[str, str]]
) -> Iterator[Change]:
    for column in before:
        if column not in after:
            yield Change(table, "column removed", column)
    for column in after:
        if column not in before:
            yield Change(table, "column added", column)
    shared = [column for column in after if column in before]
    old, new = _by_key(table, old_rows), _by_key(table, new_rows)
    for key in (*new, *(key for key in old if key not in new)):
        name = " / ".join(part for part in key if part)
        if key not in old:
            yield Change(table, "added", name)
        elif key not in new:
            yield Change(table, "removed", name)
        elif cells := tuple((c, old[key][c], new[key][c]) for c in shared if old[key][c] != new[key][c]):
            yield Change(table, "changed", name, cells)


def _by_key(table: str, rows: list[dict[str, str]]) -> dict[Key, Cells]:
    """Return the rows by their key; a column of the key that an older state lacks counts as blank."""
    return {tuple(row.get(column, "") for column in KEYS[table]): row for row in rows}
