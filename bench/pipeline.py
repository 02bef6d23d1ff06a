"""The yardstick: transformers' text-classification pipeline with the same base weights."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from companion.training.network import base_folder


def pipeline_of() -> Any:
    """Fp32 on two threads of the processor; ten classes as our grades."""
    import torch
    from transformers import AutoModelForSequenceClassification, AutoTokenizer, pipeline

    torch.set_num_threads(2)
    base = base_folder()
    model = AutoModelForSequenceClassification.from_pretrained(base, num_labels=10)
    made = pipeline("text-classification", model=model, tokenizer=AutoTokenizer.from_pretrained(base), device="cpu")
    made([{"text": "warm up", "text_pair": "once"}] * 32, batch_size=32)
    return made


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
