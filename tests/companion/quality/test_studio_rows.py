"""Tables of TikTok Studio: every number as people and sites write it, and each one that was not used is named with its line."""

import pytest

from companion.quality.studio_rows import meanings, studio_rows
from companion.quality.studio_values import day_of, handle_in, part_of, seconds_of
from companion.table_files import Row

NOW = 1_800_000_000_000  # 2027-01-15


def read(*rows, header=None):
    columns = meanings(header or list(rows[0]))
    return studio_rows([Row(at, {name: value for name, value in row.items() if value}) for at, row in enumerate(rows, 2)], columns, NOW)


def test_columns_are_known_by_the_names_they_go_by():
    found = meanings(
        ["video title", "Video link", "post time", "total views", "Watched full video (%)", "Traffic source: Personal profile"]
    )
    assert list(found.values()) == ["title", "video", "created_at", "plays", "completion", "traffic:Profile"]


def test_a_row_is_read_with_abbreviated_numbers():
    [row], problems = read({
        "video link": "https://www.tiktok.com/@Mia.tests/video/7600000000000000011", "total views": "1.2M", "total likes": "1,2 Mio.",
        "watched full video": "34,5 %", "average watch time": "0:08", "for you": "71%", "following": "0.12", "post time": "November 12",
    })  # fmt: skip
    assert problems == []
    assert (row.video_id, row.handle, row.plays, row.likes) == ("7600000000000000011", "mia.tests", 1_200_000, 1_200_000)
    assert (row.completion, row.watched_s, row.traffic) == (0.345, 8.0, {"For You": 0.71, "Following": 0.12})
    assert row.created_at == 1_794_441_600_000  # 2026: the last 12 November before now


@pytest.mark.parametrize(
    ("column", "value", "said"),
    [
        ("total views", "-5", "plays -5 is below zero; not used"),
        ("total views", "many", 'plays "many" is not a number; not used'),
        ("total likes", "hidden", "likes are hidden; not used"),
        ("watched full video", "120%", "watched to the end: 120% is more than 100 %; not used"),
        ("watched full video", "-3%", "watched to the end: -3% is below zero; not used"),
        ("average watch time", "long", 'average watch time: "long" is no duration; write seconds, such as 12.4; not used'),
        ("post time", "2031-01-01", "posted: 2031-01-01 lies in the future; not used"),
        ("post time", "0001-01-01T00:00:00+23:59", "posted: 0001-01-01T00:00:00+23:59 lies before any video; not used"),
        ("post time", "yesterday", 'posted: "yesterday" is no day that can be told; write 2026-01-31; not used'),
    ],
)
def test_what_cannot_be_is_named_and_the_rest_of_the_row_counts(column, value, said):
    [row], problems = read({"video link": "v1", "total comments": "3", column: value})
    assert problems == [f"line 2: {said}"]
    assert row.comments == 3


def test_rows_without_a_video_twice_the_same_and_contradictions_are_named():
    rows, problems = read(
        {"video link": "v1", "views": "10", "likes": "20"},
        {"video link": "", "views": "10"},
        {"video link": "v1", "views": "11"},
        {"video link": "https://example.org/page", "views": "11"},
        header=["video link", "views", "likes"],
    )
    assert [(row.video_id, row.plays, row.likes) for row in rows] == [("v1", 10, None)]
    assert problems == [
        "line 2: likes 20 is more than 10 plays; not used",
        "line 3: no video named; row skipped",
        "line 4: the video v1 stands there twice; the first row counts",
        'line 5: "https://example.org/page" is no address of a video; row skipped',
    ]


def test_sources_that_add_up_to_more_than_all_are_not_used():
    [row], problems = read({"video link": "v1", "for you": "80%", "search": "40%"})
    assert row.traffic == {}
    assert problems == ["line 2: the sources of viewers add up to 120%; not used"]


@pytest.mark.parametrize("text", ["", "x", "1:2:3:4", "999999"])
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(ValueError, match=r"no duration|longer than"):
        seconds_of(text)


def test_values_are_read_as_they_are_written():
    assert [part_of(text) for text in ("0", "1", "100", "0.5", "50%")] == [0, 1, 1, 0.5, 0.5]
    assert [seconds_of(text) for text in ("8", "8.5s", "1:05", "2m", "1m 3s")] == [8, 8.5, 65, 120, 63]
    assert day_of("29 February", NOW) == day_of("2024-02-29", NOW)
    assert handle_in("https://m.tiktok.com/@a.b/photo/12?x=1") == "a.b"
