"""A lock between processes on a small file; the kernel frees it when the holder dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class AlreadyLockedError(RuntimeError):
    """Another process holds the lock. `content` is what that process wrote into the file."""

    def __init__(self, path: Path, content: str) -> None:
        super().__init__(f"{path} is held by another process")
        self.content = content


@contextmanager
def exclusive(path: Path, *, wait: bool = True, content: str = "") -> Iterator[None]:
    """Hold the lock for the body, writing `content` into the file for others to read.

    Raises:
        AlreadyLockedError: only with `wait=False`, when somebody else holds it.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise AlreadyLockedError(path, os.pread(handle, 4096, 0).decode("utf-8", "replace")) from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, content.encode(), 0)
        yield
    finally:
        os.close(handle)


def holder(path: Path) -> str | None:
    """What the present holder wrote, or None when nobody holds the lock."""
    if not path.exists():
        return None
    try:
        with exclusive(path, wait=False):
            return None
    except AlreadyLockedError as held:
        return held.content
