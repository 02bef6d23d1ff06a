"""What a test may change about the replica while it runs."""

import secrets
import threading
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from tests.replica.content import Creator, Video

Layout = Literal["g4", "g2", "g1"]
Theme = Literal["light", "dark"]

REQUEST_LOG_LENGTH = 10_000


@dataclass(frozen=True)
class Settings:
    """Everything the next page load obeys; an open page keeps what it started with.

    ``layout``: g4 drawer without ids, g2 browse with ids and a virtual list, g1 the 2022-23 panel.
    ``grid_opens``: with g4, a video picked from a grid is a route change or a g2 overlay on the grid.
    ``panel``: with g4, the comments are open at once, need one click, or need two (another tab first).
    ``csp``: "strict" forbids inline styles and scripts without a nonce, as a site may.
    ``page_script``: JavaScript the page itself runs first, before its own code.
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


@dataclass(frozen=True)
class Request:
    """One request the replica saw: host without port, method, path with its query."""

    host: str
    method: str
    path: str


@dataclass
class State:
    """The replica's memory, shared by its server threads."""

    settings: Settings = field(default_factory=Settings)
    videos: dict[str, Video] = field(default_factory=dict)
    creators: dict[str, Creator] = field(default_factory=dict)
    unlisted: set[str] = field(default_factory=set)
    requests: deque[Request] = field(default_factory=lambda: deque(maxlen=REQUEST_LOG_LENGTH))
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
                if not listed:
                    self.unlisted.add(video.id)

    def listed(self) -> list[Video]:
        """Videos that feeds, grids and search show, newest first."""
        with self.lock:
            shown = [video for video in self.videos.values() if video.id not in self.unlisted]
        return sorted(shown, key=lambda video: video.create_time, reverse=True)
