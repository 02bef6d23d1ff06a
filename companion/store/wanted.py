"""Which comments are wanted, as conditions over the shelf (companion/store/shelving.py), each with its own way in."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from companion.store import sample, shelf
from companion.store.search_terms import Terms, like
from companion.store.shelving import BAND

GRADED_BANDS = {"high": (3 * BAND, 4 * BAND), "some": (2 * BAND, 3 * BAND), "low": (BAND, 2 * BAND)}
"""Between which ranks (from, below) the comments of a band stand."""

PAID = ("partnership", "ad", "shop")
UNGRADED = -1
"""Stands for the number of a model whose grades are not on the shelf."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for; "" and None mean "any". Times are ms UTC, from (inclusive) and until (exclusive).

    Attributes:
        band: high | some | low | unsure | yours | none (not graded).
        video, creator: "platform:id".
        kind: organic | paid | unknown, of the video.
        box: open (not answered by the creator nor put away) | answered | later | ignored.
        seen_from: stored first at this moment or later.
        level: this grade or more.
        group: mine | partner | competitor, of the video's creator.
        audience: leave out what creators wrote under their own videos.
        real: leave out the invented sample.
    """

    text: str = ""
    band: str = ""
    signal: str = ""
    lang: str = ""
    hashtag: str = ""
    creator: str = ""
    video: str = ""
    kind: str = ""
    since: int | None = None
    until: int | None = None
    likes: int = 0
    box: str = ""
    group: str = ""
    seen_from: int | None = None
    level: int = 0
    audience: bool = False
    real: bool = False

    @property
    def graded_only(self) -> bool:
        """Whether only comments with a grade can fit."""
        return bool(self.level or self.signal or self.band in (*GRADED_BANDS, "unsure", "yours"))


@dataclass(frozen=True)
class Condition:
    """One condition on `s` (a row of the shelf).

    `source` is a FROM clause that reads only rows which fulfil it, `own` what must then be said in WHERE ("" for nothing);
    `source` is None where no index helps. `counted` is a shorter FROM where only their number is asked for.
    """

    sql: str
    values: tuple[Any, ...]
    source: str | None = None
    own: str = ""
    own_values: tuple[Any, ...] = ()
    counted: str = ""


def conditions(connection: sqlite3.Connection, model: str, wanted: Wanted) -> list[Condition]:
    """Every condition; none when everything is wanted."""
    number = shelf.number(connection, model) or UNGRADED
    return [*_words(wanted.text), *_graded(wanted, number, others(connection, number)), *_video(wanted), *_plain(wanted)]


def others(connection: sqlite3.Connection, number: int) -> list[int]:
    """Numbers on the shelf under which stands no grade of the model in use."""
    return [0, *(int(row["no"]) for row in connection.execute("SELECT no FROM shelf_model WHERE no <> ? ORDER BY no", [number]))]


def _indexed(index: str, sql: str, *values: Any) -> Condition:
    return Condition(sql, values, f"shelf s INDEXED BY {index}", sql, values)


def _words(text: str) -> Iterator[Condition]:
    terms = Terms.of(text)
    if terms.long:
        patterns = [like(word) for word in terms.long]
        sql = " AND ".join(_any_like(found) for found in patterns)
        values = tuple(pattern for found in patterns for pattern in found)
        source = "shelf_words w CROSS JOIN shelf s ON s.seq = w.rowid"
        yield Condition(sql, values, source, "w.shelf_words MATCH ?", (terms.match,), "shelf_words w")
    for word in terms.short:
        found = like(word)
        counted = "(SELECT DISTINCT doc FROM shelf_terms WHERE term >= ? AND term < ?) w"
        yield Condition(_any_like(found), tuple(found), f"{counted} CROSS JOIN shelf s ON s.seq = w.doc", "", terms.range_of(word), counted)


def _any_like(patterns: list[str]) -> str:
    return "(" + " OR ".join(["s.text LIKE ? ESCAPE '\\'"] * len(patterns)) + ")"


def _graded(wanted: Wanted, number: int, rest: list[int]) -> Iterator[Condition]:
    if wanted.signal:
        low, high = GRADED_BANDS.get(wanted.band, (0, 9 * BAND))
        sql = "s.model = ? AND s.signal = ? AND s.by_creator IN (0, 1) AND s.rank >= ? AND s.rank < ?"
        yield _indexed("shelf_by_signal", sql, number, wanted.signal, low, high)
    elif wanted.band in GRADED_BANDS:
        sql = "s.model = ? AND s.by_creator IN (0, 1) AND s.rank >= ? AND s.rank < ?"
        yield _indexed("shelf_by_rank", sql, number, *GRADED_BANDS[wanted.band])
    if wanted.band == "none":
        yield _indexed("shelf_by_rank", f"s.model IN ({', '.join('?' * len(rest))})", *rest)
    elif wanted.band in ("yours", "unsure"):
        own = f"s.{wanted.band} = 1"
        yield Condition(f"s.model = ? AND {own}", (number,), f"shelf s INDEXED BY shelf_{wanted.band}", f"{own} AND s.model = ?", (number,))
    if wanted.level:
        yield Condition("s.model = ? AND s.level >= ?", (number, wanted.level))


def _video(wanted: Wanted) -> Iterator[Condition]:
    """Conditions on the video, as its numbers: one set, so that an index is walked for few videos only."""
    clauses: list[tuple[str, tuple[str, ...]]] = []
    if wanted.video:
        clauses.append(("v.platform = ? AND v.id = ?", _place(wanted.video)))
    if wanted.creator:
        clauses.append(("v.platform = ? AND v.creator_id = ?", _place(wanted.creator)))
    if wanted.hashtag:
        tagged = """(v.platform, v.id) IN (SELECT platform, video_id FROM video_hashtag
            WHERE hashtag = ? AND platform IN (SELECT platform FROM video))"""
        clauses.append((tagged, (wanted.hashtag,)))
    if wanted.group:
        clauses.append(("(v.platform, v.creator_id) IN (SELECT platform, creator_id FROM creator_group WHERE name = ?)", (wanted.group,)))
    if clauses:
        where = " AND ".join(sql for sql, _ in clauses)
        numbers = f"SELECT sv.no FROM video v JOIN shelf_video sv ON sv.platform = v.platform AND sv.video_id = v.id WHERE {where}"
        yield _indexed("shelf_by_video", f"s.video IN ({numbers})", *(value for _, values in clauses for value in values))


def _plain(wanted: Wanted) -> Iterator[Condition]:
    if wanted.lang:
        yield _indexed("shelf_by_lang", "s.lang = ?", wanted.lang)
    if wanted.kind:
        kinds = PAID if wanted.kind == "paid" else (wanted.kind,)
        yield _indexed("shelf_by_kind", f"s.kind IN ({', '.join('?' * len(kinds))})", *kinds)
    if wanted.since is not None or wanted.until is not None:
        yield _indexed("shelf_by_time", "s.at >= ? AND s.at < ?", wanted.since or 0, wanted.until or 1 << 62)
    if wanted.likes:
        yield _indexed("shelf_by_likes", "s.likes >= ?", wanted.likes)
    if wanted.seen_from is not None:
        yield _indexed("shelf_by_sight", "s.seen >= ?", wanted.seen_from)
    if wanted.audience:
        yield Condition("s.by_creator = 0", ())
    if wanted.real:
        yield Condition("s.platform <> ?", (sample.PLATFORM,))
    if wanted.box == "open":
        yield Condition("s.answered = 0 AND s.by_creator = 0 AND s.state = ''", ())
    elif wanted.box == "answered":
        yield _indexed("shelf_dealt", "s.dealt = 1")
    elif wanted.box:
        yield Condition("s.state = ?", (wanted.box,), "shelf s INDEXED BY shelf_by_state", "s.state <> '' AND s.state = ?", (wanted.box,))


def _place(key: str) -> tuple[str, str]:
    platform, _, ident = key.partition(":")
    return platform, ident
