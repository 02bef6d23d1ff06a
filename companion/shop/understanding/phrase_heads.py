"""Word classes that decide what the head of a noun phrase is, in a query as in a product's title."""

from __future__ import annotations

from companion.shop.understanding.word_files import word_class

GOVERNS = word_class("governing words")
"""What follows these is not the thing itself."""
SEARCH_VERBS = word_class("search verbs")
"""Before "for" these make what follows the thing itself."""
MODELS = word_class("model words")
HEADS_OF_PARTS = word_class("heads of parts")
"""Heads that make the noun before them a mere modifier: a "watch box" is no watch."""
HEADS_OF_MAKERS = word_class("heads of makers")
"""Heads that make the noun before them what they make or work on: a "pasta maker" is no pasta."""
DESCRIBING = word_class("describing words")
"""Words before a name that say how a thing is and not which: a "fluffy" slipper, and not a "ski" boot."""
DESCRIBE_AFTER = word_class("describe after a noun")
"""With the noun before them these describe: a wallet that is "rfid safe" is a wallet."""
WIDE = word_class("wide kinds")
"""Kinds so wide that any narrower one named beside them is meant instead."""
