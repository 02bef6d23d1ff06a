"""State of an unfinished training on disk, so that a killed run goes on where it was. Tensors and JSON only, no pickle."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file
from torch import Tensor, nn

STATE = "checkpoint.safetensors"


def save(folder: Path, step: int, network: nn.Module, optimizer: torch.optim.Optimizer) -> None:
    """Write weights, optimiser state and step as one file, replacing the last one in a single move."""
    folder.mkdir(parents=True, exist_ok=True)
    tensors = {f"network.{name}": value for name, value in network.state_dict().items()}
    for number, state in optimizer.state_dict()["state"].items():
        tensors |= {f"optimizer.{number}.{name}": value for name, value in state.items() if isinstance(value, Tensor)}
    draft = folder / f"{STATE}.part"
    save_file({name: value.contiguous().clone() for name, value in tensors.items()}, draft, metadata={"step": json.dumps(step)})
    draft.replace(folder / STATE)


def load(folder: Path, network: nn.Module, optimizer: torch.optim.Optimizer) -> int:
    """Fill network and optimiser from the last checkpoint; the step to go on with, 0 where there is none."""
    path = folder / STATE
    if not path.exists():
        return 0
    from safetensors import safe_open

    with safe_open(str(path), "pt") as stored:
        step = int(json.loads(stored.metadata()["step"]))
    tensors = load_file(path)
    network.load_state_dict({name.removeprefix("network."): value for name, value in tensors.items() if name.startswith("network.")})
    states: dict[int, dict[str, Any]] = {}
    for name, value in tensors.items():
        if name.startswith("optimizer."):
            _, number, key = name.split(".", 2)
            states.setdefault(int(number), {})[key] = value
    optimizer.load_state_dict({**optimizer.state_dict(), "state": states})
    return step
