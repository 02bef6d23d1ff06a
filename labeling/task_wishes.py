"""What somebody typed about a new task -> its parts; shared by the form and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import astuple, fields

from companion.cell_values import video as video_of
from companion.store import Store, annotators
from companion.store.label_tasks import QUESTIONS, Question
from labeling.samplers import Shares
from labeling.task_making import BadTaskError
from labeling.task_pool import Source


def source_of(hashtag: str, video: str, query: Mapping[str, str], file: str) -> Source:
    """The source that is named, everything collected where none is. A video without a platform is TikTok's."""
    if file:
        return Source("file", file=file)
    if hashtag.strip():
        return Source("hashtag", hashtag=hashtag.strip().lstrip("#").lower())
    if video.strip():
        named = video.strip()
        known = named if ":" in named and "/" not in named else f"tiktok:{video_of(named)}"
        return Source("video", video=known)
    chosen = {key: value for key, value in query.items() if value}
    return Source("query", query=chosen) if chosen else Source()


def questions_of(typed: str, kind: str) -> tuple[Question, ...]:
    """Questions with commas between, in the order in which they are asked.

    Raises:
        BadTaskError: a word that is no question.
    """
    named = [word.strip().lower() for word in typed.replace("+", ",").split(",") if word.strip()]
    if not named:
        return ("quality",) if kind == "video" else ("grade",)
    for word in named:
        if word not in QUESTIONS:
            raise BadTaskError(f'"{word}" is no question; ask {", ".join(QUESTIONS)}')
    return tuple(question for question in QUESTIONS if question in named)


def shares_of(typed: str, aliases: Mapping[str, str]) -> Shares:
    """Shares such as "uncertain=50, random=50"; the usual mix where nothing is typed. They are made to add up.

    Raises:
        BadTaskError: a name or a number that is none.
    """
    if not typed.strip():
        return Shares()
    given = {}
    for part in typed.replace(";", ",").split(","):
        name, _, number = part.partition("=")
        known = aliases.get(name.strip().lower(), name.strip().lower())
        if known not in {field.name for field in fields(Shares)}:
            raise BadTaskError(f'"{name.strip()}" is no sampler; use {", ".join(aliases)}')
        try:
            given[known] = float(number)
        except ValueError:
            raise BadTaskError(f'"{number.strip()}" is no share; write {name.strip()}=50') from None
    return normalised(given)


def normalised(given: Mapping[str, float]) -> Shares:
    """Shares of any size made to add up to 1.

    Raises:
        BadTaskError: all are 0, or one is below.
    """
    total = sum(given.values())
    if total <= 0 or any(not 0 <= share <= total for share in given.values()):
        raise BadTaskError("the shares of the samplers are numbers from 0 on, and at least one is above 0")
    try:
        return Shares(**{field.name: given.get(field.name, 0.0) / total for field in fields(Shares)})
    except ValueError as error:
        raise BadTaskError(str(error)) from error


def percents(shares: Shares) -> dict[str, int]:
    """Shares in whole percent."""
    return {field.name: round(100 * share) for field, share in zip(fields(Shares), astuple(shares), strict=True)}


def alone(store: Store) -> bool:
    """Whether nobody but the local person labels here."""
    with store.reading() as connection:
        return not annotators.who_can_log_in(connection)
