"""Videos: which of them bring out buyers, and one video closely."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from flask import abort, render_template

from companion.dashboard.blueprint import pages
from companion.dashboard.progress import Progress, progress_of
from companion.dashboard.promotion import WORDS, promotion_of
from companion.dashboard.readings import Row, load
from companion.dashboard.summary import Summary, summarise
from companion.dashboard.timeline import Timeline, timeline_of
from companion.dashboard.video_names import name_of
from companion.services import connection, services
from companion.store import comments, creators, sample, videos
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
        """Whether the video says that it was paid for."""
        return WORDS[promotion_of(self.video.caption or "", self.video.hashtags or ())]


@dataclass(frozen=True)
class VideosView:
    """The list; `more` says that older videos are left out."""

    rows: list[VideoRow]
    more: bool
    progress: Progress


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
    listed = videos.listed(database, SHOWN)
    rows: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in load(database, model):
        rows[row.video.platform, row.video.id].append(row)
    shown = [_row(video, rows[video.platform, video.id]) for video in listed]
    shown.sort(key=lambda row: (-row.summary.high, row.name))
    return render_template("videos.html", view=VideosView(shown, videos.count(database) > len(listed), progress_of(model)))


@pages.get("/videos/<platform>/<video_id>")
def video(platform: str, video_id: str) -> str:
    """One video."""
    database, model = connection("reader"), services().model.id
    found = videos.find(database, platform, video_id)
    if found is None:
        abort(404)
    rows = load(database, model, comments.of_video(database, platform, video_id))
    return render_template("video.html", view=VideoView(_row(found, rows), timeline_of(rows), progress_of(model)))


def _row(found: Video, rows: Iterable[Row]) -> VideoRow:
    creator = creators.find(connection("reader"), found.platform, found.creator_id) if found.creator_id else None
    handle = f"@{creator.handle}" if creator and creator.handle else "creator not known"
    return VideoRow(found, handle, summarise(list(rows)))
