"""The data that TikTok writes into its pages."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.tiktok import embedded
from companion.tiktok.bodies import parse
from tests.companion.tiktok.shapes import CREATOR, VIDEO, comment, item, taken

VIEWER = {"user": {"uid": "70", "uniqueId": "viewer"}, "csrfToken": "S3cret", "wid": "S3cret"}


def page(scope: dict[str, Any], tag: str = '<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">') -> str:
    text = json.dumps({"__DEFAULT_SCOPE__": {"webapp.app-context": VIEWER, **scope}}).replace("/", "\\u002F").replace("<", "\\u003C")
    return f"<!doctype html><html><head><script>var a = '<b>';</script></head><body><div id=app></div>{tag}{text}</script></body></html>"


def test_a_video_page_holds_its_video() -> None:
    detail = {"itemInfo": {"itemStruct": item(createTime="1769600000", desc="a </b> & #x")}, "statusCode": 0}
    ((asked, body),) = embedded(page({"webapp.video-detail": detail}))
    assert (asked.kind, asked.path, asked.video_id) == ("item", f"embedded/webapp.video-detail?itemId={VIDEO}", VIDEO)
    assert body == detail
    assert [video.caption for video in taken(asked, body).videos] == ["a </b> & #x"]


@pytest.mark.parametrize(
    "tag",
    [
        '<script type="application/json" id="__UNIVERSAL_DATA_FOR_REHYDRATION__">',
        "<script nonce=x ID='__UNIVERSAL_DATA_FOR_REHYDRATION__'\n data-a=\"1>2\">",
    ],
)
def test_attributes_stand_in_any_order(tag: str) -> None:
    assert len(embedded(page({"webapp.updated-items": [item()]}, tag))) == 1


def test_each_known_block_is_found_and_the_visitors_own_is_not() -> None:
    scope = {
        "webapp.user-detail": {"userInfo": {"user": item()["author"], "stats": {"followerCount": 5}}},
        "webapp.challenge-detail": {"challengeInfo": {"challenge": {"id": "3294439", "title": "ringlight"}}},
        "webapp.reflow.video.detail": {"itemInfo": {"itemStruct": item()}},
        "webapp.updated-items": [item()],
        "webapp.a-b": {"x": 1},
    }
    found = embedded(page(scope))
    assert {asked.path for asked, _ in found} == {
        "embedded/webapp.user-detail?uniqueId=shop.tests",
        "embedded/webapp.challenge-detail?challengeName=ringlight",
        f"embedded/webapp.reflow.video.detail?itemId={VIDEO}",
        "embedded/webapp.updated-items",
    }
    assert "S3cret" not in json.dumps([body for _, body in found])
    read = {asked.kind: taken(asked, body) for asked, body in found}
    assert [creator.id for creator in read["user"].creators] == [CREATOR]
    assert [tag.name for tag in read["tag"].tags] == ["ringlight"]
    assert [video.id for video in read["items"].videos] == [VIDEO] == [video.id for video in read["item"].videos]
    assert all(page_read.drift == () for page_read in read.values())


def test_a_page_of_2023_holds_videos_and_comments() -> None:
    data = {
        "ItemModule": {VIDEO: item(author="shop.tests", authorId=CREATOR, nickname="Shop Tests")},
        "UserModule": {"users": {"shop.tests": item()["author"]}, "stats": {"shop.tests": {"followerCount": 41300}}},
        "CommentItem": {"1": comment(cid="1", user="mia.tests"), "2": comment(cid="2", aweme_id="7600000000000000099", user="mia.tests")},
        "AppContext": VIEWER,
    }
    found = embedded(f'<script id="SIGI_STATE" type="application/json">{json.dumps(data)}</script>')
    assert [(asked.kind, asked.video_id) for asked, _ in found] == [
        ("items", None),
        ("comments", VIDEO),
        ("comments", "7600000000000000099"),
    ]
    assert "S3cret" not in json.dumps([body for _, body in found])
    videos, *threads = (taken(asked, body) for asked, body in found)
    assert [video.creator and video.creator.handle for video in videos.videos] == ["shop.tests"]
    assert [(creator.handle, creator.followers) for creator in videos.creators] == [("shop.tests", 41300)]
    assert [[row.id for row in thread.comments] for thread in threads] == [["1"], ["2"]]


def test_19_digit_numbers_of_a_page_stay_exact() -> None:
    detail = {"itemInfo": {"itemStruct": item(id=7690150317979337493)}}
    ((asked, body),) = embedded(page({"webapp.video-detail": detail}))
    assert asked.video_id == "7690150317979337493"
    assert taken(asked, body).videos[0].id == "7690150317979337493"


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<html>",
        '<script id="SIGI_STATE">{broken</script>',
        '<script id="SIGI_STATE">[1]</script>',
        '<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__">{"__DEFAULT_SCOPE__": 1}</script>',
        '<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__">{"__DEFAULT_SCOPE__": {"seo.abtest": {"vidList": []}}}',
    ],
)
def test_a_page_without_readable_data_holds_nothing(html: str) -> None:
    assert embedded(html) == []


@given(st.text(alphabet='<>/script id="SIGI_STATE"{}[]:1,!-', max_size=120))
def test_no_page_raises(html: str) -> None:
    embedded(html)
    embedded(f'<script id="SIGI_STATE">{html}</script>')


def test_json_is_parsed_exactly_and_infinities_become_null() -> None:
    assert parse(b'\xef\xbb\xbf{"a": 1729840619138750658, "b": 1e999, "c": NaN, "d": 24.17}') == {
        "a": 1729840619138750658,
        "b": None,
        "c": None,
        "d": 24.17,
    }
    for broken in ("", "{", "[" * 200_000, "1" * 5000):
        with pytest.raises(ValueError, match=r"."):
            parse(broken)
