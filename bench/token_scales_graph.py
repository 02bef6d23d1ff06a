"""The network of bench/token_scales.py: a BERT with int8 products whose activation scales are taken token by token.

One scale for a whole batch (what `quantize_dynamic` writes) makes a comment's vector depend on its company, so that the shipped
network reads texts alone. Here each token has its own scale, tokens of all texts stand in one matrix without padding, and only attention
sees a padded shape. A text padded to the same width therefore gets the same vector, bit for bit, alone and among others:
the products are sums of integers, everything else works row by row.

Operators outside the ONNX standard are those of ONNX Runtime (domain com.microsoft): MatMulIntegerToFloat, FusedMatMul, BiasGelu.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

Weights = Mapping[str, npt.NDArray[np.float32]]

_CONTRIB = "com.microsoft"
_LEVELS = 64
"""Largest rounded weight. Seven of eight bits: with all, sums of pairs saturate on processors without VNNI."""

_ACTIVATIONS, _MIDDLE = 127, 128
"""Activations are stored as 128 + -127..127."""

_FAR = 1e9
_EPSILON = 1e-12


def write_rowwise(weights: Weights, layers: int, heads: int, path: Path) -> None:
    """Write the network.

    Args:
        weights: parameters of `FlatBert` by name, float32.
        layers: how many.
        heads: of attention, each of the same width.
        path: of the ONNX file: inputs input_ids, attention_mask, token_type_ids int64 [texts, tokens], output float32 [texts, d].
    """
    graph = _Graph(weights)
    width = int(weights["norm.weight"].shape[0])
    _places(graph)
    _shapes(graph, heads, width)
    x = _embedded(graph)
    for number in range(layers):
        x = _layer(graph, f"layers.{number}", x)
    _pooled(graph, x)
    names = ("input_ids", "attention_mask", "token_type_ids")
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in names]
    output = helper.make_tensor_value_info("vector", TensorProto.FLOAT, ["texts", width])
    made = helper.make_graph(graph.nodes, "encoder", inputs, [output], list(graph.stored.values()))
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid(_CONTRIB, 1)]
    onnx.save(helper.make_model(made, opset_imports=opsets, ir_version=8, producer_name="buysignal"), str(path))


class _Graph:
    """Nodes and constants under their names; a node is called by its first output."""

    def __init__(self, weights: Weights) -> None:
        self.weights, self.nodes, self.stored = weights, [], dict[str, Any]()

    def put(self, name: str, value: npt.ArrayLike, kind: type[np.generic] = np.int64) -> str:
        """A constant."""
        self.stored.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(np.asarray(value, kind)), name))
        return name

    def weight(self, name: str) -> str:
        """A weight as it is."""
        return self.put(name, self.weights[name], np.float32)

    def node(self, kind: str, inputs: Sequence[str], output: str, **settings: Any) -> str:
        """One step with one result."""
        return self.split(kind, inputs, [output], **settings)[0]

    def split(self, kind: str, inputs: Sequence[str], outputs: Sequence[str], domain: str = "", **settings: Any) -> Sequence[str]:
        """One step with several results."""
        self.nodes.append(helper.make_node(kind, inputs, outputs, outputs[0], domain=domain, **settings))
        return outputs


def _places(g: _Graph) -> None:
    """Where tokens stand: `real` [n] in the padded order, `padded` [texts, tokens] among the n; `far` keeps padding unseen."""
    one, none, row = g.put("1", [1]), g.put("0", [0]), g.put("-1", [-1])
    g.node("Shape", ["input_ids"], "shape")
    mask = g.node("Reshape", ["attention_mask", row], "mask")
    g.node("Reshape", [g.node("NonZero", [mask], "found"), row], "real")
    count = g.node("Sub", [g.node("CumSum", [mask, g.put("axis", 0)], "count"), one], "count-1")
    g.node("Reshape", [g.node("Max", [count, none], "place"), "shape"], "padded")
    weight = g.node("Cast", ["attention_mask"], "seen", to=TensorProto.FLOAT)
    away = g.node("Mul", [g.node("Sub", [weight, g.put("one", 1, np.float32)], "seen-1"), g.put("far_away", _FAR, np.float32)], "away")
    g.node("Unsqueeze", [away, g.put("1,2", [1, 2])], "far")


def _shapes(g: _Graph, heads: int, width: int) -> None:
    g.put("rows", [-1, width])
    g.node("Concat", ["shape", g.put("heads", [3 * heads, width // heads])], "by_head", axis=0)
    g.node("Expand", [g.put("middle", _MIDDLE, np.uint8), g.node("Shape", ["real"], "n")], "middles")


def _embedded(g: _Graph) -> str:
    tokens = g.node("Squeeze", [g.node("Slice", ["shape", "1", g.put("2", [2]), "0"], "width")], "tokens")
    g.node("Gather", [g.weight("places"), g.node("Mod", ["real", tokens], "nth")], "place_of")
    found = []
    for table, ids in (("words", "input_ids"), ("types", "token_type_ids")):
        own = g.node("Gather", [g.node("Reshape", [ids, "-1"], f"{ids}_flat"), "real"], f"{ids}_real")
        found.append(_looked_up(g, f"{table}.weight", own))
    summed = g.node("Add", [g.node("Add", [found[0], "place_of"], "word_place"), found[1]], "embedded")
    return _normed(g, summed, "norm", "x")


def _looked_up(g: _Graph, table: str, ids: str) -> str:
    values = g.weights[table]
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    scale = np.float32((high - low) / 255)
    zero = np.uint8(np.rint(-low / scale))
    rounded = np.clip(np.rint(values / scale) + zero, 0, 255)
    row = g.node("Gather", [g.put(f"{table}_quantized", rounded, np.uint8), ids], f"{table}_row")
    settings = [g.put(f"{table}_scale", scale, np.float32), g.put(f"{table}_zero_point", zero, np.uint8)]
    return g.node("DequantizeLinear", [row, *settings], f"{table}_of")


def _layer(g: _Graph, layer: str, x: str) -> str:
    seen = _attention(g, layer, x)
    x = _normed(g, g.node("Add", [seen, x], f"{layer}.seen+x"), f"{layer}.first", f"{layer}.middle")
    wide = _product(g, x, f"{layer}.wide")
    wide = g.node("BiasGelu", [wide, g.weight(f"{layer}.wide.bias")], f"{layer}.gelu", domain=_CONTRIB)
    return _normed(g, g.node("Add", [_biased(g, wide, f"{layer}.narrow"), x], f"{layer}.narrow+x"), f"{layer}.second", f"{layer}.x")


def _attention(g: _Graph, layer: str, x: str) -> str:
    padded = g.node(
        "Reshape", [g.node("Gather", [_biased(g, x, f"{layer}.qkv"), "padded"], f"{layer}.padded"), "by_head"], f"{layer}.by_head"
    )
    turned = g.node("Transpose", [padded], f"{layer}.turned", perm=[0, 2, 1, 3])
    q, k, v = g.split("Split", [turned], [f"{layer}.{one}" for one in "qkv"], axis=1)
    scores = g.node("FusedMatMul", [q, k], f"{layer}.scores", domain=_CONTRIB, transB=1)
    shares = g.node("Softmax", [g.node("Add", [scores, "far"], f"{layer}.near")], f"{layer}.shares", axis=-1)
    back = g.node("Transpose", [g.node("MatMul", [shares, v], f"{layer}.heads")], f"{layer}.back", perm=[0, 2, 1, 3])
    flat = g.node("Gather", [g.node("Reshape", [back, "rows"], f"{layer}.flat"), "real"], f"{layer}.seen")
    return _biased(g, flat, f"{layer}.out")


def _biased(g: _Graph, x: str, name: str) -> str:
    return g.node("Add", [_product(g, x, name), g.weight(f"{name}.bias")], f"{name}.biased")


def _product(g: _Graph, x: str, name: str) -> str:
    """x [n, in] by the transposed weight [out, in], both rounded: x a token at a time, the weight a channel at a time."""
    values = g.weights[f"{name}.weight"].T
    scales = np.maximum(np.abs(values).max(0) / _LEVELS, np.float32(1e-12)).astype(np.float32)
    whole = g.put(f"{name}.weight_quantized", np.rint(values / scales), np.int8)
    largest = g.node("ReduceMax", [g.node("Abs", [x], f"{name}.size")], f"{name}.largest", axes=[1], keepdims=1)
    column = g.node("Mul", [largest, g.put("step", 1 / _ACTIVATIONS, np.float32)], f"{name}.step")
    rounded = g.node("QuantizeLinear", [x, g.node("Reshape", [column, "-1"], f"{name}.steps"), "middles"], f"{name}.rounded", axis=0)
    factors = ["one", g.put(f"{name}.weight_scale", scales, np.float32), "middle"]
    summed = g.node("MatMulIntegerToFloat", [rounded, whole, *factors], f"{name}.sum", domain=_CONTRIB)
    return g.node("Mul", [summed, column], f"{name}.product")


def _normed(g: _Graph, x: str, norm: str, output: str) -> str:
    return g.node("LayerNormalization", [x, g.weight(f"{norm}.weight"), g.weight(f"{norm}.bias")], output, axis=-1, epsilon=_EPSILON)


def _pooled(g: _Graph, x: str) -> None:
    """Mean over a text's tokens, as a product, which sums every text in the same order."""
    count = g.node("ReduceSum", ["seen", "1"], "tokens_of", keepdims=1)
    share = g.node("Unsqueeze", [g.node("Div", ["seen", count], "share"), "1"], "share_row")
    mean = g.node("MatMul", [share, g.node("Gather", [x, "padded"], "last")], "mean_row")
    g.node("Squeeze", [mean, "1"], "vector")
