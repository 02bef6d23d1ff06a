"""Names of products that the lexicon does not know, found by where they stand."""

from __future__ import annotations

from companion.shop.understanding.kinds import key_of
from companion.shop.understanding.phrase_heads import GOVERNS
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.scene import CUES, NAMELESS, TELLERS, TELLING, WANTING, Asked, Scene, free, with_of
from companion.shop.understanding.small_words import carries_nothing
from companion.shop.understanding.word_files import word_class

SEARCH_WORDS = 3
"""Words up to which a text without "for" and the like is a name: "fencing sword"."""
PARTICIPLE = 5
"""Letters from which a word in "ed" is taken for a verb."""
_ARTICLES, _NO_HEADS = word_class("articles"), word_class("no heads")
_DOES = frozenset(
    (
        "has",
        "have",
        "is",
        "was",
        "are",
        "were",
        "had",
        "keeps",
        "keep",
        "got",
        "gets",
        "went",
        "died",
        "broke",
        "ate",
        "won't",
        "wont",
        "doesn't",
        "doesnt",
        "can't",
        "cant",
        "to",
    )
)
_SENSES = frozenset(("see", "hear", "read", "open", "reach", "lift", "hold", "press", "feel", "turn", "use", "do", "did", "does"))


def find_unknown(scene: Scene) -> Asked | None:
    """The noun phrase after a word of asking, or at the start of a plain query, where the lexicon knows none of its words.

    Of a story only the very start counts: "a typewriter for my friend who writes".
    """
    reading = scene.reading
    if any(one.kind == "gift" for one in scene.mentions) and reading.is_keywords:
        return None
    story = any(token.word in TELLING for token in reading.tokens[:4]) and not any(token.word in WANTING for token in reading.tokens)
    told_places = {place for clause in scene.told for place in clause}
    opening_only = bool(scene.told or story) and not reading.has_comments
    starts = sorted(
        (place for place in range(len(reading.tokens)) if _opens(scene, place)),
        key=lambda place: (not reading.part_of[place], reading.has_comments or not _is_sought(reading, place), place),
    )
    for start in starts:
        place = start
        while place < len(reading.tokens) and place - start < 4 and (place == start or not reading.breaks_before(place)):
            if carries_nothing(reading.word(place), reading.foreign) or reading.word(place) in GOVERNS or not free(scene, place):
                break
            place += 1
        sought = not reading.has_comments and start not in told_places and _is_sought(reading, start)
        if opening_only and not sought and (start > 1 or reading.word(place) != "for" or (start == 1 and reading.word(0) not in _ARTICLES)):
            continue
        if _is_story(reading, start, place):
            continue
        if any(reading.word(at).isalpha() for at in range(start, place)):
            return Asked(_kinds_by_word(scene, reading.tokens[place - 1].stem), start, with_of(scene, place), range(start, place))
    return None


def _is_story(reading: Reading, start: int, last: int) -> bool:
    """Whether the words tell of something: "hamster escaped", "hamster has", "get shredded"; or name no thing ("half size")."""
    if last <= start:
        return False
    end = reading.word(last - 1)
    participle = end.endswith("ed") and len(end) > PARTICIPLE
    does = not reading.has_comments and not reading.breaks_before(last) and reading.word(last) in _DOES
    seen = reading.has_comments and any(reading.word(at) in _SENSES for at in range(max(0, start - 3), start))
    return participle or does or seen or end in _NO_HEADS or reading.word(last) in {"one", "ones"}


def _is_sought(reading: Reading, place: int) -> bool:
    """Of "..., so I'm looking for a tin opener": within a story, after "I" and a verb of wanting, or after "so a"."""
    first = place
    while first > 0 and reading.word(first - 1) in _ARTICLES:
        first -= 1
    if first == place:
        return reading.word(place - 1) in {"need", "needs", "want"} and reading.breaks_before(place - 1) and place > 1
    if reading.word(first - 1) == "so":
        return reading.word(first) in {"a", "an", "some"}
    return reading.word(first - 1) in WANTING and reading.word(first - 2) in {"i", "we", "i'm", "we're", "im"}


def _kinds_by_word(scene: Scene, stem: str) -> tuple[str, ...]:
    """The kind in the scene, or below one in it, that has the word in its names: "rod" under a video about heatless curls."""
    known = scene.lexicon
    mentions = [one for one in scene.mentions if one.kind]
    for one in mentions:
        named = (scene.reading.tokens[one.last - 1].stem, *(key_of(name) for name in (one.kind, *known.kinds[one.kind].parents)))
        if kind := next((known.names[f"{name}{stem}"] for name in named if f"{name}{stem}" in known.names), ""):
            return (kind,)
    near = [kind for one in mentions for kind in (one.kind, *sorted(known.below[one.kind] - {one.kind}))]
    return tuple(dict.fromkeys(kind for kind in near if stem in known.words_of(kind)))[:1]


def _opens(scene: Scene, place: int) -> bool:
    """Whether an unknown thing may be named here: after a word of asking in comments, after a verb of wanting, or at the start."""
    reading = scene.reading
    in_name = any(place in range(one.first, one.last) for one in scene.mentions)
    if (
        in_name
        or place in reading.hashtags | scene.occasions
        or not free(scene, place)
        or carries_nothing(reading.word(place), reading.foreign)
    ):
        return False
    before = reading.word(place - 1) if place else ""
    if reading.has_comments:
        described = place
        while described > 0 and not reading.free(described - 1, described) and reading.part_of[described - 1] == reading.part_of[place]:
            described -= 1
        return before in CUES or (described < place and reading.word(described - 1) in {"the", "that", "those", "these", "this"})
    return before not in NAMELESS and (_is_sought(reading, place) or _follows_wanting(reading, place) or _is_first_said(scene, place))


def _follows_wanting(reading: Reading, place: int) -> bool:
    wanting = place - 1
    while wanting >= 0 and reading.word(wanting) in _ARTICLES:
        wanting -= 1
    return wanting >= 0 and reading.word(wanting) in WANTING


def _is_first_said(scene: Scene, place: int) -> bool:
    """Whether nothing but small words stands before it, and it is no verb ("moving to ...", "invited by ...")."""
    reading = scene.reading
    if not reading.is_keywords and not scene.relatives.isdisjoint(range(place)):
        return False
    telling = any(token.word in TELLERS or token.word in GOVERNS for token in reading.tokens[: place + 1])
    verb = reading.word(place).endswith(("ing", "ed")) and (
        len(reading.tokens) > SEARCH_WORDS or any(token.word in GOVERNS for token in reading.tokens)
    )
    if telling or verb:
        return False
    return all(carries_nothing(reading.word(at), reading.foreign) or not free(scene, at) for at in range(place))
