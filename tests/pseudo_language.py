"""A language made up on the fly: every text of the tables in other letters, in brackets, and a third longer.

What is not in brackets on a page did not come from the tables; what is in plain
letters inside was put into a sentence without being translated itself.
"""

from __future__ import annotations

import math
import re
import shutil
from pathlib import Path

from decision.catalogue import DATA_DIR, load_catalogue
from decision.translation import as_po, path_of, template

LANGUAGE = "fr"
"""Figures, days and lists are French, so that an English one is seen."""

PLAIN = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
OTHER = "ȧƀƈḓḗƒɠħīĵķŀḿƞǿƥɋřşŧŭṽẇẋẏẑȦƁƇḒḖƑƓĦĪĴĶĿḾȠǾƤɊŘŞŦŬṼẆẊẎẐ"
LETTERS = str.maketrans(PLAIN, OTHER)
MORE = "ŧħḗ řḗşŧ ǿƒ ŧħīş īş ḿǿřḗ ŧḗẋŧ, "
LONGER = 1 / 3


def pseudo(text: str) -> str:
    """Return a text in other letters, in brackets, and a third longer; a {name} stays as it is."""
    parts = re.split(r"(\{[a-z_]+\})", text)
    said = "".join(part if part.startswith("{") else part.translate(LETTERS) for part in parts)
    length = math.ceil(len(text) * LONGER)
    more = (MORE * (length // len(MORE) + 1))[:length].strip(" ,")
    return f"⟦{said} {more}⟧"


def write_pseudo_language(folder: Path) -> Path:
    """Copy the tables into a folder, put their translation beside them, and return the folder of the tables."""
    tables = Path(shutil.copytree(DATA_DIR, folder / "data"))
    catalog = template(load_catalogue(tables))
    catalog.locale = LANGUAGE
    catalog.fuzzy = False
    for message in catalog:
        if message.id:
            message.string = pseudo(message.id)
    path = path_of(tables, LANGUAGE)
    path.parent.mkdir(parents=True)
    path.write_text(as_po(catalog), encoding="utf-8")
    return tables
