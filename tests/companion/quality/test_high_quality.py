"""The class of good videos is learned from people's labels, or not at all."""

import numpy as np
import pytest

from companion.quality.high_quality import WAYS, QualityClassifier


@pytest.fixture(scope="module")
def rows():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(600, 6))
    x[rng.random(x.shape) < 0.05] = np.nan
    labels = np.where(np.nan_to_num(x[:, 0]) + 0.3 * rng.normal(size=600) > 1.3, 2, rng.integers(0, 2, 600))
    return x, labels


@pytest.mark.parametrize("way", WAYS)
def test_every_way_finds_most_of_the_few_good_ones(rows, way):
    if way == "SMOTE":
        pytest.importorskip("imblearn")
    x, labels = rows
    said = QualityClassifier.fit(x[:400], labels[:400], way, x[400:500]).probability(x[500:])
    good = labels[500:] == 2
    assert ((said >= 0) & (said <= 1)).all()
    assert said[good].mean() > 2 * said[~good].mean()


def test_too_few_labels_teach_nothing(rows):
    with pytest.raises(ValueError, match=r"0 videos are labelled high \(2\); 20 are needed"):
        QualityClassifier.fit(rows[0], np.zeros(600, dtype=np.int64))


def test_a_label_outside_the_scale_is_refused(rows):
    with pytest.raises(ValueError, match="label 3 is none"):
        QualityClassifier.fit(rows[0], np.full(600, 3))
