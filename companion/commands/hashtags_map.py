"""`buysignal hashtags map`: tags to categories, and categories to tags."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from companion.commands.hashtag_trees import naming_trees, open_workspace, tree_of
from companion.commands.options import BadInputError, json_option, workspace_option
from companion.commands.saying import count_of, say

if TYPE_CHECKING:
    from companion.hashtags import Atlas, Strategy, TagAnswer, TagMatch, Taxonomy
    from companion.store import Store

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
_FOLDER = click.Path(path_type=Path, file_okay=False)
_STRATEGIES = ("blend", "graph", "text", "intent")


@click.command("map", short_help="Tags to categories, and categories to tags.")
@click.option("--tag", help="One tag.")
@click.option("--category", help="The id of a category: which tags lead to it.")
@click.option("--tags", "tags_file", type=_FILE, help='Tags as JSON lines {"tag"}.')
@click.option("--for-categories", "categories_file", type=_FILE, help="CSV with category_id: which of the tags of --tags lead to each.")
@click.option("--taxonomy", "name", help="Which tree; else the one imported last, or the one that ships.")
@click.option("--level", type=click.IntRange(1), default=2, show_default=True, help="Level of the tree.")
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many matches of each.")
@click.option("--strategy", type=click.Choice(_STRATEGIES), default="blend", show_default=True, help="What the ranking rests on.")
@click.option("--explain", is_flag=True, help="Add the videos and tags that speak for the first matches of --tag.")
@click.option("--csv", "folder", type=_FOLDER, help="Write tag2cat.csv, none.csv and cat2tag.csv into this folder instead.")
@workspace_option
@json_option
def map_command(
    tag: str | None,
    category: str | None,
    tags_file: Path | None,
    categories_file: Path | None,
    name: str | None,
    level: int,
    top: int,
    strategy: Strategy,
    explain: bool,
    folder: Path | None,
    workspace: Path,
    as_json: bool,  # noqa: ARG001 (the result is JSON lines in any case)
) -> None:
    """Say which categories a tag leads to, or which tags lead to a category. The result is JSON lines.

    \b
    graph   from the tags, captions and products that stand together under the
            stored videos
    text    from the words of the tag alone
    blend   both: the graph weighs n / (n + k) with n the videos of the tag;
            a tag without videos falls to its text
    intent  the blend, with videos and tags whose comments are close to buying
            weighing more
    """  # noqa: D301 (click reads the backspace as "do not wrap this")
    _one_of(tag, category, tags_file)
    if categories_file and not tags_file:
        raise BadInputError("--for-categories ranks the tags of a file; name it with --tags FILE.jsonl")
    if folder and not tags_file:
        raise BadInputError("--csv writes what was found for the tags of a file; name it with --tags FILE.jsonl")
    store = open_workspace(workspace)
    tree = tree_of(store, name)
    tags = [tag] if tag is not None else _tags_of(tags_file) if tags_file else []
    wanted = _categories_of(categories_file, tree, level) if categories_file else []
    with _atlas(store) as atlas, naming_trees():
        if category is not None:
            found = atlas.map_category(category, tree, level, top, strategy)
            click.echo(_line({"category_id": category, "matches": [_for_category(match) for match in found]}))
            return
        if folder:
            _write_csv(folder, atlas, tree, tags, wanted or [one.id for one in tree.at_level(level)], (level, top, strategy))
            return
        if wanted:
            for ident, matches in atlas.share_out(tags, wanted, tree, level, top, strategy).items():
                click.echo(_line({"category_id": ident, "matches": [{"tag": match.tag, "score": match.score} for match in matches]}))
            return
        for one in tags:
            click.echo(_line(_answer(one, atlas.map_tag(one, tree, level, top, strategy, explain=explain), explain=explain)))


def _one_of(tag: str | None, category: str | None, tags: Path | None) -> None:
    if sum(value is not None for value in (tag, category, tags)) != 1:
        raise BadInputError("say what to map: one of --tag TAG, --category ID or --tags FILE.jsonl")


def _answer(given: str, answer: TagAnswer, *, explain: bool) -> dict[str, Any]:
    matches = [
        {"category_id": match.category_id, "score": match.score, "support": match.support, "strategy": match.strategy}
        for match in answer.matches
    ]
    said: dict[str, Any] = {"tag": given, "none": answer.none, "confidence": answer.confidence, "matches": matches}
    if explain:
        said["words"] = answer.words
        for row, match in zip(matches, answer.matches, strict=True):
            row["videos"] = [video.id for video in match.evidence.videos]
            row["co_tags"] = [{"tag": one.tag, "videos": one.videos} for one in match.evidence.co_tags]
    return said


def _for_category(match: TagMatch) -> dict[str, Any]:
    return {
        "tag": match.tag,
        "score": match.score,
        "support": match.support,
        "strategy": match.strategy,
        "intent_rate": None if match.intent_rate is None else round(match.intent_rate, 4),
        "growth": None if match.growth is None else round(match.growth, 3),
    }


def _write_csv(
    folder: Path, atlas: Atlas, tree: Taxonomy, tags: Sequence[str], wanted: Sequence[str], how: tuple[int, int, Strategy]
) -> None:
    """The three tables, with the tags as they were given."""
    from companion.hashtags import clean_tag

    level, top, strategy = how
    answers = {tag: atlas.map_tag(tag, tree, level, top, strategy) for tag in tags}
    given = {clean_tag(tag): tag for tag in reversed(tags)}
    shared = atlas.share_out(tags, wanted, tree, level, top, strategy)
    ranks = ((tag, rank, match.category_id, match.score) for tag, one in answers.items() for rank, match in enumerate(one.matches, 1))
    best = ((ident, rank, given[match.tag]) for ident, found in shared.items() for rank, match in enumerate(found, 1))
    _table(folder, "tag2cat.csv", ("tag", "rank", "category_id", "score"), ranks)
    _table(folder, "none.csv", ("tag", "is_none"), ((tag, int(one.none)) for tag, one in answers.items()))
    _table(folder, "cat2tag.csv", ("category_id", "rank", "tag"), best)
    known = sum(1 for one in answers.values() if one.videos)
    say(f"{count_of(len(answers), 'tag')}, {known:,} of them under stored videos; written to {folder}")


def _table(folder: Path, name: str, header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    from companion.csv_cells import cell

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / name).open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            writer.writerow(header)
            writer.writerows([cell(value) for value in row] for row in rows)
    except OSError as error:
        raise BadInputError(f"{folder / name} cannot be written ({error.strerror}); choose another --csv folder") from error


def _tags_of(file: Path) -> list[str]:
    """Tags of a file, each once, in order.

    Raises:
        BadInputError: a line that is none, or no line at all.
    """
    from companion.table_files import BadFileError, read_rows

    tags: dict[str, None] = {}
    try:
        for row in read_rows(file):
            value = row.values.get("tag")
            if row.error or not isinstance(value, str) or not value.strip():
                wrong = row.error or f'"tag" is {json.dumps(value, ensure_ascii=False)}; write {{"tag": "skincare"}}'
                raise BadInputError(f"{file.name}, line {row.line}: {wrong}")
            tags[value] = None
    except BadFileError as error:
        raise BadInputError(f"{file.name}: {error}") from error
    if not tags:
        raise BadInputError(f'{file.name} holds no tag; write one {{"tag": "skincare"}} a line')
    return list(tags)


def _categories_of(file: Path, tree: Taxonomy, level: int) -> list[str]:
    """The ids of a file that lie on the level or above it; those of deeper levels are passed over.

    Raises:
        BadInputError: a line without an id, or an id that the tree does not have.
    """
    from companion.table_files import BadFileError, read_rows

    found: dict[str, None] = {}
    try:
        for row in read_rows(file, ("category_id",)):
            ident = str(row.values.get("category_id", "")).strip()
            category = tree.get(ident)
            if row.error or category is None:
                wrong = row.error or f'"{ident}" is no category of the tree "{tree.name}"; import its tree first or choose it by --taxonomy'
                raise BadInputError(f"{file.name}, line {row.line}: {wrong}")
            if category.level <= level:
                found[ident] = None
    except BadFileError as error:
        raise BadInputError(f"{file.name}: {error}") from error
    if not found:
        raise BadInputError(f"{file.name} holds no category of level {level} or above it; choose another --level")
    return list(found)


def _line(value: dict[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False)


@contextmanager
def _atlas(store: Store) -> Iterator[Atlas]:
    """The workspace's atlas, with a bar while captions are read; what was encoded is kept."""
    from rich.console import Console
    from rich.progress import Progress

    from companion.hashtag_atlas import SENTENCE, build_atlas, keep_vectors
    from companion.intent.encoder import Encoder

    encoder = Encoder(SENTENCE)
    try:
        with Progress(console=Console(stderr=True), transient=True) as bar:
            task = bar.add_task("Reading videos", total=None)
            atlas = build_atlas(store, encoder, lambda done, total: bar.update(task, completed=done, total=total))
        yield atlas
        keep_vectors(store, atlas)
    finally:
        encoder.close()
