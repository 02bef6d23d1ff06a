"""Rows that cannot be true lose what is wrong, never the rest."""

import pytest

from companion.quality.post_rows import post_of
from companion.quality.post_table import posts_of
from companion.quality.posts import targets
from companion.table_files import Row
from tests.companion.quality.scene import START

NOW = START
ROW = {
    "video_id": "1",
    "author_key": "a",
    "create_time": "2023-01-31T12:00:00Z",
    "followers": "1.2M",
    "plays": "1000",
    "likes": "100",
    "comments": "10",
    "shares": "5",
}


def test_a_whole_row_has_no_reasons():
    post = post_of({**ROW, "hashtags": "#FYP|lamp|fyp", "duration_s": "12"}, NOW)
    assert (post.followers, post.plays, post.hashtags, post.duration_s, post.reasons) == (1_200_000, 1000, ("fyp", "lamp"), 12.0, ())


@pytest.mark.parametrize(
    ("change", "lost", "reason"),
    [
        ({"likes": "hidden"}, "likes", "likes are hidden"),
        ({"likes": "-1"}, "likes", "likes -1 is below zero"),
        ({"likes": "5000"}, "likes", "likes 5,000 is more than 1,000 plays; not used"),
        ({"create_time": "2100-01-01T00:00:00Z"}, "created_at", "create_time 2100-01-01T00:00:00Z lies in the future; not used"),
        ({"create_time": "1999-01-01"}, "created_at", "create_time 1999-01-01 is before the site existed; not used"),
        ({"create_time": 4_071_427_200_000}, "created_at", "create_time 2099-01-07T00:00:00Z lies in the future; not used"),
        ({"create_time": "1e99"}, "created_at", 'create_time "1e99" is not a date; write 2026-01-31T12:00:00Z'),
        ({"create_time": "9" * 30}, "created_at", f"create_time {'9' * 30} lies in the future; not used"),
        ({"create_time": "soon"}, "created_at", 'create_time "soon" is not a date; write 2026-01-31T12:00:00Z'),
        ({"create_time": ""}, "created_at", "the day of posting is not known"),
    ],
)
def test_what_cannot_be_true_is_left_out_and_named(change, lost, reason):
    post = post_of({**ROW, **change}, NOW)
    assert getattr(post, lost) is None
    assert post.reasons == (reason,)
    assert post.shares == 5


def test_a_date_may_be_seconds_or_milliseconds():
    seconds = post_of({**ROW, "create_time": "1600000000"}, NOW)
    assert seconds.created_at == post_of({**ROW, "create_time": 1_600_000_000_000}, NOW).created_at == 1_600_000_000_000


def test_a_video_that_nobody_was_shown_has_no_rates():
    y = targets([post_of({**ROW, "plays": "0", "likes": "0", "comments": "0", "shares": "0"}, NOW)])
    assert y[0, 0] == 0
    assert (y[0, 1:] != y[0, 1:]).all()


def test_a_video_counts_once_and_rows_without_an_id_are_named():
    posts, problems = posts_of([Row(2, dict(ROW)), Row(3, dict(ROW)), Row(4, {"plays": "3"}), Row(5, error="broken")], NOW)
    assert [post.video_id for post in posts] == ["1"]
    assert problems == [
        "line 3: the video 1 stands there twice; the first row counts",
        "line 4: no video_id; row skipped",
        "line 5: broken",
    ]
