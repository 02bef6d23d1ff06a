"""The column of the region: added to an old workspace without a loss, kept when a later record is silent, never anything but a code."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database

from companion.store import Store, open_store, video_list, video_regions, videos
from companion.store.migrations import migration_set
from companion.store.video_list import NO_REGION, Wanted
from companion.store.videos import Video
from companion.store.workspace import Workspace


def test_videos_of_an_older_version_stay_and_have_no_region_yet(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "w")
    workspace.prepare()
    with closing(sqlite3.connect(workspace.database, isolation_level=None)) as connection:
        connection.row_factory = sqlite3.Row
        migration_set().apply(Database(connection), stop_before="m0015_regions")
        assert "region" not in {row[1] for row in connection.execute("PRAGMA table_info (video)")}
        connection.execute(
            "INSERT INTO video (platform, id, caption, lang, first_seen, last_seen) VALUES ('tiktok', 'v1', 'mug', 'en', 1, 2)"
        )
    store = open_store(tmp_path / "w")
    with store.reading() as connection:
        kept = videos.find(connection, "tiktok", "v1")
        assert kept is not None
        assert (kept.caption, kept.lang, kept.region) == ("mug", "en", None)
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    with store.writing() as connection:
        videos.save(connection, [Video("tiktok", "v1", region="VN")], 3)
        assert videos.find(connection, "tiktok", "v1") == Video(**{**vars(kept), "region": "VN"})


def test_a_later_record_that_is_silent_takes_nothing_away(store: Store) -> None:
    with store.writing() as connection:
        videos.save(connection, [Video("tiktok", "v1", region="US")], 5)
        videos.save(connection, [Video("tiktok", "v1", caption="again")], 6)
        videos.save(connection, [Video("tiktok", "v1", region="DE")], 4)
        assert video_regions.of_all(connection) == {("tiktok", "v1"): "US"}, "an older page only fills gaps"
        videos.save(connection, [Video("tiktok", "v1", region="VN")], 7)
        assert video_regions.counts(connection) == {"VN": 1}


@pytest.mark.parametrize("wrong", ["us", "USA", "", "U1", "🇺🇸"])
def test_nothing_but_two_capitals_can_stand_there(store: Store, wrong: str) -> None:
    with store.writing() as connection, pytest.raises(sqlite3.IntegrityError):
        connection.execute("INSERT INTO video (platform, id, region, first_seen, last_seen) VALUES ('tiktok', 'v1', ?, 1, 1)", [wrong])


def test_a_list_shows_the_videos_of_a_country_or_those_of_none(store: Store) -> None:
    with store.writing() as connection:
        videos.save(connection, [Video("tiktok", "v1", region="US"), Video("tiktok", "v2", region="DE"), Video("youtube", "y1")], 1)
        assert video_list.keys(connection, Wanted(region="US"), 9) == [("tiktok", "v1")]
        assert video_list.keys(connection, Wanted(region=NO_REGION), 9) == [("youtube", "y1")]
        assert (video_list.count(connection, Wanted(region="FR")), video_list.count(connection, Wanted())) == (0, 3)
