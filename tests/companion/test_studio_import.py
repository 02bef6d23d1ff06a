"""A TikTok Studio file into the workspace: nothing stored is lost, nothing of another creator comes in, every unused value is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from companion import studio_import
from companion.store import Store, creators, forgotten, quality_posts, studio, videos
from companion.studio_import import StudioReport, take
from companion.table_files import BadFileError
from tests.companion.graded_scene import DAY, START, Scene

NOW = START + 90 * DAY
LINK = "https://www.tiktok.com/@mia.tests/video/"


@pytest.fixture
def scene(store: Store) -> Scene:
    made = Scene(store, "m")
    made.creator("mia", handle="mia.tests")
    made.creator("bo", handle="bo.tests")
    made.video("7600000000000000011", "mia", created_at=START, caption="The lamp #find")
    made.counted("7600000000000000011", START + DAY, plays=100, likes=9)
    made.video("7600000000000000012", "bo")
    return made


def put(store: Store, tmp_path: Path, text: str, now: int = NOW) -> StudioReport:
    path = tmp_path / "Content.csv"
    path.write_text(text, encoding="utf-8")
    with store.reading() as connection:
        mia = creators.find(connection, "tiktok", "mia")
    assert mia is not None
    return take(store, mia, path, now)


@pytest.mark.usefixtures("scene")
def test_figures_stand_beside_the_video_and_counts_are_one_more_look(store: Store, tmp_path: Path) -> None:
    text = f"Video link,Video title,Total views,Watched full video,For You\n{LINK}7600000000000000011,Lamp,150,34%,70%\n"
    report = put(store, tmp_path, text)
    assert (report.taken, report.new, report.problems) == (1, 0, ())
    with store.reading() as connection:
        found = studio.of_videos(connection, "tiktok", ["7600000000000000011"])["7600000000000000011"]
        post = quality_posts.find(connection, "tiktok", "7600000000000000011")
        video = videos.find(connection, "tiktok", "7600000000000000011")
        looks = videos.metrics(connection, "tiktok", "7600000000000000011")
    assert (found.completion, found.traffic, found.watched_s) == (0.34, {"For You": 0.7}, None)
    assert post is not None
    assert (post.plays, post.likes) == (150, 9)  # the file says nothing of likes
    assert video is not None
    assert (video.caption, video.created_at) == ("The lamp #find", START)
    assert len(looks) == 2


@pytest.mark.usefixtures("scene")
def test_a_video_that_was_not_stored_comes_in_with_its_title_and_day(store: Store, tmp_path: Path) -> None:
    report = put(store, tmp_path, f"Video link;Video title;Post time;Total views\n{LINK}7600000000000000099;New one;2026-03-01;5\n")
    assert (report.taken, report.new) == (1, 1)
    with store.reading() as connection:
        video = videos.find(connection, "tiktok", "7600000000000000099")
    assert video is not None
    assert (video.creator_id, video.caption, video.commerce) == ("mia", "New one", "unknown")


@pytest.mark.usefixtures("scene")
def test_videos_of_others_and_of_those_left_out_do_not_come_in(store: Store, tmp_path: Path) -> None:
    with store.writing() as connection:
        forgotten.add(connection, [forgotten.video_mark("7600000000000000055")], store.workspace.pseudonym, 1)
    rows = [
        f"{LINK}7600000000000000055,1",
        "https://www.tiktok.com/@bo.tests/video/7600000000000000013,1",
        "7600000000000000012,1",
    ]
    report = put(store, tmp_path, "\n".join(["Video link,Views", *rows]) + "\n")
    assert report.taken == 0
    assert report.problems == (
        "line 3: the video is one of @bo.tests, not of @mia.tests; row skipped",
        "line 4: the video 7600000000000000012 is stored as another creator's; row skipped",
        "1 row was left out, as asked before",
    )
    with store.reading() as connection:
        assert videos.known(connection, "tiktok", ["7600000000000000013", "7600000000000000055"]) == set()


@pytest.mark.usefixtures("scene")
def test_a_newer_file_goes_before_and_an_older_one_only_fills_gaps(store: Store, tmp_path: Path) -> None:
    put(store, tmp_path, "Video link,Date,Watched full video,Average watch time\n7600000000000000011,2026-03-02,40%,\n")
    put(store, tmp_path, "Video link,Date,Watched full video,Average watch time\n7600000000000000011,2026-03-01,10%,7.5\n")
    with store.reading() as connection:
        found = studio.of_videos(connection, "tiktok", ["7600000000000000011"])["7600000000000000011"]
    assert (found.completion, found.watched_s) == (0.4, 7.5)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Date,Video views,Profile views\n2026-01-01,5,5\n", "no column names the videos"),
        ("Video link,Video title\nv1,x\n", "nothing but addresses and titles"),
        ("", "columns found: none"),
    ],
)
@pytest.mark.usefixtures("scene")
def test_another_file_is_refused_with_what_is_needed(store: Store, tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(BadFileError, match=said):
        put(store, tmp_path, text)


@pytest.mark.usefixtures("scene")
def test_of_a_file_that_is_too_long_the_first_rows_are_read(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(studio_import, "MAX_ROWS", 2)
    report = put(store, tmp_path, "Video link,Total views\n" + "".join(f"{LINK}760000000000000002{n},5\n" for n in range(4)))
    assert (report.taken, report.problems) == (2, ("from line 4 on nothing was read, since the file has more than 2 rows; split it",))
