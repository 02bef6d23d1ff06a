"""Each detector finds what it is made for, leaves plain videos alone, gives its numbers, and says when data is too thin."""

from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.quality_detectors import measure
from companion.quality.comment_sentiment import FeltComment
from companion.quality.detectors import DETECTORS, Facts, WrittenComment, facts_of, look
from companion.quality.detectors.brand_safety import brand_safety
from companion.quality.detectors.clickbait import clickbait
from companion.quality.detectors.dark_engagement import dark_engagement
from companion.quality.detectors.overperformer import overperformer
from companion.quality.detectors.suspicious import suspicious
from companion.quality.detectors.toxic_popular import toxic_popular
from companion.quality.posts import Post

MINUTE = 60_000


def felt(negative, n=100, emotion="sadness"):
    return [FeltComment("negative", 0, emotion)] * negative + [FeltComment("neutral")] * (n - negative)


def spread(n, text="comment number {}", gap=10 * MINUTE):
    return [WrittenComment(f"u{i}", text.format(i), 1_700_000_000_000 + i * gap) for i in range(n)]


def test_a_video_is_above_expectation_by_views_and_by_what_viewers_do():
    assert overperformer(Facts(plays=9_000, deviations={"plays": 2.0, "likes_rate": 0.5, "shares_rate": 0.3})).answer == "yes"
    assert overperformer(Facts(plays=9_000, deviations={"plays": 2.0, "likes_rate": -1.5, "shares_rate": -1.0})).answer == "no"
    assert overperformer(Facts(plays=9_000, deviations={"plays": 2.0})).answer == "not enough data"
    assert overperformer(Facts(plays=50, deviations={"plays": 2.0, "likes_rate": 2})).answer == "not enough data"


def test_many_shares_and_few_views_are_dark_engagement_and_many_views_are_not():
    known = {"plays": 4_000, "shares": 300, "share_rank": 0.97}
    found = dark_engagement(Facts(**known, deviations={"plays": -0.5, "shares_rate": 2.2}))
    assert found.answer == "yes"
    assert "7.50% of views were passed on" in found.reason
    assert dark_engagement(Facts(**known, deviations={"plays": 1.5, "shares_rate": 2.2})).answer == "no"
    assert (
        dark_engagement(Facts(plays=40, shares=3, share_rank=0.97, deviations={"plays": -1, "shares_rate": 2})).answer == "not enough data"
    )


def test_clickbait_needs_views_above_and_both_shares_and_sentiment_below():
    up = {"plays": 2.0, "shares_rate": -1.0}
    assert clickbait(Facts(deviations=up, felt=felt(40))).answer == "yes"
    assert clickbait(Facts(deviations=up, felt=felt(12))).answer == "no"
    assert clickbait(Facts(deviations={"plays": 2.0, "shares_rate": 0.5}, felt=felt(40))).answer == "no"
    assert clickbait(Facts(deviations=up, felt=felt(5, 10))).answer == "not enough data"


def test_a_popular_video_with_negative_or_angry_comments_is_called():
    assert toxic_popular(Facts(views_rank=0.9, felt=felt(60))).answer == "yes"
    assert toxic_popular(Facts(views_rank=0.9, felt=felt(35, emotion="anger"))).answer == "yes"
    assert toxic_popular(Facts(views_rank=0.3, felt=felt(60))).answer == "no"
    assert toxic_popular(Facts(views_rank=0.9, felt=felt(2, 4))).answer == "not enough data"


def test_the_same_words_by_many_accounts_are_unusual_and_a_short_cheer_is_not():
    copies = [WrittenComment(f"b{i}", "This changed my life, thank you @shop!", None) for i in range(15)]
    found = suspicious(Facts(comments=[*spread(60), *copies]))
    assert found.answer == "yes"
    assert "this changed my life" in found.reason
    cheers = [WrittenComment(f"b{i}", "so cute!!", None) for i in range(40)]
    assert suspicious(Facts(comments=[*spread(60), *cheers])).answer == "no"
    one_person = [WrittenComment("same", "please answer my question about the bag", None)] * 15
    assert suspicious(Facts(comments=[*spread(60), *one_person])).answer == "no"


def test_a_burst_in_a_quiet_thread_is_unusual_and_a_busy_first_hour_is_not():
    quiet = spread(60)
    burst = [WrittenComment(f"b{i}", f"great {i}", quiet[30].at + i * 5_000) for i in range(30)]
    assert suspicious(Facts(comments=[*quiet, *burst])).answer == "yes"
    assert suspicious(Facts(comments=spread(200, gap=MINUTE // 3))).answer == "no"
    assert suspicious(Facts(comments=spread(10))).answer == "not enough data"


def test_a_sensitive_word_of_the_video_is_named_and_rare_ones_in_comments_are_not():
    found = brand_safety(Facts(caption="My night at the Casino"))
    assert found.answer == "yes"
    assert found.reason == "casino (gambling) in its caption or hashtags"
    assert brand_safety(Facts(hashtags=("casino",))).answer == "yes"
    assert brand_safety(Facts(caption="my bag", comments=[WrittenComment("a", "looks like a casino"), *spread(40)])).answer == "no"
    assert brand_safety(Facts(caption="my bag", comments=[*spread(40, "is this weed {}")])).answer == "yes"
    assert brand_safety(Facts(caption="my bag"), {"colours": ("bag",)}).answer == "yes"
    assert brand_safety(Facts()).answer == "not enough data"


def test_without_a_table_detectors_say_that_they_lack_data():
    answers = {verdict.name: verdict.answer for verdict in look(facts_of(Post("v", "a", plays=500, likes=20, comments=3, shares=1)))}
    assert set(answers.values()) == {"not enough data"}
    with pytest.raises(ValueError, match="usual part"):
        facts_of(Post("v", "a"), usual_negative=2)


def test_planted_cases_are_found_and_plain_videos_left_alone():
    """20 cases of each kind; `python -m bench.quality_detectors` measures more."""
    for one in measure(7, cases=20):
        assert one.found >= 13, one
        assert one.false <= 2, one


NUMBER = st.floats(-4, 4)
MOMENT = st.one_of(st.none(), st.integers(-(10**12), 10**14))
FACTS = st.builds(
    Facts,
    plays=st.one_of(st.none(), st.integers(0, 10**12)),
    shares=st.one_of(st.none(), st.integers(0, 10**12)),
    deviations=st.dictionaries(st.sampled_from(["plays", "likes_rate", "comments_rate", "shares_rate"]), NUMBER),
    share_rank=st.one_of(st.none(), st.floats(0, 1)),
    views_rank=st.one_of(st.none(), st.floats(0, 1)),
    felt=st.lists(st.sampled_from([FeltComment("negative", None, "anger"), FeltComment("odd"), FeltComment("positive", 3)]), max_size=40),
    usual_negative=st.floats(0, 1),
    comments=st.lists(
        st.builds(WrittenComment, st.text(max_size=2), st.text(max_size=30), st.one_of(st.none(), st.integers(-(10**12), 10**14))),
        max_size=60,
    ),
    caption=st.text(max_size=40),
    hashtags=st.lists(st.text(max_size=8), max_size=4),
)


@given(FACTS)
def test_whatever_is_known_each_verdict_has_a_reason_and_no_number_is_nan(facts):
    verdicts = look(facts)
    assert len(verdicts) == len(DETECTORS)
    for verdict in verdicts:
        assert verdict.reason
        assert all(isfinite(one.value) and isfinite(one.bar) for one in verdict.evidence)
