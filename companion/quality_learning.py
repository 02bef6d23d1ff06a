"""Learning from all stored videos what is usual, and scoring every creator against it: the nightly rescore."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import asdict, replace
from random import Random

from companion import creator_field, video_learning
from companion.quality.score import LEAST_CREATORS, PartOf, Weights
from companion.quality.share_value import ShareField
from companion.quality.video_score import Surroundings
from companion.store import Store, StoreError, clock, quality_learned, quality_looks, quality_posts
from companion.store.quality_learned import CreatorScore, Learned
from companion.store.sample import PLATFORM as SAMPLE
from companion.stored_scores import FORMULA, parts_of, post_of_stored, score_creator, share_key
from companion.stored_stages import pools_of
from companion.video_class import labels_of

MOST = 20_000
"""Newest videos that are learned from: more of them change little, and take longer than a night job on a small machine should."""
SHARPNESS = 1_000
"""Steps in which the distribution of shares per like is kept."""
AT_ONCE = 20
"""Creators between two writes."""
RANKED_AT_ONCE = 5_000
"""Videos between two writes of ranks: the trees answer for many at once, and nobody who writes waits long."""
AGAIN_AFTER = clock.DAY
TAUGHT_BY = 2_000
"""Creators from whom the weights of the parts are learned."""

Seen = Callable[[int, int], None]
_log = logging.getLogger("buysignal")


def learn(store: Store, model: str) -> Learned:
    """Compare all stored videos with each other and keep what comes out; seconds for thousands of videos."""
    with store.reading() as connection:
        now = clock.now_ms()
        _, seen = quality_posts.state(connection)
        plain = list(quality_posts.newest(connection, MOST))
        pools = pools_of(connection, plain)
    subjects = video_learning.subjects_of(store, model, plain)
    stored = video_learning.with_subjects(plain, subjects)
    posts = [post_of_stored(one, now) for one in stored]
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # the page that somebody looks at goes first
        fields = video_learning.fields_of(posts)
    ranked = [one for around in fields.values() if around.expected for one in around.expected.ranked]
    shares = {share_key(site, name): _thinned(field) for site, around in fields.items() for name, field in around.shares.items()}
    learned = Learned(now, len(ranked), seen, {}, shares, pools)
    with store.writing() as connection:
        quality_learned.put(connection, learned, (_place(post.video_id, points) for post, points in ranked))
    _rank_others(store, fields, {(one.platform, one.id) for one in plain}, now)
    found, weights = video_learning.looks_of(store, model, stored, fields, now), _weights(store, model, learned)
    with store.writing() as connection:
        quality_looks.put_verdicts(connection, found)
        quality_learned.put_weights(connection, weights)
    video_learning.keep_groups(store, posts, subjects, now)
    creator_field.keep(store, stored, fields.values(), pools)
    return replace(learned, weights=weights)


def _rank_others(store: Store, fields: Mapping[str, Surroundings], done: Set[tuple[str, str]], now: int) -> None:
    """Rank the videos that were too old to be learned from among those that were: else their creators would have no such score."""
    after = ("", "")
    while True:
        with store.reading() as connection:
            some = quality_posts.following(connection, after, RANKED_AT_ONCE)
        if not some:
            return
        after = some[-1].platform, some[-1].id
        others = [one for one in some if (one.platform, one.id) not in done]
        for site, around in fields.items():
            posts = [post_of_stored(one, now) for one in others if one.platform == site]
            if posts and around.expected:
                ranked = around.expected.ranked_too(posts)
                with store.writing() as connection:
                    quality_learned.add_standings(connection, (_place(post.video_id, points) for post, points in ranked))


def rescore(store: Store, model: str, seen: Seen = lambda _done, _all: None) -> int:
    """`learn`, then keep the score of every creator beside the earlier ones; returns how many creators were given one now.

    Creators are scored in parts of AT_ONCE, so memory does not grow with their number. What was stopped on the way goes on where it
    was when it is called again within AGAIN_AFTER: only creators without a score since the last comparison are left to do.
    """
    learned, scored = _begun(store) or learn(store, model), 0
    with store.reading() as connection:
        done = quality_learned.scored_at(connection, learned.at)
    every = _creators(store)
    places = [place for place in every if place not in done]
    for begin in range(0, len(places), AT_ONCE):
        some = places[begin : begin + AT_ONCE]
        with store.reading() as connection:
            scores = [score for place in some if (score := _score(connection, model, place, learned))]
        with store.writing() as connection:
            quality_learned.add_scores(connection, scores)
        scored += sum(score.value is not None for score in scores)
        seen(len(every) - len(places) + min(begin + AT_ONCE, len(places)), len(every))
    with store.writing() as connection:
        quality_looks.finish(connection)
    return scored


def _begun(store: Store) -> Learned | None:
    """What was learned by a rescore of today that was stopped before all creators were scored."""
    with store.reading() as connection:
        groups, learned = quality_looks.groups(connection), quality_learned.find(connection)
    if groups is None or learned is None or groups.done or groups.at != learned.at:
        return None
    return learned if clock.now_ms() - learned.at < AGAIN_AFTER else None


def _creators(store: Store) -> list[tuple[str, str]]:
    """Creators with a stored video, (platform, id)."""
    with store.reading() as connection:
        made = connection.execute("SELECT DISTINCT platform, creator_id FROM video WHERE creator_id IS NOT NULL")
        return [(row[0], row[1]) for row in made]


def _weights(store: Store, model: str, learned: Learned) -> dict[str, dict[str, float]]:
    """How far each part tells creators apart, from the videos of creators drawn by chance; {} where too few tell anything."""
    places = [place for place in _creators(store) if place[0] != SAMPLE]
    drawn = Random(1).sample(places, min(len(places), TAUGHT_BY))  # noqa: S311 (a sample, not a secret)
    parts: list[PartOf] = []
    for begin in range(0, len(drawn), AT_ONCE):
        with store.reading() as connection:
            for place in drawn[begin : begin + AT_ONCE]:
                found = score_creator(connection, model, place, learned=learned, against_own=False)
                parts += parts_of(found, ":".join(place)) if found else []
    fitted = Weights.fit(parts).by_category if len(drawn) >= LEAST_CREATORS else {}
    return {category: dict(weights) for category, weights in fitted.items()}


class QualityLearner:
    """Rescores in the background when pages ask for it, at most once a day and only where videos or labels of them came in since."""

    def __init__(self, store: Store) -> None:
        self._store, self._lock = store, threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self, model: str) -> bool:
        """Begin if it is due; whether it is at work now."""
        with self._lock:
            if self._thread and self._thread.is_alive():
                return True
            if not self._due():
                return False
            self._thread = threading.Thread(target=self._run, args=(model,), name="quality", daemon=True)
            self._thread.start()
            return True

    def wait(self, patience_s: float | None = None) -> None:
        """Until it is done, or for so many seconds."""
        if self._thread:
            self._thread.join(patience_s)

    def _due(self) -> bool:
        with self._store.reading() as connection:
            last = quality_learned.learned_at(connection)
            if last is None:
                return bool(quality_posts.state(connection)[0])
            groups = quality_looks.groups(connection)
            if groups and not groups.done:
                return True
            if clock.now_ms() - last[0] < AGAIN_AFTER:
                return False
            labelled = groups.high_class.get("answers") if groups else 0
            return quality_posts.state(connection)[1] != last[1] or len(labels_of(connection)) != labelled

    def _run(self, model: str) -> None:
        try:
            rescore(self._store, model)
        except (StoreError, sqlite3.Error) as error:  # the next look at a page tries again
            _log.warning("rescoring creators stopped: %s", type(error).__name__)


def _place(key: str, points: float) -> tuple[str, str, float]:
    platform, _, video_id = key.partition(":")
    return platform, video_id, points


def _score(connection: sqlite3.Connection, model: str, place: tuple[str, str], learned: Learned) -> CreatorScore | None:
    found = score_creator(connection, model, place, learned=learned, against_own=False)
    if found is None:
        return None
    score = CreatorScore(*place, learned.at, FORMULA, model, found.score.value, found.score.partial, len(found.videos))
    return creator_field.with_parts(score, found)


def _thinned(field: ShareField) -> dict[str, object]:
    return {**asdict(field), "raw": list(_steps(field.raw)), "shrunk": list(_steps(field.shrunk))}


def _steps(ordered: tuple[float, ...]) -> Iterator[float]:
    """At most SHARPNESS + 1 values that divide as the whole does."""
    last = len(ordered) - 1
    if last <= SHARPNESS:
        return iter(ordered)
    return (ordered[round(step * last / SHARPNESS)] for step in range(SHARPNESS + 1))
