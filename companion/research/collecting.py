"""Paging through questions: each page is stored when it comes, and where it stopped is kept, so that the same command goes on there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from companion.importing import makers
from companion.importing.makers import made_by
from companion.importing.pieces import Count, Entry, bodies
from companion.intake import Origin, take
from companion.intake_rows import PLATFORM
from companion.research import quota
from companion.research.client import Client, ResearchError
from companion.research.queries import PAGE, VideoQuestion, comment_key
from companion.store import Store, clock, forgotten, settings, videos
from companion.store.creators import Creator
from companion.tiktok import Asked
from companion.tiktok.research import COMMENT_FIELDS, VIDEO_FIELDS, Answer, answer_of, comment_item, video_item

REACHABLE = 1_000
"""Comments of a video that the API gives, the top ones."""

_STOPPED = "research.stopped"


@dataclass
class Collected:
    """What came so far. `new` is what was not stored before."""

    found: Count = field(default_factory=Count)
    new: Count = field(default_factory=Count)


@dataclass(frozen=True)
class Place:
    """Where a question stopped: part of its days or videos left, and the place in the answers about that part or the first of those."""

    part: int = 0
    left: tuple[str, ...] = ()
    cursor: int | None = None
    search_id: str | None = None


class Collector:
    """Asks and stores. `told` hears after every page; `keep_days` is how long rows are kept, None: without end."""

    def __init__(self, store: Store, client: Client, told: Callable[[Collected], None], keep_days: int | None = None) -> None:
        self._store, self._client, self._told = store, client, told
        self._origin = Origin("research", keep_days=keep_days)
        self.collected = Collected()

    def videos(self, question: VideoQuestion, at_most: int) -> None:
        """Videos of a question, up to `at_most` in this sitting.

        Raises:
            QuotaUsedError, ResearchError: what came before is stored, and the place kept.
        """
        place, came = self._place(question.key), 0
        spans = question.spans
        while place.part < len(spans) and came < at_most:
            body = question.body(spans[place.part], place.cursor, place.search_id)
            try:
                answer = self._ask("video/query/", VIDEO_FIELDS, body, "videos")
            except ResearchError as error:
                if error.code != "invalid_params" or place.search_id is None:
                    raise
                place = Place(place.part)  # a search is remembered for a while only: this part begins anew
                continue
            self._keep([_video(row) for row in answer.rows])
            came += len(answer.rows)
            place = Place(place.part + 1) if answer.cursor is None else Place(place.part, (), answer.cursor, answer.search_id)
            self._stop_at(question.key, place if place.part < len(spans) else None)

    def comments(self, video_ids: Sequence[str]) -> None:
        """The top comments of videos, one video after the other.

        Raises:
            QuotaUsedError, ResearchError: what came before is stored, and the place kept.
        """
        self._comments(comment_key(*video_ids), list(video_ids))

    def comments_of(self, hashtag: str, at_most: int) -> None:
        """The same for stored videos with a hashtag, those with the most comments first.

        Raises:
            QuotaUsedError, ResearchError: see `comments`.
        """
        with self._store.reading() as connection:
            found = videos.with_hashtag(connection, PLATFORM, hashtag, at_most)
        self._comments(comment_key("#", hashtag.lower(), str(at_most)), found)

    def _comments(self, key: str, found: list[str]) -> None:
        place = self._place(key)
        left = list(place.left) or found
        while left:
            video = left[0]
            body = {"video_id": int(video), "max_count": PAGE, "cursor": place.cursor or 0}
            answer = self._ask("video/comment/list/", COMMENT_FIELDS, body, "comments")
            self._keep([_comment(row, video) for row in answer.rows])
            over = answer.cursor is None or answer.cursor >= REACHABLE or answer.cursor <= (place.cursor or 0)
            left = left[1:] if over else left
            place = Place(left=tuple(left), cursor=None if over else answer.cursor)
            self._stop_at(key, place if left else None)

    def _ask(self, path: str, fields: tuple[str, ...], body: dict[str, Any], rows: str) -> Answer:
        answer = answer_of(self._client.ask(path, fields, body, lambda: quota.count_request(self._store)), rows)
        quota.count_records(self._store, len(answer.rows))
        return answer

    def _keep(self, entries: list[Entry]) -> None:
        with self._store.reading() as connection:
            kept = makers.without_forgotten(entries, forgotten.everyone(connection, self._store.workspace.pseudonym))
        taken = take(self._store, bodies(kept), self._origin)
        makers.save(self._store, kept)
        self.collected.found += Count(taken.videos_found, taken.comments_found, taken.replies_found)
        self.collected.new += Count(taken.videos_new, taken.comments_new, taken.replies_new)
        self._told(self.collected)

    def _place(self, key: str) -> Place:
        with self._store.reading() as connection:
            found = settings.get(connection, _STOPPED, {}).get(key)
        return Place(**{**found, "left": tuple(found["left"])}) if found else Place()

    def _stop_at(self, key: str, place: Place | None) -> None:
        """Remember where a question stopped; None: it is answered to its end."""
        with self._store.writing() as connection:
            stopped = settings.get(connection, _STOPPED, {})
            stopped.pop(key, None)
            if place is not None:
                stopped[key] = vars(place)
            settings.put(connection, _STOPPED, stopped)


def _video(row: Any) -> Entry:
    item = video_item(row)
    handle = row.get("username") if isinstance(row.get("username"), str) else None
    maker = made_by(str(item.get("id")), None, handle, Creator(PLATFORM, "")) if handle and item.get("id") else None
    return Entry(Asked("items", "research/video/query"), clock.now_ms(), item, "itemList", maker)


def _comment(row: Any, video_id: str) -> Entry:
    item = comment_item(row, video_id)
    parent = item["reply_id"]
    path = f"research/video/comment/list?aweme_id={video_id}"
    asked = Asked("comments", path, video_id) if parent == "0" else Asked("replies", path, video_id, parent)
    return Entry(asked, clock.now_ms(), item, "comments")
