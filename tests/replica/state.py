"""What a test may change about the replica while it runs."""

import random
import secrets
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeVar

from tests.replica.content import Comment, Creator, Video
from tests.replica.drift_kinds import DRIFT_KINDS, Drifted, DriftKind
from tests.replica.refusals import Refusals

Layout = Literal["g4", "g2", "g1"]
Theme = Literal["light", "dark"]
Ranked = TypeVar("Ranked")

REQUEST_LOG_LENGTH = 10_000


@dataclass(frozen=True)
class Settings:
    """Everything the next page load obeys; an open page keeps what it started with.

    ``layout``: g4 drawer without ids, g2 browse with ids and a virtual list, g1 the 2022-23 panel.
    ``grid_opens``: with g4, a video picked from a grid is a route change or a g2 overlay on the grid.
    ``panel``: with g4, the comments are open at once, need one click, or need two (another tab first).
    ``csp``: "strict" forbids inline styles and scripts without a nonce, as a site may.
    ``page_script``: JavaScript the page itself runs first, before its own code.
    ``prefetched``: a neighbour's comments that came early are asked for again, shown, or shown in a panel
    that then loads no second page until it is opened anew.
    ``first_items``: a hashtag's first videos come by a request, or stand in the HTML and in no answer.
    ``list_end``: a hashtag's list ends with its last rows, or with one more answer that has no ``itemList``.
    ``tag_limit``: a hashtag's list says that it ends after so many videos.
    ``ranking``: 0 keeps the order; another number shuffles hashtags and comments, each number in its own way.
    ``scroll_jumps``: a panel scrolled by more than its height loads more, or loads nothing.
    ``drift_share``: so many of the list answers (0 to 1) have another shape, which ones ``drift_seed`` decides and
    in which of the ways ``drift_kinds`` names.
    ``captcha``: the puzzle of 2025-26, or the one before.
    ``asks_again``: how often a panel asks again by itself after an answer that brought nothing new and says there is more.
    ``latency_s``: every answer of the API waits so long.
    ``hover_preview``: a moving picture covers a tile under the mouse and takes its clicks.
    """

    layout: Layout = "g4"
    theme: Theme = "light"
    grid_opens: Literal["route", "overlay"] = "route"
    panel: Literal["open", "closed", "other-tab"] = "open"
    unknown_layout: bool = False
    logged_in: bool = True
    csp: Literal["none", "strict"] = "none"
    page_script: str = ""
    prefetch_neighbour: bool = True
    repeat_requests: bool = False
    prefetched: Literal["unused", "shown", "stalls"] = "unused"
    first_items: Literal["xhr", "html"] = "xhr"
    list_end: Literal["with_rows", "no_key"] = "with_rows"
    tag_limit: int | None = None
    ranking: int = 0
    scroll_jumps: Literal["load", "ignored"] = "load"
    hover_preview: bool = False
    asks_again: int = 0
    latency_s: float = 0.0
    captcha: Literal["slider", "old"] = "slider"
    drift_share: float = 0.0
    drift_seed: int = 1
    drift_kinds: tuple[DriftKind, ...] = DRIFT_KINDS


@dataclass(frozen=True)
class Request:
    """One request the replica saw: host without port, method, path with its query, UTC seconds."""

    host: str
    method: str
    path: str
    at: float = field(default=0.0, compare=False)


@dataclass
class State:
    """The replica's memory, shared by its server threads."""

    settings: Settings = field(default_factory=Settings)
    videos: dict[str, Video] = field(default_factory=dict)
    creators: dict[str, Creator] = field(default_factory=dict)
    unlisted: set[str] = field(default_factory=set)
    statuses: dict[str, int] = field(default_factory=dict)
    requests: deque[Request] = field(default_factory=lambda: deque(maxlen=REQUEST_LOG_LENGTH))
    refusals: Refusals = field(default_factory=Refusals)
    drifted: deque[Drifted] = field(default_factory=lambda: deque(maxlen=REQUEST_LOG_LENGTH))
    class_seed: str = field(default_factory=lambda: secrets.token_hex(4))
    lock: threading.Lock = field(default_factory=threading.Lock)

    def configure(self, **changes: Any) -> None:
        """Change settings by name; TypeError names a setting that does not exist."""
        with self.lock:
            self.settings = replace(self.settings, **changes)

    def add(self, videos: Iterable[Video], *, listed: bool) -> None:
        """Serve these videos; unlisted ones open by their address only."""
        with self.lock:
            for video in videos:
                self.videos[video.id] = video
                self.creators.setdefault(video.creator.handle, video.creator)
                self.statuses[video.id] = video.extras.status
                if not listed:
                    self.unlisted.add(video.id)

    def listed(self) -> list[Video]:
        """Videos that feeds, grids and search show, newest first."""
        with self.lock:
            shown = [video for video in self.videos.values() if video.id not in self.unlisted]
        return sorted(shown, key=lambda video: video.create_time, reverse=True)

    def tagged(self, wanted: Callable[[Video], bool]) -> list[Video]:
        """Listed videos that ``wanted`` picks, in the order the hashtag page ranks them."""
        return shuffled([video for video in self.listed() if wanted(video)], self.settings.ranking)

    def ranked(self, video: Video) -> Sequence[Comment]:
        """A video's comments in the order of this moment; pinned ones stay first."""
        if not self.settings.ranking:
            return video.comments
        pinned = [comment for comment in video.comments if comment.pinned]
        return pinned + shuffled([comment for comment in video.comments if not comment.pinned], self.settings.ranking)


def shuffled(rows: list[Ranked], ranking: int) -> list[Ranked]:
    """Return ``rows`` in the order that ``ranking`` gives them; 0 leaves it."""
    if ranking:
        random.Random(ranking).shuffle(rows)  # noqa: S311 - an order that comes again, not a secret
    return rows
