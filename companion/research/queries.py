"""Questions to the Research API: which videos, and how a question is asked piece by piece."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

LONGEST_DAYS = 30
"""A question may span so many days at most; longer spans are asked in parts."""

PAGE = 100
"""Rows an answer holds at most."""


@dataclass(frozen=True)
class VideoQuestion:
    """Videos published from `first` to `last` (UTC days, both included) that have one of the hashtags, the keyword, and so on."""

    first: date
    last: date
    hashtags: tuple[str, ...] = ()
    keyword: str = ""
    creators: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The same for the same question."""
        return _key({"videos": {name: str(value) for name, value in asdict(self).items()}})

    @property
    def spans(self) -> list[tuple[date, date]]:
        """The days in parts that may be asked for at once, the latest first."""
        found = []
        last = self.last
        while last >= self.first:
            first = max(self.first, last - timedelta(days=LONGEST_DAYS - 1))
            found.append((first, last))
            last = first - timedelta(days=1)
        return found

    def body(self, span: tuple[date, date], cursor: int | None, search_id: str | None) -> dict[str, Any]:
        """What is sent for a part, from a place in its answers on."""
        conditions = [
            ("IN", "hashtag_name", self.hashtags),
            ("EQ", "keyword", (self.keyword,) if self.keyword else ()),
            ("IN", "username", self.creators),
            ("IN", "region_code", self.regions),
        ]
        said = [{"operation": how, "field_name": name, "field_values": list(values)} for how, name, values in conditions if values]
        body: dict[str, Any] = {
            "query": {"and": said},
            "start_date": f"{span[0]:%Y%m%d}",
            "end_date": f"{span[1]:%Y%m%d}",
            "max_count": PAGE,
        }
        return body | ({"cursor": cursor} if cursor else {}) | ({"search_id": search_id} if search_id else {})


def comment_key(*said: str) -> str:
    """The same for the same question about comments."""
    return _key({"comments": said})


def _key(question: object) -> str:
    return hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()[:16]
