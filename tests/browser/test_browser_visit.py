"""The visit on one screen: from opening to a printed page in ten interactions."""

from __future__ import annotations

import re

from driving import DESKTOP, Visit, box, choose, popover, shown_verdicts
from playwright.sync_api import Locator, expect

MOST = 10
"""Interactions; a choice in a box counts as one, as does opening something."""


class Practised:
    """A clinician who knows the page, and who counts."""

    def __init__(self, visited: Visit) -> None:
        self.visited, self.page, self.count = visited, visited.page, 0

    def pick(self, label: str, typed: str, wanted: str) -> None:
        self.count += 1
        choose(self.visited, box(self.page, label), typed, re.compile(wanted))
        self.visited.idle()

    def tap(self, what: Locator) -> None:
        self.count += 1
        what.click()
        self.visited.idle()


def test_condition_three_limits_what_matters_options_and_print_in_ten_interactions(visit, words):
    someone = Practised(visit(width=DESKTOP))
    page = someone.page
    someone.pick(words("pick.condition"), "CIDP", "CIDP")
    someone.pick(words("pick.situation"), "keeping", "Keeping treatment going")
    for limit in ("The hospital is 2 hours away", "Short supply", "Fear of needles"):
        someone.tap(page.get_by_role("button", name=f"+ {limit}"))
        expect(page.get_by_role("button", name=f"+ {limit}")).to_have_count(0)
    assert page.locator("[class*='st-key-chip-']").count() == 3

    someone.count += 1
    with popover(someone.visited, words("rows.matter")) as body:
        someone.tap(body.get_by_role("button", name=words("row.time"), exact=True))
    first = page.locator("table.compare tbody th").first
    expect(first).to_contain_text(words("row.time"))

    options = [name for name, _ in shown_verdicts(page)]
    assert 2 <= len(options) <= 4
    with page.expect_download() as download:
        someone.tap(page.get_by_role("button", name=words("take.pdf")).first)
    assert download.value.suggested_filename.endswith(".pdf")
    assert download.value.path().read_bytes().startswith(b"%PDF-")
    assert someone.count <= MOST
