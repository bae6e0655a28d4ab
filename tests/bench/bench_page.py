"""What a person waits for, in a real browser, beside a blank Streamlit app in the same run.

    make bench-page

From the start of the server to the first comparison; from an address to the comparison, with an empty and with a
full cache; from an answer to the page that has changed; and the bytes of a first load, direct and behind nginx. All
are taken in turns, and printed as ratios, as the machine may be shared.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import pages
from find_browser import find_browser
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from serving import Running, app, door

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
BLANK = "tests/bench/blank_app.py"
RAW = {"STREAMLIT_RUNNER_POST_SCRIPT_GC": "true"}
APPS = {
    "blank, as it comes": (BLANK, RAW, "text=You said", "[data-testid=stMain]"),
    "blank, tuned": (BLANK, {}, "text=You said", "[data-testid=stMain]"),
    "ours": ("deploy/serve.py", {}, pages.COMPARISON, f"{pages.COMPARISON} thead"),
}
STARTS, LOADS, CHANGES, WARM = 5, 5, 40, 6

UNTIL = """
([target, radio]) => new Promise(done => {
  const before = document.querySelector(target).textContent;
  const start = performance.now();
  const seen = new MutationObserver(() => {
    const now = document.querySelector(target);
    if (!now || now.textContent === before) return;
    seen.disconnect();
    requestAnimationFrame(() => done(performance.now() - start));
  });
  seen.observe(document.body, {subtree: true, childList: true, characterData: true});
  radio.click();
})
"""
"""The time from a click to the frame in which the target has changed, by the clock of the browser."""


def start_to_page(browser: Browser, folder: Path, name: str) -> float:
    """Return seconds from the start of the server to the first page, with an empty cache."""
    script, settings, target, _ = APPS[name]
    context = browser.new_context()
    start = time.perf_counter()
    with app(folder, script, **settings) as server:
        page = context.new_page()
        page.goto(f"{server.address}/{pages.QUERY}")
        page.locator(target).first.wait_for()
        taken = time.perf_counter() - start
    context.close()
    return taken


def load(context: BrowserContext, server: Running, name: str) -> float:
    """Return seconds from an address to the page."""
    page = context.new_page()
    start = time.perf_counter()
    page.goto(f"{server.address}/{pages.QUERY}")
    page.locator(APPS[name][2]).first.wait_for()
    taken = time.perf_counter() - start
    page.close()
    return taken


def received(browser: Browser, address: str, name: str) -> tuple[float, float, int]:
    """Return megabytes of a first load over HTTP and over the websocket, and how many requests."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    frames: list[int] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    # The driver gives binary frames as base64.
    session.on("Network.webSocketFrameReceived", lambda e: frames.append(len(e["response"]["payloadData"]) * 3 // 4))
    page.goto(f"{address}/{pages.QUERY}")
    page.locator(APPS[name][2]).first.wait_for()
    page.wait_for_timeout(1500)
    context.close()
    return sum(sizes) / 1e6, sum(frames) / 1e6, len(sizes)


def changes(page: Page, name: str, turn: int) -> float:
    """Return milliseconds from an answer to the changed page."""
    taken = page.evaluate(UNTIL, [APPS[name][3], pages.veins(page, turn).element_handle()])
    pages.settled(page)
    return taken


def row(title: str, found: dict[str, list[float]], unit: str) -> None:
    """Print p50 and p95 of each app, and ours as a multiple of each blank one."""
    ours = found["ours"]
    for name, times in found.items():
        p50, p95 = statistics.median(times), sorted(times)[int(len(times) * 0.95)]
        ratio = statistics.median(ours) / p50
        print(f"{title:34}{name:20}{p50:9.2f} {unit}{p95:9.2f} {unit}   ours is {ratio:.2f}x", flush=True)


def main() -> None:
    """Print every figure of the page."""
    print(f"load of the machine before: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{'':54}{'p50':>9}{'p95':>12}")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as name_of_folder:
        folder = Path(name_of_folder)
        browser = playwright.chromium.launch(executable_path=find_browser(), args=FLAGS)
        found: dict[str, list[float]] = defaultdict(list)
        for _ in range(STARTS):
            for name in APPS:
                found[name].append(start_to_page(browser, folder, name))
        row("start to first page", found, "s")

        servers = {name: app(folder, script, **settings) for name, (script, settings, *_) in APPS.items()}
        running = {name: server.__enter__() for name, server in servers.items()}
        cold, warm, answered = defaultdict(list), defaultdict(list), defaultdict(list)
        full = {name: browser.new_context() for name in APPS}
        for turn in range(LOADS + 1):
            for name in APPS:
                empty = browser.new_context()
                cold[name].append(load(empty, running[name], name))
                empty.close()
                warm[name].append(load(full[name], running[name], name))
                if turn == 0:  # the first load fills the caches
                    cold[name].pop()
                    warm[name].pop()
        row("address to page, empty cache", cold, "s")
        row("address to page, full cache", warm, "s")

        open_pages = {}
        for name in APPS:
            open_pages[name] = full[name].new_page()
            open_pages[name].goto(f"{running[name].address}/{pages.QUERY}")
            open_pages[name].locator(APPS[name][2]).first.wait_for()
            pages.settled(open_pages[name])
            pages.show_veins(open_pages[name])
        for turn in range(WARM + CHANGES):
            for name in APPS:
                taken = changes(open_pages[name], name, turn)
                if turn >= WARM:
                    answered[name].append(taken)
        row("answer to changed page", answered, "ms")

        sizes = {name: received(browser, running[name].address, name) for name in ("blank, tuned", "ours")}
        with door(folder, [running["ours"]]) as front:
            sizes["ours, behind nginx"] = received(browser, front.address, "ours")
        floor = sum(sizes["blank, tuned"][:2])
        for name, (files, socket, requests) in sizes.items():
            whole = files + socket
            print(
                f"{'bytes of a first load':34}{name:20}{whole:9.2f} MB ({files:.2f} in {requests} files, {socket:.2f}"
                f" on the socket): {whole / floor:.2f}x blank"
            )
        for server in servers.values():
            server.__exit__(None, None, None)
        browser.close()
    print(f"load of the machine after: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
