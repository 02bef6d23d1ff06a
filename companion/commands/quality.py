"""`buysignal quality`: what to expect of videos, how far they lie from it, and scores with every part."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

from companion.commands.options import BadInputError, json_option, workspace_option
from companion.commands.quality_multiplier import multiplier_command
from companion.commands.quality_stored import rescore_command, stored_creator, stored_video
from companion.commands.saying import count_of, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from companion.quality.posts import Post
    from companion.quality.video_score import Surroundings

Seen = Callable[[int, int], None]
PROBLEMS_SHOWN = 5

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_OUT = click.Path(path_type=Path, dir_okay=False)
_table_option = click.option("--table", type=_FILE, required=True, help="CSV of videos, may be packed (.csv.gz).")
_formula_option = click.option(
    "--formula",
    type=click.Choice(["default", "seed"]),
    default="default",
    show_default=True,
    help="`seed` is the source framework's formula as it was written; `default` is the mended one.",
)
_others_option = click.option("--table", type=_FILE, help="CSV of other videos, to say what is usual in a category.")


@click.group("quality", short_help="Score videos and creators, with every part shown.")
def quality() -> None:
    """Score videos and creators by what the numbers hide. Every score comes with its parts and their reasons."""


quality.add_command(rescore_command)
quality.add_command(multiplier_command)


@quality.command("expect", short_help="Say what to expect of videos from what is known at posting.")
@_table_option
@click.option(
    "--split", type=click.Choice(["time", "creator"]), required=True, help="Which column says what to learn from and what to predict."
)
@click.option("--without-history", is_flag=True, help="Leave out the creator's earlier videos: hold creators against the field.")
@click.option("--out", type=_OUT, required=True, help="Write the expectations here (CSV).")
@json_option
def expect_command(table: Path, split: Literal["time", "creator"], without_history: bool, out: Path, as_json: bool) -> None:
    """Learn from the train rows of a table and predict its test rows.

    The table has the columns video_id, author_key, create_time, followers, duration_s, hashtags (joined by "|"), plays, likes,
    comments, shares, and split_time or split_creator with "train" or "test"; caption, category and age_h are used where they
    stand there.

    The result has natural logarithms: plays = ln(1 + plays), likes_rate, comments_rate and shares_rate = ln((count + 0.5) / (plays
    + 1)), each with the lower and upper end of its 90 % interval. Most of an expectation with history is the creator's own level.
    """
    from companion.quality.expectation import PostTable
    from companion.quality.posts import TARGETS
    from companion.quality.split import SplitError, expect

    posts = _posts(table, f"split_{split}")
    known = PostTable(posts)
    try:
        with _progress("Learning") as seen:
            result = expect(known, split, with_history=not without_history, seen=seen)
    except SplitError as error:
        raise BadInputError(f"{table.name}: {error}") from error
    columns = [f"{target}{end}" for end in ("", "_low", "_high") for target in TARGETS]
    values = [*result.expected.T, *result.low.T, *result.high.T]
    rows = ([posts[row].video_id, *(_number(column[at]) for column in values)] for at, row in enumerate(result.rows))
    _write(out, ["video_id", *columns], rows)
    held = {target: [_rounded(share) for share in result.held[:, column]] for column, target in enumerate(TARGETS)}
    if as_json:
        said = {"learned": result.learned, "predicted": len(result.rows), "kinds": result.kinds, "interval_held": held, "out": str(out)}
        click.echo(json.dumps(said))
        return
    say(f"Learned from {count_of(result.learned, 'video')}, predicted {len(result.rows):,}; written to {out}")
    say("The 90 % interval held the real value of videos at least a week old (creators with few, middling, many followers):")
    for target, shares in held.items():
        say(f"  {target:<14}" + "  ".join("not known" if share is None else f"{share:.1%}" for share in shares))


@quality.command("deviation", short_help="Say how far videos lie above or below what was to be expected.")
@_table_option
@_formula_option
@click.option("--out", type=_OUT, required=True, help="Write the scores here (CSV).")
@click.option("--expected", type=_OUT, help="Also write the expectations that the scores were held against (CSV).")
@json_option
def deviation_command(table: Path, formula: str, out: Path, expected: Path | None, as_json: bool) -> None:
    """Score every video of a table against what models that never saw its creator expect of it.

    The result has a row a video: its parts in sigmas (default: signed and robust; seed: absolute), the percentile among the videos
    of its category, what was left out and why, and the score. A video without any usable number has an empty score.
    """
    from companion.quality.deviation import deviation, seed_deviation
    from companion.quality.expectation import PostTable

    posts = _posts(table)
    with _progress("Learning") as seen:
        found = (deviation if formula == "default" else seed_deviation)(PostTable(posts), seen)
    rows = (
        [
            post.video_id,
            *(_number(part) for part in found.parts[at]),
            _number(found.percentile[at]),
            found.why[at],
            _number(found.score[at]),
        ]
        for at, post in enumerate(posts)
    )
    _write(out, ["video_id", *(f"{name}_part" for name in found.names), "percentile", "why", "score"], rows)
    if expected:
        lines = ([post.video_id, *map(_number, found.expected[at])] for at, post in enumerate(posts))
        _write(expected, ["video_id", *found.names], lines)
    scored = sum(1 for score in found.score if score == score)  # noqa: PLR0124 (NaN is no number)
    partial = sum(1 for why in found.why if why.startswith("without"))
    if as_json:
        click.echo(json.dumps({"videos": len(posts), "scored": scored, "partial": partial, "formula": formula, "out": str(out)}))
        return
    say(f"Scored {scored:,} of {count_of(len(posts), 'video')}, {partial:,} of them from a part of the numbers; written to {out}")


@quality.command("video", short_help="Score one video with every part.")
@click.argument("what", metavar="FILE|ID")
@_formula_option
@_others_option
@workspace_option
@json_option
def video_command(what: str, formula: Literal["default", "seed"], table: Path | None, workspace: Path, as_json: bool) -> None:
    """Score a stored video by its ID or address, or the video that FILE describes.

    FILE is JSON: {"video": {"plays": "1.2M", "likes": 90000, "comments": 800, "shares": 2100, "create_time": "2026-01-31T12:00:00Z",
    "category": "beauty"}, "comments": [{"id", "text", "likes", "parent", "by_creator"}], "earlier": [{...}]}. `parent` is the id of
    the comment that is answered; `earlier` holds the creator's earlier videos like "video". What is missing is named in the score.
    """
    from companion.commands.quality_scores import score_video, show

    file = _file(what, table)
    score = score_video(file, formula, _around(table, with_history=True)) if file else stored_video(what, formula, workspace)
    show(score, "Video", as_json)


@quality.command("creator", short_help="Score one creator with every part.")
@click.argument("what", metavar="FILE|ID")
@_formula_option
@_others_option
@workspace_option
@json_option
def creator_command(what: str, formula: Literal["default", "seed"], table: Path | None, workspace: Path, as_json: bool) -> None:
    """Score a stored creator by handle, ID or address, or the creator whose videos FILE describes.

    FILE is JSON: {"videos": [{"video": {...}, "comments": [...]}]}, each as `quality video` takes it. A stored creator is held against
    the other stored videos once these were compared (`quality rescore`, or a look at the dashboard's creators).
    """
    from companion.commands.quality_scores import score_creator, show

    file = _file(what, table)
    score = score_creator(file, formula, _around(table, with_history=False)) if file else stored_creator(what, formula, workspace)
    show(score, "Creator", as_json)


def _file(what: str, table: Path | None) -> Path | None:
    """The file of this name; None where it is an id.

    Raises:
        BadInputError: a table is given for something that is stored.
    """
    if (path := Path(what)).is_file():
        return path
    if path.suffix == ".json":
        raise BadInputError(f"file {what} does not exist")
    if table:
        raise BadInputError("--table is for a FILE; what is stored is held against the stored videos (`buysignal quality rescore`)")
    return None


def _around(table: Path | None, *, with_history: bool) -> Surroundings:
    from companion.quality.video_score import ALONE, surroundings

    return surroundings(_posts(table), with_history=with_history) if table else ALONE


def _posts(file: Path, *more: str) -> list[Post]:
    """The videos of a table; rows that cannot be used are named on stderr.

    Raises:
        BadInputError: the file is no such table, or no row can be used.
    """
    from companion.quality.post_rows import NEEDED
    from companion.quality.post_table import posts_of
    from companion.store import clock
    from companion.table_files import BadFileError, read_rows

    try:
        posts, problems = posts_of(read_rows(file, (*NEEDED, *more)), clock.now_ms())
    except BadFileError as error:
        raise BadInputError(f"{file.name}: {error}") from error
    if not posts:
        raise BadInputError(f"{file.name}: {problems[0] if problems else 'no row'}")
    for problem in problems[:PROBLEMS_SHOWN]:
        say(f"{file.name}: {problem}", err=True)
    if len(problems) > PROBLEMS_SHOWN:
        say(f"{file.name}: {len(problems) - PROBLEMS_SHOWN:,} more rows were skipped", err=True)
    return posts


def _write(out: Path, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """A plain CSV.

    Raises:
        BadInputError: it cannot be written there.
    """
    from companion.csv_cells import cell

    try:
        with out.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(header)
            writer.writerows([cell(value) for value in row] for row in rows)
    except OSError as error:
        raise BadInputError(f"{out} cannot be written ({error.strerror}); choose another --out") from error


@contextmanager
def _progress(title: str) -> Iterator[Seen]:
    """A bar on stderr that is told how many steps of how many are done."""
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _number(value: float) -> float | None:
    """A number for a cell; empty where not known, never "nan"."""
    return round(float(value), 5) if value == value else None  # noqa: PLR0124


def _rounded(value: float) -> float | None:
    return round(float(value), 4) if value == value else None  # noqa: PLR0124
