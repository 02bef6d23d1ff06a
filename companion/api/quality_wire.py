"""The wire contract of `/v1/video` and `/v1/creator`: what is known of videos and creators."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import ConfigDict, Field, StringConstraints

from companion.api.quality_shapes import KINDS
from companion.api.wire import Count, Handle, Share, VideoId, Wire

Points = Annotated[float, Field(ge=0, le=100)]
SeenCreator = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[\w.-]+$")]


_VALUES: dict[str, Any] = {"x-values": KINDS}


class Sentence(Wire):
    """A sentence for people as data: `code` says what it says, `values` fill it, so that the reader's language can be chosen elsewhere.

    Beside a text, `said` holds the sentences it consists of; it is empty where the text has none of these codes, and then the text itself
    is to be shown, as where a code is not known. `x-values` names each code's values with their kind: "count", "number", "signed" (with its
    sign), "percent" (a share of 1), "part" (of a score), "pool", "subject", "word" and "quote" (words of a person).
    """

    model_config = ConfigDict(json_schema_extra=_VALUES)

    code: Annotated[str, Field(json_schema_extra={"enum": sorted(KINDS)})]
    values: dict[str, int | float | str] = Field(default={})


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


PartName = Literal["deviation", "sentiment", "share value", "engagement"]


class ScorePart(Wire):
    """One part of a score: 0 to 100 points, null where nothing can be said, the share of the score that it decides, and why (`said`).

    `low` and `high` are the 95 % interval of a creator's points; null where there is none, as of a single video.
    """

    name: PartName
    points: Points | None
    weight: Share
    reason: str
    low: Points | None = None
    high: Points | None = None
    said: list[Sentence] = Field(default=[])


class QualityScore(Wire):
    """A score of 0 to 100, null where nothing can be said; `partial` where a part is missing, which `reason` names (`said`).

    `low` and `high`: how far a creator's score may err, as if all parts erred together; null where that is not known.
    """

    value: Points | None
    partial: bool
    reason: str
    parts: list[ScorePart]
    low: Points | None = None
    high: Points | None = None
    said: list[Sentence] = Field(default=[])


class QualityTip(Wire):
    """What would raise the weakest part of a score below 50 points, in `words` (`said`).

    `video` is the one to do it under and `about` the begin of its caption, both "" where it is about several.
    """

    part: PartName
    points: Points
    words: str
    video: str = ""
    about: str = ""
    said: list[Sentence] = Field(default=[])


class Finding(Wire):
    """Something that stands out, in neutral words, with the evidence (`said`) beside it."""

    words: str
    evidence: str
    said: list[Sentence] = Field(default=[])


class NextPool(Wire):
    """How probable it is that a video in a first or second pool goes on, with its 90 % interval; `n` earlier videos say so."""

    value: Share
    low: Share
    high: Share
    n: Count


class LatestVideo(Wire):
    """A creator's newest stored video: when it was posted (ISO 8601, null where not known) and how far a feed has spread it."""

    id: str
    posted: str | None = None
    stage: Finding
    chance: NextPool | None = None


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
    """What is known of a video; `known` is whether it is stored. Without `detail` only the rate.

    `findings` are what detectors found; so many answered (`looked`, 0 where none has looked yet), `unclear` of them that there is not
    enough data. `tip` is about the weakest part of the score, null where none lies below usual.
    """

    id: str
    known: bool
    intent: IntentRate | None = None
    score: QualityScore | None = None
    stage: Finding | None = None
    findings: list[Finding] = Field(default=[])
    chance: NextPool | None = None
    tip: QualityTip | None = None
    looked: Count = 0
    unclear: Count = 0


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
    """What is known of a creator; `known` is whether one is stored. Without `detail` only the rate.

    `id` is TikTok's own, "" where not known. `followers` are those last seen; `videos` are stored. `tip` is about the weakest part of
    the score, null where none lies below usual. `badge`: that of a consistent creator and why it is earned, null where it is not.
    """

    handle: str
    known: bool
    intent: IntentRate | None = None
    score: QualityScore | None = None
    id: str = ""
    followers: Count | None = None
    videos: Count = 0
    latest: LatestVideo | None = None
    tip: QualityTip | None = None
    badge: Finding | None = None


class CreatorAnswer(Wire):
    """In the order of the request."""

    model: str
    creators: list[CreatorQuality]
