"""The replica's videos, creators and comments as plain data, read from ``content/*.json``.

Everything in those files is invented; ``capture.py`` and ``synthetic.py`` give more of the same type.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

CONTENT = Path(__file__).parent / "content"

# The replica's clock, UTC seconds: relative times ("2d ago") stay the same in every run and screenshot.
NOW = 1_795_198_800


@dataclass(frozen=True)
class User:
    """A commenter: ``handle`` stands in links, ``nickname`` is what a row shows."""

    uid: str
    handle: str
    nickname: str


@dataclass(frozen=True)
class Creator(User):
    """Who posts videos."""

    signature: str = ""
    followers: int = 0
    verified: bool = False
    seller: bool = False


@dataclass(frozen=True)
class Comment:
    """One comment or reply. ``create_time`` is in UTC seconds; ``raw`` is a captured API object, if any.

    ``answers``: id of the reply that a reply answers. ``hidden_replies``: how many more the row counts than come.
    """

    cid: str
    user: User
    text: str
    create_time: int
    likes: int = 0
    language: str = "en"
    pinned: bool = False
    creator_liked: bool = False
    image: bool = False
    sticker: bool = False
    intent_flag: bool = False
    answers: str = "0"
    hidden_replies: int = 0
    replies: tuple["Comment", ...] = ()
    raw: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Cover:
    """The drawn stand-in for a video picture: a symbol on a two-colour gradient."""

    symbol: str
    top: str
    bottom: str


Shop = Literal["none", "one", "several", "empty", "malformed", "number", "link", "place"]


@dataclass(frozen=True)
class Extras:
    """What sets a few videos apart. ``shop`` names the product tags (see ``anchors``).

    ``status`` is what ``item/detail`` answers: 10204 deleted, 10216 private, 10231 region locked. ``region`` is where it was posted,
    "" where the site does not say.
    """

    shop: Shop = "none"
    ad: bool = False
    paid_partnership: bool = False
    photos: int = 0
    live: bool = False
    comments_off: bool = False
    reposts: int = 0
    status: int = 0
    region: str = ""


@dataclass(frozen=True)
class Video:
    """One video with its whole comment thread, in the order the page ranks it."""

    id: str
    slug: str
    creator: Creator
    caption: str
    hashtags: tuple[str, ...]
    create_time: int
    duration: int
    music: str
    plays: int
    likes: int
    shares: int
    saves: int
    cover: Cover
    comments: Sequence[Comment]
    extras: Extras = field(default_factory=Extras)

    @property
    def path(self) -> str:
        """Address of the video page, without host."""
        if self.extras.live:
            return f"/@{self.creator.handle}/live"
        return f"/@{self.creator.handle}/{'photo' if self.extras.photos else 'video'}/{self.id}"

    @property
    def visible_total(self) -> int:
        """Comments and replies that the page can show."""
        return sum(1 + len(comment.replies) for comment in self.comments)


def load_videos() -> list[Video]:
    """Return the invented videos, in file name order."""
    creators = {row["handle"]: Creator(**row) for row in json.loads((CONTENT / "creators.json").read_text(encoding="utf-8"))}
    files = sorted((CONTENT / "videos").glob("*.json"))
    return [_video(json.loads(file.read_text(encoding="utf-8")), creators) for file in files]


def _video(row: dict[str, Any], creators: Mapping[str, Creator]) -> Video:
    fields = dict(row)
    fields["creator"] = creators[fields.pop("creator")]
    fields["hashtags"] = tuple(fields["hashtags"])
    fields["cover"] = Cover(**fields["cover"])
    fields["comments"] = tuple(_comment(comment) for comment in fields["comments"])
    return Video(**fields)


def _comment(row: dict[str, Any]) -> Comment:
    fields = dict(row)
    fields["user"] = User(**fields["user"])
    fields["replies"] = tuple(_comment(reply) for reply in fields.get("replies", ()))
    return Comment(**fields)
