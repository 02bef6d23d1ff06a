"""Expectations use what is known at posting, pool small creators, and say when they cannot."""

from dataclasses import replace

import numpy as np
import pytest

from companion.quality.conformal import Intervals
from companion.quality.expectation import Curve, Expectation, PostTable
from companion.quality.split import SplitError, expect
from tests.companion.quality.scene import invented


@pytest.fixture(scope="module")
def table():
    return PostTable(invented())


@pytest.fixture(scope="module")
def result(table):
    return expect(table, "time")


def r2(y, said):
    return 1 - ((y - said) ** 2).sum() / ((y - y.mean()) ** 2).sum()


def test_history_explains_most_of_what_a_creators_videos_reach(table, result):
    y = table.y[result.rows, 0]
    assert r2(y, result.expected[:, 0]) > 0.9


def test_nothing_of_the_test_rows_own_counts_is_used(table, result):
    test = set(result.rows.tolist())
    changed = PostTable([replace(post, plays=10**6, likes=1) if n in test else post for n, post in enumerate(table.posts)])
    first = [n for n in result.rows if changed.history.n[n, 0] == 10]  # the first test video of each creator
    again = Expectation.fit(changed, np.flatnonzero([post.split_time == "train" for post in table.posts]), with_history=True)
    where = np.isin(result.rows, first)
    np.testing.assert_allclose(again.predict(changed, np.array(first)), result.expected[where])


def test_intervals_hold_about_nine_of_ten_in_every_third_of_creators(table):
    wide = PostTable(invented(creators=300, each=8, seed=3))
    held = expect(wide, "creator").held
    assert held.shape == (3, 4)
    assert (held > 0.82).all()
    assert (held < 0.97).all()


def test_a_creator_with_two_videos_is_pulled_towards_the_field(table):
    rows = np.arange(len(table.posts))
    model = Expectation.fit(table, rows, with_history=True)
    curve = model.curve.of(table.ln_followers)
    second = np.array([n for n in rows if table.history.n[n, 0] == 1])
    level = model.level(table, second)[:, 0]
    own, field = table.history.recent[second, 0], curve[second, 0]
    assert ((np.minimum(own, field) <= level) & (level <= np.maximum(own, field))).all()
    assert np.abs(level - own).mean() > 0.05


def test_with_few_videos_the_level_stands_alone_and_with_some_a_forest(table):
    few = PostTable(table.posts[:60])
    assert Expectation.fit(few, np.arange(60), with_history=True).kinds == {"": "level"}
    assert Expectation.fit(table, np.arange(240), with_history=False).kinds == {"": "forest"}


def test_a_category_with_enough_videos_has_trees_of_its_own():
    both = PostTable([*invented(50, 12, 1, category="beauty"), *invented(5, 12, 2, category="pets")])
    model = Expectation.fit(both, np.arange(len(both.posts)), with_history=False)
    assert set(model.kinds) == {"", "beauty"}
    assert np.isfinite(model.predict(both, np.arange(len(both.posts)))).all()


def test_videos_of_the_last_three_days_teach_nothing(table):
    young = PostTable([replace(post, age_h=2.0) for post in table.posts])
    with pytest.raises(ValueError, match="at least three days old"):
        Expectation.fit(young, np.arange(len(young.posts)), with_history=True)


def test_whatever_is_missing_an_expectation_is_a_number(table):
    bare = [replace(post, followers=None, duration_s=None, hashtags=(), created_at=None) for post in table.posts[:5]]
    model = Expectation.fit(table, np.arange(len(table.posts)), with_history=True)
    assert np.isfinite(model.predict(PostTable(bare), np.arange(5))).all()


def test_a_table_without_test_rows_is_refused(table):
    with pytest.raises(SplitError, match='calls no row "test"'):
        expect(PostTable([replace(post, split_time="train") for post in table.posts]), "time")


def test_a_curve_goes_on_flat_beyond_what_was_seen():
    x = np.linspace(1, 10, 50)
    curve = Curve.fit(x, (2 * x)[:, None])
    np.testing.assert_allclose(curve.of(np.array([5.0, 10.0, 99.0, np.nan]))[:, 0], [10, 20, 20, 11], atol=1e-6)


def test_too_few_residuals_give_no_interval():
    low, high = Intervals.fit(np.zeros((10, 4)), np.arange(10.0)).around(np.zeros((1, 4)), np.array([3.0]))
    assert np.isnan(low).all()
    assert np.isnan(high).all()
