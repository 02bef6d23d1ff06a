"""Comments are found on the shelf by any sign, and the same page by either way."""

from __future__ import annotations

import random
import sqlite3
from itertools import pairwise

import pytest

from companion.store import comments, inbox, labels, predictions
from companion.store.comments import Comment
from companion.store.finding import Finder
from companion.store.wanted import Wanted
from tests.companion.store.scenes import label
from tests.companion.store.shelf_scene import keyed, places, said


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("😍", {"emoji", "end"}),
        ("❤", {"heart"}),
        ("❤️", {"heart"}),
        ("👩‍👩‍👧", {"family"}),
        ("ซ", {"thai"}),
        ("ที่ไหน", {"thai"}),
        ("哪里", {"chinese"}),
        ("钱", {"chinese"}),
        ("OK", {"short"}),
        ("k", {"short", "link"}),
        ("LINK please", {"link"}),
        ('"please link"', set()),
        ("lin", {"link"}),
        ("50%", {"signs"}),
        ('a"b', {"signs"}),
        ("under_score", {"signs"}),
        ("ÉTÉ", {"french"}),
        ("zzz", set()),
        ("", {"emoji", "end", "heart", "family", "thai", "chinese", "short", "link", "signs", "french"}),
    ],
)
def test_every_sign_can_be_searched_for(writer: sqlite3.Connection, typed: str, found: set[str]) -> None:
    texts = {
        "emoji": "😍😍😍 so nice", "end": "so nice 😍", "heart": "love ❤️", "family": "us 👩‍👩‍👧!", "thai": "ซื้อที่ไหนคะ",
        "chinese": "这个在哪里买多少钱",
        "short": "ok", "link": "the link, please", "signs": 'a"b 50% under_score * NEAR(x)', "french": "été",
    }  # fmt: skip
    comments.save(writer, [Comment("tiktok", name, "v0", text) for name, text in texts.items()], 1)
    assert set(places(writer, Wanted(text=typed))) == found
    walked = Finder(writer, "m", Wanted(text=typed), gathered=0)
    assert {ident for _, ident in walked.every(2)} == found


def test_a_deleted_or_changed_text_is_found_no_longer(writer: sqlite3.Connection) -> None:
    comments.save(writer, [Comment("tiktok", "a", "v0", "cordless 🦄"), Comment("tiktok", "b", "v0", "cordless")], 1)
    comments.save(writer, [Comment("tiktok", "a", "v0", "wireless")], 2)
    writer.execute("DELETE FROM comment WHERE id = 'b'")
    assert (places(writer, Wanted(text="cordless")), places(writer, Wanted(text="🦄"))) == ([], [])
    assert places(writer, Wanted(text="wireless")) == ["a"]


@pytest.fixture
def many(writer: sqlite3.Connection) -> sqlite3.Connection:
    """400 comments of all sorts."""
    chance = random.Random(7)  # noqa: S311
    for n in range(400):
        video = chance.randrange(3)
        text = chance.choice(("need it", "where is the link 😍", "so cute", "ok how much", "อยากได้"))
        comments.save(
            writer,
            [
                Comment(
                    "tiktok", f"c{n}", f"v{video}", text, lang=chance.choice(("en", "th", None)), likes=chance.choice((0, 5, 200)),
                    created_at=chance.randrange(50), is_creator_reply=n % 17 == 0,
                )
            ],
            n // 10,
        )  # fmt: skip
        keyed(writer, n, ("tiktok", f"c{n}"))
        if n % 9:
            predictions.save(writer, [said(n, "m", chance)])
        if n % 31 == 0:
            inbox.mark(writer, "tiktok", f"c{n}", "later")
    labels.append(writer, label(1, comment_id="c7", grade=9))
    inbox.put_group(writer, "tiktok", "u1", "competitor")
    return writer


WISHES = (
    Wanted(),
    Wanted(text="link"),
    Wanted(text="😍"),
    Wanted(text="ok"),
    Wanted(band="high"),
    Wanted(band="some"),
    Wanted(band="low"),
    Wanted(band="unsure"),
    Wanted(band="yours"),
    Wanted(band="none"),
    Wanted(signal="price"),
    Wanted(signal="price", band="high"),
    Wanted(signal="none", band="low", kind="organic"),
    Wanted(lang="th"),
    Wanted(hashtag="tag1"),
    Wanted(hashtag="all", kind="paid"),
    Wanted(creator="tiktok:u0"),
    Wanted(video="tiktok:v2"),
    Wanted(group="competitor"),
    Wanted(kind="organic"),
    Wanted(kind="unknown"),
    Wanted(since=10, until=20),
    Wanted(likes=100),
    Wanted(box="open"),
    Wanted(box="later"),
    Wanted(box="answered"),
    Wanted(seen_from=30),
    Wanted(level=7, audience=True),
    Wanted(text="need", band="low", lang="en", kind="organic"),
)


@pytest.mark.parametrize("order", ["", "newest", "liked"])
@pytest.mark.parametrize("wishes", WISHES, ids=str)
def test_gathered_and_walked_give_the_same_pages(many: sqlite3.Connection, wishes: Wanted, order: str) -> None:
    gathered = Finder(many, "m", wishes, order)  # type: ignore[arg-type]
    expected = list(gathered.every())
    assert len(expected) == sum(1 for row in many.execute("SELECT * FROM shelf") if fits(many, row, wishes))
    walked = Finder(many, "m", wishes, order, gathered=0)  # type: ignore[arg-type]
    assert list(walked.every(7)) == expected
    assert walked.count(10_000) == len(expected)
    page, pages = walked.page(1, 20), []
    while page.places:
        pages.append(page)
        page = walked.page(page.page + 1, 20, after=page.keys[-1])
    assert [place for one in pages for place in one.places] == expected
    assert [one.after for one in pages] == [True] * (len(pages) - 1) + [False] * bool(pages)
    for before, one in pairwise(pages):
        back = walked.page(one.page - 1, 20, before=one.keys[0])
        assert (back.places, back.page, back.after) == (before.places, before.page, True)
    for one in pages:
        direct, other = walked.page(one.page, 20), gathered.page(one.page, 20)
        assert direct.places == other.places == one.places
        assert other.total == len(expected) == (one.total if one.exact else len(expected))
    if expected:
        assert walked.page(99, 20).places == gathered.page(99, 20).places


def fits(connection: sqlite3.Connection, row: sqlite3.Row, wishes: Wanted) -> bool:
    """The wishes once more, plainly."""
    video = connection.execute(
        "SELECT v.* FROM video v JOIN shelf_video s ON s.video_id = v.id AND s.platform = v.platform WHERE s.no = ?", [row["video"]]
    ).fetchone()
    graded = bool(row["model"])
    bands = {"high": row["band"] == 3, "some": row["band"] == 2, "low": row["band"] == 1, "unsure": row["unsure"], "yours": row["yours"]}
    boxes = {
        "open": not row["answered"] and not row["by_creator"] and not row["state"],
        "answered": row["answered"] or row["state"] == "answered",
        "later": row["state"] == "later",
    }
    return all(
        (
            all(word in row["text"] for word in wishes.text.split()),
            not wishes.band or (not graded if wishes.band == "none" else graded and bands[wishes.band]),
            not wishes.signal or row["signal"] == wishes.signal,
            not wishes.lang or row["lang"] == wishes.lang,
            not wishes.hashtag or f'"{wishes.hashtag}"' in video["hashtags"],
            not wishes.creator or wishes.creator == f"tiktok:{video['creator_id']}",
            not wishes.video or wishes.video == f"tiktok:{video['id']}",
            not wishes.group or video["creator_id"] == "u1",
            not wishes.kind or row["kind"] in (("ad", "shop", "partnership") if wishes.kind == "paid" else (wishes.kind,)),
            (wishes.since or 0) <= row["at"] < (wishes.until or 10**9),
            row["likes"] >= wishes.likes,
            not wishes.box or boxes[wishes.box],
            row["seen"] >= (wishes.seen_from or 0),
            row["level"] >= wishes.level,
            not wishes.audience or not row["by_creator"],
        )
    )
