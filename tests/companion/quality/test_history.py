"""A video's history holds what its creator posted strictly before it, and nothing else."""

import numpy as np

from companion.quality.history import NAMES, history
from companion.quality.posts import Post, targets

DAY = 86_400_000


def video(name, day, plays, author="a"):
    return Post(name, author, day * DAY, plays=plays, likes=1, comments=1, shares=1)


def column(found, name, row):
    return found.values[row, NAMES.index(name)]


def test_the_first_video_has_none():
    found = history([video("v", 1, 100)], targets([video("v", 1, 100)]))
    assert found.n[0, 0] == 0
    assert column(found, "earlier videos", 0) == 0
    assert np.isnan(found.recent[0]).all()


def test_only_strictly_earlier_videos_of_the_same_creator_count():
    posts = [video("c", 3, 7), video("a", 1, 100), video("b", 2, 300), video("same moment", 3, 9), video("other", 1, 5, "b")]
    found = history(posts, targets(posts))
    assert column(found, "earlier videos", 0) == column(found, "earlier videos", 3) == 2
    assert column(found, "plays median of earlier videos", 0) == np.median(np.log1p([100, 300]))
    assert column(found, "plays last of earlier videos", 0) == np.log1p(300)
    assert column(found, "days since the last video", 0) == 1


def test_a_later_video_never_changes_the_history_of_an_earlier_one():
    posts = [video(f"v{n}", n, 10 + n) for n in range(6)]
    changed = [*posts[:-1], video("v5", 5, 10**9)]
    before, after = history(posts, targets(posts)), history(changed, targets(changed))
    np.testing.assert_array_equal(before.values, after.values)


def test_the_recent_level_leans_towards_the_last_videos():
    posts = [video(f"v{n}", n, 10 if n < 10 else 1000) for n in range(20)]
    found = history(posts, targets(posts))
    assert found.recent[19, 0] > found.mean[19, 0]


def test_a_count_that_is_not_known_is_skipped():
    posts = [video("a", 1, None), video("b", 2, 50), video("c", 3, 50)]
    found = history(posts, targets(posts))
    assert found.n[2].tolist() == [1, 1, 1, 1]
    assert found.mean[2, 0] == np.log1p(50)
