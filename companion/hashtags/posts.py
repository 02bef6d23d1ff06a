"""What the graph is built from: posts of creators with their tags, and what their comments asked for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Post:
    """One video. `creator` is a key, never a name; times are ms UTC; counts None where not known.

    `graded` comments were read by the intent model or a person, `high` of them are close to buying (p_high >= 0.5).
    """

    id: str
    creator: str
    tags: tuple[str, ...]
    caption: str = ""
    sound: str = ""
    created_at: int | None = None
    products: tuple[str, ...] = ()
    plays: int | None = None
    comments: int | None = None
    graded: int = 0
    high: int = 0
