"""A hashtag: where it leads, why, its numbers, its neighbours, and who asks for what under it."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

from flask import current_app, render_template, request

from companion.dashboard.blueprint import pages
from companion.dashboard.hashtags.choice import STRATEGY_OPTIONS, Choice
from companion.dashboard.hashtags.tables import TagRow
from companion.hashtag_keeper import keeper
from companion.hashtags import Neighbourhood, RelatedTag, TagAnswer, clean_tag
from companion.services import connection
from companion.store import creators

SHOWN = 8
RELATED = 12
LEVEL = 2
LEAST, ALWAYS = 0.02, 3
"""Categories that fit less are not listed, but the first three always are."""


@dataclass(frozen=True)
class Dot:
    """A tag in the picture: place (0 to 100), radius, and whether it is the one in the middle."""

    tag: str
    x: float
    y: float
    radius: float
    videos: int
    department: str
    middle: bool


@dataclass(frozen=True)
class Picture:
    """A tag's surroundings: dots and lines (x1, y1, x2, y2, width)."""

    dots: tuple[Dot, ...]
    lines: tuple[tuple[float, float, float, float, float], ...]


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
    def can_collect(self) -> bool:
        """Whether the scraper is there to hand the tag to."""
        return "scrapes.collect" in current_app.view_functions


@pages.get("/hashtags/tag/<path:tag>")
def hashtag_page(tag: str) -> str:
    """The page of a tag, known or not: a tag that no video carries is read by its words."""
    choice, atlas, cleaned = Choice.of(request.args), keeper().answer(), clean_tag(tag) or tag[:100]
    if atlas is None:
        return render_template("hashtags/tag.html", view=TagView(choice, cleaned))
    tree = choice.taxonomy
    answer = atlas.map_tag(cleaned, tree, min(LEVEL, tree.depth), SHOWN, choice.strategy, explain=True)
    shown = tuple(match for place, match in enumerate(answer.matches) if place < ALWAYS or match.score >= LEAST)
    numbers = atlas.statistics(cleaned)
    view = TagView(
        choice,
        cleaned,
        replace(answer, matches=shown),
        TagRow(numbers),
        tuple(atlas.related(cleaned, RELATED)),
        picture_of(atlas.neighbourhood(cleaned, tree)),
        _creators(numbers.top_creators),
    )
    keeper().keep()
    return render_template("hashtags/tag.html", view=view)


def picture_of(around: Neighbourhood) -> Picture | None:
    """Dots on a ring about the tag, most videos in common first; None where there is nothing around it."""
    if len(around.tags) < 2:
        return None
    most = max(videos for _, videos, _ in around.tags) or 1
    dots = []
    for place, (tag, videos, department) in enumerate(around.tags):
        angle = 2 * math.pi * (place - 1) / (len(around.tags) - 1) - math.pi / 2
        reach = 0.0 if place == 0 else 38.0 if place % 2 else 28.0
        radius = 1.2 + 2.6 * math.sqrt(videos / most)
        dots.append(Dot(tag, 50 + reach * 1.1 * math.cos(angle), 50 + reach * math.sin(angle), radius, videos, department, place == 0))
    at = {dot.tag: dot for dot in dots}
    heaviest = max(weight for _, _, weight in around.edges) if around.edges else 1
    lines = [(at[a].x, at[a].y, at[b].x, at[b].y, 0.1 + 0.9 * weight / heaviest) for a, b, weight in around.edges]
    return Picture(tuple(dots), tuple(lines))


def _creators(found: tuple[tuple[str, int], ...]) -> tuple[tuple[str, str, str, int], ...]:
    """(platform, id, name, videos) of the creators that use a tag most."""
    named = []
    for key, videos in found:
        platform, _, ident = key.partition(":")
        known = creators.find(connection("reader"), platform, ident)
        name = (f"@{known.handle}" if known and known.handle else (known.name if known else None)) or ident
        named.append((platform, ident, name, videos))
    return tuple(named)
