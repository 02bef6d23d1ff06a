"""People leave a body whole, wherever in it they stand."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from companion.tiktok.forgetting import without_people
from tests.companion.tiktok.scrubbing_scene import MIA, NAMES, assert_nobody, scrubbed
from tests.companion.tiktok.shapes import TOP, comment, comments, reply, user, without, written


def test_a_commenter_becomes_two_pseudonyms_and_nothing_else() -> None:
    assert scrubbed(comments(comment()))["comments"][0]["user"] == MIA


def test_the_pseudonym_of_a_handle_does_not_depend_on_its_case() -> None:
    found = scrubbed(comments(comment(user=user(handle="Mia.Tests"))))
    assert found["comments"][0]["user"] == MIA


def test_an_id_is_the_same_person_as_a_number_and_as_text() -> None:
    for uid in (7100000000000000044, "7100000000000000044"):
        assert scrubbed(comments(comment(user={"uid": uid})))["comments"][0]["user"] == {"uid": MIA["uid"]}
        assert scrubbed(comments(comment(user={"id": uid, "name": "x"})))["comments"][0]["user"] == {"uid": MIA["uid"]}
        assert scrubbed(comments(comment(user=uid)))["comments"][0]["user"] == {"uid": MIA["uid"]}


@pytest.mark.parametrize("key", ["user", "writer", "u", "replied_by", "x-1"])
def test_a_person_under_any_key_and_depth_is_found(key: str) -> None:
    body = comments(comment(**{"user": None, "extra": {"deep": [{key: user()}]}, key: user()}))
    found = scrubbed(body)
    assert_nobody(found, *NAMES)
    assert found["comments"][0]["extra"]["deep"][0][key] == MIA


SIGNS = ("uid", "unique_id", "uniqueId", "nickname", "sec_uid", "secUid", "avatar_thumb", "avatarLarger", "username", "user_unique_id")


@pytest.mark.parametrize("sign", SIGNS)
def test_one_sign_is_enough_to_be_a_person(sign: str) -> None:
    person = {sign: "7100000000000000044x", "region": "AU", "bind_phone": "0812345678", "language": "en", "bio": "hello from Sydney"}
    assert set(scrubbed(comments(comment(somebody=person)))["comments"][0]["somebody"]) <= {"uid", "unique_id"}


def test_a_person_whose_fields_lie_flat_in_the_comment_is_taken_out_of_it() -> None:
    flat = comment(uid="7100000000000000044", nickname="Mia Example", unique_id="mia.tests", avatar_thumb={}, sec_uid="MS4wmia")
    found = scrubbed(comments(without(flat, "user")))
    assert_nobody(found, *NAMES)
    row = found["comments"][0]
    assert (row["user"], row["text"], row["cid"]) == (MIA, flat["text"], TOP)


def test_an_answer_that_names_somebody_is_still_an_answer() -> None:
    found = scrubbed({**comments(comment()), "uid": "7100000000000000044", "owner_user_id": 7100000000000000044})
    assert_nobody(found, *NAMES)
    assert len(found["comments"]) == 1


@pytest.mark.parametrize(
    "key", ["reply_to_userid", "reply_to_user_name", "commentAuthorId", "ownerUid", "to_user_nickname", "region", "birthday"]
)
def test_fields_about_people_leave_a_comment(key: str) -> None:
    row = scrubbed(comments({key: "S3cret", **comment(user={"reflow_page_uid": "7100000000000000099", **user()})}))["comments"][0]
    assert_nobody(row, "S3cret", "7100000000000000099")
    assert row["user"] == MIA
    alone = scrubbed(comments(without(comment(**{key: "S3cret"}), "user")))["comments"][0]
    assert "user" not in alone  # whoever is answered did not write it
    assert_nobody(alone, "S3cret")


def test_a_key_that_named_somebody_is_masked_once_and_for_all() -> None:
    once = scrubbed(comments(comment(by={"mia.tests": {"n": 1}}, about={"@zoe.x": {"n": 1}, "7100000000000000044": {"n": 2}})))
    assert_nobody(once, *NAMES, "zoe")
    assert scrubbed(once) == once
    assert [row["about"]["@user"] for row in once["comments"]] == [{"n": 1}]


def test_a_long_picture_address_beside_a_name_is_nobodys_name() -> None:
    picture = "https://p16.example.invalid/" + "a" * 200
    assert scrubbed(comments(comment(user=user() | {"avatar_url": picture})))["comments"][0]["user"] == MIA


def test_reviewers_of_a_product_are_people() -> None:
    found = scrubbed({"review_items": [{"review": {"rating": 5}, "review_user": {"name": "Zoe Example"}}]}, "shop_product")
    assert_nobody(found, "Zoe")


def test_who_asks_to_be_left_out_can_be_found_by_pseudonym() -> None:
    body = scrubbed(comments(comment(), comment(cid="5", user=user("7100000000000000055", "bob_x", "Bob"))))
    left, gone = without_people(body, {MIA["uid"]})
    assert gone == 1
    assert [row["cid"] for row in left["comments"]] == ["5"]  # type: ignore[index]


PLACES = ("text", "user", "label", "list", "nested", "key", "share_info", "preview")


def test_fifty_planted_people_are_nowhere() -> None:
    planted = [(str(7200000000000000000 + n * 7919), f"plant.{n}_x", f"Planted Person {n}") for n in range(50)]
    rows = []
    for n, (uid, handle, name) in enumerate(planted):
        person = user(uid, handle, name)
        said: dict[str, dict[str, Any]] = {
            "text": {"text": f"thanks @{handle} and {name} ({uid}), a{n}@example.com, +62 812 3456 {7000 + n}"},
            "label": {"label_list": [{"text": f"friend of {name}", "type": 3}]},
            "list": {"likers": [person, {"nick": name}]},
            "nested": {"extra": json.dumps({"who": person, "note": f"see @{handle}"})},
            "key": {"by": {handle: 1, uid: 2}},
            "preview": {"reply_comment": [reply(user=person, text=f"{name}: me")]},
        }
        rows.append(comment(cid=str(100 + n), user=person) | said.get(PLACES[n % len(PLACES)], {}))
    text = written(scrubbed(comments(*rows))).lower()
    assert [part for person in planted for part in person if part.lower() in text] == []
    assert not re.search(r"example\.com|3456 70", text)
