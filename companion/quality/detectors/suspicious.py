"""Unusual comments: the same words by several accounts, or many comments at once where few come before and after.

Neither proves anything: a catchphrase is repeated too, and a mention elsewhere sends many at once. The texts and times are shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from companion.quality.detectors.verdict import Evidence, Facts, Verdict, WrittenComment, thin

NAME = "unusual comments"
LEAST = 30
WORDS_LEAST = 4
"""Words below which a text is repeated by chance: "so cute" is everybody's."""
WRITERS_LEAST = 3
"""Accounts that must have written the same."""
SAME_BAR = 0.1
"""Part of the comments that repeat another account's."""
BURST_MS = 300_000
BURST_AROUND = 12
"""Spans of BURST_MS before and after with which a span is compared: an hour each way."""
BURST_TIMES, BURST_LEAST = 8.0, 12
"""Times the pace around it, and comments, that a burst has."""
_WORD = re.compile(r"\w+")


def suspicious(facts: Facts) -> Verdict:
    """Whether texts are repeated by several accounts, or comments come in a burst."""
    comments = facts.comments
    if len(comments) < LEAST:
        return thin(NAME, f"{len(comments)} comments were read, {LEAST} are needed", len(comments))
    share, most = _repeated(comments)
    size, times = _burst(comments)
    repeated, bursting = share >= SAME_BAR, size >= BURST_LEAST and times >= BURST_TIMES
    said = f"{share:.0%} of {len(comments)} comments repeat another account's words"
    said += f' (most often "{most[:60]}")' if most else ""
    timed = sum(one.at is not None for one in comments) >= LEAST
    said += f"; at most {size} within 5 minutes, {times:.1f} times the pace around it" if timed else "; when they were written is not known"
    evidence = (
        Evidence("comments that repeat another account's", share, SAME_BAR),
        Evidence("most comments within 5 minutes", float(size), float(BURST_LEAST)),
        Evidence("times the pace around it", times, BURST_TIMES),
    )
    return Verdict(NAME, "yes" if repeated or bursting else "no", said, evidence, len(comments))


def _repeated(comments: Sequence[WrittenComment]) -> tuple[float, str]:
    """Part of the comments whose longer text several accounts wrote, and the text that most did."""
    writers: dict[str, set[str]] = defaultdict(set)
    for at, one in enumerate(comments):
        writers[_plain(one.text)].add(one.author or f"unknown {at}")
    same = {text: len(who) for text, who in writers.items() if len(who) >= WRITERS_LEAST and len(text.split()) >= WORDS_LEAST}
    if not same:
        return 0.0, ""
    return sum(same.values()) / len(comments), max(same, key=lambda text: (same[text], text))


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("@" if word.startswith("@") else " ".join(_WORD.findall(word)) for word in folded.split()).strip()


def _burst(comments: Sequence[WrittenComment]) -> tuple[int, float]:
    """The most comments of one span, and times the mean of the spans around it; (0, 0) where times are not known."""
    moments = np.array(sorted(one.at for one in comments if one.at is not None), dtype=np.int64)
    if len(moments) < LEAST:
        return 0, 0.0
    ends = np.searchsorted(moments, moments + BURST_MS, side="left")
    sizes = ends - np.arange(len(moments))
    best, best_times = 0, 0.0
    for first in np.argsort(-sizes, kind="stable")[:20]:
        size, begin = int(sizes[first]), int(moments[first])
        width = BURST_MS * BURST_AROUND
        low = max(begin - width, int(moments[0]))
        high = min(begin + BURST_MS + width, int(moments[-1]) + 1)
        around = int(np.searchsorted(moments, high) - np.searchsorted(moments, low)) - size
        spans = max(1.0, (high - low) / BURST_MS - 1)
        times = size / max(around / spans, 1.0)
        if times > best_times:
            best, best_times = size, times
    return best, float(best_times)
