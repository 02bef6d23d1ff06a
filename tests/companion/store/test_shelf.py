"""The shelf of the comments page: always what the view says, whatever changes; found by any sign; the same page by either way."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pytest

from companion import grading
from companion.store import Store, comments, creators, inbox, labels, open_store, predictions, shelf, unread, videos
from companion.store.comments import Comment
from companion.store.creators import Creator
from companion.store.finding import Finder
from companion.store.migrations import NAMES, SET, migration_set
from companion.store.predictions import StoredPrediction
from companion.store.unread import Place
from companion.store.videos import Video
from companion.store.wanted import Wanted
from companion.store.workspace import Workspace
from tests.companion.store.scenes import label

COLUMNS = (
    "model, rank, at, likes, seen, video, band, level, signal, lang, kind, yours, unsure, by_creator, answered, dealt, state, "
    "platform, id, text"
)


def strays(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """Rows of the shelf that are not what the view says now, and the other way round."""
    found = []
    for one, other in (("shelf", "shelf_fresh"), ("shelf_fresh", "shelf")):
        found += [tuple(row) for row in connection.execute(f"SELECT {COLUMNS} FROM {one} EXCEPT SELECT {COLUMNS} FROM {other}")]
    return found


def said(number: int, model: str, chance: random.Random) -> StoredPrediction:
    """What a model says about the comment with keys of this number."""
    grade = chance.choice((1.0, 4.5, 4.6, 5.5, 6.5, 7.25, 9.999))
    p_high, signal = chance.choice((0.1, 0.4999, 0.5, 0.9)), chance.choice(("none", "price", "want"))
    return StoredPrediction("n", f"t{number}", f"c{number}", model, grade, p_high, signal, "neutral", 1, 9, chance.random() < 0.3, "en", 1)


def keyed(connection: sqlite3.Connection, number: int, place: Place) -> None:
    unread.put_keys(connection, "n", [(place, f"t{number}", f"c{number}")])


def places(connection: sqlite3.Connection, wishes: Wanted, model: str = "m") -> list[str]:
    return [ident for _, ident in Finder(connection, model, wishes).every()]


@pytest.fixture
def writer(store: Store) -> Iterator[sqlite3.Connection]:
    """A connection that writes at once, with "m" in use."""
    with closing(store.connect("writer")) as connection:
        creators.save(connection, [Creator("tiktok", f"u{n}", handle=f"maker{n}") for n in range(2)], 1)
        kinds = ("organic", "ad", "unknown")
        rows = [Video("tiktok", f"v{n}", creator_id=f"u{n % 2}", hashtags=(f"tag{n}", "all"), commerce=kinds[n]) for n in range(3)]
        videos.save(connection, rows, 1)
        shelf.use(connection, "m")
        yield connection


def test_whatever_changes_the_shelf_is_what_the_view_says(writer: sqlite3.Connection) -> None:
    chance = random.Random(5)  # noqa: S311
    made = 0

    def anybody() -> str:
        return f"c{chance.randrange(40)}"

    def store_one() -> None:
        parent = anybody() if chance.random() < 0.4 else None
        comments.save(
            writer,
            [
                Comment(
                    "tiktok", anybody(), f"v{chance.randrange(3)}", chance.choice(("need it", "😍", "how much?", "อยากได้")),
                    parent_id=parent, level=2 if parent else 1, is_creator_reply=chance.random() < 0.3,
                    lang=chance.choice((None, "en", "th")), likes=chance.choice((None, 0, 7)), created_at=chance.choice((None, 5, 9)),
                    answers_id=anybody() if parent and chance.random() < 0.5 else None,
                )
            ],
            chance.randrange(100),
        )  # fmt: skip

    def teach() -> None:
        nonlocal made
        made += 1
        source = chance.choice(("badge", "annotator", "import"))
        undone = writer.execute("SELECT uuid FROM label_event WHERE action = 'set' ORDER BY random() LIMIT 1").fetchone()
        if undone and chance.random() < 0.3:
            event = labels.find(writer, undone["uuid"])
            assert event is not None
            labels.append(writer, label(made, action="undo", undoes=event.uuid, comment_id=event.comment_id, grade=None, signal=None))
        else:
            labels.append(writer, label(made, comment_id=anybody(), source=source, grade=chance.choice((None, 3, 6, 9))))

    steps = (
        store_one,
        store_one,
        store_one,
        teach,
        lambda: keyed(writer, chance.randrange(30), ("tiktok", anybody())),
        lambda: predictions.save(writer, [said(chance.randrange(30), chance.choice(("m", "other")), chance)]),
        lambda: inbox.mark(writer, "tiktok", anybody(), chance.choice((None, "later", "answered"))),
        lambda: videos.save(writer, [Video("tiktok", "v1", commerce=chance.choice(("organic", "ad")), caption=str(chance.random()))], 2),
        lambda: writer.execute("DELETE FROM comment WHERE id = ?", [anybody()]),
        lambda: writer.execute("DELETE FROM prediction WHERE text_hash = ?", [f"t{chance.randrange(30)}"]),
        lambda: labels.forget(writer, "tiktok", [anybody()]),
    )
    for turn in range(600):
        chance.choice(steps)()
        if turn % 20 == 0:
            assert strays(writer) == []
        if turn % 150 == 149:
            shelf.use(writer, chance.choice(("m", "other")))
            while shelf.refill(writer, 7):
                pass
    assert strays(writer) == []
    writer.execute("INSERT INTO shelf_words (shelf_words, rank) VALUES ('integrity-check', 1)")
    writer.execute("DELETE FROM video WHERE id = 'v0'")
    assert strays(writer) == []
    writer.execute("DELETE FROM video")
    assert writer.execute("SELECT (SELECT count(*) FROM shelf) + (SELECT count(*) FROM shelf_video)").fetchone()[0] == 0
    writer.execute("INSERT INTO shelf_words (shelf_words, rank) VALUES ('integrity-check', 1)")


def test_no_list_mixes_the_grades_of_two_models(store: Store, writer: sqlite3.Connection) -> None:
    chance = random.Random(1)  # noqa: S311
    for number in range(20):
        comments.save(writer, [Comment("tiktok", f"c{number:02}", "v0", "need it")], number)
        keyed(writer, number, ("tiktok", f"c{number:02}"))
        predictions.save(writer, [said(number, "m", chance)])
    old = set(places(writer, Wanted(band="high")))
    predictions.save(writer, [said(3, "new", random.Random(9))])  # noqa: S311
    assert shelf.ungraded(writer, "m") == 0
    shelf.use(writer, "new")
    assert places(writer, Wanted(band="high"), "new") == []  # not brought over yet, and nothing of the old model's
    assert shelf.ungraded(writer, "new") == 20
    while grading.show_grades(store, "new"):
        pass
    assert shelf.ungraded(writer, "new") == 19
    assert len(places(writer, Wanted(band="none"), "new")) == 19
    shelf.use(writer, "m")
    while shelf.refill(writer, 6):
        pass
    assert set(places(writer, Wanted(band="high"))) == old


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


def test_an_older_workspace_is_shelved_when_it_is_opened(tmp_path: Path) -> None:
    from sqlite_utils import Database

    workspace = Workspace(tmp_path)
    workspace.prepare()
    with closing(sqlite3.connect(workspace.database, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        migration_set().apply(Database(connection), stop_before=NAMES[4])
        videos.save(connection, [Video("tiktok", "v")], 1)
        comments.save(connection, [Comment("tiktok", f"c{n}", "v", "where can I buy this 😍") for n in range(30)], 1)
        keyed(connection, 1, ("tiktok", "c1"))
        predictions.save(connection, [said(1, "m", random.Random(1))])  # noqa: S311
    store = open_store(tmp_path)
    with store.reading() as connection:
        assert len(places(connection, Wanted(text="😍"))) == 30
        assert shelf.ungraded(connection, "m") == 30
    while grading.show_grades(store, "m"):
        pass
    with store.reading() as connection:
        assert shelf.ungraded(connection, "m") == 29
        assert strays(connection) == []
        assert [row["name"] for row in connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", [SET])]
