"""The data dictionary, written from the row models: `data/datapackage.json` and the tables of `data/README.md`.

python -m decision.dictionary          write both
python -m decision.dictionary --check  exit 1 where they differ from the models
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from pydantic.fields import FieldInfo

from decision.catalogue import DATA_DIR
from decision.rows import KEYS, REFERENCES, TABLES, Row, columns

START, END = "<!-- columns: start -->", "<!-- columns: end -->"
VERSION = "0.1.0"


def datapackage() -> dict[str, Any]:
    """Return the Frictionless data package that describes every table and column."""
    return {
        "profile": "tabular-data-package",
        "name": "ig-options",
        "title": "Ig Options: immunoglobulin and its alternatives",
        "version": VERSION,
        "licenses": [
            {"name": "CC-BY-4.0", "title": "Creative Commons Attribution 4.0"},
        ],
        "resources": [_resource(name, model) for name, model in TABLES.items()],
    }


def _resource(name: str, model: type[Row]) -> dict[str, Any]:
    keys = [
        {"fields": list(columns), "reference": {"resource": target, "fields": _target_fields(columns, target)}}
        for columns, target in REFERENCES.get(name, ())
        if not any(_is_list(model, column) for column in columns)
    ]
    schema: dict[str, Any] = {
        "fields": [_field(column, info) for column, info in _fields(name)],
        "missingValues": [""],
    }
    if all(model.model_fields[column].is_required() for column in KEYS[name]):
        schema["primaryKey"] = list(KEYS[name])
    if keys:
        schema["foreignKeys"] = keys
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "description": _summary(model),
        "schema": schema,
    }


def _fields(name: str) -> list[tuple[str, FieldInfo]]:
    """Return the columns of a table in the order of its file."""
    return [(column, TABLES[name].model_fields[column]) for column in columns(name)]


def _target_fields(columns: tuple[str, ...], target: str) -> list[str]:
    if set(columns) <= set(KEYS[target]):
        return list(columns)
    return list(KEYS[target])


def _is_list(model: type[Row], column: str) -> bool:
    return _schema(model.model_fields[column])["type"] == "list"


def _field(column: str, info: FieldInfo) -> dict[str, Any]:
    kind = _schema(info)
    field: dict[str, Any] = {"name": column, "type": "string" if kind["type"] == "list" else kind["type"]}
    if kind["type"] == "boolean":
        field.update(trueValues=["true"], falseValues=["false"])
    field["description"] = info.description or ""
    constraints: dict[str, Any] = {
        key: value for key, value in kind.items() if key in ("enum", "minimum", "maximum", "pattern")
    }
    if info.is_required():
        constraints["required"] = True
    if constraints:
        field["constraints"] = constraints
    return field


def _schema(info: FieldInfo) -> dict[str, Any]:
    """Return type and constraints of a column, read off the JSON schema that pydantic makes of it."""
    from pydantic import TypeAdapter

    annotated: Any = info.annotation if not info.metadata else _annotated(info)
    schema = TypeAdapter(annotated).json_schema()
    schema = next((part for part in schema.get("anyOf", []) if part.get("type") != "null"), schema)
    if schema.get("type") == "array":
        return {"type": "list"}
    kind = {"string": "date" if schema.get("format") == "date" else "string"}.get(schema["type"], schema["type"])
    found: dict[str, Any] = {"type": kind}
    for ours, theirs in (("enum", "enum"), ("minimum", "minimum"), ("maximum", "maximum"), ("pattern", "pattern")):
        if theirs in schema:
            found[ours] = schema[theirs]
    return found


def _annotated(info: FieldInfo) -> Any:
    from typing import Annotated

    return Annotated[(info.annotation, *info.metadata)]


def _summary(model: type[Row]) -> str:
    return (model.__doc__ or "").strip().splitlines()[0]


def columns_markdown() -> str:
    """Return a section for each table: what it holds, its key, and every column with type and meaning."""
    parts = []
    for name, model in TABLES.items():
        parts += [
            f"### `{name}.csv`",
            "",
            _summary(model),
            "",
            f"Key: {', '.join(f'`{key}`' for key in KEYS[name])}",
            "",
        ]
        parts += ["| column | type | needed | meaning |", "|---|---|---|---|"]
        for column, info in _fields(name):
            kind = _schema(info)
            shown = "list, `;` between" if kind["type"] == "list" else kind["type"]
            if "enum" in kind:
                shown = " ".join(f"`{value}`" for value in kind["enum"])
            needed = "yes" if info.is_required() else ""
            parts.append(f"| `{column}` | {shown} | {needed} | {(info.description or '').replace('|', '&#124;')} |")
        parts.append("")
    return "\n".join(parts)


def documents(folder: Path = DATA_DIR) -> dict[Path, str]:
    """Return the files that are written from the models, with the text they should have."""
    readme = folder / "README.md"
    text = readme.read_text(encoding="utf-8")
    body = re.sub(
        f"{re.escape(START)}.*{re.escape(END)}", lambda _: f"{START}\n\n{columns_markdown()}\n{END}", text, flags=re.S
    )
    return {
        folder / "datapackage.json": json.dumps(datapackage(), ensure_ascii=False, indent=1) + "\n",
        readme: body,
    }


def main(arguments: list[str]) -> int:
    """Write the documents, or with --check say which are out of date."""
    stale = [
        path for path, text in documents().items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if "--check" in arguments:
        for path in stale:
            print(f"{path.name} is out of date; run 'make dictionary'", file=sys.stderr)
        return 1 if stale else 0
    for path, text in documents().items():
        path.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
