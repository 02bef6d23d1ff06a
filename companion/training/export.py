"""Network -> ONNX int8 folder that serving loads without torch.

Weights of the matrix products become int8, a scale a channel (per tensor loses more: cosine 0.975 against 0.990), of which seven
bits are used: with all eight the sums saturate on processors without VNNI, and a comment's grade would depend on the machine.
"""

from __future__ import annotations

import logging
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn
from transformers import BertModel

from companion.intent.heads import Array, Heads
from companion.training.flat import FlatBert
from companion.training.network import IntentNetwork, Pooled

_OPSET = 17


class Settings(NamedTuple):
    """Stack [2, 3, 9], cut [2] and agreement of grade and signal [10, 8]: see `Heads`."""

    stack: Array
    cut: Array
    agree: Array


ENCODER_ALONE = Settings(
    np.array([[[1.0] * 9, [0.0] * 9, [0.0] * 9]] * 2, np.float32), np.zeros(2, np.float32), np.ones((10, 8), np.float32)
)
"""Those of a network that is not calibrated yet."""


def export_encoder(pooled: Pooled, tokenizer: Path, folder: Path) -> None:
    """Write `model.onnx` (int8, dynamic activations) and `tokenizer.json` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "fp32.onnx"
        trace(pooled, plain)
        logging.disable(logging.WARNING)  # its advice is for developers, not for who trains
        try:
            quantize_dynamic(
                plain,
                folder / "model.onnx",
                weight_type=QuantType.QInt8,
                per_channel=True,
                reduce_range=True,
                op_types_to_quantize=["MatMul", "Gather"],
            )
        finally:
            logging.disable(logging.NOTSET)
    shutil.copyfile(tokenizer, folder / "tokenizer.json")


def export_heads(network: IntentNetwork, settings: Settings = ENCODER_ALONE) -> Heads:
    """The heads as numpy arrays [d, k], [k], with what calibration found."""
    parts = {}
    for name in network.heads:
        head = cast(nn.Linear, network.heads[name])
        parts[f"{name}_w"] = head.weight.detach().T.contiguous().numpy()
        parts[f"{name}_b"] = head.bias.detach().numpy()
    return Heads(**parts, **settings._asdict())


def trace(pooled: Pooled, path: Path) -> None:
    """Write a fp32 network for texts that come one at a time."""
    ids = torch.ones(1, 8, dtype=torch.int64)
    inputs = {"input_ids": ids, "token_type_ids": torch.zeros_like(ids)}
    network: nn.Module = pooled
    if isinstance(pooled.encoder, BertModel):
        network = FlatBert(pooled.encoder, pooled.unit)
    else:
        inputs = {"input_ids": ids, "attention_mask": torch.ones_like(ids), "token_type_ids": torch.zeros_like(ids)}
    torch.onnx.export(
        network.eval(),
        tuple(inputs.values()),
        str(path),
        input_names=list(inputs),
        output_names=["vector"],
        dynamic_axes={name: {1: "tokens"} for name in inputs},
        opset_version=_OPSET,
        dynamo=False,
    )
