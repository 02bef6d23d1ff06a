"""Reading one video: open it, scroll its comments, open their replies, and say why that ended."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from companion.tiktok import Refusal
from scraper.clicks import Clicks
from scraper.config import SITE
from scraper.eyes import Eyes, Scrolled
from scraper.hands import Hands
from scraper.sitting import VideoHeard
from scraper.words import NOTHING_FOLLOWS

SHARE = 0.7
"""Of the list's window that one scroll moves: jumps make TikTok's list load nothing."""

_BOTTOMS = 2
"""Times in a row that the list's bottom must be met: rows that just came may not be drawn yet."""

_SILENT_BOTTOMS = 3
_STALE_PAGES = 2
_TRIES = 3
"""Clicks without an answer after which a comment's replies are left alone; "Hide" is such a click."""

_GONE: dict[Refusal, str] = {
    "not_found": "the video is not there any more",
    "private": "the video is private",
    "region": "the video is not shown in this country",
    "comments_off": "comments are turned off",
    "error": "TikTok answered with an error: it may be gone or private",
}


@dataclass(frozen=True)
class Ended:
    """Why a visit ended. `again`: it should be tried once more later; `missing`: the video is gone; `strange`: unknown layout."""

    reason: str
    again: bool = False
    missing: bool = False
    strange: bool = False


@dataclass(frozen=True)
class Wish:
    """A video to read. `from_grid`: it may be opened from the page that is open; `deep`: known comments are no reason to leave."""

    video_id: str
    handle: str
    from_grid: bool
    deep: bool


class Visit:
    """One video in one sitting."""

    def __init__(self, hands: Hands, eyes: Eyes, wish: Wish) -> None:
        self._hands, self._eyes, self._wish = hands, eyes, wish
        self._limits = hands.settings.limits
        self._tries: Counter[str] = Counter()
        self._clicks = Clicks()
        self._reopened = False

    @property
    def _heard(self) -> VideoHeard:
        return self._hands.sitting.videos[self._wish.video_id]

    async def read(self) -> Ended:
        """Read the video as far as limits, TikTok and the user allow.

        Raises:
            PausedError: the run ends here for now.
        """
        await self._open(from_grid=self._wish.from_grid)
        if await self._hands.settle(self._eyes):
            await self._open(from_grid=False)
            if await self._hands.settle(self._eyes):
                return Ended("TikTok refused it twice", again=True)
        if (ended := await self._first_page()) is not None:
            return ended
        return await self._scroll()

    async def glance(self) -> Ended:
        """Open the video for its counters and first comments only."""
        await self._open(from_grid=False)
        if await self._hands.settle(self._eyes):
            return Ended("TikTok refused it", again=True)
        return await self._first_page() or Ended("its counters were read again")

    async def leave(self) -> None:
        """Close the video, back to its grid where there is one."""
        if not await self._eyes.close_video():
            await self._eyes.page.evaluate("history.length > 1 && history.back()")

    async def _open(self, *, from_grid: bool) -> None:
        if from_grid and await self._eyes.open_tile(self._wish.video_id):
            return
        address = f"{SITE}/@{self._wish.handle or 'i'}/video/{self._wish.video_id}"
        await self._eyes.page.goto(address, wait_until="domcontentloaded")

    async def _first_page(self) -> Ended | None:
        """Wait for the first comments; a panel that is closed is opened."""
        for attempt in range(3):
            seconds = self._hands.settings.pace.settle * (1 if attempt == 0 else 2)
            if await self._hands.until(lambda: self._heard.pages > 0 or self._heard.refusal is not None, seconds):
                break
            panel = await self._eyes.comments()
            if panel.rows:
                break
            if panel.message or await self._hands.settle(self._eyes):
                break
            await self._eyes.skip_prompt()
            await self._hands.step()
            await self._eyes.open_comments()
        else:
            await self._hands.until(lambda: self._heard.pages > 0, self._hands.settings.pace.skeleton)
        return await self._nothing()

    async def _nothing(self) -> Ended | None:
        """Why there are no comments to read, or None when there are."""
        await self._hands.settle(self._eyes)
        heard = self._heard
        if heard.pages:
            return Ended("it has no comments") if heard.empty and not heard.has_more else None
        if heard.refusal in _GONE:
            return Ended(_GONE[heard.refusal], missing=heard.refusal == "not_found")
        if heard.refusal:
            return Ended(f"TikTok refused it ({heard.refusal})", again=True)
        message = (await self._eyes.comments()).message
        if message:
            return Ended("TikTok shows no comments for it")
        if (await self._eyes.comments()).rows:
            return None
        return Ended("its comments did not appear", again=True)

    async def _scroll(self) -> Ended:
        """Down the list, replies on the way, until there is a reason to end and the bottom of what was loaded is reached."""
        bottoms = 0
        enough: int | None = None  # pages that had come when there was a reason to end
        while True:
            await self._replies()
            ended = self._over()
            if ended is not None:
                enough = self._heard.pages if enough is None else enough
                if bottoms >= _BOTTOMS or self._limits.replies <= 0 or self._heard.pages > enough:
                    return ended
            pages = self._heard.pages
            await self._hands.step()
            place = await self._eyes.scroll_comments(SHARE)
            await self._answer(place, pages)
            if await self._hands.settle(self._eyes):
                if self._reopened:
                    return Ended("TikTok refused to go on", again=True)
                await self._reopen()
            if self._heard.pages > pages:
                bottoms = 0
                continue
            bottoms = bottoms + 1 if place is None or place.at_end else 0
            if bottoms >= _SILENT_BOTTOMS:
                if place is None and not (await self._eyes.comments()).rows:
                    return Ended("its comments came, but stand in a layout that this version does not know", strange=True)
                if self._reopened or not self._heard.has_more:
                    return Ended("TikTok promised more and showed none" if self._heard.has_more else "the list ended")
                bottoms = 0
                await self._reopen()

    async def _answer(self, place: Scrolled | None, pages: int) -> None:
        """Give the page the time to ask and be answered, longer at the list's end."""
        at_end = place is None or place.at_end
        if at_end and self._heard.has_more:
            await self._hands.until(
                lambda: self._heard.pages > pages or bool(self._hands.sitting.refusals), self._hands.settings.pace.settle
            )

    async def _reopen(self) -> None:
        """Open the video anew, once: a list drawn from what was loaded early asks for no second page, and one that failed stays so."""
        self._reopened = True
        if await self._eyes.refresh():
            await self._hands.until(lambda: False, self._hands.settings.pace.settle)
            return
        await self._hands.before_video()
        await self._open(from_grid=False)
        await self._hands.settle(self._eyes)
        await self._hands.until(lambda: False, self._hands.settings.pace.settle)

    def _over(self) -> Ended | None:
        heard, limits = self._heard, self._limits
        if heard.comments >= limits.comments:
            return Ended(f"the limit of {limits.comments} comments was reached")
        if heard.has_more is False:
            return Ended(NOTHING_FOLLOWS)
        if heard.empty and heard.pages:
            return Ended("TikTok sent an empty page and promised more")
        if heard.stale >= _STALE_PAGES:
            return Ended("TikTok sent the same comments again")
        if not self._wish.deep and heard.known >= limits.known_pages:
            return Ended(f"{heard.known} pages in a row held only comments that were stored before (--deep reads on)")
        return None

    async def _replies(self) -> None:
        """Open the replies of the comments that are in the page now."""
        if self._limits.replies <= 0:
            return
        for thread in await self._eyes.threads():
            if thread.opener and self._tries[thread.key] < _TRIES:
                await self._thread(thread.key)

    async def _thread(self, key: str) -> None:
        """Click until no more replies follow, or the limit is reached; a comment that does not answer is tried again later."""
        while True:
            await self._hands.step()
            self._clicks.click(key)
            if not await self._eyes.open_replies(key):
                self._clicks.withdraw(key)
                return
            thread = await self._answer_to(key)
            if thread is None:
                self._tries[key] += 1
                self._hands.tell("no answer", {"video": self._wish.video_id, "asked": "replies", "tries": self._tries[key]})
                return
            if not self._heard.replies.get(thread) or self._heard.threads[thread] >= self._limits.replies:
                self._tries[key] = _TRIES
                return

    async def _answer_to(self, key: str) -> str | None:
        """The id of the comment whose replies this click brought; None where it brought none."""
        hands = self._hands
        before = self._clicks.answers(key)

        def answered() -> bool:
            self._clicks.hear(self._heard.answered)
            return self._clicks.answers(key) > before or bool(hands.sitting.refusals)

        await hands.until(answered, hands.settings.pace.settle)
        if await hands.settle(self._eyes):
            return None
        return self._clicks.comment(key) if answered() else None
