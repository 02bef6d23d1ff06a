"""`buysignal import`: data from files into the workspace."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from companion.commands.import_labels import import_labels
from companion.commands.options import json_option, workspace_option

_KINDS: dict[str, Callable[[tuple[Path, ...], Path, bool, bool], None]] = {"labels": import_labels}
"""For each kind what imports it: files, workspace, dry run, as JSON."""


@click.command("import", short_help="Take in labels from files.")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--kind", type=click.Choice(sorted(_KINDS)), default="labels", show_default=True, help="What the files hold.")
@click.option("--dry-run", is_flag=True, help="Say what was recognised, and write nothing.")
@json_option
@workspace_option
def import_files(files: tuple[Path, ...], kind: str, dry_run: bool, as_json: bool, workspace: Path) -> None:
    """Take in what people said about comments elsewhere.

    Each FILE is JSON lines (.jsonl) or CSV with a header (.csv), in UTF-8, packed with gzip (.gz) or not. What was recognised is
    printed before anything is written. One wrong line, and nothing is imported from any of the files: each wrong line is
    reported with its number, and the status is 2.

    \b
    Keys of a label:
      id, text             the comment (needed)
      grade                whole number from 1 to 10 (needed without signal and sentiment)
      signal, sentiment    as in the labeling guide
      context              caption or product as plain text, or
                           {"caption", "hashtags", "product", "parent"}
      video                id or address of the video
      source               where the comments are from, if there is no video
      annotator            who graded; several may grade the same comment
      platform             "tiktok" where left out
      uuid                 of the label, made from the others where left out
    """  # noqa: D301 (click reads the backspace as "do not wrap this")
    _KINDS[kind](files, workspace, dry_run, as_json)
