"""The rules' findings and the tagger's spans made into one answer: surely tagged words come in, what the tagger thinks nothing of goes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from companion.shop.understanding.kinds import lexicon
from companion.shop.understanding.phrases import table
from companion.shop.understanding.reading import Reading
from companion.shop.understanding.scene import Asked
from companion.shop.understanding.tagger_found import Found, Placed, figures, placed
from companion.shop.understanding.tagger_spans import TAGS, Floats, Span, Tag, best_path, chance, spans_of
from companion.shop.understanding.word_files import word_class

_PARTING = ",;|?!\n"
"""Signs that no name goes over."""
_SIZE = frozenset(("size", "sizes", "talla", "taille", "taglia", "tamanho", "numero", "grosse", "ukuran"))
"""Words before a size."""
_LIKENED, _FREED, _REFERRING, _NO_WORDS = (word_class(name) for name in ("likened", "freed", "referring", "no words"))


@dataclass(frozen=True, slots=True)
class Bounds:
    """Mean probabilities: from `add` on a tagged span is taken, below `keep` one of the rules' is dropped."""

    add: float
    keep: float


SURE = 0.5
"""Least probability of every word of a span that takes the place of the rules' words."""
LONG, OF_A_STORY = 10, 0.2
"""Words from which on a text may tell a story, and the probability below which the product that the rules read in it is part of that."""
FEW = 4
"""Words up to which a text is a name and no more."""
NOTHING = Bounds(1.01, 0.0)
"""The rules alone."""


def blended(
    tag: Tag, by_rules: Sequence[Placed], tagged: Sequence[Span], chances: Floats, bounds: Bounds
) -> tuple[list[Placed], list[Span]]:
    """Of one slot: the rules' values that stay, and the tagger's spans that come in.

    Where both mark a place, listed names stay, else the tagger's words count. A product's name only gives way to another one.
    """
    kept = [one for one in by_rules if one.span is None or chance(chances, one.head or one.span) >= bounds.keep]
    new = [span for span in tagged if span.tag == tag and chance(chances, span) >= bounds.add]
    if tag == "type":
        return ([], sorted(new, key=lambda span: -chance(chances, span))[:1]) if new and not kept else (list(by_rules), [])
    new = [span for span in new if not any(_stays(one, span, chances) for one in kept)]
    return [one for one in kept if not (one.span and any(one.span.overlaps(span) for span in new))], new


def in_earnest(reading: Reading, products: Sequence[Placed], chances: Floats) -> list[Placed]:
    """The products of the rules that a text does not only speak of in passing.

    A short text names what it wants, and one that points back to it wants it ("my kettle died, I need a new one").
    """
    if len(reading.tokens) < LONG or not _REFERRING.isdisjoint(token.word for token in reading.tokens):
        return list(products)
    return [one for one in products if one.span is None or chance(chances, one.head or one.span) >= OF_A_STORY]


def _stays(one: Placed, span: Span, chances: Floats) -> bool:
    """Whether a value of the rules' stays in a place that the tagger marks too."""
    if one.span is None or not one.span.overlaps(span):
        return False
    words = range(span.first, span.last)
    return one.listed or min(chance(chances, Span(span.tag, place, place + 1)) for place in words) < SURE


def tagged_of(reading: Reading, by_rules: dict[Tag, list[Placed]], chances: Floats) -> list[Span]:
    """The spans that the tagger marks, without those over a price or an age, which are the rules' own.

    A product that no list knows does not take the place of one that a list does.
    """
    parted = {place for place, token in enumerate(reading.tokens) if any(sign in token.before for sign in _PARTING)}
    taken = figures(reading, by_rules)
    spans = (trimmed(reading, span) for span in spans_of(best_path(chances, parted)))
    free = (span for span in spans if span.first < span.last and taken.isdisjoint(range(span.first, span.last)))
    known = any(one.listed for one in by_rules["type"])
    real = (span for span in free if not (_is_likened(reading, span) or _is_freed(reading, span) or _is_cut_short(reading, span, by_rules)))
    return [span for span in real if not known or span.tag != "type" or _asked(reading, span).kinds]


def _is_likened(reading: Reading, span: Span) -> bool:
    """Whether a maker is only what the thing is likened to: "Stanley dupe"."""
    around = (reading.word(span.last), reading.word(span.first - 2)) if span.tag == "brand" else ()
    return not _LIKENED.isdisjoint(around)


def _is_freed(reading: Reading, span: Span) -> bool:
    """Whether nothing is to be without it: "hands free", "no show socks"."""
    if span.tag != "not":
        return False
    freed = reading.word(span.last) == "free" and reading.word(span.last - 1) in _FREED
    return freed or (reading.word(span.first - 1) == "no" and reading.word(span.first) in _NO_WORDS)


def _is_cut_short(reading: Reading, span: Span, by_rules: Mapping[Tag, Sequence[Placed]]) -> bool:
    """Whether a span lacks the end of the listed name that a few words are: the last one is the thing, in "treadmill lubricant"."""
    if span.tag != "type" or len(reading.tokens) > FEW or reading.head_first:
        return False
    return any(one.listed and one.span and one.span.overlaps(span) and span.last < one.span.last for one in by_rules["type"])


def trimmed(reading: Reading, span: Span) -> Span:
    """A size without "size" before it."""
    first = span.first
    while span.tag == "size" and first < span.last and reading.word(first) in _SIZE:
        first += 1
    return Span(span.tag, first, span.last)


def amended(reading: Reading, found: Found, chances: Floats, bounds: Mapping[Tag, Bounds]) -> Found:
    """The rules' findings with what the tagger adds and drops; tokens that it explains are taken, dropped ones freed."""
    by_rules = placed(reading, found)
    tagged = tagged_of(reading, by_rules, chances)
    values: dict[Tag, tuple[str, ...]] = {}
    asked = found.asked
    for tag in TAGS:
        kept, new = blended(tag, by_rules[tag], tagged, chances, bounds[tag])
        if tag == "type":
            kept = in_earnest(reading, kept, chances)
            if len(kept) < len(by_rules[tag]):
                asked = None
            if new:
                asked = _asked(reading, new[0])
            continue
        if tag in {"not", "colour"}:
            _explain(reading, by_rules[tag], kept, new)
        said = [*kept, *(Placed(_value(reading, span), span) for span in new)]
        ordered = sorted(said, key=lambda one: one.span.first if one.span else len(reading.tokens)) if new else kept
        values[tag] = tuple(dict.fromkeys(one.value for one in ordered))
    liked = values["interest"]
    franchises = tuple(name for name in liked if name in found.franchises or table("franchises").get(name))
    return Found(
        asked=asked,
        brands=values["brand"],
        franchises=tuple(dict.fromkeys(name if name in found.franchises else table("franchises").get(name) for name in franchises)),
        interests=tuple(name for name in liked if name not in franchises),
        exclusions=values["not"],
        colours=values["colour"],
        sizes=values["size"],
        occasions=values["occasion"],
    )


def _explain(reading: Reading, before: Sequence[Placed], kept: Sequence[Placed], new: Sequence[Span]) -> None:
    """Unwanted things and colours are no search words."""
    for one in before:
        if one not in kept and one.span:
            reading.taken.difference_update(range(one.span.first, one.span.last))
    for span in new:
        reading.take(span.first, span.last)


def _value(reading: Reading, span: Span) -> str:
    """As written; an occasion, and in other languages a colour or material, by its English name where a list has one."""
    first, last = reading.tokens[span.first], reading.tokens[span.last - 1]
    said = " ".join(reading.folded[first.start : last.end].split())
    if span.tag == "brand":
        return " ".join(reading.text[first.start : last.end].split())
    if span.tag == "occasion":
        return table("occasions").get(said) or said
    if reading.foreign and span.tag in {"colour", "not"}:
        return table("colours", 1, 2).get(said) or table("materials", 1, 2).get(said) or said
    return said


def _asked(reading: Reading, span: Span) -> Asked:
    """The kinds named in a tagged product: by the name at its head."""
    mentions = [one for one in lexicon().mentions(reading.tokens, reading.language) if span.first <= one.first and one.last <= span.last]
    heads = [one for one in mentions if (one.first == span.first if reading.head_first else one.last == span.last)]
    head = heads[0] if heads else None
    if head is None or head.kind == "gift":
        return Asked((), span.first, span.last, range(span.first, span.last))
    return Asked((head.kind,), span.first, span.last, range(head.first, head.last))
