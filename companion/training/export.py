"""Network -> ONNX int8 folder that serving loads without torch.

Weights of the matrix products become int8, a scale a channel (per tensor loses more: cosine 0.975 against 0.990).
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from companion.intent.heads import Array, Heads
from companion.training.network import IntentNetwork, Pooled

_OPSET = 17
ENCODER_ALONE = (np.array([[1.0] * 9, [0.0] * 9, [0.0] * 9], np.float32), np.zeros(1, np.float32))
"""Stack and cut of a network that is not calibrated yet."""


def export_encoder(pooled: Pooled, tokenizer: Path, folder: Path) -> None:
    """Write `model.onnx` (int8, dynamic activations) and `tokenizer.json` into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "fp32.onnx"
        _trace(pooled, plain)
        quantize_dynamic(
            plain,
            folder / "model.onnx",
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )
    shutil.copyfile(tokenizer, folder / "tokenizer.json")


def export_heads(network: IntentNetwork, stacking: tuple[Array, Array] = ENCODER_ALONE) -> Heads:
    """The three heads as numpy arrays [d, k], [k], with their stack [3, 9] and cut [1]."""

    def arrays(head: nn.Linear) -> tuple[torch.Tensor, torch.Tensor]:
        return head.weight.detach().T.contiguous(), head.bias.detach()

    parts = {}
    for name in ("ordinal", "signal", "sentiment"):
        weight, bias = arrays(getattr(network, name))
        parts[f"{name}_w"], parts[f"{name}_b"] = weight.numpy(), bias.numpy()
    return Heads(**parts, stack=stacking[0], cut=stacking[1])


def _trace(pooled: Pooled, path: Path) -> None:
    ids = torch.ones(1, 8, dtype=torch.int64)
    names = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {name: {1: "tokens"} for name in names}
    torch.onnx.export(
        pooled.eval(),
        (ids, torch.ones_like(ids), torch.zeros_like(ids)),
        str(path),
        input_names=names,
        output_names=["vector"],
        dynamic_axes=axes,
        opset_version=_OPSET,
        dynamo=False,
    )
