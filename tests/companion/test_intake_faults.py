"""A fault, a busy file or a hostile body leaves whole rows and nothing else."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.intake import Captured, take, unpack
from companion.reparse import reparse
from companion.store import Store, StoreError, raw_pages
from companion.tiktok import Asked, PageKind
from tests.companion.intake_scene import OTHER, SCRAPE, TABLES, a_task, came, everything, one
from tests.companion.recorded import AT
from tests.companion.tiktok.shapes import CREATOR, TOP, VIDEO, comment, item, items, user
from tests.companion.tiktok.shapes import comments as answer
from tests.companion.tiktok.shapes import listing as asked_list


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
