"""How many people can use the app at the same time, and what each of them costs.

    make bench-load

Visitors without a browser (tests/reliability/session.py) change one answer every two seconds. Printed are: the time
of one change and the processor time it takes the server, beside a blank Streamlit app in the same run; memory for
each further session; and p95 for more and more visitors, with one process and with two behind nginx, until it passes
one second. The visitors share the machine with the server, so that the server alone does a little better.
"""

from __future__ import annotations

import asyncio
import os
import random
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import pages
import psutil
from serving import Running, app, door
from session import CUT_OFF, Session

ROOT = Path(__file__).resolve().parents[2]
BLANK = "tests/bench/blank_app.py"
SERVED: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("blank, as it comes", BLANK, {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"}),
    ("blank, tuned", BLANK, {}),
    ("comparison", "deploy/serve.py", {}),
)
"""The blank app as Streamlit comes, the same with our settings, and ours."""

EVERY = 2.0
"""Seconds between two changes of a visitor."""

WINDOW = 12.0
STEPS = (10, 20, 40, 60, 80, 100, 120, 140, 160, 200, 240)
LIMIT = 1.0
ALONE = 60
EXTRA = 60


def percentile(times: list[float], share: float) -> float:
    """Return a percentile, in milliseconds."""
    return sorted(times)[min(len(times) - 1, int(len(times) * share))] * 1000


def busy(server: Running) -> float:
    """Return the processor seconds that a server has taken so far."""
    times = psutil.Process(server.process.pid).cpu_times()
    return times.user + times.system


async def alone(server: Running) -> tuple[list[float], float, int]:
    """Return the time of each change of one visitor, the processor milliseconds of one, and the bytes of one."""
    async with Session(server.address) as visitor:
        shown = await pages.asked(visitor)
        for turn in range(10):
            shown = await visitor.press(pages.next_answer(shown, turn))
        before, times, received = busy(server), [], 0
        for turn in range(ALONE):
            shown = await visitor.press(pages.next_answer(shown, turn))
            times.append(shown.seconds)
            received += shown.received
        return times, (busy(server) - before) / ALONE * 1000, received // ALONE


async def memory(server: Running) -> float:
    """Return kilobytes for each further session that shows a comparison."""
    async with ExitStackOf(server.address, 5) as _:
        await asyncio.sleep(1)
        before = server.megabytes
        async with ExitStackOf(server.address, EXTRA) as _:
            await asyncio.sleep(1)
            return (server.megabytes - before) / EXTRA * 1000


class ExitStackOf:
    """So many open pages, closed together."""

    def __init__(self, address: str, count: int) -> None:
        self.visitors = [Session(address, number) for number in range(count)]

    async def __aenter__(self) -> list[Session]:
        for visitor in self.visitors:
            await visitor.__aenter__()
            await visitor.open(pages.PLAIN)
        return self.visitors

    async def __aexit__(self, *_: object) -> None:
        for visitor in self.visitors:
            await visitor.__aexit__()


async def crowd(address: str, count: int) -> list[float]:
    """Return the time of every change while so many visitors use the app; who is cut off counts as a minute."""
    times: list[float] = []
    start = time.monotonic() + EVERY + count / 50

    async def one(number: int) -> None:
        chance = random.Random(number)
        try:
            async with Session(address, first_visit=number) as visitor:
                await asyncio.sleep(number / 50)
                shown = await pages.asked(visitor)
                await asyncio.sleep(max(0.0, start - time.monotonic()) + chance.random() * EVERY)
                turn = number
                while time.monotonic() < start + WINDOW:
                    turn += 1
                    shown = await visitor.press(pages.next_answer(shown, turn))
                    times.append(shown.seconds)
                    await asyncio.sleep(max(0.0, EVERY - shown.seconds))
        except CUT_OFF:
            times.append(60.0)

    await asyncio.gather(*(one(number) for number in range(count)))
    return times


def knee(folder: Path, processes: int) -> int:
    """Print p50 and p95 for more and more visitors; return the most with p95 within the limit."""
    most = 0
    with ExitStack() as stack:
        servers = [stack.enter_context(app(folder)) for _ in range(processes)]
        address = stack.enter_context(door(folder, servers)).address if processes > 1 else servers[0].address
        for count in STEPS:
            before, start = sum(busy(server) for server in servers), time.monotonic()
            times = asyncio.run(crowd(address, count))
            share = (sum(busy(server) for server in servers) - before) / (time.monotonic() - start)
            p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
            memory_now = sum(server.megabytes for server in servers)
            print(
                f"  {processes} process(es), {count:4} visitors: p50 {p50:7.0f} ms, p95 {p95:7.0f} ms, "
                f"{len(times) / WINDOW:5.1f} changes/s, cores {share:.2f}, {memory_now:.0f} MB",
                flush=True,
            )
            if p95 > LIMIT * 1000:
                break
            most = count
    return most


def main() -> None:
    """Print every figure of the load."""
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        print(f"{'one visitor':18}{'p50 ms':>10}{'p95 ms':>10}{'CPU ms':>10}{'kB sent':>10}{'MB':>8}{'kB more':>10}")
        found = {}
        for title, script, settings in SERVED:
            with app(folder, script, **settings) as server:
                times, processor, received = asyncio.run(alone(server))
                extra = asyncio.run(memory(server))
                found[title] = (percentile(times, 0.5), percentile(times, 0.95), processor)
                p50, p95, _ = found[title]
                row = f"{title:18}{p50:10.1f}{p95:10.1f}{processor:10.1f}{received / 1000:10.0f}"
                print(f"{row}{server.megabytes:8.0f}{extra:10.0f}", flush=True)
        ours = found["comparison"]
        for title, figures in found.items():
            p50, p95, processor = (mine / theirs for mine, theirs in zip(ours, figures, strict=True))
            print(f"comparison against {title}: p50 {p50:.2f}x, p95 {p95:.2f}x, CPU {processor:.2f}x")
        if "--knee" in sys.argv:
            one, two = knee(folder, 1), knee(folder, 2)
            print(f"p95 within {LIMIT:g} s: {one} visitors with one process, {two} with two ({two / max(one, 1):.1f}x)")
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
