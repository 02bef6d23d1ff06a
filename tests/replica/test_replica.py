"""The replica behaves like the captures say TikTok does."""

import json
import re
import ssl
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, expect, sync_playwright

from tests.e2e.browser import browser, open_video, wait_for_comments
from tests.replica import Layout, Replica, load_capture, load_videos, synthetic_video

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
CAPTURES = SHARED / "data" / "captures"
WEB_CAPTURE = CAPTURES / "web_comment_list_2026-02-05_ur" / "response.json"
PARSED_CAPTURE = CAPTURES / "parsed_comments_2024-10_id" / "7418294751977327878.json"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason=f"no folder {SHARED.name} beside the project")

LAYOUTS: tuple[Layout, ...] = ("g4", "g2", "g1")


@pytest.fixture(scope="module")
def replica() -> Iterator[Replica]:
    with Replica() as running:
        yield running


@pytest.fixture(autouse=True)
def default_settings(replica: Replica) -> None:
    replica.configure(
        layout="g4", theme="light", grid_opens="route", panel="open", unknown_layout=False, logged_in=True,
        csp="none", page_script="", prefetch_neighbour=True, repeat_requests=False,
    )


@pytest.fixture(scope="module")
def driver() -> Iterator[Playwright]:
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="module")
def context(replica: Replica, driver: Playwright) -> Iterator[BrowserContext]:
    with browser(None, replica, playwright=driver) as opened:
        yield opened


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    yield opened
    opened.close()
    assert errors == []


def fetch(replica: Replica, path: str) -> str:
    trusting = ssl._create_unverified_context()
    with urllib.request.urlopen(f"https://127.0.0.1:{replica.port}{path}", context=trusting) as answer:
        text: str = answer.read().decode()
    return text


def ask(replica: Replica, path: str) -> dict[str, Any]:
    answer: dict[str, Any] = json.loads(fetch(replica, path))
    return answer


def comment_page(replica: Replica, video_id: str, cursor: int, count: int = 20) -> dict[str, Any]:
    return ask(replica, f"/api/comment/list/?aid=1988&aweme_id={video_id}&cursor={cursor}&count={count}")


def rows(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = page.evaluate("replica.rows()")
    return found


# Paging


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
    assert [{key: row[key] for key in unchanged} for row in served] == [
        {key: row[key] for key in unchanged} for row in captured
    ]


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


# Markup


@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_layout_shows_the_first_page_with_its_own_marks(page: Page, replica: Replica, layout: Layout) -> None:
    video = replica.videos["clip-lamp"]
    open_video(page, replica, video, layout)
    first = page.locator('[data-e2e="comment-level-1"]').first
    expect(first).to_contain_text("restock friday")
    ids = page.evaluate(
        "[...document.querySelectorAll('[data-e2e=comment-level-1]')].map(e => e.closest('[id]').id)"
    )
    expected = [comment.cid for comment in video.comments]
    if layout == "g4":
        assert set(ids) == {"main-content-video_detail"}
        assert page.locator('[class*="DivCommentObjectWrapper"]').count() == 19
    else:
        assert ids == expected[: len(ids)]
    assert page.locator('[class*="DivVirtualItemContainer"]').count() == (len(ids) if layout == "g2" else 0)
    assert page.locator('[data-e2e="comment-list"], [data-e2e="comment-item"]').count() == 0
    assert page.locator('[data-e2e=""]').count() > 20
    expect(page.locator('[data-e2e="comments"]')).to_be_hidden()


def test_the_unknown_layout_shows_comments_under_no_known_mark(page: Page, replica: Replica) -> None:
    replica.configure(unknown_layout=True)
    page.goto(replica.url(replica.videos["clip-lamp"].path))
    expect(page.get_by_text("take my money")).to_be_visible()
    assert page.locator('[data-e2e^="comment-level"], [data-e2e^="comment-username"], [class*="DivComment"]').count() == len(
        page.locator('aside[class*="DivCommentSidebar"]').all()
    )


def test_class_hashes_differ_between_runs_while_names_stay(driver: Playwright) -> None:
    seeds = []
    for _ in range(2):
        with Replica() as running, browser(None, running, playwright=driver) as opened:
            tab = opened.new_page()
            open_video(tab, running, running.videos["gel-pens"], "g4")
            seeds.append(tab.locator('[class*="DivCommentItemWrapper"]').first.get_attribute("class") or "")
    shape = re.compile(r"^css-[a-z0-9]{6}-[0-9a-f]{8}--DivCommentItemWrapper e[a-z0-9]{8}$")
    assert all(shape.match(seed) for seed in seeds)
    assert seeds[0] != seeds[1]


def test_row_geometry_of_the_drawer_matches_the_measured_one(page: Page, replica: Replica) -> None:
    open_video(page, replica, replica.videos["clip-lamp"], "g4")
    row = page.locator('[class*="DivCommentItemWrapper"]', has_text="take my money").first
    box = row.bounding_box()
    assert box is not None
    assert box["height"] == pytest.approx(77, abs=0.5)


def test_hostile_text_stays_text(page: Page, replica: Replica) -> None:
    video = replica.videos["clip-lamp"]
    open_video(page, replica, video, "g4")
    page.evaluate("replica.scrollToEnd()")
    expect(page.get_by_text("<img src=x onerror=alert(1)> nice lamp")).to_be_attached()
    assert page.evaluate("window.hacked") is None


# Behaviour of the page


@pytest.mark.parametrize("layout", LAYOUTS)
def test_scrolling_loads_the_whole_thread(page: Page, replica: Replica, layout: Layout) -> None:
    video = replica.videos["clip-lamp"]
    open_video(page, replica, video, layout)
    assert page.evaluate("replica.scrollToEnd()") == len(video.comments)
    attached = [row["cid"] for row in rows(page)]
    assert attached[-1] == video.comments[-1].cid
    if layout == "g2":
        assert len(attached) < 40
    else:
        assert attached == [comment.cid for comment in video.comments]


def test_the_virtual_list_reuses_its_elements_for_other_comments(page: Page, replica: Replica) -> None:
    open_video(page, replica, replica.videos["clip-lamp"], "g2")
    page.evaluate("window.kept = document.querySelector('[data-comment-ui-enabled]')")
    before = page.evaluate("kept.id")
    page.evaluate("replica.scrollToEnd()")
    reused = page.evaluate("[...document.querySelectorAll('[data-comment-ui-enabled]')].includes(kept)")
    assert reused
    assert page.evaluate("kept.id") != before


@pytest.mark.parametrize("layout", LAYOUTS)
def test_replies_open_three_a_click_and_hide_restores_the_opener(page: Page, replica: Replica, layout: Layout) -> None:
    video = replica.videos["clip-lamp"]
    open_video(page, replica, video, layout)
    index = next(place for place, comment in enumerate(video.comments) if len(comment.replies) == 7)
    opener = {"g4": "View 7 replies", "g2": "View 7 replies", "g1": "View more replies (7)"}[layout]
    replies = page.locator('[data-e2e="comment-level-2"]')
    page.get_by_text(opener, exact=True).click()
    expect(replies).to_have_count(3)
    page.get_by_text("View 4 more", exact=True).click()
    expect(replies).to_have_count(6)
    page.get_by_text("View 1 more", exact=True).click()
    expect(replies).to_have_count(7)
    assert [row["text"] for row in rows(page) if row["level"] == 2] == [reply.text for reply in video.comments[index].replies]
    page.get_by_text("Hide", exact=True).click()
    expect(replies).to_have_count(0)
    expect(page.get_by_text(opener, exact=True)).to_be_visible()


def test_a_grid_opens_a_video_as_a_route_and_back_returns(page: Page, replica: Replica) -> None:
    video = replica.videos["clip-lamp"]
    page.goto(replica.url("/@lumen.desk"))
    embedded = page.locator("#__UNIVERSAL_DATA_FOR_REHYDRATION__").text_content()
    page.locator(f'[data-e2e="user-post-item"] a[href="{video.path}"]').click()
    wait_for_comments(page)
    assert page.url == replica.url(video.path)
    assert page.locator('[data-e2e="user-post-item"]').count() == 0
    assert page.locator("#__UNIVERSAL_DATA_FOR_REHYDRATION__").text_content() == embedded
    assert video.id not in (embedded or "")
    page.go_back()
    expect(page.locator('[data-e2e="user-post-item"]')).to_have_count(2)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_grid_opens_a_video_as_an_overlay_that_leaves_the_grid(page: Page, replica: Replica, layout: Layout) -> None:
    replica.configure(layout=layout, grid_opens="overlay")
    page.goto(replica.url("/search?q=desk"))
    video = replica.videos["desk-vacuum"]
    page.locator(f'[data-e2e="search_top-item"] a[href="{video.path}"]').click()
    wait_for_comments(page)
    assert page.url == replica.url(video.path)
    assert rows(page)[0]["cid"] == video.comments[0].cid
    assert page.locator('[data-e2e="search_top-item"]').count() == 3
    page.locator('[data-e2e="browse-close"]').click()
    expect(page.locator('[data-e2e="browse-close"]')).to_have_count(0)
    assert page.url == replica.url("/search?q=desk")


def test_search_box_navigates_without_a_reload(page: Page, replica: Replica) -> None:
    page.goto(replica.url("/foryou"))
    page.evaluate("window.sameDocument = true")
    page.locator('[data-e2e="search-user-input"]').fill("cat fountain")
    page.keyboard.press("Enter")
    expect(page.locator('[data-e2e="search_top-item"]')).to_have_count(1)
    assert page.evaluate("window.sameDocument")
    assert page.url == replica.url("/search?q=cat%20fountain")


def test_the_feed_drawer_follows_the_card_and_far_cards_are_emptied(page: Page, replica: Replica) -> None:
    newest, second = sorted(replica.videos.values(), key=lambda video: -video.create_time)[:2]
    page.goto(replica.url("/foryou"))
    page.locator('[data-e2e="comment-icon"]').first.click()
    wait_for_comments(page)
    assert rows(page)[0]["cid"] == newest.comments[0].cid
    assert page.locator("#one-column-item-0 .xgplayer-container").get_attribute("id") == f"xgwrapper-0-{newest.id}"
    for place in (1, 2):
        page.evaluate(f"document.getElementById('one-column-item-{place}').scrollIntoView()")
        expect(page.locator(f"#one-column-item-{place + 1} [data-e2e=video-desc]")).to_be_attached()
        if place == 1:
            page.wait_for_function(f"replica.rows()[0]?.cid === '{second.comments[0].cid}'")
    expect(page.locator("#one-column-item-0 > *")).to_have_count(0)


@pytest.mark.parametrize(("panel", "clicks"), [("open", 0), ("closed", 1), ("other-tab", 2)])
def test_the_comment_panel_opens_after_as_many_clicks_as_set(
    page: Page, replica: Replica, panel: str, clicks: int
) -> None:
    replica.configure(panel=panel)
    page.goto(replica.url(replica.videos["budget-app"].path))
    icon = page.locator('[data-e2e="comment-icon"]')
    texts = page.locator('[data-e2e="comment-level-1"]')
    for _ in range(clicks):
        expect(texts).to_have_count(0)
        icon.click()
    wait_for_comments(page)


def test_opening_a_video_prefetches_a_neighbours_comments(page: Page, replica: Replica) -> None:
    video = replica.videos["clip-lamp"]
    before = len(replica.requests)
    with page.expect_response(lambda answer: "/api/comment/list/" in answer.url and video.id not in answer.url):
        open_video(page, replica, video, "g4")
    asked = [one.path for one in replica.requests[before:] if one.path.startswith("/api/comment/list/")]
    assert len(asked) == 2


# What tests may do to a page


@pytest.mark.parametrize("layout", LAYOUTS)
def test_helpers_change_reuse_and_remount(page: Page, replica: Replica, layout: Layout) -> None:
    video = replica.videos["clip-lamp"]
    open_video(page, replica, video, layout)
    texts = page.locator('[data-e2e="comment-level-1"]')
    page.evaluate("replica.changeText(2, 'text changed by the page')")
    expect(texts.nth(2)).to_have_text("text changed by the page")
    page.evaluate("replica.reuseRow(3, 5)")
    expect(texts.nth(3)).to_have_text(video.comments[5].text)
    page.evaluate("window.oldRow = document.querySelector('[data-e2e=comment-level-1]'); replica.remountPanel()")
    wait_for_comments(page, 4)
    assert not page.evaluate("oldRow.isConnected")
    expect(texts.nth(3)).to_have_text(video.comments[3].text)


def test_theme_comes_from_settings_the_address_or_a_switch_at_run_time(page: Page, replica: Replica) -> None:
    html = page.locator("html")
    page.goto(replica.url("/foryou?theme=dark"))
    expect(html).to_have_attribute("data-theme", "dark")
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(246, 246, 246)"
    page.evaluate("replica.setTheme('light')")
    expect(html).to_have_attribute("data-tux-color-scheme", "light")


def test_a_strict_policy_lets_the_page_and_the_test_script_run_and_nothing_inline(page: Page, replica: Replica) -> None:
    replica.configure(csp="strict", page_script="window.attack = 'ran';")
    violations: list[str] = []
    page.on("console", lambda message: violations.append(message.text) if message.type == "error" else None)
    open_video(page, replica, replica.videos["gel-pens"], "g2")
    assert page.evaluate("window.attack") == "ran"
    assert violations == []
    page.evaluate("document.body.append(Object.assign(document.createElement('style'), {textContent: 'x{}'}))")
    assert any("Content Security Policy" in text for text in violations)


def test_other_hosts_and_embeds_are_served(page: Page, replica: Replica) -> None:
    video = replica.videos["gel-pens"]
    for host in ("ads.tiktok.com", "seller.tiktok.com"):
        page.goto(replica.url(video.path, host))
        wait_for_comments(page)
    page.goto(replica.url(f"/?frame={replica.url(video.path)}", "blog.replica.example"))
    inside = page.frame_locator("#embed").locator('[data-e2e="comment-level-1"]')
    expect(inside.first).to_be_visible()


def test_no_other_host_resolves(page: Page) -> None:
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("https://www.tiktok.example/")
