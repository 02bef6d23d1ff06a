"""The pace of everything that is done on a page, and the reaction to refusals: one place, so that nothing slips past it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from scraper.breaker import Breaker
from scraper.config import Settings
from scraper.events import Tell
from scraper.eyes import Eyes
from scraper.gate import Gate, PausedError
from scraper.pace import Pacer
from scraper.sitting import Sitting
from scraper.tap import Heard, Tap

_NAP = 0.5


@dataclass
class Hands:
    """What a visit works with."""

    settings: Settings
    sitting: Sitting
    breaker: Breaker
    pacer: Pacer
    gate: Gate
    tap: Tap
    tell: Tell
    stopping: Callable[[], bool]

    async def rest(self, seconds: float) -> None:
        """Wait; Ctrl+C cuts it short.

        Raises:
            PausedError: the user stops the run.
        """
        end = asyncio.get_running_loop().time() + seconds
        while True:
            self.check()
            left = end - asyncio.get_running_loop().time()
            if left <= 0:
                return
            await asyncio.sleep(min(_NAP, left))

    async def step(self) -> None:
        """The pause before a scroll or click."""
        self.pacer.slowness = self.breaker.slowness
        await self.rest(self.pacer.step(asyncio.get_running_loop().time()))

    async def before_video(self) -> None:
        """The pause before a video is opened."""
        self.pacer.slowness = self.breaker.slowness
        await self.rest(self.pacer.video(asyncio.get_running_loop().time()))

    async def until(self, done: Callable[[], bool], seconds: float) -> bool:
        """Wait until something was heard, at most so long; whether it was."""
        end = asyncio.get_running_loop().time() + seconds
        while not done():
            self.check()
            left = end - asyncio.get_running_loop().time()
            if left <= 0:
                return False
            await self.sitting.news(min(left, _NAP))
        return True

    async def settle(self, eyes: Eyes) -> bool:
        """Let answers come in, then see to walls and refusals; True when the page has to be opened anew.

        Raises:
            PausedError: the run ends here for now.
        """
        await self.tap.settled(self.settings.pace.skeleton)
        self.check()
        wall = await self.gate.clear(eyes)
        refusals, self.sitting.refusals = self.sitting.refusals, []
        return await self._refused(eyes, refusals) or wall

    def check(self) -> None:
        """Stop when the user asked for it.

        Raises:
            PausedError: they did.
        """
        if self.stopping():
            raise PausedError("you stopped it")

    async def _refused(self, eyes: Eyes, refusals: list[Heard]) -> bool:
        """React to the last refusal of a batch: one moment's refusals are one sign."""
        if not refusals:
            return False
        last = refusals[-1]
        kind = last.refusal or "error"
        answer = self.breaker.refused(last.asked.kind, kind, last.retry_after)
        self.tell("refused", {"how": kind, "path": last.asked.path.partition("?")[0], "then": answer.verdict, "seconds": answer.seconds})
        if answer.verdict == "pause":
            raise PausedError(_WORDS.get(kind, f"TikTok refused ({kind})"))
        if answer.verdict == "cool down":
            await self.rest(answer.seconds)
            return True
        if answer.verdict == "person":
            await self.until(lambda: False, self.settings.pace.settle)  # the wall is drawn after the answer that asks for it
            await self.gate.clear(eyes)
            return True
        return False


_WORDS = {
    "blocked": "TikTok refuses this browser (403)",
    "empty": "TikTok keeps answering with nothing, which is how it refuses",
    "too_fast": "TikTok says that this is too fast (429)",
}
