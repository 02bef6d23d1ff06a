"""The measured rows of docs/quality.md on what a video reaches, so that a change that makes them worse shows."""

from collections import Counter

import numpy as np
import pytest

from companion.quality.split import expect
from tests.companion.quality.measured.scene import NEEDS_TABLES, VIETNAM, r2, table

pytestmark = NEEDS_TABLES


@pytest.fixture(scope="module")
def result(known):
    return expect(known, "time")


def grown(known, result):
    return np.array([(known.posts[row].age_h or 0) >= 168 for row in result.rows])


def earlier_median(known, rows):
    """The trivial expectation: the median of the creator's train videos that are earlier, that of all where there is none."""
    from companion.quality.history import NAMES

    column = NAMES.index("plays median of earlier videos")
    said = known.history.values[rows, column]
    return np.where(np.isfinite(said), said, np.nanmedian(known.y[:, 0]))


def test_expectations_with_history_beat_the_creators_own_median(known, result):
    at = grown(known, result)
    y, said = known.y[result.rows][at], result.expected[at]
    assert r2(y[:, 0], said[:, 0]) >= r2(y[:, 0], earlier_median(known, result.rows)[at]) + 0.01
    assert r2(y[:, 1], said[:, 1]) >= 0.65


def test_intervals_hold_about_nine_of_ten_in_every_third_of_creators(result):
    assert (result.held >= 0.83).all(), result.held
    assert (result.held <= 0.96).all(), result.held


def test_creators_with_few_videos_are_expected_better_than_by_medians():
    few = table(VIETNAM, 2)
    found = expect(few, "creator")
    videos = Counter(post.author for post in few.posts)
    rows = np.array([videos[few.posts[row].author] < 5 for row in found.rows])
    train = np.array([post.split_creator == "train" for post in few.posts])
    edges = np.nanquantile(few.ln_followers[train], np.arange(1, 10) / 10)
    bins = np.searchsorted(edges, few.ln_followers)
    for column in range(4):
        y = few.y[:, column]
        own = np.abs(y[found.rows] - found.expected[:, column])[rows]
        by_bin = np.array([np.nanmedian(y[train & (bins == number)]) for number in range(10)])
        trivial = [np.full(len(y), np.nanmedian(y[train])), by_bin[np.minimum(bins, 9)]]
        for said in trivial:
            other = np.abs(y[found.rows] - said[found.rows])[rows]
            assert np.nanmean(own) < np.nanmean(other)
