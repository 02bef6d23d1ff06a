"""A long job of the user's as a process of its own: what was begun, what it said last, living on when the companion stops."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

_LAST_BYTES = 4096


@dataclass(frozen=True)
class Begun:
    """The process that was started last, and when (ms UTC)."""

    pid: int
    at: int


def spawn(arguments: Sequence[str], output: Path, lock: int) -> subprocess.Popen[bytes]:
    """Start Python with arguments; its output goes to a private file. It inherits `lock`, which the kernel frees when it ends."""
    log = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        return subprocess.Popen(
            [sys.executable, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl+C in the companion's terminal is not meant for it
            pass_fds=(lock,),
        )
    finally:
        os.close(log)


def note_begun(path: Path, begun: Begun) -> None:
    """Write down what was begun, privately and never half."""
    draft = path.with_name(f"{path.name}.part")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as stream:
        stream.write(json.dumps(asdict(begun)).encode())
    draft.replace(path)


def read_begun(path: Path) -> Begun | None:
    """What was begun; None where nothing was, or it cannot be read."""
    try:
        return Begun(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def last_line(log: Path) -> str:
    """The last line of an output that says anything, or ""."""
    try:
        with log.open("rb") as stream:
            stream.seek(max(0, log.stat().st_size - _LAST_BYTES))
            lines = stream.read().decode("utf-8", "replace").split("\n")
    except OSError:
        return ""
    return next((line.strip() for line in reversed(lines) if line.strip()), "")
