"""The tables in another language: a template for translators, and the catalogue in their words.

python -m decision.translation    write locale/ig-options.pot (make messages)

Translations are gettext files, `locale/xx/LC_MESSAGES/ig-options.po`, beside the
folder of the tables they belong to. What is translated follows from the row
models: every column of the type `Prose`. What is not translated yet, or marked
as fuzzy, stays in English.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import sys
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from string import Formatter
from typing import Any, get_args

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po, write_po

from decision.catalogue import DATA_DIR, Catalogue, CatalogueError, load_catalogue
from decision.problem import Problem
from decision.rows import KEYS, TABLES, Row, Sourced, Translated

ENGLISH = "en"
DOMAIN = "ig-options"
LOCALES = "locale"
BETWEEN = "; "
MOST_PLACES = 5
"""So many rows are named above a text of the template."""

Message = tuple[str, str]
"""A context and a text in English: two columns may say the same word and mean two things."""


# ------------------------------------------------------------------ what is translated


def contexts(table: str) -> dict[str, str]:
    """Return the columns of a table that hold text for people, each with the context of its texts.

    The context is `table.column`. A column that several tables share is one
    context, so that two texts which are the same in English stay the same.
    """
    model = TABLES[table]
    found = {}
    for column, info in model.model_fields.items():
        if any(isinstance(part, Translated) for part in _metadata(info.annotation, info.metadata)):
            shared = next(base for base in reversed(model.__mro__) if column in getattr(base, "__annotations__", {}))
            found[column] = f"{table if shared is model else shared.__name__.lower()}.{column}"
    return found


def _metadata(annotation: Any, metadata: list[Any]) -> Iterator[Any]:
    """Yield what a type is annotated with, also inside `... | None`."""
    yield from metadata
    for part in get_args(annotation):
        yield from getattr(part, "__metadata__", ())


def texts(table: str, row: Row) -> Iterator[tuple[str, Message]]:
    """Yield the texts of a row for people: the column, and the context with the text; a list is one text."""
    for column, context in contexts(table).items():
        value = getattr(row, column)
        if value:
            yield column, (context, value if isinstance(value, str) else BETWEEN.join(value))


# -------------------------------------------------------------------------- the template


def template(catalogue: Catalogue) -> Catalog:
    """Return every distinct text of the tables, without a translation, with the rows it stands in.

    The same tables give the same template: its date is the newest check of a fact.
    """
    places: dict[Message, list[str]] = {}
    for table, rows in catalogue.tables.items():
        for row in rows:
            for _, message in texts(table, row):
                places.setdefault(message, []).append(_place(table, row))
    days = [row.checked for rows in catalogue.tables.values() for row in rows if isinstance(row, Sourced)]
    newest = datetime.datetime.combine(max(days), datetime.time(), datetime.UTC)
    found = Catalog(project=DOMAIN, version=catalogue.version, creation_date=newest, charset="utf-8")
    for (context, text), named in places.items():
        more = [f"and {len(named) - MOST_PLACES} more"] if len(named) > MOST_PLACES else []
        entry = found.add(text, auto_comments=named[:MOST_PLACES] + more, context=context)
        entry.flags.discard("python-format")  # "95% of" is no format of Python
    return found


def _place(table: str, row: Row) -> str:
    key = (getattr(row, column) for column in KEYS[table])
    return f"{table}.csv: {' / '.join(str(part) for part in key if part is not None)}"


def as_po(catalog: Catalog) -> str:
    """Return a gettext catalogue as the text of its file."""
    out = io.BytesIO()
    write_po(out, catalog, width=100)
    return out.getvalue().decode("utf-8")


# ----------------------------------------------------------------------- the translation


def load(data_dir: Path | str = DATA_DIR, language: str = ENGLISH) -> Catalogue:
    """Read and check the tables, in a language.

    In: the folder of the tables, a language code such as `fr` or `pt_BR`. Out:
    the Catalogue in that language, or in English where it has no translation.
    Raises CatalogueError where the tables or the translation have a problem.
    """
    catalogue = load_catalogue(data_dir)
    path = path_of(data_dir, language)
    if language == ENGLISH or not path.is_file():
        return catalogue
    name = f"{LOCALES}/{'/'.join(path.parts[-3:])}"
    try:
        content = path.read_bytes()
        Locale.parse(language)
        translations = _read(content, language)
    except (PoFileError, OSError, ValueError, UnknownLocaleError) as error:
        mend = "name the folder after a language that gettext knows, and save the file as it came from the editor"
        raise CatalogueError([Problem(name, None, None, f"the file cannot be read ({error})", mend)]) from error
    problems = [Problem(name, None, None, *found) for found in _wrong_blanks(translations)]
    if problems:
        raise CatalogueError(problems)
    version = f"{catalogue.version}-{language}-{hashlib.sha256(content).hexdigest()[:6]}"
    tables = {
        table: tuple(_in_other_words(table, row, translations) for row in rows)
        for table, rows in catalogue.tables.items()
    }
    return replace(catalogue, tables=tables, version=version, language=language)


def path_of(data_dir: Path | str, language: str) -> Path:
    """Return where the translation of these tables into a language stands, if there is one."""
    return Path(data_dir).resolve().parent / LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def _read(content: bytes, language: str) -> dict[Message, str]:
    """Return what is translated, by context and text; fuzzy and empty entries are not."""
    return {
        (message.context or "", message.id): message.string.strip()
        for message in read_po(io.BytesIO(content), locale=language, abort_invalid=True)
        if isinstance(message.id, str)
        and isinstance(message.string, str)
        and message.id
        and message.string.strip()
        and not message.fuzzy
    }


def _wrong_blanks(translations: Mapping[Message, str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with the {names} of translated texts, and how to mend it."""
    for (context, original), text in translations.items():
        wanted = _blanks(original)
        if wanted is not None and _blanks(text) != wanted:
            names = ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "no {names}"
            yield f"{context}: the translation of “{original}” has other blanks: “{text}”", f"use {names}"


def _blanks(text: str) -> frozenset[str] | None:
    """Return the {names} of a text, or None where a brace stands alone."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return None


def _in_other_words(table: str, row: Row, translations: Mapping[Message, str]) -> Row:
    """Return a row with every text that is translated; a list is split again."""
    changed: dict[str, str | tuple[str, ...]] = {}
    for column, message in texts(table, row):
        text = translations.get(message)
        if text is not None:
            is_list = isinstance(getattr(row, column), tuple)
            changed[column] = tuple(part.strip() for part in text.split(";") if part.strip()) if is_list else text
    return row.model_copy(update=changed) if changed else row


def main() -> int:
    """Write the template beside the tables."""
    folder = DATA_DIR.parent / LOCALES
    folder.mkdir(exist_ok=True)
    (folder / f"{DOMAIN}.pot").write_text(as_po(template(load_catalogue())), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
