"""Why a video exists, and the products it links to."""

from __future__ import annotations

import json
from typing import Any

import pytest

from companion.tiktok import ReadProduct, ReadVideo
from tests.companion.tiktok.shapes import asked, item, items, taken, without

PRODUCT_ID = 1729800000000000001
DETAILS: dict[str, Any] = {
    "product_id": PRODUCT_ID,
    "title": "Ring light 10in with stand",
    "elastic_title": "Ring light",
    "seller_id": 749500000000000001,
    "source": "TikTok Shop",
    "price": 0,
    "currency": "USD",
    "seo_url": "https://www.tiktok.com/shop/pdp/ring-light/1729800000000000001?x=S3cret",
    "skus": [{"sku_id": 1729800000000000009}],
    "categories": [{"category_id": 601152, "category_name": "Lighting"}, {"category_id": 1, "category_name": "Ring Lights"}],
}
PRODUCT = ReadProduct(
    id="1729800000000000001",
    title="Ring light 10in with stand",
    seller_id="749500000000000001",
    source="TikTok Shop",
    price=None,
    currency="USD",
    url="https://www.tiktok.com/shop/pdp/ring-light/1729800000000000001",
    categories=("Lighting", "Ring Lights"),
)


def product(**more: Any) -> dict[str, Any]:
    return {"type": 33, "component_key": "anchor_shop", "id": str(PRODUCT_ID), "keyword": "Ring light", "extra": json.dumps(DETAILS)} | more


def wrapper(*products: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": "1", "type": 35, "keyword": "Ring light", "component_key": "anchor_complex_shop", "extra": json.dumps(products)} | more


def one(**more: Any) -> ReadVideo:
    return taken(asked("items"), items(item(**more))).videos[0]


def test_a_product_is_read_out_of_json_in_json_in_json() -> None:
    video = one(anchors=[wrapper(product())])
    assert (video.products, video.commerce) == ((PRODUCT,), "shop")


def test_ids_of_19_digits_stay_exact_with_and_without_the_text_beside_them() -> None:
    for row in (product(), without(product(), "id")):
        products = one(anchors=[wrapper(row)]).products
        assert products is not None
        assert products[0].id == "1729800000000000001"


def test_several_products_are_kept_once_each_in_order() -> None:
    other = product(id="1729800000000000002", extra=json.dumps(DETAILS | {"product_id": 1729800000000000002}))
    video = one(anchors=[wrapper(product(), other), product()])
    assert video.products is not None
    assert [row.id for row in video.products] == ["1729800000000000001", "1729800000000000002"]


@pytest.mark.parametrize(
    ("price", "read"),
    [
        (0, None),
        ("0.00", None),
        (24.17, "24.17"),
        ("24.17", "24.17"),
        (1990, "1990"),
        ("$24.17", None),
        (-1, None),
        (None, None),
        (True, None),
    ],
)
def test_a_price_is_exact_or_unknown(price: object, read: str | None) -> None:
    products = one(anchors=[wrapper(product(extra=json.dumps(DETAILS | {"price": price})))]).products
    assert products is not None
    assert products[0].price == read


@pytest.mark.parametrize("empty", ["", " ", "[]", "{}", None])
def test_an_empty_wrapper_is_no_product(empty: str | None) -> None:
    video = one(anchors=[wrapper(extra=empty)])
    assert (video.products, video.commerce) == ((), "organic")


def test_a_malformed_wrapper_is_unknown_and_not_organic() -> None:
    broken = wrapper(product())
    broken["extra"] = broken["extra"][:-7]
    page = taken(asked("items"), items(item(anchors=[broken])))
    assert (page.videos[0].products, page.videos[0].commerce) == (None, "unknown")
    assert page.drift == ("video.anchors.extra is not JSON",)


def test_what_can_be_read_beside_a_malformed_anchor_is_kept() -> None:
    video = one(anchors=[wrapper(extra="[{"), wrapper(product())])
    assert (video.products, video.commerce) == ((PRODUCT,), "shop")


@pytest.mark.parametrize("key", ["anchor_capcut", "anchor_poi", "anchor_donation", "anchor_live_event", "anchor_anime"])
def test_other_anchors_sell_nothing(key: str) -> None:
    video = one(anchors=[{"id": "5", "type": 45, "component_key": key, "keyword": "Here", "extra": "{not json"}])
    assert (video.products, video.commerce) == ((), "organic")


def test_a_link_to_another_shop_makes_a_video_shop_linked_without_a_known_product() -> None:
    video = one(anchors=[{"type": 24, "component_key": "anchor_good_link", "keyword": "More here", "extra": ""}])
    assert (video.products, video.commerce) == ((), "shop")


@pytest.mark.parametrize(
    ("more", "commerce"),
    [
        ({"isAd": True}, "ad"),
        ({"isAd": True, "adAuthorization": True, "anchors": [wrapper(product())]}, "ad"),
        ({"adAuthorization": True}, "partnership"),
        ({"adAuthorization": True, "anchors": [wrapper(product())]}, "partnership"),
        ({"anchors": [wrapper(product())]}, "shop"),
        ({"is_ec_video": 1}, "shop"),
        ({}, "organic"),
        ({"adAuthorization": None}, "organic"),
        ({"isAd": None}, "unknown"),
        ({"isAd": "no"}, "unknown"),
    ],
)
def test_a_video_is_what_its_flags_and_links_say(more: dict[str, Any], commerce: str) -> None:
    assert one(**more).commerce == commerce


def test_an_account_with_a_shop_makes_organic_videos_too() -> None:
    video = one()
    assert video.creator is not None
    assert (video.creator.seller, video.commerce) == (True, "organic")


def test_a_body_cut_down_to_a_few_fields_says_nothing_about_commerce() -> None:
    video = taken(asked("items"), items(without(item(), "isAd", "adAuthorization"))).videos[0]
    assert (video.commerce, video.products) == ("unknown", None)


def test_an_answer_of_the_app_without_flags_is_shop_linked_by_its_anchors() -> None:
    video = taken(asked("items"), items({"video_id": "7600000000000000011", "anchors": [wrapper(product())]})).videos[0]
    assert (video.commerce, video.products) == ("shop", (PRODUCT,))
