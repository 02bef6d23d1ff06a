"""A wish or a story: "I need a lamp" asks for one, "he broke his lamp" does not."""

from __future__ import annotations

import re
from itertools import pairwise

from companion.shop.understanding.kinds import Mention
from companion.shop.understanding.phrase_heads import GOVERNS
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.scene import TELLERS, TELLING, WANTING, Scene
from companion.shop.understanding.word_files import word_class

_DO_YOU_HAVE = re.compile(
    r"\b(?:do\s+you\s+(?:have|sell)|have\s+you\s+got|(?:i.m|we.re|i\s+am|we\s+are)\s+after|in\s+search\s+of|"
    r"(?:would|i.d|we.d)\s+(?:love|like)|ask(?:ed|s|ing)?\s+for|what.?s\s+(?:the\s+|a\s+)?(?:best|good|decent|nicest)|which\s+(?:is|are|one|ones|would)|any\s+(?:good|decent|nice)|any(?:one|body)\s+(?:know|got|found|tried|recommend)\w*|(?:are|is)\s+there|where\s+(?:can|could|do|would)|(?:i|we|he|she|they)\s+(?:have|had|has|have\s+got|.ve\s+got)\s+no|(?:(?:^|[,.!?]\s*)after|in\s+(?:the\s+market|need)\s+(?:for|of))\s+an?\b|"
    r"hatte\s+gern|j.aimerais|me\s+gustaria|gostaria)\b"
)


_WOULD_DO = re.compile(
    r"(?:\s+(?:with|that|in|for|which|without)\b[^.,;!?|]{1,60})?"
    r"\s+would\s+be\s+(?:so\s+|just\s+)?(?:perfect|great|ideal|nice|lovely|amazing|good|best|fab|brilliant)\b"
)
_TRIED = re.compile(
    r"\s+(?:that\s+)?(?:i|we|he|she|they)(?:\s+have|.ve)?\s+(?:find|found|see|seen|try|tried|buy|bought|order(?:ed)?|get|got|look(?:ed)?\s+at|owned?)\b"
)
_WAVED_AWAY = re.compile(r"\b(?:never\s*mind|nvm|forget(?:\s+about)?)\s+(?:the\s+|that\s+|those\s+|your\s+|about\s+the\s+)?$")
_ONE_LIKE_IT = re.compile(
    r"\b(?:need|want|get|find|buy|recommend|suggest|(?:is|are)\s+there|(?:looking|searching)\s+for|after)\s+(?:an?\s+|some\s+|any\s+)?"
    r"(?:[^\W\d_]+[\s-]+){0,3}?ones?\b(?!\s+of)|\b(?:her|his|their|my|our)\s+own\b(?=\s*(?:[.,!?]|$|for\b|please\b|one\b|so\b|but\b|under\b))"
)
_SOMETHING = re.compile(
    r"(?:[.,;:!?]|\b(?:and|so|but)\b)\s*(?:(?:so|and|but|please|can|could|you|we|i|i.m|we.re|do|just|really|would|i.d|we.d|like|love)\s+)*"
    r"(?:needs?|want|looking\s+for|find|recommend|suggest|get|after|is\s+there|like|have)\s+(?:me\s+|us\s+)?(?:something|anything)\s+"
    r"(?:to|that|which|small|little|i\s+can|we\s+can)\b"
)
_POINTING = frozenset(("my", "our", "his", "her", "their", "the"))
_OWNED = frozenset(("a", "an", "any", "some", "your"))
_TAKEN_UP = frozenset(("starting", "started", "starts", "learning", "learns", "plays", "playing", "play", "into"))
_DOES = word_class("verbs of things")
_STORY_VERBS = word_class("verbs of stories")
_SPEAKER = frozenset(("i", "we", "i'm", "i'd", "we'd", "we're", "im"))


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
    if would_do(reading, one) or _none_is_right(reading, one):
        return True
    if _DO_YOU_HAVE.search(reading.folded[: reading.tokens[one.first].start]):
        return True
    if reading.word(one.first - 1) == "no":
        return False  # "the kitchen has no freezer"
    start = one.first
    while start > 0 and reading.word(start - 1) in _POINTING | _OWNED:
        start -= 1
    if reading.word(start - 1) in _STORY_VERBS and start > 0:
        return False
    start = one.first
    while start > 0 and not reading.breaks_before(start):
        start -= 1
    opening = [place for place in range(start, one.first) if reading.word(place) in TELLING or _is_subject(scene, place, one)]
    told = (
        not reading.breaks_before(one.last)
        and one.last not in scene.blocked
        and reading.free(one.last, one.last + 1)
        and reading.word(one.last) in TELLING | _DOES
    )
    return not opening and not told


def would_do(reading: Reading, one: Mention) -> bool:
    """Of "a phone with big buttons would be perfect"."""
    return bool(_WOULD_DO.match(reading.folded, reading.tokens[one.last - 1].end))


def _none_is_right(reading: Reading, one: Mention) -> bool:
    """Of "every dressing gown I find stops at his thighs": they have looked for one."""
    before = {reading.word(place) for place in range(max(0, one.first - 4), one.first)}
    return bool(before & {"every", "all", "any", "no"}) and bool(_TRIED.match(reading.folded, reading.tokens[one.last - 1].end))


def asked_by_the_speaker(reading: Reading, one: Mention) -> bool:
    """Of "I just want a lamp", against "my sister wants a lamp but ...": said by the one who shops."""
    before = [reading.word(place) for place in range(max(_sentence_start(reading, one.first), one.first - 6), one.first)]
    return any(word in _SPEAKER for word in before) and any(word in WANTING for word in before)


def waved_away(reading: Reading, one: Mention) -> bool:
    """Of "never mind the pasta", "forget the bag"."""
    return bool(_WAVED_AWAY.search(reading.folded[: reading.tokens[one.first].start]))


def something_else_is_asked(reading: Reading, one: Mention) -> bool:
    """Of "the clothes smell musty, I need something to put in there": a sentence or clause further on asks for what has no name."""
    if reading.has_comments:
        return False
    return bool(_SOMETHING.search(reading.folded, reading.tokens[one.last - 1].end))


def refers_back(reading: Reading, one: Mention) -> bool:
    """Of "my yoga mat smells. Is there one without rubber?": a thing of the story of which one like it is asked for."""
    near = {reading.word(place) for place in range(max(0, one.first - 3), one.first)}
    if reading.has_comments or not near & (_POINTING | _TAKEN_UP):
        return False
    return bool(_ONE_LIKE_IT.search(reading.folded, reading.tokens[one.last - 1].end))


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
    if scene.reading.is_keywords:
        return False
    alone = place + 1 < one.first and place + 1 not in scene.relatives | named
    return place in scene.relatives and alone and scene.reading.word(place - 1) not in GOVERNS
