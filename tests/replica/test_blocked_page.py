"""What a person sees when the site refuses, in Chromium."""

import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import open_video, wait_for_comments
from tests.replica import Answer, Replica

pytestmark = pytest.mark.browser

CAPTCHA = "#captcha-verify-container-main-page"
LEVEL_1 = '[data-e2e="comment-level-1"]'
TILES = '[data-e2e="challenge-item"]'


def test_a_captcha_lies_over_valid_content_until_it_is_solved(page: Page, replica: Replica) -> None:
    replica.refuse("comments", "captcha", delay_s=0.3)
    open_video(page, replica, replica.videos["clip-lamp"], "g4")
    expect(page.locator(f"div.TUXModal.captcha-verify-container[role=dialog] {CAPTCHA}")).to_be_visible()
    assert page.locator('img[alt="Captcha"]').count() == 2
    assert page.locator(LEVEL_1).count() == 19
    replica.solve_captcha()
    expect(page.locator(CAPTCHA)).to_have_count(0)


@pytest.mark.parametrize("answer", ["verify", "verify_config"])
def test_a_page_that_is_asked_to_verify_goes_on_after_a_person_did(page: Page, replica: Replica, answer: Answer) -> None:
    replica.configure(layout="g2", prefetch_neighbour=False)
    replica.refuse("comments", answer, times=None)
    page.goto(replica.url(replica.videos["clip-lamp"].path))
    expect(page.locator(CAPTCHA)).to_be_visible()
    assert page.locator(LEVEL_1).count() == 0
    page.locator("#captcha_slide_button").click()
    wait_for_comments(page)
    expect(page.locator(CAPTCHA)).to_have_count(0)
    assert replica.refusals.solved == [("captcha", "page")]


def test_the_older_captcha_and_one_at_a_chosen_moment(page: Page, replica: Replica) -> None:
    replica.configure(captcha="old")
    open_video(page, replica, replica.videos["clip-lamp"], "g4")
    replica.show_captcha()
    page.evaluate("replica.loadReplies(1)")
    expect(page.locator("#tiktok-verify-ele #captcha_container")).to_be_visible()
    expect(page.get_by_text("Verify to continue:")).to_be_visible()


@pytest.mark.parametrize("answer", ["empty", "blocked", "too_fast", "error", "cut", "reset", "status"])
def test_a_refused_list_says_that_something_went_wrong_and_refreshes(page: Page, replica: Replica, answer: Answer) -> None:
    replica.refuse("tag_items", answer)
    page.goto(replica.url("/tag/desksetup"))
    expect(page.get_by_text("Something went wrong")).to_be_visible()
    assert page.locator(TILES).count() == 0
    page.get_by_text("Refresh", exact=True).click()
    expect(page.locator(TILES).first).to_be_visible()


@pytest.mark.parametrize("layout", ["g4", "g2"])
def test_refused_comments_say_so_in_their_panel(page: Page, replica: Replica, layout: str) -> None:
    replica.configure(layout=layout, prefetch_neighbour=False)
    replica.refuse("comments", "empty")
    page.goto(replica.url(replica.videos["clip-lamp"].path))
    page.get_by_text("Refresh", exact=True).click()
    wait_for_comments(page)


def test_a_login_wall_is_a_page_of_its_own(page: Page, replica: Replica) -> None:
    replica.configure(logged_in=False)
    replica.refuse("page", "login_redirect", times=None)
    page.goto(replica.url("/tag/desksetup"))
    assert page.url.endswith("/login?redirect_url=%2Ftag%2Fdesksetup")
    expect(page.locator("#loginContainer")).to_contain_text("Log in to TikTok")
    page.locator('[data-e2e="login-button"]').click()
    expect(page.locator(TILES).first).to_be_visible()
    assert replica.state.settings.logged_in


def test_a_list_behind_a_login_wall_leads_there(page: Page, replica: Replica) -> None:
    replica.refuse("tag_items", "login_redirect")
    page.goto(replica.url("/tag/desksetup"))
    page.wait_for_url("**/login?**")


def test_a_login_modal_closes_only_where_it_can(page: Page, replica: Replica) -> None:
    replica.refuse("tag_items", "login_closable")
    page.goto(replica.url("/tag/desksetup"))
    close = page.locator('[data-e2e="modal-close-inner-button"]')
    close.click()
    expect(page.locator("#loginContainer")).to_have_count(0)
    replica.refuse("page", "login")
    page.goto(replica.url("/tag/desksetup"))
    expect(page.locator("#loginContainer")).to_be_visible()
    expect(close).to_have_count(0)
    replica.log_in()
    expect(page.locator("#loginContainer")).to_have_count(0)


def test_a_challenge_flashes_for_two_seconds_or_lasts(page: Page, replica: Replica) -> None:
    replica.refuse("page", "challenge_flash")
    started = time.perf_counter()
    page.goto(replica.url("/tag/desksetup"))
    expect(page.locator("#wci._wafchallengeid")).to_be_attached()
    expect(page.locator(TILES).first).to_be_visible()
    assert time.perf_counter() - started >= 2
    replica.refuse("page", "challenge", times=None)
    page.goto(replica.url("/tag/desksetup"))
    expect(page.get_by_text("Please wait...")).to_be_visible()
    replica.solve_challenge()
    expect(page.locator(TILES).first).to_be_visible()


def test_a_profile_whose_first_answer_is_empty_asks_once_more(page: Page, replica: Replica) -> None:
    replica.refuse("posts", "empty_page")
    page.goto(replica.url("/@lumen.desk"))
    expect(page.locator('[data-e2e="user-post-item"]')).to_have_count(2)


def test_a_hidden_window_loads_and_draws_nothing_until_it_is_shown(page: Page, replica: Replica) -> None:
    replica.hide_window()
    replica.configure(prefetch_neighbour=False)
    page.goto(replica.url(replica.videos["clip-lamp"].path))
    expect(page.locator('[class*="DivSkeletonContainer"]')).to_be_attached()
    assert page.evaluate("document.visibilityState") == "hidden"
    assert page.locator(LEVEL_1).count() == 0
    replica.show_window()
    wait_for_comments(page)
    assert page.evaluate("document.visibilityState") == "visible"


@pytest.mark.parametrize("layout", ["g4", "g2"])
def test_drifted_rows_break_no_page(page: Page, replica: Replica, layout: str) -> None:
    replica.configure(layout=layout, drift_share=1.0, prefetch_neighbour=False)
    for seed in range(1, 4):
        replica.configure(drift_seed=seed)
        page.goto(replica.url(replica.videos["clip-lamp"].path))
        wait_for_comments(page)


def test_an_endless_list_does_not_grow(page: Page, replica: Replica) -> None:
    replica.configure(layout="g2", prefetch_neighbour=False)
    replica.refuse("comments", "same_page", times=None)
    open_video(page, replica, replica.videos["clip-lamp"])
    page.evaluate("window.list = document.querySelector('[class*=DivCommentListContainer]')")
    for _ in range(4):
        page.evaluate("list.scrollBy(0, 500)")
        page.wait_for_timeout(60)
    assert page.evaluate("new Set(replica.rows().map((row) => row.cid)).size === replica.rows().length")


def test_a_panel_may_ask_again_by_itself_for_pages_that_stay_empty(page: Page, replica: Replica) -> None:
    replica.configure(layout="g2", asks_again=5, prefetch_neighbour=False)
    replica.refuse("comments", "empty_page", times=None)
    page.goto(replica.url(replica.videos["clip-lamp"].path))
    page.wait_for_function("performance.getEntriesByType('resource').filter((one) => one.name.includes('/comment/list/')).length === 6")
    page.wait_for_timeout(300)
    assert len(replica.refusals.log) == 6


def test_a_jump_to_the_end_may_load_nothing_where_steps_do(page: Page, replica: Replica) -> None:
    replica.configure(layout="g2", scroll_jumps="ignored", prefetch_neighbour=False)
    video = replica.videos["clip-lamp"]
    open_video(page, replica, video)
    page.evaluate("window.list = document.querySelector('[class*=DivCommentListContainer]'); list.scrollTop = list.scrollHeight")
    page.wait_for_timeout(300)
    pages = [one.path for one in replica.requests if f"aweme_id={video.id}" in one.path]
    assert "cursor=20" not in pages[-1]
    with page.expect_response(lambda answer: f"aweme_id={video.id}&cursor=20" in answer.url):
        page.evaluate("list.scrollBy(0, -200)")
