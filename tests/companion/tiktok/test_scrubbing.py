"""People and credentials leave a body whole; what a comment says stays."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from companion.tiktok import Asked, read, scrub
from companion.tiktok.forgetting import without_people
from tests.companion.tiktok.shapes import (
    CREATOR,
    TOP,
    VIDEO,
    asked,
    comment,
    comments,
    item,
    items,
    pseudonym,
    reply,
    user,
    without,
    written,
)

MIA = {"uid": pseudonym("7100000000000000044"), "unique_id": pseudonym("mia.tests")}
NAMES = ["7100000000000000044", "mia.tests", "Mia Example", "MS4wLjABAAAAmia.tests"]


def scrubbed(body: object, kind: str = "comments") -> Any:
    return scrub(asked(kind), body, pseudonym)


def assert_nobody(found: object, *names: str) -> None:
    text = written(found).lower()
    assert [name for name in names if name.lower() in text] == []


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


def test_what_a_comment_says_stays_as_it_is() -> None:
    texts = [
        "where did you get it?? need this",
        "Rp 1.299.000 ya? 😭",
        "دکھ سنائے ک\n🥰",
        "ราคาเท่าไหร่คะ",
        '{"a": 1}',
        "[link] please",
        "",
        "多少钱",
    ]
    found = scrubbed(comments(*(comment(text=text) for text in texts)))
    assert [row["text"] for row in found["comments"]] == texts


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


def test_a_name_leaves_every_other_text_of_the_body() -> None:
    other = comment(
        cid="2",
        user=user("7100000000000000055", "bob_x"),
        text="Mia Example is right, ask MIA.TESTS, see mia.tests! 7100000000000000044 miaexample",
        note="by Mia Example’s friend",
        reply_to=7100000000000000044,
        ids=["7100000000000000044", "MS4wLjABAAAAmia.tests"],
        by={"7100000000000000044": 1, "mia.tests": 2},
    )
    found = scrubbed(comments(comment(), other))
    assert_nobody(found, *NAMES)
    assert found["comments"][1]["text"] == "@user is right, ask @user, see @user! @user miaexample"
    assert found["comments"][1]["note"] == "by @user’s friend"


def test_a_display_name_made_of_words_is_taken_out_as_its_owner_writes_it_or_behind_an_at_sign() -> None:
    named = comment(user=user(nickname="Need It"))
    found = scrubbed(comments(named, comment(text="i need it, Need It! needed it @need it @ NEED IT", user=None)))
    assert found["comments"][1]["text"] == "i need it, @user! needed it @user @ NEED IT"


def test_short_and_wordless_names_tear_nothing_out_of_texts() -> None:
    people = [comment(user=user(str(7100000000000000100 + n), name, name)) for n, name in enumerate(["ana", "it", "❤️❤️❤️❤️"])]
    found = scrubbed(comments(*people, comment(text="it is what ana said ❤️❤️❤️❤️")))
    assert found["comments"][-1]["text"] == "it is what ana said ❤️❤️❤️❤️"


def test_a_thai_name_inside_running_text_is_found() -> None:
    found = scrubbed(comments(comment(user=user(nickname="มินนี่จัง")), comment(text="ขอบคุณมินนี่จังมาก")))
    assert found["comments"][1]["text"] == "ขอบคุณ@userมาก"


def test_marked_mentions_go_by_their_places_because_names_hold_spaces() -> None:
    text = "😀 @Bo Tester 2nd look at this @zoe"
    start, last = 3, 32  # in UTF-16 units, as the site counts
    extra = [
        {"start": start, "end": start + 14, "user_id": "7100000000000000066", "sec_uid": "MS4wLjABAAAAbo", "hashtag_name": "", "type": 0},
        {"start": last, "end": last + 4, "user_id": "7100000000000000077", "sec_uid": "MS4wLjABAAAAzoe", "hashtag_name": "", "type": 0},
        {"start": 0, "end": 999, "user_id": "7100000000000000088"},
        {"start": 5, "end": 9, "hashtag_name": "Deal", "hashtag_id": "33", "user_id": "", "sec_uid": ""},
    ]
    found = scrubbed(comments(comment(text=text, text_extra=extra), comment(text="hi Bo Tester 2nd")))
    assert found["comments"][0]["text"] == "😀 @user look at this @user"
    assert found["comments"][0]["text_extra"] == [{"hashtag_name": "Deal", "hashtag_id": "33"}]
    assert found["comments"][1]["text"] == "hi @user"
    assert_nobody(found, "7100000000000000066", "MS4wLjABAAAAbo", "Bo Tester")


def test_contact_data_leaves_every_string() -> None:
    row = comment(text="wa 08123456789", other=["mail a@example.com", {"k@example.com": "ask @zoe.x"}], phone="081234567890")
    found = scrubbed(comments(row))
    assert_nobody(found, "0812", "example.com", "zoe")
    assert found["comments"][0]["text"] == "wa [phone]"


SECRETS = (
    *(
        "msToken",
        "ms_token",
        "x-bogus",
        "X-Gnarly",
        "_signature",
        "verifyFp",
        "s_v_web_id_token",
        "device_id",
        "deviceId",
        "Cookie",
        "csrfToken",
    ),
    *("csrf_session_id", "odinId", "odin_tt", "sessionid", "ip", "client_ip", "ipAddress", "logid", "share_info", "predicted_age_group"),
)


@pytest.mark.parametrize("key", SECRETS)
def test_credentials_and_traces_are_dropped_whatever_they_hold(key: str) -> None:
    found = scrubbed({key: {"a": "S3cret"}, **comments(comment(**{key: "S3cret"}))})
    assert_nobody(found, "S3cret")
    assert key not in found


@pytest.mark.parametrize("key", ["description", "encoding", "clip", "tips", "zip_code", "is_descriptive", "coding", "recipe"])
def test_keys_that_only_sound_like_credentials_stay(key: str) -> None:
    assert scrubbed({key: "kept"}) == {key: "kept"}


def test_signed_addresses_are_dropped_and_addresses_in_texts_lose_their_query() -> None:
    text, link = "see https://x.example/a?token=S3cret#f ok", "https://p16.example/a?x-signature=S3cret"
    row = scrubbed(comments(comment(text=text, link=link, links=["//p/a?S3cret", "b"])))["comments"][0]
    assert row["text"] == "see https://x.example/a ok"
    assert "link" not in row
    assert row["links"] == ["b"]


def test_json_inside_text_is_scrubbed_too_and_broken_json_keeps_nothing() -> None:
    inner = json.dumps({"user": user(), "msToken": "S3cret", "n": 1729840619138750658, "deep": json.dumps([{"nickname": "Zoe Example"}])})
    row = scrubbed(comments(comment(a=inner, b=inner[:-4], c='{"top_list":1}')))["comments"][0]
    assert_nobody(row, *NAMES, "S3cret", "Zoe Example")
    assert json.loads(row["a"])["n"] == 1729840619138750658
    assert (row["b"], row["c"]) == ("{", '{"top_list":1}')


def test_creators_keep_their_public_part_and_no_more() -> None:
    author = item()["author"] | {"commerceUserInfo": {"commerceUser": True, "category": "Beauty"}}
    row = scrubbed(items(item(author=author)), "items")["itemList"][0]
    assert row["author"] == {
        "id": CREATOR,
        "uniqueId": "shop.tests",
        "nickname": "Shop Tests",
        "verified": False,
        "ttSeller": True,
        "commerceUserInfo": {"commerceUser": True},
    }
    assert row["authorStats"]["followerCount"] == 41300
    assert_nobody(row, "MS4w", "mail me", "Someone Else", "x-signature", "p16", "S3cret")


def test_a_caption_names_no_one_else() -> None:
    marked = {
        "start": 5,
        "end": 15,
        "userId": "7100000000000000066",
        "userUniqueId": "bo.tester",
        "secUid": "MS4wbo",
        "hashtagName": "",
        "type": 0,
    }
    contents = [{"desc": "ask bo.tester", "textExtra": []}]
    body = items(item(desc="with @bo.tester and @zoe, by shop.tests", textExtra=[marked], contents=contents))
    row = scrubbed(body, "items")["itemList"][0]
    assert row["desc"] == "with @user and @user, by shop.tests"
    assert row["contents"][0]["desc"] == "ask @user"


def test_commenters_inside_an_answer_about_videos_are_commenters() -> None:
    found = scrubbed(items(item(comments=[comment()], duet={"by": user()})), "items")
    assert_nobody(found, *NAMES)
    assert found["itemList"][0]["comments"][0]["user"] == MIA


def test_accounts_found_by_a_search_are_no_creators_until_a_video_of_theirs_is_seen() -> None:
    body = {"user_list": [{"user_info": user()}], "has_more": 0}
    assert_nobody(scrubbed(body, "search"), *NAMES)
    assert read(asked("search"), scrubbed(body, "search")).creators == ()


def test_a_page_of_2023_keeps_the_creators_among_its_accounts() -> None:
    flat = {"nickname": "Shop Tests", "authorId": CREATOR, "authorSecId": "MS4wshop", "avatarThumb": "https://a/b"}
    body = {
        "ItemModule": {VIDEO: item(author="shop.tests", **flat)},
        "UserModule": {
            "users": {"shop.tests": {**item()["author"]}, "mia.tests": user()},
            "stats": {"shop.tests": {"followerCount": 9}, "mia.tests": {"followerCount": 3}},
        },
    }
    found = scrubbed(body, "items")
    assert_nobody(found, *NAMES, "MS4w")
    assert list(found["UserModule"]["users"]) == ["shop.tests"]
    kept = {key: found["ItemModule"][VIDEO][key] for key in ("author", "authorId", "nickname")}
    assert kept == {"author": "shop.tests", "authorId": CREATOR, "nickname": "Shop Tests"}


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


def test_the_maker_of_an_original_sound_is_not_named() -> None:
    music = {"id": "5", "title": "original sound - zoe.x", "authorName": "Zoe", "original": True}
    body = items(item(music=music), item(music=music | {"original": False, "title": "A Song - Live"}))
    assert [row["music"].get("title") for row in scrubbed(body, "items")["itemList"]] == ["original sound", "A Song - Live"]
    assert_nobody(scrubbed(body, "items"), "zoe")


def test_hostile_strings_cost_no_time() -> None:
    spaces, signs = " " * 40_000, "?" * 40_000
    scrubbed(comments(comment(a=f"//{signs} x", b="{" + spaces + "x", c=f"a{spaces}b", d=f"http://{signs} x", text=f"@{spaces}{signs}")))


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


def test_what_the_extension_sends_goes_its_own_way() -> None:
    body = {"at": 0, "thread": {"id": VIDEO, "rows": []}}
    assert scrub(Asked("rendered", "/capture", video_id=VIDEO), body, pseudonym) == body
