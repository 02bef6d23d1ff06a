"""Text -> buying intent: grade, signal, sentiment, interval and reasons.

Pure: knows neither Flask nor SQL. Serving needs numpy, onnxruntime and tokenizers only.
"""

from companion.intent.context import Context
from companion.intent.model import IntentModel, load_model
from companion.intent.prediction import EMOTIONS, SENTIMENTS, SIGNALS, Item, Prediction

__all__ = ["EMOTIONS", "SENTIMENTS", "SIGNALS", "Context", "IntentModel", "Item", "Prediction", "load_model"]
