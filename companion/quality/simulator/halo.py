"""What a hit does to the other videos of its creator: people visit the profile and watch on."""

from __future__ import annotations

import numpy as np

from companion.quality.simulator import rules as r
from companion.quality.simulator.cast import Creators, Videos
from companion.quality.simulator.labels import Event, Pool
from companion.quality.simulator.rules import Bools, Floats, Ints, Rules


class Halo:
    """Follows the visitors that each creator's hits bring to the profile. Some creators have no pull: their hits stay alone."""

    def __init__(self, creators: Creators, videos: Videos, rules: Rules) -> None:
        self._creators, self._videos, self._rules = creators, videos, rules
        people = len(creators.followers)
        scale = (creators.followers / r.FOLLOWERS_MEDIAN) ** r.KNOWN_ACCOUNT_POWER
        self._usual = rules.first_pool * scale + r.FOLLOWER_VIEWS * creators.followers**r.FOLLOWER_POWER
        self._hits = np.zeros(len(videos.posted), np.bool_)
        self._coming, self._peak = np.zeros(people), np.zeros(people)
        self._since, self._cause = np.full(people, -1), np.full(people, -1)
        self._brought = np.zeros(len(videos.posted))

    def hit(self, video: int, pool: int, size: float, hour: int) -> list[Event]:
        """Called when a pool opens; a pool far above what the creator is used to is a breakout."""
        creator = int(self._videos.creator[video])
        if self._hits[video] or size < self._rules.breakout * self._usual[creator]:
            return []
        self._hits[video] = True
        if self._creators.pull[creator] > 0 and self._since[creator] < 0:
            self._since[creator], self._cause[creator], self._peak[creator] = hour, video, 0.0
        return [Event("breakout", video, hour, hour + 1, Pool(pool).name.lower(), size)]

    def flow(self, views: Ints, serving: Bools) -> None:
        """Take in the views of an hour; visitors come over the hours after."""
        watched = np.bincount(self._videos.creator, weights=views * (self._hits & serving), minlength=len(self._coming))
        self._coming = r.HALO_MEMORY * self._coming + (1 - r.HALO_MEMORY) * r.HALO_VISITS * self._creators.pull * watched
        self._peak = np.maximum(self._peak, self._coming)

    def visits(self, watchable: Bools, hour: int) -> Floats:
        """Expected views of each other video of the visited creators."""
        creator = self._videos.creator
        if not self._coming.any():
            return np.zeros(len(creator))
        age = (hour - self._videos.posted).clip(0) / 24
        weight = self._videos.catchiness * (np.exp(-age / r.HALO_RECENT_DAYS) + r.HALO_OLD_WEIGHT) * (watchable & ~self._hits)
        total = np.bincount(creator, weights=weight, minlength=len(self._coming))
        visits: Floats = self._coming[creator] * weight / np.maximum(total, 1e-12)[creator]
        self._brought += visits * (self._since[creator] >= 0)
        return visits

    def finished(self, hour: int, all_of_them: bool = False) -> list[Event]:
        """The halos that ended before `hour`: their visitors have become few."""
        over = (self._since >= 0) & (all_of_them | ((hour - self._since > 24) & (self._coming <= r.HALO_OVER * self._peak)))
        found = []
        for creator in np.flatnonzero(over):
            own = np.flatnonzero((self._videos.creator == creator) & (self._brought > 0))
            for v in own[self._brought[own] >= r.HALO_LEAST_VIEWS]:
                start = max(int(self._since[creator]), int(self._videos.posted[v]))
                if start < hour:
                    found.append(Event("halo", int(v), start, hour, str(int(self._cause[creator])), float(self._brought[v])))
            self._brought[own] = 0
            self._since[creator] = -1
            self._coming[creator] = 0
        return found
