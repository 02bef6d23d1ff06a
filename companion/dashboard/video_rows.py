"""A video as lists and its own page show it: what its comments say together, what it is about, what stands out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from companion.dashboard.summary import Summary, summarise
from companion.dashboard.video_kinds import kind_words
from companion.dashboard.video_names import name_of
from companion.dashboard.video_words import site_words, subject_words
from companion.regions import region_words
from companion.store import creators, quality_looks, sample, shelf, videos
from companion.store.quality_looks import Subject, Verdict
from companion.store.videos import Video


@dataclass(frozen=True)
class VideoRow:
    """One video with the summary of its comments. `subject` is None, and `verdicts` empty, where it was not compared with others yet."""

    video: Video
    creator: str
    summary: Summary
    subject: Subject | None = None
    verdicts: tuple[Verdict, ...] = ()

    @property
    def platform(self) -> str:
        """Where it stands."""
        return self.video.platform

    @property
    def site(self) -> str:
        """Where it stands, in words."""
        return site_words(self.video.platform)

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

    @property
    def subject_words(self) -> str:
        """What it is about, "" where that is not sure or not known yet."""
        return subject_words(self.subject.subject) if self.subject and self.subject.subject else ""

    @property
    def region_words(self) -> str:
        """The country where it was posted, "" where nobody knows."""
        return region_words(self.video.region) if self.video.region else ""

    def answered(self, answer: str, name: str = "") -> list[Verdict]:
        """What detectors answered so; only one of them where `name` is given."""
        return [one for one in self.verdicts if one.answer == answer and name in ("", one.name)]


def rows_of(database: sqlite3.Connection, model: str, places: Iterable[tuple[str, str]]) -> list[VideoRow]:
    """Rows of stored videos (platform, id), in that order."""
    places = list(places)
    subjects: dict[tuple[str, str], Subject] = {}
    verdicts: dict[tuple[str, str], list[Verdict]] = {}
    for site in sorted({platform for platform, _ in places}):
        ids = [ident for platform, ident in places if platform == site]
        subjects |= {(site, ident): one for ident, one in quality_looks.subjects(database, site, ids).items()}
        verdicts |= {(site, ident): found for ident, found in quality_looks.verdicts(database, site, ids).items()}
    found = []
    for place in places:
        video = videos.find(database, *place)
        if video is not None:
            said = summarise(shelf.heard(database, model, *place))
            found.append(VideoRow(video, _maker(database, video), said, subjects.get(place), tuple(verdicts.get(place, ()))))
    return found


def _maker(database: sqlite3.Connection, video: Video) -> str:
    creator = creators.find(database, video.platform, video.creator_id) if video.creator_id else None
    if creator is None:
        return "creator not known"
    return f"@{creator.handle}" if creator.handle else creator.name or "creator not known"
