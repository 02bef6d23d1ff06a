"""What a video is about: a small tree of subjects, by its hashtags, caption and comments, with the words that decided.

A hashtag that is or begins or ends with a word of a subject weighs 3, such a word of the caption 1, a comment that holds one a fifth (at
most 2 together). A subject is said when it has 1 or more and half as much again as the next; where only branches of the same subject are
that close, their common subject is. The list is short, plain English and made to be changed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

TREE: Mapping[str, Sequence[str]] = {
    "beauty": ("beauty", "grwm"),
    "beauty/make-up": ("makeup", "lipstick", "lipgloss", "mascara", "foundation", "concealer", "eyeshadow", "blush"),
    "beauty/skin": ("skincare", "skin", "serum", "moisturizer", "sunscreen", "retinol", "acne"),
    "beauty/hair": ("hair", "haircare", "hairstyle", "curls", "shampoo"),
    "beauty/nails": ("nails", "nailart", "manicure"),
    "fashion": ("fashion", "ootd", "outfit", "style", "thrift"),
    "fashion/clothes": ("dress", "jeans", "jacket", "hoodie", "leggings", "clothes"),
    "fashion/shoes": ("shoes", "sneakers", "boots", "heels"),
    "fashion/bags and jewellery": ("bag", "handbag", "purse", "jewelry", "jewellery", "necklace", "earrings"),
    "home": ("home", "homedecor", "house", "apartment", "interior"),
    "home/kitchen": ("kitchen", "cookware", "airfryer", "blender", "pantry"),
    "home/cleaning": ("cleaning", "cleantok", "declutter", "organization", "organizing"),
    "home/garden": ("garden", "gardening", "plants", "planttok"),
    "food": ("food", "foodtok", "foodie", "snack"),
    "food/cooking": ("recipe", "cooking", "baking", "mealprep", "dinner"),
    "food/drinks": ("coffee", "matcha", "boba", "cocktail", "drink"),
    "technology": ("tech", "techtok", "gadget", "gadgets"),
    "technology/phones and computers": ("iphone", "android", "laptop", "phone", "keyboard", "pc"),
    "technology/games": ("gaming", "gamer", "playstation", "xbox", "nintendo"),
    "pets": ("pets", "pet", "petsoftiktok"),
    "pets/dogs": ("dog", "dogs", "puppy", "dogtok"),
    "pets/cats": ("cat", "cats", "kitten", "cattok"),
    "family": ("momtok", "family", "parenting", "mom", "dad"),
    "family/baby": ("baby", "newborn", "toddler", "stroller"),
    "family/toys": ("toys", "toy", "lego", "plush"),
    "sport and health": ("fitness", "gym", "health", "wellness"),
    "sport and health/training": ("workout", "gymtok", "pilates", "yoga", "running"),
    "books and learning": ("booktok", "books", "book", "study", "studytok", "stationery"),
    "crafts": ("diy", "craft", "crafts", "crochet", "sewing", "art"),
    "travel": ("travel", "traveltok", "vacation", "luggage", "hotel"),
    "cars": ("car", "cars", "cartok", "carcleaning"),
}
"""Words by subject; "a/b" is a branch of "a"."""
HASHTAG, CAPTION, COMMENT, COMMENTS_MOST = 3.0, 1.0, 0.2, 2.0
LEAST, APART = 1.0, 1.5
SHORTEST = 4
"""Letters that a word needs to count at the begin or end of a longer hashtag: "car" must not make "cardigan" a car."""
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Category:
    """`name` of the subject ("" where none is sure) and why."""

    name: str
    reason: str

    @property
    def top(self) -> str:
        """The subject without its branch."""
        return self.name.partition("/")[0]


def category_of(
    hashtags: Iterable[str], caption: str = "", comments: Sequence[str] = (), tree: Mapping[str, Sequence[str]] = TREE
) -> Category:
    """The subject of a video; never raises."""
    weights: dict[str, float] = defaultdict(float)
    words: dict[str, dict[str, None]] = defaultdict(dict)

    def count(found: Iterable[tuple[str, str]], weight: float, said: str) -> None:
        for name, word in found:
            weights[name] += weight
            words[name][said.format(word)] = None

    for tag in dict.fromkeys(tag.lstrip("#").casefold() for tag in hashtags):
        best = max(((name, word) for name, word in _ends(tag, tree)), key=lambda one: (len(one[1]), one), default=None)
        count([best] if best else [], HASHTAG, f"#{tag}".replace("{", "").replace("}", ""))
    count(_whole(caption, tree), CAPTION, '"{}" in the caption')
    held = [set(_whole(text, tree)) for text in comments]
    for name, word in sorted({one for hits in held for one in hits}):
        count([(name, word)], min(COMMENTS_MOST, COMMENT * sum((name, word) in hits for hits in held)), '"{}" in comments')
    return _decided(weights, words)


def _decided(weights: Mapping[str, float], words: Mapping[str, Mapping[str, None]]) -> Category:
    tops: dict[str, float] = defaultdict(float)
    for name, weight in weights.items():
        tops[name.partition("/")[0]] += weight
    ranked = sorted(tops.items(), key=lambda one: (-one[1], one[0]))
    if not ranked or ranked[0][1] < LEAST:
        return Category("", "no hashtag, and too little in caption and comments, names a known subject")
    if len(ranked) > 1 and ranked[0][1] < APART * ranked[1][1]:
        return Category("", f"between {ranked[0][0]} and {ranked[1][0]}")
    top = ranked[0][0]
    branches = sorted(((weight, name) for name, weight in weights.items() if name.startswith(f"{top}/")), reverse=True)
    own = weights.get(top, 0.0)
    sure = (
        branches and branches[0][0] >= APART * (branches[1][0] if len(branches) > 1 else 0.0) and branches[0][0] >= max(LEAST, own / APART)
    )
    name = branches[0][1] if sure else top
    said = [word for key in weights if key.partition("/")[0] == top for word in words[key]]
    return Category(name, ", ".join(said[:5]))


def _ends(tag: str, tree: Mapping[str, Sequence[str]]) -> Sequence[tuple[str, str]]:
    return _ends_of_usual(tag) if tree is TREE else _looked_up(tag, tree)


@lru_cache(maxsize=4096)  # the same few tags stand under most videos
def _ends_of_usual(tag: str) -> Sequence[tuple[str, str]]:
    return _looked_up(tag, TREE)


def _looked_up(tag: str, tree: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    return [
        (name, word)
        for name, known in tree.items()
        for word in known
        if tag == word or (len(word) >= SHORTEST and (tag.startswith(word) or tag.endswith(word)))
    ]


def _whole(text: str, tree: Mapping[str, Sequence[str]]) -> list[tuple[str, str]]:
    present = set(_WORD.findall(text.casefold()))
    return [(name, word) for name, known in tree.items() for word in known if word in present]
