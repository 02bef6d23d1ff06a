"""Pages as they came, masked like the rows, packed with zstandard: from them the rows can be read again.

A body holds what `companion.tiktok.scrub` left of it, never a token or a commenter's name.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Literal

from companion.store import clock, rows

Door = Literal["scrape", "extension", "zeeschuimer", "research", "file"]
"""By which way a page came in."""


@dataclass(frozen=True)
class RawPage:
    """One page. `at` is ms UTC; `body` is packed JSON, `sha256` (hex) that of the unpacked bytes; `drift` counts what was odd in it."""

    at: int
    door: str
    run_id: str
    kind: str
    video_id: str
    comment_id: str
    path: str
    cursor: str
    status: int
    body: bytes
    sha256: str
    parser: str
    drift: int


_COLUMNS = rows.columns(RawPage)
_INSERT = f"INSERT INTO raw_page ({_COLUMNS}) VALUES ({', '.join(f':{name}' for name in rows.names(RawPage))}) ON CONFLICT DO NOTHING"


def add(connection: sqlite3.Connection, page: RawPage) -> bool:
    """Store a page; False when this run has it already (the site asks twice now and then)."""
    return connection.execute(_INSERT, asdict(page)).rowcount > 0


def after(connection: sqlite3.Connection, seq: int, limit: int = 100) -> list[tuple[int, RawPage]]:
    """The next pages behind number `seq`, in the order in which they came."""
    found = connection.execute(f"SELECT seq, {_COLUMNS} FROM raw_page WHERE seq > ? ORDER BY seq LIMIT ?", [seq, limit])
    return [(row["seq"], rows.build(RawPage, row)) for row in found]


def walk(connection: sqlite3.Connection) -> Iterator[tuple[int, RawPage]]:
    """All pages in the order in which they came, a hundred in memory at a time."""
    seq = 0
    while found := after(connection, seq):
        yield from found
        seq = found[-1][0]


def replace(connection: sqlite3.Connection, seq: int, body: bytes, sha256: str) -> None:
    """Put another body in a page's place. Where the run holds the same body already, the page goes."""
    changed = connection.execute("UPDATE OR IGNORE raw_page SET body = ?, sha256 = ? WHERE seq = ?", [body, sha256, seq]).rowcount
    if not changed:
        remove(connection, [seq])


def reread(connection: sqlite3.Connection, seq: int, parser: str, drift: int) -> None:
    """Note that a page was read again by reader version `parser`."""
    connection.execute("UPDATE raw_page SET parser = ?, drift = ? WHERE seq = ?", [parser, drift, seq])


def remove(connection: sqlite3.Connection, seqs: list[int]) -> None:
    """Delete pages."""
    connection.executemany("DELETE FROM raw_page WHERE seq = ?", [(seq,) for seq in seqs])


def remove_older(connection: sqlite3.Connection, before: int, now: int, limit: int) -> int:
    """Delete up to `limit` pages that came before a moment (ms UTC), or whose run keeps nothing for so long; returns how many."""
    return connection.execute(
        f"""DELETE FROM raw_page WHERE seq IN (
              SELECT seq FROM raw_page WHERE at < ? UNION
              SELECT p.seq FROM run r JOIN raw_page p ON p.run_id = r.id AND p.at + r.keep_days * {clock.DAY} < ? LIMIT ?)""",
        [before, now, limit],
    ).rowcount


def count(connection: sqlite3.Connection) -> int:
    """How many pages are kept."""
    return int(connection.execute("SELECT count(*) FROM raw_page").fetchone()[0])
