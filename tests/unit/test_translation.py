"""The tables in another language: what is translated, the template, and what a translation may not do."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path
from typing import get_args

import pytest
import tiny
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from pseudo_language import LANGUAGE, pseudo, write_pseudo_language

from decision import Scenario, compare
from decision.catalogue import DATA_DIR, CatalogueError, load_catalogue
from decision.rows import TABLES, Id, Row
from decision.scenario import read
from decision.translation import as_po, contexts, load, path_of, template, texts

CODE = sorted(Path(load.__code__.co_filename).parent.rglob("*.py"))

SAME_EVERYWHERE = {
    # names: tables refer to an agent by its name, a product is sold under it
    "agents.agent", "agents.products", "effects.agent", "regimens.agent", "prices.agent", "rules.agents",
    "messages.agents", "living.agents",
    # names as they are counted in the reading test: each language has its own measure
    "reading_names.name", "reading_names.reason",
    # a text of its own, in its own language
    "sources.citation", "sources.short",
    # figures as they were read
    "outcomes.as_read", "effects.as_read", "onset.as_read", "regimens.as_read", "prices.as_read", "guidelines.as_read",
    "living.as_read", "reviews.as_read",
    # codes and the language of rules
    "conditions.icd10", "conditions.orphanet", "rules.code", "rules.when", "rules.conditions", "rules.needs",
    "messages.when", "messages.conditions", "living.conditions", "quick_limits.value",
}  # fmt: skip


# ------------------------------------------------------------ what is translated


def free_texts() -> set[str]:
    """Return the columns that hold words: no identifier, no vocabulary, no pattern, no number, no day."""
    found = set()
    for table, model in TABLES.items():
        schema = model.model_json_schema()["properties"]
        for column, kind in schema.items():
            kinds = kind.get("anyOf", [kind])
            kinds += [part["items"] for part in kinds if "items" in part]
            if any(k.get("type") == "string" and not {"enum", "pattern", "format", "const"} & k.keys() for k in kinds):
                found.add(f"{table}.{column}")
    return found


def translated_columns() -> set[str]:
    return {f"{table}.{column}" for table in TABLES for column in contexts(table)}


def test_every_column_of_words_is_translated_or_the_same_in_every_language():
    assert free_texts() - translated_columns() == SAME_EVERYWHERE
    assert translated_columns() - free_texts() == {"prices.price_date"}, "a date that must hold a year"


def test_no_identifier_is_translated():
    assert get_args(Id)
    assert not any(column.endswith(("_ids", ".status", ".condition")) for column in translated_columns())


def test_a_column_that_tables_share_is_one_context():
    """A figure is counted over another time than its row where the two texts differ: equal ones must stay equal."""
    assert contexts("effects")["follow_up"] == contexts("outcomes")["follow_up"] == "rated.follow_up"
    assert contexts("rules")["text"] == "rules.text"


# ------------------------------------------------------------------- the template


def test_the_template_holds_every_text_for_people(catalogue):
    catalog = template(catalogue)
    for table, rows in catalogue.tables.items():
        for column in contexts(table):
            for row in rows:
                value = getattr(row, column)
                if value:
                    text = value if isinstance(value, str) else "; ".join(value)
                    assert catalog.get(text, contexts(table)[column]) is not None, (table, column, text)


def test_the_template_read_again_is_the_same(tmp_path, catalogue):
    path = tmp_path / "x.pot"
    path.write_text(as_po(template(catalogue)), encoding="utf-8")
    with path.open("rb") as file:
        again = read_po(file)
    first = [(message.context, message.id) for message in template(catalogue)]
    assert [(message.context, message.id) for message in again] == first
    assert not any(m.string for m in again if m.id)
    assert as_po(template(catalogue)) == as_po(template(load_catalogue()))


def test_a_text_names_its_rows_and_many_rows_are_counted():
    given = tiny.tables(roles=[tiny.role("ivig"), tiny.role("scig")], phrases=())
    catalog = template(given)
    assert catalog.get("The role of ivig.", "roles.reason").auto_comments == [
        "roles.csv: tiny / calm / ivig",
        "roles.csv: tiny / urgent / ivig",
    ]
    names = ("ivig", "scig", "hsct", "other", "anti_d", "splenectomy")
    many = tiny.tables(options=tuple(tiny.option(name, plain_name="One") for name in names))
    assert template(many).get("One", "options.plain_name").auto_comments[-1] == "and 1 more"


def test_a_figure_in_percent_is_no_format():
    given = tiny.tables(outcomes=(tiny.outcome(question="What do 95% of people get?"),))
    assert template(given).get("What do 95% of people get?", "outcomes.question").flags == set()


# ---------------------------------------------------------------- the translation


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return write_pseudo_language(tmp_path_factory.mktemp("pseudo"))


def translation(folder: Path, *said: tuple[str, str, str], fuzzy: bool = False) -> Path:
    """Write a translation with these texts: context, English, other language. Returns the folder of the tables."""
    tables = Path(shutil.copytree(DATA_DIR, folder / "data"))
    catalog = Catalog(locale=LANGUAGE, fuzzy=False)
    for context, text, other in said:
        catalog.add(text, other, context=context, flags=("fuzzy",) if fuzzy else ())
    path = path_of(tables, LANGUAGE)
    path.parent.mkdir(parents=True)
    path.write_text(as_po(catalog), encoding="utf-8")
    return tables


FITS = ("phrases.text", "Fits", "Convient")


def test_every_text_is_translated_and_nothing_else_changes(catalogue, folder):
    french = load(folder, LANGUAGE)
    assert (french.language, french.words.language) == (LANGUAGE, LANGUAGE)
    for table, rows in catalogue.tables.items():
        columns = contexts(table)
        for before, after in zip(rows, french.tables[table], strict=True):
            for name in type(before).model_fields:
                was, now = getattr(before, name), getattr(after, name)
                if name not in columns or not was:
                    assert now == was
                elif isinstance(was, str):
                    assert now == pseudo(was)
                else:
                    assert "; ".join(now) == pseudo("; ".join(was))


def test_verdicts_and_figures_are_the_same_in_every_language(catalogue, folder):
    french = load(folder, LANGUAGE)
    said = {"travel_minutes": 120, "ig_supply": "critical", "supply_plan": "uk", "weights": {"benefit": 8, "time": 5}}
    for place in catalogue.roles:
        here, there = compare(catalogue, Scenario(*place, **said)), compare(french, Scenario(*place, **said))
        for one, other in zip(here.options, there.options, strict=True):
            assert one.verdict == other.verdict
            assert [reason.code for reason in one.screened.reasons] == [r.code for r in other.screened.reasons]
            assert [cell.risk for cell in one.outcomes] == [cell.risk for cell in other.outcomes]
            assert [cell.other_time for cell in one.outcomes] == [cell.other_time for cell in other.outcomes]
            assert (one.burden, one.cost.per_year, one.supply.grams) == (
                other.burden,
                other.cost.per_year,
                other.supply.grams,
            )
        assert here.match is None or here.match.leaders == there.match.leaders


def test_what_is_not_translated_stays_english(tmp_path):
    found = load(translation(tmp_path, FITS), LANGUAGE)
    assert found.words("verdict.suitable") == "Convient"
    assert found.words("verdict.not_suitable") == "Ruled out"


def test_what_is_fuzzy_is_not_used(tmp_path):
    assert load(translation(tmp_path, FITS, fuzzy=True), LANGUAGE).words("verdict.suitable") == "Fits"


def test_the_same_word_in_another_column_is_not_meant(tmp_path):
    found = load(translation(tmp_path, ("glossary.term", "Fits", "Attaque")), LANGUAGE)
    assert found.words("verdict.suitable") == "Fits"


def test_a_list_may_be_shorter(tmp_path, catalogue):
    names = "; ".join(catalogue.conditions["cidp"].synonyms)
    found = load(translation(tmp_path, ("conditions.synonyms", names, "PIDC; polyradiculonévrite ;")), LANGUAGE)
    assert found.conditions["cidp"].synonyms == ("PIDC", "polyradiculonévrite")


@pytest.mark.parametrize("language", ["en", "de", "xx", "../data", ""])
def test_a_language_without_a_translation_is_english(tmp_path, language):
    found = load(translation(tmp_path, FITS), language)
    assert (found.language, found.words("verdict.suitable")) == ("en", "Fits")


def test_each_state_of_a_translation_is_a_version_of_its_own(tmp_path, catalogue):
    one = load(translation(tmp_path / "1", FITS), LANGUAGE).version
    two = load(translation(tmp_path / "2", ("phrases.text", "Fits", "Va")), LANGUAGE).version
    assert len({one, two, catalogue.version}) == 3
    assert one.startswith(f"{catalogue.version}-{LANGUAGE}-")


@pytest.mark.parametrize(
    ("context", "text", "wrong", "mend"),
    [
        ("phrases.text", "{n} options.", "options.", "use {n}"),
        ("phrases.text", "{n} options.", "{count} options.", "use {n}"),
        ("phrases.text", "{n} options.", "{n} {all} options.", "use {n}"),
        ("phrases.text", "{n} options.", "{n options.", "use {n}"),
        ("phrases.text", "{n} options.", "{} options.", "use {n}"),
        ("phrases.text", "Fits", "{n} fits", "use no {names}"),
        ("rules.text", "It is about {agents}.", "About {agent}.", "use {agents}"),
    ],
)
def test_other_blanks_are_a_problem_that_names_file_and_text(tmp_path, context, text, wrong, mend):
    with pytest.raises(CatalogueError) as raised:
        load(translation(tmp_path, (context, text, wrong)), LANGUAGE)
    said = str(raised.value.problems[0])
    assert said.startswith(f"locale/{LANGUAGE}/LC_MESSAGES/ig-options.po: {context}: the translation of “{text}”")
    assert said.endswith(mend)


def test_a_blank_may_stand_elsewhere_or_twice(tmp_path):
    found = load(translation(tmp_path, ("phrases.text", "First {a}, then {b}", "{b} après {a}, {a}")), LANGUAGE)
    assert found.words("values.pair.answer", a=1, b=2) == "2 après 1, 1"


@pytest.mark.parametrize("content", [b"msgid", b"\xff\xfe\x00", b"what is this"])
def test_a_file_that_is_no_translation_is_named(tmp_path, content):
    tables = translation(tmp_path, FITS)
    path_of(tables, LANGUAGE).write_bytes(content)
    with pytest.raises(CatalogueError, match=r"ig-options\.po: the file cannot be read"):
        load(tables, LANGUAGE)


def test_a_folder_that_is_no_language_is_named(tmp_path):
    tables = translation(tmp_path, FITS)
    shutil.copytree(path_of(tables, LANGUAGE).parent, path_of(tables, "klingon").parent)
    with pytest.raises(CatalogueError, match=r"locale/klingon/LC_MESSAGES/ig-options\.po"):
        load(tables, "klingon")


def test_a_notice_is_in_the_language_of_the_tables(folder):
    _, notices = read({"condition": "gout", "weight_kg": "heavy", "colour": "1"}, load(folder, LANGUAGE))
    assert len(notices) == 3
    assert all(notice.startswith("⟦") and notice.endswith("⟧") for notice in notices)
    assert "weight" not in " ".join(notices)


# ------------------------------------------------------- nothing else makes sentences


def test_sentences_are_taken_from_the_catalogue_in_its_language():
    """`Words(catalogue.phrases)` would forget the language of figures."""
    made = [
        path.name
        for path in CODE
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Words"
    ]
    assert made == ["catalogue.py"]


def test_the_texts_of_a_row(catalogue):
    row: Row = catalogue.dealbreakers["plasma"]
    assert list(texts("dealbreakers", row)) == [("text", ("dealbreakers.text", row.text))]
