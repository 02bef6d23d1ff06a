"""How often a creator's own earlier videos let the next one's views fall into the range shown on the creator's page.

`python -m bench.quality_own_views TABLE.csv.gz`

For videos with eight earlier ones or more in the table: the part within the range by thirds of followers, and the mean absolute error of
ln views beside that of the plain median of the same earlier videos.
"""

from __future__ import annotations

from collections import defaultdict
from math import log1p
from pathlib import Path
from statistics import median

import click
import numpy as np

from companion.quality.expected_views import of_own
from companion.quality.post_table import posts_of
from companion.quality.posts import Post
from companion.store import clock
from companion.table_files import read_rows

LAST = 10
"""Videos of each creator that are asked about, the latest ones."""


@click.command()
@click.argument("table", type=click.Path(path_type=Path, exists=True))
def main(table: Path) -> None:
    posts, _ = posts_of(read_rows(table), clock.now_ms())
    by_author: dict[str, list[Post]] = defaultdict(list)
    for post in posts:
        if post.author and post.created_at is not None and (post.age_h is None or post.age_h >= 72):
            by_author[post.author].append(post)
    held, errors, plain, followers = [], [], [], []
    for own in by_author.values():
        own.sort(key=lambda post: post.created_at or 0)
        for post in own[-LAST:]:
            found = of_own(post, own)
            if post.plays is None or found.views is None or found.low is None or found.high is None:
                continue
            earlier = [log1p(one.plays) for one in own if one.plays is not None and (one.created_at or 0) < (post.created_at or 0)]
            held.append(found.low <= post.plays <= found.high)
            errors.append(abs(log1p(post.plays) - log1p(found.views)))
            plain.append(abs(log1p(post.plays) - median(earlier)))
            followers.append(post.followers or 0)
    thirds = np.searchsorted(np.quantile(followers, [1 / 3, 2 / 3]), followers, side="right")
    parts = ", ".join(f"{np.mean(np.array(held)[thirds == number]):.1%}" for number in range(3))
    click.echo(
        f"{len(held):,} videos of {len(by_author):,} creators; within the range {np.mean(held):.1%} (by thirds of followers {parts})"
    )
    click.echo(f"mean absolute error of ln views {np.mean(errors):.3f}, of the plain median {np.mean(plain):.3f}")


if __name__ == "__main__":
    main()
