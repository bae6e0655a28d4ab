"""The tables that are served now: read again when they change on disk, and never half of a change.

Three things may happen to a table while the app runs, and each has one answer:

- it breaks: nothing is served until it is mended (a wrong number is worse than none);
- it is still being written: the last good state is served until the files have been still for a moment;
- it is whole again: the new state is served, without a restart.
"""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

from decision.catalogue import DATA_DIR, Catalogue, CatalogueError
from decision.problem import Problem
from decision.translation import ENGLISH, load, path_of

DATA_ENV = "IG_OPTIONS_DATA"
"""Environment variable that names another folder of tables."""

LANGUAGE_ENV = "IG_OPTIONS_LANGUAGE"
"""Environment variable that names the language of this deployment, such as `fr`; English where it has no words."""

STILL_SECONDS = 1.0
"""How long no file may have changed before a new state is taken over from a good one."""

TRIES = 5

Stamp = tuple[tuple[str, int, int, int, int], ...]
"""Name, inode, size, and times of writing and of any change of each file."""


class Served:
    """The state of one folder of tables, with their translation if there is one; shared by all of a process."""

    def __init__(self, folder: Path, language: str = ENGLISH) -> None:
        self.folder, self.language = folder, language
        self._lock = threading.Lock()
        self._stamp: Stamp | None = None
        self._settled = False
        self._error: CatalogueError | None = None
        self._good: Catalogue | None = None

    def now(self) -> Catalogue:
        """Return the tables as they are now, or the last good ones while a change is under way.

        Raises CatalogueError with every problem where they break a rule.
        """
        current = stamp(self.folder, self.language)
        changed = current != self._stamp or (not self._settled and _still(current))
        first = self._good is None and self._error is None
        # Who comes while another reads gets what is known so far; only the very first have to wait.
        if changed and self._lock.acquire(blocking=first):
            try:
                self._take_over()
            finally:
                self._lock.release()
        if self._error is not None:
            raise self._error
        assert self._good is not None
        return self._good

    def _take_over(self) -> None:
        """Read the folder. A state that changed while it was read, or is still young, replaces no good one."""
        current = stamp(self.folder, self.language)
        if current == self._stamp and (self._settled or not _still(current)):
            return  # another was faster
        for _ in range(TRIES if self._good is None else 1):
            before, settled = current, _still(current)
            found, error = self._read()
            current = stamp(self.folder, self.language)
            if current == before:
                break
        else:
            if self._good is not None:
                return  # it changes right now: the last good state until the next visitor looks
            found, error, settled = None, CatalogueError([_busy(self.folder)]), False
        self._stamp, self._settled, self._error = current, settled, error
        new = found is not None and (self._good is None or found.version != self._good.version)
        if new and (settled or self._good is None):
            self._good = found

    def _read(self) -> tuple[Catalogue | None, CatalogueError | None]:
        try:
            return load(self.folder, self.language), None
        except CatalogueError as error:
            return None, error


def served(folder: Path | str | None = None) -> Served:
    """Return the state of a folder: one for all who ask. Without a folder: the one that DATA_ENV names, or ours."""
    return _served(str(folder or os.environ.get(DATA_ENV, DATA_DIR)), language())


def language() -> str:
    """Return the language that this deployment asks for."""
    return os.environ.get(LANGUAGE_ENV) or ENGLISH


@lru_cache(maxsize=2)
def _served(folder: str, spoken: str) -> Served:
    return Served(Path(folder), spoken)


def stamp(folder: Path, spoken: str = ENGLISH) -> Stamp:
    """Return what tells one state of the files from another. Every page asks, so it is one listing and no more."""
    found = []
    # No folder, no translation, or a file that went while it was listed: the loader says so.
    with suppress(OSError), os.scandir(folder) as listed:
        found += [_one(entry.name, entry.stat()) for entry in listed if entry.name.endswith(".csv")]
    with suppress(OSError):
        found.append(_one(spoken, _translation(folder, spoken).stat()))
    return tuple(sorted(found))


def _one(name: str, status: os.stat_result) -> tuple[str, int, int, int, int]:
    return name, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


@lru_cache(maxsize=2)
def _translation(folder: Path, spoken: str) -> Path:
    return path_of(folder, spoken)


def _still(state: Stamp) -> bool:
    """Whether the last change is long enough ago; a time in the future is that of another clock, and says nothing."""
    ages = [time.time() - max(written, changed) / 1e9 for *_, written, changed in state]
    return not any(0 <= age < STILL_SECONDS for age in ages)


def _busy(folder: Path) -> Problem:
    what = "the tables change faster than they can be read"
    return Problem(folder.name, None, None, what, "wait until the change is done, and ask again")
