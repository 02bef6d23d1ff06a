"""The picture of what stands beside a hashtag: dots on two rings about it, lines where videos are shared."""

from __future__ import annotations

import math
from dataclasses import dataclass

from companion.hashtags import Neighbourhood

WIDTH, HEIGHT = 160.0, 96.0
RINGS = ((66.0, 38.0), (40.0, 22.0))
"""Half axes of the outer and the inner ring, in units of the picture; one ring will do for few dots."""

FEW = 6
LINES = 40
"""Lines between the dots around the middle, the heaviest; more are a web."""

MARGIN = 8.0
"""Room for the dots and names at the upper and lower edge."""

LABEL = 18
"""Characters of a name in the picture; the list beside it has all of them."""


@dataclass(frozen=True)
class Dot:
    """A hashtag: place and radius in units of the picture, its videos, and those it shares with the one in the middle."""

    tag: str
    x: float
    y: float
    radius: float
    videos: int
    shared: int
    department: str
    middle: bool
    akin: bool

    @property
    def label(self) -> str:
        """The name as far as there is room."""
        return f"#{self.tag}" if len(self.tag) <= LABEL else f"#{self.tag[: LABEL - 1]}…"


@dataclass(frozen=True)
class Picture:
    """Dots, the middle one first, and lines (x1, y1, x2, y2, width); `department` is that of the middle, "" where it has none."""

    dots: tuple[Dot, ...]
    lines: tuple[tuple[float, float, float, float, float], ...]
    department: str

    @property
    def has_kin(self) -> bool:
        """Whether another one leads to the same department."""
        return any(dot.akin and not dot.middle for dot in self.dots)

    @property
    def view_box(self) -> str:
        """As wide as ever, as high as the dots need."""
        top, bottom = min(dot.y for dot in self.dots) - MARGIN, max(dot.y for dot in self.dots) + MARGIN
        return f"0 {top:.1f} {WIDTH:.0f} {bottom - top:.1f}"


def picture_of(around: Neighbourhood) -> Picture | None:
    """The picture; None where nothing stands beside the tag."""
    if len(around.tags) < 2:
        return None
    middle, _, department = around.tags[0]
    shared = {(b if a == middle else a): weight for a, b, weight in around.edges if middle in {a, b}}
    most = max(videos for _, videos, _ in around.tags) or 1
    dots = []
    for place, (tag, videos, own) in enumerate(around.tags):
        x, y = _place(place, len(around.tags) - 1)
        akin = bool(department) and own == department
        dots.append(Dot(tag, x, y, 1.2 + 2.4 * math.sqrt(videos / most), videos, shared.get(tag, 0), own, place == 0, akin))
    at = {dot.tag: dot for dot in dots}
    others = sorted((edge for edge in around.edges if middle not in edge[:2]), key=lambda edge: -edge[2])[:LINES]
    drawn = [*others, *(edge for edge in around.edges if middle in edge[:2])]
    heaviest = max((weight for _, _, weight in drawn), default=1)
    lines = [(at[a].x, at[a].y, at[b].x, at[b].y, 0.15 + 0.85 * weight / heaviest) for a, b, weight in drawn]
    return Picture(tuple(dots), tuple(lines), department)


def _place(place: int, around: int) -> tuple[float, float]:
    """Where a dot stands; 0 is the middle."""
    if place == 0:
        return WIDTH / 2, HEIGHT / 2
    across, down = RINGS[0] if around > FEW and place % 2 else RINGS[1]
    angle = 2 * math.pi * (place - 1) / around - (math.pi / 2 if around > FEW else 0)  # few stand beside it, not above
    return WIDTH / 2 + across * math.cos(angle), HEIGHT / 2 + down * math.sin(angle)
