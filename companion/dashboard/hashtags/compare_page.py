"""Several hashtags side by side."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, render_template, request

from companion.dashboard.blueprint import pages
from companion.dashboard.hashtags.choice import MOST_TAGS, STRATEGY_OPTIONS, Choice
from companion.dashboard.hashtags.numbers import numbers_of
from companion.dashboard.hashtags.saving import BUILDING, file_of
from companion.dashboard.hashtags.tables import COLUMNS, TagRow
from companion.exporting.tables import Column as FileColumn
from companion.hashtag_keeper import keeper
from companion.hashtags import Atlas, Taxonomy, clean_tags
from companion.security.problems import RefusalError

TYPED = 600
"""Characters of what is typed into the field."""


@dataclass(frozen=True)
class Column:
    """A tag with its numbers and the category it leads to, "" where it leads nowhere."""

    row: TagRow
    category: str


@dataclass(frozen=True)
class CompareView:
    """What the page shows; `columns` is None while the graph is being built; `over` tags were too many."""

    choice: Choice
    tags: tuple[str, ...]
    over: int
    columns: tuple[Column, ...] | None = None

    most = MOST_TAGS
    strategies = STRATEGY_OPTIONS


@pages.get("/hashtags/compare")
def hashtag_compare_page() -> str:
    """Tags come as `t`, one each, or as words in `tags`."""
    choice, wanted = Choice.of(request.args), _wanted()
    tags, tree = wanted[:MOST_TAGS], choice.taxonomy
    atlas = keeper().ready(tree)
    columns = None
    if atlas is not None:
        columns = tuple(_column(atlas, tag, tree, choice) for tag in tags)
        keeper().keep_soon()
    return render_template("hashtags/compare.html", view=CompareView(choice, tags, len(wanted) - len(tags), columns))


@pages.get("/hashtags/compare.<kind>")
def save_compared(kind: str) -> Response:
    """The same as a file, a hashtag a row."""
    choice = Choice.of(request.args)
    tree = choice.taxonomy
    atlas = keeper().ready(tree)
    if atlas is None:
        raise RefusalError(503, "busy", BUILDING, retry_after=2)
    columns = [_column(atlas, tag, tree, choice) for tag in _wanted()[:MOST_TAGS]]
    rows = [[*one.row.values, one.category or None] for one in columns]
    return file_of("hashtags-compared", kind, (*COLUMNS, FileColumn("category")), rows)


def _wanted() -> tuple[str, ...]:
    """All tags of the address, cleaned, each once."""
    typed = request.args.get("tags", "")[:TYPED].replace(",", " ").split()
    return tuple(clean_tags([*request.args.getlist("t"), *typed]))


def _column(atlas: Atlas, tag: str, tree: Taxonomy, choice: Choice) -> Column:
    """A tag's numbers with its best category and how well that fits; neither where it leads nowhere."""
    answer, numbers = atlas.map_tag(tag, tree, min(2, tree.depth), 1, choice.strategy), numbers_of(atlas, tag)
    if answer.none or not answer.matches:
        return Column(TagRow(numbers), "")
    best = answer.matches[0]
    return Column(TagRow(numbers, best.score, best.strategy), " › ".join(best.path))
