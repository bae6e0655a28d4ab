"""The SURE test: four yes-or-no questions on how settled a choice is, and what the answers mean in words.

The questions and their notice stand in a file of their own, `data/sure.toml`:
their wording is fixed by those who own it, so it is no phrase of ours, is never
translated and takes no part in our reading test. What we say about the answers
is ours. Nothing is kept: answers come in, sentences go out.
Source: Légaré et al. 2010, Can Fam Physician 56(8):e308-14, PMID 20705870.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from decision.wording import Words

SURE_FILE = Path(__file__).resolve().parent.parent / "data" / "sure.toml"
ITEMS = 4
"""Questions of the test: with one more or less it would be another test."""


@dataclass(frozen=True)
class SureItem:
    """One question of the test, in its exact words."""

    item: str
    text: str


@dataclass(frozen=True)
class SureTest:
    """The test with the notice that must stand beside it."""

    title: str
    language: str
    items: tuple[SureItem, ...]
    copyright: str
    citation: str
    url: str
    terms_url: str
    terms: tuple[str, ...]
    positive_at_most: int


def sure_test(path: Path = SURE_FILE) -> SureTest:
    """Read the test and its notice.

    Raises ValueError, in one plain sentence, where the file is missing, broken or without its notice:
    the test must not be shown then.
    """
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
        notice = read["notice"]
        if len(read["items"]) != ITEMS or not all(notice[name] for name in ("copyright", "citation", "terms")):
            raise KeyError("four questions with copyright, citation and terms")
        return SureTest(
            title=read["title"],
            language=read["language"],
            items=tuple(SureItem(row["item"], row["text"]) for row in read["items"]),
            copyright=notice["copyright"],
            citation=notice["citation"],
            url=notice["url"],
            terms_url=notice["terms_url"],
            terms=tuple(notice["terms"]),
            positive_at_most=notice["positive_at_most"],
        )
    except OSError as error:
        raise ValueError(f"{path.name} cannot be read; put the file of the release back") from error
    except (tomllib.TOMLDecodeError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path.name} is not in order ({error}); put the file of the release back") from error


def unsettled(answers: Mapping[str, bool], test: SureTest) -> bool | None:
    """Return whether the answers are a sign of decisional conflict; None while that is still open.

    In: for each item answered, yes (True) or no (False). A test is positive where at most
    `positive_at_most` answers can be yes, so the first "no" settles it.
    """
    given = [answers[row.item] for row in test.items if row.item in answers]
    if len(test.items) - given.count(False) <= test.positive_at_most:
        return True
    return False if len(given) == len(test.items) else None


def conclusion(answers: Mapping[str, bool], test: SureTest, words: Words) -> tuple[str, ...]:
    """Return what the answers mean, as sentences; none while nothing can be said.

    After a "no": that it is worth a talk with the team, then what may help for each "no". Never a score.
    """
    found = unsettled(answers, test)
    if found is None:
        return ()
    if not found:
        return (words("sure.settled"),)
    noes = [row.item for row in test.items if answers.get(row.item) is False]
    return (words("sure.talk"), *(words(f"sure.help.{item}") for item in noes))


def introduction(words: Words) -> str:
    """Return the sentence to stand before the test: it is optional, nothing is kept."""
    return words("sure.introduction")
