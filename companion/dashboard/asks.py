"""What commenters ask for and what holds them back, as pages show it; see companion/quality/asks.py."""

from companion.quality.asks import ASKING, EXAMPLES, Ask, ranked, topic_of

__all__ = ["ASKING", "EXAMPLES", "Ask", "ranked", "topic_of"]
