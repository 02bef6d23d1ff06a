"""Which of the products named is the one asked for, and in what words.

English names end in their head ("car phone holder" is a holder), what follows "for" or "with" is not the thing, and under a caption
the comments ask while the caption sets the scene.
"""

from __future__ import annotations

from functools import cache

from companion.shop.understanding.heads import AFTER_A_WORD, UNKNOWN
from companion.shop.understanding.interests import PASTIMES
from companion.shop.understanding.kinds import Mention
from companion.shop.understanding.phrase_heads import GOVERNS, HEADS_OF_MAKERS, HEADS_OF_PARTS, MODELS, WIDE
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.scene import CUES, Asked, Scene, free, governed, in_use, with_of
from companion.shop.understanding.small_words import carries_nothing
from companion.shop.understanding.unknown_names import find_unknown
from companion.shop.understanding.wanting import (
    asked_by_the_speaker,
    asks_for_another,
    is_wanted,
    opens_the_wish,
    refers_back,
    something_else_is_asked,
    waved_away,
    would_do,
)
from companion.shop.understanding.word_files import cell, names_in, rows_of, word_class

_EITHER = frozenset(("or", "and", "o", "y", "ou", "e", "atau", "dan", "hoac", "va"))
_SCENES, _WITH_MODELS = word_class("scenes"), word_class("kinds with models")
_FLAVOURS = ("food", "plant")
"""Of these a name after that of another thing tells its scent or picture: "scented candle fig"."""
_MAKE_DESCRIBING = word_class("words that make describing")
MEANT = -1.5
"""Score from which on a mention is taken to be asked for."""
MEANT_BELOW_CAPTIONS = -2.5
"""The same under a caption, where somebody asks for whatever is shown."""


def find_asked(scene: Scene) -> Asked | None:
    """The product asked for, None where none is named."""
    scored = [(_score(scene, place), -place) for place in range(len(scene.mentions))]
    best, at = max(scored, default=(MEANT - 1, 0))
    unknown = find_unknown(scene) if best < 1.0 else None
    if not scored or best < (MEANT_BELOW_CAPTIONS if scene.reading.has_comments and unknown is None else MEANT):
        return unknown
    mention = scene.mentions[-at]
    if scene.told and mention.kind in _SCENES and not scene.reading.has_comments:
        return None  # "baby is teething": a department is only part of the story
    in_comments = unknown is not None and scene.reading.part_of[unknown.first] > 0
    if in_comments and (governed(scene.reading, mention) or not scene.reading.part_of[mention.first]):
        return unknown
    kinds = tuple(_meant(scene.reading, kind) for kind in (mention.kind, *_alternatives(scene, mention)) if kind)
    last = _end_of_part(scene, mention)
    if last > mention.last and mention.kind:
        whole = scene.lexicon.names.get(f"{mention.kind.replace(' ', '')}{scene.reading.tokens[last - 1].stem}")
        kinds = (whole,) if whole else ()
    return Asked(tuple(dict.fromkeys(kinds)), _with_modifiers(scene, mention.first), with_of(scene, last), range(mention.first, last))


def _meant(reading: Reading, kind: str) -> str:
    """What the kind is in this company: a bed beside a puppy is a pet bed."""
    words = {token.stem for token in reading.tokens}
    return next((meant for about, asked, meant in _contexts() if asked == kind and words & about), kind)


@cache
def _contexts() -> tuple[tuple[frozenset[str], str, str], ...]:
    return tuple((frozenset(names_in(row[0])), cell(row, 1), cell(row, 2)) for row in rows_of("contexts"))


def _alternatives(scene: Scene, mention: Mention) -> list[str]:
    """Kinds joined to the one asked for by "or"."""
    found = []
    for other in scene.mentions:
        between = range(min(mention.last, other.last), max(mention.first, other.first))
        if between and len(between) <= 2 and any(scene.reading.word(place) in _EITHER for place in between) and not _in_told(scene, other):
            found.append(other.kind)
    return found


def _score(scene: Scene, place: int) -> float:
    one, reading = scene.mentions[place], scene.reading
    earlier = {other.kind for other in scene.mentions[:place]}
    before = [reading.word(at) for at in range(max(0, one.first - 3), one.first) if reading.part_of[at] == reading.part_of[one.first]]
    is_governed = governed(reading, one)
    score = -0.05 * place + 1.0 * (not is_governed and any(word in CUES for word in before))
    if reading.has_comments:
        score += 2.0 * (reading.part_of[one.first] > 0)
    if reading.hashtags & set(range(one.first, one.last)):
        score -= 1.0
    if _in_told(scene, one):
        score -= 4.0
    if is_governed:
        score -= 1.5 if len(scene.mentions) > 1 or in_use(reading, one) else 0.4
    if not is_wanted(scene, one):
        score -= 3.0
    if in_use(reading, one) and asks_for_another(reading):
        score += 6.0
    elif refers_back(reading, one):
        score += 5.0 + 2.5 * _in_told(scene, one)
    score -= 3.0 * _only_describes(reading, one) + 0.5 * ("off" in before)
    if (
        one.kind in PASTIMES
        and one.last - one.first == 1
        and not reading.has_comments
        and (not reading.is_keywords or any(other.kind == "gift" for other in scene.mentions))
    ):
        score -= 3.0
    score -= 4.0 * something_else_is_asked(reading, one)
    score += 0.5 * asked_by_the_speaker(reading, one) + 1.0 * would_do(reading, one) - 4.0 * waved_away(reading, one)
    score -= 0.3 * (one.kind == "gift")
    if one.kind in WIDE or (one.kind and one.kind in earlier):
        score -= 1.2
    elif any(other.kind != one.kind and scene.lexicon.is_a(one.kind, other.kind) for other in scene.mentions):
        score += 0.8
    if _is_part_of_name(scene, one):
        score -= 3.0
    elif _end_of_part(scene, one) > one.last:
        score -= 0.5
    return score


def _only_describes(reading: Reading, one: Mention) -> bool:
    """Whether what follows makes it a description ("fleece lined") or a thing of another sort ("uniform policy")."""
    return not reading.breaks_before(one.last) and reading.word(one.last) in _MAKE_DESCRIBING


def _in_told(scene: Scene, one: Mention) -> bool:
    return any(one.first in clause for clause in scene.told) and not opens_the_wish(scene.reading, one)


def _is_part_of_name(scene: Scene, one: Mention) -> bool:
    """Whether another mention beside it is the head of their common name: the one after it, in head-first languages the one before."""
    if scene.reading.head_first:
        return any(other.last == one.first for other in scene.mentions) and not scene.reading.breaks_before(one.first)
    after = _past_models(scene.reading, one.last)
    if scene.reading.breaks_before(after):
        return False
    next_one = next((other for other in scene.mentions if other.first >= after), None)
    if next_one is None or next_one.kind == "gift" or next_one.first - after > 1 or _is_apart(scene, one, next_one):
        return False
    between = scene.reading.word(after)
    return next_one.first == after or not (between in GOVERNS or between in _EITHER or scene.reading.breaks_before(next_one.first))


def _is_apart(scene: Scene, one: Mention, after: Mention) -> bool:
    """Whether the next name is no head of the first: a figure stands between ("clock 30cm walnut"), or it is a hobby or a place of use."""
    reading = scene.reading
    if any(reading.word(place)[:1].isdigit() for place in range(one.last, after.first)) and not _has_models(one):
        return True
    if after.last - after.first == 1 and (after.kind in _SCENES or after.kind in PASTIMES):
        return True
    whole = one.last - one.first > 1 and after.first == one.last and after.last - after.first == 1
    stem = reading.tokens[after.first].stem
    flavour = after.kind == UNKNOWN or any(scene.lexicon.is_a(after.kind, wide) > scene.lexicon.is_a(one.kind, wide) for wide in _FLAVOURS)
    return whole and flavour and stem not in HEADS_OF_PARTS | HEADS_OF_MAKERS | AFTER_A_WORD


def _has_models(one: Mention) -> bool:
    """Whether figures after a name tell its model: "iphone 13 case", and not "clock 30cm"."""
    return one.kind in _WITH_MODELS


def _end_of_part(scene: Scene, one: Mention) -> int:
    """Where a mention that only says what a part is for ends with that part ("tablet case", "iphone 13 pro case"); its own end else."""
    reading, after = scene.reading, _past_models(scene.reading, one.last)
    if after > one.last and not _has_models(one) and any(reading.word(place).isdigit() for place in range(one.last, after)):
        return one.last
    if after >= len(reading.tokens) or reading.breaks_before(after) or any(other.first == after for other in scene.mentions):
        return one.last
    if reading.word(after + 1) in {"on", "up", "off"} and not reading.breaks_before(after + 1):
        return one.last  # "earrings clip on"
    return after + 1 if reading.tokens[after].stem in HEADS_OF_PARTS | HEADS_OF_MAKERS else one.last


def _past_models(reading: Reading, place: int) -> int:
    """Past numbers and names of models: "iphone 13 pro"."""
    while (
        place < len(reading.tokens)
        and not reading.breaks_before(place)
        and (reading.word(place).isdigit() or reading.word(place) in MODELS)
    ):
        place += 1
    return place


def _with_modifiers(scene: Scene, first: int) -> int:
    """The first token of the noun phrase that ends in the head: up to three words to its left that say what sort it is."""
    reading, place = scene.reading, first
    if reading.head_first:
        return first
    while place > 0 and first - place < 3:
        word = reading.word(place - 1)
        if (
            reading.breaks_before(place)
            or not free(scene, place - 1)
            or carries_nothing(word, reading.foreign)
            or word.isdigit()
            or word in GOVERNS
        ):
            break
        place -= 1
    return place
