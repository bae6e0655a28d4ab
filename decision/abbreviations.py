"""Abbreviations and other words of the glossary: where they stand in a text, and what they stand for.

A view hands over its texts in reading order. `expand_first` says what an
abbreviation stands for where it comes first; `terms_in` names the rows of the
glossary that a reader of these texts may want to open.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from decision.rows import GlossaryTerm

COMPOUND = re.compile(r"(?:-\w+)*(?:['’]s)?")
"""The rest of a word put together with an abbreviation, as in `IVIG-resistant`: the expansion comes after all of it."""


def is_abbreviation(term: str) -> bool:
    """Say whether a term is or holds an abbreviation: a word with two capitals or more.

    >>> [is_abbreviation(term) for term in ("IgG", "TPO-RA", "JAK inhibitor", "Plasma", "Lambert-Eaton")]
    [True, True, True, False, False]
    """
    return bool(abbreviations_in(term))


def abbreviations_in(text: str) -> list[str]:
    """Return the abbreviations of a text in reading order, each as often as it stands there.

    >>> abbreviations_in("IVIG for CIDP, by Guillain-Barré")
    ['IVIG', 'CIDP']
    """
    return [word for word in re.findall(r"[^\W_]+", text) if sum(letter.isupper() for letter in word) > 1]


def unexplained(text: str, glossary: Sequence[GlossaryTerm], names: Collection[str] = ()) -> list[str]:
    """Return the abbreviations of a text that are in no row of the glossary and no part of a name.

    In: names that are written with capitals and stand for nothing, such as brands.
    """
    for name in names:
        text = text.replace(name, "")
    return abbreviations_in(without_terms(text, glossary))


def without_terms(text: str, glossary: Sequence[GlossaryTerm]) -> str:
    """Return a text without the words that the glossary explains."""
    return _pattern(tuple(row.term for row in glossary)).sub("", text)


def terms_in(texts: Iterable[str], glossary: Sequence[GlossaryTerm]) -> tuple[GlossaryTerm, ...]:
    """Return the rows of the glossary whose term stands in the texts, in the order in which they come first."""
    return tuple({row.term: row for text in texts for row, _, _ in _found(text, glossary)}.values())


def has_terms(texts: Iterable[str], glossary: Sequence[GlossaryTerm]) -> bool:
    """Return whether any term of the glossary stands in the texts; much faster than naming all of them."""
    pattern = _pattern(tuple(row.term for row in glossary))
    return any(pattern.search(text) for text in texts)


def expand_first(texts: Iterable[str], glossary: Sequence[GlossaryTerm]) -> list[str]:
    """Return the texts with each abbreviation explained where it comes first, as in `IgG (immunoglobulin G)`.

    In: the texts of one view in reading order. Out: as many texts, in the same
    order. A text that already holds the expansion is left as it is, so that a
    second run changes nothing.
    """
    rows = [row for row in glossary if row.expansion and is_abbreviation(row.term)]
    seen: set[str] = set()
    return [_expanded(text, rows, seen) for text in texts]


def _expanded(text: str, glossary: Sequence[GlossaryTerm], seen: set[str]) -> str:
    """Return a text with what is not in `seen` explained, and add to `seen` what it explains."""
    parts, done = [], 0
    for row, start, end in _found(text, glossary):
        expansion = row.expansion or ""
        if row.term in seen:
            continue
        seen.add(row.term)
        if expansion.lower() in text.lower():
            continue
        rest = COMPOUND.match(text, end)
        stop = rest.end() if rest else end
        parts.append(text[done:stop])
        done = stop
        if text[start - 1 : start] == "(" and text[stop : stop + 1] == ")":
            parts.append(f": {expansion}")
        elif text[stop : stop + 2] == " (":
            parts.append(f" ({expansion}; ")
            done = stop + 2
        else:
            parts.append(f" ({expansion})")
    return "".join((*parts, text[done:]))


def _found(text: str, glossary: Sequence[GlossaryTerm]) -> Iterator[tuple[GlossaryTerm, int, int]]:
    """Yield each term that stands in a text, with its ends."""
    for match in _pattern(tuple(row.term for row in glossary)).finditer(text):
        yield glossary[int((match.lastgroup or "t0")[1:])], match.start(), match.end()


@lru_cache(maxsize=8)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """Return a pattern in which each term is a group of its own: by first letter, for speed, and the longest first."""
    by_letter: dict[str, list[str]] = defaultdict(list)
    for index in sorted(range(len(terms)), key=lambda index: -len(terms[index])):
        by_letter[terms[index][0].lower()].append(f"(?P<t{index}>{_forms(terms[index])})")
    letters = (f"(?=(?i:{re.escape(letter)}))(?:{'|'.join(groups)})" for letter, groups in by_letter.items())
    return re.compile(rf"(?<!\w)(?:{'|'.join(letters)})(?!\w)" if terms else r"(?!)")


def _forms(term: str) -> str:
    """Return a pattern for a term and its plural; only abbreviations ask for their capitals."""
    parts = re.split(r"(\W+)", term)
    return "".join(_form(part, last=index == len(parts) - 1) for index, part in enumerate(parts))


def _form(part: str, last: bool) -> str:
    if is_abbreviation(part):
        return re.escape(part) + ("s?" if last else "")
    if not last or not part:
        return f"(?i:{re.escape(part)})"
    stem, ending = (part[:-1], "(?:y|ies)") if part.endswith("y") else (part.removesuffix("s"), "(?:s|es)?")
    return f"(?i:{re.escape(stem)}{ending})"
