"""Comments and replies, field by field, in every shape they come in."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from companion.tiktok import Asked, ReadComment
from companion.tiktok.bodies import parse
from tests.companion.tiktok.shapes import TOP, VIDEO, asked, comment, comments, listing, pseudonym, reply, taken, user, without

MIA, MIA_ALIAS = pseudonym("7100000000000000044"), pseudonym("mia.tests")


def one(row: dict[str, Any], asked_for: Asked | None = None) -> ReadComment:
    page = taken(asked_for or asked(), comments(row))
    assert len(page.comments) == 1
    return page.comments[0]


def test_a_comment_of_the_web_becomes_a_row() -> None:
    page = taken(listing(), comments(comment()))
    assert page.comments == (
        ReadComment(
            id=TOP,
            video_id=VIDEO,
            text="where did you get it?? need this",
            author=MIA,
            author_alias=MIA_ALIAS,
            level=1,
            lang="en",
            likes=12,
            replies=2,
            created_at=1769601111000,
            pinned=False,
            liked_by_creator=True,
            tiktok_intent=True,
            by_creator=False,
        ),
    )
    assert (page.kind, page.cursor, page.has_more, page.total, page.refusal) == ("comments", "20", True, 504, None)
    assert (page.rows, page.lost, page.drift) == (1, 0, ())


def test_a_reply_names_its_parent_and_the_reply_it_answers() -> None:
    page = taken(asked("replies", comment_id=TOP), comments(reply(), reply(cid="76003", reply_to_reply_id="7600000000000000202"), total=2))
    assert [(row.level, row.parent_id, row.answers_id, row.replies, row.pinned) for row in page.comments] == [
        (2, TOP, None, None, False),
        (2, TOP, "7600000000000000202", None, False),
    ]
    assert page.drift == ()


def test_a_reply_without_a_parent_stands_under_the_comment_that_was_asked_for() -> None:
    row = one(without(reply(), "reply_id"), asked("replies", comment_id=TOP))
    assert (row.level, row.parent_id) == (2, TOP)


def test_previews_under_a_comment_are_replies_of_their_own() -> None:
    preview = without(reply(user=user("7100000000000000055", "bob_x", "Bob")), "aweme_id", "reply_id")
    page = taken(asked(video_id=None), comments(comment(reply_comment=[preview, None])))
    top, below = page.comments
    assert (top.level, below.level, below.parent_id, below.video_id, below.author) == (1, 2, TOP, VIDEO, pseudonym("7100000000000000055"))
    assert (page.rows, page.lost) == (3, 1)


def test_a_comment_belongs_to_the_video_it_names_whatever_was_asked_for() -> None:
    page = taken(asked(), comments(comment(aweme_id="7600000000000000099")))
    assert page.comments[0].video_id == "7600000000000000099"
    assert page.drift == ("comment.aweme_id is not the one asked for",)


def test_a_comment_that_names_no_video_belongs_to_the_one_asked_for_or_is_lost() -> None:
    assert one(without(comment(), "aweme_id")).video_id == VIDEO
    page = taken(asked(video_id=None), comments(without(comment(), "aweme_id")))
    assert (page.comments, page.rows, page.lost, page.drift) == ((), 1, 1, ("comment.aweme_id missing",))


def test_ids_given_as_numbers_stay_exact() -> None:
    body = parse(json.dumps(comments(comment(cid=7690150317979337493, aweme_id=7600000000000000011, reply_id=0, reply_to_reply_id=0))))
    row = taken(asked(), body).comments[0]
    assert (row.id, row.video_id, row.level) == ("7690150317979337493", VIDEO, 1)


def test_a_comment_without_an_id_is_lost_and_counted() -> None:
    rows = [without(comment(), "cid"), comment(cid=""), comment(cid=True), comment(cid=7.6e18), comment(cid="x y"), "no object"]
    page = taken(asked(), comments(*rows))  # type: ignore[arg-type]
    assert (page.comments, page.rows, page.lost) == ((), 6, 6)


@pytest.mark.parametrize("person", [{"uid": "7100000000000000044"}, {"id": "7100000000000000044"}, {"uid": 7100000000000000044}])
def test_a_person_of_whom_only_the_id_is_given_is_the_same_person(person: dict[str, Any]) -> None:
    row = one(comment(user=person))
    assert (row.author, row.author_alias) == (MIA, None)


@pytest.mark.parametrize("missing", [None, {}, [], "", 0])
def test_a_comment_without_a_person_is_kept(missing: object) -> None:
    page = taken(asked(), comments(comment(user=missing)))
    assert (page.comments[0].author, page.comments[0].author_alias) == (None, None)
    assert "comment.user missing" in page.drift


def test_a_2021_answer_of_the_app_is_read_out_of_its_wrapper() -> None:
    body = {
        "code": 200,
        "msg": "成功",
        "data": comments(without(comment(), "comment_language", "is_high_purchase_intent"), cursor=40, total=98124),
    }
    page = taken(asked(), body)
    row = page.comments[0]
    assert (row.lang, row.tiktok_intent, row.author) == (None, None, MIA)
    assert (page.cursor, page.has_more, page.total, page.drift) == ("40", True, 98124, ())


def test_comments_of_a_page_of_2023_carry_their_writer_as_a_handle() -> None:
    page = taken(asked(), {"CommentItem": {TOP: comment(user="mia.tests")}})
    assert (page.comments[0].author, page.comments[0].author_alias) == (None, MIA_ALIAS)


@pytest.mark.parametrize(
    ("more", "field", "value"),
    [
        ({"author_pin": True}, "pinned", True),
        ({"stick_position": 1}, "pinned", True),
        ({"author_pin": None, "stick_position": None}, "pinned", None),
        ({"is_author_digged": False}, "liked_by_creator", False),
        ({"is_author_digged": None}, "liked_by_creator", None),
        ({"is_high_purchase_intent": False}, "tiktok_intent", False),
        ({"is_high_purchase_intent": None}, "tiktok_intent", None),
        ({"label_list": [{"text": "Créateur", "type": 1}]}, "by_creator", True),
        ({"label_list": [{"text": "Friend", "type": 3}]}, "by_creator", False),
        ({"label_type": 1, "label_text": "Creator"}, "by_creator", True),
        ({"comment_language": "un"}, "lang", None),
        ({"comment_language": "zh-Hans"}, "lang", "zh-Hans"),
        ({"image_list": [{"crop_url": {}}], "text": ""}, "image", True),
        ({"cmt_sticker_struct": {"sticker_type": 14}}, "sticker", True),
        ({"digg_count": "0"}, "likes", 0),
        ({"create_time": "1769601111"}, "created_at", 1769601111000),
        ({"create_time": 1769601111000}, "created_at", 1769601111000),
        ({"create_time": 0}, "created_at", None),
    ],
)
def test_each_field_is_read_as_it_is_meant(more: dict[str, Any], field: str, value: object) -> None:
    page = taken(asked(), comments(comment(**more)))
    assert getattr(page.comments[0], field) == value
    assert page.drift == ()


@pytest.mark.parametrize("absent", ["label_list", "is_author_digged", "is_high_purchase_intent", "comment_language"])
def test_fields_that_are_not_always_there_are_unknown_without_ado(absent: str) -> None:
    page = taken(asked(), comments(without(comment(), absent)))
    field = {"label_list": "by_creator", "is_author_digged": "liked_by_creator", "comment_language": "lang"}.get(absent, "tiktok_intent")
    assert (getattr(page.comments[0], field), page.drift) == (None, ())


@pytest.mark.parametrize(
    ("more", "field", "note"),
    [
        ({"text": None}, "text", "comment.text missing"),
        ({"text": 5}, "text", "comment.text is a number, not text"),
        ({"digg_count": "1.2K"}, "likes", "comment.digg_count is text, not a count"),
        ({"digg_count": "1,2 Mio."}, "likes", "comment.digg_count is text, not a count"),
        ({"digg_count": -1}, "likes", "comment.digg_count is negative, not a count"),
        ({"digg_count": True}, "likes", "comment.digg_count is a flag, not a count"),
        ({"digg_count": 2**70}, "likes", "comment.digg_count is a number, not a count"),
        ({"create_time": [1]}, "created_at", "comment.create_time is a list, not a count"),
        ({"create_time": 10**17}, "created_at", "comment.create_time is a number, not a time"),
        ({"comment_language": "@mia and more"}, "lang", "comment.comment_language is text, not a language"),
        ({"is_author_digged": "yes"}, "liked_by_creator", "comment.is_author_digged is text, not a flag"),
    ],
)
def test_what_is_odd_becomes_unknown_and_is_noted_without_its_value(more: dict[str, Any], field: str, note: str) -> None:
    page = taken(asked(), comments(comment(**more)))
    assert getattr(page.comments[0], field) is None
    assert page.drift == (note,)


def test_equal_surprises_count_up() -> None:
    page = taken(asked(), comments(*(without(comment(cid=str(n + 1)), "digg_count") for n in range(5))))
    assert Counter(page.drift) == {"comment.digg_count missing": 5}
    assert len(page.comments) == 5


def test_null_is_an_empty_list_and_a_missing_list_is_drift() -> None:
    empty = taken(asked(), {"comments": None, "has_more": 0, "cursor": 20, "total": 0, "status_code": 0})
    assert (empty.comments, empty.rows, empty.drift, empty.has_more) == ((), 0, (), False)
    assert taken(asked(), {"has_more": 0, "status_code": 0}).drift == ("page.comments missing",)
    assert taken(asked(), {"comments": "x", "status_code": 0}).drift == ("page.comments is not a list",)


def test_a_refusal_is_no_drift() -> None:
    page = taken(asked(), {"status_code": 5, "status_msg": "Invalid parameters"})
    assert (page.refusal, page.drift) == ("error", ())
    assert taken(asked(), {"type": "verify"}).refusal == "verify"
