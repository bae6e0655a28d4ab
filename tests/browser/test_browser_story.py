"""The story end to end: pick a condition, say what limits you, see what fits, what needs care and what is out."""

from __future__ import annotations

import json
import re
from html import unescape

from driving import (
    PHONE,
    asked,
    box,
    choose,
    command_line,
    compared,
    count_line,
    found_for,
    popover,
    ruled_out,
    shown_verdicts,
    sideways,
)
from playwright.sync_api import expect

from decision import load_catalogue
from decision.abbreviations import expand_first

SAID = ("travel_minutes=120", "ig_supply=critical")
LINK = "?condition=cidp&situation=maintenance&travel_minutes=120&ig_supply=critical"


def test_the_story(visit, words, width):
    """Two hours from the hospital, a shortage: the page says what the command line says."""
    visited = visit(width=width)
    page = visited.page
    expect(page.locator("table.compare")).to_be_visible()
    assert shown_verdicts(page), "the first screen is a comparison"

    choose(visited, box(page, words("pick.condition")), "chronic nerve inflam", re.compile("CIDP"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("CIDP")
    choose(visited, box(page, words("pick.situation")), "keeping", re.compile("Keeping treatment going"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("keeping treatment going")
    with popover(visited, words("limits.life")) as body:
        choose(visited, box(body, words("field.travel_minutes")), "2 h", "2 hours")
        expect(page).to_have_url(re.compile("travel_minutes=120"))
    with popover(visited, words("limits.supply")) as body:
        body.get_by_text(words("value.ig_supply.critical"), exact=True).click()
        expect(page).to_have_url(re.compile("ig_supply=critical"))
    visited.idle()
    assert page.url.endswith(LINK)

    answer = compared("cidp", "maintenance", *SAID)
    used = [option for option in answer["options"] if option["role"] != "not_used"]
    says = [[option["name"], words(f"verdict.{option['verdict']}")] for option in used]
    some = shown_verdicts(page)
    assert 2 <= len(some) <= 4
    assert all(shown in says for shown in some)
    with popover(visited, words("columns.choose")) as body:
        body.get_by_text(words("columns.all"), exact=True).click()
        expect(page.locator("table.compare thead th")).to_have_count(len(used))
    visited.idle()
    assert shown_verdicts(page) == says
    assert ruled_out(page) == [option["name"] for option in used if option["verdict"] == "not_suitable"]
    counted = [int(n) for n in re.findall(r"\d+", count_line(page))]
    verdicts = [option["verdict"] for option in used]
    assert counted[:4] == [
        len(used),
        verdicts.count("suitable"),
        verdicts.count("caution"),
        verdicts.count("not_suitable"),
    ]
    assert sum(counted[4:]) == counted[3], "the reasons add up to the options ruled out"

    decision = expand_first([answer["decision"]], load_catalogue().glossary)[0]
    expect(page.get_by_text(decision)).to_be_visible()
    expect(page.get_by_text(words("app.not_reviewed"))).to_be_visible()
    before = [shown_verdicts(page), ruled_out(page), count_line(page), page.locator("table.compare").inner_text()]
    page.reload()
    visited.settle()
    expect(page.locator("table.compare thead th")).to_have_count(len(used))
    assert [
        shown_verdicts(page),
        ruled_out(page),
        count_line(page),
        page.locator("table.compare").inner_text(),
    ] == before
    assert sideways(page) <= 0


def test_a_number_with_its_range_and_its_source_one_click_away(visit, words, width):
    visited = visit(LINK, width=width)
    page = visited.page
    cell = page.locator("table.compare td.known").filter(has=page.locator("svg.icons")).first
    expect(cell.locator(".headline")).to_have_text(re.compile(r"^[\d,]+ of (100|1,000)$"))
    expect(cell).to_contain_text(re.compile(r"Range [\d,]+ to [\d,]+"))
    expect(cell).to_contain_text(words("cell.how_sure"))
    source = cell.locator("details.origin")
    expect(source.locator("summary")).to_be_visible()
    expect(source.locator("dl")).to_be_hidden()
    source.locator("summary").click()
    expect(source.locator("dl")).to_be_visible()
    for name in ("people", "time", "certainty", "rated", "paid", "checked", "source"):
        term = source.locator("dt").get_by_text(words(f"origin.{name}"), exact=True)
        expect(term.first).to_be_visible()
        assert term.first.evaluate("term => term.nextElementSibling.textContent.trim()")
    day = source.locator("dt").get_by_text(words("origin.checked"), exact=True)
    assert re.fullmatch(r"\d{1,2} \w+ 20\d\d", day.evaluate("term => term.nextElementSibling.textContent"))
    link = source.locator("a").first
    assert link.get_attribute("href").startswith("https://")
    assert "noopener" in link.get_attribute("rel")


def test_the_phone_shows_cards_and_never_scrolls_sideways(visit, words):
    visited = visit(f"{LINK}&all=yes", width=PHONE)
    page = visited.page
    assert sideways(page) <= 0
    row = page.locator("table.compare tbody tr").first
    places = row.locator("td").evaluate_all(
        "cells => cells.map(cell => { const b = cell.getBoundingClientRect(); return [b.left, b.right, b.top] })"
    )
    assert len({round(left) for left, _, _ in places}) == 1, "the options stand below each other"
    assert [top for _, _, top in places] == sorted({top for _, _, top in places})
    assert all(left >= 0 and right <= PHONE for left, right, _ in places)
    names = row.locator("td .who")
    expect(names.first).to_be_visible()
    assert [name.strip() for name in names.all_text_contents()] == [name for name, _ in shown_verdicts(page)]
    page.locator("table.compare details").evaluate_all("all => all.forEach(one => { one.open = true })")
    page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")
    assert sideways(page) <= 0
    for name in ("health", "life", "cost", "supply"):
        with popover(visited, words(f"limits.{name}")) as body:
            frame = body.bounding_box()
            assert frame["x"] >= 0
            assert frame["x"] + frame["width"] <= PHONE
            assert sideways(page) <= 0


def test_the_roles_of_the_table_survive_the_cards(visit):
    """A cascade that turns rows into blocks takes the meaning of a table away; the roles keep it."""
    page = visit(LINK, width=PHONE).page
    table = page.get_by_role("table").filter(has=page.locator("caption")).first
    assert table.get_by_role("columnheader").count() >= 2
    assert table.get_by_role("rowheader").count() >= 5


def test_the_picker_finds_by_the_name_a_person_knows(visit, words):
    visited = visit()
    condition = box(visited.page, words("pick.condition"))
    assert found_for(visited, condition, "low platelets")[0].startswith("ITP in adults")
    assert found_for(visited, condition, "CVID")[0].startswith("Too few antibodies")


def test_icon_arrays_are_in_the_page_with_every_person_drawn(visit):
    page = visit("?condition=cidp&situation=maintenance&all=yes").page
    icons = page.locator("table.compare td.known svg.icons")
    expect(icons.first).to_be_visible()
    unknown = page.locator("table.compare td.unknown svg.icons")
    assert unknown.count() > 0
    assert unknown.locator("path").count() == 0, "nobody is drawn where nothing is known"
    for picture in icons.evaluate_all(
        "all => all.map(one => ({title: one.querySelector('title')?.textContent, role: one.getAttribute('role'),"
        " label: one.getAttribute('aria-label'), width: one.getBoundingClientRect().width,"
        " people: [...one.querySelectorAll('path')].reduce((n, p) => n + p.getAttribute('d').split('M').length - 1, 0),"
        " colours: [...one.querySelectorAll('path')].map(p => getComputedStyle(p)).map(s => s.stroke + s.fill),"
        " cell: one.closest('td').textContent}))"
    ):
        assert picture["role"] == "img"
        assert re.search(r"[\d,]+ of [\d,]+", picture["title"])[0] in picture["cell"]
        assert picture["label"] == picture["title"]
        assert picture["people"] in (100, 1000)
        assert picture["width"] >= 60
        assert "nonergb(0, 0, 0)" not in picture["colours"], "the style sheet reaches the picture"


def test_downloads_hold_what_the_command_line_says(visit, words):
    page = visit(LINK).page
    page.get_by_text(words("take.data")).click()
    with page.expect_download() as table:
        page.get_by_role("button", name=words("take.csv")).click()
    assert table.value.suggested_filename == "ig-options-cidp-maintenance.csv"
    with open(table.value.path(), encoding="utf-8", newline="") as file:
        assert (
            file.read().splitlines()
            == command_line(*asked("cidp", "maintenance", *SAID), "--format", "csv").splitlines()
        )
    with page.expect_download() as everything:
        page.get_by_role("button", name=words("take.json")).click()
    assert everything.value.suggested_filename == "ig-options-cidp-maintenance.json"
    with open(everything.value.path(), encoding="utf-8") as file:
        assert json.load(file) == compared("cidp", "maintenance", *SAID)


def test_charts_with_a_table_of_the_same_figures(visit, words):
    visited = visit(LINK)
    page = visited.page
    expect(page.locator(".js-plotly-plot")).to_have_count(0)
    page.locator("summary").get_by_text(words("charts.title"), exact=True).click()
    expect(page.locator(".js-plotly-plot .bars").first).to_be_visible(timeout=30_000)
    visited.idle()
    charts = page.get_by_test_id("stExpander").filter(has=page.get_by_test_id("stPlotlyChart"))
    tables = charts.locator("table.plain")
    plots = charts.locator(".js-plotly-plot")
    expect(plots).to_have_count(tables.count())
    assert tables.count() >= 3
    for index in range(tables.count()):
        expect(plots.nth(index).locator(".bars .point").first).to_be_attached()
        data = plots.nth(index).evaluate(
            "plot => ({y: [...plot.data[0].y], x: [...plot.data[0].x], told: [...plot.data[0].hovertext]})"
        )
        heads = tables.nth(index).locator("tbody th").all_text_contents()[::-1]
        figures = tables.nth(index).locator("tbody td:nth-of-type(1)").all_text_contents()[::-1]
        names = [unescape(name.replace("<br>", "")).replace(" ", "") for name in data["y"]]
        assert names == [head.replace(" ", "") for head in heads]
        assert [unescape(told) for told in data["told"]] == [
            f"{head}: {figure}" for head, figure in zip(heads, figures, strict=True)
        ]
        drawn = [value is not None for value in data["x"]]
        assert drawn == [figure != words("unknown") for figure in figures], "unknown is never a bar of zero"
    labels = page.locator("[data-testid=stPlotlyChart]").evaluate_all(
        "all => all.map(one => (one.querySelector('[aria-label]') ?? one).getAttribute('aria-label'))"
    )
    assert all(labels)


def test_a_link_carries_the_body_only_when_asked(visit, words):
    visited = visit(f"{LINK}&health=diabetes&weight_kg=81&age_group=older_adult")
    page = visited.page
    expect(page.get_by_role("button", name=re.compile(words("health.diabetes")))).to_be_visible()
    assert "diabetes" not in page.url
    assert "weight_kg" not in page.url
    page.get_by_text(words("take.link")).click()
    link = page.get_by_test_id("stCode")
    expect(link).to_contain_text("travel_minutes=120")
    expect(link).not_to_contain_text("diabetes")
    page.get_by_test_id("stCheckbox").filter(has_text=words("take.body")).locator("label").click()
    expect(link).to_contain_text("health=diabetes")
    expect(link).to_contain_text("weight_kg=81")
    expect(page.get_by_text(words("take.body.warn"))).to_be_visible()
    assert "diabetes" not in page.url
    verdicts = shown_verdicts(page)
    second = visit("?" + link.inner_text().strip().partition("?")[2])
    assert shown_verdicts(second.page) == verdicts
    assert "diabetes" not in second.page.url


def test_the_back_button_brings_the_former_comparison(visit, words):
    visited = visit("?condition=cidp&situation=maintenance")
    page = visited.page
    former = shown_verdicts(page)
    with popover(visited, words("limits.supply")) as body:
        body.get_by_text(words("value.ig_supply.critical"), exact=True).click()
        expect(page).to_have_url(re.compile("ig_supply=critical"))
    visited.idle()
    choose(visited, box(page, words("pick.condition")), "Guillain", re.compile("^GBS"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("GBS")
    visited.idle()
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_contain_text("CIDP")
    expect(page.get_by_role("button", name=re.compile("^Supply critical"))).to_be_visible()
    visited.idle()
    page.go_back()
    expect(page.get_by_role("button", name=re.compile("^Supply critical"))).to_have_count(0)
    visited.idle()
    assert visited.query == {"condition": "cidp", "situation": "maintenance"}
    assert shown_verdicts(page) == former
    page.go_forward()
    expect(page.get_by_role("button", name=re.compile("^Supply critical"))).to_be_visible()
