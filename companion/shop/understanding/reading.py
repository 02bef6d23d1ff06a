"""A query while it is being understood: its tokens, its language, its parts, and which tokens have already been explained."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from companion.shop.understanding import number_words
from companion.shop.understanding.kinds import lexicon
from companion.shop.understanding.text import Token, cut, fold, tokens_of
from companion.shop.understanding.word_files import cell, names_in, rows_of, word_class

_LANGUAGES = tuple(dict.fromkeys(row[0] for row in rows_of("languages")))
_WORDS = {name: frozenset(word for row in rows_of("languages") if row[0] == name for word in names_in(cell(row, 1))) for name in _LANGUAGES}
_VIETNAMESE = re.compile("[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.IGNORECASE)
_LETTERS = {
    "de": re.compile("[äöüß]", re.IGNORECASE),
    "es": re.compile("[ñ¿¡]", re.IGNORECASE),
    "pt": re.compile("[ãõ]", re.IGNORECASE),
    "fr": re.compile("[èêœç]", re.IGNORECASE),
    "it": re.compile("[òì]", re.IGNORECASE),
}
_OF_SENTENCES = word_class("words of sentences") | word_class("tellers")
_NUMBERS = (
    frozenset(word for row in rows_of("numbers") for column in (1, 2) for name in names_in(cell(row, column)) for word in name.split())
    | number_words.WORDS
    | {"twenties", "thirties", "forties", "fifties", "sixties", "seventies", "eighties", "nineties", "tenner", "fiver", "grand"}
)
"""Words of which numbers are made."""
_PART = re.compile(r"\s*\|\s*|\n+")
_HASHTAG = re.compile(r"#\w+")


@dataclass
class Reading:
    """Fields are filled by the finders in turn; `taken` holds places of tokens that a finder has explained."""

    text: str
    folded: str
    tokens: tuple[Token, ...]
    language: str
    part_of: tuple[int, ...]
    """For each token: 0 in the caption or the only text, 1 and up in each comment under it."""
    hashtags: frozenset[int]
    """Tokens that are hashtags."""
    taken: set[int] = field(default_factory=set)

    @property
    def foreign(self) -> bool:
        """Whether the text is in another language than English."""
        return self.language != "en"

    @property
    def head_first(self) -> bool:
        """Whether names begin with their head in this language ("gafas de sol") rather than end in it ("sunglasses")."""
        return self.language in {"es", "pt", "fr", "it", "id", "vi"}

    @property
    def has_comments(self) -> bool:
        """Whether this is a caption with comments under it."""
        return bool(self.part_of) and self.part_of[-1] > 0

    @cached_property
    def is_keywords(self) -> bool:
        """Whether the text is a list of words without any of those that make a sentence."""
        return not self.foreign and not any(token.word in _OF_SENTENCES for token in self.tokens)

    @cached_property
    def has_numbers(self) -> bool:
        """Whether a figure or a number in words is said."""
        return any(char.isdigit() for char in self.folded) or any(token.word in _NUMBERS for token in self.tokens)

    def free(self, first: int, last: int) -> bool:
        """Whether no finder has explained these tokens."""
        return self.taken.isdisjoint(range(first, last))

    def take(self, first: int, last: int) -> None:
        """Mark tokens as explained."""
        self.taken.update(range(first, last))

    def tokens_in(self, start: int, end: int) -> tuple[int, int]:
        """Token range of a span of the folded text."""
        inside = [place for place, token in enumerate(self.tokens) if token.start < end and token.end > start]
        return (inside[0], inside[-1] + 1) if inside else (0, 0)

    def take_span(self, start: int, end: int) -> None:
        """Mark a span of the folded text as explained."""
        self.take(*self.tokens_in(start, end))

    def span_is_free(self, start: int, end: int) -> bool:
        """Whether no token of a span of the folded text is explained."""
        return self.free(*self.tokens_in(start, end))

    def word(self, place: int) -> str:
        """The token's word, empty outside the text."""
        return self.tokens[place].word if 0 <= place < len(self.tokens) else ""

    def breaks_before(self, place: int) -> bool:
        """Whether punctuation or an end of text stands before a token."""
        return place >= len(self.tokens) or bool(self.tokens[place].before.strip(" -'/&\"")) or place == 0


def read(text: str) -> Reading:
    """A reading with nothing explained yet."""
    folded = fold(text)
    tokens = tokens_of(folded)
    breaks = [match.start() for match in _PART.finditer(folded)]
    part_of = tuple(sum(place <= token.start for place in breaks) for token in tokens)
    spans = [match.span() for match in _HASHTAG.finditer(folded)]
    hashtags = frozenset(
        place for place, token in enumerate(tokens) if any(start < token.end and token.start < end for start, end in spans)
    )
    return Reading(cut(text), folded, tokens, _language(text, tokens), part_of, hashtags)


def _language(text: str, tokens: tuple[Token, ...]) -> str:
    """By small words first; where these do not tell, by letters and by names of products."""
    words = [token.word for token in tokens]
    counts = {language: sum(len(word) > 1 and word in known for word in words) * 1.0 for language, known in _WORDS.items()}
    if len(_VIETNAMESE.findall(text)) >= 2:
        counts["vi"] += 3
    if "fur" in words and "ü" not in text.lower():
        counts["de"] -= 1.0  # English "fur" rather than "für"
    for language, letters in _LETTERS.items():
        counts[language] += 0.6 * bool(letters.search(text))
    if not counts["en"]:
        known = lexicon()
        for language, names in known.native.items():
            counts[language] += 1.0 * sum(token.stem in names and token.stem not in known.names for token in tokens)
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    if (
        counts[best] <= 1
        and (best in {"vi", "id"} or "no" in words)
        and not any(letters.search(text) for letters in _LETTERS.values())
        and any(token.stem in lexicon().names for token in tokens)
    ):
        return "en"  # "karate gi": one small word of theirs beside a name in English
    return best if counts[best] > counts["en"] else "en"
