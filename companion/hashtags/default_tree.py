"""The tree that ships: the project's own kinds of products as departments and shelves."""

from __future__ import annotations

from functools import lru_cache

from companion.hashtags.taxonomy import Category, Taxonomy
from companion.hashtags.vocabulary import vocabulary

DEFAULT = "default"
"""The name of the tree that ships."""

_HIDDEN = ("finds/finds",)
"""Kinds that are no shelf: "things I bought" lies on all of them."""


@lru_cache(maxsize=1)
def default_tree() -> Taxonomy:
    """Departments and shelves; the id of a shelf is that of its kind."""
    departments: dict[str, Category] = {}
    shelves: list[Category] = []
    for kind in vocabulary().kinds.values():
        if kind.id in _HIDDEN:
            continue
        head = kind.path[0]
        ident = "".join(char if char.isalnum() else "-" for char in head.casefold())
        department = departments.setdefault(head, Category(ident, (head,)))
        shelves.append(Category(kind.id, kind.path, department.id, kind.shop))
    return Taxonomy(DEFAULT, (*departments.values(), *shelves), "default")
