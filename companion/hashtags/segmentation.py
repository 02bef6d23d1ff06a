"""Cutting a tag into words: a Viterbi path over own phrases and the word counts of `wordsegment`."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from companion.hashtags.scripts import Script, is_syllable, script_of
from companion.hashtags.tags import fold, squeeze
from companion.hashtags.vocabulary import Entry, Vocabulary, vocabulary

LONGEST = 24
"""Letters of a word or phrase that is looked up inside a tag."""

TOTAL = 1_024_908_267_229.0
"""Words in the corpus that the counts of `wordsegment` come from."""

OWN_PHRASE = -5.4
"""log10 of the chance given to a phrase of the own vocabulary of six letters or more: about that of an everyday noun."""

PER_MISSING_LETTER = 1.0
"""Taken from it for each letter below six: short phrases are found inside other words by accident."""

FOREIGN = 0.8
"""Taken from a foreign phrase inside a longer Latin tag."""

GLUED = 2.0
"""Taken from a rare long word of the counts that the vocabulary does not know: the web's "dogfood" is two words."""

RARE = -5.8
"""log10 of the chance below which a word is rare."""

GLUED_LENGTH = 7
"""Letters from which a rare word may be two."""

LONE_FOREIGN = 4
"""Letters that a foreign phrase without accents needs to be found inside a longer tag."""

SYLLABLE = -4.2
"""log10 of the chance of a Vietnamese syllable that the vocabulary does not know, in a tag that is written with its accents."""

SIGN = -1.5
"""log10 of the chance of a known phrase of one Han character; other signs that stand alone say less."""

PARTS = 4
"""Parts of a tag with underscores that are looked up together."""


@dataclass(frozen=True)
class Piece:
    """A part of a tag: its text, and what the vocabulary says of it (None: a plain or unknown word)."""

    text: str
    entry: Entry | None
    known: bool


def segment(tag: str) -> tuple[Piece, ...]:
    """The tag's pieces in order. A tag that the vocabulary knows as a whole is one piece.

    >>> [piece.text for piece in segment("puppycostumes")]
    ['puppy', 'costumes']
    """
    parts = [part for part in tag.split("_") if part]
    known = vocabulary()
    whole = known.find(tag)
    if whole and (len(parts) < 2 or whole.kinds):
        return (Piece(tag, whole, known=True),)
    return tuple(_together(parts, known))


def _together(parts: list[str], known: Vocabulary) -> Iterator[Piece]:
    """Pieces of a tag with underscores: the longest phrases over its parts first, the rest part by part."""
    at = 0
    while at < len(parts):
        for size in range(min(PARTS, len(parts) - at), 1, -1):
            joined = "".join(parts[at : at + size])
            if size < len(parts) and (entry := known.find(joined)):
                yield Piece(joined, entry, known=True)
                break
        else:
            size = 1
            yield from _cut(parts[at], known)
        at += size


def words(tag: str) -> str:
    """The tag as a phrase, for a sentence encoder: own phrases in their spelling, other words apart.

    >>> words("tiktokmademebuyit"), words("puppycostumes")
    ('tiktok made me buy it', 'puppy costumes')
    """
    return " ".join(piece.entry.phrase if piece.entry and not piece.entry.foreign else piece.text for piece in segment(tag))


@lru_cache(maxsize=1)
def _counts() -> dict[str, float]:
    """log10 of the share of English words."""
    import wordsegment

    if not wordsegment.UNIGRAMS:
        wordsegment.load()
    return {word: math.log10(count / TOTAL) for word, count in wordsegment.UNIGRAMS.items()}


@lru_cache(maxsize=65_536)
def _cut(part: str, known: Vocabulary) -> tuple[Piece, ...]:
    whole = known.find(part)
    if whole:
        return (Piece(part, whole, known=True),)
    text, counts, script = squeeze(part), _counts(), script_of(part)
    folded = fold(text) if len(fold(text)) == len(text) else text
    best: list[tuple[float, int, Entry | None, bool]] = [(0.0, 0, None, False)]
    for end in range(1, len(text) + 1):
        found: tuple[float, int, Entry | None, bool] = (-math.inf, 0, None, False)
        for start in range(max(0, end - LONGEST), end):
            score, entry, sure = _score(text[start:end], folded[start:end], known, counts, script)
            total = best[start][0] + score
            if total > found[0]:
                found = (total, start, entry, sure)
        best.append(found)
    pieces: list[Piece] = []
    at = len(text)
    while at:
        _, start, entry, sure = best[at]
        pieces.append(Piece(text[start:at], entry, sure))
        at = start
    return _joined(pieces[::-1])


def _score(text: str, folded: str, known: Vocabulary, counts: dict[str, float], script: Script) -> tuple[float, Entry | None, bool]:
    """log10 of the chance of a piece, its entry, and whether it is a word at all."""
    plain = counts.get(folded)
    entry = known.find_squeezed(text, folded)
    if entry and script != "signs" and entry.foreign and len(folded) < LONE_FOREIGN and (text == folded or len(folded) < 2):
        entry = None
    if entry:
        return _chance(text, folded, entry, plain, script), entry, True
    if plain is not None and not (script == "vietnamese" and len(folded) < 3):
        return plain - (GLUED if len(folded) >= GLUED_LENGTH and plain < RARE else 0), None, True
    if text.isdigit():
        return -4.0 - 0.2 * len(text), None, True
    if script == "vietnamese" and is_syllable(folded):
        return SYLLABLE, None, True
    return -3.0 - 2.0 * len(text) if script == "signs" else -math.log10(TOTAL) + 1 - len(text), None, False


def _chance(text: str, folded: str, entry: Entry, plain: float | None, script: Script) -> float:
    """log10 of the chance of a phrase of the vocabulary."""
    if script == "signs":
        alone = len(text) == 1 and unicodedata.name(text, "").startswith("CJK")
        return SIGN if alone else -3.0 - 4.0 / len(text)  # a letter of a script without spaces says more than a Latin one
    said = len(unicodedata.normalize("NFD", text)) if text != folded else len(folded)  # accents tell words apart like letters
    own = OWN_PHRASE - PER_MISSING_LETTER * max(0, 6 - said) - (FOREIGN if entry.foreign else 0)
    return max(own, plain) if plain is not None and not entry.foreign else own


def _joined(pieces: list[Piece]) -> tuple[Piece, ...]:
    """Neighbouring pieces that are no words become one; marks that stand alone go to the piece before."""
    out: list[Piece] = []
    for piece in pieces:
        stray = out and all(unicodedata.category(char)[0] == "M" for char in piece.text)
        if out and (stray or (not piece.known and not out[-1].known)):
            out[-1] = Piece(out[-1].text + piece.text, None if not stray else out[-1].entry, out[-1].known)
        else:
            out.append(piece)
    return tuple(out)
