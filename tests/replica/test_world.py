"""The large world: made at once, the same for its seed, and wholly reachable through the site's own pages."""

import time
import tracemalloc
from collections.abc import Iterator

import pytest

from tests.replica import Replica, World
from tests.replica.asking import ask, comments, replies
from tests.replica.holdings import holdings


@pytest.fixture(scope="module")
def world() -> Iterator[Replica]:
    with Replica() as running:
        running.add_world(World(40, 45))
        yield running


def test_200_videos_of_300_comments_are_built_at_once_and_fill_no_memory() -> None:
    tracemalloc.start()
    started = time.perf_counter()
    videos = World(200, 300).build()
    taken, (kept, _) = time.perf_counter() - started, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(videos) == 200
    assert taken < 3
    assert kept < 5_000_000
    assert sum(video.visible_total for video in videos) > 110_000


def test_it_is_the_same_for_the_same_seed_and_another_for_another() -> None:
    def ids(seed: int) -> object:
        return holdings(World(6, 50, seed=seed).build())

    assert ids(3) == ids(3)
    assert ids(3) != ids(4)


def test_every_id_is_given_once_and_holds_its_second_of_creation() -> None:
    videos = World(12, 60).build()
    rows = [one for video in videos for comment in video.comments for one in (comment, *comment.replies)]
    assert len({row.cid for row in rows}) == len(rows) == sum(video.visible_total for video in videos)
    assert all(int(row.cid) >> 32 == row.create_time for row in rows)
    assert all(len(row.cid) == 19 for row in rows)


def test_threads_hold_what_threads_hold() -> None:
    videos = World(12, 60).build()
    top = [comment for video in videos for comment in video.comments]
    under = [(video, comment, reply) for video in videos for comment in video.comments for reply in comment.replies]
    assert any(reply.user.uid == video.creator.uid for video, _, reply in under)
    assert any(reply.answers in {other.cid for other in comment.replies} for _, comment, reply in under)
    assert any(reply.creator_liked for _, _, reply in under)
    assert any(comment.pinned for comment in top)
    assert any(comment.hidden_replies for comment in top)
    assert any(comment.image and not comment.text for comment in top)
    assert any("@shop.example" in comment.text for comment in top)
    assert 2 < len(top) / len({comment.user.uid for comment in top}) < 6


def test_a_world_that_ids_have_no_room_for_is_refused() -> None:
    with pytest.raises(ValueError, match="choose 1-4096 videos"):
        World(5000, 10)


def test_paging_through_a_hashtag_and_its_threads_finds_exactly_what_is_held(world: Replica) -> None:
    tag = ask(world, "/api/challenge/detail/?challengeName=lamptok")["challengeInfo"]["challenge"]["id"]
    found: list[str] = []
    cursor, more = "0", True
    while more:
        page = ask(world, f"/api/challenge/item_list/?challengeID={tag}&count=30&cursor={cursor}")
        found += [item["id"] for item in page["itemList"]]
        cursor, more = page["cursor"], page["hasMore"]
    held = world.holdings("lamptok")
    assert sorted(found) == sorted(held)
    for video in found[:3]:
        assert _collected(world, video) == held[video].ids


def _collected(world: Replica, video: str) -> set[str]:
    ids: set[str] = set()
    cursor, more = 0, 1
    while more:
        page = ask(world, comments(video, cursor))
        for row in page["comments"]:
            ids.add(row["cid"])
            ids |= _replies(world, video, row["cid"]) if row["reply_comment_total"] else set()
        cursor, more = page["cursor"], page["has_more"]
    return ids


def _replies(world: Replica, video: str, comment: str) -> set[str]:
    ids: set[str] = set()
    cursor, more = 0, 1
    while more:
        page = ask(world, replies(video, comment, cursor))
        assert len(page["comments"]) <= 3
        assert all(row["reply_id"] == comment for row in page["comments"])
        ids |= {row["cid"] for row in page["comments"]}
        cursor, more = page["cursor"], page["has_more"]
    return ids


def test_a_creators_videos_page_by_milliseconds(world: Replica) -> None:
    creator = next(video for video in world.videos.values() if video.slug == "world-1-0").creator
    user = ask(world, f"/api/user/detail/?uniqueId={creator.handle}")["userInfo"]["user"]
    cursors, found = ["0"], []
    more = True
    while more:
        page = ask(world, f"/api/post/item_list/?secUid={user['secUid']}&count=16&cursor={cursors[-1]}")
        found += [item["id"] for item in page["itemList"]]
        cursors, more = [*cursors, page["cursor"]], page["hasMore"]
    assert len(found) == len(set(found)) == 20
    assert len(cursors[1]) == 13
