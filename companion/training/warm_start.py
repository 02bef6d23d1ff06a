"""The network of a served model, so that a training can go on from it: int8 weights times their scales, as float32."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx
import torch
from onnx import numpy_helper

from companion.intent.heads import Heads
from companion.training.network import HEADS, IntentNetwork, base_folder

_ROUNDED = "_quantized"
_LAYER = re.compile(r"layers\.(?P<number>\d+)\.(?P<part>\w+)\.(?P<kind>weight|bias)")
_PARTS = {
    "out": "attention.output.dense",
    "first": "attention.output.LayerNorm",
    "wide": "intermediate.dense",
    "narrow": "output.dense",
    "second": "output.LayerNorm",
}
_EMBEDDINGS = {
    "words.weight": "word_embeddings.weight",
    "types.weight": "token_type_embeddings.weight",
    "norm.weight": "LayerNorm.weight",
    "norm.bias": "LayerNorm.bias",
}
_HEAD_SIZE = 32
_PLACES = "pooled.encoder.embeddings.position_embeddings.weight"

Weights = npt.NDArray[np.float32]


class NotOursError(ValueError):
    """The ONNX file was not written by training/export.py from the built-in encoder."""


def network_of(folder: Path) -> IntentNetwork:
    """A trainable copy of a model folder's encoder and heads.

    Raises:
        NotOursError: the encoder has other layers than the base model.
    """
    network = IntentNetwork(base_folder())
    flat = _flat_weights(folder / "model.onnx")
    found = {f"pooled.{name}": value for name, value in _renamed(flat)}
    heads = Heads.load(folder / "heads.npz", next(network.heads.parameters()).shape[1])
    for name in HEADS:
        found[f"heads.{name}.weight"], found[f"heads.{name}.bias"] = getattr(heads, f"{name}_w").T, getattr(heads, f"{name}_b")
    if "places" in flat:  # longer texts than `MAX_TOKENS` are never read
        found[_PLACES] = network.state_dict()[_PLACES].numpy().copy()
        found[_PLACES][: len(flat["places"])] = flat["places"]
    wanted = [name for name in network.state_dict() if ".pooler." not in name]  # which nothing reads
    absent = [name for name in wanted if name not in found]
    if absent:
        raise NotOursError(f"{folder / 'model.onnx'} lacks {absent[0]}; only a model of the built-in encoder can be trained on")
    network.load_state_dict({name: torch.from_numpy(np.array(found[name], np.float32)) for name in wanted}, strict=False)
    return network


def _flat_weights(path: Path) -> dict[str, Weights]:
    """By the names of `FlatBert`; products' weights are stored transposed and rounded."""
    stored = {one.name: numpy_helper.to_array(one) for one in onnx.load(str(path)).graph.initializer}
    flat = {name: value for name, value in stored.items() if name == "places" or name.endswith((".weight", ".bias"))}
    for name, value in stored.items():
        if name.endswith(_ROUNDED):
            short = name.removesuffix(_ROUNDED)
            whole = value.astype(np.float32) - stored[f"{short}_zero_point"].astype(np.float32)
            weights = whole * stored[f"{short}_scale"]
            flat[short] = weights.T if short.startswith("layers.") else weights
    return flat


def _renamed(flat: dict[str, Weights]) -> Iterator[tuple[str, Weights]]:
    for name, value in flat.items():
        layer = _LAYER.fullmatch(name)
        if layer is None:
            if name in _EMBEDDINGS:
                yield f"encoder.embeddings.{_EMBEDDINGS[name]}", value
        elif layer["part"] == "qkv":
            for part, of in zip(("query", "key", "value"), np.split(value, 3), strict=True):
                scaled = of * _HEAD_SIZE**0.5 if part == "query" else of  # flat.py folds the scale of attention in
                yield f"encoder.encoder.layer.{layer['number']}.attention.self.{part}.{layer['kind']}", scaled
        else:
            yield f"encoder.encoder.layer.{layer['number']}.{_PARTS[layer['part']]}.{layer['kind']}", value
