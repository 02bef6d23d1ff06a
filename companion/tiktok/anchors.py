"""Product links of a video: JSON text inside JSON text, with 19-digit ids as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from companion.tiktok.bodies import parse
from companion.tiktok.fields import Row
from companion.tiktok.records import ReadProduct

_WRAPPER_TYPE, _PRODUCT_TYPE = 35, 33
_SHOP_KEYS = ("anchor_shop", "anchor_complex_shop", "anchor_good_link")
"""Beginnings of `component_key` that mean a product: TikTok Shop's own, its showcase, links to other shops."""

_LONGEST_PRICE = 24  # digits and signs
_DEEPEST = 6  # wrappers in wrappers


@dataclass(frozen=True)
class Links:
    """What a video links to. `products` is None where it cannot be told; `leads_to_shop` holds for a link without a product's id too."""

    products: tuple[ReadProduct, ...] | None
    leads_to_shop: bool


class _MalformedError(ValueError):
    """Text that should be JSON is not."""


def links_of(video: Row) -> Links:
    """The product links of a video. Most videos have no `anchors`; a body cut down to a few fields says nothing by that."""
    if not video.has("anchors"):
        return Links(() if video.has("isAd") else None, leads_to_shop=False)
    found: dict[str, ReadProduct] = {}
    leads, broken = False, False
    for anchor in video.rows("anchors") or ():
        if not isinstance(anchor, dict) or not _is_shop(anchor):
            continue
        try:
            products, leads_on = _products(anchor, video.drift, 0)
        except _MalformedError:
            video.note("anchors.extra is not JSON")
            broken = True
            continue
        leads = leads or leads_on
        found.update((product.id, product) for product in products if product.id not in found)
    if video.values["anchors"] is not None and not isinstance(video.values["anchors"], list):
        broken = True
    return Links(None if broken and not found else tuple(found.values()), leads or bool(found))


def _products(anchor: dict[str, Any], drift: list[str], depth: int) -> tuple[list[ReadProduct], bool]:
    """The products of one anchor, and whether it leads to a shop at all; an empty wrapper does not.

    Raises:
        _MalformedError: its `extra` is no JSON.
    """
    extra = _unfolded(anchor.get("extra"))
    inner = [row for row in extra if isinstance(row, dict)] if isinstance(extra, list) else []
    if inner and depth < _DEEPEST:
        parts = [_products(row, drift, depth + 1) for row in inner if _is_shop(row)]
        return [product for products, _ in parts for product in products], any(leads for _, leads in parts)
    details = extra if isinstance(extra, dict) else {}
    product = _product(anchor, details, drift)
    is_link = str(anchor.get("component_key") or "").startswith("anchor_good_link")
    return ([product] if product else []), product is not None or is_link


def _unfolded(extra: object) -> object:
    if not isinstance(extra, str):
        return extra
    if not extra.strip():
        return None
    try:
        return parse(extra)
    except ValueError as error:
        raise _MalformedError from error


def _is_shop(anchor: dict[str, Any]) -> bool:
    key = anchor.get("component_key")
    if isinstance(key, str) and key:
        return key.startswith(_SHOP_KEYS)
    return anchor.get("type") in (_WRAPPER_TYPE, _PRODUCT_TYPE)


def _product(anchor: dict[str, Any], details: dict[str, Any], drift: list[str]) -> ReadProduct | None:
    row = Row("product", details, drift)
    # The text beside it is what TikTok's own page uses; the number is exact only because bodies are parsed exactly.
    wrapped = anchor.get("type") == _WRAPPER_TYPE or str(anchor.get("component_key") or "").startswith("anchor_complex_shop")
    product_id = row.id("product_id") or (None if wrapped else Row("product", anchor, drift).id("id"))
    if product_id is None:
        return None
    return ReadProduct(
        id=product_id,
        title=row.text("title") or row.text("elastic_title") or Row("product", anchor, drift).text("keyword"),
        seller_id=row.id("seller_id"),
        source=row.text("source") or None,
        price=_price(details.get("price")),
        currency=row.text("currency") or None,
        url=row.text("seo_url") or row.text("detail_url") or None,
        categories=_categories(row),
    )


def _price(value: object) -> str | None:
    """An exact price as decimal text. 0 stands for "see the product's page", so it is not known."""
    if isinstance(value, bool) or not isinstance(value, int | float | str) or len(str(value)) > _LONGEST_PRICE:
        return None
    try:
        price = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return format(price, "f") if price.is_finite() and price > 0 else None


def _categories(row: Row) -> tuple[str, ...]:
    names = [entry.get("category_name") for entry in row.rows("categories") or () if isinstance(entry, dict)]
    return tuple(name for name in names if isinstance(name, str) and name)
