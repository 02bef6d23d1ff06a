"""Who may have which comment next: pure rules, without a clock, a file or a database.

A lease holds a comment for one person for a while, so that nobody else gets it meanwhile; closing the browser costs nothing,
because one's own leases are handed out again first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from companion.intent.language import UNKNOWN
from labeling.samplers.candidate import Candidate

PREFETCH = 5
"""Comments on hand in the browser: enough for an offline spell of a minute."""

LEASE_MS = 15 * 60 * 1000
"""How long a lease holds (ms): a phone call, not a lunch."""


@dataclass(frozen=True)
class Reader:
    """An annotator, and the languages they read (ISO 639-1); without any they are asked everything."""

    id: str
    reads: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Lease:
    """An item held for a person until a time (UTC ms)."""

    item: str
    annotator: str
    until: int


def lease(item: str, annotator: str, now: int) -> Lease:
    """A lease taken, or renewed, now (UTC ms)."""
    return Lease(item, annotator, now + LEASE_MS)


def is_live(held: Lease, now: int) -> bool:
    """Whether it still holds. One that ends later than any could is from before the clock was set back, and holds no more."""
    return now < held.until <= now + LEASE_MS


def reads(reader: Reader, lang: str) -> bool:
    """Whether the person reads a language: "pt" covers "pt-BR", and a comment of no known language is for everybody."""
    spoken = _base(lang)
    return not reader.reads or spoken in ("", UNKNOWN) or spoken in {_base(one) for one in reader.reads}


def open_to(reader: Reader, candidates: Iterable[Candidate], leases: Iterable[Lease], now: int) -> list[Candidate]:
    """What a batch for this person may be drawn from: in their languages, and on nobody's screen, their own included.

    What they have labelled stays in: it counts towards the overlap, and no sampler serves it again.
    """
    held = {one.item for one in leases if is_live(one, now)}
    return [one for one in candidates if one.id not in held and reads(reader, one.lang)]


def next_items(reader: Reader, queue: Sequence[Candidate], leases: Iterable[Lease], now: int, n: int = PREFETCH) -> list[Candidate]:
    """Up to n comments to hand out from a drawn batch, in its order: those the person holds already, then free ones.

    None that they have answered, that another holds, or twice.
    """
    holders: dict[str, set[str]] = {}
    for one in leases:
        if is_live(one, now):
            holders.setdefault(one.item, set()).add(one.annotator)
    unique: dict[str, Candidate] = {}
    for item in queue:
        unique.setdefault(item.id, item)
    waiting = [one for one in unique.values() if reader.id not in one.labelled_by and reads(reader, one.lang)]
    own = [one for one in waiting if reader.id in holders.get(one.id, ())]
    free = [one for one in waiting if one.id not in holders]
    return (own + free)[: max(0, n)]


def _base(lang: str) -> str:
    return lang.replace("_", "-").split("-")[0].strip().lower()
