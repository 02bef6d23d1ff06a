"""Creators, videos, comments and labels: what goes in comes out, and less never overwrites more."""

from __future__ import annotations

import pytest

from companion.store import Store, comments, creators, labels, predictions, sample, videos
from companion.store.comments import Comment
from companion.store.creators import Creator
from companion.store.labels import LabelConflictError
from companion.store.predictions import StoredPrediction
from companion.store.videos import Metric, Video
from tests.companion.store.scenes import label

CREATOR = Creator("tiktok", "6800000000000000001", "mia", "Mia", True, 1200, 30, 9000, 44)
VIDEO = Video(
    "tiktok",
    "7200000000000000001",
    CREATOR.id,
    "my bottle",
    ("water", "gym"),
    "bottle",
    15_000,
    "en",
    1_700_000_000_000,
    "6900",
    "a song",
    "organic",
)
COMMENT = Comment("tiktok", "7300000000000000001", VIDEO.id, "need 😍", "p1", "a1", None, 1, False, "en", 3, 0, 1_700_000_001_000)


def fill(store: Store) -> None:
    with store.writing() as connection:
        creators.save(connection, [CREATOR], 10)
        videos.save(connection, [VIDEO], 10)
        comments.save(connection, [COMMENT], 10)


def test_what_goes_in_comes_out(store: Store) -> None:
    fill(store)
    with store.reading() as connection:
        assert creators.find(connection, "tiktok", CREATOR.id) == CREATOR
        assert videos.find(connection, "tiktok", VIDEO.id) == VIDEO
        assert videos.of_creator(connection, "tiktok", CREATOR.id) == [VIDEO]
        assert comments.of_video(connection, "tiktok", VIDEO.id) == [COMMENT]
        assert (creators.count(connection), videos.count(connection), comments.count(connection)) == (1, 1, 1)


def test_a_page_that_shows_less_takes_nothing_away(store: Store) -> None:
    fill(store)
    with store.writing() as connection:
        creators.save(connection, [Creator("tiktok", CREATOR.id, followers=1300)], 20)
        videos.save(connection, [Video("tiktok", VIDEO.id)], 20)
        comments.save(connection, [Comment("tiktok", COMMENT.id, VIDEO.id, "need 😍", likes=4)], 20)
        creator = creators.find(connection, "tiktok", CREATOR.id)
        comment = comments.find(connection, "tiktok", COMMENT.id)
        seen = comments.seen(connection, "tiktok", COMMENT.id)
        assert videos.find(connection, "tiktok", VIDEO.id) == VIDEO
    assert creator
    assert (creator.handle, creator.followers) == ("mia", 1300)
    assert comment
    assert (comment.author, comment.likes, comment.created_at) == ("p1", 4, COMMENT.created_at)
    assert seen
    assert (seen.first_seen, seen.last_seen) == (10, 20)


def test_a_comment_goes_missing_and_comes_back(store: Store) -> None:
    fill(store)
    with store.writing() as connection:
        comments.mark_missing(connection, "tiktok", [COMMENT.id], 20)
        comments.mark_missing(connection, "tiktok", [COMMENT.id], 30)
        gone = comments.seen(connection, "tiktok", COMMENT.id)
        comments.save(connection, [COMMENT], 40)
        back = comments.seen(connection, "tiktok", COMMENT.id)
    assert gone
    assert back
    assert (gone.missing_since, back.missing_since) == (20, None)


def test_snapshots_are_kept_by_moment(store: Store) -> None:
    fill(store)
    with store.writing() as connection:
        snapshots = [Metric("tiktok", VIDEO.id, 1, 100, 5), Metric("tiktok", VIDEO.id, 2, 150, 6)]
        videos.measure(connection, [*snapshots, snapshots[0]])
        assert videos.metrics(connection, "tiktok", VIDEO.id) == snapshots


def test_the_latest_label_not_undone_is_current(store: Store) -> None:
    steps = [label(1, comment_id="c", grade=2), label(2, comment_id="c", grade=5), label(3, comment_id="c", grade=9)]
    with store.writing("labels") as connection:
        for step in steps:
            labels.append(connection, step)
        for number, left in ((3, 5), (2, 2)):
            undo = label(10 + number, comment_id="c", action="undo", undoes=steps[number - 1].uuid, grade=None, signal=None)
            assert labels.append(connection, undo)
            assert not labels.append(connection, undo)
            assert labels.current(connection, "tiktok", ["c", "d"])["c"].grade == left
        assert labels.count(connection) == 1


def test_imported_labels_are_not_yours(store: Store) -> None:
    with store.writing("labels") as connection:
        labels.append(connection, label(1, comment_id="c", source="annotator", grade=4))
        labels.append(connection, label(2, comment_id="c", source="import", grade=9))
        assert labels.current(connection, "tiktok", ["c"])["c"].grade == 4
        assert [event.grade for event in labels.listed(connection)] == [9]


def test_contradictions_are_refused(store: Store) -> None:
    with store.writing("labels") as connection:
        labels.append(connection, label(1))
        with pytest.raises(LabelConflictError, match="another content"):
            labels.append(connection, label(1, grade=3))
        with pytest.raises(LabelConflictError, match="cannot be undone"):
            labels.append(connection, label(2, action="undo", undoes=label(5).uuid, grade=None))


def test_a_prediction_is_found_by_its_whole_key(store: Store) -> None:
    said = StoredPrediction("n1", "t", "c", "m", 7.5, 0.7, "want", "positive", 6.0, 9.0, False, "en", 1)
    with store.writing() as connection:
        predictions.save(connection, [said, said])
        assert predictions.find(connection, "n1", "t", "c", "m") == said
        assert predictions.find(connection, "n2", "t", "c", "m") is None


def test_removing_the_sample_leaves_the_users_own(store: Store) -> None:
    fill(store)
    with store.writing() as connection:
        creators.save(connection, [Creator("sample", "1", "ann")], 1)
        videos.save(connection, [Video("sample", "1", "1")], 1)
        videos.measure(connection, [Metric("sample", "1", 1, 5)])
        comments.save(connection, [Comment("sample", "1", "1", "hi")], 1)
        labels.append(connection, label(1, platform="sample", comment_id="1"))
        labels.append(connection, label(2))
        assert sample.present(connection)
        sample.remove(connection)
        assert not sample.present(connection)
        assert (creators.count(connection), videos.count(connection), comments.count(connection), labels.count(connection)) == (1, 1, 1, 1)
