"""A workspace filled comment by comment, each with a probability of being close to buying."""

from __future__ import annotations

from typing import Any

from companion import grading
from companion.intent.text import NORMALISER
from companion.store import Store, comments, creators, predictions, unread, videos
from companion.store.comments import Comment
from companion.store.creators import Creator
from companion.store.predictions import StoredPrediction
from companion.store.videos import Metric, Video

DAY = 86_400_000
START = 1_770_000_000_000


class Scene:
    """A workspace that is filled comment by comment, each with a probability of being close to buying."""

    def __init__(self, store: Store, model: str) -> None:
        self._store, self._model, self._number = store, model, 0

    def creator(self, ident: str, **fields: Any) -> None:
        with self._store.writing() as connection:
            creators.save(connection, [Creator("tiktok", ident, **{"handle": ident, **fields})], 1)

    def video(self, ident: str, creator: str | None, commerce: Any = "organic", **fields: Any) -> None:
        usual = {"creator_id": creator, "caption": f"about {ident}", "commerce": commerce}
        with self._store.writing() as connection:
            videos.save(connection, [Video("tiktok", ident, **{**usual, **fields})], 1)

    def counted(self, video: str, at: int, **counters: int) -> None:
        with self._store.writing() as connection:
            videos.measure(connection, [Metric("tiktok", video, at, **counters)])

    def says(
        self,
        video: str,
        *probabilities: float,
        seen: int = 1,
        text: str = "",
        signal: str = "want",
        sentiment: str = "neutral",
        **fields: Any,
    ) -> None:
        for p_high in probabilities:
            self._number += 1
            key = f"c{self._number}"
            usual = {"author": f"a{key}", "created_at": 1_770_000_000_000 + self._number, "likes": 0}
            comment = Comment("tiktok", key, video, text or f"text {key}", **{**usual, **fields})
            hashes = (comment.text, f"about {video}")
            with self._store.writing() as connection:
                comments.save(connection, [comment], seen)
                unread.put_keys(connection, NORMALISER, [(("tiktok", key), *hashes)])
                said = StoredPrediction(NORMALISER, *hashes, self._model, 1 + 9 * p_high, p_high, signal, sentiment, 1, 9, False, "en", 1)
                predictions.save(connection, [said])

    def graded(self) -> None:
        """Every grade stands beside its comment, as the companion puts them there in the background."""
        while grading.show_grades(self._store, self._model):
            pass
