"""Several hashtags side by side."""

from __future__ import annotations

from dataclasses import dataclass

from flask import render_template, request

from companion.dashboard.blueprint import pages
from companion.dashboard.hashtags.choice import MOST_TAGS, STRATEGY_OPTIONS, Choice
from companion.dashboard.hashtags.numbers import numbers_of
from companion.dashboard.hashtags.tables import TagRow
from companion.hashtag_keeper import keeper
from companion.hashtags import TagAnswer, clean_tags

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
    typed = request.args.get("tags", "")[:TYPED].replace(",", " ").split()
    wanted = tuple(clean_tags([*request.args.getlist("t"), *typed]))
    choice, tags = Choice.of(request.args), wanted[:MOST_TAGS]
    tree = choice.taxonomy
    atlas = keeper().ready(tree)
    columns = None
    if atlas is not None:
        answers = {tag: atlas.map_tag(tag, tree, min(2, tree.depth), 1, choice.strategy) for tag in tags}
        columns = tuple(
            Column(TagRow(numbers_of(atlas, tag)), " › ".join(answers[tag].matches[0].path) if _leads(answers[tag]) else "") for tag in tags
        )
        keeper().keep_soon()
    return render_template("hashtags/compare.html", view=CompareView(choice, tags, len(wanted) - len(tags), columns))


def _leads(answer: TagAnswer) -> bool:
    return bool(answer.matches) and not answer.none
