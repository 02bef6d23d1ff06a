"""What stands on the page and how to move on it: `page.js` by name."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Error, Page

_FILE = (Path(__file__).parent / "page.js").read_text(encoding="utf-8")
_SCRIPT = _FILE[_FILE.index("({") :].rstrip()

Wall = Literal["captcha", "login", "login-modal", "challenge", "denied"]


@dataclass(frozen=True)
class Scrolled:
    """Where a list stands after a scroll, in pixels; at the end nothing is left below."""

    top: float
    end: float

    @property
    def at_end(self) -> bool:
        """Whether the list cannot be scrolled further."""
        return self.top >= self.end - 4


@dataclass(frozen=True)
class Panel:
    """The comment panel: rows in it, whether it is there at all, and what stands in place of comments."""

    rows: int
    panel: bool
    message: str


@dataclass(frozen=True)
class Thread:
    """A comment in the page. `key` is its id, or its writer and words; `opener`: more replies can be asked for."""

    key: str
    opener: bool


class Eyes:
    """One page. A page that is navigating away answers None or nothing; the caller looks again."""

    def __init__(self, page: Page) -> None:
        self.page = page

    async def wall(self) -> Wall | None:
        """What stands between us and the page."""
        found: Wall | None = await self._ask("wall")
        return found

    async def close_login(self) -> bool:
        """Close a login window that may be closed."""
        return bool(await self._ask("closeLogin"))

    async def skip_prompt(self) -> bool:
        """Skip the question for interests, where it stands."""
        return bool(await self._ask("skip"))

    async def tiles(self) -> list[str]:
        """Addresses of the videos in the grid, in order."""
        return [str(address) for address in await self._ask("tiles") or []]

    async def open_tile(self, video_id: str) -> bool:
        """Open a video from the grid; False where it is not in the page."""
        return bool(await self._ask("openTile", video_id))

    async def scroll_page(self, share: float) -> Scrolled | None:
        """Scroll the page by a share of the window."""
        return _scrolled(await self._ask("scrollPage", share))

    async def comments(self) -> Panel:
        """The comment panel as it stands."""
        found = await self._ask("comments") or {"rows": 0, "panel": False, "message": ""}
        return Panel(**found)

    async def open_comments(self) -> bool:
        """Click what opens the comments."""
        return bool(await self._ask("openComments"))

    async def scroll_comments(self, share: float) -> Scrolled | None:
        """Scroll the comments by a share of their window; None where there is nothing to scroll."""
        return _scrolled(await self._ask("scrollComments", share))

    async def threads(self) -> list[Thread]:
        """Comments that are in the page now."""
        return [Thread(**thread) for thread in await self._ask("threads") or []]

    async def open_replies(self, key: str) -> bool:
        """Click what opens (more) replies of a comment."""
        return bool(await self._ask("openReplies", key))

    async def close_video(self) -> bool:
        """Close a video that lies over its grid."""
        return bool(await self._ask("closeVideo"))

    async def refresh(self) -> bool:
        """Click "Refresh" where a list failed."""
        return bool(await self._ask("refresh"))

    async def _ask(self, name: str, argument: object = None) -> Any:
        try:
            return await self.page.evaluate(f"(argument) => {_SCRIPT}[{name!r}](argument)", argument)
        except Error:
            return None


def _scrolled(found: dict[str, float] | None) -> Scrolled | None:
    return Scrolled(**found) if found else None
