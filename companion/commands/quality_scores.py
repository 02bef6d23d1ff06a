"""`buysignal quality video` and `quality creator`: scores of described videos, with every part and its reason."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from companion.commands.options import BadInputError
from companion.commands.saying import say

if TYPE_CHECKING:
    from companion.quality.comment_sentiment import FeltComment
    from companion.quality.described import DescribedVideo
    from companion.quality.score import Score
    from companion.quality.video_score import Formula, Surroundings


def score_video(file: Path, formula: Formula, around: Surroundings) -> Score:
    """The score of the video that `file` describes.

    Raises:
        BadInputError: the file describes no video.
    """
    from companion.quality.described import DescribedError, video_of
    from companion.quality.video_score import video_score
    from companion.store import clock

    try:
        video, earlier = video_of(_document(file), clock.now_ms())
    except DescribedError as error:
        raise BadInputError(f"{file.name}: {error}") from error
    return video_score(video, _felt([video])[0], earlier, around, formula=formula)


def score_creator(file: Path, formula: Formula, around: Surroundings) -> Score:
    """The score of the creator whose videos `file` describes; each is held against the others that came before it.

    Raises:
        BadInputError: the file describes no creator.
    """
    from companion.quality.described import DescribedError, creator_of
    from companion.quality.score import EQUAL, creator_score
    from companion.quality.video_score import video_score
    from companion.store import clock

    try:
        videos = creator_of(_document(file), clock.now_ms())
    except DescribedError as error:
        raise BadInputError(f"{file.name}: {error}") from error
    dated = sorted((video for video in videos if video.post.created_at), key=lambda video: video.post.created_at or 0)
    dated += [video for video in videos if not video.post.created_at]
    posts = [video.post for video in dated]
    scores = [
        video_score(video, felt, posts[:at], around, formula=formula)
        for at, (video, felt) in enumerate(zip(dated, _felt(dated), strict=True))
    ]
    weights = around.weights.of(posts[0].category) if formula == "default" else EQUAL
    return creator_score(scores, weights, shrunk=formula == "default")


def show(score: Score, title: str, as_json: bool) -> None:
    """Print a score with its parts."""
    if as_json:
        click.echo(json.dumps(_plain(score), ensure_ascii=True))
        return
    value = "no score" if score.value is None else f"{score.value:.0f} of 100{' (partial)' if score.partial else ''}"
    say(f"{title}: {value}; {score.reason}")
    table = Table("part", "number", "unit", "points", "weight", "n", "how it came about", box=None)
    for weighted in score.parts:
        part = weighted.component
        number = "-" if part.value is None else f"{part.value:.3g}"
        if part.interval:
            number += f" [{part.interval[0]:.3g}, {part.interval[1]:.3g}]"
        points = "-" if part.points is None else f"{part.points:.0f}"
        table.add_row(part.name, escape(number), part.unit, points, f"{weighted.weight:.0%}", f"{part.n:,}", escape(part.reason))
    Console(width=160).print(table)
    for reason in score.not_used:
        say(f"Not used: {reason}")


def _plain(score: Score) -> dict[str, Any]:
    parts = [{**asdict(weighted.component), "weight": weighted.weight} for weighted in score.parts]
    return {"value": score.value, "partial": score.partial, "reason": score.reason, "parts": parts, "not_used": list(score.reasons)}


def _document(file: Path) -> object:
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except UnicodeDecodeError as error:
        raise BadInputError(f"{file.name} is not UTF-8 text; save it as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise BadInputError(f"{file.name} is not valid JSON ({error})") from error


def _felt(videos: Sequence[DescribedVideo]) -> list[list[FeltComment]]:
    """What each video's audience feels; the shipped model reads the comments whose sentiment does not stand there."""
    from companion.intent import Context, Item, load_model
    from companion.quality.comment_sentiment import VALUES, FeltComment

    unread = [(video.post, comment) for video in videos for comment in video.audience if comment.sentiment not in VALUES]
    read: dict[int, FeltComment] = {}
    if unread:
        model = load_model()
        items = [Item(comment.text, Context.of({"caption": post.caption, "hashtags": list(post.hashtags)})) for post, comment in unread]
        for (_, comment), said in zip(unread, model.read(items), strict=True):
            read[id(comment)] = FeltComment(said.sentiment, comment.likes, said.emotion)
        model.close()
    return [
        [read.get(id(comment)) or FeltComment(comment.sentiment, comment.likes, comment.emotion) for comment in video.audience]
        for video in videos
    ]
