"""A whole video: what its creator, its category and its comments say together."""

from dataclasses import replace
from math import isfinite

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from companion.quality.comment_sentiment import FeltComment
from companion.quality.described import DescribedComment, DescribedError, DescribedVideo, creator_of, video_of
from companion.quality.detectors import facts_of
from companion.quality.one_deviation import LEAST_EARLIER, against_earlier, seed_against_earlier
from companion.quality.posts import Post
from companion.quality.video_score import surroundings, video_score
from tests.companion.quality.scene import START, invented

NOW = START + 10**10


@pytest.fixture(scope="module")
def own():
    return invented(1, 12, seed=9)


def comment(ident, *, parent="", by_creator=False):
    return DescribedComment(ident, "nice", 0, parent, by_creator, "positive")


def test_a_video_with_everything_has_a_whole_score(own):
    thread = (comment("1"), comment("2"), comment("3", parent="1", by_creator=True))
    around = surroundings(invented(20, 4, seed=4), with_history=True)
    found = video_score(DescribedVideo(own[-1], thread), [FeltComment("positive", 2)] * 2, own[:-1], around)
    assert not found.partial
    assert 0 <= found.value <= 100
    assert [weighted.component.name for weighted in found.parts] == ["deviation", "sentiment", "share value", "engagement"]


def test_with_enough_others_the_reason_says_what_was_expected(own):
    found = video_score(DescribedVideo(own[-1], None), [], own[:-1], surroundings(invented(), with_history=True))
    assert "views expected (90 % interval" in found.parts[0].component.reason


def test_for_creators_the_weights_follow_the_table_and_for_videos_they_are_equal():
    posts = invented(40, 6, seed=6)
    learned, equal = (surroundings(posts, with_history=history).weights.of("") for history in (False, True))
    assert sum(learned.values()) == pytest.approx(1)
    assert learned["deviation"] != learned["sentiment"]
    assert set(equal.values()) == {0.25}


def test_a_video_far_above_its_creators_earlier_ones_deviates_upwards(own):
    hit = replace(own[-1], **{name: getattr(own[-1], name) * 100 for name in ("plays", "likes", "comments", "shares")})
    assert against_earlier(hit, own[:-1]).value > against_earlier(own[-1], own[:-1]).value


def test_the_seed_formula_has_no_direction(own):
    flop = replace(own[-1], plays=1, likes=0, comments=0, shares=0)
    assert seed_against_earlier(flop, own[:-1]).value > 0
    assert against_earlier(flop, own[:-1]).value < 0


def test_later_videos_are_never_looked_at(own):
    assert "no earlier videos are known" in against_earlier(own[0], own[1:]).reason


@pytest.mark.parametrize("function", [against_earlier, seed_against_earlier])
def test_with_few_earlier_videos_the_assumed_formula_stands_in(own, function):
    found = function(own[2], own[: LEAST_EARLIER - 2][:2])
    assert "only 2 earlier videos are known" in found.reason
    assert "assumed formula" in found.reason


@pytest.mark.parametrize("formula", ["default", "seed"])
@pytest.mark.parametrize(
    "post",
    [
        Post("v", ""),
        Post("v", "", plays=0, likes=0, comments=0, shares=0),
        Post("v", "", plays=5),
        Post("v", "", plays=5, likes=0, comments=0, shares=0),
    ],
)
def test_bad_input_gives_a_partial_score_or_none_with_reasons(post, formula):
    found = video_score(DescribedVideo(post, None), [], formula=formula)
    assert found.partial
    assert found.reason
    assert found.value is None or 0 <= found.value <= 100
    assert all(weighted.component.value is None or weighted.component.value == weighted.component.value for weighted in found.parts)


def test_answers_of_the_creator_are_counted_by_thread_and_own_comments_are_no_audience():
    document = {
        "video": {"plays": "1.2M"},
        "comments": [
            {"id": "1", "text": "where from?"},
            {"id": "2", "text": "pinned", "by_creator": True},
            {"id": "3", "text": "bio", "parent": "1", "by_creator": True},
            {"id": "4", "text": "bio", "parent": "1", "by_creator": True},
            {"id": "5", "text": "talking to myself", "parent": "2", "by_creator": True},
        ],
    }
    video, earlier = video_of(document, NOW)
    assert (video.post.plays, video.top_comments, video.answered, earlier) == (1_200_000, 1, ["1", "1"], [])


@pytest.mark.parametrize(("said", "is_creator"), [(True, True), ("yes", True), (1, True), ("no", False), ("false", False), (None, False)])
def test_text_that_says_no_makes_no_answer_of_the_creator(said, is_creator):
    video, _ = video_of({"video": {}, "comments": [{"text": "bio", "by_creator": said}]}, NOW)
    assert [comment.by_creator for comment in video.comments or ()] == [is_creator]


@pytest.mark.parametrize(
    ("document", "message"),
    [([], 'no "video"'), ({"video": 3}, 'no "video"'), ({"video": {}, "comments": {}}, "list of objects"),
     ({"video": {}, "comments": [{"text": 3}]}, 'comment 1: "text" is 3; it must be text')],
)  # fmt: skip
def test_a_document_of_another_shape_is_refused(document, message):
    with pytest.raises(DescribedError, match=message):
        video_of(document, NOW)


def test_a_creator_needs_videos():
    with pytest.raises(DescribedError, match='no "videos"'):
        creator_of({"videos": []}, NOW)


_ANYTHING = st.sampled_from(
    ["1.2M", "", None, -3, 0, 5, "hidden", "1e999", float("nan"), 10**12, "2020-01-01", 1_600_000_000, "x", True, [1], "9999-12-31", -1e300]
)
_ROW = st.dictionaries(
    st.sampled_from(["create_time", "followers", "duration_s", "hashtags", "plays", "likes", "comments", "shares"]), _ANYTHING
)


@given(_ROW, st.lists(_ROW, max_size=10), st.sampled_from(["default", "seed"]))
def test_whatever_stands_in_a_document_no_number_is_nan_and_a_gap_has_its_reason(row, before, formula):
    video, earlier = video_of({"video": row, "earlier": before, "comments": []}, NOW)
    found = video_score(video, [], earlier, formula=formula)
    assert found.value is None or 0 <= found.value <= 100
    for weighted in found.parts:
        numbers = (weighted.component.value, weighted.component.points, weighted.weight)
        assert all(number is None or isfinite(number) for number in numbers)
        assert weighted.component.reason


@pytest.fixture(scope="module")
def field():
    return surroundings(invented(12, 10, seed=3), with_history=False)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(row=_ROW)
def test_whatever_stands_in_a_row_held_against_a_table_no_number_is_nan(field, row):
    video, _ = video_of({"video": row}, NOW)
    facts = facts_of(video.post, field)
    assert all(isfinite(value) for value in facts.deviations.values())
    assert facts.share_rank is None or 0 <= facts.share_rank <= 1
    assert facts.views_rank is None or 0 <= facts.views_rank <= 1
    found = video_score(video, [], (), field)
    assert found.value is None or 0 <= found.value <= 100
    assert all("nan" not in weighted.component.reason.casefold().split() for weighted in found.parts)


def test_many_videos_asked_at_once_lie_where_each_lies_alone(field):
    new = invented(3, 3, seed=4)
    posts = [*new, *invented(12, 10, seed=3)[:9], replace(new[0], plays=None, followers=None), replace(new[1], author="")]
    assert field.expected.parts_of_each(posts) == [pytest.approx(field.expected.parts(post)) for post in posts]
    assert field.expected.parts_of_each([]) == []
