"""Creators are compared on what can be compared: equal depth, each voice once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.quality.demand import CountedComment, Demand, demand
from companion.quality.shares import wilson


def said(text="need", high=True, author="a", video="v1", *, creator="c1", at=None):
    return CountedComment("tiktok", creator, video, author, text, high, at)


def one(comments, depth=20):
    (found,) = demand(comments, depth)
    return found


def test_only_the_first_comments_of_each_video_count():
    rows = [said(f"{video}{n}", high=n < 3, author=f"a{n}", video=video) for video in ("v1", "v2") for n in range(10)]
    found = one(rows, depth=5)
    assert (found.share.n, found.high, found.videos) == (10, 6, 2)


def test_a_video_read_to_its_end_counts_no_more_than_one_read_for_a_minute():
    short = [said(f"s{n}", high=n % 2 == 0, author=f"s{n}", video="short", creator="short") for n in range(5)]
    long = [said(f"s{n}", high=n % 2 == 0 and n < 5, author=f"s{n}", video="long", creator="long") for n in range(500)]
    first, second = demand([*short, *long], 5)
    assert (first.share, first.high) == (second.share, second.high)


def test_the_same_text_of_one_writer_counts_once_for_a_creator():
    found = one([said(video=f"v{n}") for n in range(10)] + [said(author="b"), said("other")])
    assert (found.share.n, found.repeats, found.videos) == (3, 9, 2)


def test_two_creators_each_hear_the_same_writer():
    assert [d.share.n for d in demand([said(creator="c1"), said(creator="c2", video="v2")], 20)] == [1, 1]


def test_writers_that_nobody_knows_are_never_taken_for_one_another():
    assert one([said(author=""), said(author="")]).share.n == 2


def test_the_days_are_those_of_the_comments_that_count():
    found = one([said("a", at=30), said("b", at=10), said("c", at=None), said("d", at=20)])
    assert (found.first, found.last) == (10, 30)


def test_the_share_is_given_with_its_wilson_interval():
    found = one([said(f"t{n}", high=n < 3, author=f"a{n}") for n in range(10)])
    assert found == Demand("tiktok", "c1", 1, 3, found.share, 0, None, None)
    assert found.share == wilson(3, 10)


def test_a_depth_of_nothing_is_refused():
    with pytest.raises(ValueError, match="depth is 0"):
        demand([], 0)


_COMMENTS = st.lists(
    st.builds(said, st.sampled_from("abc"), st.booleans(), st.sampled_from(["", "x", "y"]), st.sampled_from(["v1", "v2"])),
    max_size=40,
)


@given(_COMMENTS, st.integers(1, 10))
def test_counts_never_exceed_depth_and_add_up(comments, depth):
    for found in demand(comments, depth):
        assert found.share.n + found.repeats <= depth * 2
        assert 0 <= found.high <= found.share.n
        assert found.share.low <= found.share.value <= found.share.high
