"""Real tables, of which every second or sixth creator is looked at.

That keeps the measuring to about a minute; bars are therefore a little lower than what the whole tables give. The whole ones are
measured with the commands in docs/quality.md.
"""

from functools import cache
from pathlib import Path

import numpy as np
import pytest

from companion.quality.expectation import PostTable
from companion.quality.folds import fold_of
from companion.quality.post_table import posts_of
from companion.store import clock
from companion.table_files import read_rows

DATA = Path(__file__).parents[5] / "shared" / "data" / "quality"
CREATORS, VIETNAM = DATA / "creators_a.csv.gz", DATA / "videos_vi_2025.csv.gz"
NEEDS_TABLES = [
    pytest.mark.shared,
    pytest.mark.skipif(not DATA.is_dir(), reason="the tables are not beside this checkout"),
]


@cache
def table(file, parts):
    """The videos of every `parts`-th creator, for all who ask; nobody may change them."""
    return PostTable([post for post in _posts(file) if fold_of(post.author, parts) == 0])


@cache
def _posts(file):
    posts, _ = posts_of(read_rows(file), clock.now_ms())
    return posts


def r2(y, said):
    known = np.isfinite(y)
    return 1 - ((y - said)[known] ** 2).sum() / ((y[known] - y[known].mean()) ** 2).sum()
