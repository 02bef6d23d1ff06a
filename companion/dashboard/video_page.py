"""One video closely: its numbers, what it is about, what every detector answers, and its comments over time."""

from __future__ import annotations

from dataclasses import dataclass

from flask import abort, render_template

from companion.dashboard.blueprint import pages
from companion.dashboard.progress import Progress, progress_of
from companion.dashboard.timeline import Timeline, timeline_of
from companion.dashboard.video_rows import VideoRow, rows_of
from companion.dashboard.video_words import DETECTORS, subject_words
from companion.quality.posts import Post
from companion.quality.stages import Stage
from companion.services import connection, services
from companion.store import clock, quality_learned, quality_posts, shelf, videos
from companion.store.quality_looks import Verdict
from companion.stored_scores import post_of_stored
from companion.stored_stages import stage_of

COUNTS = {"plays": "Views", "likes": "Likes", "comments": "Comments", "shares": "Shares", "saves": "Saves"}


@dataclass(frozen=True)
class VideoView:
    """One video and its comments over time. `post` is the video with what cannot be true left out and named."""

    row: VideoRow
    timeline: Timeline | None
    progress: Progress
    post: Post
    measured_at: int | None
    stage: Stage

    counts = COUNTS
    meaning = DETECTORS

    @property
    def subject(self) -> str:
        """What it is about, in words."""
        return subject_words(self.row.subject.subject) if self.row.subject else f"not looked at{'' if self.row.is_sample else ' yet'}"

    @property
    def verdicts(self) -> list[Verdict]:
        """What detectors answered, what was found first, and in the order in which they are told."""
        rank = {"yes": 0, "no": 1, "not enough data": 2}
        order = list(DETECTORS)
        return sorted(self.row.verdicts, key=lambda one: (rank[one.answer], order.index(one.name) if one.name in order else len(order)))


@pages.get("/videos/<platform>/<video_id>")
def video(platform: str, video_id: str) -> str:
    """One video."""
    database, model = connection("reader"), services().model.id
    rows = rows_of(database, model, [(platform, video_id)])
    stored = quality_posts.find(database, platform, video_id)
    if not rows or stored is None:
        abort(404)
    learned = quality_learned.find(database)
    said = shelf.heard(database, model, platform, video_id)
    view = VideoView(
        row=rows[0],
        timeline=timeline_of(said),
        progress=progress_of(model),
        post=post_of_stored(stored, clock.now_ms()),
        measured_at=stored.measured_at,
        stage=stage_of(stored, videos.metrics(database, platform, video_id), learned.pools if learned else {}),
    )
    return render_template("video.html", view=view)
