"""Learning from all stored videos what is usual, and scoring every creator against it: the nightly rescore."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from random import Random

from companion.quality.score import LEAST_CREATORS, PartOf, Weights
from companion.quality.share_value import ShareField
from companion.quality.video_score import Surroundings, surroundings
from companion.store import Store, StoreError, clock, quality_learned, quality_posts
from companion.store.quality_learned import CreatorScore, Finding, Learned
from companion.store.quality_posts import StoredPost
from companion.store.sample import PLATFORM as SAMPLE
from companion.stored_scores import FORMULA, parts_of, post_of_stored, score_creator
from companion.stored_stages import Looking, findings_of, pools_of, usual_negative

MOST = 20_000
"""Newest videos that are learned from: more of them change little, and take longer than a night job on a small machine should."""
SHARPNESS = 1_000
"""Steps in which the distribution of shares per like is kept."""
AT_ONCE = 20
"""Creators between two writes."""
AGAIN_AFTER = clock.DAY
TAUGHT_BY = 2_000
"""Creators from whom the weights of the parts are learned."""
LOOKED_AT = 3_000
"""Newest videos that detectors look at: each takes some milliseconds."""
USUAL_OF = 300
"""Newest videos whose comments say which part of negative ones is usual."""

Seen = Callable[[int, int], None]
_log = logging.getLogger("buysignal")


def learn(store: Store, model: str) -> Learned:
    """Compare all stored videos with each other and keep what comes out; seconds for thousands of videos."""
    with store.reading() as connection:
        now = clock.now_ms()
        _, seen = quality_posts.state(connection)
        stored = list(quality_posts.newest(connection, MOST))
        pools = pools_of(connection, stored)
    posts = [post_of_stored(one, now) for one in stored]
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):  # the page that somebody looks at goes first
        around = surroundings(posts, with_history=False)
    ranked = around.expected.ranked if around.expected else []
    shares = {name: _thinned(field) for name, field in around.shares.items()}
    learned = Learned(now, len(ranked), seen, {}, shares, pools)
    with store.writing() as connection:
        quality_learned.put(connection, learned, (_place(post.video_id, points) for post, points in ranked))
    found, weights = _findings(store, model, stored[:LOOKED_AT], around, now), _weights(store, model, learned)
    with store.writing() as connection:
        quality_learned.put_findings(connection, found)
        quality_learned.put_weights(connection, weights)
    return replace(learned, weights=weights)


def _findings(store: Store, model: str, stored: list[StoredPost], around: Surroundings, now: int) -> list[Finding]:
    """What detectors say yes to of the newest videos."""
    found: list[Finding] = []
    with store.reading() as connection:
        usual = usual_negative(connection, model, stored[:USUAL_OF])
    looking = Looking(model, around) if usual is None else Looking(model, around, usual)
    for begin in range(0, len(stored), AT_ONCE):
        with store.reading() as connection:
            for one in stored[begin : begin + AT_ONCE]:
                found += findings_of(connection, one, looking, now)
    return found


def rescore(store: Store, model: str, seen: Seen = lambda _done, _all: None) -> int:
    """`learn`, then keep the score of every creator beside the earlier ones; returns how many creators have one."""
    learned, scored = learn(store, model), 0
    places = _creators(store)
    for begin in range(0, len(places), AT_ONCE):
        some = places[begin : begin + AT_ONCE]
        with store.reading() as connection:
            scores = [score for place in some if (score := _score(connection, model, place, learned))]
        with store.writing() as connection:
            quality_learned.add_scores(connection, scores)
        scored += sum(score.value is not None for score in scores)
        seen(min(begin + AT_ONCE, len(places)), len(places))
    return scored


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
                found = score_creator(connection, model, place, learned=learned)
                parts += parts_of(found, ":".join(place)) if found else []
    fitted = Weights.fit(parts).by_category if len(drawn) >= LEAST_CREATORS else {}
    return {category: dict(weights) for category, weights in fitted.items()}


class QualityLearner:
    """Rescores in the background when pages ask for it, at most once a day and only where something came in since."""

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
            if clock.now_ms() - last[0] < AGAIN_AFTER:
                return False
            return quality_posts.state(connection)[1] != last[1]

    def _run(self, model: str) -> None:
        try:
            rescore(self._store, model)
        except (StoreError, sqlite3.Error) as error:  # the next look at a page tries again
            _log.warning("rescoring creators stopped: %s", type(error).__name__)


def _place(key: str, points: float) -> tuple[str, str, float]:
    platform, _, video_id = key.partition(":")
    return platform, video_id, points


def _score(connection: sqlite3.Connection, model: str, place: tuple[str, str], learned: Learned) -> CreatorScore | None:
    found = score_creator(connection, model, place, learned=learned)
    if found is None:
        return None
    return CreatorScore(*place, learned.at, FORMULA, model, found.score.value, found.score.partial, len(found.videos))


def _thinned(field: ShareField) -> dict[str, object]:
    return {**asdict(field), "raw": list(_steps(field.raw)), "shrunk": list(_steps(field.shrunk))}


def _steps(ordered: tuple[float, ...]) -> Iterator[float]:
    """At most SHARPNESS + 1 values that divide as the whole does."""
    last = len(ordered) - 1
    if last <= SHARPNESS:
        return iter(ordered)
    return (ordered[round(step * last / SHARPNESS)] for step in range(SHARPNESS + 1))
