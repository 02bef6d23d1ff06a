"""Shortlist, reports and learned standings: who is deleted or forgotten stands in none of them."""

from __future__ import annotations

import pytest

from companion.forget import forget_creator
from companion.store import Store, creators, erase, quality_learned, quality_reports, quality_shortlist
from companion.store.creators import Creator
from companion.store.quality_learned import CreatorScore, Learned
from companion.store.quality_reports import CreatorRow, ReportRow, TopicRow
from companion.store.quality_shortlist import Listed
from tests.companion.graded_scene import Scene

HEAD = ReportRow(0, 1, 100, "m", 20, ("organic",), 1, 2, 1, None, None)


@pytest.fixture
def filled(store: Store) -> Store:
    scene = Scene(store, "m")
    scene.creator("7001", handle="mia.tests")
    scene.creator("7002", handle="bo.tests")
    for maker in ("7001", "7002"):
        scene.video(f"v{maker}", maker)
        scene.says(f"v{maker}", 0.9, 0.1)
    with store.writing() as connection:
        for maker in ("7001", "7002", "nobody"):
            quality_shortlist.put(connection, Listed("tiktok", maker, "asked", "nice", 250.0, "EUR", "https://shop.example"))
        rows = [CreatorRow("tiktok", maker, 1, 2, 1, None, None) for maker in ("7001", "7002", "nobody")]
        topics = [TopicRow("question", "the price", 2, 1, (("tiktok", "c1"), ("tiktok", "c3"), ("tiktok", "gone")))]
        quality_reports.add(connection, HEAD, rows, topics)
        quality_learned.put(connection, Learned(5, 2, 1, {}, {}), [("tiktok", "v7001", 70.0), ("tiktok", "gone", 1.0)])
        quality_learned.add_scores(connection, [CreatorScore("tiktok", maker, 5, "1", "m", 60.0, False, 1) for maker in ("7001", "nobody")])
    return store


def kept(store: Store) -> tuple[list[str], list[str], list[tuple[str, str]], dict[str, float]]:
    with store.reading() as connection:
        [head] = quality_reports.listed(connection)
        [topic] = quality_reports.topics_of(connection, head.id)
        return (
            sorted(entry.creator_id for entry in quality_shortlist.listed(connection)),
            sorted(row.creator_id for row in quality_reports.creators_of(connection, head.id)),
            sorted(topic.quotes),
            quality_learned.standings(connection, "tiktok", ["v7001", "v7002"]),
        )


def test_only_what_is_stored_is_kept(filled: Store) -> None:
    assert kept(filled) == (["7001", "7002"], ["7001", "7002"], [("tiktok", "c1"), ("tiktok", "c3")], {"v7001": 70.0})


def test_a_forgotten_creator_stands_nowhere(filled: Store) -> None:
    forget_creator(filled, "@mia.tests")
    assert kept(filled) == (["7002"], ["7002"], [("tiktok", "c3")], {})
    with filled.reading() as connection:
        assert quality_learned.latest_scores(connection) == {}


def test_a_creator_known_by_handle_alone_keeps_their_entry_when_the_id_is_known(filled: Store) -> None:
    with filled.writing() as connection:
        creators.save(connection, [Creator("tiktok", "@new.tests", handle="new.tests")], 1)
        quality_shortlist.put(connection, Listed("tiktok", "@new.tests", note="first"))
        creators.save(connection, [Creator("tiktok", "7009", handle="new.tests")], 2)
        creators.adopt(connection, "tiktok", {"new.tests": "7009"})
        entry = quality_shortlist.find(connection, "tiktok", "7009")
    assert entry is not None
    assert entry.note == "first"


def test_a_change_keeps_when_the_creator_was_added(filled: Store) -> None:
    with filled.writing() as connection:
        connection.execute("UPDATE shortlist SET added_at = 1, changed_at = 1")
        quality_shortlist.put(connection, Listed("tiktok", "7001", "declined"))
        entry = quality_shortlist.find(connection, "tiktok", "7001")
        quality_shortlist.remove(connection, "tiktok", "7002")
        assert [one.creator_id for one in quality_shortlist.listed(connection)] == ["7001"]
    assert entry is not None
    assert (entry.status, entry.fee, entry.added_at, entry.changed_at > 1) == ("declined", None, 1, True)


def test_the_report_before_is_the_last_one_that_is_older(filled: Store) -> None:
    with filled.writing() as connection:
        later = quality_reports.add(connection, ReportRow(0, 100, 200, "m", 20, ("organic",), 1, 1, 0, None, None), [], [])
    with filled.reading() as connection:
        new, old = quality_reports.listed(connection)
        assert (new.id, quality_reports.before(connection, new), quality_reports.before(connection, old)) == (later, old, None)
    with filled.writing() as connection:
        quality_reports.remove(connection, later)
    with filled.reading() as connection:
        assert quality_reports.listed(connection) == [old]


def test_deleting_everything_deletes_these_too(filled: Store) -> None:
    erase.everything(filled)
    with filled.reading() as connection:
        tables = (
            "shortlist",
            "report",
            "report_creator",
            "report_topic",
            "report_quote",
            "quality_field",
            "video_standing",
            "creator_score",
        )
        assert [connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables] == [0] * len(tables)
