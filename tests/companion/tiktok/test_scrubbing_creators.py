"""Creators keep their public part in what is scrubbed; whoever only stands beside them does not."""

from __future__ import annotations

from companion.tiktok import read
from tests.companion.tiktok.scrubbing_scene import MIA, NAMES, assert_nobody, scrubbed
from tests.companion.tiktok.shapes import CREATOR, VIDEO, asked, comment, item, items, user


def test_creators_keep_their_public_part_and_no_more() -> None:
    author = item()["author"] | {"commerceUserInfo": {"commerceUser": True, "category": "Beauty"}}
    row = scrubbed(items(item(author=author)), "items")["itemList"][0]
    assert row["author"] == {
        "id": CREATOR,
        "uniqueId": "shop.tests",
        "nickname": "Shop Tests",
        "verified": False,
        "ttSeller": True,
        "commerceUserInfo": {"commerceUser": True},
    }
    assert row["authorStats"]["followerCount"] == 41300
    assert_nobody(row, "MS4w", "mail me", "Someone Else", "x-signature", "p16", "S3cret")


def test_a_caption_names_no_one_else() -> None:
    marked = {
        "start": 5,
        "end": 15,
        "userId": "7100000000000000066",
        "userUniqueId": "bo.tester",
        "secUid": "MS4wbo",
        "hashtagName": "",
        "type": 0,
    }
    contents = [{"desc": "ask bo.tester", "textExtra": []}]
    body = items(item(desc="with @bo.tester and @zoe, by shop.tests", textExtra=[marked], contents=contents))
    row = scrubbed(body, "items")["itemList"][0]
    assert row["desc"] == "with @user and @user, by shop.tests"
    assert row["contents"][0]["desc"] == "ask @user"


def test_commenters_inside_an_answer_about_videos_are_commenters() -> None:
    found = scrubbed(items(item(comments=[comment()], duet={"by": user()})), "items")
    assert_nobody(found, *NAMES)
    assert found["itemList"][0]["comments"][0]["user"] == MIA


def test_accounts_found_by_a_search_are_no_creators_until_a_video_of_theirs_is_seen() -> None:
    body = {"user_list": [{"user_info": user()}], "has_more": 0}
    assert_nobody(scrubbed(body, "search"), *NAMES)
    assert read(asked("search"), scrubbed(body, "search")).creators == ()


def test_a_page_of_2023_keeps_the_creators_among_its_accounts() -> None:
    flat = {"nickname": "Shop Tests", "authorId": CREATOR, "authorSecId": "MS4wshop", "avatarThumb": "https://a/b"}
    body = {
        "ItemModule": {VIDEO: item(author="shop.tests", **flat)},
        "UserModule": {
            "users": {"shop.tests": {**item()["author"]}, "mia.tests": user()},
            "stats": {"shop.tests": {"followerCount": 9}, "mia.tests": {"followerCount": 3}},
        },
    }
    found = scrubbed(body, "items")
    assert_nobody(found, *NAMES, "MS4w")
    assert list(found["UserModule"]["users"]) == ["shop.tests"]
    kept = {key: found["ItemModule"][VIDEO][key] for key in ("author", "authorId", "nickname")}
    assert kept == {"author": "shop.tests", "authorId": CREATOR, "nickname": "Shop Tests"}


def test_the_maker_of_an_original_sound_is_not_named() -> None:
    music = {"id": "5", "title": "original sound - zoe.x", "authorName": "Zoe", "original": True}
    body = items(item(music=music), item(music=music | {"original": False, "title": "A Song - Live"}))
    assert [row["music"].get("title") for row in scrubbed(body, "items")["itemList"]] == ["original sound", "A Song - Live"]
    assert_nobody(scrubbed(body, "items"), "zoe")
