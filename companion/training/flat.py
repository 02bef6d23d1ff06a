"""A BERT rewritten for one text at a time: what serving runs.

The same sums as transformers' BertModel with mean pooling, in fewer steps: no mask (nothing is padded), no batch axis, no shapes
worked out at run time, the three projections of attention in one product, its scale folded into the query's weights.
"""

from __future__ import annotations

from typing import Any, cast

import torch
from torch import Tensor, nn
from transformers import BertModel

from companion.intent.encoder import MAX_TOKENS


class FlatBert(nn.Module):
    """ids [1, n], segments [1, n] -> vector [1, d]; n up to `MAX_TOKENS`."""

    def __init__(self, bert: BertModel, unit: bool) -> None:
        super().__init__()
        embeddings: Any = bert.embeddings
        self.words, self.types, self.norm = embeddings.word_embeddings, embeddings.token_type_embeddings, embeddings.LayerNorm
        self.places = nn.Parameter(embeddings.position_embeddings.weight[:MAX_TOKENS].detach().clone())
        self.layers = nn.ModuleList(_Layer(layer, bert.config.num_attention_heads) for layer in cast(Any, bert).encoder.layer)
        self.unit = unit

    def forward(self, input_ids: Tensor, token_type_ids: Tensor) -> Tensor:
        """Mean of the last hidden states (unit length if asked)."""
        ids = input_ids[0]
        x = self.norm(self.words(ids) + self.places[: ids.shape[0]] + self.types(token_type_ids[0]))
        for layer in self.layers:
            x = layer(x)
        mean: Tensor = x.mean(0, keepdim=True)
        return nn.functional.normalize(mean, dim=-1) if self.unit else mean


class _Layer(nn.Module):
    def __init__(self, layer: Any, heads: int) -> None:
        super().__init__()
        attention, width = layer.attention, layer.output.dense.out_features
        self.heads, self.size = heads, width // heads
        self.qkv, self.out = _joined(attention.self, self.size**-0.5), attention.output.dense
        self.first, self.second = attention.output.LayerNorm, layer.output.LayerNorm
        self.wide, self.narrow = layer.intermediate.dense, layer.output.dense

    def forward(self, x: Tensor) -> Tensor:
        """[n, d] -> [n, d]."""
        q, k, v = self.qkv(x).reshape(-1, 3, self.heads, self.size).permute(1, 2, 0, 3).unbind(0)
        seen = (q @ k.transpose(1, 2)).softmax(-1) @ v
        x = self.first(self.out(seen.permute(1, 0, 2).reshape(-1, self.heads * self.size)) + x)
        y: Tensor = self.second(self.narrow(nn.functional.gelu(self.wide(x))) + x)
        return y


def _joined(attention: Any, scale: float) -> nn.Linear:
    """Query (scaled), key and value as one linear layer."""
    parts = (attention.query, attention.key, attention.value)
    joined = nn.Linear(parts[0].in_features, 3 * parts[0].out_features)
    with torch.no_grad():
        joined.weight.copy_(torch.cat([parts[0].weight * scale, parts[1].weight, parts[2].weight]))
        joined.bias.copy_(torch.cat([parts[0].bias * scale, parts[1].bias, parts[2].bias]))
    return joined
