"""What a screen reader is given: the tree that Chromium hands to it, read in its order on the way of the main job."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

LINK = "?condition=cidp&situation=maintenance&travel_minutes=120&ig_supply=critical"


def tree(page: Page) -> list[dict]:
    """Return the accessibility tree in reading order, without what is ignored."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    session.detach()
    by_id = {node["nodeId"]: node for node in nodes}
    found: list[dict] = []

    def read(node: dict) -> None:
        if not node["ignored"]:
            found.append(
                {
                    "role": node.get("role", {}).get("value", ""),
                    "name": node.get("name", {}).get("value", ""),
                    **{one["name"]: one["value"].get("value") for one in node.get("properties", [])},
                }
            )
        for child in node.get("childIds", []):
            if child in by_id:
                read(by_id[child])

    read(next(node for node in nodes if "parentId" not in node))
    return found


def names(nodes: list[dict], role: str) -> list[str]:
    """Return the names of all nodes of a role."""
    return [node["name"] for node in nodes if node["role"] == role]


def place(nodes: list[dict], role: str, name: str) -> int:
    """Return where a node stands in the order of reading."""
    for index, node in enumerate(nodes):
        if node["role"] == role and name in node["name"]:
            return index
    pytest.fail(f"no {role} named {name}")


def test_the_main_job_is_read_in_order(visit, words):
    """Landmarks, title, what to say, the count, the table, what is ruled out, what to take along: in this order."""
    page = visit(LINK).page
    nodes = tree(page)
    assert names(nodes, "main")
    assert len(names(nodes, "main")) == 1
    assert "App pages" in names(nodes, "navigation")
    order = [
        place(nodes, "link", "Skip to main content"),
        place(nodes, "navigation", "App pages"),
        place(nodes, "main", ""),
        place(nodes, "heading", "CIDP"),
        place(nodes, "button", "✕"),
        place(nodes, "button", words("columns.choose")),
        place(nodes, "table", words("columns.rule")[:20]),
        place(nodes, "heading", words("out.title")),
        place(nodes, "heading", words("without.title")),
        place(nodes, "heading", words("take.title")),
    ]
    assert order == sorted(order)


def test_a_cell_is_read_with_its_option_and_its_question(visit, words):
    """The table tells its rows and columns: each figure stands in a row with a head, under a head with the verdict."""
    page = visit(LINK).page
    table = page.get_by_role("table", name=re.compile(re.escape(words("columns.rule")[:20])))
    expect(table).to_have_count(1)
    heads, rows = table.get_by_role("columnheader"), table.get_by_role("row")
    options = heads.count()
    assert options >= 2
    for head in heads.all():
        assert re.search(
            "|".join(words(f"verdict.{one}") for one in ("suitable", "caution", "not_suitable")), head.inner_text()
        )
    for row in rows.all()[1:]:
        expect(row.get_by_role("rowheader")).to_have_count(1)
        expect(row.get_by_role("cell")).to_have_count(options)


def test_pictures_are_read_as_what_they_show(visit):
    """The text of a picture names the option, the question and the figure that stands beside it."""
    page = visit(LINK).page
    pictures = page.locator("table.compare td svg[role=img]").evaluate_all(
        "all => all.filter(one => one === one.closest('td').querySelector('svg[role=img]')).map(one => ({"
        " told: one.getAttribute('aria-label'), headline: one.closest('td').querySelector('.headline').textContent,"
        " option: one.closest('td').querySelector('.who').textContent.trim(),"
        " question: one.closest('tr').querySelector('th').firstChild.textContent.trim()}))"
    )
    assert len(pictures) >= 4
    for picture in pictures:
        for part in ("option", "question", "headline"):
            assert picture[part] in picture["told"], picture
    read = names(tree(page), "image")
    assert {picture["told"] for picture in pictures} <= set(read)


def test_what_opens_says_what_it_opens(visit, words):
    """Every disclosure has a name of its own that tells of what it is, and whether it is open."""
    page = visit(LINK).page
    found = [node for node in tree(page) if node["role"] == "DisclosureTriangle"]
    inside = [node["name"] for node in found if node["name"].startswith(words("reasons.title"))]
    assert len(inside) == page.locator("table.compare thead th").count()
    assert len(set(inside)) == len(inside), "each names its option"
    assert all(node["name"] for node in found)
    assert all("expanded" in node for node in found)
    origins = page.locator("table.compare details.origin summary").all_text_contents()
    assert len(set(origins)) == len(origins), "each names its figure"


def test_the_step_is_read_as_the_current_one(visit, words):
    page = visit("options" + LINK).page
    current = page.locator("main [aria-current=step]")
    expect(current).to_have_count(1)
    expect(current).to_have_text(words("step.options"))
    expect(page.locator(".progress").get_by_role("listitem")).to_have_count(6)


def test_a_day_of_the_calendar_is_read_in_words(visit, words):
    """A letter is drawn; what is read is the kind of day, under a week and a day."""
    page = visit(f"side-by-side{LINK}&part=calendar").page
    table = page.locator("table.calendar-month")
    expect(table).to_be_visible()
    letters = table.locator("td .day [aria-hidden=true]").count()
    assert letters
    assert table.locator("td .day .unseen").count() == letters
    assert table.locator("thead th[scope=col]").count() == 7
    assert table.locator("tbody th[scope=row]").count() == 4
