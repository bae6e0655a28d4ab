"""How fast is a ward list, and how much memory does it hold.

    make bench-cohort [SIZES=1000,10000,100000]

Each run is a process of its own: the command as a person types it, from its start to the written file.
Rows a second count the work without the start-up (that of a list of one row, the same way). The machine may
be shared: where it is, read the rows for each second of processor time, not those of the clock. Peak memory
is the resident set: of the process that reads and writes, and of the largest of the others.

    repeats     60 made-up people over and over, with ids of their own: wards resemble themselves
    distinct    every row another weight and another journey, some with health points
    limits      besides, every row a limit of its own in hours and money: no two rows are one case
"""

from __future__ import annotations

import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

from decision import Catalogue, load_catalogue
from decision.catalogue import DATA_DIR
from decision.scenario import HEALTH

SIZES = (1_000, 10_000, 100_000)
JOBS = (1, 2)
SAMPLE = DATA_DIR / "cohorts" / "ward-sample.csv"
ROOT = Path(__file__).resolve().parents[2]

ONE_RUN = """
import json, resource, sys, time
start = time.perf_counter()
from decision.__main__ import main
code = main(["cohort", *sys.argv[1:]])
seconds = time.perf_counter() - start
used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
cpu = sum(one.ru_utime + one.ru_stime for one in used)
print(json.dumps([code, seconds, cpu, *(one.ru_maxrss / 1024 for one in used)]))
"""


def repeats(_: Catalogue) -> Iterator[dict[str, object]]:
    """Yield the sample list again and again."""
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        people = [dict(row) for row in csv.DictReader(file)]
    while True:
        yield from people


def distinct(catalogue: Catalogue, limits: bool = False) -> Iterator[dict[str, object]]:
    """Yield people of all situations, no two of one weight and one journey."""
    rng = Random(1)
    places = list(catalogue.roles)
    while True:
        condition, situation = rng.choice(places)
        plan = rng.choice(("none", "uk", "france", "canada", "australia"))
        yield {
            "condition": condition,
            "situation": situation,
            "weight_kg": round(rng.uniform(3, 140), 4),
            "travel_minutes": round(rng.uniform(0, 300), 3),
            "health": ",".join(rng.sample(HEALTH, rng.choice((0, 0, 0, 1, 1, 2)))),
            "apheresis": rng.choice(("on_site", "by_transfer", "none")),
            "ig_supply": rng.choice(("tight", "critical")),
            "supply_plan": plan,
            "prices": rng.choice(("us", "uk", "canada")),
            "hours_per_month": round(rng.uniform(0, 40), 3) if limits else "",
            "budget_per_year": round(rng.uniform(0, 200_000)) if limits else "",
        }


def with_limits(catalogue: Catalogue) -> Iterator[dict[str, object]]:
    """Yield people with limits of their own."""
    return distinct(catalogue, limits=True)


LISTS = {"repeats": repeats, "distinct": distinct, "limits": with_limits}


def write(path: Path, people: Iterator[dict[str, object]], size: int) -> None:
    """Write the first so many people as a list."""
    with path.open("w", encoding="utf-8", newline="") as file:
        first = next(people)
        writer = csv.DictWriter(file, ["id", *(key for key in first if key != "id")])
        writer.writeheader()
        for number in range(size):
            row = first if number == 0 else next(people)
            writer.writerow({**row, "id": f"p{number:06}"})


def run(path: Path, jobs: int) -> tuple[float, float, float, float]:
    """Return seconds by the clock and of processors, and the peak of the process and of its largest child in MB."""
    out = path.with_name("out.csv")
    done = subprocess.run(
        [sys.executable, "-c", ONE_RUN, str(path), "--out", str(out), "--jobs", str(jobs)],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    code, seconds, cpu, own, child = json.loads(done.stdout)
    with path.open(encoding="utf-8") as asked, out.open(encoding="utf-8") as answered:
        assert (code, sum(1 for _ in asked)) == (0, sum(1 for _ in answered)), "a row in, a row out"
    return seconds, cpu, own, child


def main(sizes: tuple[int, ...]) -> None:
    """Print a line for each list, size and number of processes."""
    catalogue = load_catalogue()
    named = f"{'seconds':>9}{'rows/s':>9}{'rows/CPU s':>12}{'peak MB':>9}{'others':>8}"
    print(f"{'list':10}{'rows':>9}{'processes':>11}{named}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        write(path, repeats(catalogue), 1)
        start, start_cpu, own, _ = min(run(path, 1) for _ in range(3))
        print(f"{'one row':10}{1:9,}{1:11}{start:9.2f}{'':21}{own:9.0f}")
        for name, people in LISTS.items():
            for size in sizes:
                write(path, people(catalogue), size)
                for jobs in JOBS:
                    seconds, cpu, own, child = run(path, jobs)
                    rates = [size / max(took - least, 1e-3) for took, least in ((seconds, start), (cpu, start_cpu))]
                    cells = f"{seconds:9.2f}{rates[0]:9,.0f}{rates[1]:12,.0f}{own:9.0f}{child:8.0f}"
                    print(f"{name:10}{size:9,}{jobs:11}{cells}", flush=True)


if __name__ == "__main__":
    main(tuple(int(size) for size in sys.argv[1].split(",")) if len(sys.argv) > 1 else SIZES)
