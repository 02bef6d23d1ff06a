"""The one way in: what a page loaded becomes masked raw pages and rows, whichever door it came by.

Identities are gone before anything else happens: the readers see only what `scrub` left, so that a page read again
later (`buysignal scrape reparse`) gives the same rows. Raw page, rows and the progress of a task are one transaction.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import zstandard

from companion import intake_rows
from companion.intake_rows import PLATFORM, Sighted
from companion.store import Store, comments, forgotten, keeping, raw_pages, runs, tasks
from companion.store.forgotten import LeftOut
from companion.store.raw_pages import Door, RawPage
from companion.tiktok import PARSER_VERSION, Asked, ReadPage, read, scrub
from companion.tiktok.forgetting import without_people

DAY_MS = 86_400_000


@dataclass(frozen=True)
class Captured:
    """A page as it came: what was asked, the answer's HTTP status and parsed JSON (not scrubbed), and when (ms UTC)."""

    asked: Asked
    status: int
    body: object
    at: int


@dataclass(frozen=True)
class Origin:
    """Where captured pages come from. Rows are kept `keep_days`, None: without end; `task_id` gets the progress."""

    door: Door
    run_id: str = ""
    task_id: int | None = None
    keep_days: int | None = None
    keep_raw: bool = True


@dataclass
class Taken:
    """What came in. found: of each page; new: not stored before; `drift` counts what was odd.

    `ids` are those of videos and comments without replies, `places` the videos as (id, creator's handle or "") in their
    order; `has_more` is what the last page said.
    """

    videos_found: int = 0
    videos_new: int = 0
    comments_found: int = 0
    comments_new: int = 0
    replies_found: int = 0
    replies_new: int = 0
    ids: set[str] = field(default_factory=set)
    places: list[tuple[str, str]] = field(default_factory=list)
    has_more: bool | None = None
    rows: int = 0
    lost: int = 0
    drift: Counter[str] = field(default_factory=Counter)


def take(store: Store, captured: Sequence[Captured], origin: Origin) -> Taken:
    """Store pages, all of them or none.

    Raises:
        StoreError, sqlite3.Error: nothing was written.
    """
    pages = [_prepare(page, scrub(page.asked, page.body, store.workspace.pseudonym)) for page in captured]
    taken = Taken()
    if not pages:
        return taken
    with store.writing() as connection:
        left_out = forgotten.everyone(connection, store.workspace.pseudonym)  # here, so that nobody is forgotten in between
        for page in filter(None, (_without(page, left_out) for page in pages)) if left_out else pages:
            _write(connection, store, page, origin, taken)
    return taken


@dataclass(frozen=True)
class _Prepared:
    captured: Captured
    scrubbed: object
    read: ReadPage
    packed: bytes
    sha256: str


def pack(scrubbed: object) -> tuple[bytes, str]:
    """A scrubbed body as it is stored, and the SHA-256 (hex) of its unpacked bytes."""
    plain = json.dumps(scrubbed, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return zstandard.ZstdCompressor(level=6).compress(plain), hashlib.sha256(plain).hexdigest()


def unpack(body: bytes) -> object:
    """The scrubbed body of a stored page."""
    return json.loads(zstandard.ZstdDecompressor().decompress(body))


def _prepare(captured: Captured, scrubbed: object) -> _Prepared:
    return _Prepared(captured, scrubbed, read(captured.asked, scrubbed), *pack(scrubbed))


def _without(page: _Prepared, left_out: LeftOut) -> _Prepared | None:
    """A page without those who asked to be left out; None where it is about one of their videos."""
    if forgotten.video_mark(page.captured.asked.video_id or "") in left_out:
        return None
    scrubbed, gone = without_people(page.scrubbed, left_out)
    return _prepare(page.captured, scrubbed) if gone else page


def _write(connection: sqlite3.Connection, store: Store, page: _Prepared, origin: Origin, taken: Taken) -> None:
    captured, found = page.captured, page.read
    taken.rows += found.rows
    taken.ids.update(video.id for video in found.videos)
    taken.ids.update(comment.id for comment in found.comments if comment.level == 1)
    taken.places += [(video.id, (video.creator and video.creator.handle) or "") for video in found.videos]
    taken.has_more = found.has_more
    repeated = origin.keep_raw and not _keep_page(connection, page, origin) and bool(origin.run_id)
    sighted = intake_rows.save(connection, found, captured.at, store.workspace.pseudonym)
    keep(connection, sighted, origin, captured.at)
    _note_progress(connection, sighted, found, origin)
    if repeated:
        return  # the site asks the same twice now and then; this run has counted it
    if origin.run_id:
        runs.count_page(
            connection, origin.run_id, runs.PageCount(found.rows, min(len(found.drift), max(found.rows, 1)), found.lost), captured.at
        )
    _add_up(taken, sighted, found)


def _keep_page(connection: sqlite3.Connection, page: _Prepared, origin: Origin) -> bool:
    asked = page.captured.asked
    return raw_pages.add(
        connection,
        RawPage(
            at=page.captured.at,
            door=origin.door,
            run_id=origin.run_id,
            kind=asked.kind,
            video_id=asked.video_id or "",
            comment_id=asked.comment_id or "",
            path=asked.path,
            cursor=asked.cursor or "",
            status=page.captured.status,
            body=page.packed,
            sha256=page.sha256,
            parser=PARSER_VERSION,
            drift=len(page.read.drift),
        ),
    )


def keep(connection: sqlite3.Connection, sighted: Sighted, origin: Origin, at: int) -> None:
    """Note by which door rows came, and how long they are kept."""
    until = None if origin.keep_days is None else at + origin.keep_days * DAY_MS
    keeping.set_until(connection, "comment", PLATFORM, sighted.new_comments | sighted.new_replies, until)
    keeping.extend(connection, "comment", PLATFORM, sighted.comments - sighted.new_comments, until)
    keeping.extend(connection, "comment", PLATFORM, sighted.replies - sighted.new_replies, until)
    keeping.set_until(connection, "video", PLATFORM, sighted.first_videos, until)
    keeping.extend(connection, "video", PLATFORM, sighted.videos - sighted.first_videos, until)
    comments.mark_door(connection, PLATFORM, sighted.new_comments | sighted.new_replies, origin.door)


def _note_progress(connection: sqlite3.Connection, sighted: Sighted, found: ReadPage, origin: Origin) -> None:
    """Count for the task what it meets for the first time."""
    if origin.task_id is None:
        return
    met = tasks.meet(connection, origin.task_id, sorted(sighted.videos | sighted.comments | sighted.replies))
    promised = {comment.id: comment.replies or 0 for comment in found.comments if comment.level == 1 and comment.id in met}
    tasks.count(
        connection,
        origin.task_id,
        videos_found=len(met & sighted.videos),
        videos_new=len(met & sighted.new_videos),
        comments_found=len(met & sighted.comments),
        comments_new=len(met & sighted.new_comments),
        replies_found=len(met & sighted.replies),
        replies_new=len(met & sighted.new_replies),
        replies_said=sum(promised.values()),
    )
    if found.kind in {"comments", "items"}:
        tasks.said(connection, origin.task_id, found.total, found.has_more)


def _add_up(taken: Taken, sighted: Sighted, found: ReadPage) -> None:
    taken.videos_found += len(sighted.videos)
    taken.videos_new += len(sighted.new_videos)
    taken.comments_found += len(sighted.comments)
    taken.comments_new += len(sighted.new_comments)
    taken.replies_found += len(sighted.replies)
    taken.replies_new += len(sighted.new_replies)
    taken.lost += found.lost
    taken.drift.update(found.drift)
