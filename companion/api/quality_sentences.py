"""Sentences of the quality room as codes with values, so that another program can say them in its user's language.

The rooms say why in English, and detectors' answers are stored as they were said. `SHAPES` knows every such sentence by its shape; what has
none of these shapes stays English. A text is one sentence or several: "not enough data; sentiment: no comment to read" is three.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from companion.quality.components import PARTS
from companion.quality.detectors.brand_safety import SUBJECTS
from companion.quality.stages.stage import POOLS

Value = int | float | str
Kind = Literal["count", "number", "signed", "percent", "part", "pool", "subject", "word", "quote"]
"""How a value is shown: a whole number, one with decimals, one with its sign, a share of 1 (0.12 for 12 %), the name of a part of the
score, of a pool or of a sensitive subject, or one word or several of a person as they are."""

_WORDED = {"no": 0, "none": 0, "not at all": 0, "one": 1, "once": 1}


class _Reading(NamedTuple):
    pattern: str
    read: Callable[[str], Value]


def _count(said: str) -> int:
    return _WORDED[said] if said in _WORDED else int(said.removesuffix(" times").replace(",", ""))


def _number(said: str) -> float:
    return float(said.replace(",", ""))


def _share(said: str) -> float:
    return round(float(said.rstrip("% ")) / 100, 6)


_KINDS: Mapping[Kind, _Reading] = {
    "count": _Reading(rf"(?:-?\d[\d,]*(?: times)?|{'|'.join(_WORDED)})", _count),
    "number": _Reading(r"-?\d[\d,]*(?:\.\d+)?", _number),
    "signed": _Reading(r"[+-]\d[\d,]*(?:\.\d+)?", _number),
    "percent": _Reading(r"\d+(?:\.\d+)? ?%", _share),
    "part": _Reading("|".join(PARTS), str),
    "pool": _Reading("|".join(POOLS), str),
    "subject": _Reading("|".join(SUBJECTS), str),
    "word": _Reading(r"\w+", str),
    "quote": _Reading(r"[\w@ ]*[\w@]", str),
}
_BETWEEN = re.compile(r"[;:,.]? ?")


class Sentence(NamedTuple):
    """One sentence: what it says, and the values in it by name."""

    code: str
    values: Mapping[str, Value]


@dataclass(frozen=True)
class Shape:
    """How a sentence is said in English: `pattern` is a regular expression with each value's place written {name}."""

    code: str
    pattern: re.Pattern[str]
    kinds: Mapping[str, Kind]

    def at(self, text: str, begin: int) -> tuple[Sentence, int] | None:
        """The sentence that begins there, and where it ends."""
        found = self.pattern.match(text, begin)
        if found is None:
            return None
        return Sentence(self.code, {name: _KINDS[kind].read(found[name]) for name, kind in self.kinds.items()}), found.end()


def shape(code: str, pattern: str, **kinds: Kind) -> Shape:
    """A shape from its pattern and the kinds of its values."""
    for name, kind in kinds.items():
        pattern = pattern.replace(f"{{{name}}}", f"(?P<{name}>{_KINDS[kind].pattern})")
    return Shape(code, re.compile(pattern), kinds)


def read(text: str, shapes: tuple[Shape, ...]) -> list[Sentence]:
    """The sentences of a text in their order; none where a part of it has no shape.

    Where several shapes fit, the one that takes most of the text is meant.
    """
    out, at = [], 0
    while at < len(text):
        found = [one for shape in shapes if (one := shape.at(text, at)) is not None]
        if not found:
            return []
        sentence, end = max(found, key=lambda one: one[1])
        between = _BETWEEN.match(text, end)
        at = between.end() if between else end
        if at == end < len(text):
            return []
        out.append(sentence)
    return out
