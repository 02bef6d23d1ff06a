"""Weights of the features, learned from every look: Bayesian logistic regression, updated one observation at a time.

The prior is N(mean, diag(variance)); after each observation the Gaussian is moved by one Newton step (Laplace approximation):
S^-1 += w p (1 - p) x x', m += w S x (y - p), by Sherman and Morrison in O(features^2). A draw from N(m, S) is what Thompson sampling needs.
"""

from __future__ import annotations

import numpy as np

from companion.shop.profile.traits import Floats


class Learner:
    """Logistic weights of few features.

    Args:
        mean: (features,) weights before anything is known.
        variance: (features,) how far they may move.
    """

    def __init__(self, mean: Floats, variance: Floats) -> None:
        self.mean, self.covariance = mean.astype(np.float64), np.diag(variance.astype(np.float64))

    def observe(self, features: Floats, clicked: bool, weight: float = 1.0) -> None:
        """Learn from one look; `weight` is how much of a look it was."""
        chance = 1 / (1 + np.exp(-float(features @ self.mean)))
        along = self.covariance @ features
        curvature = weight * chance * (1 - chance)
        self.covariance -= curvature * np.outer(along, along) / (1 + curvature * float(features @ along))
        self.mean = self.mean + weight * (float(clicked) - chance) * (self.covariance @ features)

    def draw(self, rng: np.random.Generator) -> Floats:
        """Weights drawn from what is believed."""
        root = np.linalg.cholesky(self.covariance + 1e-9 * np.eye(len(self.mean)))
        return np.asarray(self.mean + root @ rng.standard_normal(len(self.mean)), np.float64)
