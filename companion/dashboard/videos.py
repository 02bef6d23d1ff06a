"""Videos: which of them bring out buyers, and one video closely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import abort, render_template, request

from companion.dashboard.blueprint import pages
from companion.dashboard.filters import Option
from companion.dashboard.progress import Progress, progress_of
from companion.dashboard.summary import Summary, summarise
from companion.dashboard.timeline import Timeline, timeline_of
from companion.dashboard.video_kinds import KINDS, kind_words
from companion.dashboard.video_names import name_of
from companion.services import connection, services
from companion.store import creators, sample, shelf, videos
from companion.store.creators import Creator
from companion.store.shelf import Heard
from companion.store.videos import Video

SHOWN = 200
"""Videos on the list, the most recently seen first."""


@dataclass(frozen=True)
class VideoRow:
    """One video with the summary of its comments."""

    video: Video
    creator: str
    summary: Summary

    @property
    def platform(self) -> str:
        """Where it stands."""
        return self.video.platform

    @property
    def id(self) -> str:
        """Its id there."""
        return self.video.id

    @property
    def key(self) -> str:
        """The value by which the comments page filters."""
        return f"{self.video.platform}:{self.video.id}"

    @property
    def name(self) -> str:
        """What it is called on screen."""
        return name_of(self.video)

    @property
    def created_at(self) -> int | None:
        """When it was published, ms UTC."""
        return self.video.created_at

    @property
    def is_sample(self) -> bool:
        """Whether this is invented data."""
        return self.video.platform == sample.PLATFORM

    @property
    def promotion_words(self) -> str:
        """Whether the video was paid for, as far as anybody says."""
        return kind_words(self.video)


@dataclass(frozen=True)
class VideosView:
    """The list; `more` says that older videos are left out, `aside` how many of other kinds. `creator` is whose videos, None: all."""

    rows: list[VideoRow]
    more: bool
    progress: Progress
    kind: str
    creator: Creator | None
    aside: int

    kinds = tuple(Option(value, label) for value, (label, _) in KINDS.items())

    @property
    def creator_key(self) -> str | None:
        """The value by which the page chose the creator."""
        return f"{self.creator.platform}:{self.creator.id}" if self.creator else None


@dataclass(frozen=True)
class VideoView:
    """One video and its comments over time."""

    row: VideoRow
    timeline: Timeline | None
    progress: Progress


@pages.get("/videos")
def videos_page() -> str:
    """The list, those with the most buyers first."""
    database, model = connection("reader"), services().model.id
    kind = kind if (kind := request.args.get("kind", "")) in KINDS else ""
    chosen = KINDS[kind][1]
    creator = _creator(request.args.get("creator", ""))
    place = (creator.platform, creator.id) if creator else None
    listed = videos.listed(database, SHOWN, kinds=chosen, creator=place)
    shown = [_row(video, shelf.heard(database, model, video.platform, video.id)) for video in listed]
    shown.sort(key=lambda row: (-row.summary.high, row.name))
    found = videos.count(database, chosen, place)
    view = VideosView(
        rows=shown,
        more=found > len(listed),
        progress=progress_of(model),
        kind=kind,
        creator=creator,
        aside=videos.count(database, creator=place) - found,
    )
    return render_template("videos.html", view=view)


@pages.get("/videos/<platform>/<video_id>")
def video(platform: str, video_id: str) -> str:
    """One video."""
    database, model = connection("reader"), services().model.id
    found = videos.find(database, platform, video_id)
    if found is None:
        abort(404)
    said = shelf.heard(database, model, platform, video_id)
    return render_template("video.html", view=VideoView(_row(found, said), timeline_of(said), progress_of(model)))


def _creator(key: str) -> Creator | None:
    """The creator of a "platform:id"."""
    platform, _, ident = key.partition(":")
    return creators.find(connection("reader"), platform, ident) if ident else None


def _row(found: Video, said: Sequence[Heard]) -> VideoRow:
    creator = creators.find(connection("reader"), found.platform, found.creator_id) if found.creator_id else None
    handle = f"@{creator.handle}" if creator and creator.handle else "creator not known"
    return VideoRow(found, handle, summarise(said))
