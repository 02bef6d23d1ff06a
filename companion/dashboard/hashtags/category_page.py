"""A category: the tags that reach its buyers."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for

from companion.dashboard.blueprint import pages
from companion.dashboard.hashtags.choice import STRATEGY_OPTIONS, Choice, collect_link, level_of, tags_named
from companion.dashboard.hashtags.overview import Branch, branches
from companion.dashboard.hashtags.showing import FIRST, next_shown, shown_of
from companion.dashboard.hashtags.tables import TagRow, match_rows
from companion.hashtag_keeper import keeper
from companion.hashtags import Atlas, Category, Taxonomy
from companion.security.problems import RefusalError

MOST = 1_000
"""Tags in a file."""


@dataclass(frozen=True)
class CategoryView:
    """What the page shows; `rows` is None while the graph is being built; `more` is the address that shows more, "" where all are shown."""

    choice: Choice
    category: Category
    above: tuple[Category, ...]
    below: tuple[Branch, ...]
    rows: tuple[TagRow, ...] | None
    has_more: bool = False
    more: str = ""

    strategies = STRATEGY_OPTIONS
    most = MOST

    @property
    def collect(self) -> str:
        """Where the scraper takes the hashtags that the category's name suggests; "" where it is not installed."""
        return collect_link(tags_named(self.category))


@pages.get("/hashtags/category")
def hashtag_category_page() -> str:
    """The page of the category whose id stands in the address."""
    choice, category, tree = asked()
    atlas = keeper().ready(tree, level_of(tree, category), choice.strategy)
    shown = shown_of(request.args)
    rows = None if atlas is None else category_rows(atlas, category, tree, choice, shown + 1)
    there = len(rows or ())
    wanted = next_shown(shown, there)
    more = url_for("dashboard.hashtag_category_page", id=category.id, shown=wanted, **choice.query(q="")) if wanted else ""
    above_it, below = above(tree, category), branches(tree, category.id)
    view = CategoryView(choice, category, above_it, below, None if rows is None else rows[:shown], there > shown, more)
    return render_template("hashtags/category.html", view=view)


def asked() -> tuple[Choice, Category, Taxonomy]:
    """What the address names; an unknown category is a page that does not exist."""
    choice = Choice.of(request.args)
    tree = choice.taxonomy
    category = tree.get(request.args.get("id", ""))
    if category is None:
        raise RefusalError(404, "not-found", "There is no such category; choose one from the menu under Hashtags.")
    return choice, category, tree


def category_rows(atlas: Atlas, category: Category, tree: Taxonomy, choice: Choice, top: int = FIRST) -> tuple[TagRow, ...]:
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
