"""What a person chose outlives the server: it stands in the address, so any replica can take over."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

import pages
import psutil
import pytest
from playwright.sync_api import Browser, Page, expect
from serving import Running, app, free_port, replicas
from session import CUT_OFF, Session, finished
from streamlit.proto.WidgetStates_pb2 import WidgetState

VISITORS = 6
"""People who use the app while a replica dies."""

VISITS = 8
"""After how many pages one of them comes back anew, to the replica that is theirs."""


@contextmanager
def page_of(browser: Browser) -> Iterator[Page]:
    """Open a page with a profile of its own."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


def serving(page: Page, behind: list[Running]) -> Running:
    """Return the replica that holds the open connection of the one visitor, once the files of the page are through."""
    for _ in range(100):
        found = [
            replica
            for replica in behind
            for connection in psutil.Process(replica.process.pid).net_connections("tcp")
            if connection.status == psutil.CONN_ESTABLISHED
        ]
        if len(found) == 1:
            return found[0]
        page.wait_for_timeout(100)
    raise AssertionError(f"{len(found)} connections; one visitor is with one replica")


class Load:
    """People who use the app at the same time, each with an address of their own; who is cut off comes back."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.runs = self.cuts = 0
        self.lost: list[str] = []
        self.errors: list[str] = []
        self._on = True
        self._thread = Thread(target=lambda: asyncio.run(self._all()))

    def __enter__(self) -> Load:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._on = False
        self._thread.join()

    async def _all(self) -> None:
        await asyncio.gather(*(self._one(number) for number in range(VISITORS)))

    async def _one(self, number: int) -> None:
        chance = random.Random(number)
        mine = {"condition": "cidp", "situation": "maintenance", "travel_minutes": str(100 + number)}
        query = pages.as_query(mine)
        while self._on:
            try:
                async with Session(self.address, first_visit=number) as visitor:
                    shown = await visitor.open(query)
                    for _ in range(VISITS):
                        if not self._on:
                            return
                        if f"travel_minutes={100 + number}" not in visitor.query:
                            self.lost.append(visitor.query)
                        self.errors += shown.failed
                        self.runs += 1
                        await asyncio.sleep(0.5)
                        shown = await visitor.follow({**mine, "ig_supply": chance.choice(("tight", "critical"))})
                        query = visitor.query
            except CUT_OFF:
                self.cuts += 1
                await asyncio.sleep(0.1)


def all_of(page: Page) -> tuple:
    """Return what must be the same after a failure: address, verdicts, figures."""
    pages.settled(page)
    return pages.query(page), pages.columns(page), pages.figures(page)


def wait_for_runs(page: Page, load: Load, more: int) -> None:
    """Wait until the others have seen so many more pages."""
    enough = load.runs + more
    while load.runs < enough:
        page.wait_for_timeout(50)


def wait_for_company(page: Page, mine: Running) -> None:
    """Wait until somebody else is with the same replica: nginx may have led all past it while it was slow to answer."""
    for _ in range(300):
        if len([c for c in psutil.Process(mine.process.pid).net_connections("tcp") if c.status == "ESTABLISHED"]) > 1:
            return
        page.wait_for_timeout(100)
    raise AssertionError("nobody else is with the replica that dies")


def test_the_page_comes_back_on_the_other_replica_when_its_own_is_killed_under_load(chromium, tmp_path):
    with replicas(tmp_path, 2) as (front, behind), page_of(chromium) as page:
        sockets: list[str] = []
        page.on("websocket", lambda socket: sockets.append(socket.url))
        pages.opened(page, f"{front.address}/{pages.QUERY}")
        before = all_of(page)
        mine = serving(page, behind)
        with Load(front.address) as load:
            wait_for_runs(page, load, VISITORS * 2)
            wait_for_company(page, mine)
            mine.kill()
            while len(sockets) < 2:
                page.wait_for_timeout(50)
            wait_for_runs(page, load, VISITORS * 3)
            assert all_of(page) == before, "nothing changed"
            page.reload()
            expect(page.locator(pages.COMPARISON)).to_be_visible()
            assert all_of(page) == before, "also after a reload"
            pages.answer_something(page)
            answered = pages.query(page)
            assert answered != before[0]
            assert {key: answered.get(key) for key in before[0]} == before[0]
        assert load.cuts > 0, "somebody else was cut off too"
        assert (load.lost, load.errors) == ([], [])


def test_the_first_answer_after_the_failure_is_kept_with_all_that_was_said_before(chromium, tmp_path):
    with replicas(tmp_path, 2) as (front, behind), page_of(chromium) as page:
        sockets: list[str] = []
        page.on("websocket", lambda socket: sockets.append(socket.url))
        pages.opened(page, f"{front.address}/{pages.QUERY}")
        before = pages.query(page)
        serving(page, behind).kill()
        while len(sockets) < 2:
            page.wait_for_timeout(50)
        pages.answer_something(page)
        answered = pages.query(page)
        assert answered != before
        assert {key: answered.get(key) for key in before} == before


@pytest.mark.parametrize("links", [0, 1, 2])
def test_what_is_not_in_the_address_comes_back_from_the_browser(tmp_path, links):
    """Health stands in no address. The page that is still open sends it again to the replica that takes over,

    also after links or quick answers, each of which draws new widgets.
    """

    async def moved(first: str, second: str) -> tuple[str, str]:
        async with Session(first) as visitor:
            shown = await visitor.open({"condition": "cidp", "situation": "maintenance", "health": "diabetes"})
            for number in range(links):
                shown = await visitor.follow({**pages.PLAIN, "travel_minutes": str(90 + number)})
            assert "diabetes" not in visitor.query
            async with Session(second) as again:
                again.takes_over(visitor)
                return shown.html, (await again.again()).html

    with app(tmp_path) as one, app(tmp_path) as other:
        before, after = finished(moved(one.address, other.address))
    assert before == after


def test_the_page_comes_back_after_a_restart_of_the_server(chromium, tmp_path):
    port = free_port()
    with page_of(chromium) as page:
        with app(tmp_path, port=port) as running:
            pages.opened(page, f"{running.address}/{pages.QUERY}")
            before = all_of(page)
            running.kill()
        with app(tmp_path, port=port):
            page.reload()
            expect(page.locator(pages.COMPARISON)).to_be_visible()
            assert all_of(page) == before


def test_a_widget_of_another_session_is_no_answer(tmp_path):
    """A state that belongs to no widget of the page is left alone; it must not break the page."""

    async def tried(address: str) -> list[str]:
        async with Session(address) as visitor:
            await visitor.open({"condition": "cidp"})
            strange = WidgetState(id="$$ID-0123-nobody", string_value="<script>")
            return (await visitor.press(strange)).failed

    with app(tmp_path) as running:
        assert finished(tried(running.address)) == []
