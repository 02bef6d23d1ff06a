"""Deviation is signed, never a measure of size, and partial or absent with a reason where numbers are missing."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import spearmanr

from companion.quality.deviation import CUT, deviation, fallback_rate, in_sigmas, robust_sigma, seed_deviation
from companion.quality.expectation import PostTable
from companion.quality.posts import Post
from tests.companion.quality.scene import invented


@pytest.fixture(scope="module")
def posts():
    return invented(80, 8, seed=5)


@pytest.fixture(scope="module")
def found(posts):
    planted = [*posts]
    planted[100] = replace(posts[100], plays=posts[100].plays * 50, likes=posts[100].likes * 50, comments=posts[100].comments * 50)
    planted[200] = replace(posts[200], plays=max(1, posts[200].plays // 50), likes=0, comments=0, shares=0)
    planted[300] = replace(posts[300], likes=None, reasons=("likes are hidden",))
    planted[301] = replace(posts[301], plays=None, reasons=("plays are not known",))
    return deviation(PostTable(planted))


def test_a_hit_lies_above_and_a_failure_below(found):
    assert found.parts[100, 0] > 1.5
    assert found.score[200] < -1
    assert found.percentile[200] < 5


def test_no_likes_on_three_views_say_nothing_and_none_on_a_million_a_lot():
    expected, sigma = np.log([[3.0, 0.1, 0.01, 0.01]]), np.full((1, 4), 0.5)
    few = in_sigmas([Post("v", "a", plays=3, likes=0, comments=0, shares=0)], expected, sigma)
    many = in_sigmas([Post("v", "a", plays=10**6, likes=0, comments=0, shares=0)], expected, sigma)
    assert np.abs(few[0, 1:]).max() < 0.2
    assert (many[0, 1:] == -CUT).all()


def test_a_part_is_cut(found):
    assert np.nanmax(np.abs(found.parts)) <= CUT


def test_missing_numbers_make_a_part_of_a_score_or_none_with_the_reason(found):
    assert found.why[300] == "without likes_rate; likes are hidden"
    assert np.isfinite(found.score[300])
    assert found.why[301] == "no score; plays are not known"
    assert np.isnan(found.score[301])


def test_creators_are_not_ranked_by_their_followers(posts, found):
    followers = np.array([post.followers for post in posts])
    known = np.isfinite(found.score)
    assert abs(spearmanr(found.score[known], followers[known]).statistic) < 0.15


def test_the_seed_formula_scores_a_failure_like_a_success(posts):
    seed = seed_deviation(PostTable(posts))
    assert (seed.score[np.isfinite(seed.score)] >= 0).all()


def test_the_seed_formula_falls_back_where_a_category_has_few_videos(posts):
    seed = seed_deviation(PostTable(posts[:40]))
    assert np.isfinite(seed.parts[:, 1]).all()
    assert np.isnan(seed.parts[:, 0]).all()


def test_the_fallback_formula_is_the_sources():
    assert fallback_rate(1000, 100, 50) == pytest.approx(0.05 + 0.03 + 0.01)
    assert fallback_rate(0, 1, 1) is None


def test_one_outlier_does_not_widen_sigma():
    values = np.array([*np.random.default_rng(0).normal(0, 1, 999), 1e6])
    assert robust_sigma(values) == pytest.approx(1, abs=0.1)
    assert robust_sigma(np.zeros(5)) == 1.0


def test_a_table_of_one_video_gives_no_score_and_no_error():
    alone = deviation(PostTable([Post("v", "a", 1_700_000_000_000, plays=5, likes=1, comments=0, shares=0)]))
    assert np.isnan(alone.score).all()
    assert alone.why == ("no score; too few videos to say what is usual",)
