"""Stored comments together with what the model, or the user, says about each."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from companion.dashboard import words
from companion.intent import Context, Item
from companion.leads import link_of
from companion.store import comments, creators, labels, predictions, sample, shelf, videos
from companion.store.comments import Comment
from companion.store.labels import LabelEvent
from companion.store.predictions import StoredPrediction
from companion.store.shelf import Standing
from companion.store.unread import Place
from companion.store.videos import Video

T = TypeVar("T")


@dataclass(frozen=True)
class Reading:
    """One comment's grade as shown. `grade` is the model's expectation or, with `yours`, the user's own grade."""

    grade: float
    level: int
    rank: float
    band: words.Band
    signal: str
    interval: tuple[float, float]
    unsure: bool
    yours: bool

    @property
    def band_words(self) -> str:
        """The band in words."""
        return words.BANDS[self.band]

    @property
    def signal_words(self) -> str:
        """The signal in words."""
        return words.SIGNALS[self.signal]

    @property
    def interval_words(self) -> str:
        """The likely grades in words."""
        return words.interval_words(self.interval)


@dataclass(frozen=True)
class Row:
    """A comment with its video, its parent's text and its reading (None: not graded by the model in use)."""

    comment: Comment
    video: Video
    parent_text: str | None
    prediction: StoredPrediction | None
    label: LabelEvent | None
    standing: Standing | None = None
    handle: str = ""

    @property
    def link(self) -> str:
        """Where the comment stands on TikTok, "" for what stands nowhere."""
        return link_of(self.comment.platform, self.handle, self.comment.video_id, self.comment.id)

    @property
    def item(self) -> Item:
        """What the model reads for this comment."""
        video = self.video
        context = Context(video.caption or "", video.hashtags or (), video.product or "", self.parent_text or "")
        return Item(self.comment.text, context)

    @property
    def reading(self) -> Reading | None:
        """What stands on screen: the user's grade, else the model's."""
        if self.label and self.label.grade is not None:
            return _from_label(self.label, self.prediction)
        return _from_prediction(self.prediction) if self.prediction else None

    @property
    def lang(self) -> str:
        """The page's own language mark, else the model's guess; "" when neither is known."""
        return self.comment.lang or (self.prediction.lang if self.prediction else "")

    @property
    def is_sample(self) -> bool:
        """Whether this is invented data."""
        return self.comment.platform == sample.PLATFORM


def load(connection: sqlite3.Connection, model: str, found: Sequence[Comment]) -> list[Row]:
    """Rows of comments, in their order.

    Only what `model` says stands in them: a row that it has not read has no prediction, whatever other models said.
    """
    places = {(c.platform, c.video_id) for c in found}
    shown = {place: video for place in places if (video := videos.find(connection, *place))}
    labelled = _by_place(found, lambda platform, ids: labels.current(connection, platform, ids))
    said = _by_place(found, lambda platform, ids: predictions.of_comments(connection, platform, ids, model))
    texts: dict[Place, str] = {(c.platform, c.id): c.text for c in found}
    standings = shelf.standings(connection, texts)
    handles = {place: _handle(connection, video) for place, video in shown.items()}
    rows = []
    for comment in found:
        parent = _parent_text(connection, comment, texts)
        video = shown[comment.platform, comment.video_id]
        place = comment.platform, comment.id
        handle = handles[video.platform, video.id]
        rows.append(Row(comment, video, parent, said.get(place), labelled.get(place), standings.get(place), handle))
    return rows


def load_places(connection: sqlite3.Connection, model: str, places: Iterable[Place]) -> list[Row]:
    """Rows of the comments at these places, in their order; what is gone is left out."""
    found = (comments.find(connection, *place) for place in places)
    return load(connection, model, [comment for comment in found if comment])


def load_one(connection: sqlite3.Connection, model: str, platform: str, comment_id: str) -> Row | None:
    """One comment's row, or None."""
    comment = comments.find(connection, platform, comment_id)
    return load(connection, model, [comment])[0] if comment else None


def _handle(connection: sqlite3.Connection, video: Video) -> str:
    creator = creators.find(connection, video.platform, video.creator_id) if video.creator_id else None
    return (creator.handle or "") if creator else ""


def _parent_text(connection: sqlite3.Connection, comment: Comment, texts: Mapping[Place, str]) -> str | None:
    if comment.parent_id is None:
        return None
    known = texts.get((comment.platform, comment.parent_id))
    if known is not None:
        return known
    parent = comments.find(connection, comment.platform, comment.parent_id)
    return parent.text if parent else ""


def _by_place(found: Iterable[Comment], ask: Callable[[str, list[str]], dict[str, T]]) -> dict[Place, T]:
    """What `ask` answers for each platform and its comment ids, by place."""
    ids: defaultdict[str, list[str]] = defaultdict(list)
    for comment in found:
        ids[comment.platform].append(comment.id)
    return {(platform, key): value for platform, group in ids.items() for key, value in ask(platform, group).items()}


def _from_label(label: LabelEvent, prediction: StoredPrediction | None) -> Reading:
    grade = int(label.grade or 1)
    band = words.band_of_label(grade)
    signal = label.signal or (prediction.signal if prediction else "none")
    return Reading(
        float(grade), grade, 1.0 if band == "high" else 0.0, band, signal, (float(grade), float(grade)), unsure=False, yours=True
    )


def _from_prediction(p: StoredPrediction) -> Reading:
    level = int(min(10, max(1, round(p.grade))))
    band = words.band_of(p.p_high, level)
    return Reading(p.grade, level, p.p_high, band, p.signal, (p.interval_low, p.interval_high), p.unsure, yours=False)
