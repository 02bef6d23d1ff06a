"""Text -> buying intent: grade, signal, sentiment, interval and reasons.

Pure: knows neither Flask nor SQL. Serving needs numpy, onnxruntime and tokenizers only, and whoever wants another word of this
package, such as the scraper, does not wait for them.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from companion.intent.context import Context
from companion.intent.prediction import EMOTIONS, SENTIMENTS, SIGNALS, Item, Prediction

if TYPE_CHECKING:
    from companion.intent.model import IntentModel, load_model

__all__ = ["EMOTIONS", "SENTIMENTS", "SIGNALS", "Context", "IntentModel", "Item", "Prediction", "load_model"]


def __getattr__(name: str) -> Any:
    if name in {"IntentModel", "load_model"}:
        return getattr(importlib.import_module("companion.intent.model"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
