"""On shoppers never met before the profile beats what everybody likes and more of the last click (bench/shop_shoppers.py, in small)."""

from __future__ import annotations

import secrets

import numpy as np

from bench.shop_shoppers import interval, measure


def test_new_shoppers_are_known_better_than_by_popularity_or_the_last_click() -> None:
    seed = secrets.randbelow(1_000_000)
    measured = measure(seed, shoppers=32, interactions=20)
    rng = np.random.default_rng(seed)
    for other in (measured.popular, measured.last_click):
        low, _ = interval(measured.ours - other, rng)
        assert low > 0, f"seed {seed}: {measured.ours.mean():.3f} against {other.mean():.3f}"
