"""`buysignal stages`: how far a feed has spread videos, read off the snapshots in the workspace."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict, fields, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from companion.commands.options import BadInputError, json_option, workspace_option
from companion.commands.saying import say

if TYPE_CHECKING:
    from companion.quality.stages import Assumptions, Followed, Found
    from companion.store.quality_snapshots import ReadVideo

OTHERS = 3_000
"""Other stored videos, those read last, that say what is usual."""
PLATFORM = "tiktok"


@click.command("stages", short_help="Say how far the feed has spread videos.")
@click.argument("videos", nargs=-1, required=True, metavar="VIDEO…")
@click.option("--assume", "changes", multiple=True, metavar="NAME=NUMBER", help="Change an assumed threshold; see docs/quality.md.")
@workspace_option
@json_option
def stages(videos: tuple[str, ...], changes: tuple[str, ...], workspace: Path, as_json: bool) -> None:
    """Say the distribution stage of stored videos (ids, addresses or "platform:id").

    Stages are read off the numbers of views that were seen over time: first pool, second pool, wide, resting, second life. The
    thresholds are assumptions, no knowledge of TikTok; what the stored videos of all creators show replaces them where those suffice.
    With fewer than three readings there is no stage.
    """
    from companion.quality.stages import candidates, chance_of_next, earlier_of, stages_of

    assumed = _assumed(changes)
    wanted, others = _stored(videos, workspace)
    keys = {video.key for video in wanted}
    found, field = stages_of([*wanted, *(video for video in others if video.key not in keys)], assumed)
    earlier = [one for key, video in found.items() if key not in keys for one in earlier_of(video)]
    stirring = {one.key: one for one in candidates({key: found[key] for key in keys}, assumed)}
    answers = []
    for video in wanted:
        chance, candidate = chance_of_next(found[video.key], earlier, assumed), stirring.get(video.key)
        answers.append(
            {
                "video": video.key,
                "readings": len(found[video.key].stages),
                **_now(found[video.key]),
                "chance_of_next_pool": asdict(chance) if chance else None,
                "stirs": candidate.reason if candidate else None,
            }
        )
    if as_json:
        click.echo(json.dumps({"usual_from": field.n, "assumed": asdict(assumed), "videos": answers}))
        return
    _show(answers, field.n)


def _stored(videos: tuple[str, ...], workspace: Path) -> tuple[list[Followed], list[Followed]]:
    from companion.store import SchemaTooNewError, StoreError, open_store, quality_snapshots
    from companion.store.workspace import WorkspaceError

    wanted: list[Followed] = []
    try:
        with open_store(workspace).reading() as connection:
            for written in dict.fromkeys(videos):
                platform, ident = _key(written)
                stored = quality_snapshots.of(connection, platform, [ident])
                if not stored:
                    raise BadInputError(f"no video {written[:80]} is stored; see `buysignal scrape video URL` or `buysignal import`")
                wanted += map(_followed, stored)
            return wanted, [_followed(video) for video in quality_snapshots.read_often(connection, OTHERS)]
    except (StoreError, SchemaTooNewError, WorkspaceError, sqlite3.Error) as error:
        raise BadInputError(str(error)) from error


def _followed(video: ReadVideo) -> Followed:
    from companion.quality.stages import Followed, Snapshot

    creator = f"{video.platform}:{video.creator_id}" if video.creator_id else ""
    snapshots = [Snapshot(*reading) for reading in video.readings]
    return Followed(f"{video.platform}:{video.id}", creator, snapshots, video.posted_at, video.followers)


def _key(written: str) -> tuple[str, str]:
    from companion.tiktok import page_of

    page = page_of(written) if "/" in written else None
    if page is not None:
        return PLATFORM, page.key if page.kind == "video" else ""
    platform, _, ident = written.rpartition(":")
    return platform or PLATFORM, ident


def _assumed(changes: tuple[str, ...]) -> Assumptions:
    from companion.quality.stages import ASSUMED

    single = {field.name for field in fields(ASSUMED) if isinstance(getattr(ASSUMED, field.name), float)}
    values: dict[str, Any] = {}
    for change in changes:
        name, _, number = change.partition("=")
        if name not in single:
            raise BadInputError(f'"{change[:60]}" changes no assumption; write NAME=NUMBER with one of {", ".join(sorted(single))}')
        try:
            values[name] = float(number)
        except ValueError as error:
            raise BadInputError(f'"{number[:40]}" in "{change[:60]}" is not a number') from error
    try:
        return replace(ASSUMED, **values)
    except ValueError as error:
        raise BadInputError(str(error)) from error


def _now(found: Found) -> dict[str, Any]:
    now = found.now
    return {
        "stage": now.name,
        "at": _iso(now.at) if found.stages else None,
        "reason": now.reason,
        "breakout": _iso(found.breakout.start) if found.breakout else None,
        "second_lives": [_iso(int(found.curve.at[life.seen])) for life in found.lives],
        "after_a_hit": [_iso(int(found.curve.at[life.seen])) for life in found.carried],
        "not_used": list(found.reasons),
    }


def _iso(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _show(answers: list[dict[str, Any]], usual_from: int) -> None:
    table = Table("video", "stage", "readings", "why", "next pool", box=None)
    for answer in answers:
        chance = answer["chance_of_next_pool"]
        said = f"{chance['value']:.0%} ({chance['low']:.0%}-{chance['high']:.0%})" if chance else "-"
        more = [answer["reason"], f"stirs: {answer['stirs']}" if answer["stirs"] else "", *answer["not_used"]]
        why = escape("; ".join(part for part in more if part))
        table.add_row(escape(answer["video"]), answer["stage"], f"{answer['readings']:,}", why, said)
    Console(width=160).print(table)
    usual = f"What is usual was read off {usual_from:,} stored videos." if usual_from else "Too few stored videos: the pools are assumed."
    say(f"{usual} The thresholds are assumptions, no knowledge of TikTok.")
