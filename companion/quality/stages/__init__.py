"""How far a feed has spread a video, read off snapshots of its counters. The thresholds are assumptions that can be changed."""

from companion.quality.stages.assumptions import ASSUMED, Assumptions
from companion.quality.stages.field import Field, assumed_field, field_of
from companion.quality.stages.halo import Halo, halo
from companion.quality.stages.many import Followed, stages_of
from companion.quality.stages.reach import Chance, Earlier, chance_of_next, earlier_of
from companion.quality.stages.second_life import Life
from companion.quality.stages.snapshots import Snapshot, curve_of
from companion.quality.stages.stage import Found, Hit, Stage, StageName, stages
from companion.quality.stages.stirring import Candidate, candidates
from companion.quality.stages.vertical import Vertical, vertical

__all__ = [
    "ASSUMED",
    "Assumptions",
    "Candidate",
    "Chance",
    "Earlier",
    "Field",
    "Followed",
    "Found",
    "Halo",
    "Hit",
    "Life",
    "Snapshot",
    "Stage",
    "StageName",
    "Vertical",
    "assumed_field",
    "candidates",
    "chance_of_next",
    "curve_of",
    "earlier_of",
    "field_of",
    "halo",
    "stages",
    "stages_of",
    "vertical",
]
