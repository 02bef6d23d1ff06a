"""Leads: comments close to buying as rows for a seller's own list. They hold no comment and no name, but a link leads to both."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from companion.store import comments, creators, labels, predictions, products, videos
from companion.store.also import NAMELESS
from companion.store.finding import Finder, Order
from companion.store.labels import LabelEvent
from companion.store.predictions import StoredPrediction
from companion.store.unread import Place
from companion.store.videos import Video
from companion.store.wanted import Wanted

AT_ONCE = 500
"""Comments read together."""

WARNING = "A link can identify the person who wrote the comment."
"""Stands wherever leads can be saved."""


@dataclass(frozen=True)
class Lead:
    """One row. `grade` is the model's (1.0-10.0) or the user's own; `product` what the video shows, "" where nobody says.

    `link` is "" for a comment that has no address of its own.
    """

    link: str
    grade: float
    signal: str
    product: str
    video: str


COLUMNS = ("link (can identify its writer)", "grade", "signal", "product asked for", "video")
"""Column headings, in the order of the fields."""


def leads(connection: sqlite3.Connection, model: str, wishes: Wanted | None = None, order: Order = "") -> Iterator[Lead]:
    """Leads among the wanted comments: close to buying unless another grade is wished for, nothing by the videos' own creators.

    `model` is the id of the model whose grades count; they are on the shelf (`grading.show_grades`).
    """
    wishes = wishes or Wanted()
    wishes = replace(wishes, audience=True, band=wishes.band or "high")
    about: dict[Place, tuple[str, str, str]] = {}
    found = Finder(connection, model, wishes, order).every()
    while some := list(islice(found, AT_ONCE)):
        own, said = _graded(connection, model, some)
        for place in some:
            comment, label, prediction = comments.find(connection, *place), own.get(place), said.get(place)
            if comment is None:
                continue
            film = place[0], comment.video_id
            if film not in about:
                about[film] = _about(connection, videos.find(connection, *film))
            handle, product, video = about[film]
            link = link_of(place[0], handle, comment.video_id, comment.id)
            if label and label.grade is not None:
                signal = label.signal or (prediction.signal if prediction else "none")
                yield Lead(link, float(label.grade), signal, product, video)
            elif prediction:
                yield Lead(link, round(prediction.grade, 1), prediction.signal, product, video)


def _graded(
    connection: sqlite3.Connection, model: str, places: list[Place]
) -> tuple[dict[Place, LabelEvent], dict[Place, StoredPrediction]]:
    """The user's labels and what the model said, by place."""
    own: dict[Place, LabelEvent] = {}
    said: dict[Place, StoredPrediction] = {}
    for platform in {platform for platform, _ in places}:
        ids = [ident for at, ident in places if at == platform]
        own |= {(platform, ident): label for ident, label in labels.current(connection, platform, ids).items()}
        said |= {(platform, ident): one for ident, one in predictions.of_comments(connection, platform, ids, model).items()}
    return own, said


def link_of(platform: str, handle: str, video_id: str, comment_id: str) -> str:
    """Address of a comment on TikTok, its video's where the comment has none of its own, "" for another platform.

    >>> link_of("tiktok", "joe", "7", "9"), link_of("tiktok", "", "7", "dom:1"), link_of("sample", "joe", "7", "9")
    ('https://www.tiktok.com/@joe/video/7?share_comment_id=9', 'https://www.tiktok.com/@_/video/7', '')
    """
    if platform != "tiktok" or not (video_id.isascii() and video_id.isdigit()):
        return ""
    address = f"https://www.tiktok.com/@{handle or '_'}/video/{video_id}"
    return address if comment_id.startswith(NAMELESS) else f"{address}?share_comment_id={comment_id}"


def _about(connection: sqlite3.Connection, video: Video | None) -> tuple[str, str, str]:
    """Handle of the creator, product, address of a video."""
    if video is None:
        return "", "", ""
    creator = creators.find(connection, video.platform, video.creator_id) if video.creator_id else None
    handle = (creator.handle or "") if creator else ""
    titles = [product.title for product in products.of_video(connection, video.platform, video.id) if product.title]
    shown = link_of(video.platform, handle, video.id, NAMELESS) or f"{video.platform} {video.id}"
    return handle, video.product or "; ".join(titles), shown
