"""Understanding what a person wants from what they typed or wrote, by rules, word lists and a small tagger that ships; nothing is sent."""

from companion.shop.understanding.explaining import explained
from companion.shop.understanding.phrases import Phrases
from companion.shop.understanding.understand import understand
from companion.shop.understanding.wish import BANDS, AgeBand, AgeRange, Budget, Gender, Wish

__all__ = ["BANDS", "AgeBand", "AgeRange", "Budget", "Gender", "Phrases", "Wish", "explained", "understand"]
