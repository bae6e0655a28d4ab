"""Run the app as it is deployed: `deploy/serve.py`, some replicas of it, and nginx with `deploy/nginx.conf`."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil
from find_nginx import find_nginx

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60.0
SERVE = "deploy/serve.py"
NO_NGINX = "No nginx was found; `sh tests/reliability/install.sh python` unpacks one (NGINX=path names it)."


@dataclass
class Running:
    """A server of ours: where it answers, its process, and what it wrote to its log."""

    address: str
    process: subprocess.Popen
    log: Path

    @property
    def said(self) -> str:
        """Return what the server wrote so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    @property
    def megabytes(self) -> float:
        """Return the memory of the process."""
        return psutil.Process(self.process.pid).memory_info().rss / 1e6

    def kill(self) -> None:
        """End the process at once, as a machine that dies does."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ask the process to end, and wait for it."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self.kill()


@contextmanager
def app(
    logs: Path, script: str = SERVE, port: int = 0, folder: Path = ROOT, **environment: str
) -> Iterator[Running]:  # fmt: skip
    """Run the app of a folder on this machine; its log goes into another. Yields it when it is healthy."""
    port = port or free_port()
    options = {"port": str(port), "address": "127.0.0.1", "headless": "true"}
    arguments = [part for name, value in options.items() for part in (f"--server.{name}", value)]
    with started(
        [sys.executable, "-m", "streamlit", "run", script, *arguments],
        f"http://127.0.0.1:{port}",
        logs / f"app-{port}-{time.monotonic_ns()}.log",
        folder,
        **environment,
    ) as running:
        yield running


@contextmanager
def started(
    command: list[str], address: str, log: Path, folder: Path = ROOT, **environment: str
) -> Iterator[Running]:  # fmt: skip
    """Run a command until its address is healthy; stop it afterwards."""
    with log.open("wb") as out:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    running = Running(address, process, log)
    try:
        _wait_until_healthy(running)
        yield running
    finally:
        running.stop()


@contextmanager
def door(folder: Path, replicas: list[Running]) -> Iterator[Running]:
    """Run nginx with the file that is shipped, in front of these replicas; only ports and places are those of here."""
    nginx = find_nginx()
    if nginx is None:
        raise RuntimeError(NO_NGINX)
    port = free_port()
    write_nginx(folder, port, [replica.address.removeprefix("http://") for replica in replicas])
    command = [nginx, "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]
    with started(command, f"http://127.0.0.1:{port}", folder / "nginx.log") as running:
        yield running


def write_nginx(folder: Path, port: int, replicas: list[str], upstream: str = "upstream.conf") -> Path:
    """Write nginx.conf and upstream.conf of `deploy/` into a folder, for this port and these replicas."""
    conf = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    conf = conf.replace("listen 8080;", f"listen 127.0.0.1:{port};").replace(" /tmp/", f" {folder}/")
    servers = "".join(f"    server {replica} max_fails=1 fail_timeout=5s;\n" for replica in replicas)
    text = (ROOT / "deploy" / upstream).read_text(encoding="utf-8")
    # The name server and `resolve` are those of a cluster, and newer than Debian's nginx.
    text = re.sub(r"^ *resolver .*;\n", "", text, flags=re.MULTILINE)
    text, found = re.subn(r"^ *server .* resolve max_fails=1 fail_timeout=5s;\n", servers, text, flags=re.MULTILINE)
    assert found == 1, f"{upstream} has no line of servers"
    (folder / "nginx.conf").write_text(conf, encoding="utf-8")
    (folder / "upstream.conf").write_text(text, encoding="utf-8")
    return folder / "nginx.conf"


@contextmanager
def replicas(folder: Path, count: int, **environment: str) -> Iterator[tuple[Running, list[Running]]]:
    """Run nginx in front of so many replicas. Yields nginx and the replicas."""
    with ExitStack() as stack:
        running = [stack.enter_context(app(folder, **environment)) for _ in range(count)]
        yield stack.enter_context(door(folder, running)), running


def free_port() -> int:
    """Return a port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def answer(address: str, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Return status, headers (in lower case) and body of a GET."""
    request = urllib.request.Request(address + path, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as found:
            return found.status, _lower(found.headers), found.read()
    except urllib.error.HTTPError as error:
        return error.code, _lower(error.headers), error.read()


def _lower(headers: object) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}  # type: ignore[attr-defined]


def _wait_until_healthy(running: Running) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if running.process.poll() is not None:
            raise RuntimeError(f"{running.address} ended with {running.process.returncode}: {running.said[-2000:]}")
        try:
            if answer(running.address, "/_stcore/health")[0] == 200:
                return
        except OSError:
            pass
        time.sleep(0.05)
    raise RuntimeError(f"{running.address} was not ready after {START_SECONDS:g} seconds: {running.said[-2000:]}")
