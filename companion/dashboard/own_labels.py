"""The user's own labels, counted as a training would take them."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, replace

from companion.dashboard import words
from companion.intent.prediction import HIGH_GRADE
from companion.store import labels, sample

ENOUGH_BLIND, ENOUGH_HIGH, ENOUGH_VIDEOS = 40, 8, 3
"""Labels kept aside, buyers among them and their videos that a comparison takes: those of training/promotion.py (a test holds them
equal), which is not imported here because its libraries take a second to load."""


@dataclass(frozen=True)
class LabelCounts:
    """Comments with a grade of the user's own; the sample is left out.

    Attributes:
        comments, videos: all of them, and of how many videos.
        learn: those that a training learns from.
        blind: those kept aside to check with; `blind_high` of them are close to buying, of `blind_videos` videos.
    """

    comments: int
    videos: int
    learn: int
    blind: int
    blind_high: int
    blind_videos: int

    needed = ENOUGH_BLIND
    needed_high = ENOUGH_HIGH
    needed_videos = ENOUGH_VIDEOS

    @property
    def enough(self) -> bool:
        """Whether a comparison of two models can be expected to tell anything."""
        return self.blind >= ENOUGH_BLIND and self.blind_high >= ENOUGH_HIGH and self.blind_videos >= ENOUGH_VIDEOS

    @property
    def missing(self) -> str:
        """What is missing for that, in words; "" where nothing is."""
        short = [
            (ENOUGH_BLIND - self.blind, "label"),
            (ENOUGH_HIGH - self.blind_high, "buyer"),
            (ENOUGH_VIDEOS - self.blind_videos, "video"),
        ]
        return ", ".join(words.count(number, noun) for number, noun in short if number > 0)


def counted(connection: sqlite3.Connection) -> LabelCounts:
    """Split the labels as the training does. Texts are left out: only numbers are asked for, and reading one takes a millisecond."""
    from companion.training.own_labels import own_labels  # needs no training tools

    given = [vote for vote in labels.votes(connection) if vote.platform != sample.PLATFORM and vote.grade is not None]
    own = own_labels([replace(vote, text="", context={}) for vote in given])
    return LabelCounts(
        comments=len({(vote.platform, vote.comment_id) for vote in given}),
        videos=len({(vote.platform, vote.video_id or vote.comment_id) for vote in given}),
        learn=len(own.train),
        blind=len(own.blind),
        blind_high=sum(example.grade >= HIGH_GRADE for example in own.blind),
        blind_videos=len({example.group for example in own.blind}),
    )
