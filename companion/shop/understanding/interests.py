"""What the recipient likes ("who loves gardening", "cat lover", "into anime") and the kinds of product that answer it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from companion.shop.understanding.phrases import table
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.word_files import cell, names_in, word_class

_LIKES = re.compile(
    r"\b(?:(?:really\s+|absolutely\s+|just\s+|also\s+|still\s+)?(?:likes|(?<=who\s)like|(?<=they\s)like|(?<=both\s)like|loves?|loving|enjoys?|adores?)(?:\s+(?:to|the|doing|playing|watching|going))?|"
    r"(?:is|s|am|m|are|be|been)\s+(?:really\s+|super\s+|so\s+|very\s+|totally\s+|big\s+|all\s+)*(?:into|crazy\s+about|passionate\s+about|obsessed\s+with|interested\s+in|fond\s+of|mad\s+about|addicted\s+to|keen\s+on|hooked\s+on|crazy\s+for)|"
    r"(?<![a-z])(?:obsessed\s+with|interested\s+in|crazy\s+about|passionate\s+about|fond\s+of|mad\s+about)|(?:a\s+|an\s+)?(?:huge|big|massive|die\s*hard|biggest|true)?\s*fans?\s+of|collects?|(?:only\s+|always\s+|just\s+)*talks?\s+about|(?:made|joined|is\s+on|plays\s+(?:in|for|on))\s+(?:the|his|her|a)\s+(?:school\s+)?(?=\S+\s+team)|(?:(?<=who\s)|(?<=she\s)|(?<=he\s)|(?<=and\s)|(?<=friend\s))dances|(?:who|he|she|that|and|also|always|often|husband|hubby|wife|son|daughter|dad|father|mum|mom|mother|brother|sister|uncle|aunt|friend|boyfriend|girlfriend|bf|gf|nephew|niece|grandpa|grandma|grandad|granny|boss|cousin)\s+(?:drinks|plays|watches|practi[cs]es|collecting|builds|restores|grows(?!\s+(?:with|up|out|into|on|back|fast|so)\b)|breeds|brews|rides|races|flies|raises|studies)(?:\s+(?:a\s+lot\s+of|lots\s+of|so\s+much|too\s+much|the))?|"
    r"(?:le|les|me)\s+(?:gusta[n]?|encanta[n]?)(?:\s+(?:el|la|los|las|mucho))?|fanatic[oa]\s+de[l]?|amante\s+de[l]?|(?:que\s+|che\s+|qui\s+)?(?:gosta|ama|adora|aime|liebt|mag|spielt|juega|joga)(?:\s+(?:gerne?|le|la|les|das|die|il|i|gli|al|a))?(?:\s+(?:de|do|da|muito))?|apaixonad[oa]\s+por|appassionat[oa]\s+di|passionne(?:e)?\s+(?:de|par)|(?:gli|le)\s+piac(?:e|ciono)|gioca\s+a(?:l|lla)?|joue\s+(?:au|a\s+la|du|de\s+la)|steht\s+auf|fan\s+(?:von|de|di|du)|begeistert\s+sich\s+fur|interessiert\s+sich\s+fur|(?:yang\s+)?(?:suka|hobi|hobby|senang|gemar)(?:\s+(?:banget|sekali|main))?|"
    r"(?:who|he|she|that|and|also|always|often)\s+(?=(?:bakes|cooks|reads|writes|draws|paints|sings|dances|runs|jogs|swims|hikes|camps|travels|gardens|knits|sews|crochets|skates|surfs|cycles|meditates|sketches|fishes|games|vlogs|exercises)\b)|"
    r"(?:rat\s+)?(?:thich|me|yeu)(?:\s+(?:choi|xem|an))?)\s*(?<=\s)(?=\S)"
)
_LOVER = re.compile(
    r"\b((?:[^\W\d_]+[\s-]){1,2})(?:lovers?|fans?|enthusiasts?|addicts?|geeks?|nerds?|fanatics?|buffs?|obsessed|themed?|theme)\b(?!\s+(?:of|heater|with))"
)
_TAKES_UP = re.compile(
    r"\b(?:(?:just\s+|recently\s+)?(?:started|starting|starts|took\s+up|taken\s+up|began|joined|learning|learns)|wants?\s+to\s+learn)"
    r"(?:\s+(?:to|the|how\s+to|doing|playing|with))?\s+(?=\S)"
)
_ENDS = word_class("ends of likings")
_SKIPPED = word_class("skipped in likings")
_VERBS = word_class("verbs of interests")
_NO_INTEREST = word_class("no interests")
MOST_WORDS = 3
"""Words of an interest that are kept as written."""
_AND = frozenset(("and", "y", "e", "und", "et", "dan", "va"))
_THEMES = frozenset(("dinosaurs", "unicorns", "mermaids", "princesses", "superheroes", "anime", "horses"))
"""Interests that things show as a picture or shape."""
_PICTURES = frozenset(("cats", "dogs", "animals", "space", "cars", "trains", "trucks", "planes", "insects", "football"))
"""The same where "with" or the like says so."""
_NO_LOVE = word_class("words around love")
_SHOWING = frozenset(("with", "mit", "con", "avec", "com", "of"))
_FIGURES = word_class("figures")
_POINTERS = frozenset(("a", "an", "the", "that", "those", "little", "cute", "tiny"))
_ON_IT = re.compile(
    r"\b(?:with|w|w/)\s*(?:(?:a|an|the|some|little|cute|tiny)\s+)*(?P<what>[^\W\d_]+)\s+(?:printed\s+|embroidered\s+|painted\s+)?(?:all\s+over|on)\s+(?:it|them|the\s+(?:front|back|side|lid|cover))\b"
)
LONGEST = 5
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
    for match in _LIKES.finditer(reading.folded):
        first, start = reading.tokens_in(*match.span())
        if _is_the_speaker(reading, first) or (reading.folded[match.start() : match.end()].startswith(("me ",)) and not reading.foreign):
            continue
        last = _end(reading, start)
        if last > start:
            found.append(Liking(first, start, last))
    for match in _LOVER.finditer(reading.folded):
        first, last = reading.tokens_in(match.start(1), match.end())
        if (
            reading.word(last - 1) in {"fan", "fans"}
            and not table("interests", 1).find(reading.tokens[first : last - 1])
            and reading.free(first, last)
        ):
            continue
        words = [reading.word(place) for place in range(first, last - 1) if reading.word(place) not in _SKIPPED | _ENDS | _NO_LOVE | _AND]
        if words and all(not one.first <= first < one.last for one in found):
            found.append(Liking(last - 1 - len(words), last - 1 - len(words), last - 1))
    return found + [
        one for one in (*_taken_up(reading), *_into(reading), *_gladly(reading)) if all(one.start != other.start for other in found)
    ]


def _taken_up(reading: Reading) -> list[Liking]:
    """What somebody begins or learns, where it is a known interest."""
    found: list[Liking] = []
    for match in _TAKES_UP.finditer(reading.folded):
        first, start = reading.tokens_in(*match.span())
        known = table("interests", 1).find(reading.tokens[start : start + 2], reading.foreign)
        if known and known[0].first == 0 and known[0].row[0] != "learning":
            last = start + known[0].last
            found.append(Liking(first, start, last))
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
            found.append(Liking(place, place + 1, place + 1 + known[0].last))
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
        if word in _ENDS or (place == start and word in _NO_INTEREST) or (place > start and reading.breaks_before(place)):
            break
        if word.isdigit() and reading.free(place, place + 1):
            break
        place += 1
    return place


def themes(reading: Reading) -> list[Liking]:
    """What the thing shall show, said without a verb of liking: "unicorn backpack", "lamp with dinosaurs"."""
    found = table("interests", 1).find(reading.tokens, reading.foreign)
    return pictures(reading) + [
        Liking(one.first, one.first, one.last)
        for one in found
        if (one.row[0] in _THEMES or (one.row[0] in _PICTURES and reading.word(one.first - 1) in _SHOWING))
        and reading.free(one.first, one.last)
        and reading.hashtags.isdisjoint(range(one.first, one.last))
    ]


def hobbies(reading: Reading) -> list[Liking]:
    """Of a few words that ask for a gift and name no other thing: "retirement gift woman gardening"."""
    if (
        len(reading.tokens) > MOST_KEYWORDS
        or reading.has_comments
        or not any(token.stem in {"gift", "present"} for token in reading.tokens)
    ):
        return []
    found = table("interests", 1).find(reading.tokens, reading.foreign)
    return [Liking(one.first, one.first, one.last) for one in found if reading.free(one.first, one.last)]


def pictures(reading: Reading) -> list[Liking]:
    """Of "bag with skulls on it", "the mug with the axolotl": what the thing shows. Of the latter only animals and figures."""
    found: list[Liking] = []
    for match in _ON_IT.finditer(reading.folded):
        first, last = reading.tokens_in(*match.span("what"))
        if reading.free(first, last):
            found.append(Liking(first, first, last))
    for place in range(1, len(reading.tokens)):
        shown = reading.tokens[place].stem in _FIGURES and _shows(reading, place)
        if shown and reading.free(place, place + 1) and not any(place in range(one.first, one.last) for one in found):
            found.append(Liking(place, place, place + 1))
    return found


def _shows(reading: Reading, place: int) -> bool:
    """Whether a figure is on the thing, or is what a costume makes one."""
    before = place - 1
    while before > 0 and reading.word(before) in _POINTERS:
        before -= 1
    return reading.word(before) in {"with", "w"} or any(token.stem == "costume" for token in reading.tokens)


def interests_of(reading: Reading, found: list[Liking], franchises: tuple[str, ...]) -> tuple[str, ...]:
    """Interests in the person's own words, a verb ("bakes") by the lexicon's name for it; franchises are left to their slot."""
    names: list[str] = []
    for one in found:
        for first, last in _items(reading, one):
            free = [place for place in range(first, last) if reading.free(place, place + 1)]
            words = [reading.word(place) for place in free if reading.word(place) not in _SKIPPED]
            known = table("interests", 1).find(reading.tokens[first:last], reading.foreign)
            if table("occasions").find(reading.tokens[first:last], reading.foreign):
                continue
            if not words or (franchises and len(free) < last - first):
                continue
            if known and (len(words) == 1 or len(words) > MOST_WORDS):
                names.append(_as_written(reading, first + known[0].first, first + known[0].last) or known[0].row[0])
            else:
                names.append(" ".join(words[1:] if words[0] in _VERBS else words))
    return tuple(dict.fromkeys(names))


def _items(reading: Reading, one: Liking) -> list[tuple[int, int]]:
    """The token ranges of what is liked, parted by "and"."""
    cuts = [place for place in range(one.first, one.last) if reading.word(place) in _AND]
    ends = [*cuts, one.last]
    starts = [one.start, *(cut + 1 for cut in cuts)]
    return [(start, end) for start, end in zip(starts, ends, strict=True) if start < end]


def _as_written(reading: Reading, first: int, last: int) -> str:
    words = " ".join(reading.word(place) for place in range(first, last))
    return "" if words in _VERBS else words


def kinds_for(interests: tuple[str, ...]) -> tuple[str, ...]:
    """Kinds of product that please a person with these interests, in turn from each, the closest first."""
    lists = [list(names_in(cell(row, 2))) for name in interests if (row := _row(name))]
    longest = max((len(one) for one in lists), default=0)
    return tuple(dict.fromkeys(one[place] for place in range(longest) for one in lists if place < len(one)))


def _row(name: str) -> tuple[str, ...] | None:
    from companion.shop.understanding.text import fold, tokens_of

    found = table("interests", 1).find(tokens_of(fold(name)))
    return found[0].row if found else None
