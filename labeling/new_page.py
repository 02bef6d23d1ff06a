"""The page on which a task is made, and the first task by one click."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import TypeVar

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from companion.dashboard.filters import Filters, Option
from companion.dashboard.video_names import name_of
from companion.services import connection, services
from companion.store import choices
from companion.store.comments import any_stored
from labeling import people, task_making
from labeling.blueprint import pages
from labeling.item_files import BadItemsError, read_gold, read_items
from labeling.left_over import left_over
from labeling.samplers import Shares
from labeling.task_making import BadTaskError, Made, Wish
from labeling.task_pages import FIRST
from labeling.task_views import only_sample
from labeling.task_wishes import alone, normalised, percents, questions_of, source_of

USUAL = 100
"""Comments of a task, where so many are there."""

MIX_WORDS = {
    "ordinal_uncertainty": ("hard ones", "where the model cannot place the grade"),
    "diversity": ("varied ones", "one of each kind of comment"),
    "random": ("any, by chance", "from which rates and scores may be read"),
    "gold": ("known answers", "to see how steady people are; nobody can tell them apart"),
}

T = TypeVar("T")


@dataclass(frozen=True)
class Asked:
    """The form as it was filled in; `problems` are sentences about what is wrong with it."""

    name: str = ""
    source: str = "all"
    hashtag: str = ""
    video: str = ""
    query: dict[str, str] = field(default_factory=dict)
    size: str = str(USUAL)
    kind: str = "comment"
    questions: tuple[str, ...] = ("grade",)
    mix: dict[str, str] = field(default_factory=dict)
    votes: str = "1"
    most: str = "3"
    overlap: str = "0"
    overlaps: str = ""
    until_agreed: bool = False
    assisted: bool = False
    practice: bool = False
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class NewView:
    """The page; `left` of everything collected nobody was asked about yet, counted up to `USUAL`."""

    asked: Asked
    stored: bool
    sample: bool
    alone: bool
    hashtags: list[str]
    videos: list[Option]
    filters: Filters
    left: int

    usual = USUAL
    mix_words = MIX_WORDS


@pages.get("/new")
def new_task() -> str:
    """The form; the address may fill it in: `hashtag`, `video`, or the filters of the Comments page."""
    return render_template("label/new.html", view=_view(_prefilled()))


@pages.post("/new")
def make_task() -> Response | tuple[str, int]:
    """Make the task, or show what is wrong with it."""
    asked = _asked()
    try:
        made = _make(_wish(asked))
    except ValueError as error:
        lines = str(error).split("\n")
        problems = tuple(lines) if isinstance(error, BadItemsError) else (f"{lines[0][:1].upper()}{lines[0][1:]}.",)
        return render_template("label/new.html", view=_view(_with(asked, problems))), 422
    fewer = f", not {asked.size}: there are no more that nobody was asked about yet" if made.items < int(asked.size) else ""
    flash(f"The task is ready: {made.items:,} to label{'' if asked.practice or asked.source == 'file' else fewer}.", "good")
    return redirect(url_for("label.tasks"), code=303)


@pages.post("/start")
def start() -> Response:
    """A first task by one click: 50 comments of everything collected, or a practice round."""
    practice = "practice" in request.form
    try:
        made = _make(Wish(size=20, practice=True) if practice else Wish(size=FIRST, created_by=people.current().id))
    except ValueError as error:
        flash(f"No task was made: {error}.", "bad")
        return redirect(url_for("label.tasks"), code=303)
    return redirect(url_for("label.do", task=made.task.id), code=303)


def _make(wish: Wish) -> Made:
    encode = services().neighbours.encode if wish.kind == "comment" and wish.shares.diversity and not wish.practice else None
    return task_making.make(services().store, services().model.id, wish, encode)


def _prefilled() -> Asked:
    mix = {key: str(share) for key, share in _usual().items()}
    usual = Asked(mix=mix, overlap="0" if alone(services().store) else "10")
    given = Filters.of(request.args).query()
    hashtag, video = given.pop("hashtag", ""), given.pop("video", "")
    for key in ("sort", "page", "after", "before"):
        given.pop(key, None)
    if given:
        kept = {**given, **({"hashtag": hashtag} if hashtag else {}), **({"video": video} if video else {})}
        return _with(usual, (), source="query", query=kept)
    if hashtag or video:
        return _with(usual, (), source="hashtag" if hashtag else "video", hashtag=hashtag, video=video)
    return usual


def _usual() -> dict[str, int]:
    """The usual mix in percent that add up to 100, without the part that overlap takes: that is asked for by itself."""
    shares = {key: share for key, share in percents(Shares()).items() if key in MIX_WORDS}
    whole = {key: int(100 * share / sum(shares.values())) for key, share in shares.items()}
    lost = sorted(shares, key=lambda key: whole[key] - 100 * shares[key] / sum(shares.values()))
    return {key: part + (key in lost[: 100 - sum(whole.values())]) for key, part in whole.items()}


def _asked() -> Asked:
    form = request.form
    return Asked(
        name=form.get("name", ""),
        source=form.get("source", "all"),
        hashtag=form.get("hashtag", ""),
        video=form.get("video", ""),
        query=Filters.of({key.removeprefix("q."): value for key, value in form.items() if key.startswith("q.")}).query(),
        size=form.get("size", ""),
        kind="video" if form.get("kind") == "video" else "comment",
        questions=tuple(form.getlist("question")),
        mix={key: form.get(f"mix.{key}", "0") for key in MIX_WORDS},
        votes=form.get("votes", "1"),
        most=form.get("most", "3"),
        overlap=form.get("overlap", "0"),
        overlaps=form.get("overlaps", ""),
        until_agreed="until_agreed" in form,
        assisted="assisted" in form,
        practice=form.get("source") == "practice",
    )


def _wish(asked: Asked) -> Wish:
    """What the form asks for.

    Raises:
        BadTaskError, BadItemsError: naming the value that does not work.
    """
    file = request.files.get("file")
    named = asked.source == "file"
    if named and (file is None or not file.filename):
        raise BadTaskError("choose the file that holds the comments")
    items = tuple(_read(file, read_items)) if named and file is not None else ()
    size = _whole(asked.size, "the number of items")
    known = request.files.get("gold")
    return Wish(
        name=asked.name,
        source=source_of(
            asked.hashtag if asked.source == "hashtag" else "",
            asked.video if asked.source == "video" else "",
            asked.query if asked.source == "query" else {},
            (file.filename or "") if named and file is not None else "",
        ),
        size=min(size, len(items)) if items else size,
        kind="video" if asked.kind == "video" else "comment",
        questions=questions_of(",".join(asked.questions) if asked.kind == "comment" else "", asked.kind),
        shares=normalised({key: _number(share, MIX_WORDS[key][0]) for key, share in asked.mix.items()}),
        votes=_whole(asked.votes, "the number of people"),
        most_votes=max(_whole(asked.most, "the limit"), _whole(asked.votes, "the number of people")),
        overlap=_number(asked.overlap, "the share answered twice") / 100,
        overlaps=_overlaps(asked.overlaps),
        until_agreed=asked.until_agreed,
        assisted=asked.assisted,
        practice=asked.practice,
        created_by=people.current().id,
        golds=tuple(_read(known, read_gold)) if known is not None and known.filename else (),
        items=items,
    )


def _read(upload: FileStorage, read: Callable[[Path, str], T]) -> T:
    """Read an uploaded file by its own name, whatever that is; the copy is gone afterwards."""
    called = Path(upload.filename or "file").name
    suffixes = "".join(Path(called).suffixes[-2:]).lower()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{suffixes if all(char.isalnum() or char == '.' for char in suffixes) else ''}"
        upload.save(path)
        return read(path, called)


def _overlaps(typed: str) -> dict[str, float]:
    """Shares of single languages, such as "en=10, pt=30"."""
    found = {}
    for part in typed.replace(";", ",").split(","):
        lang, _, share = part.partition("=")
        if lang.strip():
            found[lang.strip().lower()] = _number(share, f"the share of {lang.strip()} answered twice") / 100
    return found


def _whole(typed: str, what: str) -> int:
    if not typed.strip().isascii() or not typed.strip().isdigit() or len(typed.strip()) > 6:
        raise BadTaskError(f"{what} is “{typed[:20]}”; write a whole number")
    return int(typed)


def _number(typed: str, what: str) -> float:
    try:
        found = float(typed.replace(",", ".").removesuffix("%") or 0)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 100:
        raise BadTaskError(f"{what} is “{typed[:20]}”; write a number from 0 to 100")
    return found


def _with(asked: Asked, problems: tuple[str, ...], **changes: object) -> Asked:
    parts: Mapping[str, object] = {one.name: getattr(asked, one.name) for one in fields(Asked)}
    return Asked(**{**parts, **changes, "problems": problems})  # type: ignore[arg-type]


def _view(asked: Asked) -> NewView:
    database = connection("reader")
    sample = only_sample(database)
    films = [Option(f"{video.platform}:{video.id}", name_of(video, 60)) for video in choices.videos(database, asked.video)]
    return NewView(
        asked=asked,
        stored=any_stored(database),
        sample=sample,
        alone=alone(services().store),
        hashtags=choices.hashtags(database),
        videos=films,
        filters=Filters.of(asked.query),
        left=left_over(database, services().model.id, USUAL, invented=sample),
    )
