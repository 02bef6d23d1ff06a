"""The name of what is asked for, and how its words are to be taken: which tell sorts apart, which only describe, which say little."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from companion.shop.matching.facts import Facts
from companion.shop.matching.spellings import spelt_otherwise
from companion.shop.understanding.interests import kinds_for
from companion.shop.understanding.kinds import lexicon, same_things
from companion.shop.understanding.number_words import FIGURES
from companion.shop.understanding.phrase_heads import DESCRIBE_AFTER, DESCRIBING
from companion.shop.understanding.text import stems_of
from companion.shop.understanding.wish import Wish

STORY = 9
"""Words of a long story."""
FEW_WORDS = 5
"""Words of the longest bare name."""
SETS = frozenset(("set", "kit", "combo", "pack", "bundle", "collection", "sheet"))
"""Names that say little: what stands before them is the thing."""
ASPECTS = frozenset(
    ("shade", "brand", "colour", "color", "model", "flavour", "flavor", "variant", "version", "replacement", "spare", "alternative")
).union(("present", "gift", "keepsake", "souvenir", "surprise"))
"""Of a thing these are asked for, or of anything; they are none themselves."""
_UNITS = frozenset(
    ("piece", "pack", "set", "pair", "litre", "liter", "inch", "ton", "watt", "kg", "gram", "ml", "cm", "mm", "gb", "tb", "feet", "foot")
)
_ENDS = (
    *((end, 3) for end in ("able", "ible", "ive", "ous", "ised", "ized")),
    *((end, 0) for end in ("less", "ful", "proof", "friendly", "resistant", "free", "style", "size")),
)
"""Endings of describing words, and how many letters at least stand before them: a "table" is none."""
_WORDS_AFTER = (frozenset(end for end, least in _ENDS if not least) - {"less", "ful"}) | DESCRIBE_AFTER
"""What stands before these describes with them: "eco friendly"."""
_TELLING = frozenset(("vegetable",))
_ASKED = re.compile(r"\b(?:wants?|needs?|for|find|buy|order|sells?|carry|stock|show|after|any|there|buying|some)(?:\W+\w+){0,4}\W+$")


@dataclass(frozen=True)
class AskedName:
    """The name in a wish."""

    wish: Wish

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Stems of the name, and of words before it that do more than describe."""
        wish = self.wish
        parts = (wish.colours, wish.materials, wish.sizes, wish.brands, wish.franchises, wish.interests, wish.occasions)
        told = {stem for part in parts for one in part for stem in stems_of(one)}
        said = stems_of(wish.product_type)
        ends = {stem for stem, after in pairwise(said) if after in _WORDS_AFTER}
        before = [stem for stem in said if stem not in wish.name and stem not in told and stem not in ends and not describes(stem)]
        return (*before, *wish.name)

    @cached_property
    def bare(self) -> tuple[str, ...]:
        """Stems of the name without those before its head that only describe."""
        *before, head = self.wish.name or ("",)
        return (*(word for word in before if not describes(word)), head) if head else ()

    @cached_property
    def keys(self) -> frozenset[str]:
        """Keys of the names of the very thing."""
        keys = ("".join(self.wish.name), "".join(self.words))
        return frozenset(keys).union(*(same_things().get(key, ()) for key in keys))

    @cached_property
    def is_foreign(self) -> bool:
        """Whether no English name of the kind has its head."""
        wish = self.wish
        return bool(wish.name and wish.kinds) and wish.name[-1] not in lexicon().words_of(wish.kinds[0])

    @cached_property
    def only_themes(self) -> bool:
        """Whether a few bare words were typed that only sound like a pastime: what suits the pastime is not what they name."""
        wish = self.wish
        bare = len(wish.text.split()) <= FEW_WORDS and not (wish.gift or wish.recipient) and not {"|", "#"} & set(wish.text)
        return bare and set(wish.needs) <= set(kinds_for(wish.interests))

    @cached_property
    def is_told(self) -> bool:
        """Whether the text is a story of some length that does not ask for what looks like a name, and so may be none."""
        text, name = self.wish.text, self.wish.product_type
        before = text[: text.find(name)] if name else ""
        return "|" not in text and len(text.split()) >= STORY and not _ASKED.search(before.lower())

    def is_of_sort(self, facts: Facts) -> bool:
        """Whether the words before the name that tell sorts apart ("robot vacuum", "ski boots") are the product's too."""
        return all(has_word(facts, word) for word in self.words if word not in self.wish.name)


def has_word(facts: Facts, stem: str) -> bool:
    """Whether title, attributes or category have the word, in whichever spelling; numbers in words or figures."""
    if f" {stem} " in facts.joined or stem in facts.around:
        return True
    return any(f" {other} " in facts.joined for other in spelt_otherwise(stem))


def describes(stem: str) -> bool:
    """Whether a word before a name says how the thing is and not which."""
    if stem in DESCRIBING or stem in _UNITS or stem.isdigit() or stem in FIGURES:
        return True
    return stem not in _TELLING and any(stem.endswith(end) and len(stem) - len(end) >= least for end, least in _ENDS)
