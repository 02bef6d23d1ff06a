"""Other ways to hand a comment to the encoder than `companion.intent.text.normalise`, for bench/ablations.py.

Case is none of them: the encoder's vocabulary is uncased and its tokenizer folds case itself, so that a comment and the same in small
letters are the same tokens (`changed_by_case` counts the exceptions).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import emoji

from companion.intent.text import cut, normalise
from companion.training.finetune import tokenizer_of
from companion.training.network import base_folder

_MARK = "\ue000"
"""A private character that `normalise` leaves alone; no comment holds it."""

_TWINS = re.compile(r"(\w)(?=\1)")
_RUN = re.compile(r"(\w)\1{2,}")


def as_typed(text: str) -> str:
    """Nothing normalised, only cut."""
    return cut(text)[0]


def emoji_kept(text: str) -> str:
    """Normalised, but emoji stay signs; the vocabulary knows none of them."""
    found = iter([str(one["emoji"]) for one in emoji.emoji_list(text)])
    marked = normalise(emoji.replace_emoji(text, _MARK))
    return re.sub(_MARK, lambda _: next(found), marked)


def emoji_left_out(text: str) -> str:
    """Normalised, without emoji; a comment of nothing else stays as it is."""
    return normalise(emoji.replace_emoji(text, " ")) or normalise(text)


def runs_kept(text: str) -> str:
    """Normalised, but "NEEEEEED" keeps its length."""
    return normalise(_TWINS.sub(rf"\1{_MARK}", text)).replace(_MARK, "")


def runs_of_two(text: str) -> str:
    """Normalised, and a run of letters is at most two long, where `normalise` leaves three: "NEEEEEED" becomes "NEED"."""
    return _RUN.sub(r"\1\1", normalise(text))


def changed_by_case(texts: Sequence[str]) -> int:
    """How many normalised texts have other tokens in small letters."""
    tokenizer = tokenizer_of(base_folder())
    tokenizer.no_padding()
    return sum(tokenizer.encode(text).ids != tokenizer.encode(text.lower()).ids for text in map(normalise, texts))


REWRITES: dict[str, Callable[[str], str]] = {
    "comments as typed, nothing normalised": as_typed,
    "emoji not spelled out": emoji_kept,
    "emoji left out": emoji_left_out,
    "letter runs left as typed": runs_kept,
    "letter runs cut to two in place of three": runs_of_two,
}
