"""Tips that name a number and a video: what would raise each weak part of a creator's score, the weakest part first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, sqrt
from statistics import median

from companion.quality.components import Component
from companion.quality.score import Score
from companion.quality.share_value import ShareField
from companion.quality.tips import USUAL, tips

NEWEST = 10
"""Videos that tips speak of: under older ones an answer is hardly read any more."""
LEAST_READ = 5
"""Comments below which the feeling under a video is no advice."""
LEAST_SIDE = 3
"""Videos above and below expectation that are needed to say what sets them apart."""
APART = 1.3
"""Times that the lengths of videos above and below expectation must differ to be named."""


@dataclass(frozen=True)
class TippedVideo:
    """A video as tips need it: its parts by name, its rank in the field (0-100), and how many top comments have an answer."""

    key: str
    parts: dict[str, Component]
    standing: float | None
    top_comments: int | None
    answered: int
    likes: int | None = None
    shares: int | None = None
    duration_s: float | None = None
    shared: ShareField | None = None


@dataclass(frozen=True)
class ConcreteTip:
    """`part` of the score and its points; what to do, and the `key` of the video to do it under ("" where it is about several)."""

    part: str
    points: float
    text: str
    key: str = ""


def concrete_tips(score: Score, videos: Sequence[TippedVideo]) -> list[ConcreteTip]:
    """For the parts below usual, weakest first. `videos`: newest first. A part about which no number helps gets the general tip."""
    newest = list(videos[:NEWEST])
    found = []
    for tip in tips(score):
        said = _MAKERS[tip.part](newest) if tip.part in _MAKERS else None
        found.append(ConcreteTip(tip.part, tip.points, *(said or (f"{tip.text}.", ""))))
    return found


def _reply(videos: Sequence[TippedVideo]) -> tuple[str, str] | None:
    due = [(_due(video), video) for video in videos if _due(video) > 0]
    if not due:
        return None
    more, video = max(due, key=lambda one: one[0])
    comments = f"{video.top_comments:,} top comments" if video.top_comments != 1 else "one top comment"
    have = "none has" if not video.answered else "one has" if video.answered == 1 else f"{video.answered:,} have"
    return f"Reply to {more:,} more of your {comments} ({have} an answer).", video.key


def _due(video: TippedVideo) -> int:
    top = video.top_comments or 0
    return min(top, ceil(sqrt(top))) - video.answered


def _read(videos: Sequence[TippedVideo]) -> tuple[str, str] | None:
    felt = [(part.points or 0.0, video.key, part) for video in videos if (part := video.parts.get("sentiment")) and part.n >= LEAST_READ]
    if not felt or min(felt)[0] >= USUAL:
        return None
    _, key, part = min(felt, key=lambda one: one[:2])
    return f"Read the negative comments first and answer what can be answered: {part.reason.partition(';')[0]}.", key


def _pass_on(videos: Sequence[TippedVideo]) -> tuple[str, str] | None:
    short = []
    for video in videos:
        if video.shares is not None and video.likes and video.shared is not None:
            middle = median(video.shared.shrunk)
            usual = ceil(middle * (video.likes + video.shared.rate) - video.shared.shape)
            if usual > video.shares:
                short.append((video.shares / usual, video.key, usual, video))
    if not short:
        return None
    _, key, usual, video = min(short, key=lambda one: one[:2])
    was = "once" if video.shares == 1 else "not at all" if not video.shares else f"{video.shares:,} times"
    usually = "once" if usual == 1 else f"{usual:,} times"
    why = "Give a reason to send it to somebody: a list, a find, a price."
    return f"It was passed on {was} at {video.likes:,} likes; half of the stored videos like it are, {usually} or more. {why}", key


def _repeat(videos: Sequence[TippedVideo]) -> tuple[str, str] | None:
    held = [(video.standing, video) for video in videos if video.standing is not None]
    if not held:
        return None
    above = [video for standing, video in held if standing >= USUAL]
    best = max(held, key=lambda one: one[0])
    text = f"{len(above)} of your {len(held)} newest videos did better than half of the stored ones"
    if len(held) == 1:
        text = f"It did better than {best[0]:.0f} % of the stored videos"
    else:
        text += f"; this one did best (above {best[0]:.0f} %)"
    return f"{text}.{_lengths(above, [video for standing, video in held if standing < USUAL])}", best[1].key


def _lengths(above: Sequence[TippedVideo], below: Sequence[TippedVideo]) -> str:
    long = [[video.duration_s for video in side if video.duration_s] for side in (above, below)]
    if min(map(len, long)) < LEAST_SIDE:
        return ""
    good, rest = (median(side) for side in long)
    if max(good, rest) < APART * min(good, rest):
        return ""
    return f" Those above last {good:.0f} seconds in the middle, the others {rest:.0f}; that need not be why."


_MAKERS: dict[str, Callable[[Sequence[TippedVideo]], tuple[str, str] | None]] = {
    "engagement": _reply,
    "sentiment": _read,
    "share value": _pass_on,
    "deviation": _repeat,
}
