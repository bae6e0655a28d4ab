"""Tables change while people use the app: each page is wholly old, wholly new, or closed and says why."""

from __future__ import annotations

import asyncio
import csv
import io
import random
import re
import shutil
import time
from pathlib import Path

import pages
import pytest
from serving import app
from session import Session, Shown, finished

from decision.catalogue import DATA_DIR
from decision.served import STILL_SECONDS

MARKED = {
    "situations": "decision",
    "conditions": "plain_name",
    "roles": "reason",
    "effects": "note",
    "onset": "text",
    "outcomes": "question",
    "messages": "text",
    "regimens": "text",
}
"""Tables that every comparison shows, with a column that a mark can be added to."""

QUERY = {"condition": "cidp", "situation": "maintenance", "all": "yes"}
VISITORS = 3


def marked(mark: str) -> dict[str, bytes]:
    """Return every table with a mark in the texts of some."""
    found = {}
    for path in DATA_DIR.glob("*.csv"):
        found[path.name] = path.read_bytes()
        if path.stem not in MARKED:
            continue
        rows = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))
        index = rows[0].index(MARKED[path.stem])
        for row in rows[1:]:
            row[index] += f" [[{mark}]]" if row[index] else ""
        out = io.StringIO(newline="")
        csv.writer(out, lineterminator="\n").writerows(rows)
        found[path.name] = out.getvalue().encode()
    return found


def marks(shown: Shown) -> set[str]:
    return set(re.findall(r"\[\[(\w+)\]\]", shown.html))


def closed(shown: Shown) -> bool:
    return pages.CLOSED in shown.html


async def write(folder: Path, tables: dict[str, bytes], chance: random.Random) -> None:
    """Write tables as a slow copy over a network does: one after the other, each in pieces."""
    for name in chance.sample(sorted(tables), len(tables)):
        with (folder / name).open("wb") as file:
            for start in range(0, len(tables[name]), 200_000):
                file.write(tables[name][start : start + 200_000])
                file.flush()
                await asyncio.sleep(0.01)


@pytest.mark.parametrize("seed", [1])
def test_a_page_is_never_made_of_two_states(tmp_path, tables, seed):
    states = {"old": marked("old"), "new": marked("new")}
    seen: list[set[str]] = []
    shut = 0

    async def look(address: str, stop: asyncio.Event) -> None:
        nonlocal shut
        async with Session(address) as visitor:
            shown = await visitor.open(QUERY)
            while not stop.is_set():
                assert shown.failed == []
                if closed(shown):
                    shut += 1
                    assert (marks(shown), pages.COMPARISON_HTML in shown.html) == (set(), False)
                    assert shown.of("selectbox") == []
                else:
                    seen.append(marks(shown))
                await asyncio.sleep(0.05)
                shown = await visitor.follow({**QUERY, "travel_minutes": str(random.randint(10, 500))})

    async def change(address: str) -> Shown:
        stop, chance = asyncio.Event(), random.Random(seed)
        looking = [asyncio.create_task(look(address, stop)) for _ in range(VISITORS)]
        for name in ("new", "old", "new"):
            await write(tables, states[name], chance)
            before = len(seen)
            async with asyncio.timeout(60):  # until it is served, however slow the machine is
                while {name} not in seen[before:]:
                    await asyncio.sleep(0.05)
        stop.set()
        await asyncio.gather(*looking)
        async with Session(address) as visitor:
            return await visitor.open(QUERY)

    for name, content in states["old"].items():
        (tables / name).write_bytes(content)
    time.sleep(STILL_SECONDS)
    with app(tmp_path, IG_OPTIONS_DATA=str(tables)) as running:
        last = finished(change(running.address))
        assert "Traceback" not in running.said
    assert {"old"} in seen
    assert {"new"} in seen
    assert [found for found in seen if len(found) != 1] == [], "two states on one page"
    assert marks(last) == {"new"}, "the last state is served, without a restart"


HARMS = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "half written": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "no text": lambda path: path.write_bytes(b"\x00\xff\xfe\x00" * 5000),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "a very long line": lambda path: path.write_bytes(path.read_bytes() + b"x" * 5_000_000),
    "many columns": lambda path: path.write_bytes(b",".join(b"c%d" % n for n in range(20_000))),
    "formulas": lambda path: path.write_bytes(b"=cmd|' /C calc'!A0," * 50 + b"\n" + path.read_bytes()),
    "a table of another kind": lambda path: shutil.copy(DATA_DIR / "sources.csv", path),
}


def test_harm_to_a_table_closes_the_page_and_mending_opens_it_without_a_restart(tmp_path, tables):
    async def harmed(address: str) -> None:
        async with Session(address) as visitor:
            assert not closed(await visitor.open(QUERY))
            for name, harm in HARMS.items():
                path = tables / "outcomes.csv"
                harm(path)
                shown = await visitor.again()
                assert closed(shown), name
                assert shown.failed == [], name
                assert "outcomes.csv" in shown.html, name
                assert pages.COMPARISON_HTML not in shown.html, name
                assert sum(len(text.body) for text in shown.of("text")) < 20_000, "it is said, not poured out"
                if path.is_dir():
                    path.rmdir()
                shutil.copy(DATA_DIR / "outcomes.csv", path)
                shown = await visitor.again()
                assert not closed(shown), name
                assert pages.COMPARISON_HTML in shown.html
                assert "condition=cidp" in visitor.query, "what was said is still there"

    with app(tmp_path, IG_OPTIONS_DATA=str(tables)) as running:
        finished(harmed(running.address))
        assert "Traceback" not in running.said
