"""Keeping what the page shows: off until both sides say yes; then masked rows in the file, and one comment whatever it was called."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from companion.intake import Captured, Origin, take, unpack
from companion.store import open_store
from companion.tiktok import Asked
from tests.e2e.badges import badge_of, seen
from tests.e2e.product import Product, look_again, says
from tests.e2e.relay import Relay, relay
from tests.e2e.shadow import ShadowReader
from tests.e2e.stack import allow_capture, set_port, switch_capture, wait_until
from tests.e2e.threads import comment, thread
from tests.e2e.worlds import content_world
from tests.replica import Layout, Video
from tests.replica.comment_shapes import comment_json
from tests.replica.content import User

pytestmark = pytest.mark.browser

SETTLED_MS = 4_000  # longer than the extension gathers
PLANTED = ("planted.person", "planted@example.com", "555-0147", "Planted Nick")


@pytest.fixture(scope="module")
def between(product: Product) -> Iterator[Relay]:
    """A relay that knows what the extension asked for."""
    with relay(product.companion.port) as running:
        set_port(product.context, running.port)
        look_again(product.context, "ready")
        yield running
        set_port(product.context, product.companion.port)


@pytest.fixture
def keeping(product: Product, between: Relay) -> Iterator[Product]:
    """The product with keeping on, on both sides; off again afterwards."""
    switch_capture(product.context, says("keep_wait"), on=True)
    allow_capture(product.context, product.companion, allowed=True)
    switch_capture(product.context, says("keep_on"), on=True)
    yield product
    switch_capture(product.context, says("keep_off"), on=False)
    allow_capture(product.context, product.companion, allowed=False)


def scene(slug: str) -> Video:
    """A thread with everything that may stand in one: mentions, addresses, replies, the creator's own."""
    video = thread(slug, "where can I buy this lamp??", "ask @planted.person or planted@example.com, +1 (202) 555-0147", "so pretty")
    first, second, third = video.comments
    number = int(third.cid) + 100
    answers = (
        comment(number, f"{slug} does it ship"),
        replace(
            comment(number + 1, "@planted.person link in bio"), user=User(video.creator.uid, video.creator.handle, video.creator.nickname)
        ),
    )
    planted = User("7100000000000077777", "Planted.Person", "Planted Nick")
    return replace(video, comments=(replace(first, replies=answers, likes=1_234, pinned=True), replace(second, user=planted), third))


def rows_of(product: Product, video: Video) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(f"file:{product.companion.database}?mode=ro", uri=True)) as database:
        database.row_factory = sqlite3.Row
        return database.execute("SELECT * FROM comment WHERE video_id = ? ORDER BY level, text", [video.id]).fetchall()


def show(product: Product, tab: Page, video: Video, layout: Layout) -> ShadowReader:
    """Open the video with its replies unfolded."""
    reader = product.open(tab, video, layout)
    opener = {"g4": "View 2 replies", "g2": "View 2 replies", "g1": "View more replies (2)"}[layout]
    tab.get_by_text(opener, exact=True).click()
    expect(tab.locator('[data-e2e="comment-level-2"]')).to_have_count(2)
    return reader


def test_while_it_is_off_on_either_side_nothing_is_kept_or_sent(product: Product, between: Relay, tab: Page) -> None:
    video = scene("kept-off")
    show(product, tab, video, "g4")
    tab.wait_for_timeout(SETTLED_MS)
    switch_capture(product.context, says("keep_wait"), on=True)
    show(product, tab, video, "g2")
    tab.wait_for_timeout(SETTLED_MS)
    switch_capture(product.context, says("keep_off"), on=False)
    allow_capture(product.context, product.companion, allowed=True)
    look_again(product.context, "ready")
    show(product, tab, video, "g4")
    tab.wait_for_timeout(SETTLED_MS)
    world = content_world(tab)
    row = {"cid": None, "handle": "somebody", "text": "need it", "level": 1, "nth": 0, "parent": ""}
    shown = {"row": row, "root": None, "text": "need it", "likes": "", "time": "", "byCreator": False, "pinned": False}
    forged = {"type": "capture", "videoId": video.id, "creator": "", "rows": [shown], "embedded": {}}
    assert world.send(json.dumps(forged))["reply"]["ok"] is False, "a page that forges the message gets nothing kept"
    assert world.send(json.dumps({**forged, "token": "x"}))["reply"] is None
    allow_capture(product.context, product.companion, allowed=False)
    assert "/v1/score" in between.paths
    assert "/v1/capture" not in between.paths
    assert rows_of(product, video) == []


@pytest.mark.parametrize("layout", ["g4", "g2", "g1"])
def test_rows_are_in_the_file_masked_with_video_and_creator(layout: Layout, keeping: Product, tab: Page) -> None:
    video = scene(f"kept-{layout}")
    show(keeping, tab, video, layout)
    wait_until(tab, lambda: len(rows_of(keeping, video)) == 5, what="all five rows")
    store = open_store(keeping.companion.workspace)
    found = {row["text"]: row for row in rows_of(keeping, video)}
    first, second, _ = video.comments
    ask = "ask @user or [e-mail], [phone]"
    assert set(found) == {first.text, ask, "so pretty", first.replies[0].text, "@user link in bio"}
    assert found[ask]["author_alias"] == store.workspace.pseudonym(second.user.handle)
    assert {row["author_alias"] for row in found.values()} == {
        store.workspace.pseudonym(one.user.handle) for top in video.comments for one in (top, *top.replies)
    }
    assert [found[first.text][name] for name in ("likes", "pinned", "level", "door")] == [1200, 1, 1, "extension"]
    own = found["@user link in bio"]
    assert (own["is_creator_reply"], own["level"], own["parent_id"]) == (1, 2, found[first.text]["id"])
    assert all(row["created_at"] for row in found.values())
    ids = {row["id"] for row in found.values()}
    assert all(name.startswith("dom:") for name in ids) if layout == "g4" else found[first.text]["id"] == first.cid
    with store.reading() as connection:
        about = connection.execute(
            "SELECT v.caption, c.id, c.handle FROM video v JOIN creator c ON c.id = v.creator_id WHERE v.id = ?", [video.id]
        ).fetchone()
        assert about[:] == (video.caption, video.creator.uid, video.creator.handle)
        pages = [unpack(row[0]) for row in connection.execute("SELECT body FROM raw_page WHERE video_id = ?", [video.id])]
    assert pages
    written = b"".join(path.read_bytes() for path in keeping.companion.workspace.glob("buysignal.db*")).decode("utf-8", "replace")
    everything = (written + json.dumps(pages)).lower()
    assert not [name for name in PLANTED if name.lower() in everything]


def test_a_correction_follows_the_comment_to_its_own_id(keeping: Product, tab: Page) -> None:
    video = thread("kept-merged", "where can I buy this merged lamp", "so pretty, this merged lamp")
    reader = keeping.open(tab, video, "g4")
    text = seen(video.comments[0].text)
    wait_until(tab, lambda: len(rows_of(keeping, video)) == 2, what="both rows")
    wait_until(tab, lambda: badge_of(reader, text, "of 10"), what="the badge")
    badge = badge_of(reader, text, "of 10")
    assert badge
    reader.click(badge.element)
    reader.one("[role=dialog]")
    tab.keyboard.press("9")
    wait_until(tab, lambda: badge_of(reader, text, "9 of 10, your grade"), what="the corrected badge")
    store = open_store(keeping.companion.workspace)
    asked = Asked("comments", f"/api/comment/list/?aweme_id={video.id}", video_id=video.id)
    body = {"comments": [comment_json(one, video) for one in video.comments], "has_more": 0}
    taken = take(store, [Captured(asked, 200, body, 1_795_198_800_000)], Origin("file"))
    assert (taken.comments_found, taken.comments_new) == (2, 0)
    assert {row["id"] for row in rows_of(keeping, video)} == {one.cid for one in video.comments}
    with store.reading() as connection:
        current = connection.execute("SELECT comment_id, grade FROM label_current WHERE video_id = ?", [video.id]).fetchall()
        assert [row[:] for row in current] == [(video.comments[0].cid, 9)]
    for layout in ("g2", "g4"):
        reader = keeping.open(tab, video, layout)  # type: ignore[arg-type]
        wait_until(tab, lambda: badge_of(reader, text, "9 of 10, your grade"), what=f"the corrected badge in {layout}")  # noqa: B023
    tab.wait_for_timeout(SETTLED_MS)
    assert {row["id"] for row in rows_of(keeping, video)} == {one.cid for one in video.comments}, "the rows without ids did not come back"


def test_the_companion_away_costs_rows_and_nothing_else(keeping: Product, tab: Page) -> None:
    video = thread("kept-away", "does the away lamp come in white", "lovely away lamp")
    keeping.companion.stop()
    try:
        keeping.open(tab, video, "g4")
        tab.wait_for_timeout(SETTLED_MS)
    finally:
        keeping.companion.start()
    look_again(keeping.context, "ready")
    wait_until(tab, lambda: len(rows_of(keeping, video)) == 2, what="the rows on screen, once the companion is back")
