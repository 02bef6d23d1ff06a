"""The wire contract of `/v1`: every message the extension and the companion exchange.

`openapi.json` and the extension's TypeScript types are generated from these classes
(`python -m companion.api.openapi`), so the two sides cannot drift. Unknown keys are refused
(422, naming the key) so that a newer or hostile client never has a field silently ignored.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, JsonValue, StringConstraints

API_VERSION = 1

Signal = Literal["none", "praise", "question", "price", "availability", "want", "bought", "objection"]
Sentiment = Literal["negative", "neutral", "positive"]
Scope = Literal["score", "teach", "capture"]
Grade = Annotated[int, Field(ge=1, le=10)]
Hex64 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Platform = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,16}$")]
EntityId = Annotated[str, StringConstraints(min_length=1, max_length=128, pattern=r"^[\w.:@-]+$")]
VideoId = Annotated[str, StringConstraints(pattern=r"^\d{6,20}$")]
RowId = Annotated[str, StringConstraints(pattern=r"^(\d{6,20}|dom:[0-9a-f]{32})$")]
Handle = Annotated[str, StringConstraints(max_length=64, pattern=r"^[\w.-]*$")]
Count = Annotated[int, Field(ge=0, le=10**13)]
Share = Annotated[float, Field(ge=0, le=1)]
Uuid = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")]


class Wire(BaseModel):
    """Base of all messages: closed (no unknown keys), immutable, no NaN or infinity."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Problem(Wire):
    """Every refusal: a stable code for programs and one sentence for people."""

    error: str
    message: str


class Health(Wire):
    """`GET /v1/health`: what stands on this port, and nothing else."""

    name: Literal["BuySignal"] = "BuySignal"
    version: str
    api_version: int = API_VERSION


class PairRequest(Wire):
    """The code shown on the start page, and a name by which the user will know this browser."""

    code: Annotated[str, Field(max_length=32)]
    name: Annotated[str, Field(min_length=1, max_length=64)] = "Browser"


class PairAnswer(Wire):
    """Sent once. `token` is the bearer; `alias_key` keys the pseudonyms of rows without an id."""

    client_id: str
    token: str
    alias_key: Hex64
    scopes: list[Scope]
    api_version: int = API_VERSION


class HelloRequest(Wire):
    """A fresh nonce (32 random bytes, hex) that the companion must sign before it gets the token."""

    client_id: EntityId
    nonce: Hex64


class HelloAnswer(Wire):
    """`proof` = HMAC-SHA256(proof_key, "buysignal-hello:" + nonce + ":" + api_version), hex.

    `scopes` is what this client may do now: the user grants and takes back `capture` on the dashboard.
    """

    proof: Hex64
    version: str
    api_version: int = API_VERSION
    model: str
    scopes: list[Scope] = []


class Context(Wire):
    """Where a comment stands. Empty strings mean "not known"."""

    caption: Annotated[str, Field(max_length=4000)] = ""
    hashtags: Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=50)] = []
    product: Annotated[str, Field(max_length=500)] = ""
    parent: Annotated[str, Field(max_length=2000)] = ""


class CommentIn(Wire):
    """One comment. `id` is its TikTok id or `dom:` + hash; text over 1,000 code points is cut."""

    id: EntityId
    text: str
    parent: Annotated[str, Field(max_length=2000)] = ""


class ScoreRequest(Wire):
    """Up to 100 comments of one video; `context` holds for all of them."""

    platform: Platform = "tiktok"
    context: Context = Context()
    comments: Annotated[list[CommentIn], Field(min_length=1, max_length=100)]


class Yours(Wire):
    """A grade that the user gave this comment; it replaces the model's on screen."""

    grade: Grade
    signal: Signal | None = None


class Score(Wire):
    """One comment's answer. `grade` is an expectation (1.0-10.0), `interval` holds 90 % of cases."""

    id: str
    grade: Annotated[float, Field(ge=1, le=10)]
    level: Grade
    p_high: Annotated[float, Field(ge=0, le=1)]
    signal: Signal
    sentiment: Sentiment
    interval: tuple[float, float]
    unsure: bool
    lang: str
    truncated: bool = False
    yours: Yours | None = None


class ScoreAnswer(Wire):
    """Answers in the order of the request."""

    model: str
    scores: list[Score]


class ExplainRequest(Wire):
    """One comment with its context (the parent in `context.parent`)."""

    text: Annotated[str, Field(max_length=20000)]
    context: Context = Context()


class WordEffect(Wire):
    """A word or emoji of the text (code-point offsets) and how many grades it added (+) or took (-)."""

    text: str
    start: Annotated[int, Field(ge=0)]
    end: Annotated[int, Field(ge=0)]
    effect: float


class Example(Wire):
    """A tagged comment near this one. `source` is "seed" (written for training) or "yours"."""

    text: str
    grade: Grade
    signal: Signal
    source: Literal["seed", "yours"]
    similarity: float


class ExplainAnswer(Wire):
    """Why a comment got its grade: words by size of effect, then the nearest tagged examples."""

    model: str
    score: Score
    words: list[WordEffect]
    examples: list[Example]


class Suggestion(Wire):
    """What the model had said when the user corrected it."""

    grade: Annotated[float, Field(ge=1, le=10)]
    p_high: Annotated[float, Field(ge=0, le=1)]
    model: Annotated[str, Field(max_length=128)]


class FeedbackRequest(Wire):
    """A correction, or its undo. `uuid` makes a repeat harmless: the same one is stored once.

    `action="undo"` names in `undoes` the uuid of the correction it takes back.
    """

    uuid: Uuid
    action: Literal["set", "undo"] = "set"
    undoes: Uuid | None = None
    platform: Platform = "tiktok"
    comment_id: EntityId
    video_id: Annotated[str, Field(max_length=64)] = ""
    text: Annotated[str, Field(max_length=20000)]
    context: Context = Context()
    grade: Grade | None = None
    signal: Signal | None = None
    sentiment: Sentiment | None = None
    suggestion: Suggestion | None = None


class FeedbackAnswer(Wire):
    """`duplicate` is true when this uuid was already stored (nothing was written again)."""

    uuid: str
    duplicate: bool
    yours: Yours | None = None


class CaptureRow(Wire):
    """One comment as the page showed it.

    `author` is the pseudonym of the writer's handle, made in the extension: the first 32 hex digits of HMAC-SHA256(alias key,
    handle in small letters). `text` has "@user" for each mention. `likes` and `time` are the page's words ("1.2K", "2d ago").
    """

    id: RowId
    author: Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
    text: Annotated[str, Field(max_length=4000)]
    likes: Annotated[str, Field(max_length=16)] = ""
    time: Annotated[str, Field(max_length=40)] = ""
    level: Literal[1, 2] = 1
    parent: RowId | None = None
    by_creator: bool = False
    pinned: bool = False


class CaptureRequest(Wire):
    """What a page showed: rows of one video's comments, or what the page's own data says about its subject, or both.

    `embedded` holds blocks of `__UNIVERSAL_DATA_FOR_REHYDRATION__` by name, cut down to what is read and checked by id
    against the address.
    """

    platform: Literal["tiktok"] = "tiktok"
    video_id: VideoId | None = None
    creator: Handle = ""
    rows: Annotated[list[CaptureRow], Field(max_length=100)] = []
    embedded: dict[Literal["webapp.video-detail", "webapp.user-detail", "webapp.challenge-detail"], dict[str, JsonValue]] = {}


class CaptureAnswer(Wire):
    """Comments of this request that were stored now for the first time, and those that were known."""

    new: Annotated[int, Field(ge=0)]
    seen: Annotated[int, Field(ge=0)]


class NoticesRequest(Wire):
    """Asks what the popup should tell; there is nothing to say with it."""


class Notice(Wire):
    """An alert of a kept search: the name the user gave it, how many new comments fit it, since when (ISO 8601)."""

    name: Annotated[str, Field(max_length=60)]
    count: Annotated[int, Field(ge=0)]
    since: str


class NoticesAnswer(Wire):
    """Alerts that nobody has read yet, newest first. They are read on the dashboard's Comments page."""

    notices: Annotated[list[Notice], Field(max_length=20)]
