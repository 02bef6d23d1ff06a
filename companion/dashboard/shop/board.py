"""The board of needs: what the writers of comments ask for, held against the catalogue, and below which videos they ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from companion import shop_demand
from companion.quality.shares import Share, wilson
from companion.shop.demand import ASKING, Answer, AskedComment, Need, Search, answers, needs
from companion.shop_index import Shop
from companion.store import Store
from companion.store.wanted import Wanted

MOST_NEEDS = 300
"""Needs that are held against the catalogue, those of most people first; each is one search."""
MOST_GROUPS = 200
TOP = 3
"""Needs named for a video, a hashtag or a creator."""


@dataclass(frozen=True)
class Scope:
    """Below which videos: "" is everywhere; `video` and `creator` are "platform:id"."""

    video: str = ""
    hashtag: str = ""
    creator: str = ""


@dataclass(frozen=True)
class Group:
    """What is asked for below one video, under one hashtag or below the videos of one creator.

    `key` names it as `Scope` does, `asking` counts comments that ask for a thing, `share` those close to buying among all about one.
    """

    key: str
    name: str
    asking: int
    share: Share
    videos: int
    top: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Board:
    """Everything of a scope. `answered` holds needs with the products of the catalogue that answer them, most people first."""

    answered: tuple[Answer, ...]
    comments: int
    high: int
    more: int
    groups: Mapping[str, tuple[Group, ...]]

    def behind(self, product: str) -> list[Answer]:
        """The needs that a product answers."""
        return [one for one in self.answered if any(found.id == product for found in one.products)]


def board_of(store: Store, shop: Shop, model: str, scope: Scope) -> Board:
    """Count the board by the grades of `model` and the user's own."""
    with store.reading() as connection:
        comments = shop_demand.asked(connection, model, Wanted(video=scope.video, hashtag=scope.hashtag, creator=scope.creator))
    found = needs(comments, shop.nouns)
    held = answers(found[:MOST_NEEDS], _search(shop))
    return Board(tuple(held), len(comments), sum(one.high for one in comments), max(0, len(found) - MOST_NEEDS), _groups(comments, found))


def _search(shop: Shop) -> Search:
    return lambda text, count: [shop.products[hit.place] for hit in shop.retriever.search(text, count)]


def _groups(comments: Iterable[AskedComment], found: Iterable[Need]) -> dict[str, tuple[Group, ...]]:
    named = {place: need.name for need in found for place in need.comments}
    said: dict[str, dict[tuple[str, str], list[AskedComment]]] = {"video": {}, "hashtag": {}, "creator": {}}
    for comment in comments:
        for by, key in _keys(comment):
            said[by].setdefault(key, []).append(comment)
    return {by: _ranked(groups, named) for by, groups in said.items()}


def _keys(comment: AskedComment) -> Iterator[tuple[str, tuple[str, str]]]:
    """(kind of group, (key, name)) of each group that a comment belongs to."""
    video = comment.video
    yield "video", (f"{video.platform}:{video.id}", video.caption or video.product or f"Video {video.id}")
    for tag in dict.fromkeys(tag.lower() for tag in video.hashtags):
        yield "hashtag", (tag, f"#{tag}")
    if video.creator:
        yield "creator", (f"{video.platform}:{video.creator}", f"@{video.handle}" if video.handle else video.creator)


def _ranked(groups: Mapping[tuple[str, str], list[AskedComment]], named: Mapping[tuple[str, str], str]) -> tuple[Group, ...]:
    made = []
    for (key, name), said in groups.items():
        asking = [one for one in said if one.signal in ASKING]
        share = wilson(sum(one.high for one in said), len(said))
        top = Counter(named[place] for one in asking if (place := (one.video.platform, one.id)) in named)
        if asking and share:
            made.append(Group(key, name, len(asking), share, len({one.video.id for one in said}), tuple(top.most_common(TOP))))
    return tuple(sorted(made, key=lambda one: (-one.asking, one.name))[:MOST_GROUPS])
