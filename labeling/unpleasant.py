"""Whether a comment is covered until somebody asks for it, because it may be unpleasant to read.

Two signs, each enough. The model's probability of abuse: it learned abuse from English lines mostly, and finds next to none of it in
other languages, however low the line is drawn. And words of abuse, by language: content/unpleasant.json. docs/labeling.md says what
both together find.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

from companion.intent.language import language_of
from companion.intent.text import normalise

FILE = Path(__file__).parent / "content" / "unpleasant.json"

TOXIC = 0.1
"""From this probability of abuse on a comment is covered. The model's figures are low; a cover that was not needed costs one key."""

UNSPACED = frozenset({"th", "ja", "ko", "zh"})
"""Languages whose words are looked for anywhere: they are not set apart by spaces, or carry endings."""


def unpleasant(text: str, lang: str, toxic: float) -> bool:
    """Whether to cover a comment.

    Args:
        text: the comment.
        lang: ISO 639-1 code as TikTok gave it; "" or "un" where it gave none.
        toxic: the model's probability of abuse; 0 where it said nothing.
    """
    return toxic >= TOXIC or bool(_said_in(_base(lang, text)).search(text.casefold()))


def _base(lang: str, text: str) -> str:
    told = lang.replace("_", "-").split("-")[0].strip().lower()
    return told if told in _words() else language_of(normalise(text))


@cache
def _words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


@cache
def _said_in(lang: str) -> re.Pattern[str]:
    """Words of abuse of a language, and English ones, which are used in every language."""
    apart: list[str] = list(_words()["en"])
    within: list[str] = []
    (within if lang in UNSPACED else apart).extend(_words().get(lang, ()))
    whole = rf"(?<!\w)(?:{_either(apart)})(?!\w)"
    return re.compile(f"{whole}|{_either(within)}" if within else whole)


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
