"""What an account is about: how many of its videos belong to each subject, and the one of most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from companion.quality.posts import Post


def subjects(posts: Iterable[Post]) -> dict[str, int]:
    """Videos by category without its branch ("beauty", not "beauty/hair"); those of no sure category are left out."""
    return dict(sorted(Counter(top for post in posts if (top := post.category.partition("/")[0])).items()))


def main_subject(counts: Mapping[str, int]) -> str:
    """The subject of most videos, the first by name of equal ones; "" where none is known.

    >>> main_subject({"home": 2, "food": 2, "pets": 1}), main_subject({})
    ('food', '')
    """
    return min(counts, key=lambda name: (-counts[name], name), default="")
