"""What to do when TikTok refuses: ok -> slow -> paused -> stopped, and only good answers lead back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

from companion.store.runs import Pace as Condition
from companion.tiktok import PageKind, Refusal
from scraper.config import Pace

Verdict = Literal["go on", "cool down", "person", "pause", "skip"]
"""skip: this video has nothing to say; person: somebody must look at the window; pause: checkpoint and end the run."""

ABOUT_THE_VIDEO: frozenset[Refusal] = frozenset({"not_found", "private", "region", "comments_off", "error"})
"""Answers about one video, not about us."""


@dataclass(frozen=True)
class Answer:
    """What follows from one answer: for "cool down" how long to stay away (seconds)."""

    verdict: Verdict
    seconds: float = 0.0


@dataclass
class Breaker:
    """Counts refusals in a row."""

    pace: Pace
    condition: Condition = "ok"
    slowness: float = 1.0
    refusals: Counter[PageKind] = field(default_factory=Counter)
    _good: int = 0

    def good(self, kind: PageKind) -> None:
        """A page answered: after `calm_after` in a row, pauses become one step shorter.

        Refusals in a row are counted for each kind of question: TikTok shows videos as ever while it refuses their comments.
        """
        self.refusals[kind] = 0
        self._good += 1
        if self._good >= self.pace.calm_after and self.slowness > 1:
            self._good = 0
            self.slowness = max(1.0, self.slowness / self.pace.slow_factor)
        self.condition = "slow" if self.slowness > 1 else "ok"

    def refused(self, kind: PageKind, refusal: Refusal, retry_after: float | None = None) -> Answer:
        """A page refused.

        Args:
            kind: what had been asked.
            refusal: how.
            retry_after: seconds that the answer's Retry-After asks for.
        """
        if refusal in ABOUT_THE_VIDEO:
            return Answer("skip")
        self._good = 0
        self.slowness = min(self.pace.slow_most, self.slowness * self.pace.slow_factor)
        self.condition = "slow"
        if refusal in {"verify", "login"}:
            return Answer("person")
        self.refusals[kind] += 1
        if refusal == "blocked":
            self.condition = "stopped"
            return Answer("pause")
        if self.refusals[kind] > len(self.pace.cool_down):
            self.condition = "paused"
            return Answer("pause")
        return Answer("cool down", max(self.pace.cool_down[self.refusals[kind] - 1], retry_after or 0.0))
