"""Training the lexical leg."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from companion.intent.lexical import BUCKETS, Lexical, buckets, weigh
from companion.intent.prediction import GRADES
from companion.intent.text import normalise
from companion.training.seed import Example

STRENGTH = 6.0
"""Inverse regularisation. Chosen on the held-out part of the seed among 1, 3, 6 and 10; the middle ones hardly differ."""


def train_lexical(examples: Sequence[Example]) -> Lexical:
    """Nine logistic regressions on hashed n-grams that stand in at least two texts."""
    counted = [buckets(normalise(x.text)) for x in examples]
    seen = np.bincount([bucket for counts in counted for bucket in counts], minlength=BUCKETS)
    idf = np.where(seen >= 2, np.log((1 + len(examples)) / (1 + seen)) + 1, 0).astype(np.float32)
    rows, columns, values = [], [], []
    for row, counts in enumerate(counted):
        where = np.array(list(counts), np.int64)
        rows += [row] * len(where)
        columns.append(where)
        values.append(weigh(np.array(list(counts.values()), np.float32), idf[where]))
    matrix = csr_matrix((np.concatenate(values), (rows, np.concatenate(columns))), shape=(len(examples), BUCKETS))
    grades = np.array([x.grade for x in examples])
    fitted = [LogisticRegression(C=STRENGTH, solver="liblinear").fit(matrix, grades > step) for step in GRADES[:-1]]
    weights = np.stack([one.coef_[0] for one in fitted], axis=1)
    return Lexical(idf, weights.astype(np.float32), np.array([one.intercept_[0] for one in fitted], np.float32))
