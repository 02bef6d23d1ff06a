"""Walls that only a person may pass: the scraper stops acting, says so, and waits. It solves nothing and hides nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from scraper.config import Settings
from scraper.eyes import Eyes, Wall

WORDS: dict[Wall, str] = {
    "captcha": "TikTok shows a captcha",
    "login": "TikTok asks you to log in",
    "login-modal": "TikTok asks you to log in",
    "challenge": "TikTok checks the browser and does not let the page through",
    "denied": "TikTok refuses this browser (403)",
}
_LOOK_SECONDS = 0.5


class PausedError(RuntimeError):
    """The run cannot go on now; everything so far is stored, and it can be taken up again."""


@dataclass
class Gate:
    """Watches for walls. `waiting(words)` is called when somebody is needed, `waiting("")` when that is over."""

    settings: Settings
    waiting: Callable[[str], None]
    stopping: Callable[[], bool]
    walls: int = 0

    async def clear(self, eyes: Eyes) -> bool:
        """Pass when the page is free; wait for a person when it is not. True when somebody had to come.

        Raises:
            PausedError: nobody came in time, or TikTok put up one wall after the other.
        """
        wall = await self._wall(eyes)
        if wall is None:
            return False
        if wall == "denied":
            raise PausedError(WORDS[wall])
        self.walls += 1
        await self._wait(eyes, wall)
        if self.walls >= self.settings.limits.walls:
            raise PausedError(f"{WORDS[wall]} for the {self.walls}nd time in this run" if self.walls == 2 else WORDS[wall])
        return True

    async def _wall(self, eyes: Eyes) -> Wall | None:
        wall = await eyes.wall()
        if wall == "login-modal" and await eyes.close_login():
            await asyncio.sleep(_LOOK_SECONDS)
            wall = await eyes.wall()
        if wall == "challenge":  # it flashes by in healthy sessions
            wall = await self._still(eyes, wall)
        return wall

    async def _still(self, eyes: Eyes, wall: Wall) -> Wall | None:
        end = asyncio.get_running_loop().time() + self.settings.pace.challenge
        while asyncio.get_running_loop().time() < end:
            await asyncio.sleep(_LOOK_SECONDS)
            if await eyes.wall() != wall:
                return await eyes.wall()
        return wall

    async def _wait(self, eyes: Eyes, wall: Wall) -> None:
        minutes = self.settings.limits.wait_minutes
        self.waiting(WORDS[wall])
        await eyes.page.bring_to_front()
        end = asyncio.get_running_loop().time() + minutes * 60
        try:
            while await eyes.wall() is not None:
                if self.stopping() or asyncio.get_running_loop().time() >= end:
                    raise PausedError(f"{WORDS[wall]}, and nobody answered within {minutes:g} minutes")
                await asyncio.sleep(_LOOK_SECONDS)
        finally:
            self.waiting("")
