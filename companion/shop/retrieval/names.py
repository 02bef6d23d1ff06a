"""How near names of things are in meaning. Names come again and again, so their vectors are kept."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from companion.shop.retrieval.encoding import TextEncoder
from companion.shop.retrieval.vectors import Vectors

KEPT = 20_000
"""Names whose vectors are kept, 30 MB at 384 numbers each; then all are forgotten."""


class Names:
    """Vectors of names, encoded once.

    Args:
        encoder: or None, then nothing can be told.
    """

    def __init__(self, encoder: TextEncoder | None) -> None:
        self._encoder = encoder
        self._kept: dict[str, Vectors] = {}

    def alike(self, name: str, others: Sequence[str]) -> list[float]:
        """Cosines between a name and others, in order; empty while there is no encoder."""
        if self._encoder is None or not others:
            return []
        kept = self._kept
        new = [one for one in dict.fromkeys((name, *others)) if one not in kept]
        if len(kept) + len(new) > KEPT:
            kept, new = {}, list(dict.fromkeys((name, *others)))  # a search beside this one goes on with the old ones
        if new:
            kept.update(zip(new, self._encoder.encode(new), strict=True))
        self._kept = kept
        return [float(one) for one in np.stack([kept[other] for other in others]) @ kept[name]]
