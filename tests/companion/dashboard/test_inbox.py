"""The inbox: marks, the last visit, replies to copy, groups, kept searches and their alerts."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from companion import alerts, notices
from companion.dashboard.filters import Filters
from companion.dashboard.inbox import filled
from companion.store import Store, clock, comments, creators, inbox, labels, products, saved_searches, settings, shelf, videos
from companion.store.comments import Comment
from companion.store.creators import Creator
from companion.store.products import VideoProduct
from companion.store.saved_searches import HOUR
from companion.store.videos import Video
from tests.companion.browser import Paired
from tests.companion.dashboard.conftest import Press
from tests.companion.dashboard.test_comments import label_of, said


@pytest.fixture
def stocked(store: Store, entered: FlaskClient) -> FlaskClient:
    """A video of @maker with three comments, one of them answered by its creator."""
    with store.writing() as connection:
        shelf.use(connection, "m")
        creators.save(connection, [Creator("tiktok", "u", handle="maker")], 1)
        videos.save(connection, [Video("tiktok", "7", creator_id="u")], 1)
        product = VideoProduct("tiktok", "7", "p", "Mushroom lamp", "", "", None, "", "https://shop.example/p", ())
        products.save(connection, [product], 1)
        said_by_all = [Comment("tiktok", "1", "7", "where?"), Comment("tiktok", "2", "7", "how much?"), Comment("tiktok", "3", "7", "cute")]
        reply = Comment("tiktok", "4", "7", "link in bio", parent_id="1", level=2, is_creator_reply=True)
        comments.save(connection, [*said_by_all, reply], 1)
    return entered


def test_a_comment_leaves_what_is_to_answer_by_one_click_and_comes_back(stocked: FlaskClient, press: Press) -> None:
    assert set(said(stocked.get("/comments?box=open").text)) == {"how much?", "cute"}
    assert press("/comments/tiktok/2/mark", state="later").status_code == 303
    assert said(stocked.get("/comments?box=open").text) == ["cute"]
    assert said(stocked.get("/comments?box=later").text) == ["how much?"]
    assert press("/comments/tiktok/2/mark", state="answered").status_code == 303
    assert set(said(stocked.get("/comments?box=answered").text)) == {"where?", "how much?"}
    press("/comments/tiktok/2/mark", state="")
    assert set(said(stocked.get("/comments?box=open").text)) == {"how much?", "cute"}
    assert press("/comments/tiktok/2/mark", state="lost").status_code == 400


def test_new_means_since_the_last_visit(stocked: FlaskClient, store: Store) -> None:
    now = clock.now_ms()
    with store.writing() as connection:
        settings.put(connection, inbox.VISIT, [None, now - HOUR])
        comments.save(connection, [Comment("tiktok", "9", "7", "just in")], now)
    assert said(stocked.get("/comments?box=new").text) == ["just in"]
    assert said(stocked.get("/comments?box=new").text) == ["just in"]  # the same visit
    with store.reading() as connection:
        assert inbox.last_visit(connection) == now - HOUR


def test_replies_are_filled_with_the_product_and_its_link(stocked: FlaskClient, press: Press) -> None:
    assert "No replies yet" in stocked.get("/comments/tiktok/2/reply").text
    press("/comments/settings/template", name="Where", text="Get {product} here: {link}")
    assert 'data-copy="Get Mushroom lamp here: https://shop.example/p"' in stocked.get("/comments/tiktok/2/reply").text
    press("/comments/settings/template", id="1", name="Where", text="<b>{product}</b>")
    assert "&lt;b&gt;Mushroom lamp&lt;/b&gt;" in stocked.get("/comments/tiktok/2/reply").text
    press("/comments/settings/template", id="1", name="Where", text="x", remove="1")
    assert "No replies yet" in stocked.get("/comments/tiktok/2/reply").text
    assert filled("{product}", "", "") == "{product}"


def test_comments_are_filtered_by_whose_video_it_is(stocked: FlaskClient, press: Press) -> None:
    assert said(stocked.get("/comments?group=competitor").text) == []
    press("/comments/settings/group", creator="tiktok:u", group="competitor")
    assert len(said(stocked.get("/comments?group=competitor").text)) == 4
    press("/comments/settings/group", creator="tiktok:u", group="")
    assert said(stocked.get("/comments?group=competitor").text) == []


def test_an_alert_shows_on_every_page_and_in_the_popup_until_it_is_read(
    stocked: FlaskClient, store: Store, press: Press, paired: Paired
) -> None:
    assert press("/comments/searches?q=lamp", name="Lamp buyers", alert="1", many="2", grade="8", hours="24").status_code == 303

    def look() -> list[str]:
        return [search.name for search in alerts.look(store, "m", lambda filters: Filters.of(filters).wanted())]

    def arrive(number: int, grade: int) -> None:
        with store.writing() as connection:
            comments.save(connection, [Comment("tiktok", f"n{number}", "7", "I need that lamp")], clock.now_ms() + 1)
            labels.append(connection, label_of(f"n{number}", grade))

    arrive(1, 9)
    arrive(2, 3)
    assert look() == []
    arrive(3, 8)
    assert look() == ["Lamp buyers"]
    assert look() == []  # raised once
    assert "1<span" in stocked.get("/videos").text
    assert "2 new comments" in stocked.get("/comments").text
    [told] = paired.post("/v1/notices", {}).json["notices"]
    assert (told["name"], told["count"]) == ("Lamp buyers", 2)
    assert paired.post("/v1/notices", {"x": 1}).status_code == 422
    with store.writing() as connection:
        saved_searches.read(connection, 1, clock.now_ms() + 10)
    assert paired.post("/v1/notices", {}).json == {"notices": []}
    assert look() == []
    press("/comments/searches/1/read")
    press("/comments/searches/1/remove")
    assert "Lamp buyers" not in stocked.get("/comments").text


def test_a_notice_holds_no_comment_and_never_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    search = saved_searches.SavedSearch(1, "Lamp", {}, 1, 8, 24, 0, 1, 5)
    assert alerts.notice_of([search]) == "New comments for “Lamp”. Open BuySignal's Comments page."
    monkeypatch.setenv("PATH", "/nowhere")
    assert notices.notify("x") is False
    assert notices.command_for("win32", "x") is None
    assert notices.command_for("darwin", 'a"b\nc')[-2:] == ['a"b c', "BuySignal"]  # type: ignore[index]
