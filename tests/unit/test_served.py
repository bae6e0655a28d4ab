"""What is served while tables change on disk: the last good state, a closed door, or the new state; never a mix."""

from __future__ import annotations

import os
import shutil
import threading
import time
from pathlib import Path

import pytest

from decision import served as module
from decision.catalogue import DATA_DIR, CatalogueError
from decision.served import STILL_SECONDS, Served, served, stamp


@pytest.fixture
def tables(tmp_path: Path) -> Path:
    return shutil.copytree(DATA_DIR, tmp_path / "data")


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def age(folder: Path, monkeypatch: pytest.MonkeyPatch, seconds: float = STILL_SECONDS + 1) -> None:
    """Let time pass: the clock of the module goes on, so that what was just written is long ago."""
    now = time.time() + seconds
    monkeypatch.setattr(module.time, "time", lambda: now)


def title(catalogue) -> str:
    return catalogue.conditions["cidp"].plain_name


def rename(folder: Path, name: str) -> None:
    """Give a condition another plain name: a change that breaks no rule."""
    path = folder / "conditions.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    index = next(n for n, line in enumerate(lines) if line.startswith("cidp,"))
    cells = lines[index].split(",")
    cells[lines[0].split(",").index("plain_name")] = name
    lines[index] = ",".join(cells)
    path.write_text("".join(lines), encoding="utf-8")


def test_a_state_that_does_not_change_is_read_once(tables, monkeypatch):
    state = Served(tables)
    age(tables, monkeypatch)
    first = state.now()
    monkeypatch.setattr(module, "load", lambda *where: pytest.fail("read again"))
    assert state.now() is first


def test_a_new_folder_is_served_at_once_though_it_was_just_written(tables):
    assert title(Served(tables).now())


def test_a_change_is_taken_over_when_the_files_have_been_still(tables, monkeypatch):
    state = Served(tables)
    before = title(state.now())
    rename(tables, "something else")
    assert title(state.now()) == before, "a change that is under way is not shown"
    age(tables, monkeypatch)
    assert title(state.now()) == "something else"


def test_a_table_that_breaks_closes_at_once_and_opens_when_mended(tables, monkeypatch):
    state = Served(tables)
    good = state.now()
    kept = (tables / "roles.csv").read_bytes()
    (tables / "roles.csv").write_bytes(kept[: len(kept) // 2])
    with pytest.raises(CatalogueError):
        state.now()
    (tables / "roles.csv").write_bytes(kept)
    assert state.now() is good, "the last good state, until the files have been still"
    age(tables, monkeypatch)
    assert state.now().version == good.version


def test_a_broken_state_is_not_read_again_and_again(tables, monkeypatch):
    state = Served(tables)
    (tables / "rules.csv").unlink()
    age(tables, monkeypatch)
    with pytest.raises(CatalogueError):
        state.now()
    monkeypatch.setattr(module, "load", lambda *where: pytest.fail("read again"))
    with pytest.raises(CatalogueError, match=r"rules\.csv"):
        state.now()


def test_a_change_between_two_files_that_are_read_is_never_mixed(tables, monkeypatch):
    """The second file changes while the first is being read: what was read is thrown away."""
    state = Served(tables)
    read = module.load
    calls = []

    def load(folder, language):
        calls.append(language)
        found = read(folder, language)
        if len(calls) == 1:
            rename(tables, "while it was read")
        return found

    monkeypatch.setattr(module, "load", load)
    assert title(state.now()) == "while it was read"
    assert len(calls) == 2


def test_tables_that_change_without_end_are_not_served(tables, monkeypatch):
    state = Served(tables)
    read = module.load

    def load(folder, language):
        found = read(folder, language)
        rename(tables, f"name {time.monotonic_ns()}")
        return found

    monkeypatch.setattr(module, "load", load)
    with pytest.raises(CatalogueError, match="change faster than they can be read"):
        state.now()


def test_a_file_of_the_same_size_and_time_is_still_another_file(tables):
    """A file that is moved into place keeps its old time of writing."""
    path = tables / "conditions.csv"
    before = stamp(tables)
    status = path.stat()
    other = tables / "conditions.new"
    shutil.copy2(path, other)
    os.utime(other, ns=(status.st_atime_ns, status.st_mtime_ns))
    os.replace(other, path)
    assert stamp(tables) != before


def test_a_folder_that_is_gone_is_closed_and_no_crash(tmp_path):
    with pytest.raises(CatalogueError, match="the file is missing"):
        Served(tmp_path / "nowhere").now()


def test_a_folder_is_swapped_by_its_link(tmp_path, monkeypatch):
    """The way to change several tables in one step: a link to a folder that is complete."""
    first, second = (shutil.copytree(DATA_DIR, tmp_path / name) for name in ("first", "second"))
    rename(second, "of the second folder")
    link = tmp_path / "tables"
    link.symlink_to(first)
    state = Served(link)
    assert title(state.now()) != "of the second folder"
    fresh = tmp_path / "fresh"
    fresh.symlink_to(second)
    os.replace(fresh, link)
    age(link, monkeypatch)
    assert title(state.now()) == "of the second folder"


def test_all_who_ask_share_one_state(tables, monkeypatch):
    assert served(tables) is served(str(tables))
    monkeypatch.setenv(module.DATA_ENV, str(tables))
    assert served() is served(tables)


def test_sessions_that_ask_at_the_same_time_get_the_same_tables(tables):
    state, found = Served(tables), []
    threads = [threading.Thread(target=lambda: found.append(state.now())) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert len({id(catalogue) for catalogue in found}) == 1


def test_nobody_waits_for_the_one_who_reads_a_change(tables, monkeypatch):
    state = Served(tables)
    good = state.now()
    reading, done = threading.Event(), threading.Event()
    read = module.load

    def load(folder, language):
        reading.set()
        assert done.wait(30)
        return read(folder, language)

    monkeypatch.setattr(module, "load", load)
    rename(tables, "something else")
    slow = threading.Thread(target=state.now)
    slow.start()
    assert reading.wait(30)
    assert state.now() is good, "while another reads"
    done.set()
    slow.join()
