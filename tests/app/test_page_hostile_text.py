"""Text from the tables and from the address is text: it never becomes an element of the page."""

from __future__ import annotations

import pytest
from page_reading import append, columns, document, only, pieces, text, widget

from decision.ui import path

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&</td></table></details>"
SHOWN = {
    "sources": ("citation", "short"),
    "glossary": ("term", "expansion", "meaning"),
    "phrases": ("text",),
    "conditions": ("name", "plain_name", "short_name", "synonyms", "description", "why_treat"),
    "situations": ("name", "hint", "decision", "without_treatment"),
    "options": ("name", "plain_name", "description"),
    "roles": ("display_name", "reason", "changes_if"),
    "outcomes": ("name", "question", "happens_not", "reference_name", "population", "follow_up", "certainty_reason"),
    "effects": ("denominator", "note", "conflict", "population", "follow_up", "certainty_by", "as_read"),
    "onset": ("text", "population", "follow_up"),
    "regimens": ("text", "derived_from", "as_read"),
    "prices": ("price_date", "covers", "as_read"),
    "guidelines": ("body", "position", "as_read"),
    "supply_tiers": ("word", "note"),
    "rules": ("text", "changes_if"),
    "messages": ("text",),
}
ELEMENTS = {
    "main", "p", "div", "h2", "ul", "li", "b", "strong", "a", "span", "svg", "title", "path", "circle", "rect", "table",
    "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "details", "summary", "dl", "dt", "dd", "ol", "section",
    "text",
}  # fmt: skip
"""All that the app writes as HTML; pictures from elsewhere, scripts and frames are not among them."""

LIMITS = {"travel_minutes": "120", "ig_supply": "critical", "supply_plan": "uk", "apheresis": "none", "all": "yes"}


def harmless(at) -> None:
    """Check that there is no element and no attribute that the app does not write itself."""
    assert not at.exception
    for element in document(at).iter():
        assert element.tag in ELEMENTS, element.tag
        assert not [name for name in element.attrib if name.lower().startswith("on")]
        if element.tag == "a":
            assert element.get("href", "").startswith("https://") or element.get("href", "").startswith("http://")


@pytest.mark.parametrize("table", SHOWN)
def test_hostile_text_in_a_table_is_shown_as_text(open_page, tables, table):
    for column in SHOWN[table]:
        append(tables / f"{table}.csv", column, HOSTILE)
    at = open_page({"condition": "cidp", "situation": "maintenance", **LIMITS})
    assert "not in order" not in at.title[0].value
    harmless(at)
    assert columns(at)
    if table not in ("glossary", "supply_tiers"):
        assert "alert(1)" in "".join(pieces(at.main)) + " ".join(title.value for title in at.title)
    at.session_state["charts"] = True
    at.run()
    harmless(at)


@pytest.mark.parametrize("table", ["glossary", "phrases"])
def test_hostile_text_on_the_page_about(open_page, tables, table):
    for column in SHOWN[table]:
        append(tables / f"{table}.csv", column, HOSTILE)
    at = open_page()
    at.switch_page("decision/ui/pages/about.py").run()
    harmless(at)
    assert "alert(1)" in text(document(at))


@pytest.mark.parametrize(
    ("part", "table", "columns"),
    [("ipdas", "ipdas", ("text", "look_at", "reason")), ("changes", "changes", ("what", "why"))],
)
def test_hostile_text_in_what_is_opened_on_the_page_about(open_page, tables, part, table, columns):
    for column in columns:
        append(tables / f"{table}.csv", column, HOSTILE)
    at = open_page()
    at.session_state[f"about-{part}"] = True
    at.switch_page("decision/ui/pages/about.py").run()
    harmless(at)
    assert text(document(at)).count("alert(1)") > len(columns)


def test_hostile_text_in_an_urgent_message(open_page, tables):
    append(tables / "messages.csv", "text", HOSTILE)
    at = open_page({"condition": "gbs", "situation": "cannot_walk"})
    harmless(at)
    assert "<script>alert(1)</script>" in text(only(document(at), "urgent"))


@pytest.mark.parametrize("part", ["facts", "coverage", "sources"])
def test_hostile_text_on_the_page_of_evidence(open_page, tables, part):
    for table in ("sources", "effects", "roles", "rules", "onset", "messages", "guidelines"):
        for column in SHOWN[table]:
            append(tables / f"{table}.csv", column, HOSTILE)
    at = open_page()
    at.session_state["evidence-part"] = part
    at.switch_page("decision/ui/pages/evidence.py").run()
    harmless(at)


@pytest.mark.parametrize(("table", "column"), [("roles", "reason"), ("effects", "note"), ("onset", "text")])
def test_empty_lines_in_a_cell_do_not_break_the_table(open_page, tables, table, column):
    """An empty line ends a block of HTML in Markdown: what follows would be shown as code or as another text."""
    append(tables / f"{table}.csv", column, "\n\n    <b>second</b> **third** $x$ paragraph")
    at = open_page({"condition": "cidp", "situation": "maintenance", "all": "yes"})
    if "not in order" in at.title[0].value:
        assert any(f"{table}.csv" in line.value and column in line.value for line in at.text)
        return
    harmless(at)
    for markdown in at.markdown:
        if markdown.proto.allow_html:
            assert "\n\n" not in markdown.value


VIEWED = (
    "show", "view", "frame", "first", "hide", "q", "part", "cal", "lean", "never", "back", "pairs", "match", "order",
)  # fmt: skip


@pytest.mark.parametrize("step", path.STEPS)
def test_hostile_text_in_the_address_of_a_step(open_page, step):
    at = open_page({"condition": "cidp", "situation": "maintenance", **dict.fromkeys(VIEWED, HOSTILE)})
    at.switch_page(path.PAGE[step]).run()
    harmless(at)
    assert "alert(" not in text(document(at))
    at = open_page({"condition": "cidp", "veins": HOSTILE, "health": HOSTILE, HOSTILE: HOSTILE})
    at.switch_page(path.PAGE[step]).run()
    harmless(at)


def test_hostile_text_in_the_tables_on_each_step(open_page, tables, words):
    for table, texts in SHOWN.items():
        for column in texts:
            if table not in ("phrases", "sources", "glossary"):
                append(tables / f"{table}.csv", column, HOSTILE)
    at = open_page({"condition": "cidp", "situation": "maintenance", **LIMITS})
    assert "not in order" not in at.title[0].value
    for step in path.STEPS:
        at.switch_page(path.PAGE[step]).run()
        harmless(at)
        assert "alert(1)" in "".join(pieces(at.main)) + " ".join(title.value for title in at.title)
        for part in ("living", "calendar") if step == "compare" else ():
            widget(at, "button_group", words("part.title")).set_value(part).run()
            harmless(at)


@pytest.mark.parametrize(
    "key",
    ["condition", "situation", "travel_minutes", "health", "show", "view", "frame", "first", "hide", HOSTILE],
)
def test_hostile_text_in_the_address(open_page, key):
    at = open_page({"condition": "cidp", "situation": "maintenance", key: HOSTILE})
    harmless(at)
    assert columns(at)
    for name in ("compare", "decision", "count"):
        assert "alert(" not in text(only(document(at), name)), "what a stranger typed is in a notice, nowhere else"
    assert not any("alert(" in value for value in at.query_params.values())
    assert not any("alert(" in name for name in at.query_params)
