"""Drive the app in a browser as a person does, and read what it shows."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from decision.ui.path import STEPS

ROOT = Path(__file__).resolve().parents[2]
DESKTOP, PHONE = 1280, 360
HEIGHT = {DESKTOP: 900, PHONE: 740}
START_SECONDS = 60
DRAWN = (
    "[data-testid=stCode], .st-key-link, [data-testid=stText], .st-key-steps, table.plain, div.fact, "
    ".st-key-about-glossary"
)
"""What stands at the end of a page: the link, a problem of the tables, the way to the next step, glossary, facts."""

UNTIL_QUIET = """
() => new Promise(done => {
  const end = () => { seen.disconnect(); done() };
  let wait = setTimeout(end, 100);
  const seen = new MutationObserver(() => { clearTimeout(wait); wait = setTimeout(end, 100) });
  seen.observe(document.documentElement, {subtree: true, childList: true, attributes: true});
})
"""
"""Waits until nothing in the page has changed for a tenth of a second: the last pieces are drawn after the run."""

PHONE_AGENT = (
    "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36"
)
"""What a phone says it is: Streamlit folds its menu away after a choice only where it is told so."""

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)
LOCAL = {"127.0.0.1", "localhost"}


# --------------------------------------------------------------- app and browser


@contextmanager
def running_app(**environment: str) -> Iterator[str]:
    """Run the app on a free port of this machine, and stop it afterwards. Yields its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    options = {"port": str(port), "address": "127.0.0.1", "headless": "true"}
    arguments = [part for name, value in options.items() for part in (f"--server.{name}", value)]
    process = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", "streamlit_app.py", *arguments],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_until_healthy(address, process)
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_until_healthy(address: str, process: subprocess.Popen) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if process.poll() is not None:
            raise RuntimeError(f"the app ended with exit code {process.returncode} before it was ready")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"the app was not ready after {START_SECONDS} seconds")


@dataclass
class Visit:
    """A page of the app, with all that it asked of the network and every dialog it opened."""

    page: Page
    app: str
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def open(self, query: str = "") -> None:
        """Open an address of the app and wait until it is drawn."""
        self.page.goto(f"{self.app}/{query}")
        self.settle()

    def settle(self) -> None:
        """Wait until the app has run and the page is drawn to its end."""
        expect(self.page.locator(DRAWN).filter(visible=True).first).to_be_visible(timeout=30_000)
        self.quiet()

    def quiet(self) -> None:
        """Wait until no run of the app is under way and the page is drawn: while a run takes long, it is pale."""
        self.idle()
        self.page.evaluate(UNTIL_QUIET)
        self.idle()

    def idle(self) -> None:
        """Wait until no run of the app is under way."""
        app = self.page.get_by_test_id("stApp")
        expect(app).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)

    def at_step(self, step: str) -> None:
        """Wait until a step of the way is drawn to its end."""
        index = STEPS.index(step)
        now = self.page.locator(".progress [aria-current=step]")
        expect(now).to_have_count(1, timeout=30_000)
        expect(self.page.locator(".progress li").nth(index)).to_have_attribute("aria-current", "step", timeout=30_000)
        expect(self.page.locator("h1")).to_have_count(1)
        expect(self.page.locator(".st-key-steps a").first).to_be_visible()
        self.idle()

    def scrolled(self) -> float:
        """Return how far down the page is scrolled, in pixels."""
        return self.page.get_by_test_id("stMain").evaluate("main => Math.max(main.scrollTop, window.scrollY)")

    def strangers(self) -> list[str]:
        """Return what was asked of another machine."""
        asked = [urlsplit(url) for url in self.requests]
        return [url.geturl() for url in asked if url.scheme not in ("data", "blob") and url.hostname not in LOCAL]

    @property
    def query(self) -> dict[str, str]:
        """Return the query of the address."""
        return {key: values[-1] for key, values in parse_qs(urlsplit(self.page.url).query).items()}


Profiles = dict[tuple[int, bool], BrowserContext]
"""A profile of the browser for each width and colour scheme; they keep the app's files between pages."""


@contextmanager
def visiting(browser: Browser, app: str, profiles: Profiles) -> Iterator[Callable[..., Visit]]:
    """Yield a function that opens a page, which is a session of its own; close all of them afterwards."""
    pages = []

    def open_(query: str = "", width: int = DESKTOP, dark: bool = False) -> Visit:
        if (width, dark) not in profiles:
            profiles[width, dark] = browser.new_context(
                viewport={"width": width, "height": HEIGHT[width]},
                color_scheme="dark" if dark else "light",
                reduced_motion="reduce",
                accept_downloads=True,
                user_agent=PHONE_AGENT if width == PHONE else None,
            )
        page = profiles[width, dark].new_page()
        pages.append(page)
        visited = Visit(page, app)
        page.on("request", lambda request: visited.requests.append(request.url))
        page.on("websocket", lambda socket: visited.requests.append(socket.url))
        page.on("dialog", lambda dialog: (visited.dialogs.append(dialog.message), dialog.dismiss()))
        visited.open(query)
        return visited

    yield open_
    for page in pages:
        page.close()


# -------------------------------------------------------------------- the widgets


def box(page: Page | Locator, label: str) -> Locator:
    """Return a select box by its label."""
    return page.get_by_test_id("stSelectbox").filter(has_text=label).get_by_role("combobox")


def choose(visited: Visit, field_box: Locator, typed: str, wanted: str | re.Pattern[str]) -> None:
    """Type into a select box and take the option that is found; on a phone a short list takes no typing."""
    field_box.click()
    if field_box.is_editable():
        field_box.fill(typed)
    visited.page.get_by_role("option", name=wanted).first.click()


def found_for(visited: Visit, field_box: Locator, typed: str) -> list[str]:
    """Return the options that a select box finds for what is typed, best first."""
    field_box.click()
    field_box.fill(typed)
    options = visited.page.get_by_role("option")
    expect(options.first).to_be_visible()
    found = options.all_inner_texts()
    visited.page.keyboard.press("Escape")
    return found


@contextmanager
def popover(visited: Visit, name: str) -> Iterator[Locator]:
    """Open a popover, yield its body, and close it."""
    visited.page.get_by_role("button", name=name, exact=True).click()
    body = visited.page.get_by_test_id("stPopoverBody")
    expect(body.locator(".stElementContainer").first).to_be_visible()  # what stands in it comes when it is open
    visited.idle()
    yield body
    visited.idle()
    visited.page.keyboard.press("Escape")
    expect(body).to_have_count(0)


def menu(visited: Visit) -> list[str]:
    """Open the menu, part by part where it has parts, and return the paths of the pages that it leads to."""
    page = visited.page
    paths = "links => links.map(link => new URL(link.href).pathname.slice(1))"
    if page.get_by_test_id("stExpandSidebarButton").is_visible():
        page.get_by_test_id("stExpandSidebarButton").click()
        expect(page.get_by_test_id("stSidebarNavLink").first).to_be_visible()
        return page.get_by_test_id("stSidebarNavLink").evaluate_all(paths)
    found = page.get_by_test_id("stTopNavLink").evaluate_all(paths)
    for part in page.get_by_role("navigation").get_by_role("button").all():
        part.click()
        links = page.get_by_test_id("stTopNavDropdownLink")
        expect(links.first).to_be_visible()
        found += links.evaluate_all(paths)
        page.keyboard.press("Escape")
        expect(links).to_have_count(0)
    return found


def by_menu(visited: Visit, part: str, name: str) -> None:
    """Go to a page as a person does: open its part of the menu at the top, and take the link."""
    visited.page.get_by_role("navigation").get_by_role("button", name=part).click()
    visited.page.get_by_test_id("stTopNavDropdownLink").filter(has_text=name).click()


def go_on(visited: Visit, step: str) -> str:
    """Take the link from a step to the next one, wait until it is drawn, and return its name."""
    after = STEPS[STEPS.index(step) + 1]
    visited.page.locator(".st-key-steps a").last.click()
    visited.at_step(after)
    return after


# ------------------------------------------------------------------ what is shown


def shown_verdicts(page: Page) -> list[list[str]]:
    """Return name and verdict word of each column."""
    return page.locator("table.compare thead th").evaluate_all(
        "heads => heads.map(head => [head.querySelector('.name').textContent,"
        " head.querySelector('.verdict b').textContent])"
    )


def ruled_out(page: Page) -> list[str]:
    """Return the names in the list of options that are ruled out now."""
    return page.locator("ul.out").first.locator("li > b").all_text_contents()


def count_line(page: Page) -> str:
    """Return the line that counts the verdicts."""
    return " ".join(page.locator("p.count").inner_text().split())


def sideways(page: Page) -> int:
    """Return by how many pixels the page is wider than the window."""
    return page.evaluate(
        "() => Math.max(document.documentElement.scrollWidth,"
        " document.querySelector('[data-testid=stMain]').scrollWidth) - innerWidth"
    )


def sideways_at(page: Page, width: int) -> int:
    """Return by how many pixels the page is wider than a window of a width."""
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    return sideways(page)


# -------------------------------------------------------------- the command line


def command_line(*arguments: str) -> str:
    """Return what the command line answers."""
    done = subprocess.run([sys.executable, "-m", "decision", *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def compared(condition: str, situation: str, *pairs: str) -> dict:
    """Return the JSON of `python -m decision compare`."""
    return json.loads(command_line(*asked(condition, situation, *pairs)))


def asked(condition: str, situation: str, *pairs: str) -> list[str]:
    """Return the arguments of `compare`."""
    sets = [part for pair in pairs for part in ("--set", pair)]
    return ["compare", "--condition", condition, "--situation", situation, *sets]
