"""What is wrong with a table, where, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One thing that keeps the tables from being served; `line` counts as a spreadsheet does, the header being 1."""

    file: str
    line: int | None
    column: str | None
    what: str
    mend: str

    def __str__(self) -> str:
        place = ", ".join(
            part
            for part in (
                self.file,
                f"row {self.line}" if self.line else "",
                f"column {self.column}" if self.column else "",
            )
            if part
        )
        return f"{place}: {self.what}; {self.mend}"
