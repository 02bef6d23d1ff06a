"""A table of TikTok Studio as rows, one a video; every value that was not used is named with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from companion.cell_values import video as video_id_of
from companion.quality.counts import parse_count
from companion.quality.post_rows import without_contradictions
from companion.quality.posts import Post
from companion.quality.studio_values import day_of, handle_in, part_of, seconds_of
from companion.table_files import Row

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "video": ("video link", "post link", "link", "video url", "url", "video id", "post id", "item id", "video"),
    "title": ("video title", "post title", "title", "caption", "description", "video description"),
    "created_at": ("post time", "posted", "post date", "publish time", "date posted", "create time", "created at"),
    "at": ("time", "date", "as of", "exported at", "collected at"),
    "plays": ("total views", "video views", "post views", "views", "plays"),
    "likes": ("total likes", "likes"),
    "comments": ("total comments", "comments"),
    "shares": ("total shares", "shares"),
    "saves": ("total favorites", "favorites", "adds to favorites", "total saves", "saves"),
    "completion": (
        *("watched full video", "full video watched rate", "full video watched", "completion rate", "video completion rate"),
        *("completion", "watched to the end"),
    ),
    "watched_s": ("average watch time", "avg watch time", "average time watched", "average watched seconds"),
    "new_followers": ("new followers", "followers gained"),
}
"""What a column means, by the names it goes by (in small letters, without marks)."""

TRAFFIC: Mapping[str, tuple[str, ...]] = {
    "For You": ("for you", "for you feed", "for you page"),
    "Following": ("following", "following feed"),
    "Profile": ("personal profile", "profile", "your profile"),
    "Search": ("search",),
    "Sound": ("sound", "sounds"),
    "Hashtag": ("hashtag", "hashtags"),
    "Other": ("other", "others", "direct message", "message"),
}
"""Where viewers came from, with the names of its column."""
COUNTS = ("plays", "likes", "comments", "shares", "saves")
_ALL = 1.02
"""Parts of one whole may add up to this, being rounded."""
_NO_WORD = re.compile(r"[^a-z0-9]+")

T = TypeVar("T")


@dataclass(frozen=True)
class StudioRow:
    """One video. `handle` is the account in its address ("" where none), `at` when the numbers held (None: not said); ms UTC.

    Counts, `new_followers`: whole numbers; `completion` and `traffic`: parts, 0-1; `watched_s`: seconds. None: not known.
    """

    line: int
    video_id: str
    handle: str = ""
    title: str = ""
    created_at: int | None = None
    at: int | None = None
    plays: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    saves: int | None = None
    completion: float | None = None
    watched_s: float | None = None
    new_followers: int | None = None
    traffic: Mapping[str, float] = field(default_factory=dict)


def meanings(header: Iterable[str]) -> dict[str, str]:
    """Column -> what it means, for the columns that mean something; sources of viewers as "traffic:For You".

    >>> meanings(["Video link", "Total views", "Traffic source: For You (%)", "Mood"])
    {'Video link': 'video', 'Total views': 'plays', 'Traffic source: For You (%)': 'traffic:For You'}
    """
    known = {name: meaning for meaning, names in COLUMNS.items() for name in names}
    known |= {name: f"traffic:{source}" for source, names in TRAFFIC.items() for name in names}
    found: dict[str, str] = {}
    for column in header:
        words = " ".join(_NO_WORD.sub(" ", column.lower()).split()).removeprefix("traffic source ").removesuffix(" s")
        meaning = known.get(words)
        if meaning and (meaning not in found.values() or meaning == "traffic:Other"):
            found[column] = meaning
    return found


def studio_rows(rows: Iterable[Row], columns: Mapping[str, str], now: int) -> tuple[list[StudioRow], list[str]]:
    """The rows that name a video, and what was wrong. `columns` as `meanings` gives them, `now` in ms UTC."""
    found: dict[str, StudioRow] = {}
    problems: list[str] = []
    for row in rows:
        said: list[str] = []
        read = _row(row, columns, now, said)
        if read is not None and read.video_id in found:
            said = [f"the video {read.video_id[:40]} stands there twice; the first row counts"]
        elif read is not None:
            found[read.video_id] = read
        problems += [f"line {row.line}: {one}" for one in said]
    return list(found.values()), problems


def _row(row: Row, columns: Mapping[str, str], now: int, said: list[str]) -> StudioRow | None:
    if row.error:
        said.append(f"{row.error}; row skipped")
        return None
    cells = {column: str(row.values[column]).strip() for column in columns if str(row.values.get(column, "")).strip()}
    by_meaning = {meaning: cells[column] for column, meaning in columns.items() if column in cells and not meaning.startswith("traffic:")}
    address = by_meaning.get("video", "")
    try:
        ident = video_id_of(address) if address else ""
    except ValueError as error:
        said.append(f"the video {error}; row skipped")
        return None
    if not ident or "/" in ident:
        said.append(f'"{address[:60]}" is no address of a video; row skipped' if address else "no video named; row skipped")
        return None
    percent = {meaning for column, meaning in columns.items() if "%" in column}
    made = StudioRow(
        row.line,
        ident,
        handle=handle_in(address),
        title=by_meaning.get("title", ""),
        created_at=_read(by_meaning, "created_at", "posted", lambda text: day_of(text, now), said),
        at=_read(by_meaning, "at", "date of the numbers", lambda text: day_of(text, now), said),
        completion=_read(by_meaning, "completion", "watched to the end", lambda text: part_of(text, "completion" in percent), said),
        watched_s=_read(by_meaning, "watched_s", "average watch time", seconds_of, said),
        traffic=_traffic(cells, columns, said),
        **{name: _count(by_meaning, name, said) for name in (*COUNTS, "new_followers")},
    )
    return _consistent(made, said)


def _read(cells: Mapping[str, str], name: str, words: str, reader: Callable[[str], T], said: list[str]) -> T | None:
    try:
        return reader(cells[name]) if name in cells else None
    except ValueError as error:
        said.append(f"{words}: {error}; not used")
        return None


def _count(cells: Mapping[str, str], name: str, said: list[str]) -> int | None:
    if name not in cells:
        return None
    count = parse_count(cells[name], name.replace("_", " "))
    if count.reason:
        said.append(f"{count.reason}; not used")
    return count.value


def _traffic(cells: Mapping[str, str], columns: Mapping[str, str], said: list[str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for column, text in cells.items():
        source = columns[column].removeprefix("traffic:")
        if source == columns[column]:
            continue
        part = _read({column: text}, column, f"viewers from {source}", lambda text, column=column: part_of(text, "%" in column), said)  # type: ignore[misc]
        if part is not None:
            found[source] = found.get(source, 0.0) + part
    if sum(found.values()) > _ALL:
        said.append(f"the sources of viewers add up to {sum(found.values()):.0%}; not used")
        return {}
    return found


def _consistent(row: StudioRow, said: list[str]) -> StudioRow:
    """Without counts that contradict the views."""
    post = without_contradictions(Post(row.video_id, "", **{name: getattr(row, name) for name in COUNTS}))
    said += post.reasons
    changed: dict[str, Any] = {name: getattr(post, name) for name in COUNTS}
    return replace(row, **changed)
