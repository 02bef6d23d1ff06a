"""`buysignal scrape` without the collecting tools: what opens a browser says what adds them, the rest works."""

import pytest

from companion.extras import how_to_add
from companion.store import clock, creators, open_store, videos
from companion.store.creators import Creator
from companion.store.videos import Metric, Video
from tests.without_packages import buysignal

VIDEO = "7600000000000000011"


@pytest.fixture
def scrape(tmp_path):
    def call(missing, *args):
        return buysignal(tmp_path, missing, "scrape", *args, workspace=tmp_path / "workspace")

    return call


def needs(module):
    return f"Error: collecting needs {module}; add what it needs with: {how_to_add('scrape')}\n"


@pytest.mark.parametrize(
    "args",
    [
        ("tag", "amazonfinds"),
        ("tag", "amazonfinds", "--yes", "--headless"),
        ("video", VIDEO),
        ("creator", "brightbuys"),
        ("login",),
        ("schedule", "add", "tag", "unboxing", "--at", "10:00"),
        ("schedule", "run"),
    ],
)
def test_what_opens_a_browser_says_what_adds_it(scrape, tmp_path, args):
    done = scrape(["playwright"], *args)
    assert (done.returncode, done.stdout, done.stderr) == (2, "", needs("playwright"))
    assert not (tmp_path / "workspace").exists()


def test_refresh_with_a_due_video_says_what_adds_it(scrape, tmp_path):
    seen = clock.now_ms() - 90 * clock.MINUTE  # the look after an hour is due
    store = open_store(tmp_path / "workspace")
    with store.writing() as connection:
        creators.save(connection, [Creator("tiktok", "m1", handle="maker.tests")], seen)
        videos.save(connection, [Video("tiktok", VIDEO, creator_id="m1")], seen)
        videos.measure(connection, [Metric("tiktok", VIDEO, seen, plays=5)])
    done = scrape(["playwright"], "refresh")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", needs("playwright"))


@pytest.mark.parametrize("package", ["apscheduler", "tzlocal"])
def test_a_schedule_without_its_clockwork_says_what_adds_it(scrape, package):
    done = scrape([package], "schedule", "add", "tag", "unboxing", "--at", "10:00")
    assert (done.returncode, done.stdout, done.stderr) == (2, "", needs(package))


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("status",), "No run yet."),
        (("reparse",), "0 pages, 0 rows read again"),
        (("refresh",), "No video is due."),
        (("schedule", "list"), "There is none."),
    ],
)
def test_what_reads_the_workspace_works_without_them(scrape, args, said):
    done = scrape(["playwright", "apscheduler", "tzlocal"], *args)
    assert done.returncode == 0, done.stderr
    assert said in done.stdout
