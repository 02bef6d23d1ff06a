"""Products ranked by how many people are close to buying them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from companion.quality.shares import Share, wilson
from companion.shop.demand.answers import Answer
from companion.shop.demand.asked import AskedComment


@dataclass(frozen=True)
class ProductIntent:
    """A product and what is said about it.

    Attributes:
        id: of the catalogue (`by_answer`) or of the shop that is linked below videos (`by_link`).
        price: as written, "" where not known.
        comments: about the product; `high` of them are close to buying, `share` with its 95 % interval.
        videos: below which they stand.
    """

    id: str
    title: str
    price: str
    comments: int
    high: int
    share: Share
    videos: int


def by_answer(held: Iterable[Answer]) -> list[ProductIntent]:
    """Products of the catalogue by the needs which they answer best. A need counts for its best product only, so nothing counts twice."""
    found: dict[str, list[Answer]] = {}
    for answer in held:
        if answer.products:
            found.setdefault(answer.products[0].id, []).append(answer)
    made = []
    for ident, answered in found.items():
        product = answered[0].products[0]
        price = "" if product.price is None else f"{product.price:g} {product.currency}".strip()
        comments, high = sum(len(one.need.comments) for one in answered), sum(one.need.high for one in answered)
        videos = {(video.platform, video.id) for one in answered for video, _ in one.need.videos}
        made.append(ProductIntent(ident, product.title, price, comments, high, _share(high, comments), len(videos)))
    return _ordered(made)


def by_link(comments: Iterable[AskedComment]) -> list[ProductIntent]:
    """Products linked below videos by the comments there; a comment below several products counts for none, nobody knows which."""
    found: dict[str, list[AskedComment]] = {}
    for comment in comments:
        if len(comment.video.linked) == 1:
            found.setdefault(comment.video.linked[0].id, []).append(comment)
    made = []
    for ident, said in found.items():
        linked = said[0].video.linked[0]
        price = f"{linked.price} {linked.currency}".strip() if linked.price else ""
        videos = {(comment.video.platform, comment.video.id) for comment in said}
        high = sum(comment.high for comment in said)
        made.append(ProductIntent(ident, linked.title, price, len(said), high, _share(high, len(said)), len(videos)))
    return _ordered(made)


def _share(high: int, comments: int) -> Share:
    share = wilson(high, comments)
    assert share is not None  # noqa: S101 (only products with comments come here)
    return share


def _ordered(made: list[ProductIntent]) -> list[ProductIntent]:
    return sorted(made, key=lambda one: (-one.high, -one.share.low, one.title))
