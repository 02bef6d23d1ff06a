"""`buysignal label task`: making, listing and closing labeling tasks."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from companion.commands.options import BadInputError, json_option, workspace_option
from companion.commands.saying import count_of, say
from companion.store import SchemaTooNewError, Store, StoreError, Workspace, clock, open_store
from companion.store.workspace import WorkspaceError

if TYPE_CHECKING:
    from labeling.task_making import Wish

_ALIASES = {"overlap": "overlap", "uncertain": "ordinal_uncertainty", "diverse": "diversity", "random": "random", "gold": "gold"}


@click.group()
def task() -> None:
    """Labeling tasks."""


@task.command("new")
@click.option("--name", default="", help="What it is called [default: made of its source].")
@click.option("--hashtag", default="", help="Comments under videos with this hashtag.")
@click.option("--video", default="", help="Comments of one video, by id or address.")
@click.option("--query", default="", help="Comments that hold these words.")
@click.option("--file", "file", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Comments of a CSV or JSON lines file.")
@click.option("--size", default=50, show_default=True, help="How many comments or videos.")
@click.option("--kind", type=click.Choice(["comment", "video"]), default="comment", show_default=True, help="What is judged.")
@click.option("--ask", default="", help="Of grade, signal, sentiment, with commas between [default: grade; quality for videos].")
@click.option(
    "--mix",
    default="",
    help="Shares of uncertain, diverse, random, overlap and gold, such as random=1 [default: 50, 20, 15, 10, 5 in 100].",
)
@click.option("--votes", default=1, show_default=True, help="How many people answer each.")
@click.option("--overlap", default=None, type=float, help="Share that one person more answers [default: 0.1, and 0 for one person alone].")
@click.option("--until-agreed", is_flag=True, help="Ask another person where two disagree.")
@click.option("--most", default=3, show_default=True, help="How many people are asked then, at most.")
@click.option("--assisted", is_flag=True, help="Show what the model says, except for a tenth.")
@click.option("--practice", is_flag=True, help="A practice round: known answers with an explanation each; nothing counts.")
@click.option("--gold", type=click.Path(path_type=Path, exists=True, dir_okay=False), help="Known answers: a file of labels.")
@click.option("--seed", type=int, help="The same seed draws the same comments again.")
@json_option
@workspace_option
def new(workspace: Path, as_json: bool, **asked: Any) -> None:
    """Make a task of comments or videos that are collected, or of a file.

    Everything collected is drawn from unless a hashtag, a video, words or a file are named.
    """
    with _opened(workspace) as store:
        from companion.live_model import LiveModel
        from companion.registry import Registry
        from labeling import task_making

        wish = _wish(store, asked)
        live = LiveModel.start(Registry(store))
        try:
            made = task_making.make(store, live.current.id, wish, _encoder(wish))
        except ValueError as error:
            raise BadInputError(f"no task was made: {error}") from error
        finally:
            live.close()
    if as_json:
        _print_json({"id": made.task.id, "name": made.task.name, "items": made.items, "samplers": made.samplers})
        return
    say(f"{made.task.name}: {count_of(made.items, asked['kind'])} (task {made.task.id})")
    for name, number in sorted(made.samplers.items(), key=lambda pair: -pair[1]):
        say(f"  {name.replace('_', ' ')}: {number:,}")


@task.command("list")
@json_option
@workspace_option
def listed(workspace: Path, as_json: bool) -> None:
    """Every task and how far it is, open ones first."""
    from companion.store import label_tasks

    with _opened(workspace) as store, store.reading() as connection:
        found = [(one, label_tasks.standing(connection, one)) for one in label_tasks.listed(connection, 1000)]
    if as_json:
        told = ("id", "name", "kind", "questions", "practice")
        _print_json(
            [{**{key: getattr(one, key) for key in told}, **vars(standing), "closed": one.closed_at is not None} for one, standing in found]
        )
        return
    for one, standing in found:
        state = "closed" if one.closed_at is not None else "practice" if one.practice else f"{standing.done:,} of {standing.total:,}"
        say(f"{one.id}  {state:>16}  {one.name}")
    if not found:
        click.echo("No task yet: `buysignal label task new` makes one.")


@task.command("close")
@click.argument("task_id", metavar="TASK")
@workspace_option
def close(task_id: str, workspace: Path) -> None:
    """Ask nobody any more; labels stay, and answers under way are still taken."""
    from companion.store import label_tasks

    with _opened(workspace) as store, store.writing() as connection:
        if label_tasks.find(connection, task_id) is None:
            raise BadInputError(f"there is no task {task_id}; `buysignal label task list` shows all")
        closed = label_tasks.close(connection, task_id, clock.now_ms())
    click.echo("Closed." if closed else "It was closed already.")


@contextmanager
def _opened(workspace: Path) -> Iterator[Store]:
    try:
        if not Workspace(workspace).database.exists():
            raise BadInputError(f"workspace {workspace} holds nothing yet")
        yield open_store(workspace)
    except (StoreError, SchemaTooNewError, WorkspaceError, sqlite3.Error) as error:
        raise BadInputError(str(error)) from error


def _wish(store: Store, asked: dict[str, Any]) -> Wish:
    from labeling.item_files import read_gold, read_items
    from labeling.task_making import Wish
    from labeling.task_wishes import alone, questions_of, shares_of, source_of

    named = [key for key in ("hashtag", "video", "query", "file") if asked[key]]
    if len(named) > 1:
        raise BadInputError(f"choose one source; --{named[0]} and --{named[1]} are two")
    file: Path | None = asked["file"]
    try:
        items = tuple(read_items(file)) if file else ()
        overlap = asked["overlap"] if asked["overlap"] is not None else 0.0 if alone(store) else 0.1
        return Wish(
            name=asked["name"],
            source=source_of(asked["hashtag"], asked["video"], {"q": asked["query"]} if asked["query"] else {}, file.name if file else ""),
            size=min(asked["size"], len(items)) if items else asked["size"],
            kind=asked["kind"],
            questions=questions_of(asked["ask"], asked["kind"]),
            shares=shares_of(asked["mix"], _ALIASES),
            votes=asked["votes"],
            most_votes=max(asked["most"], asked["votes"]),
            overlap=overlap,
            until_agreed=asked["until_agreed"],
            assisted=asked["assisted"],
            practice=asked["practice"],
            seed=asked["seed"],
            golds=tuple(read_gold(asked["gold"])) if asked["gold"] else (),
            items=items,
        )
    except ValueError as error:
        raise BadInputError(f"no task was made: {error}") from error


def _encoder(wish: Wish) -> Any:
    if wish.practice or wish.kind != "comment" or not wish.shares.diversity:
        return None
    from companion.intent.neighbours import Neighbours

    return Neighbours.load().encode


def _print_json(value: object) -> None:
    import json

    click.echo(json.dumps(value, ensure_ascii=False))
