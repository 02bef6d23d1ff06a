"""How everybody is doing: right on the known ones, at a human speed, steady over time, and not led by the suggestion."""

from labeling.watch.anchoring import Anchoring, anchoring
from labeling.watch.drift import Change, Drift, Point, drift, references
from labeling.watch.gold import Gold, gold_accuracy
from labeling.watch.speed import Speed, TooFast, floor_ms, speed

__all__ = [
    "Anchoring",
    "Change",
    "Drift",
    "Gold",
    "Point",
    "Speed",
    "TooFast",
    "anchoring",
    "drift",
    "floor_ms",
    "gold_accuracy",
    "references",
    "speed",
]
