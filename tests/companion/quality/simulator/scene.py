"""What a simulated world holds."""

from companion.quality.simulator import Watching, rules
from companion.quality.simulator.counters import PUBLIC
from companion.quality.simulator.watching import HOUR_MS

CLEAR = Watching(noise=0, missing=0)


def events(world, *kinds):
    return [(video, event) for video in world.videos for event in video.events if event.kind in kinds]


def hour_of(at):
    return (at - rules.START_MS) // HOUR_MS


def read_of(world):
    return [[getattr(v.snapshots, name).tolist() for name in ("at", *PUBLIC)] for v in world.videos]
