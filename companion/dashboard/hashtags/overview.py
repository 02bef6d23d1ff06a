"""The start page of hashtags: search, the menu of categories, and the largest tags of what was collected."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request, url_for

from companion.dashboard.blueprint import pages
from companion.dashboard.hashtags.choice import STRATEGY_OPTIONS, Choice, tree_options
from companion.dashboard.hashtags.numbers import largest, share_of_all
from companion.dashboard.hashtags.showing import next_shown, shown_of
from companion.dashboard.hashtags.tables import TagRow, tag_rows
from companion.hashtag_keeper import keeper
from companion.hashtags import Category, Hit, Taxonomy
from companion.quality.shares import Share

FOUND = 40
MENU_LEVELS = 2
"""Levels of a menu on one page: an imported tree may hold thousands of categories."""


@dataclass(frozen=True)
class Branch:
    """A category of the menu with those below it."""

    category: Category
    below: tuple[Branch, ...]


@dataclass(frozen=True)
class OverviewView:
    """What the page shows; figures are None while the graph is being built."""

    choice: Choice
    menu: tuple[Branch, ...]
    ready: bool
    building: bool
    videos: int = 0
    tags: int = 0
    share: Share | None = None
    rows: tuple[TagRow, ...] = ()
    hits: tuple[Hit, ...] = ()
    more: str = ""

    strategies = STRATEGY_OPTIONS

    @property
    def trees(self) -> tuple[object, ...]:
        """Trees to choose from."""
        return tree_options()

    def link(self, hit: Hit) -> str:
        """Where a hit leads."""
        chosen = self.choice.query(q="")
        if hit.kind == "tag":
            return url_for("dashboard.hashtag_page", tag=hit.id, **chosen)
        return url_for("dashboard.hashtag_category_page", id=hit.id, **chosen)


@pages.get("/hashtags")
def hashtags_page() -> str:
    """The page; while the graph is being built it asks again by itself."""
    choice = Choice.of(request.args)
    tree = choice.taxonomy
    menu, atlas = branches(tree), keeper().ready(tree, strategy=choice.strategy) if choice.q else keeper().answer()
    if atlas is None:
        view = OverviewView(choice, menu, ready=False, building=True)
    else:
        shown = shown_of(request.args)
        wanted = next_shown(shown, len(atlas.graph.tags))
        view = OverviewView(
            choice,
            menu,
            ready=True,
            building=keeper().is_building,
            videos=len(atlas.graph.posts),
            tags=len(atlas.graph.tags),
            share=share_of_all(atlas),
            rows=() if choice.q else tag_rows(largest(atlas, shown)),
            hits=tuple(atlas.search(choice.q, tree, FOUND, choice.strategy)),
            more=url_for("dashboard.hashtags_page", shown=wanted, **choice.query()) if wanted else "",
        )
    return render_template("hashtags/overview.html", view=view)


def branches(tree: Taxonomy, parent: str | None = None, levels: int = MENU_LEVELS) -> tuple[Branch, ...]:
    """The menu: so many levels below a category, each below its own; a category's own page shows the next ones."""
    below = tree.below.get(parent, ()) if levels else ()
    return tuple(Branch(category, branches(tree, category.id, levels - 1)) for category in below)
