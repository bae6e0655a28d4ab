"""Print the path of an nginx that the tests can run; exit 1 where there is none."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
UNPACKED = ROOT / ".venv" / "nginx"
"""Where install.sh unpacks Debian's package: nothing is installed, and no service is started."""


def find_nginx() -> str | None:
    """Return an nginx: named by NGINX, on the PATH, where Debian puts it, or unpacked; None where there is none."""
    named = os.environ.get("NGINX")
    if named:
        return named if Path(named).exists() else None
    for place in (shutil.which("nginx"), "/usr/sbin/nginx", UNPACKED / "usr/sbin/nginx"):
        if place and Path(place).exists():
            return str(place)
    return None


if __name__ == "__main__":
    path = find_nginx()
    print(path or "")
    sys.exit(0 if path else 1)
