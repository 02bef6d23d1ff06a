"""Looks hashtags up in a thread of its own, so that no request waits for a graph, a tree or an encoder."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from concurrent.futures import Future
from contextlib import suppress

from companion.api import hashtags_wire as wire
from companion.hashtag_atlas import without_sample
from companion.hashtag_keeper import AtlasKeeper
from companion.hashtags import Atlas, CategoryMatch, RelatedTag, Taxonomy
from companion.hashtags.tags import clean_tag
from companion.quality.shares import wilson
from companion.store import StoreBusyError

LEVEL = 2
RELATED = 8
LEAST_LIKE = 0.3
"""Likeness below which a tag is no neighbour: in a small store everything is a little like everything."""
REMEMBERED = 2_000
"""Tags that are remembered while neither graph nor tree changes."""

NOT_YET = wire.HashtagsMapAnswer(ready=False, tree="", tags=[])


class HashtagLookup:
    """Answers about hashtags, each worked out once a graph and tree. One for each app; one thread at a time.

    Args:
        keeper: gives the graph.
    """

    def __init__(self, keeper: AtlasKeeper) -> None:
        self._keeper = keeper
        self._free = threading.Lock()
        self._basis: tuple[Atlas, Taxonomy] | None = None
        self._found: dict[str, wire.HashtagFound] = {}

    def find(self, tags: Sequence[str], patience_s: float) -> wire.HashtagsMapAnswer:
        """Answers in order, or one that is not ready where they take longer than `patience_s`; the work goes on and is remembered.

        Raises:
            StoreError, sqlite3.Error, ValueError: the graph could not be built; the next call tries again.
        """
        until = time.monotonic() + patience_s
        if not self._free.acquire(timeout=patience_s):
            return NOT_YET
        work: Future[wire.HashtagsMapAnswer] = Future()
        threading.Thread(target=self._run, args=(work, tuple(tags)), name="hashtag lookup", daemon=True).start()
        try:
            return work.result(max(0.0, until - time.monotonic()))
        except TimeoutError:
            return NOT_YET

    def _run(self, work: Future[wire.HashtagsMapAnswer], tags: Sequence[str]) -> None:
        try:
            work.set_result(self._answer(tags))
            with suppress(StoreBusyError):  # what was encoded is then encoded again another day
                self._keeper.keep()
        except Exception as error:
            work.set_exception(error)
        finally:
            self._free.release()

    def _answer(self, tags: Sequence[str]) -> wire.HashtagsMapAnswer:
        atlas = self._keeper.answer()
        if atlas is None:
            return NOT_YET
        atlas = without_sample(atlas)  # a page of TikTok must not show what is invented
        tree = self._keeper.tree(None)
        if self._basis is None or self._basis[0] is not atlas or self._basis[1] is not tree or len(self._found) > REMEMBERED:
            self._basis, self._found = (atlas, tree), {}
        cleaned = [clean_tag(tag) for tag in tags]
        for tag in cleaned:
            if tag not in self._found:
                self._found[tag] = found(atlas, tree, tag)
        return wire.HashtagsMapAnswer(ready=True, tree=tree.name, tags=[self._found[tag] for tag in cleaned])


def found(atlas: Atlas, tree: Taxonomy, tag: str) -> wire.HashtagFound:
    """What is known of a cleaned tag; "" leads nowhere."""
    told = atlas.map_tag(tag, tree, min(LEVEL, tree.depth), 1)
    best = None if told.none or not told.matches else told.matches[0]
    return wire.HashtagFound(
        tag=tag,
        none=told.none,
        confidence=told.confidence,
        videos=told.videos,
        category=_category(best) if best else None,
        intent=_intent(atlas, tag),
        related=[_near(near) for near in atlas.related(tag, RELATED) if near.similarity >= LEAST_LIKE],
    )


def _category(match: CategoryMatch) -> wire.TagCategory:
    return wire.TagCategory(id=match.category_id, path=list(match.path), score=match.score, support=match.support)


def _near(near: RelatedTag) -> wire.TagNear:
    return wire.TagNear(tag=near.tag, similarity=min(1.0, near.similarity), videos=near.videos)


def _intent(atlas: Atlas, tag: str) -> wire.TagIntent | None:
    at = atlas.graph.find(tag)
    share = None if at is None else wilson(int(atlas.rates.high[at]), int(atlas.rates.graded[at]))
    return wire.TagIntent(value=share.value, low=share.low, high=share.high, n=share.n) if share else None
