"""A comment that a page showed without an id, and the same one with TikTok's own: one row, one set of labels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from companion.intent.text import normalise
from companion.store import Store, clients, comment_metrics, comments, keeping, labels
from companion.store.comments import Comment
from companion.store.predictions import digest
from tests.companion.browser import Paired, correction, uuid
from tests.companion.captured import AT, VIDEO, alias, arrive, dom_row, request, row, told

CID, SECOND = "7600000000000000101", "7600000000000000102"
TEXT = "where can I buy this??"

Send = Callable[..., dict[str, Any]]


@pytest.fixture
def capture(paired: Paired, store: Store) -> Send:
    """Sends rows as a browser that may keep what it sees; gives the counts."""
    with store.writing() as connection:
        clients.grant(connection, paired.client_id, ["score", "teach", "capture"])

    def send(*rows: dict[str, Any]) -> dict[str, Any]:
        answer = paired.post("/v1/capture", request(*rows))
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.get_json()
        return found

    return send


def stored(store: Store) -> list[Comment]:
    with store.reading() as connection:
        return comments.of_video(connection, "tiktok", VIDEO)


def yours(store: Store, *ids: str) -> dict[str, int | None]:
    """The user's own grades by the id asked for."""
    with store.reading() as connection:
        return {asked: label.grade for asked, label in labels.current(connection, "tiktok", ids).items()}


def teach(paired: Paired, comment_id: str, number: int = 1, **changes: Any) -> dict[str, Any]:
    """A badge's correction of a comment."""
    answer = paired.post("/v1/feedback", correction(number, comment_id=comment_id, **{"video_id": VIDEO, "text": TEXT, **changes}))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def test_the_cid_wins_and_the_label_follows(capture: Send, paired: Paired, store: Store) -> None:
    shown = dom_row(store, "Mia", TEXT, likes="2", time="1h ago", pinned=True)
    capture(shown, dom_row(store, "zara", "same here", level=2, parent=shown["id"]))
    teach(paired, shown["id"], grade=9)
    taken = arrive(store, told(CID, "mia", TEXT, digg_count=12))
    assert (taken.comments_found, taken.comments_new) == (1, 0), "nothing new: it was here under another name"
    named, reply = sorted(stored(store), key=lambda comment: comment.level)
    assert (named.id, named.likes, named.created_at, named.pinned, named.author_alias) == (CID, 12, AT, True, alias(store, "mia"))
    assert (reply.parent_id, reply.level) == (CID, 2)
    assert yours(store, CID, shown["id"]) == {CID: 9, shown["id"]: 9}
    with store.reading() as connection:
        assert [label.comment_id for label in labels.listed(connection)] == [CID]
        assert [vote.comment_id for vote in labels.votes(connection)] == [CID]
        counted = comment_metrics.of_comment(connection, "tiktok", CID)
        assert sorted(metric.likes or 0 for metric in counted) == [2, 12]
        assert connection.execute("SELECT yours, level FROM shelf WHERE id = ?", [CID]).fetchone()[:] == (1, 9)


def test_a_row_that_is_shown_again_stays_that_comment(capture: Send, paired: Paired, store: Store) -> None:
    shown = dom_row(store, "mia", TEXT, likes="2")
    capture(shown)
    arrive(store, told(CID, "mia", TEXT))
    assert capture(shown, dom_row(store, "zara", "me too", level=2, parent=shown["id"])) == {"new": 1, "seen": 1}
    assert {(comment.id[:4], comment.parent_id) for comment in stored(store)} == {(CID[:4], None), ("dom:", CID)}
    teach(paired, shown["id"], 1, grade=3)
    teach(paired, CID, 2, grade=8)
    assert yours(store, CID, shown["id"]) == {CID: 8, shown["id"]: 8}, "the last word counts, under whichever name it was said"
    undone = teach(paired, shown["id"], 3, action="undo", undoes=uuid(2), grade=None, signal=None, suggestion=None)
    assert undone["yours"]["grade"] == 3
    assert yours(store, CID) == {CID: 3}
    with store.reading() as connection:
        assert (labels.count(connection), len(labels.votes(connection))) == (1, 1)
        assert connection.execute("SELECT yours, level FROM shelf WHERE id = ?", [CID]).fetchone()[:] == (1, 3)


def test_a_row_without_id_that_comes_later_is_the_stored_comment(capture: Send, store: Store) -> None:
    arrive(store, told(CID, "mia", "where can I buy\nthis?? [smile]"))
    assert capture(dom_row(store, "mia", TEXT)) == {"new": 0, "seen": 1}
    assert [comment.id for comment in stored(store)] == [CID]


def test_ids_shown_in_another_layout_do_the_same(capture: Send, paired: Paired, store: Store) -> None:
    shown = dom_row(store, "mia", TEXT)
    capture(shown)
    teach(paired, shown["id"], grade=9)
    assert capture(row(store, CID, "mia", TEXT)) == {"new": 0, "seen": 1}
    assert [comment.id for comment in stored(store)] == [CID]
    assert yours(store, CID) == {CID: 9}


def test_the_comments_own_words_stay_when_a_page_shows_them_again(capture: Send, store: Store) -> None:
    shown = dom_row(store, "mia", TEXT)
    capture(shown)
    arrive(store, told(CID, "mia", f"{TEXT} [smile]"))
    capture(shown)
    capture(row(store, CID, "mia", "¿dónde puedo comprarlo?"))
    assert [comment.text for comment in stored(store)] == [f"{TEXT} [smile]"]


def test_words_that_only_a_page_told_follow_the_page(capture: Send, store: Store) -> None:
    capture(row(store, CID, "mia", "where can I b…"))
    capture(row(store, CID, "mia", TEXT))
    assert [comment.text for comment in stored(store)] == [TEXT]


def test_twins_are_matched_in_their_order(capture: Send, store: Store) -> None:
    capture(dom_row(store, "mia", TEXT), dom_row(store, "mia", TEXT, nth=1))
    arrive(store, told(CID, "mia", TEXT))
    assert sorted(comment.id[:4] for comment in stored(store)) == [CID[:4], "dom:"]
    arrive(store, told(CID, "mia", TEXT), told(SECOND, "mia", TEXT, create_time=AT // 1000 + 5))
    assert [comment.id for comment in stored(store)] == [CID, SECOND]


@pytest.mark.parametrize(
    ("handle", "text", "fields"),
    [
        ("zara", TEXT, {}),
        ("mia", "where can I buy that??", {}),
        ("mia", TEXT, {"reply_id": SECOND}),
        ("mia", TEXT, {"aweme_id": "7600000000000000099"}),
    ],
    ids=["another writer", "other words", "another level", "another video"],
)
def test_only_the_same_comment_is_the_same(handle: str, text: str, fields: dict[str, Any], capture: Send, store: Store) -> None:
    shown = dom_row(store, "mia", TEXT)
    capture(shown)
    arrive(store, told(CID, handle, text, **fields))
    assert shown["id"] in {comment.id for comment in stored(store)}


def test_a_label_given_while_nothing_was_kept_follows_too(paired: Paired, store: Store) -> None:
    shown = dom_row(store, "mia", f"{TEXT} @zara")
    teach(paired, shown["id"], 1, text=f"{TEXT} @zara", grade=9)
    teach(paired, dom_row(store, "zara", TEXT)["id"], 2, grade=2)
    arrive(store, told(CID, "Mia", f"{TEXT} @zara"))
    assert yours(store, CID) == {CID: 9}
    with store.reading() as connection:
        assert labels.count(connection) == 2, "somebody else's label of other words stays apart"


def test_predictions_follow(capture: Send, store: Store) -> None:
    capture(dom_row(store, "mia", TEXT))
    with store.writing() as connection:
        connection.execute("UPDATE comment SET normaliser = 'n1', text_hash = ?, context_hash = 'c'", [digest(normalise(TEXT))])
    arrive(store, told(CID, "mia", TEXT))
    with store.reading() as connection:
        assert connection.execute("SELECT id, text_hash FROM comment").fetchone()[:] == (CID, digest(normalise(TEXT)))


def test_what_was_kept_without_end_stays_so(capture: Send, store: Store) -> None:
    capture(dom_row(store, "mia", TEXT))
    arrive(store, told(CID, "mia", TEXT))
    with store.reading() as connection:
        assert connection.execute("SELECT keep_until, door FROM comment").fetchone()[:] == (None, "extension")


def test_a_labelled_comment_outlives_its_time_under_either_name(capture: Send, paired: Paired, store: Store) -> None:
    shown = dom_row(store, "mia", TEXT)
    capture(shown)
    teach(paired, shown["id"], grade=9)
    arrive(store, told(CID, "mia", TEXT), told(SECOND, "zara", "hm"))
    with store.writing() as connection:
        connection.execute("UPDATE comment SET keep_until = 5")
        assert keeping.expire(connection, 10, 100) == (1, 0)
    assert [comment.id for comment in stored(store)] == [CID]


def test_forgetting_takes_every_name_and_label(capture: Send, paired: Paired, store: Store) -> None:
    shown = dom_row(store, "mia", TEXT)
    capture(shown)
    teach(paired, shown["id"], grade=9)
    arrive(store, told(CID, "mia", TEXT))
    tables = ("comment", "label_event", "comment_also", "shelf")
    with store.writing("labels") as connection:
        keeping.delete_people(connection, [store.workspace.pseudonym("mia")])
        assert [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables] == [0, 0, 0, 0]
