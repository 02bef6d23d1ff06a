"""The start page of hashtags: search, the menu of categories, and the largest tags of what was collected."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for

from companion.dashboard.blueprint import pages
from companion.dashboard.hashtags.choice import STRATEGY_OPTIONS, Choice, largest, tree_options
from companion.dashboard.hashtags.tables import TagRow, tag_rows
from companion.hashtag_keeper import keeper
from companion.hashtags import Atlas, Category, Hit, Taxonomy
from companion.quality.shares import Share, wilson

LARGEST = 25
FOUND = 40


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

    strategies = STRATEGY_OPTIONS

    @property
    def trees(self) -> tuple[object, ...]:
        """Trees to choose from."""
        return tree_options()

    def link(self, hit: Hit) -> str:
        """Where a hit leads."""
        chosen: dict[str, Any] = self.choice.query(q="")
        if hit.kind == "tag":
            return url_for("dashboard.hashtag_page", tag=hit.id, **chosen)
        return url_for("dashboard.hashtag_category_page", id=hit.id, **chosen)


@pages.get("/hashtags")
def hashtags_page() -> str:
    """The page; while the graph is being built it asks again by itself."""
    choice, atlas = Choice.of(request.args), keeper().answer()
    tree = choice.taxonomy
    menu = branches(tree)
    if atlas is None:
        view = OverviewView(choice, menu, ready=False, building=True)
    else:
        graded, high = int(sum(post.graded for post in atlas.graph.posts)), int(sum(post.high for post in atlas.graph.posts))
        view = OverviewView(
            choice,
            menu,
            ready=True,
            building=keeper().is_building,
            videos=len(atlas.graph.posts),
            tags=len(atlas.graph.tags),
            share=wilson(high, graded),
            rows=tag_rows(largest(atlas, LARGEST)),
            hits=found(atlas, choice, tree),
        )
    return render_template("hashtags/overview.html", view=view)


def found(atlas: Atlas, choice: Choice, tree: Taxonomy) -> tuple[Hit, ...]:
    """What the search finds; a text that no video carries as a tag is offered as one to read by its words."""
    if not choice.q:
        return ()
    return tuple(atlas.search(choice.q, tree, FOUND))


def branches(tree: Taxonomy, parent: str | None = None) -> tuple[Branch, ...]:
    """The menu: every level below its own."""
    return tuple(Branch(category, branches(tree, category.id)) for category in tree.below.get(parent, ()))
