"""`/_stcore/health` says that the process answers; `/ready` says whether the tables can be served."""

from __future__ import annotations

import json
import shutil
import time

import pytest
from serving import Running, answer, app

from decision.catalogue import DATA_DIR, load_catalogue
from decision.served import STILL_SECONDS


def ready(running: Running) -> tuple[int, dict]:
    status, headers, body = answer(running.address, "/ready")
    assert headers["cache-control"] == "no-store"
    return status, json.loads(body)


def test_ready_says_what_is_wrong_and_is_ready_again_when_it_is_mended(tmp_path, tables):
    with app(tmp_path, IG_OPTIONS_DATA=str(tables)) as running:
        assert ready(running) == (200, {"ready": True, "problems": 0, "tables": load_catalogue(tables).version})
        path = tables / "roles.csv"
        path.write_text(path.read_text(encoding="utf-8").replace(",suitable,", ",perhaps,", 3), encoding="utf-8")
        status, said = ready(running)
        assert (status, said["ready"], said["problems"]) == (503, False, 3)
        assert said["first"][0].startswith("roles.csv, row 2, column base_verdict: 'perhaps' does not fit")
        assert answer(running.address, "/_stcore/health")[0] == 200, "the process is alive and says what is wrong"
        shutil.copy(DATA_DIR / "roles.csv", path)
        assert ready(running)[0] == 200
        time.sleep(STILL_SECONDS)
        assert ready(running) == (200, {"ready": True, "problems": 0, "tables": load_catalogue(tables).version})


@pytest.mark.parametrize("harm", ["no folder", "no file", "half a file", "no text"])
def test_the_app_starts_with_broken_tables_and_says_so(tmp_path, tables, harm):
    path = tables / "effects.csv"
    if harm == "no folder":
        shutil.rmtree(tables)
    elif harm == "no file":
        path.unlink()
    elif harm == "half a file":
        path.write_bytes(path.read_bytes()[:100_001])
    else:
        path.write_bytes(b"\x00\xff\xfe" * 1000)
    with app(tmp_path, IG_OPTIONS_DATA=str(tables)) as running:
        status, said = ready(running)
        assert (status, said["ready"]) == (503, False)
        assert said["problems"] >= 1
        assert any(line.startswith("effects.csv") for line in said["first"])
        assert "Traceback" not in running.said
        shutil.copytree(DATA_DIR, tables, dirs_exist_ok=True)
        assert ready(running)[0] == 200
