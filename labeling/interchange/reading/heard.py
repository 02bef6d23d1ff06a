"""What a file of another tool says, before anybody asks what it means here."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

LABELS = ""
"""The key of answers that stand in one list without a question, such as doccano's labels."""

Kind = Literal["choice", "rating", "text", "column"]
"""How an answer was given; "column": it may as well be no answer, but something the file tells about the text."""


@dataclass(frozen=True)
class Answer:
    """One answer: the question's name in the file, and one value; `part`: it was given of a part of the text only."""

    key: str
    value: object
    kind: Kind = "choice"
    part: bool = False


@dataclass(frozen=True)
class Heard:
    """What one person said about one text.

    Attributes:
        record: which record of the file, from 1.
        where: what within the record, such as "annotation 7"; "" where it is all of it.
        data: what the file carries along with the text.
        own_id: what the tool calls the text, for when the data hold no id of a comment.
        gold: whether it is marked as the right answer.
        stamp: what BuySignal left there when the file is from here.
        error: why nothing can be made of it; the rest is empty then.
    """

    record: int
    where: str = ""
    data: Mapping[str, object] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    annotator: str = ""
    own_id: str = ""
    gold: bool = False
    stamp: Mapping[str, str] | None = None
    error: str = ""


LeftOut = Counter[str]
"""How often something was no answer, by what it was."""

Hear = Callable[[Path, LeftOut], Iterator[Heard]]
"""Hears a file of one tool."""


def stand_in(own_id: str, text: object) -> str:
    """An id for a text of which the file names no comment: the tool's own number is unique only there, so the text has a say in it."""
    digest = hashlib.blake2b(str(text).encode("utf-8", "replace"), digest_size=4).hexdigest()
    return f"{own_id}:{digest}"
