"""What is taken out of the examples before a training."""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from companion.cleaning_report import NEAR_REPEAT, REPEAT, UNREADABLE, CleaningReport, Profile, Removed
from companion.intent.context import render
from companion.intent.text import normalise
from companion.training.examples import Example

NEAR = 0.8
"""Share of letter 4-grams (Jaccard) from which two texts of the same thread are the same comment in other dress."""

_GRAM = 4
_HUMAN = 1  # rank of a label by a person; the seed's is 0: of two equal comments the human one stays


def clean(examples: Sequence[Example]) -> tuple[list[Example], CleaningReport]:
    """Without repeats, near-repeats within a thread, unreadable texts and contradictions that nobody settled.

    Of repeats the human label stays, else the first. The order is kept.
    """
    removed: list[Removed] = []
    readable = [x for x in examples if _is_readable(x, removed)]
    single = _without_repeats(readable, removed)
    kept = _without_near_repeats(single, removed)
    return kept, CleaningReport(tuple(removed), profile(examples), profile(kept))


def profile(examples: Sequence[Example]) -> Profile:
    """How examples spread; languages and origins most first."""
    high = sum(x.grade >= 7 for x in examples)
    return Profile(
        lines=len(examples),
        share_high=round(high / len(examples), 4) if examples else None,
        grades={str(grade): n for grade, n in sorted(Counter(x.grade for x in examples).items())},
        languages=dict(Counter(x.lang for x in examples).most_common()),
        origins=dict(Counter[str](x.origin for x in examples).most_common()),
    )


def _is_readable(example: Example, removed: list[Removed]) -> bool:
    if normalise(example.text):
        return True
    removed.append(Removed(UNREADABLE, example.text, "", example.origin))
    return False


def _without_repeats(examples: Sequence[Example], removed: list[Removed]) -> list[Example]:
    """One of each (text, context); a person's label wins over the seed's."""
    best: dict[tuple[str, str], int] = {}
    for place, example in enumerate(examples):
        key = (normalise(example.text).lower(), render(example.context))
        known = best.get(key)
        if known is None or _rank(example) > _rank(examples[known]):
            best[key] = place
    keep = set(best.values())
    for place, example in enumerate(examples):
        if place not in keep:
            removed.append(Removed(REPEAT, example.text, "", example.origin))
    return [example for place, example in enumerate(examples) if place in keep]


def _without_near_repeats(examples: Sequence[Example], removed: list[Removed]) -> list[Example]:
    gone: set[int] = set()
    for place, twin in _near_pairs(examples):
        if place in gone or twin in gone:
            continue
        out, stays = (place, twin) if _rank(examples[twin]) > _rank(examples[place]) else (twin, place)
        gone.add(out)
        removed.append(Removed(NEAR_REPEAT, examples[out].text, examples[stays].text, examples[out].origin))
    return [example for place, example in enumerate(examples) if place not in gone]


def _near_pairs(examples: Sequence[Example]) -> Iterator[tuple[int, int]]:
    """Pairs within a group with the same grade whose texts share most of their letter n-grams."""
    groups: defaultdict[str, list[int]] = defaultdict(list)
    for place, example in enumerate(examples):
        groups[example.group].append(place)
    for places in groups.values():
        grams = {place: _grams(normalise(examples[place].text)) for place in places}
        for at, first in enumerate(places):
            for second in places[at + 1 :]:
                if examples[first].grade == examples[second].grade and _likeness(grams[first], grams[second]) >= NEAR:
                    yield first, second


def _grams(text: str) -> frozenset[int]:
    padded = f"  {text.lower()}  "
    return frozenset(zlib.crc32(padded[i : i + _GRAM].encode("utf-8", "replace")) for i in range(len(padded) - _GRAM + 1))


def _likeness(a: frozenset[int], b: frozenset[int]) -> float:
    smaller, larger = sorted((len(a), len(b)))
    if smaller < NEAR * larger:
        return 0.0
    return len(a & b) / len(a | b)


def _rank(example: Example) -> int:
    return 0 if example.origin == "seed" else _HUMAN
