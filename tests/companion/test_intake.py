"""The one way in: pages become rows, each once, and what is known of them stays."""

from __future__ import annotations

import json
from typing import Any

import pytest

from companion.intake import DAY_MS, Captured, Origin, take
from companion.reparse import reparse
from companion.retention import expire
from companion.store import Store, comment_metrics, comments, labels, products, raw_pages, runs, tasks, videos
from companion.store import creators as creator_rows
from companion.store.runs import Run
from companion.tiktok import Asked, asked_of
from tests.companion.intake_scene import LATER, OTHER, SCRAPE, a_task, came, film, one, shown, task_of
from tests.companion.recorded import AT, visit
from tests.companion.store.scenes import label
from tests.companion.tiktok.shapes import CREATOR, TOP, VIDEO, comment, item, items, reply, user, without
from tests.companion.tiktok.shapes import comments as answer
from tests.companion.tiktok.shapes import listing as asked_list
from tests.replica.holdings import holdings
from tests.replica.world import World


def test_every_comment_and_reply_of_a_visit_is_stored_once(store: Store) -> None:
    world = World(2, 45).build()
    taken = [take(store, [page.captured()], SCRAPE) for video in world for page in visit(video)]
    held = holdings(world)
    with store.reading() as connection:
        stored = {row["id"]: row["level"] for row in connection.execute("SELECT id, level FROM comment")}
    assert set(stored) == set().union(*(thread.ids for thread in held.values()))
    first = {cid for thread in held.values() for cid in thread.comments}
    assert {cid for cid, level in stored.items() if level == 1} == first
    assert sum(page.comments_new for page in taken) == sum(page.comments_found for page in taken) == len(first)
    assert sum(page.replies_new for page in taken) == len(stored) - len(first)
    assert sum(page.videos_new for page in taken) == 2
    assert not sum((page.drift for page in taken), start=taken[0].drift)


def test_what_was_seen_before_is_found_and_not_new(store: Store) -> None:
    came(store, comment())
    taken = came(store, comment(), comment(cid="2"), at=LATER, origin=Origin("scrape", "run2"))
    assert (taken.comments_found, taken.comments_new, taken.ids) == (2, 1, {TOP, "2"})


def test_the_same_page_twice_in_a_run_counts_once_and_is_kept_once(store: Store) -> None:
    origin = a_task(store)
    first, second = came(store, comment(), origin=origin), came(store, comment(), origin=origin, at=LATER)
    assert (first.comments_found, second.comments_found) == (1, 0)
    assert second.ids == {TOP}, "whoever waits for the page still hears what was in it"
    with store.reading() as connection:
        run = runs.find(connection, "run1")
        assert run
        assert (run.pages, run.rows, raw_pages.count(connection)) == (1, 1, 1)
    assert task_of(store, origin).comments_found == 1


def test_a_page_that_another_task_brought_counts_for_the_task_that_asked(store: Store) -> None:
    first, second = a_task(store, OTHER), a_task(store)
    came(store, comment(), origin=first)
    came(store, comment(), origin=second)
    assert (task_of(store, first).comments_new, task_of(store, second).comments_found, task_of(store, second).comments_new) == (1, 1, 0)


def test_a_preview_and_the_row_of_the_same_reply_are_one(store: Store) -> None:
    preview = without(reply(digg_count=4), "comment_language")
    came(store, comment(reply_comment=[preview]))
    assert (one(store, preview["cid"]).parent_id, one(store, preview["cid"]).level) == (TOP, 2)
    asked = asked_of(f"https://www.tiktok.com/api/comment/list/reply/?item_id={VIDEO}&comment_id={TOP}&cursor=0")
    assert asked
    taken = take(store, [Captured(asked, 200, answer(reply(digg_count=5)), LATER)], SCRAPE)
    assert (taken.replies_found, taken.replies_new) == (1, 0)
    assert (one(store, preview["cid"]).likes, one(store, preview["cid"]).lang) == (5, "en")


def test_a_reply_twice_on_one_page_keeps_the_fuller_one(store: Store) -> None:
    full = reply()
    taken = came(store, comment(reply_comment=[without(full, "comment_language", "digg_count")]), full)
    assert (taken.comments_found, taken.replies_found) == (1, 1)
    assert (one(store, full["cid"]).lang, one(store, full["cid"]).likes) == ("en", 12)


def test_a_body_belongs_to_the_video_that_it_was_asked_for(store: Store) -> None:
    neighbour = without(comment(cid="5"), "aweme_id")
    take(store, [Captured(asked_list(OTHER), 200, answer(neighbour), AT), Captured(asked_list(), 200, answer(comment()), AT)], SCRAPE)
    assert (one(store, "5").video_id, one(store).video_id) == (OTHER, VIDEO)


def test_comments_may_come_before_their_video(store: Store) -> None:
    taken = came(store, comment(), reply(user=user(CREATOR, "shop.tests"), label_list=None))
    assert (taken.videos_found, taken.videos_new, film(store).creator_id) == (0, 0, None)
    assert one(store, reply()["cid"]).is_creator_reply is False
    taken = shown(store, item(), at=LATER)
    assert (taken.videos_found, taken.videos_new) == (1, 1), "a bare row for its comments does not make a video known"
    assert film(store).creator_id == CREATOR
    assert one(store, reply()["cid"]).is_creator_reply is True
    assert one(store).is_creator_reply is False


def test_who_the_creator_is_goes_by_id_and_not_by_a_label(store: Store) -> None:
    liar = comment(cid="8", label_list=[{"text": "Creator", "type": 1}])
    came(store, liar)
    assert one(store, "8").is_creator_reply is True, "nothing better is known"
    shown(store, item())
    assert one(store, "8").is_creator_reply is False
    came(store, liar, comment(cid="9", user=user(CREATOR, "shop.tests"), label_list=None), at=LATER)
    assert [one(store, cid).is_creator_reply for cid in ("8", "9")] == [False, True]


def test_a_creator_known_by_handle_first_is_recognised_under_older_videos_too(store: Store) -> None:
    seen = {"at": AT, "thread": {"id": OTHER, "author": {"uniqueId": "shop.tests"}, "rows": []}}
    take(store, [Captured(Asked("rendered", "rendered/1", video_id=OTHER), 200, seen, AT)], Origin("extension"))
    take(store, [Captured(asked_list(OTHER), 200, answer(comment(aweme_id=OTHER, user=user(CREATOR, "shop.tests"))), AT)], SCRAPE)
    shown(store, item(), at=LATER)
    assert (film(store, OTHER).creator_id, one(store).is_creator_reply) == (CREATOR, True)


def test_counters_are_noted_when_they_move_and_once_a_day(store: Store) -> None:
    for hours, plays in ((0, 10), (1, 10), (2, 11), (3, 11), (26, 11), (27, 11)):
        shown(store, item(stats={"playCount": plays}, statsV2={"playCount": str(plays)}), at=AT + hours * 3_600_000)
    with store.reading() as connection:
        found = videos.metrics(connection, "tiktok", VIDEO)
    assert [((metric.at - AT) // 3_600_000, metric.plays) for metric in found] == [(0, 10), (2, 11), (26, 11)]


def test_a_page_that_leaves_counters_out_says_nothing_about_them(store: Store) -> None:
    shown(store, item())
    shown(store, item(stats={"playCount": 1585253}, statsV2={}), at=LATER)
    with store.reading() as connection:
        assert len(videos.metrics(connection, "tiktok", VIDEO)) == 1


def test_likes_of_a_comment_are_noted_when_they_move_also_out_of_order(store: Store) -> None:
    for at, likes in ((5, 7), (1, 3), (2, 3), (6, 7), (4, 5)):
        came(store, comment(digg_count=likes), at=AT + at, cursor=at)
    with store.reading() as connection:
        found = comment_metrics.of_comment(connection, "tiktok", TOP)
    assert [(metric.at - AT, metric.likes) for metric in found] == [(1, 3), (4, 5), (5, 7)]
    assert one(store).likes == 7


def test_an_older_page_only_fills_gaps(store: Store) -> None:
    came(store, without(comment(digg_count=9, author_pin=True), "comment_language"), at=LATER)
    came(store, comment(digg_count=2, author_pin=False), at=AT, cursor=20)
    assert (one(store).likes, one(store).pinned, one(store).lang) == (9, True, "en")
    with store.reading() as connection:
        assert comments.seen(connection, "tiktok", TOP) == comments.Seen(AT, LATER, None)


def test_nothing_known_is_overwritten_by_nothing(store: Store) -> None:
    shown(store, item())
    came(store, comment())
    before = film(store), one(store)
    shown(store, item(desc="", challenges=[], textExtra=[], music={}), at=LATER)
    came(store, comment(text="", comment_language=""), at=LATER)
    assert (film(store), one(store)) == before


@pytest.mark.parametrize(
    ("marks", "kind"),
    [
        ({}, "organic"),
        ({"adAuthorization": True}, "partnership"),
        ({"isAd": True}, "ad"),
        ({"is_ec_video": 1}, "shop"),
        ({"isAd": None}, "unknown"),
    ],
)
def test_why_a_video_exists_is_stored_and_never_becomes_unknown_again(store: Store, marks: dict[str, Any], kind: str) -> None:
    shown(store, item(**marks))
    assert film(store).commerce == kind
    came(store, comment(), at=LATER)
    shown(store, item(isAd=None), at=LATER)
    assert film(store).commerce == kind


def test_products_keep_all_nineteen_digits(store: Store) -> None:
    number = 1729800000000000123
    product = {"product_id": number, "title": "Lamp", "seller_id": number + 1, "price": 19.9, "currency": "USD"}
    shop = [{"type": 33, "component_key": "anchor_shop", "extra": json.dumps(product)}]
    text = json.dumps(items(item(anchors=[{"type": 35, "component_key": "anchor_complex_shop", "extra": json.dumps(shop)}])))
    take(store, [Captured(Asked("items", "/api/recommend/item_list/"), 200, json.loads(text), AT)], SCRAPE)
    assert film(store).commerce == "shop"
    shown(store, item(), at=LATER)
    with store.reading() as connection:
        [found] = products.of_video(connection, "tiktok", VIDEO)
    assert (found.product_id, found.seller_id, found.price) == (str(number), str(number + 1), "19.9")


def kept(store: Store, table: str, ident: str) -> int | None:
    with store.reading() as connection:
        found = connection.execute(f"SELECT keep_until FROM {table} WHERE id = ?", [ident]).fetchone()
    return None if found[0] is None else int(found[0] - AT) // DAY_MS


def test_rows_are_kept_until_the_latest_moment_that_a_run_asked_for(store: Store) -> None:
    week, month, ever = (Origin("scrape", f"run-{days}", keep_days=days) for days in (7, 30, None))
    came(store, comment(), origin=week)
    assert (kept(store, "comment", TOP), kept(store, "video", VIDEO)) == (7, 7), "the bare video too"
    shown(store, item(), origin=week)
    came(store, comment(), origin=month)
    came(store, comment(), origin=week)
    assert (kept(store, "comment", TOP), kept(store, "video", VIDEO)) == (30, 7)
    came(store, comment(), comment(cid="2"), origin=ever)
    came(store, comment(), comment(cid="2"), origin=week, cursor=20)
    assert (kept(store, "comment", TOP), kept(store, "comment", "2")) == (None, None)


def test_what_is_past_its_time_goes_with_its_video_its_creator_and_its_raw_pages(store: Store) -> None:
    with store.writing() as connection:
        runs.start(connection, Run("run1", "video", (), 1, 1, keep_days=7))
    origin = Origin("scrape", "run1", keep_days=7)
    shown(store, item(), at=1, origin=origin)
    came(store, comment(), comment(cid="2"), at=1, origin=origin)
    with store.writing("labels") as connection:
        labels.append(connection, label(1, comment_id="2", video_id=VIDEO))
    gone = expire(store, raw_days=36500)
    assert (gone.comments, gone.videos, gone.raw_pages) == (1, 0, 2)
    with store.reading() as connection:
        assert [row["id"] for row in connection.execute("SELECT id FROM comment")] == ["2"], "somebody labelled it"
    with store.writing() as connection:
        connection.execute("DELETE FROM comment")
    assert expire(store).videos == 1
    with store.reading() as connection:
        assert creator_rows.find(connection, "tiktok", CREATOR) is None
    assert reparse(store).new == 0


def test_a_task_counts_what_it_meets_once_over_all_its_sittings(store: Store) -> None:
    origin = a_task(store)
    came(store, comment(cid="9"), origin=Origin("file"))
    came(store, comment(reply_comment=[reply()]), comment(cid="9"), origin=origin, has_more=1, total=504)
    came(
        store, comment(reply_comment=[reply()]), comment(cid="10", reply_comment_total=0), origin=origin, cursor=20, has_more=0, total=None
    )
    found = task_of(store, origin)
    assert (found.comments_found, found.comments_new, found.replies_found, found.replies_new) == (3, 2, 1, 1)
    assert (found.replies_said, found.total, found.has_more) == (4, 504, False)
    with store.reading() as connection:
        assert tasks.seen(connection, found.id) == {TOP, "9", "10", reply()["cid"]}
