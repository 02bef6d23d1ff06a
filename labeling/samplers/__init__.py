"""What is labelled next: one file a sampler, and the mix that a batch is made of."""

from labeling.samplers.candidate import Candidate, Draw
from labeling.samplers.estimate import prevalence
from labeling.samplers.mix import FILLER, Plan, Shares, draw_batch
from labeling.samplers.overlap import OverlapRule, agreed, disputed

__all__ = ["FILLER", "Candidate", "Draw", "OverlapRule", "Plan", "Shares", "agreed", "disputed", "draw_batch", "prevalence"]
