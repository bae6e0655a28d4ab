"""In another language nothing English is left: what a person reads comes from the tables, on every page."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
import streamlit as st
from babel import Locale
from page_reading import POPOVERS, SCRIPT, tap
from pseudo_language import LANGUAGE, write_pseudo_language
from streamlit.testing.v1 import AppTest

from decision.catalogue import DATA_DIR, Catalogue
from decision.sure import sure_test
from decision.translation import load

CIDP = {"condition": "cidp", "situation": "maintenance", "all": "yes"}
TYPED = ("shoe_size", "afraid", "heavy", "price.ivig")
SITUATIONS: dict[str, dict[str, str]] = {
    "as it opens": {},
    "limits": {
        **CIDP, "travel_minutes": "95", "ig_supply": "critical", "supply_plan": "uk", "needles": "severe_fear",
        "place": "home_only", "veins": "poor", "self_infusion": "no", "apheresis": "by_transfer",
        "budget_per_year": "900", "prices": "us", "hours_per_month": "3", "price.ivig": "80.5",
        "frame": "happens_not", "weight_kg": "81.5",
        "health": "diabetes,kidney_disease,thrombosis_risk", "age_group": "older_adult",
    },
    "weighed": {
        **CIDP, "w.benefit": "8", "w.time": "8", "w.needles": "5", "w.cost": "2", "w.speed": "10", "match": "yes",
        "pairs": "time~benefit", "never": "plasma", "lean": "ivig", "order": "match", "prices": "canada",
    },
    "urgent": {"condition": "gbs", "situation": "cannot_walk", "view": "numbers", "ig_supply": "tight"},
    "not understood": {
        "condition": "itp_child", "shoe_size": "44", "needles": "afraid", "weight_kg": "heavy", "price.ivig": "-1",
        "health": "shoe_size", "hours_per_month": "0.5", "supply_plan": "canada", "show": "ivig,scig",
    },
}  # fmt: skip
OPENED = (
    {"charts": True},
    {"evidence-part": "coverage"},
    {"evidence-part": "sources"},
    {"evidence-part": "tables"},
    {"evidence-view": "gaps"},
    {"evidence-table": "prices"},
    {"evidence-table": "supply_tiers"},
    {"evidence-table": "guidelines"},
    {"evidence-table": "rules"},
    {"about-ipdas": True},
    {"about-reading": True},
    {"about-age": True},
    {"about-coverage": True},
    {"about-conflicts": True},
    {"about-changes": True},
)
"""What a person opens or chooses on a page besides what stands in the address."""

NOT_READ = {
    "id", "form_id", "key", "tag", "type", "anchor", "icon", "url", "page", "page_script_hash", "query_string",
    "format", "color", "user_key", "language", "block_id", "url_path", "deferred_file_id", "element_id",
}  # fmt: skip
"""Fields of Streamlit's messages that a browser uses and does not show."""

DICTIONARY = (DATA_DIR / "README.md").read_text(encoding="utf-8").partition("\n")[2].strip()
"""What describes the tables for those who edit them, in the language of the tables."""

SHOWN_ATTRIBUTES = ("aria-label", "alt", "title", "placeholder")


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return write_pseudo_language(tmp_path_factory.mktemp("language"))


@pytest.fixture(scope="module")
def translated(folder) -> Catalogue:
    return load(folder, LANGUAGE)


@pytest.fixture(autouse=True)
def _deployment(folder, monkeypatch):
    monkeypatch.setenv("IG_OPTIONS_DATA", str(folder))
    monkeypatch.setenv("IG_OPTIONS_LANGUAGE", LANGUAGE)


@cache
def pages() -> dict[str, str]:
    """Return every page that the app leads to: its script and its title."""
    found: dict[str, str] = {}
    navigation = st.navigation

    def note(listed, **options):
        flat = [page for part in listed.values() for page in part] if isinstance(listed, Mapping) else listed
        found.update({str(Path(page._page).relative_to(SCRIPT.parent)): page.title for page in flat})
        return navigation(listed, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(st, "navigation", note)
        AppTest.from_file(str(SCRIPT), default_timeout=60).run()
    return found


PAGES = sorted(str(path.relative_to(SCRIPT.parent)) for path in (SCRIPT.parent / "decision/ui/pages").glob("*.py"))

# ----------------------------------------------------------------- what is shown


class _Shown(HTMLParser):
    """The texts of a piece of HTML that a person sees or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent = 0

    def handle_starttag(self, tag, attrs):
        self.silent += tag in ("script", "style")
        self.texts += [text for name, text in attrs if name in SHOWN_ATTRIBUTES and text]

    def handle_endtag(self, tag):
        self.silent -= tag in ("script", "style")

    def handle_data(self, data):
        if not self.silent:
            self.texts.append(data)


def shown(node) -> Iterator[str]:
    """Yield every text under a node of the page: labels, answers, help, Markdown, HTML, charts."""
    proto = getattr(node, "proto", None)
    if proto is not None and node.type not in ("code", "plotly_chart"):
        for text in strings(proto):
            yield from visible(text)
    if node.type == "plotly_chart":
        yield from charted(json.loads(proto.spec))
        yield from visible(proto.alt)
    for child in getattr(node, "children", {}).values():
        yield from shown(child)


def strings(message) -> Iterator[str]:
    """Yield every string of a message but those that only a browser reads."""
    for field, value in message.ListFields():
        if field.name in NOT_READ:
            continue
        if field.message_type is not None:
            if field.message_type.GetOptions().map_entry:
                continue
            for inner in value if hasattr(value, "__len__") and not hasattr(value, "ListFields") else (value,):
                yield from strings(inner)
        elif field.type == field.TYPE_STRING:
            yield from (value,) if isinstance(value, str) else value


def visible(text: str) -> list[str]:
    """Return the texts of HTML or Markdown."""
    parser = _Shown()
    parser.feed(text)
    parser.close()
    return parser.texts


def charted(figure) -> Iterator[str]:
    """Yield what a chart says: axes, names, notes."""
    in_list = isinstance(figure, list)
    for key, value in enumerate(figure) if in_list else figure.items():
        if isinstance(value, str) and (in_list or key in ("text", "name")):
            yield from visible(value.replace("<br>", " "))
        elif isinstance(value, dict | list) and key not in ("template", "shape"):
            yield from charted(value)


# --------------------------------------------------------------------- what may be


@pytest.fixture(scope="module")
def allowed(translated) -> tuple[str, ...]:
    """Return what is the same in every language.

    Names of agents, products and programs; citations, which name a text in its own
    language; figures as they were read; the SURE test, which nobody may
    translate; and what the language itself gives (months, money, "and", "or").
    """
    rows = [row for table in translated.tables.values() for row in table]
    found = {getattr(row, name, None) for row in rows for name in ("agent", "short", "citation", "as_read")}
    found |= {product for row in rows for product in getattr(row, "products", ())}
    own = {*Locale.parse(LANGUAGE).months["format"]["wide"].values(), "et", "ou", "US", "CA", "AU", "GB", "textstat"}
    test = sure_test()
    own |= {*(item.text for item in test.items), *test.terms, test.copyright, test.citation}
    return tuple(sorted(filter(None, found | own | {translated.version}), key=len, reverse=True))


def english(text: str, allowed: tuple[str, ...] = ()) -> str:
    """Return what of a text was not translated: outside the brackets, or in plain letters inside them."""
    said = re.sub(r"\{[a-z]*\}?", " ", text)  # a rule on the evidence page has its blanks as the table has them
    for name in allowed if re.search("[A-Za-z]", text) else ():
        if name in said:
            said = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", said)
    outside, depth = [], 0
    cut = said.find("⟧") if said.find("⟧") < (said.find("⟦") % (len(said) + 1)) else -1
    for letter in said[cut + 1 :]:  # a text that was cut in two begins inside
        depth += (letter == "⟦") - (letter == "⟧")
        if depth == 0 and letter.isalpha():
            outside.append(letter)
    inside = re.findall(r"[A-Za-z][A-Za-z' ]*", said)
    return " ".join(["".join(outside), *inside]).strip()


def left(at: AppTest, allowed: tuple[str, ...]) -> list[str]:
    """Return the texts of a page in which something was not translated."""
    assert not at.exception
    said = {text for text in shown(at._tree) if text.strip()} - set(visible(DICTIONARY))
    assert any("⟦" in text for text in said), "nothing is translated"
    found = {text: english(text, allowed) for text in said}
    return sorted(f"{rest}: {text[:200]}" for text, rest in found.items() if rest)


def opened(query: Mapping[str, str], page: str, state: Mapping[str, object] | None = None) -> AppTest:
    """Open a page of the app with an address and with what is chosen on it."""
    at = tap(AppTest.from_file(str(SCRIPT), default_timeout=60), *POPOVERS)
    at.query_params.update(query)
    for key, value in (state or {}).items():
        at.session_state[key] = value
    at.run()
    return at if page.endswith("compare.py") else at.switch_page(page).run()


# --------------------------------------------------------------------------- tests


def test_the_navigation_leads_to_every_page_under_a_translated_title(allowed):
    assert sorted(pages()) == PAGES
    assert [title for title in pages().values() if english(title, allowed)] == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_no_english_is_left_on_a_page(allowed, page, situation):
    assert left(opened(SITUATIONS[situation], page), (*TYPED, *allowed)) == []


@pytest.mark.parametrize("state", OPENED, ids=str)
def test_no_english_is_left_in_what_is_opened(allowed, state):
    first = next(iter(state)).partition("-")[0]
    page = f"decision/ui/pages/{'compare' if first == 'charts' else first}.py"
    assert left(opened(CIDP, page, state), allowed) == []


def test_english_is_found_where_it_is():
    assert english("⟦ƒīṽḗ⟧ hours")
    assert english("⟦ƒīṽḗ hours⟧")
    assert english("ƒīṽḗ")
    assert not english("⟦ƒīṽḗ⟧: 5 (⟦6⟧, ⟦ħ⟧)")
    assert not english("⟦ƒīṽḗ IVIG⟧ IVIG", ("IVIG",))
    assert english("IVIGs", ("IVIG",))
    assert not english("ƒīṽḗ⟧ 3 ⟦ħǿ"), "a text cut in two at both ends"
    assert english("ƒīṽḗ⟧ ħǿ")
