"""Items of every unusual kind, hashtags, and answers whose shape has drifted."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from tests.replica import Replica, Settings, Video, World
from tests.replica.anchors import product_id
from tests.replica.asking import ask, comments, get, replies
from tests.replica.item_shapes import tag_id


@pytest.fixture(scope="module")
def running() -> Iterator[Replica]:
    with Replica() as started:
        yield started


@pytest.fixture(scope="module", name="special")
def special_videos(running: Replica) -> dict[str, Video]:
    return running.add_special()


@pytest.fixture
def stage(running: Replica, special: dict[str, Video]) -> Replica:
    running.state.settings = Settings()
    running.refusals.clear()
    running.state.drifted.clear()
    return running


def item(replica: Replica, video: Video) -> dict[str, Any]:
    found: dict[str, Any] = ask(replica, f"/api/item/detail/?itemId={video.id}")["itemInfo"]["itemStruct"]
    return found


def listed(replica: Replica, tag: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = ask(replica, f"/api/challenge/item_list/?challengeID={tag_id(tag)}&count=30&cursor=0")["itemList"]
    return found


# Hashtags


def test_a_hashtag_page_carries_its_detail_and_no_list(stage: Replica) -> None:
    page = get(stage, "/tag/desksetup").body.decode()
    scope = json.loads(page.split('type="application/json">')[1].split("</script>")[0])["__DEFAULT_SCOPE__"]
    detail = scope["webapp.challenge-detail"]["challengeInfo"]
    assert detail["challenge"]["id"] == str(tag_id("desksetup"))
    assert detail["stats"]["viewCount"] > 2**31
    assert detail["statsV2"]["videoCount"].isdecimal()
    assert scope["seo.abtest"] == {"vidList": []}
    assert "webapp.updated-items" not in scope


def test_the_first_items_may_stand_in_the_html_only(stage: Replica) -> None:
    stage.configure(first_items="html")
    assert "webapp.updated-items" in get(stage, "/tag/special").body.decode()


def test_an_unknown_hashtag_has_no_detail(stage: Replica) -> None:
    assert ask(stage, "/api/challenge/detail/?challengeName=nobodyusesthis")["challengeInfo"] == {}


def test_a_list_may_end_early_and_without_its_key(stage: Replica) -> None:
    path = f"/api/challenge/item_list/?challengeID={tag_id('special')}&count=5&cursor="
    stage.configure(tag_limit=10)
    pages = [ask(stage, f"{path}{cursor}") for cursor in (0, 5)]
    assert [(len(page["itemList"]), page["cursor"], page["hasMore"]) for page in pages] == [(5, "5", True), (5, "10", False)]
    stage.configure(list_end="no_key")
    pages = [ask(stage, f"{path}{cursor}") for cursor in (5, 10)]
    assert pages[0]["hasMore"] is True
    assert ("itemList" in pages[1], pages[1]["hasMore"], pages[1]["cursor"]) == (False, False, "10")


def test_a_ranking_changes_order_and_nothing_else(stage: Replica) -> None:
    lamp = stage.videos["clip-lamp"].id
    plain = [one["id"] for one in listed(stage, "special")], [row["cid"] for row in ask(stage, comments(lamp))["comments"]]
    stage.configure(ranking=5)
    ranked = [one["id"] for one in listed(stage, "special")], [row["cid"] for row in ask(stage, comments(lamp))["comments"]]
    assert ranked[0] != plain[0]
    assert sorted(ranked[0]) == sorted(plain[0])
    assert ranked[1] != plain[1]
    assert ranked[1][0] == plain[1][0], "a pinned comment stays first"


# Items


def test_stats_are_rounded_and_statsv2_exact_with_reposts(stage: Replica, special: dict[str, Video]) -> None:
    found = item(stage, special["seller"])
    assert found["statsV2"]["repostCount"] == "12"
    assert found["author"]["ttSeller"] is True
    assert all(isinstance(value, str) for value in found["statsV2"].values())


def test_ads_partnerships_photos_and_live_say_so(stage: Replica, special: dict[str, Video]) -> None:
    assert item(stage, special["ad"])["isAd"] is True
    assert item(stage, special["paid-partnership"])["adAuthorization"] is True
    photos = item(stage, special["photo-post"])["imagePost"]["images"]
    assert [len(one["imageURL"]["urlList"]) for one in photos] == [1, 1, 1]
    assert "liveRoomInfo" in next(one for one in listed(stage, "special") if one["id"] == special["live"].id)
    assert "/photo/" in special["photo-post"].path


def test_anchors_nest_products_whose_number_only_text_keeps(stage: Replica, special: dict[str, Video]) -> None:
    def products(kind: str) -> list[dict[str, Any]]:
        (wrapper,) = item(stage, special[kind])["anchors"]
        rows: list[dict[str, Any]] = json.loads(wrapper["extra"])
        return rows

    assert "anchors" not in item(stage, special["anchor-none"])
    (one,) = products("anchor-one")
    wanted = product_id(special["anchor-one"])
    assert (one["id"], json.loads(one["extra"])["product_id"]) == (wanted, int(wanted))
    assert float(wanted) != int(wanted)
    assert len(wanted) == 19
    assert len(products("anchor-several")) == 3
    assert "id" not in products("anchor-number")[0]
    assert item(stage, special["anchor-empty"])["anchors"][0]["extra"] == ""
    with pytest.raises(ValueError, match="char"):
        products("anchor-malformed")
    assert item(stage, special["anchor-link"])["anchors"][0]["component_key"] == "anchor_good_link"


@pytest.mark.parametrize(("kind", "status"), [("deleted", 10204), ("private", 10216)])
def test_gone_videos_answer_their_status_and_no_comments(stage: Replica, special: dict[str, Video], kind: str, status: int) -> None:
    answer = ask(stage, f"/api/item/detail/?itemId={special[kind].id}")
    assert (answer["statusCode"], answer["itemInfo"]) == (status, {})
    assert ask(stage, comments(special[kind].id))["comments"] is None
    assert special[kind].id not in stage.holdings("special")


def test_a_video_may_be_deleted_while_the_replica_runs(stage: Replica) -> None:
    video = stage.videos["gel-pens"]
    stage.remove(video)
    assert ask(stage, f"/api/item/detail/?itemId={video.id}")["statusCode"] == 10204
    stage.state.statuses[video.id] = 0


def test_videos_without_comments_have_none(stage: Replica, special: dict[str, Video]) -> None:
    assert item(stage, special["comments-off"])["itemCommentStatus"] != 0
    for kind in ("comments-off", "no-comments"):
        answer = ask(stage, comments(special[kind].id))
        assert (answer["comments"], answer["has_more"], answer["total"]) == (None, 0, 0)


def test_a_reply_to_a_reply_names_it_and_stays_under_the_comment(stage: Replica) -> None:
    (video,) = stage.add_world(World(1, 60, seed=9, tag="answers"))
    comment = next(one for one in video.comments if any(reply.answers != "0" for reply in one.replies[:3]))
    rows = ask(stage, replies(video.id, comment.cid))["comments"]
    assert {row["reply_id"] for row in rows} == {comment.cid}
    assert [row["reply_to_reply_id"] for row in rows] == [reply.answers for reply in comment.replies[:3]]


# Drift


def test_the_same_answers_drift_for_the_same_seed_and_are_logged(stage: Replica) -> None:
    lamp = stage.videos["clip-lamp"].id
    stage.configure(drift_share=0.5, drift_seed=3)

    def walk() -> list[tuple[str, tuple[str, ...]]]:
        stage.state.drifted.clear()
        for cursor in range(0, 200, 20):
            get(stage, comments(lamp, cursor))
        return [(one.kind, one.ids) for one in stage.state.drifted]

    first = walk()
    assert 0 < len(first) < 10
    assert walk() == first


def test_each_way_of_drifting(stage: Replica, special: dict[str, Video]) -> None:
    lamp = stage.videos["clip-lamp"]

    def first_row(kind: str) -> dict[str, Any]:
        stage.configure(drift_share=1.0, drift_kinds=(kind,))
        row: dict[str, Any] = ask(stage, comments(lamp.id))["comments"][0]
        return row

    comment = lamp.comments[0]
    renamed = first_row("renamed_text")
    assert ("text" in renamed, renamed["content"]) == (False, comment.text)
    assert first_row("count_as_text")["digg_count"] == str(comment.likes)
    assert "uid" not in first_row("user_without_uid")["user"]
    assert "mystery" in first_row("unknown_keys")
    assert first_row("number_id")["cid"] == int(comment.cid)
    assert first_row("nested_rows")["comment_info"]["cid"] == comment.cid
    stage.configure(drift_kinds=("stats_as_text",))
    assert listed(stage, "special")[0]["stats"]["diggCount"] == "a lot"
