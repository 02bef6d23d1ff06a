"""What a comment says stays; names and ways to reach somebody leave every text."""

from __future__ import annotations

from tests.companion.tiktok.scrubbing_scene import NAMES, assert_nobody, scrubbed
from tests.companion.tiktok.shapes import comment, comments, user


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
