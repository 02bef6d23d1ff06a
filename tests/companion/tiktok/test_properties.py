"""Whatever a body holds, scrubbing and reading it end well."""

from __future__ import annotations

import copy
import json
import random
from typing import Any, get_args

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.tiktok import PageKind, read, scrub
from companion.tiktok.fields import LARGEST
from tests.companion.tiktok.shapes import asked, comment, comments, item, items, pseudonym, reply, user

KINDS = sorted(get_args(PageKind))
KEYS = (
    *(
        "uid",
        "unique_id",
        "nickname",
        "user",
        "text",
        "desc",
        "author",
        "id",
        "cid",
        "aweme_id",
        "comments",
        "itemList",
        "stats",
        "statsV2",
    ),
    *("anchors", "extra", "text_extra", "textExtra", "reply_comment", "data", "item", "userInfo", "UserModule", "ItemModule", "users"),
    *(
        "createTime",
        "create_time",
        "digg_count",
        "video",
        "music",
        "challenges",
        "has_more",
        "cursor",
        "title",
        "avatar_thumb",
        "start",
        "end",
    ),
    *(
        "user_id",
        "CommentItem",
        "challengeInfo",
        "challenge",
        "itemInfo",
        "itemStruct",
        "status_code",
        "component_key",
        "type",
        "product_id",
    ),
    *("price", "categories", "seo_url", "label_list", "image_list", "duration", "contents", "commerceUserInfo", "verified", "seller_id"),
    "locationCreated",
)
ODD = (
    *(
        "@mia.tests",
        "0812345678",
        "7100000000000000044",
        "http://a.b/c?d=e",
        '{"uid":"71","nickname":"Mia Tester"}',
        '[{"a":"@x"}]',
        "{bad",
    ),
    *("http://a @ gmail.com?x=1", "Mia Tester", "+1 202 555 0147", "0" * 30, "anchor_shop", "NaN"),
)
TEXTS = st.text(max_size=12) | st.text(alphabet='@＠a.b5 0+-({["?:/\u200bก中٣#é~$,😀', max_size=25) | st.sampled_from(ODD)
SCALARS = st.none() | st.booleans() | st.integers() | st.integers(0, 50) | st.floats() | TEXTS
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS) | st.text(max_size=6), inner, max_size=7),
    max_leaves=40,
)
ROOMY = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def check(kind: str, body: object) -> None:
    ask = asked(kind)
    once = scrub(ask, body, pseudonym)
    json.dumps(once, ensure_ascii=False).encode()
    assert scrub(ask, once, pseudonym) == once
    page = read(ask, once)
    assert page == read(ask, scrub(ask, once, pseudonym))
    counts = [value for row in (*page.videos, *page.comments, *page.creators, *page.tags) for value in vars(row).values()]
    assert all(abs(value) <= LARGEST for value in counts if isinstance(value, int))
    assert page.lost <= page.rows
    read(ask, body)


@ROOMY
@given(JSON, st.sampled_from([kind for kind in KINDS if kind != "rendered"]))
def test_any_json_is_scrubbed_and_read(body: object, kind: str) -> None:
    check(kind, body)


def whole() -> dict[str, Any]:
    extra = json.dumps([{"type": 33, "component_key": "anchor_shop", "id": "1729800000000000001", "extra": json.dumps({"product_id": 1})}])
    anchor = {"type": 35, "component_key": "anchor_complex_shop", "extra": extra}
    preview = reply(user=user("7100000000000000055", "bob_x", "Bob"))
    mention = {"start": 0, "end": 4, "user_id": "71", "hashtag_name": ""}
    thread = comments(comment(reply_comment=[preview], text="@bob hi", text_extra=[mention], label_list=[{"text": "Creator", "type": 1}]))
    profile = {"userInfo": {"user": item()["author"], "stats": {"followerCount": 5}}}
    return {**thread, **items(item(anchors=[anchor])), **profile, "challengeInfo": {"challenge": {"id": "3", "title": "x"}}}


def places(value: object) -> list[tuple[Any, Any]]:
    """Every (holder, key) in a JSON value."""
    steps = list(value.items()) if isinstance(value, dict) else list(enumerate(value)) if isinstance(value, list) else []
    return [(value, key) for key, _ in steps] + [found for _, inner in steps for found in places(inner)]


@ROOMY
@given(
    st.randoms(use_true_random=False),
    st.lists(SCALARS | JSON, min_size=1, max_size=4),
    st.sampled_from(["comments", "items", "user", "tag"]),
)
def test_a_body_with_some_values_changed_or_gone_is_read_as_far_as_it_goes(chance: random.Random, values: list[object], kind: str) -> None:
    body = copy.deepcopy(whole())
    for value in values:
        holder, key = chance.choice(places(body))
        if isinstance(holder, dict) and chance.random() < 0.4:
            del holder[key]
        else:
            holder[key] = copy.deepcopy(value)
    check(kind, body)


@pytest.mark.parametrize("body", [None, 5, "text", True, [], {}, [[[]]], {"comments": [{"user": [[{"uid": 1}]]}]}])
def test_bodies_that_are_no_answers_at_all_are_read_as_nothing(body: object) -> None:
    for kind in KINDS:
        page = read(asked(kind), scrub(asked(kind), body, pseudonym))
        assert (page.comments, page.videos) == ((), ())


@given(st.text(min_size=1, max_size=30))
def test_notes_of_surprises_hold_no_value(secret: str) -> None:
    row = comment(
        digg_count=f"~{secret}~", create_time=f"~{secret}~", text=None, is_author_digged=f"~{secret}~", comment_language=f"~{secret}~"
    )
    page = read(asked(), comments(row))
    assert len(page.drift) >= 4
    assert not any("~" in note for note in page.drift)
