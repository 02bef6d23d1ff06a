"""A hashtag: where it leads, why, its numbers, its neighbours, and who asks for what under it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import render_template, request

from companion.dashboard.blueprint import pages
from companion.dashboard.hashtags.choice import STRATEGY_OPTIONS, Choice, collect_link
from companion.dashboard.hashtags.numbers import numbers_of
from companion.dashboard.hashtags.picture import Picture, picture_of
from companion.dashboard.hashtags.tables import TagRow
from companion.hashtag_keeper import LEVEL, keeper
from companion.hashtags import RelatedTag, TagAnswer, clean_tag
from companion.services import connection
from companion.store import creators

SHOWN = 8
RELATED = 12
LEAST, NEAREST = 0.05, 3
"""Categories that fit less are not listed, but the first always is; of a tag that leads nowhere only the nearest three are."""


SURENESS = ((0.75, "a clear match"), (0.5, "a likely match"), (0.0, "a guess"))
"""Words for a first category, from so much on."""


@dataclass(frozen=True)
class TagView:
    """What the page shows; everything but the tag is None while the graph is being built."""

    choice: Choice
    tag: str
    answer: TagAnswer | None = None
    row: TagRow | None = None
    related: tuple[RelatedTag, ...] = ()
    picture: Picture | None = None
    creators: tuple[tuple[str, str, str, int], ...] = ()

    strategies = STRATEGY_OPTIONS

    @property
    def sureness(self) -> str:
        """How far the first category can be relied on: no further than it fits, and than the tag is known."""
        surest = min(self.answer.confidence, self.answer.matches[0].score) if self.answer and self.answer.matches else 0.0
        return next(words for least, words in SURENESS if surest >= least)

    @property
    def collect(self) -> str:
        """Where the scraper takes the tag; "" where it is not installed."""
        return collect_link([self.tag])


@pages.get("/hashtags/tag/<path:tag>")
def hashtag_page(tag: str) -> str:
    """The page of a tag, known or not: a tag that no video carries is read by its words."""
    choice, cleaned = Choice.of(request.args), clean_tag(tag) or tag[:100]
    tree = choice.taxonomy
    atlas = keeper().ready(tree)
    if atlas is None:
        return render_template("hashtags/tag.html", view=TagView(choice, cleaned))
    answer = atlas.map_tag(cleaned, tree, min(LEVEL, tree.depth), SHOWN, choice.strategy, explain=True)
    best = answer.matches[:NEAREST] if answer.none else answer.matches
    shown = tuple(match for place, match in enumerate(best) if answer.none or not place or match.score >= LEAST)
    numbers = numbers_of(atlas, cleaned)
    view = TagView(
        choice,
        cleaned,
        replace(answer, matches=shown),
        TagRow(numbers),
        tuple(atlas.related(cleaned, RELATED)),
        picture_of(atlas.neighbourhood(cleaned, tree)),
        _creators(numbers.top_creators),
    )
    keeper().keep_soon()
    return render_template("hashtags/tag.html", view=view)


def _creators(found: tuple[tuple[str, int], ...]) -> tuple[tuple[str, str, str, int], ...]:
    """(platform, id, name, videos) of the creators that use a tag most."""
    named = []
    for key, videos in found:
        platform, _, ident = key.partition(":")
        known = creators.find(connection("reader"), platform, ident)
        name = (f"@{known.handle}" if known and known.handle else (known.name if known else None)) or ident
        named.append((platform, ident, name, videos))
    return tuple(named)
