"""A tree of shop categories, checked on the way in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

MAX_LEVEL = 10
"""Levels of a tree; the deepest shop tree we know (Google's) has seven."""

MAX_TEXT = 300
"""Characters of one name or id."""


class TaxonomyError(ValueError):
    """The tree cannot be used; the message names the line and the mend."""


@dataclass(frozen=True)
class Category:
    """One category. `path` goes from the department down to its own name; `children` are names below it that the file told."""

    id: str
    path: tuple[str, ...]
    parent_id: str | None = None
    children: tuple[str, ...] = ()
    line: int = 0

    @property
    def name(self) -> str:
        """Its own name."""
        return self.path[-1]

    @property
    def level(self) -> int:
        """1 for a department."""
        return len(self.path)


@dataclass(frozen=True)
class Taxonomy:
    """A checked tree: parents stand before their children."""

    name: str
    categories: tuple[Category, ...]
    source: str = "own"
    _by_id: dict[str, Category] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_id", {category.id: category for category in self.categories})

    def get(self, category_id: str) -> Category | None:
        """The category of an id, or None."""
        return self._by_id.get(category_id)

    @cached_property
    def below(self) -> dict[str | None, tuple[Category, ...]]:
        """Children by parent id; departments under None. This is what a menu of levels needs."""
        found: dict[str | None, list[Category]] = {}
        for category in self.categories:
            found.setdefault(category.parent_id, []).append(category)
        return {parent: tuple(children) for parent, children in found.items()}

    def at_level(self, level: int) -> tuple[Category, ...]:
        """Categories of a level, and those above it that end earlier: every branch is there once.

        Their `children` are the names below them, where the file told none.
        """
        chosen = (c for c in self.categories if c.level == level or (c.level < level and c.id not in self.below))
        return tuple(replace(c, children=c.children or tuple(child.name for child in self.below.get(c.id, ()))) for c in chosen)

    def above(self, category_id: str) -> tuple[str, ...]:
        """A category's id and those of all above it, from itself up."""
        found: list[str] = []
        current = self.get(category_id)
        while current is not None:
            found.append(current.id)
            current = self.get(current.parent_id) if current.parent_id is not None else None
        return tuple(found)

    @property
    def depth(self) -> int:
        """Levels of the deepest branch, 0 for an empty tree."""
        return max((category.level for category in self.categories), default=0)


def build(name: str, rows: Iterable[tuple[int, str, Sequence[str], str | None, Sequence[str]]], source: str = "own") -> Taxonomy:
    """Check rows of (line, id, path, parent id or None for "by path", names below) and order them parents first.

    Raises:
        TaxonomyError: the first thing that is wrong, with its line.
    """
    categories: dict[str, Category] = {}
    for line, ident, path, parent, below in rows:
        _check(line, ident, path)
        if ident in categories:
            raise TaxonomyError(
                f'line {line}: the id "{ident}" stands in line {categories[ident].line} already; give each category its own id'
            )
        categories[ident] = Category(ident, tuple(path), parent or None, tuple(below), line)
    if not categories:
        raise TaxonomyError("the file holds no category; expected a line for each, below the column names")
    return Taxonomy(name, tuple(_ordered(categories)), source)


def _check(line: int, ident: str, path: Sequence[str]) -> None:
    if not ident:
        raise TaxonomyError(f"line {line}: category_id is empty; every category needs an id")
    if not path or not all(path):
        raise TaxonomyError(f'line {line}: the path of "{ident}" is empty or has an empty step; write it as "Department > Shelf"')
    if len(path) > MAX_LEVEL:
        raise TaxonomyError(f'line {line}: the path of "{ident}" has {len(path)} levels; at most {MAX_LEVEL} are read')
    long = next((text for text in (ident, *path) if len(text) > MAX_TEXT), None)
    if long:
        raise TaxonomyError(f'line {line}: "{long[:40]}…" has {len(long)} characters; at most {MAX_TEXT} are read')


def _ordered(categories: dict[str, Category]) -> list[Category]:
    """Parents before children, otherwise in file order; parents that only paths tell are looked up by path."""
    by_path = {category.path: category for category in categories.values()}
    placed: dict[str, Category] = {}
    for category in categories.values():
        _place(category, categories, by_path, placed)
    return list(placed.values())


def _place(
    category: Category, categories: dict[str, Category], by_path: dict[tuple[str, ...], Category], placed: dict[str, Category]
) -> None:
    """Place a category behind its ancestors; walks up without recursion, so that no file can exhaust the stack."""
    chain: list[Category] = []
    on_way: set[str] = set()
    current: Category | None = category
    while current is not None and current.id not in placed:
        if current.id in on_way:
            ring = " > ".join([*(c.id for c in reversed(chain[[c.id for c in chain].index(current.id) :])), chain[-1].id][:6])
            raise TaxonomyError(f'line {current.line}: "{current.id}" is below itself ({ring}); correct parent_id in one of these lines')
        on_way.add(current.id)
        chain.append(current)
        current = _parent(current, categories, by_path)
    for one in reversed(chain):
        parent = _parent(one, categories, by_path)
        placed[one.id] = Category(one.id, one.path, parent.id if parent else None, one.children, one.line)


def _parent(category: Category, categories: dict[str, Category], by_path: dict[tuple[str, ...], Category]) -> Category | None:
    if category.parent_id is not None:
        parent = categories.get(category.parent_id)
        if parent is None:
            raise TaxonomyError(
                f'line {category.line}: parent_id "{category.parent_id}" of "{category.id}" is in no line; add it, or leave the cell empty'
            )
        return parent
    return by_path.get(category.path[:-1])
