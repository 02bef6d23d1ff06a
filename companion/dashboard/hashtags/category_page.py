"""A category: the tags that reach its buyers."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request

from companion.dashboard.blueprint import pages
from companion.dashboard.hashtags.choice import STRATEGY_OPTIONS, Choice, level_of
from companion.dashboard.hashtags.overview import Branch, branches
from companion.dashboard.hashtags.tables import TagRow, match_rows
from companion.hashtag_keeper import keeper
from companion.hashtags import Atlas, Category, Taxonomy
from companion.security.problems import RefusalError

SHOWN = 60
MOST = 1_000
"""Tags in a file."""


@dataclass(frozen=True)
class CategoryView:
    """What the page shows; `rows` is None while the graph is being built."""

    choice: Choice
    category: Category
    above: tuple[Category, ...]
    below: tuple[Branch, ...]
    rows: tuple[TagRow, ...] | None

    strategies = STRATEGY_OPTIONS
    shown, most = SHOWN, MOST


@pages.get("/hashtags/category")
def hashtag_category_page() -> str:
    """The page of the category whose id stands in the address."""
    choice, category, tree = asked()
    atlas = keeper().ready(tree, level_of(tree, category), choice.strategy)
    rows = None if atlas is None else category_rows(atlas, category, tree, choice)
    view = CategoryView(choice, category, above(tree, category), branches(tree, category.id), rows)
    return render_template("hashtags/category.html", view=view)


def asked() -> tuple[Choice, Category, Taxonomy]:
    """What the address names; an unknown category is a page that does not exist."""
    choice = Choice.of(request.args)
    tree = choice.taxonomy
    category = tree.get(request.args.get("id", ""))
    if category is None:
        raise RefusalError(404, "not-found", "There is no such category in this tree; choose one from the menu.")
    return choice, category, tree


def category_rows(atlas: Atlas, category: Category, tree: Taxonomy, choice: Choice, top: int = SHOWN) -> tuple[TagRow, ...]:
    """Tags of a category, best first. A department is answered by its shelves together."""
    return match_rows(atlas, atlas.map_category(category.id, tree, level_of(tree, category), top, choice.strategy))


def above(tree: Taxonomy, category: Category) -> tuple[Category, ...]:
    """The way down to a category, the department first."""
    way: list[Category] = []
    current = category
    while current.parent_id is not None and (parent := tree.get(current.parent_id)):
        way.insert(0, parent)
        current = parent
    return tuple(way)
