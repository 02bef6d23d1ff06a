"""What commenters ask for and what holds them back, by topic.

The model names the signal; words name the topic inside it. A text that matches no topic keeps the
signal's own name, so nothing is dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

ASKING = ("availability", "price", "question")
EXAMPLES = 2
"""Comments quoted under a topic."""

_PLAIN = {"availability": "where to buy it", "price": "the price", "question": "other questions", "objection": "other objections"}

_REST = {_PLAIN["question"], _PLAIN["objection"]}
"""Not a topic, so these come last however many they are."""


def _topic(words: str, pattern: str) -> tuple[str, re.Pattern[str]]:
    return words, re.compile(pattern, re.I)


# The first topic that matches wins. Written for English; other languages keep the signal's name.
_TOPICS: dict[str, tuple[tuple[str, re.Pattern[str]], ...]] = {
    "availability": (
        _topic("delivery to their place", r"\b(?:ships?|shipping|deliver\w*|post(?:age)? to|send to|envi[oa]\w*|enviam)\b"),
        _topic("stock", r"\b(?:sold out|restock\w*|in stock|out of stock|back in)\b"),
        _topic("a discount code", r"\b(?:code|coupon|discount)\b"),
        _topic("the link", r"\blinks?\b"),
    ),
    "price": (_topic("a discount", r"\b(?:code|coupon|discount|sale|cheaper|deal)\b"),),
    "question": (
        _topic("size and fit", r"\b(?:sizes?|sizing|fits?|small|large|tall|petite|big|weighs?|heavy|dimensions?|litres?)\b"),
        _topic("colours", r"\b(?:colou?rs?|shades?|in (?:black|white|green|blue|pink|red|brown|beige|grey|gray))\b"),
        _topic("skin and ingredients", r"\b(?:skin|acne|ingredients?|retinol|spf|sunscreen|fragrance|vegan|sensitive|pregnan\w*)\b"),
        _topic(
            "material and quality",
            r"\b(?:material|fabric|cotton|leather|plastic|waterproof|water[ -]resistant|quality|washable|durable|last)\b",
        ),
        _topic("power and connection", r"\b(?:batter\w*|charg\w*|usb|cordless|wireless|plug|bluetooth|volts?|dim\w*|bright\w*)\b"),
        _topic("which one it is", r"\b(?:what|which) (?:brand|one|model)|called\b"),
        _topic("whether it is worth it", r"\bworth\b|\bcompared?\b|\bbetter than\b|\bvs\b"),
    ),
    "objection": (
        _topic("too expensive", r"\b(?:expensive|pric[ey]\w*|cost\w*|paying|pay for|quid|dollars?|bucks|overpriced|rip ?off)\b|[$€£]\s?\d"),
        _topic(
            "it broke or stopped", r"\b(?:broke(?! me out)|broken|stopped|died|fell apart|ripped|leak\w*|returned|sent it back|refund\w*)\b"
        ),
        _topic("bad reaction", r"\b(?:broke me out|rash|burn\w*|sting\w*|allerg\w*|irritat\w*)\b"),
        _topic("doubt about ads", r"\b(?:ads?|sponsored|paid|scam|fake|dropship\w*)\b"),
        _topic("quality and design", r"\b(?:thin|flimsy|cheap\w*|quality|ugly|too (?:small|big|heavy|short|long))\b"),
    ),
}


@dataclass(frozen=True)
class Ask:
    """A topic, how many comments raise it, and up to two of them (the most liked first)."""

    words: str
    count: int
    examples: tuple[str, ...]


def topic_of(signal: str, text: str) -> str:
    """The topic of one comment in words."""
    for words, pattern in _TOPICS.get(signal, ()):
        if pattern.search(text):
            return words
    return _PLAIN[signal]


def ranked(comments: Iterable[tuple[str, str, int]], signals: Iterable[str]) -> list[Ask]:
    """Topics of (signal, text, likes) comments whose signal is among `signals`, the most frequent first and what fits no topic last."""
    wanted = set(signals)
    found: dict[str, list[tuple[int, str]]] = {}
    for signal, text, likes in comments:
        if signal in wanted:
            found.setdefault(topic_of(signal, text), []).append((likes, text))
    asks = [Ask(words, len(texts), _most_liked(texts)) for words, texts in found.items()]
    return sorted(asks, key=lambda ask: (ask.words in _REST, -ask.count, ask.words))


def _most_liked(texts: list[tuple[int, str]]) -> tuple[str, ...]:
    best = sorted(texts, key=lambda pair: -pair[0])[:EXAMPLES]
    return tuple(text if len(text) <= 160 else f"{text[:157]}…" for _, text in best)
