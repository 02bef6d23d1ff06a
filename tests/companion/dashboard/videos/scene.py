"""What a comparison of videos leaves behind, and how the videos pages and their files are read."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

from flask.testing import FlaskClient

from companion.store import Store, clock, quality_looks, videos
from companion.store.quality_looks import Groups
from companion.store.videos import Video

NOW = clock.now_ms()
NAME = "many shares, few views"


def compared(store: Store, groups: dict[str, Any]) -> None:
    """A comparison of just now found this of groups; nobody labelled a video yet."""
    known = {"labelled": 0, "good": 0, "reason": "0 labelled 2 (good), 0 labelled 0 or 1", "told": None, "answers": 0}
    with store.writing() as connection:
        quality_looks.put_groups(connection, Groups(clock.now_ms(), True, known, groups))


def posted(store: Store, **regions: str) -> None:
    """The site said in which country each video was posted."""
    with store.writing() as connection:
        videos.save(connection, [Video("tiktok", ident, region=code) for ident, code in regions.items()], 1)


def names(page: str) -> list[str]:
    """The videos that the list shows."""
    return sorted(re.findall(r'<td class="about"[^>]*><a[^>]*>about (\w+)</a>', page))


def table_of(page: str) -> list[list[str]]:
    """The cells of each row as a reader sees them."""
    rows = re.findall(r'<tr role="row">\s*<td.*?</tr>', page, re.DOTALL)
    return [[_seen(cell) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)] for row in rows]


def _seen(cell: str) -> str:
    return " ".join(re.sub(r"<svg.*?</svg>|<[^>]+>", " ", cell, flags=re.DOTALL).replace("&nbsp;", " ").split())


def rows_of(entered: FlaskClient, path: str) -> list[dict[str, str]]:
    """The rows of a CSV file of the dashboard."""
    return list(csv.DictReader(io.StringIO(entered.get(path).get_data().decode("utf-8-sig"))))
