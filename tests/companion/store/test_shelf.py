"""The shelf of the comments page: always what the view says, whatever changes."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from pathlib import Path

from companion import grading
from companion.store import Store, comments, inbox, labels, open_store, predictions, shelf, videos
from companion.store.comments import Comment
from companion.store.migrations import NAMES, SET, migration_set
from companion.store.videos import Video
from companion.store.wanted import Wanted
from companion.store.workspace import Workspace
from tests.companion.store.scenes import label
from tests.companion.store.shelf_scene import keyed, places, said

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


def test_an_older_workspace_is_shelved_when_it_is_opened(tmp_path: Path) -> None:
    from sqlite_utils import Database

    workspace = Workspace(tmp_path)
    workspace.prepare()
    with closing(sqlite3.connect(workspace.database, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        migration_set().apply(Database(connection), stop_before=NAMES[4])
        connection.execute("INSERT INTO video (platform, id, first_seen, last_seen) VALUES ('tiktok', 'v', 1, 1)")
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
