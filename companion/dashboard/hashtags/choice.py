"""What the user chose on a hashtag page, read from the address."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from flask import current_app, url_for

from companion.dashboard.filters import Option
from companion.hashtag_keeper import LEVEL, keeper
from companion.hashtags import STRATEGIES, Category, Strategy, Taxonomy, TaxonomyError, clean_tags
from companion.services import connection
from companion.store import taxonomies

USUAL: Strategy = "blend"
STRATEGY_WORDS: dict[Strategy, str] = {
    "blend": "videos and words",
    "graph": "videos only",
    "text": "words only",
    "intent": "buyers first",
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

    def query(self, **changes: Any) -> dict[str, Any]:
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


def level_of(tree: Taxonomy, category: Category) -> int:
    """The level that answers for a category: its own, a department's that of its shelves."""
    return max(category.level, min(LEVEL, tree.depth))


def collect_link(tags: Iterable[str]) -> str:
    """Where the scraper takes these hashtags; "" where it is not installed or there are none."""
    wanted = " ".join(tags)
    return url_for("scrapes.collect", kind="tag", targets=wanted) if wanted and "scrapes.collect" in current_app.view_functions else ""


def tags_named(category: Category) -> tuple[str, ...]:
    """A category's name as hashtags, to begin collecting with: "Cars & Motorcycles" is two of them."""
    return clean_tags(part.replace(" ", "").replace("'", "").replace("’", "") for part in re.split(r"[&,/;()]", category.name))


STRATEGY_OPTIONS = tuple(Option(value, label) for value, label in STRATEGY_WORDS.items())


def tree_names() -> list[str]:
    """Trees that can be chosen, the one used without a choice first."""
    return [*(tree.name for tree in taxonomies.listed(connection("reader"))), "default"]


def tree_options() -> tuple[Option, ...]:
    """The same as a select wants them; empty where there is nothing to choose."""
    names = tree_names()
    return tuple(Option(name, "BuySignal’s own" if name == "default" else name) for name in names) if len(names) > 1 else ()
