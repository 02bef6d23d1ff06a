"""`buysignal research`: TikTok's official Research API as a source."""

from __future__ import annotations

import json
import re
import sqlite3
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from companion.commands.options import PAUSED, BadInputError, json_option, workspace_option
from companion.commands.saying import count_of, say
from companion.store import SchemaTooNewError, Store, StoreError, Workspace, open_store
from companion.store.workspace import WorkspaceError

if TYPE_CHECKING:
    from companion.importing.pieces import Count
    from companion.research.collecting import Collected, Collector

_TROUBLE = (StoreError, SchemaTooNewError, WorkspaceError, sqlite3.Error)
_TERM = "--i-am-a-non-commercial-researcher"
_WHY = (
    "TikTok gives its Research API for non-commercial research at institutions that it has admitted, and to nobody who sells or "
    "advertises; using it for marketing breaks its terms. "
    f"If you are such a researcher and this is your research, say so with {_TERM}"
)
_VIDEO = re.compile(r"(?:.*/(?:video|photo)/)?(\d{6,20})(?:[?#].*)?")
_DAY = click.DateTime(["%Y-%m-%d"])


def _research_options(command: Callable[..., Any]) -> Callable[..., Any]:
    term = click.option(_TERM, "non_commercial", is_flag=True, help="Say that you are, as TikTok's terms ask.")
    keep = click.option("--keep-days", type=click.IntRange(1), help="Delete what came after so many days [default: keep].")
    return term(keep(json_option(workspace_option(command))))


@click.group("research", short_help="Collect through TikTok's Research API (researchers only).")
def research() -> None:
    """Ask TikTok's official Research API for videos and comments.

    TikTok admits non-commercial researchers of some institutions only, and tells advertisers, creators and other commercial users no.
    Put your client's key and secret into BUYSIGNAL_RESEARCH_KEY and BUYSIGNAL_RESEARCH_SECRET; they are not stored. The API says nothing
    about who wrote a comment, and gives a video's top 1,000 comments at most.

    A day has 1,000 requests and 100,000 records, counted in the workspace. Before they are used up the command stops with status 75;
    the same command goes on where it was.
    """


@research.command("videos")
@click.option("--hashtag", "hashtags", multiple=True, help="With this hashtag; several: with any of them.")
@click.option("--keyword", default="", help="With this word in the caption.")
@click.option("--creator", "creators", multiple=True, help="By this handle.")
@click.option("--region", "regions", multiple=True, help="From this country, such as US.")
@click.option("--from", "first", type=_DAY, metavar="DAY", required=True, help="First day (UTC), such as 2026-01-31.")
@click.option("--to", "last", type=_DAY, metavar="DAY", required=True, help="Last day (UTC).")
@click.option("--max", "at_most", type=click.IntRange(1), default=1000, show_default=True, help="Stop after so many videos.")
@_research_options
def videos(
    hashtags: tuple[str, ...],
    keyword: str,
    creators: tuple[str, ...],
    regions: tuple[str, ...],
    first: datetime,
    last: datetime,
    at_most: int,
    non_commercial: bool,
    keep_days: int | None,
    as_json: bool,
    workspace: Path,
) -> None:
    """Collect videos, the latest days first. Spans over 30 days are asked for in parts."""
    from companion.research.queries import VideoQuestion

    if not (hashtags or keyword or creators):
        raise BadInputError("say which videos: --hashtag, --keyword or --creator")
    if first > last:
        raise BadInputError(f"--from {first:%Y-%m-%d} is after --to {last:%Y-%m-%d}")
    question = VideoQuestion(
        first.date(),
        last.date(),
        tuple(tag.lstrip("#") for tag in hashtags),
        keyword.strip(),
        tuple(handle.lstrip("@") for handle in creators),
        tuple(region.upper() for region in regions),
    )
    _run(lambda collector: collector.videos(question, at_most), non_commercial, keep_days, as_json, workspace)


@research.command("comments")
@click.argument("videos", nargs=-1, metavar="[VIDEO]...")
@click.option("--hashtag", help="Of the stored videos with this hashtag, those with the most comments first.")
@click.option("--max", "at_most", type=click.IntRange(1), default=50, show_default=True, help="With --hashtag: so many videos.")
@_research_options
def comments(
    videos: tuple[str, ...],
    hashtag: str | None,
    at_most: int,
    non_commercial: bool,
    keep_days: int | None,
    as_json: bool,
    workspace: Path,
) -> None:
    """Collect the top comments of VIDEOs (ids or addresses), or of stored videos."""
    ids = [_video_id(video) for video in videos]
    if bool(ids) == bool(hashtag):
        raise BadInputError("say whose comments: VIDEO ids or addresses, or --hashtag")

    def collect(collector: Collector) -> None:
        if hashtag:
            collector.comments_of(hashtag.lstrip("#"), at_most)
        else:
            collector.comments(ids)

    _run(collect, non_commercial, keep_days, as_json, workspace)


@research.command("status")
@json_option
@workspace_option
def status(as_json: bool, workspace: Path) -> None:
    """Show what is left of today's quota."""
    from companion.research.quota import RECORDS, REQUESTS, Used, used

    try:
        found = used(open_store(workspace)) if Workspace(workspace).database.exists() else Used("today")
    except _TROUBLE as error:
        raise BadInputError(str(error)) from error
    left = {"requests_left": max(0, REQUESTS - found.requests), "records_left": max(0, RECORDS - found.records)}
    if as_json:
        click.echo(json.dumps(left))
    else:
        click.echo(f"Left until 00:00 UTC: {left['requests_left']:,} requests, {left['records_left']:,} records")


def _video_id(text: str) -> str:
    found = _VIDEO.fullmatch(text.strip())
    if found is None:
        raise BadInputError(f"{text!r} is no id or address of a video")
    return found[1]


def _run(collect: Callable[[Collector], None], non_commercial: bool, keep_days: int | None, as_json: bool, workspace: Path) -> None:
    """Collect, say what came; status 75 where the same command can go on later."""
    if not non_commercial:
        raise BadInputError(_WHY)
    from companion.research.client import Client, Credentials, ResearchError, SetupError
    from companion.research.collecting import Collector
    from companion.research.quota import QuotaUsedError

    try:
        client = Client(Credentials.of_environment())
        store = open_store(workspace)
    except (SetupError, *_TROUBLE) as error:
        raise BadInputError(str(error)) from error
    collector = Collector(store, client, _told(as_json), keep_days)
    try:
        collect(collector)
    except KeyboardInterrupt:
        _finish(collector.collected, store, as_json, "stopped; the same command goes on where it was", PAUSED)
    except QuotaUsedError as error:
        _finish(collector.collected, store, as_json, str(error), PAUSED)
    except ResearchError as error:
        if not error.pausing:
            _report(collector.collected, store, as_json, str(error))
            raise BadInputError(str(error)) from error
        _finish(collector.collected, store, as_json, str(error), PAUSED)
    except _TROUBLE as error:
        raise BadInputError(f"{error}; what came before is stored") from error
    else:
        _report(collector.collected, store, as_json, "")


def _told(as_json: bool) -> Callable[[Collected], None]:
    return (lambda _: None) if as_json else (lambda collected: say(f"so far: {_counts(collected.found)}", err=True))


def _finish(collected: Collected, store: Store, as_json: bool, why: str, code: int) -> None:
    _report(collected, store, as_json, why)
    if not as_json:
        say(why, err=True)
    sys.exit(code)


def _report(collected: Collected, store: Store, as_json: bool, why: str) -> None:
    from companion.research.quota import REQUESTS, used

    left = max(0, REQUESTS - used(store).requests)
    if as_json:
        click.echo(json.dumps({"found": vars(collected.found), "new": vars(collected.new), "stopped": why or None, "requests_left": left}))
        return
    say(f"Found: {_counts(collected.found)}. New: {_counts(collected.new)}. Requests left today: {left:,}.")


def _counts(count: Count) -> str:
    parts = ((count.videos, "video", "videos"), (count.comments, "comment", "comments"), (count.replies, "reply", "replies"))
    return ", ".join(count_of(number, one, many) for number, one, many in parts if number) or "nothing"
