"""Product tags of a video, nested as the site nests them: JSON text inside JSON text, ids as 19-digit numbers."""

import json
from typing import Any

from tests.replica.content import Video

FIRST_PRODUCT = 1_729_800_000_000_000_001
SELLER = 7_495_000_000_000_000_321
WRAPPER_TYPE, PRODUCT_TYPE, PLACE_TYPE, LINK_TYPE = 35, 33, 45, 24


def product_id(video: Video, nth: int = 0) -> str:
    """Return the id of the video's ``nth`` product, exact."""
    return str(FIRST_PRODUCT + int(video.id) % 1_000_000 * 10 + nth)


def anchors_json(video: Video) -> list[dict[str, Any]] | None:
    """Return ``anchors`` of the item; None where the key is absent, as on most videos."""
    kind = video.extras.shop
    if kind == "none":
        return None
    if kind in {"link", "place"}:
        component, type_ = ("anchor_good_link", LINK_TYPE) if kind == "link" else ("anchor_poi", PLACE_TYPE)
        return [{"id": f"{video.id}1", "type": type_, "keyword": "More here", "component_key": component, "extra": ""}]
    products = "" if kind == "empty" else _products(video, 3 if kind == "several" else 1, named=kind != "number")
    return [
        {
            "id": f"{video.id}0",
            "type": WRAPPER_TYPE,
            "keyword": "Desk lamp",
            "component_key": "anchor_complex_shop",
            "icon": {"url_list": []},
            "logExtra": "{}",
            "extra": products[:-7] if kind == "malformed" else products,
        }
    ]


def _products(video: Video, count: int, *, named: bool = True) -> str:
    """JSON text of ``count`` products; without ``named`` the exact text id beside the number is missing."""
    rows = []
    for nth in range(count):
        row: dict[str, Any] = {
            "type": PRODUCT_TYPE,
            "component_key": "anchor_shop",
            "id": product_id(video, nth),
            "keyword": "Desk lamp",
            "extra": json.dumps(_product(video, nth)),
        }
        if not named:
            del row["id"]
        rows.append(row)
    return json.dumps(rows)


def _product(video: Video, nth: int) -> dict[str, Any]:
    number = int(product_id(video, nth))
    return {
        "product_id": number,
        "title": f"Desk lamp {nth + 1} with clip",
        "elastic_title": "Desk lamp",
        "seller_id": SELLER,
        "source": "TikTok Shop",
        "price": 0 if nth == 0 else 1990,
        "currency": "USD",
        "seo_url": f"https://www.tiktok.com/shop/pdp/desk-lamp/{number}",
        "skus": [{"sku_id": number + 5}],
        "categories": [{"category_id": 601152, "category_name": "Home Lighting", "level": 1, "parent_id": 0}],
    }
