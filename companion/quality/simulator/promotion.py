"""Who is let into the next pool: a mixture of signals against a bar that follows what others reached lately."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from companion.quality.simulator import rules as r
from companion.quality.simulator.cast import HOURS_A_WEEK, Videos
from companion.quality.simulator.rules import Bools, Floats, Ints, Rules

RATE_SIGNALS = r.SIGNALS[:-1]


class Reviewer:
    """Scores the videos whose pool was shown, and keeps the bar of each pool.

    There are only so many viewers. The bar lets through the pool's pass share of recent reviews, each counted by the audience that it
    asks for, so that any mixture of signals opens about as much audience as another: what changes with the weights is who gets it.
    """

    def __init__(self, videos: Videos, rules: Rules, weights: Sequence[float], rng: np.random.Generator) -> None:
        self._rng = rng
        self._weights = np.array(weights)
        self._rules = rules
        self._prior = {name: float(np.mean(_rate(videos, name))) for name in RATE_SIGNALS}
        logs = {name: np.log(_rate(videos, name)) for name in RATE_SIGNALS}
        self._middle = {name: float(np.mean(log)) for name, log in logs.items()}
        self._spread = {name: float(np.std(log)) + 1e-9 for name, log in logs.items()}
        self._usual_views = np.log(rules.first_pool * np.cumprod((1.0, *rules.growth)))
        self._recent = self._rehearse(videos)

    def _rehearse(self, videos: Videos) -> list[list[tuple[float, float]]]:
        """What each pool's reviews would likely score, and the audience asked for: the bar of the first days."""
        recent: list[list[tuple[float, float]]] = []
        among = np.ones(len(videos.posted), np.bool_)
        for pool, fit in enumerate(r.LESS_FITTING):
            asked = videos.sizes[:, pool]
            shown = asked * np.mean(r.REVIEW_AFTER)
            counts = {
                name: rate * shown if name == "watch" else self._rng.poisson(rate * fit * shown).astype(np.float64)
                for name, rate in ((name, _rate(videos, name)) for name in RATE_SIGNALS)
            }
            views = videos.sizes[:, :pool].sum(1) + shown + videos.follower_views * np.mean(r.REVIEW_AFTER)
            scores = self.scores(np.full(len(asked), pool), counts, shown, views)
            recent.append(list(zip(scores[among].tolist(), asked[among].tolist(), strict=True))[: r.REHEARSED_REVIEWS])
            order = np.argsort(-scores[among])
            before = np.cumsum(asked[among][order]) - asked[among][order]
            passing = before <= self._rules.pass_shares[pool] * asked[among].sum()
            among = np.isin(np.arange(len(among)), np.flatnonzero(among)[order][passing])
        return recent

    def _mix(self, parts: Sequence[Floats]) -> Floats:
        score = np.tensordot(self._weights, np.stack(parts), 1)
        return np.asarray(score + self._rng.normal(0, r.LUCK_SPREAD * np.sqrt(np.sum(self._weights**2)), score.shape), np.float64)

    def scores(self, pool: Ints, counts: dict[str, Floats], shown: Floats, views: Floats) -> Floats:
        """Scores of reviewed videos. `pool`: 0-based. `counts` since the pool opened, with `shown` views; `views` in all."""
        parts = []
        for name in RATE_SIGNALS:
            rate = (counts[name] + r.PRIOR_VIEWS * self._prior[name]) / (shown + r.PRIOR_VIEWS)
            parts.append((np.log(rate) - self._middle[name]) / self._spread[name])
        return self._mix([*parts, np.log1p(views) - self._usual_views[pool]])

    def passes(self, pool: Ints, scores: Floats, asked: Floats, hour: int) -> Bools:
        """Which of them go on; `asked`: the size of the pool just shown, to which the next is in proportion.

        Fewer do at the week's busy hours; a few go on by the platform's own curiosity.
        """
        slack = 1 + r.COMPETITION * np.cos(2 * np.pi * (hour % HOURS_A_WEEK) / HOURS_A_WEEK)
        passed = np.zeros(len(pool), np.bool_)
        for i, (level, score, size) in enumerate(zip(pool.tolist(), scores.tolist(), asked.tolist(), strict=True)):
            recent = self._recent[level]
            others, audiences = np.array(recent).T
            passed[i] = audiences[others > score].sum() <= self._rules.pass_shares[level] * slack * audiences.sum()
            recent.append((score, size))
            del recent[: -r.REMEMBERED_REVIEWS]
        return passed | (self._rng.random(len(pool)) < r.FAIR_START)


def _rate(videos: Videos, name: str) -> Floats:
    """The rate per view that a review can hope to see; what people ask is read with mistakes."""
    if name != "asks":
        return videos.rates[name]
    return videos.rates["comments"] * (r.ASK_RECALL * videos.rates["asks"] + r.ASK_FALSE)
