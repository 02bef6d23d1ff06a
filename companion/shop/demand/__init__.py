"""What the writers of comments ask for: grouped into product needs, held against a catalogue, and products ranked by buying intent.

Pure functions over dataclasses; `companion/shop_demand.py` reads the comments of a video, a hashtag, a creator or all.
"""

from companion.shop.demand.answers import Answer, Search, answers, missing
from companion.shop.demand.asked import ASKING, SIGNALS, AskedComment, AskedVideo, Linked
from companion.shop.demand.intent import ProductIntent, by_answer, by_link
from companion.shop.demand.needs import Example, Need, needs
from companion.shop.demand.prices import NamedPrice, named_prices
from companion.shop.demand.things import Nouns, nouns_of

__all__ = [
    "ASKING",
    "SIGNALS",
    "Answer",
    "AskedComment",
    "AskedVideo",
    "Example",
    "Linked",
    "NamedPrice",
    "Need",
    "Nouns",
    "ProductIntent",
    "Search",
    "answers",
    "by_answer",
    "by_link",
    "missing",
    "named_prices",
    "needs",
    "nouns_of",
]
