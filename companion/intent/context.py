"""Where a comment stands, and the one function that renders it for the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from companion.intent.text import normalise

MAX_CONTEXT_CHARS = 160
"""Longer captions are cut: the first words name the product, the tail is hashtags."""

_REMEMBERED = 1024
"""Contexts whose line is kept: all comments of a video share one."""

_KEYS = {"caption", "hashtags", "product", "parent"}


@dataclass(frozen=True)
class Context:
    """A comment's surroundings. Empty fields mean "not known".

    `note` is a free description ("YouTube review of running shoes"), used when all that is known is a line of text.
    """

    caption: str = ""
    hashtags: tuple[str, ...] = ()
    product: str = ""
    parent: str = ""
    note: str = ""

    @classmethod
    def of(cls, value: object) -> Context:
        """A context from what JSON lines carry: None, a plain string or an object.

        Raises:
            ValueError: naming the key or type that is not understood.
        """
        if value is None:
            return cls()
        if isinstance(value, str):
            return cls(note=value)
        if isinstance(value, Mapping):
            return _from_mapping(value)
        raise ValueError(f"context is {type(value).__name__}; write text or an object with {', '.join(sorted(_KEYS))}")


def _from_mapping(value: Mapping[str, Any]) -> Context:
    unknown = set(value) - _KEYS
    if unknown:
        raise ValueError(f"context key {sorted(unknown)[0]!r} is not known; use {', '.join(sorted(_KEYS))}")
    hashtags = value.get("hashtags") or []
    if not isinstance(hashtags, list) or not all(isinstance(tag, str) for tag in hashtags):
        raise ValueError("context key 'hashtags' must be a list of texts")
    texts = {key: value.get(key) or "" for key in ("caption", "product", "parent")}
    for key, text in texts.items():
        if not isinstance(text, str):
            raise ValueError(f"context key {key!r} must be text, not {type(text).__name__}")
    return Context(hashtags=tuple(hashtags), **texts)


@lru_cache(_REMEMBERED)
def render(context: Context) -> str:
    """The context as the one line that the model reads beside the comment (at most 160 characters).

    The parent comes first because a reply is about it; hashtags already in the caption are not repeated.
    """
    caption = normalise(context.caption)
    tags = [tag.lstrip("#") for tag in context.hashtags]
    missing = [f"#{tag}" for tag in tags if f"#{tag}".lower() not in caption.lower()]
    parts = [
        f"reply to: {normalise(context.parent)[:80]}" if context.parent.strip() else "",
        normalise(context.product),
        normalise(context.note),
        caption,
        " ".join(missing),
    ]
    return " | ".join(part for part in parts if part)[:MAX_CONTEXT_CHARS]
