"""The companion is another program, gone, slow or out of its mind; the worker dies in the middle of its work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Page, expect

from companion.intent import IntentModel
from tests.e2e.badges import BADGE, expected, kinds, right, seen_badges
from tests.e2e.impostor import Impostor, Manner, impostor
from tests.e2e.product import Product, look_again, says
from tests.e2e.relay import relay
from tests.e2e.shadow import ShadowReader
from tests.e2e.stack import set_port, wait_until
from tests.e2e.threads import thread
from tests.e2e.worlds import secrets, stop_workers

pytestmark = pytest.mark.browser

TEXTS = ("where can I buy this secret lamp", "how much is it with shipping", "my cat would knock it over", "just ordered two, so happy")
STATE_OF: dict[Manner, str] = {"hang": "offline", "html": "stranger", "error": "offline", "redirect": "offline"}


@contextmanager
def replaced(product: Product, manner: Manner) -> Iterator[Impostor]:
    """The companion stops and another program takes its port at once; afterwards the companion is back and found."""
    look_again(product.context, "ready")
    product.companion.stop()
    try:
        with impostor(product.companion.port, manner) as program:
            yield program
    finally:
        product.companion.start()
        look_again(product.context, "ready")


def grey(reader: ShadowReader, state: str) -> bool:
    """Whether all badges are there, grey, and say why."""
    names = [badge.attributes["aria-label"] for badge in reader.all(BADGE)]
    return names == [says(f"status_{state}")] * len(TEXTS) and kinds(reader) == ["down"] * len(TEXTS)


def rows_stand(page: Page) -> bool:
    shown: list[str] = page.locator('[data-e2e="comment-level-1"]').all_inner_texts()
    return shown == list(TEXTS)


def test_attack_14_a_squatter_on_the_port_gets_no_comment_and_no_token(product: Product, tab: Page, model: IntentModel) -> None:
    first = thread("before-squatter", "hello from before")
    reader = product.open(tab, first)
    wait_until(tab, lambda: right(reader, wanted := expected(model, first)) == set(wanted), what="a badge by the true companion")
    kept = secrets(product.context)
    video = thread("squatted", *TEXTS)
    with replaced(product, "squat") as squatter:
        reader = product.open(tab, video)
        wait_until(tab, lambda: grey(reader, "stranger"), what="grey badges that name the stranger")
        look_again(product.context, "stranger")
        reader.click(reader.one("button.pill"))
        assert reader.one("p.notice").text == says("status_stranger")
        assert rows_stand(tab)
    wait_until(tab, lambda: right(reader, wanted := expected(model, video)) == set(wanted), what="badges by the true companion again")
    assert "/v1/hello" in {sent.path for sent in squatter.log}
    assert {sent.path for sent in squatter.log} <= {"/v1/health", "/v1/hello"}
    got = "\n".join(f"{sent.path} {sent.headers} {sent.body}" for sent in squatter.log)
    assert "Authorization" not in got
    assert kept["token"] not in got
    assert kept["aliasKey"] not in got
    assert not any(text in got for text in (*TEXTS, video.caption, first.comments[0].text))


@pytest.mark.parametrize("manner", STATE_OF)
def test_attack_31_a_companion_that_misbehaves_leaves_the_page_whole(
    manner: Manner, product: Product, tab: Page, model: IntentModel
) -> None:
    video = thread(f"misbehaves-{manner}", *TEXTS)
    wanted = expected(model, video)
    with replaced(product, manner) as program:
        reader = product.open(tab, video)
        wait_until(tab, lambda: grey(reader, STATE_OF[manner]), what=f"grey badges beside a companion that answers with {manner}")
        assert rows_stand(tab)
        look_again(product.context, STATE_OF[manner])  # the port may have been asked last while nothing stood on it
        assert program.log, "the extension did ask"
        assert not any(text in sent.body for text in TEXTS for sent in program.log)
    wait_until(tab, lambda: right(reader, wanted) == set(wanted), what="the right badges when the companion is back")


def test_attack_31_a_companion_that_stops_and_comes_back(product: Product, tab: Page, model: IntentModel) -> None:
    video = thread("stops", *TEXTS)
    wanted = expected(model, video)
    look_again(product.context, "ready")
    product.companion.stop()
    try:
        reader = product.open(tab, video)
        wait_until(tab, lambda: grey(reader, "offline"), what="grey badges")
        assert rows_stand(tab)
    finally:
        product.companion.start()
    wait_until(tab, lambda: right(reader, wanted) == set(wanted), 90, "the right badges, by themselves")


def test_attack_32_a_worker_killed_in_the_middle_of_a_batch_is_asked_again(product: Product, tab: Page, model: IntentModel) -> None:
    video = thread("killed", *TEXTS)
    wanted = expected(model, video)
    with relay(product.companion.port) as between:
        set_port(product.context, between.port)
        look_again(product.context, "ready")
        between.hold()
        reader = product.open(tab, video)
        wait_until(tab, lambda: between.held > 0, what="a batch on its way")
        stop_workers(tab)
        wait_until(tab, lambda: len(between.asked(TEXTS[0])) == 2, what="the batch asked for again")
        between.release()
        wait_until(tab, lambda: right(reader, wanted) == set(wanted), what="the right badges")
        tab.wait_for_timeout(1_000)
        assert Counter(badge.comment for badge in seen_badges(reader)) == Counter(TEXTS), "one badge a comment"
        assert len(between.asked(TEXTS[0])) == 2
        set_port(product.context, product.companion.port)
    look_again(product.context, "ready")
    expect(tab.locator('[data-e2e="comment-level-1"]')).to_have_count(len(TEXTS))
