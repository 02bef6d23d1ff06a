"""The project's own words: kinds of products with what shops call them, words of thirteen languages, brands, and words without a shelf."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from companion.hashtags.tags import fold, is_latin, squeeze

CONTENT = Path(__file__).with_name("content")

SHORTEST_FOLDED = 4
"""Letters. A shorter foreign word without its accents ("cho", "hoa") is too often something else."""

SHORTEST_STEM = 5
"""Letters from which a plural or an article is taken off."""

ARTICLE = "ال"

WEAK = 0.4
"""Weight of a word marked as a weak sign of its kind; a plain word weighs 1."""

FOLDED = 0.85
"""Weight of a word whose accents were left out."""


@dataclass(frozen=True)
class Kind:
    """A kind of product: a shelf of the default tree.

    `shop` holds what shops call the shelf, by which it is found in other trees; `path` its place in the default tree.
    """

    id: str
    path: tuple[str, ...]
    shop: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """What a phrase means: weights by kind (empty: a word without a shelf), its group where it has none, and how it is spelled."""

    phrase: str
    kinds: dict[str, float] = field(default_factory=dict)
    group: str = ""
    foreign: bool = False
    brand: bool = False


@dataclass(frozen=True, eq=False)
class Vocabulary:
    """Kinds by id, and entries by squeezed or folded phrase."""

    kinds: dict[str, Kind]
    entries: dict[str, Entry]

    def find(self, text: str) -> Entry | None:
        """The entry of a phrase or tag, accents kept or left out."""
        return self.find_squeezed(squeeze(text), fold(text))

    def find_squeezed(self, text: str, folded: str) -> Entry | None:
        """The entry of a squeezed text and its folded form; an English plural and the Arabic article may be left out."""
        found = self.entries.get(text) or self.entries.get(folded)
        if found or len(text) < SHORTEST_STEM:
            return found
        if folded[-1:] == "s" and folded.isascii():
            found = self.entries.get(folded[:-1])
            return found if found and found.kinds and not found.foreign else None
        return self.entries.get(folded[2:]) if folded.startswith(ARTICLE) else None


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The shipped vocabulary, read once."""
    kinds: dict[str, Kind] = {}
    own: list[tuple[str, str, bool, str]] = []
    for kind, phrases in (one for file in sorted(CONTENT.glob("kinds_*.txt")) for one in _kinds(file)):
        kinds[kind.id] = kind
        own += [(kind.id, phrase, brand, "en") for phrase, brand in phrases]
    builder = _Builder()
    for kind_id, phrase, brand, _ in own:
        builder.add(phrase, kind_id, foreign=False, brand=brand)
    for group, phrase in _generic(CONTENT / "generic.txt"):
        builder.add_generic(phrase, group, foreign=False)
    for kind_id, phrase in (one for file in sorted(CONTENT.glob("words_*.txt")) for one in _foreign(file)):
        builder.add(phrase, kind_id, foreign=True, brand=False)
    for group, phrase in _generic(CONTENT / "generic_world.txt"):
        builder.add_generic(phrase, group, foreign=True)
    return Vocabulary(kinds, builder.entries())


class _Builder:
    """Gathers entries; English words and words without a shelf go before foreign ones that are spelled alike."""

    def __init__(self) -> None:
        self._found: dict[str, Entry] = {}

    def add(self, phrase: str, kind: str, *, foreign: bool, brand: bool) -> None:
        weight = WEAK if phrase.startswith("*") else 1.0
        phrase = phrase.lstrip("*").strip()
        exact, folded = squeeze(phrase), fold(phrase)
        self._put(exact, Entry(phrase, {kind: weight}, foreign=foreign, brand=brand))
        if folded != exact and (len(folded) >= SHORTEST_FOLDED or not is_latin(phrase)):
            self._put(folded, Entry(phrase, {kind: weight * FOLDED}, foreign=foreign, brand=brand))

    def add_generic(self, phrase: str, group: str, *, foreign: bool) -> None:
        exact, folded = squeeze(phrase), fold(phrase)
        for key in {exact, folded}:
            if key and (key == exact or not foreign or len(folded) >= SHORTEST_FOLDED or not is_latin(phrase)):
                self._found.setdefault(key, Entry(phrase, group=group, foreign=foreign))

    def _put(self, key: str, entry: Entry) -> None:
        there = self._found.get(key)
        if not key or (there and (there.group or (entry.foreign and not there.foreign))):
            return
        kinds = {**(there.kinds if there else {}), **entry.kinds}
        self._found[key] = Entry(there.phrase if there else entry.phrase, kinds, foreign=entry.foreign, brand=entry.brand)

    def entries(self) -> dict[str, Entry]:
        return self._found


def _lines(file: Path) -> Iterator[str]:
    for line in file.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()


def _listed(text: str, mark: str = ",") -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(mark) if part.strip())


def _kinds(file: Path) -> Iterator[tuple[Kind, list[tuple[str, bool]]]]:
    """Kinds with their (phrase, is a brand)."""
    blocks: list[list[str]] = []
    for line in _lines(file):
        if line.startswith("["):
            blocks.append([])
        blocks[-1].append(line)
    for head, *rest in blocks:
        ident, _, path = head.removeprefix("[").partition("] ")
        fields = dict(line.partition(":")[::2] for line in rest)
        phrases = [(phrase, name == "brand") for name in ("en", "brand") for phrase in _listed(fields.get(name, ""))]
        yield Kind(ident, _listed(path, ">"), _listed(fields["shop"], ";")), phrases


def _foreign(file: Path) -> Iterator[tuple[str, str]]:
    """(kind, phrase) of other languages."""
    for line in _lines(file):
        kind, _, phrases = line.partition(":")
        for phrase in _listed(phrases):
            yield kind, phrase


def _generic(file: Path) -> Iterator[tuple[str, str]]:
    """(group, phrase)."""
    group = ""
    for line in _lines(file):
        if line.startswith("["):
            group = line.strip("[]")
            continue
        for phrase in _listed(line):
            yield group, phrase
