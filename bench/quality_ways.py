"""Ways to learn a rare class of good videos from few labels, compared: `python -m bench.quality_ways TABLE.csv.gz`.

Nobody has labelled videos 0-2 yet, so a stand-in is learned: whether a video lies in the top tenth of the deviation score, from what is
known at posting and its creator's earlier videos. A few hundred videos of some creators are "labelled", the rest of theirs is not, and
the creators of the test rows (split_creator) are others. What wins here need not win on people's labels; it shows what each way costs.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

import numpy as np
from sklearn.metrics import average_precision_score, f1_score, roc_auc_score

from companion.quality.deviation import deviation
from companion.quality.expectation import Expectation, PostTable
from companion.quality.high_quality import WAYS, QualityClassifier
from companion.quality.post_table import posts_of
from companion.store import clock
from companion.table_files import read_rows

LABELLED = (300, 1000)
DRAWS = 40
UNLABELLED = 3000


def main() -> None:
    posts, _ = posts_of(read_rows(Path(sys.argv[1])), clock.now_ms())
    table = PostTable(posts)
    score = deviation(table).score
    top = (score >= np.nanquantile(score, 0.9)).astype(np.int64)
    train = np.array([post.split_creator == "train" for post in posts])
    model = Expectation.fit(table, np.flatnonzero(train), with_history=True)
    x = model.features(table, np.arange(len(posts)))
    test = np.flatnonzero(~train & np.isfinite(score))
    print("| labelled | way | average precision | ROC-AUC | F1 at 0.5 | seconds |\n|---|---|---|---|---|---|")
    for n in LABELLED:
        found: dict[str, list[list[float]]] = {way: [] for way in WAYS}
        for draw in range(DRAWS):
            order = np.random.default_rng(draw).permutation(np.flatnonzero(train & np.isfinite(score)))
            chosen, rest = order[:n], order[n : n + UNLABELLED]
            for way in WAYS:
                start = perf_counter()
                said = QualityClassifier.fit(x[chosen], 2 * top[chosen], way, x[rest]).probability(x[test])
                spent = perf_counter() - start
                measured = [average_precision_score(top[test], said), roc_auc_score(top[test], said), f1_score(top[test], said >= 0.5)]
                found[way].append([*measured, spent])
        plain = np.array(found[WAYS[0]])
        for way in WAYS:
            values = np.array(found[way])
            apart = values[:, 0] - plain[:, 0]
            wins = "" if way == WAYS[0] else f" ({apart.mean():+.3f} ± {1.96 * apart.std(ddof=1) / DRAWS**0.5:.3f})"
            means = values.mean(axis=0)
            print(f"| {n} | {way} | {means[0]:.3f}{wins} | {means[1]:.3f} | {means[2]:.3f} | {means[3]:.2f} |")


if __name__ == "__main__":
    main()
