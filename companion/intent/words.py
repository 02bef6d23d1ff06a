"""Grades and signals in the words that people read."""

from __future__ import annotations

GRADE_WORDS = {
    1: "rejects it",
    2: "nothing to do with buying",
    3: "talks about it, no own interest",
    4: "likes it",
    5: "curious, or cannot afford it",
    6: "tempted",
    7: "deciding",
    8: "wants it",
    9: "plans to buy",
    10: "has bought it",
}

SIGNAL_WORDS = {
    "none": "no signal",
    "praise": "praises it",
    "question": "asks about the product",
    "price": "asks the price",
    "availability": "asks where to get it",
    "want": "wants it",
    "bought": "has bought it",
    "objection": "objects",
}
