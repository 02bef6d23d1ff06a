"""Static int8, which bench/runtimes.py measures beside the shipped dynamic one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime as ort
from onnxruntime.quantization import CalibrationDataReader, CalibrationMethod, QuantFormat, QuantType, quantize_static

Feeds = dict[str, np.ndarray[Any, np.dtype[np.int64]]]
"""Inputs of a network by name."""

_ROUNDED = ("Reshape", "Gelu", "Gemm", "LayerNormalization", "Add")
"""Steps whose results go into a product; the quantiser wants to be told that they are floats."""


def static_int8(flat: Path, target: Path, lines: Iterator[Feeds], method: CalibrationMethod) -> None:
    """Write the fp32 network `flat` with weights rounded as in the shipped file, and the scales of activations fixed by `lines`.

    Only products with weights and the embeddings are rounded, as in the shipped file; docs/model.md says what else was tried.
    """
    fused = target.with_suffix(".fused.onnx")
    _fuse(flat, fused)
    quantize_static(
        fused,
        target,
        _Lines(lines, {one.name for one in onnx.load(str(fused), load_external_data=False).graph.input}),
        quant_format=QuantFormat.QDQ,
        op_types_to_quantize=["Gemm", "Gather"],
        per_channel=True,
        reduce_range=True,
        activation_type=QuantType.QUInt8,
        weight_type=QuantType.QInt8,
        calibrate_method=method,
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )


class _Lines(CalibrationDataReader):  # type: ignore[misc]
    def __init__(self, lines: Iterator[Feeds], known: set[str]) -> None:
        self._lines, self._known = lines, known

    def get_next(self) -> Feeds | None:
        """Inputs of the next line; None at the end."""
        feeds = next(self._lines, None)
        return None if feeds is None else {name: value for name, value in feeds.items() if name in self._known}


def _fuse(flat: Path, target: Path) -> None:
    """With ONNX Runtime's own GELU, which is not found any more between rounded tensors."""
    options = ort.SessionOptions()
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 4
    ort.InferenceSession(str(flat), options, providers=["CPUExecutionProvider"])
    model = onnx.load(str(target))
    known = {one.name for one in (*model.graph.value_info, *model.graph.output)}
    rounded = [name for node in model.graph.node if node.op_type in _ROUNDED for name in node.output if name not in known]
    model.graph.value_info.extend(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in rounded)
    onnx.save(model, str(target))
