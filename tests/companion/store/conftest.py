"""A connection to a shelf."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from companion.store import Store, creators, shelf, videos
from companion.store.creators import Creator
from companion.store.videos import Video


@pytest.fixture
def writer(store: Store) -> Iterator[sqlite3.Connection]:
    """A connection that writes at once, with "m" in use."""
    with closing(store.connect("writer")) as connection:
        creators.save(connection, [Creator("tiktok", f"u{n}", handle=f"maker{n}") for n in range(2)], 1)
        kinds = ("organic", "ad", "unknown")
        rows = [Video("tiktok", f"v{n}", creator_id=f"u{n % 2}", hashtags=(f"tag{n}", "all"), commerce=kinds[n]) for n in range(3)]
        videos.save(connection, rows, 1)
        shelf.use(connection, "m")
        yield connection
