"""A run's states, its pace and the ends of its tasks, in plain words. Nothing here claims more than was seen."""

from __future__ import annotations

from companion.store.runs import Pace, Run
from companion.store.tasks import Task
from companion.tiktok import page_of

NOTHING_FOLLOWS = "TikTok said that nothing more follows"
MORE_FOLLOWS = "TikTok said that more follows"

STATES = {
    "running": "Collecting",
    "waiting": "Waits for a person",
    "paused": "Paused",
    "finished": "Finished",
    "stopped": "Stopped",
    "cut off": "Cut off",
}

PACES: dict[Pace, str] = {
    "ok": "steady",
    "slow": "slowed down after a refusal",
    "paused": "paused after several refusals",
    "stopped": "stopped: TikTok refuses",
}

_KINDS = {"tag": "Hashtag", "video": "Video", "creator": "Creator", "refresh": "Counters again"}

_REFUSALS = {
    "empty": "TikTok answered with nothing",
    "verify": "TikTok asked for a person",
    "login": "TikTok asked for a login",
    "blocked": "TikTok refused",
    "too_fast": "TikTok said that it was too fast",
    "not_found": "not there (any more)",
    "private": "private",
    "region": "not shown in this country",
    "comments_off": "comments are turned off",
    "error": "TikTok reported an error",
}


def ending(task: Task, *, at_work: bool) -> str:
    """How a task ended, or where it stands; `at_work` says whether its run is."""
    why = _REFUSALS.get(task.reason, task.reason)
    if task.state == "open":
        return f"not read yet ({why})" if why else "not read yet"
    if task.state == "doing":
        return "being read" if at_work else "cut off while it was read"
    site = {False: NOTHING_FOLLOWS, True: MORE_FOLLOWS}.get(task.has_more) if task.has_more is not None else None
    said = [part for part in (why, None if "follow" in why else site) if part]  # many a reason says it already
    return "; ".join(said) or ("given up" if task.state == "given up" else "read")


def named(kind: str, key: str, handle: str = "") -> str:
    """A task's or target's name.

    >>> named("tag", "unboxing"), named("video", "https://www.tiktok.com/@brightbuys/video/7300000000000000001")
    ('#unboxing', '@brightbuys 7300000000000000001')
    """
    if kind == "tag":
        return f"#{key}"
    if kind == "creator":
        return f"@{key}"
    place = page_of(key) if "/" in key else None
    if place and place.kind == "video":
        return named(kind, place.key, place.handle or "")
    return f"@{handle} {key}" if handle else key


def title(run: Run) -> str:
    """What a run was asked for.

    >>> title(Run("r", "tag", ("unboxing", "amazonfinds"), 0, 0)), title(Run("r", "refresh", (), 0, 0))
    ('#unboxing, #amazonfinds', 'Counters again')
    """
    if not run.targets:
        return _KINDS.get(run.kind, run.kind)
    return ", ".join(named(run.kind, target) for target in run.targets)


def kind_words(kind: str) -> str:
    """A kind of run or task."""
    return _KINDS.get(kind, kind)


def duration(seconds: float) -> str:
    """How long something took.

    >>> duration(42), duration(600), duration(7320), duration(200_000)
    ('42 s', '10 min', '2 h 2 min', '2 d 7 h')
    """
    whole = max(0, round(seconds))
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min"
    if whole < 86_400:
        return f"{whole // 3600} h {whole % 3600 // 60} min"
    return f"{whole // 86_400} d {whole % 86_400 // 3600} h"
