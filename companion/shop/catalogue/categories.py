"""Category paths, from the widest to the narrowest."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from companion.shop.catalogue.texts import plain

DEEPEST = 10
LONGEST_NAME = 120
_ARROWS = re.compile(r"\s*(?:>|»|›|→|\|)\s*|\s+/\s+|\s*//\s*")


def path_of(text: str) -> tuple[tuple[str, ...], bool]:
    """The path that a cell spells, and whether it ran in a circle (a name comes again) and was cut there.

    >>> path_of("Home &gt; Kitchen > Mugs"), path_of("Home > Kitchen > Home > Kitchen"), path_of("187")
    ((('Home', 'Kitchen', 'Mugs'), False), (('Home', 'Kitchen'), True), ((), False))
    """
    return _whole([plain(name) for name in _ARROWS.split(plain(text))])


def path_in(tree: Mapping[str, tuple[str, str]], category: str) -> tuple[tuple[str, ...], bool]:
    """The path of a category in a table of id -> (name, parent's id), and whether its parents run in a circle."""
    names: list[str] = []
    met: set[str] = set()
    while category in tree and category not in met and len(met) < DEEPEST:
        met.add(category)
        name, category = tree[category]
        names.append(plain(name))
    return tuple(name[:LONGEST_NAME] for name in reversed(names) if name), category in met


def _whole(names: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    path: list[str] = []
    for name in names:
        if not name or name.isdigit():  # numbers of other people's trees say nothing
            continue
        if path and path[-1].lower() == name.lower():
            continue
        if name.lower() in (known.lower() for known in path):
            return tuple(path), True
        path.append(name[:LONGEST_NAME])
    return tuple(path[:DEEPEST]), False
