"""What the user chose on a hashtag page, read from the address, and the figures that its tables share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from companion.dashboard.filters import Option
from companion.hashtag_keeper import keeper
from companion.hashtags import STRATEGIES, Atlas, Strategy, TagStatistics, Taxonomy, TaxonomyError
from companion.quality.shares import Share, wilson
from companion.services import connection
from companion.store import taxonomies

USUAL: Strategy = "blend"
STRATEGY_WORDS: dict[Strategy, str] = {
    "blend": "videos and words together",
    "graph": "videos alone",
    "text": "words alone",
    "intent": "together, buyers first",
}
MOST_TAGS = 6
"""Tags that can be compared side by side."""


@dataclass(frozen=True)
class Choice:
    """What stands in the address; an empty `tree` is the one imported last, or the one that ships."""

    q: str = ""
    tree: str = ""
    strategy: Strategy = USUAL

    @classmethod
    def of(cls, args: Mapping[str, str]) -> Choice:
        """From a query string; a value that is not known counts as the usual one."""
        strategy, tree = args.get("strategy", ""), args.get("tree", "")
        return cls(
            q=args.get("q", "").strip()[:100],
            tree=tree if tree in tree_names() else "",
            strategy=next((one for one in STRATEGIES if one == strategy), USUAL),
        )

    def query(self, **changes: Any) -> dict[str, str]:
        """The query string's parts, those at their usual value left out."""
        chosen = replace(self, **changes)
        return {f.name: str(value) for f in fields(chosen) if (value := getattr(chosen, f.name)) != f.default}

    @property
    def taxonomy(self) -> Taxonomy:
        """The tree."""
        try:
            return keeper().tree(self.tree or None)
        except TaxonomyError:  # deleted since the choice was read
            return keeper().tree(None)


STRATEGY_OPTIONS = tuple(Option(value, label) for value, label in STRATEGY_WORDS.items())


def tree_names() -> list[str]:
    """Trees that can be chosen besides the usual one."""
    return ["default", *(tree.name for tree in taxonomies.listed(connection("reader")))]


def tree_options() -> tuple[Option, ...]:
    """The same as a select wants them; empty where there is nothing to choose."""
    names = tree_names()
    return tuple(Option(name, "the one that ships" if name == "default" else name) for name in names) if len(names) > 1 else ()


def share_of(numbers: TagStatistics) -> Share | None:
    """How many of a tag's graded comments are close to buying, with its interval; None while none is graded."""
    return wilson(numbers.high, numbers.graded)


def trend_line(trend: tuple[int, ...], width: int = 100, height: int = 24) -> str:
    """Points of a line over a picture of this size, oldest first; "" where nothing is known."""
    if len(trend) < 2:
        return ""
    top = max(trend) or 1
    return " ".join(f"{at * width / (len(trend) - 1):.1f},{height - 2 - count * (height - 4) / top:.1f}" for at, count in enumerate(trend))


def growth_words(growth: float | None) -> str:
    """Growth as a person says it."""
    if growth is None:
        return "not known"
    if 0.9 <= growth <= 1.1:
        return "steady"
    return f"{growth:.1f} times as many" if growth > 1 else f"{1 / growth:.1f} times fewer"


def largest(atlas: Atlas, count: int) -> list[TagStatistics]:
    """The tags with most videos."""
    order = (-atlas.graph.videos_of).argsort(kind="stable")[:count]
    return [atlas.statistics(atlas.graph.tags[int(at)]) for at in order]
