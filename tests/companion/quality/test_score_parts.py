"""Each part of a score: the source's formula as written with its faults, and what the mended one does instead."""

from itertools import pairwise
from math import log1p, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companion.quality.comment_sentiment import PRIOR, FeltComment, comment_sentiment, seed_comment_sentiment
from companion.quality.creator_engagement import creator_engagement, seed_creator_engagement
from companion.quality.share_value import ShareField, seed_share_value, share_value

FIELD = ShareField.fit([(n, 1000) for n in range(1, 101)])


class TestSentiment:
    def test_the_seed_formula_counts_only_liked_comments(self):
        found = seed_comment_sentiment([FeltComment("positive", 9), FeltComment("negative", 0), FeltComment("negative", 3)])
        assert found.value == pytest.approx((log1p(9) - log1p(3)) / (log1p(9) + log1p(3)))

    def test_without_any_like_the_seed_formula_has_no_number_and_says_why(self):
        found = seed_comment_sentiment([FeltComment("positive", 0)] * 3)
        assert (found.value, found.reason) == (None, "none of 3 comments has a like, and this formula counts only liked ones")

    def test_mended_comments_without_likes_count(self):
        found = comment_sentiment([FeltComment("positive", 0)] * 10)
        assert found.value == pytest.approx(10 / (10 + PRIOR))

    def test_mended_a_liked_comment_counts_more_but_not_alone(self):
        liked = comment_sentiment([FeltComment("positive", 100), FeltComment("negative", 0)])
        assert 0 < liked.value < 1

    def test_more_comments_narrow_the_interval(self):
        few, many = (comment_sentiment([FeltComment("positive"), FeltComment("negative")] * n) for n in (3, 300))
        assert many.interval[1] - many.interval[0] < few.interval[1] - few.interval[0]

    def test_hidden_likes_count_as_none_and_are_named(self):
        assert "likes of 1 are hidden" in comment_sentiment([FeltComment("positive", None)]).reason

    def test_an_emotion_can_be_made_to_count_more(self):
        comments = [FeltComment("positive", 0, "joy"), FeltComment("negative", 0, "anger")]
        assert comment_sentiment(comments, {"joy": 1, "anger": 0}).value > 0
        with pytest.raises(ValueError, match="weight of anger is -1"):
            comment_sentiment(comments, {"anger": -1})

    def test_no_comments_give_no_number(self):
        assert comment_sentiment([]).value is None
        assert comment_sentiment([FeltComment("positive", 0, "joy")], {"joy": 0}).value is None

    @given(
        st.lists(st.builds(FeltComment, st.sampled_from(["positive", "neutral", "negative"]), st.one_of(st.none(), st.integers(0, 10**9))))
    )
    def test_the_value_stays_between_minus_one_and_one(self, comments):
        found = comment_sentiment(comments)
        if comments:
            assert -1 <= found.interval[0] <= found.value <= found.interval[1] <= 1


class TestShareValue:
    def test_the_seed_formula_jumps_at_the_third_quartile(self):
        below, above = seed_share_value(75, 1000, FIELD), seed_share_value(77, 1000, FIELD)
        assert (below.value, above.value) == (pytest.approx(0.075), pytest.approx(0.077 * 1.5))

    def test_mended_it_rises_without_a_jump(self):
        values = [share_value(shares, 1000, FIELD).value for shares in range(1, 200)]
        assert values == sorted(values)
        assert max(b - a for a, b in pairwise(values)) < 0.006

    def test_mended_two_shares_on_two_likes_are_no_wonder(self):
        assert share_value(2, 2, FIELD).points < share_value(99, 1000, FIELD).points
        assert seed_share_value(2, 2, FIELD).value == 1.5

    @pytest.mark.parametrize("value", [share_value, seed_share_value])
    def test_what_is_not_known_is_named(self, value):
        assert (value(None, 5, FIELD).value, value(None, 5, FIELD).reason) == (None, "shares are not known")
        assert value(5, None, FIELD).reason == "likes are not known"

    def test_no_likes_divide_nothing_by_zero(self):
        assert seed_share_value(3, 0, FIELD).value is None
        assert share_value(3, 0, None).value is None
        assert share_value(3, 0, FIELD).value is not None

    def test_with_nothing_to_compare_there_is_a_ratio_and_no_points(self):
        found = share_value(5, 100, None)
        assert (found.value, found.points) == (0.05, None)
        assert ShareField.fit([(1, 10)] * 5) is None

    def test_a_category_where_nobody_shares_gives_numbers(self):
        field = ShareField.fit([(0, 100)] * 50)
        assert share_value(0, 100, field).points == pytest.approx(50)
        assert share_value(50, 100, field).points == 100


class TestCreatorEngagement:
    def test_the_seed_formula_is_replies_by_the_root_of_comments(self):
        assert seed_creator_engagement(81, 18).value == 18 / 9

    def test_mended_fifty_answers_in_one_thread_count_once(self):
        assert creator_engagement(81, ["c1"] * 50).value == creator_engagement(81, ["c1"]).value

    def test_the_tip_says_how_many_are_missing(self):
        assert creator_engagement(81, []).reason == "answered 0 of 81 top comments; reply to 9 more of them for the full mark"

    def test_mended_it_never_passes_one_and_a_little_stays_modest(self):
        assert creator_engagement(100, [f"c{n}" for n in range(100)]).value == pytest.approx((10 + 0.2) / 11)
        assert creator_engagement(1, ["c1"]).value < 0.7

    @pytest.mark.parametrize("value", [creator_engagement, lambda top, _: seed_creator_engagement(top, 0)])
    def test_without_comments_there_is_none_with_the_reason(self, value):
        assert value(0, []).value is None
        assert value(None, []).reason == "the answers under the comments were not read"

    @given(st.integers(1, 10**6), st.sets(st.text(min_size=1, max_size=3)))
    def test_it_stays_between_zero_and_one(self, top, answered):
        found = creator_engagement(top, answered)
        assert 0 < found.value <= 1
        assert found.value <= (min(len(answered), sqrt(top)) + 0.2) / (sqrt(top) + 1) + 1e-9
