"""The measured rows of docs/quality.md on creators' scores, so that a change that makes them worse shows."""

import numpy as np
from scipy.stats import spearmanr

from companion.quality.deviation import deviation, seed_deviation
from tests.companion.quality.measured.scene import CREATORS, NEEDS_TABLES, table

pytestmark = NEEDS_TABLES


def creators_of(known, score, least=10):
    """Means of each half and of all videos of each creator with `least` scored videos, and the followers."""
    by = {}
    for row in np.argsort([post.created_at or 0 for post in known.posts], kind="stable"):
        if np.isfinite(score[row]):
            by.setdefault(known.posts[row].author, []).append(row)
    groups = [rows for rows in by.values() if len(rows) >= least]
    halves = np.array([[np.mean(score[rows[: len(rows) // 2]]), np.mean(score[rows[len(rows) // 2 :]])] for rows in groups])
    means = np.array([np.mean(score[rows]) for rows in groups])
    followers = np.array([np.nanmedian(known.ln_followers[rows]) for rows in groups])
    return groups, halves, means, followers


def test_creator_scores_repeat_and_do_not_follow_followers_and_those_of_the_seed_formula_do(known):
    found = deviation(known)
    groups, halves, means, followers = creators_of(known, found.score)
    assert spearmanr(*halves.T).statistic >= 0.80
    assert abs(spearmanr(means, followers, nan_policy="omit").statistic) <= 0.08
    small = table(CREATORS, 6)
    _, _, seed_means, seed_followers = creators_of(small, seed_deviation(small).score)
    assert abs(spearmanr(seed_means, seed_followers, nan_policy="omit").statistic) > 0.5, "the fault that is mended"
    signed = np.array([np.nanmean(found.parts[rows]) for rows in groups])
    top = means >= np.quantile(means, 0.9)
    assert (signed[top] < 0).mean() <= 0.05
