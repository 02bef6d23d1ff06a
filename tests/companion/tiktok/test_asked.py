"""Requests that are read are known by their path; nothing that identifies the asker is kept of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.tiktok import Asked, Page, asked_of, page_of

NOISE = "&msToken=S3cret&X-Bogus=S3cret&X-Gnarly=S3cret&_signature=S3cret&verifyFp=S3cret&device_id=S3cret&odinId=S3cret&aid=1988"


@pytest.mark.parametrize("host", ["https://www.tiktok.com", "http://127.0.0.1:41234", ""])
def test_a_comment_request_says_whose_comments_it_asked_for_on_any_host(host: str) -> None:
    found = asked_of(f"{host}/api/comment/list/?WebIdLastTime=1&aweme_id=7600000000000000011&cursor=20&count=20{NOISE}")
    assert found == Asked(
        "comments", "/api/comment/list/?aweme_id=7600000000000000011&cursor=20&count=20", "7600000000000000011", None, "20"
    )


def test_a_reply_request_names_the_video_and_the_comment() -> None:
    found = asked_of(f"https://www.tiktok.com/api/comment/list/reply/?item_id=7600000000000000011&comment_id=76001&count=3&cursor=0{NOISE}")
    path = "/api/comment/list/reply/?item_id=7600000000000000011&comment_id=76001&cursor=0&count=3"
    assert found == Asked("replies", path, "7600000000000000011", "76001", "0")


@pytest.mark.parametrize(
    ("path", "kind", "kept"),
    [
        ("recommend/item_list/?count=6&pullType=1", "items", "count=6"),
        ("challenge/item_list/?challengeID=33&count=30&cursor=60", "items", "challengeID=33&cursor=60&count=30"),
        ("post/item_list/?secUid=MS4w&count=16&cursor=1769600000000", "items", "cursor=1769600000000&count=16"),
        ("creator/item_list/?secUid=MS4w&type=1&cursor=1", "items", "cursor=1"),
        ("related/item_list/?itemID=76&count=16", "items", "itemID=76&count=16"),
        ("explore/item_list/?count=8", "items", "count=8"),
        ("music/item_list/?musicID=1&cursor=0", "items", "cursor=0"),
        ("item/detail/?itemId=76", "item", "itemId=76"),
        ("user/detail/?uniqueId=shop.tests&secUid=MS4w", "user", "uniqueId=shop.tests"),
        ("challenge/detail/?challengeName=ringlight", "tag", "challengeName=ringlight"),
        ("search/general/full/?keyword=ring+light&offset=12&search_id=x", "search", "keyword=ring+light&offset=12"),
        ("search/item/full/?keyword=ring&cursor=12", "search", "keyword=ring&cursor=12"),
        ("search/user/full/?keyword=ring", "search", "keyword=ring"),
    ],
)
def test_every_list_and_detail_of_the_site_is_known(path: str, kind: str, kept: str) -> None:
    found = asked_of(f"https://www.tiktok.com/api/{path}{NOISE}")
    assert found is not None
    assert (found.kind, found.path) == (kind, f"/api/{path.partition('?')[0]}?{kept}")


@pytest.mark.parametrize(
    "url",
    [
        "https://www.tiktok.com/api/preload/item_list/?aid=1",
        "https://www.tiktok.com/api/comment/publish/",
        "https://www.tiktok.com/@a/video/7600000000000000011",
        "https://www.tiktok.com/other/api/comment/list/",
        "https://[broken/api/comment/list/",
        "",
    ],
)
def test_hover_previews_and_everything_else_is_left_alone(url: str) -> None:
    assert asked_of(url) is None


def test_a_search_for_a_person_is_kept_without_the_name() -> None:
    found = asked_of("/api/search/general/full/?keyword=%40mia.tests")
    assert found is not None
    assert "mia" not in found.path


@given(st.text(max_size=80))
def test_no_address_raises(url: str) -> None:
    asked_of(url)
    asked_of(f"/api/comment/list/?{url}")
    page_of(url)


@pytest.mark.parametrize(
    ("url", "page"),
    [
        (
            "https://www.tiktok.com/@Shop.Tests/video/7600000000000000011?is_from_webapp=1",
            Page("video", "7600000000000000011", "shop.tests"),
        ),
        ("https://www.tiktok.com/@shop.tests/photo/7600000000000000011?lang=en", Page("video", "7600000000000000011", "shop.tests")),
        ("https://www.tiktok.com/@/video/7600000000000000011", Page("video", "7600000000000000011")),
        ("https://www.tiktok.com/@i/video/7600000000000000011", Page("video", "7600000000000000011")),
        ("www.tiktok.com/@shop.tests?_r=1&_t=8x", Page("creator", "shop.tests")),
        ("/tag/AmazonFinds?lang=en", Page("tag", "amazonfinds")),
        ("/tag/%E7%9B%AE", Page("tag", "目")),
        ("https://www.tiktok.com/music/original-sound-7600000000000000033", Page("sound", "7600000000000000033")),
        ("https://www.tiktok.com/shop/pdp/ring-light/1729800000000000001?x=1", Page("shop_product", "1729800000000000001")),
        ("https://shop.tiktok.com/view/product/1729800000000000001?region=US", Page("shop_product", "1729800000000000001")),
        ("https://www.tiktok.com/search?q=ring%20light&t=1", Page("search", "ring light")),
        ("https://www.tiktok.com/login?redirect_url=x", Page("login")),
        ("https://www.tiktok.com/foryou", Page("feed")),
        ("https://www.tiktok.com/en", Page("feed")),
    ],
)
def test_a_page_is_the_same_page_whatever_stands_behind_its_address(url: str, page: Page) -> None:
    assert page_of(url) == page


@pytest.mark.parametrize("url", ["https://www.tiktok.com/legal/terms", "https://[", "/@a/video/notanumber"])
def test_other_pages_are_not_named(url: str) -> None:
    assert page_of(url) is None
