"""Reading the stored raw pages again with today's readers: mends what a change of TikTok's pages broke."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import get_args

from companion import intake_rows
from companion.intake import Origin, keep, unpack
from companion.store import Store, raw_pages, runs
from companion.store.raw_pages import Door, RawPage
from companion.tiktok import PARSER_VERSION, Asked, read
from companion.tiktok.asked import PageKind

BATCH = 50
"""Pages in one write: about 1,000 rows."""

_KINDS: dict[str, PageKind] = {
    kind: kind for kind in ("comments", "replies", "items", "item", "user", "tag", "search", "shop_product", "rendered")
}

_DOORS: dict[str, Door] = {door: door for door in get_args(Door)}


@dataclass
class Reread:
    """What reading again came to: pages, rows in them, rows that were not there before, and what is odd still."""

    pages: int = 0
    rows: int = 0
    new: int = 0
    lost: int = 0
    drift: Counter[str] = field(default_factory=Counter)


def reparse(store: Store, show: Callable[[int], None] = lambda _pages: None) -> Reread:
    """Read every stored raw page again, in the order in which they came.

    Args:
        store: the workspace; written in short transactions, so that others may work meanwhile.
        show: called with the number of pages done.

    Raises:
        StoreError, sqlite3.Error: what was read so far stays; run it again.
    """
    done, seq = Reread(), 0
    while True:
        with store.reading() as connection:
            found = raw_pages.after(connection, seq, BATCH)
        if not found:
            return done
        readings = [(number, page, read(_asked(page), unpack(page.body))) for number, page in found]
        with store.writing() as connection:
            for number, page, reading in readings:
                sighted = intake_rows.save(connection, reading, page.at, store.workspace.pseudonym)
                origin = Origin(_DOORS.get(page.door, "file"), page.run_id, keep_days=runs.keep_days(connection, page.run_id))
                keep(connection, sighted, origin, page.at)
                raw_pages.reread(connection, number, PARSER_VERSION, len(reading.drift))
                done.pages += 1
                done.rows += reading.rows
                done.new += len(sighted.new_comments) + len(sighted.new_replies) + len(sighted.new_videos)
                done.lost += reading.lost
                done.drift.update(reading.drift)
        seq = found[-1][0]
        show(done.pages)


def _asked(page: RawPage) -> Asked:
    return Asked(_KINDS.get(page.kind, "items"), page.path, page.video_id or None, page.comment_id or None, page.cursor or None)
