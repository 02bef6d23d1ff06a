"""`buysignal scrape`: collecting by hashtag, video or creator."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from companion.commands.needed import need
from companion.commands.options import BadInputError, json_option, workspace_option
from companion.store import SchemaTooNewError, Store, StoreError, open_store
from companion.store.tasks import Wanted
from companion.store.workspace import WorkspaceError
from companion.tiktok import page_of
from scraper.config import Limits, Pace, Settings
from scraper.extra import SCRAPE
from scraper.order import BadOrderError, Kind, Order, check
from scraper.presets import presets

_LIMITS = Limits()
_LOOPBACK = re.compile(r"(?:127\.0\.0\.1|localhost):\d{1,5}")


@click.group("scrape", short_help="Collect comments by hashtag, video or creator.")
def scrape() -> None:
    """Collect comments into your workspace by reading along in your own browser.

    A browser window opens TikTok's pages slowly, scrolls, and what the pages load is stored. It stops when TikTok refuses and
    waits for you when TikTok asks for a person. Ctrl+C stops it with status 75; the same command goes on where it was.
    """


def run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every run."""
    for option in reversed(_RUN_OPTIONS):
        command = option(command)
    return command


_RUN_OPTIONS = (
    click.option(
        "--comments",
        type=click.IntRange(1, 5000),
        default=_LIMITS.comments,
        show_default=True,
        help="Comments after which a video is left.",
    ),
    click.option(
        "--replies",
        type=click.IntRange(0, 1000),
        default=_LIMITS.replies,
        show_default=True,
        help="Replies after which a comment is left; 0 opens none.",
    ),
    click.option(
        "--day", type=click.IntRange(1, 1000), default=_LIMITS.day, show_default=True, help="Videos that all runs together may open today."
    ),
    click.option("--deep", is_flag=True, help="Read on where only comments come that are stored already."),
    click.option("--new", "fresh", is_flag=True, help="Begin a new run, even where an unfinished one of the same name could go on."),
    click.option(
        "--keep-days", type=click.IntRange(1, 36500), help="Delete what this run brought after so many days. Without it, it stays."
    ),
    click.option(
        "--wait",
        type=click.FloatRange(0, 600),
        default=_LIMITS.wait_minutes,
        show_default=True,
        help="Minutes to wait for you at a captcha.",
    ),
    click.option("--headless", is_flag=True, help="Without a window. TikTok refuses such browsers soon; meant for a replica."),
    click.option("--yes", is_flag=True, help="You have read what TikTok's terms say about collecting."),
    click.option("--replica", default="", metavar="HOST:PORT", help="Read a replica of TikTok on this computer instead, without pauses."),
    json_option,
    workspace_option,
)


@scrape.command("tag", short_help="Videos of hashtags and their comments.")
@click.argument("names", nargs=-1, metavar="NAME...")
@click.option("--preset", type=click.Choice(sorted(presets())), help="A named list of hashtags.")
@click.option("--videos", type=click.IntRange(1, 1000), default=_LIMITS.videos, show_default=True, help="Videos a hashtag at most.")
@run_options
def tag(names: tuple[str, ...], preset: str | None, videos: int, **options: Any) -> None:
    """Open each hashtag's page, then its videos one after the other.

    TikTok shows a few hundred videos of a hashtag at most, in an order of its own: run it again on other days.
    """
    wanted = [name.lstrip("#").lower() for name in (*names, *(presets()[preset] if preset else ()))]
    _run("tag", wanted, options, videos=videos)


@scrape.command("creator", short_help="Videos of creators and their comments.")
@click.argument("handles", nargs=-1, metavar="HANDLE...")
@click.option("--videos", type=click.IntRange(1, 1000), default=_LIMITS.videos, show_default=True, help="Videos a creator at most.")
@run_options
def creator(handles: tuple[str, ...], videos: int, **options: Any) -> None:
    """Open each creator's page, then the videos there."""
    _run("creator", [handle.lstrip("@").lower() for handle in handles], options, videos=videos)


@scrape.command("video", short_help="Comments of single videos.")
@click.argument("urls", nargs=-1, metavar="URL...")
@run_options
def video(urls: tuple[str, ...], **options: Any) -> None:
    """Open videos by their addresses."""
    _run("video", list(urls), options)


def _run(kind: Kind, targets: Sequence[str], options: dict[str, Any], *, videos: int = _LIMITS.videos) -> None:
    targets = list(dict.fromkeys(targets))
    try:
        check(kind, targets)
    except BadOrderError as error:
        raise BadInputError(str(error)) from error
    start(
        Order(kind, tuple(targets), options["headless"]), [_wanted(kind, target) for target in targets], limits_of(options, videos), options
    )


def start(order: Order, wanted: Sequence[Wanted], limits: Limits, options: dict[str, Any]) -> None:
    """Begin a run, or go on with one, and print its report."""
    need_tools()
    from scraper import session
    from scraper.report_text import as_json, text_lines

    settings = settings_of(limits, options)
    store = opened(options["workspace"])
    session.ask_terms(store, settings, options["yes"])
    run_id, goes_on = session.plan(store, order, options["fresh"])
    with session.only_one(store, run_id):
        run = session.begin(store, run_id, order, wanted, settings)
        if goes_on:
            click.echo("Going on with the run that was not finished (--new begins another).", err=True)
        session.say_cost(store, run, settings)
        report = session.work(store, run, settings, quiet=options["as_json"])
    click.echo(json.dumps(as_json(report)) if options["as_json"] else "\n".join(text_lines(report)))
    session.leave(report)


def need_tools() -> None:
    """Go on where the collecting tools are installed.

    Raises:
        BadInputError: they are not; it names what is missing and what adds it.
    """
    need("collecting", SCRAPE.modules, SCRAPE.name)


def limits_of(options: dict[str, Any], videos: int = _LIMITS.videos) -> Limits:
    """Limits from the options of a run."""
    return Limits(videos=videos, comments=options["comments"], replies=options["replies"], day=options["day"], wait_minutes=options["wait"])


def settings_of(limits: Limits, options: dict[str, Any]) -> Settings:
    """Settings from the options of a run."""
    replica = options["replica"]
    if replica and not _LOOPBACK.fullmatch(replica):
        raise BadInputError(f"--replica {replica} is no address of this computer; write 127.0.0.1:PORT")
    pace = Pace().unpaced() if replica else Pace()
    return Settings(pace, limits, options["headless"], options["deep"], options["keep_days"], replica)


def opened(workspace: Path) -> Store:
    """The workspace's store."""
    try:
        return open_store(workspace)
    except (StoreError, SchemaTooNewError, WorkspaceError) as error:
        raise BadInputError(str(error)) from error


def _wanted(kind: Kind, target: str) -> Wanted:
    if kind == "tag":
        return Wanted("tag", target)
    if kind == "creator":
        return Wanted("creator", target)
    page = page_of(target) if "/" in target else None
    if page and page.kind == "video":
        return Wanted("video", page.key, page.handle or "")
    if target.isdecimal():
        return Wanted("video", target)
    raise BadInputError(
        f"“{target[:80]}” names no video; open it in a browser and copy its address, such as https://www.tiktok.com/@brightbuys/video/73…"
    )
