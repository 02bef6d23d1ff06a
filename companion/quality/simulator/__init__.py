"""A simulator of staged exposure with rules of its own: worlds to test with, and to ask what another ranking would change.

Nothing here was measured on TikTok. docs/simulator.md says every rule in plain words.
"""

from companion.quality.simulator.labels import GLITCHES, Event, Mode, Pool
from companion.quality.simulator.rules import NOTICE
from companion.quality.simulator.watching import Snapshots, Watching
from companion.quality.simulator.world import QuietWeek, SimulatedVideo, World, live_through, observe, simulate, watching_grid

__all__ = [
    "GLITCHES",
    "NOTICE",
    "Event",
    "Mode",
    "Pool",
    "QuietWeek",
    "SimulatedVideo",
    "Snapshots",
    "Watching",
    "World",
    "live_through",
    "observe",
    "simulate",
    "watching_grid",
]
