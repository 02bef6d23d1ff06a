"""BuySignal companion: the local service that reads buying intent from comments."""

__version__ = "0.1.0"
