"""The wire contract of `/v1/video` and `/v1/creator`: what is known of videos and creators."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from companion.api.wire import Count, Handle, Share, VideoId, Wire

Points = Annotated[float, Field(ge=0, le=100)]
SeenCreator = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[\w.-]+$")]


class IntentRate(Wire):
    """Comments close to buying / comments counted, with the 95 % interval: the first 20 of each video, each text of a writer once.

    `first` and `last` say when they were written (ISO 8601), null where nobody knows. `kinds` says which videos count: organic ones,
    those too of which it is not known ("open"), or the one asked for whatever it is ("all").
    """

    value: Share
    low: Share
    high: Share
    n: Annotated[int, Field(ge=1)]
    videos: Annotated[int, Field(ge=1)]
    first: str | None = None
    last: str | None = None
    kinds: Literal["organic", "open", "all"] = "organic"


class ScorePart(Wire):
    """One part of a score: 0 to 100 points, null where nothing can be said, the share of the score that it decides, and why."""

    name: Literal["deviation", "sentiment", "share value", "engagement"]
    points: Points | None
    weight: Share
    reason: str


class QualityScore(Wire):
    """A score of 0 to 100, null where nothing can be said; `partial` where a part is missing, which `reason` names."""

    value: Points | None
    partial: bool
    reason: str
    parts: list[ScorePart]


class Finding(Wire):
    """Something that stands out, in neutral words, with the evidence beside it."""

    words: str
    evidence: str


class ShownVideo(Wire):
    """What the page itself says of the video on it; null is "not shown". `created_at` is in seconds since 1970, as TikTok writes it."""

    creator: Handle = ""
    plays: Count | None = None
    likes: Count | None = None
    comments: Count | None = None
    shares: Count | None = None
    saves: Count | None = None
    followers: Count | None = None
    duration_s: Annotated[int, Field(ge=0, le=86_400)] | None = None
    created_at: Annotated[int, Field(ge=0, le=2**40)] | None = None


class VideoRequest(Wire):
    """Asks what is known of videos. With `detail` the score, stage and findings too, for one video; `shown` goes with it."""

    platform: Literal["tiktok"] = "tiktok"
    video_ids: Annotated[list[VideoId], Field(min_length=1, max_length=60)]
    detail: bool = False
    shown: ShownVideo | None = None


class VideoQuality(Wire):
    """What is known of a video; `known` is whether it is stored. Without `detail` only the rate."""

    id: str
    known: bool
    intent: IntentRate | None = None
    score: QualityScore | None = None
    stage: Finding | None = None
    findings: list[Finding] = Field(default=[])


class VideoAnswer(Wire):
    """In the order of the request."""

    model: str
    videos: list[VideoQuality]


class CreatorRequest(Wire):
    """Asks what is known of creators by their handles. With `detail` the score too, for one creator."""

    platform: Literal["tiktok"] = "tiktok"
    handles: Annotated[list[SeenCreator], Field(min_length=1, max_length=60)]
    detail: bool = False


class CreatorQuality(Wire):
    """What is known of a creator; `known` is whether one is stored. Without `detail` only the rate."""

    handle: str
    known: bool
    intent: IntentRate | None = None
    score: QualityScore | None = None


class CreatorAnswer(Wire):
    """In the order of the request."""

    model: str
    creators: list[CreatorQuality]
