"""What the cleaning before a training left out, and how the comments spread before and after it.

The training writes it into the manifest of a data set version and the dashboard reads it there. Needs no training tools.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

REPEAT, NEAR_REPEAT, UNREADABLE = "repeat", "near repeat", "nothing readable in it"
"""Why a comment was left out."""


@dataclass(frozen=True)
class Removed:
    """One comment left out: why, and in favour of which text ("" for none).

    Attributes:
        reason: `REPEAT`, `NEAR_REPEAT` or `UNREADABLE`; an older version may have written another.
        origin: where its grade came from, see `training.examples.Origin`.
    """

    reason: str
    text: str
    kept: str
    origin: str


@dataclass(frozen=True)
class Profile:
    """How comments spread, counted by grade ("1" to "10"), language and origin.

    Attributes:
        share_high: share of high intent (grade 7 or more), 0-1; None where there are no comments.
    """

    lines: int
    share_high: float | None
    grades: dict[str, int]
    languages: dict[str, int]
    origins: dict[str, int]


@dataclass(frozen=True)
class CleaningReport:
    """Every comment left out, and the comments before and after."""

    removed: tuple[Removed, ...]
    before: Profile
    after: Profile

    @property
    def counts(self) -> dict[str, int]:
        """Comments left out by reason, most first."""
        return dict(Counter(one.reason for one in self.removed).most_common())

    def plain(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "counts": self.counts,
            "before": asdict(self.before),
            "after": asdict(self.after),
            "removed": [asdict(one) for one in self.removed],
        }
