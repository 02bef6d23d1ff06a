"""How many of a creator's commenters are close to buying, counted so that creators can be compared.

Three things would make the figures of two creators mean different things, and are taken out first:

- *Depth.* The site shows the comments that it ranks best first, and what it ranks first asks more and chats less. A video read to its
  end holds more small talk than one read for a minute. So the same number of first comments counts under every video.
- *Repeats.* One person who writes the same under ten videos is one voice: a text counts once for each writer and creator.
- *The creator's own answers* are no demand; they are left out before the rows come here, like replies, which are not read everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from companion.quality.shares import Share, wilson

HIGH_P = 0.5
"""A comment counts as close to buying from this calibrated probability on, wherever it is stored, counted or ranked."""


class CountedComment(NamedTuple):
    """One graded first-level comment of the audience, in the order in which a video's comments were met.

    `author` is a pseudonym, "" where nobody knows; `text` stands for its normalised text, so that equal ones are equal.
    `at` is ms UTC, None where not known. `high` is whether it is close to buying.
    """

    platform: str
    creator_id: str
    video_id: str
    author: str
    text: str
    high: bool
    at: int | None


@dataclass(frozen=True)
class Demand:
    """What the comments under a creator's videos say. `share.n` comments of `videos` videos were counted, written from `first` to `last`.

    `share` is the intent rate: comments close to buying / comments counted, with its 95 % Wilson interval. `repeats` were left out.
    """

    platform: str
    creator_id: str
    videos: int
    high: int
    share: Share
    repeats: int
    first: int | None
    last: int | None


def demand(comments: Iterable[CountedComment], depth: int) -> list[Demand]:
    """The demand of each creator who has a counted comment, over the first `depth` comments of each of their videos.

    Raises:
        ValueError: depth below 1.
    """
    if depth < 1:
        raise ValueError(f"depth is {depth}; at least one comment of each video must count")
    met: Counter[tuple[str, str]] = Counter()
    found: dict[tuple[str, str], _Tally] = {}
    for comment in comments:
        place = comment.platform, comment.video_id
        met[place] += 1
        if met[place] <= depth:
            found.setdefault((comment.platform, comment.creator_id), _Tally()).add(comment)
    return [tally.demand(*key) for key, tally in found.items()]


class _Tally:
    """Counts one creator's comments, each text of a writer once."""

    def __init__(self) -> None:
        self._said: set[tuple[str, str]] = set()
        self._videos: set[str] = set()
        self._high = self._n = self._repeats = 0
        self._first: int | None = None
        self._last: int | None = None

    def add(self, comment: CountedComment) -> None:
        if comment.author:
            said = comment.author, comment.text
            if said in self._said:
                self._repeats += 1
                return
            self._said.add(said)
        self._videos.add(comment.video_id)
        self._n += 1
        self._high += comment.high
        if comment.at is not None:
            self._first = comment.at if self._first is None else min(self._first, comment.at)
            self._last = comment.at if self._last is None else max(self._last, comment.at)

    def demand(self, platform: str, creator_id: str) -> Demand:
        share = wilson(self._high, self._n)
        assert share is not None  # noqa: S101 (a tally begins with a comment, and the first is no repeat)
        return Demand(platform, creator_id, len(self._videos), self._high, share, self._repeats, self._first, self._last)
