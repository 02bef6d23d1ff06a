"""What the replica's server answers, against what captures say TikTok answers."""

import json
import ssl
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.replica import Replica, load_capture, load_videos, synthetic_video

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
CAPTURES = SHARED / "data" / "captures"
WEB_CAPTURE = CAPTURES / "web_comment_list_2026-02-05_ur" / "response.json"
PARSED_CAPTURE = CAPTURES / "parsed_comments_2024-10_id" / "7418294751977327878.json"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason=f"no folder {SHARED.name} beside the project")


def fetch(replica: Replica, path: str) -> str:
    trusting = ssl.create_default_context()
    trusting.check_hostname = False
    trusting.verify_mode = ssl.CERT_NONE
    with urllib.request.urlopen(f"https://127.0.0.1:{replica.port}{path}", context=trusting) as answer:
        text: str = answer.read().decode()
    return text


def ask(replica: Replica, path: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(fetch(replica, path))
    return answer


def comment_page(replica: Replica, video_id: str, cursor: int, count: int = 20) -> dict[str, Any]:
    return ask(replica, f"/api/comment/list/?aid=1988&aweme_id={video_id}&cursor={cursor}&count={count}")


def test_a_page_asked_for_20_holds_19_rows_and_moves_the_cursor_by_20(replica: Replica) -> None:
    video = replica.videos["clip-lamp"]
    first = comment_page(replica, video.id, 0)
    assert (len(first["comments"]), first["cursor"], first["has_more"]) == (19, 20, 1)
    second = comment_page(replica, video.id, 20)
    assert (len(second["comments"]), second["cursor"]) == (19, 40)
    assert not {row["cid"] for row in first["comments"]} & {row["cid"] for row in second["comments"]}


@pytest.mark.parametrize("count", [20, 30, 7])
def test_following_the_cursor_yields_every_comment_once_and_fewer_than_total(replica: Replica, count: int) -> None:
    video = replica.videos["clip-lamp"]
    cids, cursor, more = [], 0, 1
    while more:
        answer = comment_page(replica, video.id, cursor, count)
        cids += [row["cid"] for row in answer["comments"] or []]
        cursor, more = answer["cursor"], answer["has_more"]
    assert cids == [comment.cid for comment in video.comments]
    assert answer["total"] > len(cids) + sum(len(comment.replies) for comment in video.comments)


def test_replies_come_three_at_a_time_and_lack_the_top_level_fields(replica: Replica) -> None:
    video = replica.videos["clip-lamp"]
    parent = next(comment for comment in video.comments if len(comment.replies) == 7)
    path = f"/api/comment/list/reply/?item_id={video.id}&comment_id={parent.cid}&count=3&cursor="
    pages = [ask(replica, f"{path}{cursor}") for cursor in (0, 3, 6)]
    assert [(len(one["comments"]), one["cursor"], one["has_more"]) for one in pages] == [(3, 3, 1), (3, 6, 1), (1, 7, 0)]
    reply = pages[0]["comments"][0]
    assert reply["reply_id"] == parent.cid
    assert reply["label_list"] == [{"text": "Creator", "type": 1}]
    assert not {"reply_comment_total", "author_pin", "sort_tags"} & reply.keys()


def test_an_unknown_video_has_null_comments_and_no_more(replica: Replica) -> None:
    answer = comment_page(replica, "7000000000000000000", 0)
    assert (answer["comments"], answer["has_more"]) == (None, 0)


def test_posts_page_by_a_millisecond_cursor(replica: Replica) -> None:
    user = ask(replica, "/api/user/detail/?uniqueId=nadia.glows")["userInfo"]["user"]
    path = f"/api/post/item_list/?secUid={user['secUid']}&count=1&cursor="
    first = ask(replica, f"{path}0")
    second = ask(replica, f"{path}{first['cursor']}")
    assert first["hasMore"] is True
    assert int(first["cursor"]) == first["itemList"][0]["createTime"] * 1000
    assert second["hasMore"] is False
    assert first["itemList"][0]["id"] != second["itemList"][0]["id"]
    assert "itemList" not in ask(replica, f"{path}{second['cursor']}")


def test_types_differ_between_lists_and_the_video_page(replica: Replica) -> None:
    video = replica.videos["lip-oil"]
    listed = next(item for item in ask(replica, "/api/recommend/item_list/?count=30")["itemList"] if item["id"] == video.id)
    detail = ask(replica, f"/api/item/detail/?itemId={video.id}")["itemInfo"]["itemStruct"]
    assert (listed["createTime"], detail["createTime"]) == (video.create_time, str(video.create_time))
    assert (listed["stats"]["collectCount"], detail["stats"]["collectCount"]) == (video.saves, str(video.saves))
    assert (listed["stats"]["playCount"], listed["statsV2"]["playCount"]) == (2_200_000, "2201300")


def test_hashtag_spans_count_utf16_units(replica: Replica) -> None:
    video = replica.videos["clip-lamp"]
    item = ask(replica, f"/api/item/detail/?itemId={video.id}")["itemInfo"]["itemStruct"]
    caption = item["desc"].encode("utf-16-le")
    named = [caption[2 * span["start"] : 2 * span["end"]].decode("utf-16-le") for span in item["textExtra"]]
    assert named == ["#desksetup", "#cliplamp", "#smallspaces"]


# Content


def test_content_covers_what_a_thread_may_hold() -> None:
    videos = load_videos()
    every = [one for video in videos for comment in video.comments for one in (comment, *comment.replies)]
    assert len(videos) >= 12
    assert len({comment.cid for comment in every}) == len(every)
    assert all(25 <= video.visible_total <= 120 for video in videos)
    assert any(comment.image and not comment.text for comment in every)
    assert any(comment.sticker and not comment.text for comment in every)
    assert any(comment.pinned for comment in every)
    assert any(comment.creator_liked for comment in every)
    assert any(comment.language == "ur" for comment in every)
    assert any(len(comment.text) >= 600 for comment in every)
    assert any("onerror=" in comment.text for comment in every)
    assert any(comment.text.startswith("\u202e") for comment in every)
    assert any("@" in comment.text for comment in every)
    assert len({comment.user.handle for comment in every if comment.text == "need it"}) == 2
    assert all(abs((int(comment.cid) >> 32) - comment.create_time) < 60 for comment in every)


def test_a_synthetic_thread_is_the_same_for_the_same_seed() -> None:
    assert synthetic_video(300, seed=4) == synthetic_video(300, seed=4)
    assert synthetic_video(300, seed=4) != synthetic_video(300, seed=5)
    assert len({comment.text for comment in synthetic_video(5000).comments}) == 5000


@pytest.mark.shared
@needs_shared
def test_a_web_capture_is_served_as_it_was_captured(replica: Replica) -> None:
    video = replica.add(load_capture(WEB_CAPTURE))
    captured = json.loads(WEB_CAPTURE.read_text(encoding="utf-8"))["comments"]
    served = comment_page(replica, video.id, 0)["comments"]
    assert len(served) == 19
    unchanged = [key for key in captured[0] if key not in {"reply_comment", "reply_comment_total"}]
    assert [{key: row[key] for key in unchanged} for row in served] == [{key: row[key] for key in unchanged} for row in captured]


@pytest.mark.shared
@needs_shared
def test_a_parsed_thread_becomes_a_video_with_its_replies(replica: Replica) -> None:
    body = json.loads(PARSED_CAPTURE.read_text(encoding="utf-8"))
    video = replica.add(load_capture(PARSED_CAPTURE))
    assert (video.id, video.caption) == ("7418294751977327878", body["caption"])
    assert [comment.text for comment in video.comments] == [row["comment"] for row in body["comments"]]
    assert video.visible_total == sum(1 + len(row["replies"]) for row in body["comments"])


def test_a_file_of_another_shape_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text('{"comments": [{"body": "x"}]}')
    with pytest.raises(ValueError, match=r"other\.json has rows with the keys \['body'\]"):
        load_capture(other)
