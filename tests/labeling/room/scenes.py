"""Workspaces with comments to label, tasks of them, and people who answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import uuid4

from companion.store import Store, annotators, assignments, clock, comments, creators, label_items, label_tasks, videos
from companion.store.annotation_events import Event
from companion.store.assignments import Assignment, Reader, Wanted
from companion.store.comments import Comment
from companion.store.creators import Creator
from companion.store.label_items import Item
from companion.store.label_tasks import Task
from companion.store.videos import Video
from labeling.people import Person

YOU = Person(annotators.LOCAL, "You", "admin", ())
WORDS = (
    "need",
    "where",
    "price",
    "colour",
    "love",
    "broken",
    "size",
    "gift",
    "song",
    "again",
    "pink",
    "lamp",
    "cup",
    "dog",
    "sofa",
    "rain",
)


def collected(store: Store, number: int, per_video: int = 20) -> list[str]:
    """Comments of many videos, all different, in English; their ids."""
    now = clock.now_ms()
    with store.writing() as connection:
        creators.save(connection, [Creator("tiktok", "m1", handle="maker")], now)
        films = [Video("tiktok", f"v{n}", "m1", f"film {n} #unboxing", ("unboxing",)) for n in range(-(-number // per_video))]
        videos.save(connection, films, now)
        made = [Comment("tiktok", f"c{n}", f"v{n // per_video}", text_of(n), author=f"p{n}", lang="en") for n in range(number)]
        comments.save(connection, made, now)
    return [comment.id for comment in made]


def text_of(number: int) -> str:
    """A text unlike the others, in words that no near-duplicate shares."""
    digits = [number // 16**power % 16 for power in range(4)]
    return f"{' '.join(WORDS[digit] for digit in digits)} {number * 7919} {chr(97 + number % 26) * 3}"


def person(store: Store, name: str, *languages: str, role: str = "annotator") -> Person:
    """Somebody with an account."""
    with store.writing() as connection:
        made = annotators.add(connection, name, role, "hash", languages)  # type: ignore[arg-type]
    return Person(made.id, name, made.role, languages)


def task(store: Store, number: int = 10, items: Sequence[Item] | None = None, **changes: Any) -> Task:
    """A task about the first comments that are collected."""
    made = Task(f"t{uuid4().hex[:6]}", "Try", ("grade",), "1", 7, clock.now_ms(), **changes)
    chosen = items if items is not None else [item(n) for n in range(number)]
    with store.writing() as connection:
        annotators.ensure_local(connection)
        label_tasks.add(connection, made)
        label_items.add(connection, made.id, chosen)
    return made


def item(number: int, **changes: Any) -> Item:
    """The item of a comment as `collected` made it."""
    usual = Item("tiktok", f"c{number}", text_of(number), "random", 1.0, number, video_id=f"v{number // 20}", lang="en", stratum="en")
    return replace(usual, **changes)


def lease(store: Store, who: Person, of: Task, want: int = 5, *, have: Sequence[int] = (), now: int | None = None) -> list[Assignment]:
    """What somebody gets."""
    with store.writing() as connection:
        reader = Reader(who.id, who.languages)
        return assignments.lease(connection, reader, Wanted(of.id, want, tuple(have)), now or clock.now_ms())


def answer(held: Assignment | int, grade: int | None = 8, **changes: Any) -> Event:
    """A submit, with a uuid of its own."""
    answers = {} if grade is None else {"grade": grade}
    ident = held if isinstance(held, int) else held.id
    return Event(**{"uuid": str(uuid4()), "assignment": ident, "action": "submit", "at": clock.now_ms(), "answers": answers, **changes})


def undo(done: Event, **changes: Any) -> Event:
    """Takes an answer back."""
    return answer(done.assignment, None, **{"action": "undo", "undoes": done.uuid, **changes})
