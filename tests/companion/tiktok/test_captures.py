"""Real bodies become the rows that a person would read in them; what is expected is taken from the files by other means."""

from __future__ import annotations

import copy
import json
import random
import re
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from companion.tiktok import Asked, ReadComment, ReadCreator, ReadProduct, ReadVideo, asked_of, read, scrub
from companion.tiktok.bodies import parse
from companion.tiktok.parsed_thread import thread_bodies
from tests.companion.tiktok.shapes import listing, pseudonym, taken
from tests.companion.tiktok.test_properties import check, places

CAPTURES = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "captures"
WEB, SEARCH_TAIL = "web_comment_list_2026-02-05_ur/response.json", "web_search_item_full_2026-09-29_tail/response_tail.json"
APP, APP_REPLIES = "app_comment_list_2021-08/response.json", "app_comment_reply_2021-08/response.json"
ANCHORS, THREAD = "app_shop_anchor_2026-09-06/anchors.json", "parsed_comments_2024-10_id/7418294751977327878.json"
CHANNEL, POSTS, PROFILES, SEARCH = (f"scrapfly_2026-01-29/{name}.json" for name in ("channel", "posts", "profiles", "search"))

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CAPTURES.is_dir(), reason="the captures are not beside this checkout"),
]


def capture(name: str) -> Any:
    return parse((CAPTURES / name).read_bytes())


def by_hand(row: dict[str, Any], **more: Any) -> ReadComment:
    """A comment of the web as its reference describes it, without any of the readers' code."""
    fields: dict[str, Any] = {
        "id": row["cid"],
        "video_id": row["aweme_id"],
        "text": row["text"],
        "author": pseudonym(row["user"]["uid"]),
        "author_alias": pseudonym(row["user"]["unique_id"]),
        "level": 1 if row["reply_id"] == "0" else 2,
        "parent_id": None if row["reply_id"] == "0" else row["reply_id"],
        "likes": row["digg_count"],
        "replies": row.get("reply_comment_total"),
        "created_at": row["create_time"] * 1000,
        "liked_by_creator": row["is_author_digged"],
        "by_creator": False,
    }
    return ReadComment(**(fields | more))


def names_in(value: object) -> Iterator[str]:
    """Everything that names a commenter."""
    if isinstance(value, dict):
        yield from (str(value[key]) for key in ("uid", "unique_id", "nickname", "sec_uid") if value.get(key))
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from names_in(part)


def test_a_web_comment_list_is_read_field_by_field() -> None:
    body = capture(WEB)
    page = taken(listing(body["comments"][0]["aweme_id"]), body)
    flagged = [place for place, row in enumerate(page.comments) if row.tiktok_intent]
    pictured = [place for place, row in enumerate(page.comments) if row.image]
    assert (page.cursor, page.has_more, page.total, page.rows, page.lost, page.drift) == ("20", True, 227, 19, 0, ())
    assert (flagged, pictured) == ([2, 8, 11, 18], [0, 3])
    assert [row.lang for row in page.comments if row.lang != "en"] == [None, None, "ur", "de", "ur", "ms", "tr", "ur", "id"]
    assert page.comments == tuple(
        by_hand(
            row,
            lang=None if row["comment_language"] == "un" else row["comment_language"],
            pinned=False,
            tiktok_intent=row["is_high_purchase_intent"],
            image=row["image_list"] is not None,
        )
        for row in body["comments"]
    )


@pytest.mark.parametrize(("name", "kind", "cursor", "total"), [(APP, "comments", "40", 98124), (APP_REPLIES, "replies", "20", 22)])
def test_answers_of_the_app_are_read_field_by_field(name: str, kind: str, cursor: str, total: int) -> None:
    body = capture(name)
    page = taken(Asked(kind, "/file/"), body)  # type: ignore[arg-type]
    pinned = False if kind == "comments" else None
    assert (page.cursor, page.has_more, page.total, page.rows, page.lost, page.drift) == (cursor, True, total, 2, 0, ())
    assert page.comments == tuple(by_hand(row, pinned=pinned) for row in body["data"]["comments"])


@pytest.mark.parametrize("name", [WEB, APP, APP_REPLIES])
def test_no_name_of_a_commenter_is_left(name: str) -> None:
    body = capture(name)
    text = json.dumps(scrub(listing(), body, pseudonym), ensure_ascii=False).lower()
    assert [found for found in names_in(body) if found.lower() in text] == []
    assert "http" not in text
    assert "avatar" not in text


def test_the_parsed_thread_is_read_field_by_field() -> None:
    thread = capture(THREAD)
    (video_ask, video_body), (asked, body) = thread_bodies(thread)
    assert [(video.id, video.caption) for video in taken(video_ask, video_body).videos] == [("7418294751977327878", thread["caption"])]
    page = taken(asked, body)
    jakarta = timezone(timedelta(hours=7))
    expected = []
    for top in thread["comments"]:
        for row in (top, *top["replies"]):
            written = datetime.fromisoformat(row["create_time"]).replace(tzinfo=jakarta)
            expected.append(
                ReadComment(
                    id=row["comment_id"],
                    video_id="7418294751977327878",
                    text=row["comment"],
                    author_alias=pseudonym(row["username"]),
                    parent_id=None if row is top else top["comment_id"],
                    level=1 if row is top else 2,
                    replies=row["total_reply"],
                    created_at=round(written.timestamp() * 1000),
                )
            )
    assert page.comments == tuple(expected)
    assert (len(page.comments), page.rows, page.lost, page.has_more) == (38, 38, 0, False)
    assert set(page.drift) == {"comment.digg_count missing", "reply.digg_count missing"}
    text = json.dumps(scrub(asked, body, pseudonym), ensure_ascii=False)
    people = [row for top in thread["comments"] for row in (top, *top["replies"])]
    assert [row["username"] for row in people if row["username"] in text or row["nickname"] in text] == []


def test_the_shop_anchor_is_read_field_by_field() -> None:
    body = capture(ANCHORS)
    inner = json.loads(json.loads(body["anchors"][0]["extra"])[0]["extra"])
    video = taken(Asked("items", "/file/"), [body]).videos[0]
    assert (video.id, video.commerce) == (body["video_id"], "shop")
    assert video.products == (
        ReadProduct(
            id=re.search(r"1729\d{15}", body["anchors"][0]["extra"])[0],  # type: ignore[index]
            title=inner["title"],
            source="TikTok Shop",
            categories=("Womenswear Underwear",),
        ),
    )


def unmentioned(caption: str) -> str:
    return re.sub(r"@[\w.]+", "@user", caption)


def rounded(row: dict[str, Any]) -> dict[str, int]:
    stats = row["stats"]
    names = {"plays": "playCount", "likes": "diggCount", "comments": "commentCount", "shares": "shareCount", "saves": "collectCount"}
    return {field: int(stats[key]) for field, key in names.items()}


def tags(row: dict[str, Any]) -> tuple[str, ...]:
    marked = [extra["hashtagName"] for part in row["contents"] for extra in part["textExtra"] or [] if extra["hashtagName"]]
    return tuple(dict.fromkeys(name.lower() for name in marked or re.findall(r"#(\w+)", row["desc"])))


def test_a_channel_of_53_posts_is_read_field_by_field() -> None:
    rows = capture(CHANNEL)
    page = taken(Asked("items", "/file/"), rows)
    expected = [
        ReadVideo(row["id"], caption=unmentioned(row["desc"]), hashtags=tags(row), created_at=row["createTime"] * 1000, **rounded(row))
        for row in rows
    ]
    assert list(page.videos) == expected
    assert (len(page.videos), page.rows, page.lost, page.drift) == (53, 53, 0, ("video.author missing",) * 53)


def test_a_video_with_times_and_saves_as_text_is_read_field_by_field() -> None:
    (row,) = capture(POSTS)
    page = taken(Asked("item", "/file/"), {"itemInfo": {"itemStruct": row}})
    author = row["author"]
    assert page.videos == (
        ReadVideo(
            id=row["id"],
            creator=ReadCreator(author["id"], author["uniqueId"], author["nickname"], verified=False),
            caption=row["desc"],
            hashtags=("animals", "science", "learnontiktok"),
            duration_ms=16000,
            created_at=1675963028000,
            plays=15000000,
            likes=1500000,
            comments=4572,
            shares=13000,
            saves=97723,
            region=row["locationCreated"],
        ),
    )
    assert page.videos[0].region == "US"
    assert page.drift == ()


def test_a_profile_is_read_field_by_field() -> None:
    (profile,) = capture(PROFILES)
    page = taken(Asked("user", "/file/"), {"userInfo": profile, "statusCode": 0})
    user = profile["user"]
    assert page.creators == (ReadCreator(user["id"], user["uniqueId"], user["nickname"], False, 4001943, 9, 77615151, 178, seller=False),)
    kept = scrub(Asked("user", "/file/"), {"userInfo": profile}, pseudonym)
    assert user["secUid"] not in json.dumps(kept)
    assert "avatar" not in json.dumps(kept)


def test_a_search_of_12_videos_is_read_field_by_field() -> None:
    rows = capture(SEARCH)
    for body in (rows, {"data": [{"type": 1, "item": row} for row in rows], "has_more": 1, "cursor": 12}):
        page = taken(Asked("search", "/file/"), body)
        assert (len(page.videos), page.rows, page.lost, page.drift) == (12, 12, 0, ())
        for row, video in zip(rows, page.videos, strict=True):
            author, stats = row["author"], row["authorStats"]
            assert video == ReadVideo(
                id=row["id"],
                creator=ReadCreator(
                    id=author["id"],
                    handle=author["uniqueId"],
                    name=author["nickname"],
                    verified=author["verified"],
                    followers=stats["followerCount"],
                    following=stats["followingCount"],
                    likes=stats["heartCount"],
                    videos=stats["videoCount"],
                    seller=author.get("ttSeller"),
                ),
                caption=unmentioned(row["desc"]),
                hashtags=tuple(dict.fromkeys(re.findall(r"#(\w+)", row["desc"].lower()))),
                duration_ms=row["video"]["duration"] * 1000,
                created_at=row["createTime"] * 1000,
                **rounded(row),
            )


def test_the_tail_of_a_search_keeps_its_envelope_and_loses_the_item_without_an_id() -> None:
    body = capture(SEARCH_TAIL)
    asked = asked_of("/api/search/item/full/?keyword=x&cursor=0")
    assert asked is not None
    page = taken(asked, body)
    assert (page.videos, page.rows, page.lost, page.cursor, page.has_more) == ((), 1, 1, "12", True)
    whole = taken(asked, body | {"item_list": [body["item_list"][0] | {"id": "7600000000000000011"}]})
    assert whole.videos == (
        ReadVideo(
            id="7600000000000000011",
            lang="vi",
            plays=79500,
            likes=830,
            comments=42,
            shares=478,
            saves=79,
            reposts=0,
            commerce="organic",
            products=(),
            comments_open=True,
        ),
    )
    assert set(whole.drift) == {"video.desc missing", "video.createTime missing", "video.author missing"}


@pytest.mark.parametrize("name", [WEB, APP, APP_REPLIES, CHANNEL, POSTS, SEARCH, SEARCH_TAIL])
@pytest.mark.parametrize("kind", ["comments", "items"])
def test_scrubbing_a_capture_twice_changes_nothing(name: str, kind: str) -> None:
    asked = Asked(kind, "/file/")  # type: ignore[arg-type]
    once = scrub(asked, capture(name), pseudonym)
    assert scrub(asked, once, pseudonym) == once
    assert read(asked, scrub(asked, once, pseudonym)) == read(asked, once)


@pytest.mark.parametrize("name", [WEB, APP, POSTS, SEARCH_TAIL])
@pytest.mark.parametrize("kind", ["comments", "items", "item"])
def test_a_capture_with_fields_gone_or_of_other_types_is_read_as_far_as_it_goes(name: str, kind: str) -> None:
    whole, chance = capture(name), random.Random(f"{name} {kind}")  # noqa: S311 - the same changes in every run
    for _ in range(15):
        body = copy.deepcopy(whole)
        for _ in range(chance.randint(1, 40)):
            holder, key = chance.choice(places(body))
            holder[key] = chance.choice([None, True, -1, 2**70, 1.5, "", "a", "{", [], {}, [None], {"id": "7100000000000000099"}])
        check(kind, body)
