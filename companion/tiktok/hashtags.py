"""A video's hashtags: from its list of them, else from the marked places of its caption, else from the caption's words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any

from companion.tiktok.fields import Row

_SIGNS = "#＃"
_JOINERS = "\u200c\u200d"  # Persian and several Indian scripts need them inside words


def hashtags_of(video: Row) -> tuple[str, ...] | None:
    """Lower-case names without "#", each once, in order; None where the body says nothing about them."""
    named = _each_once(row.get("title") for row in _objects(video.rows("challenges")))
    named = named or _each_once(_marked(video))
    caption = video.values.get("desc")
    if named or not isinstance(caption, str):
        return named if named or _says_none(video) else None
    return _each_once(words_of(caption))


def words_of(caption: str) -> Iterator[str]:
    """The names behind "#" signs of a caption. A name is letters with their marks, digits and "_"."""
    for position, char in enumerate(caption):
        if char in _SIGNS:
            end = position + 1
            while end < len(caption) and _is_part(caption[end]):
                end += 1
            if name := caption[position + 1 : end].strip(_JOINERS):
                yield name


def _marked(video: Row) -> Iterator[object]:
    """Names from `textExtra` of the caption or of its paragraphs (`contents`)."""
    for holder in (video.values, *_objects(video.rows("contents"))):
        extra = holder.get("textExtra")
        for row in _objects(extra if isinstance(extra, list) else None):
            yield row.get("hashtagName")


def _says_none(video: Row) -> bool:
    return video.has("challenges") or video.has("textExtra")


def _objects(rows: list[Any] | None) -> list[dict[str, Any]]:
    return [row for row in rows or () if isinstance(row, dict)]


def _each_once(names: Iterable[object]) -> tuple[str, ...]:
    cleaned = (name.strip().lstrip(_SIGNS).lower() for name in names if isinstance(name, str))
    return tuple(dict.fromkeys(name for name in cleaned if name))


def _is_part(char: str) -> bool:
    return char == "_" or char in _JOINERS or unicodedata.category(char)[0] in "LMN"
