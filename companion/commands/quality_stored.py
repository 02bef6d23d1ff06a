"""`buysignal quality video ID`, `quality creator ID` and `quality rescore`: scores of what stands in the workspace."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from companion.commands.options import BadInputError, json_option, workspace_option
from companion.commands.saying import count_of, say

if TYPE_CHECKING:
    from companion.quality.score import Score
    from companion.quality.video_score import Formula
    from companion.store import Store

PLATFORM = "tiktok"


def stored_video(key: str, formula: Formula, workspace: Path) -> Score:
    """The score of a stored video by its id, address, or "platform:id".

    Raises:
        BadInputError: no such video is stored.
    """
    from companion.stored_scores import score_video
    from companion.tiktok import page_of

    page = page_of(key) if "/" in key else None
    platform, _, ident = key.rpartition(":") if page is None else (PLATFORM, "", page.key if page.kind == "video" else "")
    with opened(workspace, key, "video") as (store, model), store.reading() as connection:
        found = score_video(connection, model, (platform or PLATFORM, ident), formula)
    if found is None:
        raise BadInputError(f"no video {key} is stored, and no such file exists; see `buysignal scrape video URL` or `buysignal import`")
    return found.score


def stored_creator(key: str, formula: Formula, workspace: Path) -> Score:
    """The score of a stored creator by handle, id, address, or the name where nothing else is known of them.

    Raises:
        BadInputError: no such creator with a video is stored.
    """
    from companion.forget import plain_name
    from companion.store import creators
    from companion.stored_scores import score_creator

    platform, _, name = ("", "", key) if "/" in key else key.rpartition(":")
    platform = platform or PLATFORM
    with opened(workspace, key, "creator") as (store, model), store.reading() as connection:
        known = creators.named(connection, platform, plain_name(name)) or creators.named(connection, platform, creators.id_of_name(name))
        for creator in known:
            found = score_creator(connection, model, (platform, creator.id), formula)
            if found is not None:
                return found.score
    way = "`buysignal scrape creator HANDLE`" if platform == PLATFORM else "`buysignal import --kind metrics`"
    raise BadInputError(f"no creator {key} with a video is stored, and no such file exists; see {way}")


@click.command("rescore", short_help="Compare all stored videos and score every stored creator.")
@workspace_option
@json_option
def rescore_command(workspace: Path, as_json: bool) -> None:
    """Learn from the stored videos what is usual, and keep every creator's score of today.

    Creators are scored a few at a time, so memory does not grow with their number. What was stopped goes on where it was when the
    command is given again within a day.

    The dashboard does the same once a day when its creators' pages are looked at; this is for a schedule of your own, say every night.
    """
    from companion.quality_learning import rescore
    from companion.store import quality_learned

    with opened(workspace, "", "creator") as (store, model):
        with _progress() as seen:
            scored = rescore(store, model, seen)
        with store.reading() as connection:
            learned = quality_learned.find(connection)
    compared = learned.videos if learned else 0
    if as_json:
        click.echo(json.dumps({"compared": compared, "scored": scored, "model": model}))
        return
    what = f"Compared {count_of(compared, 'video')}" if compared else "Too few videos with known plays to compare them"
    say(f"{what}; {count_of(scored, 'creator')} scored")


@contextmanager
def opened(folder: Path, key: str, what: str) -> Iterator[tuple[Store, str]]:
    """The workspace and the id of the model whose grades are shown; one that does not exist is not made for a question."""
    from companion.registry import Registry, UnknownModelError
    from companion.store import SchemaTooNewError, StoreError, Workspace, open_store
    from companion.store.workspace import WorkspaceError

    try:
        if not Workspace(folder).database.exists():
            missing = f"no {what} {key} is stored" if key else "nothing is stored"
            raise BadInputError(f"{missing}: workspace {folder} is empty" + (", and no such file exists" if key else ""))
        store = open_store(folder)
        registry = Registry(store)
        yield store, registry.find(registry.active_name()).id
    except (StoreError, SchemaTooNewError, WorkspaceError, UnknownModelError) as error:
        raise BadInputError(str(error)) from error


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Scoring", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
