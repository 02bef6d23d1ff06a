"""What a run will cost, said before it starts."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.config import Settings

_COMMENTS_A_PAGE = 20
_SCROLLS_A_PAGE = 3
"""A page of comments is about 1,540 pixels high, and one scroll moves about 600."""


@dataclass(frozen=True)
class Cost:
    """Videos at most, minutes from and to (replies not counted), and what is left of the day's limit."""

    videos: int
    minutes: tuple[int, int]
    left_today: int

    def __str__(self) -> str:
        """In words."""
        videos = "1 video" if self.videos == 1 else f"up to {self.videos} videos"
        return (
            f"This run opens {videos}: {self.minutes[0]} to {self.minutes[1]} minutes, longer where many replies are opened. "
            f"{self.left_today} videos are left of today's limit."
        )


def cost_of(settings: Settings, videos: int, opened_today: int) -> Cost:
    """The cost of opening so many videos."""
    pace, limits = settings.pace, settings.limits
    left = max(0, limits.day - opened_today)
    videos = min(videos, left)
    scrolls = limits.comments / _COMMENTS_A_PAGE * _SCROLLS_A_PAGE
    slowest = max(pace.video[1], scrolls * sum(pace.step) / 2)
    return Cost(videos, (round(videos * pace.video[0] / 60), round(videos * slowest / 60)), left)
