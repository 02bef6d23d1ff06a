"""Expectations beside trivial ones, for creators with few videos.

`python -m bench.quality_baselines TABLE.csv.gz PRED.csv --split creator`

PRED.csv is what `buysignal quality expect` wrote. The trivial ones are the median of all train rows, and the median of the train rows in
the same tenth of followers. Printed is the mean absolute error of each, and how much larger the trivial one's is, with the 95 % interval
of 1,000 resamplings by creator.
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import click
import numpy as np

from companion.quality.expectation import PostTable
from companion.quality.post_table import posts_of
from companion.quality.posts import TARGETS, Floats
from companion.store import clock
from companion.table_files import read_rows

BINS = 10
DRAWS = 1000


@click.command()
@click.argument("table", type=click.Path(path_type=Path, exists=True))
@click.argument("predictions", type=click.Path(path_type=Path, exists=True))
@click.option("--split", type=click.Choice(["time", "creator"]), required=True)
@click.option("--fewer", default=5, show_default=True, help="Only creators with fewer videos than this in the table.")
def main(table: Path, predictions: Path, split: str, fewer: int) -> None:
    posts, _ = posts_of(read_rows(table), clock.now_ms())
    known = PostTable(posts)
    with predictions.open(encoding="utf-8") as stream:
        said = {row["video_id"]: [float(row[target]) for target in TARGETS] for row in csv.DictReader(stream)}
    videos = Counter(post.author for post in posts)
    train = np.array([getattr(post, f"split_{split}") == "train" for post in posts])
    test = np.array([post.video_id in said and videos[post.author] < fewer for post in posts])
    expected = np.array([said[post.video_id] for post, there in zip(posts, test, strict=True) if there])
    _, creators = np.unique([post.author for post, there in zip(posts, test, strict=True) if there], return_inverse=True)
    edges = np.nanquantile(known.ln_followers[train], np.arange(1, BINS) / BINS)
    bins = np.searchsorted(edges, known.ln_followers)
    click.echo("target,n,creators,mae,mae_global,more_global,lo,hi,mae_bins,more_bins,lo,hi")
    for column, target in enumerate(TARGETS):
        y = known.y[:, column]
        overall = np.full(len(y), np.nanmedian(y[train]))
        by_bin = np.array([np.nanmedian(y[train & (bins == number)]) for number in range(BINS)])[np.minimum(bins, BINS - 1)]
        own = np.abs(y[test] - expected[:, column])
        cells = [f"{target},{int(np.isfinite(own).sum())},{creators.max() + 1},{np.nanmean(own):.3f}"]
        for trivial in (overall, by_bin):
            errors = np.abs(y[test] - trivial[test])
            low, high = _interval(errors - own, creators)
            cells.append(f"{np.nanmean(errors):.3f},{np.nanmean(errors - own):+.3f},{low:+.3f},{high:+.3f}")
        click.echo(",".join(cells))


def _interval(more: Floats, creators: np.ndarray) -> tuple[float, float]:
    rng = np.random.default_rng(1)
    there = np.isfinite(more)
    sums = np.bincount(creators[there], more[there], creators.max() + 1)
    counts = np.bincount(creators[there], minlength=creators.max() + 1)
    draws = [sums[pick].sum() / max(1, counts[pick].sum()) for pick in rng.integers(0, len(sums), (DRAWS, len(sums)))]
    low, high = np.percentile(draws, [2.5, 97.5])
    return float(low), float(high)


if __name__ == "__main__":
    main()
