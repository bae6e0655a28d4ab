"""Whatever strangers send, the app answers with a page, keeps what can be kept, and does not grow.

`make test` runs a part of it; `make soak` all: 10,000 addresses, 10,000 scenarios, 5,000 answers, 2,000 files.
"""

from __future__ import annotations

import asyncio
import gc
import os
import random
import urllib.parse
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pages
import pytest
from people import anyone
from serving import Running, answer, app
from session import Session, finished, some_answer, upload

from decision.scenario import BODY_KEYS, read
from decision.ui.state import VIEW_KEYS

ALL = os.environ.get("SOAK") == "yes"
ADDRESSES, SCENARIOS, ANSWERS, FILES = (10_000, 10_000, 5_000, 2_000) if ALL else (150, 150, 200, 60)
WARM, GROWTH_MB = (1_000, 10.0) if ALL else (100, 10.0)
"""Answers before memory is looked at, and by how much it may grow in all those that follow."""

VISITORS = 2
JUNK = (
    "", " ", "%", "%00", "%ff%fe", "%u0041", "&", "&&", "=", "==", "?", "#", ";", "+", "\u202e", "é́🩸", "٣", "½",
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{0}", "{why}", "$x$", "[a](http://x)", "nan", "inf",
    "-1", "1e309", "9" * 400, "a" * 2000, "../../etc/passwd", "'; DROP TABLE rules; --", "__class__", "null", "=1+1",
)  # fmt: skip


@pytest.fixture(scope="module")
def running(tmp_path_factory) -> Iterator[Running]:
    with app(tmp_path_factory.mktemp("strangers")) as one:
        yield one


def scenario_query(chance: random.Random, places: list[tuple[str, str]]) -> str:
    """Return the address of a random scenario, what belongs to a body included."""
    said = anyone(chance, chance.choice(places)).to_query(with_body=True)
    if chance.random() < 0.5:
        said[chance.choice(VIEW_KEYS)] = chance.choice(("yes", "numbers", "ivig,scig", "happens_not", "time~benefit"))
    return urlencode(said)


def mutated(query: str, chance: random.Random) -> str:
    """Return an address that was cut, doubled, mixed up or overwritten in places."""
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(query) + 1)
        to = min(len(query), at + chance.choice((1, 1, 2, 5, 20)))
        what = chance.randrange(5)
        if what == 0:
            query = query[:at] + query[to:]
        elif what == 1:
            query = query[:at] + chance.choice(JUNK) + query[at:]
        elif what == 2:
            query = query[:at] + query[at:to] * 2 + query[to:]
        elif what == 3:
            parts = query.split("&")
            chance.shuffle(parts)
            query = "&".join(parts)
        else:
            query = query[:at] + chance.choice(JUNK) + query[to:]
    return query


def kept(query: str, catalogue) -> dict[str, str]:
    """Return what of an address the engine understands: this must stand in the address afterwards."""
    said = dict(parse_qsl(query, keep_blank_values=True))
    scenario, _ = read({key: text for key, text in said.items() if key not in (*VIEW_KEYS, *BODY_KEYS)}, catalogue)
    return scenario.to_query()


def one_after_the_other(running: Running, queries: list[str], catalogue) -> None:
    """Open addresses in the same page, as somebody does who types into the address bar."""

    async def visit(mine: list[str]) -> None:
        async with Session(running.address) as visitor:
            for query in mine:
                shown = await visitor.follow(query)
                assert (shown.failed, shown.whole) == ([], True), query
                assert pages.COMPARISON_HTML in shown.html, query
                now = dict(parse_qsl(visitor.query))
                assert {key: now.get(key) for key in kept(query, catalogue)} == kept(query, catalogue), query
                assert not set(now) & set(BODY_KEYS), query

    async def everyone() -> None:
        await asyncio.gather(*(visit(queries[number::VISITORS]) for number in range(VISITORS)))

    finished(everyone())
    assert "Traceback" not in running.said, running.said[-2000:]


def test_any_scenario_is_shown_and_kept(running, catalogue):
    chance = random.Random(1)
    places = sorted(catalogue.roles)
    one_after_the_other(running, [scenario_query(chance, places) for _ in range(SCENARIOS)], catalogue)


def test_any_address_gives_a_page_and_keeps_what_can_be_kept(running, catalogue):
    chance = random.Random(2)
    places = sorted(catalogue.roles)
    queries = [mutated(scenario_query(chance, places), chance) for _ in range(ADDRESSES)]
    one_after_the_other(running, queries, catalogue)


@pytest.mark.parametrize(
    "path", ["", "evidence", "about", "nothing", "_stcore/nothing", "static/../../etc/passwd", "%2e%2e/"]
)
def test_any_address_of_a_file_is_answered(running, path):
    chance = random.Random(3)
    for _ in range(20):
        query = urllib.parse.quote(mutated("condition=cidp&situation=maintenance", chance), safe="=&%")
        status, _, body = answer(running.address, f"/{path}?{query}")
        assert status in (200, 400, 403, 404)
        assert b"Traceback" not in body


def test_answers_without_end_break_nothing_and_memory_stays_flat(running):
    async def visit(answers: int, seed: int) -> None:
        chance = random.Random(seed)
        async with Session(running.address) as visitor:
            shown = await visitor.open({"condition": "cidp"})
            for _ in range(answers):
                shown = await visitor.press(some_answer(shown, chance))
                assert (shown.failed, shown.whole) == ([], True), visitor.query
                assert pages.COMPARISON_HTML in shown.html, visitor.query

    finished(visit(WARM, 1))
    before = running.megabytes
    finished(visit(ANSWERS, 2))
    gc.collect()
    after = running.megabytes
    print(f"memory: {before:.1f} MB after {WARM} answers, {after:.1f} MB after {ANSWERS} more")
    assert "Traceback" not in running.said, running.said[-2000:]
    assert after - before < GROWTH_MB


def test_any_file_is_refused_or_read_and_never_breaks_the_page(running, tmp_path: Path):
    """On every page that takes a file; and at the door for uploads, also where no page takes any."""

    async def visit() -> int:
        chance, tried = random.Random(4), 0
        async with Session(running.address) as visitor:
            shown = await visitor.open({"condition": "cidp"})
            assert await upload(visitor, "x.json", b"{}") in (204, 400, 403, 404)
            for page in sorted(visitor.pages):
                shown = await visitor.open({"condition": "cidp"}, page)
                for uploader in shown.of("file_uploader"):
                    for _ in range(FILES // 2):
                        tried += 1
                        # A browser lets only the kinds through that the page asks for.
                        name = f"{tried}{chance.choice(NAMES)}{chance.choice(uploader.type)}"
                        shown = await visitor.give(uploader, name, garbage(chance))
                        assert (shown.failed, shown.whole) == ([], True)
            for _ in range(FILES):
                assert await upload(visitor, chance.choice(NAMES), garbage(chance)) in (204, 400, 413)
            assert pages.COMPARISON_HTML in (await visitor.open({"condition": "cidp"})).html
        return tried

    tried = finished(visit())
    print(f"files given to pages: {tried}")
    assert "Traceback" not in running.said, running.said[-2000:]


NAMES = (
    ".json",
    ".csv",
    ".html",
    "",
    "/../../etc/passwd",
    "<img src=x onerror=alert(1)>.json",
    "\u202e.json",
    "é" * 200,
)


def garbage(chance: random.Random) -> bytes:
    """Return the content of a file that nobody would want: noise, broken JSON, deep JSON, HTML, a great number."""
    return chance.choice(
        (
            b"",
            chance.randbytes(chance.randint(1, 3000)),
            b"\xff\xfe" + "{}".encode("utf-16-le"),
            b"[" * 100_000,
            b'{"schema": 1, "scenario": {"condition": "' + b"a" * 5000 + b'"}}',
            b'{"schema": 1e999, "scenario": [[[]]], "notices": null}',
            b'{"condition": "<script>alert(1)</script>", "weight_kg": -1e308}',
            b"<html><script>alert(1)</script></html>",
            b"a,b\n" * 5000 + b'"',
            b"PK\x03\x04" + chance.randbytes(500),
            b"9" * 10_000,
        )
    )
