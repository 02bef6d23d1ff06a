"""A targeting brief for an ad manager: whom to show one's product to, found through what people ask for under videos.

From the user's product the way leads over similar products to the needs that people voice, and from these to the videos below which they
are voiced: their hashtags, creators, languages and words are what an ad manager can aim at. People are not: see `NO_LIST`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from companion.quality.shares import Share, wilson
from companion.shop.audience_categories import categories_of
from companion.shop.demand import AskedComment, AskedVideo, Need
from companion.shop.product import Product
from companion.shop.retrieval.words import words

NO_LIST = (
    "The people who wrote these comments cannot be uploaded as a customer list. A customer list takes mail addresses, phone numbers or"
    " device ids of people who gave them to you and agreed to this use; the writers of comments did neither. BuySignal stores no names:"
    " writers are pseudonyms that no ad manager could match. Aim at what they watch and search for instead."
)

_EVERYWHERE = """
fyp foryou foryoupage fy viral trending trend tiktok xyzbca parati pourtoi fürdich foru fypage capcut edit video love funny ad werbung
anzeige tiktokmademebuyit amazonfinds tiktokshop
"""
EVERYWHERE = frozenset(_EVERYWHERE.split())
"""Hashtags that say nothing about what a video is about."""

MOST = 15
LEAST_COMMENTS = 5
"""Comments about the thing below a video before its share counts."""


@dataclass(frozen=True)
class Tag:
    """A hashtag with the videos and the comments close to buying under it."""

    name: str
    videos: int
    high: int


@dataclass(frozen=True)
class Promotable:
    """An organic video below which many are close to buying; `share` of the comments about the thing."""

    video: AskedVideo
    high: int
    comments: int
    share: Share


@dataclass(frozen=True)
class Maker:
    """A creator with the comments close to buying below the videos counted here. `handle` is public."""

    handle: str
    videos: int
    high: int


@dataclass(frozen=True)
class Brief:
    """Everything of one product. Counts are of comments close to buying where not said otherwise."""

    product: Product
    similar: tuple[Product, ...]
    needs: tuple[Need, ...]
    comments: int
    high: int
    hashtags: tuple[Tag, ...]
    interests: tuple[tuple[str, int], ...]
    creator_categories: tuple[tuple[str, int], ...]
    creators: tuple[Maker, ...]
    languages: tuple[tuple[str, int], ...]
    search_words: tuple[str, ...]
    videos: tuple[Promotable, ...]
    note: str = NO_LIST


def brief(product: Product, similar: Sequence[Product], needs: Iterable[Need], comments: Iterable[AskedComment]) -> Brief:
    """The brief of `product`. `similar` are products like it (of the user's catalogue), `needs` were made of `comments`.

    A need belongs to it when its noun is in the title or narrowest category of the product or of a similar one of the same category.
    """
    kin = tuple(one for one in similar if one.id != product.id and one.category[-1:] == product.category[-1:])[:MOST]
    nouns = {word for one in (product, *kin) for word in _words(one)}
    own = tuple(need for need in needs if need.noun and need.noun in nouns)
    wanted = {place for need in own for place in need.comments}
    about = [comment for comment in comments if (comment.video.platform, comment.id) in wanted]
    high = [comment for comment in about if comment.high]
    videos = {(comment.video.platform, comment.video.id): comment.video for comment in high}
    return Brief(
        product=product,
        similar=kin,
        needs=own,
        comments=len(about),
        high=len(high),
        hashtags=_hashtags(high),
        interests=tuple(categories_of([" ".join((*product.category, product.title)), *(need.name for need in own)])),
        creator_categories=tuple(categories_of(f"{one.caption} {' '.join(one.hashtags)}" for one in videos.values())),
        creators=_creators(high),
        languages=tuple(Counter(comment.lang for comment in high if comment.lang).most_common()),
        search_words=_search_words(product, own),
        videos=_promotable(about),
    )


def _words(product: Product) -> set[str]:
    return {*words(product.title), *words(product.category[-1] if product.category else "")}


def _hashtags(high: Sequence[AskedComment]) -> tuple[Tag, ...]:
    counts: Counter[str] = Counter()
    videos: dict[str, set[tuple[str, str]]] = {}
    for comment in high:
        for name in comment.video.hashtags:
            if name.casefold() not in EVERYWHERE:
                counts[name.casefold()] += 1
                videos.setdefault(name.casefold(), set()).add((comment.video.platform, comment.video.id))
    ranked = sorted(counts, key=lambda name: (-counts[name], -len(videos[name]), name))
    return tuple(Tag(name, len(videos[name]), counts[name]) for name in ranked[:MOST])


def _creators(high: Sequence[AskedComment]) -> tuple[Maker, ...]:
    found: dict[str, list[AskedComment]] = {}
    for comment in high:
        if comment.video.handle:
            found.setdefault(comment.video.handle, []).append(comment)
    made = [Maker(handle, len({one.video.id for one in said}), len(said)) for handle, said in found.items()]
    return tuple(sorted(made, key=lambda one: (-one.high, one.handle))[:MOST])


def _search_words(product: Product, needs: Sequence[Need]) -> tuple[str, ...]:
    """What people call it, the most asked first, then the product's own category; each once."""
    said = [need.name for need in needs] + [need.noun for need in needs]
    said += [part.strip().lower() for part in (product.category[-1].split(",") if product.category else [])]
    return tuple(dict.fromkeys(word for word in said if word))[:MOST]


def _promotable(about: Sequence[AskedComment]) -> tuple[Promotable, ...]:
    """Organic videos by the lower end of their share's interval, so that few comments do not win by luck."""
    found: dict[tuple[str, str], list[AskedComment]] = {}
    for comment in about:
        if comment.video.commerce == "organic":
            found.setdefault((comment.video.platform, comment.video.id), []).append(comment)
    made = []
    for said in found.values():
        high = sum(one.high for one in said)
        share = wilson(high, len(said))
        if share is not None and high and len(said) >= LEAST_COMMENTS:
            made.append(Promotable(said[0].video, high, len(said), share))
    return tuple(sorted(made, key=lambda one: (-one.share.low, -one.high, one.video.id))[:MOST])
