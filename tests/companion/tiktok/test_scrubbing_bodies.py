"""Scrubbing any body: the same twice, harmless to what was handed in, quick and whole on hostile ones."""

from __future__ import annotations

import json
from typing import Any

import pytest

from companion.tiktok import Asked, read, scrub
from tests.companion.tiktok.scrubbing_scene import NAMES, assert_nobody, scrubbed
from tests.companion.tiktok.shapes import VIDEO, asked, comment, comments, item, items, pseudonym, reply, user


def test_hostile_strings_cost_no_time() -> None:
    spaces, signs = " " * 40_000, "?" * 40_000
    scrubbed(comments(comment(a=f"//{signs} x", b="{" + spaces + "x", c=f"a{spaces}b", d=f"http://{signs} x", text=f"@{spaces}{signs}")))


@pytest.mark.parametrize("kind", ["comments", "replies", "items", "item", "user", "tag", "search", "shop_product"])
def test_scrubbing_twice_changes_nothing_and_reads_the_same(kind: str) -> None:
    preview = reply(user=user("7100000000000000055", "bob_x", "Bob"))
    body = {**comments(comment(reply_comment=[preview], a='[{"uid":"1"}]')), **items(item())}
    once = scrubbed(body, kind)
    twice = scrub(asked(kind), once, pseudonym)
    assert twice == once == scrubbed(body, kind)
    assert read(asked(kind), twice) == read(asked(kind), once)


def test_the_body_handed_in_is_left_as_it_was() -> None:
    body = comments(comment())
    before = json.dumps(body)
    scrubbed(body)
    assert json.dumps(body) == before


def test_text_that_no_database_takes_is_mended() -> None:
    lone = chr(0xD83D)
    row = scrubbed(comments(comment(text=f"a{lone}b\x00c", **{f"k{lone}": 1})))["comments"][0]
    assert row["text"] == "a\ufffdb\ufffdc"
    json.dumps(row, ensure_ascii=False).encode()


def test_a_body_nested_beyond_reason_is_cut_and_not_a_fault() -> None:
    deep: Any = user()
    for _ in range(900):
        deep = {"a": [deep]}
    assert_nobody(scrubbed(comments(comment(user=None), extra=deep)), *NAMES)


def test_what_the_extension_sends_goes_its_own_way() -> None:
    body = {"at": 0, "thread": {"id": VIDEO, "rows": []}}
    assert scrub(Asked("rendered", "/capture", video_id=VIDEO), body, pseudonym) == body
