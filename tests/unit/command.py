"""Call the command line within the test: a process of its own for each wrong word would cost a second each."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

from decision.__main__ import main


@dataclass(frozen=True)
class Called:
    """What a command left behind, as `subprocess` names it."""

    returncode: int
    stdout: str
    stderr: str


def called(*arguments: object) -> Called:
    """Run one command and return its exit code and what it said."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as end:
            code = end.code
    return Called(code, out.getvalue(), err.getvalue())
