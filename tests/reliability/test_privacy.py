"""What the server tells, keeps and asks: headers, cookies, logs, files, connections, uploads."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from serving import ROOT, Running, answer, app, free_port, replicas, started
from session import Session, finished, some_answer, upload

from decision.scenario import HEALTH

SAID = {
    "condition": "stiff_person",
    "situation": "long_term",
    "health": "hepatitis_b,kidney_disease",
    "pregnancy": "planning",
    "weight_kg": "123",
    "travel_minutes": "417",
    "ig_supply": "critical",
}
"""Choices that no log line may hold."""


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    with app(tmp_path_factory.mktemp("privacy")) as one:
        yield one


async def visit(address: str, answers: int = 0) -> Session:
    async with Session(address) as visitor:
        chance = random.Random(1)
        shown = await visitor.open(SAID)
        for _ in range(answers):
            shown = await visitor.press(some_answer(shown, chance))
            assert shown.failed == []
        return visitor


# --------------------------------------------------------------------------- headers, cookies


@pytest.mark.parametrize(
    "path", ["/", "/evidence", "/ready", "/_stcore/health", "/nothing.js", "/media/nothing", "/static/"]
)
def test_every_answer_has_the_headers(running, path):
    _, headers, _ = answer(running.address, path)
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["connect-src"] == "'self'"
    assert "unsafe" not in policy["script-src"]
    assert not re.search(r"https?:|\*", headers["content-security-policy"]), "no other host is named"


def test_the_only_cookie_is_the_one_against_forged_requests(running):
    cookies = [answer(running.address, path)[1].get("set-cookie", "") for path in ("/", "/ready", "/_stcore/health")]
    assert [cookie.split("=")[0] for cookie in cookies if cookie] == ["_streamlit_xsrf"]
    assert "SameSite=Lax" in cookies[2]
    assert "expires" not in cookies[2].lower(), "it ends with the browser"


# ------------------------------------------------------------------------------------ uploads


def test_uploads_need_the_token_a_session_and_a_size_within_the_limit(running):
    async def tried() -> list[int]:
        async with Session(running.address) as visitor:
            await visitor.open(SAID)
            found = [
                await upload(visitor, "x", b"x", token=""),
                await upload(visitor, "x", b"x" * 3_000_000),
                await upload(visitor, "x", b"x" * 1000),
            ]
            visitor.session_id = "nobody"
            return [*found, await upload(visitor, "x", b"x")]

    assert finished(tried()) == [403, 413, 204, 400]


# --------------------------------------------------------------------------------------- logs


def leaks(text: str) -> list[str]:
    """Return the words of a log that tell what somebody chose; a port with the same figures in it tells nothing."""
    words = {*SAID, *HEALTH, *(part for value in SAID.values() for part in value.split(","))}
    return [word for word in sorted(words) if re.search(rf"(?<!\d){re.escape(word)}(?!\d)", text)]


def test_no_log_line_of_the_app_holds_a_choice(tmp_path):
    with app(tmp_path) as running:
        finished(visit(running.address, answers=5))
        answer(running.address, "/?condition=stiff_person&health=hepatitis_b")
        answer(running.address, "/nothing?condition=stiff_person")
        running.stop()
        assert leaks(running.said) == []
        assert len(running.said.splitlines()) < 15, "and few lines at all"


def test_no_log_line_of_nginx_holds_a_choice_also_when_a_replica_dies(tmp_path):
    with replicas(tmp_path, 2) as (front, behind):
        for address in (f"/?condition=stiff_person&weight_kg=123&n={n}" for n in range(5)):
            assert answer(front.address, address)[0] == 200
        behind[0].kill()
        for n in range(10):
            status, _, _ = answer(front.address, f"/?condition=stiff_person&n={n}", Cookie=f"_streamlit_xsrf=2|a|b|{n}")
            assert status == 200
        behind[1].kill()
        assert answer(front.address, "/?condition=stiff_person")[0] in (502, 504)
        front.stop()
        assert leaks(front.said) == []
        written = [path for path in tmp_path.rglob("*") if path.is_file() and path.suffix not in (".conf", ".pid")]
        assert all(leaks(path.read_text(errors="replace")) == [] for path in written)


def test_what_is_for_the_operator_stays_behind_nginx(tmp_path):
    with replicas(tmp_path, 1) as (front, _):
        assert answer(front.address, "/_stcore/metrics")[0] == 404
        assert answer(front.address, "/_stcore/agent/openapi.json")[0] == 404
        assert answer(front.address, "/ready")[0] == 200
        status, headers, _ = answer(front.address, "/", **{"Accept-Encoding": "gzip"})
        assert status == 200
        assert headers["referrer-policy"] == "no-referrer"
        assert "nginx/" not in headers["server"]
        script = re.search(rb'src="\./(static/js/index\.[^"]+)"', _plain(front, "/"))
        assert script
        status, headers, packed = answer(front.address, f"/{script[1].decode()}", **{"Accept-Encoding": "gzip"})
        assert (status, headers["content-encoding"]) == (200, "gzip")
        assert len(packed) < len(_plain(front, f"/{script[1].decode()}")) / 2


def _plain(front: Running, path: str) -> bytes:
    return answer(front.address, path)[2]


# ------------------------------------------------------------------------ files and connections

WATCH = """
import os, runpy, sys
def watch(event, given):
    if event == "open" and isinstance(given[0], (str, bytes)) and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        print("WROTE", os.fsdecode(given[0]), flush=True)
    elif event in ("os.mkdir", "os.rename", "os.remove"):
        print("WROTE", os.fsdecode(given[0]), flush=True)
    elif event in ("socket.connect", "socket.getaddrinfo", "socket.sendto"):
        print("ASKED", given[-1] if event == "socket.connect" else given[:2], flush=True)
    elif event in ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn"):
        print("STARTED", given[0], flush=True)
sys.addaudithook(watch)
sys.argv = sys.argv[1:]
runpy.run_module("streamlit", run_name="__main__", alter_sys=True)
"""
"""Says everything that the app writes, asks of another machine, or starts."""


def test_the_app_writes_nothing_asks_nobody_and_starts_nothing(tmp_path):
    port = free_port()
    options = ["--server.port", str(port), "--server.address", "127.0.0.1", "--server.headless", "true"]
    command = [sys.executable, "-B", "-c", WATCH, "streamlit", "run", "deploy/serve.py", *options]
    with started(command, f"http://127.0.0.1:{port}", tmp_path / "watched.log") as running:
        finished(visit(running.address, answers=10))
        running.stop()
        told = [line for line in running.said.splitlines() if line.startswith(("WROTE", "ASKED", "STARTED"))]
    assert [line for line in told if not _harmless(line)] == []


def _harmless(line: str) -> bool:
    kind, _, what = line.partition(" ")
    if kind == "WROTE":
        return what == os.devnull or Path(what).is_relative_to("/tmp")
    return kind == "ASKED" and ("127.0.0.1" in what or "::1" in what)


def test_the_watch_would_see_it(tmp_path):
    """A test that cannot fail proves nothing: the same watch sees a program that writes and asks."""
    code = WATCH.replace('runpy.run_module("streamlit", run_name="__main__", alter_sys=True)', "exec(sys.argv[0])")
    tried = f"import socket; open({str(tmp_path / 'x')!r}, 'w'); socket.socket().connect_ex(('127.0.0.2', 9))"
    done = subprocess.run([sys.executable, "-c", code, tried], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "WROTE" in done.stdout
    assert "ASKED" in done.stdout
