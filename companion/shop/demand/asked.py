"""A comment that asks for something, and the video below which it stands."""

from __future__ import annotations

from dataclasses import dataclass

ASKING = ("availability", "price", "want", "question")
"""Signals of comments that ask for a thing."""

SIGNALS = (*ASKING, "bought", "objection")
"""Signals of comments that say something about a thing."""


@dataclass(frozen=True)
class Linked:
    """A product that is linked below a video; `price` as the page writes it, None where it does not say."""

    id: str
    title: str
    price: str | None = None
    currency: str = ""
    url: str = ""


@dataclass(frozen=True)
class AskedVideo:
    """`product` is what the video is known to show, "" where nobody says; `hashtags` without the sign.

    `handle` is the creator's public name, `commerce` organic | partnership | ad | shop | unknown, `plays` None where not known.
    """

    platform: str
    id: str
    creator: str = ""
    caption: str = ""
    product: str = ""
    hashtags: tuple[str, ...] = ()
    linked: tuple[Linked, ...] = ()
    handle: str = ""
    commerce: str = "unknown"
    plays: int | None = None


@dataclass(frozen=True)
class AskedComment:
    """One comment of the audience. `writer` is a pseudonym ("" where not known), `at` ms UTC, `high` whether it is close to buying."""

    id: str
    video: AskedVideo
    text: str
    signal: str
    high: bool
    writer: str = ""
    likes: int = 0
    at: int = 0
    lang: str = ""
