"""`buysignal hashtags taxonomy`: category trees."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from companion.commands.options import BadInputError, json_option, workspace_option
from companion.commands.saying import count_of, say

if TYPE_CHECKING:
    from companion.hashtags import Taxonomy
    from companion.store import Store

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
SHOWN = 40
"""Categories of `taxonomy show` without --all."""


@click.group("taxonomy", short_help="Category trees of shops.")
def taxonomy() -> None:
    """Category trees: one ships under the name "default", others are imported."""


@taxonomy.command("import", short_help="Take in a category tree.")
@click.argument("file", type=_FILE)
@click.option("--name", required=True, help="Under which name to keep it; a tree of the same name gives way.")
@workspace_option
@json_option
def import_command(file: Path, name: str, workspace: Path, as_json: bool) -> None:
    """Take in a category tree; the format is told by the content.

    \b
    own          CSV: category_id, path ("Pets > Dogs"), level, parent_id;
                 children ("Food; Toys") is read where it stands there
    eBay         CSV with L1 to L6 and the id, or CategoryID, CategoryName,
                 CategoryParentID; or the JSON of getCategoryTree
    Google       the text file of the product taxonomy, with or without ids (.txt)
    TikTok Shop  CSV: id, parent_id, local_name; or as an own file

    A tree with a wrong line is not taken in; the line is named.
    """  # noqa: D301 (click reads the backspace as "do not wrap this")
    from companion.hashtag_atlas import import_taxonomy
    from companion.hashtags import TaxonomyError

    try:
        tree = import_taxonomy(open_workspace(workspace), file, name)
    except TaxonomyError as error:
        raise BadInputError(f"{file.name}: {error}") from error
    counts = [len([one for one in tree.categories if one.level == level]) for level in range(1, tree.depth + 1)]
    if as_json:
        click.echo(json.dumps({"name": name, "source": tree.source, "categories": len(tree.categories), "levels": counts}))
        return
    levels = ", ".join(f"{count:,} on level {level}" for level, count in enumerate(counts, 1))
    say(f'Took in {count_of(len(tree.categories), "category", "categories")} as "{name}": {levels}')


@taxonomy.command("list", short_help="The trees that are there.")
@workspace_option
@json_option
def list_command(workspace: Path, as_json: bool) -> None:
    """The trees that are there; without --taxonomy the first one is used."""
    from companion.hashtags import DEFAULT, default_tree
    from companion.store import taxonomies

    with open_workspace(workspace).reading() as connection:
        there = taxonomies.listed(connection)
    shipped = default_tree()
    found = [(one.name, one.source, one.categories, one.levels) for one in there]
    for name, source, categories, levels in [*found, (DEFAULT, "ships with BuySignal", len(shipped.categories), shipped.depth)]:
        if as_json:
            click.echo(json.dumps({"name": name, "source": source, "categories": categories, "levels": levels}))
        else:
            say(f"{name}: {count_of(categories, 'category', 'categories')}, {count_of(levels, 'level')} ({source})")


@taxonomy.command("show", short_help="The categories of a tree.")
@click.argument("name")
@click.option("--all", "everything", is_flag=True, help=f"All of them, not the first {SHOWN}.")
@workspace_option
def show_command(name: str, everything: bool, workspace: Path) -> None:
    """The categories of a tree with their ids."""
    tree = tree_of(open_workspace(workspace), name)
    shown = tree.categories if everything else tree.categories[:SHOWN]
    for category in shown:
        say(f"{category.id}  {' > '.join(category.path)}")
    if len(shown) < len(tree.categories):
        say(f"and {len(tree.categories) - len(shown):,} more; --all shows them")


def open_workspace(workspace: Path) -> Store:
    """The workspace's store; what is wrong with it ends the command."""
    from companion.store import SchemaTooNewError, StoreError, open_store
    from companion.store.workspace import WorkspaceError

    try:
        return open_store(workspace)
    except (WorkspaceError, SchemaTooNewError, StoreError) as error:
        raise BadInputError(str(error)) from error


def tree_of(store: Store, name: str | None) -> Taxonomy:
    """A tree by name, or the one that is used without a name."""
    from companion.hashtag_atlas import find_taxonomy

    with naming_trees():
        return find_taxonomy(store, name)


@contextmanager
def naming_trees() -> Iterator[None]:
    """What is wrong with a tree or a category ends the command with one line."""
    from companion.hashtags import TaxonomyError

    try:
        yield
    except TaxonomyError as error:
        raise BadInputError(str(error)) from error
