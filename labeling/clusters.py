"""Near-duplicate clusters: comments are short and repeat ("price?", "🔥🔥"), and an annotator should not grade one a hundred times.

A cluster also stays on one side of a split into training and test.
"""

from __future__ import annotations

from collections.abc import Sequence

from labeling.minhash import alike
from labeling.same_text import WORDLESS, key_hash, same_text_key

SHORT = 8
"""A key with fewer letters is alike to its equals only: one letter more is another word there."""


def cluster_ids(texts: Sequence[str]) -> list[str]:
    """The cluster of each text, 16 hex digits. Never raises; the order of the texts does not matter.

    Two texts with one key (labeling/same_text.py) always share it. So do two of `SHORT` letters or more that are `ALIKE`
    (labeling/minhash.py), where a pair just that alike is overlooked once in some 7,000 times. A cluster is named after the
    first of its keys: the name holds until a text that sorts before it joins.

    Memory grows by about 1 KB for every different text; 1,000,000 take half a minute of one core.
    """
    keys = [same_text_key(text) for text in texts]
    known = sorted(set(keys))
    names = {key: key_hash(key) for key in known}
    long = [key for key in known if len(key) >= SHORT and not key.startswith(WORDLESS)]
    first: dict[int, str] = {}
    for key, group in zip(long, alike(long).tolist(), strict=True):
        names[key] = first.setdefault(group, names[key])
    return [names[key] for key in keys]
