"""The whole data package as one file: every table, its description and its dictionary."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from decision.rows import TABLES

DOCUMENTS = ("datapackage.json", "README.md")


def zipped(folder: Path) -> bytes:
    """Return the tables of a folder with their description as a zip file. The same tables give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (*(f"{table}.csv" for table in TABLES), *DOCUMENTS):
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            archive.writestr(entry, (folder / name).read_bytes(), zipfile.ZIP_DEFLATED)
    return out.getvalue()
