"""Every setting of the scraper, with its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace

SITE = "https://www.tiktok.com"


@dataclass(frozen=True)
class Pace:
    """How fast the scraper acts. Seconds unless said otherwise; ranges are drawn from evenly, so that no rhythm shows."""

    step: tuple[float, float] = (4.0, 8.0)
    """Between two scrolls or clicks that make the page ask for more: slower than a reading person."""

    video: tuple[float, float] = (45.0, 90.0)
    """Between opening one video and the next: 45 s is the fastest that observers saw last without a challenge."""

    burst: int = 5
    actions_per_minute: float = 10.0
    """A bucket over all actions, so that short steps cannot add up: refilled evenly, `burst` at most."""

    cool_down: tuple[float, ...] = (300.0, 900.0, 3600.0)
    """After the first, second and third refusal in a row (5, 15, 60 minutes); one more pauses the run."""

    slow_factor: float = 2.0
    """Each refusal makes every pause this much longer."""

    slow_most: float = 8.0
    """The longest that pauses grow to."""

    calm_after: int = 20
    """Good answers in a row after which pauses shrink by one step again; an error never shortens one."""

    settle: float = 1.5
    """How long a page may take before its silence after a scroll counts."""

    draw: float = 0.5
    """How long a page may take to draw what it has loaded."""

    skeleton: float = 20.0
    """How long a page may show nothing but grey boxes before it counts as slowed down."""

    challenge: float = 25.0
    """How long TikTok's "please wait" page may stand before it counts as a wall; healthy sessions flash it."""

    def unpaced(self) -> Pace:
        """No pauses: for a replica on this machine only."""
        return replace(
            self,
            step=(0.0, 0.0),
            video=(0.0, 0.0),
            burst=1_000_000,
            actions_per_minute=1e9,
            cool_down=tuple(0.2 for _ in self.cool_down),
            settle=1.0,
            draw=0.2,
            skeleton=8.0,
            challenge=4.0,
        )


@dataclass(frozen=True)
class Limits:
    """How much one run collects. A hashtag page yields a few hundred videos at most, whatever is asked for."""

    videos: int = 30
    """Videos of a hashtag or creator: about an hour at this pace."""

    comments: int = 300
    """Comments of a video, without replies: TikTok ranks them, the first hundreds hold what people agree on."""

    replies: int = 60
    """Replies of one comment, 3 a click."""

    day: int = 150
    """Videos opened a day by all runs of this workspace: what a keen person might open."""

    known_pages: int = 3
    """Pages of comments that were stored before, after which a video read once is left (unless `--deep`)."""

    page_reload: int = 25
    """Videos opened from one page before it is loaded anew: a page that lives long eats memory."""

    attempts: int = 2
    """How often a video that was refused is tried."""

    wait_minutes: float = 10.0
    """How long a captcha or login waits for a person."""

    strange: int = 3
    """Videos in a row in a layout that is not known, after which the run pauses instead of opening more for little."""

    walls: int = 2
    """Captchas in a row, solved or not, after which the run pauses: TikTok has had enough."""


@dataclass(frozen=True)
class Settings:
    """One run's settings."""

    pace: Pace = Pace()
    limits: Limits = Limits()
    headless: bool = False
    deep: bool = False
    keep_days: int | None = None
    """After so many days what a run brought is deleted; None: it stays."""

    replica: str = ""
    """host:port of a replica of TikTok on this machine, "" for the real site."""
