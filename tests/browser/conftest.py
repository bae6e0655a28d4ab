"""What the browser tests share: the running app, Chromium, and pages at the width of a desktop and of a phone."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from driving import CHROMIUM_FLAGS, DESKTOP, PHONE, Profiles, Visit, running_app, visiting
from find_browser import find_browser
from playwright.sync_api import Browser, expect, sync_playwright

from decision.catalogue import DATA_DIR, load_catalogue
from decision.wording import Words


@pytest.fixture(scope="session")
def app() -> Iterator[str]:
    """Run the app, and return its address."""
    with running_app() as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Run Chromium. Where there is none the tests fail."""
    path = find_browser()
    if path is None:
        pytest.fail("No Chromium was found. Install one, or name it with CHROMIUM=path.")
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, headless=True, args=list(CHROMIUM_FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def profiles() -> Profiles:
    return {}


@pytest.fixture
def visit(app: str, chromium: Browser, profiles: Profiles) -> Iterator[Callable[..., Visit]]:
    """Open a page of the app: `visit("?condition=cidp", width=360, dark=True)`."""
    with visiting(chromium, app, profiles) as open_:
        yield open_


@pytest.fixture(params=[DESKTOP, PHONE], ids=["desktop", "phone"])
def width(request: pytest.FixtureRequest) -> int:
    """The two widths at which everything has to work."""
    return request.param


@pytest.fixture(scope="session")
def words() -> Words:
    return load_catalogue().words


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    """Return a copy of the tables that a test may break."""
    return shutil.copytree(DATA_DIR, tmp_path / "data")
