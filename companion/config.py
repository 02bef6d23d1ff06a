"""Every setting and default of the companion, with the reason beside each number."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

HOST = "127.0.0.1"
"""The only address served. Names such as localhost may resolve elsewhere, so the number is used."""

PORT = 8765

LAN_PORT = 8766
"""Where colleagues come in with `serve --lan`."""

LAN_FOLDER = "lan"
"""In the workspace: the certificate made for `serve --lan`, and its key."""

WORKSPACE_VARIABLE = "BUYSIGNAL_WORKSPACE"


def default_workspace() -> Path:
    """`$BUYSIGNAL_WORKSPACE`, else `buysignal` under the user's data folder (XDG)."""
    chosen = os.environ.get(WORKSPACE_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "buysignal"


@dataclass(frozen=True)
class Limits:
    """What one client may ask of the companion."""

    body_bytes: int = 256 * 1024
    """A JSON request; 100 long comments with context stay under 200 KB."""

    capture_bytes: int = 2 * 1024 * 1024
    """What one page may send to be kept; the extension stays under 256 KB, most of it the page's own data."""

    upload_bytes: int = 64 * 1024 * 1024
    """Files sent through a dashboard form. Waitress spools anything over 512 KB to disk."""

    json_depth: int = 32
    """Our messages nest 4 deep; deeper JSON is an attack on the parser."""

    bucket_burst: int = 60
    """Requests a client may send at once: a fast scroll through a thread needs about 20."""

    bucket_per_second: float = 20.0

    inference_slots: int = 2
    """Requests inside the model at a time; it feeds two threads itself."""

    inference_waiting: int = 4
    """Requests that may wait for a slot. With the slots that leaves two of eight threads for all else."""

    inference_patience_s: float = 4.0
    """The extension gives up after 5 s; an honest "busy" must come before that."""


@dataclass(frozen=True)
class Config:
    """Settings of one companion.

    Attributes:
        workspace: folder with the database, the key and the backups.
        port: TCP port on 127.0.0.1.
        threads: waitress worker threads.
        idle_seconds: a connection that sends nothing for so long is dropped (slow bodies).
        connections: connections held open at a time.
        session_days: how long a browser that used the one-time link stays in the dashboard.
    """

    workspace: Path = field(default_factory=default_workspace)
    port: int = PORT
    threads: int = 8
    idle_seconds: int = 20
    connections: int = 200
    session_days: int = 7
    limits: Limits = field(default_factory=Limits)

    @property
    def url(self) -> str:
        """Where the companion answers."""
        return f"http://{HOST}:{self.port}"
