"""The self-assessments as shipped: complete, current, and no better than the app is."""

import ast
import re
from pathlib import Path

import pytest

from decision.ipdas import DOCUMENT, assess, document, label, newest, tallies
from decision.ipdas_checks import CHECKS
from decision.reading import report

ROOT = Path(__file__).resolve().parents[2]

# IPDASi version 4: how many items each group has, and which of them are about tests only.
NUMBERS = {"qualifying": 6, "certification": 10, "quality": 28}
ABOUT_TESTS = {f"C{n}" for n in range(7, 11)} | {f"Q{n}" for n in range(24, 29)}
NEEDS_PEOPLE = {"Q12", "Q13", "Q14", "Q15", "Q16", "Q17", "Q22", "Q23"}


@pytest.fixture(scope="module")
def measured(catalogue):
    return report(catalogue)


@pytest.fixture(scope="module")
def found(catalogue, measured):
    return assess(catalogue, newest(catalogue), measured)


def test_every_item_of_the_standards_is_there_in_order(catalogue):
    wanted = [(group, n) for group, count in NUMBERS.items() for n in range(1, count + 1)]
    assert [(item.group, item.number) for item in catalogue.ipdas] == wanted


def test_what_is_about_tests_or_needs_people_is_what_the_standards_say(catalogue):
    by = {kind: {label(i, catalogue) for i in catalogue.ipdas if i.check == kind} for kind in CHECKS}
    assert all(len(items) == 1 for items in by.values()), "each check belongs to one item"
    kinds = {label(item, catalogue): item.check for item in catalogue.ipdas}
    assert {name for name, kind in kinds.items() if kind == "not_applicable"} == ABOUT_TESTS
    assert {name for name, kind in kinds.items() if kind == "people"} == NEEDS_PEOPLE


def test_all_that_can_be_built_is_met_in_every_situation(catalogue, found):
    assert {label(one.item, catalogue): one.fails for one in found if one.fails} == {}
    assert [(tally.met, tally.of) for tally in tallies(found)] == [(6, 6), (6, 6), (15, 23)]
    assert {one.of for one in found if one.of} == {len(catalogue.roles)}


def test_the_document_is_current(catalogue, measured):
    text = document(catalogue, newest(catalogue), measured)
    assert DOCUMENT.read_text(encoding="utf-8") == text, "run: python -m decision.ipdas --write"


# ------------------------------------------------------------------------- privacy


def privacy():
    """Return what each sentence on privacy is proved by: its phrase, and the cells of its row."""
    text = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
    return {row[0]: row[1] for row in re.findall(r"^\| `(about\.privacy\.\w+)` \| .* \| (.*) \|$", text, re.MULTILINE)}


def test_every_sentence_on_privacy_is_listed(catalogue):
    said = {name for name in catalogue.phrases if name.startswith("about.privacy.")} - {"about.privacy.title"}
    assert set(privacy()) == said


@pytest.mark.parametrize(("phrase", "proof"), privacy().items())
def test_every_promise_on_privacy_names_tests_that_exist(phrase, proof):
    named = re.findall(r"`([\w/.]+)::(\w+)`", proof)
    assert named or "a limit, not a promise" in proof
    for path, test in named:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert test in {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}, f"{path}::{test}"


# --------------------------------------------------------------------------- PEMAT


def test_the_sums_of_the_rating_of_ease_are_right():
    text = (ROOT / "docs" / "pemat.md").read_text(encoding="utf-8")
    rated = {
        int(n): rating for n, rating in re.findall(r"^\| (\d+) \| [^|]+ \| (1|0|n/a) \| [^|]+ \|$", text, re.MULTILINE)
    }
    assert sorted(rated) == [n for n in range(1, 27) if n not in (13, 14)]
    for title, numbers in (("understand", range(1, 20)), ("act on", range(20, 27))):
        given = [rated[n] for n in numbers if rated.get(n) in ("0", "1")]
        good = given.count("1")
        assert f"Easy to {title}: {good} of {len(given)} ({round(100 * good / len(given))}%)" in text


def test_links_between_the_documents_lead_somewhere():
    for page in (ROOT / "docs").glob("*.md"):
        for target in re.findall(r"\]\((?!https?:|#)([^)#\s]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
