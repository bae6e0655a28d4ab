"""What the reliability tests share: Chromium, and a copy of the tables that a test may break."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from find_browser import find_browser
from playwright.sync_api import Browser, expect, sync_playwright

from decision.catalogue import DATA_DIR, load_catalogue
from decision.wording import Words

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Run Chromium. Where there is none the tests fail."""
    path = find_browser()
    if path is None:
        pytest.fail("No Chromium was found. Install one, or name it with CHROMIUM=path.")
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def words() -> Words:
    """Return the sentences of the app."""
    return load_catalogue().words


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Return a copy of the tables that a test may break."""
    return shutil.copytree(DATA_DIR, tmp_path / "data")
