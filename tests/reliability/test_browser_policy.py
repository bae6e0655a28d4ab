"""What a browser is allowed to do on our pages, and that hostile words in the tables do nothing in a real one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pages
from page_reading import append
from playwright.sync_api import Browser, Page, expect
from serving import app
from session import Session, finished
from test_page_hostile_text import SHOWN

from decision.translation import path_of

HOSTILE = (
    '<script>window.broken=1;alert(1)</script><img src=x onerror="window.broken=1;alert(2)">'
    "<iframe srcdoc='x'></iframe><svg onload=alert(3)>\"'&</td></table></details>[x](javascript:alert(4))"
)


@dataclass
class Seen:
    """A page with all that a browser said, asked and opened."""

    page: Page
    address: str
    refused: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def strangers(self) -> list[str]:
        own = urlsplit(self.address).netloc
        return [
            url for url in self.asked if urlsplit(url).scheme not in ("data", "blob") and urlsplit(url).netloc != own
        ]

    def show(self, path: str, everything: bool = True) -> None:
        """Open a page and wait until it is drawn; open all that is folded up."""
        self.page.goto(f"{self.address}/{path}?condition=cidp&situation=maintenance&all=yes")
        expect(self.page.get_by_test_id("stMain").locator("h1").first).to_be_visible(timeout=30_000)
        pages.settled(self.page)
        if everything:
            for closed in self.page.get_by_test_id("stExpander").locator("summary").all():
                closed.click()
        pages.settled(self.page)


@contextmanager
def seen(browser: Browser, address: str) -> Iterator[Seen]:
    context = browser.new_context()
    found = Seen(context.new_page(), address)

    def listen(message) -> None:
        if "Content Security Policy" in message.text or "Permissions-Policy" in message.text:
            found.refused.append(message.text)

    found.page.on("console", listen)
    found.page.on("request", lambda request: found.asked.append(request.url))
    found.page.on("websocket", lambda socket: found.asked.append(socket.url))
    found.page.on("dialog", lambda dialog: (found.dialogs.append(dialog.message), dialog.dismiss()))
    yield found
    context.close()


def all_pages(address: str) -> list[str]:
    """Return the address of every page of the app, as its navigation has them."""

    async def names() -> list[str]:
        async with Session(address) as visitor:
            await visitor.open()
            return sorted(visitor.pages)

    return finished(names())


def test_every_page_keeps_to_the_policy_asks_nobody_else_and_stores_nothing(chromium, tmp_path, words):
    with app(tmp_path) as running, seen(chromium, running.address) as found:
        names = all_pages(running.address)
        assert len(names) >= 5
        for name in names:
            found.show(name)
            assert found.page.get_by_test_id("stException").count() == 0, name
        found.show("", everything=False)
        found.page.locator("summary").get_by_text(words("charts.title"), exact=True).click()
        expect(found.page.locator(".js-plotly-plot").first).to_be_visible(timeout=120_000)
        assert found.refused == []
        assert found.strangers() == []
        assert len(found.asked) > 20
        assert [cookie["name"] for cookie in found.page.context.cookies()] == ["_streamlit_xsrf"]
        kept = found.page.evaluate(
            "async () => JSON.stringify([{...localStorage}, {...sessionStorage},"
            " (await indexedDB.databases()).map(one => one.name), (await caches.keys())])"
        )
        assert "cidp" not in kept
        assert "maintenance" not in kept


def test_the_policy_is_in_force(chromium, tmp_path):
    """A script that somehow got into the page does not run, and nothing is fetched from elsewhere."""
    with app(tmp_path) as running, seen(chromium, running.address) as found:
        found.show("")
        found.page.evaluate(
            "() => { const s = document.createElement('script'); s.textContent = 'window.broken = 1';"
            " document.body.append(s); const i = document.createElement('img');"
            " i.src = 'http://127.0.0.2:9/x.png'; document.body.append(i); }"
        )
        found.page.wait_for_timeout(500)
        assert found.page.evaluate("window.broken") is None
        assert len(found.refused) == 2


def test_another_language_is_told_to_the_browser_within_the_policy(chromium, tmp_path, tables):
    path = path_of(tables, "fr")
    path.parent.mkdir(parents=True)
    path.write_text('msgid ""\nmsgstr ""\n"Language: fr\\n"\n"Content-Type: text/plain; charset=utf-8\\n"\n')
    settings = {"IG_OPTIONS_DATA": str(tables), "IG_OPTIONS_LANGUAGE": "fr"}
    with app(tmp_path, **settings) as running, seen(chromium, running.address) as found:
        found.show("")
        expect(found.page.locator("html")).to_have_attribute("lang", "fr")
        assert found.refused == []


def test_hostile_words_in_all_tables_are_words_in_a_real_browser(chromium, tmp_path, tables):
    """Without the headers of `serve.py`: the pages themselves let nothing through."""
    for table, columns in SHOWN.items():
        for column in columns:
            append(tables / f"{table}.csv", column, HOSTILE)
    with (
        app(tmp_path, "streamlit_app.py", IG_OPTIONS_DATA=str(tables)) as running,
        seen(chromium, running.address) as found,
    ):
        shown = 0
        for name in all_pages(running.address):
            found.show(name)
            main = found.page.get_by_test_id("stMain")
            assert found.page.get_by_role("heading", name=pages.CLOSED).count() == 0
            assert found.page.get_by_test_id("stException").count() == 0, name
            foreign = main.locator("script:not([data-each] + script), iframe, img[src='x'], [onerror], [onload]")
            assert foreign.count() == 0, name
            assert main.locator("a[href^='javascript']").count() == 0, name
            shown += main.inner_text().count("alert(1)")
        assert shown > 20, "they are there to be read"
        assert found.page.evaluate("window.broken") is None
        assert found.dialogs == []
        assert found.strangers() == []
