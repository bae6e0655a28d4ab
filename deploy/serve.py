"""Ig Options for many people: the app, whether it is ready, and the headers that a browser is told.

    python -m streamlit run deploy/serve.py

The pages are those of `streamlit_app.py`. What is added here:

- `/ready`: 200 where the tables are in order, 503 with what is wrong where they are not;
- headers that let a page load nothing from elsewhere, and tell no other site its address;
- the tables and the libraries are read before the first visitor comes.

`/_stcore/health` says that the process answers; it is Streamlit's own.
"""

from __future__ import annotations

import base64
import gc
import hashlib
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

gc.freeze()  # Streamlit lives for ever: looking through it for garbage takes a third of the time of what comes now

from decision.catalogue import CatalogueError  # noqa: E402
from decision.served import language, served  # noqa: E402
from decision.ui import process, script  # noqa: E402

SCRIPT = Path(__file__).resolve().parent.parent / "streamlit_app.py"
SHOWN_PROBLEMS = 20

ELSEWHERE = (
    "accelerometer", "autoplay", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
    "hid", "magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb",
)  # fmt: skip
"""What a browser can do and no page of ours asks for."""


def scripts_of_the_page() -> tuple[str, ...]:
    """Return the hash of each script that stands in a page, as a policy names it: Streamlit's, and ours."""
    page = (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
    bodies = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    bodies += [script.language(language()), script.TOP, script.TURN, script.ENTER]
    return tuple(f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'" for body in bodies)


def headers() -> dict[str, str]:
    """Return the headers of every answer.

    Streamlit writes styles into its elements, so styles may stand in the page; scripts may not.
    """
    policy = {
        "default-src": "'none'",
        "script-src": " ".join(("'self'", *scripts_of_the_page())),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "manifest-src": "'self'",
        "frame-src": "'self'",
        "frame-ancestors": "'self'",
        "form-action": "'none'",
        "base-uri": "'none'",
    }
    return {
        "Content-Security-Policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",  # the address holds what a person chose
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in ELSEWHERE),
    }


class Headers:
    """Add headers to every answer of an app. A header that the app set itself stays."""

    def __init__(self, app: ASGIApp, added: dict[str, str]) -> None:
        self.app = app
        self.added = added

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                found = MutableHeaders(scope=message)
                for name, value in self.added.items():
                    found.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


async def ready(_request: Request) -> JSONResponse:
    """Say whether the tables can be served: those that the pages show, read as they read them."""
    try:
        catalogue = await run_in_threadpool(served().now)
    except CatalogueError as error:
        shown = [str(problem) for problem in error.problems[:SHOWN_PROBLEMS]]
        answer: dict[str, Any] = {"ready": False, "problems": len(error.problems), "first": shown}
        return JSONResponse(answer, 503, {"Cache-Control": "no-store"})
    answer = {"ready": True, "problems": 0, "tables": catalogue.version}
    return JSONResponse(answer, 200, {"Cache-Control": "no-store"})


@asynccontextmanager
async def warmed(_app: st.App) -> AsyncIterator[None]:
    """Read tables and libraries before the first visitor comes. Broken tables are no reason not to start."""
    import plotly.graph_objects  # noqa: F401

    import decision.charts
    import decision.comparison  # noqa: F401

    try:
        served().now()
    except CatalogueError as error:
        print(f"{len(error.problems)} problem(s) in the tables; every page says so until they are mended.")
    process.prepare()
    yield


app = st.App(
    SCRIPT,
    lifespan=warmed,
    routes=[Route("/ready", ready, methods=["GET"])],
    middleware=[Middleware(Headers, added=headers())],
)
