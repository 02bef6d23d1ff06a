"""The stages of many stored videos together: what is usual is read off them, and hits explain growth of the same creator's other videos."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from companion.quality.stages.assumptions import ASSUMED, Assumptions
from companion.quality.stages.field import Field, field_of
from companion.quality.stages.snapshots import Snapshot, curve_of
from companion.quality.stages.stage import Found, Hit, stages


@dataclass(frozen=True)
class Followed:
    """A video and what was read of it. `posted_at`: ms UTC; None, like `followers`, where not known."""

    key: str
    creator: str
    snapshots: Sequence[Snapshot]
    posted_at: int | None = None
    followers: int | None = None


def stages_of(videos: Sequence[Followed], assumed: Assumptions = ASSUMED) -> tuple[dict[str, Found], Field]:
    """The stages of each video by its key, and the field that they were held against."""
    field = field_of(((curve_of(video.snapshots, video.posted_at), video.followers) for video in videos), assumed)
    found = {video.key: _one(video, field, (), assumed) for video in videos}
    hits: dict[str, dict[str, Hit]] = defaultdict(dict)
    for video in videos:
        if (hit := found[video.key].breakout) is not None and video.creator:
            hits[video.creator][video.key] = hit
    for video in videos:
        others = [hit for key, hit in hits[video.creator].items() if key != video.key] if video.creator in hits else []
        if others and found[video.key].lives:
            found[video.key] = _one(video, field, others, assumed)
    return found, field


def _one(video: Followed, field: Field, hits: Sequence[Hit], assumed: Assumptions) -> Found:
    return stages(video.snapshots, posted_at=video.posted_at, followers=video.followers, field=field, hits=hits, assumed=assumed)
