"""The detectors on planted cases: how many are found, and how many plain videos are called by mistake.

`python -m bench.quality_detectors [SEED]`. Invented videos with known rules; the table that says what is expected, the plain videos and
the planted ones are drawn from the same rules, and the planted ones changed in what their name says. It shows that the detectors find
what they are made for, not how common such videos are.
"""

from __future__ import annotations

import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from bench.table import Row
from companion.quality.comment_sentiment import FeltComment
from companion.quality.detectors import DETECTORS, Facts, WrittenComment, facts_of
from companion.quality.posts import Post
from companion.quality.shares import wilson
from companion.quality.video_score import Surroundings, surroundings

TABLE, CASES = 700, 100
LEAST_RECALL, MOST_FALSE = 0.7, 0.05
HOUR_MS = 3_600_000
WORDS = (
    "love",
    "this",
    "where",
    "from",
    "so",
    "good",
    "bag",
    "my",
    "dog",
    "need",
    "it",
    "looks",
    "how",
    "big",
    "is",
    "that",
    "one",
    "really",
)


@dataclass
class Case:
    """A video with its comments."""

    post: Post
    felt: list[FeltComment]
    comments: list[WrittenComment]


class Scene:
    """Draws plain videos."""

    def __init__(self, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self._count = 0

    def post(self) -> Post:
        """Plays follow followers, rates scatter; every video has its own creator."""
        rng, self._count = self.rng, self._count + 1
        followers = int(np.exp(rng.uniform(6, 14)))
        plays = int(np.exp(3 + 0.6 * np.log(followers) + rng.normal(0, 0.9))) + 200
        rates = np.exp(np.array([-2.5, -5.2, -5.5]) + rng.normal(0, [0.4, 0.6, 0.7]))
        likes, comments, shares = (int(rng.binomial(plays, min(0.6, rate))) for rate in rates)
        at = 1_700_000_000_000 + int(rng.uniform(0, 300) * 24 * HOUR_MS)
        name = f"v{self._count}"
        counts = dict(zip(("plays", "likes", "comments", "shares"), (plays, likes, comments, shares), strict=True))
        return Post(name, f"a{self._count}", at, followers, 20.0, ("finds",), "look at this", age_h=500.0, **counts)

    def case(self, negative: float = 0.12) -> Case:
        """A plain video with 40 to 160 comments."""
        n = int(self.rng.integers(40, 160))
        felt = [self._felt(negative) for _ in range(n)]
        return Case(self.post(), felt, self.written(n))

    def _felt(self, negative: float) -> FeltComment:
        if self.rng.random() < negative:
            return FeltComment("negative", 1, "anger" if self.rng.random() < 0.4 else "sadness")
        return FeltComment("positive" if self.rng.random() < 0.5 else "neutral", 1, "none")

    def feel(self, n: int, negative: float) -> list[FeltComment]:
        """Comments of which a part is negative."""
        return [self._felt(negative) for _ in range(n)]

    def written(self, n: int) -> list[WrittenComment]:
        """Comments by different people, thinning out over days, in words of their own; some short ones repeat."""
        moments = 1_700_000_000_000 + np.sort(self.rng.exponential(20 * HOUR_MS, n)).astype(np.int64)
        texts = ["so cute" if self.rng.random() < 0.1 else " ".join(self.rng.choice(WORDS, int(self.rng.integers(3, 9)))) for _ in range(n)]
        return [WrittenComment(f"u{self.rng.integers(10**9)}", text, int(at)) for text, at in zip(texts, moments, strict=True)]


def _times(post: Post, plays: float, rates: float, shares: float) -> Post:
    most = int((post.plays or 0) * plays)
    counts = {name: min(most, int((getattr(post, name) or 0) * plays * rates)) for name in ("likes", "comments")}
    return replace(post, plays=most, shares=min(most, int(((post.shares or 0) + 1) * plays * shares)), **counts)


def _over(scene: Scene, case: Case) -> Case:
    return replace(case, post=_times(case.post, scene.rng.uniform(8, 30), 1.4, 1.6))


def _dark(scene: Scene, case: Case) -> Case:
    post = _times(replace(case.post, plays=(case.post.plays or 0) + 3_000), scene.rng.uniform(0.2, 0.4), 1.0, 1.0)
    return replace(case, post=replace(post, shares=int((post.plays or 0) * scene.rng.uniform(0.04, 0.1))))


def _bait(scene: Scene, case: Case) -> Case:
    post = _times(case.post, scene.rng.uniform(8, 30), 0.6, scene.rng.uniform(0.1, 0.3))
    return replace(case, post=post, felt=scene.feel(len(case.felt), 0.45))


def _resented(scene: Scene, case: Case) -> Case:
    post = _times(case.post, scene.rng.uniform(10, 40), 1.0, 1.0)
    return replace(case, post=post, felt=scene.feel(len(case.felt), scene.rng.uniform(0.55, 0.8)))


def _bots(scene: Scene, case: Case) -> Case:
    n = len(case.comments)
    if scene.rng.random() < 0.5:
        copies = [WrittenComment(f"b{i}", "this changed my life thank you @shop", one.at) for i, one in enumerate(case.comments[: n // 4])]
        return replace(case, comments=[*case.comments, *copies])
    begin = 1_700_000_000_000 + int(30 * HOUR_MS)
    flood = [WrittenComment(f"b{i}", f"great {i}", begin + int(scene.rng.uniform(0, 200_000))) for i in range(n // 3 + 10)]
    return replace(case, comments=[*case.comments, *flood])


def _unsafe(scene: Scene, case: Case) -> Case:
    return replace(case, post=replace(case.post, caption=f"my night at the {scene.rng.choice(['casino', 'shooting range with guns'])}"))


PLANTED: tuple[Callable[[Scene, Case], Case], ...] = (_over, _dark, _bait, _resented, _bots, _unsafe)
"""In the order of DETECTORS."""


@dataclass(frozen=True)
class Found:
    """Of `n` planted cases `found`, of `n` plain videos `false`."""

    name: str
    found: int
    false: int
    n: int


def measure(seed: int, cases: int = CASES) -> list[Found]:
    """Each detector on its planted cases and on plain videos."""
    scene = Scene(seed)
    around = surroundings([scene.post() for _ in range(TABLE)], with_history=False)
    plain = [_facts(scene.case(), around) for _ in range(cases)]
    out = []
    for detector, plant in zip(DETECTORS, PLANTED, strict=True):
        planted = [_facts(plant(scene, scene.case()), around) for _ in range(cases)]
        found = sum(detector(facts).answer == "yes" for facts in planted)
        out.append(Found(detector(plain[0]).name, found, sum(detector(facts).answer == "yes" for facts in plain), cases))
    return out


def _facts(case: Case, around: Surroundings) -> Facts:
    return facts_of(case.post, around, felt=case.felt, comments=case.comments)


def rows() -> list[Row]:
    """A new seed every run."""
    return [
        Row(
            f"Detector '{one.name}' on {one.n} planted cases: found (and false among {one.n} plain videos)",
            f"{one.found / one.n:.0%} ({one.false / one.n:.1%})",
            f">= {LEAST_RECALL:.0%} (<= {MOST_FALSE:.0%})",
            one.found / one.n >= LEAST_RECALL and one.false / one.n <= MOST_FALSE,
        )
        for one in measure(secrets.randbelow(2**31))
    ]


def main() -> None:
    """Print recall and false alarms with their intervals."""
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else secrets.randbelow(2**31)
    print(f"seed {seed}\n| detector | found | 95 % interval | false | 95 % interval |\n|---|---|---|---|---|")
    for one in measure(seed):
        hit, false = wilson(one.found, one.n), wilson(one.false, one.n)
        if hit and false:
            print(f"| {one.name} | {hit.value:.0%} | {hit.low:.0%}-{hit.high:.0%} | {false.value:.1%} | {false.low:.1%}-{false.high:.1%} |")


if __name__ == "__main__":
    main()
