"""A table of categories (id, name and, where they nest, the parent's id) that a feed's rows point into."""

from __future__ import annotations

from pathlib import Path

from companion.shop.catalogue.bytes_in import Source
from companion.shop.catalogue.columns import folded
from companion.shop.catalogue.records import HeaderError, table_records

MOST = 200_000
"""Categories; Google's and Amazon's trees have a few thousand."""

_NAMES = {
    "id": ("id", "category_id", "categoryid"),
    "name": ("name", "category_name", "category", "title", "path"),
    "parent": ("parent_id", "parent", "parentid", "parent_category_id"),
}


def read_tree(path: Path) -> dict[str, tuple[str, str]]:
    """Categories by id: (name, parent's id or "").

    Raises:
        ValueError: the file is no such table.
        OSError: it cannot be read.
    """
    source = Source(path)
    tree: dict[str, tuple[str, str]] = {}
    columns: dict[str, str] = {}
    try:
        for record in table_records(source.lines()):
            if record.error:
                raise ValueError(f"{path} line {record.line}: {record.error}")
            if not columns:
                folds = {folded(name): name for name in record.values}
                columns = {part: next((folds[name] for name in names if name in folds), "") for part, names in _NAMES.items()}
            ident, name, parent = (record.values.get(columns[part], "").strip() for part in ("id", "name", "parent"))
            if ident and name:
                tree[ident] = (name, "" if parent == ident else parent)
            if len(tree) > MOST:
                raise ValueError(f"{path} has more than {MOST:,} categories")
    except HeaderError as error:
        raise ValueError(f"{path}: {error}") from error
    finally:
        source.close()
    if not tree:
        raise ValueError(f"{path} has no categories; its columns must be id and name, and parent_id where they nest")
    return tree
