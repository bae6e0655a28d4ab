"""Take pictures of the way step by step and of the visit on one screen, for people who judge how the pages look.

    .venv/bin/python tests/browser/walk.py FOLDER

Each page at the width of a desktop and of a phone, light and dark: the first screen, and the whole page.
Not a test: nothing is checked here.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1])]

from driving import CHROMIUM_FLAGS, DESKTOP, HEIGHT, PHONE, Visit, go_on, popover, running_app, visiting  # noqa: E402
from find_browser import find_browser  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

from decision.catalogue import load_catalogue  # noqa: E402
from decision.ui.path import STEPS  # noqa: E402
from decision.wording import Words  # noqa: E402

TALLEST = 16_000
"""Chromium draws no picture of more pixels."""

NEWCOMER = "situation?condition=cidp&situation=maintenance"
VISIT = "?condition=cidp&situation=maintenance"
URGENT = "?condition=gbs&situation=cannot_walk"


class Album:
    """Numbered pictures of one visit in a folder."""

    def __init__(self, visited: Visit, folder: Path, width: int) -> None:
        self.visited, self.folder, self.width = visited, folder, width
        self.count = 0
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str, whole: bool = True) -> None:
        """Take a picture of the first screen and, where asked, of the whole page."""
        self.count += 1
        page, stem = self.visited.page, f"{self.count:02}-{name}"
        self.visited.idle()
        page.wait_for_timeout(300)
        page.screenshot(path=self.folder / f"{stem}.png")
        if whole:
            tall = page.get_by_test_id("stMain").evaluate("main => main.scrollHeight")
            page.set_viewport_size({"width": self.width, "height": min(TALLEST, max(tall, HEIGHT[self.width]))})
            page.wait_for_timeout(300)
            page.screenshot(path=self.folder / f"{stem}-whole.png")
            page.set_viewport_size({"width": self.width, "height": HEIGHT[self.width]})


def newcomer(album: Album, words: Words) -> None:
    """Walk from the opening to the plan, with an answer on each step."""
    visited = album.visited
    page = visited.page
    for step in STEPS:
        visited.at_step(step)
        album.take(step)
        if step == "situation":
            page.get_by_role("button", name="+ The hospital is 2 hours away").click()
            page.get_by_role("button", name="✕").first.wait_for()
            album.take("situation-with-a-limit")
        if step == "compare":
            for part in ("living", "calendar"):
                page.get_by_role("radio", name=words(f"part.{part}")).click()
                page.wait_for_timeout(800)
                album.take(part)
        if step == "matters":
            for line in page.get_by_test_id("stButtonGroup").filter(has_text=": from ").all()[:4]:
                line.get_by_role("radio", name=words("values.level.8")).click()
                visited.idle()
            page.get_by_text(words("values.show")).click()
            page.get_by_role("heading", name=words("values.result.title")).wait_for()
            album.take("what-the-answers-speak-for")
        if step == "check":
            page.get_by_role("radio").nth(0).click(force=True)
            page.wait_for_timeout(800)
            album.take("an-answer")
        if step != STEPS[-1]:
            go_on(visited, step)


def clinician(album: Album, words: Words) -> None:
    """Open the one screen, and each thing that is one tap away."""
    visited = album.visited
    album.take("opening")
    visited.page.get_by_role("button", name="+ The hospital is 2 hours away").click()
    visited.page.get_by_role("button", name="+ Short supply").click()
    visited.page.wait_for_timeout(800)
    album.take("with-two-limits")
    for name in ("limits.health", "columns.choose", "rows.matter", "rows.title", "side.how"):
        with popover(visited, words(name)):
            album.take(name.replace(".", "-"), whole=False)


def urgent(album: Album, words: Words) -> None:
    """Look at a decision where hours count."""
    album.take("urgent", whole=False)


WALKS = {"newcomer": (NEWCOMER, newcomer), "visit": (VISIT, clinician), "urgent": (URGENT, urgent)}


def main(folder: Path) -> None:
    """Take all pictures."""
    words = load_catalogue().words
    with running_app() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(CHROMIUM_FLAGS))
        for width, dark in ((PHONE, False), (DESKTOP, False), (PHONE, True), (DESKTOP, True)):
            for name, (query, walk) in WALKS.items():
                with visiting(browser, address, {}) as visit:
                    place = folder / f"{name}-{width}-{'dark' if dark else 'light'}"
                    walk(Album(visit(query, width=width, dark=dark), place, width), words)
        browser.close()


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Name the folder for the pictures: walk.py FOLDER")
    main(Path(sys.argv[1]))
