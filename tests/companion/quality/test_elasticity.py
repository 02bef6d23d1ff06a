"""Elasticity is the slope that was built in, with an interval over creators, or not enough data."""

import numpy as np
import pytest

from companion.quality.elasticity import elasticities
from companion.quality.posts import Post


def videos(slope, creators=30, each=4, category="de"):
    rng = np.random.default_rng(4)
    posts = []
    for n in range(creators * each):
        plays = int(np.exp(rng.uniform(7, 14)))
        likes = int(np.exp(slope * np.log(plays) - 1 + rng.normal(0, 0.1)))
        posts.append(Post(f"v{n}", f"a{n % creators}", category=category, plays=plays, likes=likes, comments=0, shares=0))
    return posts


def test_the_slope_is_found_within_its_interval():
    found = elasticities([*videos(0.8), *videos(1.0, category="en")], lambda post: post.category)
    assert found["de"].value == pytest.approx(0.8, abs=0.03)
    assert found["de"].low < found["de"].value < found["de"].high < found["en"].low


def test_few_videos_one_size_and_hidden_counts_say_nothing():
    assert elasticities(videos(0.8, creators=5), lambda post: post.category)["de"].value is None
    same = [Post(f"v{n}", f"a{n}", category="de", plays=100, likes=5, comments=1, shares=0) for n in range(40)]
    assert "as many views" in elasticities(same, lambda post: post.category)["de"].reason
    assert elasticities([Post("v", "a", category="de", plays=5)], lambda post: post.category) == {}
