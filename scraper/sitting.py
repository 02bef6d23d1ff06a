"""What one sitting has heard: the link between answers that come by themselves and whoever waits for them."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from companion.intake import Captured, Origin, Taken, take
from companion.store import Store
from companion.tiktok import Refusal
from scraper.breaker import ABOUT_THE_VIDEO, Breaker
from scraper.tap import Heard


@dataclass
class VideoHeard:
    """Answers about one video in this sitting.

    Of the `pages` of comments the last `stale` in a row held nothing that this sitting had not met, the last `known`
    nothing that was not stored before. `answered` are the comments whose replies came, in that order; `replies` says of each
    whether more follow, `threads` how many came.
    """

    pages: int = 0
    has_more: bool | None = None
    ids: set[str] = field(default_factory=set)
    stale: int = 0
    known: int = 0
    comments: int = 0
    empty: bool = False
    refusal: Refusal | None = None
    replies: dict[str, bool] = field(default_factory=dict)
    answered: list[str] = field(default_factory=list)
    threads: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass
class ListHeard:
    """Answers of the list that is being walked (a hashtag's or a creator's videos)."""

    pages: int = 0
    has_more: bool | None = None
    videos: list[tuple[str, str]] = field(default_factory=list)
    refusal: Refusal | None = None


class Sitting:
    """Stores what the tap hears and keeps account of it."""

    def __init__(self, store: Store, run_id: str, keep_days: int | None, breaker: Breaker) -> None:
        self._store, self._run, self._keep_days, self._breaker = store, run_id, keep_days, breaker
        self.tasks: dict[str, int] = {}
        self.videos: defaultdict[str, VideoHeard] = defaultdict(VideoHeard)
        self.list: ListHeard | None = None
        self.list_path = ""
        self.list_task: int | None = None
        self.refusals: list[Heard] = []
        self._paths: set[str] = set()
        self._news = asyncio.Event()
        self.sums = Taken()
        self.on_page: Callable[[Taken], None] = lambda _taken: None

    async def news(self, seconds: float) -> None:
        """Wait until something was heard, at most so long."""
        self._news.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._news.wait(), seconds)

    async def hear(self, heard: Heard) -> None:
        """Take one answer in."""
        try:
            await self._take(heard)
        finally:
            self._news.set()

    async def _take(self, heard: Heard) -> None:
        asked = heard.asked
        about = self.videos[asked.video_id] if asked.video_id in self.tasks else None
        walked = self.list if self._is_list(asked.path) else None
        if heard.refusal is not None:
            if about is not None and asked.kind != "replies":
                about.refusal = heard.refusal
            if walked is not None:
                walked.refusal = heard.refusal
            if heard.refusal not in ABOUT_THE_VIDEO:
                self.refusals.append(heard)
            return
        if about is None and walked is None and asked.kind not in {"user", "tag"}:
            return  # neighbours, suggestions and other lists: nobody asked for them
        origin = Origin("scrape", self._run, self.tasks.get(asked.video_id or "") or (self.list_task if walked else None), self._keep_days)
        taken = await asyncio.to_thread(take, self._store, [Captured(asked, heard.status, heard.body, heard.at)], origin)
        self._breaker.good(asked.kind)
        self.on_page(taken)
        if asked.path in self._paths:
            return  # asked twice, as the site does now and then, or by a video that was opened anew: it tells nothing
        self._paths.add(asked.path)
        if about is not None and asked.kind == "comments":
            self._comments(about, taken)
        if about is not None and asked.kind == "replies" and asked.comment_id:
            self._replies(about, asked.comment_id, taken)
        if walked is not None:
            walked.pages += 1
            walked.has_more = taken.has_more
            known = {video for video, _ in walked.videos}
            walked.videos += [place for place in taken.places if place[0] not in known]

    def _is_list(self, path: str) -> bool:
        return self.list is not None and bool(self.list_path) and path.startswith(self.list_path)

    def _comments(self, about: VideoHeard, taken: Taken) -> None:
        fresh = taken.ids - about.ids
        about.pages += 1
        about.has_more = taken.has_more
        about.refusal = None
        about.empty = not taken.ids
        about.stale = 0 if fresh else about.stale + 1
        about.known = 0 if taken.comments_new or not fresh else about.known + 1
        about.ids |= taken.ids
        about.comments = len(about.ids)

    @staticmethod
    def _replies(about: VideoHeard, thread: str, taken: Taken) -> None:
        about.answered.append(thread)
        about.threads[thread] += taken.rows
        about.replies[thread] = bool(taken.has_more) and taken.rows > 0
