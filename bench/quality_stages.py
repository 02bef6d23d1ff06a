"""The stage detector on fresh simulated worlds, over noise and missing snapshots, beside a trivial detector.

`python -m bench.quality_stages [SEED]` prints the whole grid; `python -m bench stages` two rows. Every run draws new seeds.

A verdict is given for every video and week: what its stage was at the week's last reading, or a second life that was called in the
week; only readings up to then speak. Truth: the second life, where one went on for a day or more of the week; else the widest pool
opened by then (wide and mass are one stage); an old video, of which nothing tells how far it came, rests. Weeks that hold less than a day
of a second life count for neither. "unsure" and "insufficient data" are no answers: F1 is given of the answers, and of all with silence
counted as wrong.
"""

from __future__ import annotations

import secrets
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from bench.table import Row
from companion.quality.simulator import SimulatedVideo, World, rules, watching_grid
from companion.quality.stages import ASSUMED, Assumptions, Followed, Found, Snapshot, stages_of
from companion.quality.stages.snapshots import HOUR_MS

STAGES = ("first pool", "second pool", "wide", "resting", "second life")
SILENT = frozenset({"unsure", "insufficient data"})
WEEK_MS, DAY_MS = 168 * HOUR_MS, 24 * HOUR_MS
LEAST_F1, MOST_ALARMS = 0.85, 2.0
WORLDS, VIDEOS = 3, 400


@dataclass
class Tally:
    """What was true and what was said of video-weeks; alarms in `quiet` weeks; hours from the begin of second lives to their alarm."""

    truth: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    trivial: list[str] = field(default_factory=list)
    quiet: int = 0
    false: int = 0
    delays: list[float] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Count `other` in."""
        for name in ("truth", "said", "trivial", "delays"):
            getattr(self, name).extend(getattr(other, name))
        self.quiet, self.false = self.quiet + other.quiet, self.false + other.false

    def f1(self, words: Sequence[str], answered_only: bool = True) -> float:
        """Macro-F1 of `words` over STAGES; `answered_only`: in the weeks of which the detector said something."""
        from sklearn.metrics import f1_score

        triples = zip(self.truth, words, self.said, strict=True)
        truth, spoken = zip(*((true, word) for true, word, said in triples if not answered_only or said not in SILENT), strict=True)
        return float(f1_score(truth, spoken, labels=STAGES, average="macro", zero_division=0))

    @property
    def answered(self) -> float:
        """Part of the weeks with an answer."""
        return sum(word not in SILENT for word in self.said) / max(1, len(self.said))

    @property
    def alarms(self) -> float:
        """False alarms per 100 quiet video-weeks."""
        return 100 * self.false / max(1, self.quiet)


def judge(world: World, assumed: Assumptions = ASSUMED) -> Tally:
    """One world as it was watched."""
    videos = [video for video in world.videos if len(video.snapshots)]
    found, _ = stages_of([_followed(video) for video in videos], assumed)
    tally = Tally()
    for video in videos:
        _weeks(video, found[video.id], world.hours, tally)
    for week in world.quiet_weeks():
        tally.quiet += 1
        tally.false += any(week.start <= at < week.end for at in _alarms(found[week.video.id]))
    return tally


def measured(seeds: Iterable[int], videos: int = VIDEOS) -> Iterator[tuple[float, float, Tally]]:
    """Noise, missing part and tally of each cell of each seed's grid."""
    for seed in seeds:
        for world in watching_grid(seed, videos=videos, days=30):
            yield world.watching.noise, world.watching.missing, judge(world)


def rows() -> list[Row]:
    """Fresh seeds, the whole grid."""
    return _rows(_all(measured(_fresh())))


def _rows(whole: Tally) -> list[Row]:
    f1, trivial = whole.f1(whole.said), whole.f1(whole.trivial)
    return [
        Row(
            f"Stage of {len(whole.truth):,} simulated video-weeks: macro-F1 (a trivial detector in the same weeks: {trivial:.2f})",
            f"{f1:.3f} of {whole.answered:.0%} answered; {whole.f1(whole.said, False):.3f} with silence as wrong",
            f">= {LEAST_F1}",
            f1 >= LEAST_F1,
        ),
        Row(
            f"... false alarms per 100 of {whole.quiet:,} quiet video-weeks",
            f"{whole.alarms:.2f}",
            f"<= {MOST_ALARMS:g}",
            whole.alarms <= MOST_ALARMS,
        ),
    ]


def _fresh() -> list[int]:
    return [secrets.randbelow(2**31) for _ in range(WORLDS)]


def _all(cells: Iterable[tuple[float, float, Tally]]) -> Tally:
    whole = Tally()
    for _, _, tally in cells:
        whole.add(tally)
    return whole


def _followed(video: SimulatedVideo) -> Followed:
    seen = video.snapshots
    read = zip(seen.at.tolist(), seen.views.tolist(), seen.likes.tolist(), seen.comments.tolist(), seen.shares.tolist(), strict=True)
    return Followed(video.id, video.creator_id, [Snapshot(*one) for one in read], video.posted_at, video.followers)


def _alarms(found: Found) -> list[int]:
    """Ms UTC of every alarm: a second life, growth laid to a hit, a breakout."""
    alarms = [int(found.curve.at[life.seen]) for life in (*found.lives, *found.carried)]
    return [*alarms, found.breakout.start] if found.breakout else alarms


def _weeks(video: SimulatedVideo, found: Found, hours: int, tally: Tally) -> None:
    lives = [(rules.START_MS + e.start * HOUR_MS, rules.START_MS + e.end * HOUR_MS) for e in video.events if e.kind == "second_life"]
    end = rules.START_MS + hours * HOUR_MS
    for start in range(rules.START_MS, end, WEEK_MS):
        until = min(start + WEEK_MS, end)
        week = [stage for stage in found.stages if start <= stage.at < until]
        lived = max((min(to, until) - max(begin, start) for begin, to in lives), default=0)
        if not week or 0 < lived < DAY_MS:
            continue
        tally.truth.append("second life" if lived > 0 else _pool(video, week[-1].at))
        names = [stage.name for stage in week]
        last = names[-1]
        young = video.posted_at >= rules.START_MS
        said = "second life" if "second life" in names else "insufficient data" if last == "resting" and young else last
        tally.said.append(said)
        tally.trivial.append("second life" if _trivially_alive(video, start, until) else _trivial_pool(video, until))
    for begin, to in lives:
        called = [int(found.curve.at[life.seen]) for life in found.lives if begin <= found.curve.at[life.seen] < to + 2 * DAY_MS]
        if called:
            tally.delays.append((called[0] - begin) / HOUR_MS)


def _pool(video: SimulatedVideo, at: int) -> str:
    if video.posted_at < rules.START_MS:
        return "resting"
    return STAGES[max(0, min(int(video.pool_at(at)), 3) - 1)]


def _trivial_pool(video: SimulatedVideo, until: int) -> str:
    """By the folklore's numbers of views alone."""
    if video.posted_at < rules.START_MS:
        return "resting"
    views = video.snapshots.views[video.snapshots.at < until][-1]
    return "first pool" if views <= 1_000 else "second pool" if views < 10_000 else "wide"


def _trivially_alive(video: SimulatedVideo, start: int, until: int) -> bool:
    """A video older than a fortnight that gained a tenth within the week."""
    seen = video.snapshots
    inside = seen.views[(seen.at >= start) & (seen.at < until)]
    return bool(len(inside) > 1 and start - video.posted_at > 14 * DAY_MS and inside[-1] > 1.1 * inside[0])


def main() -> None:
    """Print every cell of the grid."""
    seeds = [int(seed) for seed in sys.argv[1:]] or _fresh()
    cells: dict[tuple[float, float], Tally] = {}
    for noise, missing, tally in measured(seeds):
        cells.setdefault((noise, missing), Tally()).add(tally)
    print(f"seeds {seeds}\n| noise | missing | video-weeks | answered | macro-F1 | trivial | as wrong | trivial, all | alarms | delay |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    whole = Tally()
    for (noise, missing), cell in sorted(cells.items()):
        whole.add(cell)
        print(_line(f"{noise:g} | {missing:.0%}", cell))
    print(_line("all | all", whole))
    from sklearn.metrics import f1_score

    pairs = [(true, word) for true, word in zip(whole.truth, whole.said, strict=True) if word not in SILENT]
    each = f1_score(*zip(*pairs, strict=True), labels=STAGES, average=None)
    print(", ".join(f"{name} {value:.2f}" for name, value in zip(STAGES, each, strict=True)))


def _line(head: str, cell: Tally) -> str:
    numbers = f"{len(cell.truth):,} | {cell.answered:.0%} | {cell.f1(cell.said):.3f} | {cell.f1(cell.trivial):.3f}"
    whole = f"{cell.f1(cell.said, False):.3f} | {cell.f1(cell.trivial, False):.3f}"
    return f"| {head} | {numbers} | {whole} | {cell.alarms:.2f} | {np.median(cell.delays) if cell.delays else 0:.0f} h |"


if __name__ == "__main__":
    main()
