"""Simulated shoppers with planted taste: people to test a recommender on when the truth must be known.

Everything here is invented; no number that comes out of it was measured on people. What is true in such a world:

- **Stock** (`stock.py`): products of kinds within departments, each kind with brands, prices and colours of its own. Each product also
  has an appeal of its own and a hidden style that nothing in its text or attributes tells.
- **Shoppers** (`people.py`): each likes a few kinds (and their departments a little), cannot bear some departments, has an ideal place
  between cheap and dear with a tolerance, likes some brands and colours, and has a taste in hidden styles.
- **Sessions** (`sessions.py`): a visit has an hour and a page. Usually the shopper has something in mind: a mission, one kind, most often a
  liked one, now and then any kind at all (a gift). Some shoppers like other kinds in the evening. A mission is at times typed as a search.
- **Reactions** (`reactions.py`): a card is read from the left, each further place is looked at less (position bias). What is looked at
  is clicked by a logistic rule on the true utility; some clicks are slips (noise), some clicked things are saved, some
  things that the shopper cannot bear are hidden.
- **Drift** (`sessions.py`): between visits the taste moves: a liked kind is at times replaced by another.
- **Next pick** (`reactions.py`): what the shopper would choose next from the whole stock. A recommender that knows the shopper has it among
  its first ten (hit@10).

The rules are of another form than any recommender here: additive parts and a logistic choice, no vectors of text, no decay, no Beta
counts. A run is fixed by its seed: the same seed gives the same world, another seed another one. `rules.py` holds every number.
"""

from companion.shop.shoppers.people import Shopper, draw_shoppers
from companion.shop.shoppers.reactions import Reaction, next_pick, react
from companion.shop.shoppers.sessions import Session, drift, open_session
from companion.shop.shoppers.stock import Stock, draw_stock, stock_of
from companion.shop.shoppers.world import World, draw_world

__all__ = [
    "Reaction",
    "Session",
    "Shopper",
    "Stock",
    "World",
    "draw_shoppers",
    "draw_stock",
    "draw_world",
    "drift",
    "next_pick",
    "open_session",
    "react",
    "stock_of",
]
