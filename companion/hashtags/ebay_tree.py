"""eBay's category tree as its Taxonomy API answers: nested JSON."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from companion.hashtags.taxonomy import TaxonomyError


def tree_rows(text: str) -> Iterator[tuple[int, str, Sequence[str], str | None, Sequence[str]]]:
    """Rows of a tree; the root itself is no category. The "line" of an error is the category's number in the file.

    Raises:
        TaxonomyError: not such a tree.
    """
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise TaxonomyError(f"not valid JSON ({error})") from error
    root = found.get("rootCategoryNode") or found.get("categorySubtreeNode") if isinstance(found, dict) else None
    if not isinstance(root, dict):
        raise TaxonomyError('no "rootCategoryNode"; save the answer of getCategoryTree of eBay\'s Taxonomy API as it is')
    number = 0
    waiting: list[tuple[dict[str, Any], tuple[str, ...], str | None]] = [(node, (), None) for node in reversed(_below(root, 0))]
    while waiting:
        node, path, parent = waiting.pop()
        number += 1
        ident, name = _named(node, number)
        here = (*path, name)
        children = _below(node, number)
        yield number, ident, here, parent, [_named(child, number)[1] for child in children]
        waiting += [(child, here, ident) for child in reversed(children)]


def _below(node: dict[str, Any], number: int) -> list[dict[str, Any]]:
    children = node.get("childCategoryTreeNodes") or []
    if not isinstance(children, list) or not all(isinstance(child, dict) for child in children):
        raise TaxonomyError(f'category {number}: "childCategoryTreeNodes" is no list of categories')
    return children


def _named(node: dict[str, Any], number: int) -> tuple[str, str]:
    category = node.get("category")
    if not isinstance(category, dict) or not category.get("categoryId") or not category.get("categoryName"):
        raise TaxonomyError(f'category {number}: "categoryId" or "categoryName" is missing')
    return str(category["categoryId"]), str(category["categoryName"]).strip()
