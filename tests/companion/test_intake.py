"""The one way in: pages become rows, each once, whatever came before and in whatever order."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.intake import DAY_MS, Captured, Origin, Taken, take, unpack
from companion.reparse import reparse
from companion.retention import expire
from companion.store import Store, StoreError, comment_metrics, comments, labels, open_store, products, raw_pages, runs, tasks, videos
from companion.store import creators as creator_rows
from companion.store.runs import Run
from companion.store.tasks import Wanted
from companion.tiktok import Asked, PageKind, asked_of
from tests.companion.recorded import AT, listing, thread, visit
from tests.companion.store.scenes import label
from tests.companion.tiktok.shapes import CREATOR, TOP, VIDEO, comment, item, items, reply, user, without
from tests.companion.tiktok.shapes import comments as answer
from tests.companion.tiktok.shapes import listing as asked_list
from tests.replica.holdings import holdings
from tests.replica.world import World

SCRAPE = Origin("scrape", "run1")
LATER = AT + 3_600_000
OTHER = "7600000000000000012"


def came(store: Store, *rows: dict[str, Any], at: int = AT, origin: Origin = SCRAPE, cursor: int = 0, **more: Any) -> Taken:
    """A page of comments of VIDEO."""
    return take(store, [Captured(asked_list(cursor=cursor), 200, answer(*rows, **more), at)], origin)


def shown(store: Store, *found: dict[str, Any], at: int = AT, origin: Origin = SCRAPE) -> Taken:
    """A page of videos."""
    return take(store, [Captured(Asked("items", f"/api/recommend/item_list/?t={at}"), 200, items(*found), at)], origin)


def one(store: Store, cid: str = TOP) -> comments.Comment:
    with store.reading() as connection:
        found = comments.find(connection, "tiktok", cid)
    assert found
    return found


def film(store: Store, video_id: str = VIDEO) -> videos.Video:
    with store.reading() as connection:
        found = videos.find(connection, "tiktok", video_id)
    assert found
    return found


def a_task(store: Store, key: str = VIDEO, keep_days: int | None = None) -> Origin:
    """A run with one task for a video."""
    with store.writing() as connection:
        if runs.find(connection, "run1") is None:
            runs.start(connection, Run("run1", "video", (key,), AT, AT, keep_days=keep_days))
        tasks.add(connection, "run1", [Wanted("video", key)])
        number = next(task.id for task in tasks.of_run(connection, "run1") if task.key == key)
    return Origin("scrape", "run1", number, keep_days)


def task_of(store: Store, origin: Origin) -> tasks.Task:
    with store.reading() as connection:
        found = tasks.find(connection, origin.task_id or 0)
    assert found
    return found


TABLES = ("creator", "video", "comment", "video_hashtag", "video_product", "comment_metric", "video_metric")


def everything(store: Store, tables: Iterable[str] = TABLES) -> dict[str, list[tuple[Any, ...]]]:
    with store.reading() as connection:
        return {table: [tuple(row) for row in connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2")] for table in tables}


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


WORLD = World(1, 12, seed=5).build()[0]
PAGES = [
    *(page.captured(AT) for page in visit(WORLD)),
    *(page.captured(AT + 1) for page in visit(replace(WORLD, plays=WORLD.plays + 5))),
    replace(next(iter(thread(WORLD))).captured(AT + 2), asked=replace(next(iter(thread(WORLD))).captured().asked, cursor="x")),
    listing([WORLD]).captured(AT + 3),
]


@pytest.fixture
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Store]:
    """Makes empty workspaces in which one person has the same pseudonym."""

    def make() -> Store:
        folder = tmp_path_factory.mktemp("any-order")
        (folder / "workspace.key").write_bytes(b"k" * 32)
        return open_store(folder)

    return make


def drifted(page: Captured, cids: set[str]) -> Captured:
    """The page with these comments' texts and writers under other keys."""
    body = json.loads(json.dumps(page.body))
    rows = body.get("comments") if isinstance(body, dict) else None
    for row in rows or []:
        if row["cid"] in cids:
            row["words"] = row.pop("text")
            row["by"] = row.pop("user")["uid"]
    return replace(page, body=body)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_order_of_the_same_pages_gives_the_same_rows(fresh: Callable[[], Store], data: st.DataObject) -> None:
    lost = set(data.draw(st.lists(st.sampled_from([comment.cid for comment in WORLD.comments]), max_size=4)))
    pages = [drifted(page, lost) if number % 3 == 1 else page for number, page in enumerate(PAGES)]
    found = []
    for order in (pages, data.draw(st.permutations(pages))):
        store = fresh()
        for page in order:
            take(store, [page], SCRAPE)
        found.append(everything(store, [table for table in TABLES if not table.endswith("_metric")]))
        store.close()
    assert found[0] == found[1]


def test_a_text_lost_by_a_change_of_the_pages_comes_back_when_they_are_read_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    body = answer(comment(text=None, words="where can I get it"))
    taken = take(store, [Captured(asked_list(), 200, body, AT)], Origin("scrape", "run1", keep_days=7))
    assert taken.drift == {"comment.text missing": 1}
    assert (one(store).text, one(store).likes) == ("", 12)
    monkeypatch.setattr("companion.reparse.read", _read_words)
    done = reparse(store)
    assert (done.pages, done.new, done.drift) == (1, 0, {})
    assert one(store).text == "where can I get it"


def _read_words(asked: Asked, body: Any) -> Any:
    """Tomorrow's reader, which knows the new key."""
    from companion.tiktok import read

    for row in body["comments"]:
        row["text"] = row.pop("words", row.get("text"))
    return read(asked, body)


def test_reading_again_changes_nothing_where_nothing_changed(store: Store) -> None:
    for page in visit(World(1, 25).build()[0]):
        take(store, [page.captured()], Origin("scrape", "run1", keep_days=7))
    with store.writing() as connection:
        runs.start(connection, Run("run1", "video", (), AT, AT, keep_days=7))
    before = everything(store)
    assert reparse(store).new == 0
    assert everything(store) == before


def test_rows_that_come_back_from_raw_pages_keep_their_door_and_their_end(store: Store) -> None:
    with store.writing() as connection:
        runs.start(connection, Run("run1", "video", (), AT, AT, keep_days=7))
    came(store, comment(), origin=Origin("scrape", "run1", keep_days=7))
    before = everything(store)
    with store.writing() as connection:
        connection.execute("DELETE FROM comment")
    assert reparse(store).new == 1
    assert everything(store) == before


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


def test_a_failing_page_leaves_nothing_of_the_others(store: Store) -> None:
    origin = a_task(store)
    before = everything(store, [*TABLES, "task", "run", "raw_page", "task_seen"])
    pages = [
        Captured(asked_list(), 200, answer(comment()), AT),
        Captured(asked_list(OTHER), 200, answer(comment(cid="2", aweme_id=OTHER)), AT),
    ]
    with store.writing() as connection:
        connection.execute(
            "CREATE TRIGGER broken BEFORE INSERT ON comment WHEN NEW.id = '2' BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
    with pytest.raises(sqlite3.Error, match="disk is full"):
        take(store, pages, origin)
    assert everything(store, before) == before
    with store.writing() as connection:
        connection.execute("DROP TRIGGER broken")
    assert take(store, pages, origin).comments_new == 2


def test_a_busy_file_is_said_and_nothing_is_written(store: Store) -> None:
    hasty = replace(store, busy_timeout_ms=20)
    with store.writing(), pytest.raises(StoreError, match="busy"):
        came(hasty, comment())
    assert everything(store)["comment"] == []


LONE = chr(0xD83D)


def nested(depth: int) -> Any:
    found: Any = {"uid": "7100000000000000044"}
    for _ in range(depth):
        found = {"a": [found]}
    return found


HOSTILE: dict[str, Any] = {
    "no object": [1, "x", None, 3.5, [], [[]], True],
    "nested": nested(400),
    "comments nested": answer(comment(reply_comment=[nested(400)])),
    "comments are text": {"comments": "many"},
    "rows of every type": answer(*[None, 1, "x", [], [comment()], {}]),  # type: ignore[list-item]
    "huge numbers": answer(comment(digg_count=10**400, create_time=10**30, reply_comment_total=-(10**30))),
    "number too long to print": answer(comment(digg_count=10**5000, extra={"n": 10**5000}, cid=10**5000), comment(cid="3")),
    "wrong types": answer(comment(text=5, user=[], digg_count="many", create_time={}, label_list=5, image_list="x", reply_comment={})),
    "flags": answer(comment(author_pin="yes", is_author_digged=[], is_high_purchase_intent={}, stick_position=[])),
    "NUL and half a character": answer(comment(text=f"a\0b{LONE}c", comment_language=f"e{LONE}", user=user(handle=f"m\0{LONE}x"))),
    "key with half a character": answer(comment(**{f"k{LONE}\0": {f"{LONE}": 1}})),
    "1 MB text": answer(
        comment(text="need this " * 100_000), comment(cid="2", text="@" * 1_000_000), comment(cid="3", text="0812 " * 200_000)
    ),
    "1 MB key": answer(comment(**{"k" * 1_000_000: 1})),
    "item of odd parts": items(item(author=5, stats=[], statsV2="x", challenges={}, textExtra=5, music=[], video=None, anchors={"a": 1})),
    "anchors": items(item(anchors=[{"type": [], "component_key": "anchor_shop", "extra": json.dumps({"product_id": 1, "price": [10]})}])),
    "anchor of a huge price": items(
        item(anchors=[{"type": 33, "component_key": "anchor_shop", "extra": {"product_id": 5, "price": 10**5000}}])
    ),
    "numbers that are none": answer(comment(digg_count=float("nan"), create_time=float("inf"))),
    "item with half a character": items(
        item(desc=f"{LONE}\0", challenges=[{"title": f"t{LONE}"}], author={"id": "5", "uniqueId": f"h{LONE}\0"})
    ),
    "one id for all": answer(*[comment(text=str(n)) for n in range(50)]),
    "shown rows": {
        "at": 10**30,
        "thread": {"id": VIDEO, "rows": [{"id": TOP, "text": LONE, "likes": 10**30, "created_at": 10**30, "time": "1-2"}]},
    },
    "shown rows of odd parts": {
        "at": "x",
        "thread": {"id": VIDEO, "author": 5, "rows": [5, {"id": TOP, "user": 5, "level": "2", "time": 9}]},
    },
}


@pytest.mark.parametrize("kind", ["comments", "replies", "items", "item", "user", "tag", "search", "shop_product", "rendered"])
@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_body_is_no_fault_and_leaves_whole_rows(store: Store, kind: Any, body: Any) -> None:
    asked = Asked(kind, "/api/x/", VIDEO, TOP if kind == "replies" else None)
    take(store, [Captured(asked, 200, body, AT), Captured(asked_list(), 200, answer(comment(cid="77")), AT)], SCRAPE)
    assert one(store, "77").likes == 12
    with store.reading() as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        pages = [unpack(page.body) for _, page in raw_pages.walk(connection)]
        assert len(pages) == 2
        for row in connection.execute("SELECT text, author FROM comment"):
            assert LONE not in row["text"]
            assert "\0" not in row["text"]
    reparse(store)


KEYS = (
    *(
        "comments",
        "cid",
        "aweme_id",
        "text",
        "user",
        "uid",
        "unique_id",
        "nickname",
        "reply_comment",
        "reply_id",
        "digg_count",
        "create_time",
    ),
    *("itemList", "itemInfo", "itemStruct", "id", "desc", "author", "stats", "statsV2", "playCount", "anchors", "extra", "component_key"),
    *(
        "textExtra",
        "text_extra",
        "start",
        "end",
        "hashtagName",
        "challenges",
        "title",
        "music",
        "video",
        "duration",
        "userInfo",
        "UserModule",
    ),
    *(
        "users",
        "ItemModule",
        "CommentItem",
        "data",
        "type",
        "item",
        "label_list",
        "price",
        "product_id",
        "thread",
        "rows",
        "likes",
        "at",
        "level",
    ),
    *(
        "level",
        "parent",
        "has_more",
        "total",
        "cursor",
        "status_code",
        "challengeInfo",
        "challenge",
        "comment_language",
        "image_list",
        "time",
    ),
)
PLAIN = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(2**70), 2**70),
    st.floats(),
    st.text(st.characters(codec=None), max_size=12),
    st.sampled_from([TOP, VIDEO, CREATOR, "0", "@mia", "{", "[{", '[{"uid":"7"}]', "anchor_shop", "http://a/?b=c", 33, 35, 1_769_601_111]),
)
JSON = st.recursive(
    PLAIN, lambda part: st.one_of(st.lists(part, max_size=4), st.dictionaries(st.sampled_from(KEYS), part, max_size=6)), max_leaves=60
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.sampled_from(get_args(PageKind)), st.lists(st.dictionaries(st.sampled_from(KEYS), JSON, max_size=8), max_size=4), JSON)
def test_no_body_whatever_is_a_fault(store: Store, kind: PageKind, rows: list[dict[str, Any]], rest: Any) -> None:
    asked = Asked(kind, "/api/x/", VIDEO, TOP)
    for body in ({"comments": rows}, {"itemList": rows}, {"at": AT, "thread": {"id": VIDEO, "rows": rows}}, rest):
        take(store, [Captured(asked, 200, body, AT)], SCRAPE)


def test_many_rows_are_one_write(store: Store) -> None:
    taken = came(store, *({"cid": str(10**9 + n), "text": "x"} for n in range(5_000)))
    assert taken.comments_new == 5_000
