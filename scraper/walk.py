"""Walking down a hashtag's or a creator's page to see which videos there are."""

from __future__ import annotations

from companion.store.tasks import Task
from companion.tiktok import page_of
from scraper.config import SITE
from scraper.eyes import Eyes
from scraper.hands import Hands
from scraper.sitting import ListHeard
from scraper.visit import Ended

SHARE = 0.8
_SILENT_SCROLLS = 4

PATHS = {"tag": "/api/challenge/item_list", "creator": "/api/post/item_list"}
"""Where the page asks for its list: other lists on the page (suggestions) are none of ours."""


class Walk:
    """One list in one sitting."""

    def __init__(self, hands: Hands, eyes: Eyes, task: Task) -> None:
        self._hands, self._eyes, self.task = hands, eyes, task
        self.heard = ListHeard()

    @property
    def address(self) -> str:
        """The list's page."""
        return f"{SITE}/tag/{self.task.key}" if self.task.kind == "tag" else f"{SITE}/@{self.task.key}"

    def listen(self) -> None:
        """From now on answers of this list are this task's."""
        sitting = self._hands.sitting
        sitting.list, sitting.list_path, sitting.list_task = self.heard, PATHS[self.task.kind], self.task.id

    async def open(self) -> None:
        """Open the list's page."""
        self.listen()
        await self._eyes.page.goto(self.address, wait_until="domcontentloaded")
        if await self._hands.settle(self._eyes):
            await self._eyes.page.goto(self.address, wait_until="domcontentloaded")
            await self._hands.settle(self._eyes)

    async def to_end(self, wanted: int) -> Ended:
        """Scroll until `wanted` videos are known, or no more come.

        Raises:
            PausedError: the run ends here for now.
        """
        await self.open()
        silent = 0
        while True:
            await self._tiles()
            found = len(self.heard.videos)
            if found >= wanted:
                return Ended(f"the limit of {wanted} videos was reached")
            if self.heard.has_more is False:
                return Ended(f"TikTok showed {found} videos and said that no more follow")
            if self.heard.refusal in {"not_found", "private"}:
                return Ended("there is no such page" if self.heard.refusal == "not_found" else "the account is private", missing=True)
            pages = self.heard.pages
            await self._hands.step()
            place = await self._eyes.scroll_page(SHARE)
            if place is None or place.at_end:
                await self._hands.until(lambda: self.heard.pages > pages, self._hands.settings.pace.settle)  # noqa: B023
            if await self._hands.settle(self._eyes):
                await self.open()
            if len(self.heard.videos) > found:
                silent = 0
            elif place is None or place.at_end:
                silent += 1
            if silent >= _SILENT_SCROLLS:
                return Ended(f"TikTok showed {found} videos and nothing new after that")

    async def show(self, video_id: str) -> bool:
        """Scroll until a video's tile is in the page; False when it does not come."""
        silent, before = 0, -1
        while silent < _SILENT_SCROLLS:
            tiles = await self._eyes.tiles()
            if any((page := page_of(tile)) and page.key == video_id for tile in tiles):
                return True
            silent = 0 if len(tiles) > before else silent + 1
            before = max(before, len(tiles))
            if self.heard.has_more is False and silent > 1:
                return False
            await self._hands.step()
            await self._eyes.scroll_page(SHARE)
            await self._hands.settle(self._eyes)
        return False

    async def _tiles(self) -> None:
        """Videos that the page shows without having asked for them stand in its HTML."""
        for address in await self._eyes.tiles():
            page = page_of(address)
            if page and page.kind == "video" and page.key not in {video for video, _ in self.heard.videos}:
                self.heard.videos.append((page.key, page.handle or ""))
