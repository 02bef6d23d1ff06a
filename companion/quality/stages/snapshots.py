"""What was read of a video over time, made fit to compare: in order, without what cannot be true."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from companion.quality.posts import Floats

HOUR_MS = 3_600_000
FALL = 0.01
"""Part by which a counter may fall between two readings without being called broken: pages round and answers differ."""


@dataclass(frozen=True)
class Snapshot:
    """Counters of a video as read at `at` (ms UTC); None where not known."""

    at: int
    views: int | None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None


@dataclass(frozen=True)
class Curve:
    """The usable readings, oldest first. `hours`: since posting, or since the first reading where the day of posting is not known.

    `views` never fall. `likes` NaN where not known. `step`: how coarsely each number was rounded. `reasons`: what was not used.
    """

    at: NDArray[np.int64]
    hours: Floats
    views: Floats
    likes: Floats
    step: Floats
    dated: bool
    reasons: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.at)

    def until(self, last: int) -> Curve:
        """The curve up to and with reading `last`."""
        k = last + 1
        return Curve(self.at[:k], self.hours[:k], self.views[:k], self.likes[:k], self.step[:k], self.dated, self.reasons)


def curve_of(snapshots: Sequence[Snapshot], posted_at: int | None = None) -> Curve:
    """The readings as a curve; never raises.

    Left out: readings without views or below zero, before posting, a second reading of the same moment, and dips (a reading below an
    earlier one while later ones are back above). A day of posting after every reading (in the future, say) is left out instead of them.
    A lasting fall is a correction of the platform: from there on the lower count is true, and what stood before is lowered to it.
    """
    known = sorted({s.at: s for s in snapshots if s.views is not None and s.views >= 0}.values(), key=lambda s: s.at)
    reasons = []
    if posted_at is not None and known and posted_at > known[-1].at:
        posted_at = None
        reasons.append("every reading is older than the day of posting, so that day cannot be true")
    if without := len(snapshots) - len(known):
        reasons.append(f"{without} {'reading has' if without == 1 else 'readings have'} no views of their own")
    if posted_at is not None:
        early = sum(s.at < posted_at for s in known)
        known = [s for s in known if s.at >= posted_at]
        if early:
            reasons.append(f"{early} {'reading is' if early == 1 else 'readings are'} older than the video")
    at = np.array([s.at for s in known], dtype=np.int64)
    views = np.array([float(s.views or 0) for s in known])
    likes = np.array([np.nan if s.likes is None or s.likes < 0 else float(s.likes) for s in known])
    keep = _not_dips(views)
    if dips := int((~keep).sum()):
        reasons.append(f"{dips} {'reading lies' if dips == 1 else 'readings lie'} below earlier and later ones")
    at, views, likes = at[keep], views[keep], likes[keep]
    step = _steps(views)
    if len(views) and (views < np.maximum.accumulate(views) * (1 - FALL)).any():
        reasons.append("the views were corrected downwards; what stood before is lowered to it")
    views = np.minimum.accumulate(views[::-1])[::-1]
    begin = posted_at if posted_at is not None else (int(at[0]) if len(at) else 0)
    return Curve(at, (at - begin) / HOUR_MS, views, likes, step, posted_at is not None, tuple(reasons))


def _not_dips(views: Floats) -> NDArray[np.bool_]:
    """False for readings clearly below an earlier one that later ones stand above again."""
    if len(views) < 3:
        return np.ones(len(views), dtype=bool)
    before = np.maximum.accumulate(views)
    after = np.maximum.accumulate(views[::-1])[::-1]
    return ~((views < before * (1 - FALL)) & (after >= before * (1 - FALL)))


def _steps(views: Floats) -> Floats:
    """The unit that a page rounds a number of this size to, where the number is a multiple of it; 1 where it is exact."""
    step = np.select([views < 10_000, views < 999_950, views < 999_950_000], [1.0, 100.0, 100_000.0], 100_000_000.0)
    out: Floats = np.where(views % step == 0, step, 1.0)
    return out
