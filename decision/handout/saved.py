"""The saved file: a visit as JSON inside the HTML of the hand-out, and back.

Written so that nothing in it can end the script element it stands in. Read as
if a stranger had made it: size first, then the frame, the check sum, the types,
and at last the same lenient reading as a link. Whatever does not fit gets one
sentence and changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from decision import visit
from decision.catalogue import Catalogue
from decision.visit import Visit

SCHEMA = 1
KIND = "ig-options-visit"
MARK = f'id="{KIND}"'
MOST_BYTES = 2_000_000
LISTS = ("ticked", "own_questions", "opened")
UNSAFE = {sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
"""Signs that could end a script element or a line of it; in JSON they may stand as escapes."""


@dataclass(frozen=True)
class Opened:
    """What a file held: the visit, or None where it cannot be used, and sentences for the person."""

    visit: Visit | None
    sentences: tuple[str, ...]


class _Unusable(Exception):
    """A file that is not used; carries the name of the sentence that says why."""


def write(said: Visit, with_body: bool) -> str:
    """Return a visit as JSON that can stand inside a script element; the body only with the person's say."""
    kept = said if with_body else said.without_body()
    body = "none" if not said.said_body else "kept" if with_body else "left_out"
    content = {
        "query": dict(kept.query),
        "ticked": list(kept.ticked),
        "own_questions": list(kept.own_questions),
        "notes": kept.notes,
        "opened": list(kept.opened),
    }
    whole = {"kind": KIND, "schema": SCHEMA, "body": body, "visit": content, "check": _check(content)}
    return "".join(UNSAFE.get(sign, sign) for sign in json.dumps(whole, ensure_ascii=False))


def element(said: Visit, with_body: bool) -> str:
    """Return the script element that holds a visit."""
    return f'<script type="application/json" {MARK}>{write(said, with_body)}</script>'


def read(data: bytes, catalogue: Catalogue) -> Opened:
    """Open a saved file. Never raises: what cannot be used gives no visit and one sentence that says why."""
    words = catalogue.words
    try:
        whole = _frame(data)
        content = _content(whole)
    except _Unusable as why:
        return Opened(None, (words(f"saved.{why}"),))
    place = (content["query"].get("condition"), content["query"].get("situation"))
    if place not in catalogue.roles:
        return Opened(None, (words("saved.unknown_place"),))
    said, notices = visit.read(**content, catalogue=catalogue)
    if said.notes != content["notes"] or list(said.own_questions) != content["own_questions"]:
        return Opened(None, (words("saved.damaged"),))
    if whole["body"] == "left_out":
        notices = (words("saved.no_body"), *notices)
    return Opened(said, notices)


def _frame(data: bytes) -> Mapping:
    """Return the JSON of the one element that holds a visit."""
    if len(data) > MOST_BYTES:
        raise _Unusable("too_big")
    try:
        page = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _Unusable("foreign") from None
    before, found, rest = page.partition(MARK)
    if not found or not before.rstrip().endswith('<script type="application/json"'):
        raise _Unusable("foreign")
    _, opened, rest = rest.partition(">")
    held, ended, after = rest.partition("</script>")
    if not opened or not ended or MARK in after:
        raise _Unusable("damaged")
    try:
        whole = json.loads(held)
    except (ValueError, RecursionError):
        raise _Unusable("damaged") from None
    if not isinstance(whole, dict) or whole.get("kind") != KIND:
        raise _Unusable("damaged")
    return whole


def _content(whole: Mapping) -> dict:
    """Return the parts of the visit, each of its type; the check sum says whether a sign was lost on the way."""
    schema, content = whole.get("schema"), whole.get("visit")
    if isinstance(schema, int) and schema > SCHEMA:
        raise _Unusable("newer")
    good = (
        schema == SCHEMA
        and whole.get("body") in ("none", "kept", "left_out")
        and isinstance(content, dict)
        and set(content) == {"query", "notes", *LISTS}
        and isinstance(content["query"], dict)
        and all(isinstance(value, str) for value in content["query"].values())
        and isinstance(content["notes"], str)
        and all(isinstance(content[name], list) for name in LISTS)
        and all(isinstance(one, str) for name in LISTS for one in content[name])
        and whole.get("check") == _check(content)
    )
    if not good or not isinstance(content, dict):
        raise _Unusable("damaged")
    return content


def _check(content: Mapping) -> str:
    """Return the SHA-256 of the content, written in one way."""
    written = json.dumps(content, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()
