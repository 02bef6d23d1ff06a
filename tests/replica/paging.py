"""How TikTok cuts comments into pages, as seen in captures."""

from collections.abc import Sequence
from dataclasses import dataclass

from tests.replica.content import Comment

# Captured pages hold 19 rows for 20 asked while the cursor moves by 20: one place in twenty is filtered.
SLOTS_PER_FILTERED = 20


@dataclass(frozen=True)
class Page:
    """One answer: rows, the next cursor (request cursor + count, not + rows), and whether more follow."""

    comments: tuple[Comment, ...]
    cursor: int
    has_more: bool


def comment_page(comments: Sequence[Comment], cursor: int, count: int) -> Page:
    """Return the top-level comments in places ``cursor`` to ``cursor + count``, without the filtered ones."""
    rows = []
    for slot in range(cursor, cursor + count):
        index = slot - slot // SLOTS_PER_FILTERED
        if slot % SLOTS_PER_FILTERED != SLOTS_PER_FILTERED - 1 and index < len(comments):
            rows.append(comments[index])
    end = cursor + count
    shown_before_end = end - end // SLOTS_PER_FILTERED
    return Page(tuple(rows), end, shown_before_end < len(comments))


def reply_page(replies: Sequence[Comment], cursor: int, count: int) -> Page:
    """Return replies ``cursor`` to ``cursor + count``; no place is filtered here."""
    rows = tuple(replies[cursor : cursor + count])
    return Page(rows, cursor + len(rows), cursor + len(rows) < len(replies))


def filtered_places(comments: int) -> int:
    """Number of filtered places among a thread that shows ``comments`` top-level rows."""
    return comments // (SLOTS_PER_FILTERED - 1)
