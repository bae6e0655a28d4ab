"""What the engine costs: import, reading the tables, one comparison; and how both grow with the tables.

    make bench-engine

Ten and a hundred times the tables are made by copying every condition under new names. `compare` looks up its rows
by situation, so it must not get slower; reading is linear.
"""

from __future__ import annotations

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from decision import Scenario, compare, load_catalogue
from decision.catalogue import DATA_DIR, Catalogue
from decision.rows import KEYS
from decision.scenario import read

COMPARE_LIMIT_MS = 3.0
ROUNDS = 200
IMPORTS = ("pass", "import streamlit", "import decision", "import decision, decision.served")


def best(function: Callable[[], object], rounds: int) -> float:
    """Return the milliseconds of the fastest of many calls: what the machine does when nobody disturbs it."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return min(times) * 1000


def imports() -> None:
    """Print how long a fresh Python takes to import us, beside what it takes without."""
    times: dict[str, list[float]] = {code: [] for code in IMPORTS}
    for _ in range(7):
        for code, taken in times.items():
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            taken.append(time.perf_counter() - start)
    bare = min(times["pass"])
    for code, taken in times.items():
        print(f"{code:34}{min(taken) * 1000:8.0f} ms{(min(taken) - bare) * 1000:8.0f} ms more than Python alone")


def multiplied(folder: Path, times: int) -> Path:
    """Write tables with every condition so many times, each copy under a name of its own; return their folder."""
    folder.mkdir()
    for path in DATA_DIR.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            header, *rows = list(csv.reader(file))
        if "condition" in KEYS[path.stem]:
            column = header.index("condition")
            rows += [_copy(row, column, copy) for copy in range(1, times) for row in rows if row[column]]
        if "conditions" in header:
            column = header.index("conditions")
            rows = [copy for row in rows for copy in _scoped(row, column, times)]
        with (folder / path.name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
    return folder


def _copy(row: list[str], column: int, copy: int) -> list[str]:
    return [f"{cell}_{copy}" if index == column else cell for index, cell in enumerate(row)]


def _scoped(row: list[str], column: int, times: int) -> list[list[str]]:
    """Return a rule or message for every copy of the conditions it names; one that holds for all stays one."""
    words = [word for word in row[column].split(";") if word]
    if any(not word.startswith("!") and word != "*" for word in words):
        copies = [
            [f"{row[0]}_{copy}", *row[1:column], ";".join(_renamed(words, copy)), *row[column + 1 :]]
            for copy in range(1, times)
        ]
        return [row, *copies]
    everyone = words + [word for copy in range(1, times) for word in _renamed(words, copy) if word.startswith("!")]
    return [[*row[:column], ";".join(everyone), *row[column + 1 :]]]


def _renamed(words: list[str], copy: int) -> list[str]:
    """Return `gbs` as `gbs_1`, and `gbs/start` as `gbs_1/start`."""
    split = (word.partition("/") for word in words)
    return [name if name == "*" else f"{name}_{copy}{slash}{rest}" for name, slash, rest in split]


def comparing(catalogue: Catalogue) -> Callable[[], object]:
    """Return a comparison with much said, for a condition that every size of the tables has."""
    said = {"condition": "cidp", "situation": "maintenance", "travel_minutes": "120", "ig_supply": "critical"}
    scenario = read({**said, "health": "diabetes,thrombosis_risk", "supply_plan": "uk"}, catalogue)[0]
    return lambda: compare(catalogue, scenario)


def main() -> int:
    """Print every figure of the engine; 1 where a comparison takes longer than it may."""
    options = argparse.ArgumentParser(description="Time the engine.")
    options.add_argument("--times", type=int, nargs="*", default=[1, 10, 100])
    chosen = options.parse_args()
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    imports()
    with tempfile.TemporaryDirectory() as name:
        loaded: dict[int, Catalogue] = {}
        loads: dict[int, float] = {}
        for times in chosen.times:
            folder = multiplied(Path(name) / f"times{times}", times)
            start = time.perf_counter()
            loaded[times] = load_catalogue(folder)
            loads[times] = time.perf_counter() - start
        rows = {times: sum(map(len, catalogue.tables.values())) for times, catalogue in loaded.items()}
        calls = {times: comparing(catalogue) for times, catalogue in loaded.items()}
        found: dict[int, list[float]] = {times: [] for times in calls}
        for call in calls.values():
            call()  # the indexes are made once
        for _ in range(ROUNDS):
            for times, call in calls.items():
                found[times].append(best(call, 1))
        small = chosen.times[0]
        print(f"{'tables':>8}{'rows':>10}{'read s':>10}{'us a row':>10}{'compare ms':>12}{'median':>9}{'x':>7}")
        for times in chosen.times:
            fastest, median = min(found[times]), statistics.median(found[times])
            each = loads[times] / rows[times] * 1e6
            ratio = fastest / min(found[small])
            print(
                f"{times:7}x{rows[times]:10,}{loads[times]:10.2f}{each:10.0f}{fastest:12.2f}{median:9.2f}{ratio:7.2f}"
            )
    catalogue = load_catalogue()
    by_place = {place: best(lambda place=place: compare(catalogue, Scenario(*place)), 20) for place in catalogue.roles}  # type: ignore[misc]
    slowest = max(by_place, key=lambda place: by_place[place])
    print(
        f"one comparison, all {len(by_place)} situations: {min(by_place.values()):.2f} to {by_place[slowest]:.2f} ms"
        f" ({' / '.join(slowest)}); the limit is {COMPARE_LIMIT_MS:g} ms"
    )
    return int(by_place[slowest] > COMPARE_LIMIT_MS)


if __name__ == "__main__":
    sys.exit(main())
