"""The hours of a simulated world, one after the other, for all its videos at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from companion.quality.simulator import rules as r
from companion.quality.simulator.cast import HOURS_A_WEEK, Creators, Videos
from companion.quality.simulator.halo import Halo
from companion.quality.simulator.labels import Event, Mode, Pool
from companion.quality.simulator.outside import NINE_TENTHS, Plan, Wave, shape
from companion.quality.simulator.promotion import Reviewer
from companion.quality.simulator.rules import Floats, Ints, Rules

COUNTERS = ("views", "likes", "comments", "shares", "saves", "asks")
"""What is counted. `asks` (comments that ask to buy) stands in no public counter."""

NEVER = 10**9

# How people who come another way behave, beside those from the feed: likes, comments, shares, saves, asks.
TASTES: dict[str, tuple[float, ...]] = {
    "followers": (1.6, 1.8, 0.9, 0.9, 1.0),
    "trickle": (0.8, 0.6, 0.6, 1.1, 1.3),
    "halo": (1.1, 0.7, 0.6, 0.8, 0.9),
    "advert": (0.25, 0.3, 0.15, 0.3, 0.8),
    "search": (0.7, 0.7, 0.9, 1.8, 1.7),
    "sound": (1.0, 0.7, 1.3, 0.9, 0.6),
    "news": (0.8, 1.8, 1.5, 0.8, 0.6),
    "retrial": (0.9, 0.9, 0.9, 0.9, 0.9),
    "murmur": (0.7, 0.7, 0.8, 1.2, 1.4),
}


@dataclass(frozen=True)
class History:
    """`counters[name]`: (hours, videos), true totals at the end of each hour. `pools`, `modes`: what was so at that time.

    `organic_views`, `buyers`: expected totals over the simulated hours, without adverts, a video each.
    """

    creators: Creators
    videos: Videos
    rules: Rules
    counters: dict[str, Ints]
    pools: NDArray[np.int8]
    modes: NDArray[np.int8]
    events: list[Event]
    organic_views: Floats
    buyers: Floats


@dataclass(frozen=True)
class Setting:
    """All that is fixed before a world begins."""

    creators: Creators
    videos: Videos
    rules: Rules
    plan: Plan
    reviewer: Reviewer


def live(setting: Setting, hours: int, rng: np.random.Generator) -> History:
    """Run a world of `hours`; outside causes come from its plan, promotions from its reviewer."""
    run = _Run(setting, hours, rng)
    for hour in range(hours):
        run.step(hour)
    return run.history()


class _Run:
    """The state of every video, and what an hour does to it."""

    def __init__(self, setting: Setting, hours: int, rng: np.random.Generator) -> None:
        self.creators, self.videos, self.rules = setting.creators, setting.videos, setting.rules
        self.plan, self.reviewer, self.hours, self.rng = setting.plan, setting.reviewer, hours, rng
        n = self.n = len(self.videos.posted)
        self.pool = np.zeros(n, np.int8)
        self.mode = np.full(n, Mode.UNPOSTED, np.int8)
        self.rested_at = np.full(n, NEVER)
        self.opens_at = (self.videos.posted + self.videos.held_hours).astype(np.int64)
        self.opened_at = np.zeros(n, np.int64)
        self.remaining, self.size = np.zeros(n), np.ones(n)
        self.reviewed = np.zeros(n, np.bool_)
        self.followers_left = self.videos.follower_views.copy()
        self.totals = {name: np.zeros(n, np.int64) for name in COUNTERS}
        self.at_opening = {name: np.zeros(n, np.int64) for name in COUNTERS}
        self.warm = np.zeros(n)
        self.organic_views, self.buyers = np.zeros(n), np.zeros(n)
        self.waves: list[tuple[Wave, float]] = []
        self.revived_until = np.zeros(n, np.int64)
        self.halo = Halo(self.creators, self.videos, self.rules)
        self.events: list[Event] = []
        self.recorded = {name: np.zeros((hours, n), np.int64) for name in COUNTERS}
        self.pools, self.modes = np.zeros((hours, n), np.int8), np.zeros((hours, n), np.int8)
        self._fill_library()

    def _fill_library(self) -> None:
        """Old videos have been through their pools before the world begins."""
        old = self.videos.library
        reached = np.ones(self.n, np.int8)
        for pool, share in enumerate(self.rules.pass_shares[:-1]):
            reached += (reached == pool + 1) & (self.rng.random(self.n) < share)
        through = np.arange(1, r.POOLS + 1)[None, :] <= reached[:, None]
        views = self.rng.poisson(((self.videos.sizes * through).sum(1) + self.videos.follower_views).clip(max=1e8))
        self.totals["views"][old] = views[old]
        for name in COUNTERS[1:5]:
            self.totals[name][old] = self.rng.binomial(views, self.videos.rates[name])[old]
        self.totals["asks"][old] = self.rng.binomial(self.totals["comments"], self.videos.rates["asks"])[old]
        self.pool[old] = reached[old]
        self.mode[old] = Mode.RESTING
        self.rested_at[old] = self.videos.posted[old] + r.LIBRARY_RESTS_AFTER_HOURS
        self.reviewed[old] = True
        self.opens_at[old] = NEVER
        self.followers_left[old] = 0

    def step(self, hour: int) -> None:
        """One hour."""
        self._arrive_and_leave(hour)
        self._open(hour)
        self._start_waves(hour)
        flows, tastes = self._flows(hour)
        self._count(flows, tastes, hour)
        self._review(hour)
        for name in COUNTERS:
            self.recorded[name][hour] = self.totals[name]
        self.pools[hour], self.modes[hour] = self.pool, self.mode

    def _arrive_and_leave(self, hour: int) -> None:
        self.mode[(self.mode == Mode.UNPOSTED) & (self.videos.posted <= hour)] = Mode.HELD
        self.mode[(self.mode == Mode.REVIVED) & (self.revived_until <= hour)] = Mode.RESTING
        leaving = (self.plan.gone <= hour) & (self.mode != Mode.GONE) & (self.mode != Mode.UNPOSTED)
        for v in np.flatnonzero(leaving):
            self.events.append(Event("deleted", int(v), hour, self.hours))
        self.mode[leaving] = Mode.GONE
        self.opens_at[leaving] = NEVER

    def _open(self, hour: int) -> None:
        """Open the pools that are due: the first after the check, the next after a promotion, the last again and again."""
        due = np.flatnonzero((self.opens_at <= hour) & (self.mode != Mode.UNPOSTED))
        if not len(due):
            return
        again = self.pool[due] == r.POOLS
        self.pool[due] = np.minimum(self.pool[due] + 1, r.POOLS)
        size = self.videos.sizes[due, self.pool[due] - 1] * np.where(again, self.rng.uniform(*r.AGAIN_SIZE, len(due)), 1.0)
        self.size[due] = size
        self.remaining[due] += size
        self.mode[due] = Mode.SERVING
        self.reviewed[due] = False
        self.opens_at[due], self.opened_at[due] = NEVER, hour
        for name in COUNTERS:
            self.at_opening[name][due] = self.totals[name][due]
        for v, pool, repeated in zip(due.tolist(), self.pool[due].tolist(), again.tolist(), strict=True):
            if pool > Pool.TRIAL and not repeated:
                self.events.append(Event("promoted", v, hour, hour + 1, Pool(pool).name.lower(), float(self.size[v])))
                self.events += self.halo.hit(v, pool, float(self.size[v]), hour)

    def _start_waves(self, hour: int) -> None:
        for wave in self.plan.waves.get(hour, ()):
            v = wave.video
            if self.mode[v] != Mode.RESTING or hour - self.rested_at[v] < self.rules.rest_before_life:
                continue
            small = wave.cause == "murmur"
            views = wave.size * float(self.totals["views"][v]) + (0 if small else r.LIFE_SIZE_LEAST)
            end = hour + int(np.ceil(wave.hours * NINE_TENTHS[wave.cause]))
            self.waves.append((wave, views / wave.hours))
            self.events.append(Event("murmur" if small else "second_life", v, hour, min(end, self.hours), wave.cause, views))
            if not small:
                self.mode[v], self.revived_until[v], self.rested_at[v] = Mode.REVIVED, end, end

    def _flows(self, hour: int) -> tuple[dict[str, Floats], dict[str, tuple[float, ...]]]:
        """Expected views of this hour by where they come from."""
        videos, here = self.videos, (self.mode != Mode.UNPOSTED) & (self.mode != Mode.GONE)
        awake = self.creators.wave[videos.creator, hour % HOURS_A_WEEK] * here
        level = np.maximum(self.pool - 1, 0)
        unseen = (1 - self.totals["views"] / videos.audience).clip(0.0)
        feed = np.minimum(self.remaining * videos.speeds[np.arange(self.n), level] * awake, self.remaining)
        self.remaining -= feed  # a pool whose audience has seen the video is spent all the same
        followers = self.followers_left * r.FOLLOWER_PACE * awake
        self.followers_left -= followers
        fading = np.exp(-(hour - videos.posted).clip(0) / (24 * videos.trickle_days)) + r.TRICKLE_FLOOR
        shown = (self.pool > 0) * self.totals["views"].astype(np.float64) ** r.TRICKLE_POWER
        flows = {
            "feed": feed * unseen,
            "followers": followers,
            "trickle": r.TRICKLE / 24 * shown * fading * awake,
            "halo": self.halo.visits(here & (self.pool > 0), hour) * awake,
        }
        for advert in self.plan.adverts:
            if advert.start <= hour < advert.end and here[advert.video]:
                flows.setdefault("advert", np.zeros(self.n))[advert.video] += advert.views / (advert.end - advert.start)
        for wave, pace in self.waves:
            part = (hour - wave.start) / wave.hours
            flows.setdefault(wave.cause, np.zeros(self.n))[wave.video] += pace * shape(wave.cause, part) * awake[wave.video]
        self.waves = [(wave, pace) for wave, pace in self.waves if hour + 1 < wave.start + wave.hours]
        return flows, TASTES

    def _count(self, flows: dict[str, Floats], tastes: dict[str, tuple[float, ...]], hour: int) -> None:
        """Draw the hour's views, and what the viewers did."""
        expected = np.sum(list(flows.values()), axis=0)
        views = self.rng.poisson(expected * self.rng.standard_gamma(r.BURSTINESS, self.n) / r.BURSTINESS)
        fit = np.array(r.LESS_FITTING)[np.maximum(self.pool - 1, 0)]
        keen = {}
        for i, name in enumerate(COUNTERS[1:]):
            weighted = flows["feed"] * fit + sum(flow * tastes[source][i] for source, flow in flows.items() if source != "feed")
            keen[name] = np.divide(weighted, expected, out=np.zeros(self.n), where=expected > 0)
        rates = self.videos.rates
        for name in ("likes", "shares", "saves"):
            self.totals[name] += self.rng.binomial(views, (rates[name] * keen[name]).clip(max=0.9))
        self.warm = r.COMMENTS_WAIT * self.warm + (1 - r.COMMENTS_WAIT) * views  # comments are written over some hours
        self.warm[self.mode == Mode.GONE] = 0
        comments = self.rng.poisson(self.warm * rates["comments"] * keen["comments"])
        self.totals["comments"] += comments
        self.totals["asks"] += self.rng.binomial(comments, (rates["asks"] * keen["asks"]).clip(max=0.95))
        self.totals["views"] += views
        organic = expected - flows.get("advert", 0.0)
        self.organic_views += organic
        self.buyers += organic * self.videos.buyers_per_view * keen["asks"]
        self.halo.flow(views, self.mode == Mode.SERVING)
        self.events += self.halo.finished(hour)

    def _review(self, hour: int) -> None:
        """Decide about the pools of which enough was shown, or that have been open for too long."""
        level = np.maximum(self.pool - 1, 0).astype(np.int64)
        enough = 1 - self.remaining / self.size >= self.videos.review_after[np.arange(self.n), level]
        late = hour - self.opened_at >= np.array(r.REVIEW_LATEST_HOURS)[level]
        due = np.flatnonzero((self.mode == Mode.SERVING) & ~self.reviewed & (enough | late))
        if not len(due):
            return
        since = {name: (self.totals[name] - self.at_opening[name])[due].astype(np.float64) for name in COUNTERS}
        shown = since["views"]
        since["watch"] = self._watched(due, shown)
        others = since["comments"] - since["asks"]
        since["asks"] = self.rng.binomial(since["asks"].astype(np.int64), r.ASK_RECALL) + others.clip(0) * r.ASK_FALSE
        scores = self.reviewer.scores(level[due], since, shown, self.totals["views"][due].astype(np.float64))
        passed = self.reviewer.passes(level[due], scores, self.videos.sizes[due, level[due]], hour)
        self.reviewed[due] = True
        going, staying = due[passed], due[~passed]
        self.opens_at[going] = hour + 1 + self.rng.exponential(r.OPENING_DELAY_HOURS, len(going)).astype(np.int64)
        self.remaining[staying] *= r.LEFTOVER
        self.mode[staying], self.rested_at[staying] = Mode.RESTING, hour

    def _watched(self, who: Ints, shown: Floats) -> Floats:
        """Views watched through, as a sum of shares; a few viewers say little."""
        mean = self.videos.rates["watch"][who]
        seen: Floats = mean * shown + r.WATCH_SPREAD * np.sqrt(shown) * self.rng.normal(0, 1, len(who))
        return seen.clip(0, shown)

    def history(self) -> History:
        """All that happened."""
        for advert in self.plan.adverts:
            last = min(advert.end, self.hours, int(self.plan.gone[advert.video]))
            if advert.start < last:
                self.events.append(Event("advert", advert.video, advert.start, last, "", advert.views))
        self.events += self.halo.finished(self.hours, all_of_them=True)
        return History(
            self.creators,
            self.videos,
            self.rules,
            self.recorded,
            self.pools,
            self.modes,
            sorted(self.events, key=lambda e: (e.start, e.video, e.kind)),
            self.organic_views,
            self.buyers,
        )
