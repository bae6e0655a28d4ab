"""What the app tests share: the page opened from an address, the tables, and a copy of them to break."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path

import pytest
from page_reading import POPOVERS, SCRIPT, tap
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from decision import load_catalogue
from decision.catalogue import DATA_DIR, Catalogue
from decision.wording import Words

OpenPage = Callable[..., AppTest]

# Each new session of AppTest reads what every installed package says of itself, in search of components: most of the
# time of a test. What is installed does not change meanwhile, so it is read once.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="session")
def words(catalogue: Catalogue) -> Words:
    return catalogue.words


@pytest.fixture(scope="session")
def open_page() -> OpenPage:
    """Open the app from a query, as a link does, and every popover in it but those that are to stay closed."""

    def open_(query: Mapping[str, str] | None = None, closed: Collection[str] = ()) -> AppTest:
        at = tap(AppTest.from_file(str(SCRIPT), default_timeout=60), *(set(POPOVERS) - set(closed)))
        at.query_params.update(query or {})
        return at.run()

    return open_


@pytest.fixture
def tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let the app read a copy of the tables, and return its folder."""
    folder = tmp_path / "data"
    shutil.copytree(DATA_DIR, folder)
    monkeypatch.setenv("IG_OPTIONS_DATA", str(folder))
    return folder
