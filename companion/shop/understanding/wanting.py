"""A wish or a story: "I need a lamp" asks for one, "he broke his lamp" does not."""

from __future__ import annotations

import re
from itertools import pairwise

from companion.shop.understanding.kinds import Mention
from companion.shop.understanding.phrase_heads import GOVERNS
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.scene import TELLERS, TELLING, WANTING, Scene

_DO_YOU_HAVE = re.compile(
    r"\b(?:do\s+you\s+(?:have|sell)|have\s+you\s+got|(?:i.m|we.re|i\s+am|we\s+are)\s+after|in\s+search\s+of|"
    r"(?:would|i.d|we.d)\s+(?:love|like)|hatte\s+gern|j.aimerais|me\s+gustaria|gostaria)\b"
)


def is_wanted(scene: Scene, one: Mention) -> bool:
    """Whether it is said in a wish rather than in a story: after a verb of wanting, at the very start, or as a fragment between commas."""
    reading = scene.reading
    before = range(_sentence_start(reading, one.first), one.first)
    if (
        reading.has_comments
        or any(reading.word(place) in WANTING for place in before)
        or reading.word(one.first - 1) in {"what", "which", "another"}
    ):
        return True
    if _DO_YOU_HAVE.search(reading.folded[: reading.tokens[one.first].start]):
        return True
    start = one.first
    while start > 0 and not reading.breaks_before(start):
        start -= 1
    opening = [place for place in range(start, one.first) if reading.word(place) in TELLING or _is_subject(scene, place, one)]
    told = not reading.breaks_before(one.last) and reading.word(one.last) in TELLING
    return not opening and not told


def asks_for_another(reading: Reading) -> bool:
    """Whether a thing the person has shall be had anew ("need a new one")."""
    words = [token.word for token in reading.tokens]
    return any(
        pair in {("new", "one"), ("another", "one"), ("a", "replacement"), ("neue", "n"), ("uno", "nuevo")} for pair in pairwise(words)
    )


def opens_the_wish(reading: Reading, one: Mention) -> bool:
    """Of "Guitar for my cousin who wants to learn": a name at the very start, with "for" or a comma after it, is the wish itself."""
    told_of = any(
        reading.word(place) in TELLERS or reading.word(place) in GOVERNS or reading.breaks_before(place)
        for place in range(1, one.first + 1)
    )
    ends = reading.breaks_before(one.last) or reading.word(one.last) in GOVERNS
    return one.first <= 3 and ends and not told_of and reading.word(0) not in TELLERS


def _sentence_start(reading: Reading, place: int) -> int:
    while place > 0 and not any(mark in reading.tokens[place].before for mark in ".!?;"):
        place -= 1
    return place


def _is_subject(scene: Scene, place: int, one: Mention) -> bool:
    """Whether a relative stands here who does something ("dad keeps losing ..."), and not one whom the thing is for."""
    named = {at for other in scene.mentions for at in range(other.first, other.last)}
    alone = place + 1 < one.first and place + 1 not in scene.relatives | named
    return place in scene.relatives and alone and scene.reading.word(place - 1) not in GOVERNS
