"""Kinds of product: what shoppers call them in several languages, and which kind is part of which.

Names are keyed by their stems written together, so that "back pack", "backpacks" and "#backpack" are one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from companion.shop.understanding.text import Token, stems_of
from companion.shop.understanding.word_files import cell, names_in, rows_of, spellings, word_class

FILES = ("kinds_wear", "kinds_body", "kinds_home", "kinds_tech", "kinds_life", "kinds_active", "kinds_tools")
LONGEST = 4
"""Words of a name."""
LEAST_END = 4
"""Letters of the last part of a German compound."""
LANGUAGES = ("de", "fr", "it", "es", "pt")
"""Columns of kinds_european.txt after the first."""
SHORT_FOREIGN = 5
"""Letters below which a name of another language may be an English word ("pin", "but", "den") and needs that language around it."""
_ALSO_ENGLISH = word_class("also english")
_NOT_THE_THING = {row[0]: frozenset(names_in(cell(row, 2))) for row in rows_of("senses") if not cell(row, 1)}
_SPELT_TWO_WAYS = (("izer", "iser"), ("iser", "izer"), ("racket", "racquet"), ("racquet", "racket"))
"""Spellings of Britain and of the United States that names are known in alike."""
_PLURAL_ONLY = word_class("only plural")
"""Things only when there are several: "weights" are lifted, "weight loss" is not."""
_VERB_AFTER = word_class("verbs follow")
_ALSO_VERBS = word_class("also verbs")


@dataclass(frozen=True, slots=True)
class Kind:
    """`name` is the lexicon's own name, `parents` the wider kinds from the nearest on."""

    name: str
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mention:
    """A kind named in a text: tokens `first` up to, not with, `last`."""

    kind: str
    first: int
    last: int


@dataclass(frozen=True)
class Lexicon:
    """Names -> kinds. `foreign` holds names used only where the text's language is not English, `native` those of one language."""

    kinds: dict[str, Kind]
    names: dict[str, str]
    foreign: dict[str, str]
    native: dict[str, dict[str, str]]
    below: dict[str, frozenset[str]]
    """Kind -> itself and every kind under it."""
    words: dict[str, frozenset[str]]
    """Kind -> stems of the words in its names."""

    def mentions(self, tokens: Sequence[Token], language: str = "en") -> tuple[Mention, ...]:
        """Kinds named in a text, the longest name first at each place, none overlapping."""
        found: list[Mention] = []
        at = 0
        while at < len(tokens):
            mention = self._longest(tokens, at, language)
            if not mention or _is_other_sense(tokens, mention):
                at += 1
                continue
            onward = self._longest(tokens, mention.last - 1, language) if mention.last - at > 1 else None
            if onward and onward.last > mention.last:  # "acoustic guitar strings" are guitar strings
                before = self._exact(tokens, at, onward.first, language)
                found += [before] if before else []
                mention = onward
            found.append(_in_context(tokens, mention))
            at = mention.last
        return tuple(found)

    def _exact(self, tokens: Sequence[Token], first: int, last: int, language: str) -> Mention | None:
        found = self._longest(tokens[:last], first, language)
        return found if found and found.last == last and not _is_other_sense(tokens, found) else None

    def _longest(self, tokens: Sequence[Token], at: int, language: str) -> Mention | None:
        keys: list[str] = []
        key = ""
        for token in tokens[at : at + LONGEST]:
            if keys and token.before.strip(" -'/&"):
                break
            key += token.stem
            keys.append(key)
        native = self.native.get(language, {})
        for size in range(len(keys), 0, -1):
            key = keys[size - 1]
            kind = native.get(key) or self.names.get(key) or (self.foreign.get(key) if language != "en" else None)
            if kind:
                return Mention(kind, at, at + size)
        compound = _end_of_compound(keys[0], native) if language == "de" and keys else ""
        return Mention(native[compound], at, at + 1) if compound else None

    def words_of(self, kind: str) -> frozenset[str]:
        """Stems of all words in the names of a kind."""
        return self.words.get(kind, frozenset())

    def is_a(self, kind: str, wider: str) -> bool:
        """Whether every product of `kind` is one of `wider`."""
        return kind in self.below.get(wider, frozenset((wider,)))


def _end_of_compound(word: str, names: dict[str, str]) -> str:
    """The longest name that a German word ends in: "kinderfahrradhelm" is a "fahrradhelm". Empty where it ends in none."""
    ends = (word[start:] for start in range(2, len(word) - LEAST_END + 1))
    return next((end for end in ends if end in names), "")


def begins_another(tokens: Sequence[Token], place: int) -> bool:
    """Whether the word after makes this one no thing: the "battery" of "battery operated"."""
    return place + 1 < len(tokens) and tokens[place + 1].stem in _NOT_THE_THING.get(tokens[place].stem, ())


def _is_other_sense(tokens: Sequence[Token], mention: Mention) -> bool:
    if mention.last - mention.first > 1:
        return False
    word = tokens[mention.first].stem
    after = tokens[mention.last].stem if mention.last < len(tokens) else ""
    before = tokens[mention.first - 1].word if mention.first else ""
    if word in _PLURAL_ONLY and tokens[mention.first].word == word:
        return True
    return after in _NOT_THE_THING.get(word, ()) or (word in _ALSO_VERBS and before in _VERB_AFTER)


_BY_CONTEXT = {(row[0], row[1]): (frozenset(names_in(cell(row, 2))), cell(row, 3)) for row in rows_of("senses") if cell(row, 1)}
"""(word, kind it usually is) -> words around it that make it another kind."""


def _in_context(tokens: Sequence[Token], mention: Mention) -> Mention:
    if mention.last - mention.first > 1:
        return mention
    word = tokens[mention.first].stem
    found = _BY_CONTEXT.get((word, mention.kind))
    if found and any(token.stem in found[0] for token in tokens):
        return Mention(found[1], mention.first, mention.last)
    return mention


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships, read once."""
    rows = [row for name in FILES for row in rows_of(name)]
    parent = {row[0]: cell(row, 1) for row in rows}
    names: dict[str, str] = {}
    foreign: dict[str, str] = {}
    words = {row[0]: frozenset(stem for name in (row[0], *names_in(cell(row, 2))) for stem in stems_of(name)) for row in rows}
    for row in rows:
        for name in (row[0], *names_in(cell(row, 2))):
            names.setdefault(key_of(name), row[0])
    for row in rows:
        names[key_of(row[0])] = row[0]
        for name in names_in(cell(row, 3)):
            key = key_of(name)
            short = len(key) < SHORT_FOREIGN or key in _ALSO_ENGLISH
            (foreign if short else names).setdefault(key, row[0])
    for key, named in list(names.items()):
        for here, there in _SPELT_TWO_WAYS:
            names.setdefault(key.replace(here, there), named)
    native = _native(set(parent))
    kinds = {name: Kind(name, _chain(name, parent)) for name in parent}
    below: dict[str, set[str]] = {name: {name} for name in parent}
    for kind in kinds.values():
        for wider in kind.parents:
            below.setdefault(wider, {wider}).add(kind.name)
    return Lexicon(kinds, names, foreign, native, {name: frozenset(inside) for name, inside in below.items()}, words)


def _native(kinds: set[str]) -> dict[str, dict[str, str]]:
    """Language -> name -> kind."""
    native: dict[str, dict[str, str]] = {language: {} for language in LANGUAGES}
    for row in rows_of("kinds_european"):
        if row[0] not in kinds:
            raise ValueError(f'kinds_european.txt names the kind "{row[0]}", which no other list has')
        for place, language in enumerate(LANGUAGES, 1):
            for name in names_in(cell(row, place)):
                for spelling in spellings(name) if language == "de" else (name,):
                    native[language].setdefault(key_of(spelling), row[0])
    return native


@cache
def same_things() -> dict[str, frozenset[str]]:
    """Key of a name -> keys of all names of that very thing, its own among them."""
    groups = [frozenset(key_of(name) for part in row for name in names_in(part)) for row in rows_of("same_things")]
    found: dict[str, frozenset[str]] = {}
    for group in groups:
        for key in group:
            found[key] = found.get(key, frozenset()) | group
    return found


@lru_cache(maxsize=65536)
def key_of(name: str) -> str:
    """The key of a name: its stems written together."""
    return "".join(stems_of(name))


def _chain(name: str, parent: dict[str, str]) -> tuple[str, ...]:
    chain: list[str] = []
    while (name := parent.get(name, "")) and name not in chain:
        chain.append(name)
    return tuple(chain)
