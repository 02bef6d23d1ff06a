"""What the recipient likes ("who loves gardening", "cat lover", "into anime") and the kinds of product that answer it."""

from __future__ import annotations

from dataclasses import dataclass

from companion.shop.understanding.interest_kinds import kinds_for
from companion.shop.understanding.interest_wording import IS_A, LIKES, LOVER, SPENDS, TAKES_UP
from companion.shop.understanding.phrases import table
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.small_words import carries_nothing
from companion.shop.understanding.word_files import word_class

__all__ = ("PASTIMES", "Liking", "hobbies", "interests_of", "kinds_for", "likings")

_ENDS = word_class("ends of likings")
_SKIPPED = word_class("skipped in likings")
_VERBS = word_class("verbs of interests")
_NO_INTEREST = word_class("no interests")
MOST_WORDS = 3
"""Words of an interest that are kept as written."""
_DOERS = (
    "gardener",
    "runner",
    "golfer",
    "baker",
    "gamer",
    "reader",
    "photographer",
    "cyclist",
    "swimmer",
    "dancer",
    "painter",
    "angler",
    "knitter",
    "hiker",
    "climber",
    "surfer",
    "skater",
    "rider",
    "camper",
    "traveller",
    "writer",
    "singer",
    "bookworm",
    "birder",
    "lady",
    "mum",
    "mom",
    "parent",
)
"""People by what they like: "gardener" is gardening."""
_OF = frozenset(("de", "di", "du", "des", "do", "da", "del", "della", "d"))
_NEEDS_KNOWN = frozenset(
    (
        "fan",
        "fans",
        "mad",
        "crazy",
        "daft",
        "nut",
        "nuts",
        "head",
        "heads",
        "collector",
        "collectors",
        "supporter",
        "supporters",
        "freak",
        "freaks",
        "junkie",
        "junkies",
    )
)
"""After these only a known interest is one: "driving me mad", "record player"."""
_LEADING = frozenset(
    (
        "plays",
        "play",
        "playing",
        "watches",
        "watching",
        "collects",
        "collecting",
        "likes",
        "loves",
        "doing",
        "does",
        "going",
        "listening",
        "practising",
        "practicing",
    )
)
_AND = frozenset(("and", "n", "&", "y", "e", "und", "et", "dan", "va"))
_NO_LOVE = word_class("words around love")
LONGEST = 5
SENTENCE = 14
"""Words of a sentence that are looked at for hobbies."""
_SEEN = frozenset(("the", "this", "that", "these", "those", "your", "ur"))
PASTIMES = frozenset(("badminton", "camping", "craft", "cricket", "cycling", "fishing", "fitness", "garden", "golf", "sport", "swimming"))
"""Kinds of product whose name alone is a hobby."""
MOST_KEYWORDS = 12
"""Tokens up to which a text is a list of keywords."""


@dataclass(frozen=True, slots=True)
class Liking:
    """Tokens from the verb ("loves"), or what is liked from `start` on, up to, not with, `last`."""

    first: int
    start: int
    last: int


def likings(reading: Reading) -> list[Liking]:
    """The clauses that say what somebody likes, in order, those under a caption only about another person than the speaker."""
    found: list[Liking] = []
    for match in LIKES.finditer(reading.folded):
        first, start = reading.tokens_in(*match.span())
        if _is_the_speaker(reading, first) or (reading.folded[match.start() : match.end()].startswith("me ") and reading.language != "vi"):
            continue
        last = _end(reading, start)
        if last > start:
            found.append(Liking(first, start, last))
    for match in LOVER.finditer(reading.folded):
        first, last = reading.tokens_in(match.start(1), match.end())
        if (
            reading.word(last - 1) in _NEEDS_KNOWN
            and not table("interests", 1).find(reading.tokens[first : last - 1])
            and reading.free(first, last)
        ):
            continue
        words = [reading.word(place) for place in range(first, last - 1) if reading.word(place) not in _SKIPPED | _ENDS | _NO_LOVE | _AND]
        if words and all(not one.first <= first < one.last for one in found):
            found.append(Liking(last - 1 - len(words), last - 1 - len(words), last - 1))
    return found + [
        one
        for one in (*_taken_up(reading), *_into(reading), *_gladly(reading), *_spent(reading), *_is_one(reading))
        if all(one.start != other.start for other in found)
    ]


def _taken_up(reading: Reading) -> list[Liking]:
    """What somebody begins or learns, where it is a known interest."""
    found: list[Liking] = []
    for match in TAKES_UP.finditer(reading.folded):
        first, start = reading.tokens_in(*match.span())
        known = table("interests", 1).find(reading.tokens[start : start + 2], reading.foreign)
        if known and known[0].first == 0 and known[0].row[0] != "learning":
            last = start + known[0].last
            found.append(Liking(first, start, last))
    return found


def _is_one(reading: Reading) -> list[Liking]:
    """Of "she's a keen gardener", "a proper plant lady": somebody is called after a known interest."""
    found: list[Liking] = []
    for match in IS_A.finditer(reading.folded):
        start = reading.tokens_in(*match.span())[1]
        for one in table("interests", 1).find(reading.tokens[start : start + 4], reading.foreign):
            after = start + one.last
            doer = reading.word(after - 1).endswith(
                ("er", "or", "ist", "ian", "worm", "lady", "mum", "mom", "parent", "dad", "girl", "guy")
            )
            if doer and (reading.breaks_before(after) or carries_nothing(reading.word(after), False) or reading.word(after) in _ENDS):
                found.append(Liking(start + one.first, start + one.first, after))
    return found


def _spent(reading: Reading) -> list[Liking]:
    """Of "all he does is potter on his allotment and listen to the cricket": the known interests of the sentence."""
    found: list[Liking] = []
    for match in SPENDS.finditer(reading.folded):
        start = reading.tokens_in(*match.span())[1]
        last = start
        while last < len(reading.tokens) and last - start < SENTENCE and not any(mark in reading.tokens[last].before for mark in ".!?|"):
            last += 1
        found += [
            Liking(start + one.first, start + one.first, start + one.last)
            for one in table("interests", 1).find(reading.tokens[start:last], reading.foreign)
            if reading.free(start + one.first, start + one.last)
        ]
    return found


def _gladly(reading: Reading) -> list[Liking]:
    """Of "er angelt gern": the verb before "gern" where it is a known interest."""
    places = [place for place in range(1, len(reading.tokens)) if reading.word(place) in {"gern", "gerne"}]
    verbs = [place - 1 - (reading.word(place - 1) in {"sehr", "so"}) for place in places]
    return [Liking(verb, verb, verb + 1) for verb in verbs if verb >= 0 and table("interests", 1).get(reading.word(verb))]


def _into(reading: Reading) -> list[Liking]:
    """Of "girl into dinosaurs": where it is a known interest; "see into our kitchen" is none."""
    found: list[Liking] = []
    for place in range(1, len(reading.tokens) - 1):
        known = table("interests", 1).find(reading.tokens[place + 1 : place + 4], reading.foreign) if reading.word(place) == "into" else []
        if known and known[0].first == 0:
            found.append(Liking(place, place + 1, max(place + 1 + known[0].last, _end(reading, place + 1))))
        elif reading.word(place) == "into" and reading.breaks_before(place) and (last := _end(reading, place + 1)) > place + 1:
            found.append(Liking(place, place + 1, last))
    return found


def _is_the_speaker(reading: Reading, first: int) -> bool:
    """Of "I love this", "would love to": praise of the thing seen, not a hobby."""
    before = reading.word(first - 1)
    if reading.word(first) in {"love", "loving"} and reading.breaks_before(first) and reading.word(first + 1) in _SEEN:
        return True
    return before in {"i", "we", "would", "i'd", "you", "gonna", "y'all", "they"} and (before != "they" or reading.has_comments)


def _end(reading: Reading, start: int) -> int:
    place = start
    while place < len(reading.tokens) and place - start < LONGEST:
        word = reading.word(place)
        if word in _ENDS or (place == start and word in _NO_INTEREST):
            break
        if place > start and reading.breaks_before(place) and not _is_listed(reading, place):
            break
        if word.isdigit() and reading.free(place, place + 1):
            break
        place += 1
    return place


def _is_listed(reading: Reading, place: int) -> bool:
    """Of "loves gaming, anime and cats": whether a known interest follows a comma."""
    if reading.tokens[place].before.strip() != ",":
        return False
    known = table("interests", 1).find(reading.tokens[place : place + 3], reading.foreign)
    return bool(known) and known[0].first == 0


def hobbies(reading: Reading, related: bool = False, inside: frozenset[int] = frozenset()) -> list[Liking]:
    """Of a few words that ask for a gift: "retirement gift woman gardening".

    Args:
        reading: the query.
        related: a relative or friend is named, which makes any thing a gift: "grandad birthday mug gardening".
        inside: tokens of names of things, which are no hobbies.
    """
    if len(reading.tokens) > MOST_KEYWORDS or reading.has_comments:
        return []
    if not any(token.stem in {"gift", "present"} for token in reading.tokens) and not (related and reading.is_keywords):
        return []
    found = table("interests", 1).find(reading.tokens, reading.foreign)
    return [
        Liking(one.first, one.first, one.last)
        for one in found
        if reading.free(one.first, one.last) and inside.isdisjoint(range(one.first, one.last))
    ]


def interests_of(reading: Reading, found: list[Liking], franchises: tuple[str, ...]) -> tuple[str, ...]:
    """Interests in the person's own words, a verb ("bakes") by the lexicon's name for it; franchises are left to their slot."""
    names: list[str] = []
    for one in found:
        for first, last in _items(reading, one):
            free = [place for place in range(first, last) if reading.free(place, place + 1)]
            words = [reading.word(place) for place in free if reading.word(place) not in _SKIPPED]
            while words and (words[0] in _LEADING or (reading.foreign and words[0] in _OF)):
                words = words[1:]
            known = table("interests", 1).find(reading.tokens[first:last], reading.foreign)
            if table("occasions").find(reading.tokens[first:last], reading.foreign):
                continue
            if not words or (franchises and len(free) < last - first):
                continue
            if known and (len(words) == 1 or len(words) > MOST_WORDS):
                written = _as_written(reading, first + known[0].first, first + known[0].last)
                names.append(known[0].row[0] if not written or written.endswith(_DOERS) else written)
            else:
                names.append(" ".join(words[1:] if len(words) > 1 and words[0] in _VERBS else words))
    return tuple(dict.fromkeys(names))


def _items(reading: Reading, one: Liking) -> list[tuple[int, int]]:
    """The token ranges of what is liked, parted by "and"."""
    places = range(one.start, one.last)
    cuts = [(place, place + 1) for place in places if reading.word(place) in _AND]
    cuts += [
        (place, place)
        for place in places
        if place > one.start and reading.tokens[place].before.strip() == "," and reading.word(place) not in _AND
    ]
    cuts.sort()
    ends = [*(cut for cut, _ in cuts), one.last]
    starts = [one.start, *(after for _, after in cuts)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _as_written(reading: Reading, first: int, last: int) -> str:
    words = " ".join(reading.word(place) for place in range(first, last))
    return "" if words in _VERBS else words
