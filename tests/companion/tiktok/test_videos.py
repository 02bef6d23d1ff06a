"""Videos, creators and hashtags, in every shape they come in."""

from __future__ import annotations

from typing import Any

import pytest

from companion.tiktok import ReadCreator, ReadTag, ReadVideo
from tests.companion.tiktok.shapes import CREATOR, VIDEO, asked, item, items, taken, without


def one(row: dict[str, Any], kind: str = "items") -> ReadVideo:
    page = taken(asked(kind), items(row))
    assert len(page.videos) == 1
    return page.videos[0]


def test_an_item_becomes_a_video_with_its_creator() -> None:
    page = taken(asked("items"), items(item()))
    assert page.videos == (
        ReadVideo(
            id=VIDEO,
            creator=ReadCreator(CREATOR, "shop.tests", "Shop Tests", False, 41300, 904, 1600000, 391, seller=True),
            caption="my new ring light, link in bio #RingLight #ringlight #目",
            hashtags=("ringlight", "目"),
            music_id="7600000000000000033",
            music_title="original sound",
            duration_ms=61000,
            lang="en",
            created_at=1769600000000,
            plays=1585253,
            likes=38884,
            comments=504,
            shares=2124,
            saves=3207,
            reposts=7,
            commerce="organic",
            products=(),
            comments_open=True,
        ),
    )
    assert (page.cursor, page.has_more, page.rows, page.lost, page.drift) == ("30", True, 1, 0, ())


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("items", {"itemList": [item()]}),
        ("items", {"item_list": [item()]}),
        ("items", [item()]),
        ("search", {"data": [{"type": 1, "item": item()}, {"type": 4, "user_list": [{}]}], "has_more": 1, "cursor": 12}),
        ("search", {"item_list": [item()], "has_more": 1, "cursor": 12}),
        ("item", {"itemInfo": {"itemStruct": item(createTime="1769600000")}, "statusCode": 0}),
        ("user", {"userInfo": {"itemList": [item()]}}),
        ("items", {"ItemModule": {VIDEO: item(author="shop.tests", authorId=CREATOR, nickname="Shop Tests")}}),
    ],
)
def test_a_video_is_the_same_in_every_list(kind: str, body: object) -> None:
    page = taken(asked(kind), body)
    assert [(video.id, video.created_at, video.plays) for video in page.videos] == [(VIDEO, 1769600000000, 1585253)]
    assert page.videos[0].creator is not None
    assert (page.videos[0].creator.id, page.videos[0].creator.handle, page.videos[0].creator.name) == (CREATOR, "shop.tests", "Shop Tests")
    assert (page.rows, page.lost) == (1, 0)


def test_a_photo_post_is_a_video_without_a_length() -> None:
    video = one(item(video={"id": VIDEO, "duration": 0}, imagePost={"images": [{"imageURL": {"urlList": []}}]}))
    assert (video.id, video.duration_ms) == (VIDEO, None)


def test_live_rooms_are_skipped_and_not_counted() -> None:
    page = taken(asked("items"), items(item(liveRoomInfo={"status": 2}), item()))
    assert (len(page.videos), page.rows, page.lost) == (1, 1, 0)


@pytest.mark.parametrize(("said", "region"), [("US", "US"), ("vn", "VN"), ("XK", "XK"), ("UK", "GB"), ("", None), ("ZZ", None)])
def test_the_country_where_it_was_posted_is_kept(said: object, region: str | None) -> None:
    page = taken(asked("items"), items(item(locationCreated=said)))
    assert ([video.region for video in page.videos], page.drift) == ([region], ())


@pytest.mark.parametrize(
    ("said", "note"),
    [
        ("Narnia", "text, not a country"),
        ("QQ", "text, not a country"),
        ("\u017fs", "text, not a country"),
        (49, "a number, not text"),
        (["US"], "a list, not text"),
    ],
)
def test_what_is_no_country_is_noted_without_its_value(said: object, note: str) -> None:
    page = taken(asked("items"), items(item(locationCreated=said)))
    assert page.videos[0].region is None
    assert page.drift == (f"video.locationCreated is {note}",)


def test_where_an_account_is_says_nothing_of_a_video() -> None:
    row = item(author={**item()["author"], "region": "AU"})
    assert taken(asked("items"), items(row)).videos[0].region is None


def test_an_item_without_an_id_is_lost() -> None:
    page = taken(asked("items"), items(without(item(), "id"), None))  # type: ignore[arg-type]
    assert (page.videos, page.rows, page.lost) == ((), 2, 2)


def test_the_exact_counters_come_first_and_the_rounded_ones_fill_in() -> None:
    assert one(without(item(), "statsV2")).plays == 1600000
    video = one(item(statsV2={"playCount": "1.5M", "diggCount": "38884"}))
    assert (video.plays, video.likes, video.saves, video.reposts) == (1600000, 38884, 3207, None)


@pytest.mark.parametrize("abbreviated", ["1.2M", "402.5K", "1,2 Mio.", "2万", "1.2만", "12,3 N", ""])
def test_abbreviated_counters_are_never_taken_for_exact(abbreviated: str) -> None:
    video = one(item(stats={"playCount": abbreviated}, statsV2={}))
    assert video.plays is None


@pytest.mark.parametrize(
    ("more", "hashtags"),
    [
        ({"challenges": [], "textExtra": [{"hashtagName": "A"}, {"hashtagName": "b"}, {"hashtagName": "a"}]}, ("a", "b")),
        ({"challenges": None, "textExtra": [], "contents": [{"textExtra": [{"hashtagName": "Mini"}]}]}, ("mini",)),
        ({"challenges": [], "textExtra": []}, ("ringlight", "目")),
        ({"challenges": [], "textExtra": [], "desc": "no tags"}, ()),
        (
            {"challenges": [], "textExtra": [], "desc": "#สวยมาก! #مكياج_يومي,#a#B ＃full #ünïcode🔥 # x #"},
            ("สวยมาก", "مكياج_يومي", "a", "b", "full", "ünïcode"),
        ),
    ],
)
def test_hashtags_come_from_the_best_place_there_is(more: dict[str, Any], hashtags: tuple[str, ...]) -> None:
    assert one(item(**more)).hashtags == hashtags


def test_hashtags_are_unknown_where_the_body_says_nothing_of_them() -> None:
    assert one(without(item(), "challenges", "textExtra", "desc")).hashtags is None


def test_a_video_without_its_author_or_counters_is_kept_and_noted() -> None:
    page = taken(asked("items"), items({"id": VIDEO, "desc": ""}))
    assert page.videos == (ReadVideo(VIDEO, caption="", hashtags=()),)
    assert set(page.drift) == {"video.author missing", "video.stats missing", "video.createTime missing"}


@pytest.mark.parametrize(("status", "open_"), [(0, True), (1, False), (3, False), (None, None)])
def test_comments_are_open_only_at_status_0(status: int | None, open_: bool | None) -> None:
    assert one(item(itemCommentStatus=status)).comments_open is open_


@pytest.mark.parametrize(
    ("user", "seller"),
    [
        ({"ttSeller": True}, True),
        ({"ttSeller": False}, False),
        ({"ttSeller": False, "commerceUserInfo": {"commerceUser": True}}, True),
        ({"commerceUserInfo": {"commerceUser": False}}, False),
        ({}, None),
    ],
)
def test_a_seller_has_a_shop_or_a_business_account(user: dict[str, Any], seller: bool | None) -> None:
    video = one(item(author={"id": CREATOR, "uniqueId": "shop.tests", **user}))
    assert video.creator is not None
    assert video.creator.seller is seller


def test_a_profile_becomes_a_creator_with_exact_counters() -> None:
    stats = {"followerCount": 4000000, "followingCount": 9, "heart": -2147483648, "heartCount": 77600000, "videoCount": 178}
    exact = {"followerCount": "4001943", "heartCount": "77615151"}
    page = taken(asked("user"), {"userInfo": {"user": item()["author"], "stats": stats, "statsV2": exact, "itemList": []}, "statusCode": 0})
    assert page.creators == (ReadCreator(CREATOR, "shop.tests", "Shop Tests", False, 4001943, 9, 77615151, 178, seller=True),)
    assert (page.rows, page.drift) == (1, ())


def test_likes_that_overflowed_are_unknown() -> None:
    page = taken(asked("user"), {"userInfo": {"user": item()["author"], "stats": {"heart": -5}}})
    assert page.creators[0].likes is None


def test_a_missing_profile_is_a_refusal_and_an_odd_one_drift() -> None:
    refused = taken(asked("user"), {"userInfo": {}, "statusCode": 10202})
    assert (refused.creators, refused.refusal, refused.drift) == ((), "not_found", ())
    assert taken(asked("user"), {"account": {}, "statusCode": 0}).drift == ("page.userInfo missing",)


def test_a_hashtag_has_totals_beyond_32_bits() -> None:
    body = {
        "challengeInfo": {
            "challenge": {"id": "3294439", "title": "#RingLight", "desc": ""},
            "stats": {"videoCount": 52000, "viewCount": 1900000000},
            "statsV2": {"videoCount": "52012", "viewCount": "19002233440"},
        },
        "statusCode": 0,
    }
    assert taken(asked("tag"), body).tags == (ReadTag("3294439", "ringlight", 52012, 19002233440),)


def test_the_end_of_a_list_may_have_no_list_and_its_middle_may_not() -> None:
    end = taken(asked("items"), {"statusCode": 0, "cursor": "800", "hasMore": False})
    assert (end.videos, end.drift, end.has_more, end.cursor) == ((), (), False, "800")
    assert taken(asked("items"), {"statusCode": 0, "cursor": "30", "hasMore": True}).drift == ("page.itemList missing",)
