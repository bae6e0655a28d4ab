"""What is done once for each process of the server, so that every later page is fast.

Both are about time that Streamlit would take from each change of each visitor.
"""

from __future__ import annotations

import gc
import os
import socket
import stat

import streamlit as st


@st.cache_resource(show_spinner=False)
def prepare() -> None:
    """Let what was read so far live for ever, and let the server send at once."""
    freeze()
    send_at_once()


def freeze() -> None:
    """Leave modules and tables out of every later collection: they never die, and there are many of them."""
    gc.collect()
    gc.freeze()


def send_at_once() -> int:
    """Set TCP_NODELAY on the sockets of this process; return on how many.

    The server sends a page as many small messages over a socket of which
    asyncio does not know that it speaks TCP (it was made without a protocol
    number), so that each waits for the answer to the one before: 40 ms a time
    on Linux. A connection that is accepted later takes the setting over from
    the socket that listens.
    """
    count = 0
    for descriptor in _descriptors():
        try:
            if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                continue
            with socket.socket(fileno=os.dup(descriptor)) as same:
                if same.family in (socket.AF_INET, socket.AF_INET6) and same.type == socket.SOCK_STREAM:
                    same.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                    count += 1
        except OSError:  # closed meanwhile, or no socket that can be asked
            continue
    return count


def _descriptors() -> list[int]:
    """Return the open descriptors of this process, where the system names them."""
    for folder in ("/proc/self/fd", "/dev/fd"):
        if os.path.isdir(folder):
            return [int(name) for name in os.listdir(folder) if name.isdigit()]
    return []
