"""What a creator's page says beside the score: expected views, trend, others, the badge's record, tips with a number and a video."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.quality.badge_record import half_of, low_of, record_of
from companion.quality.components import Component, missing
from companion.quality.concrete_tips import TippedVideo, concrete_tips
from companion.quality.expected_views import LEAST, of_own, times
from companion.quality.peers import peers
from companion.quality.posts import Post
from companion.quality.score import combine, creator_score
from companion.quality.share_value import ShareField
from companion.quality.subjects import main_subject, subjects
from companion.quality.trend import trend

DAY = 86_400_000


def posts(*plays):
    return [Post(f"v{at}", "a", at * DAY, plays=count) for at, count in enumerate(plays)]


def test_views_are_expected_at_the_recent_level_with_a_range_around_it():
    earlier = posts(*[100] * 10, 1000, 1100, 900, 1000, 1050, 950)
    found = of_own(Post("new", "a", 99 * DAY, plays=5), earlier)
    assert found.n == 16
    assert 300 < found.views < 1000  # newer ones weigh more than the ten of 100
    assert found.low < found.views < found.high
    assert found.reason == "by 16 earlier videos of this creator"


def test_too_few_earlier_videos_and_no_date_give_a_reason_and_no_number():
    few = of_own(Post("new", "a", 99 * DAY), posts(5, 6))
    assert (few.views, few.low, few.high, few.reason) == (None, None, None, "2 earlier videos with known views, 8 are needed")
    assert of_own(Post("new", "a"), posts(*range(20))).reason == "the day of posting is not known"
    assert of_own(Post("new", "a", 5 * DAY), posts(*range(20))).n == 5  # later ones say nothing


@given(st.lists(st.integers(0, 10**12) | st.none(), max_size=60))
def test_an_expectation_is_never_nan_nor_below_zero(plays):
    found = of_own(Post("new", "a", 1000 * DAY, plays=1), posts(*plays))
    known = [value for value in (found.low, found.views, found.high) if value is not None]
    assert all(math.isfinite(value) and value >= 0 for value in known)
    assert known == sorted(known)
    assert (found.views is None) == (sum(count is not None for count in plays[-1000:]) < LEAST)


def test_times_never_divide_by_zero():
    assert times(0, 0.0) == 1
    assert times(9, 4.0) == 2
    assert times(None, 4.0) is None


def test_others_are_the_middle_half_and_those_below():
    found = peers(60.0, [float(value) for value in range(101)])
    assert found is not None
    assert (found.low, found.middle, found.high, found.n) == (24.5, 50.0, 75.5, 101)
    assert found.below == pytest.approx(60.5 / 101)
    assert peers(60.0, [1.0] * 9) is None
    assert peers(None, [1.0] * 20) is None


def test_a_trend_is_sure_only_outside_chance():
    up = trend([(at, 40.0 + (at >= 5) * 30 + at % 2) for at in range(10)])
    assert up is not None
    assert up.change == pytest.approx(30, abs=1)
    assert up.is_sure
    flat = trend([(at, 50.0 + 20 * (-1) ** at) for at in range(10)])
    assert flat is not None
    assert not flat.is_sure
    assert trend([(at, 5.0) for at in range(5)]) is None


@given(st.lists(st.tuples(st.integers(0, 9), st.floats(0, 100)), max_size=40))
def test_a_trend_has_numbers_whatever_the_points(points):
    found = trend(points)
    assert found is None or (math.isfinite(found.low) and found.low <= found.change <= found.high)


def part(name, points, reason="", n=81, interval=None):
    return Component(name, points / 100, "points", points, n, reason, interval)


def test_a_record_counts_weeks_videos_above_and_the_lower_end():
    score = creator_score(
        [combine([part("deviation", 70.0), part("sentiment", 60.0), part("share value", 80.0), part("engagement", 50.0)])] * 3
    )
    monday = 4 * DAY
    record = record_of([(monday, 70.0), (monday + 6 * DAY, 50.0), (monday + 7 * DAY, 49.0), (None, None), (monday, None)], score)
    assert (record.videos, record.weeks, record.above) == (3, 2, 2)
    assert record.low == low_of(score) == pytest.approx(score.value)  # three equal videos leave no doubt


def test_a_score_without_an_interval_has_no_lower_end():
    one = creator_score([combine([part("deviation", 90.0)])])
    assert half_of(one) is None
    assert record_of([], one).low is None


def test_subjects_count_without_branches_and_the_first_of_equals_is_named():
    counts = subjects(
        [Post("1", "a", category="home/kitchen"), Post("2", "a", category="home"), Post("3", "a"), Post("4", "a", category="food")]
    )
    assert counts == {"food": 1, "home": 2}
    assert main_subject(counts) == "home"


def weak(**points):
    names = {"share_value": "share value"}
    return combine([part(names.get(name, name), value) for name, value in points.items()])


def test_the_weakest_part_comes_first_and_says_how_many_replies_under_which_video():
    videos = [TippedVideo("v1", {}, None, 81, 0), TippedVideo("v2", {}, None, 4, 1)]
    found = concrete_tips(weak(engagement=20.0, sentiment=45.0), videos)
    assert [(tip.part, tip.key) for tip in found] == [("engagement", "v1"), ("sentiment", "")]
    assert found[0].text == "Reply to 9 more of your 81 top comments (none has an answer)."


def test_a_video_where_enough_was_answered_is_not_named():
    found = concrete_tips(weak(engagement=20.0), [TippedVideo("v1", {}, None, 9, 3), TippedVideo("v2", {}, None, None, 0)])
    assert (found[0].key, found[0].text.startswith("Few top comments")) == ("", True)


def test_shares_are_held_against_what_half_of_the_stored_videos_reach():
    field = ShareField.fit([(count, 100) for count in range(1, 41)])
    assert field is not None
    video = TippedVideo("v1", {}, None, None, 0, likes=100, shares=1, shared=field)
    [tip] = concrete_tips(weak(share_value=10.0), [video])
    assert tip.key == "v1"
    assert "passed on once at 100 likes; half of the stored videos like it are, 2" in tip.text


def test_feelings_are_named_where_enough_was_read():
    felt = {
        "sentiment": Component(
            "sentiment", -0.4, "-1 to 1", 30.0, 12, "10% positive and 60% negative of 12 comments; liked ones count more"
        )
    }
    [tip] = concrete_tips(weak(sentiment=30.0), [TippedVideo("v1", felt, None, 12, 0)])
    assert tip.text.endswith("10% positive and 60% negative of 12 comments.")


def test_videos_above_expectation_are_counted_and_their_length_is_named_where_it_differs():
    videos = [TippedVideo(f"v{at}", {}, 80.0 if at < 4 else 20.0, None, 0, duration_s=15.0 if at < 4 else 40.0) for at in range(8)]
    [tip] = concrete_tips(weak(deviation=40.0), videos)
    assert tip.text.startswith("4 of your 8 newest videos did better than half of the stored ones; this one did best (above 80 %).")
    assert "last 15 seconds in the middle, the others 40" in tip.text
    [alone] = concrete_tips(weak(deviation=40.0), videos[:1])
    assert alone.text == "It did better than 80 % of the stored videos."


def test_nothing_known_gives_no_tip():
    assert concrete_tips(combine([missing("sentiment", "", "no comments")]), []) == []
